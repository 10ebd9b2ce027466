//! A simulator in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::Value;

/// A simulator that runs until it is dropped.
pub struct Running {
    child: Child,
    url: String,
    pub account_sid: String,
    pub auth_token: String,
    /// From its start to its first line.
    pub ready: Duration,
}

impl Running {
    /// Starts one.
    pub fn start() -> Result<Self> {
        let started = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_twilio-simulator"))
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no stdout")?).read_line(&mut line)?;
        let ready = started.elapsed();
        let line: Value = serde_json::from_str(&line)?;
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            child,
            url: text("url"),
            account_sid: text("account_sid"),
            auth_token: text("auth_token"),
            ready,
        })
    }

    /// Address and port.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Resident memory in MiB; `None` where the system does not say.
    pub fn resident(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kib: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kib / 1024.0)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may be gone already.
        let _gone = self.child.kill();
        let _status = self.child.wait();
    }
}
