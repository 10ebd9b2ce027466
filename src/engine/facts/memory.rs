//! What hooks remember for the rest of a run.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What the hooks of one run remember from one object to the next, a value of each type: what was read once need not be read again for
/// each of a hundred. It ends with the run, so nothing of a plan is believed by its apply.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Memory {
    /// The value of this type, which begins with its default.
    pub fn of<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = all.entry(TypeId::of::<T>()).or_insert_with(|| Arc::<T>::default());
        Arc::clone(one).downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn each_type_has_one_value_in_a_run() {
        #[derive(Default)]
        struct Calls(AtomicUsize);
        let memory = Memory::default();
        memory.of::<Calls>().0.fetch_add(1, Ordering::Relaxed);
        memory.of::<Calls>().0.fetch_add(1, Ordering::Relaxed);
        memory.of::<AtomicUsize>();
        assert_eq!(memory.of::<Calls>().0.load(Ordering::Relaxed), 2);
        assert_eq!(Memory::default().of::<Calls>().0.load(Ordering::Relaxed), 0);
    }
}
