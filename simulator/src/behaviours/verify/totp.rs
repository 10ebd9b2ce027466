//! Codes of an authenticator: <https://www.rfc-editor.org/rfc/rfc6238>, with the settings of a factor
//! (<https://www.twilio.com/docs/verify/api/factor>).

use aws_lc_rs::hmac;
use jiff::Timestamp;
use serde_json::Value;

/// Whether a code is that of a factor at a time, or of one of the steps before and after that its skew allows.
pub(super) fn is_code(factor: &Value, secret: &str, code: &str, now: Timestamp) -> bool {
    let number = |name: &str, default: i64| factor[name].as_i64().unwrap_or(default);
    let (step, skew) = (number("time_step", 30).max(1), number("skew", 1).max(0));
    let digits = u32::try_from(number("code_length", 6)).unwrap_or(6);
    let Some(secret) = decoded(secret) else { return false };
    let algorithm = match factor["alg"].as_str() {
        Some("sha256") => hmac::HMAC_SHA256,
        Some("sha512") => hmac::HMAC_SHA512,
        _ => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
    };
    let key = hmac::Key::new(algorithm, &secret);
    let current = now.as_second() / step;
    (-skew..=skew).any(|away| code_of(&key, current + away, digits) == code)
}

/// The code of one step: <https://www.rfc-editor.org/rfc/rfc4226#section-5.3>.
fn code_of(key: &hmac::Key, step: i64, digits: u32) -> String {
    let tag = hmac::sign(key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag.last().copied().unwrap_or_default() & 0xf);
    let number = tag.iter().skip(offset).take(4);
    let number = number.fold(0_u64, |number, byte| number << 8 | u64::from(*byte)) & 0x7fff_ffff;
    let width = digits as usize;
    format!("{:0width$}", number % 10_u64.pow(digits.min(10)))
}

/// Base 32 without padding: <https://www.rfc-editor.org/rfc/rfc4648#section-6>.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut buffer) = (0, 0_u32);
    for letter in text.trim_end_matches('=').bytes() {
        let letter = letter.to_ascii_uppercase();
        let value = super::factors::BASE32.iter().position(|known| *known == letter)?;
        buffer = (buffer << 5 | u32::try_from(value).ok()?) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(buffer >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The table of <https://www.rfc-editor.org/rfc/rfc6238#appendix-B>, whose secrets are these in base 32.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let sha1 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let sha256 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
        for (alg, secret, seconds, code) in [
            ("sha1", sha1, 59, "94287082"),
            ("sha1", sha1, 1_111_111_109, "07081804"),
            ("sha1", sha1, 20_000_000_000, "65353130"),
            ("sha256", sha256, 59, "46119246"),
            ("sha256", sha256, 1_111_111_109, "68084774"),
        ] {
            let factor = json!({"alg": alg, "code_length": 8, "skew": 0, "time_step": 30});
            let at = |seconds| Timestamp::from_second(seconds).expect("a time");
            assert!(is_code(&factor, secret, code, at(seconds)), "{alg} {seconds}");
            assert!(!is_code(&factor, secret, code, at(seconds + 30)), "{alg} {seconds}");
            let lenient = json!({"alg": alg, "code_length": 8, "skew": 1, "time_step": 30});
            assert!(is_code(&lenient, secret, code, at(seconds + 30)), "{alg} {seconds}");
            assert!(!is_code(&lenient, secret, code, at(seconds + 60)), "{alg} {seconds}");
        }
        assert_eq!(decoded("no base 32"), None);
    }
}
