//! One try of one request over HTTP, and what came of it. Knows nothing of retries.

use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue};
use rustls::CertificateError;

use super::body::Body;
use super::config::{ClientConfig, ConfigError};
use super::credentials::Credentials;
use super::error::Source;
use super::host::Hosts;
use super::lenient;
use super::request::{Method, Request};
use super::secret::Secret;
use super::trust::Trust;

/// Longest time to connect, name resolution and TLS handshake included. A try that fails here was surely not sent.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Idle connections are dropped before load balancers (60 seconds is a common setting) drop theirs: a create written to a
/// connection that is just being closed has an unknown outcome.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// Largest answer that is read. A page of 1,000 items has one or two MiB.
const MAX_ANSWER: usize = 64 * 1024 * 1024;

/// Who signs a request, and how.
#[derive(Clone, Copy)]
pub(super) enum Signature<'a> {
    /// These credentials, as user name and password.
    Basic(&'a Credentials),
    /// An access token.
    Bearer(&'a Secret),
    /// Nobody.
    None,
}

/// A response as it came, whatever its status.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    pub(super) is_html: bool,
    pub(super) request_id: Option<String>,
    pub(super) date: Option<Timestamp>,
    pub(super) retry_after: Option<Duration>,
    pub(super) location: Option<String>,
    /// `Twilio-Concurrent-Requests`: how many requests of the account were under way.
    pub(super) concurrent: Option<u32>,
    /// `X-Rate-Limit-Remaining`: how many more requests of this kind are served now.
    pub(super) remaining: Option<u32>,
}

/// Why there is no whole response.
pub(super) enum Failure {
    /// The request did not leave. `permanent` where trying again cannot help, as with a certificate that is not trusted.
    NotSent {
        reason: String,
        permanent: bool,
        source: Option<Source>,
    },
    /// The request left, entirely or in part, and no status came back.
    NoAnswer { reason: String, source: Source },
    /// A status came back, and then the body broke off.
    Truncated {
        status: u16,
        request_id: Option<String>,
        reason: String,
        source: Option<Source>,
    },
}

/// The connection pool. Built at the first request, so that a process that is only asked for its schema starts quickly:
/// loading the platform's certificates takes longer than everything else at the start.
pub(super) struct Transport {
    client: OnceLock<Result<reqwest::Client, String>>,
    hosts: Hosts,
    request_timeout: Duration,
    user_agent: HeaderValue,
    trust: Trust,
    /// Where Twilio's names lead, for tests of what only they get: HTTP/2.
    #[cfg(test)]
    pub(super) address: OnceLock<std::net::SocketAddr>,
}

impl Transport {
    pub(super) fn new(config: &ClientConfig) -> Result<Self, ConfigError> {
        Ok(Self {
            client: OnceLock::new(),
            hosts: Hosts::new(config)?,
            request_timeout: config.request_timeout,
            user_agent: HeaderValue::from_str(&config.user_agent).map_err(|_| ConfigError::UserAgent)?,
            trust: config.trust.clone(),
            #[cfg(test)]
            address: OnceLock::new(),
        })
    }

    pub(super) fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    pub(super) fn trust(&self) -> &Trust {
        &self.trust
    }

    pub(super) fn user_agent(&self) -> &HeaderValue {
        &self.user_agent
    }

    /// Sends a request once.
    pub(super) async fn exchange(
        &self,
        request: &Request,
        signature: Signature<'_>,
        now: Timestamp,
    ) -> Result<Answer, Failure> {
        let call = self.prepare(request, signature)?;
        let answer = call.send().await.map_err(failure_before_status)?;
        read(answer, now).await
    }

