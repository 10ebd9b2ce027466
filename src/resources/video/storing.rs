//! Where Video keeps what it records and composes, and whether it encrypts it: the two settings have the same fields and the same rules.

use crate::engine::facts::Absent::{DefaultsTo, Keeps, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{Check, Field, Forewarning, Literal, Moment, On, boolean, sid, text, url};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;

/// The fields of both. Each write says all of them: Twilio's page has one request, which it calls a create.
pub(super) const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required))
        .with_every_update()
        .doc("Name of the settings in the Console."),
    boolean("aws_storage_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .with_every_update()
        .doc(
            "Whether the files go to `aws_s3_url`; otherwise Twilio keeps them, and bills their storage. `true` needs `aws_s3_url` and \
             `aws_credentials_sid`. What was stored before stays where it is. Default: `false`.",
        ),
    url("aws_s3_url", Setting(Keeps)).with_every_update().doc(
        "URL of the S3 bucket and the folder in it, as `https://my-bucket.s3.amazonaws.com/recordings`; the bucket's name must be one that \
         DNS takes. Removing it keeps the URL that Twilio has, which nothing uses while `aws_storage_enabled` is `false`.",
    ),
    sid("aws_credentials_sid", Setting(Keeps), &[Check::Sid("CR")])
        .with_every_update()
        .doc(
            "SID of the AWS credential (`CR…`) that may write to the bucket. Removing it keeps the one that Twilio has, which nothing uses \
             while `aws_storage_enabled` is `false`.",
        ),
    boolean("encryption_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .with_every_update()
        .doc(
            "Whether the files are encrypted with the public key of `encryption_key_sid`, which `true` needs. What was stored before stays \
             as it is. Default: `false`.",
        ),
    sid("encryption_key_sid", Setting(Keeps), &[Check::Sid("CR")])
        .with_every_update()
        .doc(
            "SID of the public key credential (`CR…`) that the files are encrypted for. Whoever loses the private key has lost them. \
             Removing it keeps the key that Twilio has, which nothing uses while `encryption_enabled` is `false`.",
        ),
];

/// Destroying leaves both as they are, and what they point to may go in the same apply.
pub(super) const FOREWARNINGS: &[Forewarning] = &[
    Forewarning {
        moment: Moment::Stays("aws_storage_enabled", On::True),
        summary: "leaves its bucket in use",
        detail: "Destroying this resource changes nothing in Twilio: files go on to the bucket, by the AWS credential that \
                 aws_credentials_sid names. If that credential or the bucket goes too, Twilio can store no file any more, and deletes \
                 each after some time. Where that is not meant, set aws_storage_enabled = false and apply, before the resource is \
                 removed.",
    },
    Forewarning {
        moment: Moment::Stays("encryption_enabled", On::True),
        summary: "leaves its encryption on",
        detail: "Destroying this resource changes nothing in Twilio: files go on to be encrypted with the public key that \
                 encryption_key_sid names. If that credential goes too, Twilio can store no file any more, and deletes each after some \
                 time. Where that is not meant, set encryption_enabled = false and apply, before the resource is removed.",
    },
];

/// What a switch needs beside it.
const NEEDED: &[(&str, &[&str])] = &[
    ("aws_storage_enabled", &["aws_s3_url", "aws_credentials_sid"]),
    ("encryption_enabled", &["encryption_key_sid"]),
];

/// Refuses a switch that is on without what it needs: Twilio takes the settings and loses the recordings later (53613, 53614).
pub(super) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    for (switch, needed) in NEEDED {
        let is_on = config.attr(switch).as_bool() == Some(true);
        for name in needed.iter().filter(|name| is_on && config.attr(name).is_null()) {
            diagnostics.push(
                Diagnostic::error(
                    format!("{name} is missing"),
                    format!("{switch} = true needs {name}. Set it, or set {switch} = false."),
                )
                .at_attribute(name),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_needs_what_it_switches_on() {
        let check = |fields: &[(&'static str, Value)]| {
            let config = Value::object(fields.iter().map(|(name, value)| (*name, value.clone())));
            let mut diagnostics = Diagnostics::new();
            validate(&config, &mut diagnostics);
            diagnostics.iter().count()
        };
        assert_eq!(check(&[("friendly_name", "a".into())]), 0);
        assert_eq!(check(&[("aws_storage_enabled", true.into())]), 2);
        assert_eq!(check(&[("encryption_enabled", true.into())]), 1);
        let unknown = [
            ("encryption_enabled", true.into()),
            ("encryption_key_sid", Value::UNKNOWN),
        ];
        assert_eq!(check(&unknown), 0, "it will be known");
    }
}
