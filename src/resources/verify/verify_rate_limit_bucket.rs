//! How many are too many. <https://www.twilio.com/docs/verify/api/service-rate-limit-buckets>
//!
//! # Quirks
//! - Twilio refuses a second bucket with the same interval (<https://www.twilio.com/docs/api/errors/60211>), so one with another interval
//!   is another bucket.

use super::codes::VERIFY;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{
    Category, Check, Field, Key, Managed, Object, Place, Plural, Properties, int, sid, timestamp,
};
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_verify_rate_limit_bucket`.
pub const VERIFY_RATE_LIMIT_BUCKET: Managed = Managed {
    object: Object {
        name: "twilio_verify_rate_limit_bucket",
        noun: "bucket",
        plural: Some(Plural {
            name: "twilio_verify_rate_limit_buckets",
            noun: "buckets",
        }),
        category: Category::Verify,
        api_page: "https://www.twilio.com/docs/verify/api/service-rate-limit-buckets",
        place: Place::at(
            Product::Verify,
            "/v2/Services/{service_sid}/RateLimits/{rate_limit_sid}/Buckets",
            "/v2/Services/{service_sid}/RateLimits/{rate_limit_sid}/Buckets/{sid}",
        ),
        parents: &["service_sid", "rate_limit_sid"],
        key: Key::Sid("BL"),
        fields: FIELDS,
        codes: &[VERIFY],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "How many verifications may be started within some time for one value of a `twilio_verify_rate_limit`. A rate limit can have \
          several, each with its own interval: few in a minute, some in a day.",
    older_states: older::VERIFY_RATE_LIMIT_BUCKET,
    write: WriteHooks {
        could_be: Some(has_the_interval),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("VA")])
        .doc("SID of the Verify service (`VA…`). A change replaces the bucket."),
    sid("rate_limit_sid", PathPart, &[Check::Sid("RK")])
        .doc("SID of the rate limit (`RK…`). A change replaces the bucket."),
    int("max", Setting(Required)).doc("Most verifications that are started within the interval. Changes in place."),
    int("interval", Setting(Required))
        .doc("Seconds in which they are counted. A rate limit has one bucket for each interval. Changes in place."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// Whether an object may be the bucket that was planned.
fn has_the_interval(planned: &Value, item: &Properties) -> bool {
    let planned = planned.attr("interval").as_number().and_then(|number| number.to_i64());
    planned.is_none() || item.get("interval").and_then(serde_json::Value::as_i64) == planned
}
