//! What is stored with an object beside its state: when this provider wrote it last. A read soon after may come from a
//! part of Twilio that has not heard of the write, and only then is it worth asking again.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};

use crate::engine::facts::Properties;
use crate::engine::values::private::Stored;
use crate::framework::provider::Private;
use crate::twilio::{Client, SETTLES_WITHIN, lenient};

/// The last write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LastWrite {
    /// When, on Twilio's clock.
    written: Timestamp,
    /// What Twilio said then of when the object was changed.
    updated: Option<Timestamp>,
}

/// What a response is, measured by the last write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Surely from before the write.
    Older,
    /// Surely from after it.
    Newer,
    /// Not returned.
    Unclear,
}

impl LastWrite {
    /// The last_write for a write that was just answered with `answer`.
    pub(crate) fn now(client: &Client, answer: &Properties) -> Self {
        Self {
            written: client.server_time(),
            updated: updated(answer),
        }
    }

    /// As stored.
    pub(crate) fn to_private(self) -> Private {
        let updated = self.updated.map(|moment| moment.to_string());
        json!({"written": self.written.to_string(), "updated": updated})
            .to_string()
            .into_bytes()
    }

    /// As stored with the object of this holder.
    pub(crate) fn held_by(self, holder: &str) -> Private {
        Stored::decode(&self.to_private()).held_by(holder).encode()
    }

    /// From what was stored, whoever wrote it; `None` when it is nothing that this provider writes, as after an import.
    pub(crate) fn from_private(private: &[u8]) -> Option<Self> {
        let stored: Json = serde_json::from_slice(private).ok()?;
        let moment = |name: &str| stored.get(name)?.as_str()?.parse().ok();
        Some(Self {
            written: moment("written")?,
            updated: moment("updated"),
        })
    }

    /// How long from `now` on Twilio may still not show the write; `None` when it must by now.
    pub(crate) fn unsettled_for(self, now: Timestamp) -> Option<SignedDuration> {
        let settles = SignedDuration::try_from(SETTLES_WITHIN).unwrap_or_default();
        let since = now.duration_since(self.written);
        // A clock that was set back must not make anybody wait for hours.
        let left = settles.checked_sub(since).filter(|left| *left <= settles + settles)?;
        left.is_positive().then_some(left)
    }

    /// Whether `answer` is from before or after the write.
    pub(crate) fn age_of(self, answer: &Properties) -> Age {
        match (updated(answer), self.updated) {
            (Some(returned), Some(known)) if returned < known => Age::Older,
            (Some(returned), Some(known)) if returned > known => Age::Newer,
            _ => Age::Unclear,
        }
    }
}

fn updated(answer: &Properties) -> Option<Timestamp> {
    lenient::date_time(answer.get("date_updated")?)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: u32) -> Timestamp {
        format!("2026-05-01T10:00:{second:02}Z").parse().expect("valid")
    }

    fn answer(second: u32) -> Properties {
        let answer = json!({"date_updated": at(second).to_string()});
        answer.as_object().cloned().unwrap_or_default()
    }

    const fn last_write(written: Timestamp, updated: Timestamp) -> LastWrite {
        LastWrite {
            written,
            updated: Some(updated),
        }
    }

    #[test]
    fn a_mark_is_read_as_it_was_stored_and_nothing_else_is_a_mark() {
        let last_write = last_write(at(1), at(0));
        assert_eq!(LastWrite::from_private(&last_write.to_private()), Some(last_write));
        for other in [&b""[..], b"{}", b"not JSON", b"{\"written\": 5}"] {
            assert_eq!(LastWrite::from_private(other), None);
        }
    }

    #[test]
    fn a_write_settles_in_a_while() {
        let last_write = last_write(at(1), at(0));
        assert_eq!(last_write.unsettled_for(at(6)), Some(SignedDuration::from_secs(10)));
        assert_eq!(last_write.unsettled_for(at(16)), None);
        assert!(
            last_write
                .unsettled_for("2026-05-01T09:00:00Z".parse().expect("valid"))
                .is_none()
        );
    }

    #[test]
    fn an_answer_is_older_or_newer_by_its_own_date() {
        let last_write = last_write(at(1), at(5));
        assert_eq!(last_write.age_of(&answer(4)), Age::Older);
        assert_eq!(last_write.age_of(&answer(5)), Age::Unclear);
        assert_eq!(last_write.age_of(&answer(6)), Age::Newer);
        assert_eq!(last_write.age_of(&Properties::new()), Age::Unclear);
    }
}
