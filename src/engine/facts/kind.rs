//! Types of fields, and constants.

use super::Field;

/// The type of a field.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Text. Twilio's empty text and null are the same thing.
    Text,
    /// True or false.
    Bool,
    /// A whole number, whether Twilio writes it as a number or as text.
    Int,
    /// A decimal number, whether Twilio writes it as a number or as text.
    Decimal,
    /// A text that holds JSON and compares as JSON. Twilio may return it as text or as JSON.
    Json,
    /// A moment: RFC 3339 text here, whatever the product's format.
    Timestamp,
    /// Elements in order.
    List(&'static Kind),
    /// Elements without order.
    Set(&'static Kind),
    /// Elements by name.
    Map(&'static Kind),
    /// Fields of its own.
    Object(&'static [Field]),
    /// A list of objects.
    Objects(&'static [Field]),
    /// Objects without order.
    ObjectSet(&'static [Field]),
}

/// A constant value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal {
    /// A text.
    Text(&'static str),
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// `{}`
    EmptyObject,
    /// `[]`
    EmptyList,
}

impl Literal {
    /// Whether a field of this kind can have the value.
    pub(super) const fn fits(self, kind: Kind) -> bool {
        matches!(
            (self, kind),
            (Self::Text(_), Kind::Text | Kind::Json)
                | (Self::Bool(_), Kind::Bool)
                | (Self::Int(_), Kind::Int | Kind::Decimal)
                | (Self::EmptyObject, Kind::Map(_) | Kind::Object(_) | Kind::Json)
                | (
                    Self::EmptyList,
                    Kind::List(_) | Kind::Set(_) | Kind::Objects(_) | Kind::ObjectSet(_) | Kind::Json
                )
        )
    }
}
