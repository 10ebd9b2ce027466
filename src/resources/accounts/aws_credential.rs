//! A key of AWS, with which Twilio stores recordings in a bucket. <https://www.twilio.com/docs/iam/credentialaws-resource>
//!
//! # Quirks
//! - `Credentials` is a parameter of create alone, and in no response. So there is no adoption: which key another one has cannot be
//!   compared.
//! - `AccountSid` names a subaccount to which the parent gives the credential. `account_sid` does that here as it does everywhere: the
//!   request is made for that account.

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

/// `twilio_aws_credential`.
pub const AWS_CREDENTIAL: Managed = Managed {
    object: Object {
        name: "twilio_aws_credential",
        noun: "AWS credential",
        plural: Some(Plural {
            name: "twilio_aws_credentials",
            noun: "AWS credentials",
        }),
        category: Category::Accounts,
        api_page: "https://www.twilio.com/docs/iam/credentialaws-resource",
        place: Place::at(Product::Accounts, "/v1/Credentials/AWS", "/v1/Credentials/AWS/{sid}"),
        key: Key::Sid("CR"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[ACCOUNTS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An access key of AWS that Twilio keeps, to store recordings and compositions in a bucket of yours. Give it to nothing but that \
          bucket. Destroying it takes it out of Twilio; at AWS the key stays, and has to be deleted there.",
    quirks: &[
        "Twilio never shows the key. After an import it is not known which one it has, and what is configured replaces \
         nothing by itself: a new `credentials_wo_version` does.",
        "A new key makes a new credential with another SID, because Twilio changes no key. With `create_before_destroy` in its \
         `lifecycle`, settings that name it get the new SID before the old one goes, and no recording is lost in between.",
    ],
    consequences: &[Consequence {
        impact: Impact::Revoke,
        when: When::Destroyed,
    }],
    forewarnings: &[
        Forewarning {
            moment: Moment::Destroyed,
            summary: "goes, and nothing can be stored by it any more",
            detail: "Twilio does not refuse to delete a credential that is in use, and does not say what uses it. Look at aws_credentials_sid of twilio_video_recording_settings and twilio_video_composition_settings: destroying these leaves them on, and what they cannot store is lost. Give them another credential, or set aws_storage_enabled = false, and apply before this one goes.",
        },
        Forewarning {
            moment: Moment::Replaced,
            summary: "is replaced, and nothing can be stored by it in between",
            detail: "Twilio changes no key: this credential goes, and another with another SID is made. Unless create_before_destroy = true is in its lifecycle, the old one is gone before Twilio has taken the new key, and if Twilio refuses that, there is none. What twilio_video_recording_settings and twilio_video_composition_settings cannot store until they name the new one may be lost.",
        },
    ],
    older_states: older::AWS_CREDENTIAL,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("credentials", Fixed(Required))
        .never_returned()
        .write_only()
        .checks(&[Check::Custom(key_of_aws)])
        .doc(
            "The access key of AWS: its id and its secret with a colon between them, as `AKIA…:…`. Another key replaces the credential.",
        ),
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 64)])
        .doc("Name shown in the Console, up to 64 characters. Changes in place."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// Twilio takes no other (<https://www.twilio.com/docs/api/errors/70106>), and a replacement that it refuses comes too late: the old
/// credential is gone then.
fn key_of_aws(text: &str) -> Result<(), Reason> {
    let is_long = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_graphic());
    match text.split_once(':') {
        Some((id, secret)) if is_long(id, 20) && is_long(secret, 40) => Ok(()),
        _ => Err(
            "Write the id of the access key, which has 20 characters, a colon, and its secret, which has 40.".into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_an_id_and_a_secret() {
        assert!(key_of_aws("AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").is_ok());
        for bad in [
            "",
            "AKIAIOSFODNN7EXAMPLE",
            ":secret",
            "AKIAIOSFODNN7EXAMPLE:",
            "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI",
            "AKIA:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
        ] {
            assert!(key_of_aws(bad).is_err(), "{bad}");
        }
    }
}
