//! Sync.

pub mod codes;
mod older;
mod permission;
pub mod sync_document;
pub mod sync_document_permission;
pub mod sync_list;
pub mod sync_list_item;
pub mod sync_list_permission;
pub mod sync_map;
pub mod sync_map_item;
pub mod sync_map_permission;
pub mod sync_service;
pub mod sync_stream;
mod values;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    sync_document::SYNC_DOCUMENT,
    sync_document_permission::SYNC_DOCUMENT_PERMISSION,
    sync_list::SYNC_LIST,
    sync_list_item::SYNC_LIST_ITEM,
    sync_list_permission::SYNC_LIST_PERMISSION,
    sync_map::SYNC_MAP,
    sync_map_item::SYNC_MAP_ITEM,
    sync_map_permission::SYNC_MAP_PERMISSION,
    sync_service::SYNC_SERVICE,
    sync_stream::SYNC_STREAM,
];
