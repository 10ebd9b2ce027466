//! A phone number in the sender pool of a messaging service.
//! <https://www.twilio.com/docs/messaging/api/phonenumber-resource>
//!
//! What surprised us: the entry has no SID of its own. It is written as `PhoneNumberSid` and read as `sid`, which is why
//! imports by other providers plan to replace what they imported. A number can be in one service only (21712).

use crate::engine::adopt::ADOPT_EXISTING;
use crate::engine::table::{Attribute, Check, Kind, Resource, UpdateStyle, list, sid, text, timestamp};
use crate::twilio::Product;

use super::older;

/// `twilio_messaging_service_phone_number`.
pub const MESSAGING_SERVICE_PHONE_NUMBER: Resource = Resource {
    name: "twilio_messaging_service_phone_number",
    noun: "sender pool entry",
    doc: "Puts a phone number into the sender pool of a messaging service. A number can be in one service at a time. \
          Destroying takes it out of the pool; the number itself stays.",
    category: "Messaging",
    api_page: "https://www.twilio.com/docs/messaging/api/phonenumber-resource",
    product: Product::Messaging,
    collection: "/v1/Services/{service_sid}/PhoneNumbers",
    instance: "/v1/Services/{service_sid}/PhoneNumbers/{phone_number_sid}",
    sid_prefix: "PN",
    update: UpdateStyle::Never,
    natural_key: &["phone_number_sid"],
    import: "{service_sid}/{phone_number_sid}",
    attributes: ATTRIBUTES,
    older_states: older::SERVICE_PHONE_NUMBER,
    ..Resource::FORM
};

const ATTRIBUTES: &[Attribute] = &[
    sid("service_sid", &[Check::Sid("MG")]).required().path_part().doc(
        "SID of the messaging service (`MG…`). A change takes the number out of one pool and puts it into the other.",
    ),
    sid("phone_number_sid", &[Check::Sid("PN")])
        .required()
        .read_as("sid")
        .doc("SID of the phone number (`PN…`), which must be in the same account. A change replaces the entry."),
    text("phone_number").computed().doc("The number in E.164 form."),
    text("country_code")
        .computed()
        .doc("ISO 3166-1 code of the number's country."),
    list("capabilities", &Kind::Text)
        .computed()
        .doc("What the number can do: `SMS`, `MMS`, `Voice`."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was put into the pool (RFC 3339, UTC)."),
];
