//! A secret for one reader: encrypted to a public key of [age](https://age-encryption.org), so that whoever else may read the
//! state has nothing of it. OpenPGP is not offered: its crates bring an RSA with a known timing leak, or a C library.

use std::io::Write as _;
use std::str::FromStr as _;

use age::armor::{ArmoredWriter, Format};
use age::x25519::Recipient;
use age::{EncryptError, Encryptor};
use aws_lc_rs::agreement::{EphemeralPrivateKey, UnparsedPublicKey, X25519, agree_ephemeral};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use bech32::Bech32;
use bech32::primitives::decode::CheckedHrpstring;

use crate::framework::reason::Reason;

/// The public key that a text is.
///
/// # Errors
/// What the text is instead, as far as it looks like something, and nothing of it: it may be the private key.
pub(super) fn recipient(text: &str) -> Result<Recipient, Reason> {
    let recipient = Recipient::from_str(text).map_err(|_| what_it_is(text))?;
    if !is_private(text) {
        return Err(
            "It has the form of a public key of age, and nothing is secret that is encrypted to it: no private key \
                    belongs to it. Set one that age-keygen prints."
                .into(),
        );
    }
    if !is_canonical(text) {
        return Err(
            "It has the form of a public key of age, and is no number that age-keygen writes: its holder could decrypt nothing \
             that is encrypted to it. Set one as age-keygen prints it."
                .into(),
        );
    }
    Ok(recipient)
}

/// The bytes of a public key.
fn point(text: &str) -> Option<Vec<u8>> {
    let parts = CheckedHrpstring::new::<Bech32>(text).ok()?;
    Some(parts.byte_iter().collect())
}

/// Whether the bytes are the one way to write the point: a number below 2^255 - 19, little-endian. The others stand for the same
/// point, and age takes the bytes as they are into what both sides must agree on.
fn is_canonical(text: &str) -> bool {
    let Some(point) = point(text) else { return false };
    match point.as_slice() {
        [first, middle @ .., last] => {
            let is_reduced = *last < 0x7f || *first < 0xed || middle.iter().any(|byte| *byte != 0xff);
            *last <= 0x7f && is_reduced
        }
        _ => false,
    }
}

/// Whether something secret can be agreed on with the holder of a public key. With a handful of points everybody agrees on the
/// same, and age panics rather than encrypt to them.
fn is_private(text: &str) -> bool {
    let Some(point) = point(text) else { return false };
    let random = SystemRandom::new();
    let agreed = EphemeralPrivateKey::generate(&X25519, &random)
        .and_then(|own| agree_ephemeral(own, UnparsedPublicKey::new(&X25519, point), Unspecified, |_| Ok(())));
    agreed.is_ok()
}

fn what_it_is(text: &str) -> &'static str {
    let (begins, trimmed) = (
        |word: &str| text.trim().to_ascii_lowercase().starts_with(word),
        text.trim(),
    );
    if trimmed.to_ascii_lowercase().matches("age1").count() > 1 {
        "It is more than one public key: there is one recipient, and these are two or more. Set one of them; what it decrypts its \
         holder can hand on."
    } else if begins("age-secret-key-") {
        "It is a private key, which has no place in a configuration. Set the public key that belongs to it, which begins with \
         age1: age-keygen -y prints it. If the private key was seen by anybody here, make another pair."
    } else if begins("ssh-") || begins("ecdsa-") || begins("-----begin") || begins("age1ssh") {
        "It is a key of SSH, OpenPGP or TLS. Make a pair with age-keygen, and set its public key, which begins with age1."
    } else if text != trimmed && Recipient::from_str(trimmed).is_ok() {
        "It is a public key of age with space around it. Take that off, for example with trimspace()."
    } else if begins("age1") && trimmed.rfind('1').is_some_and(|at| at > 3) {
        "It is a recipient of an age plugin or of hardware, which cannot be used here. Set a public key that age-keygen prints."
    } else {
        "It is no public key of age. age-keygen prints one: it begins with age1 and has 62 characters."
    }
}

