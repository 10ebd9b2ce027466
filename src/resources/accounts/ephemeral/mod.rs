//! What is made or fetched for one run and stored nowhere.

pub mod access_token;

use crate::engine::facts::Ephemeral;

/// All of them, sorted by name.
pub const ALL: &[Ephemeral] = &[access_token::ACCESS_TOKEN];
