//! Fields of a new object that start with the first word that the contract has for them.
//!
//! The first word of an enum is no fact by itself. So each field to which that happens stands here: under [`RIGHT`], where the page
//! of the resource names it as the first state or the default; under [`MADE`], where a behaviour puts the true one in its place; under
//! [`ASKED`], where nobody knows and `OPEN-QUESTIONS.md` asks. A field that stands nowhere fails the test below.

#![cfg(test)]

use super::At;

/// Right: the page of the resource names it as the first state or the default.
const RIGHT: &[(At, &str)] = &[
    // https://www.twilio.com/docs/voice/api/call-resource, …/recording, …/siprec, …/stream-resource, …/realtime-transcription-resource
    (("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Calls"), "status"),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings",
        ),
        "status",
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Siprec",
        ),
        "status",
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Streams",
        ),
        "status",
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Transcriptions",
        ),
        "status",
    ),
    // https://www.twilio.com/docs/voice/api/conference-participant-resource
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants",
        ),
        "status",
    ),
    // https://www.twilio.com/docs/messaging/api/message-resource
    (
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Messages"),
        "status",
    ),
    // https://www.twilio.com/docs/chat/rest/channel-resource
    (("chat.twilio.com", "/v1/Services/{ServiceSid}/Channels"), "type"),
    // https://www.twilio.com/docs/voice/intelligence/api/transcript-resource
    (("intelligence.twilio.com", "/v2/Transcripts"), "status"),
    // https://www.twilio.com/docs/chat/rest/channel-resource
    (
        ("ip-messaging.twilio.com", "/v1/Services/{ServiceSid}/Channels"),
        "type",
    ),
    // https://www.twilio.com/docs/live/api/playerstreamers-resource
    (("media.twilio.com", "/v1/PlayerStreamers"), "status"),
    // https://www.twilio.com/docs/messaging/api/tollfree-verification-resource
    (("messaging.twilio.com", "/v1/Tollfree/Verifications"), "status"),
    // https://www.twilio.com/docs/messaging/api/brand-registration-resource
    (("messaging.twilio.com", "/v1/a2p/BrandRegistrations"), "status"),
    // https://www.twilio.com/docs/phone-numbers/hosted-numbers/hosted-numbers-api/hosted-number-order-resource
    (("numbers.twilio.com", "/v2/HostedNumber/Orders"), "verification_type"),
    // https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles, …/bundle-copies, …/supporting-documents
    (("numbers.twilio.com", "/v2/RegulatoryCompliance/Bundles"), "status"),
    (
        (
            "numbers.twilio.com",
            "/v2/RegulatoryCompliance/Bundles/{BundleSid}/Copies",
        ),
        "status",
    ),
    (
        ("numbers.twilio.com", "/v2/RegulatoryCompliance/SupportingDocuments"),
        "status",
    ),
    // https://www.twilio.com/docs/proxy/api/session
    (("proxy.twilio.com", "/v1/Services/{ServiceSid}/Sessions"), "status"),
    (
        (
            "proxy.twilio.com",
            "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants/{ParticipantSid}/MessageInteractions",
        ),
        "type",
    ),
    // https://www.twilio.com/docs/studio/rest-api/v2/execution
    (("studio.twilio.com", "/v1/Flows/{FlowSid}/Engagements"), "status"),
    (("studio.twilio.com", "/v1/Flows/{FlowSid}/Executions"), "status"),
    (("studio.twilio.com", "/v2/Flows/{FlowSid}/Executions"), "status"),
    // https://www.twilio.com/docs/iot/supersim/api/esimprofile-resource
    (("supersim.twilio.com", "/v1/ESimProfiles"), "status"),
    // https://www.twilio.com/docs/iot/supersim/api/fleet-resource
    (("supersim.twilio.com", "/v1/Fleets"), "data_metering"),
    // https://www.twilio.com/docs/iot/supersim/api/ipcommand-resource
    (("supersim.twilio.com", "/v1/IpCommands"), "status"),
    (("supersim.twilio.com", "/v1/IpCommands"), "direction"),
    (("supersim.twilio.com", "/v1/IpCommands"), "payload_type"),
    // https://www.twilio.com/docs/iot/supersim/api/sim-resource
    (("supersim.twilio.com", "/v1/Sims"), "status"),
    // https://www.twilio.com/docs/iot/supersim/api/smscommand-resource
    (("supersim.twilio.com", "/v1/SmsCommands"), "status"),
    (("supersim.twilio.com", "/v1/SmsCommands"), "direction"),
    // https://www.twilio.com/docs/taskrouter/api/workspace, …/task-queue, …/task
    (("taskrouter.twilio.com", "/v1/Workspaces"), "prioritize_queue_order"),
    (
        ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/TaskQueues"),
        "task_order",
    ),
    (
        ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Tasks"),
        "assignment_status",
    ),
    // https://www.twilio.com/docs/sip-trunking/api/trunk-resource
    (("trunking.twilio.com", "/v1/Trunks"), "transfer_mode"),
    (("trunking.twilio.com", "/v1/Trunks"), "transfer_caller_id"),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    (("trusthub.twilio.com", "/v1/CustomerProfiles"), "status"),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    (("trusthub.twilio.com", "/v1/SupportingDocuments"), "status"),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    (("trusthub.twilio.com", "/v1/TrustProducts"), "status"),
    // https://www.twilio.com/docs/verify/api/challenge, …/factor
    (
        (
            "verify.twilio.com",
            "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        ),
        "status",
    ),
    (
        (
            "verify.twilio.com",
            "/v2/Services/{ServiceSid}/Entities/{Identity}/Factors",
        ),
        "status",
    ),
    // https://www.twilio.com/docs/video/api/compositions-resource
    (("video.twilio.com", "/v1/Compositions"), "status"),
    // https://www.twilio.com/docs/video/api/rooms-resource
    (("video.twilio.com", "/v1/Rooms"), "status"),
    (("video.twilio.com", "/v1/Rooms"), "type"),
    (("video.twilio.com", "/v1/Rooms/{RoomSid}/Transcriptions"), "status"),
    // https://www.twilio.com/docs/iot/wireless/api/command-resource
    (("wireless.twilio.com", "/v1/Commands"), "command_mode"),
    (("wireless.twilio.com", "/v1/Commands"), "transport"),
    (("wireless.twilio.com", "/v1/Commands"), "status"),
];

