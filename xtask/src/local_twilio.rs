//! The simulator in a process of its own.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value as Json;

/// How long it lives, and where it speaks to.
#[derive(Debug)]
pub enum Lifetime {
    /// It ends with the value that holds it, and says what it has to say where we do.
    Ours,
    /// It may go on after us. Nothing that we were given is left open in it: whoever waits for the end of our output, as a pipe
    /// does, does not wait for its end. It says what it has to say in this file.
    Kept(File),
}

/// A running simulator, ended when dropped.
#[derive(Debug)]
pub struct LocalTwilio {
    process: Option<Child>,
    /// Where it listens.
    pub url: String,
    account_sid: String,
    auth_token: String,
}

/// A simulator that goes on.
#[derive(Debug)]
pub struct Kept {
    /// Its process.
    pub id: u32,
    /// What makes the provider use it.
    pub variables: [(&'static str, String); 3],
}

impl LocalTwilio {
    /// Starts it on a free port of loopback.
    ///
    /// # Errors
    /// When it cannot be started, or does not say where it listens.
    pub fn start(binary: &Path, lifetime: Lifetime) -> Result<Self> {
        let mut command = Command::new(binary);
        command
            .args(["--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        if let Lifetime::Kept(log) = lifetime {
            command.stderr(log);
            // Ctrl-C is for what the person at the terminal does then, not for this.
            #[cfg(unix)]
            std::os::unix::process::CommandExt::process_group(&mut command, 0);
        }
        let mut process = command
            .spawn()
            .with_context(|| format!("cannot start {}", binary.display()))?;
        let mut line = String::new();
        let stdout = process.stdout.take().context("the simulator has no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let hello: Json = serde_json::from_str(&line).context("the simulator did not say where it listens")?;
        let text = |name: &str| {
            hello[name]
                .as_str()
                .map(str::to_owned)
                .with_context(|| format!("no {name} in {hello}"))
        };
        Ok(Self {
            url: text("url")?,
            account_sid: text("account_sid")?,
            auth_token: text("auth_token")?,
            process: Some(process),
        })
    }

    /// What makes the provider use it.
    pub fn variables(&self) -> [(&'static str, String); 3] {
        [
            ("TWILIO_BASE_URL", self.url.clone()),
            ("TWILIO_ACCOUNT_SID", self.account_sid.clone()),
            ("TWILIO_AUTH_TOKEN", self.auth_token.clone()),
        ]
    }

    /// Lets it go on.
    pub fn keep(mut self) -> Kept {
        let variables = self.variables();
        Kept {
            id: self.process.take().map_or(0, |process| process.id()),
            variables,
        }
    }
}

impl Drop for LocalTwilio {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A program that says hello as the simulator does, and stays.
    fn stand_in(folder: &Path) -> std::path::PathBuf {
        let path = folder.join("stand-in");
        let hello = r#"{"url":"http://127.0.0.1:1","account_sid":"AC1","auth_token":"t"}"#;
        fs::write(&path, format!("#!/bin/sh\necho '{hello}'\nexec tail -f /dev/null\n")).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be run");
        path
    }

    #[test]
    fn one_that_is_kept_holds_nothing_that_we_were_given() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("log");
        let lifetime = Lifetime::Kept(File::create(&log).expect("a file"));
        let mut twilio = LocalTwilio::start(&stand_in(folder.path()), lifetime).expect("it starts");
        let id = twilio.process.as_ref().expect("a process").id();
        let opened =
            |process: &str, number: u32| fs::read_link(format!("/proc/{process}/fd/{number}")).expect("an open file");
        let process = id.to_string();
        assert_eq!(opened(&process, 0), Path::new("/dev/null"));
        assert_eq!(opened(&process, 2), log);
        for number in [1, 2] {
            assert_ne!(
                opened(&process, 1),
                opened("self", number),
                "whoever reads ours would wait for it"
            );
        }
        assert_eq!(twilio.variables()[0].1, "http://127.0.0.1:1");
        let process = twilio.process.as_mut().expect("a process");
        process.kill().expect("it ends");
        process.wait().expect("it ended");
    }
}
