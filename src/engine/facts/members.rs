//! Attributes that are a collection below the object.

use super::Place;

/// A set whose elements Twilio keeps in a collection below the object. They are read from there, and what is added, changed and
/// taken out is done there, one request each: an update of the object does not know them.
///
/// The role of the attribute says whether the create of the object takes them ([`super::Role::Initial`]) or not
/// ([`super::Role::Members`]).
#[derive(Debug, Clone, Copy)]
pub struct Members {
    /// The attribute: a set of texts, each of which is a key, or a set of objects.
    pub field: &'static str,
    /// Where they live, below the object. `{member}` in the path of one stands for its key.
    pub place: Place,
    /// What a page of the collection calls its items.
    pub items: &'static str,
    /// The field of an element which tells it from others; `None` in a set of texts.
    pub key: Option<&'static str>,
    /// The property of an item that has the key.
    pub key_property: &'static str,
    /// The parameter that has the key when one is added.
    pub key_parameter: &'static str,
    /// Whether one can be changed by a POST to it; otherwise it is taken out and added again.
    pub can_change: bool,
}
