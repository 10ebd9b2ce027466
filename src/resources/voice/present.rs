//! Truth values before an apply: what a plan has to know to say what an apply opens, closes or begins to bill.
//!
//! What Terraform has written is in its state. What it has not written yet was in Twilio all the time, with a value: that is read, so
//! that a plan does not warn of what is so already.

use serde_json::Value as Json;

use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Planning;
use crate::engine::operations::unwritten::found_before_first_write;
use crate::framework::value::Value;

/// Truth values as they are before an apply.
pub(super) struct Present<'a> {
    prior: &'a Value,
    read: Properties,
}

impl<'a> Present<'a> {
    /// Those of the planned object. Costs one read where Terraform has not written it yet and its path is known.
    pub(super) async fn of(planning: &Planning<'a>) -> Self {
        Self {
            prior: planning.prior,
            read: found_before_first_write(planning).await.unwrap_or_default(),
        }
    }

    /// Those of something that the same plan makes, which Twilio gives these.
    pub(super) fn of_what_is_new(prior: &'a Value, flags: &[(&str, bool)]) -> Self {
        let read = flags.iter().map(|(name, flag)| ((*name).to_owned(), Json::Bool(*flag)));
        Self {
            prior,
            read: read.collect(),
        }
    }

    /// What it has, if that is known.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.prior.is_null() {
            true => self.read.get(name).and_then(Json::as_bool),
            false => self.prior.attr(name).as_bool(),
        }
    }

    /// As if it were so.
    #[cfg(test)]
    pub(super) fn assumed(prior: &'a Value, read: Properties) -> Self {
        Self { prior, read }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_stored_counts_before_what_is_read() {
        let read = || Properties::from_iter([("is_open".to_owned(), json!(true)), ("name".to_owned(), json!("x"))]);
        let stored = Value::object([("is_open", Value::from(false))]);
        assert_eq!(Present::assumed(&stored, read()).flag("is_open"), Some(false));
        let new = Present::assumed(&Value::Null, read());
        assert_eq!(new.flag("is_open"), Some(true));
        assert_eq!((new.flag("name"), new.flag("other")), (None, None));
    }
}
