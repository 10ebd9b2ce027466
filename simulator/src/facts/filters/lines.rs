//! The filters whose names do not say what they compare, each under the page that does. Where none is named, it is the contract's
//! own text on the parameter.

use std::borrow::Cow;

use super::super::At;
use super::taskrouter::Question;
use super::{Filter, Line};

/// All lines.
pub(super) fn all() -> impl Iterator<Item = &'static Line> {
    [API, CONVERSATIONS, IOT, NUMBERS, OTHERS, TASKROUTER]
        .into_iter()
        .flatten()
}

const fn equals(field: &'static str) -> Filter {
    Filter::Equals(Cow::Borrowed(field))
}

const fn after(field: &'static str) -> Filter {
    Filter::After(Cow::Borrowed(field))
}

const fn before(field: &'static str) -> Filter {
    Filter::Before(Cow::Borrowed(field))
}

const fn up_to(field: &'static str) -> Filter {
    Filter::UpTo(Cow::Borrowed(field))
}

const SHORT_CODES: At = ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes");
const RECORDINGS: At = ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Recordings");

const API: &[Line] = &[
    // https://www.twilio.com/docs/messaging/api/short-code-resource: partial numbers, `*` for any digit.
    (SHORT_CODES, "ShortCode", Filter::Digits("short_code")),
    // The contract's text on the parameter.
    (RECORDINGS, "IncludeSoftDeleted", Filter::Off),
];

const CONVERSATION: At = ("conversations.twilio.com", "/v1/Conversations");
const CONVERSATION_OF_SERVICE: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/Conversations",
);

/// <https://www.twilio.com/docs/conversations/api/participant-conversation-resource>
const OF_PARTICIPANT: At = ("conversations.twilio.com", "/v1/ParticipantConversations");
/// <https://www.twilio.com/docs/conversations/api/participant-conversation-resource>
const OF_PARTICIPANT_OF_SERVICE: At = (
    "conversations.twilio.com",
    "/v1/Services/{ChatServiceSid}/ParticipantConversations",
);

const CONVERSATIONS: &[Line] = &[
    (OF_PARTICIPANT, "Identity", Filter::Decided),
    (OF_PARTICIPANT, "Address", Filter::Decided),
    (OF_PARTICIPANT_OF_SERVICE, "Identity", Filter::Decided),
    (OF_PARTICIPANT_OF_SERVICE, "Address", Filter::Decided),
    // https://www.twilio.com/docs/conversations/api/conversation-resource
    (CONVERSATION, "StartDate", after("date_created")),
    (CONVERSATION, "EndDate", up_to("date_created")),
    (CONVERSATION_OF_SERVICE, "StartDate", after("date_created")),
    (CONVERSATION_OF_SERVICE, "EndDate", up_to("date_created")),
];

const BUNDLES: At = ("numbers.twilio.com", "/v2/RegulatoryCompliance/Bundles");

const NUMBERS: &[Line] = &[
    // https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles
    (BUNDLES, "BundleSids", Filter::OneOf("sid")),
    (BUNDLES, "IsoCountry", Filter::Written("IsoCountry")),
    (BUNDLES, "NumberType", Filter::Written("NumberType")),
    (BUNDLES, "EndUserType", Filter::Written("EndUserType")),
    (BUNDLES, "HasValidUntilDate", Filter::IsSet("valid_until")),
    (BUNDLES, "ValidUntilDate", equals("valid_until")),
    (BUNDLES, "ValidUntilDate>", after("valid_until")),
    (BUNDLES, "ValidUntilDate<", up_to("valid_until")),
    // https://www.twilio.com/docs/phone-numbers/hosted-numbers/hosted-numbers-api/hosted-number-order-resource
    (
        ("numbers.twilio.com", "/v2/HostedNumber/Orders"),
        "SmsCapability",
        Filter::At(&["capabilities", "sms"]),
    ),
    // The contract's text on the parameter.
    (
        ("numbers.twilio.com", "/v2/ShortCodes/Applications"),
        "Status",
        equals("state"),
    ),
    // The contract's text on the parameter.
    (PORT_IN, "CreatedAfter", Filter::Decided),
    (PORT_IN, "CreatedBefore", Filter::Decided),
    (PORT_IN, "Token", Filter::Decided),
    (PORT_IN, "Size", Filter::Decided),
];

const PORT_IN: At = ("numbers.twilio.com", "/v1/Porting/PortIn/PortInRequests");

