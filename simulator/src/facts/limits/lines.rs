//! The limits, by host. Where no page is named, it is the contract's own text on the parameter, which names no code: then it is
//! 400/20001, the code of an invalid parameter.

use serde_json::Value;

use super::super::{At, Refusal};
use super::json::is_json;
use super::worded::is_e164;
use super::{Is, Limit, On};

/// All limits.
pub(super) fn all() -> impl Iterator<Item = &'static Limit> {
    [
        API,
        BUNDLES,
        CHAT,
        CONVERSATIONS,
        OTHERS,
        SERVERLESS,
        SYNC,
        TASKROUTER,
        TRUNKING,
        VERIFY,
        VOICE,
    ]
    .into_iter()
    .flatten()
}

pub(super) const INVALID: Refusal = Refusal::new(400, 20001, "Invalid parameter {}");

pub(super) const fn limit(at: At, parameter: &'static str, is: Is, refusal: Refusal) -> Limit {
    Limit {
        at,
        parameter,
        on: On::Each,
        is,
        refusal,
    }
}

/// A text of no more characters.
const fn up_to(at: At, parameter: &'static str, most: usize) -> Limit {
    limit(at, parameter, Is::Characters(0, most), INVALID)
}

pub(super) const fn on(on: On, rest: Limit) -> Limit {
    Limit { on, ..rest }
}

const fn account(template: &'static str) -> At {
    ("api.twilio.com", template)
}

/// <https://www.twilio.com/docs/api/errors/20002>: between 1 and 64 characters, where the page of the resource says so too.
pub(super) const NAME: Refusal = Refusal::new(400, 20002, "Invalid FriendlyName");
const CREDENTIAL: Refusal = Refusal::new(400, 21243, "Credential Validation Error: {}");

const DOMAINS: At = account("/2010-04-01/Accounts/{AccountSid}/SIP/Domains");
const CREDENTIAL_LISTS: At = account("/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists");
const CREDENTIALS: At =
    account("/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists/{CredentialListSid}/Credentials");
const ACCESS_LISTS: At = account("/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists");
const ADDRESSES: At =
    account("/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses");

/// What a call tells of.
fn is_event_of_call(text: &str) -> bool {
    ["initiated", "ringing", "answered", "completed"].contains(&text)
}

const MESSAGES: At = account("/2010-04-01/Accounts/{AccountSid}/Messages");

/// Variables of a template: a JSON object without empty values, whose placeholders are whole.
fn are_variables(text: &str) -> bool {
    let Ok(Value::Object(variables)) = serde_json::from_str(text) else {
        return text.is_empty();
    };
    let is_right = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => {
            !text.is_empty() && !text.contains("{{}}") && text.matches("{{").count() == text.matches("}}").count()
        }
        _ => true,
    };
    variables.values().all(is_right)
}

const API: &[Limit] = &[
    // https://www.twilio.com/docs/api/errors/21656
    on(
        On::Create,
        limit(
            MESSAGES,
            "ContentVariables",
            Is::Text(are_variables),
            Refusal::new(400, 21656, "The ContentVariables Parameter is invalid"),
        ),
    ),
    // https://www.twilio.com/docs/api/errors/21623
    on(
        On::Create,
        limit(
            MESSAGES,
            "MediaUrl",
            Is::Texts((0, 10), (0, usize::MAX)),
            Refusal::new(400, 21623, "Number of media files exceeds allowed limit"),
        ),
    ),
    // https://www.twilio.com/docs/voice/api/call-resource, https://www.twilio.com/docs/api/errors/21626
    limit(
        account("/2010-04-01/Accounts/{AccountSid}/Calls"),
        "StatusCallbackEvent",
        Is::Each(is_event_of_call),
        Refusal::new(400, 21626, "Invalid StatusCallbackEvent"),
    ),
    limit(
        account("/2010-04-01/Accounts"),
        "FriendlyName",
        Is::Characters(1, 64),
        NAME,
    ),
    limit(
        account("/2010-04-01/Accounts/{AccountSid}/Applications"),
        "FriendlyName",
        Is::Characters(0, 64),
        NAME,
    ),
    limit(
        account("/2010-04-01/Accounts/{AccountSid}/OutgoingCallerIds"),
        "FriendlyName",
        Is::Characters(0, 64),
        NAME,
    ),
    limit(
        account("/2010-04-01/Accounts/{AccountSid}/Queues"),
        "FriendlyName",
        Is::Characters(1, 64),
        NAME,
    ),
    // The contract's text on the parameter.
    limit(
        account("/2010-04-01/Accounts/{AccountSid}/Queues"),
        "MaxSize",
        Is::Between(1, 5000),
        INVALID,
    ),
    limit(
        account("/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes"),
        "FriendlyName",
        Is::Characters(0, 64),
        NAME,
    ),
    // https://www.twilio.com/docs/voice/sip/api/sip-domain-resource, https://www.twilio.com/docs/api/errors/21231
    limit(
        DOMAINS,
        "FriendlyName",
        Is::Characters(0, 64),
        Refusal::new(400, 21231, "Domain Validation Error: {}"),
    ),
    // https://www.twilio.com/docs/api/errors/21232: letters, digits and `-`, ending in sip.twilio.com.
    limit(
        DOMAINS,
        "DomainName",
        Is::Text(is_sip_domain),
        Refusal::new(400, 21232, "Invalid Domain"),
    ),
    // https://www.twilio.com/docs/api/errors/21240
    limit(
        CREDENTIAL_LISTS,
        "FriendlyName",
        Is::Characters(1, 64),
        Refusal::new(400, 21240, "Credential List Validation Error: {}"),
    ),
    // https://www.twilio.com/docs/api/errors/21243, https://www.twilio.com/docs/voice/sip/api/sip-credential-resource
    limit(CREDENTIALS, "Username", Is::Characters(1, 32), CREDENTIAL),
    limit(CREDENTIALS, "Password", Is::Text(is_password), CREDENTIAL),
    // https://www.twilio.com/docs/api/errors/21235, https://www.twilio.com/docs/api/errors/21238
    limit(
        ACCESS_LISTS,
        "FriendlyName",
        Is::Characters(1, 255),
        Refusal::new(400, 21235, "IP Access Control List Validation Error: {}"),
    ),
    limit(
        ADDRESSES,
        "FriendlyName",
        Is::Characters(1, 255),
        Refusal::new(400, 21238, "Address Validation Error: {}"),
    ),
    // https://www.twilio.com/docs/voice/sip/api/sip-ipaddress-resource: an IPv4 address, and a prefix of one.
    limit(
        ADDRESSES,
        "IpAddress",
        Is::Text(is_address),
        Refusal::new(400, 21238, "Address Validation Error: {}"),
    ),
    limit(
        ADDRESSES,
        "CidrPrefixLength",
        Is::Between(1, 32),
        Refusal::new(400, 21238, "Address Validation Error: {}"),
    ),
];

