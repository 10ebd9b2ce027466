//! What Twilio has refused, and why; and states that nobody has heard of.

use serde_json::Value as Json;

use crate::engine::errors::diagnose::{heading, label};
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Call;
use crate::engine::values::properties::field;
use crate::engine::values::remembered::is_unheard_of;
use crate::engine::values::shown;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};

/// Longest reason that is repeated, in characters.
const LONGEST: usize = 1000;

/// Members of an object that say something to people, the best first.
const SENTENCES: &[&str] = &[
    "message",
    "description",
    "detail",
    "details",
    "reason",
    "failure_reason",
];

/// A warning for each field of `object`, as it was just read, in which Twilio has refused it.
pub(crate) fn warnings(call: Call<'_>, object: &Properties) -> Diagnostics {
    let mut warnings = Diagnostics::new();
    for known in call.object.fields {
        let state = field(object, &known.read_path(call.object.spelling)).and_then(Json::as_str);
        let (Some(refusal), Some(state)) = (known.refused, state) else {
            continue;
        };
        if !refusal.states.contains(&state) {
            continue;
        }
        let why = match reason(call, object, refusal.reason) {
            Some(reason) => format!("Twilio says: {}", reason.trim_end_matches('.')),
            None => "Twilio gives no reason here; its Console may".to_owned(),
        };
        let subject = format!("{} {}", call.object.noun, label(call.object, call.state));
        warnings.push(
            Diagnostic::warning(
                format!("{} was refused by Twilio", heading(call.object, call.state)),
                format!(
                    "The {} of the {} is {}. {why}. The plan shows it where the configuration says otherwise. Correct what \
                     is wrong before you apply that, which submits it again.",
                    known.name,
                    subject.trim_end(),
                    in_backticks(state)
                ),
            )
            .at_attribute(known.name),
        );
    }
    warnings
}

/// A warning for each state that moves by itself and is none that the table knows, where one is configured.
pub(crate) fn unheard_of(call: Call<'_>, object: &Properties) -> Diagnostics {
    let mut warnings = Diagnostics::new();
    for known in call.object.fields.iter().filter(|known| !known.satisfied_by.is_empty()) {
        let Some(returned) =
            field(object, &known.read_path(call.object.spelling)).filter(|returned| is_unheard_of(known, returned))
        else {
            continue;
        };
        if call.state.attr(known.name).as_str().is_none() {
            continue;
        }
        let returned = returned.as_str().map_or_else(|| "no word".to_owned(), in_backticks);
        let subject = format!("{} {}", call.object.noun, label(call.object, call.state));
        warnings.push(
            Diagnostic::warning(
                format!("{} is in a state that this provider does not know", heading(call.object, call.state)),
                format!(
                    "The {} of the {} is {returned}. Whether that fulfils what is configured is not known: the state keeps the \
                     configured value, and nothing is written for it. Look at it in the Twilio Console; a later version of this \
                     provider may know it.",
                    known.name,
                    subject.trim_end(),
                ),
            )
            .at_attribute(known.name),
        );
    }
    warnings
}

/// Twilio's reason, from the first of these paths that has one, without what is configured.
pub(crate) fn reason(call: Call<'_>, object: &Properties, paths: &[&str]) -> Option<String> {
    let said = paths.iter().find_map(|path| said(field(object, path)?))?;
    let said = shown::values(call.object.fields, call.state).taken_out(&said);
    Some(match said.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", said.get(..end).unwrap_or_default()),
        None => said,
    })
}

/// What a property says to people; `None` if it says nothing.
fn said(property: &Json) -> Option<String> {
    let text = match property {
        Json::String(text) => text.trim().to_owned(),
        Json::Number(number) => format!("code {number}"),
        Json::Array(items) => items.iter().filter_map(said).collect::<Vec<_>>().join("; "),
        Json::Object(members) => {
            let sentence = SENTENCES.iter().find_map(|name| said(members.get(*name)?));
            let code = ["code", "error_code"]
                .iter()
                .find_map(|name| match members.get(*name)? {
                    Json::Number(code) => Some(code.to_string()),
                    Json::String(code) if !code.is_empty() => Some(code.clone()),
                    _ => None,
                });
            match (sentence, code) {
                (Some(sentence), Some(code)) => format!("{sentence} (code {code})"),
                (Some(sentence), None) => sentence,
                (None, Some(code)) => format!("code {code}"),
                (None, None) => String::new(),
            }
        }
        Json::Null | Json::Bool(_) => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

/// A state of Twilio's in a sentence: a word, or what can be shown of it.
pub(crate) fn in_backticks(state: &str) -> String {
    let is_word = state.len() <= 60
        && state
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    match is_word {
        true => format!("`{state}`"),
        false => "not what it should be".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reason_is_what_its_members_say() {
        for (property, expected) in [
            (json!("Address mismatch"), Some("Address mismatch")),
            (
                json!([{"code": 22218, "message": "No such person"}, "and more"]),
                Some("No such person (code 22218); and more"),
            ),
            (
                json!({"failure_reason": "late", "error_code": "30034"}),
                Some("late (code 30034)"),
            ),
            (json!({"code": 5}), Some("code 5")),
            (json!(30034), Some("code 30034")),
            (json!([]), None),
            (json!(""), None),
            (json!(null), None),
            (json!({"other": "x"}), None),
        ] {
            assert_eq!(said(&property).as_deref(), expected, "{property}");
        }
    }

    #[test]
    fn a_state_is_shown_if_it_is_a_word() {
        assert_eq!(in_backticks("twilio-rejected"), "`twilio-rejected`");
        assert!(!in_backticks("a`\u{1b}[2J").contains('\u{1b}'));
    }
}
