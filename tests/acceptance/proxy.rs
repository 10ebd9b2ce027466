//! A company's proxy: it lets nobody out but through a tunnel, opens the tunnel with a certificate of its own authority,
//! and writes down what it hears. Whatever host was asked for, the local Twilio answers.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Hosts that its certificate speaks for.
const HOSTS: &[&str] = &["api.twilio.com", "messaging.twilio.com", "*.dublin.ie1.twilio.com"];

/// A running proxy. It ends with it.
pub struct Proxy {
    /// What goes into HTTPS_PROXY.
    pub url: String,
    authority: PathBuf,
    log: Arc<Mutex<Log>>,
    _folder: TempDir,
    _runtime: tokio::runtime::Runtime,
}

#[derive(Default)]
struct Log {
    /// Heads of what it was asked.
    asked: Vec<String>,
    /// What went through all tunnels towards Twilio.
    heard: Vec<u8>,
}

impl Proxy {
    /// In front of the local Twilio at `twilio`, an `http://` address.
    pub fn before(twilio: &str) -> Self {
        let twilio: SocketAddr = twilio
            .trim_start_matches("http://")
            .parse()
            .expect("the simulator's address");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime can be made");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(DnType::CommonName, format!("Company at {url}"));
        let key = KeyPair::generate().expect("a key");
        let authority = CertifiedIssuer::self_signed(params, key).expect("a certificate");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("company.pem");
        std::fs::write(&file, authority.pem()).expect("a file can be written");
        let acceptor = TlsAcceptor::from(Arc::new(tls(&authority)));
        let log = Arc::new(Mutex::new(Log::default()));
        let kept = Arc::clone(&log);
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, log) = (acceptor.clone(), Arc::clone(&kept));
                // A connection that breaks off is its client's affair.
                tokio::spawn(async move { serve(stream, &acceptor, twilio, &log).await.ok() });
            }
        });
        Self {
            url,
            authority: file,
            log,
            _folder: folder,
            _runtime: runtime,
        }
    }

    /// The file with the certificate of its authority.
    pub fn authority(&self) -> &Path {
        &self.authority
    }

    /// First lines of what it was asked, in order.
    pub fn asked(&self) -> Vec<String> {
        let log = self.log.lock().expect("not poisoned");
        let first_line = |head: &String| head.lines().next().unwrap_or_default().to_owned();
        log.asked.iter().map(first_line).collect()
    }

    /// Whether somebody signed in with this name and password.
    pub fn was_told(&self, user_and_password: &str) -> bool {
        let told = format!("basic {}", BASE64_STANDARD.encode(user_and_password));
        let log = self.log.lock().expect("not poisoned");
        let mut lines = log
            .asked
            .iter()
            .flat_map(|head| head.lines())
            .filter_map(|line| line.split_once(": "));
        lines.any(|(name, value)| name.eq_ignore_ascii_case("proxy-authorization") && value.eq_ignore_ascii_case(&told))
    }

    /// Hosts to which it was asked for a tunnel.
    pub fn hosts(&self) -> BTreeSet<String> {
        let asked = self.asked();
        let host = |line: &String| {
            line.strip_prefix("CONNECT ")?
                .strip_suffix(":443 HTTP/1.1")
                .map(str::to_owned)
        };
        asked.iter().filter_map(host).collect()
    }

    /// The values of a header, one for each request that has it.
    pub fn header(&self, name: &str) -> Vec<String> {
        let log = self.log.lock().expect("not poisoned");
        let text = String::from_utf8_lossy(&log.heard).into_owned();
        let pairs = text.split("\r\n").filter_map(|line| line.split_once(": "));
        let values = pairs.filter(|(found, _)| found.eq_ignore_ascii_case(name));
        values.map(|(_, value)| value.to_owned()).collect()
    }
}

fn tls(authority: &CertifiedIssuer<'static, KeyPair>) -> ServerConfig {
    let key = KeyPair::generate().expect("a key");
    let names: Vec<_> = HOSTS.iter().map(ToString::to_string).collect();
    let params = CertificateParams::new(names).expect("names of hosts");
    let certificate = params.signed_by(&key, authority).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("known versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("key and certificate match")
}

async fn serve(
    mut client: TcpStream,
    acceptor: &TlsAcceptor,
    twilio: SocketAddr,
    log: &Mutex<Log>,
) -> std::io::Result<()> {
    let head = head(&mut client).await?;
    log.lock().expect("not poisoned").asked.push(head.clone());
    if !head.starts_with("CONNECT ") {
        let refusal = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        return client.write_all(refusal).await;
    }
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    let (mut from_client, mut to_client) = tokio::io::split(acceptor.accept(client).await?);
    let (mut from_twilio, mut to_twilio) = TcpStream::connect(twilio).await?.into_split();
    let out = async {
        let mut bytes = [0; 8192];
        loop {
            let count = from_client.read(&mut bytes).await?;
            if count == 0 {
                return to_twilio.shutdown().await;
            }
            log.lock()
                .expect("not poisoned")
                .heard
                .extend_from_slice(&bytes[..count]);
            to_twilio.write_all(&bytes[..count]).await?;
        }
    };
    let back = async {
        tokio::io::copy(&mut from_twilio, &mut to_client).await?;
        to_client.shutdown().await
    };
    tokio::try_join!(out, back).map(drop)
}

/// What is before a body.
async fn head(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
