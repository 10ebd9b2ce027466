//! The shape of a parameter or answer field: type, nullability, enum, SID prefix, lengths, members.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Location {
    /// Part of the path.
    Path,
    /// Query string.
    Query,
    /// Header.
    Header,
    /// Form or JSON body.
    Body,
}

/// JSON type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Text.
    String,
    /// Whole number.
    Integer,
    /// Number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// List of [`Field::items`].
    Array,
    /// Object of [`Field::fields`], or free members.
    Object,
    /// The contract does not say.
    #[default]
    Any,
}

/// A parameter, a response field, or an anonymous shape (then without a name).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Name; empty for anonymous shapes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Place of a parameter.
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Whether it must be sent (parameters) or is always there (answers).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Named shape of the same file that describes the value.
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// JSON type.
    #[serde(default, rename = "type", skip_serializing_if = "is_any")]
    pub kind: Kind,
    /// Format, for example `date-time`, `uri`, `phone-number`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Whether `null` occurs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// Allowed values.
    #[serde(default, rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Value>,
    /// SID prefixes, for example `MG`; several where several are allowed, `**` where any is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sid: Vec<String>,
    /// Other pattern, as a regular expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Least length in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    /// Greatest length in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// Least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// Greatest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    /// Least count of items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// Greatest count of items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// Published default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Handling of personal data that Twilio declares (`standard`, `sensitive`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pii: Option<String>,
    /// Only in answers although it stands in a shape that requests use too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// Shape of array items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Box<Field>>,
    /// Members of an object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Shape of further, free members of an object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<Box<Field>>,
    /// Alternatives, one of which the value has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Field>,
    /// Member that tells the alternatives apart, and its value for each of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<Discriminator>,
}

/// How alternatives are told apart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Discriminator {
    /// Member that names the alternative.
    pub field: String,
    /// Value of that member to named shape.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

impl Field {
    /// A member by name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

fn is_any(kind: &Kind) -> bool {
    *kind == Kind::Any
}
