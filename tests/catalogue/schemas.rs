//! Every schema loads: the rules that Terraform itself checks when it asks for them, and some that it does not.

use std::collections::BTreeSet;

use terraform_provider_twilio::engine::facts::{Check, Kind as FieldKind, Read};
use terraform_provider_twilio::engine::values::identity::identity_schema;
use terraform_provider_twilio::engine::values::lookup_schema::{all_schema, items_name, one_schema};
use terraform_provider_twilio::engine::values::schema::{data_source_schema, resource_schema};
use terraform_provider_twilio::framework::provider::Provider as _;
use terraform_provider_twilio::framework::schema::{Attribute, AttributeType, Block};
use terraform_provider_twilio::framework::schema_check::{Kind, identity_violations, provider_violations, violations};
use terraform_provider_twilio::framework::validate::validate;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};
use terraform_provider_twilio::provider::{TwilioProvider, block};

use crate::tables::TABLES;
use crate::walk::{of_resource, tables};

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
fn everything_that_is_offered_can_be_loaded_together() {
    let provider = TwilioProvider::default().offering(TABLES, &[]);
    let found = provider_violations("twilio", &provider);
    assert!(found.is_empty(), "{found:#?}");
    let names: BTreeSet<_> = provider
        .data_sources()
        .iter()
        .map(|source| source.type_name().to_owned())
        .collect();
    let searches = provider.list_resources();
    let searches: BTreeSet<_> = searches.iter().map(|search| search.type_name()).collect();
    for table in tables() {
        // What Twilio shows nowhere is no data source.
        let is_shown = table.object.place.read != Read::Nowhere;
        assert_eq!(names.contains(table.object.name), is_shown, "{}", table.object.name);
        assert_eq!(
            searches.contains(table.object.name),
            table.object.plural.is_some(),
            "{}",
            table.object.name
        );
        assert!(
            table.object.plural.is_none_or(|plural| names.contains(plural.name)),
            "{}",
            table.object.name
        );
    }
}

/// What is shown once, what only who manages an object may see, and what is never stored is in no data source, however deep.
#[test]
fn no_data_source_shows_what_is_for_whoever_manages_an_object() {
    let mut hidden = 0;
    for place in tables()
        .flat_map(of_resource)
        .filter(|place| !place.attribute.is_readable())
    {
        let table = tables()
            .find(|table| table.object.name == place.table)
            .expect("it was walked");
        if table.object.id_parts().any(|part| part == place.path) {
            // What addresses an object is asked for.
            continue;
        }
        let all = all_schema(table).map(|schema| schema.block.attributes);
        let items = all.as_deref().and_then(|all| inner(all, items_name(&table.object)));
        let one = one_schema(table).block.attributes;
        for attributes in [Some(one.as_slice()), items].into_iter().flatten() {
            assert!(
                find(attributes, &place.path).is_none(),
                "{} shows {}",
                place.table,
                place.path
            );
        }
        hidden += 1;
    }
    assert!(hidden > 20, "only {hidden} attributes are hidden");
    let shown = one_schema(
        tables()
            .find(|table| table.object.name == "twilio_event_sink")
            .expect("it is offered"),
    );
    let secret = find(&shown.block.attributes, "sink_configuration.external_id").expect("it can be read");
    assert!(secret.sensitive && secret.computed && !secret.optional);
}

fn inner<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a [Attribute]> {
    match &attributes.iter().find(|attribute| attribute.name == name)?.ty {
        AttributeType::Nested(nested) => Some(&nested.attributes),
        AttributeType::Plain(_) => None,
    }
}

fn find<'a>(attributes: &'a [Attribute], path: &str) -> Option<&'a Attribute> {
    match path.split_once('.') {
        None => attributes.iter().find(|attribute| attribute.name == path),
        Some((outer, rest)) => find(inner(attributes, outer)?, rest),
    }
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

/// A key that leads to another address could be planned, and only the apply would say that it cannot be addressed.
#[test]
fn what_leads_to_another_address_is_refused_where_it_is_configured() {
    let mut refused = 0;
    for table in tables() {
        let object = &table.object;
        for schema in [resource_schema(table), one_schema(table)] {
            for field in object
                .fields
                .iter()
                .filter(|field| matches!(field.kind, FieldKind::Text))
            {
                let is_in_path = [object.place.instance, object.place.collection].iter().any(|path| {
                    path.split('?')
                        .next()
                        .is_some_and(|path| path.contains(&format!("{{{}}}", field.name)))
                });
                let attribute = schema
                    .block
                    .attributes
                    .iter()
                    .find(|attribute| attribute.name == field.name);
                let Some(attribute) =
                    attribute.filter(|attribute| is_in_path && (attribute.required || attribute.optional))
                else {
                    continue;
                };
                let block = Block {
                    attributes: vec![attribute.clone()],
                    ..Block::default()
                };
                let said = |text: &str| {
                    let config = Value::object([(field.name, Value::from(text))]);
                    validate(&block, &config, true)
                };
                for text in [".", "..", "%2e%2e", "a/../b", "a/%252E", "..\\b"] {
                    let said = said(text);
                    assert!(said.has_errors(), "{} {} {text}", object.name, field.name);
                    refused += 1;
                }
                let all = said("a/../b");
                let says_why = all
                    .iter()
                    .any(|one| one.detail.contains("address") || one.detail.contains("SID"));
                let is_free = field
                    .checks
                    .iter()
                    .all(|check| matches!(check, Check::Length(..) | Check::NonEmpty));
                assert!(says_why || !is_free, "{} {} {all:?}", object.name, field.name);
                assert!(!is_free || !said("a..b").has_errors(), "{} {}", object.name, field.name);
            }
        }
    }
    assert!(refused >= 12, "only {refused} were tried");
}
