//! HTTP/2: what a server refuses is repeated by the client, where it is counted and recorded, and by nobody else.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::server::{client, config, parent};
use super::tls::{Authority, trust};
use crate::twilio::{Audit, Change, ClientConfig, ErrorKind, Product, Request};

/// Types of frames and the code of a refusal: RFC 9113, sections 6 and 7.
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const ACK: u8 = 1;
const REFUSED_STREAM: u32 = 7;

/// How long what a client says before its first frame is.
const PREFACE: usize = 24;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("short").to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// Refuses every request of a connection, and counts them.
async fn refuse(mut stream: impl AsyncReadExt + AsyncWriteExt + Unpin, requests: &AtomicUsize) -> io::Result<()> {
    stream.read_exact(&mut [0; PREFACE]).await?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let (kind, flags) = (head[3], head[4]);
        let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        let mut payload = vec![0; usize::try_from(length).map_err(io::Error::other)?];
        stream.read_exact(&mut payload).await?;
        match kind {
            SETTINGS if flags & ACK == 0 => stream.write_all(&frame(SETTINGS, ACK, 0, &[])).await?,
            PING if flags & ACK == 0 => stream.write_all(&frame(PING, ACK, 0, &payload)).await?,
            HEADERS => {
                requests.fetch_add(1, Ordering::SeqCst);
                let code = REFUSED_STREAM.to_be_bytes();
                stream.write_all(&frame(RST_STREAM, 0, id, &code)).await?;
            }
            _ => {}
        }
        stream.flush().await?;
    }
}

/// How many requests left for one write, how often the client says that it tried, and how many lines the audit log has.
async fn write(request: Request) -> (usize, u32, usize, ErrorKind) {
    let (authority, folder) = (Authority::new("h2"), tempfile::tempdir().expect("a folder"));
    let acceptor = authority.acceptor("api.twilio.com", &[b"h2"]);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, counted) = (acceptor.clone(), Arc::clone(&counted));
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"h2" as &[u8]));
                    // Whatever ends the connection, the requests are counted.
                    let _ = refuse(stream, &counted).await;
                }
            });
        }
    });
    let path = folder.path().join("audit.jsonl");
    let (client, _clock) = client(ClientConfig {
        base_url: None,
        trust: trust(&[("SSL_CERT_FILE", authority.save(&folder, "ca.pem").into())]),
        audit: Some(Audit::open(&path, Change::default()).expect("it opens")),
        ..config("127.0.0.1:1")
    });
    client.connect_to(address);
    let error = client.send(request).await.expect_err("refused");
    let lines = std::fs::read_to_string(&path).expect("it is there").lines().count();
    (requests.load(Ordering::SeqCst), error.attempt.tries, lines, error.kind)
}

fn update() -> Request {
    Request::post(Product::Api, &parent(), "/2010-04-01/Accounts/A/Queues.json").form([("FriendlyName", "x")])
}

#[tokio::test]
async fn a_create_that_http_2_refuses_leaves_once() {
    let (requests, tries, lines, kind) = write(update().creates()).await;
    assert_eq!((requests, tries, lines), (1, 1, 1));
    assert_eq!(kind, ErrorKind::Ambiguous);
}

#[tokio::test]
async fn what_may_be_repeated_leaves_once_for_each_line_of_the_audit_log() {
    let (requests, tries, lines, _) = write(update()).await;
    assert_eq!((requests, tries, lines), (4, 4, 4));
}
