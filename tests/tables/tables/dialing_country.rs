//! Settings that are written at one path, together with others, and read at another.
//! <https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource>

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::Absent::Keeps;
use terraform_provider_twilio::engine::facts::Role::{Observed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::hooks::WriteHooks;
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Intent, Key, Lifecycle, Managed, Object, Omitted, Parameters, Place, Read, UpdateStyle,
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
    omitted: &[Omitted {
        parameter: "UpdateRequest",
        reason: "made of the permissions",
    }],
    write: WriteHooks {
        encode: Some(as_one_text),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const PERMISSIONS: [&str; 3] = [
    "low_risk_numbers_enabled",
    "high_risk_special_numbers_enabled",
    "high_risk_tollfraud_numbers_enabled",
];

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

/// One JSON text says all three, of one country or of many.
fn as_one_text(intent: &Intent<'_>, parameters: &mut Parameters) {
    if parameters.is_empty() {
        return;
    }
    let mut country = json!({"iso_code": intent.planned.attr("iso_code").as_str()});
    for name in PERMISSIONS {
        let flag = intent
            .planned
            .attr(name)
            .as_bool()
            .or(intent.prior.attr(name).as_bool());
        country[name] = Json::Bool(flag.unwrap_or_default());
    }
    *parameters = Parameters::default();
    parameters.set("UpdateRequest", json!([country]).to_string());
}
