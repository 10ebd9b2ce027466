//! The types that the provider's schemas make.

use terraform_provider_twilio::engine::facts::Managed;
use terraform_provider_twilio::engine::serve::data_source::DataSource;
use terraform_provider_twilio::engine::values::schema::{data_source_schema, resource_schema};
use terraform_provider_twilio::framework::types::Type;

/// The type of a resource's state.
pub fn resource_type(table: &'static Managed) -> Type {
    resource_schema(table).block.value_type()
}

/// The type of what a data source answers.
pub fn data_source_type(table: &'static DataSource) -> Type {
    data_source_schema(table.doc, table.attributes, table.rules)
        .block
        .value_type()
}
