//! One walk over every collection of the contract that can be created and read: create, read, list, update, delete, gone.

mod cost;

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::io::Write as _;
use std::pin::Pin;

use serde_json::{Map, Value};
use twilio_simulator::contract::{Content, Contract, Field, Kind, Location, Operation, OperationKind, Resource, Spec};

use crate::support::{API, Answer, Client, KEY_OF_AWS, PUBLIC_KEY, Part, read, simulator};
use crate::valid::{self, Known};

/// Collections that the walk leaves out, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "lookups.twilio.com",
        "/v2/PhoneNumbers/{PhoneNumber}/Overrides",
        "its path takes phone numbers and one word: `replacing` walks it",
    ),
    (
        "flex-api.twilio.com",
        "/v1/Channels",
        "a channel is opened by a flow that is there: `flex` walks it",
    ),
    (
        "flex-api.twilio.com",
        "/v1/WebChannels",
        "a channel is opened by a flow that is there: `flex` walks it",
    ),
    (
        "mcs.twilio.com",
        "/v1/Services/{ServiceSid}/Media",
        "the services above stand at other hosts: `uploads` walks it",
    ),
    (
        "intelligence.twilio.com",
        "/v2/Services/{ServiceSid}/Operators",
        "the contract contradicts itself: the list wants another SID prefix for the service than the attachment",
    ),
    (
        "numbers.twilio.com",
        "/v1/Porting/Configuration/Webhook",
        "one configuration, created and read without a key; only its delete names a part of it",
    ),
    (
        "numbers.twilio.com",
        "/v2/ShortCodes/Applications",
        "the contract contradicts itself: the path takes one SID prefix, the answer shows another",
    ),
];

/// What is deleted only when it is over, and the state in which it is. <https://www.twilio.com/docs/api/errors/20009>
const DELETED_IN: &[(&str, &str)] = &[
    ("/2010-04-01/Accounts/{AccountSid}/Calls", "completed"),
    ("/2010-04-01/Accounts/{AccountSid}/Messages", "delivered"),
];

/// Collections whose objects are made in another one: host, shown in, made in.
const SHARED: &[(&str, &str, &str)] = &[("studio.twilio.com", "/v1/Flows", "/v2/Flows")];

