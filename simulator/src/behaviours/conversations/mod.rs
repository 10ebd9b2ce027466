//! Conversations.

pub mod participant_conversations;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "conversations.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(
        HOST,
        "/v1/ParticipantConversations",
        &participant_conversations::ParticipantConversations,
    ),
    on(
        HOST,
        "/v1/Services/{ChatServiceSid}/ParticipantConversations",
        &participant_conversations::ParticipantConversations,
    ),
];
