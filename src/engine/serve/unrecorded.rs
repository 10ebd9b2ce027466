//! What was done and is not in the audit log.

use crate::engine::operations::session::Session;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};

/// A change that was made and is not in the audit log is shown to whoever made it, with its record: nothing else may have it.
pub(super) fn warn(session: &Session, diagnostics: &mut Diagnostics) {
    let Some(client) = session.client() else { return };
    let Some(audit) = client.audit().filter(|audit| audit.is_behind()) else {
        return;
    };
    let records = audit.unwritten();
    if records.is_empty() {
        return;
    }
    // Terraform shows one of several warnings with the same summary, so each number of records has its own.
    let summary = match records.len() {
        1 => "One change is missing in the audit log".to_owned(),
        number => format!("{number} changes are missing in the audit log"),
    };
    diagnostics.push(Diagnostic::warning(
        summary,
        format!(
            "They were made, and {} does not take their records. It gets them before the next change of this run; if there is \
             none, or that is refused, add these lines yourself:\n\n  {}",
            audit.path().display(),
            records.join("\n  ")
        ),
    ));
}
