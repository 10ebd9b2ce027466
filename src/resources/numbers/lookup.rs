//! Finding a number that an account owns, by the number itself.

use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Fault, FindHook};
use crate::engine::facts::{Check, Filter, Properties, text};
use crate::engine::values::checks::e164;
use crate::framework::reason::Reason;
use crate::twilio::{AccountSid, Client, ListRequest, Product, Request};

/// It also matches parts of numbers.
pub const NUMBER_FILTER: Filter = Filter::at_least(
    text("phone_number", Setting(Clears))
        .checks(&[Check::Custom(number_or_part)])
        .doc("Only numbers that match this number or part of a number; `*` stands for any digit, for example `+1415555****`."),
);

/// What such a filter can find anything by: Twilio answers anything else with an empty list.
fn number_or_part(text: &str) -> Result<(), Reason> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    match !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*') {
        true => Ok(()),
        false => Err(
            "It is no phone number and no part of one: digits, with + in front of a country code and * for any digit, without \
             spaces or punctuation."
                .into(),
        ),
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_takes_a_number_or_a_part_of_one() {
        for right in ["+14155550100", "+1415555****", "415", "*0100", "14155550100"] {
            assert!(number_or_part(right).is_ok(), "{right}");
        }
        for wrong in ["foo bar", "+", "+1 415", "(415)", "415-555", "++1", "4+15"] {
            assert!(number_or_part(wrong).is_err(), "{wrong}");
        }
    }
}
