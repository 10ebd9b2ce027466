//! What Terraform demands of every plan, checked here too: in tests over any schema, and in debug builds over each plan
//! after the resource had its say, so that a mistake is found where it was made.

use crate::framework::path::AttributePath;
use crate::framework::schema::{Attribute, Block};
use crate::framework::value::Value;

use super::members::{Members, Shape};

/// Where `planned` (not null) is neither what is configured nor what the provider may decide.
pub(crate) fn violations(block: &Block, config: &Value, prior: &Value, planned: &Value) -> Vec<AttributePath> {
    let mut found = Vec::new();
    object(
        Members::of_block(block),
        config,
        prior,
        planned,
        &AttributePath::root(),
        &mut found,
    );
    found
}

fn object(
    members: Members<'_>,
    config: &Value,
    prior: &Value,
    planned: &Value,
    path: &AttributePath,
    found: &mut Vec<AttributePath>,
) {
    if !config.is_known() || !planned.is_known() {
        // An object that is not there, or not known, is planned as just that.
        if config != planned {
            found.push(path.clone());
        }
        return;
    }
    for attribute in members.attributes {
        let name = attribute.name.as_ref();
        let path = path.and_attribute(name);
        attribute_value(
            attribute,
            config.attr(name),
            prior.attr(name),
            planned.attr(name),
            &path,
            found,
        );
    }
    for nested in members.blocks {
        let name = nested.name.as_ref();
        let (config, prior, planned) = (config.attr(name), prior.attr(name), planned.attr(name));
        let inner = Members::of_nested_block(nested);
        objects(inner, config, prior, planned, &path.and_attribute(name), found);
    }
}

fn attribute_value(
    attribute: &Attribute,
    config: &Value,
    prior: &Value,
    planned: &Value,
    path: &AttributePath,
    found: &mut Vec<AttributePath>,
) {
    let is_sound = if attribute.write_only {
        planned.is_null()
    } else {
        let is_configured = planned == config;
        let is_kept = planned == prior && !prior.is_null() && !config.is_null();
        let is_decided_by_provider = attribute.computed && (config.is_null() || !attribute.optional);
        is_configured || is_kept || is_decided_by_provider
    };
    if is_sound {
        return;
    }
    match Members::of_attribute(attribute) {
        Some(inner) if config.is_known() && !attribute.write_only => {
            objects(inner, config, prior, planned, path, found);
        }
        _ => found.push(path.clone()),
    }
}

fn objects(
    (shape, members): (Shape, Members<'_>),
    config: &Value,
    prior: &Value,
    planned: &Value,
    path: &AttributePath,
    found: &mut Vec<AttributePath>,
) {
    match (shape, config, planned) {
        (Shape::Single, config, planned) => object(members, config, prior, planned, path, found),
        (Shape::List, Value::List(config), Value::List(planned)) if config.len() == planned.len() => {
            let prior = prior.as_elements().unwrap_or_default();
            for (index, (config, planned)) in config.iter().zip(planned).enumerate() {
                let prior = prior.get(index).unwrap_or(&Value::Null);
                object(members, config, prior, planned, &path.and_index(index), found);
            }
        }
        (Shape::Map, Value::Map(config), Value::Map(planned)) if config.keys().eq(planned.keys()) => {
            for ((key, config), planned) in config.iter().zip(planned.values()) {
                object(members, config, prior.attr(key), planned, &path.and_key(key), found);
            }
        }
        // Terraform, too, only counts the elements of a set.
        (Shape::Set, Value::Set(config), Value::Set(planned)) if config.len() == planned.len() => {}
        (_, config, planned) if config == planned => {}
        _ => found.push(path.clone()),
    }
}
