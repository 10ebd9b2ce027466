//! What comes with a new object: things below it that Twilio makes at once, and where the new object or its settings name them.

use serde_json::Value;

use super::{At, is_at};
use crate::behaviour::Ctx;
use crate::contract::{Contract, Resource};
use crate::generic::serve::Implicit;
use crate::store::{Body, Object};

/// One thing that comes with a new object.
struct Companion {
    /// The collection of the new object.
    with: At,
    /// Collection below the new object in which it is.
    collection: &'static str,
    /// What it reads.
    fields: &'static [(&'static str, Text)],
    /// Where the new object shows it: field, and the companion's field that stands there.
    shown: &'static [(&'static str, &'static str)],
    /// Settings below the new object that name it: path below, field that holds its SID.
    setting: Option<(&'static str, &'static str)>,
}

/// A value of a companion.
#[derive(Clone, Copy)]
enum Text {
    Is(&'static str),
    Flag(bool),
    Texts(&'static [&'static str]),
}

impl Text {
    fn value(self) -> Value {
        match self {
            Self::Is(text) => Value::from(text),
            Self::Flag(flag) => Value::from(flag),
            Self::Texts(texts) => texts.iter().copied().collect(),
        }
    }
}

const WORKSPACE: At = ("taskrouter.twilio.com", "/v1/Workspaces");
const CHAT: At = ("chat.twilio.com", "/v2/Services");
const IP_MESSAGING: At = ("ip-messaging.twilio.com", "/v2/Services");
const CONVERSATIONS: At = ("conversations.twilio.com", "/v1/Services");

/// <https://www.twilio.com/docs/taskrouter/api/activity>: a new workspace has these three, and the first is its default and its
/// timeout activity.
const fn activity(name: &'static [(&'static str, Text)], shown: &'static [(&'static str, &'static str)]) -> Companion {
    Companion {
        with: WORKSPACE,
        collection: "Activities",
        fields: name,
        shown,
        setting: None,
    }
}

/// <https://www.twilio.com/docs/taskrouter/api/task-channel>: the channels that each workspace has.
const fn channel(fields: &'static [(&'static str, Text)]) -> Companion {
    Companion {
        with: WORKSPACE,
        collection: "TaskChannels",
        fields,
        shown: &[],
        setting: None,
    }
}

/// <https://www.twilio.com/docs/chat/rest/role-resource>: a new service has roles of its own, three of which it names. That they
/// are there was seen by the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio> (chat,
/// conversations).
const fn role(
    with: At,
    fields: &'static [(&'static str, Text)],
    shown: &'static [(&'static str, &'static str)],
    setting: Option<(&'static str, &'static str)>,
) -> Companion {
    Companion {
        with,
        collection: "Roles",
        fields,
        shown,
        setting,
    }
}

const SERVICE_USER: Text = Text::Texts(&["createChannel", "joinChannel", "editOwnUserInfo"]);
const CHANNEL_ADMIN: Text = Text::Texts(&[
    "addMember",
    "removeMember",
    "editChannelName",
    "sendMessage",
    "leaveChannel",
]);
const CHANNEL_USER: Text = Text::Texts(&["sendMessage", "leaveChannel", "editOwnMessage", "deleteOwnMessage"]);
const CHAT_SERVICE_ROLE: &[(&str, Text)] = &[
    ("friendly_name", Text::Is("service user")),
    ("type", Text::Is("deployment")),
    ("permissions", SERVICE_USER),
];
const CHAT_CREATOR_ROLE: &[(&str, Text)] = &[
    ("friendly_name", Text::Is("channel admin")),
    ("type", Text::Is("channel")),
    ("permissions", CHANNEL_ADMIN),
];
const CHAT_CHANNEL_ROLE: &[(&str, Text)] = &[
    ("friendly_name", Text::Is("channel user")),
    ("type", Text::Is("channel")),
    ("permissions", CHANNEL_USER),
];
const CONVERSATIONS_SERVICE_USER: Text = Text::Texts(&["createConversation", "joinConversation", "editOwnUserInfo"]);
const CONVERSATION_ADMIN: Text = Text::Texts(&[
    "addParticipant",
    "removeParticipant",
    "editConversationName",
    "sendMessage",
    "leaveConversation",
]);
const CONVERSATION_USER: Text =
    Text::Texts(&["sendMessage", "leaveConversation", "editOwnMessage", "deleteOwnMessage"]);

