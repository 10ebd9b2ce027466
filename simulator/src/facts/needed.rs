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
    /// Parameter and value that make it needless all the same.
    unless: Option<(&'static str, &'static str)>,
}

const HOOKS: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Webhooks",
);
const CHAT_HOOKS: At = (
    "chat.twilio.com",
    "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
);
const IP_HOOKS: At = (
    "ip-messaging.twilio.com",
    "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
);

const fn needed(at: At, when: (&'static str, &'static str), parameter: &'static str, refusal: Refusal) -> Needed {
    Needed {
        at,
        when,
        parameter,
        refusal,
        unless: None,
    }
}

const URL: &str = "Configuration.Url";
const FILTERS: &str = "Configuration.Filters";
const TRIGGERS: &str = "Configuration.Triggers";
const FLOW: &str = "Configuration.FlowSid";

/// <https://www.twilio.com/docs/flex/flow>
const FLOWS: At = ("flex-api.twilio.com", "/v1/FlexFlows");
/// <https://www.twilio.com/docs/verify/api/factor>
const FACTORS: At = (
    "verify.twilio.com",
    "/v2/Services/{ServiceSid}/Entities/{Identity}/Factors",
);

/// What integrates a Flex flow: the contract's text on each parameter says with which type it is required, and no page with which code it
/// is refused.
const fn integrates(kind: &'static str, parameter: &'static str, text: &'static str) -> Needed {
    needed(
        FLOWS,
        ("IntegrationType", kind),
        parameter,
        Refusal::new(400, 20001, text),
    )
}

/// What a push factor is made of: the contract's text on each parameter. Its configuration has a code of its own,
/// <https://www.twilio.com/docs/api/errors/60370>; of what it is bound to no page names any, and 60306 is that of an invalid request
/// (<https://www.twilio.com/docs/api/errors/60306>).
const fn pushes(parameter: &'static str, refusal: Refusal) -> Needed {
    needed(FACTORS, ("FactorType", "push"), parameter, refusal)
}

const CONFIG: Refusal = Refusal::new(400, 60370, "Factor config invalid or not provided");

/// The pages name no status; it is 400 as for all refusals of a parameter.
const NEEDED: &[Needed] = &[
    // https://www.twilio.com/docs/api/errors/50369
    needed(
        HOOKS,
        ("Target", "webhook"),
        URL,
        Refusal::new(400, 50369, "Conversation webhook URL not provided"),
    ),
    needed(
        HOOKS,
        ("Target", "trigger"),
        URL,
        Refusal::new(400, 50369, "Conversation webhook URL not provided"),
    ),
    // https://www.twilio.com/docs/api/errors/50370
    needed(
        HOOKS,
        ("Target", "webhook"),
        FILTERS,
        Refusal::new(400, 50370, "Conversation webhook filter not provided"),
    ),
    // https://www.twilio.com/docs/api/errors/50371
    needed(
        HOOKS,
        ("Target", "trigger"),
        TRIGGERS,
        Refusal::new(400, 50371, "Conversation webhook trigger not provided"),
    ),
    // https://www.twilio.com/docs/api/errors/50367
    needed(
        HOOKS,
        ("Target", "studio"),
        FLOW,
        Refusal::new(400, 50367, "Invalid conversation webhook flow SID"),
    ),
    // https://www.twilio.com/docs/api/errors/50329
    needed(
        CHAT_HOOKS,
        ("Type", "webhook"),
        URL,
        Refusal::new(400, 50329, "Channel webhook url not provided"),
    ),
    needed(
        CHAT_HOOKS,
        ("Type", "trigger"),
        URL,
        Refusal::new(400, 50329, "Channel webhook url not provided"),
    ),
    needed(
        IP_HOOKS,
        ("Type", "webhook"),
        URL,
        Refusal::new(400, 50329, "Channel webhook url not provided"),
    ),
    needed(
        IP_HOOKS,
        ("Type", "trigger"),
        URL,
        Refusal::new(400, 50329, "Channel webhook url not provided"),
    ),
    // https://www.twilio.com/docs/api/errors/50330
    needed(
        CHAT_HOOKS,
        ("Type", "webhook"),
        FILTERS,
        Refusal::new(400, 50330, "Channel webhook filter not provided"),
    ),
    needed(
        IP_HOOKS,
        ("Type", "webhook"),
        FILTERS,
        Refusal::new(400, 50330, "Channel webhook filter not provided"),
    ),
    // https://www.twilio.com/docs/api/errors/50331
    needed(
        CHAT_HOOKS,
        ("Type", "trigger"),
        TRIGGERS,
        Refusal::new(400, 50331, "Channel webhook trigger not provided"),
    ),
    needed(
        IP_HOOKS,
        ("Type", "trigger"),
        TRIGGERS,
        Refusal::new(400, 50331, "Channel webhook trigger not provided"),
    ),
    // https://www.twilio.com/docs/api/errors/50327
    needed(
        CHAT_HOOKS,
        ("Type", "studio"),
        FLOW,
        Refusal::new(400, 50327, "Invalid channel webhook flow sid"),
    ),
    needed(
        IP_HOOKS,
        ("Type", "studio"),
        FLOW,
        Refusal::new(400, 50327, "Invalid channel webhook flow sid"),
    ),
    integrates(
        "studio",
        "Integration.FlowSid",
        "Missing required parameter Integration.FlowSid in the post body",
    ),
    integrates(
        "external",
        "Integration.Url",
        "Missing required parameter Integration.Url in the post body",
    ),
    integrates(
        "task",
        "Integration.WorkspaceSid",
        "Missing required parameter Integration.WorkspaceSid in the post body",
    ),
    integrates(
        "task",
        "Integration.WorkflowSid",
        "Missing required parameter Integration.WorkflowSid in the post body",
    ),
    pushes(
        "Binding.PublicKey",
        Refusal::new(400, 60306, "Invalid Request: Binding.PublicKey"),
    ),
    pushes("Config.AppId", CONFIG),
    pushes("Config.NotificationPlatform", CONFIG),
    // The platform `none` has no tokens.
    Needed {
        unless: Some(("Config.NotificationPlatform", "none")),
        ..pushes("Config.NotificationToken", CONFIG)
    },
    pushes("Config.SdkVersion", CONFIG),
];

/// Refuses a create that lacks what another parameter makes necessary. An empty text or list is as good as none.
///
/// # Errors
/// With the code of what is missing.
pub(crate) fn refuse_missing(resource: &Resource, params: &Params) -> Outcome {
    let mut lines = NEEDED.iter().filter(|line| is_at(line.at, resource));
    let missing = lines.find(|line| {
        let says = |(parameter, value): (&str, &str)| params.text(parameter) == Some(value);
        let is_asked = says(line.when) && !line.unless.is_some_and(says);
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
            assert!(param(line.parameter).is_some(), "{:?} {}", line.at, line.parameter);
            for (name, value) in line.unless.into_iter().chain([line.when]) {
                let allowed = &param(name).unwrap_or_else(|| panic!("{name}")).allowed;
                assert!(allowed.is_empty() || allowed.contains(&value.into()), "{name} {value}");
            }
        }
    }
}