fn is_address(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

/// <https://www.twilio.com/docs/api/errors/50003>, <https://www.twilio.com/docs/api/errors/50004>
pub(super) const CHAT_NAME: Refusal = Refusal::new(400, 50003, "Friendly name too long");
const CHAT_UNIQUE: Refusal = Refusal::new(400, 50004, "Unique Name too long");
/// <https://www.twilio.com/docs/api/errors/50306>
const CHAT_SID: Refusal = Refusal::new(400, 50306, "Unique name should not match channel SID pattern");
/// <https://www.twilio.com/docs/api/errors/50390>
const CONVERSATION_SID: Refusal = Refusal::new(400, 50390, "Unique name should not match conversation sid pattern");
/// <https://www.twilio.com/docs/api/errors/50207>
const IDENTITY: Refusal = Refusal::new(400, 50207, "Identity too long");

const CHAT_SERVICES: At = ("chat.twilio.com", "/v2/Services");
const CHANNELS: At = ("chat.twilio.com", "/v2/Services/{ServiceSid}/Channels");

const CHAT: &[Limit] = &[
    // The contract's text on the parameter.
    up_to(("chat.twilio.com", "/v2/Credentials"), "FriendlyName", 64),
    // https://www.twilio.com/docs/chat/rest/service-resource
    limit(CHAT_SERVICES, "Limits.ChannelMembers", Is::Between(1, 1000), INVALID),
    limit(CHAT_SERVICES, "Limits.UserChannels", Is::Between(1, 1000), INVALID),
    // https://www.twilio.com/docs/chat/rest/channel-resource: 64 for a new channel, 256 for an update.
    on(
        On::Create,
        limit(CHANNELS, "FriendlyName", Is::Characters(0, 64), CHAT_NAME),
    ),
    on(
        On::Update,
        limit(CHANNELS, "FriendlyName", Is::Characters(0, 256), CHAT_NAME),
    ),
    on(
        On::Create,
        limit(CHANNELS, "UniqueName", Is::Characters(0, 64), CHAT_UNIQUE),
    ),
    on(
        On::Update,
        limit(CHANNELS, "UniqueName", Is::Characters(0, 256), CHAT_UNIQUE),
    ),
    limit(CHANNELS, "UniqueName", Is::Text(is_no_channel), CHAT_SID),
    limit(CHANNELS, "Attributes", Is::Text(is_json), NO_JSON),
    // https://www.twilio.com/docs/api/errors/50304, in each line.
    limit(
        ("chat.twilio.com", "/v2/Services/{ServiceSid}/Users"),
        "Attributes",
        Is::Text(is_json),
        NO_JSON,
    ),
    limit(
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Members",
        ),
        "Attributes",
        Is::Text(is_json),
        NO_JSON,
    ),
    limit(
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        "Attributes",
        Is::Text(is_json),
        NO_JSON,
    ),
    limit(
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
        ),
        "Configuration.RetryCount",
        Is::Between(0, 3),
        // https://www.twilio.com/docs/api/errors/50065
        Refusal::new(400, 50065, "Invalid webhook retry count"),
    ),
    on(
        On::Create,
        limit(
            ("chat.twilio.com", "/v2/Services/{ServiceSid}/Roles"),
            "FriendlyName",
            Is::Characters(0, 64),
            CHAT_NAME,
        ),
    ),
    limit(
        // No page says how long it may be. The acceptance tests of https://github.com/RJPearson94/terraform-provider-twilio (chat_user) write 256
        // letters and read them.
        ("chat.twilio.com", "/v2/Services/{ServiceSid}/Users"),
        "FriendlyName",
        Is::Characters(0, 256),
        CHAT_NAME,
    ),
];

const CONVERSATION: At = ("conversations.twilio.com", "/v1/Conversations");
const CONVERSATION_OF_SERVICE: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/Conversations",
);
/// <https://www.twilio.com/docs/api/errors/50304>
pub(super) const NO_JSON: Refusal = Refusal::new(400, 50304, "Attributes not valid JSON");

