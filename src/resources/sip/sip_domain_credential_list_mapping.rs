//! Credentials that calls to a SIP domain have to know. <https://www.twilio.com/docs/voice/sip/api/sip-credentiallistmapping-resource>

use super::codes::SIP;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Fixed, PathPart};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, sid, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_sip_domain_credential_list_mapping`.
pub const SIP_DOMAIN_CREDENTIAL_LIST_MAPPING: Managed = Managed {
    object: Object {
        name: "twilio_sip_domain_credential_list_mapping",
        noun: "SIP domain credential list mapping",
        plural: Some(Plural {
            name: "twilio_sip_domain_credential_list_mappings",
            noun: "SIP domain credential list mappings",
        }),
        category: Category::Sip,
        api_page: "https://www.twilio.com/docs/voice/sip/api/sip-credentiallistmapping-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/SIP/Domains/{domain_sid}/Auth/Calls/CredentialListMappings.json",
            "/2010-04-01/Accounts/{account_sid}/SIP/Domains/{domain_sid}/Auth/Calls/CredentialListMappings/{credential_list_sid}.json",
        ),
        parents: &["domain_sid"],
        key: Key::Borrowed("credential_list_sid", "CL"),
        natural_key: &["credential_list_sid"],
        fields: FIELDS,
        codes: &[SIP],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Lets a SIP domain ask calls for a user name and password, of which one list or another of those mapped to it has to have both. \
          Destroying takes the list off the domain, which refuses calls with its credentials from then on; with the last list of \
          either kind gone, the domain takes no calls at all. The list stays.",
    quirks: &[
        "The mapping has no SID of its own: `sid` is that of the list.",
        "A change of either argument replaces the mapping. With `create_before_destroy` in its `lifecycle` the other list is there before \
         this one goes, so that nobody is refused between the two.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    older_states: older::SIP_DOMAIN_CREDENTIAL_LIST_MAPPING,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("domain_sid", PathPart, &[Check::Sid("SD")])
        .never_returned()
        .doc("SID of the SIP domain (`SD…`). A change takes the list off the one domain and maps it to the other."),
    sid("credential_list_sid", Fixed(Required), &[Check::Sid("CL")])
        .read_as("sid")
        .doc("SID of the credential list (`CL…`). A change replaces the mapping."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
