//! Diagnostics and paths as messages.

use crate::framework::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::framework::path::{AttributePath, Step};
use crate::framework::proto;
use crate::framework::proto::attribute_path::step::Selector;
use crate::plugin::terminal;

pub(super) fn diagnostics(diagnostics: Diagnostics) -> Vec<proto::Diagnostic> {
    diagnostics.into_iter().map(diagnostic).collect()
}

fn diagnostic(diagnostic: Diagnostic) -> proto::Diagnostic {
    let severity = match diagnostic.severity {
        Severity::Error => proto::diagnostic::Severity::Error,
        Severity::Warning => proto::diagnostic::Severity::Warning,
    };
    proto::Diagnostic {
        severity: severity.into(),
        // A message may quote a name, an id or a response from anywhere.
        summary: terminal::line(&diagnostic.summary).into_owned(),
        detail: terminal::text(&diagnostic.detail).into_owned(),
        attribute: (!diagnostic.path.is_root()).then(|| path(&diagnostic.path)),
    }
}

pub(super) fn path(path: &AttributePath) -> proto::AttributePath {
    let steps = path.steps().iter().map(|step| {
        let selector = match step {
            Step::Attribute(name) => Selector::AttributeName(name.clone()),
            Step::Key(key) => Selector::ElementKeyString(key.clone()),
            Step::Index(index) => Selector::ElementKeyInt(*index),
        };
        proto::attribute_path::Step {
            selector: Some(selector),
        }
    });
    proto::AttributePath { steps: steps.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_diagnostic_quotes_acts_on_the_terminal() {
        let diagnostic = Diagnostic::error(
            "No \u{1b}]0;title\u{7} x\ny",
            "id \u{202e}evil\u{9b}2J\n\n\n\n\nnext\n  line",
        );
        let [diagnostic] = diagnostics(diagnostic.into()).try_into().expect("one");
        assert_eq!(diagnostic.summary, "No \\u001b]0;title\\u0007 x\\ny");
        assert_eq!(diagnostic.detail, "id \\u202eevil\\u009b2J\n\nnext\n  line");
    }
}
