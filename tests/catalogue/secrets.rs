//! What the tables call sensitive, the client hides in logs and in the audit log by the name of the parameter: the engine tells
//! it the names with each operation.

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::{Observed, SecretOnce, Setting};
use terraform_provider_twilio::engine::facts::{
    BodyStyle, Destroy, Field, Kind, Lifecycle, Managed, Object, Sent, Spelling, UpdateStyle, json, list, object, text,
};
use terraform_provider_twilio::engine::values::secrets::names;
use terraform_provider_twilio::twilio::is_sensitive;

use crate::walk::{Complaint, Located, everything, of_resource, settle, tables};

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

#[test]
fn a_secret_that_twilio_takes_can_be_kept_out_of_the_state() {
    let places: Vec<_> = tables().flat_map(of_resource).collect();
    let pairs = places.iter().filter(|place| place.attribute.may_be_write_only).count();
    assert!(pairs >= 2, "{pairs} secrets can be given write-only");
    settle(places.iter().filter_map(only_stored).collect(), &[]);
}

/// A complaint about a secret that is taken, cannot be given write-only, and says no reason.
fn only_stored(place: &Located) -> Option<Complaint> {
    let field: &Field = place.attribute;
    let is_taken = field.sensitive && field.is_configurable() && field.sent() != Sent::Never;
    let says_why = field.only_stored.is_some_and(|why| why.split_whitespace().count() > 3);
    (is_taken && !field.may_be_write_only && !field.is_write_only() && !says_why).then(|| {
        place.complaint("is a secret that Twilio takes: say `.write_only()`, or why it is `.only_stored(\"…\")`")
    })
}

/// A PATCH that merges takes out what it names, and nobody knows the names in JSON that is not stored.
#[test]
fn no_secret_json_is_merged_with_what_nobody_knows() {
    settle(tables().flat_map(merged).collect(), &[]);
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            fields: &[
                json("traits", Setting(Clears)).write_only(),
                text("secret", Setting(Clears)).write_only(),
                json("shown", Setting(Clears)),
            ],
            ..Object::NEW
        },
        lifecycle: Lifecycle::made(UpdateStyle::Merge, Destroy::Delete).sending(BodyStyle::Json),
        ..Managed::NEW
    };
    assert_eq!(
        merged(&WRONG).iter().map(|told| &*told.name).collect::<Vec<_>>(),
        ["traits"]
    );
}

fn merged(table: &'static Managed) -> Vec<Complaint> {
    let merges = table.lifecycle.update() == UpdateStyle::Merge;
    let places = of_resource(table).into_iter();
    let wrong = places
        .filter(|place| merges && place.attribute.may_be_write_only && matches!(place.attribute.kind, Kind::Json))
        .map(|place| {
            place.complaint(
                "is JSON that an update merges: what is taken out of it cannot be named unless it is stored. Say so in \
                 `.only_stored(\"…\")`, or write it as an object with fields",
            )
        });
    wrong.collect()
}

#[test]
fn a_table_with_a_secret_that_can_only_be_stored_is_reported_so() {
    const INNER: &[Field] = &[
        text("deep", Setting(Clears)).sensitive(),
        text("fine", Setting(Clears)).write_only(),
    ];
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            fields: &[
                text("password", Setting(Required)).sensitive(),
                text("token", Setting(Required)).write_only(),
                text("explained", Setting(Required)).only_stored("Twilio makes it up and only takes it back"),
                text("in_a_word", Setting(Required)).only_stored("because"),
                list("codes", Setting(Clears), &Kind::Text).sensitive(),
                object("inner", Setting(Clears), INNER),
                text("shown", Observed).sensitive(),
                text("once", SecretOnce),
            ],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };
    let places = of_resource(&WRONG);
    let told: Vec<_> = places.iter().filter_map(only_stored).map(|told| told.name).collect();
    assert_eq!(told, ["password", "in_a_word", "codes", "inner.deep"]);
}
