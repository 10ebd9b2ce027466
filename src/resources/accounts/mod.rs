//! Accounts and their keys.

pub mod access;
pub mod api_key;
mod closing;
mod older;
pub mod subaccount;