/// Replaced, each line, by the behaviour beside the resource.
const MADE: &[(At, &str)] = &[
    // See `behaviours/numbers/evaluations.rs`.
    (
        (
            "numbers.twilio.com",
            "/v2/RegulatoryCompliance/Bundles/{BundleSid}/Evaluations",
        ),
        "status",
    ),
    (
        (
            "trusthub.twilio.com",
            "/v1/CustomerProfiles/{CustomerProfileSid}/Evaluations",
        ),
        "status",
    ),
    (
        ("trusthub.twilio.com", "/v1/TrustProducts/{TrustProductSid}/Evaluations"),
        "status",
    ),
    (("api.twilio.com", "/2010-04-01/Accounts"), "status"),
    (("api.twilio.com", "/2010-04-01/Accounts"), "type"),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
        ),
        "address_requirements",
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
        ),
        "voice_receive_mode",
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
        ),
        "emergency_status",
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
        ),
        "emergency_address_status",
    ),
    (
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Usage/Triggers"),
        "recurring",
    ),
    (
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Usage/Triggers"),
        "trigger_by",
    ),
    (("events.twilio.com", "/v1/Sinks"), "status"),
    (("serverless.twilio.com", "/v1/Services/{ServiceSid}/Builds"), "status"),
    (("serverless.twilio.com", "/v1/Services/{ServiceSid}/Builds"), "runtime"),
    (
        ("trunking.twilio.com", "/v1/Trunks/{TrunkSid}/PhoneNumbers"),
        "address_requirements",
    ),
];

