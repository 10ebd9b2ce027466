//! Requests a webhook as Twilio would, to see what Twilio would see: whether it responds, what certificate it shows, and whether it
//! knows Twilio's signature from another. <https://www.twilio.com/docs/usage/webhooks/webhooks-security>
//!
//! These are requests to strangers, and not to Twilio: nothing of the client's transport, limits or repetitions has to do with them.
//! A name is resolved once and the connection made to what it led to; redirects are not followed; of a response nothing is kept but
//! its status. Signatures are made here, go into one header, and are shown nowhere.
//!
//! Start reading at [`Client::check_webhook`](super::Client::check_webhook).

mod address;
mod certificate;
mod connection;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Method};
use rustls::client::danger::ServerCertVerifier;
use url::Url;

pub use self::address::is_public_address;
pub use self::certificate::ShownCertificate;
use self::connection::{Answered, Asks, Met, Sent, Server};
use super::accounts::Route;
use super::client::Client;
use super::credentials::Credentials;
use super::error::{Error, ErrorKind};
use super::product::Product;
use super::request::Request;
use super::secret::Secret;
use super::sid::AccountSid;
use super::webhook_signature::webhook_signature;

/// Signs as an account does. Shows its token to nobody.
#[derive(Debug, Clone)]
pub struct Signer {
    account: AccountSid,
    token: Secret,
}

impl Signer {
    /// The account.
    pub fn account(&self) -> &AccountSid {
        &self.account
    }

    #[cfg(test)]
    pub(super) fn token_is(&self, token: &str) -> bool {
        self.token.expose() == token
    }
}

/// What is to be checked.
#[derive(Debug, Clone)]
pub struct WebhookCheck<'a> {
    /// The URL as it is configured at Twilio.
    pub url: &'a str,
    /// Whether it is requested by POST; by GET otherwise.
    pub is_post: bool,
    /// The parameters, by name.
    pub parameters: &'a BTreeMap<String, String>,
    /// How long a request may take, from its first step to the end of its response.
    pub timeout: Duration,
    /// Whether addresses may be requested that are not public.
    pub allow_private: bool,
    /// Who signs; nobody does without one.
    pub signer: Option<&'a Signer>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct WebhookFound {
    /// The address that was connected to.
    pub address: Option<IpAddr>,
    /// Status of the response to the request with the right signature, or without one where nobody signs.
    pub status: Option<u16>,
    /// How long that took, from its first step to the end of its response.
    pub latency: Option<Duration>,
    /// `1.2` or `1.3`.
    pub tls_version: Option<&'static str>,
    /// What the server showed, its own certificate first.
    pub certificates: Vec<ShownCertificate>,
    /// Whether the signature of Twilio was accepted, as far as the response says so.
    pub signature_accepted: Option<bool>,
    /// Whether a wrong one was refused, as far as the responses say so.
    pub wrong_signature_refused: Option<bool>,
    /// What is wrong, in a few words each.
    pub findings: Vec<&'static str>,
    /// Why there is no whole response.
    pub error: Option<String>,
}

/// What a finding is called.
const REDIRECTS: &str = "redirects";
const ERROR_STATUS: &str = "responds with an error status";
const REFUSES_RIGHT: &str = "refuses Twilio's signature";
const ACCEPTS_WRONG: &str = "accepts a wrong signature";
const NO_REFUSAL: &str = "does not refuse a wrong signature clearly";
const ACCEPTS_NONE: &str = "accepts a request without a signature";
const TOO_LARGE: &str = "responds with more than 64 KiB";
const UNENCRYPTED: &str = "is not encrypted";
const WANTS_ANOTHER_SIGN_IN: &str = "wants a user and a password in a way that was not checked";

impl Client {
    /// Signs as an account whose auth token is known here, or may be read. Costs a request where it is a subaccount whose token was
    /// not needed before.
    ///
    /// # Errors
    /// The token cannot be read. [`ErrorKind::CredentialsUnavailable`] where something else than an auth token signs in.
    pub async fn webhook_signer(&self, account: &AccountSid) -> Result<Signer, Error> {
        let inner = &self.inner;
        let own = inner.accounts.own();
        let read = Request::get(Product::Api, account, format!("/2010-04-01/Accounts/{account}.json"));
        let read = self.labelled(read);
        let unavailable = |why: &str| {
            let attempt = inner.attempt(&read, own);
            Error::new(ErrorKind::CredentialsUnavailable, attempt).with_message(why.to_owned())
        };
        let Credentials::AuthToken { .. } = own else {
            return Err(unavailable(
                "only an auth token signs webhooks, and another credential signs in",
            ));
        };
        // Everywhere but in the classic API a subaccount signs in by itself, and so its token is what this leads to.
        let credentials = match inner.accounts.route(account, Product::Messaging) {
            Route::Ready(credentials) => credentials,
            Route::Child(child) => inner.sign_in(&child, &read).await?.credentials,
        };
        match credentials {
            Credentials::AuthToken { account, token } => Ok(Signer { account, token }),
            _ => Err(unavailable("the account has no auth token here")),
        }
    }