const SIMS: &str = "/v1/Sims";
const SUPER: &str = "supersim.twilio.com";
const WIRELESS: &str = "wireless.twilio.com";

/// <https://www.twilio.com/docs/iot/supersim/api>, <https://www.twilio.com/docs/iot/wireless/api>: SIDs or unique names, in each line.
const IOT: &[Line] = &[
    (
        (SUPER, "/v1/Fleets"),
        "NetworkAccessProfile",
        Filter::SidOrName("network_access_profile_sid", "/v1/NetworkAccessProfiles"),
    ),
    ((SUPER, "/v1/IpCommands"), "Sim", Filter::SidOrName("sim_sid", SIMS)),
    (
        (SUPER, "/v1/SettingsUpdates"),
        "Sim",
        Filter::SidOrName("sim_sid", SIMS),
    ),
    ((SUPER, "/v1/SmsCommands"), "Sim", Filter::SidOrName("sim_sid", SIMS)),
    ((SUPER, SIMS), "Fleet", Filter::SidOrName("fleet_sid", "/v1/Fleets")),
    ((SUPER, "/v1/Networks"), "Mcc", Filter::AnyItem("identifiers", "mcc")),
    ((SUPER, "/v1/Networks"), "Mnc", Filter::AnyItem("identifiers", "mnc")),
    ((WIRELESS, "/v1/Commands"), "Sim", Filter::SidOrName("sim_sid", SIMS)),
    // https://www.twilio.com/docs/iot/supersim/api/usage-record-resource
    ((SUPER, "/v1/UsageRecords"), "Sim", Filter::SidOrName("sim_sid", SIMS)),
    (
        (SUPER, "/v1/UsageRecords"),
        "Fleet",
        Filter::SidOrName("fleet_sid", "/v1/Fleets"),
    ),
    ((SUPER, "/v1/UsageRecords"), "Network", equals("network_sid")),
    (
        ("preview.twilio.com", "/wireless/Commands"),
        "Sim",
        Filter::SidOrName("sim_sid", "/wireless/Sims"),
    ),
    (
        ("preview.twilio.com", "/wireless/Sims"),
        "RatePlan",
        Filter::SidOrName("rate_plan_sid", "/wireless/RatePlans"),
    ),
    (
        (WIRELESS, SIMS),
        "RatePlan",
        Filter::SidOrName("rate_plan_sid", "/v1/RatePlans"),
    ),
    (
        (WIRELESS, SIMS),
        "SimRegistrationCode",
        Filter::Written("RegistrationCode"),
    ),
];

const ALERTS: At = ("monitor.twilio.com", "/v1/Alerts");
const EVENTS: At = ("monitor.twilio.com", "/v1/Events");
const BINDINGS: At = ("notify.twilio.com", "/v1/Services/{ServiceSid}/Bindings");
const LOGS: At = (
    "serverless.twilio.com",
    "/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}/Logs",
);
const EXECUTIONS: At = ("studio.twilio.com", "/v1/Flows/{FlowSid}/Executions");
const EXECUTIONS_2: At = ("studio.twilio.com", "/v2/Flows/{FlowSid}/Executions");
const TRANSCRIPTS: At = ("intelligence.twilio.com", "/v2/Transcripts");
const CONFERENCES: At = ("insights.twilio.com", "/v1/Conferences");
const ROOMS: At = ("insights.twilio.com", "/v1/Video/Rooms");
const ATTEMPTS: At = ("verify.twilio.com", "/v2/Attempts");
const VIDEO_RECORDINGS: At = ("video.twilio.com", "/v1/Recordings");
const TEMPLATES: At = ("content.twilio.com", "/v2/Content");
const TEMPLATES_AND_APPROVALS: At = ("content.twilio.com", "/v2/ContentAndApprovals");
const LIST_ITEMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists/{ListSid}/Items");
const MAP_ITEMS: At = ("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items");
const ENTITIES: &[&str] = &["/v1/EndUsers", "/v1/SupportingDocuments"];

