//! What stood in the way of the last try, as long as nothing has been answered since: a request that is interrupted may have
//! waited for another one, and whoever interrupted it wants to know what for.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::Error;

/// The last failure of a try that was to be repeated.
#[derive(Debug, Default)]
pub(super) struct Trouble(Mutex<Option<Error>>);

impl Trouble {
    fn lock(&self) -> MutexGuard<'_, Option<Error>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A try failed, and is repeated.
    pub(super) fn met(&self, error: &Error) {
        *self.lock() = Some(error.clone());
    }

    /// Something was answered.
    pub(super) fn is_over(&self) {
        *self.lock() = None;
    }

    /// The failure.
    pub(super) fn last(&self) -> Option<Error> {
        self.lock().clone()
    }
}
