//! Parameters that a response shows under another name than their own in snake_case.
//!
//! Facts of Twilio's contract and documentation, not guesses: each line is a parameter of a create or update whose value comes
//! back under the named field. A `…Sid` that becomes the member's own `sid` (sender pool, trunk numbers, SIP mappings) needs no
//! line: `build` recognises it by its prefix.

use crate::contract::Resource;

type Rename = (&'static str, &'static str, &'static str, &'static str);

/// Host, collection template, parameter, answer field. Both names of each line are in the contract.
const RENAMES: &[Rename] = &[
    (
        "chat.twilio.com",
        "/v1/Services/{ServiceSid}/Roles",
        "Permission",
        "permissions",
    ),
    (
        "chat.twilio.com",
        "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        "MediaSid",
        "media",
    ),
    (
        "chat.twilio.com",
        "/v2/Services/{ServiceSid}/Roles",
        "Permission",
        "permissions",
    ),
    (
        "conversations.twilio.com",
        "/v1/Conversations/{ConversationSid}/Messages",
        "MediaSid",
        "media",
    ),
    ("conversations.twilio.com", "/v1/Roles", "Permission", "permissions"),
    (
        "conversations.twilio.com",
        "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages",
        "MediaSid",
        "media",
    ),
    (
        "conversations.twilio.com",
        "/v1/Services/{ChatServiceSid}/Roles",
        "Permission",
        "permissions",
    ),
    (
        "flex-api.twilio.com",
        "/v1/Insights/QualityManagement/Questions",
        "CategorySid",
        "category",
    ),
    (
        "flex-api.twilio.com",
        "/v1/PluginService/Releases",
        "ConfigurationId",
        "configuration_sid",
    ),
    (
        "ip-messaging.twilio.com",
        "/v1/Services/{ServiceSid}/Roles",
        "Permission",
        "permissions",
    ),
    (
        "ip-messaging.twilio.com",
        "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        "MediaSid",
        "media",
    ),
    (
        "ip-messaging.twilio.com",
        "/v2/Services/{ServiceSid}/Roles",
        "Permission",
        "permissions",
    ),
    (
        "lookups.twilio.com",
        "/v2/PhoneNumbers/{PhoneNumber}/Overrides",
        "line_type",
        "overridden_line_type",
    ),
    (
        "lookups.twilio.com",
        "/v2/PhoneNumbers/{PhoneNumber}/Overrides",
        "reason",
        "override_reason",
    ),
    ("notify.twilio.com", "/v1/Services/{ServiceSid}/Bindings", "Tag", "tags"),
    (
        "notify.twilio.com",
        "/v1/Services/{ServiceSid}/Notifications",
        "Identity",
        "identities",
    ),
    (
        "notify.twilio.com",
        "/v1/Services/{ServiceSid}/Notifications",
        "Segment",
        "segments",
    ),
    (
        "notify.twilio.com",
        "/v1/Services/{ServiceSid}/Notifications",
        "Tag",
        "tags",
    ),
    ("preview.twilio.com", "/wireless/Commands", "Device", "device_sid"),
    ("preview.twilio.com", "/wireless/Commands", "Sim", "sim_sid"),
    ("preview.twilio.com", "/wireless/Sims", "RatePlan", "rate_plan_sid"),
    (
        "supersim.twilio.com",
        "/v1/Fleets",
        "NetworkAccessProfile",
        "network_access_profile_sid",
    ),
    ("supersim.twilio.com", "/v1/IpCommands", "Sim", "sim_sid"),
    ("supersim.twilio.com", "/v1/Sims", "Fleet", "fleet_sid"),
    ("supersim.twilio.com", "/v1/SmsCommands", "Sim", "sim_sid"),
    (
        "taskrouter.twilio.com",
        "/v1/Workspaces/{WorkspaceSid}/Tasks",
        "TaskChannel",
        "task_channel_sid",
    ),
    (
        "taskrouter.twilio.com",
        "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels",
        "Capacity",
        "configured_capacity",
    ),
    ("wireless.twilio.com", "/v1/Commands", "Sim", "sim_sid"),
    ("wireless.twilio.com", "/v1/Sims", "RatePlan", "rate_plan_sid"),
];

/// The response field of a renamed parameter.
pub(crate) fn field_of(resource: &Resource, parameter: &str) -> Option<&'static str> {
    RENAMES
        .iter()
        .find(|(host, template, name, _)| {
            *host == resource.host && *template == resource.template && *name == parameter
        })
        .map(|(.., field)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;

    #[test]
    fn every_line_names_a_published_parameter_and_field() {
        for (host, template, parameter, field) in RENAMES {
            let resource = Contract::published()
                .resource(host, template)
                .unwrap_or_else(|| panic!("{host}{template}"));
            assert_eq!(resource.template, *template, "the spelling of the contract");
            let mut params = resource.operations().flat_map(|operation| &operation.params);
            assert!(params.any(|known| known.name == *parameter), "{template} {parameter}");
            assert!(
                resource.object_fields().iter().any(|known| known.name == *field),
                "{template} {field}"
            );
        }
    }
}
