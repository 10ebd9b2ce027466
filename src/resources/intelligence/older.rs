//! Conversational Intelligence as the older providers store it.

use crate::engine::facts::older::OlderState;

/// `twilio_intelligence_custom_operator`.
pub(super) const INTELLIGENCE_CUSTOM_OPERATOR: &[OlderState] =
    &[OlderState::vendor("twilio_intelligence_operators_custom_v2")];

/// `twilio_intelligence_service`.
pub(super) const INTELLIGENCE_SERVICE: &[OlderState] = &[OlderState::vendor("twilio_intelligence_services_v2")];

/// `twilio_intelligence_service_operator`.
pub(super) const INTELLIGENCE_SERVICE_OPERATOR: &[OlderState] =
    &[OlderState::vendor("twilio_intelligence_services_operators_v2")];
