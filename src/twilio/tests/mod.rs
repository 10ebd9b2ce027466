//! The whole client against a server in the same process, one file for each promise.

mod accounts;
mod paging;
mod retry;
mod secrets;
mod sending;
mod server;
mod tls;
