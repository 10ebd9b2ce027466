//! A phone number in the sender pool of a messaging service.
//! <https://www.twilio.com/docs/messaging/api/phonenumber-resource>
//!
//! # Quirks
//! - The number's SID is written as `PhoneNumberSid` and read as `sid`.
//! - A number can be in one service only (error 21712).

use super::codes::MESSAGING;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Fixed, Observed, PathPart};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Kind, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, list, sid,
    text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::resources::numbers::codes::NUMBERS;
use crate::twilio::Product;

/// `twilio_messaging_service_phone_number`.
pub const MESSAGING_SERVICE_PHONE_NUMBER: Managed = Managed {
    object: Object {
        name: "twilio_messaging_service_phone_number",
        noun: "sender pool entry",
        plural: Some(Plural {
            name: "twilio_messaging_service_phone_numbers",
            noun: "sender pool entries",
        }),
        category: Category::Messaging,
        api_page: "https://www.twilio.com/docs/messaging/api/phonenumber-resource",
        place: Place::at(
            Product::Messaging,
            "/v1/Services/{service_sid}/PhoneNumbers",
            "/v1/Services/{service_sid}/PhoneNumbers/{phone_number_sid}",
        ),
        parents: &["service_sid"],
        key: Key::Borrowed("phone_number_sid", "PN"),
        natural_key: &["phone_number_sid"],
        label: Some("phone_number"),
        fields: FIELDS,
        codes: &[MESSAGING, NUMBERS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Puts a phone number into the sender pool of a messaging service. A number can be in one service at a time. \
          Destroying takes it out of the pool; the number itself stays.",
    quirks: &["The entry in the pool has no SID of its own: `sid` is that of the phone number."],
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    older_states: older::SERVICE_PHONE_NUMBER,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("MG")]).doc(
        "SID of the messaging service (`MG…`). A change takes the number out of one pool and puts it into the other.",
    ),
    sid("phone_number_sid", Fixed(Required), &[Check::Sid("PN")])
        .read_as("sid")
        .doc("SID of the phone number (`PN…`), which must be in the same account. A change replaces the entry."),
    text("phone_number", Observed).doc("The number in E.164 form."),
    text("country_code", Observed).doc("ISO 3166-1 code of the number's country."),
    list("capabilities", Observed, &Kind::Text).doc("What the number can do: `SMS`, `MMS`, `Voice`."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was put into the pool (RFC 3339, UTC)."),
];
