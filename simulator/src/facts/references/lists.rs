//! Which parameters name which objects, by product.

use super::{Missing, Reference};
use crate::facts::{At, Refusal};

/// Host and path of the 2010 API.
const fn api(path: &'static str) -> At {
    ("api.twilio.com", path)
}

/// Host and path of TaskRouter.
const fn taskrouter(path: &'static str) -> At {
    ("taskrouter.twilio.com", path)
}

const CREDENTIAL_LISTS: At = api("/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists");
const ACCESS_LISTS: At = api("/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists");
const DOMAINS: At = api("/2010-04-01/Accounts/{AccountSid}/SIP/Domains");
const NUMBERS: At = api("/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers");
const SHORT_CODES: At = api("/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes");
const ACTIVITIES: At = taskrouter("/v1/Workspaces/{WorkspaceSid}/Activities");

/// An entry that stands for another object, has its SID and shows something of it.
const fn entry(
    at: At,
    parameter: &'static str,
    of: &'static [At],
    shown: &'static [(&'static str, &'static str)],
) -> Reference {
    Reference {
        at,
        parameter,
        held: "sid",
        of,
        name: None,
        unsent: None,
        missing: Missing::NotFound,
        other_kind: None,
        shown,
    }
}

/// A field that names another object and fields that show something of it.
const fn naming(
    at: At,
    (parameter, held): (&'static str, &'static str),
    of: &'static [At],
    missing: Missing,
    shown: &'static [(&'static str, &'static str)],
) -> Reference {
    Reference {
        held,
        missing,
        ..entry(at, parameter, of, shown)
    }
}

const NAME: &[(&str, &str)] = &[("friendly_name", "friendly_name")];

/// An entry that stands for a list shows the list's name. Seen by the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (sip, sip_trunking); that a list has to be there is also what the
/// pages say: <https://www.twilio.com/docs/voice/sip/api/sip-credentiallistmapping-resource>,
/// <https://www.twilio.com/docs/sip-trunking/api/credentiallist-resource>.
const LISTS_OF_SIP: &[Reference] = &[
    entry(
        api("/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/CredentialListMappings"),
        "CredentialListSid",
        &[CREDENTIAL_LISTS],
        NAME,
    ),
    entry(
        api("/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings"),
        "IpAccessControlListSid",
        &[ACCESS_LISTS],
        NAME,
    ),
    entry(
        api("/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Registrations/CredentialListMappings"),
        "CredentialListSid",
        &[CREDENTIAL_LISTS],
        NAME,
    ),
    entry(
        api("/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/CredentialListMappings"),
        "CredentialListSid",
        &[CREDENTIAL_LISTS],
        NAME,
    ),
    entry(
        api("/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/IpAccessControlListMappings"),
        "IpAccessControlListSid",
        &[ACCESS_LISTS],
        NAME,
    ),
    // https://www.twilio.com/docs/sip-trunking/api/credentiallist-resource, …/ipaccesscontrollist-resource
    entry(
        ("trunking.twilio.com", "/v1/Trunks/{TrunkSid}/CredentialLists"),
        "CredentialListSid",
        &[CREDENTIAL_LISTS],
        NAME,
    ),
    entry(
        ("trunking.twilio.com", "/v1/Trunks/{TrunkSid}/IpAccessControlLists"),
        "IpAccessControlListSid",
        &[ACCESS_LISTS],
        NAME,
    ),
    // https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/sourceipmapping-resource
    naming(
        ("voice.twilio.com", "/v1/SourceIpMappings"),
        ("IpRecordSid", "ip_record_sid"),
        &[("voice.twilio.com", "/v1/IpRecords")],
        Missing::NotFound,
        &[],
    ),
    naming(
        ("voice.twilio.com", "/v1/SourceIpMappings"),
        ("SipDomainSid", "sip_domain_sid"),
        &[DOMAINS],
        Missing::NotFound,
        &[],
    ),
];

/// Senders that stand for what the account has. The pool of a messaging service and the numbers of a trunk are made by code.
const SENDERS: &[Reference] = &[
    // https://www.twilio.com/docs/proxy/api/phone-number, https://www.twilio.com/docs/api/errors/80606. What it shows was seen by the
    // same tests (proxy).
    Reference {
        missing: Missing::Refused(Refusal::new(400, 80606, "Proxy Identifier Not Owned By Account")),
        ..entry(
            ("proxy.twilio.com", "/v1/Services/{ServiceSid}/PhoneNumbers"),
            "Sid",
            &[NUMBERS],
            &[("phone_number", "phone_number"), ("friendly_name", "friendly_name")],
        )
    },
    // https://www.twilio.com/docs/proxy/api/short-code
    Reference {
        missing: Missing::Refused(Refusal::new(400, 80606, "Proxy Identifier Not Owned By Account")),
        ..entry(
            ("proxy.twilio.com", "/v1/Services/{ServiceSid}/ShortCodes"),
            "Sid",
            &[SHORT_CODES],
            &[("short_code", "short_code")],
        )
    },
    // https://www.twilio.com/docs/messaging/api/services/shortcodes
    entry(
        ("messaging.twilio.com", "/v1/Services/{ServiceSid}/ShortCodes"),
        "ShortCodeSid",
        &[SHORT_CODES],
        &[("short_code", "short_code")],
    ),
    // https://www.twilio.com/docs/messaging/api/services/channelsenders
    entry(
        (
            "messaging.twilio.com",
            "/v1/Services/{MessagingServiceSid}/ChannelSenders",
        ),
        "Sid",
        &[("messaging.twilio.com", "/v2/Channels/Senders")],
        &[("sender", "sender_id")],
    ),
];

