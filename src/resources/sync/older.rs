//! Sync as the older providers store it.

use crate::engine::facts::older::OlderState;

/// `twilio_sync_service`.
pub(super) const SYNC_SERVICE: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sync_service"),
    OlderState::vendor("twilio_sync_services_v1"),
];

/// `twilio_sync_document`.
pub(super) const SYNC_DOCUMENT: &[OlderState] = &[OlderState::vendor("twilio_sync_services_documents_v1")];

/// `twilio_sync_list`.
pub(super) const SYNC_LIST: &[OlderState] = &[OlderState::vendor("twilio_sync_services_lists_v1")];

/// `twilio_sync_map`.
pub(super) const SYNC_MAP: &[OlderState] = &[OlderState::vendor("twilio_sync_services_maps_v1")];

/// `twilio_sync_stream`.
pub(super) const SYNC_STREAM: &[OlderState] = &[OlderState::vendor("twilio_sync_services_streams_v1")];
