//! Addresses that calls into a trunk come from. <https://www.twilio.com/docs/sip-trunking/api/ipaccesscontrollist-resource>

use super::codes::TRUNKING;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Fixed, PathPart};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, sid, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_trunk_ip_access_control_list`.
pub const TRUNK_IP_ACCESS_CONTROL_LIST: Managed = Managed {
    object: Object {
        name: "twilio_trunk_ip_access_control_list",
        noun: "trunk IP access control list",
        plural: Some(Plural {
            name: "twilio_trunk_ip_access_control_lists",
            noun: "trunk IP access control lists",
        }),
        category: Category::Trunking,
        api_page: "https://www.twilio.com/docs/sip-trunking/api/ipaccesscontrollist-resource",
        place: Place::at(
            Product::Trunking,
            "/v1/Trunks/{trunk_sid}/IpAccessControlLists",
            "/v1/Trunks/{trunk_sid}/IpAccessControlLists/{ip_access_control_list_sid}",
        ),
        parents: &["trunk_sid"],
        key: Key::Borrowed("ip_access_control_list_sid", "AL"),
        natural_key: &["ip_access_control_list_sid"],
        fields: FIELDS,
        codes: &[TRUNKING],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Lets calls into a trunk that come from the addresses of a list. Destroying takes the list off the trunk, which refuses calls from its \
          addresses from then on; with the last list of either kind gone, the trunk takes no calls of yours. The list stays.",
    quirks: &[
        "The entry has no SID of its own: `sid` is that of the list.",
        "A change of either argument replaces the entry. With `create_before_destroy` in its `lifecycle` the other list is there before this \
         one goes, so that nobody is refused between the two.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    older_states: older::TRUNK_IP_ACCESS_CONTROL_LIST,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("trunk_sid", PathPart, &[Check::Sid("TK")])
        .doc("SID of the trunk (`TK…`). A change takes the list off the one trunk and puts it on the other."),
    sid("ip_access_control_list_sid", Fixed(Required), &[Check::Sid("AL")])
        .read_as("sid")
        .doc("SID of the IP access control list (`AL…`). A change replaces the entry."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
