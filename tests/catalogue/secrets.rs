//! What the tables call sensitive, the client hides in logs and in the audit log by the name of the parameter.

use terraform_provider_twilio::engine::facts::Absent::Clears;
use terraform_provider_twilio::engine::facts::Role::Setting;
use terraform_provider_twilio::engine::facts::text;
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
    let read = attribute.read_path().rsplit('.').next().unwrap_or_default();
    [attribute.written_name(), read.to_owned(), attribute.name.to_owned()]
        .into_iter()
        .filter(|name| !is_sensitive(name))
        .map(|name| {
            place.complaint(format!(
                "is sensitive, and {name} is shown in logs: see src/twilio/redact.rs"
            ))
        })
        .collect()
}

#[test]
fn a_name_that_gives_nothing_away_is_complained_about() {
    const PLAIN: &terraform_provider_twilio::engine::facts::Field = &text("motto", Setting(Clears)).sensitive();
    let place = Located {
        table: "twilio_x",
        path: "motto".to_owned(),
        attribute: PLAIN,
    };
    assert_eq!(shown(&place).len(), 3);
}
