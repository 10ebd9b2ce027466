//! The explicit list of behaviours. One line per resource; order decides only who is asked first when two stand at one path.

pub mod accounts;
pub mod addresses;
pub mod applications;
pub mod auth_tokens;
pub mod balance;
pub mod content;
pub mod dialing_permissions;
pub mod events;
pub mod geo_permissions;
pub mod intelligence;
pub mod keys;
pub mod messaging_services;
pub mod numbers;
pub mod port_in;
pub mod regulatory;
pub mod safe_list;
pub mod sender_pool;
pub mod serverless;
pub mod studio;
pub mod sync;
pub mod taskrouter;
pub mod trunk_numbers;
pub mod usage;
pub mod verify;

use crate::behaviour::{Behaviour, Registration};
use crate::contract::anonymous;

/// All behaviours.
pub fn all() -> &'static [Registration] {
    const ALL: &[Registration] = &[
        Registration {
            host: "accounts.twilio.com",
            template: "/v1/AuthTokens/Promote",
            behaviour: &auth_tokens::Promote,
        },
        Registration {
            host: "accounts.twilio.com",
            template: "/v1/AuthTokens/Secondary",
            behaviour: &auth_tokens::Secondary,
        },
        Registration {
            host: "accounts.twilio.com",
            template: "/v1/Messaging/GeoPermissions",
            behaviour: &geo_permissions::GeoPermissions,
        },
        Registration {
            host: "accounts.twilio.com",
            template: "/v1/SafeList/Numbers",
            behaviour: &safe_list::SafeList,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts",
            behaviour: &accounts::Accounts,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Addresses",
            behaviour: &addresses::Addresses,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Addresses/{AddressSid}/DependentPhoneNumbers",
            behaviour: &addresses::DependentPhoneNumbers,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Applications",
            behaviour: &applications::Applications,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers",
            behaviour: &numbers::search::Countries,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/Local",
            behaviour: &numbers::search::Search,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/MachineToMachine",
            behaviour: &numbers::search::Search,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/Mobile",
            behaviour: &numbers::search::Search,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/National",
            behaviour: &numbers::search::Search,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/SharedCost",
            behaviour: &numbers::search::Search,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/TollFree",
            behaviour: &numbers::search::Search,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/Voip",
            behaviour: &numbers::search::Search,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
            behaviour: &numbers::IncomingNumbers,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Keys",
            behaviour: &keys::ClassicKeys,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Balance",
            behaviour: &balance::Balance,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Records",
            behaviour: &usage::Records,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Records/AllTime",
            behaviour: &usage::Records,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Daily",
            behaviour: &usage::Records,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Records/LastMonth",
            behaviour: &usage::Records,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Monthly",
            behaviour: &usage::Records,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Records/ThisMonth",
            behaviour: &usage::Records,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Today",
            behaviour: &usage::Records,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Yearly",
            behaviour: &usage::Records,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Yesterday",
            behaviour: &usage::Records,
        },
        Registration {
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts/{AccountSid}/Usage/Triggers",
            behaviour: &usage::Triggers,
        },
        Registration {
            host: "content.twilio.com",
            template: "/v1/Content/{ContentSid}/ApprovalRequests/whatsapp",
            behaviour: &content::Approval,
        },
        Registration {
            host: "events.twilio.com",
            template: "/v1/Schemas",
            behaviour: &events::Schemas,
        },
        Registration {
            host: "events.twilio.com",
            template: "/v1/Schemas/{Id}/Versions",
            behaviour: &events::SchemaVersions,
        },
        Registration {
            host: "events.twilio.com",
            template: "/v1/Sinks",
            behaviour: &events::Sinks,
        },
        Registration {
            host: "events.twilio.com",
            template: "/v1/Sinks/{Sid}/Test",
            behaviour: &events::SinkTest,
        },
        Registration {
            host: "events.twilio.com",
            template: "/v1/Sinks/{Sid}/Validate",
            behaviour: &events::SinkValidate,
        },
        Registration {
            host: "events.twilio.com",
            template: "/v1/Subscriptions",
            behaviour: &events::Subscriptions,
        },
        Registration {
            host: "events.twilio.com",
            template: "/v1/Subscriptions/{SubscriptionSid}/SubscribedEvents",
            behaviour: &events::SubscribedEvents,
        },
        Registration {
            host: "events.twilio.com",
            template: "/v1/Types",
            behaviour: &events::Types,
        },
        Registration {
            host: "iam.twilio.com",
            template: "/v1/Keys",
            behaviour: &keys::IamKeys,
        },
        Registration {
            host: "intelligence.twilio.com",
            template: "/v2/Services/{ServiceSid}/Operators",
            behaviour: &intelligence::OperatorAttachments,
        },
        Registration {
            host: "messaging.twilio.com",
            template: "/v1/Services",
            behaviour: &messaging_services::Services,
        },
        Registration {
            host: "messaging.twilio.com",
            template: "/v1/Services/{ServiceSid}/PhoneNumbers",
            behaviour: &sender_pool::SenderPool,
        },
        Registration {
            host: "numbers.twilio.com",
            template: "/v1/Porting/PortIn/PortInRequests",
            behaviour: &port_in::PortInRequests,
        },
        Registration {
            host: "numbers.twilio.com",
            template: "/v2/RegulatoryCompliance/Bundles",
            behaviour: &regulatory::Bundles,
        },
        Registration {
            host: "numbers.twilio.com",
            template: "/v2/RegulatoryCompliance/EndUsers",
            behaviour: &regulatory::EndUsers,
        },
        Registration {
            host: "numbers.twilio.com",
            template: "/v2/RegulatoryCompliance/SupportingDocuments",
            behaviour: &regulatory::SupportingDocuments,
        },
        Registration {
            host: "serverless.twilio.com",
            template: "/v1/Services",
            behaviour: &serverless::Services,
        },
        Registration {
            host: "serverless.twilio.com",
            template: "/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions",
            behaviour: &serverless::Versions,
        },
        Registration {
            host: "serverless.twilio.com",
            template: "/v1/Services/{ServiceSid}/Builds",
            behaviour: &serverless::Builds,
        },
        Registration {
            host: "serverless.twilio.com",
            template: "/v1/Services/{ServiceSid}/Builds/{Sid}/Status",
            behaviour: &serverless::BuildStatus,
        },
        Registration {
            host: "serverless.twilio.com",
            template: "/v1/Services/{ServiceSid}/Environments",
            behaviour: &serverless::Environments,
        },
        Registration {
            host: "serverless.twilio.com",
            template: "/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}/Deployments",
            behaviour: &serverless::Deployments,
        },
        Registration {
            host: "serverless.twilio.com",
            template: "/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions",
            behaviour: &serverless::Versions,
        },
        Registration {
            host: "serverless.twilio.com",
            template: "/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions/{Sid}/Content",
            behaviour: &serverless::FunctionVersionContent,
        },
        Registration {
            host: "studio.twilio.com",
            template: "/v2/Flows",
            behaviour: &studio::Flows,
        },
        Registration {
            host: "studio.twilio.com",
            template: "/v2/Flows/Validate",
            behaviour: &studio::Validate,
        },
        Registration {
            host: "studio.twilio.com",
            template: "/v2/Flows/{Sid}/Revisions",
            behaviour: &studio::Revisions,
        },
        Registration {
            host: "sync.twilio.com",
            template: "/v1/Services/{ServiceSid}/Documents",
            behaviour: &sync::Documents,
        },
        Registration {
            host: "sync.twilio.com",
            template: "/v1/Services/{ServiceSid}/Lists/{ListSid}/Items",
            behaviour: &sync::ListItems,
        },
        Registration {
            host: "sync.twilio.com",
            template: "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items",
            behaviour: &sync::MapItems,
        },
        Registration {
            host: "taskrouter.twilio.com",
            template: "/v1/Workspaces",
            behaviour: &taskrouter::Workspaces,
        },
        Registration {
            host: "taskrouter.twilio.com",
            template: "/v1/Workspaces/{WorkspaceSid}/TaskChannels",
            behaviour: &taskrouter::TaskChannels,
        },
        Registration {
            host: "taskrouter.twilio.com",
            template: "/v1/Workspaces/{WorkspaceSid}/Workers",
            behaviour: &taskrouter::Workers,
        },
        Registration {
            host: "trunking.twilio.com",
            template: "/v1/Trunks",
            behaviour: &trunk_numbers::Trunks,
        },
        Registration {
            host: "trunking.twilio.com",
            template: "/v1/Trunks/{TrunkSid}/PhoneNumbers",
            behaviour: &trunk_numbers::TrunkNumbers,
        },
        Registration {
            host: "trunking.twilio.com",
            template: "/v1/Trunks/{TrunkSid}/Recording",
            behaviour: &trunk_numbers::Recording,
        },
        Registration {
            host: "verify.twilio.com",
            template: "/v2/Services",
            behaviour: &verify::Services,
        },
        Registration {
            host: "voice.twilio.com",
            template: "/v1/DialingPermissions/BulkCountryUpdates",
            behaviour: &dialing_permissions::BulkCountryUpdates,
        },
    ];
    ALL
}

/// The behaviours of a collection template or an own path; names of path parameters do not matter.
pub(crate) fn at(host: &str, template: &str) -> impl Iterator<Item = &'static dyn Behaviour> + use<> {
    let wanted: Vec<&'static dyn Behaviour> = all()
        .iter()
        .filter(|registration| registration.host == host && same_place(registration.template, template))
        .map(|registration| registration.behaviour)
        .collect();
    wanted.into_iter()
}

fn same_place(left: &str, right: &str) -> bool {
    left == right || anonymous(left) == anonymous(right)
}
