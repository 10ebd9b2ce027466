//! Codes of products for a value that its type does not allow. Without a line it is 400/20001.
//!
//! None of the pages on these codes names a status; they are 400 as all refusals of a parameter are.

use super::{At, Refusal, is_at};
use crate::contract::Resource;
use crate::error::ApiError;

/// What a product says of one parameter.
struct WrongValue {
    at: At,
    parameter: &'static str,
    refusal: Refusal,
    /// If it says another thing of an empty text.
    empty: Option<Refusal>,
    /// If it says another thing where it is not sent at all.
    unsent: Option<Refusal>,
}

const CONVERSATIONS: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/Conversations",
);
const CONVERSATIONS_OF_ACCOUNT: At = ("conversations.twilio.com", "/v1/Conversations");
const HOOKS: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Webhooks",
);
const HOOKS_OF_ACCOUNT: At = (
    "conversations.twilio.com",
    "/v1/Conversations/{ConversationSid}/Webhooks",
);
const HOOKS_OF_CHANNEL: At = (
    "chat.twilio.com",
    "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
);
const HOOKS_OF_OLD_CHANNEL: At = (
    "ip-messaging.twilio.com",
    "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
);

/// <https://www.twilio.com/docs/api/errors/50378>, <https://www.twilio.com/docs/api/errors/50374>
const fn state(at: At) -> WrongValue {
    WrongValue {
        at,
        parameter: "State",
        refusal: Refusal::new(400, 50378, "'State' parameter value is invalid"),
        empty: Some(Refusal::new(400, 50374, "'State' field can't be empty")),
        unsent: None,
    }
}

const fn wrong(at: At, parameter: &'static str, refusal: Refusal) -> WrongValue {
    WrongValue {
        at,
        parameter,
        refusal,
        empty: None,
        unsent: None,
    }
}

/// A parameter that every create needs.
const fn needed(at: At, parameter: &'static str, refusal: Refusal, unsent: Refusal) -> WrongValue {
    WrongValue {
        unsent: Some(unsent),
        ..wrong(at, parameter, refusal)
    }
}

const NUMBERS: At = (
    "api.twilio.com",
    "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
);
const CALLS: At = ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Calls");
const MESSAGES: At = ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Messages");
/// <https://www.twilio.com/docs/api/errors/21201>
const NOBODY_CALLED: Refusal = Refusal::new(400, 21201, "No 'To' number is specified");
/// <https://www.twilio.com/docs/api/errors/21213>
const NOBODY_CALLS: Refusal = Refusal::new(400, 21213, "Caller phone number is required");
/// <https://www.twilio.com/docs/api/errors/21604>
const NOBODY_ADDRESSED: Refusal = Refusal::new(400, 21604, "A 'To' phone number is required.");

/// <https://www.twilio.com/docs/api/errors/50364>
const TYPE_OF_HOOK: Refusal = Refusal::new(400, 50364, "Invalid conversation webhook type");
/// <https://www.twilio.com/docs/api/errors/50368>
const NO_TYPE_OF_HOOK: Refusal = Refusal::new(400, 50368, "Conversation webhook type not provided");
/// <https://www.twilio.com/docs/api/errors/50328>
const NO_TYPE_OF_CHANNEL_HOOK: Refusal = Refusal::new(400, 50328, "Channel webhook type not provided");
/// <https://www.twilio.com/docs/api/errors/50367>
const FLOW_OF_HOOK: Refusal = Refusal::new(400, 50367, "Invalid conversation webhook flow SID");
/// <https://www.twilio.com/docs/api/errors/50324>
const TYPE_OF_CHANNEL_HOOK: Refusal = Refusal::new(400, 50324, "Invalid channel webhook type");
/// <https://www.twilio.com/docs/api/errors/50327>
const FLOW_OF_CHANNEL_HOOK: Refusal = Refusal::new(400, 50327, "Invalid channel webhook flow sid");

/// <https://www.twilio.com/docs/api/errors/54008>
const NO_JSON: Refusal = Refusal::new(400, 54008, "Invalid JSON");

