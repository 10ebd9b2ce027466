//! Messaging.

pub mod codes;
pub mod messaging_geo_permissions;
pub mod messaging_service;
pub mod messaging_service_phone_number;
mod older;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    messaging_geo_permissions::MESSAGING_GEO_PERMISSIONS,
    messaging_service::MESSAGING_SERVICE,
    messaging_service_phone_number::MESSAGING_SERVICE_PHONE_NUMBER,
];
