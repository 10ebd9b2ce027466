//! A secret that Twilio only takes: required, and changed by an update that takes nothing else.
//! <https://www.twilio.com/docs/voice/sip/api/sip-credential-resource>

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::{Fixed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Field, Key, Managed, Object, Place, Plural, sid, text, timestamp,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_sip_credential`.
pub const SIP_CREDENTIAL: Managed = Managed {
    object: Object {
        name: "twilio_test_sip_credential",
        noun: "SIP credential",
        plural: Some(Plural {
            name: "twilio_test_sip_credentials",
            noun: "SIP credentials",
        }),
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
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A name and a password for SIP.",
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("credential_list_sid", PathPart, &[Check::Sid("CL")])
        .doc("SID of the credential list (`CL…`). A change replaces it."),
    text("username", Fixed(Required))
        .checks(&[Check::Length(1, 32)])
        .doc("Name, `1` to `32` characters. A change replaces it."),
    text("password", Setting(Required))
        .never_returned()
        .write_only()
        .checks(&[Check::Length(12, 255)])
        .doc("Password, `12` to `255` characters. Changes in place."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
