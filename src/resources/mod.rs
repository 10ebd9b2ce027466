//! What Twilio offers, a folder for each product, and in it one file for each resource, and for each data source that follows
//! from no resource: a table, and small hooks where Twilio does something of its own. The folder lists what it has
//! (`RESOURCES`, `DATA_SOURCES`), and [`offered`] joins the lists.

pub mod accounts;
mod accounts_below;
mod addresses;
pub mod conversations;
pub mod events;
pub mod intelligence;
pub mod lookups;
pub mod marketplace;
pub mod messaging;
pub mod monitor;
pub mod numbers;
pub mod offered;
mod passing_name;
pub mod pricing;
mod reading;
pub mod routes;
pub mod serverless;
pub mod sip;
pub mod studio;
pub mod sync;
pub mod taskrouter;
pub mod trunking;
pub mod usage;
pub mod verify;
pub mod video;
pub mod voice;