/// Values that a resource needs by meaning, where the smallest valid request is not enough: collection, parameter, value. `{n}` is
/// another number for each object; lists are written as JSON.
const MEANINGFUL: &[(&str, &str, &str)] = &[
    ("/2010-04-01/Accounts/{AccountSid}/Calls", "Url", "https://example.com"),
    ("/2010-04-01/Accounts/{AccountSid}/Calls", "To", "+14155550199"),
    ("/2010-04-01/Accounts/{AccountSid}/Messages", "To", "+14155550199"),
    (
        "/2010-04-01/Accounts/{AccountSid}/Messages",
        "MediaUrl",
        "[\"https://example.com/a.png\"]",
    ),
    (
        "/v1/ConnectionPolicies/{ConnectionPolicySid}/Targets",
        "Target",
        "sip:walk@example.com",
    ),
    ("/v1/Credentials/AWS", "Credentials", KEY_OF_AWS),
    ("/v1/Credentials/PublicKeys", "PublicKey", PUBLIC_KEY),
    ("/v1/Tollfree/Verifications", "BusinessType", "SOLE_PROPRIETOR"),
    // Without it a build has that of the last one, which may be over.
    ("/v1/Services/{ServiceSid}/Builds", "Runtime", "node22"),
    ("/v2/RegulatoryCompliance/Bundles", "Email", "walk@example.com"),
    (
        "/v2/Services/{ServiceSid}/Entities/{Identity}/Factors",
        "FactorType",
        "totp",
    ),
    ("/v2/Services/{ServiceSid}/MessagingConfigurations", "Country", "all"),
    ("/v2/Services/{ServiceSid}/Webhooks", "EventTypes", "[\"*\"]"),
    (
        "/v2/Services/{ServiceSid}/Webhooks",
        "WebhookUrl",
        "https://example.com",
    ),
    ("/v1/CustomerProfiles", "Email", "walk@example.com"),
    ("/v1/TrustProducts", "Email", "walk@example.com"),
    ("/v1/IpRecords", "IpAddress", "10.0.0.1"),
    ("/v1/Rooms", "Status", "completed"),
    // Without it one of the pool is taken, and there is none.
    (
        "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants",
        "ProxyIdentifier",
        "walked {n}",
    ),
    (
        "/v1/Services/{ServiceSid}/DestinationAlphaSenders",
        "AlphaSender",
        "Walk {n}",
    ),
    ("/v2/SafeList/Numbers", "PhoneNumber", "+1415555{n}"),
    ("/v2/Services/{ServiceSid}/Verifications", "To", "+1415555{n}"),
    ("/v2/Services/{ServiceSid}/Verifications", "Channel", "sms"),
    // A second group of the same name is refused.
    (
        "/v1/ControlPlane/Stores/{storeId}/TraitGroups",
        "displayName",
        "Group{n}",
    ),
    (
        "/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists/{CredentialListSid}/Credentials",
        "Password",
        "IWasAtSignal2018",
    ),
    (
        "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses",
        "IpAddress",
        "10.0.0.1",
    ),
    (
        "/v1/Workspaces/{WorkspaceSid}/Workflows",
        "Configuration",
        r#"{"task_routing": {}}"#,
    ),
    (
        "/2010-04-01/Accounts/{AccountSid}/SIP/Domains",
        "DomainName",
        "walked-{n}.sip.twilio.com",
    ),
    ("/v1/Services/{ServiceSid}/AlphaSenders", "AlphaSender", "Walk {n}"),
    (
        "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
        "UsAppToPersonUsecase",
        "USECASE_{n}",
    ),
    (
        "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
        "Description",
        "Tells the people who walk with us when and where the next walk begins.",
    ),
    (
        "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
        "MessageFlow",
        "Who walks with us signs a list on paper, on which this program is described.",
    ),
    (
        "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
        "MessageSamples",
        r#"["The next walk begins at nine.", "The next walk is called off, alas."]"#,
    ),
    (
        "/v1/Trunks/{TrunkSid}/OriginationUrls",
        "SipUrl",
        "sip:walk@example.com",
    ),
    ("/2010-04-01/Accounts/{AccountSid}/Addresses", "IsoCountry", "US"),
    (
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
        "AreaCode",
        "415",
    ),
    (
        "/2010-04-01/Accounts/{AccountSid}/Usage/Triggers",
        "UsageCategory",
        "sms",
    ),
    ("/2010-04-01/Accounts/{AccountSid}/Usage/Triggers", "TriggerValue", "+5"),
    ("/v1/Sinks", "SinkType", "segment"),
    ("/v1/Sinks", "SinkConfiguration", r#"{"write_key": "key"}"#),
    (
        "/v1/Subscriptions",
        "Types",
        r#"{"type": "com.twilio.messaging.message.sent"}"#,
    ),
    (
        "/v1/Subscriptions/{SubscriptionSid}/SubscribedEvents",
        "Type",
        "com.twilio.messaging.message.delivered",
    ),
    (
        "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Participants",
        "Identity",
        "walker-{n}",
    ),
    (
        "/v1/Conversations/{ConversationSid}/Participants",
        "Identity",
        "walker-{n}",
    ),
    (
        "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Webhooks",
        "Configuration.Url",
        "https://example.com",
    ),
    (
        "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Webhooks",
        "Configuration.Filters",
        "onMessageAdded",
    ),
    (
        "/v1/Conversations/{ConversationSid}/Webhooks",
        "Configuration.Url",
        "https://example.com",
    ),
    (
        "/v1/Conversations/{ConversationSid}/Webhooks",
        "Configuration.Filters",
        "onMessageAdded",
    ),
    (
        "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
        "Configuration.Url",
        "https://example.com",
    ),
    (
        "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
        "Configuration.Filters",
        "onMessageSent",
    ),
    ("/v1/Services/{ServiceSid}/Environments", "DomainSuffix", "walk-{n}"),
    ("/v1/MediaProcessors", "ExtensionContext", "{}"),
    (
        "/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/UserDefinedMessages",
        "Content",
        "{}",
    ),
    ("/v2/Flows", "CommitMessage", "walked"),
    (
        "/v1/Stores/{storeId}/Profiles/{profileId}/Identifiers",
        "value",
        "walked",
    ),
    (
        "/v1/Stores/{storeId}/Profiles/{profileId}/Identifiers",
        "oldValue",
        "walked",
    ),
    (
        "/v2/Flows",
        "Definition",
        r#"{"initial_state": "T", "states": [{"name": "T", "type": "trigger", "transitions": []}]}"#,
    ),
];

/// Parameters that name an object of another collection, which must exist: collection, parameter, host and collection of the
/// object.
const REFERENCES: &[(&str, &str, &str, &str)] = &[
    (
        "/v1/Fleets",
        "NetworkAccessProfile",
        "supersim.twilio.com",
        "/v1/NetworkAccessProfiles",
    ),
    ("/v1/Subscriptions", "SinkSid", "events.twilio.com", "/v1/Sinks"),
    (
        "/v1/Services/{ServiceSid}/Builds",
        "FunctionVersions",
        "serverless.twilio.com",
        "/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions",
    ),
    (
        "/v2/RegulatoryCompliance/Bundles/{BundleSid}/ItemAssignments",
        "ObjectSid",
        "numbers.twilio.com",
        "/v2/RegulatoryCompliance/EndUsers",
    ),
    (
        "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/CredentialListMappings",
        "CredentialListSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists",
    ),
    (
        "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings",
        "IpAccessControlListSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists",
    ),
    (
        "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Registrations/CredentialListMappings",
        "CredentialListSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists",
    ),
    (
        "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/CredentialListMappings",
        "CredentialListSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists",
    ),
    (
        "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/IpAccessControlListMappings",
        "IpAccessControlListSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists",
    ),
    (
        "/v1/Trunks/{TrunkSid}/CredentialLists",
        "CredentialListSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists",
    ),
    (
        "/v1/Trunks/{TrunkSid}/IpAccessControlLists",
        "IpAccessControlListSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists",
    ),
];

/// Collections whose members are numbers that the account owns: host, collection, parameter that takes the number's SID.
const OF_NUMBERS: &[(&str, &str, &str)] = &[
    (
        "messaging.twilio.com",
        "/v1/Services/{ServiceSid}/PhoneNumbers",
        "PhoneNumberSid",
    ),
    (
        "trunking.twilio.com",
        "/v1/Trunks/{TrunkSid}/PhoneNumbers",
        "PhoneNumberSid",
    ),
    ("proxy.twilio.com", "/v1/Services/{ServiceSid}/PhoneNumbers", "Sid"),
    (
        "messaging.twilio.com",
        "/v1/Tollfree/Verifications",
        "TollfreePhoneNumberSid",
    ),
];

/// Collections whose objects are updated in one state alone: host, collection, the state.
const UPDATED_IN: &[(&str, &str, &str)] = &[
    ("messaging.twilio.com", "/v1/Tollfree/Verifications", "TWILIO_REJECTED"),
    ("messaging.twilio.com", "/v1/a2p/BrandRegistrations", "FAILED"),
];

/// Collections whose members stand for what an account has without making it by a request that the walk could send: host, collection,
/// parameter, host and collection of what is added before.
const OF_OTHERS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "intelligence.twilio.com",
        "/v2/Transcripts",
        "ServiceSid",
        "intelligence.twilio.com",
        "/v2/Services",
    ),
    (
        "messaging.twilio.com",
        "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
        "BrandRegistrationSid",
        "messaging.twilio.com",
        "/v1/a2p/BrandRegistrations",
    ),
    (
        "messaging.twilio.com",
        "/v1/a2p/BrandRegistrations",
        "CustomerProfileBundleSid",
        "trusthub.twilio.com",
        "/v1/CustomerProfiles",
    ),
    (
        "messaging.twilio.com",
        "/v1/a2p/BrandRegistrations",
        "A2PProfileBundleSid",
        "trusthub.twilio.com",
        "/v1/TrustProducts",
    ),
    (
        "numbers.twilio.com",
        "/v2/HostedNumber/AuthorizationDocuments",
        "AddressSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Addresses",
    ),
    (
        "numbers.twilio.com",
        "/v2/HostedNumber/Orders",
        "AddressSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Addresses",
    ),
    (
        "preview.twilio.com",
        "/HostedNumbers/AuthorizationDocuments",
        "AddressSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Addresses",
    ),
    (
        "supersim.twilio.com",
        "/v1/NetworkAccessProfiles/{NetworkAccessProfileSid}/Networks",
        "Network",
        "supersim.twilio.com",
        "/v1/Networks",
    ),
    (
        "verify.twilio.com",
        "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        "FactorSid",
        "verify.twilio.com",
        "/v2/Services/VA00000000000000000000000000000001/Entities/identity/Factors",
    ),
    (
        "verify.twilio.com",
        "/v2/Services/{ServiceSid}/MessagingConfigurations",
        "MessagingServiceSid",
        "messaging.twilio.com",
        "/v1/Services",
    ),
    (
        "video.twilio.com",
        "/v1/Compositions",
        "RoomSid",
        "video.twilio.com",
        "/v1/Rooms",
    ),
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{ResourceSid}/AssignedAddOns",
        "InstalledAddOnSid",
        "marketplace.twilio.com",
        "/v1/InstalledAddOns",
    ),
    (
        "flex-api.twilio.com",
        "/v1/PluginService/Releases",
        "ConfigurationId",
        "flex-api.twilio.com",
        "/v1/PluginService/Configurations",
    ),
    (
        "messaging.twilio.com",
        "/v1/Services/{MessagingServiceSid}/ChannelSenders",
        "Sid",
        "messaging.twilio.com",
        "/v2/Channels/Senders",
    ),
    (
        "messaging.twilio.com",
        "/v1/Services/{ServiceSid}/ShortCodes",
        "ShortCodeSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes",
    ),
    (
        "proxy.twilio.com",
        "/v1/Services/{ServiceSid}/ShortCodes",
        "Sid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes",
    ),
    (
        "voice.twilio.com",
        "/v1/SourceIpMappings",
        "IpRecordSid",
        "voice.twilio.com",
        "/v1/IpRecords",
    ),
    (
        "voice.twilio.com",
        "/v1/SourceIpMappings",
        "SipDomainSid",
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/SIP/Domains",
    ),
];