/// <https://www.twilio.com/docs/taskrouter/api/workspace>, <https://www.twilio.com/docs/taskrouter/api/worker>,
/// <https://www.twilio.com/docs/taskrouter/api/task-queue>, <https://www.twilio.com/docs/taskrouter/api/task>: names beside SIDs.
const TASKROUTER: &[Reference] = &[
    naming(
        taskrouter("/v1/Workspaces"),
        ("DefaultActivitySid", "default_activity_sid"),
        &[ACTIVITIES],
        Missing::Invalid,
        &[("default_activity_name", "friendly_name")],
    ),
    naming(
        taskrouter("/v1/Workspaces"),
        ("TimeoutActivitySid", "timeout_activity_sid"),
        &[ACTIVITIES],
        Missing::Invalid,
        &[("timeout_activity_name", "friendly_name")],
    ),
    naming(
        taskrouter("/v1/Workspaces/{WorkspaceSid}/Workers"),
        ("ActivitySid", "activity_sid"),
        &[ACTIVITIES],
        Missing::Invalid,
        &[("activity_name", "friendly_name"), ("available", "available")],
    ),
    naming(
        taskrouter("/v1/Workspaces/{WorkspaceSid}/TaskQueues"),
        ("AssignmentActivitySid", "assignment_activity_sid"),
        &[ACTIVITIES],
        Missing::Invalid,
        &[("assignment_activity_name", "friendly_name")],
    ),
    naming(
        taskrouter("/v1/Workspaces/{WorkspaceSid}/TaskQueues"),
        ("ReservationActivitySid", "reservation_activity_sid"),
        &[ACTIVITIES],
        Missing::Invalid,
        &[("reservation_activity_name", "friendly_name")],
    ),
    naming(
        taskrouter("/v1/Workspaces/{WorkspaceSid}/Tasks"),
        ("WorkflowSid", "workflow_sid"),
        &[taskrouter("/v1/Workspaces/{WorkspaceSid}/Workflows")],
        Missing::Invalid,
        &[("workflow_friendly_name", "friendly_name")],
    ),
    Reference {
        name: Some("unique_name"),
        unsent: Some("default"),
        ..naming(
            taskrouter("/v1/Workspaces/{WorkspaceSid}/Tasks"),
            ("TaskChannel", "task_channel_sid"),
            &[taskrouter("/v1/Workspaces/{WorkspaceSid}/TaskChannels")],
            Missing::Invalid,
            &[("task_channel_unique_name", "unique_name")],
        )
    },
];

const OTHERS: &[Reference] = &[
    // https://www.twilio.com/docs/api/errors/22205, https://www.twilio.com/docs/api/errors/22206
    Reference {
        other_kind: Some(Refusal::new(
            400,
            22206,
            "Attempting to add invalid object type to bundle",
        )),
        ..naming(
            (
                "numbers.twilio.com",
                "/v2/RegulatoryCompliance/Bundles/{BundleSid}/ItemAssignments",
            ),
            ("ObjectSid", "object_sid"),
            &[
                ("numbers.twilio.com", "/v2/RegulatoryCompliance/EndUsers"),
                ("numbers.twilio.com", "/v2/RegulatoryCompliance/SupportingDocuments"),
            ],
            Missing::Refused(Refusal::new(
                400,
                22205,
                "Attempting to assign invalid object_sid to Bundle",
            )),
            &[],
        )
    },
    // https://www.twilio.com/docs/iot/supersim/api/fleet-resource: the SID or the unique name of a profile.
    Reference {
        name: Some("unique_name"),
        ..naming(
            ("supersim.twilio.com", "/v1/Fleets"),
            ("NetworkAccessProfile", "network_access_profile_sid"),
            &[("supersim.twilio.com", "/v1/NetworkAccessProfiles")],
            Missing::Invalid,
            &[],
        )
    },
    // https://www.twilio.com/docs/flex/developer/plugins/api/release
    naming(
        ("flex-api.twilio.com", "/v1/PluginService/Releases"),
        ("ConfigurationId", "configuration_sid"),
        &[("flex-api.twilio.com", "/v1/PluginService/Configurations")],
        Missing::NotFound,
        &[],
    ),
    // https://www.twilio.com/docs/marketplace/api: an add-on of a number is one that the account has installed.
    entry(
        api("/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{ResourceSid}/AssignedAddOns"),
        "InstalledAddOnSid",
        &[("marketplace.twilio.com", "/v1/InstalledAddOns")],
        &[
            ("friendly_name", "friendly_name"),
            ("description", "description"),
            ("unique_name", "unique_name"),
            ("configuration", "configuration"),
        ],
    ),
];

/// All lists.
pub(super) const LISTS: &[&[Reference]] = &[LISTS_OF_SIP, SENDERS, TASKROUTER, OTHERS];
