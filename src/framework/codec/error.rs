//! What can be wrong with a value on the wire, and where in it.
//!
//! No message quotes a value: it may be a secret that stands in the wrong place.

use std::borrow::Cow;

use crate::framework::path::{AttributePath, Step};

/// Bytes or JSON that are not a value of the expected type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", at(path))]
pub struct DecodeError {
    /// Where.
    pub path: AttributePath,
    /// What is wrong.
    pub reason: String,
}

/// A value that is not of the type it is to be written as.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", at(path))]
pub struct EncodeError {
    /// Where.
    pub path: AttributePath,
    /// What is wrong.
    pub reason: String,
}

/// What is wrong, on its way out of a value: each level that it passes adds its own step.
///
/// Only a failure pays for its path. Were the path built on the way in, each element would copy the keys above it.
#[derive(Debug)]
pub(super) struct Fault {
    /// From the innermost step to the outermost.
    steps: Vec<Step>,
    reason: Cow<'static, str>,
}

impl Fault {
    pub(super) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            steps: Vec::new(),
            reason: reason.into(),
        }
    }

    pub(super) fn in_attribute(self, name: &str) -> Self {
        self.inside(Step::Attribute(name.to_owned()))
    }

    pub(super) fn in_key(self, key: &str) -> Self {
        self.inside(Step::Key(key.to_owned()))
    }

    pub(super) fn in_element(self, index: usize) -> Self {
        self.inside(Step::Index(i64::try_from(index).unwrap_or(i64::MAX)))
    }

    /// Elements of a set have no step in the protocol, so the path ends at the set.
    pub(super) fn in_set(mut self) -> Self {
        self.steps.clear();
        self
    }

    fn inside(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    fn into_parts(self) -> (AttributePath, String) {
        (self.steps.into_iter().rev().collect(), self.reason.into_owned())
    }
}

impl From<Fault> for DecodeError {
    fn from(fault: Fault) -> Self {
        let (path, reason) = fault.into_parts();
        Self { path, reason }
    }
}

impl From<Fault> for EncodeError {
    fn from(fault: Fault) -> Self {
        let (path, reason) = fault.into_parts();
        Self { path, reason }
    }
}

fn at(path: &AttributePath) -> String {
    if path.is_root() {
        String::new()
    } else {
        format!("{path}: ")
    }
}
