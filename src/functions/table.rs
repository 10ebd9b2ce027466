//! What a function is made of: a table with its parameters and result, and one pure function of Rust.

use std::sync::Arc;

use crate::framework::provider::{
    Function as FrameworkFunction, FunctionError, FunctionSignature, Parameter as FrameworkParameter,
};
use crate::framework::reason::Reason;
use crate::framework::types::Type;
use crate::framework::value::Value;

/// Something that configurations can compute.
#[cfg_attr(
    not(feature = "internals"),
    expect(dead_code, reason = "facts for the documentation and for its checks")
)]
#[derive(Clone, Copy)]
pub struct Function {
    /// Its name behind `provider::twilio::`.
    pub name: &'static str,
    /// The provider version that offered it first.
    pub since: &'static str,
    /// Markdown: what it is for. The first sentence is the summary.
    pub doc: &'static str,
    /// Markdown: what a person who uses it has to know and would not expect, a fact each.
    pub quirks: &'static [&'static str],
    /// Twilio's page on what it computes.
    pub api_page: &'static str,
    /// In order.
    pub parameters: &'static [Parameter],
    /// Takes what follows the parameters.
    pub variadic: Option<Parameter>,
    /// Type of the result.
    pub result: Shape,
    /// Markdown: what the result is.
    pub returns: &'static str,
    /// Computes. The arguments conform to the parameters and are known at every depth.
    pub call: fn(arguments: &[Value]) -> Result<Value, FunctionError>,
}

/// A parameter.
#[derive(Clone, Copy)]
pub struct Parameter {
    /// Its name in documentation and errors.
    pub name: &'static str,
    /// Its type.
    pub shape: Shape,
    /// Whether null may be passed.
    pub nullable: bool,
    /// Markdown.
    pub doc: &'static str,
}

impl Parameter {
    /// One that must not be null.
    pub const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            nullable: false,
            doc,
        }
    }

    /// May be null.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// A type, as a constant.
#[derive(Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A truth value.
    Bool,
    /// Whatever is passed.
    Any,
    /// Several of one type.
    List(&'static Shape),
    /// An object.
    Object(&'static [Part]),
}

/// An attribute of an object.
#[cfg_attr(
    not(feature = "internals"),
    expect(dead_code, reason = "facts for the documentation and for its checks")
)]
#[derive(Clone, Copy)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub shape: Shape,
    /// Markdown.
    pub doc: &'static str,
}

impl Shape {
    /// As the framework has it.
    pub fn ty(self) -> Type {
        match self {
            Self::Text => Type::String,
            Self::Number => Type::Number,
            Self::Bool => Type::Bool,
            Self::Any => Type::Dynamic,
            Self::List(element) => Type::list(element.ty()),
            Self::Object(parts) => Type::object(parts.iter().map(|part| (part.name, part.shape.ty()))),
        }
    }

    /// The attributes of the object that it is, or of the objects in it.
    #[cfg(feature = "internals")]
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::List(element) => element.parts(),
            Self::Object(parts) => parts,
            Self::Text | Self::Number | Self::Bool | Self::Any => &[],
        }
    }
}

impl Function {
    /// As the framework serves it.
    pub fn serve(&'static self) -> Arc<dyn FrameworkFunction> {
        Arc::new(Served(self))
    }
}

struct Served(&'static Function);

impl FrameworkFunction for Served {
    fn name(&self) -> &str {
        self.0.name
    }

    fn signature(&self) -> FunctionSignature {
        FunctionSignature {
            parameters: self.0.parameters.iter().map(parameter).collect(),
            variadic: self.0.variadic.as_ref().map(parameter),
            result: self.0.result.ty(),
            summary: summary(self.0.doc),
            description: self.0.doc.to_owned(),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        (self.0.call)(arguments)
    }
}

fn parameter(parameter: &Parameter) -> FrameworkParameter {
    FrameworkParameter {
        name: parameter.name.to_owned(),
        ty: parameter.shape.ty(),
        description: parameter.doc.to_owned(),
        allow_null: parameter.nullable,
        allow_unknown: false,
    }
}

/// The first sentence.
fn summary(doc: &str) -> String {
    let first = doc.split_once(". ").map_or(doc, |(first, _)| first);
    format!("{}.", first.trim_end_matches('.'))
}

/// The error that an argument is at fault, for a reason that cannot repeat it: it may be secret.
pub fn wrong(argument: usize, reason: impl Into<Reason>) -> FunctionError {
    FunctionError {
        text: reason.into().to_string(),
        argument: Some(argument),
    }
}

/// The value within one that came with its type.
pub fn bare(value: &Value) -> &Value {
    match value {
        Value::Dynamic(typed) => &typed.1,
        value => value,
    }
}

/// A text, a number or a truth value as a text.
pub fn scalar(value: &Value) -> Option<String> {
    match bare(value) {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// The text at a position. An argument that is none is a text that may be null.
pub fn text(arguments: &[Value], position: usize) -> Option<&str> {
    arguments.get(position).and_then(Value::as_str)
}
