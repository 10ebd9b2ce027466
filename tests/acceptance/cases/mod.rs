//! One module per resource: its configurations, the drift to make, and what is special about it.

mod api_key;
mod data_sources;
mod messaging_service;
mod phone_number;
mod phone_number_webhooks;
mod subaccount;
mod twiml_app;
mod usage_trigger;
mod verify_service;
