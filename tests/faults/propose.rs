//! The state that Terraform proposes: what is configured, and what was before where nobody configured and the provider
//! decides. As Terraform's own `objchange.ProposedNew` has it, for attributes; resources here have no nested blocks.

use std::collections::BTreeMap;

use terraform_provider_twilio::framework::schema::{Attribute, AttributeType, Block, NestedAttributes, Nesting};
use terraform_provider_twilio::framework::value::Value;

/// The proposal for a configuration that follows `prior`, which is null for something new.
pub fn proposed(block: &Block, prior: &Value, config: &Value) -> Value {
    assert!(block.blocks.is_empty(), "proposals for nested blocks are not written");
    object(&block.attributes, prior, config)
}

fn object(attributes: &[Attribute], prior: &Value, config: &Value) -> Value {
    let fields = attributes.iter().map(|attribute| {
        let name = attribute.name.as_ref();
        (name, attribute_value(attribute, prior.attr(name), config.attr(name)))
    });
    Value::object(fields)
}

fn attribute_value(attribute: &Attribute, prior: &Value, config: &Value) -> Value {
    match &attribute.ty {
        // What is only written is in the configuration alone.
        _ if attribute.write_only => Value::Null,
        _ if config.is_null() && attribute.computed => prior.clone(),
        AttributeType::Nested(nested) if config.is_known() => nested_value(nested, prior, config),
        _ => config.clone(),
    }
}

fn nested_value(nested: &NestedAttributes, prior: &Value, config: &Value) -> Value {
    let element = |prior: &Value, config: &Value| match config.is_known() {
        true => object(&nested.attributes, prior, config),
        false => config.clone(),
    };
    match (nested.nesting, config) {
        (Nesting::List, Value::List(items)) => {
            let earlier = prior.as_elements().unwrap_or_default();
            let items = items.iter().enumerate();
            Value::List(
                items
                    .map(|(index, item)| element(earlier.get(index).unwrap_or(&Value::Null), item))
                    .collect(),
            )
        }
        (Nesting::Map, Value::Map(items)) => {
            let earlier = match prior {
                Value::Map(earlier) => earlier.clone(),
                _ => BTreeMap::new(),
            };
            let items = items.iter();
            let items = items.map(|(key, item)| (key.clone(), element(earlier.get(key).unwrap_or(&Value::Null), item)));
            Value::Map(items.collect())
        }
        (Nesting::Set, Value::Set(items)) => {
            let mut earlier = prior.as_elements().unwrap_or_default().to_vec();
            let items = items.iter().map(|item| {
                let same = earlier
                    .iter()
                    .position(|earlier| same_but_for_computed(&nested.attributes, earlier, item));
                // Each earlier element stands for one element only.
                let earlier = same.map_or(Value::Null, |index| earlier.swap_remove(index));
                element(&earlier, item)
            });
            Value::Set(items.collect())
        }
        _ => element(prior, config),
    }
}

/// Whether two elements of a set agree in everything that the configuration decides.
fn same_but_for_computed(attributes: &[Attribute], prior: &Value, config: &Value) -> bool {
    attributes.iter().all(|attribute| {
        let (prior, config) = (prior.attr(&attribute.name), config.attr(&attribute.name));
        prior == config || (config.is_null() && attribute.computed)
    })
}
