//! Conversations as the older providers store it.

use crate::engine::facts::older::OlderState;

/// `twilio_conversations_configuration`.
pub(super) const CONVERSATIONS_CONFIGURATION: &[OlderState] =
    &[OlderState::rjpearson94("twilio_conversations_configuration")
        .renamed(&[("default_chat_service_sid", "default_service_sid")])];