const HOOKS: At = (
    "conversations.twilio.com",
    "/v1/Conversations/{ConversationSid}/Webhooks",
);
const HOOKS_OF_SERVICE: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Webhooks",
);
/// <https://www.twilio.com/docs/api/errors/50362>: not more than five keywords.
const TRIGGERS: Refusal = Refusal::new(400, 50362, "Too many conversation webhook triggers");
const KEYWORDS: Is = Is::Texts((0, 5), (0, usize::MAX));

const PARTICIPANTS: At = (
    "conversations.twilio.com",
    "/v1/Conversations/{ConversationSid}/Participants",
);
const PARTICIPANTS_OF_SERVICE: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants",
);

/// <https://www.twilio.com/docs/api/errors/50303>
const ATTRIBUTES: Refusal = Refusal::new(400, 50303, "Attributes too long");

/// <https://www.twilio.com/docs/conversations-classic/conversations-limits>
const CONVERSATIONS: &[Limit] = &[
    up_to(
        ("conversations.twilio.com", "/v1/Configuration/Addresses"),
        "FriendlyName",
        256,
    ),
    limit(CONVERSATION, "FriendlyName", Is::Characters(0, 256), CHAT_NAME),
    // The contract says 64; the acceptance tests of https://github.com/RJPearson94/terraform-provider-twilio (conversations_role) make roles
    // with names of 256 letters and read them.
    up_to(("conversations.twilio.com", "/v1/Roles"), "FriendlyName", 256),
    up_to(
        ("conversations.twilio.com", "/v1/Services/{ChatServiceSid}/Roles"),
        "FriendlyName",
        256,
    ),
    // The contract's answers list these two.
    limit(
        ("conversations.twilio.com", "/v1/Configuration/Webhooks"),
        "Method",
        Is::Text(is_get_or_post),
        INVALID,
    ),
    limit(
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Configuration/Webhooks",
        ),
        "Method",
        Is::Text(is_get_or_post),
        INVALID,
    ),
    limit(CONVERSATION, "UniqueName", Is::Text(is_no_channel), CONVERSATION_SID),
    limit(CONVERSATION, "Attributes", Is::Bytes(16 * 1024), ATTRIBUTES),
    limit(CONVERSATION, "Attributes", Is::Text(is_json), NO_JSON),
    // https://www.twilio.com/docs/api/errors/50304, in each line.
    limit(
        ("conversations.twilio.com", "/v1/Users"),
        "Attributes",
        Is::Text(is_json),
        NO_JSON,
    ),
    limit(
        ("conversations.twilio.com", "/v1/Services/{ChatServiceSid}/Users"),
        "Attributes",
        Is::Text(is_json),
        NO_JSON,
    ),
    limit(
        (
            "conversations.twilio.com",
            "/v1/Conversations/{ConversationSid}/Messages",
        ),
        "Attributes",
        Is::Text(is_json),
        NO_JSON,
    ),
    limit(
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages",
        ),
        "Attributes",
        Is::Text(is_json),
        NO_JSON,
    ),
    limit(
        ("conversations.twilio.com", "/v1/ConversationWithParticipants"),
        "Attributes",
        Is::Text(is_json),
        NO_JSON,
    ),
    limit(
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/ConversationWithParticipants",
        ),
        "Attributes",
        Is::Text(is_json),
        NO_JSON,
    ),
    // The contract's text on the parameter.
    limit(
        ("conversations.twilio.com", "/v1/Configuration/Addresses"),
        "AutoCreation.StudioRetryCount",
        Is::Between(0, 3),
        INVALID,
    ),
    limit(HOOKS, "Configuration.Triggers", KEYWORDS, TRIGGERS),
    limit(HOOKS_OF_SERVICE, "Configuration.Triggers", KEYWORDS, TRIGGERS),
    limit(PARTICIPANTS, "Identity", Is::Characters(0, 256), IDENTITY),
    limit(PARTICIPANTS, "Attributes", Is::Bytes(4 * 1024), ATTRIBUTES),
    limit(PARTICIPANTS, "Attributes", Is::Text(is_json), NO_JSON),
    // The contract's text on the parameter.
    up_to(("conversations.twilio.com", "/v1/Credentials"), "FriendlyName", 64),
    limit(
        ("conversations.twilio.com", "/v1/Services"),
        "FriendlyName",
        Is::Characters(0, 256),
        CHAT_NAME,
    ),
    limit(
        CONVERSATION_OF_SERVICE,
        "FriendlyName",
        Is::Characters(0, 256),
        CHAT_NAME,
    ),
    limit(
        CONVERSATION_OF_SERVICE,
        "UniqueName",
        Is::Text(is_no_channel),
        CONVERSATION_SID,
    ),
    limit(CONVERSATION_OF_SERVICE, "Attributes", Is::Bytes(16 * 1024), ATTRIBUTES),
    limit(CONVERSATION_OF_SERVICE, "Attributes", Is::Text(is_json), NO_JSON),
    limit(PARTICIPANTS_OF_SERVICE, "Identity", Is::Characters(0, 256), IDENTITY),
    limit(PARTICIPANTS_OF_SERVICE, "Attributes", Is::Bytes(4 * 1024), ATTRIBUTES),
    limit(PARTICIPANTS_OF_SERVICE, "Attributes", Is::Text(is_json), NO_JSON),
];

const CAMPAIGNS: At = (
    "messaging.twilio.com",
    "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
);
/// <https://www.twilio.com/docs/api/errors/21728>
pub(super) const CAMPAIGN: Refusal = Refusal::new(
    400,
    21728,
    "Campaign registration failed due to length validation failures: {}",
);

/// <https://www.twilio.com/docs/api/errors/22104>
const EMAIL: Refusal = Refusal::new(400, 22104, "Invalid Email Format");

