//! A public key of yours, with which Twilio checks or encrypts. <https://www.twilio.com/docs/iam/credentialpublickey-resource>
//!
//! # Quirks
//! - `PublicKey` is a parameter of create alone, and in no response. So there is no adoption: which key another one has cannot be
//!   compared.
//! - `AccountSid` names a subaccount to which the parent gives the credential. `account_sid` does that here as it does everywhere: the
//!   request is made for that account.

use aws_lc_rs::rsa::PublicEncryptingKey;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;

use super::codes::ACCOUNTS;
use super::older;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Fixed, Setting};
use crate::engine::facts::{
    Category, Check, Consequence, Field, Forewarning, Impact, Key, Managed, Moment, Object, Place, Plural, When, text,
    timestamp,
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
    forewarnings: &[
        Forewarning {
            moment: Moment::Destroyed,
            summary: "goes, and nothing is checked or encrypted with it any more",
            detail: "Twilio does not refuse to delete a key that is in use, and does not say what uses it. Requests that are signed with it are refused. Recordings of calls are encrypted with the newest key that is left (16107), and not kept if there is none (16105). Look at encryption_key_sid of twilio_video_recording_settings and twilio_video_composition_settings and at encryption_credential_sid of twilio_intelligence_service, too: they go on to name it, and what Video cannot encrypt is lost.",
        },
        Forewarning {
            moment: Moment::Replaced,
            summary: "is replaced, and nothing is checked or encrypted with it in between",
            detail: "Twilio changes no key: this credential goes, and another with another SID is made. Unless create_before_destroy = true is in its lifecycle, the old one is gone before Twilio has taken the new key: requests that are signed with it are refused, and recordings of calls are not kept if there is no other key (16105). What Video cannot encrypt until its settings name the new one may be lost. Whoever has recordings of the old key still needs its private key.",
        },
    ],
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

/// Whether it is a private key, in whichever form: of OpenSSL, with or without the lines around it, of PuTTY, of OpenSSH, or as JSON.
fn is_private(text: &str) -> bool {
    /// The algorithms that encrypt a private key: PKCS #5 and #12 (RFC 8018, RFC 7292).
    const ENCRYPTED: [&[u8]; 2] = [
        &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
        &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c],
    ];
    let capitals = text.to_ascii_uppercase();
    if capitals.contains("PRIVATE KEY") || capitals.contains("PUTTY-USER-KEY") || capitals.contains("PRIVATE-LINES") {
        return true;
    }
    if let Ok(serde_json::Value::Object(key)) = serde_json::from_str(text) {
        return key.contains_key("d");
    }
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('-'));
    let start = lines.flat_map(str::chars).filter(|char| !char.is_whitespace()).take(64);
    // What is cut off before a group of four is no base64.
    let mut start = String::from_iter(start);
    start.truncate(start.len() / 4 * 4);
    let Ok(bytes) = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, start) else {
        return false;
    };
    // A sequence: a private key begins with the version of its form, a public one with its algorithm.
    let content = match bytes.as_slice() {
        [0x30, 0x82, _, _, content @ ..] | [0x30, 0x81, _, content @ ..] | [0x30, _, content @ ..] => content,
        other => return other.starts_with(b"openssh-key"),
    };
    let is_encrypted = |algorithm: &&[u8]| content.windows(algorithm.len()).any(|bytes| bytes == *algorithm);
    content.starts_with(&[0x02, 0x01]) || ENCRYPTED.iter().any(is_encrypted)
}

/// A private key must not leave the machine, so it is refused before anything is sent. Twilio takes a public one with and without
/// the lines around it (<https://www.twilio.com/docs/api/errors/70104>).
fn public_key(text: &str) -> Result<(), Reason> {
    if is_private(text) {
        return Err("This is a private key: keep it, and write the public one that belongs to it.".into());
    }
    let inner = text
        .replace("-----BEGIN PUBLIC KEY-----", "")
        .replace("-----END PUBLIC KEY-----", "");
    let inner = String::from_iter(inner.split_ascii_whitespace());
    let Some(der) = STANDARD.decode(inner).ok().filter(|der| !der.is_empty()) else {
        return Err("Write the key as X.509 PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----.".into());
    };
    // It takes keys of 2048 bits and more alone, as Twilio does: https://www.twilio.com/docs/api/errors/70102
    match PublicEncryptingKey::from_der(&der) {
        Ok(_) => Ok(()),
        Err(_) => Err(
            "It is no RSA key of at least 2048 bits in X.509 form. Make one with openssl genrsa -out private_key.pem 2048, and write what \
             openssl rsa -in private_key.pem -pubout shows."
                .into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_1024_BITS: &str = "-----BEGIN PUBLIC KEY-----\n\
             MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC6oTJrZWrInpE1499PKiF7bgpJ\n\
             vAi1eYFzX0PpLzoQdqcVjhWKOf77lTIhZwv3Gc/2po+8AfbthOxE1Z2lNyeB7axE\n\
             O7uHVgEJnvnSNGRIduo5Dwx+3pzH/D2omAYxbjF+YpmCcvU5HC9cLDEt0HJWpcat\n\
             tkeggRX8MKUJ/tu5owIDAQAB\n\
             -----END PUBLIC KEY-----";

    #[test]
    fn a_private_key_and_what_is_no_pem_are_refused() {
        let good = include_str!("../../../examples/resources/twilio_public_key_credential/public_key.pem");
        assert!(public_key(good).is_ok());
        let bare = String::from_iter(good.lines().filter(|line| !line.starts_with('-')));
        assert!(public_key(&bare).is_ok(), "Twilio takes it without the lines around it");
        for bad in [
            "",
            "xx",
            "-----BEGIN PUBLIC KEY-----\nnope\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
            &good.replacen("MIIB", "", 1),
            OF_1024_BITS,
            "ssh-rsa AAAA",
            "-----BEGIN RSA PUBLIC KEY-----\nMIIB\n-----END RSA PUBLIC KEY-----",
        ] {
            assert!(public_key(bad).is_err(), "{bad}");
        }
        let reason =
            public_key("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----").expect_err("is private");
        assert!(reason.to_string().contains("private"), "{reason}");
    }

    #[test]
    fn a_private_key_is_known_in_every_form() {
        for private in [
            // PKCS #8, PKCS #1, of an elliptic curve, encrypted, of OpenSSH: as they begin, without the lines around them.
            "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7",
            "MIIEpAIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeL",
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg",
            "MIIFHDBOBgkqhkiG9w0BBQ0wQTApBgkqhkiG9w0BBQwwHAQI",
            "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB",
            "PuTTY-User-Key-File-3: ssh-rsa",
            "-----begin private key-----\nMIIB\n-----end private key-----",
            "-----BEGIN PUBLIC KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSj\n-----END PUBLIC KEY-----",
            r#"{"kty":"RSA","n":"u1SU","e":"AQAB","d":"cf"}"#,
        ] {
            assert!(is_private(private), "{private}");
            let reason = public_key(private).expect_err("is private").to_string();
            assert!(reason.contains("private"), "{reason}");
        }
        for public in [
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMx",
            "MIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gun",
            "ssh-rsa AAAAB3NzaC1yc2E",
            "",
        ] {
            assert!(!is_private(public), "{public}");
        }
    }
}
