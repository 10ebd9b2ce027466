//! Type constraints: what Terraform calls the type of a value.

use std::collections::BTreeMap;

/// A type constraint as the protocol writes it (`"string"`, `["list","string"]`, `["object",{…}]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// A number of any precision.
    Number,
    /// True or false.
    Bool,
    /// Any type, decided by the value.
    Dynamic,
    /// Elements in order.
    List(Box<Type>),
    /// Elements without order or duplicates.
    Set(Box<Type>),
    /// Elements by text key.
    Map(Box<Type>),
    /// Exactly these attributes, each with its own type.
    Object(BTreeMap<String, Type>),
    /// Exactly these elements, each with its own type.
    Tuple(Vec<Type>),
}

impl Type {
    /// A list of `element`.
    pub fn list(element: Type) -> Self {
        Self::List(Box::new(element))
    }

    /// A set of `element`.
    pub fn set(element: Type) -> Self {
        Self::Set(Box::new(element))
    }

    /// A map of `element`.
    pub fn map(element: Type) -> Self {
        Self::Map(Box::new(element))
    }

    /// An object with these attributes.
    pub fn object<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Type)>) -> Self {
        Self::Object(attributes.into_iter().map(|(name, ty)| (name.into(), ty)).collect())
    }
}
