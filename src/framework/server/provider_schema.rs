//! GetProviderSchema and GetMetadata.

use std::collections::BTreeMap;

use prost::Message as _;

use crate::framework::proto::{self, get_metadata as metadata_rpc, get_provider_schema as schema_rpc};

use super::catalogue::Catalogue;
use super::{functions, schema_message};

/// The same in both answers.
fn capabilities(catalogue: &Catalogue) -> proto::ServerCapabilities {
    proto::ServerCapabilities {
        // Destroys are planned, so that a protected object can refuse and a number can be named.
        plan_destroy: true,
        // No RPC needs the schema to have been requested in the same process.
        get_provider_schema_optional: true,
        move_resource_state: catalogue.resources.values().any(|entry| entry.offer.supports_moves()),
        generate_resource_config: true,
    }
}

/// The response with all schemas, as bytes. The schema of a type is made, written down and dropped before the next one's is made:
/// hundreds of them would take many times the room of the bytes.
pub(super) fn whole(catalogue: &Catalogue) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Bytes of two messages one after the other are those of both merged, so a part is a message with nothing else in it.
    let mut add = |part: schema_rpc::Response| bytes.extend_from_slice(&part.encode_to_vec());
    add(schema_rpc::Response {
        provider: Some(schema_message::schema(&catalogue.provider.schema)),
        ..Default::default()
    });
    for (name, entry) in &catalogue.resources {
        add(schema_rpc::Response {
            resource_schemas: BTreeMap::from([(name.clone(), schema_message::schema(&entry.schema()))]),
            ..Default::default()
        });
    }
    for (name, entry) in &catalogue.data_sources {
        add(schema_rpc::Response {
            data_source_schemas: BTreeMap::from([(name.clone(), schema_message::schema(&entry.schema()))]),
            ..Default::default()
        });
    }
    for (name, entry) in &catalogue.ephemeral_resources {
        add(schema_rpc::Response {
            ephemeral_resource_schemas: BTreeMap::from([(name.clone(), schema_message::schema(&entry.schema()))]),
            ..Default::default()
        });
    }
    for (name, entry) in &catalogue.list_resources {
        add(schema_rpc::Response {
            list_resource_schemas: BTreeMap::from([(name.clone(), schema_message::schema(&entry.schema()))]),
            ..Default::default()
        });
    }
    for (name, entry) in &catalogue.actions {
        let schema = Some(schema_message::schema(&entry.schema()));
        add(schema_rpc::Response {
            action_schemas: BTreeMap::from([(name.clone(), proto::ActionSchema { schema })]),
            ..Default::default()
        });
    }
    add(schema_rpc::Response {
        functions: functions::all(catalogue).functions,
        server_capabilities: Some(capabilities(catalogue)),
        ..Default::default()
    });
    bytes
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
        actions: catalogue
            .actions
            .keys()
            .map(|name| metadata_rpc::ActionMetadata {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use async_trait::async_trait;

    use super::*;
    use crate::framework::diagnostics::Diagnostics;
    use crate::framework::provider::{ConfigureRequest, DataSource, DataSourceAnswer, ManagedResource, Provider};
    use crate::framework::schema::{Attribute, Block, Schema};
    use crate::framework::types::Type;
    use crate::framework::value::Value;

    struct Clocks;

    fn schema(name: &'static str) -> Schema {
        Schema {
            version: 0,
            block: Block {
                attributes: vec![Attribute::new(name, Type::String).optional().described("Some text.")],
                ..Block::default()
            },
        }
    }

    #[async_trait]
    impl Provider for Clocks {
        fn schema(&self) -> Schema {
            schema("zone")
        }

        fn resources(&self) -> Vec<Arc<dyn ManagedResource>> {
            Vec::new()
        }

        fn data_sources(&self) -> Vec<Arc<dyn DataSource>> {
            vec![Arc::new(Clock("clock_day")), Arc::new(Clock("clock_hour"))]
        }

        async fn configure(&self, _: ConfigureRequest) -> Diagnostics {
            Diagnostics::new()
        }

        fn stop(&self) {}
    }

    struct Clock(&'static str);

    #[async_trait]
    impl DataSource for Clock {
        fn type_name(&self) -> &str {
            self.0
        }

        fn schema(&self) -> Schema {
            schema(self.0)
        }

        async fn read(&self, config: Value) -> Result<DataSourceAnswer, Diagnostics> {
            Ok(DataSourceAnswer {
                state: config,
                diagnostics: Diagnostics::new(),
            })
        }
    }

    #[test]
    fn parts_one_after_the_other_are_the_message_that_they_make() {
        let catalogue = Catalogue::new(&Clocks);
        let bytes = whole(&catalogue);
        let message = schema_rpc::Response::decode(bytes.as_slice()).expect("one message");
        assert_eq!(message.encode_to_vec(), bytes);
        let attribute = |of: &proto::Schema| of.block.as_ref().map(|block| block.attributes[0].name.clone());
        let found: Vec<_> = message.data_source_schemas.iter().collect();
        assert_eq!(found.len(), 2);
        for (name, schema) in found {
            assert_eq!(attribute(schema).as_deref(), Some(name.as_str()));
        }
        assert_eq!(message.provider.as_ref().and_then(attribute).as_deref(), Some("zone"));
        assert_eq!(message.server_capabilities, Some(capabilities(&catalogue)));
    }

    #[test]
    fn a_move_is_announced_only_if_something_takes_over() {
        // The toy of the wire tests has a type that does.
        assert!(!capabilities(&Catalogue::new(&Clocks)).move_resource_state);
    }

    #[test]
    fn a_type_keeps_its_schema_only_once_it_is_worked_with() {
        let catalogue = Catalogue::new(&Clocks);
        whole(&catalogue);
        let kept = || {
            catalogue
                .data_sources
                .values()
                .filter(|entry| entry.is_described())
                .count()
        };
        assert_eq!(kept(), 0);
        catalogue.data_source("clock_day").expect("it is offered").described();
        assert_eq!(kept(), 1);
    }
}
