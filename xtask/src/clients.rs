//! Twilio's own client libraries, driving the simulator: if they are served as by Twilio, so is the provider.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use twilio_simulator::{Options, Simulator};

use crate::process::{root, succeed};

/// Runs the Python and the Node client, each against a simulator of its own. `folder` takes what they install.
///
/// # Errors
/// When an installation fails, or a client does not find what it must.
pub fn run(folder: &Path) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    for language in ["python", "node"] {
        let simulator = runtime
            .block_on(Simulator::start(Options::default()))
            .context("the simulator does not start")?;
        let script = root().join("simulator/clients").join(language).join("run.sh");
        let mut command = Command::new("bash");
        command.arg(&script).arg(folder.join(language));
        command.env("TWILIO_BASE_URL", &simulator.url);
        command.env("TWILIO_ACCOUNT_SID", &simulator.account_sid);
        command.env("TWILIO_AUTH_TOKEN", &simulator.auth_token);
        succeed(&mut command)?;
    }
    Ok(())
}
