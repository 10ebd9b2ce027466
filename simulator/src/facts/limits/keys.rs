//! Keys that are handed to Twilio: which it takes, and with which code it refuses the others.

use base64::Engine as _;

use super::{Is, Limit, On, Refusal};
use crate::facts::At;

const PUBLIC_KEYS: At = ("accounts.twilio.com", "/v1/Credentials/PublicKeys");

/// In the order in which a key is looked at: the pages of the later ones say that what is before them was right.
pub(super) const KEYS: &[Limit] = &[
    // https://www.twilio.com/docs/api/errors/70104: X.509 PEM, with or without its first and last line.
    public_key(
        |key| read(key).is_some(),
        Refusal::new(400, 70104, "Invalid Public Key"),
    ),
    // https://www.twilio.com/docs/api/errors/70101
    public_key(
        |key| read(key).is_none_or(|key| key.algorithm == RSA),
        Refusal::new(400, 70101, "Unsupported Public Key Algorithm"),
    ),
    // https://www.twilio.com/docs/api/errors/70102
    public_key(
        |key| numbers(key).is_none_or(|(modulus, _)| bits(&modulus) == 2048),
        Refusal::new(400, 70102, "Unsupported Public Key Length"),
    ),
    // https://www.twilio.com/docs/api/errors/70103: it is 65537.
    public_key(
        |key| numbers(key).is_none_or(|(_, exponent)| exponent == [1, 0, 1]),
        Refusal::new(400, 70103, "Unsupported Public Key Exponent"),
    ),
    // https://www.twilio.com/docs/api/errors/70106
    Limit {
        at: ("accounts.twilio.com", "/v1/Credentials/AWS"),
        parameter: "Credentials",
        on: On::Each,
        is: Is::Text(is_key_of_aws),
        refusal: Refusal::new(400, 70106, "Invalid AWS credentials"),
    },
];

const fn public_key(is_right: fn(&str) -> bool, refusal: Refusal) -> Limit {
    Limit {
        at: PUBLIC_KEYS,
        parameter: "PublicKey",
        on: On::Each,
        is: Is::Text(is_right),
        refusal,
    }
}

/// The id and the secret of an access key, as the page has them.
fn is_key_of_aws(text: &str) -> bool {
    let Some((id, secret)) = text.split_once(':') else {
        return false;
    };
    let of_id = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let of_secret = |byte: u8| byte.is_ascii_alphanumeric() || b"/+=".contains(&byte);
    id.len() == 20 && id.bytes().all(of_id) && secret.len() == 40 && secret.bytes().all(of_secret)
}

/// The identifier of RSA (1.2.840.113549.1.1.1), as DER has it.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

const SEQUENCE: u8 = 0x30;
const IDENTIFIER: u8 = 0x06;
const BITS: u8 = 0x03;
const NUMBER: u8 = 0x02;

/// A key with the algorithm that it is for.
struct PublicKey {
    algorithm: Vec<u8>,
    key: Vec<u8>,
}

/// A key out of PEM, whose lines may be joined.
fn read(text: &str) -> Option<PublicKey> {
    let text = text.replace("\\n", "\n");
    let text = text.trim();
    let inner = text.strip_prefix("-----BEGIN PUBLIC KEY-----");
    let inner = match inner {
        Some(rest) => rest.strip_suffix("-----END PUBLIC KEY-----")?,
        None => text,
    };
    let joined: String = inner.split_whitespace().collect();
    let der = base64::engine::general_purpose::STANDARD.decode(joined).ok()?;
    let (whole, nothing) = value(SEQUENCE, &der)?;
    let (algorithm, rest) = value(SEQUENCE, whole)?;
    let (algorithm, _) = value(IDENTIFIER, algorithm)?;
    // The first byte says how many bits of the last one are unused.
    let (key, _) = value(BITS, rest)?;
    nothing.is_empty().then(|| PublicKey {
        algorithm: algorithm.to_vec(),
        key: key.get(1..).unwrap_or_default().to_vec(),
    })
}

