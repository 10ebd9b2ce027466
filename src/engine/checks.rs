//! Checks on single values, before any request.

use crate::framework::schema::{CustomCheck, Validator};
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Sid};
use std::str::FromStr;

use super::table::Check;

/// The framework's form of a check.
pub fn validator(check: &'static Check) -> Validator {
    match check {
        Check::NonEmpty => Validator::NonEmpty,
        Check::OneOf(allowed) => Validator::OneOf(allowed),
        Check::Range(min, max) => Validator::Range { min: *min, max: *max },
        Check::Length(min, max) => Validator::Length { min: *min, max: *max },
        Check::Each(inner) => Validator::Each(Box::new(validator(inner))),
        Check::Sid(prefix) => on_text(move |text| sid(prefix, text)),
        Check::E164 => on_text(e164),
        Check::Url => on_text(url),
        Check::Json => on_text(json),
        Check::Custom(check) => on_text(check),
    }
}

fn on_text(check: impl Fn(&str) -> Result<(), String> + Send + Sync + 'static) -> Validator {
    Validator::Custom(CustomCheck::new(move |value: &Value| {
        value.as_str().map_or(Ok(()), &check)
    }))
}

/// A SID that starts with `prefix`. The empty text passes: it clears an attribute.
fn sid(prefix: &str, text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    let outcome = if prefix == "AC" {
        AccountSid::from_str(text).map(drop).map_err(|error| error.to_string())
    } else {
        Sid::from_str(text).map_err(|error| error.to_string()).and_then(|sid| {
            let found = sid.prefix();
            if found == prefix {
                Ok(())
            } else {
                Err(format!("{text:?} starts with {found}, not with {prefix}"))
            }
        })
    };
    outcome.map_err(|error| format!("{error}. Expected a SID: {prefix} followed by 32 hexadecimal digits."))
}

/// A phone number in E.164 form: `+`, then 2 to 15 digits of which the first is not 0 (ITU-T E.164, section 6).
///
/// # Errors
/// A sentence that says what the form is.
pub fn e164(text: &str) -> Result<(), String> {
    let digits = text.strip_prefix('+').unwrap_or_default();
    let valid =
        (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    if valid {
        return Ok(());
    }
    Err(format!(
        "{text:?} is not a phone number in E.164 form. Write a plus sign, the country code and the number without \
         spaces or punctuation, for example +14155550100."
    ))
}

/// An absolute http or https URL. The empty text passes: it clears an attribute.
fn url(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    match url::Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(()),
        Ok(url) if url.has_host() => Err(format!(
            "{text:?} is a {} URL. Twilio takes http and https URLs.",
            url.scheme()
        )),
        _ => Err(format!(
            "{text:?} is not an absolute URL. Write it with its scheme, for example https://example.com/voice."
        )),
    }
}

fn json(text: &str) -> Result<(), String> {
    serde_json::from_str::<serde::de::IgnoredAny>(text)
        .map(drop)
        .map_err(|error| {
            format!("The text is not JSON: {error}. Write it with jsonencode({{ … }}) or read a file with file(\"…\").")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sids_are_told_by_prefix_and_length() {
        assert_eq!(sid("AP", "AP0123456789abcdef0123456789abcdef"), Ok(()));
        assert_eq!(sid("AP", ""), Ok(()));
        for wrong in ["AP123", "PN0123456789abcdef0123456789abcdef", "hello"] {
            assert!(sid("AP", wrong).is_err_and(|text| text.contains("AP")), "{wrong}");
        }
    }

    #[test]
    fn e164_is_a_plus_and_up_to_fifteen_digits() {
        assert_eq!(e164("+14155550100"), Ok(()));
        for wrong in [
            "14155550100",
            "+0415555",
            "+1 415 555 0100",
            "+",
            "+1",
            "+1234567890123456",
        ] {
            assert!(e164(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn urls_are_absolute_and_http() {
        assert_eq!(url("https://example.com/a?b=c"), Ok(()));
        for wrong in ["example.com", "ftp://example.com", "/voice", "https://"] {
            assert!(url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn json_texts_are_parsed() {
        assert_eq!(json("{}"), Ok(()));
        assert!(json("{").is_err_and(|text| text.contains("jsonencode")));
    }
}