/// The secret for the holder of the private key, as text between a line for the beginning and one for the end.
///
/// # Errors
/// That something of it could not be written, which is not to be expected.
pub(super) fn encrypted(secret: &str, recipient: &Recipient) -> Result<String, EncryptError> {
    let mut text = Vec::new();
    let armor = ArmoredWriter::wrap_output(&mut text, Format::AsciiArmor)?;
    let encryptor = Encryptor::with_recipients(std::iter::once(recipient as _))?;
    let mut writer = encryptor.wrap_output(armor)?;
    writer.write_all(secret.as_bytes())?;
    writer.finish()?.finish()?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use age::armor::ArmoredReader;
    use age::secrecy::ExposeSecret as _;
    use age::x25519::Identity;
    use age::{Decryptor, secrecy};

    use super::*;

    fn decrypted(text: &str, identity: &Identity) -> Option<String> {
        let decryptor = Decryptor::new(ArmoredReader::new(text.as_bytes())).ok()?;
        let mut reader = decryptor.decrypt(std::iter::once(identity as _)).ok()?;
        let mut secret = String::new();
        reader.read_to_string(&mut secret).ok()?;
        Some(secret)
    }

    #[test]
    fn only_the_recipient_reads_it() {
        let (reader, other) = (Identity::generate(), Identity::generate());
        let recipient = recipient(&reader.to_public().to_string()).expect("it is one");
        let text = encrypted("hush-hush", &recipient).expect("it is encrypted");
        assert!(text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"), "{text}");
        assert!(!text.contains("hush"), "{text}");
        assert_eq!(decrypted(&text, &reader).as_deref(), Some("hush-hush"));
        assert_eq!(decrypted(&text, &other), None);
        assert_ne!(
            encrypted("hush-hush", &recipient).ok(),
            Some(text),
            "each time it is another text"
        );
    }

    #[test]
    fn what_is_no_public_key_is_said_to_be_what_it_is_and_is_not_repeated() {
        let pair = Identity::generate();
        let public = pair.to_public().to_string();
        let private: &secrecy::SecretString = &pair.to_string();
        let private = private.expose_secret().to_owned();
        let mut wrong = public.clone();
        let last = if wrong.pop() == Some('q') { 'p' } else { 'q' };
        wrong.push(last);
        for (text, words) in [
            (private.clone(), "private key"),
            (private.to_ascii_lowercase(), "private key"),
            ("ssh-ed25519 AAAAC3Nz me".to_owned(), "SSH"),
            ("-----BEGIN PGP PUBLIC KEY BLOCK-----".to_owned(), "OpenPGP"),
            (format!("{public}\n"), "trimspace"),
            (
                "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t".to_owned(),
                "plugin",
            ),
            (wrong, "no public key of age"),
            (public[..61].to_owned(), "no public key of age"),
            (public.to_ascii_uppercase(), ""),
            ("age1".to_owned(), "no public key of age"),
            ("hush-hush".to_owned(), "no public key of age"),
        ] {
            let Err(reason) = recipient(&text) else {
                assert!(words.is_empty(), "{text} was taken");
                continue;
            };
            let reason = reason.to_string();
            assert!(reason.contains(words), "{text}: {reason}");
            assert!(!reason.contains(text.trim()) || text == "age1", "{reason}");
        }
        assert!(recipient(&public).is_ok());
    }

    #[test]
    fn there_is_one_recipient_however_two_are_joined() {
        let key = || Identity::generate().to_public().to_string();
        for between in [" ", ",", ", ", "\n", ";", ""] {
            let text = format!("{}{between}{}", key(), key());
            let refused = recipient(&text).err().map(|reason| reason.to_string());
            assert!(
                refused.is_some_and(|why| why.contains("one recipient, and these are two")),
                "{between:?}"
            );
        }
    }

    #[test]
    fn a_point_that_is_not_written_as_age_writes_it_is_refused() {
        let encoded = |bytes: &[u8]| {
            let text = bech32::encode::<Bech32>(bech32::Hrp::parse("age").expect("it is one"), bytes);
            text.expect("it is short")
        };
        for _ in 0..4 {
            let own = Identity::generate().to_public().to_string();
            let mut bytes = point(&own).expect("it is a point");
            assert!(is_canonical(&own));
            bytes[31] |= 0x80;
            let text = encoded(&bytes);
            assert!(Recipient::from_str(&text).is_ok(), "age itself takes {text}");
            let refused = recipient(&text).err().map(|reason| reason.to_string());
            assert!(refused.is_some_and(|why| why.contains("decrypt nothing")), "{text}");
        }
        // 2^255 - 19 + 9, the base point once more, and all ones.
        let mut base = [0xff_u8; 32];
        (base[0], base[31]) = (0xf6, 0x7f);
        for bytes in [base, [0xff; 32]] {
            assert!(recipient(&encoded(&bytes)).is_err());
        }
        let mut nine = [0_u8; 32];
        nine[0] = 9;
        assert!(recipient(&encoded(&nine)).is_ok());
    }

    #[test]
    fn a_point_that_everybody_agrees_on_is_refused_before_anything_is_encrypted_to_it() {
        // Of order 1, 4, 8 and 8 on the curve and its twist, and p - 1, p and p + 1, which stand for some of them.
        let points = [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ];
        for point in points {
            let bytes: Vec<u8> = (0..32)
                .map(|at| u8::from_str_radix(&point[2 * at..2 * at + 2], 16).expect("hex"))
                .collect();
            let text = bech32::encode::<Bech32>(bech32::Hrp::parse("age").expect("it is one"), &bytes);
            let text = text.expect("it is short");
            assert!(Recipient::from_str(&text).is_ok(), "age itself takes {text}");
            let refused = recipient(&text).err().map(|reason| reason.to_string());
            assert!(refused.is_some_and(|why| why.contains("nothing is secret")), "{point}");
        }
    }
}
