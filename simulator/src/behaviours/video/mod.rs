//! Video.

pub mod rooms;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "video.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[on(HOST, "/v1/Rooms", &rooms::Rooms)];
