//! Encrypted connections.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::server::{client, config, parent};
use crate::twilio::{ClientConfig, ErrorKind, Product, Request};

/// A server whose certificate nobody vouches for.
async fn impostor() -> String {
    let issued = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(issued.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("known versions")
        .with_no_client_auth()
        .with_single_cert(vec![issued.cert.der().clone()], key)
        .expect("key and certificate match");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = acceptor.accept(stream).await;
        }
    });
    format!("https://localhost:{port}")
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_reported_at_once() {
    let base_url = Some(impostor().await.parse().expect("an address"));
    let (client, clock) = client(ClientConfig {
        base_url,
        ..config("127.0.0.1:1")
    });
    let error = client
        .send(Request::get(Product::Api, &parent(), "/x").creates())
        .await
        .expect_err("an impostor");
    assert_eq!(
        (error.kind, error.attempt.tries, clock.slept().len()),
        (ErrorKind::Unreachable, 1, 0),
        "{error}"
    );
    assert!(error.to_string().contains("certificate"), "{error}");
    assert!(error.surely_not_executed());
}
