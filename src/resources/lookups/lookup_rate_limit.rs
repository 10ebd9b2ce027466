//! How many lookups may be made in a while. <https://www.twilio.com/docs/lookup/v2-api>
//!
//! # Quirks
//! - PUT to its own path makes it or writes over it. Twilio has rules of its own among them, which `owner` tells: a first apply refuses
//!   what is there, as everywhere.
//! - Twilio has no page on these rules: what is said here is what the published description of the API says.

use super::codes::LOOKUPS;
use crate::engine::facts::Absent::{Keeps, Required};
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::{
    BodyStyle, Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, UpdateStyle, int, text,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_lookup_rate_limit`.
pub const LOOKUP_RATE_LIMIT: Managed = Managed {
    object: Object {
        name: "twilio_lookup_rate_limit",
        noun: "lookup rate limit",
        category: Category::Lookups,
        api_page: "https://www.twilio.com/docs/lookup/v2-api",
        place: Place::alone(Product::Lookups, "/v2/RateLimits/Fields/{field}/Bucket/{bucket}"),
        parents: &["field"],
        key: Key::Field("bucket"),
        fields: FIELDS,
        codes: &[LOOKUPS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "How many lookups with one data package the account may make: a stop for whoever looks up numbers at your cost. What is above it \
          Twilio refuses with error 60616. After a destroy Twilio's own limits count again.",
    quirks: &[
        "Twilio describes these rules in its API alone, and no page says what a bucket is or in which unit `ttl` counts. Try one out \
         before you rely on it.",
        "A rule that is there, as one of Twilio's own, is not written over unless `adopt_existing = true`. A destroy removes it then: \
         whether Twilio puts its own back is not documented.",
    ],
    lifecycle: Lifecycle::upserted(UpdateStyle::Put, Destroy::Delete).sending(BodyStyle::Json),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("field", PathPart).checks(&[Check::Known(PACKAGES)]).doc(
        "Data package that is limited: `line_type_intelligence`, `caller_name`, `sim_swap`, `call_forwarding`, `line_status`, \
         `identity_match`, `reassigned_number`, `sms_pumping_risk`, `phone_number_quality_score` or `pre_fill`. A change replaces the rule.",
    ),
    text("bucket", PathPart)
        .checks(&[Check::NonEmpty])
        .doc("Name of the bucket that the lookups are counted in. A change replaces the rule."),
    int("limit", Setting(Required))
        .checks(&[Check::Range(0, 2_147_483_647)])
        .doc("Most lookups, `0` to `2147483647`. Changes in place."),
    int("ttl", Setting(Keeps))
        .checks(&[Check::Range(0, 2_147_483_647)])
        .doc("Time to live of the rule, in Twilio's words, `0` to `2147483647`. Changes in place. Removing it keeps what the rule has."),
    text("owner", Observed).doc("Who made the rule."),
    ADOPT_EXISTING,
];

/// The data packages. <https://www.twilio.com/docs/lookup/v2-api>
pub(super) const PACKAGES: &[&str] = &[
    "caller_name",
    "sim_swap",
    "call_forwarding",
    "line_status",
    "line_type_intelligence",
    "identity_match",
    "reassigned_number",
    "sms_pumping_risk",
    "phone_number_quality_score",
    "pre_fill",
];
