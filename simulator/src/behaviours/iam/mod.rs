//! API keys.

pub mod keys;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "iam.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[on(HOST, "/v1/Keys", &keys::IamKeys)];
