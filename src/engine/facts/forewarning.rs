//! What a plan says before an apply does it: what begins to cost, what goes with an object, and what stays on when Terraform lets go of
//! it. A fact of the table, so that no table needs code for it.

use crate::framework::value::Value;

/// A warning in the plan.
#[derive(Debug, Clone, Copy)]
pub struct Forewarning {
    /// When it is said.
    pub moment: Moment,
    /// What becomes of the object, after its type and SID: `transcribes every recording of the account`.
    pub summary: &'static str,
    /// What it means, and what to do where that is not meant.
    pub detail: &'static str,
}

/// When a plan says something.
#[derive(Debug, Clone, Copy)]
pub enum Moment {
    /// The object is made, also in place of another.
    Made,
    /// It is destroyed, and none is made in its place.
    Destroyed,
    /// It is destroyed, and another is made in its place.
    Replaced,
    /// The attribute is on from this apply on. Of what Terraform has not written yet, that is compared with what Twilio has.
    Begins(&'static str, On),
    /// Terraform lets go of the object, whose attribute is on.
    Stays(&'static str, On),
}

/// What "on" is.
#[derive(Debug, Clone, Copy)]
pub enum On {
    /// It is `true`.
    True,
    /// It has this text among others.
    Having(&'static str),
}

impl On {
    /// Whether a value is that.
    pub fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::True, value) => value.as_bool() == Some(true),
            (Self::Having(text), Value::List(items)) => items.iter().any(|item| item.as_str() == Some(text)),
            (Self::Having(text), Value::Set(items)) => items.iter().any(|item| item.as_str() == Some(text)),
            (Self::Having(_), _) => false,
        }
    }
}
