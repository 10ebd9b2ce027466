//! What a short code does with messages. <https://www.twilio.com/docs/messaging/api/short-code-resource>

use crate::engine::facts::Absent::{Clears, Keeps};
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Filter, Key, Lifecycle, List, Managed, Object, Place, Plural, UpdateStyle,
    http_method, sid, text, timestamp, url,
};
use crate::twilio::Product;

/// `twilio_short_code`.
pub const SHORT_CODE: Managed = Managed {
    object: Object {
        name: "twilio_short_code",
        noun: "short code",
        plural: Some(Plural {
            name: "twilio_short_codes",
            noun: "short codes",
        }),
        category: Category::Messaging,
        api_page: "https://www.twilio.com/docs/messaging/api/short-code-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/SMS/ShortCodes.json",
            "/2010-04-01/Accounts/{account_sid}/SMS/ShortCodes/{short_code_sid}.json",
        ),
        key: Key::Borrowed("short_code_sid", "SC"),
        natural_key: &["short_code"],
        label: Some("short_code"),
        list: List {
            filters: &[
                Filter::at_least(text("short_code", Setting(Clears)).doc("Only the short code with these digits.")),
                Filter::exact(text("friendly_name", Setting(Clears)).doc("Only short codes with exactly this name.")),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What a short code does with messages that come in. Short codes are ordered, and neither made nor given back by an API: this \
          resource takes one over that the account has. Webhooks that are there and not configured here are taken off by the first \
          apply, and its plan names them. Destroying leaves the short code and its webhooks as they are.",
    quirks: &[
        "A messaging service that the short code is in may answer its messages in place of these webhooks: see `use_inbound_webhook_on_number` \
         of `twilio_messaging_service`.",
    ],
    lifecycle: Lifecycle::adopted(UpdateStyle::Post, Destroy::Forget),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("short_code_sid", PathPart, &[Check::Sid("SC")])
        .read_as("sid")
        .doc(
            "SID of the short code (`SC…`): `data.twilio_short_code` finds it by its digits. A change means another short code, and \
             leaves the first as it is.",
        ),
    text("friendly_name", Setting(Keeps))
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the short code, up to 64 characters. Removing it keeps the name that it has."),
    url("sms_url", Setting(Clears)).doc("URL that Twilio requests when a message arrives."),
    http_method("sms_method").doc("HTTP method for `sms_url`: `GET` or `POST`. Default: `POST`."),
    url("sms_fallback_url", Setting(Clears)).doc("URL that Twilio requests when `sms_url` fails."),
    http_method("sms_fallback_method").doc("HTTP method for `sms_fallback_url`: `GET` or `POST`. Default: `POST`."),
    text("api_version", Setting(Keeps))
        .checks(&[Check::Known(&["2010-04-01", "2008-08-01"])])
        .doc(
            "API version in which Twilio's requests to the webhooks are made: `2010-04-01`, or the older `2008-08-01`. Removing it keeps \
             what the short code has.",
        ),
    text("short_code", Observed).doc("The digits, for example `12345`."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