    /// What tells whether certificates are trusted. Reads files, and so once for many checks.
    ///
    /// # Errors
    /// A sentence on why they cannot be read.
    pub fn webhook_trust(&self) -> Result<WebhookTrust, String> {
        self.inner.transport.trust().verifier().map(WebhookTrust)
    }

    /// Whether this client may only read. A webhook may do something with what it gets, so then nothing is sent to one.
    pub fn is_read_only(&self) -> bool {
        self.inner.read_only
    }

    /// Requests a webhook, with Twilio's signature and then with a wrong one; without a signer once, with none. Where the client is to
    /// read only, it connects and sends nothing.
    ///
    /// # Errors
    /// There was a stop.
    pub async fn check_webhook(
        &self,
        check: &WebhookCheck<'_>,
        trust: &Result<WebhookTrust, String>,
    ) -> Result<WebhookFound, Error> {
        let work = self.found(check, trust);
        match self.inner.stop.or(self.began(), work).await {
            Ok(found) => Ok(found),
            Err(_) => {
                let read = Request::get(Product::Api, self.account(), "/2010-04-01/Accounts.json");
                Err(self.inner.stopped_before(&self.labelled(read)))
            }
        }
    }

    async fn found(&self, check: &WebhookCheck<'_>, trust: &Result<WebhookTrust, String>) -> WebhookFound {
        let Some(url) = parsed(check.url) else {
            return failed("it is no absolute URL with http or https".to_owned());
        };
        let is_encrypted = url.scheme() == "https";
        let verifier = match (is_encrypted, trust) {
            (false, _) => None,
            (true, Ok(trust)) => Some(Arc::clone(&trust.0)),
            (true, Err(why)) => return failed(format!("whom to trust is not known: {why}")),
        };
        let server = Server {
            url: &url,
            allow_private: check.allow_private,
            verifier,
            timeout: check.timeout,
        };
        let sign_in = sign_in(&url);
        let exchange = |signature: Option<String>| Exchange {
            server: &server,
            sent: sent(check, &url, signature, self.inner.transport.user_agent()),
            sign_in: sign_in.as_ref(),
        };
        let began = self.inner.clock.elapsed();
        if self.is_read_only() {
            return begun(server.meet(None).await, is_encrypted);
        }
        let right = check.signer.map(|signer| signature(signer.token.expose(), check, &url));
        let first = exchange(right).run().await;
        let latency = self.inner.clock.elapsed().saturating_sub(began);
        let mut found = begun(first.met, is_encrypted);
        found.latency = found.status.filter(|_| found.error.is_none()).map(|_| latency);
        if found.error.is_some() {
            return found;
        }
        let wrong = match check.signer {
            Some(_) => {
                let key = format!("{}{}", self.nonce(), self.nonce());
                Some(exchange(Some(signature(&key, check, &url))).run().await)
            }
            None => None,
        };
        judge(&mut found, first.unknown, wrong, check.signer.is_some());
        found
    }
}

/// Whose certificates are trusted.
#[derive(Debug, Clone)]
pub struct WebhookTrust(Arc<dyn ServerCertVerifier>);

fn failed(why: String) -> WebhookFound {
    WebhookFound {
        error: Some(why),
        ..WebhookFound::default()
    }
}

/// What a connection shows by itself.
fn begun(met: Met, is_encrypted: bool) -> WebhookFound {
    let mut findings = Vec::new();
    if !is_encrypted {
        findings.push(UNENCRYPTED);
    }
    if met.answer.as_ref().is_some_and(|answer| answer.is_too_large) {
        findings.push(TOO_LARGE);
    }
    WebhookFound {
        address: met.address,
        status: met.answer.map(|answer| answer.status),
        latency: None,
        tls_version: met.tls_version,
        certificates: met.certificates,
        signature_accepted: None,
        wrong_signature_refused: None,
        findings,
        error: met.error,
    }
}

/// A request, and the same once more with user and password where the server asks for them: as Twilio does.
struct Exchange<'a> {
    server: &'a Server<'a>,
    sent: Sent,
    sign_in: Option<&'a HeaderValue>,
}

/// What came of it.
struct Outcome {
    met: Met,
    /// Whether the status says nothing of the signature, because the server asks for a user and a password first.
    unknown: bool,
}

