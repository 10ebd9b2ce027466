//! What Twilio offers, one file per resource: a table, and small hooks where Twilio does something of its own.

pub mod voice;
