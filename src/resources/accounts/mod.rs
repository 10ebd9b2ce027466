//! Accounts and their keys.

pub mod access;
pub mod account;
pub mod account_balance;
mod account_status;
pub mod activate_subaccount;
pub mod api_key;
mod closing;
mod closing_policy;
pub mod codes;
pub mod ephemeral;
mod older;
pub mod promote_auth_token;
mod recipient;
pub mod subaccount;
pub mod suspend_subaccount;

use crate::engine::facts::{Action, Ephemeral, Managed};
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[api_key::API_KEY, subaccount::SUBACCOUNT];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[account::ACCOUNT, account_balance::ACCOUNT_BALANCE];

/// Ephemeral resources, sorted by name.
pub const EPHEMERAL_RESOURCES: &[Ephemeral] = ephemeral::ALL;

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[
    activate_subaccount::ACTIVATE_SUBACCOUNT,
    promote_auth_token::PROMOTE_AUTH_TOKEN,
    suspend_subaccount::SUSPEND_SUBACCOUNT,
];
