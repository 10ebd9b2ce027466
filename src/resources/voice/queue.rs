//! A queue of calls. <https://www.twilio.com/docs/voice/api/queue-resource>
//!
//! # Quirks
//! - Twilio names different sizes for a queue that is made without one: 1000 in its OpenAPI files, and recorded responses have 100.
//!   So none is planned, and removing `max_size` keeps what there is.
//! - `current_size` and `average_wait_time` are left out: they move by themselves, so that every
//!   plan would find something to do.

use super::older;
use crate::engine::facts::Absent::{Keeps, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{Category, Check, Field, Key, Managed, Object, Place, Plural, int, text, timestamp};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_queue`.
pub const QUEUE: Managed = Managed {
    object: Object {
        name: "twilio_queue",
        noun: "queue",
        plural: Some(Plural {
            name: "twilio_queues",
            noun: "queues",
        }),
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/api/queue-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/Queues.json",
            "/2010-04-01/Accounts/{account_sid}/Queues/{sid}.json",
        ),
        key: Key::Sid("QU"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A queue of calls that wait: `<Enqueue>` puts a call into it by its name, `<Dial><Queue>` takes one out.",
    older_states: older::QUEUE,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 64)])
        .doc("Name by which TwiML refers to the queue, up to 64 characters. Changes in place."),
    int("max_size", Setting(Keeps)).checks(&[Check::Range(1, 5000)]).doc(
        "Most calls that wait in it, `1` to `5000`; further ones are not taken. Removing it keeps what the queue has.",
    ),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
