//! The parameters of one request after validation: names as Twilio writes them (`FriendlyName`, `Totp.Issuer`), values typed.
//!
//! Strings are JSON strings, integers numbers, booleans booleans, repeated keys arrays; a JSON text in a form body
//! (`Policy`, `Definition`) is already parsed. In `--strict-off` mode values that do not fit their type stay strings.

use serde_json::{Map, Value};

/// Body parameters of a write or query parameters of a read, in the order in which they were sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Params(Map<String, Value>);

impl Params {
    /// Parameters from a JSON object.
    pub fn new(values: Map<String, Value>) -> Self {
        Self(values)
    }

    /// The value, if the parameter was sent.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The value as text; `None` if it was not sent or is no string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// The value as a boolean.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name).and_then(Value::as_bool)
    }

    /// The value as an integer.
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Value::as_i64)
    }

    /// The texts of an array parameter; empty if it was not sent.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        match self.0.get(name) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(one)) => vec![one],
            _ => Vec::new(),
        }
    }

    /// Whether the parameter was sent at all, even empty.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Sets a parameter, as if the caller had sent it.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// Takes a parameter out, so that the generic part does not store it.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.0.shift_remove(name)
    }

    /// All parameters.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
