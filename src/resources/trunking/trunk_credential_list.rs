//! Credentials that let calls into a trunk. <https://www.twilio.com/docs/sip-trunking/api/credentiallist-resource>

use super::codes::TRUNKING;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Fixed, PathPart};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, sid, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_trunk_credential_list`.
pub const TRUNK_CREDENTIAL_LIST: Managed = Managed {
    object: Object {
        name: "twilio_trunk_credential_list",
        noun: "trunk credential list",
        plural: Some(Plural {
            name: "twilio_trunk_credential_lists",
            noun: "trunk credential lists",
        }),
        category: Category::Trunking,
        api_page: "https://www.twilio.com/docs/sip-trunking/api/credentiallist-resource",
        place: Place::at(
            Product::Trunking,
            "/v1/Trunks/{trunk_sid}/CredentialLists",
            "/v1/Trunks/{trunk_sid}/CredentialLists/{credential_list_sid}",
        ),
        parents: &["trunk_sid"],
        key: Key::Borrowed("credential_list_sid", "CL"),
        natural_key: &["credential_list_sid"],
        fields: FIELDS,
        codes: &[TRUNKING],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Lets calls into a trunk that know a user name and password of a list. Destroying takes the list off the trunk, which refuses calls \
          with its credentials from then on; with the last list of either kind gone, the trunk takes no calls of yours. The list stays.",
    quirks: &[
        "The entry has no SID of its own: `sid` is that of the list.",
        "A change of either argument replaces the entry. With `create_before_destroy` in its `lifecycle` the other list is there before this \
         one goes, so that nobody is refused between the two.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    older_states: older::TRUNK_CREDENTIAL_LIST,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("trunk_sid", PathPart, &[Check::Sid("TK")])
        .doc("SID of the trunk (`TK…`). A change takes the list off the one trunk and puts it on the other."),
    sid("credential_list_sid", Fixed(Required), &[Check::Sid("CL")])
        .read_as("sid")
        .doc("SID of the credential list (`CL…`). A change replaces the entry."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
