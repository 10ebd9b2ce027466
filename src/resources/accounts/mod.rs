//! Accounts and their keys.

pub mod access;
pub mod api_key;
mod closing;
mod key_name;
pub mod subaccount;
