//! What Twilio offers, one file per resource: a table, and small hooks where Twilio does something of its own.

pub mod accounts;
pub mod events;
pub mod messaging;
pub mod numbers;
mod passing_name;
pub mod studio;
pub mod usage;
pub mod verify;
pub mod voice;
