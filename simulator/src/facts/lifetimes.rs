//! What ends by itself, and when: what expires is gone, what is timed changes its state.
//!
//! Time is the simulator's clock ([`crate::processes`]), as for [`super::moves`].

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{At, is_at};
use crate::behaviours::taskrouter::ends::GONE_AT;
use crate::behaviours::taskrouter::reservations::TIMES_OUT;
use crate::behaviours::taskrouter::routing::STEP_ENDS;
use crate::contract::Resource;
use crate::params::Params;
use crate::store::{Body, Object};

/// One end.
#[derive(Debug, PartialEq)]
pub(crate) struct Lifetime {
    /// Where the object lives.
    pub at: At,
    when: When,
    /// What happens then.
    pub end: End,
}

/// When an object ends.
#[derive(Debug, PartialEq)]
enum When {
    /// At the time that it shows in a field; `timers.date_closed` is inside another.
    Shown(&'static str),
    /// At the time that it shows in the first field, or so many seconds after the latest of the others as the second says.
    ShownOrAfter(&'static str, &'static str, &'static [&'static str]),
    /// So many seconds after it was made as a field says, in units of so many seconds; not at all if that is 0.
    Field(&'static str, i64),
    /// So many seconds after it was made.
    Fixed(i64),
    /// At the time that was written in a parameter which nothing shows.
    Written(&'static str),
    /// At the time that a behaviour has noted.
    Noted(&'static str),
}

/// What an end is.
#[derive(Debug, PartialEq)]
pub(crate) enum End {
    /// The object is deleted, with everything below it.
    Gone,
    /// The behaviour of the object says what follows ([`crate::behaviour::Behaviour::came_due`]).
    Asked {
        /// Answer field of the state.
        field: &'static str,
        /// The state in which the time counts.
        from: &'static str,
    },
    /// The object changes its state.
    State {
        /// Answer field of the state.
        field: &'static str,
        /// States in which the time counts.
        from: &'static [&'static str],
        /// State after.
        to: &'static str,
        /// Further fields and what they become.
        also: &'static [(&'static str, Also)],
    },
}

