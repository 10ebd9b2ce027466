//! Studio as the older providers store it.

use crate::engine::facts::older::OlderState;

/// `twilio_studio_flow`.
pub(super) const STUDIO_FLOW: &[OlderState] = &[
    OlderState::rjpearson94("twilio_studio_flow"),
    OlderState::vendor("twilio_studio_flows_v2"),
];
