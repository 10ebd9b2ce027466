//! The Media Content Service: files of the messages of conversations and chat.

mod media;
pub(crate) mod messages;

use crate::behaviour::{Registration, on};

/// Where it stands, whatever region is asked.
const HOST: &str = "mcs.twilio.com";

/// What stands at this host, and the messages of two more that name its files.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Services/{ServiceSid}/Media", &media::Files),
    on(
        HOST,
        "/v1/Services/{ServiceSid}/Media/{MediaSid}/Content",
        &media::Content,
    ),
    on(
        "chat.twilio.com",
        "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        &messages::OfChannel,
    ),
    on(
        "conversations.twilio.com",
        "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages",
        &messages::OfConversation,
    ),
    on(
        "ip-messaging.twilio.com",
        "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        &messages::OfChannel,
    ),
];
