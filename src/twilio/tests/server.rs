//! A server that answers from a closure, and a clock that only moves when told to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use crate::twilio::{AccountSid, Client, ClientConfig, Clock, Credentials, Secret, Sleep};

pub(crate) const TOKEN: &str = "parent-token-0123456789abcdef";

pub(crate) fn parent() -> AccountSid {
    "AC00000000000000000000000000000001".parse().expect("valid")
}

pub(crate) fn child() -> AccountSid {
    "AC00000000000000000000000000000002".parse().expect("valid")
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct ReceivedRequest {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

impl ReceivedRequest {
    /// `user:password` of basic authentication.
    pub(crate) fn signed_in(&self) -> String {
        let encoded = self
            .headers
            .get("authorization")
            .and_then(|value| value.strip_prefix("Basic "))
            .unwrap_or_default();
        let decoded = base64::engine::general_purpose::STANDARD
            .decode(encoded)
            .unwrap_or_default();
        String::from_utf8(decoded).unwrap_or_default()
    }
}

/// What to do with a request.
pub(crate) enum Reply {
    /// Status, more header lines, body.
    Answer(u16, &'static str, String),
    /// More header lines, and the bytes of a body; the status is 200.
    Bytes(&'static str, &'static [u8]),
    /// Half of what the header promises.
    Truncated(u16, String),
    /// Close the connection without a word.
    Close,
    /// Keep the connection open without a word.
    Silence,
    /// Answer `{}`, but not before there is a permit, which is used up.
    Held(Arc<Semaphore>),
    /// As [`Reply::Held`], with this body; 204 if it is empty.
    HeldAnswer(Arc<Semaphore>, String),
}

pub(crate) fn ok(body: impl ToString) -> Reply {
    Reply::Answer(200, "", body.to_string())
}

pub(crate) fn status(status: u16, body: impl ToString) -> Reply {
    Reply::Answer(status, "", body.to_string())
}

/// A server on a free port of this machine. It ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) address: String,
    seen: Arc<Mutex<Vec<ReceivedRequest>>>,
}

impl Server {
    /// Answers each request with what `reply` makes of it and of the number of requests before it.
    pub(crate) async fn start(reply: impl Fn(&ReceivedRequest, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound").to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (reply, log) = (Arc::new(reply), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (reply, log) = (Arc::clone(&reply), Arc::clone(&log));
                tokio::spawn(async move { serve(stream, reply.as_ref(), &log).await });
            }
        });
        Self { address, seen }
    }

    pub(crate) fn seen(&self) -> Vec<ReceivedRequest> {
        self.seen.lock().expect("not poisoned").clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.seen().len()
    }

    pub(crate) fn config(&self) -> ClientConfig {
        config(&self.address)
    }

    pub(crate) fn client(&self) -> (Client, Arc<VirtualClock>) {
        client(self.config())
    }
}

pub(crate) fn config(address: &str) -> ClientConfig {
    let credentials = Credentials::AuthToken {
        account: parent(),
        token: Secret::new(TOKEN),
    };
    ClientConfig {
        base_url: Some(format!("http://{address}").parse().expect("an address")),
        max_retries: 3,
        ..ClientConfig::new(credentials)
    }
}

pub(crate) fn client(config: ClientConfig) -> (Client, Arc<VirtualClock>) {
    let clock = Arc::new(VirtualClock::default());
    let client = Client::with_clock(config, Arc::clone(&clock) as Arc<dyn Clock>).expect("valid");
    (client, clock)
}

async fn serve(
    mut stream: TcpStream,
    reply: &(impl Fn(&ReceivedRequest, usize) -> Reply + ?Sized),
    log: &Mutex<Vec<ReceivedRequest>>,
) {
    let Some(seen) = read(&mut stream).await else { return };
    let before = {
        let mut log = log.lock().expect("not poisoned");
        log.push(seen.clone());
        log.len() - 1
    };
    let mut reply = reply(&seen, before);
    if let Reply::Held(until) = &reply {
        reply = Reply::HeldAnswer(Arc::clone(until), "{}".to_owned());
    }
    if let Reply::HeldAnswer(until, body) = reply {
        until.acquire().await.expect("not closed").forget();
        reply = match body.is_empty() {
            true => status(204, body),
            false => ok(body),
        };
    }
    let answer = match reply {
        Reply::Answer(status, headers, body) => {
            let length = body.len();
            let body = if status == 204 { String::new() } else { body };
            let head = format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n");
            [head.into_bytes(), body.into_bytes()].concat()
        }
        Reply::Bytes(headers, body) => {
            let length = body.len();
            let head = format!("HTTP/1.1 200 X\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n");
            [head.as_bytes(), body].concat()
        }
        Reply::Truncated(status, half) => {
            let length = half.len() * 2;
            format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{half}").into_bytes()
        }
        Reply::Close => return,
        Reply::Silence | Reply::Held(_) | Reply::HeldAnswer(..) => return std::future::pending().await,
    };
    let _ = stream.write_all(&answer).await;
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut TcpStream) -> Option<ReceivedRequest> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).ok()?;
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers
        .get("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    while bytes.len() < head_end + 4 + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8(bytes[head_end + 4..].to_vec()).ok()?;
    Some(ReceivedRequest {
        method,
        target,
        headers,
        body,
    })
}

/// Time stands still but for sleeps, which end at once and are written down. Chance is always zero.
#[derive(Debug, Default)]
pub(crate) struct VirtualClock {
    slept: Mutex<Vec<Duration>>,
    /// Sleeps never end, for tests of what ends them.
    pub(crate) endless: std::sync::atomic::AtomicBool,
}

impl VirtualClock {
    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.slept.lock().expect("not poisoned").clone()
    }
}

impl Clock for VirtualClock {
    fn elapsed(&self) -> Duration {
        self.slept().iter().sum()
    }

    fn now(&self) -> Timestamp {
        "2026-05-01T10:00:00Z".parse().expect("valid")
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        self.slept.lock().expect("not poisoned").push(duration);
        match self.endless.load(std::sync::atomic::Ordering::Relaxed) {
            true => Box::pin(std::future::pending()),
            false => Box::pin(std::future::ready(())),
        }
    }

    fn random(&self) -> f64 {
        0.0
    }
}
