//! A user name and its password. <https://www.twilio.com/docs/voice/sip/api/sip-credential-resource>

use super::codes::SIP;
use super::{older, values};
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Fixed, PathPart, Setting};
use crate::engine::facts::{Category, Check, Field, Key, Managed, Object, Place, Plural, sid, text, timestamp};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_sip_credential`.
pub const SIP_CREDENTIAL: Managed = Managed {
    object: Object {
        name: "twilio_sip_credential",
        noun: "SIP credential",
        plural: Some(Plural {
            name: "twilio_sip_credentials",
            noun: "SIP credentials",
        }),
        category: Category::Sip,
        api_page: "https://www.twilio.com/docs/voice/sip/api/sip-credential-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/SIP/CredentialLists/{credential_list_sid}/Credentials.json",
            "/2010-04-01/Accounts/{account_sid}/SIP/CredentialLists/{credential_list_sid}/Credentials/{sid}.json",
        ),
        parents: &["credential_list_sid"],
        key: Key::Sid("CR"),
        natural_key: &["username"],
        fields: FIELDS,
        codes: &[SIP],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A user name and a password in a SIP credential list. Whatever knows both can place calls at your cost, or register, wherever the list \
          is used. Destroying it refuses them from then on.",
    quirks: &[
        "Twilio never shows a password. After an import, or an adoption, the configured one is sent with the first apply that \
               changes it; an adoption sends it always.",
    ],
    older_states: older::SIP_CREDENTIAL,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("credential_list_sid", PathPart, &[Check::Sid("CL")])
        .doc("SID of the credential list (`CL…`). A change replaces the SIP credential."),
    text("username", Fixed(Required))
        .checks(&[Check::Length(1, 32)])
        .doc(
            "User name, up to 32 characters, once in its list. A change replaces the credential: phones that have the old name are \
             refused from then on.",
        ),
    text("password", Setting(Required))
        .never_returned()
        .write_only()
        .checks(&[Check::Custom(values::password)])
        .doc(
            "Password: at least 12 characters, with a digit, a small and a capital letter. Changes in place, and the old one is refused \
             from then on.",
        ),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
