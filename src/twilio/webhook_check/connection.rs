//! One connection to a webhook's server, and one request on it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, USER_AGENT, WWW_AUTHENTICATE};
use http::{HeaderValue, Method, Request};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper_util::rt::TokioIo;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ProtocolVersion};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use super::address::resolve;
use super::certificate::{Recorder, ShownCertificate, refusal};

/// Most bytes of a body that are read, to see that it ends: Twilio takes no more TwiML than this
/// (<https://www.twilio.com/docs/api/errors/11750>).
pub(super) const MOST_BYTES: usize = 64 * 1024;

/// What is sent.
pub(super) struct Sent {
    pub(super) method: Method,
    /// Path and query.
    pub(super) target: String,
    pub(super) body: Option<String>,
    pub(super) signature: Option<HeaderValue>,
    pub(super) authorization: Option<HeaderValue>,
    pub(super) user_agent: HeaderValue,
}

/// What came of a connection, as far as it got.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub(super) address: Option<IpAddr>,
    pub(super) tls_version: Option<&'static str>,
    pub(super) certificates: Vec<ShownCertificate>,
    pub(super) answer: Option<Answered>,
    /// Why there is no response.
    pub(super) error: Option<String>,
}

/// A response, without its body.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) status: u16,
    /// Whether the server asks for a user and a password, and which way.
    pub(super) asks_for: Option<Asks>,
    pub(super) is_too_large: bool,
}

/// The ways to pass a user and a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    Basic,
    Other,
}

/// A server to connect to.
pub(super) struct Server<'a> {
    pub(super) url: &'a Url,
    pub(super) allow_private: bool,
    /// `None` where the URL is not encrypted.
    pub(super) verifier: Option<Arc<dyn ServerCertVerifier>>,
    pub(super) timeout: Duration,
}

impl Server<'_> {
    /// Connects, and sends a request if there is one. Ends in time whatever the server does.
    pub(super) async fn meet(&self, sent: Option<&Sent>) -> Met {
        let mut met = Met::default();
        let met_in_time = tokio::time::timeout(self.timeout, self.try_to(sent, &mut met)).await;
        let seconds = self.timeout.as_secs();
        met.error = match met_in_time {
            Ok(Ok(())) => None,
            Ok(Err(why)) => Some(why),
            Err(_) if met.address.is_none() => Some(format!(
                "no connection within {seconds} seconds (Twilio's code for this is 11205)"
            )),
            Err(_) if self.verifier.is_some() && met.tls_version.is_none() => Some(format!(
                "no encrypted connection within {seconds} seconds (Twilio's code for this is 11220)"
            )),
            Err(_) => Some(format!(
                "no whole response within {seconds} seconds (Twilio's code for this is 11200)"
            )),
        };
        met
    }

    async fn try_to(&self, sent: Option<&Sent>, met: &mut Met) -> Result<(), String> {
        let addresses = resolve(self.url, self.allow_private).await?;
        let (stream, address) = connect(&addresses).await?;
        met.address = Some(address);
        let Some(verifier) = &self.verifier else {
            return self.exchange(stream, sent, met).await;
        };
        let recorder = Arc::new(Recorder::new(Arc::clone(verifier)));
        let shaken = tls(Arc::clone(&recorder), self.url, stream).await;
        met.certificates = recorder.shown();
        let stream = shaken?;
        met.tls_version = version(stream.get_ref().1.protocol_version());
        self.exchange(stream, sent, met).await
    }

    async fn exchange<S>(&self, stream: S, sent: Option<&Sent>, met: &mut Met) -> Result<(), String>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let Some(sent) = sent else { return Ok(()) };
        let request = self.request(sent).ok_or("the URL cannot be requested")?;
        let broken = |error: hyper::Error| {
            format!(
                "the connection broke before a whole response came: {} (Twilio's code for this is 11200)",
                innermost(&error)
            )
        };
        let mut builder = hyper::client::conn::http1::Builder::new();
        builder.max_buf_size(MOST_BYTES);
        let (mut sender, connection) = builder.handshake(TokioIo::new(stream)).await.map_err(broken)?;
        let respond = async {
            let response = sender.send_request(request).await.map_err(broken)?;
            let status = response.status().as_u16();
            let asks_for = asks_for(response.headers().get(WWW_AUTHENTICATE));
            // The head is worth something if the body breaks off.
            met.answer = Some(Answered {
                status,
                asks_for,
                is_too_large: false,
            });
            let is_too_large = !ends(response.into_body()).await.map_err(broken)?;
            met.answer = Some(Answered {
                status,
                asks_for,
                is_too_large,
            });
            Ok(())
        };
        tokio::pin!(connection, respond);
        tokio::select! {
            biased;
            done = &mut respond => done,
            // The server has closed; what it sent before is there.
            _ = &mut connection => respond.await,
        }
    }

    fn request(&self, sent: &Sent) -> Option<Request<Full<Bytes>>> {
        let mut request = Request::builder()
            .method(sent.method.clone())
            .uri(&sent.target)
            .header(HOST, host(self.url)?)
            .header(USER_AGENT, &sent.user_agent)
            .header(ACCEPT, "*/*")
            .header(CONNECTION, "close");
        if let Some(signature) = &sent.signature {
            request = request.header("X-Twilio-Signature", signature);
        }
        if let Some(authorization) = &sent.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        if sent.body.is_some() {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8");
        }
        let body = Full::from(sent.body.clone().unwrap_or_default());
        request.body(body).ok()
    }
}

