//! Lengths of time as Go writes them, which is how practitioners know `timeouts` from other providers.

use std::time::Duration;

use crate::framework::reason::Reason;

/// Longest that anybody can mean.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 3600);

/// Units, in nanoseconds. `ms` stands before `m`, which it begins with.
const UNITS: &[(&str, f64)] = &[
    ("ns", 1.0),
    ("us", 1e3),
    ("µs", 1e3),
    ("ms", 1e6),
    ("s", 1e9),
    ("m", 60e9),
    ("h", 3600e9),
];

/// `10m`, `1h30m`, `1.5h`; `None` for anything else, for nothing at all and for what nobody waits for.
pub fn parse(text: &str) -> Option<Duration> {
    let duration = Duration::try_from_secs_f64(seconds(text)?).ok()?;
    (!duration.is_zero() && duration <= LONGEST).then_some(duration)
}

/// The length in seconds, however long; `None` where it is not written as one.
fn seconds(text: &str) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    let mut rest = text;
    let mut nanoseconds = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let (amount, behind) = rest.split_at(end);
        let (unit, length) = UNITS.iter().find(|(unit, _)| behind.starts_with(unit))?;
        // "." and "1.2.3" are no numbers, nor is what Rust would take beyond Go, as an exponent: that has letters.
        nanoseconds += amount.parse::<f64>().ok()? * length;
        rest = behind.strip_prefix(unit)?;
    }
    Some(nanoseconds / 1e9)
}

/// A check on configured ones.
///
/// # Errors
/// A sentence that says how they are written.
pub fn check(text: &str) -> Result<(), Reason> {
    match (parse(text), seconds(text)) {
        (Some(_), _) => Ok(()),
        (None, Some(seconds)) if seconds < 1.0 => {
            Err("It is no time at all. The shortest that makes sense is a second: \"1s\".".into())
        }
        (None, Some(_)) => Err("It is longer than a year. The longest is 366 days: \"8784h\".".into()),
        (None, None) => Err(
            "It is not a length of time. Write numbers with their units, h, m, s or ms: \"90s\", \"10m\" or \"1h30m\"."
                .into(),
        ),
    }
}

/// Whole seconds of it, in the units that are not empty: `1h30m`.
pub fn shown(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
    let parts = parts.iter().filter(|(amount, _)| *amount > 0);
    let text: String = parts.map(|(amount, unit)| format!("{amount}{unit}")).collect();
    if text.is_empty() { "0s".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_read_as_go_writes_them() {
        for (text, seconds) in [
            ("90s", 90.0),
            ("10m", 600.0),
            ("1h30m", 5400.0),
            ("1.5h", 5400.0),
            ("1h1m1.5s", 3661.5),
            ("250ms", 0.25),
            ("0h5m", 300.0),
        ] {
            assert_eq!(parse(text), Some(Duration::from_secs_f64(seconds)), "{text}");
        }
        for wrong in [
            "",
            "10",
            "m",
            "10 m",
            "-5m",
            "+5m",
            "0s",
            "5d",
            "1e3s",
            ".s",
            "1.2.3s",
            "10M",
            "5m ",
            "999999999h",
            "infs",
            "nans",
            "m10",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
            let says = match wrong {
                "0s" => "no time at all",
                "999999999h" => "\"8784h\"",
                _ => "1h30m",
            };
            assert!(check(wrong).is_err_and(|why| why.to_string().contains(says)), "{wrong}");
        }
    }

    #[test]
    fn they_are_shown_as_they_are_written() {
        for text in ["90s", "10m", "1h30m", "36h", "1h0m5s"] {
            let duration = parse(text).expect("it is one");
            assert_eq!(parse(&shown(duration)), Some(duration));
        }
        assert_eq!(shown(Duration::from_secs(5400)), "1h30m");
        assert_eq!(shown(Duration::from_millis(3)), "0s");
        assert_eq!(parse("8784h"), Some(LONGEST));
    }
}
