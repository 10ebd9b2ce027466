//! Verify.

pub mod services;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "verify.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[on(HOST, "/v2/Services", &services::Services)];
