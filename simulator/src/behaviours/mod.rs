//! The explicit list of behaviours. One line per resource; order decides only who is asked first when two stand at one path.

pub mod accounts;
pub mod applications;
pub mod auth_tokens;
pub mod keys;
pub mod numbers;
pub mod sender_pool;

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
            host: "api.twilio.com",
            template: "/2010-04-01/Accounts",
            behaviour: &accounts::Accounts,
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
            host: "iam.twilio.com",
            template: "/v1/Keys",
            behaviour: &keys::IamKeys,
        },
        Registration {
            host: "messaging.twilio.com",
            template: "/v1/Services/{ServiceSid}/PhoneNumbers",
            behaviour: &sender_pool::SenderPool,
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
