//! Parameters that an answer shows under another name than their own in snake_case.
//!
//! Facts of Twilio's contract and documentation, not guesses: each line is a parameter of a create or update whose value comes
//! back under the named field.

use crate::contract::Resource;

type Rename = (&'static str, &'static str, &'static str, &'static str);

/// Host, collection template, parameter, answer field.
const RENAMES: &[Rename] = &[];

/// The answer field of a renamed parameter.
pub(crate) fn field_of(resource: &Resource, parameter: &str) -> Option<&'static str> {
    RENAMES
        .iter()
        .find(|(host, template, name, _)| {
            *host == resource.host && *template == resource.template && *name == parameter
        })
        .map(|(.., field)| *field)
}
