//! Phone numbers.

pub mod lookup;
pub mod phone_number;
pub mod phone_number_webhooks;
pub mod search;
pub mod webhooks;
