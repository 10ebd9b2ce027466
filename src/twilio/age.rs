//! Whether an object can be what a create made, by the time at which it was made.
//!
//! Three clocks take part, and each may be wrong: this machine's, the one that `Date` is written from (Twilio's, or a proxy's),
//! and the one that `date_created` is written from. So an object counts as made by a create only if it was made while that
//! was under way by this machine's clock *and* by `Date`; and as made before it only if that is so by both, with room for a
//! clock of Twilio's that differs from both. Whatever the clocks contradict each other about is unclear, and what is unclear is
//! neither taken nor ignored.
//!
//! With a create that was sent at 10:00:00 and lost its response at once, and is searched for at once:
//!
//! | `Date` | this machine | `date_created` (true) | the object is | before, it was |
//! | --- | --- | --- | --- | --- |
//! | true | true | 10:00:00, ours | made during it | taken |
//! | true | true | 09:59:59, 09:59:58, 09:59:00, 09:00:00, somebody's | unclear | 2 s: taken; 1 h: ignored |
//! | true | true | two days ago | made long before | ignored |
//! | 10 s, 90 s, 2 h ahead | true | 10:00:00, ours | unclear | 90 s, 2 h: ignored, and made twice |
//! | 90 s, 2 h behind | true | 10:00:00, ours | unclear | taken |
//! | 90 s, 2 h behind | true | 09:59:00, 09:00:00, somebody's | unclear | taken |
//! | true | ahead or behind | 10:00:00, ours | unclear | taken |
//! | none | true | 10:00:00, ours | unclear | by this machine alone |
//! | none | true | less than a minute before, somebody's | made just before: a response that names it is not believed without a search | by this machine alone |
//! | none | true | an hour ago, two days ago | made before, unless this machine is wrong: never ignored, never taken | unclear, so a response that named it was believed |
//! | both 2 h behind | | 10:00:00, ours; 09:00:00, somebody's | unclear: made in the future | taken |
//! | both 2 h ahead | | 10:00:00, ours | unclear | ignored, and made twice |
//! | whatever | whatever | nothing that is a time | unclear | unclear |
//!
//! What remains: an object of somebody else that is the same in everything and was made while our create was under way, or in
//! the same second. No clock tells it from ours. If ours was made as well there are two, and two are never taken for one.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How much later than the response to a create was lost Twilio may date what it made: what rounding adds, and what was on
/// its way.
const LATE: SignedDuration = SignedDuration::from_secs(2);

/// How far Twilio's clocks are apart at most while nothing is wrong with them. What is older than this was there before.
const APART: SignedDuration = SignedDuration::from_secs(60);

/// How far a clock may be off that somebody has set by hand or to another time zone: from UTC-12 to UTC+14.
const WRONG: SignedDuration = SignedDuration::from_hours(26);

/// A moment on this machine: time of day, which may be set, and time that only passes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// Time of day.
    pub(super) wall: Timestamp,
    /// Time since a fixed moment.
    pub(super) elapsed: Duration,
}

/// What is known of the clock of `Date`.
#[derive(Debug, Clone, Copy)]
pub(super) enum DateClock {
    /// The last response had it.
    Known(ClockOffset),
    /// The last response had no `Date`; this is what others had before, if any did.
    Unknown(Option<ClockOffset>),
}

/// How far the clock of `Date` is ahead of this machine's: at least and at most, since `Date` has whole seconds and was
/// written at some time between request and answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ClockOffset {
    /// At least; negative if it is behind.
    pub(super) least: SignedDuration,
    most: SignedDuration,
}

/// What responses showed of the clock of `Date`.
#[derive(Debug, Default)]
pub(super) struct Dates(Mutex<Observed>);

#[derive(Debug, Default)]
struct Observed {
    offset: Option<ClockOffset>,
    /// Whether the last response had no `Date`: what others had before may be another clock's.
    is_missing: bool,
}

/// When a create was under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// Before it was sent first.
    pub(super) began: Moment,
    /// When it was known last that its response would not come.
    pub(super) ended: Moment,
}

