//! What Terraform asks for, one file each, and the requests that they are made of.

pub mod absence;
pub mod adopt;
pub(crate) mod arrival;
pub(crate) mod beyond;
mod counted;
pub mod create;
pub mod delete;
pub(crate) mod elsewhere;
pub(crate) mod find;
pub mod import;
pub mod invoke;
pub mod leases;
pub mod list;
pub mod lost_create;
pub(crate) mod members;
pub(crate) mod plan;
pub mod policy;
pub(crate) mod read;
pub(crate) mod refused;
pub mod requests;
pub mod session;
pub(crate) mod sign_in;
pub(crate) mod unwritten;
pub(crate) mod update;
pub(crate) mod upload;
pub(crate) mod validate;
pub mod wait;
