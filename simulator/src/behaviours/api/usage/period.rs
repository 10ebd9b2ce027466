//! Periods of days, whole and cut into days, months and years, and the dates that clients write.

use jiff::ToSpan;
use jiff::civil::Date;

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub start: Date,
    pub end: Date,
}

impl Period {
    /// One day.
    pub(super) fn day(day: Date) -> Self {
        Self { start: day, end: day }
    }

    /// The part of the month, or the year, of a day that is not after it.
    pub(super) fn month_to(day: Date) -> Self {
        Self {
            start: day.first_of_month(),
            end: day,
        }
    }

    /// See [`Period::month_to`].
    pub(super) fn year_to(day: Date) -> Self {
        Self {
            start: day.first_of_year(),
            end: day,
        }
    }

    /// The month before that of a day.
    pub(super) fn month_before(day: Date) -> Self {
        let end = day.first_of_month().yesterday().unwrap_or(day);
        Self::month_to(end)
    }

    /// Its days, newest first.
    pub(super) fn days(self) -> impl Iterator<Item = Self> + use<> {
        self.cut(Self::day)
    }

    /// Its months, newest first; the first and last may be parts.
    pub(super) fn months(self) -> impl Iterator<Item = Self> + use<> {
        self.cut(Self::month_to)
    }

    /// Its years, newest first; the first and last may be parts.
    pub(super) fn years(self) -> impl Iterator<Item = Self> + use<> {
        self.cut(Self::year_to)
    }

    fn cut(self, piece: fn(Date) -> Self) -> impl Iterator<Item = Self> + use<> {
        let mut next = (self.end >= self.start).then_some(self.end);
        std::iter::from_fn(move || {
            let end = next?;
            let part = piece(end);
            next = part.start.yesterday().ok().filter(|before| *before >= self.start);
            Some(Self {
                start: part.start.max(self.start),
                end,
            })
        })
    }
}

/// `2026-03-01`, or days from today: `-30days`, `+1day`.
pub(super) fn date(text: &str, today: Date) -> Option<Date> {
    if let Some(offset) = offset(text) {
        return Some(today.saturating_add(offset.days()));
    }
    text.parse().ok()
}

/// The days of a relative date.
pub(super) fn offset(text: &str) -> Option<i64> {
    let number = text.strip_suffix("days").or_else(|| text.strip_suffix("day"))?;
    let digits = number.strip_prefix(['+', '-'])?;
    // More digits than any calendar needs would overflow it.
    if digits.is_empty() || digits.len() > 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn shown(periods: impl IntoIterator<Item = Period>) -> Vec<String> {
        periods
            .into_iter()
            .map(|period| format!("{} {}", period.start, period.end))
            .collect()
    }

    #[test]
    fn a_period_is_cut_from_its_end() {
        let period = Period {
            start: day("2025-12-30"),
            end: day("2026-02-02"),
        };
        assert_eq!(period.days().count(), 35);
        assert_eq!(
            shown(period.months()),
            [
                "2026-02-01 2026-02-02",
                "2026-01-01 2026-01-31",
                "2025-12-30 2025-12-31"
            ]
        );
        assert_eq!(
            shown(period.years()),
            ["2026-01-01 2026-02-02", "2025-12-30 2025-12-31"]
        );
        let backwards = Period {
            start: period.end,
            end: period.start,
        };
        assert_eq!(backwards.days().count(), 0);
        assert_eq!(
            shown([Period::month_before(day("2026-01-15"))]),
            ["2025-12-01 2025-12-31"]
        );
    }

    #[test]
    fn dates_are_absolute_or_days_from_today() {
        let today = day("2026-03-01");
        assert_eq!(date("2026-02-28", today), Some(day("2026-02-28")));
        assert_eq!(date("-30days", today), Some(day("2026-01-30")));
        assert_eq!(date("+1day", today), Some(day("2026-03-02")));
        for text in [
            "30days",
            "-days",
            "-30",
            "--3days",
            "-999999days",
            "yesterday",
            "2026-02-30",
            "",
        ] {
            assert_eq!(date(text, today), None, "{text}");
        }
    }
}
