//! From a plan to the parameters of a request, from the properties of a response to a state, and what both need.

pub mod checks;
pub mod choices;
pub(crate) mod counted_names;
pub(crate) mod doubtful_webhooks;
pub mod duration;
pub(crate) mod file;
pub mod folder;
pub mod identity;
pub mod import_id;
pub(crate) mod lacking;
pub(crate) mod last_write;
pub mod lookup_schema;
pub mod matching;
pub mod parameters;
pub mod paths;
pub(crate) mod private;
pub mod properties;
pub(crate) mod remembered;
pub mod schema;
pub mod secrets;
pub mod shown;
pub mod state;
pub(crate) mod webhooks;
pub mod write_only;
