//! Comparing a field with what a filter wants: texts, numbers and flags as they are written, dates in both of Twilio's styles.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// Whether a field is what is wanted, or one of several that are wanted; a date is where only its day is named.
pub(super) fn is(actual: &Value, wanted: &Value) -> bool {
    if let Value::Array(several) = wanted {
        return several.iter().any(|one| is(actual, one));
    }
    if let (Some(text), Some(day)) = (actual.as_str(), wanted.as_str().and_then(day))
        && let Some(at) = time(text)
    {
        return in_utc(at) == day;
    }
    match (actual, wanted) {
        (Value::String(actual), Value::String(wanted)) => actual == wanted,
        (Value::Array(items), wanted) => items.iter().any(|item| is(item, wanted)),
        (Value::Null, Value::String(wanted)) => wanted.is_empty(),
        // Numbers and booleans are written into a query as texts.
        (actual, Value::String(wanted)) => serde_json::from_str(wanted).is_ok_and(|wanted: Value| *actual == wanted),
        (Value::String(actual), wanted) => serde_json::from_str(actual).is_ok_and(|actual: Value| actual == *wanted),
        (actual, wanted) => actual == wanted,
    }
}

/// Both as days if only a day is wanted, else as seconds.
pub(super) fn day_or_time(actual: &Value, wanted: &Value) -> Option<(i64, i64)> {
    let (actual, wanted) = (time(actual.as_str()?)?, wanted.as_str()?);
    match day(wanted) {
        Some(day) => Some((days(in_utc(actual)), days(day))),
        None => Some((actual.as_second(), time(wanted)?.as_second())),
    }
}

fn days(date: Date) -> i64 {
    let since = date.since(jiff::civil::date(1970, 1, 1)).ok();
    since.map_or(0, |span| i64::from(span.get_days()))
}

fn in_utc(at: Timestamp) -> Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}

pub(super) fn day(text: &str) -> Option<Date> {
    // A time begins with a date too, so the length tells them apart.
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// A time in either of Twilio's two styles.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let iso = text.parse::<Timestamp>().ok();
    let midnight = || format!("{text}T00:00:00Z").parse().ok();
    iso.or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
        .or_else(midnight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn days_and_times_are_compared_in_both_styles() {
        let rfc = json!("Tue, 03 Mar 2026 09:08:07 +0000");
        let iso = json!("2026-03-03T09:08:07Z");
        for actual in [&rfc, &iso] {
            assert!(is(actual, &json!("2026-03-03")));
            assert!(!is(actual, &json!("2026-03-04")));
            let order = |wanted: &str| {
                let (actual, wanted) = day_or_time(actual, &json!(wanted)).expect("dates");
                actual.cmp(&wanted)
            };
            assert_eq!(order("2026-03-03"), std::cmp::Ordering::Equal);
            assert_eq!(order("2025-12-31"), std::cmp::Ordering::Greater);
            assert_eq!(order("2026-03-03T09:08:08Z"), std::cmp::Ordering::Less);
        }
        assert_eq!(day_or_time(&Value::Null, &json!("2026-03-03")), None);
    }

    #[test]
    fn values_are_compared_as_they_are_written() {
        for (actual, wanted) in [
            (json!(true), json!("true")),
            (json!(5), json!("5")),
            (json!("5"), json!(5)),
            (json!(["a", "b"]), json!("b")),
            (Value::Null, json!("")),
            (json!("a"), json!(["b", "a"])),
            (json!(["a", "c"]), json!(["b", "a"])),
        ] {
            assert!(is(&actual, &wanted), "{actual} {wanted}");
        }
        for (actual, wanted) in [
            (json!("a"), json!("ab")),
            (json!(false), json!("true")),
            (Value::Null, json!("x")),
            (json!("a"), json!(["b"])),
            (json!("a"), json!([])),
        ] {
            assert!(!is(&actual, &wanted), "{actual} {wanted}");
        }
    }
}
