//! An address, or a range, that SIP is taken from. <https://www.twilio.com/docs/voice/sip/api/sip-ipaddress-resource>

use super::codes::SIP;
use super::{older, values};
use crate::engine::facts::Absent::{DefaultsTo, Required};
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Field, Key, Literal, Managed, Object, Place, Plural, int, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_sip_ip_address`.
pub const SIP_IP_ADDRESS: Managed = Managed {
    object: Object {
        name: "twilio_sip_ip_address",
        noun: "SIP IP address",
        plural: Some(Plural {
            name: "twilio_sip_ip_addresses",
            noun: "SIP IP addresses",
        }),
        category: Category::Sip,
        api_page: "https://www.twilio.com/docs/voice/sip/api/sip-ipaddress-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/SIP/IpAccessControlLists/{ip_access_control_list_sid}/IpAddresses.json",
            "/2010-04-01/Accounts/{account_sid}/SIP/IpAccessControlLists/{ip_access_control_list_sid}/IpAddresses/{sid}.json",
        ),
        parents: &["ip_access_control_list_sid"],
        key: Key::Sid("IP"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[SIP],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An IP address, or a range of them, in an IP access control list. Wherever the list is used, calls are taken from it: it should have \
          your own addresses alone. Destroying it takes none from there any more.",
    older_states: older::SIP_IP_ADDRESS,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("ip_access_control_list_sid", PathPart, &[Check::Sid("AL")])
        .doc("SID of the IP access control list (`AL…`). A change replaces the SIP IP address."),
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 255)])
        .doc("Name of the address, up to 255 characters. Changes in place."),
    text("ip_address", Setting(Required))
        .checks(&[Check::Custom(values::ipv4)])
        .doc("The IPv4 address, or the first of the range. Changes in place."),
    // The page of the resource: without it, the whole address.
    int("cidr_prefix_length", Setting(DefaultsTo(Literal::Int(32))))
        .checks(&[Check::Range(1, 32)])
        .doc(
            "How many bits of `ip_address` count, `1` to `32`: with `24`, 256 addresses are in it. Default: `32`, the one address.",
        ),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
