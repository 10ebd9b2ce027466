//! Accounts and their keys.

pub mod api_key;
pub mod subaccount;
