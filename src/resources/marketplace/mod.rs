//! Marketplace.

pub mod codes;
pub mod marketplace_available_add_ons;
pub mod marketplace_installed_add_on;
pub mod marketplace_installed_add_on_extension;
pub mod marketplace_listing;

use crate::engine::facts::Managed;
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    marketplace_installed_add_on::MARKETPLACE_INSTALLED_ADD_ON,
    marketplace_installed_add_on_extension::MARKETPLACE_INSTALLED_ADD_ON_EXTENSION,
    marketplace_listing::MARKETPLACE_LISTING,
];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[marketplace_available_add_ons::MARKETPLACE_AVAILABLE_ADD_ONS];
