//! The Twilio client: hosts, credentials per account, transport, retries, limits, paging, errors.
//!
//! It has never heard of Terraform. A caller builds a [`Request`], which is a value, and hands it to [`Client::send`]; a
//! list with all its pages comes from [`Client::list`]. What may be repeated after a failure follows from the request's
//! [`Effect`], and an [`Error`] says by its [`ErrorKind`] what happened to the object.
//!
//! Start reading at `client.rs`, which runs one request from credentials to answer. Who wants to add something finds one
//! place for it: answering several reads from one list belongs before `Inner::send`, which every request enters once; a
//! record of writes into `Inner::try_once`, which every try passes; a limit that adapts into `limits.rs`, whose permits
//! live exactly as long as a try.

mod accounts;
mod client;
mod clock;
mod config;
mod credentials;
mod error;
mod error_body;
#[doc(hidden)]
pub mod fuzzing;
mod host;
pub mod lenient;
mod limits;
mod log;
mod outcome;
mod paging;
mod product;
mod redact;
mod request;
mod response;
mod retry;
mod secret;
mod sid;
mod stop;
mod transport;

#[cfg(test)]
pub(crate) mod tests;

pub use client::Client;
pub use clock::{Clock, Sleep, SystemClock};
pub use config::{ClientConfig, ConfigError};
pub use credentials::Credentials;
pub use error::{Attempt, Error, ErrorKind, Source};
pub use paging::ListRequest;
pub use product::{DateStyle, Product};
pub use request::{Body, Effect, Method, PathError, Request, encode_form, expand};
pub use response::{JsonObject, Response};
pub use secret::Secret;
pub use sid::{AccountSid, Sid, SidError};
