//! Usage as twilio/twilio stores it. RJPearson94/twilio has none.

use crate::engine::facts::older::OlderState;

/// `twilio_usage_trigger`.
pub(super) const USAGE_TRIGGER: &[OlderState] = &[OlderState::vendor("twilio_api_accounts_usage_triggers")];
