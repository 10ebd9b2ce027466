//! Settings that are written at one path, together with others, and read at another.
//! <https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource>

use terraform_provider_twilio::engine::facts::Absent::Keeps;
use terraform_provider_twilio::engine::facts::Role::{Observed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Bulk, BulkAnswer, BulkItems, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Read, UpdateStyle,
    boolean, text,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_dialing_country`.
pub const DIALING_COUNTRY: Managed = Managed {
    object: Object {
        name: "twilio_test_dialing_country",
        noun: "dialing permission",
        api_page: "https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource",
        place: Place::alone(Product::Voice, "/v1/DialingPermissions/BulkCountryUpdates").read(Read::Elsewhere {
            path: "/v1/DialingPermissions/Countries/{iso_code}",
            within: None,
        }),
        key: Key::Field("iso_code"),
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Which numbers of a country may be called.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
    bulk: Some(Bulk {
        parameter: "UpdateRequest",
        items: BulkItems::OneText,
        constants: &[],
        answer: BulkAnswer::Count("update_count"),
    }),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("iso_code", PathPart)
        .checks(&[Check::Country])
        .doc("ISO 3166-1 code of the country, 2 capital letters. A change replaces it."),
    boolean("low_risk_numbers_enabled", Setting(Keeps)).doc("Whether ordinary numbers may be called."),
    boolean("high_risk_special_numbers_enabled", Setting(Keeps)).doc("Whether special services may be called."),
    boolean("high_risk_tollfraud_numbers_enabled", Setting(Keeps))
        .doc("Whether numbers known for fraud may be called."),
    text("name", Observed).doc("Name of the country."),
];
