//! When an expression about the time of day may become true, or no longer be.
//! <https://www.twilio.com/docs/taskrouter/time-of-day-routing>

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde_json::Value;

use super::{Expression, Operand, Step};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// A part of the time, as the page names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Time,
    Hour,
    Minute,
    Day,
}

impl Expression {
    /// The first time after another at which what it says of the time of day may change; none if it says nothing of it.
    pub(crate) fn changes_after(&self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().filter_map(|part| part.changes_after(now)).min(),
            Self::Compare(left, _, right) => {
                let (part, other) = match (part(left), part(right)) {
                    (Some(part), _) => (part, right),
                    (None, Some(part)) => (part, left),
                    (None, None) => return None,
                };
                next(part, numbers(other).as_deref(), now)
            }
        }
    }
}

fn part(operand: &Operand) -> Option<Part> {
    let Operand::Key(path) = operand else { return None };
    let [Step::Name(first), Step::Name(second)] = path.as_slice() else {
        return None;
    };
    let parts = [
        ("currentTime", Part::Time),
        ("currentHour", Part::Hour),
        ("currentMin", Part::Minute),
        ("dayOfWeek", Part::Day),
    ];
    let found = parts.iter().find(|(name, _)| second == name);
    found.filter(|_| first == "taskrouter").map(|(_, part)| *part)
}

/// The numbers that a part is compared with; none of a key, which may be any number.
fn numbers(operand: &Operand) -> Option<Vec<f64>> {
    match operand {
        Operand::Constant(Value::Array(items)) => Some(items.iter().filter_map(Value::as_f64).collect()),
        Operand::Constant(value) => Some(value.as_f64().into_iter().collect()),
        Operand::Key(_) => None,
    }
}

/// The minutes of the day, or of the hour, at which a comparison with a number may change: where the part comes to the number, and where
/// it goes past it.
fn edges(part: Part, number: f64) -> impl Iterator<Item = i64> {
    let (values, period): (fn(i64) -> f64, i64) = match part {
        Part::Time => (
            |minute| f64::from(i32::try_from(minute / HOUR * 100 + minute % HOUR).unwrap_or_default()),
            DAY,
        ),
        Part::Hour => (
            |minute| f64::from(i32::try_from(minute / HOUR).unwrap_or_default()),
            DAY,
        ),
        Part::Minute => (|minute| f64::from(i32::try_from(minute).unwrap_or_default()), HOUR),
        Part::Day => (|_| 0.0, DAY),
    };
    let reached = (0..period).find(|minute| values(*minute) >= number);
    let passed = (0..period).find(|minute| values(*minute) > number);
    reached.into_iter().chain(passed)
}

fn next(part: Part, numbers: Option<&[f64]>, now: Timestamp) -> Option<Timestamp> {
    let period = if part == Part::Minute { HOUR } else { DAY };
    let edges: Vec<i64> = match (part, numbers) {
        (Part::Day, _) => vec![0],
        (Part::Hour, None) => (0..24).map(|hour| hour * HOUR).collect(),
        (_, None) => (0..period).collect(),
        // All begin again with the day or the hour.
        (_, Some(numbers)) => std::iter::once(0)
            .chain(numbers.iter().flat_map(|number| edges(part, *number)))
            .collect(),
    };
    let here = now.to_zoned(TimeZone::UTC);
    let minutes = match part {
        Part::Minute => i64::from(here.minute()),
        _ => i64::from(here.hour()) * HOUR + i64::from(here.minute()),
    };
    // The beginning of the period, to the second.
    let start = now.as_second() - minutes * 60 - i64::from(here.second());
    let start = Timestamp::from_second(start).ok()?;
    let at = |minute: i64| start.checked_add(SignedDuration::from_mins(minute)).ok();
    let times = edges.iter().flat_map(|edge| [at(*edge), at(edge + period)]).flatten();
    times.filter(|time| *time > now).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, now: &str) -> Option<String> {
        let expression = Expression::parse(text).expect("an expression");
        let now = now.parse().expect("a time");
        expression.changes_after(now).map(crate::clock::iso8601)
    }

    #[test]
    fn it_changes_where_a_part_comes_to_the_number_and_goes_past_it() {
        let now = "2026-11-30T08:15:20.5Z";
        for (text, then) in [
            ("taskrouter.currentHour == 9", "2026-11-30T09:00:00Z"),
            ("taskrouter.currentHour == 8", "2026-11-30T09:00:00Z"),
            ("taskrouter.currentHour >= 7", "2026-12-01T00:00:00Z"),
            ("taskrouter.currentTime >= 1230", "2026-11-30T12:30:00Z"),
            ("taskrouter.currentTime > 1275", "2026-11-30T13:00:00Z"),
            ("taskrouter.currentMin < 30 AND a == 1", "2026-11-30T08:30:00Z"),
            ("taskrouter.currentMin == 15", "2026-11-30T08:16:00Z"),
            ("taskrouter.dayOfWeek IN ['Tue']", "2026-12-01T00:00:00Z"),
            ("taskrouter.currentHour == shift", "2026-11-30T09:00:00Z"),
            ("start <= taskrouter.currentTime", "2026-11-30T08:16:00Z"),
            (
                "taskrouter.currentHour == 20 OR taskrouter.currentHour IN [10, 12]",
                "2026-11-30T10:00:00Z",
            ),
        ] {
            assert_eq!(after(text, now).as_deref(), Some(then), "{text}");
        }
        assert_eq!(after("currentHour == 9", now), None);
    }
}
