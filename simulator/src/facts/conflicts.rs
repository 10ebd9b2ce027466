//! With which code a product refuses a second object of the same name or key. Without a line here it is 409/20409.

use super::{At, Refusal, is_place};
use crate::error::ApiError;
use crate::store::Object;

/// Keys, by collection.
const KEYS: &[(At, Refusal)] = &[
    (
        ("proxy.twilio.com", "/v1/Services/{ServiceSid}/PhoneNumbers"),
        NUMBER_OF_PROXY,
    ),
    (
        ("proxy.twilio.com", "/v1/Services/{ServiceSid}/ShortCodes"),
        ENTRY_OF_PROXY,
    ),
    // https://www.twilio.com/docs/api/errors/60213
    (
        ("verify.twilio.com", "/v2/Services/{ServiceSid}/MessagingConfigurations"),
        Refusal::new(
            400,
            60213,
            "A Messaging Configuration already exists for the given country",
        ),
    ),
    // https://www.twilio.com/docs/usage/global-safe-list
    (("accounts.twilio.com", "/v1/SafeList/Numbers"), SAFE_NUMBER),
    // https://www.twilio.com/docs/verify/api/safe-list
    (("verify.twilio.com", "/v2/SafeList/Numbers"), SAFE_NUMBER),
    // https://www.twilio.com/docs/api/errors/60301
    (
        ("verify.twilio.com", "/v2/Services/{ServiceSid}/Entities"),
        Refusal::new(400, 60301, "Entity already exists"),
    ),
    // https://www.twilio.com/docs/api/errors/54208
    (
        ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items"),
        Refusal::new(409, 54208, "An Item with given key already exists in the Map"),
    ),
];

/// <https://www.twilio.com/docs/api/errors/80104>, as seen:
/// <https://github.com/wittyreference/twilio-claude-plugin> (skills/proxy/references/test-results.md, tests 2 and 6)
const NUMBER_OF_PROXY: Refusal = Refusal::new(400, 80104, "PhoneNumber has already been added to Service");

/// <https://www.twilio.com/docs/api/errors/80612>
const ENTRY_OF_PROXY: Refusal = Refusal::new(400, 80612, "Duplicate Entry");

/// <https://www.twilio.com/docs/api/errors/60411>
const SAFE_NUMBER: Refusal = Refusal::new(400, 60411, "Phone Number already exists");

/// <https://www.twilio.com/docs/api/errors/54301>
const NAME_OF_SYNC: Refusal = Refusal::new(409, 54301, "Unique name already exists");

const NAME_OF_CONVERSATION: Refusal = Refusal::new(409, 50353, "Conversation with provided unique name already exists");
const NAME_OF_CONFIGURATION: Refusal = Refusal::new(400, 46003, "Invalid Unique Name");

/// Unique names, by collection.
const UNIQUE_NAMES: &[(At, Refusal)] = &[
    // https://www.twilio.com/docs/api/errors/50307
    (
        ("chat.twilio.com", "/v2/Services/{ServiceSid}/Channels"),
        Refusal::new(409, 50307, "Channel with provided unique name already exists"),
    ),
    // https://www.twilio.com/docs/api/errors/50353; the status is seen in public code.
    (("conversations.twilio.com", "/v1/Conversations"), NAME_OF_CONVERSATION),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations",
        ),
        NAME_OF_CONVERSATION,
    ),
    // https://www.twilio.com/docs/api/errors/80602, https://www.twilio.com/docs/api/errors/80603
    (
        ("proxy.twilio.com", "/v1/Services"),
        Refusal::new(400, 80602, "Service UniqueName must be unique."),
    ),
    (
        ("proxy.twilio.com", "/v1/Services/{ServiceSid}/Sessions"),
        Refusal::new(400, 80603, "Session UniqueName must be unique."),
    ),
    // https://www.twilio.com/docs/api/errors/83011
    (
        ("supersim.twilio.com", "/v1/Sims"),
        Refusal::new(400, 83011, "A Super SIM with the specified Unique Name exists already"),
    ),
    // https://www.twilio.com/docs/api/errors/60208
    (
        ("verify.twilio.com", "/v2/Services/{ServiceSid}/RateLimits"),
        Refusal::new(400, 60208, "Rate limit with that UniqueName already exists"),
    ),
    // https://www.twilio.com/docs/api/errors/53113
    (
        ("video.twilio.com", "/v1/Rooms"),
        Refusal::new(400, 53113, "Room exists"),
    ),
    // https://www.twilio.com/docs/api/errors/46003
    (
        ("voice.twilio.com", "/v2/Configurations/Recording"),
        NAME_OF_CONFIGURATION,
    ),
    (
        ("voice.twilio.com", "/v2/Configurations/Transcription"),
        NAME_OF_CONFIGURATION,
    ),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Documents"), NAME_OF_SYNC),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists"), NAME_OF_SYNC),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps"), NAME_OF_SYNC),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Streams"), NAME_OF_SYNC),
];

