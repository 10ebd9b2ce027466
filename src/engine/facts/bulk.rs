//! Writes to a path that takes many objects at once.

use crate::twilio::BulkResults;

/// How one object is written where a request names many. The object is one item of a parameter: its key, what is
/// configured of it, and what changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bulk {
    /// Twilio's name of the parameter.
    pub parameter: &'static str,
    /// How the parameter holds its items, in a form.
    pub items: BulkItems,
    /// What each item says beside: `("type", "country")`.
    pub constants: &'static [(&'static str, &'static str)],
    /// What the response says of the items.
    pub answer: BulkAnswer,
}

/// How a parameter of a form holds several objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkItems {
    /// The parameter is repeated, and each is the JSON text of one object.
    Repeated,
    /// The parameter is the JSON text of an array.
    OneText,
    /// The parameter is the JSON text of an array, in which numbers and truth values are texts too: `"true"`.
    OneTextOfTexts,
}

/// What the response to such a write says. It is a success, whatever was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkAnswer {
    /// What became of each item.
    Each(BulkResults),
    /// How many items were written, in this field. It says nothing of what is in them, so a read has to show that too.
    Count(&'static str),
}
