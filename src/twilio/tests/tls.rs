//! Encrypted connections: who is trusted, and what is said about who is not.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::server::{client, config, parent};
use crate::twilio::{ClientConfig, Error, ErrorKind, Product, Request, Response, Trust};

/// Somebody who vouches for servers.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("a certificate"))
    }

    /// Writes its own certificate to a file.
    pub(super) fn save(&self, folder: &TempDir, name: &str) -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, self.0.pem()).expect("a file can be written");
        path
    }

    /// What a server by this name shows, and the protocols that it offers.
    pub(super) fn acceptor(&self, name: &str, protocols: &[&[u8]]) -> TlsAcceptor {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new([name.to_owned()]).expect("a name");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        shown(&certificate, &key, protocols)
    }

    /// The address of a server that it vouches for, which answers everybody `{}`.
    async fn server(&self) -> String {
        serve(self.acceptor("localhost", &[])).await
    }
}

/// A certificate for `localhost` that vouches for itself, marked as that of an authority or not.
fn self_signed(is_ca: IsCa) -> (rcgen::Certificate, KeyPair) {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    params.is_ca = is_ca;
    (params.self_signed(&key).expect("a certificate"), key)
}

/// What a server with this certificate shows, and the protocols that it offers.
fn shown(certificate: &rcgen::Certificate, key: &KeyPair, protocols: &[&[u8]]) -> TlsAcceptor {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut tls = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("known versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("key and certificate match");
    tls.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    TlsAcceptor::from(Arc::new(tls))
}

/// The address of a server that answers everybody `{}`.
async fn serve(acceptor: TlsAcceptor) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let _ = stream.read(&mut [0; 4096]).await;
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
                let _ = stream.write_all(answer).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    format!("https://localhost:{port}")
}

pub(super) fn trust(variables: &[(&str, OsString)]) -> Trust {
    let variables: HashMap<_, _> = variables.iter().cloned().collect();
    Trust::from_environment(&|name| variables.get(name).cloned())
}

/// Asks a server, and says how often the client waited to ask again.
async fn get(address: &str, trust: &Trust) -> (Result<Response, Error>, usize) {
    let (client, clock) = client(ClientConfig {
        base_url: Some(address.parse().expect("an address")),
        trust: trust.clone(),
        ..config("127.0.0.1:1")
    });
    let answer = client.send(Request::get(Product::Api, &parent(), "/x")).await;
    (answer, clock.slept().len())
}

async fn reaches(server: &str, trust: &Trust) -> bool {
    let (answer, _) = get(server, trust).await;
    answer.is_ok()
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_reported_at_once_with_what_to_do() {
    let (answer, waits) = get(&Authority::new("nobody").server().await, &Trust::default()).await;
    let error = answer.expect_err("an impostor");
    assert_eq!(
        (error.kind, error.attempt.tries, waits),
        (ErrorKind::Unreachable, 1, 0),
        "{error}"
    );
    let text = error.to_string();
    assert!(text.contains("certificate") && text.contains("SSL_CERT_FILE"), "{text}");
    assert!(error.surely_not_executed());
}

/// Following the advice helps, which it does not when it says to trust such a certificate.
#[tokio::test]
async fn a_certificate_of_an_authority_that_a_server_shows_as_its_own_comes_with_advice_that_helps() {
    let folder = tempfile::tempdir().expect("a folder");
    let trusting = |name: &str, certificate: &rcgen::Certificate| {
        let path = folder.path().join(name);
        std::fs::write(&path, certificate.pem()).expect("a file can be written");
        trust(&[("SSL_CERT_FILE", path.into())])
    };
    let (marked, key) = self_signed(IsCa::Ca(BasicConstraints::Unconstrained));
    let server = serve(shown(&marked, &key, &[])).await;
    for trust in [Trust::default(), trusting("marked.pem", &marked)] {
        let (answer, waits) = get(&server, &trust).await;
        let error = answer.expect_err("it is no server's").to_string();
        assert!(
            error.contains("CA:FALSE") && !error.contains("with its CA certificate"),
            "{error}"
        );
        assert_eq!(waits, 0);
    }
    let (plain, key) = self_signed(IsCa::ExplicitNoCa);
    let server = serve(shown(&plain, &key, &[])).await;
    assert!(!reaches(&server, &Trust::default()).await);
    assert!(reaches(&server, &trusting("plain.pem", &plain)).await);
}

/// Also says that nothing else is trusted because of it.
#[tokio::test]
async fn what_the_variables_name_is_trusted() {
    let folder = tempfile::tempdir().expect("a folder");
    let [of_file, of_folder, of_nobody] = ["file", "folder", "nobody"].map(Authority::new);
    let file = of_file.save(&folder, "file.pem");
    let own = tempfile::tempdir().expect("a folder");
    of_folder.save(&own, "0123abcd.0");
    std::fs::write(own.path().join("README"), b"no certificate \xff").expect("a file can be written");
    let trust = trust(&[("SSL_CERT_FILE", file.into()), ("SSL_CERT_DIR", own.path().into())]);
    assert!(reaches(&of_file.server().await, &trust).await);
    assert!(reaches(&of_folder.server().await, &trust).await);
    assert!(!reaches(&of_nobody.server().await, &trust).await);
}

/// On other systems the platform's certificates are not in a file that a test could put in its place.
#[cfg(all(unix, not(target_vendor = "apple")))]
#[tokio::test]
async fn the_platform_is_still_trusted_when_a_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let [company, public] = ["company", "public"].map(Authority::new);
    let bundle = public.save(&folder, "bundle.pem");
    let file = company.save(&folder, "company.pem");
    let missing = folder.path().join("another-system.pem");
    for (variable, value) in [
        ("SSL_CERT_FILE", OsString::from(&file)),
        ("SSL_CERT_DIR", OsString::from(folder.path())),
        ("SSL_CERT_FILE", OsString::new()),
    ] {
        let mut trust = trust(&[(variable, value.clone())]);
        trust.bundles = vec![missing.clone(), bundle.clone()];
        assert!(reaches(&public.server().await, &trust).await, "{variable}={value:?}");
        assert_eq!(
            reaches(&company.server().await, &trust).await,
            !value.is_empty(),
            "{variable}={value:?}"
        );
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_said_and_not_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.pem");
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").expect("written");
    let server = Authority::new("nobody").server().await;
    for (variable, value, complaint) in [
        (
            "SSL_CERT_FILE",
            &missing,
            "missing.pem, which SSL_CERT_FILE names, cannot be read: ",
        ),
        (
            "SSL_CERT_FILE",
            &empty,
            "empty.pem, which SSL_CERT_FILE names, has no certificate",
        ),
        (
            "SSL_CERT_DIR",
            &missing,
            "missing.pem, which SSL_CERT_DIR names, cannot be read: ",
        ),
    ] {
        let (answer, waits) = get(&server, &trust(&[(variable, value.into())])).await;
        let error = answer.expect_err("nothing to trust");
        assert_eq!((error.kind, waits), (ErrorKind::Unreachable, 0), "{error}");
        assert!(error.to_string().contains(complaint), "{error}");
    }
}