/// Nobody knows; each line is a row of `OPEN-QUESTIONS.md`.
const ASKED: &[(At, &str)] = &[
    (("intelligence.twilio.com", "/v3/ControlPlane/Operators"), "author"),
    (
        ("autopilot.twilio.com", "/v1/Assistants/{AssistantSid}/ModelBuilds"),
        "status",
    ),
    (("conversations.twilio.com", "/v2/Conversations"), "status"),
    (
        ("conversations.twilio.com", "/v2/Conversations/{ConversationId}/Actions"),
        "status",
    ),
    (
        (
            "conversations.twilio.com",
            "/v2/Conversations/{ConversationId}/Participants",
        ),
        "type",
    ),
    (("flex-api.twilio.com", "/v1/FlexFlows"), "integration_type"),
    (
        (
            "flex-api.twilio.com",
            "/v1/Interactions/{InteractionSid}/Channels/{ChannelSid}/Transfers",
        ),
        "type",
    ),
    (
        (
            "flex-api.twilio.com",
            "/v1/Interactions/{InteractionSid}/Channels/{ChannelSid}/Transfers",
        ),
        "status",
    ),
    (("insights.twilio.com", "/v2/Voice/Reports"), "status"),
    (
        ("insights.twilio.com", "/v2/Voice/Reports/PhoneNumbers/Inbound"),
        "status",
    ),
    (
        ("insights.twilio.com", "/v2/Voice/Reports/PhoneNumbers/Outbound"),
        "status",
    ),
    (
        ("insights.twilio.com", "/v3/InsightsDomains/Conversations/QueryJobs"),
        "status",
    ),
    (("intelligence.twilio.com", "/v2/Operators/Custom"), "availability"),
    (("intelligence.twilio.com", "/v2/Services"), "webhook_http_method"),
    (
        ("intelligence.twilio.com", "/v3/ControlPlane/Operators"),
        "outputFormat",
    ),
    (("knowledge.twilio.com", "/v2/ControlPlane/KnowledgeBases"), "status"),
    (
        ("knowledge.twilio.com", "/v2/KnowledgeBases/{kbId}/Knowledge"),
        "status",
    ),
    (
        ("lookups.twilio.com", "/v2/PhoneNumbers/{PhoneNumber}/Overrides"),
        "original_line_type",
    ),
    (
        ("lookups.twilio.com", "/v2/PhoneNumbers/{PhoneNumber}/Overrides"),
        "overridden_line_type",
    ),
    (("memory.twilio.com", "/v1/ControlPlane/Stores"), "status"),
    (("memory.twilio.com", "/v1/Stores/{storeId}/Profiles/Imports"), "status"),
    (
        ("messaging.twilio.com", "/v1/a2p/BrandRegistrations"),
        "identity_status",
    ),
    (("messaging.twilio.com", "/v2/Channels/Senders"), "status"),
    (
        ("numbers.twilio.com", "/v2/HostedNumber/AuthorizationDocuments"),
        "status",
    ),
    (("numbers.twilio.com", "/v2/HostedNumber/Orders"), "status"),
    (("numbers.twilio.com", "/v2/HostedNumber/Orders/Bulk"), "request_status"),
    (("numbers.twilio.com", "/v2/ShortCodes/Applications"), "state"),
    (
        ("preview.twilio.com", "/HostedNumbers/AuthorizationDocuments"),
        "status",
    ),
    (("preview.twilio.com", "/HostedNumbers/HostedNumberOrders"), "status"),
    (
        ("preview.twilio.com", "/HostedNumbers/HostedNumberOrders"),
        "verification_type",
    ),
    (
        (
            "proxy.twilio.com",
            "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants/{ParticipantSid}/MessageInteractions",
        ),
        "inbound_resource_status",
    ),
    (
        (
            "proxy.twilio.com",
            "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants/{ParticipantSid}/MessageInteractions",
        ),
        "outbound_resource_status",
    ),
    (
        (
            "verify.twilio.com",
            "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        ),
        "responded_reason",
    ),
    (
        (
            "verify.twilio.com",
            "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        ),
        "factor_type",
    ),
    (("voice.twilio.com", "/v3/Transcriptions"), "status"),
];

mod tests {
    use super::*;
    use crate::contract::Contract;
    use crate::facts::{assert_published, is_at};
    use crate::generic::alias;
    use crate::generic::build::first_words;

    #[test]
    fn no_first_word_is_there_unsaid() {
        let lists = [RIGHT, MADE, ASKED];
        let listed = || lists.iter().copied().flatten();
        let mut unsaid = Vec::new();
        let mut found = 0;
        for resource in Contract::published().resources() {
            // What is shown under two paths is made in one of them.
            if !resource.has_create() || !std::ptr::eq(alias::holder(resource), resource) {
                continue;
            }
            for (field, word) in first_words(resource) {
                let lines = listed().filter(|(at, name)| *name == field && is_at(*at, resource));
                match lines.count() {
                    1 => found += 1,
                    _ => unsaid.push(format!("{}{} {field} {word}", resource.host, resource.template)),
                }
            }
        }
        assert!(unsaid.is_empty(), "not listed once:\n{}", unsaid.join("\n"));
        assert_eq!(found, listed().count(), "a line is about no first word");
    }

    #[test]
    fn what_is_not_known_is_read() {
        let questions = include_str!("../../OPEN-QUESTIONS.md");
        for (at, field) in ASKED {
            let (host, template) = at;
            assert_published(*at);
            let row = format!("| `{host}{template}` `{field}` |");
            assert!(questions.contains(&row), "no row begins with {row}");
        }
    }
}
