//! What functions are in. <https://www.twilio.com/docs/serverless/api/resource/service>

use terraform_provider_twilio::engine::facts::Absent::{DefaultsTo, Required};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Observed, Setting};
use terraform_provider_twilio::engine::facts::{
    Field, Key, Literal, Managed, Object, Place, Plural, boolean, text, timestamp,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_serverless_service`.
pub const SERVERLESS_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_test_serverless_service",
        noun: "serverless service",
        plural: Some(Plural {
            name: "twilio_test_serverless_services",
            noun: "serverless services",
        }),
        api_page: "https://www.twilio.com/docs/serverless/api/resource/service",
        place: Place::at(Product::Serverless, "/v1/Services", "/v1/Services/{sid}"),
        key: Key::Sid("ZS"),
        natural_key: &["unique_name"],
        key_is_unique: true,
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What functions are in.",
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("unique_name", Fixed(Required)).doc("Name in addresses. A change replaces the service."),
    text("friendly_name", Setting(Required)).doc("Name of the service."),
    boolean("include_credentials", Setting(DefaultsTo(Literal::Bool(true))))
        .doc("Whether functions get the account's credentials. Default: `true`."),
    boolean("ui_editable", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Whether it can be edited in the Console. Default: `false`."),
    text("domain_base", Observed).doc("Beginning of its domains."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