/// Collections whose objects come from a number of the account, in the parameter `From`.
const FROM_NUMBERS: &[&str] = &[
    "/2010-04-01/Accounts/{AccountSid}/Calls",
    "/2010-04-01/Accounts/{AccountSid}/Messages",
];

/// Fields that the contract has and Twilio's answers do not always: collection and field.
const SOMETIMES_ABSENT: &[(&str, &str)] = &[(
    "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
    "voice_receive_mode",
)];

/// Links that Twilio shows in its examples to addresses that it does not publish: collection and name.
const UNPUBLISHED_LINKS: &[(&str, &str)] = &[
    ("/2010-04-01/Accounts", "sip"),
    ("/2010-04-01/Accounts", "usage"),
    ("/v1/Compositions", "media"),
    ("/v1/Conversations", "export"),
    ("/v1/Conversations/{ConversationSid}/Messages", "channel_metadata"),
    ("/v1/Services", "messages"),
    ("/v1/Services", "segments"),
    ("/v1/Services", "users"),
    ("/v1/Services/{ChatServiceSid}/Conversations", "export"),
    (
        "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages",
        "channel_metadata",
    ),
    // An address of the 2010 API without the suffix that its paths have.
    ("/v1/Trunks/{TrunkSid}/PhoneNumbers", "phone_number"),
];

