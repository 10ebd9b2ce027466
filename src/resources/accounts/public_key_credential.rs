//! A public key of yours, with which Twilio checks or encrypts. <https://www.twilio.com/docs/iam/credentialpublickey-resource>
//!
//! # Quirks
//! - `PublicKey` is a parameter of create alone, and in no response. So there is no adoption: which key another one has cannot be
//!   compared.
//! - `AccountSid` names a subaccount to which the parent gives the credential. `account_sid` does that here as it does everywhere: the
//!   request is made for that account.

use super::codes::ACCOUNTS;
use super::older;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Fixed, Setting};
use crate::engine::facts::{
    Category, Check, Consequence, Field, Impact, Key, Managed, Object, Place, Plural, When, text, timestamp,
};
use crate::framework::reason::Reason;
use crate::twilio::Product;

/// `twilio_public_key_credential`.
pub const PUBLIC_KEY_CREDENTIAL: Managed = Managed {
    object: Object {
        name: "twilio_public_key_credential",
        noun: "public key credential",
        plural: Some(Plural {
            name: "twilio_public_key_credentials",
            noun: "public key credentials",
        }),
        category: Category::Accounts,
        api_page: "https://www.twilio.com/docs/iam/credentialpublickey-resource",
        place: Place::at(
            Product::Accounts,
            "/v1/Credentials/PublicKeys",
            "/v1/Credentials/PublicKeys/{sid}",
        ),
        key: Key::Sid("CR"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[ACCOUNTS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A public key that Twilio keeps: it checks the signatures of requests with it (public key client validation), or encrypts \
          recordings of calls, so that only the holder of the private key can hear them. Destroying it ends that: requests signed with it \
          are refused, and recordings are encrypted with the newest key that is left (warning 16107), or not kept if there is none \
          (16105). What was recorded before still needs the private key.",
    quirks: &[
        "Both features are part of the Enterprise and Security Editions. Which key encrypts recordings is chosen in the Console, under \
         Programmable Voice > Settings.",
        "Twilio never shows the key. After an import it is not known which one it has, and what is configured replaces nothing.",
        "A new key makes a new credential with another SID, because Twilio changes no key. With `create_before_destroy` in its \
         `lifecycle` there is a time with both, in which what signs can move on; choose the new one in the Console before.",
    ],
    consequences: &[Consequence {
        impact: Impact::Revoke,
        when: When::Destroyed,
    }],
    older_states: older::PUBLIC_KEY_CREDENTIAL,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("public_key", Fixed(Required))
        .never_returned()
        .checks(&[Check::Custom(public_key)])
        .doc(
            "The public key as X.509 PEM (`-----BEGIN PUBLIC KEY-----`): RSA with 2048 bits and the exponent 65537, Twilio takes no other. \
             Another key replaces the credential.",
        ),
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 64)])
        .doc("Name shown in the Console, up to 64 characters. Changes in place."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// A private key must not leave the machine, so it is refused before anything is sent. Twilio takes a public one with and without
/// the lines around it (<https://www.twilio.com/docs/api/errors/70104>).
fn public_key(text: &str) -> Result<(), Reason> {
    if text.contains("PRIVATE KEY-----") {
        return Err("This is a private key: keep it, and write the public one that belongs to it.".into());
    }
    let text = text.trim();
    match text.is_empty() || text.starts_with("ssh-") || text.contains("BEGIN RSA PUBLIC KEY") {
        false => Ok(()),
        true => Err("Write the key as X.509 PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_and_what_is_no_pem_are_refused() {
        assert!(public_key("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n").is_ok());
        assert!(public_key("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A").is_ok());
        for bad in [
            "",
            "ssh-rsa AAAA",
            "-----BEGIN RSA PUBLIC KEY-----\nMIIB\n-----END RSA PUBLIC KEY-----",
        ] {
            assert!(public_key(bad).is_err(), "{bad}");
        }
        let reason =
            public_key("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----").expect_err("is private");
        assert!(reason.to_string().contains("private"), "{reason}");
    }
}
