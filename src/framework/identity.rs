//! Resource identity: what finds an object again without anything else (Terraform and OpenTofu from 1.12 on).
//!
//! An identity is never stored by a resource. It is a part of the state, which the framework cuts out of every response, so
//! that no two of them can disagree and states from before identities gain one with their next refresh.

use super::schema::Text;
use super::types::Type;

/// The identity of a kind of object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentitySchema {
    /// Version of its form; 0 for a first release. It has nothing to do with the version of the state.
    pub version: i64,
    /// Attributes of the state, which together name one object.
    pub attributes: Vec<IdentityAttribute>,
}

/// A part of an identity: an attribute at the root of the state, of the same name and type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityAttribute {
    /// Name, here and in the state.
    pub name: Text,
    /// Text, number, truth value, or a list of one of these.
    pub ty: Type,
    /// An `import` block must give it. Otherwise it may, and [`import_by_identity`] decides what stands for it.
    ///
    /// [`import_by_identity`]: super::provider::ManagedResource::import_by_identity
    pub required_for_import: bool,
    /// Something that exists may get another value here and still be the same object, for example a phone number that moves to
    /// another account. Any other change of an identity is an error: the object read would not be the one that is managed.
    pub may_change: bool,
    /// Text for the documentation.
    pub description: Text,
}

impl IdentitySchema {
    /// Version 0 with these attributes.
    pub fn new(attributes: Vec<IdentityAttribute>) -> Self {
        Self { version: 0, attributes }
    }

    /// The type of its values.
    pub fn value_type(&self) -> Type {
        let attributes = self.attributes.iter();
        Type::object(attributes.map(|attribute| (attribute.name.as_ref(), attribute.ty.clone())))
    }
}

impl IdentityAttribute {
    /// A text that an import must give.
    pub fn text(name: impl Into<Text>) -> Self {
        Self::of_type(name, Type::String)
    }

    /// A value that an import must give.
    pub fn of_type(name: impl Into<Text>, ty: Type) -> Self {
        Self {
            name: name.into(),
            ty,
            required_for_import: true,
            may_change: false,
            description: Text::Borrowed(""),
        }
    }

    /// An import may leave it out.
    #[must_use]
    pub fn optional_for_import(mut self) -> Self {
        self.required_for_import = false;
        self
    }

    /// It may change while the object stays the same.
    #[must_use]
    pub fn may_change(mut self) -> Self {
        self.may_change = true;
        self
    }

    /// Described by this text.
    #[must_use]
    pub fn described(mut self, description: impl Into<Text>) -> Self {
        self.description = description.into();
        self
    }
}