impl Exchange<'_> {
    async fn run(mut self) -> Outcome {
        let first = self.server.meet(Some(&self.sent)).await;
        let asks_for = first.answer.as_ref().and_then(Answered::asks);
        match (asks_for, self.sign_in) {
            (Some(Asks::Basic), Some(sign_in)) => {
                self.sent.authorization = Some(sign_in.clone());
                let met = self.server.meet(Some(&self.sent)).await;
                let unknown = met.answer.as_ref().and_then(Answered::asks).is_some();
                Outcome { met, unknown }
            }
            (asks_for, _) => Outcome {
                met: first,
                unknown: asks_for.is_some(),
            },
        }
    }
}

impl Answered {
    /// Which way it asks for a user and a password.
    fn asks(&self) -> Option<Asks> {
        self.asks_for.filter(|_| self.status == 401)
    }
}

/// What the statuses say. Only a server that accepts the right signature shows by a refusal that it knows a wrong one: anything else
/// may be refused for something else.
fn judge(found: &mut WebhookFound, unknown: bool, wrong: Option<Outcome>, is_signed: bool) {
    let status = found.status.unwrap_or_default();
    let findings = &mut found.findings;
    if unknown {
        findings.push(WANTS_ANOTHER_SIGN_IN);
        return;
    }
    match (status, is_signed) {
        (200..=299, true) => found.signature_accepted = Some(true),
        (200..=299, false) => {
            found.wrong_signature_refused = Some(false);
            findings.push(ACCEPTS_NONE);
        }
        (300..=399, _) => findings.push(REDIRECTS),
        (401 | 403, true) => {
            found.signature_accepted = Some(false);
            findings.push(REFUSES_RIGHT);
        }
        // A server that wants signatures.
        (401 | 403, false) => {}
        _ => findings.push(ERROR_STATUS),
    }
    let Some(wrong) = wrong else {
        return;
    };
    let unknown = wrong.unknown;
    let status = wrong.met.answer.map(|answer| answer.status).filter(|_| !unknown);
    let accepts_right = found.signature_accepted == Some(true);
    match status {
        Some(200..=299) => {
            found.wrong_signature_refused = Some(false);
            findings.push(ACCEPTS_WRONG);
        }
        Some(400..=499) if accepts_right => found.wrong_signature_refused = Some(true),
        // A redirect, an error of its own, nothing at all: whether the request was served is not known.
        _ if accepts_right => findings.push(NO_REFUSAL),
        _ => {}
    }
}

fn parsed(url: &str) -> Option<Url> {
    let url = Url::parse(url).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The user and the password of a URL, as a header.
fn sign_in(url: &Url) -> Option<HeaderValue> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).collect::<Vec<_>>();
    let pair = [
        decoded(url.username()),
        b":".to_vec(),
        decoded(url.password().unwrap_or_default()),
    ]
    .concat();
    let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(pair))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn sent(check: &WebhookCheck<'_>, url: &Url, signature: Option<String>, user_agent: &HeaderValue) -> Sent {
    let mut url = url.clone();
    if !check.is_post && !check.parameters.is_empty() {
        url.query_pairs_mut().extend_pairs(check.parameters);
    }
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let signature = signature.and_then(|signature| HeaderValue::try_from(signature).ok());
    Sent {
        method: if check.is_post { Method::POST } else { Method::GET },
        target,
        body: check.is_post.then(|| form(check.parameters)),
        signature: signature.map(|mut value| {
            value.set_sensitive(true);
            value
        }),
        authorization: None,
        user_agent: user_agent.clone(),
    }
}

fn form(parameters: &BTreeMap<String, String>) -> String {
    serde_urlencoded::to_string(parameters).expect("texts by texts are a form")
}

/// The signature of a check with this token.
fn signature(token: &str, check: &WebhookCheck<'_>, url: &Url) -> String {
    let signed = signed_url(check, url);
    let parameters = match check.is_post {
        true => check.parameters.iter(),
        // They stand in the URL.
        false => return webhook_signature(token, &signed, &BTreeMap::new()),
    };
    let parameters = parameters.map(|(name, value)| (name.as_str(), BTreeSet::from([value.clone()])));
    webhook_signature(token, &signed, &parameters.collect())
}

/// The URL that is signed: as it is configured, without user, password and the settings of the connection behind `#`
/// (<https://www.twilio.com/docs/usage/webhooks/webhooks-security>). Twilio leaves a port in it, but for calls over HTTPS; its libraries
/// take both.
fn signed_url(check: &WebhookCheck<'_>, url: &Url) -> String {
    let text = without_user(check.url);
    let mut signed = text.split('#').next().unwrap_or_default().to_owned();
    // A server sees a path in any case.
    let is_bare = signed
        .split_once("://")
        .is_some_and(|(_, rest)| !rest.contains(['/', '?']));
    if is_bare {
        signed.push('/');
    }
    if !check.is_post && !check.parameters.is_empty() {
        signed.push(if url.query().is_some() { '&' } else { '?' });
        signed.push_str(&form(check.parameters));
    }
    signed
}

/// A URL without user and password, as it may be shown.
pub fn without_user(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{rest}")
}
