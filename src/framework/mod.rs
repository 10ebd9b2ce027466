//! Terraform as this project sees it: values, types, schemas, plan rules, diagnostics, and the tfplugin6 service.
//!
//! Nothing here has heard of Twilio. What a provider offers is described by the traits in [`provider`]; everything that
//! Terraform demands of every provider (codecs, plan rules, write-only nulling, schema checks) happens once, here.
//! Start reading at [`provider`], then [`schema`] and [`value`].

pub mod action;
pub mod check;
pub mod codec;
pub mod diagnostics;
pub(crate) mod generate;
pub mod identity;
pub mod list;
pub(crate) mod nearest;
pub mod number;
pub mod path;
pub(crate) mod plan;
pub mod proto;
pub mod provider;
pub mod reason;
pub mod schema;
#[cfg_attr(
    not(feature = "internals"),
    allow(dead_code, reason = "only tests check all that is offered")
)]
pub mod schema_check;
pub mod server;
pub mod types;
pub mod validate;
pub mod value;
pub mod write_only;
