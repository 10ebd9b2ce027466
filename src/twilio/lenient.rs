//! Reading Twilio's values as they come: numbers as strings, booleans as words, dates in two styles.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use serde_json::Value;

/// Text of a string, number or boolean, written as Twilio wrote it. None for null, lists and objects.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Characters of a text that a stranger wrote and somebody reads on a terminal.
const LONGEST: usize = 256;

/// What a stranger wrote, for a terminal: without control characters, of which one begins what changes colours and lines there, and
/// not without end.
pub fn printable(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST)
        .collect()
}

/// Decimal digits of a number or of a string that holds one, without losing any: `"1.50"` stays `1.50`. None otherwise.
pub fn number(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let looks_like_one = text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    (looks_like_one && text.parse::<f64>().is_ok_and(f64::is_finite)).then_some(text)
}

/// A whole number, from a number or a string, also if written with a zero fraction. None if it does not fit.
pub fn integer(value: &Value) -> Option<i64> {
    let text = number(value)?;
    let text = text.strip_prefix('+').unwrap_or(&text);
    text.parse().ok().or_else(|| {
        let (whole, fraction) = text.split_once('.')?;
        fraction.bytes().all(|byte| byte == b'0').then(|| whole.parse().ok())?
    })
}

/// A truth value, from a boolean, the words for one in any case, or 1 and 0. None otherwise.
pub fn boolean(value: &Value) -> Option<bool> {
    let text = text(value)?;
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" | "enabled" => Some(true),
        "false" | "0" | "no" | "off" | "disabled" => Some(false),
        _ => None,
    }
}

/// A moment in RFC 3339, UTC, from RFC 2822 or ISO 8601. A text in neither style, for example a date without a time, is
/// returned as it came; null and empty are None.
pub fn date_time(value: &Value) -> Option<String> {
    let text = value.as_str().map(str::trim).filter(|text| !text.is_empty())?;
    Some(moment(text).map_or_else(|| text.to_owned(), |moment| moment.to_string()))
}

/// The moment that a text in RFC 2822 or ISO 8601 names.
pub fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| parse_http_date(text))
}

/// A date as HTTP headers and the classic API write it.
pub(super) fn parse_http_date(text: &str) -> Option<Timestamp> {
    // The name of the weekday is redundant, so a wrong one is no reason to refuse.
    static PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    PARSER.parse_timestamp(text.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn text_takes_scalars_only() {
        assert_eq!(text(&json!("a")), Some("a".to_owned()));
        assert_eq!(text(&json!(12)), Some("12".to_owned()));
        assert_eq!(text(&json!(true)), Some("true".to_owned()));
        assert_eq!((text(&json!(null)), text(&json!([]))), (None, None));
    }

    #[test]
    fn what_a_stranger_wrote_moves_no_cursor_and_has_an_end() {
        assert_eq!(printable("Q\u{1b}[31m red\n\u{9b}2J"), "Q[31m red2J");
        assert_eq!(printable(&"ä".repeat(1000)).chars().count(), LONGEST);
    }

    #[test]
    fn numbers_keep_their_digits() {
        let long: Value = serde_json::from_str("123456789012345678901234567890.10").expect("valid");
        assert_eq!(number(&long).as_deref(), Some("123456789012345678901234567890.10"));
        assert_eq!(number(&json!("-1.50")).as_deref(), Some("-1.50"));
        for bad in [
            json!(""),
            json!("abc"),
            json!("inf"),
            json!("NaN"),
            json!(true),
            json!("1,5"),
            json!("e"),
        ] {
            assert_eq!(number(&bad), None, "{bad}");
        }
    }

    #[test]
    fn integers_come_from_numbers_and_strings() {
        assert_eq!(integer(&json!("42")), Some(42));
        assert_eq!(integer(&json!("+42")), Some(42));
        assert_eq!(integer(&json!(42.0)), Some(42));
        assert_eq!(integer(&json!("1.5")), None);
        assert_eq!(integer(&json!("99999999999999999999")), None);
    }

    #[test]
    fn booleans_come_from_words() {
        assert_eq!(boolean(&json!("TRUE")), Some(true));
        assert_eq!(boolean(&json!(0)), Some(false));
        assert_eq!(boolean(&json!("maybe")), None);
    }

    #[test]
    fn both_date_styles_become_rfc_3339() {
        let expected = Some("2015-07-30T20:00:00Z".to_owned());
        for text in [
            "Thu, 30 Jul 2015 20:00:00 +0000",
            "Thu, 30 Jul 2015 22:00:00 +0200",
            "2015-07-30T20:00:00Z",
        ] {
            assert_eq!(date_time(&json!(text)), expected, "{text}");
        }
        assert_eq!(date_time(&json!("2015-07-30T22:00:00+02:00")), expected);
        assert_eq!(date_time(&json!("2015-07-30")), Some("2015-07-30".to_owned()));
        assert_eq!(date_time(&json!("not a date")), Some("not a date".to_owned()));
        assert_eq!((date_time(&json!(null)), date_time(&json!(""))), (None, None));
    }

    #[test]
    fn a_wrong_weekday_is_forgiven() {
        assert_eq!(
            date_time(&json!("Mon, 30 Jul 2015 20:00:00 GMT")).as_deref(),
            Some("2015-07-30T20:00:00Z")
        );
    }

    proptest! {
        #[test]
        fn no_text_panics_a_decoder(text in "\\PC{0,40}") {
            let value = Value::String(text);
            let _ = (number(&value), integer(&value), boolean(&value), date_time(&value));
        }
    }
}
