//! In which region calls to a number are processed.
//! <https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api-phone-number>

use super::region;
use crate::engine::facts::Role::PathPart;
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, UpdateStyle, text,
};
use crate::twilio::Product;

/// `twilio_phone_number_route`.
pub const PHONE_NUMBER_ROUTE: Managed = Managed {
    object: Object {
        name: "twilio_phone_number_route",
        noun: "phone number route",
        category: Category::Routes,
        api_page: "https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api-phone-number",
        place: Place::alone(Product::Routes, "/v2/PhoneNumbers/{phone_number}"),
        key: Key::Field("phone_number"),
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "In which region Twilio processes calls to a phone number. Each region has a configuration of its own for each number, \
          with webhooks of its own: give it one there, by a provider block with that `region`, before calls go there. The route \
          is there as long as the number: the first apply brings it to what is configured, and destroying leaves it as it is, so \
          that no call goes elsewhere with a resource.",
    quirks: &[
        "A change takes up to five minutes.",
        "The region of messages is set by version 3 of this API, and in the Console.",
    ],
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
    write: WriteHooks {
        plan: Some(region::warn_of_another_region),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("phone_number", PathPart).checks(&[Check::E164]).doc(
        "The number in E.164 form, for example `+14155550100`. A change means another number, and leaves the first one's \
         route as it is.",
    ),
    region::VOICE_REGION,
    region::FRIENDLY_NAME,
    region::DATE_CREATED,
];
