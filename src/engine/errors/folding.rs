//! Terraform shows one of several warnings that have the same summary, and of the others only how many there are. So what is about one
//! object says in its summary which one: three countries that a plan opens are three warnings.

use crate::engine::errors::diagnose::label;
use crate::engine::facts::Object;
use crate::framework::diagnostics::{Diagnostics, Severity};
use crate::framework::value::Value;

/// Puts the object behind the summary of each warning that does not name it. What has no SID yet, and no key that may be repeated, is not
/// told apart.
pub(crate) fn name_in_warnings(object: &Object, state: &Value, diagnostics: &mut Diagnostics) {
    let label = label(object, state);
    if label.is_empty() {
        return;
    }
    for diagnostic in diagnostics.iter_mut() {
        if diagnostic.severity == Severity::Warning && !names(&diagnostic.summary, &label) {
            diagnostic.summary.push_str(": ");
            diagnostic.summary.push_str(&label);
        }
    }
}

/// Whether the object stands in the summary already: by its SID, its number or its id.
fn names(summary: &str, label: &str) -> bool {
    let mut own = label.split_whitespace().map(plain);
    own.any(|own| summary.split_whitespace().map(plain).any(|word| word == own))
}

/// A word without what stands around it.
fn plain(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '+')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Role::{Observed, PathPart};
    use crate::engine::facts::{Check, Key, text};
    use crate::framework::diagnostics::Diagnostic;

    const fn settings(key: &'static str, fields: &'static [crate::engine::facts::Field]) -> Object {
        Object {
            name: "twilio_settings",
            noun: "settings",
            key: Key::Field(key),
            fields,
            ..Object::NEW
        }
    }

    const COUNTRY: Object = settings("iso_code", &[text("iso_code", PathPart)]);
    const ROUTE: Object = settings("phone_number", &[text("phone_number", PathPart)]);
    const EXPORT: Object = settings(
        "resource_type",
        &[text("resource_type", PathPart).checks(&[Check::Known(&["Messages"])])],
    );
    const ITEM: Object = settings("index", &[text("index", Observed)]);

    fn summaries(object: &Object, state: &Value, diagnostics: impl IntoIterator<Item = Diagnostic>) -> Vec<String> {
        let mut all = Diagnostics::from_iter(diagnostics);
        name_in_warnings(object, state, &mut all);
        all.into_iter().map(|diagnostic| diagnostic.summary).collect()
    }

    #[test]
    fn warnings_about_several_objects_have_summaries_of_their_own() {
        let warned = |country: &str| {
            let state = Value::object([("iso_code", country.into())]);
            let warning = Diagnostic::warning("A country is opened for calls", "…");
            summaries(&COUNTRY, &state, [warning])
        };
        assert_eq!(warned("CU"), ["A country is opened for calls: CU"]);
        assert_ne!(warned("CU"), warned("FR"));
    }

    #[test]
    fn what_there_is_a_choice_of_and_what_twilio_gave_tells_objects_apart_and_a_free_text_does_not() {
        for (object, name, value, shown) in [
            (&EXPORT, "resource_type", "Messages", "Files are switched off: Messages"),
            (&ITEM, "index", "7", "Files are switched off: 7"),
            (&EXPORT, "resource_type", "hush", "Files are switched off"),
        ] {
            let state = Value::object([(name, value.into())]);
            let warning = Diagnostic::warning("Files are switched off", "…");
            assert_eq!(summaries(object, &state, [warning]), [shown]);
        }
    }

    #[test]
    fn what_names_its_object_already_stays_and_so_do_errors() {
        let state = Value::object([("phone_number", "+14155550100".into())]);
        let said = [
            Diagnostic::warning("Phone number +14155550100 will be released", "…"),
            Diagnostic::warning("Calls go to another region (+14155550100)", "…"),
            Diagnostic::error("There is no such number", "…"),
        ];
        let before = Vec::from_iter(said.iter().map(|said| said.summary.clone()));
        assert_eq!(summaries(&ROUTE, &state, said), before);
    }

    #[test]
    fn what_has_no_name_yet_is_not_told_apart() {
        let warning = || [Diagnostic::warning("Calls go to another region", "…")];
        let state = Value::object([("phone_number", Value::UNKNOWN)]);
        assert_eq!(summaries(&ROUTE, &state, warning()), ["Calls go to another region"]);
    }
}
