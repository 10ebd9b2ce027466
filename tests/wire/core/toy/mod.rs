//! A provider without a service behind it, which uses all that the framework has: the objects are in its memory, where
//! tests look at them, change them and order faults.

mod action;
mod data_source;
mod ephemeral;
mod functions;
mod list;
mod resource;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use terraform_provider_twilio::framework::action::Action;
use terraform_provider_twilio::framework::diagnostics::Diagnostics;
use terraform_provider_twilio::framework::list::ListResource;
use terraform_provider_twilio::framework::provider::{
    ConfigureRequest, DataSource, EphemeralResource, Function, ManagedResource, Provider,
};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::value::Value;
use tokio::sync::Notify;

pub use resource::PRIVATE;
pub use schemas::{lease, lookup, nest, provider, ring, thing, thing_identity, things};

/// Where the toy would be in a registry, whichever.
pub const ADDRESS: &str = "test/toy";

/// What can go wrong, from now on until it is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A create makes nothing.
    CreateRefused,
    /// A create makes the object and fails then.
    CreateHalfway,
    /// A create takes until the provider is stopped.
    CreateHangs,
    /// A create panics, with a secret in its message.
    CreatePanics,
    /// An update changes nothing but the note, and fails.
    UpdateHalfway,
    /// A delete leaves the object standing.
    DeleteRefused,
    /// A read has no response.
    ReadRefused,
    /// A destroy is refused while planning.
    Protected,
    /// The plan of a resource names an attribute that nobody may decide.
    PlanImpossible,
    /// The response of a create leaves a value open.
    CreateLeavesUnknown,
    /// A read answers another object.
    ReadFindsAnother,
    /// An update makes another object of it.
    UpdateBecomesAnother,
    /// The plan of an update gives it another id.
    PlanBecomesAnother,
    /// An import leads to another object.
    ImportFindsAnother,
    /// An import leads to nothing that has a name.
    ImportFindsNothing,
    /// A search fails at its second page.
    ListRefused,
    /// A search panics at its second page.
    ListPanics,
    /// A search never gets its second page.
    ListHangs,
    /// An action fails at its first step.
    RingRefused,
    /// An action panics at its first step.
    RingPanics,
    /// An action takes until the provider is stopped.
    RingHangs,
    /// What a schema is made of is not there.
    IdentityPanics,
}

/// What the toy knows.
#[derive(Debug, Default)]
pub struct Memory {
    /// The objects by id, as a service would have them.
    pub objects: BTreeMap<String, Value>,
    /// What was called, with the id where there is one.
    pub calls: Vec<String>,
    /// Write-only values that arrived.
    pub secrets: Vec<String>,
    /// The `token` of each configuration.
    pub tokens: Vec<Value>,
    /// The private bytes that came with each delete.
    pub deleted_with: Vec<Vec<u8>>,
    /// What goes wrong.
    pub faults: BTreeSet<Fault>,
    /// Leases that are open.
    pub leases: BTreeSet<String>,
    last: u64,
}

impl Memory {
    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn called(&mut self, call: &str, what: &str) {
        self.calls.push(format!("{call} {what}"));
    }

    /// How often `call` was called.
    pub fn count(&self, call: &str) -> usize {
        let prefix = format!("{call} ");
        self.calls.iter().filter(|made| made.starts_with(&prefix)).count()
    }
}

/// The provider. Clones share their memory.
#[derive(Debug, Clone, Default)]
pub struct Toy {
    memory: Arc<Mutex<Memory>>,
    stop: Arc<Notify>,
    /// Told when a create, a search or an action begins to hang.
    pub hanging: Arc<Notify>,
    /// Told when a search ends, however.
    pub searched: Arc<Notify>,
}

impl Toy {
    /// What it knows, for as long as the guard is kept.
    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Orders a fault.
    pub fn break_it(&self, fault: Fault) {
        self.memory().faults.insert(fault);
    }

    /// Takes all faults back.
    pub fn mend(&self) {
        self.memory().faults.clear();
    }

    fn has(&self, fault: Fault) -> bool {
        self.memory().faults.contains(&fault)
    }
}

#[async_trait]
impl Provider for Toy {
    fn schema(&self) -> Schema {
        schemas::provider()
    }

    fn resources(&self) -> Vec<Arc<dyn ManagedResource>> {
        resource::all(self)
    }

    fn data_sources(&self) -> Vec<Arc<dyn DataSource>> {
        vec![Arc::new(data_source::Lookup(self.clone()))]
    }

    fn ephemeral_resources(&self) -> Vec<Arc<dyn EphemeralResource>> {
        vec![Arc::new(ephemeral::Lease(self.clone()))]
    }

    fn list_resources(&self) -> Vec<Arc<dyn ListResource>> {
        vec![Arc::new(list::Things(self.clone()))]
    }

    fn actions(&self) -> Vec<Arc<dyn Action>> {
        vec![Arc::new(action::Ring(self.clone()))]
    }

    fn functions(&self) -> Vec<Arc<dyn Function>> {
        functions::all()
    }

    fn awaits_configuration(&self) -> bool {
        self.memory().tokens.last().is_some_and(Value::is_unknown)
    }

    async fn configure(&self, request: ConfigureRequest) -> Diagnostics {
        let mut memory = self.memory();
        memory.called("configure", &request.terraform_version);
        memory.tokens.push(request.config.attr("token").clone());
        Diagnostics::new()
    }

    fn stop(&self) {
        self.memory().called("stop", "all");
        self.stop.notify_waiters();
    }
}
