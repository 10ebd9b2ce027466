//! Programmable Chat.

mod user_channels;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub(super) const HOST: &str = "chat.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[on(
    HOST,
    "/v2/Services/{ServiceSid}/Users/{UserSid}/Channels",
    &user_channels::UserChannels,
)];
