//! What this process has opened for the run and has not closed yet.
//!
//! Terraform 1.11 closes nothing after Ctrl-C, and a run may end in other ways before it does. So what is open is known here, and
//! is closed when the process ends ([`Leases::close_all`]). A process that is killed closes nothing.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use futures::future::join_all;

use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{CloseHook, Closing};
use crate::twilio::{AccountSid, Client};

/// How long the provider closes at the end what is open. The process has a little longer, to say what it could not.
const LAST: Duration = Duration::from_millis(1600);

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
    /// Closes it.
    ///
    /// # Errors
    /// Why it may still be there.
    pub async fn close(&self) -> Result<(), Fault> {
        // Begins now: after an interrupt it still has to be done.
        self.close_through(&self.client.on_behalf_of(self.type_name)).await
    }

    async fn close_through(&self, client: &Client) -> Result<(), Fault> {
        let closing = Closing {
            client,
            account: &self.account,
            sid: &self.sid,
        };
        (self.close)(closing).await
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
    /// What is being opened, by the names under which it can be found.
    under_way: Vec<(&'static str, String)>,
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

    /// Notes that something is being opened which can be found by `name`, whatever becomes of its response.
    #[must_use = "it is over once this is dropped"]
    pub fn opening(&self, type_name: &'static str, name: &str) -> UnderWay {
        self.state().under_way.push((type_name, name.to_owned()));
        UnderWay {
            leases: self.clone(),
            type_name,
            name: name.to_owned(),
            is_over: false,
        }
    }

    /// Closes all that is open, all at once, and takes nothing new. Nobody hears of what fails any more, but the log, which names
    /// each that may still be there.
    pub async fn close_all(&self) {
        let open = {
            let mut state = self.state();
            state.is_ending = true;
            std::mem::take(&mut state.open)
        };
        join_all(open.iter().map(|lease| async {
            let (type_name, sid) = (lease.type_name, lease.sid.as_str());
            let client = lease.client.on_behalf_of(type_name).at_once();
            let why = match tokio::time::timeout(LAST, lease.close_through(&client)).await {
                Ok(Ok(())) => {
                    tracing::info!(type_name, sid, "the run ended without closing it, so the provider did");
                    return;
                }
                Ok(Err(Fault::Api(error))) => error.to_string(),
                Ok(Err(Fault::Diagnostic(diagnostic))) => diagnostic.summary.to_string(),
                Err(_) => "there was no response before the end of the process".to_owned(),
            };
            tracing::error!(
                type_name,
                sid,
                why,
                "the run ended without closing it, and whether the provider could is not known: look for it, and revoke it by hand"
            );
        }))
        .await;
        for (type_name, name) in std::mem::take(&mut self.state().under_way) {
            cut_off(type_name, &name);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something that is being opened.
pub struct UnderWay {
    leases: Leases,
    type_name: &'static str,
    name: String,
    is_over: bool,
}

impl UnderWay {
    /// What became of it is known, and said by whoever opens it: it was not cut off.
    pub fn settle(mut self) {
        self.is_over = true;
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let own = (self.type_name, self.name.as_str());
        let mut state = self.leases.state();
        let place = state
            .under_way
            .iter()
            .position(|(type_name, name)| (*type_name, name.as_str()) == own);
        if let Some(place) = place {
            state.under_way.swap_remove(place);
            drop(state);
            if !self.is_over {
                cut_off(self.type_name, &self.name);
            }
        }
    }
}

fn cut_off(type_name: &str, name: &str) {
    tracing::error!(
        type_name,
        name,
        "the run ended while it was opened, and whether it was made is not known: look for this name, and revoke it by hand"
    );
}
