//! What is true of single places of Twilio beyond its contract, in lists by host and path that read as documentation.
//!
//! A line stands under the source that says so, which `cargo xtask tidy` looks for: a comment in it or above it, or the
//! documentation of a constant or function that it uses. One source holds for the lines about related things that follow. What nobody outside of Twilio knows is no line here but a question in
//! `simulator/OPEN-QUESTIONS.md`. The generic part reads these lists; what needs code is a [`crate::behaviour`].

pub(crate) mod catalogues;
pub(crate) mod companions;
pub(crate) mod conflicts;
pub(crate) mod defaults;
pub(crate) mod dependants;
pub(crate) mod emptying;
pub(crate) mod existence;
pub(crate) mod filters;
pub(crate) mod first_answers;
mod first_words;
pub(crate) mod flags;
pub(crate) mod inherited;
pub(crate) mod lifetimes;
pub(crate) mod limits;
pub(crate) mod merging;
pub(crate) mod moves;
pub(crate) mod named;
pub(crate) mod names;
pub(crate) mod needed;
pub(crate) mod numbering;
pub(crate) mod old_paths;
pub(crate) mod other_keys;
pub(crate) mod parents;
pub(crate) mod references;
pub(crate) mod sorting;
pub(crate) mod spelling;
pub(crate) mod subpaths;
pub(crate) mod tallies;
pub(crate) mod timers;
pub(crate) mod uniqueness;
pub(crate) mod versions;
pub(crate) mod wrong_values;

use crate::contract::{Resource, anonymous};
use crate::error::ApiError;

/// Host and collection template (or own path) of a resource, as the contract spells them.
pub(crate) type At = (&'static str, &'static str);

/// How a product refuses something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Refusal {
    status: u16,
    code: u32,
    text: &'static str,
}

impl Refusal {
    /// Status, Twilio's code, text.
    pub(crate) const fn new(status: u16, code: u32, text: &'static str) -> Self {
        Self { status, code, text }
    }

    /// The response about a parameter, whose name stands where the text has `{}`.
    pub(crate) fn about(self, parameter: &str) -> ApiError {
        let Self { status, code, text } = self;
        ApiError::new(status, code, text.replace("{}", parameter))
    }

    /// The response.
    pub(crate) fn error(self) -> ApiError {
        let Self { status, code, text } = self;
        ApiError::new(status, code, text)
    }
}

/// Whether a line is about this resource.
pub(crate) fn is_at(at: At, resource: &Resource) -> bool {
    is_place(at, &resource.host, &resource.template)
}

/// Whether a line is about this place; names of path parameters do not matter.
pub(crate) fn is_place((host, template): At, other_host: &str, other: &str) -> bool {
    host == other_host && (template == other || anonymous(template) == anonymous(other))
}

/// The concrete path of a template. Its parameters are those that stand at the same place of a path nearby; an account is the one
/// that is acted on.
pub(crate) fn beside(template: &str, account: &str, near: &str) -> String {
    let mut near = near.split('/');
    let segments = template.split('/').map(|segment| {
        let beside = near.next();
        match segment {
            "{AccountSid}" => account,
            named if named.starts_with('{') => beside.unwrap_or(named),
            literal => literal,
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
pub(crate) fn assert_published(at: At) -> &'static Resource {
    let (host, template) = at;
    let resource = crate::contract::Contract::published().resource(host, template);
    let resource = resource.unwrap_or_else(|| panic!("the contract has no {host}{template}"));
    assert_eq!(resource.template, template, "the spelling of the contract");
    resource
}
