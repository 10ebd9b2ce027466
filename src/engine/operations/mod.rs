//! What Terraform asks for, one file each, and the requests that they are made of.

pub mod adopt;
pub mod arrival;
pub mod beyond;
pub mod create;
pub mod delete;
pub mod find;
pub mod import;
pub mod list;
pub mod lost_create;
pub mod members;
pub mod plan;
pub mod read;
pub mod refused;
pub mod requests;
pub mod session;
pub mod sign_in;
pub mod standing;
pub mod update;
pub mod upload;
pub mod wait;
