//! Pricing: what the account pays. Everything is only read.

pub mod prices;
pub mod pricing_messaging;
pub mod pricing_phone_numbers;
pub mod pricing_trunking;
pub mod pricing_trunking_number;
pub mod pricing_voice;
pub mod pricing_voice_number;

use crate::engine::serve::data_source::DataSource;

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[
    pricing_messaging::PRICING_MESSAGING,
    pricing_phone_numbers::PRICING_PHONE_NUMBERS,
    pricing_trunking::PRICING_TRUNKING,
    pricing_trunking_number::PRICING_TRUNKING_NUMBER,
    pricing_voice::PRICING_VOICE,
    pricing_voice_number::PRICING_VOICE_NUMBER,
];
