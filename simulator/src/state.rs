//! The state of one simulator: objects, accounts and their credentials, identifiers, and what behaviours keep for themselves.

mod accounts;

pub use accounts::{Account, AccountStatus, Accounts, ApiKey, Caller, KeyKind, OauthApp, SignedInBy};

use std::any::{Any, TypeId};
use std::collections::HashMap;

use crate::clock::Clock;
use crate::ids::Ids;
use crate::processes::Processes;
use crate::store::Store;

/// Everything that a request can see or change. Guarded by one lock.
pub struct State {
    /// Objects.
    pub store: Store,
    /// Accounts and what signs in to them.
    pub accounts: Accounts,
    /// Source of SIDs and secrets.
    pub ids: Ids,
    /// The seed that this state grew from, for behaviours that make plausible data.
    pub seed: u64,
    /// The time.
    pub clock: Clock,
    /// What goes on by itself.
    pub(crate) processes: Processes,
    own: HashMap<TypeId, Box<dyn Any + Send>>,
}

impl State {
    /// Fresh state with one main account.
    pub fn new(seed: u64) -> Self {
        let mut ids = Ids::new(seed);
        let accounts = Accounts::new(&mut ids);
        Self {
            store: Store::default(),
            accounts,
            ids,
            seed,
            clock: Clock::default(),
            processes: Processes::default(),
            own: HashMap::new(),
        }
    }

    /// A behaviour's own state, made by `Default` when first asked for and dropped by a reset.
    pub fn own<T: Any + Send + Default>(&mut self) -> &mut T {
        self.own_or(|_| T::default())
    }

    /// A behaviour's own state, made from the seed when first asked for and dropped by a reset.
    pub fn own_or<T: Any + Send>(&mut self, make: impl FnOnce(u64) -> T) -> &mut T {
        let seed = self.seed;
        self.own
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Box::new(make(seed)))
            .downcast_mut()
            .expect("the entry of a type holds that type")
    }
}
