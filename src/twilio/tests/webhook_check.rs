//! Webhooks that are checked: servers of every kind on this machine, and what is found of each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use rcgen::{CertificateParams, CertifiedIssuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, SupportedProtocolVersion};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::server::{Reply, Server, TOKEN, child, client, config, ok, parent};
use super::tls::trust;
use crate::twilio::{
    Client, ClientConfig, Credentials, ErrorKind, Secret, Signer, WebhookCheck, WebhookFound, webhook_signature,
};

/// What a server does with a request: its head and body, and what it sends back.
type Behaviour = Arc<dyn Fn(&str, &str) -> Sends + Send + Sync>;

#[derive(Clone)]
enum Sends {
    Status(u16),
    /// These bytes.
    Bytes(Vec<u8>),
    /// A body that never ends.
    Endless,
    /// Nothing.
    Nothing,
}

/// What came in, head by head.
type Seen = Arc<Mutex<Vec<String>>>;

async fn respond<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, behaviour: &Behaviour, seen: &Seen) {
    let mut bytes = Vec::new();
    let (head, body) = loop {
        match stream.read_buf(&mut bytes).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        // The first byte of TLS, which a server that speaks none takes for a bad request.
        if bytes.first() == Some(&0x16) {
            let _ = stream.write_all(b"HTTP/1.1 400 X\r\n\r\n").await;
            return;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = header(head, "content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or(0);
        if body.len() >= length {
            break (head.to_owned(), body.to_owned());
        }
    };
    seen.lock().expect("not poisoned").push(head.clone());
    let bytes = match behaviour(&head, &body) {
        Sends::Nothing => return std::future::pending().await,
        Sends::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
            return;
        }
        Sends::Bytes(bytes) => bytes,
        Sends::Status(status) => format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\n\r\nok").into_bytes(),
    };
    let _ = stream.write_all(&bytes).await;
    let _ = stream.shutdown().await;
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// A server and the client that is to check it.
struct Site {
    url: String,
    client: Client,
    seen: Seen,
    _folder: TempDir,
}

impl Site {
    /// A server without encryption.
    async fn plain(behaviour: impl Fn(&str, &str) -> Sends + Send + Sync + 'static) -> Self {
        Self::start(None, Arc::new(behaviour), config("127.0.0.1:9")).await
    }

    /// A server with this certificate and these versions, whose CA is trusted.
    async fn encrypted(
        params: CertificateParams,
        versions: &[&'static SupportedProtocolVersion],
        is_trusted: bool,
        behaviour: impl Fn(&str, &str) -> Sends + Send + Sync + 'static,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let authority = authority();
        let file = folder.path().join("ca.pem");
        std::fs::write(&file, authority.pem()).expect("a file can be written");
        let trust = match is_trusted {
            true => trust(&[("SSL_CERT_FILE", file.into())]),
            false => crate::twilio::Trust::default(),
        };
        let config = ClientConfig {
            trust,
            ..config("127.0.0.1:9")
        };
        let mut site = Self::start(
            Some(acceptor(params, &authority, versions)),
            Arc::new(behaviour),
            config,
        )
        .await;
        site._folder = folder;
        site
    }

    async fn start(acceptor: Option<TlsAcceptor>, behaviour: Behaviour, config: ClientConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let seen = Seen::default();
        let log = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, behaviour, log) = (acceptor.clone(), Arc::clone(&behaviour), Arc::clone(&log));
                tokio::spawn(async move {
                    match acceptor {
                        None => respond(stream, &behaviour, &log).await,
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                respond(stream, &behaviour, &log).await;
                            }
                        }
                    }
                });
            }
        });
        let (client, _) = client(config);
        Self {
            url: format!("{scheme}://localhost:{port}/hook?a=1"),
            client,
            seen,
            _folder: tempfile::tempdir().expect("a folder"),
        }
    }

    async fn check(&self, signer: Option<&Signer>) -> WebhookFound {
        self.check_at(&self.url, true, Duration::from_secs(5), signer).await
    }

    async fn check_at(&self, url: &str, is_post: bool, timeout: Duration, signer: Option<&Signer>) -> WebhookFound {
        let parameters = BTreeMap::from([
            ("AccountSid".to_owned(), "AC1".to_owned()),
            ("Body".into(), "a b+c".into()),
        ]);
        let check = WebhookCheck {
            url,
            is_post,
            parameters: &parameters,
            timeout,
            allow_private: true,
            signer,
        };
        let trust = self.client.webhook_trust();
        self.client.check_webhook(&check, &trust).await.expect("no stop")
    }

    async fn signer(&self) -> Signer {
        self.client.webhook_signer(&parent()).await.expect("it has a token")
    }

    fn heads(&self) -> Vec<String> {
        self.seen.lock().expect("not poisoned").clone()
    }
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, "Test CA");
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("a certificate")
}

