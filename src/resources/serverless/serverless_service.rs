//! A service of Functions and Assets. <https://www.twilio.com/docs/serverless/api/resource/service>
//!
//! # Quirks
//! - `UniqueName` is only taken by a create, and a part of every address below the service.

use super::codes::SERVERLESS;
use super::older;
use crate::engine::facts::Absent::{DefaultsTo, Required};
use crate::engine::facts::Role::{Fixed, Observed, Setting};
use crate::engine::facts::{
    Category, Check, Field, Key, Literal, Managed, Object, Place, Plural, boolean, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::twilio::Product;

/// `twilio_serverless_service`.
pub const SERVERLESS_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_serverless_service",
        noun: "serverless service",
        plural: Some(Plural {
            name: "twilio_serverless_services",
            noun: "serverless services",
        }),
        category: Category::Serverless,
        api_page: "https://www.twilio.com/docs/serverless/api/resource/service",
        place: Place::at(Product::Serverless, "/v1/Services", "/v1/Services/{sid}"),
        key: Key::Sid("ZS"),
        natural_key: &["unique_name"],
        key_is_unique: true,
        fields: FIELDS,
        codes: &[SERVERLESS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A service of Twilio Functions and Assets: what an application consists of, with its environments, functions, assets and builds. \
          Destroying it destroys all of these, and its addresses answer no more; `deletion_protection` refuses that.",
    quirks: &[
        "Twilio makes the beginning of each address of the service of its unique name and a number, `domain_base`. A service that is replaced has another number, so that whatever requests the old addresses has to be pointed at the new ones. Addresses that are written as references (`twilio_serverless_environment.x.domain_name`) follow by themselves.",
    ],
    older_states: older::SERVERLESS_SERVICE,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("unique_name", Fixed(Required))
        .checks(&[Check::Length(1, 50)])
        .doc("Name in the addresses of the service, up to 50 characters. A change replaces the service, and with it all addresses."),
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 255)])
        .doc("Name of the service, up to 255 characters. Changes in place."),
    boolean("include_credentials", Setting(DefaultsTo(Literal::Bool(true)))).doc(
        "Whether functions get the account's SID and auth token, so that `context.getTwilioClient()` works in them. Default: `true`.",
    ),
    boolean("ui_editable", Setting(DefaultsTo(Literal::Bool(false)))).doc(
        "Whether the service can be edited in the Console, too. What is changed there is drift. Default: `false`.",
    ),
    text("domain_base", Observed).doc("Beginning of the addresses of the service: its unique name and a number."),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
