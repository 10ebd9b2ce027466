//! Durations that are written and dates that are read: a timer is started by the write.

use jiff::{Span, Timestamp, Zoned};
use serde_json::Value;

use super::{At, is_at};
use crate::contract::Resource;
use crate::params::Params;
use crate::state::State;
use crate::store::{Body, Object};

/// <https://www.twilio.com/docs/conversations/api/conversation-resource>: ISO 8601 durations go in, `date_inactive` and
/// `date_closed` come out, and what has no timer shows neither.
const CONVERSATIONS: &[At] = &[
    ("conversations.twilio.com", "/v1/Conversations"),
    (
        "conversations.twilio.com",
        "/v1/Services/{ChatServiceSid}/Conversations",
    ),
    // https://www.twilio.com/docs/conversations/api/conversation-with-participants-resource
    ("conversations.twilio.com", "/v1/ConversationWithParticipants"),
    (
        "conversations.twilio.com",
        "/v1/Services/{ChatServiceSid}/ConversationWithParticipants",
    ),
];

/// Parameter, the field it sets in `timers`, the default for a new conversation in the account's configuration
/// (<https://www.twilio.com/docs/conversations/api/configuration-resource>).
const TIMERS: [(&str, &str, &str); 2] = [
    ("Timers.Inactive", "date_inactive", "default_inactive_timer"),
    ("Timers.Closed", "date_closed", "default_closed_timer"),
];

/// The settings of an account that hold the defaults.
const CONFIGURATION: At = ("conversations.twilio.com", "/v1/Configuration");

/// Starts the timers that are written, or that a new object has by default. An empty text and a duration of nothing stop one.
pub(crate) fn start(
    state: &State,
    resource: &Resource,
    object: &mut Object,
    params: &Params,
    is_new: bool,
    now: Timestamp,
) {
    if !CONVERSATIONS.iter().any(|at| is_at(*at, resource)) {
        return;
    }
    let mut timers = match object.body.get("timers") {
        Some(Value::Object(timers)) => timers.clone(),
        _ => Body::new(),
    };
    for (parameter, field, default) in TIMERS {
        timers.shift_remove(written(parameter));
        let duration = match params.text(parameter) {
            Some(text) => text.to_owned(),
            None if is_new => match by_default(state, &object.account, default) {
                Some(text) => text,
                None => continue,
            },
            None => continue,
        };
        match after(now, &duration) {
            Some(at) => timers.insert(field.to_owned(), crate::clock::iso8601(at).into()),
            None => timers.shift_remove(field),
        };
    }
    object.set("timers", timers);
}

/// The name under which the generic part has put the duration: `inactive` of `Timers.Inactive`.
fn written(parameter: &str) -> &'static str {
    if parameter.ends_with("Inactive") {
        "inactive"
    } else {
        "closed"
    }
}

fn by_default(state: &State, account: &str, field: &str) -> Option<String> {
    let (host, path) = CONFIGURATION;
    let settings = state.store.find(host, account, path)?;
    settings.text(field).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The time a duration from now; `None` if it is no time at all.
fn after(now: Timestamp, duration: &str) -> Option<Timestamp> {
    let span: Span = duration.parse().ok()?;
    let at: Zoned = now.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span).ok()?;
    (at.timestamp() > now).then_some(at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_published() {
        for at in CONVERSATIONS {
            let resource = assert_published(*at);
            for (parameter, ..) in TIMERS {
                let mut params = resource.operations().flat_map(|operation| &operation.params);
                assert!(params.any(|param| param.name == parameter), "{at:?} {parameter}");
            }
        }
        let (host, path) = CONFIGURATION;
        let settings = Contract::published().resource(host, path).expect("published");
        for (.., default) in TIMERS {
            assert!(settings.object_fields().iter().any(|field| field.name == default));
        }
    }

    #[test]
    fn durations_are_added_to_the_time() {
        let now: Timestamp = "2026-03-03T09:08:07Z".parse().expect("a time");
        let at = |text: &str| after(now, text).map(|at| at.to_string());
        assert_eq!(at("PT5M").as_deref(), Some("2026-03-03T09:13:07Z"));
        assert_eq!(at("P1DT1H").as_deref(), Some("2026-03-04T10:08:07Z"));
        for nothing in ["", "PT0S", "soon"] {
            assert_eq!(at(nothing), None);
        }
    }
}