const COMPANIONS: &[Companion] = &[
    activity(
        &[("friendly_name", Text::Is("Offline")), ("available", Text::Flag(false))],
        &[
            ("default_activity_sid", "sid"),
            ("default_activity_name", "friendly_name"),
            ("timeout_activity_sid", "sid"),
            ("timeout_activity_name", "friendly_name"),
        ],
    ),
    activity(
        &[
            ("friendly_name", Text::Is("Unavailable")),
            ("available", Text::Flag(false)),
        ],
        &[],
    ),
    activity(
        &[
            ("friendly_name", Text::Is("Available")),
            ("available", Text::Flag(true)),
        ],
        &[],
    ),
    channel(&[
        ("friendly_name", Text::Is("Default")),
        ("unique_name", Text::Is("default")),
    ]),
    channel(&[("friendly_name", Text::Is("Voice")), ("unique_name", Text::Is("voice"))]),
    channel(&[
        ("friendly_name", Text::Is("Programmable Chat")),
        ("unique_name", Text::Is("chat")),
    ]),
    channel(&[("friendly_name", Text::Is("SMS")), ("unique_name", Text::Is("sms"))]),
    channel(&[("friendly_name", Text::Is("Video")), ("unique_name", Text::Is("video"))]),
    role(CHAT, CHAT_SERVICE_ROLE, &[("default_service_role_sid", "sid")], None),
    role(
        CHAT,
        CHAT_CREATOR_ROLE,
        &[("default_channel_creator_role_sid", "sid")],
        None,
    ),
    role(CHAT, CHAT_CHANNEL_ROLE, &[("default_channel_role_sid", "sid")], None),
    role(
        IP_MESSAGING,
        CHAT_SERVICE_ROLE,
        &[("default_service_role_sid", "sid")],
        None,
    ),
    role(
        IP_MESSAGING,
        CHAT_CREATOR_ROLE,
        &[("default_channel_creator_role_sid", "sid")],
        None,
    ),
    role(
        IP_MESSAGING,
        CHAT_CHANNEL_ROLE,
        &[("default_channel_role_sid", "sid")],
        None,
    ),
    role(
        CONVERSATIONS,
        &[
            ("friendly_name", Text::Is("service user")),
            ("type", Text::Is("service")),
            ("permissions", CONVERSATIONS_SERVICE_USER),
        ],
        &[],
        Some(("Configuration", "default_chat_service_role_sid")),
    ),
    role(
        CONVERSATIONS,
        &[
            ("friendly_name", Text::Is("channel admin")),
            ("type", Text::Is("conversation")),
            ("permissions", CONVERSATION_ADMIN),
        ],
        &[],
        Some(("Configuration", "default_conversation_creator_role_sid")),
    ),
    role(
        CONVERSATIONS,
        &[
            ("friendly_name", Text::Is("channel user")),
            ("type", Text::Is("conversation")),
            ("permissions", CONVERSATION_USER),
        ],
        &[],
        Some(("Configuration", "default_conversation_role_sid")),
    ),
];

/// Makes what comes with a new object, and shows it there. They are stored after it.
pub(crate) fn of(ctx: &mut Ctx<'_>, resource: &'static Resource, object: &mut Object) -> Vec<Object> {
    let mut made: Vec<Object> = Vec::new();
    for companion in COMPANIONS.iter().filter(|companion| is_at(companion.with, resource)) {
        let fields: Body = companion
            .fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.value()))
            .collect();
        let collection = format!("{}/{}", object.path, companion.collection);
        let Some(one) = ctx.new_object(&object.host, &object.account, &collection, fields) else {
            continue;
        };
        for (field, from) in companion.shown {
            object.set(field, one.body.get(*from).cloned().unwrap_or_default());
        }
        if let Some((below, field)) = companion.setting {
            let path = format!("{}/{below}", object.path);
            let index = made.iter().position(|other| other.path == path).or_else(|| {
                made.push(settings(ctx, object, &path)?);
                Some(made.len() - 1)
            });
            if let Some(settings) = index.and_then(|index| made.get_mut(index)) {
                settings.set(field, one.key.as_str());
            }
        }
        made.push(one);
    }
    made
}

/// Settings below a new object, as nobody has written them.
fn settings(ctx: &Ctx<'_>, object: &Object, path: &str) -> Option<Object> {
    let (resource, above) = Contract::published()
        .resources()
        .filter(|resource| resource.host == object.host && resource.is_single())
        .find_map(|resource| Some((resource, crate::generic::match_template(&resource.template, path)?)))?;
    let place = Implicit {
        resource,
        account: &object.account,
        path,
        above: &above,
    };
    Some(place.object(ctx.state.seed, ctx.now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_companion_and_what_names_it_is_published() {
        for companion in COMPANIONS {
            let resource = assert_published(companion.with);
            let key = resource.key_param.as_deref().expect("a collection");
            let below = format!("{}/{{{key}}}/{}", resource.template, companion.collection);
            let own = Contract::published()
                .resource(&resource.host, &below)
                .unwrap_or_else(|| panic!("{below}"));
            let has = |resource: &Resource, name: &str| resource.object_fields().iter().any(|field| field.name == name);
            for (name, _) in companion.fields {
                assert!(has(own, name), "{below} {name}");
            }
            for (field, from) in companion.shown {
                assert!(has(resource, field) && has(own, from), "{below} {field}");
            }
            if let Some((path, field)) = companion.setting {
                let settings = format!("{}/{{{key}}}/{path}", resource.template);
                let settings = Contract::published()
                    .resource(&resource.host, &settings)
                    .expect("published");
                assert!(settings.is_single() && has(settings, field), "{path} {field}");
            }
        }
    }
}
