//! Durations that are written and dates that are read: a timer is started by the write.

use jiff::fmt::temporal::SpanParser;
use jiff::{Span, Timestamp, Zoned};
use serde_json::Value;

use super::{At, Refusal, is_at};
use crate::contract::Resource;
use crate::error::ApiError;
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

/// How a timer is limited: parameters, shortest in seconds, refusals of what is no duration and of a shorter one. The pages on the codes
/// name no status.
struct Limit {
    parameters: [&'static str; 2],
    least_s: i64,
    malformed: Refusal,
    too_short: Refusal,
}

const LIMITS: [Limit; 2] = [
    // https://www.twilio.com/docs/api/errors/50379, https://www.twilio.com/docs/api/errors/50375
    Limit {
        parameters: ["Timers.Inactive", "DefaultInactiveTimer"],
        least_s: 60,
        malformed: Refusal::new(400, 50379, "TimeToInactive format is invalid"),
        too_short: Refusal::new(400, 50375, "TimeToInactive should be greater or equal to 1 minute"),
    },
    // https://www.twilio.com/docs/api/errors/50380, https://www.twilio.com/docs/api/errors/50376
    Limit {
        parameters: ["Timers.Closed", "DefaultClosedTimer"],
        least_s: 600,
        malformed: Refusal::new(400, 50380, "TimeToClosed format is invalid"),
        too_short: Refusal::new(400, 50376, "TimeToClosed should be greater or equal to 10 minutes"),
    },
];

/// Refuses timers that are no ISO 8601 durations, or shorter than Twilio takes. `PT0S` stops a timer, and leaving it blank may be
/// refused: <https://help.twilio.com/articles/46619837838235>. Here it is.
///
/// # Errors
/// With the code of what is wrong.
pub(crate) fn refuse(params: &Params) -> Result<(), ApiError> {
    for limit in &LIMITS {
        let mut sent = limit.parameters.iter().filter_map(|name| params.text(name));
        let Some(text) = sent.next() else { continue };
        let Some(seconds) = duration(text).and_then(seconds) else {
            return Err(limit.malformed.error());
        };
        if seconds != 0 && seconds < limit.least_s {
            return Err(limit.too_short.error());
        }
    }
    Ok(())
}

/// An ISO 8601 duration and nothing else: `PT10M`, `P1D`.
fn duration(text: &str) -> Option<Span> {
    let span = SpanParser::new().parse_span(text).ok()?;
    text.starts_with('P').then_some(span)
}

/// Its length from a day without leaps on; days are of 24 hours.
fn seconds(span: Span) -> Option<i64> {
    let start = Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    Some(start.checked_add(span).ok()?.timestamp().as_second())
}

/// Parameter, the field it sets in `timers`, the default for a new conversation in the account's configuration
/// (<https://www.twilio.com/docs/conversations/api/configuration-resource>).
const TIMERS: [(&str, &str, &str); 2] = [
    ("Timers.Inactive", "date_inactive", "default_inactive_timer"),
    ("Timers.Closed", "date_closed", "default_closed_timer"),
];

/// The settings of an account that hold the defaults.
const CONFIGURATION: At = ("conversations.twilio.com", "/v1/Configuration");

/// Starts the timers that are written, or that a new object has by default. A duration of nothing stops one.
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
    let span = self::duration(duration)?;
    let at: Zoned = now.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span).ok()?;
    (at.timestamp() > now).then_some(at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Contract, OperationKind};
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
        let update = settings.operation(OperationKind::Update).expect("an update");
        for Limit { parameters, .. } in &LIMITS {
            assert!(TIMERS.iter().any(|(parameter, ..)| *parameter == parameters[0]));
            assert!(
                update.params.iter().any(|param| param.name == parameters[1]),
                "{parameters:?}"
            );
        }
    }

    #[test]
    fn durations_are_added_to_the_time() {
        let now: Timestamp = "2026-03-03T09:08:07Z".parse().expect("a time");
        let at = |text: &str| after(now, text).map(|at| at.to_string());
        assert_eq!(at("PT5M").as_deref(), Some("2026-03-03T09:13:07Z"));
        assert_eq!(at("P1DT1H").as_deref(), Some("2026-03-04T10:08:07Z"));
        for nothing in ["", "PT0S", "soon", "60 seconds", "1h", "5m"] {
            assert_eq!(at(nothing), None);
        }
    }
}