/// Products that answer otherwise than with 404/20404 when an object is gone: host, collection, answer. Each is shown by the
/// acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio>.
const GONE: &[(&str, &str, (u16, u64))] = &[
    ("proxy.twilio.com", "/v1/Services", (400, 80408)),
    (
        "proxy.twilio.com",
        "/v1/Services/{ServiceSid}/PhoneNumbers",
        (400, 80407),
    ),
];

pub struct Walk {
    pub client: Client,
    pub account_sid: String,
    /// Paths of objects made as parents, by host and collection path.
    parents: HashMap<(String, String), String>,
    made: usize,
    /// Whether parameters are sent too that may be left out and are about a rule.
    ruled: bool,
}

/// Collections whose objects can be made and read, but for the exceptions.
pub fn collections() -> impl Iterator<Item = &'static Resource> {
    let resources = Contract::published().resources();
    resources.filter(|resource| {
        let kinds = [OperationKind::Create, OperationKind::Read];
        let mut exceptions = EXCEPTIONS.iter();
        !resource.is_single()
            && kinds.iter().all(|kind| resource.operation(*kind).is_some())
            && !exceptions.any(|(host, template, _)| *host == resource.host && *template == resource.template)
    })
}

#[tokio::test]
async fn every_collection_can_be_created_read_listed_updated_and_deleted() {
    let (handle, client) = simulator().await;
    let mut walk = Walk::new(client, &handle.account_sid);
    let mut covered = 0;
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    let mut skipped = Vec::new();
    for resource in Contract::published().resources() {
        let kinds = [OperationKind::Create, OperationKind::Read];
        if resource.is_single() || kinds.iter().any(|kind| resource.operation(*kind).is_none()) {
            continue;
        }
        if let Some((host, template, _)) = EXCEPTIONS
            .iter()
            .find(|(host, template, _)| *host == resource.host && *template == resource.template)
        {
            skipped.push((*host, *template));
            continue;
        }
        match walk.resource(resource).await {
            Ok(steps) => {
                covered += 1;
                for step in steps {
                    *done.entry(step).or_default() += 1;
                }
            }
            Err(why) => failures.push(format!("{}{}: {why}", resource.host, resource.template)),
        }
    }
    let mut out = std::io::stderr().lock();
    writeln!(
        out,
        "{covered} collections walked, {} exceptions, steps {done:?}",
        EXCEPTIONS.len()
    )
    .expect("stderr");
    assert_eq!(
        skipped.len(),
        EXCEPTIONS.len(),
        "an exception names a collection that the contract no longer has"
    );
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        covered + failures.len(),
        failures.join("\n")
    );
    // A contract that lost most of its operations would otherwise pass unnoticed.
    assert!(covered >= 190, "only {covered} collections were found");
}

