//! The Twilio client: hosts, credentials per account, transport, retries, limits, paging, errors.
//!
//! It has never heard of Terraform. A caller builds a [`Request`], which is a value, and hands it to [`Client::send`]; a
//! list with all its pages comes from [`Client::list`]. What may be repeated after a failure follows from the request's
//! [`Effect`], and an [`Error`] says by its [`ErrorKind`] what happened to the object.
//!
//! Start reading at `client.rs` for what can be asked, and at `send.rs`, which runs one request from credentials to answer. A create goes through `lost.rs`, which
//! finds out what was made when the response is lost; a read of one of many goes through `coalesce.rs`, which answers it
//! from a list. `own.rs` knows what this process itself has made.

mod acceptance;
mod access_token;
mod accounts;
mod age;
mod audit;
mod audit_file;
mod body;
mod bulk;
mod client;
mod clock;
mod coalesce;
mod config;
mod created_objects;
mod credentials;
mod echo;
mod error;
mod error_body;
mod expected;
#[cfg(feature = "internals")]
pub mod fuzzing;
mod gone;
mod host;
pub mod lenient;
mod limits;
mod list;
mod log;
mod lost;
mod lost_search;
mod multipart;
mod oauth;
mod outcome;
mod own_words;
mod pace;
mod page;
mod page_size;
mod paging;
mod path;
mod phone_mask;
mod product;
mod redact;
mod request;
mod response;
mod retry;
mod scan;
mod secret;
mod send;
mod sensitive;
mod sid;
mod stop;
mod surrogates;
mod transport;
mod trouble;
mod trust;
mod webhook_check;
mod webhook_signature;

#[cfg(test)]
pub(crate) mod tests;

pub use access_token::AccessToken;
pub use accounts::AccountStatus;
pub use audit::{Audit, AuditError, Change};
pub use body::Body;
pub use bulk::BulkResults;
pub use client::Client;
#[cfg(feature = "internals")]
pub use clock::Sleep;
pub use clock::{Clock, SystemClock};
pub use config::{ClientConfig, ConfigError};
pub use created_objects::{PAUSES_BETWEEN_READS, SETTLES_WITHIN};
pub use credentials::{Credentials, Means};
pub use echo::Values;
pub use error::{Candidate, Error, ErrorKind, Search};
pub use expected::Expects;
pub use gone::Gone;
pub use lost::{AfterLoss, Find, Keyed, Lookup, Match, Proof};
pub use multipart::{FilePart, Hashing, Multipart, sha256};
pub use oauth::{Grant, Issued};
pub use page_size::page_size;
pub use paging::ListRequest;
pub use path::expand;
pub use product::Product;
pub use redact::proxy_secrets;
pub use request::{Effect, Method, Request};
pub use response::Response;
pub use secret::Secret;
#[cfg(feature = "internals")]
pub use sensitive::is_sensitive;
pub use sid::{AccountSid, Sid, SidError, kind, kind_with_letters, white_space_around};
pub use stop::Stop;
pub use trust::Trust;
pub use webhook_check::{ShownCertificate, Signer, WebhookCheck, WebhookFound, is_public_address, without_user};
pub use webhook_signature::webhook_signature;