const REGULATORY_BUNDLES: At = ("numbers.twilio.com", "/v2/RegulatoryCompliance/Bundles");
const SUPPORTING: At = ("numbers.twilio.com", "/v2/RegulatoryCompliance/SupportingDocuments");
const PROFILES: At = ("trusthub.twilio.com", "/v1/CustomerProfiles");
const PRODUCTS: At = ("trusthub.twilio.com", "/v1/TrustProducts");

/// What has to be there is not empty, and an address of mail is one.
const BUNDLES: &[Limit] = &[
    // https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles
    limit(REGULATORY_BUNDLES, "Email", Is::Text(is_email), EMAIL),
    on(
        On::Create,
        limit(REGULATORY_BUNDLES, "FriendlyName", Is::Text(is_filled), INVALID),
    ),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    limit(PROFILES, "Email", Is::Text(is_email), EMAIL),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    on(
        On::Create,
        limit(PROFILES, "FriendlyName", Is::Text(is_filled), INVALID),
    ),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    limit(PRODUCTS, "Email", Is::Text(is_email), EMAIL),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    on(
        On::Create,
        limit(PRODUCTS, "FriendlyName", Is::Text(is_filled), INVALID),
    ),
    // https://www.twilio.com/docs/api/errors/22211
    on(
        On::Create,
        limit(
            SUPPORTING,
            "FriendlyName",
            Is::Text(is_filled),
            Refusal::new(400, 22211, "Cannot create a Supporting Document with no FriendlyName"),
        ),
    ),
    // https://www.twilio.com/docs/api/errors/22210
    on(
        On::Create,
        limit(
            SUPPORTING,
            "Type",
            Is::Text(is_filled),
            Refusal::new(400, 22210, "Cannot create a Supporting Document with no Type"),
        ),
    ),
];

fn is_filled(text: &str) -> bool {
    !text.trim().is_empty()
}

/// A name and a domain with a dot.
fn is_email(text: &str) -> bool {
    let is_word = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace) && !part.contains('@');
    text.rsplit_once('@').is_some_and(|(name, domain)| {
        is_word(name) && is_word(domain) && !domain.starts_with('.') && domain.contains('.') && !domain.ends_with('.')
    })
}

const OTHERS: &[Limit] = &[
    // https://www.twilio.com/docs/usage/global-safe-list: a number, or a block of a thousand with xxx for its last digits.
    limit(
        ("accounts.twilio.com", "/v1/SafeList/Numbers"),
        "PhoneNumber",
        Is::Text(is_number_or_block),
        INVALID,
    ),
    // The contract's text on the parameter: 16 to 1280 each way, no more than 921,600 pixels.
    limit(
        ("video.twilio.com", "/v1/CompositionHooks"),
        "Resolution",
        Is::Text(is_resolution),
        INVALID,
    ),
    // The contract's text on the parameter, as above.
    limit(
        ("video.twilio.com", "/v1/Compositions"),
        "Resolution",
        Is::Text(is_resolution),
        INVALID,
    ),
    // The contract's text on the parameter.
    up_to(("accounts.twilio.com", "/v1/Credentials/AWS"), "FriendlyName", 64),
    up_to(
        ("accounts.twilio.com", "/v1/Credentials/PublicKeys"),
        "FriendlyName",
        64,
    ),
    // The contract's text on the parameter.
    limit(
        ("flex-api.twilio.com", "/v1/FlexFlows"),
        "Integration.RetryCount",
        Is::Between(0, 3),
        INVALID,
    ),
    // The contract's text on the parameter.
    up_to(("flex-api.twilio.com", "/v1/PluginService/Plugins"), "Description", 500),
    // The contract's text on the parameter.
    up_to(("messaging.twilio.com", "/v1/Services"), "FriendlyName", 64),
    // https://www.twilio.com/docs/messaging/api/alphasender-resource, https://www.twilio.com/docs/api/errors/21709
    limit(
        ("messaging.twilio.com", "/v1/Services/{ServiceSid}/AlphaSenders"),
        "AlphaSender",
        Is::Text(is_alpha_sender),
        ALPHA_SENDER,
    ),
    // https://www.twilio.com/docs/messaging/api/destination-alphasender-resource
    limit(
        DESTINATION_ALPHA_SENDERS,
        "AlphaSender",
        Is::Text(is_alpha_sender),
        ALPHA_SENDER,
    ),
    // The contract's text on the parameter: two characters, and empty for all countries.
    limit(
        DESTINATION_ALPHA_SENDERS,
        "IsoCountryCode",
        Is::Text(is_country_or_none),
        INVALID,
    ),
    // https://www.twilio.com/docs/api/errors/21720: in capital letters, with the codes of Twilio's own list.
    limit(
        CAMPAIGNS,
        "UsAppToPersonUsecase",
        Is::Text(is_usecase),
        Refusal::new(400, 21720, "A2P Use Case is Invalid"),
    ),
    // https://www.twilio.com/docs/messaging/api/usapptoperson-resource
    limit(CAMPAIGNS, "Description", Is::Characters(40, 4096), CAMPAIGN),
    limit(CAMPAIGNS, "MessageFlow", Is::Characters(40, 2048), CAMPAIGN),
    limit(CAMPAIGNS, "MessageSamples", Is::Texts((2, 5), (20, 1024)), CAMPAIGN),
    // The contract's text on the parameter.
    up_to(("notify.twilio.com", "/v1/Credentials"), "FriendlyName", 64),
    // https://www.twilio.com/docs/api/errors/22115
    limit(
        ("preview.twilio.com", "/HostedNumbers/HostedNumberOrders"),
        "UniqueName",
        Is::Characters(0, 128),
        Refusal::new(400, 22115, "Invalid Unique Name"),
    ),
    // The contract's text on the parameter.
    up_to(("proxy.twilio.com", "/v1/Services"), "UniqueName", 191),
    up_to(
        ("proxy.twilio.com", "/v1/Services/{ServiceSid}/Sessions"),
        "UniqueName",
        191,
    ),
    up_to(
        (
            "proxy.twilio.com",
            "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants",
        ),
        "FriendlyName",
        255,
    ),
    // The contract's text on the parameter.
    limit(
        ("supersim.twilio.com", "/v1/Fleets"),
        "DataLimit",
        Is::Between(1, 2_000_000),
        INVALID,
    ),
    // The contract's text on the parameter.
    up_to(("video.twilio.com", "/v1/CompositionHooks"), "FriendlyName", 100),
];

