//! Who may talk to the provider: the process that started it, and nobody else.

use std::io;

use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, ProtocolVersion};
use terraform_provider_twilio::framework::proto::get_provider_schema;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::core_client::{Core, Identity, Plugin, within};

/// The first bytes of any HTTP/2 client: the preface and an empty SETTINGS frame.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00";

/// Speaks HTTP/2 over TLS by `config`, and returns what was negotiated once the server has answered. In TLS 1.3 a client
/// learns only then whether its certificate was good enough.
async fn converse(plugin: &Plugin, config: ClientConfig) -> io::Result<(ProtocolVersion, Option<Vec<u8>>)> {
    within(async {
        let mut stream = plugin.connect_tls(config).await?;
        stream.write_all(HTTP2_PREFACE).await?;
        // The server's first frame is its SETTINGS (type 4).
        let mut header = [0; 9];
        stream.read_exact(&mut header).await?;
        assert_eq!(header[3], 4, "not HTTP/2: {header:?}");
        let (_, connection) = stream.get_ref();
        let version = connection.protocol_version().expect("a version after the handshake");
        Ok((version, connection.alpn_protocol().map(ToOwned::to_owned)))
    })
    .await
}

/// Checks that `shown` (nothing, or a certificate) gets no response in either version of TLS, that the provider gives
/// `reason` for it in its log, and that the host is served as if nothing had been.
async fn assert_refused(host: Identity, shown: Option<&Identity>, reason: &str) {
    let plugin = Core::new().identity(host).env("TF_LOG", "WARN").start().await;
    for version in [&TLS12, &TLS13] {
        let config = plugin.client_config(shown, &[version]);
        converse(&plugin, config).await.expect_err("was let in");
    }
    let mut provider = plugin.provider().await;
    within(provider.get_provider_schema(get_provider_schema::Request {}))
        .await
        .expect("the host is served");
    let log = plugin.shutdown().await.stderr;
    let refusals = log
        .lines()
        .filter(|line| line.contains("refused a connection") && line.contains(reason));
    assert_eq!(refusals.count(), 2, "{log}");
}

#[tokio::test]
async fn the_host_is_served_over_tls_1_2_and_1_3_with_alpn_h2() {
    let plugin = Core::new().start().await;
    for (offered, expect) in [(&TLS12, ProtocolVersion::TLSv1_2), (&TLS13, ProtocolVersion::TLSv1_3)] {
        let config = plugin.client_config(plugin.identity(), &[offered]);
        let (version, alpn) = converse(&plugin, config).await.expect("an answer");
        assert_eq!(version, expect);
        assert_eq!(alpn.as_deref(), Some(&b"h2"[..]));
    }
    plugin.shutdown().await;
}

#[tokio::test]
async fn the_host_can_call_the_provider() {
    let plugin = Core::new().start().await;
    let mut provider = plugin.provider().await;
    let answer = within(provider.get_provider_schema(get_provider_schema::Request {}))
        .await
        .expect("a schema");
    assert!(
        answer
            .into_inner()
            .provider
            .expect("the provider's schema")
            .block
            .is_some()
    );
    plugin.shutdown().await;
}

#[tokio::test]
async fn a_client_without_a_certificate_is_refused() {
    assert_refused(Identity::like_core(), None, "peer sent no certificates").await;
}

#[tokio::test]
async fn a_client_with_another_certificate_is_refused() {
    assert_refused(
        Identity::like_core(),
        Some(&Identity::like_core()),
        "ApplicationVerificationFailure",
    )
    .await;
}

#[tokio::test]
async fn the_right_certificate_without_its_key_is_refused() {
    let host = Identity::like_core();
    let copy = host.copy_of_certificate_with_key_of(Identity::like_core());
    assert_refused(host, Some(&copy), "BadSignature").await;
}

#[tokio::test]
async fn plaintext_is_not_answered_by_http() {
    let plugin = Core::new().start().await;
    let mut stream = plugin.handshake.address().connect().await.expect("a connection");
    let mut answer = Vec::new();
    within(async {
        stream.write_all(HTTP2_PREFACE).await.expect("the socket takes it");
        // A TLS alert or nothing, then the end.
        let _ = stream.read_to_end(&mut answer).await;
    })
    .await;
    assert!(answer.is_empty() || answer[0] == 0x15, "{answer:?}");
    plugin.shutdown().await;
}

#[tokio::test]
async fn tls_1_1_is_refused() {
    let plugin = Core::new().start().await;
    // Record type 22 (handshake): the greeting is sound, and a server hello follows.
    assert_eq!(answer(&plugin, [3, 3]).await[0], 22);
    // Record type 21 (alert), any version, two bytes: fatal (2), protocol_version (70).
    let alert = answer(&plugin, [3, 2]).await;
    assert_eq!((alert[0], &alert[3..]), (21, &[0, 2, 2, 70][..]));
    plugin.shutdown().await;
}

/// The first bytes that the server answers to a client that knows nothing newer than `version`.
async fn answer(plugin: &Plugin, version: [u8; 2]) -> [u8; 7] {
    let mut stream = plugin.handshake.address().connect().await.expect("a connection");
    let mut answer = [0; 7];
    within(async {
        stream
            .write_all(&client_hello(version))
            .await
            .expect("the socket takes it");
        stream.read_exact(&mut answer).await.expect("an answer");
    })
    .await;
    answer
}

/// The greeting of a client up to TLS 1.2 (RFC 5246, section 7.4.1.2).
fn client_hello(version: [u8; 2]) -> Vec<u8> {
    let mut body = Vec::new();
    body.extend(version);
    body.extend([7; 32]); // Random.
    body.push(0); // No session.
    body.extend([0, 2, 0xc0, 0x2b]); // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256.
    body.extend([1, 0]); // No compression.
    body.extend([0, 22]); // Length of the extensions:
    body.extend([0, 10, 0, 4, 0, 2, 0, 23]); // supported_groups: secp256r1,
    body.extend([0, 11, 0, 2, 1, 0]); // ec_point_formats: uncompressed,
    body.extend([0, 13, 0, 4, 0, 2, 4, 3]); // signature_algorithms: ecdsa_secp256r1_sha256.
    let mut hello = vec![1, 0, 0, u8::try_from(body.len()).expect("a short body")];
    hello.extend(body);
    let mut record = vec![22, 3, 1];
    record.extend([0, u8::try_from(hello.len()).expect("a short greeting")]);
    record.extend(hello);
    record
}
