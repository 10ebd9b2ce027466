//! A connection that sends one request after the other, with as little work of its own as can be.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::process::Running;

/// One connection.
pub struct Connection {
    stream: BufReader<TcpStream>,
    authorization: String,
    request: String,
}

impl Connection {
    /// Connects to a simulator as its main account.
    pub fn to(running: &Running) -> Result<Self> {
        let stream = TcpStream::connect(running.address())?;
        stream.set_nodelay(true)?;
        let credential = format!("{}:{}", running.account_sid, running.auth_token);
        Ok(Self {
            stream: BufReader::new(stream),
            authorization: STANDARD.encode(credential),
            request: String::new(),
        })
    }

    /// Sends a request, which must succeed, and answers its body.
    pub fn send(&mut self, method: &str, host: &str, path: &str, form: &str) -> Result<Vec<u8>> {
        self.request.clear();
        write!(
            self.request,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic {}\r\nContent-Length: {}\r\n",
            self.authorization,
            form.len()
        )?;
        if !form.is_empty() {
            self.request
                .push_str("Content-Type: application/x-www-form-urlencoded\r\n");
        }
        self.request.push_str("\r\n");
        self.request.push_str(form);
        self.stream.get_mut().write_all(self.request.as_bytes())?;
        let (mut status, mut length) = (String::new(), 0);
        self.stream.read_line(&mut status)?;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().context("content-length")?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        let is_success = status.split(' ').nth(1).is_some_and(|code| code.starts_with('2'));
        ensure!(
            is_success,
            "{method} {host}{path} {form}: {status} {}",
            String::from_utf8_lossy(&body)
        );
        Ok(body)
    }

    /// The same with the body as JSON.
    pub fn json(&mut self, method: &str, host: &str, path: &str, form: &str) -> Result<Value> {
        Ok(serde_json::from_slice(&self.send(method, host, path, form)?)?)
    }

    /// Creates something and answers its SID.
    pub fn made(&mut self, host: &str, path: &str, form: &str) -> Result<String> {
        let made = self.json("POST", host, path, form)?;
        Ok(made["sid"].as_str().context("no sid")?.to_owned())
    }
}
