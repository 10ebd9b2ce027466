//! The second step of a plan that changes something: computed values that may change are not known before the apply.

use crate::framework::schema::{Attribute, ComputedOnUpdate};
use crate::framework::value::Value;

use super::members::{Members, each_object};

/// `planned`, with computed attributes that the configuration leaves out marked unknown where they may change.
pub(super) fn mark(members: Members<'_>, config: &Value, prior: &Value, mut planned: Value) -> Value {
    let Value::Object(fields) = &mut planned else {
        return planned;
    };
    for attribute in members.attributes {
        let Some(value) = fields.get_mut(attribute.name.as_ref()) else {
            continue;
        };
        if attribute.is_given_write_only(config) {
            continue;
        }
        let current = std::mem::take(value);
        *value = mark_attribute(attribute, config.attr(&attribute.name), prior, current);
    }
    for nested in members.blocks {
        let Some(value) = fields.get_mut(nested.name.as_ref()) else {
            continue;
        };
        let inner = Members::of_nested_block(nested);
        let (config, prior) = (config.attr(&nested.name), prior.attr(&nested.name));
        let current = std::mem::take(value);
        *value = each_object(inner, config, prior, current, |config, prior, item| {
            mark(inner.1, config, prior, item)
        });
    }
    planned
}

/// `owner` is the earlier object that the attribute stands in, null when that is new.
fn mark_attribute(attribute: &Attribute, config: &Value, owner: &Value, current: Value) -> Value {
    let prior = owner.attr(&attribute.name);
    let decided = !attribute.computed || !config.is_null() || attribute.default.is_some();
    if !decided {
        let stays = attribute.on_update == ComputedOnUpdate::Keeps && owner.is_known() && current == *prior;
        return if stays { current } else { Value::UNKNOWN };
    }
    match Members::of_attribute(attribute) {
        None => current,
        Some(inner) => each_object(inner, config, prior, current, |config, prior, item| {
            mark(inner.1, config, prior, item)
        }),
    }
}