/// A certificate for a host, valid for ten years from 2025 on.
fn certificate(host: &str) -> CertificateParams {
    let mut params = CertificateParams::new([host.to_owned()]).expect("a name");
    params.distinguished_name.push(rcgen::DnType::CommonName, host);
    params.not_before = rcgen::date_time_ymd(2025, 1, 1);
    params.not_after = rcgen::date_time_ymd(2035, 1, 1);
    params
}

fn acceptor(
    params: CertificateParams,
    authority: &CertifiedIssuer<'static, KeyPair>,
    versions: &[&'static SupportedProtocolVersion],
) -> TlsAcceptor {
    let key = KeyPair::generate().expect("a key");
    let shown = params.signed_by(&key, authority).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .expect("known versions")
        .with_no_client_auth()
        .with_single_cert(vec![shown.der().clone()], key)
        .expect("key and certificate match");
    TlsAcceptor::from(Arc::new(tls))
}

const BOTH: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13, &rustls::version::TLS12];

/// What a server does that checks signatures as Twilio says: it puts together what it sees.
fn verifies(scheme: &'static str) -> impl Fn(&str, &str) -> Sends + Send + Sync + 'static {
    move |head, body| {
        let mut first = head.split(' ');
        let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        let url = format!("{scheme}://{}{target}", header(head, "host").unwrap_or_default());
        let form: Vec<(String, String)> = match method {
            "POST" => serde_urlencoded::from_str(body).expect("a form"),
            _ => Vec::new(),
        };
        let parameters = form
            .iter()
            .map(|(name, value)| (name.as_str(), BTreeSet::from([value.clone()])));
        let expected = webhook_signature(TOKEN, &url, &parameters.collect());
        match header(head, "x-twilio-signature") == Some(expected.as_str()) {
            true => Sends::Status(200),
            false => Sends::Status(403),
        }
    }
}

#[tokio::test]
async fn a_server_that_knows_twilios_signature_is_told_from_one_that_takes_any() {
    let good = Site::encrypted(certificate("localhost"), BOTH, true, verifies("https")).await;
    let signer = good.signer().await;
    for is_post in [true, false] {
        let found = good
            .check_at(&good.url, is_post, Duration::from_secs(5), Some(&signer))
            .await;
        assert_eq!(found.error, None);
        assert_eq!(
            (found.status, found.signature_accepted, found.wrong_signature_refused),
            (Some(200), Some(true), Some(true)),
            "{found:?}"
        );
        assert_eq!(found.findings, [""; 0]);
        assert_eq!(found.tls_version, Some("1.3"));
        assert!(found.address.is_some_and(|address| address.is_loopback()));
        let shown = &found.certificates[0];
        assert!(
            shown.subject.contains("localhost") && shown.issuer.contains("Test CA"),
            "{shown:?}"
        );
        assert_eq!(shown.names, ["localhost"]);
        let until = shown.not_after.expect("a moment");
        assert_eq!(until.to_string(), "2035-01-01T00:00:00Z");
    }
    let shown = format!("{signer:?}");
    assert!(!shown.contains(TOKEN), "{shown}");

    let open = Site::plain(|_, _| Sends::Status(204)).await;
    let found = open.check(Some(&open.signer().await)).await;
    assert_eq!(found.wrong_signature_refused, Some(false), "{found:?}");
    assert_eq!(found.findings, ["is not encrypted", "accepts a wrong signature"]);
    let signatures: BTreeSet<_> = open
        .heads()
        .iter()
        .filter_map(|head| header(head, "x-twilio-signature").map(str::to_owned))
        .collect();
    assert_eq!(signatures.len(), 2, "the wrong one is another");

    // What fails at the second request of two has not refused it.
    for status in [302, 500] {
        let served = std::sync::atomic::AtomicBool::new(false);
        let odd = Site::plain(
            move |_, _| match served.swap(true, std::sync::atomic::Ordering::Relaxed) {
                false => Sends::Status(204),
                true => Sends::Status(status),
            },
        )
        .await;
        let found = odd.check(Some(&odd.signer().await)).await;
        assert_eq!(found.wrong_signature_refused, None, "{found:?}");
        let no_refusal = "does not refuse a wrong signature clearly";
        assert_eq!(found.findings, ["is not encrypted", no_refusal]);
    }

    let shut = Site::plain(|_, _| Sends::Status(403)).await;
    let found = shut.check(Some(&shut.signer().await)).await;
    assert_eq!(
        (found.signature_accepted, found.wrong_signature_refused),
        (Some(false), None),
        "who refuses everything shows nothing by that"
    );
    assert!(found.findings.contains(&"refuses Twilio's signature"), "{found:?}");
}

#[tokio::test]
async fn without_a_signer_one_request_goes_out_and_has_no_signature() {
    let secure = Site::plain(verifies("http")).await;
    let found = secure.check(None).await;
    assert_eq!(found.status, Some(403));
    assert_eq!((found.signature_accepted, found.wrong_signature_refused), (None, None));
    assert_eq!(found.findings, ["is not encrypted"]);
    let heads = secure.heads();
    assert!(
        heads.len() == 1 && header(&heads[0], "x-twilio-signature").is_none(),
        "{heads:?}"
    );
    let open = Site::plain(|_, _| Sends::Status(200)).await;
    let found = open.check(None).await;
    assert_eq!(found.wrong_signature_refused, Some(false));
    assert!(
        found.findings.contains(&"accepts a request without a signature"),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_certificate_that_twilio_would_refuse_is_shown_and_nothing_is_sent() {
    let mut expired = certificate("localhost");
    expired.not_after = rcgen::date_time_ymd(2026, 1, 1);
    for (params, is_trusted, why) in [
        (expired, true, "11236"),
        (certificate("other.example.com"), true, "11235"),
        (certificate("localhost"), false, "11237"),
    ] {
        let site = Site::encrypted(params, BOTH, is_trusted, |_, _| Sends::Status(200)).await;
        let found = site.check(Some(&site.signer().await)).await;
        let error = found.error.as_deref().unwrap_or_default();
        assert!(error.contains(why), "{why}: {found:?}");
        assert_eq!(found.certificates.len(), 1, "it is shown all the same");
        assert_eq!((found.status, found.signature_accepted), (None, None));
        assert_eq!(
            site.heads(),
            [""; 0],
            "a signature goes to nobody who may be a stranger"
        );
    }
}

#[tokio::test]
async fn the_version_of_tls_is_that_of_the_connection() {
    for (version, shown) in [(&rustls::version::TLS12, "1.2"), (&rustls::version::TLS13, "1.3")] {
        let site = Site::encrypted(certificate("localhost"), &[version], true, |_, _| Sends::Status(200)).await;
        assert_eq!(site.check(None).await.tls_version, Some(shown));
    }
    // What speaks no TLS at all, and what says nothing.
    let plain = Site::plain(|_, _| Sends::Status(200)).await;
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let silent = silent.local_addr().expect("bound");
    for url in [plain.url.replace("http:", "https:"), format!("https://{silent}/")] {
        let found = plain.check_at(&url, true, Duration::from_secs(1), None).await;
        let error = found.error.as_deref().unwrap_or_default();
        assert!(error.contains("11220") || error.contains("11205"), "{found:?}");
        assert_eq!(found.tls_version, None);
    }
}

#[tokio::test]
async fn a_server_that_hangs_or_never_ends_ends_in_time() {
    let hangs = Site::plain(|_, _| Sends::Nothing).await;
    let found = hangs.check_at(&hangs.url, true, Duration::from_millis(300), None).await;
    assert!(
        found
            .error
            .as_deref()
            .is_some_and(|error| error.contains("no whole response")),
        "{found:?}"
    );
    assert_eq!(found.latency, None);

    let endless = Site::plain(|_, _| Sends::Endless).await;
    let found = endless.check(None).await;
    assert_eq!((found.error.as_deref(), found.status), (None, Some(200)));
    assert!(found.findings.contains(&"responds with more than 64 KiB"), "{found:?}");

    let broken = Site::plain(|_, _| Sends::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".to_vec())).await;
    let found = broken.check(None).await;
    assert!(
        found.error.as_deref().is_some_and(|error| error.contains("broke")),
        "{found:?}"
    );

    let garbage = Site::plain(|_, _| Sends::Bytes(b"SSH-2.0-OpenSSH\r\n".to_vec())).await;
    assert!(garbage.check(None).await.error.is_some());

    let headers = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    let headers = Site::plain(move |_, _| Sends::Bytes(headers.clone().into_bytes())).await;
    assert!(headers.check(None).await.error.is_some(), "a head without end");
}

#[tokio::test]
async fn a_redirect_is_said_and_not_followed() {
    let elsewhere = Site::plain(|_, _| Sends::Status(200)).await;
    let to = elsewhere.url.clone();
    let site = Site::plain(move |_, _| {
        Sends::Bytes(format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes())
    })
    .await;
    let found = site.check(Some(&site.signer().await)).await;
    assert_eq!((found.status, found.signature_accepted), (Some(302), None));
    assert!(found.findings.contains(&"redirects"), "{found:?}");
    assert_eq!(elsewhere.heads(), [""; 0]);
}

/// As Twilio does: the user and the password go out only to who asks for them, and are not signed.
#[tokio::test]
async fn user_and_password_go_to_who_asks_for_them_and_into_no_signature() {
    let inner = verifies("http");
    let site = Site::plain(move |head, body| match header(head, "authorization") {
        None => {
            Sends::Bytes(b"HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n".to_vec())
        }
        Some(value) => {
            let expected = base64::engine::general_purpose::STANDARD.encode("ann:hush:hush");
            assert_eq!(value, format!("Basic {expected}"));
            inner(head, body)
        }
    })
    .await;
    let signer = site.signer().await;
    let url = site.url.replace("http://", "http://ann:hush%3Ahush@");
    let found = site.check_at(&url, true, Duration::from_secs(5), Some(&signer)).await;
    assert_eq!(
        (found.signature_accepted, found.wrong_signature_refused),
        (Some(true), Some(true)),
        "{found:?}"
    );
    assert!(!format!("{found:?}").contains("hush"), "{found:?}");
    assert_eq!(site.heads().len(), 4);
    // Without them nothing is known of signatures.
    let found = site.check(Some(&signer)).await;
    assert_eq!((found.status, found.signature_accepted), (Some(401), None));
    assert!(
        found
            .findings
            .contains(&"wants a user and a password in a way that was not checked"),
        "{found:?}"
    );
}

#[tokio::test]
async fn what_is_private_is_not_connected_to_unless_that_is_allowed() {
    let site = Site::plain(|_, _| Sends::Status(200)).await;
    let parameters = BTreeMap::new();
    let check = WebhookCheck {
        url: &site.url,
        is_post: true,
        parameters: &parameters,
        timeout: Duration::from_secs(5),
        allow_private: false,
        signer: None,
    };
    let found = site
        .client
        .check_webhook(&check, &site.client.webhook_trust())
        .await
        .expect("no stop");
    assert!(
        found
            .error
            .as_deref()
            .is_some_and(|error| error.contains("allow_private")),
        "{found:?}"
    );
    assert_eq!((found.address, site.heads().len()), (None, 0));
}

#[tokio::test]
async fn a_client_that_may_only_read_connects_and_sends_nothing() {
    let config = ClientConfig {
        read_only: true,
        ..config("127.0.0.1:9")
    };
    let site = Site::start(None, Arc::new(|_: &str, _: &str| Sends::Status(200)), config).await;
    let found = site.check(Some(&site.signer().await)).await;
    assert_eq!((found.error.as_deref(), found.status), (None, None));
    assert!(found.address.is_some());
    assert_eq!(site.heads(), [""; 0]);
}

#[tokio::test]
async fn a_subaccount_signs_with_its_own_token_and_a_key_signs_nothing() {
    let server = Server::start(|seen, _| match seen.target.as_str() {
        "/2010-04-01/Accounts/AC00000000000000000000000000000002.json" => {
            ok(serde_json::json!({"sid": child().as_str(), "auth_token": "child-token"}))
        }
        _ => Reply::Close,
    })
    .await;
    let (client, _) = server.client();
    let signer = client
        .webhook_signer(&child())
        .await
        .expect("its parent sees the token");
    assert_eq!((signer.account(), signer.token_is("child-token")), (&child(), true));
    let key = Credentials::api_key(
        parent(),
        "SK0123456789abcdef0123456789abcdef",
        Secret::new("s3cr3t-v4lue"),
    );
    let (client, _) = super::server::client(ClientConfig {
        base_url: config("127.0.0.1:9").base_url,
        ..ClientConfig::new(key.expect("a key"))
    });
    let error = client.webhook_signer(&parent()).await.expect_err("a key signs nothing");
    assert_eq!(error.kind, ErrorKind::CredentialsUnavailable);
}