const WRONG_VALUES: &[WrongValue] = &[
    // https://www.twilio.com/docs/api/errors/21402, as seen: https://github.com/wittyreference/twilio-claude-plugin
    // (skills/phone-numbers)
    wrong(NUMBERS, "VoiceUrl", Refusal::new(400, 21402, "Url is not a valid URL")),
    needed(CALLS, "To", NOBODY_CALLED, NOBODY_CALLED),
    needed(CALLS, "From", NOBODY_CALLS, NOBODY_CALLS),
    needed(MESSAGES, "To", NOBODY_ADDRESSED, NOBODY_ADDRESSED),
    // https://www.twilio.com/docs/api/errors/21205
    wrong(CALLS, "Url", Refusal::new(400, 21205, "Invalid URL")),
    // https://www.twilio.com/docs/api/errors/21209
    wrong(CALLS, "Method", Refusal::new(400, 21209, "Invalid Method")),
    // https://www.twilio.com/docs/api/errors/21705
    wrong(
        MESSAGES,
        "MessagingServiceSid",
        Refusal::new(400, 21705, "The Messaging Service Sid is invalid"),
    ),
    // https://www.twilio.com/docs/api/errors/21609
    wrong(
        MESSAGES,
        "StatusCallback",
        Refusal::new(400, 21609, "Invalid 'StatusCallback' URL"),
    ),
    // https://www.twilio.com/docs/api/errors/21620
    wrong(MESSAGES, "MediaUrl", Refusal::new(400, 21620, "Invalid media URL(s)")),
    wrong(
        ("sync.twilio.com", "/v1/Services/{ServiceSid}/Documents"),
        "Data",
        NO_JSON,
    ),
    wrong(
        ("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists/{ListSid}/Items"),
        "Data",
        NO_JSON,
    ),
    wrong(
        ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items"),
        "Data",
        NO_JSON,
    ),
    wrong(
        (
            "sync.twilio.com",
            "/v1/Services/{ServiceSid}/Streams/{StreamSid}/Messages",
        ),
        "Data",
        NO_JSON,
    ),
    state(CONVERSATIONS),
    state(CONVERSATIONS_OF_ACCOUNT),
    needed(HOOKS, "Target", TYPE_OF_HOOK, NO_TYPE_OF_HOOK),
    wrong(HOOKS, "Configuration.FlowSid", FLOW_OF_HOOK),
    needed(HOOKS_OF_ACCOUNT, "Target", TYPE_OF_HOOK, NO_TYPE_OF_HOOK),
    wrong(HOOKS_OF_ACCOUNT, "Configuration.FlowSid", FLOW_OF_HOOK),
    needed(HOOKS_OF_CHANNEL, "Type", TYPE_OF_CHANNEL_HOOK, NO_TYPE_OF_CHANNEL_HOOK),
    wrong(HOOKS_OF_CHANNEL, "Configuration.FlowSid", FLOW_OF_CHANNEL_HOOK),
    needed(
        HOOKS_OF_OLD_CHANNEL,
        "Type",
        TYPE_OF_CHANNEL_HOOK,
        NO_TYPE_OF_CHANNEL_HOOK,
    ),
    wrong(HOOKS_OF_OLD_CHANNEL, "Configuration.FlowSid", FLOW_OF_CHANNEL_HOOK),
];

/// The refusal of a parameter, in the words of the product.
pub(crate) fn in_its_words(resource: &Resource, error: ApiError, is_empty: impl Fn(&str) -> bool) -> ApiError {
    let Some(parameter) = error.parameter.as_deref() else {
        return error;
    };
    let mut lines = WRONG_VALUES.iter();
    let found = lines.find(|line| line.parameter == parameter && is_at(line.at, resource));
    match found {
        Some(line) if error.is_missing() => line.unsent.map_or(error, Refusal::error),
        Some(line) if is_empty(parameter) => line.empty.unwrap_or(line.refusal).error(),
        Some(line) => line.refusal.error(),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::OperationKind;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_a_published_parameter() {
        for line in WRONG_VALUES {
            let published = assert_published(line.at);
            // A message of a stream is sent, and none is kept.
            let writes = [OperationKind::Create, OperationKind::Action];
            let mut params = writes
                .into_iter()
                .filter_map(|kind| published.operation(kind))
                .flat_map(|operation| &operation.params);
            let known = params.any(|param| param.name == line.parameter);
            assert!(known, "{:?} {}", line.at, line.parameter);
        }
    }
}
