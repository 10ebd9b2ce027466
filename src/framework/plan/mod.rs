//! What a change will make of an object, before the resource itself is called.
//!
//! Terraform proposes a new state: the configuration, with earlier values where an attribute is computed and not
//! configured. From there three steps lead to a plan, the same for every resource:
//! 1. `settle`: defaults where the configuration says nothing, no write-only values, the earlier value where the new one
//!    means the same;
//! 2. `unknowns`: if anything differs now, computed values that may change become unknown;
//! 3. `replace`: which differences force a replacement.
//!
//! Each step is a pure function: Terraform plans at least twice and compares the plans.

pub(crate) mod invariants;
mod members;
mod replace;
mod settle;
mod unknowns;

pub(crate) use members::{Members, Shape, each_object};
pub(crate) use settle::stored;

use super::path::AttributePath;
use super::schema::Block;
use super::value::Value;
use super::write_only::{with_secrets_moved, with_secrets_noted};

/// A plan made by the schema's rules alone.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Plan {
    /// The planned object.
    pub planned: Value,
    /// Where it differs in a way that forces a replacement.
    pub requires_replace: Vec<AttributePath>,
}

/// Plans a create (`prior` is null) or an update.
pub(crate) fn plan(block: &Block, config: &Value, prior: &Value, proposed: &Value) -> Plan {
    let members = Members::of_block(block);
    let settled = settle::settle(members, config, prior, proposed.clone());
    if !prior.is_null() && settled == *prior {
        return Plan {
            planned: prior.clone(),
            requires_replace: Vec::new(),
        };
    }
    let planned = unknowns::mark(members, config, prior, settled);
    let requires_replace = requires_replace(block, config, prior, &planned);
    Plan {
        planned,
        requires_replace,
    }
}

/// Where `planned` differs from `prior` in a way that forces a replacement.
pub(crate) fn requires_replace(block: &Block, config: &Value, prior: &Value, planned: &Value) -> Vec<AttributePath> {
    if prior.is_null() || planned.is_null() {
        return Vec::new();
    }
    let members = Members::of_block(block);
    let prior = with_secrets_moved(members, config, prior.clone(), planned);
    replace::paths(members, &prior, planned)
}

/// As [`requires_replace`], of an object that was never written here.
pub(crate) fn requires_replace_unwritten(
    block: &Block,
    config: &Value,
    prior: &Value,
    planned: &Value,
) -> Vec<AttributePath> {
    if prior.is_null() || planned.is_null() {
        return Vec::new();
    }
    let prior = with_secrets_noted(Members::of_block(block), prior.clone(), planned);
    requires_replace(block, config, &prior, planned)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