const OTHERS: &[Line] = &[
    // The contract's text on the parameter.
    (
        ("flex-api.twilio.com", "/v1/Insights/Conversations"),
        "SegmentId",
        Filter::AnyItem("segments", "segment_id"),
    ),
    // The contract's text on the parameter.
    (
        ("flex-api.twilio.com", "/v1/Insights/QualityManagement/Questionnaires"),
        "IncludeInactive",
        Filter::Including("active"),
    ),
    // The contract's text on the parameter.
    (
        ("memory.twilio.com", "/v1/ControlPlane/Stores/{storeId}/DataMappings"),
        "type",
        Filter::At(&["mappingFrom", "type"]),
    ),
    // The contract's text on the parameter.
    (
        ("memory.twilio.com", "/v1/ControlPlane/Stores/{storeId}/TraitGroups"),
        "includeTraits",
        Filter::OfAnother,
    ),
    // The contract's text on the parameter.
    (("events.twilio.com", "/v1/Sinks"), "InUse", Filter::Decided),
    // https://www.twilio.com/docs/iam/api-keys/key-resource-v1
    (("iam.twilio.com", "/v1/Keys"), "AccountSid", Filter::Decided),
    // https://www.twilio.com/docs/content/content-api-resources
    (TEMPLATES, "ContentName", Filter::Matches("friendly_name")),
    (TEMPLATES, "Content", Filter::Matches("types")),
    (TEMPLATES, "ContentType", Filter::MemberName("types")),
    // https://www.twilio.com/docs/content/content-api-resources
    (TEMPLATES_AND_APPROVALS, "ContentName", Filter::Matches("friendly_name")),
    (TEMPLATES_AND_APPROVALS, "Content", Filter::Matches("types")),
    (TEMPLATES_AND_APPROVALS, "ContentType", Filter::MemberName("types")),
    // https://www.twilio.com/docs/voice/voice-insights/api/conference/conference-summary-resource
    (CONFERENCES, "CreatedAfter", after("create_time")),
    (CONFERENCES, "CreatedBefore", before("create_time")),
    // https://www.twilio.com/docs/video/video-log-analyzer/video-log-analyzer-api
    (ROOMS, "CreatedAfter", after("create_time")),
    (ROOMS, "CreatedBefore", before("create_time")),
    (ROOMS, "Codec", Filter::Holds("codecs")),
    // https://www.twilio.com/docs/voice/intelligence/api/transcript-resource
    (TRANSCRIPTS, "AfterDateCreated", after("date_created")),
    (TRANSCRIPTS, "BeforeDateCreated", before("date_created")),
    (TRANSCRIPTS, "AfterStartTime", after("media_start_time")),
    (TRANSCRIPTS, "BeforeStartTime", before("media_start_time")),
    (
        TRANSCRIPTS,
        "SourceSid",
        Filter::At(&["channel", "media_properties", "source_sid"]),
    ),
    // The contract's text on the parameter.
    (
        ("intelligence.twilio.com", "/v2/OperatorTypes"),
        "LanguageCode",
        Filter::Holds("supported_languages"),
    ),
    // https://www.twilio.com/docs/usage/monitor-alert
    (ALERTS, "StartDate", after("date_created")),
    (ALERTS, "EndDate", up_to("date_created")),
    // https://www.twilio.com/docs/usage/monitor-events
    (EVENTS, "StartDate", after("event_date")),
    (EVENTS, "EndDate", up_to("event_date")),
    // https://www.twilio.com/docs/whatsapp/api/senders: `whatsapp:+14155550100`.
    (
        ("messaging.twilio.com", "/v2/Channels/Senders"),
        "Channel",
        Filter::Channel("sender_id"),
    ),
    // https://www.twilio.com/docs/messaging/api/tollfree-verification-resource
    (
        ("messaging.twilio.com", "/v1/Tollfree/Verifications"),
        "IncludeSubAccounts",
        Filter::Off,
    ),
    // https://www.twilio.com/docs/notify/api/binding-resource
    (BINDINGS, "StartDate", after("date_created")),
    (BINDINGS, "EndDate", up_to("date_created")),
    (BINDINGS, "Tag", Filter::HoldsAll("tags")),
    // https://www.twilio.com/docs/serverless/api/resource/logs
    (LOGS, "StartDate", after("date_created")),
    (LOGS, "EndDate", before("date_created")),
    // https://www.twilio.com/docs/studio/rest-api/v2/execution
    (EXECUTIONS, "DateCreatedFrom", after("date_created")),
    (EXECUTIONS, "DateCreatedTo", before("date_created")),
    (EXECUTIONS_2, "DateCreatedFrom", after("date_created")),
    (EXECUTIONS_2, "DateCreatedTo", before("date_created")),
    // https://www.twilio.com/docs/sync/api/map-item-resource, https://www.twilio.com/docs/sync/api/listitem-resource
    (LIST_ITEMS, "From", Filter::From("index", "Bounds")),
    (LIST_ITEMS, "Bounds", Filter::OfAnother),
    (MAP_ITEMS, "From", Filter::From("key", "Bounds")),
    (MAP_ITEMS, "Bounds", Filter::OfAnother),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    (
        (
            "trusthub.twilio.com",
            "/v1/CustomerProfiles/{CustomerProfileSid}/ChannelEndpointAssignments",
        ),
        "ChannelEndpointSids",
        Filter::OneOf("channel_endpoint_sid"),
    ),
    (
        (
            "trusthub.twilio.com",
            "/v1/TrustProducts/{TrustProductSid}/ChannelEndpointAssignments",
        ),
        "ChannelEndpointSids",
        Filter::OneOf("channel_endpoint_sid"),
    ),
    (
        (
            "trusthub.twilio.com",
            "/v1/CustomerProfiles/{CustomerProfileSid}/EntityAssignments",
        ),
        "ObjectType",
        Filter::TypeOf("object_sid", ENTITIES),
    ),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    (
        (
            "trusthub.twilio.com",
            "/v1/TrustProducts/{TrustProductSid}/EntityAssignments",
        ),
        "ObjectType",
        Filter::TypeOf("object_sid", ENTITIES),
    ),
    // https://www.twilio.com/docs/verify/api/list-verification-attempts
    (ATTEMPTS, "ChannelData.To", Filter::At(&["channel_data", "to"])),
    (ATTEMPTS, "Country", Filter::At(&["channel_data", "country"])),
    (ATTEMPTS, "VerifyServiceSid", equals("service_sid")),
    (ATTEMPTS, "Status", equals("conversion_status")),
    // https://www.twilio.com/docs/video/api/composition-hooks: not case sensitive, with asterisks.
    (
        ("video.twilio.com", "/v1/CompositionHooks"),
        "FriendlyName",
        Filter::Like("friendly_name"),
    ),
    // https://www.twilio.com/docs/video/api/recordings-resource
    (VIDEO_RECORDINGS, "GroupingSid", Filter::AnyMember("grouping_sids")),
    (VIDEO_RECORDINGS, "MediaType", equals("type")),
    // https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource
    (
        ("voice.twilio.com", "/v1/DialingPermissions/Countries"),
        "CountryCode",
        Filter::Holds("country_codes"),
    ),
];

