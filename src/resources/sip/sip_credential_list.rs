//! User names and passwords of SIP. <https://www.twilio.com/docs/voice/sip/api/sip-credentiallist-resource>

use super::codes::SIP;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{Category, Check, Field, Key, Managed, Object, Place, Plural, text, timestamp};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_sip_credential_list`.
pub const SIP_CREDENTIAL_LIST: Managed = Managed {
    object: Object {
        name: "twilio_sip_credential_list",
        noun: "SIP credential list",
        plural: Some(Plural {
            name: "twilio_sip_credential_lists",
            noun: "SIP credential lists",
        }),
        category: Category::Sip,
        api_page: "https://www.twilio.com/docs/voice/sip/api/sip-credentiallist-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/SIP/CredentialLists.json",
            "/2010-04-01/Accounts/{account_sid}/SIP/CredentialLists/{sid}.json",
        ),
        key: Key::Sid("CL"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[SIP],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A list of user names and passwords (`twilio_sip_credential`). It does nothing by itself: a SIP domain asks for one of them once the \
          list is mapped to it, for calls (`twilio_sip_domain_credential_list_mapping`) or for registrations \
          (`twilio_sip_domain_registration_credential_list_mapping`), and a trunk once it has the list (`twilio_trunk_credential_list`). \
          Destroying it destroys its credentials.",
    stays_while: "Twilio keeps a credential list that is mapped to a SIP domain or is on a trunk. Take it off there, in the Console where \
                  Terraform does not manage that, and apply again.",
    older_states: older::SIP_CREDENTIAL_LIST,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required))
        .with_every_update()
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the list, up to 64 characters, which no other list of the account has. Changes in place."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