    fn prepare(&self, request: &Request, signature: Signature<'_>) -> Result<reqwest::RequestBuilder, Failure> {
        let unusable = |reason: String| Failure::NotSent {
            reason,
            permanent: true,
            source: None,
        };
        let client = self
            .client
            .get_or_init(|| self.build())
            .as_ref()
            .map_err(|reason| unusable(reason.clone()))?;
        let url = self
            .hosts
            .url(request.product, &request.path_and_query())
            .ok_or_else(|| unusable(format!("{} is not the path of an address", request.path)))?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        for (name, value) in &request.headers {
            let name = HeaderName::try_from(*name).map_err(|_| unusable(format!("{name} is not a header name")))?;
            let value = HeaderValue::from_str(value)
                .map_err(|_| unusable(format!("the value for header {name} cannot be sent")))?;
            headers.insert(name, value);
        }
        if self.hosts.is_detour() {
            let host = HeaderValue::try_from(self.hosts.host(request.product))
                .map_err(|_| unusable("the host name cannot be sent in a header".to_owned()))?;
            headers.insert(HOST, host);
        }
        // A caller cannot overwrite who signs in.
        headers.remove(AUTHORIZATION);
        // The parts of a body are told apart by what its type says.
        if let Body::Multipart(_) = request.body {
            headers.remove(CONTENT_TYPE);
        }
        let is_called_otherwise = headers.contains_key(CONTENT_TYPE);
        let mut call = client.request(method(request.method), url).headers(headers);
        call = match signature {
            Signature::Basic(credentials) => call.basic_auth(credentials.user(), Some(credentials.secret().expose())),
            Signature::Bearer(token) => call.bearer_auth(token.expose()),
            Signature::None => call,
        };
        if let Some((content_type, body)) = request.body.encoded() {
            if !is_called_otherwise {
                call = call.header(CONTENT_TYPE, content_type);
            }
            call = call.body(body);
        }
        Ok(call)
    }

    fn build(&self) -> Result<reqwest::Client, String> {
        let mut builder = reqwest::Client::builder()
            .user_agent(self.user_agent.clone())
            .timeout(self.request_timeout)
            .connect_timeout(CONNECT_TIMEOUT.min(self.request_timeout / 2))
            .pool_idle_timeout(IDLE_TIMEOUT)
            // The library would repeat what HTTP/2 refused by itself: unseen by the audit log and by the budget.
            .retry(reqwest::retry::never())
            // Following a redirect would repeat a request and hand credentials on.
            .redirect(reqwest::redirect::Policy::none());
        if self.hosts.is_detour() {
            // Only HTTP/1.1 lets the Host header differ from the address.
            builder = builder.http1_only();
        }
        #[cfg(test)]
        if let Some(address) = self.address.get() {
            let host = self.hosts.host(super::product::Product::Api);
            builder = builder.resolve(&host, *address).no_proxy();
        }
        if self.hosts.is_local() {
            builder = builder.no_proxy();
        }
        let builder = match self.hosts.is_without_certificates() {
            // Reading a hundred certificates that nobody asks for is most of what it takes to set up a client of a local Twilio.
            true => builder.tls_certs_only([]),
            false => self.trust.extend(builder)?,
        };
        builder
            .build()
            .map_err(|error| format!("the HTTP client cannot be set up: {}", root_cause(&error)))
    }
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}

impl Answer {
    /// What the head of a response says; the body is still to come. `now` is for servers that do not tell their time.
    pub(super) fn begin(status: u16, headers: &HeaderMap, now: Timestamp) -> Self {
        let date = text(headers, "date").and_then(lenient::parse_http_date);
        let number = |name: &str| text(headers, name).and_then(|value| value.trim().parse().ok());
        Self {
            status,
            body: Vec::new(),
            is_html: text(headers, "content-type").is_some_and(|kind| kind.to_ascii_lowercase().contains("html")),
            request_id: request_id(headers),
            date,
            retry_after: text(headers, "retry-after").and_then(|value| retry_after(value, date.unwrap_or(now))),
            location: text(headers, "location").map(str::to_owned),
            concurrent: number("twilio-concurrent-requests"),
            remaining: number("x-rate-limit-remaining"),
        }
    }
}