const fn below(template: &'static str) -> At {
    ("taskrouter.twilio.com", template)
}

const ACTIVITIES: At = below("/v1/Workspaces/{WorkspaceSid}/Activities");
const HISTORY: At = below("/v1/Workspaces/{WorkspaceSid}/Events");
const QUEUES: At = below("/v1/Workspaces/{WorkspaceSid}/TaskQueues");
const TASKS: At = below("/v1/Workspaces/{WorkspaceSid}/Tasks");
const WORKERS: At = below("/v1/Workspaces/{WorkspaceSid}/Workers");

const TASKROUTER: &[Line] = &[
    // https://www.twilio.com/docs/taskrouter/api/activity: `1` and `yes` are true too, all other values false.
    (ACTIVITIES, "Available", Filter::Flag("available")),
    // https://www.twilio.com/docs/taskrouter/api/worker
    (WORKERS, "Available", Filter::Flag("available")),
    (
        WORKERS,
        "TargetWorkersExpression",
        Filter::TaskRouter(Question::WorkerMatches),
    ),
    (
        WORKERS,
        "TaskQueueSid",
        Filter::TaskRouter(Question::WorkerOfQueue("sid")),
    ),
    (
        WORKERS,
        "TaskQueueName",
        Filter::TaskRouter(Question::WorkerOfQueue("friendly_name")),
    ),
    // https://www.twilio.com/docs/taskrouter/api/task
    (TASKS, "WorkflowName", equals("workflow_friendly_name")),
    (TASKS, "TaskQueueName", equals("task_queue_friendly_name")),
    (TASKS, "AssignmentStatus", Filter::OneOf("assignment_status")),
    (
        TASKS,
        "EvaluateTaskAttributes",
        Filter::TaskRouter(Question::TaskMatches),
    ),
    (TASKS, "HasAddons", Filter::TaskRouter(Question::TaskHasAddons)),
    // https://www.twilio.com/docs/taskrouter/api/task-queue
    (
        QUEUES,
        "EvaluateWorkerAttributes",
        Filter::TaskRouter(Question::QueueOfMatching),
    ),
    (QUEUES, "WorkerSid", Filter::TaskRouter(Question::QueueOfWorker)),
    // https://www.twilio.com/docs/taskrouter/api/event/reference
    (HISTORY, "StartDate", after("event_date")),
    (HISTORY, "EndDate", up_to("event_date")),
    (HISTORY, "Minutes", Filter::Minutes("event_date")),
    (
        HISTORY,
        "ReservationSid",
        Filter::At(&["event_data", "reservation_sid"]),
    ),
    (HISTORY, "TaskQueueSid", Filter::At(&["event_data", "task_queue_sid"])),
    (HISTORY, "TaskSid", Filter::At(&["event_data", "task_sid"])),
    (HISTORY, "WorkerSid", Filter::At(&["event_data", "worker_sid"])),
    (HISTORY, "WorkflowSid", Filter::At(&["event_data", "workflow_sid"])),
    (
        HISTORY,
        "TaskChannel",
        Filter::At(&["event_data", "task_channel_unique_name"]),
    ),
];

