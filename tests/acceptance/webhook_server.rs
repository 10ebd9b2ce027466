//! A server for webhooks on this machine, which checks signatures as Twilio's page says, or takes whatever comes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use terraform_provider_twilio::twilio::webhook_signature;

/// A server, whose address is free again when the test's process ends.
pub struct WebhookServer {
    /// Where it listens, without a path.
    pub url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl WebhookServer {
    /// One that refuses what is not signed with this token, or with none, one that accepts everything.
    pub fn start(token: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let (token, log) = (token.map(str::to_owned), Arc::clone(&seen));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let request = respond(stream, token.as_deref());
                log.lock().expect("not poisoned").extend(request);
            }
        });
        Self { url, seen }
    }

    /// The requests so far.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("not poisoned").clone()
    }
}

fn respond(mut stream: TcpStream, token: Option<&str>) -> Option<String> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    let (head, body) = loop {
        let read = stream.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && body.len()
                >= header(head, "content-length")
                    .and_then(|length| length.parse().ok())
                    .unwrap_or(0)
        {
            break (head.to_owned(), body.to_owned());
        }
    };
    let target = head.split(' ').nth(1)?;
    let url = format!("http://{}{target}", header(&head, "host")?);
    let form = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect::<BTreeMap<String, String>>();
    let form = form
        .iter()
        .map(|(name, value)| (name.as_str(), BTreeSet::from([value.clone()])));
    let form = form.collect();
    let is_good = token.is_none_or(|token| {
        header(&head, "x-twilio-signature") == Some(webhook_signature(token, &url, &form).as_str())
    });
    let status = if is_good { "200 OK" } else { "403 Forbidden" };
    let secret = "a body that is in no state";
    let response = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{secret}", secret.len());
    stream.write_all(response.as_bytes()).ok()?;
    Some(format!("{head}\r\n\r\n{body}"))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}
