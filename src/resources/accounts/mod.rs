//! Accounts and their keys.

pub mod access;
pub mod api_key;
mod closing;
pub mod codes;
mod older;
pub mod subaccount;
