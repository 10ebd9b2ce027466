//! States that move by themselves: what an object becomes, and how long after.
//!
//! Time is the simulator's clock ([`crate::clock`]): real time runs, and a test puts it ahead (`POST /_simulator/clock`). What takes
//! hours therefore moves only when a test says so. Durations are the simulator's, chosen in the order of magnitude that
//! Twilio names; the states and their order are Twilio's.

use serde_json::Value;

use super::{At, Refusal, is_at};
use crate::contract::Resource;
use crate::store::Object;

/// One step of a process.
#[derive(Debug, PartialEq)]
pub(crate) struct Move {
    /// Where the object lives.
    pub at: At,
    /// Answer field that holds the state; `whatsapp.status` is inside another.
    pub field: &'static str,
    /// State before.
    pub from: &'static str,
    /// State after.
    pub to: &'static str,
    /// How long it stays in the state before, in seconds.
    pub after: i64,
    /// Further fields that the step sets.
    pub also: &'static [(&'static str, &'static str)],
    /// States that the step leads to instead where a test orders it (`PUT /_simulator/outcomes`).
    pub instead: &'static [&'static str],
}

impl Move {
    /// The state of an object.
    pub(crate) fn state<'o>(&self, object: &'o Object) -> Option<&'o str> {
        match self.field.split_once('.') {
            None => object.text(self.field),
            Some((outer, inner)) => object.body.get(outer)?.get(inner)?.as_str(),
        }
    }

    /// Puts an object into a state.
    pub(crate) fn set(&self, object: &mut Object, state: &str) {
        match self.field.split_once('.') {
            None => object.set(self.field, state),
            Some((outer, inner)) => {
                if let Some(members) = object.body.get_mut(outer).and_then(Value::as_object_mut) {
                    members.insert(inner.to_owned(), state.into());
                }
            }
        }
    }
}

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A step without further fields.
const fn step(at: At, field: &'static str, from: &'static str, to: &'static str, after: i64) -> Move {
    Move {
        at,
        field,
        from,
        to,
        after,
        also: &[],
        instead: &[],
    }
}

/// A step that decides something.
const fn decision(
    at: At,
    field: &'static str,
    (from, to): (&'static str, &'static str),
    after: i64,
    instead: &'static [&'static str],
) -> Move {
    Move {
        instead,
        ..step(at, field, from, to, after)
    }
}

/// <https://www.twilio.com/docs/serverless/api/resource/build>: `building`, then `completed` or `failed`.
const BUILD: At = ("serverless.twilio.com", "/v1/Services/{ServiceSid}/Builds");
/// <https://www.twilio.com/docs/trust-hub/trusthub-rest-api>
const PROFILE: At = ("trusthub.twilio.com", "/v1/CustomerProfiles");
/// <https://www.twilio.com/docs/trust-hub/trusthub-rest-api>
const PRODUCT: At = ("trusthub.twilio.com", "/v1/TrustProducts");
/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles>
const BUNDLE: At = ("numbers.twilio.com", "/v2/RegulatoryCompliance/Bundles");
/// <https://www.twilio.com/docs/messaging/api/brand-registration-resource>
const BRAND: At = ("messaging.twilio.com", "/v1/a2p/BrandRegistrations");
/// <https://www.twilio.com/docs/messaging/api/usapptoperson-resource>
const CAMPAIGN: At = (
    "messaging.twilio.com",
    "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
);
/// <https://www.twilio.com/docs/messaging/api/tollfree-verification-resource>
const TOLLFREE: At = ("messaging.twilio.com", "/v1/Tollfree/Verifications");
/// <https://www.twilio.com/docs/phone-numbers/hosted-numbers/hosted-numbers-api/hosted-number-order-resource>: what the holder of
/// the number has to do (the verification call, the signature) no clock does.
const HOSTED: At = ("numbers.twilio.com", "/v2/HostedNumber/Orders");

/// <https://www.twilio.com/docs/content/content-api-resources>: `received`, `pending`, `approved` or `rejected`.
const APPROVAL: At = ("content.twilio.com", "/v1/Content/{Sid}/ApprovalRequests");
/// State of an approval that was just asked for.
pub(crate) const APPROVAL_ASKED: &str = "received";

