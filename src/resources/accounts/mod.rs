//! Accounts and their keys.

pub mod access;
pub mod account;
pub mod account_balance;
pub mod api_key;
mod closing;
pub mod codes;
pub mod ephemeral;
mod older;
mod recipient;
pub mod subaccount;

use crate::engine::facts::{Ephemeral, Managed};
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[api_key::API_KEY, subaccount::SUBACCOUNT];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[account::ACCOUNT, account_balance::ACCOUNT_BALANCE];

/// Ephemeral resources, sorted by name.
pub const EPHEMERAL_RESOURCES: &[Ephemeral] = ephemeral::ALL;
