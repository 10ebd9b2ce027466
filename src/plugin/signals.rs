//! Signals while serving.
//!
//! Ctrl-C in a terminal reaches the whole process group, so the plugin too, and so does the SIGTERM of a CI runner or of
//! systemd. Terraform answers both by telling the plugin over the connection to wind up; were the plugin to die of it,
//! objects that are just being made would be lost.

use crate::plugin::ServeError;

/// What a signal that matters asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// Ctrl-C, or SIGINT.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

#[cfg(unix)]
mod imp {
    use super::{ServeError, Signal};
    use tokio::signal::unix::{self, SignalKind};

    /// Signals that no longer end the process by themselves.
    #[derive(Debug)]
    pub(in crate::plugin) struct Signals {
        interrupt: unix::Signal,
        terminate: unix::Signal,
    }

    impl Signals {
        pub(in crate::plugin) fn install() -> Result<Self, ServeError> {
            let signal = |kind| unix::signal(kind).map_err(ServeError::Signals);
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
            })
        }

        pub(in crate::plugin) async fn next(&mut self) -> Signal {
            tokio::select! {
                _ = self.interrupt.recv() => Signal::Interrupt,
                _ = self.terminate.recv() => Signal::Terminate,
            }
        }
    }
}

#[cfg(windows)]
mod imp {
    use super::{ServeError, Signal};
    use tokio::signal::windows::{self, CtrlBreak, CtrlC};

    /// Console events that no longer end the process by themselves.
    #[derive(Debug)]
    pub(in crate::plugin) struct Signals {
        ctrl_c: CtrlC,
        ctrl_break: CtrlBreak,
    }

    impl Signals {
        pub(in crate::plugin) fn install() -> Result<Self, ServeError> {
            Ok(Self {
                ctrl_c: windows::ctrl_c().map_err(ServeError::Signals)?,
                ctrl_break: windows::ctrl_break().map_err(ServeError::Signals)?,
            })
        }

        pub(in crate::plugin) async fn next(&mut self) -> Signal {
            tokio::select! {
                _ = self.ctrl_c.recv() => Signal::Interrupt,
                _ = self.ctrl_break.recv() => Signal::Interrupt,
            }
        }
    }
}

pub(super) use imp::Signals;

impl Signals {
    /// Waits for SIGTERM, ignoring SIGINT.
    pub(super) async fn terminated(&mut self) {
        while self.next().await != Signal::Terminate {}
    }
}
