//! A number whose calls a trunk takes. <https://www.twilio.com/docs/sip-trunking/api/phonenumber-resource>
//!
//! # Quirks
//! - The number's SID is written as `PhoneNumberSid` and read as `sid`.
//! - All else that Twilio shows of the entry is the number's, and changes with it: `twilio_phone_number` has it.

use super::codes::TRUNKING;
use super::{older, taking};
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Fixed, Observed, PathPart};
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{
    Access, Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, sid, text,
    timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::resources::numbers::codes::NUMBERS;
use crate::resources::numbers::phone_number::PHONE_NUMBER;
use crate::twilio::Product;

/// `twilio_trunk_phone_number`.
pub const TRUNK_PHONE_NUMBER: Managed = Managed {
    object: Object {
        name: "twilio_trunk_phone_number",
        noun: "number of the trunk",
        plural: Some(Plural {
            name: "twilio_trunk_phone_numbers",
            noun: "numbers of the trunk",
        }),
        category: Category::Trunking,
        api_page: "https://www.twilio.com/docs/sip-trunking/api/phonenumber-resource",
        place: Place::at(
            Product::Trunking,
            "/v1/Trunks/{trunk_sid}/PhoneNumbers",
            "/v1/Trunks/{trunk_sid}/PhoneNumbers/{phone_number_sid}",
        ),
        parents: &["trunk_sid"],
        key: Key::Borrowed("phone_number_sid", "PN"),
        natural_key: &["phone_number_sid"],
        label: Some("phone_number"),
        fields: FIELDS,
        codes: &[TRUNKING, NUMBERS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Puts a phone number on a trunk, which takes the number's calls from then on, in place of its voice webhooks; messages are not touched. \
          A number is on one trunk at most: one that is on another is refused, unless `adopt_existing` takes it from there. Destroying \
          takes it off the trunk, and its voice URLs take its calls again; the number itself stays.",
    quirks: &[
        "Where a `twilio_phone_number` of the same configuration manages the number, its `trunk_sid` does the same without a resource more. Do \
         not set both.",
        "A trunk displaces the number's `voice_application_sid`, which does not come back when the number leaves the trunk.",
        "The entry has no SID of its own: `sid` is that of the phone number.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    older_states: older::TRUNK_PHONE_NUMBER,
    write: WriteHooks {
        plan: Some(taking::plan),
        asks: &[Access::get(Product::Api, PHONE_NUMBER.object.place.instance)],
        create: Some(taking::put),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("trunk_sid", PathPart, &[Check::Sid("TK")])
        .doc("SID of the trunk (`TK…`). A change takes the number off the one trunk and puts it on the other."),
    sid("phone_number_sid", Fixed(Required), &[Check::Sid("PN")])
        .read_as("sid")
        .doc("SID of the phone number (`PN…`), which must be in the same account. A change replaces the entry."),
    text("phone_number", Observed).doc("The number in E.164 form."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When the number was bought (RFC 3339, UTC)."),
];