const CHAT: &str = "chat.twilio.com";
const IP_MESSAGING: &str = "ip-messaging.twilio.com";

/// Unique names that are free again once a field no longer has a value. The contract's text on the parameter: unique for `in-progress`
/// rooms.
const NAMED_WHILE: &[(At, &str, &str)] = &[(("video.twilio.com", "/v1/Rooms"), "status", "in-progress")];

/// <https://www.twilio.com/docs/api/errors/50404>
const fn member_of_channel(host: &'static str, template: &'static str) -> Once {
    Once {
        at: (host, template),
        field: "identity",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(409, 50404, "Member already exists"),
    }
}

/// <https://www.twilio.com/docs/api/errors/50201>
const fn user(host: &'static str, template: &'static str) -> Once {
    Once {
        at: (host, template),
        field: "identity",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(409, 50201, "User already exists"),
    }
}

/// Whether an object still holds its unique name.
pub(crate) fn holds_name(object: &Object) -> bool {
    let mut lines = NAMED_WHILE.iter();
    let line = lines.find(|(at, ..)| is_place(*at, &object.host, &object.template));
    line.is_none_or(|(_, field, value)| object.text(field).is_none_or(|now| now == *value))
}

/// Other fields that may occur once: host, collection, field, whether other accounts count too, refusal.
pub(crate) const ONCE: &[Once] = &[
    // https://github.com/RJPearson94/terraform-provider-twilio/issues/78: the suffix makes the name under which it answers.
    Once {
        at: ("serverless.twilio.com", "/v1/Services/{ServiceSid}/Environments"),
        field: "domain_suffix",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(409, 20409, "An environment with this domain suffix already exists"),
    },
    // https://www.twilio.com/docs/api/errors/21232
    Once {
        at: ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/SIP/Domains"),
        field: "domain_name",
        everywhere: true,
        folded: true,
        refusal: Refusal::new(400, 21232, "Invalid Domain"),
    },
    // https://www.twilio.com/docs/api/errors/21240
    Once {
        at: (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists",
        ),
        field: "friendly_name",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(400, 21240, "Credential List Validation Error: FriendlyName"),
    },
    // https://www.twilio.com/docs/api/errors/21243; that a user name is there once is what a registration needs
    // (https://www.twilio.com/docs/voice/sip/api/sip-credential-resource). OPEN-QUESTIONS.md asks for the response.
    Once {
        at: (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists/{CredentialListSid}/Credentials",
        ),
        field: "username",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(400, 21243, "Credential Validation Error: Username"),
    },
    // https://www.twilio.com/docs/api/errors/50404, https://www.twilio.com/docs/api/errors/50201: the same in each version and at
    // the old host.
    member_of_channel(CHAT, "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Members"),
    member_of_channel(CHAT, "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members"),
    member_of_channel(IP_MESSAGING, "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Members"),
    member_of_channel(IP_MESSAGING, "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members"),
    user(CHAT, "/v1/Services/{ServiceSid}/Users"),
    user(CHAT, "/v2/Services/{ServiceSid}/Users"),
    user(IP_MESSAGING, "/v1/Services/{ServiceSid}/Users"),
    user(IP_MESSAGING, "/v2/Services/{ServiceSid}/Users"),
    // One for each address: https://www.twilio.com/docs/conversations/api/address-configuration-resource
    Once {
        at: ("conversations.twilio.com", "/v1/Configuration/Addresses"),
        field: "address",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(409, 20409, "An address configuration for this address already exists"),
    },
    // https://www.twilio.com/docs/api/errors/50433
    Once {
        at: (
            "conversations.twilio.com",
            "/v1/Conversations/{ConversationSid}/Participants",
        ),
        field: "identity",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(409, 50433, "Participant already exists"),
    },
    Once {
        at: (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants",
        ),
        field: "identity",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(409, 50433, "Participant already exists"),
    },
    // https://www.twilio.com/docs/api/errors/50201
    Once {
        at: ("conversations.twilio.com", "/v1/Services/{ChatServiceSid}/Users"),
        field: "identity",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(409, 50201, "User already exists"),
    },
    Once {
        at: ("conversations.twilio.com", "/v1/Users"),
        field: "identity",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(409, 50201, "User already exists"),
    },
    // "Queue named … already exists for workspace …": https://github.com/nash-md/twilio-contact-center/issues/23
    Once {
        at: ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/TaskQueues"),
        field: "friendly_name",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(400, 20001, "A queue of this name already exists in the workspace"),
    },
    // Seen at Twilio, in any capitals: https://github.com/wittyreference/twilio-claude-plugin
    // (skills/taskrouter/references/test-results.md, test 2; assertion-audit.md, A20)
    Once {
        at: ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Workers"),
        field: "friendly_name",
        everywhere: false,
        folded: true,
        refusal: Refusal::new(400, 20001, "Worker with the same friendly name already exists"),
    },
    // https://www.twilio.com/docs/api/errors/21248
    Once {
        at: ("trunking.twilio.com", "/v1/Trunks"),
        field: "domain_name",
        everywhere: true,
        folded: true,
        refusal: Refusal::new(400, 21248, "Trunk Domain already taken"),
    },
    // https://www.twilio.com/docs/api/errors/60211
    Once {
        at: (
            "verify.twilio.com",
            "/v2/Services/{ServiceSid}/RateLimits/{RateLimitSid}/Buckets",
        ),
        field: "interval",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(400, 60211, "Bucket with the given Interval already exists"),
    },
    // "unique within the account": https://www.twilio.com/docs/video/api/composition-hooks
    Once {
        at: ("video.twilio.com", "/v1/CompositionHooks"),
        field: "friendly_name",
        everywhere: false,
        folded: false,
        refusal: Refusal::new(
            400,
            20001,
            "Invalid parameter FriendlyName: it must be unique within the account",
        ),
    },
];

