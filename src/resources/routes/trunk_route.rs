//! In which region calls to a trunk are processed.
//! <https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api-trunk>

use super::region;
use crate::engine::facts::Role::PathPart;
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, UpdateStyle, text,
};
use crate::resources::sip::values;
use crate::twilio::Product;

/// `twilio_trunk_route`.
pub const TRUNK_ROUTE: Managed = Managed {
    object: Object {
        name: "twilio_trunk_route",
        noun: "trunk route",
        category: Category::Routes,
        api_page: "https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api-trunk",
        place: Place::alone(Product::Routes, "/v2/Trunks/{sip_trunk_domain}"),
        key: Key::Field("sip_trunk_domain"),
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "In which region Twilio processes calls of an elastic SIP trunk that come in. The route is there as long as the trunk: \
          the first apply brings it to what is configured, and destroying leaves it as it is, so that no call goes elsewhere \
          with a resource.",
    quirks: &["A change takes up to five minutes."],
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
    write: WriteHooks {
        plan: Some(region::warn_of_another_region),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("sip_trunk_domain", PathPart).checks(&[Check::Custom(values::trunk_domain)]).doc(
        "`domain_name` of the trunk, for example `office.pstn.twilio.com`. A change means another trunk, and leaves the \
         first one's route as it is.",
    ),
    region::VOICE_REGION,
    region::FRIENDLY_NAME,
    region::DATE_CREATED,
];
