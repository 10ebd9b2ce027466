//! Flex: its configuration, and plugins.

mod configuration;
mod plugins;

use crate::behaviour::{Registration, on};

/// Where it stands.
const HOST: &str = "flex-api.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Configuration", &configuration::Configuration),
    on(HOST, "/v1/PluginService/Configurations", &plugins::Configurations),
    on(HOST, "/v1/PluginService/Releases", &plugins::Releases),
];
