//! What a configuration block may hold, and how each attribute behaves when it is planned.
//!
//! Texts that a provider has in its binary are borrowed from there: a schema of hundreds of types copies none of them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::reason::Reason;
use super::types::Type;
use super::value::Value;
use super::write_only::WriteOnlyPair;

/// A text of a schema: mostly part of the binary, sometimes put together.
pub type Text = Cow<'static, str>;

/// The schema of a resource, data source, ephemeral resource or provider block.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// Version of the stored state; 0 for a first release. Only managed resources use it.
    pub version: i64,
    /// The attributes and nested blocks.
    pub block: Block,
}

/// Attributes and nested blocks that stand together.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Markdown for the documentation.
    pub description: Text,
    /// Why the block should no longer be used, and what to use instead.
    pub deprecated: Option<Text>,
    /// The attributes, in the order in which documentation shows them.
    pub attributes: Vec<Attribute>,
    /// The nested blocks.
    pub blocks: Vec<NestedBlock>,
    /// Rules between attributes of this block.
    pub rules: Vec<Rule>,
}

/// A block inside a block.
#[derive(Debug, Clone)]
pub struct NestedBlock {
    /// Name as written in a configuration.
    pub name: Text,
    /// How often it may stand, and what it becomes.
    pub nesting: BlockNesting,
    /// Fewest blocks; 0 for none needed.
    pub min_items: i64,
    /// Most blocks; 0 for no limit.
    pub max_items: i64,
    /// What is in it.
    pub block: Block,
}

/// What repeated blocks become.
#[cfg_attr(
    not(feature = "internals"),
    expect(dead_code, reason = "the framework has what Terraform has")
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockNesting {
    /// One object, or null.
    Single,
    /// One object, never null.
    Group,
    /// A list of objects.
    List,
    /// A set of objects.
    Set,
    /// A map of objects by label.
    Map,
}

/// One attribute.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Name as written in a configuration.
    pub name: Text,
    /// The type of its value.
    pub ty: AttributeType,
    /// Markdown for the documentation: sentence, unit, allowed values, default, what a change does.
    pub description: Text,
    /// Must be set in the configuration.
    pub required: bool,
    /// May be set in the configuration.
    pub optional: bool,
    /// Set by the provider; together with `optional`, set by the provider where the configuration does not.
    pub computed: bool,
    /// Hidden in Terraform's output.
    pub sensitive: bool,
    /// Given in the configuration, never stored.
    pub write_only: bool,
    /// A write-only argument and its version stand beside it, made by [`Attribute::with_write_only`].
    pub pair: Option<WriteOnlyPair>,
    /// Why the attribute should no longer be used, and what to use instead.
    pub deprecated: Option<Text>,
    /// Planned where the configuration says nothing. The attribute must be optional and computed.
    pub default: Option<Value>,
    /// A change replaces the object.
    pub requires_replace: bool,
    /// Nobody shows the value: of an object that was never written here, the first one that is configured is the one that it has.
    pub never_shown: bool,
    /// Whether an update may change a computed value that the configuration leaves out.
    pub on_update: ComputedOnUpdate,
    /// When two different values mean the same; the plan then keeps the earlier one. `None`: only equal values do.
    pub equivalent: Option<fn(&Value, &Value) -> bool>,
    /// Checks on known, non-null values.
    pub validators: Vec<Validator>,
}

/// The type of an attribute.
#[derive(Debug, Clone)]
pub enum AttributeType {
    /// A value of a plain type.
    Plain(Type),
    /// Objects whose attributes have schemas of their own.
    Nested(NestedAttributes),
}

/// Attributes inside an attribute.
#[derive(Debug, Clone)]
pub struct NestedAttributes {
    /// One object, or a collection of them.
    pub nesting: Nesting,
    /// The attributes of each object.
    pub attributes: Vec<Attribute>,
}

/// How nested attributes repeat.
#[cfg_attr(
    not(feature = "internals"),
    expect(dead_code, reason = "the framework has what Terraform has")
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nesting {
    /// One object.
    Single,
    /// A list of objects.
    List,
    /// A set of objects.
    Set,
    /// A map of objects.
    Map,
}

/// What an update does to a computed value that the configuration leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ComputedOnUpdate {
    /// It may change with any update, so a plan with a change shows it as known after apply.
    #[default]
    MayChange,
    /// It stays what it is for the life of the object, so it stays known in plans.
    Keeps,
}

/// A check on one known, non-null value.
#[derive(Debug, Clone)]
pub enum Validator {
    /// A text of at least one character, or a collection with at least one element.
    NonEmpty,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// One of these texts, as far as is known: another draws a warning with the nearest of them.
    Known(&'static [&'static str]),
    /// A number between these, both included.
    Range {
        /// Smallest allowed number.
        min: i64,
        /// Largest allowed number.
        max: i64,
    },
    /// A number without a fraction.
    Whole,
    /// Number of elements of a collection, or characters of a text.
    Length {
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
    /// Each element of a list, set or map passes.
    Each(Box<Validator>),
    /// Something of the resource's own. The error says what is wrong and what would be right, as a sentence.
    Custom(CustomCheck),
}