impl Walk {
    /// A walk whose names begin at another number, for what may exist once in all of Twilio.
    pub fn numbered_from(self, made: usize) -> Self {
        Self { made, ..self }
    }

    pub fn new(client: Client, account_sid: &str) -> Self {
        Self {
            client,
            account_sid: account_sid.to_owned(),
            parents: HashMap::new(),
            made: 0,
            ruled: false,
        }
    }

    async fn resource(&mut self, resource: &'static Resource) -> Result<Vec<&'static str>, String> {
        let mut steps = vec!["create", "read"];
        let path = self.create(resource).await?;
        let operation = |kind| resource.operation(kind);
        let read = operation(OperationKind::Read).expect("the caller checked");
        let first = self.call(resource, read, &path, Map::new()).await?;
        fields_are_published(resource, read, &first)?;
        if let Some(list) = operation(OperationKind::List) {
            steps.push("list");
            let collection = path.rsplit_once('/').expect("an instance path").0;
            let answer = self.call(resource, list, collection, Map::new()).await?;
            let listing = list.list.as_ref().ok_or("a list without a listing")?;
            let items = answer.body[&listing.key]
                .as_array()
                .ok_or(format!("no {} in the list", listing.key))?;
            if items.is_empty() {
                return Err("the list does not show what was created".into());
            }
        }
        if let Some(update) = operation(OperationKind::Update) {
            steps.push("update");
            let mut body = self.values(resource, update);
            self.name_others(resource, update, &mut body).await;
            let place =
                |(host, template, _): &&(&str, &str, &str)| *host == resource.host && *template == resource.template;
            if let Some((host, _, state)) = UPDATED_IN.iter().find(place) {
                let object = format!("objects?host={host}&path={path}");
                let mut state = serde_json::json!({"status": state});
                if resource.template.contains("Tollfree") {
                    state["edit_allowed"] = true.into();
                }
                self.client.control("PATCH", &object, Some(state)).await.ok();
            }
            let answer = self.call(resource, update, &path, body).await?;
            fields_are_published(resource, update, &answer)?;
            if update.method == "PUT" {
                steps.push("replace");
                self.replace(resource, update, &path).await?;
            }
        }
        if let Some(delete) = operation(OperationKind::Delete) {
            steps.push("delete");
            let own = |(template, _): &&(&str, &str)| *template == resource.template;
            if let Some((_, state)) = DELETED_IN.iter().find(own) {
                let object = format!("objects?host={}&path={}", resource.host, path.trim_end_matches(".json"));
                let state = serde_json::json!({"status": state});
                self.client.control("PATCH", &object, Some(state)).await.ok();
            }
            self.call(resource, delete, &path, Map::new()).await?;
            let gone = self.send(resource, read, &path, &Map::new()).await;
            let expected = GONE
                .iter()
                .find(|(host, template, _)| *host == resource.host && *template == resource.template)
                .map_or((404, 20404), |(.., expected)| *expected);
            if gone.refusal() != expected {
                return Err(format!("after delete: {gone:?}"));
            }
        }
        Ok(steps)
    }

    /// Adds what a write names, and names it.
    async fn name_others(&self, resource: &Resource, operation: &Operation, body: &mut Map<String, Value>) {
        let lines = OF_OTHERS.iter().filter(|(host, template, parameter, ..)| {
            *host == resource.host
                && *template == resource.template
                && operation.params.iter().any(|param| param.name == *parameter)
        });
        if resource.host == API && FROM_NUMBERS.contains(&resource.template.as_str()) {
            body.insert("From".to_owned(), self.client.buy().await.into());
        }
        for (.., parameter, host, collection) in lines {
            let collection = collection.replace("{AccountSid}", &self.account_sid);
            let sid = self.client.add_for(&self.account_sid, host, &collection).await;
            body.insert((*parameter).to_owned(), sid.into());
        }
    }

    /// A PUT that leaves an optional text out takes it away.
    async fn replace(&self, resource: &'static Resource, update: &'static Operation, path: &str) -> Result<(), String> {
        let read = resource.operation(OperationKind::Read).expect("the caller checked");
        let create = resource.operation(OperationKind::Create).expect("the caller checked");
        let is_needed = |name: &str| create.params.iter().any(|param| param.name == name && param.required);
        let texts = update.params_in(Location::Body).filter(|field| {
            let plain = field.allowed.is_empty() && field.pattern.is_none() && field.format.is_none();
            plain && field.kind == Kind::String && field.sid.is_empty() && !field.required && !is_needed(&field.name)
        });
        for field in texts {
            let shown = [field.name.clone(), twilio_simulator::contract::snake_case(&field.name)];
            let value = |answer: &Answer| shown.iter().find_map(|name| answer.body.get(name).cloned());
            let mut body = self.values(resource, update);
            body.insert(field.name.clone(), "goes".into());
            self.call(resource, update, path, body.clone()).await?;
            let with = value(&self.call(resource, read, path, Map::new()).await?);
            body.shift_remove(&field.name);
            self.call(resource, update, path, body).await?;
            let without = value(&self.call(resource, read, path, Map::new()).await?);
            if with.is_some() && (with != Some("goes".into()) || without == with) {
                return Err(format!("{} {}: {with:?}, then {without:?}", update.id, field.name));
            }
        }
        Ok(())
    }

    /// Creates one object with everything above it; its path without `.json`.
    pub fn create<'w>(
        &'w mut self,
        resource: &'static Resource,
    ) -> Pin<Box<dyn Future<Output = Result<String, String>> + 'w>> {
        Box::pin(async move {
            let create = resource.operation(OperationKind::Create).expect("the caller checked");
            let template = create.template();
            let mut path = String::new();
            let segments: Vec<&str> = template.split('/').skip(1).collect();
            for (index, segment) in segments.iter().enumerate() {
                let Some(param) = segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) else {
                    path = format!("{path}/{segment}");
                    continue;
                };
                let collection = format!("/{}", segments[..index].join("/"));
                path = self.above(resource, &collection, param, &path).await?;
            }
            self.made += 1;
            let mut body = self.values(resource, create);
            for (_, name, host, collection) in REFERENCES.iter().filter(|(at, ..)| *at == resource.template) {
                let named = Contract::published().resource(host, collection);
                let made = self.create(named.ok_or("a reference to nothing")?).await?;
                let key = made.rsplit('/').next().unwrap_or_default();
                let key = key.strip_suffix(".json").unwrap_or(key);
                body.insert((*name).to_owned(), key.into());
            }
            let of_numbers = OF_NUMBERS
                .iter()
                .find(|(host, template, _)| *host == resource.host && *template == resource.template);
            if let Some((.., parameter)) = of_numbers {
                let numbers = crate::accounts::below(&self.account_sid, "IncomingPhoneNumbers");
                let bought = self.client.post(API, &numbers, &[("AreaCode", "415")]).await;
                body.insert((*parameter).to_owned(), bought.text("sid").into());
            }
            self.name_others(resource, create, &mut body).await;
            let answer = self.call(resource, create, &path, body).await?;
            fields_are_published(resource, create, &answer)?;
            if split_last_param(template) && template != resource.template {
                return Ok(path);
            }
            let key = resource.key_param.as_deref().expect("a collection has instances");
            match key_of(&answer.body, key) {
                Some(key) => Ok(format!("{path}/{}", percent(&key))),
                // Creates that go on in the background do not say what they made.
                None => self.newest(&resource.host, &path).await,
            }
        })
    }

    /// Path of the object that was made last in a collection.
    async fn newest(&self, host: &str, collection: &str) -> Result<String, String> {
        let query = format!(
            "objects?host={host}&account={}&collection={collection}",
            self.account_sid
        );
        let objects = self.client.control("GET", &query, None).await;
        let newest = objects.body.as_array().and_then(|objects| objects.last());
        let path = newest.and_then(|object| object["path"].as_str());
        path.map(str::to_owned)
            .ok_or_else(|| format!("nothing was made in {collection}"))
    }

    /// The path of an object that stands above: made before, made now, or simply named.
    async fn above(
        &mut self,
        resource: &'static Resource,
        collection: &str,
        param: &str,
        path: &str,
    ) -> Result<String, String> {
        if path == "/2010-04-01/Accounts" {
            return Ok(format!("{path}/{}", self.account_sid));
        }
        let known = (resource.host.clone(), path.to_owned());
        if let Some(made) = self.parents.get(&known) {
            return Ok(made.clone());
        }
        let shown_by = SHARED
            .iter()
            .find(|(host, shown, _)| *host == resource.host && *shown == collection);
        let parent = Contract::published().resource(&resource.host, shown_by.map_or(collection, |(.., made)| made));
        // What is attached at its own path is named, not made.
        let parent = parent.filter(|parent| parent.template != resource.template);
        let made = match parent.filter(|parent| parent.has_create() && !parent.is_single()) {
            Some(parent) => {
                let made = self
                    .create(parent)
                    .await
                    .map_err(|why| format!("its parent {collection}: {why}"))?;
                format!("{path}/{}", made.rsplit('/').next().unwrap_or_default())
            }
            None => {
                let field = resource
                    .operations()
                    .flat_map(|operation| operation.params_in(Location::Path))
                    .filter(|field| field.name == param)
                    // A create may take a name where the read wants the SID.
                    .max_by_key(|field| !field.sid.is_empty());
                let field = field.cloned().unwrap_or(Field {
                    kind: Kind::String,
                    ..Field::default()
                });
                let known = Known {
                    account_sid: &self.account_sid,
                    number: self.made,
                };
                let value = valid::value(resource.spec, &field, &known, 0);
                format!("{path}/{}", percent(value.as_str().unwrap_or("x")))
            }
        };
        self.parents.insert(known, made.clone());
        Ok(made)
    }

    pub fn values(&self, resource: &Resource, operation: &Operation) -> Map<String, Value> {
        let known = Known {
            account_sid: &self.account_sid,
            number: self.made,
        };
        let mut values = valid::body(resource.spec, operation, &known);
        if self.ruled {
            values.extend(cost::ruled(operation, self.made));
        }
        for (template, name, value) in MEANINGFUL {
            if *template == resource.template && operation.params_in(Location::Body).any(|field| field.name == *name) {
                let value = value.replace("{n}", &self.made.to_string());
                let list = serde_json::from_str(&value).ok().filter(Value::is_array);
                values.insert((*name).to_owned(), list.unwrap_or(Value::from(value)));
            }
        }
        values
    }

    /// Sends a request that must succeed with the contract's status.
    async fn call(
        &self,
        resource: &Resource,
        operation: &Operation,
        path: &str,
        body: Map<String, Value>,
    ) -> Result<Answer, String> {
        let answer = self.send(resource, operation, path, &body).await;
        if answer.status == operation.success() {
            return Ok(answer);
        }
        let (id, status, text) = (&operation.id, answer.status, &answer.body["message"]);
        Err(format!(
            "{id} {path} with {} answered {status}: {text}",
            Value::Object(body)
        ))
    }

    pub async fn send(
        &self,
        resource: &Resource,
        operation: &Operation,
        path: &str,
        body: &Map<String, Value>,
    ) -> Answer {
        self.send_as(&self.client, resource, operation, path, body).await
    }

    /// Sends a request with another credential.
    pub async fn send_as(
        &self,
        client: &Client,
        resource: &Resource,
        operation: &Operation,
        path: &str,
        body: &Map<String, Value>,
    ) -> Answer {
        let suffix = if operation.path.ends_with(".json") { ".json" } else { "" };
        let known = Known {
            account_sid: &self.account_sid,
            number: self.made,
        };
        let query = valid::query(resource.spec, operation, &known);
        let path = format!("{path}{suffix}{query}");
        // What is uploaded is uploaded at another host than where it is.
        let at = |spec: &&Spec| spec.operations.iter().any(|known| std::ptr::eq(known, operation));
        let mut specs = Contract::published().specs().map(|(_, spec)| spec);
        let host = specs.find(at).map_or(resource.host.as_str(), |spec| spec.host.as_str());
        let request = client.request(&operation.method, host, &path);
        match operation.content {
            Content::Form => read(request.form(&valid::form(body))).await,
            Content::Json => {
                let request = request.header("content-type", "application/json");
                read(request.body(Value::Object(body.clone()).to_string())).await
            }
            Content::Multipart => {
                let texts: Vec<(String, String)> = valid::form(body);
                let is_file = |name: &str| {
                    operation
                        .params
                        .iter()
                        .any(|field| field.name == name && field.format.as_deref() == Some("binary"))
                };
                let parts: Vec<Part<'_>> = texts
                    .iter()
                    .map(|(name, text)| match is_file(name) {
                        true => (name.as_str(), Some(("walked.txt", "text/plain")), &b"walked"[..]),
                        false => (name.as_str(), None, text.as_bytes()),
                    })
                    .collect();
                client.upload(host, &path, &parts).await
            }
            Content::File => read(request.body("walked")).await,
            Content::None => read(request).await,
        }
    }
}

