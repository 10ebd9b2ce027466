//! Conversations.

pub mod participant_conversations;
pub mod participants;
pub mod states;
pub mod user_conversations;
pub mod with_participants;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "conversations.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Configuration", &states::Configuration),
    on(
        HOST,
        "/v1/ConversationWithParticipants",
        &with_participants::WithParticipants,
    ),
    on(
        HOST,
        "/v1/Services/{ChatServiceSid}/ConversationWithParticipants",
        &with_participants::WithParticipants,
    ),
    on(
        HOST,
        "/v1/Services/{ChatServiceSid}/Conversations",
        &states::Conversations,
    ),
    on(
        HOST,
        "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants",
        &participants::Participants,
    ),
    on(
        HOST,
        "/v1/Services/{ChatServiceSid}/Users/{UserSid}/Conversations",
        &user_conversations::UserConversations,
    ),
    on(
        HOST,
        "/v1/Users/{UserSid}/Conversations",
        &user_conversations::UserConversations,
    ),
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
