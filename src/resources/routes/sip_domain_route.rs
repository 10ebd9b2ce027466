//! In which region calls to a SIP domain are processed.
//! <https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api-sipdomain>

use super::region;
use crate::engine::facts::Role::PathPart;
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, UpdateStyle, text,
};
use crate::resources::sip::values;
use crate::twilio::Product;

/// `twilio_sip_domain_route`.
pub const SIP_DOMAIN_ROUTE: Managed = Managed {
    object: Object {
        name: "twilio_sip_domain_route",
        noun: "SIP domain route",
        category: Category::Routes,
        api_page: "https://www.twilio.com/docs/global-infrastructure/inbound-processing-region-api-sipdomain",
        place: Place::alone(Product::Routes, "/v2/SipDomains/{sip_domain}"),
        key: Key::Field("sip_domain"),
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "In which region Twilio processes calls to a SIP domain, and where its phones are registered. Twilio does not make the \
          domain in that region: make it there with the same name, its credential lists and IP access control lists too, by a \
          provider block with that `region`, before calls go there. The route is there as long as the domain: the first apply \
          brings it to what is configured, and destroying leaves it as it is, so that no call goes elsewhere with a resource.",
    quirks: &["A change takes up to five minutes."],
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
    write: WriteHooks {
        plan: Some(region::warn_of_another_region),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("sip_domain", PathPart).checks(&[Check::Custom(values::sip_domain)]).doc(
        "Name of the domain, for example `office.sip.twilio.com`. A change means another domain, and leaves the first \
         one's route as it is.",
    ),
    region::VOICE_REGION,
    region::FRIENDLY_NAME,
    region::DATE_CREATED,
];
