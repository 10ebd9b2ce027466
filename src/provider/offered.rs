//! Everything that the provider offers: what the products' folders list, and the functions.

pub use crate::resources::offered::{ACTIONS, DATA_SOURCES, EPHEMERAL_RESOURCES, RESOURCES};

use crate::functions;
use crate::functions::table::Function;

/// Functions, by name.
pub const FUNCTIONS: &[Function] = functions::FUNCTIONS;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_listed_by_name() {
        assert!(FUNCTIONS.is_sorted_by_key(|function| function.name));
    }
}
