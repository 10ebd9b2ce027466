//! Parameters that a create needs because of what another one says, where the product has a code for their absence.

use super::{At, Refusal, is_at};
use crate::behaviour::Outcome;
use crate::contract::Resource;
use crate::params::Params;

/// One parameter that is needed.
struct Needed {
    at: At,
    /// Parameter and value that make it so.
    when: (&'static str, &'static str),
    parameter: &'static str,
    refusal: Refusal,
}

const HOOKS: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Webhooks",
);

const fn of_conversation(kind: &'static str, parameter: &'static str, code: u32, text: &'static str) -> Needed {
    Needed {
        at: HOOKS,
        when: ("Target", kind),
        parameter,
        refusal: Refusal::new(400, code, text),
    }
}

const fn of_channel(
    host: &'static str,
    kind: &'static str,
    parameter: &'static str,
    code: u32,
    text: &'static str,
) -> Needed {
    Needed {
        at: (host, "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks"),
        when: ("Type", kind),
        parameter,
        refusal: Refusal::new(400, code, text),
    }
}

const URL: &str = "Configuration.Url";
const FILTERS: &str = "Configuration.Filters";
const TRIGGERS: &str = "Configuration.Triggers";
const FLOW: &str = "Configuration.FlowSid";

/// The pages name no status; it is 400 as for all refusals of a parameter.
const NEEDED: &[Needed] = &[
    // https://www.twilio.com/docs/api/errors/50369
    of_conversation("webhook", URL, 50369, "Conversation webhook URL not provided"),
    of_conversation("trigger", URL, 50369, "Conversation webhook URL not provided"),
    // https://www.twilio.com/docs/api/errors/50370
    of_conversation("webhook", FILTERS, 50370, "Conversation webhook filter not provided"),
    // https://www.twilio.com/docs/api/errors/50371
    of_conversation("trigger", TRIGGERS, 50371, "Conversation webhook trigger not provided"),
    // https://www.twilio.com/docs/api/errors/50367
    of_conversation("studio", FLOW, 50367, "Invalid conversation webhook flow SID"),
    // https://www.twilio.com/docs/api/errors/50329
    of_channel(CHAT, "webhook", URL, 50329, CHANNEL_URL),
    of_channel(CHAT, "trigger", URL, 50329, CHANNEL_URL),
    of_channel(IP_MESSAGING, "webhook", URL, 50329, CHANNEL_URL),
    of_channel(IP_MESSAGING, "trigger", URL, 50329, CHANNEL_URL),
    // https://www.twilio.com/docs/api/errors/50330
    of_channel(CHAT, "webhook", FILTERS, 50330, CHANNEL_FILTER),
    of_channel(IP_MESSAGING, "webhook", FILTERS, 50330, CHANNEL_FILTER),
    // https://www.twilio.com/docs/api/errors/50331
    of_channel(CHAT, "trigger", TRIGGERS, 50331, CHANNEL_TRIGGER),
    of_channel(IP_MESSAGING, "trigger", TRIGGERS, 50331, CHANNEL_TRIGGER),
    // https://www.twilio.com/docs/api/errors/50327
    of_channel(CHAT, "studio", FLOW, 50327, CHANNEL_FLOW),
    of_channel(IP_MESSAGING, "studio", FLOW, 50327, CHANNEL_FLOW),
];

const CHAT: &str = "chat.twilio.com";
const IP_MESSAGING: &str = "ip-messaging.twilio.com";
const CHANNEL_URL: &str = "Channel webhook url not provided";
const CHANNEL_FILTER: &str = "Channel webhook filter not provided";
const CHANNEL_TRIGGER: &str = "Channel webhook trigger not provided";
const CHANNEL_FLOW: &str = "Invalid channel webhook flow sid";

/// Refuses a create that lacks what another parameter makes necessary. An empty text or list is as good as none.
///
/// # Errors
/// With the code of what is missing.
pub(crate) fn refuse_missing(resource: &Resource, params: &Params) -> Outcome {
    let mut lines = NEEDED.iter().filter(|line| is_at(line.at, resource));
    let missing = lines.find(|line| {
        let (parameter, value) = line.when;
        let is_asked = params.text(parameter) == Some(value);
        is_asked && params.texts(line.parameter).iter().all(|text| text.is_empty())
    });
    missing.map_or(Ok(()), |line| Err(line.refusal.error()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::OperationKind;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_published_parameters() {
        for line in NEEDED {
            let create = assert_published(line.at).operation(OperationKind::Create);
            let create = create.expect("a create");
            let param = |name: &str| create.params.iter().find(|param| param.name == name);
            let (name, value) = line.when;
            assert!(param(line.parameter).is_some(), "{:?} {}", line.at, line.parameter);
            let allowed = &param(name).unwrap_or_else(|| panic!("{name}")).allowed;
            assert!(allowed.is_empty() || allowed.contains(&value.into()), "{name} {value}");
        }
    }
}