async fn read(mut answer: reqwest::Response, now: Timestamp) -> Result<Answer, Failure> {
    let mut whole = Answer::begin(answer.status().as_u16(), answer.headers(), now);
    let broken = |whole: Answer, reason, source| Failure::Truncated {
        status: whole.status,
        request_id: whole.request_id,
        reason,
        source,
    };
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if whole.body.len() + chunk.len() > MAX_ANSWER => {
                let reason = format!("the response is larger than {} MiB", MAX_ANSWER / 1024 / 1024);
                return Err(broken(whole, reason, None));
            }
            Ok(Some(chunk)) => whole.body.extend_from_slice(&chunk),
            Ok(None) => return Ok(whole),
            Err(error) => {
                let error = error.without_url();
                let reason = format!("the response broke off: {}", root_cause(&error));
                return Err(broken(whole, reason, Some(std::sync::Arc::new(error))));
            }
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The id under any of the names that Twilio's products and its CDN use.
fn request_id(headers: &HeaderMap) -> Option<String> {
    [
        "twilio-request-id",
        "t-request-id",
        "x-twilio-request-id",
        "x-request-id",
        "x-amzn-requestid",
    ]
    .iter()
    .find_map(|name| text(headers, name))
    // As much as can be searched for secrets; it is cut to the length of an id afterwards.
    .map(|id| id.chars().filter(char::is_ascii_graphic).take(1024).collect())
}

/// `Retry-After` is a number of seconds or a date (RFC 9110, section 10.2.3).
fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = lenient::parse_http_date(value)?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

fn failure_before_status(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let cause = root_cause(&error);
    let source: Source = std::sync::Arc::new(error);
    let error = source.downcast_ref::<reqwest::Error>();
    if error.is_some_and(|error| error.is_builder()) {
        return Failure::NotSent {
            reason: cause,
            permanent: true,
            source: Some(source),
        };
    }
    if error.is_some_and(reqwest::Error::is_connect) {
        let refused = certificate_error(source.as_ref());
        return Failure::NotSent {
            reason: match refused {
                Some(refused) if is_authority(refused) => format!("{cause}; {AUTHORITY}"),
                Some(refused) if may_be_a_stranger(refused) => format!("{cause}; {STRANGER}"),
                _ => cause,
            },
            // A certificate that is not trusted now will not be trusted in a minute.
            permanent: refused.is_some(),
            source: Some(source),
        };
    }
    let reason = match error.is_some_and(reqwest::Error::is_timeout) {
        true => "no response in time".to_owned(),
        false => format!("the connection broke before a response came: {cause}"),
    };
    Failure::NoAnswer { reason, source }
}

/// What to do about a certificate of somebody unknown.
const STRANGER: &str = "the certificate that was shown is not trusted here. If a proxy opens encrypted connections, name a \
                        file with its CA certificate in SSL_CERT_FILE";

/// What to do about a certificate that cannot be a server's, whoever is trusted: `openssl req -x509` makes such ones.
const AUTHORITY: &str = "the server shows a certificate that is marked as that of a certificate authority (CA:TRUE), as \
                         self-signed ones often are, and no setting makes that a server's. Give the server a certificate \
                         without that mark (openssl: -addext basicConstraints=critical,CA:FALSE) and name a file with it in \
                         SSL_CERT_FILE, or let a CA issue one";

/// Whether it is the certificate of an authority that a server shows as its own. The error has no name of its own here.
fn is_authority(error: &CertificateError) -> bool {
    format!("{error:?}").contains("CaUsedAsEndEntity")
}

/// What is wrong with the server's certificate, if that is what is wrong.
fn certificate_error<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a CertificateError> {
    causes(error).find_map(|cause| match cause.downcast_ref() {
        Some(rustls::Error::InvalidCertificate(reason)) => Some(reason),
        _ => None,
    })
}

/// Whether trusting whoever issued the certificate would help. Platforms have words of their own for that, so all that is
/// clearly something else is taken out.
fn may_be_a_stranger(error: &CertificateError) -> bool {
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext, Revoked,
    };
    !matches!(
        error,
        Expired
            | ExpiredContext { .. }
            | NotValidYet
            | NotValidYetContext { .. }
            | NotValidForName
            | NotValidForNameContext { .. }
            | Revoked
    )
}

/// The error and what caused it, outermost first.
fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        // `source` of an I/O error skips the error that it wraps.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(|io| io.get_ref());
        wrapped
            .map(|wrapped| wrapped as &(dyn std::error::Error + 'static))
            .or_else(|| error.source())
    })
}

/// The innermost cause, which says more than "error sending request".
fn root_cause(error: &(dyn std::error::Error + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "2026-05-01T10:00:00Z".parse().expect("valid");
        assert_eq!(retry_after("7", now), Some(Duration::from_secs(7)));
        assert_eq!(retry_after(" 0.5 ", now), Some(Duration::from_millis(500)));
        assert_eq!(
            retry_after("Fri, 01 May 2026 10:00:30 GMT", now),
            Some(Duration::from_secs(30))
        );
        assert_eq!(retry_after("Fri, 01 May 2026 09:00:00 GMT", now), Some(Duration::ZERO));
        for bad in ["", "soon", "-1", "NaN", "1e300"] {
            assert_eq!(retry_after(bad, now), None, "{bad}");
        }
    }

    #[test]
    fn the_request_id_is_found_under_each_name_and_cleaned() {
        for name in ["Twilio-Request-Id", "T-Request-Id", "X-Request-Id"] {
            let mut headers = HeaderMap::new();
            headers.insert(
                HeaderName::try_from(name).expect("valid"),
                HeaderValue::from_static("RQ 1\t2"),
            );
            assert_eq!(request_id(&headers).as_deref(), Some("RQ12"));
        }
    }
}