/// What an object is, measured by a create.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// Made while it was under way, by all clocks.
    During,
    /// Made before it by both clocks, and by so little that Twilio's clocks may only differ.
    JustBefore,
    /// Made before it, unless Twilio's clocks contradict each other, or this machine's is wrong and no other is known.
    Before,
    /// Made before it, whatever is wrong with a clock.
    LongBefore,
    /// Nobody knows.
    Unclear,
}

impl Age {
    /// Whether an object of this age that a response names can have been made by its create. What is older by this machine's
    /// clock and by `Date` is not: a cache, or a response to somebody else, names such an object.
    pub(super) fn may_be_new(self) -> bool {
        !matches!(self, Self::Before | Self::LongBefore)
    }
}

impl ClockOffset {
    /// The same time as this machine's.
    const NOT: Self = Self {
        least: SignedDuration::ZERO,
        most: SignedDuration::ZERO,
    };

    /// From a response whose request left and that came at these times of day.
    pub(super) fn from_date(date: Timestamp, sent: Timestamp, received: Timestamp) -> Self {
        Self {
            least: date.duration_since(received),
            most: date.duration_since(sent).saturating_add(SignedDuration::from_secs(1)),
        }
    }

    /// What both say, if they do not contradict each other; otherwise what the newer one says.
    pub(super) fn and(self, newer: Self) -> Self {
        let both = Self {
            least: self.least.max(newer.least),
            most: self.most.min(newer.most),
        };
        if both.least <= both.most { both } else { newer }
    }
}

impl Dates {
    /// Takes what a response said whose request left and that came at these times of day.
    pub(super) fn learn(&self, date: Option<Timestamp>, sent: Timestamp, received: Timestamp) {
        let mut observed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        observed.is_missing = date.is_none();
        if let Some(date) = date {
            let newer = ClockOffset::from_date(date, sent, received);
            observed.offset = Some(observed.offset.map_or(newer, |offset| offset.and(newer)));
        }
    }

    /// How far the clock is ahead, as far as any response showed it.
    pub(super) fn last_known(&self) -> Option<ClockOffset> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).offset
    }

    /// What is known of the clock at this moment.
    pub(super) fn clock(&self) -> DateClock {
        let observed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match observed.offset {
            Some(offset) if !observed.is_missing => DateClock::Known(offset),
            offset => DateClock::Unknown(offset),
        }
    }
}

impl Span {
    /// What an object is that was made at this time.
    pub(super) fn age(self, created: Option<Timestamp>, now: Moment, clock: DateClock) -> Age {
        let Some(created) = created else {
            return Age::Unclear;
        };
        match clock {
            DateClock::Known(offset) => self.age_by(created, now, offset),
            // One clock does not show that an object is ours, nor that it may be ignored. That it was there long before the
            // create, by a minute and more, is enough not to believe a response that names it.
            DateClock::Unknown(offset) => match self.age_by(created, now, offset.unwrap_or(ClockOffset::NOT)) {
                Age::Before | Age::LongBefore => Age::Before,
                // A response that names it is searched for, as any that is about something older.
                Age::JustBefore => Age::JustBefore,
                Age::During | Age::Unclear => Age::Unclear,
            },
        }
    }

    fn age_by(self, created: Timestamp, now: Moment, offset: ClockOffset) -> Age {
        let began = self.began.wall;
        // A clock that was set meanwhile tells two beginnings.
        let passed = now.elapsed.saturating_sub(self.began.elapsed);
        let began_by_now = shifted(
            now.wall,
            -SignedDuration::try_from(passed).unwrap_or(SignedDuration::MAX),
        );
        let latest = began.max(began_by_now);
        let last = latest.max(shifted(latest, offset.least));
        let first = began.min(shifted(began, offset.least));
        let earliest = first.min(began_by_now).min(shifted(began_by_now, offset.least));
        let ended = self.ended.wall.min(shifted(self.ended.wall, offset.most));
        // Twilio's times have whole seconds.
        if created >= whole_seconds(last) && created <= shifted(ended, LATE) {
            Age::During
        } else if created < shifted(earliest, -WRONG) {
            Age::LongBefore
        } else if created < shifted(first, -APART) {
            Age::Before
        } else if created < whole_seconds(first) {
            Age::JustBefore
        } else {
            Age::Unclear
        }
    }
}

fn shifted(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.saturating_add(by).unwrap_or(moment)
}

fn whole_seconds(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}
