//! What can be wrong with a value on the wire, and where in it.

use crate::framework::path::AttributePath;

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

impl DecodeError {
    pub(super) fn new(path: &AttributePath, reason: impl Into<String>) -> Self {
        Self {
            path: path.clone(),
            reason: reason.into(),
        }
    }
}

impl EncodeError {
    pub(super) fn new(path: &AttributePath, reason: impl Into<String>) -> Self {
        Self {
            path: path.clone(),
            reason: reason.into(),
        }
    }
}

fn at(path: &AttributePath) -> String {
    if path.is_root() {
        String::new()
    } else {
        format!("{path}: ")
    }
}
