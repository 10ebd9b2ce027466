//! The Marketplace of add-ons. <https://www.twilio.com/docs/marketplace/api>

pub mod installed_add_ons;

use crate::behaviour::{Registration, on};

const HOST: &str = "marketplace.twilio.com";

/// What it has.
pub const REGISTRATIONS: &[Registration] = &[on(HOST, "/v1/InstalledAddOns", &installed_add_ons::InstalledAddOns)];
