//! One module per resource: its configurations, the drift to make, and what is special about it.

mod api_key;
mod messaging_service;
mod subaccount;
mod twiml_app;
mod usage_trigger;
mod verify_service;
