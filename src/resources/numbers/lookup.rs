//! Finding a number that an account owns, by the number itself.

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Fault, FindHook};
use crate::engine::facts::{Filter, Properties, text};
use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::engine::values::checks::e164;
use crate::twilio::{AccountSid, Client, ListRequest, Product, Request};

/// What surprised us: it also matches parts of numbers.
pub const NUMBER_FILTER: Filter = Filter::at_least(text("phone_number", Setting(Clears)).doc(
    "Only numbers that match this number or part of a number; `*` stands for any digit, for example `+1415555****`.",
));

/// Import by phone number.
pub const BY_PHONE_NUMBER: FindHook = FindHook {
    what: "phone number",
    example: "+14155550100",
    recognises: |text| e164(text).is_ok(),
    find: |call, number| Box::pin(owned(call.client, call.account, number)),
};

/// The number as the account owns it; `None` when it does not.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn owned(client: &Client, account: &AccountSid, number: &str) -> Result<Option<Properties>, Fault> {
    let path = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json");
    let request = Request::get(Product::Api, account, path).query("PhoneNumber", number);
    let list = ListRequest::new(request)
        .key("incoming_phone_numbers")
        .page_size(50)
        .sids("PN");
    let mut found = None;
    client
        .each(list, |object| {
            // The filter also matches parts of numbers.
            if object.get("phone_number").and_then(Json::as_str) == Some(number) {
                found = Some(object);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })
        .await?;
    Ok(found)
}
