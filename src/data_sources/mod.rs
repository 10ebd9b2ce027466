//! What can be looked up, one file per data source. Where a data source lists what a resource manages, the two share what
//! describes it: see `resources::numbers::search`.

pub mod account;
pub mod account_balance;
pub mod available_phone_numbers;
pub mod phone_numbers;
pub mod subaccounts;
pub mod usage_records;

use crate::engine::facts::Absent::Keeps;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Check, Field, Properties, Spelling, sid};
use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::twilio::{Client, ListRequest};

/// The account that is asked.
const ACCOUNT_SID: Field = sid("account_sid", Setting(Keeps), &[Check::Sid("AC")]).doc(
    "SID of the account to look at: the account that signs in or one of its subaccounts. Default: the provider's \
     `subaccount_sid`, else its `account_sid`.",
);

/// The items of a list with nothing but what the table shows of each: a list is as long as an account is old.
///
/// # Errors
/// What Twilio or the way to it answered.
async fn shown(
    client: &Client,
    list: ListRequest,
    attributes: &[Field],
    mut wanted: impl FnMut(&Properties) -> bool + Send,
) -> Result<Vec<Properties>, Fault> {
    let shows = |field: &str| {
        let mut paths = attributes.iter().map(|field| field.read_path(Spelling::Snake));
        paths.any(|path| path.split('.').next() == Some(field))
    };
    let mut items = Vec::new();
    client
        .each(list, |mut item| {
            if wanted(&item) {
                item.retain(|field, _| shows(field));
                items.push(item);
            }
            ControlFlow::Continue(())
        })
        .await?;
    Ok(items)
}

/// The members of a list in the order of a text that each has, so that a new one does not look like a change of all.
fn sorted_by(field: &str, mut members: Vec<Properties>) -> Json {
    members.sort_by(|a, b| text(a, field).cmp(text(b, field)));
    members.into_iter().collect()
}

fn text<'a>(member: &'a Properties, field: &str) -> &'a str {
    member.get(field).and_then(Json::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_sorted_by_a_field_and_those_without_it_come_first() {
        let member = |value: Json| value.as_object().cloned().unwrap_or_default();
        let members = vec![member(json!({"n": "b"})), member(json!({"n": "a"})), member(json!({}))];
        assert_eq!(sorted_by("n", members), json!([{}, {"n": "a"}, {"n": "b"}]));
    }
}
