//! Flex: its configuration, chat channels, and plugins.

mod channels;
mod configuration;
mod plugins;

use crate::behaviour::{Registration, on};

/// Where it stands.
const HOST: &str = "flex-api.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Channels", &channels::Channels),
    on(HOST, "/v1/Configuration", &configuration::Configuration),
    on(HOST, "/v1/PluginService/Configurations", &plugins::Configurations),
    on(HOST, "/v1/PluginService/Releases", &plugins::Releases),
    on(HOST, "/v1/WebChannels", &channels::Channels),
];
