//! Process, handshake and connection, as far as they do not depend on what the provider offers.

mod command_line;
mod debug_mode;
mod handshake;
mod lifecycle;
mod logging;
mod services;
mod socket;
mod tls;
