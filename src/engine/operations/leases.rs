//! What this process has opened for the run and has not closed yet.
//!
//! Terraform 1.11 closes nothing after Ctrl-C, and a run may end in other ways before it does. So what is open is known here, and
//! is closed when the process ends ([`Leases::close_all`]). A process that is killed closes nothing.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use futures::future::join_all;

use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{CloseHook, Closing};
use crate::twilio::{AccountSid, Client, ErrorKind};

/// Something that is open.
#[derive(Clone)]
pub struct Lease {
    /// Terraform's type name.
    pub type_name: &'static str,
    /// Twilio, as it was when this was opened.
    pub client: Client,
    /// The account that it is in.
    pub account: AccountSid,
    /// What it goes by.
    pub sid: String,
    /// How it is closed.
    pub close: CloseHook,
}

impl Lease {
    /// Closes it. What is gone already is closed.
    ///
    /// # Errors
    /// Why it may still be there.
    pub async fn close(&self) -> Result<(), Fault> {
        // Begins now: after an interrupt it still has to be done.
        let client = self.client.on_behalf_of(self.type_name);
        let closing = Closing {
            client: &client,
            account: &self.account,
            sid: &self.sid,
        };
        match (self.close)(closing).await {
            Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => Ok(()),
            closed => closed,
        }
    }
}

/// All that is open. Clones are one.
#[derive(Clone, Default)]
pub struct Leases(Arc<Inner>);

#[derive(Default)]
struct Inner {
    run: OnceLock<String>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    open: Vec<Lease>,
    /// Nothing is opened any more: nobody would close it.
    is_ending: bool,
}

impl Leases {
    /// A text that this process has and no other.
    pub fn run(&self, client: &Client) -> &str {
        self.0.run.get_or_init(|| client.nonce())
    }

    /// Notes that something is open. It comes back where the process ends, and then has to be closed at once.
    #[must_use = "what comes back has to be closed"]
    pub fn add(&self, lease: Lease) -> Option<Lease> {
        let mut state = self.state();
        if state.is_ending {
            return Some(lease);
        }
        state.open.push(lease);
        None
    }

    /// The open one of this type that goes by `sid`.
    pub fn find(&self, type_name: &str, sid: &str) -> Option<Lease> {
        let state = self.state();
        let mut open = state.open.iter();
        open.find(|lease| lease.type_name == type_name && lease.sid == sid)
            .cloned()
    }

    /// Notes that it is closed.
    pub fn remove(&self, type_name: &str, sid: &str) {
        self.state()
            .open
            .retain(|lease| lease.type_name != type_name || lease.sid != sid);
    }

    /// Closes all that is open, side by side, and takes nothing new. Nobody hears of what fails any more, but the log.
    pub async fn close_all(&self) {
        let open = {
            let mut state = self.state();
            state.is_ending = true;
            std::mem::take(&mut state.open)
        };
        join_all(open.iter().map(|lease| async {
            let (type_name, sid) = (lease.type_name, lease.sid.as_str());
            match lease.close().await {
                Ok(()) => tracing::info!(type_name, sid, "the run ended without closing it, so the provider did"),
                Err(fault) => {
                    let why = match &fault {
                        Fault::Api(error) => error.to_string(),
                        Fault::Diagnostic(diagnostic) => diagnostic.summary.to_string(),
                    };
                    tracing::error!(
                        type_name,
                        sid,
                        why,
                        "the run ended without closing it, and the provider could not: revoke it by hand"
                    );
                }
            }
        }))
        .await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