const DESTINATION_ALPHA_SENDERS: At = (
    "messaging.twilio.com",
    "/v1/Services/{ServiceSid}/DestinationAlphaSenders",
);
/// <https://www.twilio.com/docs/api/errors/21709>
const ALPHA_SENDER: Refusal = Refusal::new(400, 21709, "Alpha Sender ID is invalid");

/// A country's two letters, or nothing.
fn is_country_or_none(text: &str) -> bool {
    text.is_empty() || (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// What the code of a use case of A2P is written like.
fn is_usecase(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    !text.is_empty() && text.bytes().all(allowed)
}

const FUNCTIONS: At = ("serverless.twilio.com", "/v1/Services");
const ENVIRONMENTS: At = ("serverless.twilio.com", "/v1/Services/{ServiceSid}/Environments");
const VARIABLES: At = (
    "serverless.twilio.com",
    "/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}/Variables",
);

const SERVERLESS: &[Limit] = &[
    // The contract's text on the parameter.
    up_to(FUNCTIONS, "UniqueName", 50),
    // https://www.twilio.com/docs/runtime/functions/create-service: it is part of the domain's name; letters, numbers and dashes.
    limit(FUNCTIONS, "UniqueName", Is::Text(is_label), INVALID),
    up_to(FUNCTIONS, "FriendlyName", 255),
    up_to(
        ("serverless.twilio.com", "/v1/Services/{ServiceSid}/Assets"),
        "FriendlyName",
        255,
    ),
    up_to(
        ("serverless.twilio.com", "/v1/Services/{ServiceSid}/Functions"),
        "FriendlyName",
        255,
    ),
    up_to(ENVIRONMENTS, "UniqueName", 100),
    up_to(ENVIRONMENTS, "DomainSuffix", 16),
    // https://www.twilio.com/docs/serverless/api/resource/environment: it is part of the domain's name, and none is none.
    limit(ENVIRONMENTS, "DomainSuffix", Is::Text(is_label_or_none), INVALID),
    up_to(VARIABLES, "Key", 128),
    limit(VARIABLES, "Value", Is::Bytes(450), INVALID),
];

const DOCUMENTS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Documents");
const LISTS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists");
const LIST_ITEMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists/{ListSid}/Items");
const MAPS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps");
const MAP_ITEMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items");
const STREAMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Streams");
const STREAM_MESSAGES: At = (
    "sync.twilio.com",
    "/v1/Services/{ServiceSid}/Streams/{StreamSid}/Messages",
);

/// <https://www.twilio.com/docs/api/errors/54302>: 1 to 256 characters, and no SID. Lists and maps take 320.
const UNIQUE: Refusal = Refusal::new(400, 54302, "Invalid unique name");
/// <https://www.twilio.com/docs/api/errors/54006>, <https://www.twilio.com/docs/sync/limits>
const TOO_LARGE: Refusal = Refusal::new(413, 54006, "Request entity too large");

/// <https://www.twilio.com/docs/api/errors/54011>: up to a year; the page names no status.
const TTL: Refusal = Refusal::new(400, 54011, "Invalid TTL");

const fn ttl(at: At, parameter: &'static str) -> Limit {
    limit(at, parameter, Is::Between(0, 31_536_000), TTL)
}

const SYNC: &[Limit] = &[
    // https://www.twilio.com/docs/api/errors/54011, in each line.
    ttl(DOCUMENTS, "Ttl"),
    ttl(LISTS, "Ttl"),
    ttl(LISTS, "CollectionTtl"),
    ttl(LIST_ITEMS, "Ttl"),
    ttl(LIST_ITEMS, "ItemTtl"),
    ttl(LIST_ITEMS, "CollectionTtl"),
    ttl(MAPS, "Ttl"),
    ttl(MAPS, "CollectionTtl"),
    ttl(MAP_ITEMS, "Ttl"),
    ttl(MAP_ITEMS, "ItemTtl"),
    ttl(MAP_ITEMS, "CollectionTtl"),
    ttl(STREAMS, "Ttl"),
    limit(DOCUMENTS, "UniqueName", Is::Characters(1, 256), UNIQUE),
    limit(DOCUMENTS, "UniqueName", Is::Text(is_no_sid), UNIQUE),
    limit(DOCUMENTS, "Data", Is::Bytes(16 * 1024), TOO_LARGE),
    limit(LISTS, "UniqueName", Is::Characters(1, 320), UNIQUE),
    limit(LISTS, "UniqueName", Is::Text(is_no_sid), UNIQUE),
    limit(LIST_ITEMS, "Data", Is::Bytes(16 * 1024), TOO_LARGE),
    limit(MAPS, "UniqueName", Is::Characters(1, 320), UNIQUE),
    limit(MAPS, "UniqueName", Is::Text(is_no_sid), UNIQUE),
    // The contract's text on the parameter.
    up_to(MAP_ITEMS, "Key", 320),
    limit(MAP_ITEMS, "Data", Is::Bytes(16 * 1024), TOO_LARGE),
    limit(STREAMS, "UniqueName", Is::Characters(1, 256), UNIQUE),
    limit(STREAMS, "UniqueName", Is::Text(is_no_sid), UNIQUE),
    limit(STREAM_MESSAGES, "Data", Is::Bytes(4 * 1024), TOO_LARGE),
    // The contract's text on the parameter.
    limit(
        ("sync.twilio.com", "/v1/Services"),
        "ReachabilityDebouncingWindow",
        Is::Between(1000, 30_000),
        INVALID,
    ),
];

const fn workspace(template: &'static str) -> At {
    ("taskrouter.twilio.com", template)
}

const TASKROUTER: &[Limit] = &[
    // The contract's text on the parameter: a JSON string.
    limit(
        workspace("/v1/Workspaces/{WorkspaceSid}/Workers"),
        "Attributes",
        Is::Text(is_json),
        INVALID,
    ),
    limit(
        workspace("/v1/Workspaces/{WorkspaceSid}/Tasks"),
        "Attributes",
        Is::Text(is_json),
        INVALID,
    ),
    limit(
        workspace("/v1/Workspaces/{WorkspaceSid}/Workflows"),
        "Configuration",
        Is::Text(is_json),
        INVALID,
    ),
    // "extraneous input …" is a 400 with 20001: https://github.com/wittyreference/twilio-claude-plugin
    // (skills/taskrouter/references/test-results.md, test 3).
    limit(
        workspace("/v1/Workspaces/{WorkspaceSid}/TaskQueues"),
        "TargetWorkers",
        Is::Text(is_expression),
        INVALID,
    ),
    // The contract's text on the parameter.
    up_to(workspace("/v1/Workspaces"), "FriendlyName", 64),
    // The contract's text on the parameter.
    limit(workspace("/v1/Workspaces"), "Template", Is::Text(is_template), INVALID),
    up_to(
        workspace("/v1/Workspaces/{WorkspaceSid}/Activities"),
        "FriendlyName",
        64,
    ),
    up_to(
        workspace("/v1/Workspaces/{WorkspaceSid}/TaskChannels"),
        "FriendlyName",
        64,
    ),
    limit(
        workspace("/v1/Workspaces/{WorkspaceSid}/TaskQueues"),
        "MaxReservedWorkers",
        Is::Between(1, 50),
        INVALID,
    ),
    limit(
        workspace("/v1/Workspaces/{WorkspaceSid}/Tasks"),
        "Timeout",
        Is::Between(0, 1_209_600),
        INVALID,
    ),
    up_to(workspace("/v1/Workspaces/{WorkspaceSid}/Workers"), "FriendlyName", 64),
    // The contract's text on the parameter: 0 to 2^31, of which 2147483647 is the largest.
    limit(
        workspace("/v1/Workspaces/{WorkspaceSid}/Tasks"),
        "Priority",
        Is::Between(0, 2_147_483_647),
        INVALID,
    ),
    // The contract's text on the parameter: a number of tasks, none if it is 0.
    limit(
        workspace("/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels"),
        "Capacity",
        Is::Between(0, i64::MAX),
        INVALID,
    ),
    // https://www.twilio.com/docs/taskrouter/api/workflow: up to a day.
    limit(
        workspace("/v1/Workspaces/{WorkspaceSid}/Workflows"),
        "TaskReservationTimeout",
        Is::Between(1, 86_400),
        INVALID,
    ),
];

const TRUNKS: At = ("trunking.twilio.com", "/v1/Trunks");
const ORIGINATION: At = ("trunking.twilio.com", "/v1/Trunks/{TrunkSid}/OriginationUrls");
/// <https://www.twilio.com/docs/api/errors/21245>
const TRUNK: Refusal = Refusal::new(400, 21245, "Trunk Validation Error: {}");

/// <https://www.twilio.com/docs/sip-trunking/api/trunk-resource>, <https://www.twilio.com/docs/sip-trunking/api/originationurl-resource>
const TRUNKING: &[Limit] = &[
    // 65 were taken, where the page says 64: https://github.com/wittyreference/twilio-claude-plugin
    // (skills/elastic-sip-trunking/references/test-results.md, test 25). How many are too many is an open question.
    limit(TRUNKS, "FriendlyName", Is::Characters(0, usize::MAX), TRUNK),
    limit(TRUNKS, "DomainName", Is::Text(is_trunk_domain), TRUNK),
    up_to(ORIGINATION, "FriendlyName", 64),
    limit(ORIGINATION, "SipUrl", Is::Text(is_origination), INVALID),
    limit(ORIGINATION, "Priority", Is::Between(0, 65_535), INVALID),
    limit(ORIGINATION, "Weight", Is::Between(0, 65_535), INVALID),
];

const fn entity(template: &'static str) -> At {
    ("verify.twilio.com", template)
}

const FACTORS: At = entity("/v2/Services/{ServiceSid}/Entities/{Identity}/Factors");
const CHALLENGES: At = entity("/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges");
/// <https://www.twilio.com/docs/api/errors/60300>
pub(super) const PARAM: Refusal = Refusal::new(400, 60300, "Invalid Param: {}");
const WEBHOOKS: At = entity("/v2/Services/{ServiceSid}/Webhooks");
/// <https://www.twilio.com/docs/api/errors/60200>
const VALUE: Refusal = Refusal::new(400, 60200, "Invalid parameter: {}");

/// What a webhook of Verify tells of.
fn is_event_of_push(text: &str) -> bool {
    let events = [
        "*",
        "factor.created",
        "factor.verified",
        "factor.deleted",
        "challenge.approved",
        "challenge.denied",
    ];
    events.contains(&text)
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

fn is_country_or_all(text: &str) -> bool {
    text == "all" || (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()))
}

fn is_get_or_post(text: &str) -> bool {
    text.is_empty() || text.eq_ignore_ascii_case("GET") || text.eq_ignore_ascii_case("POST")
}

/// What a new workspace begins with.
/// Without one a queue takes nobody.
fn is_expression(text: &str) -> bool {
    text.is_empty() || crate::expression::Expression::parse(text).is_ok()
}

fn is_template(text: &str) -> bool {
    ["", "NONE", "FIFO"].contains(&text)
}

const VERIFY: &[Limit] = &[
    // https://www.twilio.com/docs/verify/api/entity
    limit(
        entity("/v2/Services/{ServiceSid}/Entities"),
        "Identity",
        Is::Text(is_entity),
        PARAM,
    ),
    limit(FACTORS, "FriendlyName", Is::Characters(1, 64), PARAM),
    limit(FACTORS, "Config.TimeStep", Is::Between(20, 60), PARAM),
    limit(FACTORS, "Config.Skew", Is::Between(0, 2), PARAM),
    limit(FACTORS, "Config.CodeLength", Is::Between(3, 8), PARAM),
    // https://www.twilio.com/docs/api/errors/60368
    limit(
        CHALLENGES,
        "Details.Message",
        Is::Characters(0, 256),
        Refusal::new(400, 60368, "Challenge details invalid or not provided"),
    ),
    limit(CHALLENGES, "HiddenDetails", Is::Bytes(1024), PARAM),
    // https://www.twilio.com/docs/verify/api/webhooks, https://www.twilio.com/docs/api/errors/60200
    limit(WEBHOOKS, "EventTypes", Is::Each(is_event_of_push), VALUE),
    limit(WEBHOOKS, "WebhookUrl", Is::Text(is_web_address), VALUE),
    // The contract's text on the parameter: two letters of ISO 3166-1, or `all`.
    limit(
        entity("/v2/Services/{ServiceSid}/MessagingConfigurations"),
        "Country",
        Is::Text(is_country_or_all),
        VALUE,
    ),
    // https://www.twilio.com/docs/api/errors/60209
    limit(
        entity("/v2/Services/{ServiceSid}/RateLimits"),
        "UniqueName",
        Is::Text(is_rate_limit),
        Refusal::new(400, 60209, "UniqueName format is invalid"),
    ),
];

/// <https://www.twilio.com/docs/api/errors/46003>
const CONFIGURATION: Refusal = Refusal::new(400, 46003, "Invalid Unique Name");

const POLICY_TARGETS: At = (
    "voice.twilio.com",
    "/v1/ConnectionPolicies/{ConnectionPolicySid}/Targets",
);

const VOICE: &[Limit] = &[
    // The contract's text on the parameter.
    up_to(("voice.twilio.com", "/v1/ByocTrunks"), "FriendlyName", 255),
    // The contract's text on the parameter.
    up_to(("voice.twilio.com", "/v1/ConnectionPolicies"), "FriendlyName", 255),
    up_to(POLICY_TARGETS, "FriendlyName", 255),
    // https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/connectionpolicytarget-resource
    limit(POLICY_TARGETS, "Target", Is::Text(is_sip_url), INVALID),
    limit(POLICY_TARGETS, "Priority", Is::Between(0, 65_535), INVALID),
    limit(POLICY_TARGETS, "Weight", Is::Between(1, 65_535), INVALID),
    // The contract's text on the parameter.
    up_to(("voice.twilio.com", "/v1/IpRecords"), "FriendlyName", 255),
    // The contract's text on the parameter: dotted decimal notation, IPv4 only, with the length of a prefix of it.
    limit(
        ("voice.twilio.com", "/v1/IpRecords"),
        "IpAddress",
        Is::Text(is_address),
        INVALID,
    ),
    limit(
        ("voice.twilio.com", "/v1/IpRecords"),
        "CidrPrefixLength",
        Is::Between(0, 32),
        INVALID,
    ),
    limit(
        ("voice.twilio.com", "/v2/Configurations/Recording"),
        "unique_name",
        Is::Text(is_configuration),
        CONFIGURATION,
    ),
    limit(
        ("voice.twilio.com", "/v2/Configurations/Transcription"),
        "unique_name",
        Is::Text(is_configuration),
        CONFIGURATION,
    ),
];

fn is_label(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_label_or_none(text: &str) -> bool {
    text.is_empty() || is_label(text)
}

/// `name.sip.twilio.com`, with a city or region before the product's part too (`name.sip.dublin.ie1.twilio.com`).
fn is_sip_domain(text: &str) -> bool {
    is_below(text, "sip")
}

fn is_trunk_domain(text: &str) -> bool {
    text.is_empty() || is_below(text, "pstn")
}

fn is_below(text: &str, product: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let Some((own, rest)) = text
        .split_once(&format!(".{product}."))
        .filter(|(_, rest)| *rest == "twilio.com" || rest.ends_with(".twilio.com"))
    else {
        return false;
    };
    // https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4: a label of a DNS name has 63 letters at most.
    own.split('.').all(|label| is_label(label) && label.len() <= 63) && rest.split('.').all(is_label)
}

/// At least 12 characters, a digit, and letters of both cases.
fn is_password(text: &str) -> bool {
    let has = |kind: fn(char) -> bool| text.chars().any(kind);
    text.chars().count() >= 12
        && has(|c| c.is_ascii_digit())
        && has(|c| c.is_ascii_lowercase())
        && has(|c| c.is_ascii_uppercase())
}

/// A number in E.164 form, or one of at least ten characters whose last three are `xxx`.
fn is_number_or_block(text: &str) -> bool {
    match text.strip_suffix("xxx") {
        Some(block) => text.len() >= 10 && is_e164(&format!("{block}000")),
        None => is_e164(text),
    }
}

/// `640x480`
fn is_resolution(text: &str) -> bool {
    let sides = text
        .split_once('x')
        .map(|(width, height)| (width.parse::<u32>(), height.parse::<u32>()));
    match sides {
        Some((Ok(width), Ok(height))) => {
            let side = 16..=1280;
            side.contains(&width) && side.contains(&height) && width * height <= 921_600
        }
        _ => text.is_empty(),
    }
}

/// `sips` is not supported.
pub(super) fn is_sip_url(text: &str) -> bool {
    text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("sip:"))
}

/// The page says the same of trunks, but there it was taken:
/// <https://github.com/wittyreference/twilio-claude-plugin> (skills/elastic-sip-trunking/references/test-results.md, test 21).
fn is_origination(text: &str) -> bool {
    is_sip_url(text) || text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("sips:"))
}

fn is_sid_of(text: &str, prefix: &str) -> bool {
    crate::validate::is_sid(&[prefix.to_owned()], text)
}

fn is_no_channel(text: &str) -> bool {
    !is_sid_of(text, "CH")
}

fn is_no_sid(text: &str) -> bool {
    let is_prefix = text.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
    !(is_prefix && is_sid_of(text, "**"))
}

/// Up to 11 of letters, digits, space, `-`, `+`, `_` and `&`, and at least one letter among them:
/// <https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id>
fn is_alpha_sender(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || " -+_&".contains(c);
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    (1..=11).contains(&text.len()) && text.chars().all(known) && has_letter
}

/// 8 to 64 alphanumeric characters and dashes.
fn is_entity(text: &str) -> bool {
    (8..=64).contains(&text.len()) && is_label(text)
}

/// Letters, digits, `-`, `_` and `.`.
fn is_rate_limit(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// 1 to 50 letters, digits, dashes and underscores, and not `DEFAULT`.
fn is_configuration(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (1..=50).contains(&text.len()) && text.bytes().all(known) && !text.eq_ignore_ascii_case("DEFAULT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(is_right: fn(&str) -> bool, right: &[&str], wrong: &[&str]) {
        for text in right {
            assert!(is_right(text), "{text}");
        }
        for text in wrong {
            assert!(!is_right(text), "{text}");
        }
    }

    #[test]
    fn names_are_judged_as_their_pages_say() {
        check(
            is_sip_domain,
            &[
                "a.sip.twilio.com",
                "a-1.sip.us1.twilio.com",
                "b.a.sip.twilio.com",
                "A.sip.dublin.ie1.twilio.com",
            ],
            &[
                "",
                "a",
                "a.sip.example.com",
                ".sip.twilio.com",
                "a_b.sip.twilio.com",
                "a.pstn.twilio.com",
                "a.sip.twilio.com.x",
            ],
        );
        check(
            is_trunk_domain,
            &["", "a.pstn.twilio.com", "a.pstn.ashburn.twilio.com"],
            &["a.sip.twilio.com", "pstn.twilio.com"],
        );
        check(
            is_password,
            &["IWasAtSignal2018"],
            &["short1A", "alllowercase1", "ALLUPPERCASE1", "NoDigitsAtAllHere"],
        );
        check(
            is_sip_url,
            &["sip:a@example.com", "SIP:x"],
            &["sips:a@example.com", "https://x", "si"],
        );
        check(
            is_alpha_sender,
            &["My Brand", "A", "a+b_c&d-e"],
            &["", "123", "A way too long", "ü"],
        );
        check(is_event_of_call, &["initiated", "completed"], &["", "bogus"]);
        check(is_country_or_none, &["", "FR", "fr"], &["FRA", "1", "F1"]);
        check(is_usecase, &["2FA", "CUSTOMER_CARE"], &["", "bogus", "LOW VOLUME"]);
        check(
            is_entity,
            &["identity-0001", "12345678"],
            &["short", "has space in it", "under_score_1"],
        );
        check(is_rate_limit, &["a.b-c_1"], &["", "a b", "ü"]);
        check(is_event_of_push, &["*", "factor.created"], &["", "nope", "factor.*"]);
        check(
            is_web_address,
            &["https://a.example/b"],
            &["", "x", "https:///", "ftp://a", "https://a b"],
        );
        check(is_country_or_all, &["US", "all"], &["", "us", "USA", "ALL", "U1"]);
        check(is_get_or_post, &["", "get", "POST"], &["PATCH", "DELETE", "x"]);
        check(is_template, &["", "NONE", "FIFO"], &["fifo", "NOPE"]);
        check(is_configuration, &["a-b_1"], &["", "default", "a.b"]);
        let sid = "CH0123456789abcdef0123456789abcdef";
        check(is_no_channel, &["general", ""], &[sid]);
        check(is_no_sid, &["general", "ch0123456789abcdef0123456789abcdef"], &[sid]);
    }
}
