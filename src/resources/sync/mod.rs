//! Sync.

pub mod codes;
pub mod sync_map_item;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[sync_map_item::SYNC_MAP_ITEM];
