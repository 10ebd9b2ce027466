//! What is said about an audit log that cannot be written, before anything is planned.

use crate::framework::diagnostics::Diagnostic;
use crate::twilio::AuditError;

/// The diagnostic for a file that could not be opened.
pub(super) fn unusable(error: &AuditError) -> Diagnostic {
    let remedy = match error {
        AuditError::Folder { .. } => "Name a file in it, for example twilio.jsonl.",
        AuditError::NotAFile { .. } => "Name a regular file, or one that is not there yet.",
        AuditError::NoFolder { .. } => {
            "Make the folder first, or correct the path: a relative one starts in the directory in which Terraform runs."
        }
        AuditError::Unwritable { .. } => {
            "Give the user that runs Terraform the right to make and write the file, on a disk that takes it and can lock \
             files; or name another path."
        }
    };
    Diagnostic::error(
        "The audit log cannot be written",
        format!(
            "audit_log (TWILIO_AUDIT_LOG): {}. Nothing was changed, and nothing is while changes cannot be recorded. {remedy} \
             To go without records, take audit_log out of the provider block and unset TWILIO_AUDIT_LOG.",
            error.reason()
        ),
    )
    .at_attribute("audit_log")
}
