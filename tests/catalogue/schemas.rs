//! Every schema loads: the rules that Terraform itself checks when it asks for them, and some that it does not.

use crate::walk::tables;
use terraform_provider_twilio::engine::values::identity::identity_schema;
use terraform_provider_twilio::engine::values::schema::{data_source_schema, resource_schema};
use terraform_provider_twilio::framework::schema_check::{Kind, identity_violations, violations};
use terraform_provider_twilio::provider::block;
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};

#[test]
fn every_schema_can_be_loaded() {
    let resources = RESOURCES
        .iter()
        .map(|table| (Kind::Resource, table.object.name, resource_schema(table)));
    let data_sources = DATA_SOURCES.iter().map(|table| {
        let schema = data_source_schema(table.doc, table.attributes, table.rules);
        (Kind::DataSource, table.name, schema)
    });
    let provider = [(Kind::Provider, "twilio", block::schema())];
    let found: Vec<_> = resources
        .chain(data_sources)
        .chain(provider)
        .flat_map(|(kind, name, schema)| violations(kind, name, &schema))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_identity_can_be_loaded_and_never_changes() {
    let mut found = Vec::new();
    for table in tables() {
        let (schema, identity) = (resource_schema(table), identity_schema(&table.object));
        assert!(!identity.attributes.is_empty(), "{}", table.object.name);
        found.extend(identity_violations(table.object.name, &schema, &identity));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_provider_block_hides_its_secrets() {
    let schema = block::schema();
    for name in ["auth_token", "api_secret"] {
        let attribute = schema.block.attributes.iter().find(|attribute| attribute.name == name);
        assert!(attribute.expect("the provider block has it").sensitive, "{name}");
    }
}
