//! The classic API of 2010: accounts, numbers, addresses, applications, usage.

pub mod accounts;
pub mod addresses;
pub mod applications;
pub mod balance;
mod caller_ids;
pub mod calls;
pub mod messages;
pub mod numbers;
mod senders;
mod sip;
pub mod usage;

use crate::behaviour::{Ctx, Outcome, Registration, on};
use crate::error::ApiError;

/// Where it stands.
pub const HOST: &str = "api.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/2010-04-01/Accounts", &accounts::Accounts),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Addresses",
        &addresses::Addresses,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Addresses/{AddressSid}/DependentPhoneNumbers",
        &addresses::DependentPhoneNumbers,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Applications",
        &applications::Applications,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers",
        &numbers::search::Countries,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/Local",
        &numbers::search::Search,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/MachineToMachine",
        &numbers::search::Search,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/Mobile",
        &numbers::search::Search,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/National",
        &numbers::search::Search,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/SharedCost",
        &numbers::search::Search,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/TollFree",
        &numbers::search::Search,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/Voip",
        &numbers::search::Search,
    ),
    on(HOST, "/2010-04-01/Accounts/{AccountSid}/Calls", &calls::Calls),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/OutgoingCallerIds",
        &caller_ids::CallerIds,
    ),
    on(HOST, "/2010-04-01/Accounts/{AccountSid}/Messages", &messages::Messages),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
        &numbers::IncomingNumbers,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/IpAccessControlListMappings",
        &sip::AclMappings,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/SIP/Domains/{DomainSid}/Auth/Calls/IpAccessControlListMappings",
        &sip::AclMappings,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Keys",
        &super::iam::keys::ClassicKeys,
    ),
    on(HOST, "/2010-04-01/Accounts/{AccountSid}/Balance", &balance::Balance),
    on(HOST, "/2010-04-01/Accounts/{AccountSid}/Usage/Records", &usage::Records),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Usage/Records/AllTime",
        &usage::Records,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Daily",
        &usage::Records,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Usage/Records/LastMonth",
        &usage::Records,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Monthly",
        &usage::Records,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Usage/Records/ThisMonth",
        &usage::Records,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Today",
        &usage::Records,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Yearly",
        &usage::Records,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Usage/Records/Yesterday",
        &usage::Records,
    ),
    on(
        HOST,
        "/2010-04-01/Accounts/{AccountSid}/Usage/Triggers",
        &usage::Triggers,
    ),
];

/// <https://www.twilio.com/docs/api/errors/20009>: a call or a message is deleted when it is over. The page names no status.
fn refuse_unfinished(ctx: &Ctx<'_>, is_over: bool) -> Outcome {
    match ctx.strict && !is_over {
        true => Err(ApiError::new(
            409,
            20009,
            "Cannot delete this resource before it is complete",
        )),
        false => Ok(()),
    }
}
