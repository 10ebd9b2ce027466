//! What is special about a resource, a module each. What every resource does follows from its sample: see `products`.

mod account_reports;
mod api_key;
mod api_key_recipient;
pub mod data_sources;
mod event_sink;
mod event_subscription;
mod lookups;
mod marketplace;
mod messaging_geo_permissions;
mod messaging_service_phone_number;
mod phone_number;
mod phone_number_search;
mod phone_number_webhooks;
mod serverless;
mod sip;
mod spend;
mod studio_flow;
mod subaccount;
mod sync;
mod taskrouter;
mod trunking;
mod twiml_app;
mod usage_records;
mod usage_trigger;
mod verify_limits;
mod verify_service;
mod voice;
