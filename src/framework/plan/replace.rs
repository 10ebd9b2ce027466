//! The third step of a plan: differences that force a replacement.

use crate::framework::path::AttributePath;
use crate::framework::value::Value;

use super::members::{Members, Shape};

/// The paths at which `planned` differs and must not. Sets have no steps inside, so a difference in one is at the set.
pub(super) fn paths(members: Members<'_>, prior: &Value, planned: &Value) -> Vec<AttributePath> {
    let mut found = Vec::new();
    collect(members, prior, planned, &AttributePath::root(), &mut found);
    found
}

fn collect(members: Members<'_>, prior: &Value, planned: &Value, path: &AttributePath, found: &mut Vec<AttributePath>) {
    for attribute in members.attributes {
        let path = path.and_attribute(attribute.name.as_ref());
        let (prior, planned) = (prior.attr(&attribute.name), planned.attr(&attribute.name));
        if attribute.write_only || prior == planned {
            // A write-only path would force a replacement every time.
            continue;
        }
        if attribute.requires_replace {
            found.push(path);
        } else if let Some((shape, inner)) = Members::of_attribute(attribute) {
            collect_nested(shape, inner, prior, planned, &path, found);
        }
    }
    for nested in members.blocks {
        let (shape, inner) = Members::of_nested_block(nested);
        let (prior, planned) = (prior.attr(&nested.name), planned.attr(&nested.name));
        collect_nested(
            shape,
            inner,
            prior,
            planned,
            &path.and_attribute(nested.name.as_ref()),
            found,
        );
    }
}

fn collect_nested(
    shape: Shape,
    inner: Members<'_>,
    prior: &Value,
    planned: &Value,
    path: &AttributePath,
    found: &mut Vec<AttributePath>,
) {
    if prior == planned {
        return;
    }
    let as_a_whole = match (shape, prior, planned) {
        (Shape::Single, Value::Object(_), Value::Object(_)) => {
            collect(inner, prior, planned, path, found);
            false
        }
        (Shape::List, Value::List(prior), Value::List(planned)) => {
            for (index, (prior, planned)) in prior.iter().zip(planned).enumerate() {
                collect_nested(Shape::Single, inner, prior, planned, &path.and_index(index), found);
            }
            prior.len() != planned.len()
        }
        (Shape::Map, Value::Map(prior), Value::Map(planned)) => {
            for (key, prior) in prior {
                if let Some(planned) = planned.get(key) {
                    collect_nested(Shape::Single, inner, prior, planned, &path.and_key(key), found);
                }
            }
            !prior.keys().eq(planned.keys())
        }
        // Sets, and whatever comes, goes, or is not known yet: unknown may be anything, so it forces too. A plan that
        // found only later that it must replace would not be the one that was agreed to.
        _ => true,
    };
    if as_a_whole && forces(inner) {
        found.push(path.clone());
    }
}

/// Whether anything inside forces a replacement when it comes, goes or changes.
fn forces(members: Members<'_>) -> bool {
    members.attributes.iter().any(|attribute| {
        !attribute.write_only
            && (attribute.requires_replace || Members::of_attribute(attribute).is_some_and(|(_, inner)| forces(inner)))
    }) || members
        .blocks
        .iter()
        .any(|nested| forces(Members::of_nested_block(nested).1))
}
