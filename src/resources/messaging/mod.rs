//! Messaging.

pub mod codes;
pub mod messaging_geo_permissions;
pub mod messaging_service;
pub mod messaging_service_phone_number;
mod older;
pub mod resend_brand_otp;
pub mod send_message;
mod senders;
pub mod short_code;

use crate::engine::facts::{Action, Managed};

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    messaging_geo_permissions::MESSAGING_GEO_PERMISSIONS,
    messaging_service::MESSAGING_SERVICE,
    messaging_service_phone_number::MESSAGING_SERVICE_PHONE_NUMBER,
    short_code::SHORT_CODE,
];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[resend_brand_otp::RESEND_BRAND_OTP, send_message::SEND_MESSAGE];
