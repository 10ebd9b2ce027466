//! GetProviderSchema and GetMetadata.

use crate::framework::proto::{self, get_metadata as metadata_rpc};

use super::catalogue::Catalogue;
use super::{functions, schema_message};

/// The same in both answers.
fn capabilities(catalogue: &Catalogue) -> proto::ServerCapabilities {
    proto::ServerCapabilities {
        // Destroys are planned, so that a protected object can refuse and a number can be named.
        plan_destroy: true,
        // No RPC needs the schema to have been asked for in the same process.
        get_provider_schema_optional: true,
        move_resource_state: catalogue.resources.values().any(|entry| entry.offer.supports_moves()),
        generate_resource_config: true,
    }
}

pub(super) fn whole(catalogue: &Catalogue) -> proto::get_provider_schema::Response {
    let resources = catalogue.resources.iter();
    let data_sources = catalogue.data_sources.iter();
    let ephemeral_resources = catalogue.ephemeral_resources.iter();
    let list_resources = catalogue.list_resources.iter();
    proto::get_provider_schema::Response {
        provider: Some(schema_message::schema(&catalogue.provider.schema)),
        resource_schemas: resources
            .map(|(name, entry)| (name.clone(), schema_message::schema(&entry.described().schema)))
            .collect(),
        data_source_schemas: data_sources
            .map(|(name, entry)| (name.clone(), schema_message::schema(&entry.described().schema)))
            .collect(),
        ephemeral_resource_schemas: ephemeral_resources
            .map(|(name, entry)| (name.clone(), schema_message::schema(&entry.described().schema)))
            .collect(),
        list_resource_schemas: list_resources
            .map(|(name, entry)| (name.clone(), schema_message::schema(&entry.described().schema)))
            .collect(),
        functions: functions::all(catalogue).functions,
        server_capabilities: Some(capabilities(catalogue)),
        ..proto::get_provider_schema::Response::default()
    }
}

pub(super) fn metadata(catalogue: &Catalogue) -> metadata_rpc::Response {
    metadata_rpc::Response {
        server_capabilities: Some(capabilities(catalogue)),
        resources: catalogue
            .resources
            .keys()
            .map(|name| metadata_rpc::ResourceMetadata {
                type_name: name.clone(),
            })
            .collect(),
        data_sources: catalogue
            .data_sources
            .keys()
            .map(|name| metadata_rpc::DataSourceMetadata {
                type_name: name.clone(),
            })
            .collect(),
        ephemeral_resources: catalogue
            .ephemeral_resources
            .keys()
            .map(|name| metadata_rpc::EphemeralResourceMetadata {
                type_name: name.clone(),
            })
            .collect(),
        list_resources: catalogue
            .list_resources
            .keys()
            .map(|name| metadata_rpc::ListResourceMetadata {
                type_name: name.clone(),
            })
            .collect(),
        functions: catalogue
            .functions
            .keys()
            .map(|name| metadata_rpc::FunctionMetadata { name: name.clone() })
            .collect(),
        ..metadata_rpc::Response::default()
    }
}
