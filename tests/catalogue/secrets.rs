//! What the tables call sensitive, the client hides in logs and in the audit log by the name of the parameter: the engine tells
//! it the names with each operation.

use terraform_provider_twilio::engine::facts::Spelling;
use terraform_provider_twilio::engine::values::secrets::names;
use terraform_provider_twilio::twilio::is_sensitive;

use crate::walk::{Complaint, Located, everything, settle};

#[test]
fn a_sensitive_attribute_is_hidden_by_its_name() {
    let sensitive: Vec<_> = everything()
        .into_iter()
        .filter(|place| place.attribute.sensitive)
        .collect();
    assert!(sensitive.len() > 3, "{} sensitive attributes", sensitive.len());
    settle(sensitive.iter().flat_map(shown).collect(), &[]);
}

/// A complaint for each name under which Twilio is sent or answers the attribute, and which hides nothing.
fn shown(place: &Located) -> Vec<Complaint> {
    let attribute = place.attribute;
    let passed: Vec<String> = names(&[*attribute]).into_iter().map(plain).collect();
    let read = attribute.read_path(Spelling::Snake);
    let read = read.rsplit('.').next().unwrap_or_default();
    [
        attribute.written_name(Spelling::Pascal).into_owned(),
        read.to_owned(),
        attribute.name.to_owned(),
    ]
    .into_iter()
    .filter(|name| !is_sensitive(name) && !passed.contains(&plain(name)))
    .map(|name| {
        place.complaint(format!(
            "is sensitive, and {name} is shown in logs: see src/engine/values/secrets.rs"
        ))
    })
    .collect()
}

/// Neither case nor punctuation counts.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
