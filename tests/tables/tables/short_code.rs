//! An object that nobody makes and nobody removes, only configures.
//! <https://www.twilio.com/docs/messaging/api/short-code-resource>

use terraform_provider_twilio::engine::facts::Absent::{Clears, Keeps};
use terraform_provider_twilio::engine::facts::Role::{Observed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Key, Lifecycle, List, Managed, Object, Omitted, Place, Plural, UpdateStyle, http_method,
    sid, text, timestamp, url,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_short_code`.
pub const SHORT_CODE: Managed = Managed {
    object: Object {
        name: "twilio_test_short_code",
        noun: "short code",
        plural: Some(Plural {
            name: "twilio_test_short_codes",
            noun: "short codes",
        }),
        api_page: "https://www.twilio.com/docs/messaging/api/short-code-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/SMS/ShortCodes.json",
            "/2010-04-01/Accounts/{account_sid}/SMS/ShortCodes/{short_code_sid}.json",
        ),
        key: Key::Borrowed("short_code_sid", "SC"),
        label: Some("short_code"),
        list: List {
            omitted: &[
                Omitted {
                    parameter: "FriendlyName",
                    reason: "a shape that is tested by other tables",
                },
                Omitted {
                    parameter: "ShortCode",
                    reason: "a shape that is tested by other tables",
                },
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What a short code does with messages.",
    lifecycle: Lifecycle::adopted(UpdateStyle::Post, Destroy::Reset),
    omitted: &[Omitted {
        parameter: "ApiVersion",
        reason: "there is one version left",
    }],
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("short_code_sid", PathPart, &[Check::Sid("SC")])
        .read_as("sid")
        .doc("SID of the short code (`SC…`). A change replaces it."),
    text("friendly_name", Setting(Keeps)).doc("Name shown in the Console."),
    url("sms_url", Setting(Clears)).doc("URL that Twilio requests when a message arrives."),
    http_method("sms_method").doc("HTTP method for `sms_url`: `GET` or `POST`. Default: `POST`."),
    url("sms_fallback_url", Setting(Clears)).doc("URL that Twilio requests when `sms_url` fails."),
    http_method("sms_fallback_method").doc("HTTP method for `sms_fallback_url`: `GET` or `POST`. Default: `POST`."),
    text("short_code", Observed).doc("The digits."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