/// The host as a request names it: with the port only where it is not the usual one.
fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// Whether a body ends before it is too large. What is read is dropped.
async fn ends(mut body: Incoming) -> Result<bool, hyper::Error> {
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        length += frame?.data_ref().map_or(0, Bytes::len);
        if length > MOST_BYTES {
            return Ok(false);
        }
    }
    Ok(true)
}

fn asks_for(header: Option<&HeaderValue>) -> Option<Asks> {
    let scheme = header?.to_str().ok()?.split(' ').next()?;
    match scheme.eq_ignore_ascii_case("basic") {
        true => Some(Asks::Basic),
        false => Some(Asks::Other),
    }
}

async fn connect(addresses: &[SocketAddr]) -> Result<(TcpStream, IpAddr), String> {
    let mut why = String::new();
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok((stream, address.ip())),
            Err(error) => why = format!("no connection to {address}: {error} (Twilio's code for this is 11205)"),
        }
    }
    Err(why)
}

async fn tls(
    recorder: Arc<Recorder>,
    url: &Url,
    stream: TcpStream,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, String> {
    let name = match url.host() {
        Some(Host::Domain(name)) => {
            ServerName::try_from(name.to_owned()).map_err(|_| "the host is no name".to_owned())?
        }
        Some(Host::Ipv4(address)) => ServerName::from(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => ServerName::from(IpAddr::V6(address)),
        None => return Err("the URL has no host".to_owned()),
    };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    // It decides nothing by itself: it hands on what the usual verifier says.
    let mut config = config
        .dangerous()
        .with_custom_certificate_verifier(recorder)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let connector = TlsConnector::from(Arc::new(config));
    connector.connect(name, stream).await.map_err(|error| {
        let error_of_tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
        match error_of_tls.and_then(refusal) {
            Some(refused) => refused,
            None => format!("TLS failed: {error} (Twilio's code for this is 11220)"),
        }
    })
}

fn version(version: Option<ProtocolVersion>) -> Option<&'static str> {
    match version? {
        ProtocolVersion::TLSv1_3 => Some("1.3"),
        ProtocolVersion::TLSv1_2 => Some("1.2"),
        _ => None,
    }
}

/// The last cause, in the words of whoever knows it.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.last().map(ToString::to_string).unwrap_or_default()
}