/// A check that the schema's owner brings.
#[derive(Clone)]
pub struct CustomCheck(Arc<CheckFunction>);

type CheckFunction = dyn Fn(&Value) -> Result<(), Reason> + Send + Sync;

impl CustomCheck {
    /// Wraps a function over a known, non-null value.
    pub fn new(check: impl Fn(&Value) -> Result<(), Reason> + Send + Sync + 'static) -> Self {
        Self(Arc::new(check))
    }

    /// Applies the check.
    ///
    /// # Errors
    /// A sentence: what is wrong and what would be right.
    pub fn check(&self, value: &Value) -> Result<(), Reason> {
        (self.0)(value)
    }
}

impl fmt::Debug for CustomCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CustomCheck")
    }
}

/// A rule between attributes of one block. Names are siblings; rules are silent while a named attribute is unknown.
#[cfg_attr(
    not(feature = "internals"),
    expect(dead_code, reason = "the framework has what Terraform has")
)]
#[derive(Debug, Clone)]
pub enum Rule {
    /// One of them must be set, and only one.
    ExactlyOneOf(&'static [&'static str]),
    /// At most one of them may be set.
    AtMostOneOf(&'static [&'static str]),
    /// At least one of them must be set.
    AtLeastOneOf(&'static [&'static str]),
    /// If one of them is set, all must be.
    AllOrNone(&'static [&'static str]),
    /// If the first is set, the second must be.
    Requires(&'static str, &'static str),
}

impl Attribute {
    /// An attribute of a plain type that is neither required, optional nor computed yet.
    pub fn new(name: impl Into<Text>, ty: Type) -> Self {
        Self::with_type(name, AttributeType::Plain(ty))
    }

    /// An attribute with attributes of its own.
    pub fn nested(name: impl Into<Text>, nesting: Nesting, attributes: Vec<Attribute>) -> Self {
        Self::with_type(name, AttributeType::Nested(NestedAttributes { nesting, attributes }))
    }

    fn with_type(name: impl Into<Text>, ty: AttributeType) -> Self {
        Self {
            name: name.into(),
            ty,
            description: Text::default(),
            required: false,
            optional: false,
            computed: false,
            sensitive: false,
            write_only: false,
            pair: None,
            never_shown: false,
            deprecated: None,
            default: None,
            requires_replace: false,
            on_update: ComputedOnUpdate::MayChange,
            equivalent: None,
            validators: Vec::new(),
        }
    }

    /// Must be set.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// May be set.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Set by the provider.
    #[must_use]
    pub fn computed(mut self) -> Self {
        self.computed = true;
        self
    }

    /// Hidden in output.
    #[must_use]
    pub fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Never stored.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }

    /// Described by this Markdown.
    #[must_use]
    pub fn described(mut self, description: impl Into<Text>) -> Self {
        self.description = description.into();
        self
    }

    /// The type of its value.
    pub fn value_type(&self) -> Type {
        match &self.ty {
            AttributeType::Plain(ty) => ty.clone(),
            AttributeType::Nested(nested) => nested.value_type(),
        }
    }
}

impl NestedAttributes {
    /// The type of one object.
    pub fn object_type(&self) -> Type {
        Type::object(
            self.attributes
                .iter()
                .map(|attribute| (attribute.name.as_ref(), attribute.value_type())),
        )
    }

    /// The type of the whole attribute.
    pub fn value_type(&self) -> Type {
        match self.nesting {
            Nesting::Single => self.object_type(),
            Nesting::List => Type::list(self.object_type()),
            Nesting::Set => Type::set(self.object_type()),
            Nesting::Map => Type::map(self.object_type()),
        }
    }
}

impl Block {
    /// The type of the object that the block becomes.
    pub fn value_type(&self) -> Type {
        let attributes = self
            .attributes
            .iter()
            .map(|attribute| (attribute.name.clone().into_owned(), attribute.value_type()));
        let blocks = self
            .blocks
            .iter()
            .map(|nested| (nested.name.clone().into_owned(), nested.value_type()));
        Type::Object(attributes.chain(blocks).collect())
    }

    /// The attribute `name`.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

impl NestedBlock {
    /// The type of what the block becomes.
    pub fn value_type(&self) -> Type {
        let object = self.block.value_type();
        match self.nesting {
            BlockNesting::Single | BlockNesting::Group => object,
            BlockNesting::List => Type::list(object),
            BlockNesting::Set => Type::set(object),
            BlockNesting::Map => Type::map(object),
        }
    }
}