/// A field that may occur once in its collection.
pub(crate) struct Once {
    /// The collection.
    pub at: At,
    /// The field.
    pub field: &'static str,
    /// Whether other accounts count too.
    pub everywhere: bool,
    /// Whether capitals make no difference: in the name of a host they do not (<https://www.rfc-editor.org/rfc/rfc4343>).
    pub folded: bool,
    /// The refusal of a second.
    pub refusal: Refusal,
}

/// What may occur once in a collection beside unique names.
pub(crate) fn once<'p>(host: &'p str, template: &'p str) -> impl Iterator<Item = &'static Once> + use<'p> {
    ONCE.iter().filter(move |once| is_place(once.at, host, template))
}

/// The collections that have a code of their own for a key or a unique name.
#[cfg(test)]
pub(crate) fn places() -> impl Iterator<Item = At> {
    KEYS.iter().chain(UNIQUE_NAMES).map(|(at, _)| *at)
}

/// The refusal of a key that is taken.
pub(crate) fn key_taken(host: &str, template: &str, key: &str) -> ApiError {
    refusal(KEYS, host, template).unwrap_or_else(|| ApiError::conflict(format!("{key} already exists")))
}

/// The refusal of a unique name that is taken.
pub(crate) fn name_taken(host: &str, template: &str, name: &str) -> ApiError {
    refusal(UNIQUE_NAMES, host, template)
        .unwrap_or_else(|| ApiError::conflict(format!("An object with the unique name '{name}' already exists")))
}

fn refusal(lines: &[(At, Refusal)], host: &str, template: &str) -> Option<ApiError> {
    let line = lines.iter().find(|(at, _)| is_place(*at, host, template));
    line.map(|(_, refusal)| refusal.error())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_a_published_collection() {
        for (at, _) in KEYS.iter().chain(UNIQUE_NAMES) {
            assert!(assert_published(*at).has_create());
        }
        for once in ONCE {
            let mut fields = assert_published(once.at).object_fields().iter();
            assert!(fields.any(|field| field.name == once.field), "{:?}", once.at);
        }
    }
}