/// What else an end writes.
#[derive(Debug, PartialEq)]
pub(crate) enum Also {
    /// A text.
    Text(&'static str),
    /// The time of the end.
    Time,
    /// Seconds since the object was made.
    Duration,
    /// A member is taken out of the field.
    Without(&'static str),
}

impl Lifetime {
    /// When an object ends, as it is stored now.
    pub(crate) fn due(&self, object: &Object) -> Option<Timestamp> {
        if let End::State { field, from, .. } = self.end
            && !object.text(field).is_some_and(|state| from.contains(&state))
        {
            return None;
        }
        if let End::Asked { field, from } = self.end
            && object.text(field) != Some(from)
        {
            return None;
        }
        let made = Timestamp::from_millisecond(object.created_ms).ok()?;
        match self.when {
            When::Shown(field) => time(object, field),
            When::ShownOrAfter(field, seconds, since) => time(object, field).or_else(|| {
                let seconds = object.body.get(seconds)?.as_i64().filter(|seconds| *seconds > 0)?;
                let since = since.iter().filter_map(|field| time(object, field)).max()?;
                later(since, seconds)
            }),
            When::Field(field, unit) => {
                let units = object.body.get(field)?.as_i64().filter(|units| *units > 0)?;
                later(made, units.checked_mul(unit)?)
            }
            When::Fixed(seconds) => later(made, seconds),
            When::Written(name) | When::Noted(name) => object.hidden.get(name)?.as_str()?.parse().ok(),
        }
    }
}

fn later(from: Timestamp, seconds: i64) -> Option<Timestamp> {
    from.saturating_add(SignedDuration::from_secs(seconds)).ok()
}

/// The time in a field.
fn time(object: &Object, field: &str) -> Option<Timestamp> {
    let text = match field.split_once('.') {
        None => object.text(field)?,
        Some((outer, inner)) => object.body.get(outer)?.get(inner)?.as_str()?,
    };
    text.parse().ok()
}

/// Writes what an end says.
pub(crate) fn write(object: &mut Object, also: &[(&'static str, Also)], at: Timestamp) {
    for (field, value) in also {
        let since_ms = at.as_millisecond() - object.created_ms;
        match value {
            Also::Text(text) => object.set(field, *text),
            Also::Time => object.set(field, crate::clock::iso8601(at)),
            Also::Duration => object.set(field, since_ms.max(0) / 1000),
            Also::Without(member) => {
                let mut members: Body = match object.body.get(*field) {
                    Some(Value::Object(members)) => members.clone(),
                    _ => continue,
                };
                members.shift_remove(*member);
                object.set(field, members);
            }
        }
    }
}

const DOCUMENTS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Documents");
const LISTS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists");
const LIST_ITEMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists/{ListSid}/Items");
const MAPS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps");
const MAP_ITEMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items");
const STREAMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Streams");

/// <https://www.twilio.com/docs/sync/objects-ttl>
const fn expires(at: At) -> Lifetime {
    Lifetime {
        at,
        when: When::Shown("date_expires"),
        end: End::Gone,
    }
}

/// <https://www.twilio.com/docs/conversations/states-timers>: from active to inactive, from either to closed.
const fn inactive(at: At) -> Lifetime {
    Lifetime {
        at,
        when: When::Shown("timers.date_inactive"),
        end: End::State {
            field: "state",
            from: &["active"],
            to: "inactive",
            also: &[("timers", Also::Without("date_inactive"))],
        },
    }
}

/// The same.
const fn closed(at: At) -> Lifetime {
    Lifetime {
        at,
        when: When::Shown("timers.date_closed"),
        end: End::State {
            field: "state",
            from: &["active", "inactive"],
            to: "closed",
            also: &[
                ("timers", Also::Without("date_inactive")),
                ("timers", Also::Without("date_closed")),
            ],
        },
    }
}

const CONVERSATIONS: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/Conversations",
);

/// All ends.
pub(crate) const LIFETIMES: &[Lifetime] = &[
    // https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks: it is queued at its time.
    Lifetime {
        at: super::moves::MESSAGE,
        when: When::Written("SendAt"),
        end: End::State {
            field: "status",
            from: &["scheduled"],
            to: "queued",
            also: &[],
        },
    },
    // https://www.twilio.com/docs/sync/objects-ttl, in each line.
    expires(DOCUMENTS),
    expires(LISTS),
    expires(LIST_ITEMS),
    expires(MAPS),
    expires(MAP_ITEMS),
    expires(STREAMS),
    // https://www.twilio.com/docs/conversations/states-timers, in both lines.
    inactive(CONVERSATIONS),
    closed(CONVERSATIONS),
    // https://www.twilio.com/docs/proxy/api/session, https://www.twilio.com/docs/api/errors/80904: the date counts more than the
    // time to live, which is measured from the last interaction.
    Lifetime {
        at: ("proxy.twilio.com", "/v1/Services/{ServiceSid}/Sessions"),
        when: When::ShownOrAfter("date_expiry", "ttl", &["date_created", "date_last_interaction"]),
        end: End::State {
            field: "status",
            from: &["open", "in-progress"],
            to: "closed",
            also: &[("date_ended", Also::Time)],
        },
    },
    // https://www.twilio.com/docs/taskrouter/api/task: seconds that a task may live, until it is canceled.
    Lifetime {
        at: ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Tasks"),
        when: When::Field("timeout", 1),
        end: End::State {
            field: "assignment_status",
            from: &["pending", "reserved"],
            to: "canceled",
            also: &[("reason", Also::Text("Task TTL Exceeded"))],
        },
    },
    // https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment: a task goes on to the next step of its workflow.
    Lifetime {
        at: ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Tasks"),
        when: When::Noted(STEP_ENDS),
        end: End::Asked {
            field: "assignment_status",
            from: "pending",
        },
    },
    // https://www.twilio.com/docs/taskrouter/lifecycle-task-state: deleted five minutes after its end, and a day after it was assigned.
    Lifetime {
        at: ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Tasks"),
        when: When::Noted(GONE_AT),
        end: End::Gone,
    },
    // https://www.twilio.com/docs/taskrouter/api/reservations: without a response within the time that the workflow gives it.
    Lifetime {
        at: (
            "taskrouter.twilio.com",
            "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations",
        ),
        when: When::Noted(TIMES_OUT),
        end: End::State {
            field: "reservation_status",
            from: &["pending"],
            to: "timeout",
            also: &[],
        },
    },
    // https://www.twilio.com/docs/verify/api/rate-limits-and-timeouts: gone ten minutes after it was asked for.
    Lifetime {
        at: ("verify.twilio.com", "/v2/Services/{ServiceSid}/Verifications"),
        when: When::Fixed(600),
        end: End::Gone,
    },
    // https://www.twilio.com/docs/verify/api/challenge
    Lifetime {
        at: (
            "verify.twilio.com",
            "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        ),
        when: When::Shown("expiration_date"),
        end: End::State {
            field: "status",
            from: &["pending"],
            to: "expired",
            also: &[],
        },
    },
    // https://www.twilio.com/docs/video/api/rooms-resource: minutes that a room waits for its first participant.
    Lifetime {
        at: ("video.twilio.com", "/v1/Rooms"),
        when: When::Field("unused_room_timeout", 60),
        end: End::State {
            field: "status",
            from: &["in-progress"],
            to: "completed",
            also: &[("end_time", Also::Time), ("duration", Also::Duration)],
        },
    },
];

/// The ends of a resource.
pub(crate) fn of(resource: &Resource) -> impl Iterator<Item = &'static Lifetime> {
    LIFETIMES.iter().filter(|lifetime| is_at(lifetime.at, resource))
}

/// Parameters of Sync that say for how many seconds an object stays, the first that was sent counts; the name that is an alias stands last.
/// Nothing sent leaves the date as it is, 0 takes it off: <https://www.twilio.com/docs/sync/objects-ttl>.
const SECONDS: &[(At, &[&str])] = &[
    (DOCUMENTS, &["Ttl"]),
    (LISTS, &["CollectionTtl", "Ttl"]),
    (LIST_ITEMS, &["ItemTtl", "Ttl"]),
    (MAPS, &["CollectionTtl", "Ttl"]),
    (MAP_ITEMS, &["ItemTtl", "Ttl"]),
    (STREAMS, &["Ttl"]),
];

/// Sets when an object expires, from what a write sends.
pub(crate) fn start(resource: &Resource, object: &mut Object, params: &Params, now: Timestamp) {
    let own = SECONDS.iter().find(|(at, _)| is_at(*at, resource));
    let sent = own.and_then(|(_, names)| names.iter().find_map(|name| params.value(name)));
    if let Some(seconds) = sent.and_then(Value::as_i64) {
        expire(object, seconds, now);
    }
    // https://www.twilio.com/docs/verify/api/challenge: five minutes unless it says otherwise.
    let challenge = "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges";
    if is_at(("verify.twilio.com", challenge), resource) && object.text("expiration_date").is_none_or(str::is_empty) {
        let at = later(now, 300);
        object.set("expiration_date", at.map(crate::clock::iso8601));
    }
}

/// Seconds that an item gives to the list or map that holds it.
pub(crate) fn of_holder(resource: &Resource, params: &Params) -> Option<i64> {
    let is_item = [LIST_ITEMS, MAP_ITEMS].iter().any(|at| is_at(*at, resource));
    params.value("CollectionTtl").filter(|_| is_item)?.as_i64()
}

/// Lets an object of Sync expire so many seconds from now; never, if that is 0.
pub(crate) fn expire(object: &mut Object, seconds: i64, now: Timestamp) {
    let at = (seconds > 0).then(|| later(now, seconds)).flatten();
    object.set("date_expires", at.map(crate::clock::iso8601));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_end_is_of_fields_that_the_contract_has() {
        for lifetime in LIFETIMES {
            let resource = assert_published(lifetime.at);
            let has = |field: &str| {
                let field = field.split('.').next().unwrap_or_default();
                let mut known = resource.object_fields().iter();
                known.any(|known| known.name == field)
            };
            match lifetime.when {
                When::Shown(field) | When::Field(field, _) => assert!(has(field), "{lifetime:?}"),
                When::ShownOrAfter(field, seconds, since) => {
                    assert!(
                        has(field) && has(seconds) && since.iter().all(|field| has(field)),
                        "{lifetime:?}"
                    );
                }
                When::Fixed(_) | When::Noted(_) => {}
                When::Written(parameter) => {
                    let mut params = resource.operations().flat_map(|operation| &operation.params);
                    assert!(params.any(|param| param.name == parameter), "{lifetime:?}");
                }
            }
            if let End::State { field, from, to, also } = &lifetime.end {
                let fields = resource.object_fields().iter();
                let state = fields.clone().find(|known| known.name == *field).expect("a state");
                let state = resource.spec.resolve(state);
                for word in from.iter().chain([to]) {
                    let known = state.allowed.is_empty() || state.allowed.contains(&Value::from(*word));
                    assert!(known, "{word} of {lifetime:?}");
                }
                assert!(also.iter().all(|(field, _)| has(field)), "{lifetime:?}");
            }
        }
        for (at, names) in SECONDS {
            let resource = assert_published(*at);
            let mut params = resource.operations().flat_map(|operation| &operation.params);
            assert!(
                names
                    .iter()
                    .all(|name| params.any(|param| param.name == *name) || names.len() > 1),
                "{at:?}"
            );
        }
    }
}
