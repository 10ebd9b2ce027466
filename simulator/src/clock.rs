//! Points in time as Twilio writes them.
//!
//! The 2010 API and iam v1 keys write RFC 2822, everything else ISO 8601; the contract's format says which.

use jiff::{SignedDuration, Timestamp};

/// The simulator's time: real time, and how far a test has put it ahead. It never goes back.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// The time now.
    pub fn now(&self) -> Timestamp {
        let real = Timestamp::now();
        real.saturating_add(self.ahead).unwrap_or(real)
    }

    /// How far it is ahead of real time.
    pub fn ahead(&self) -> SignedDuration {
        self.ahead
    }

    /// Puts it further ahead.
    ///
    /// # Errors
    /// When that would be a time that no calendar has.
    pub fn advance(&mut self, by: SignedDuration) -> Result<(), String> {
        let ahead = self.ahead.checked_add(by).ok_or("that is too far ahead")?;
        Timestamp::now()
            .checked_add(ahead)
            .map_err(|_| "that is too far ahead".to_owned())?;
        self.ahead = ahead;
        Ok(())
    }
}

/// `Tue, 03 Mar 2026 09:08:07 +0000`.
pub fn rfc2822(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// `2026-03-03T09:08:07Z`, without fractions.
pub fn iso8601(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-03-03`.
pub fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_goes_ahead_and_not_past_the_calendar() {
        let mut clock = Clock::default();
        clock.advance(SignedDuration::from_hours(48)).expect("near");
        assert_eq!(clock.ahead(), SignedDuration::from_hours(48));
        assert!(clock.now() > Timestamp::now());
        assert!(clock.advance(SignedDuration::MAX).is_err());
        assert_eq!(
            clock.ahead(),
            SignedDuration::from_hours(48),
            "a refusal changes nothing"
        );
    }

    #[test]
    fn both_formats_name_the_same_second() {
        let at: Timestamp = "2026-03-03T09:08:07.123Z".parse().expect("valid");
        assert_eq!(rfc2822(at), "Tue, 03 Mar 2026 09:08:07 +0000");
        assert_eq!(iso8601(at), "2026-03-03T09:08:07Z");
        assert_eq!(date(at), "2026-03-03");
    }
}