/// <https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks>: `accepted` where a service is to choose
/// the sender, then `queued`, `sent` or `failed`, `delivered` or `undelivered`;
/// <https://www.twilio.com/docs/messaging/api/message-resource> has `sending` between them.
pub(crate) const MESSAGE: At = ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Messages");
/// <https://www.twilio.com/docs/voice/api/call-resource>: `queued`, `ringing`, `in-progress`, `completed`, or what it ends in otherwise.
const CALL: At = ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Calls");

/// All steps.
pub(crate) const MOVES: &[Move] = &[
    step(MESSAGE, "status", "accepted", "queued", 5),
    step(MESSAGE, "status", "queued", "sending", 5),
    decision(MESSAGE, "status", ("sending", "sent"), 1, &["failed"]),
    decision(MESSAGE, "status", ("sent", "delivered"), 5, &["undelivered"]),
    decision(CALL, "status", ("queued", "ringing"), 5, &["failed"]),
    decision(
        CALL,
        "status",
        ("ringing", "in-progress"),
        5,
        &["busy", "no-answer", "failed"],
    ),
    step(CALL, "status", "in-progress", "completed", 30),
    decision(BUILD, "status", ("building", "completed"), 1, &["failed"]),
    step(PROFILE, "status", "pending-review", "in-review", HOUR),
    decision(
        PROFILE,
        "status",
        ("in-review", "twilio-approved"),
        DAY,
        &["twilio-rejected"],
    ),
    step(PRODUCT, "status", "pending-review", "in-review", HOUR),
    decision(
        PRODUCT,
        "status",
        ("in-review", "twilio-approved"),
        DAY,
        &["twilio-rejected"],
    ),
    step(BUNDLE, "status", "pending-review", "in-review", HOUR),
    decision(
        BUNDLE,
        "status",
        ("in-review", "twilio-approved"),
        DAY,
        &["twilio-rejected", "provisionally-approved"],
    ),
    Move {
        also: &[("identity_status", "VERIFIED")],
        ..decision(
            BRAND,
            "status",
            ("PENDING", "APPROVED"),
            HOUR,
            &["FAILED", "IN_REVIEW", "SUSPENDED"],
        )
    },
    Move {
        also: &[("identity_status", "VERIFIED")],
        ..decision(BRAND, "status", ("IN_REVIEW", "APPROVED"), 7 * DAY, &["FAILED"])
    },
    decision(
        CAMPAIGN,
        "campaign_status",
        ("IN_PROGRESS", "VERIFIED"),
        10 * DAY,
        &["FAILED"],
    ),
    step(TOLLFREE, "status", "PENDING_REVIEW", "IN_REVIEW", HOUR),
    decision(
        TOLLFREE,
        "status",
        ("IN_REVIEW", "TWILIO_APPROVED"),
        3 * DAY,
        &["TWILIO_REJECTED"],
    ),
    decision(
        HOSTED,
        "status",
        ("twilio-processing", "received"),
        HOUR,
        &["failed", "action-required"],
    ),
    step(HOSTED, "status", "verified", "pending-loa", HOUR),
    decision(
        HOSTED,
        "status",
        ("carrier-processing", "testing"),
        DAY,
        &["failed", "action-required"],
    ),
    decision(
        HOSTED,
        "status",
        ("testing", "completed"),
        HOUR,
        &["failed", "action-required"],
    ),
    step(APPROVAL, "whatsapp.status", APPROVAL_ASKED, "pending", HOUR),
    decision(
        APPROVAL,
        "whatsapp.status",
        ("pending", "approved"),
        DAY,
        &["rejected", "paused", "disabled"],
    ),
];

