//! An environment of a service of Functions and Assets. <https://www.twilio.com/docs/serverless/api/resource/environment>
//!
//! # Quirks
//! - `build_sid` is left out: it moves with each deployment, and is an attribute of `twilio_serverless_deployment`.

use super::codes::SERVERLESS;
use super::older;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Fixed, Observed, PathPart};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::twilio::Product;

/// `twilio_serverless_environment`.
pub const SERVERLESS_ENVIRONMENT: Managed = Managed {
    object: Object {
        name: "twilio_serverless_environment",
        noun: "serverless environment",
        plural: Some(Plural {
            name: "twilio_serverless_environments",
            noun: "serverless environments",
        }),
        category: Category::Serverless,
        api_page: "https://www.twilio.com/docs/serverless/api/resource/environment",
        place: Place::at(
            Product::Serverless,
            "/v1/Services/{service_sid}/Environments",
            "/v1/Services/{service_sid}/Environments/{sid}",
        ),
        parents: &["service_sid"],
        key: Key::Sid("ZE"),
        natural_key: &["unique_name"],
        fields: FIELDS,
        codes: &[SERVERLESS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An environment of a service of Twilio Functions and Assets, such as production: an address, the variables that functions see \
          there, and the build that a `twilio_serverless_deployment` puts there. Destroying it destroys its variables, and its address \
          answers no more; `deletion_protection` refuses that.",
    quirks: &[
        "Twilio offers no update of an environment. One that is replaced has nothing deployed until its deployment follows, and a new one with the same suffix can only be made once the old one is gone.",
        "One environment of a service can be without a suffix: its address is `domain_base` and `.twil.io`.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    older_states: older::SERVERLESS_ENVIRONMENT,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")])
        .doc("SID of the service (`ZS…`). A change replaces the environment."),
    text("unique_name", Fixed(Required))
        .checks(&[Check::Length(1, 100)])
        .doc("Name of the environment, up to 100 characters. A change replaces the environment."),
    text("domain_suffix", Fixed(Clears)).checks(&[Check::Length(1, 16)]).doc(
        "What the address has between the service's `domain_base` and `.twil.io`, up to 16 characters. A change replaces the environment, \
         and so its address.",
    ),
    text("domain_name", Observed).doc("The address, without `https://`: `tide-line-1234-test.twil.io`."),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