/// Filters that are refused because it is not known, or not modelled, what they do: host, list, filter; sorted.
#[cfg(test)]
pub(super) const NOT_MODELLED: &[&str] = &[
    "assistants.twilio.com/v1/Knowledge: AssistantId",
    "assistants.twilio.com/v1/Policies: KnowledgeId, ToolId",
    "assistants.twilio.com/v1/Tools: AssistantId",
    "autopilot.twilio.com/v1/Assistants/{AssistantSid}/Queries: ModelBuild",
    "content.twilio.com/v2/Content: ChannelEligibility",
    "content.twilio.com/v2/ContentAndApprovals: ChannelEligibility",
    "conversations.twilio.com/v2/Conversations: channelId",
    "flex-api.twilio.com/v1/Insights/QualityManagement/Questions: CategorySid",
    "flex-api.twilio.com/v1/Insights/Segments: ReservationId",
    "insights.twilio.com/v1/Conferences: Subaccount",
    "insights.twilio.com/v1/Voice/Summaries: AbnormalSession, AnsweredByAnnotation, BrandedBundleSid, \
     BrandedCallReason, BrandedEnabled, BrandedLogo, BrandedType, BrandedUseCase, BusinessProfileBundleSid, \
     BusinessProfileIdentity, BusinessProfileIndustry, BusinessProfileType, CallScoreAnnotation, \
     ConnectivityIssueAnnotation, Direction, FromCarrier, FromCountryCode, HasTag, QualityIssueAnnotation, SortBy, \
     SpamAnnotation, Subaccount, ToCarrier, ToCountryCode, VerifiedCaller, VoiceIntegrityBundleSid, \
     VoiceIntegrityEnabled, VoiceIntegrityUseCase",
    "intelligence.twilio.com/v2/Operators/Custom: LanguageCode",
    "intelligence.twilio.com/v2/Operators/PreBuilt: LanguageCode",
    "intelligence.twilio.com/v2/Operators: LanguageCode",
    "intelligence.twilio.com/v2/Transcripts/{TranscriptSid}/OperatorResults: Redacted",
    "intelligence.twilio.com/v2/Transcripts/{TranscriptSid}/Sentences: Redacted, WordTimestamps",
    "intelligence.twilio.com/v3/Conversations: channelId, operatorIds",
    "intelligence.twilio.com/v3/OperatorResults: conversationId, intelligenceConfigurationId, operatorId",
    "knowledge.twilio.com/v1/Knowledge: Tags",
    "memory.twilio.com/v1/Stores/{storeId}/Profiles/Imports: orderBy",
    "memory.twilio.com/v1/Stores/{storeId}/Profiles/{profileId}/Observations: conversationId",
    "memory.twilio.com/v1/Stores/{storeId}/Profiles/{profileId}/Traits: orderBy, traitGroups",
    "monitor.twilio.com/v2/Alarms: SortOrder",
    "numbers.twilio.com/v2/RegulatoryCompliance/Regulations: IncludeConstraints",
    "preview-iam.twilio.com/Organizations/{OrganizationSid}/scim/Users: filter",
    "preview.twilio.com/wireless/Commands: Device",
    "preview.twilio.com/wireless/Sims: SimRegistrationCode",
    "supersim.twilio.com/v1/UsageRecords: EndTime, Granularity, Group, StartTime",
    "voice.twilio.com/v3/Transcriptions: languageCode",
    "wireless.twilio.com/v1/Sims/{SimSid}/UsageRecords: End, Granularity, Start",
    "wireless.twilio.com/v1/UsageRecords: End, Granularity, Start",
];
