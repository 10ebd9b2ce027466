//! Event streams as twilio/twilio stores them: what has a structure is JSON as text. RJPearson94/twilio has none.

use crate::engine::facts::older::OlderState;

/// `twilio_event_sink`.
pub(super) const EVENT_SINK: &[OlderState] = &[OlderState::vendor("twilio_events_sinks_v1")];

/// `twilio_event_subscription`.
pub(super) const EVENT_SUBSCRIPTION: &[OlderState] = &[
    OlderState::vendor("twilio_events_subscriptions_v1"),
    OlderState::vendor("twilio_events_subscriptions_subscribed_events_v1").merged_into("types"),
];
