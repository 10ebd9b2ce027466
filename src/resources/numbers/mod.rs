//! Phone numbers.

pub mod address;
pub mod address_dependent_phone_numbers;
mod allowance;
pub mod available_phone_number_countries;
pub mod available_phone_numbers;
pub mod codes;
pub mod emergency;
pub mod lookup;
mod older;
pub mod phone_number;
pub mod phone_number_add_on;
pub mod phone_number_portability;
pub mod phone_number_webhooks;
mod purchase;
mod purchase_by_search;
#[cfg(test)]
mod purchase_by_search_tests;
mod release;
pub mod search;
mod uses;
pub mod webhooks;

#[cfg(test)]
mod tests;

use crate::engine::facts::Managed;
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    address::ADDRESS,
    phone_number::PHONE_NUMBER,
    phone_number_add_on::PHONE_NUMBER_ADD_ON,
    phone_number_webhooks::PHONE_NUMBER_WEBHOOKS,
];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[
    address_dependent_phone_numbers::ADDRESS_DEPENDENT_PHONE_NUMBERS,
    available_phone_number_countries::AVAILABLE_PHONE_NUMBER_COUNTRIES,
    available_phone_numbers::AVAILABLE_PHONE_NUMBERS,
    phone_number_portability::PHONE_NUMBER_PORTABILITY,
];
