//! The whole client against a server in the same process, one file for each promise.

mod acceptance;
mod accounts;
mod answers;
mod audit;
mod coalesce;
mod gone;
mod http2;
mod lost;
mod lost_answers;
mod lost_by_key;
mod lost_clocks;
mod lost_keyed;
mod oauth;
mod paging;
mod patience;
mod read_only;
mod repeats;
mod retry;
mod secrets;
mod sending;
/// Also for tests of what is built on the client.
pub(crate) mod server;
mod stops;
mod tls;
mod uploads;
mod webhook_check;
