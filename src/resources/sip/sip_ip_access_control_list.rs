//! Addresses that SIP is taken from. <https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollist-resource>

use super::codes::SIP;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{Category, Check, Field, Key, Managed, Object, Place, Plural, text, timestamp};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_sip_ip_access_control_list`.
pub const SIP_IP_ACCESS_CONTROL_LIST: Managed = Managed {
    object: Object {
        name: "twilio_sip_ip_access_control_list",
        noun: "SIP IP access control list",
        plural: Some(Plural {
            name: "twilio_sip_ip_access_control_lists",
            noun: "SIP IP access control lists",
        }),
        category: Category::Sip,
        api_page: "https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollist-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/SIP/IpAccessControlLists.json",
            "/2010-04-01/Accounts/{account_sid}/SIP/IpAccessControlLists/{sid}.json",
        ),
        key: Key::Sid("AL"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[SIP],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A list of IP addresses (`twilio_sip_ip_address`). It does nothing by itself: a SIP domain takes calls from its addresses once the list \
          is mapped to it (`twilio_sip_domain_ip_access_control_list_mapping`), and a trunk once it has the list \
          (`twilio_trunk_ip_access_control_list`). Destroying it destroys its addresses.",
    stays_while: "Twilio keeps an IP access control list that is mapped to a SIP domain or is on a trunk. Take it off there, in the Console where \
                  Terraform does not manage that, and apply again.",
    older_states: older::SIP_IP_ACCESS_CONTROL_LIST,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required))
        .with_every_update()
        .checks(&[Check::Length(1, 255)])
        .doc("Name of the list, up to 255 characters. Changes in place."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