/// Modulus and exponent of an RSA key.
fn numbers(text: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let key = read(text).filter(|key| key.algorithm == RSA)?;
    let (both, _) = value(SEQUENCE, &key.key)?;
    let (modulus, rest) = value(NUMBER, both)?;
    let (exponent, _) = value(NUMBER, rest)?;
    let without_zeros = |number: &[u8]| number.iter().copied().skip_while(|byte| *byte == 0).collect();
    Some((without_zeros(modulus), without_zeros(exponent)))
}

fn bits(number: &[u8]) -> usize {
    let first = number.first().map_or(0, |byte| byte.leading_zeros() as usize);
    number.len() * 8 - first
}

/// The value of DER with this tag, and what comes behind it.
fn value(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = der.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let (length, rest) = match length {
        0..=0x7f => (usize::from(length), rest),
        0x81..=0x84 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
            (bytes.iter().fold(0, |sum, byte| sum * 256 + usize::from(*byte)), rest)
        }
        _ => return None,
    };
    (first == tag).then(|| rest.split_at_checked(length))?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code with which a key is refused.
    fn code(key: &str) -> Option<u32> {
        KEYS.iter()
            .find(|limit| limit.parameter == "PublicKey" && !limit.is.fits(&key.into()))
            .map(|limit| limit.refusal.code)
    }

    fn length(length: usize) -> Vec<u8> {
        match u8::try_from(length) {
            Ok(short) if short < 0x80 => vec![short],
            _ => vec![0x82, (length >> 8) as u8, length as u8],
        }
    }

    fn der(tag: u8, inner: &[u8]) -> Vec<u8> {
        [&[tag], length(inner.len()).as_slice(), inner].concat()
    }

    fn pem(algorithm: &[u8], modulus: &[u8], exponent: &[u8]) -> String {
        let numbers = [der(NUMBER, modulus), der(NUMBER, exponent)].concat();
        let key = [vec![0], der(SEQUENCE, &numbers)].concat();
        let whole = [der(SEQUENCE, &der(IDENTIFIER, algorithm)), der(BITS, &key)].concat();
        let text = base64::engine::general_purpose::STANDARD.encode(der(SEQUENCE, &whole));
        format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
    }

    #[test]
    fn a_public_key_is_rsa_with_2048_bits_and_the_usual_exponent() {
        let modulus = |bytes: usize| [vec![0, 0xc1], vec![7; bytes - 1]].concat();
        let good = pem(RSA, &modulus(256), &[1, 0, 1]);
        assert_eq!(code(&good), None);
        let bare = good.replace("-----BEGIN PUBLIC KEY-----", "");
        assert_eq!(code(&bare.replace("-----END PUBLIC KEY-----", "")), None);
        assert_eq!(code(&good.replace('\n', "\\n")), None);
        assert_eq!(code(&pem(RSA, &modulus(128), &[1, 0, 1])), Some(70102));
        assert_eq!(code(&pem(RSA, &modulus(512), &[1, 0, 1])), Some(70102));
        assert_eq!(code(&pem(RSA, &modulus(256), &[3])), Some(70103));
        assert_eq!(code(&pem(&[0x2b, 0x65, 0x70], &modulus(256), &[1, 0, 1])), Some(70101));
        for bad in ["", "MIIB", "ssh-rsa AAAA", &good[..200]] {
            assert_eq!(code(bad), Some(70104), "{bad}");
        }
    }

    #[test]
    fn a_key_of_aws_is_as_long_as_the_page_says() {
        assert!(is_key_of_aws(
            "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        ));
        assert!(!is_key_of_aws("AKIAIOSFODNN7EXAMPLE:short"));
        assert!(!is_key_of_aws("AKIA:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
        assert!(!is_key_of_aws("AKIAIOSFODNN7EXAMPLE"));
    }
}