/// The steps of a resource.
pub(crate) fn of(resource: &'static Resource) -> impl Iterator<Item = &'static Move> {
    MOVES.iter().filter(|step| is_at(step.at, resource))
}

/// What a client may write into a state by itself; all else is Twilio's to write.
#[derive(Debug)]
pub(crate) struct Writable {
    /// Where the object lives.
    pub at: At,
    /// Parameter that asks for the state.
    pub parameter: &'static str,
    /// Answer field that holds it.
    pub field: &'static str,
    /// From which state to which.
    pub steps: &'static [(&'static str, &'static str)],
    /// The refusal to change the state and other things at once, where the product has one.
    pub alone: Option<Refusal>,
    /// Whether the state that it has may be written again.
    pub again: bool,
}

/// A draft is submitted, a submission is taken back while nobody looks at it, what was rejected is edited and submitted again.
const REVIEW: &[(&str, &str)] = &[
    ("draft", "pending-review"),
    ("pending-review", "draft"),
    ("twilio-rejected", "draft"),
    ("twilio-rejected", "pending-review"),
];

/// All such states.
pub(crate) const WRITABLE: &[Writable] = &[
    Writable {
        at: PROFILE,
        parameter: "Status",
        field: "status",
        steps: REVIEW,
        alone: None,
        again: true,
    },
    Writable {
        at: PRODUCT,
        parameter: "Status",
        field: "status",
        steps: REVIEW,
        alone: None,
        again: true,
    },
    Writable {
        at: BUNDLE,
        parameter: "Status",
        field: "status",
        steps: REVIEW,
        // https://www.twilio.com/docs/api/errors/22204
        alone: Some(Refusal::new(
            400,
            22204,
            "Bundle status and properties cannot be updated in the same request",
        )),
        again: true,
    },
    Writable {
        at: HOSTED,
        parameter: "Status",
        field: "status",
        steps: &[
            ("received", "pending-verification"),
            ("pending-verification", "verified"),
        ],
        alone: None,
        again: true,
    },
    // Canceled until it is assigned, wrapped up once it is, completed from both:
    // https://www.twilio.com/docs/taskrouter/lifecycle-task-state. "Cannot cancel task … because it is not pending or reserved":
    // https://github.com/twilio-labs/plugin-queued-callbacks-and-voicemail/issues/35. "Cannot wrap up a task … because it's not
    // currently assigned": https://github.com/lehel-twilio/plugin-dialpad/issues/31. What a reservation does no client writes.
    Writable {
        at: ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Tasks"),
        parameter: "AssignmentStatus",
        field: "assignment_status",
        steps: &[
            ("pending", "pending"),
            ("reserved", "reserved"),
            ("assigned", "assigned"),
            ("pending", "canceled"),
            ("reserved", "canceled"),
            ("assigned", "wrapping"),
            ("assigned", "completed"),
            ("wrapping", "completed"),
        ],
        alone: None,
        again: false,
    },
    // Accepted or rejected while it is offered, then wrapped up and completed: https://www.twilio.com/docs/taskrouter/api/reservations.
    // "Reservation … is not currently in a Pending state" is a 400:
    // https://github.com/twilio-labs/plugin-flex-outbound-dialpad/issues/31.
    Writable {
        at: (
            "taskrouter.twilio.com",
            "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations",
        ),
        parameter: "ReservationStatus",
        field: "reservation_status",
        steps: &[
            ("pending", "accepted"),
            ("pending", "rejected"),
            ("accepted", "wrapping"),
            ("accepted", "completed"),
            ("wrapping", "completed"),
        ],
        alone: None,
        again: false,
    },
];

/// States that an update starts again, whatever it sends: a brand is submitted again by an empty update
/// (<https://www.twilio.com/docs/messaging/api/brand-registration-resource>).
pub(crate) const STARTED_AGAIN: &[(At, &str, &str)] = &[(BRAND, "status", "PENDING")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_step_is_between_states_that_the_contract_has() {
        for step in MOVES {
            let resource = assert_published(step.at);
            let name = step.field.split('.').next();
            let field = resource
                .object_fields()
                .iter()
                .find(|field| Some(field.name.as_str()) == name);
            let field = resource.spec.resolve(field.unwrap_or_else(|| panic!("{step:?}")));
            for state in [step.from, step.to].into_iter().chain(step.instead.iter().copied()) {
                assert!(
                    field.allowed.is_empty() || field.allowed.contains(&Value::from(state)),
                    "{state} of {step:?}"
                );
            }
            for (name, _) in step.also {
                assert!(
                    resource.object_fields().iter().any(|field| field.name == *name),
                    "{name}"
                );
            }
            let same = |other: &&Move| other.at == step.at && other.field == step.field && other.from == step.from;
            assert_eq!(MOVES.iter().filter(same).count(), 1, "one step leads out of {step:?}");
        }
    }

    #[test]
    fn what_may_be_written_is_published() {
        for writable in WRITABLE {
            let resource = assert_published(writable.at);
            let mut params = resource.operations().flat_map(|operation| &operation.params);
            assert!(params.any(|param| param.name == writable.parameter), "{writable:?}");
        }
        for (at, field, _) in STARTED_AGAIN {
            assert!(
                assert_published(*at)
                    .object_fields()
                    .iter()
                    .any(|known| known.name == *field)
            );
        }
    }
}
