//! The way of a response through the client without a network, for the fuzz targets in `fuzz/`. Nothing else
//! uses it, and nothing that is shipped has it.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use serde_json::Value;

use super::config::ClientConfig;
use super::credentials::Credentials;
use super::error::Attempt;
use super::host::Hosts;
use super::outcome::judge;
use super::page::Page;
use super::paging::{self, ListRequest};
use super::product::Product;
use super::redact::Redactor;
use super::request::Request;
use super::retry::{Budget, decide};
use super::secret::Secret;
use super::sensitive::Names;
use super::sid::AccountSid;
use super::transport::Answer;

/// A response as a server may send it.
pub struct Received<'a> {
    /// HTTP status. Servers send three digits, but nothing here counts on it.
    pub status: u16,
    /// Names and values; those that HTTP does not allow are left out, as no library would hand them on.
    pub headers: &'a [(&'a [u8], &'a [u8])],
    /// After decompression.
    pub body: &'a [u8],
}

/// What the client made of a response.
#[derive(Debug)]
pub struct Understood {
    /// Texts that go to logs and to people.
    pub texts: Vec<String>,
    /// Where the next page of a list would be requested, if the response was a page that has one.
    pub next_page: Option<String>,
}

/// What answers arrive at: settings, a secret that the client knows, and the request that was sent.
pub struct Exchange {
    hosts: Hosts,
    redactor: Redactor,
    request: Request,
}

impl Exchange {
    /// A client that knows `secret` requested a page of Verify's services, at Twilio's own hosts or at `base_url`.
    ///
    /// # Errors
    /// When the base URL is none.
    pub fn list(base_url: Option<&str>, secret: &str) -> Result<Self, String> {
        let account = account()?;
        let request = Request::get(Product::Verify, &account, "/v2/Services").query("PageSize", "50");
        Self::new(base_url, secret, request)
    }

    /// As [`Exchange::list`], but it made a service, and the request carries the secret.
    ///
    /// # Errors
    /// When the base URL is none.
    pub fn create(base_url: Option<&str>, secret: &str) -> Result<Self, String> {
        let account = account()?;
        let form = [("FriendlyName", "name"), ("CustomSecret", secret)];
        let request = Request::post(Product::Verify, &account, "/v2/Services").form(form);
        Self::new(base_url, secret, request.creates())
    }

    fn new(base_url: Option<&str>, secret: &str, request: Request) -> Result<Self, String> {
        let credentials = Credentials::AuthToken {
            account: request.account.clone(),
            token: Secret::from(secret),
        };
        let redactor = Redactor::default();
        redactor.learn(credentials.secret());
        let mut config = ClientConfig::new(credentials);
        if let Some(text) = base_url {
            config.base_url = Some(text.parse().map_err(|error| format!("{text}: {error}"))?);
        }
        Ok(Self {
            hosts: Hosts::new(&config).map_err(|error| error.to_string())?,
            redactor,
            request,
        })
    }

    /// Takes a response as the client does: head, judgement, log lines, then what its callers read from it.
    pub fn receive(&self, received: &Received<'_>) -> Understood {
        let now = Timestamp::UNIX_EPOCH;
        let mut headers = HeaderMap::new();
        for (name, value) in received.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value)) {
                headers.append(name, value);
            }
        }
        let mut answer = Answer::begin(received.status, &headers, now);
        answer.body = received.body.to_vec();
        let mut texts = vec![self.redactor.request(&self.request)];
        let response = match judge(Ok(answer), &self.request, &self.redactor) {
            Ok(response) => response,
            Err(failed) => {
                texts.push(failed.reason());
                let budget = Budget {
                    max_retries: 3,
                    max_elapsed: Duration::from_secs(300),
                };
                let decision = decide(budget, self.request.effect, &failed, 1, Duration::ZERO, 0.5);
                texts.push(format!("{decision:?}"));
                let host = self.hosts.host(self.request.product);
                let attempt = Attempt::new(&self.request, &host, &self.request.account, now);
                let kind = failed.kind;
                let error = failed.into_error(kind, attempt);
                texts.push(error.to_string());
                texts.extend(error.faults.iter().cloned());
                return Understood { texts, next_page: None };
            }
        };
        texts.push(self.redactor.json(Names::of(&self.request), &response.body));
        Understood {
            texts,
            next_page: self.next_page(response.body),
        }
    }

    fn next_page(&self, body: Value) -> Option<String> {
        let list = ListRequest::new(self.request.clone());
        let mut page = Page::read(&list, body.to_string()).ok()?;
        while page.item().ok()?.is_some() {}
        let next = paging::next_page(&self.hosts, &self.request, &page.next?).ok()?;
        let address = self.hosts.url(next.product, &next.path_and_query())?;
        Some(address.into())
    }
}

fn account() -> Result<AccountSid, String> {
    let account = "AC0123456789abcdef0123456789abcdef".parse();
    account.map_err(|error| format!("the account: {error}"))
}