/// Every field of the contract is there and no other, and SIDs have their prefix.
/// Every link is an address that the contract has, under any method.
fn links_lead_somewhere(resource: &Resource, operation: &Operation, body: &Map<String, Value>) -> Result<(), String> {
    let links = ["links", "subresource_uris"]
        .iter()
        .filter_map(|name| body.get(*name)?.as_object());
    for (name, address) in links.flatten() {
        let address = address.as_str().unwrap_or_default();
        let (host, path) = match address.strip_prefix("https://") {
            Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
            None => (resource.host.as_str(), address),
        };
        let path = path.split('?').next().unwrap_or_default();
        let leads = ["GET", "POST"]
            .iter()
            .any(|method| Contract::published().route(host, method, path).is_ok());
        let known = UNPUBLISHED_LINKS.contains(&(resource.template.as_str(), name.as_str()));
        if !leads && !known {
            return Err(format!("{} has the link {name} to {address}", operation.id));
        }
    }
    Ok(())
}

fn fields_are_published(resource: &Resource, operation: &Operation, answer: &Answer) -> Result<(), String> {
    let fields = resource.spec.answer_fields(operation);
    let Some(body) = answer.body.as_object().filter(|_| !fields.is_empty()) else {
        return Ok(());
    };
    let may_lack = |field: &str| SOMETIMES_ABSENT.contains(&(&resource.template, field));
    let absent = |name: &str| !body.contains_key(name) && !may_lack(name);
    if let Some(field) = fields.iter().find(|field| absent(&field.name)) {
        return Err(format!("{} lacks {}", operation.id, field.name));
    }
    if let Some(name) = body
        .keys()
        .find(|name| !fields.iter().any(|field| field.name == **name))
    {
        return Err(format!("{} has {name}, which the contract does not", operation.id));
    }
    links_lead_somewhere(resource, operation, body)?;
    for field in fields {
        let shape = resource.spec.resolve(field);
        let Some(text) = body
            .get(&field.name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
        else {
            continue;
        };
        let fits = shape.sid.is_empty()
            || shape
                .sid
                .iter()
                .any(|prefix| prefix == "**" || text.starts_with(prefix.as_str()));
        if !fits {
            return Err(format!(
                "{} has {} = {text}, expected {:?}",
                operation.id, field.name, shape.sid
            ));
        }
    }
    Ok(())
}

fn split_last_param(template: &str) -> bool {
    template.ends_with('}')
}

fn key_of(body: &Value, param: &str) -> Option<String> {
    let snake = twilio_simulator::contract::snake_case(param);
    let names = [snake.as_str(), param, "sid", "id"];
    names.iter().find_map(|name| {
        body[*name]
            .as_str()
            .map(str::to_owned)
            .or_else(|| body[*name].as_i64().map(|n| n.to_string()))
    })
}

fn percent(text: &str) -> String {
    const SEGMENT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'_')
        .remove(b'-')
        .remove(b'.')
        .remove(b'+');
    percent_encoding::utf8_percent_encode(text, SEGMENT).to_string()
}
