//! A webhook that Twilio requests when the account has used so much of something.
//! <https://www.twilio.com/docs/usage/api/usage-trigger>
//!
//! # Quirks
//! - A relative `TriggerValue` (`+30`) is returned as the absolute value that Twilio made of it.
//! - A trigger that does not recur is returned with `recurring` empty.
//!
//! `current_value` and `date_fired` are left out: they move by themselves, so that every `plan -refresh-only` would find
//! something to do.

use super::categories::CATEGORIES;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Required, StartsEmpty};
use crate::engine::facts::Role::{Fixed, Setting};
use crate::engine::facts::hooks::{ReadHooks, WriteHooks};
use crate::engine::facts::{
    Category, Check, Field, Filter, Key, List, Literal, Managed, Object, Place, Plural, Properties, http_method, text,
    timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::number::Number;
use crate::framework::reason::Reason;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_usage_trigger`.
pub const USAGE_TRIGGER: Managed = Managed {
    object: Object {
        name: "twilio_usage_trigger",
        noun: "usage trigger",
        plural: Some(Plural {
            name: "twilio_usage_triggers",
            noun: "usage triggers",
        }),
        category: Category::Usage,
        api_page: "https://www.twilio.com/docs/usage/api/usage-trigger",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/Usage/Triggers.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Triggers/{sid}.json",
        ),
        key: Key::Sid("UT"),
        natural_key: &["friendly_name", "usage_category", "trigger_value"],
        list: List {
            filters: &[
                Filter::exact(
                    text("usage_category", Setting(Clears))
                        .checks(&[Check::Known(CATEGORIES)])
                        .doc("Only triggers that count this, for example `sms`, `calls` or `totalprice`."),
                ),
                Filter::loose(
                    text("recurring", Setting(Clears))
                        .checks(&[Check::Known(&["daily", "monthly", "yearly", "alltime"])])
                        .doc(
                            "Only triggers that fire this often: `daily`, `monthly`, `yearly`, or `alltime` for once.",
                        ),
                ),
                Filter::exact(
                    text("trigger_by", Setting(Clears))
                        .checks(&[Check::Known(&["count", "usage", "price"])])
                        .doc("Only triggers that compare this: `count`, `usage` or `price`."),
                ),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        read: ReadHooks {
            decode: Some(alltime_is_the_word_for_none),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A webhook that Twilio requests once the account's usage of a category reaches a value: once, or once in each day, \
          month or year (GMT). How far the count has come is not in the state, because it moves by itself: read it with \
          `data.twilio_usage_records`.",
    quirks: &["Only the name and the webhook of a trigger can change. Every other change replaces it."],
    older_states: older::USAGE_TRIGGER,
    write: WriteHooks {
        same_as_returned: Some(same_as_returned),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("usage_category", Fixed(Required)).checks(&[Check::Known(CATEGORIES)]).doc(
        "What is counted, for example `sms`, `calls` or `totalprice`; Twilio's page on usage records lists all. A change \
         replaces the trigger.",
    ),
    text("trigger_value", Fixed(Required)).normalised_by_twilio().compared_as_number().checks(&[Check::Custom(trigger_value)]).doc(
        "The value at which it fires, in the unit of `trigger_by`. With a plus sign (`\"+30\"`) so much more than at the time \
         of creation; after an import the state has the absolute value that Twilio made of it. A change replaces the trigger.",
    ),
    text("trigger_by", Fixed(DefaultsTo(Literal::Text("usage")))).checks(&[Check::Known(&["count", "usage", "price"])]).doc(
        "What `trigger_value` is compared with: `count`, `usage` or `price`. Default: `usage`. A change replaces the trigger.",
    ),
    text("recurring", Fixed(Clears)).checks(&[Check::Known(&["daily", "monthly", "yearly", "alltime"])]).doc(
        "How often it may fire: `daily`, `monthly` or `yearly`. Without it the trigger fires once, which Twilio also \
         calls `alltime`. A change replaces the trigger.",
    ),
    url("callback_url", Setting(Required)).doc("URL that Twilio requests when the trigger fires. Changes in place."),
    http_method("callback_method").doc("HTTP method for `callback_url`: `GET` or `POST`. Default: `POST`."),
    text("friendly_name", Setting(StartsEmpty)).checks(&[Check::Length(0, 64)]).doc(
        "Name shown in the Console, up to 64 characters. Changes in place. Removing it keeps the name that the trigger has.",
    ),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// An absolute value is returned as a number, in Twilio's spelling. What came of a relative one, nobody can compare.
fn same_as_returned(attribute: &str, configured: &Value, returned: &Value) -> Option<bool> {
    if attribute != "trigger_value" {
        let is_once = attribute == "recurring" && configured.as_str() == Some("alltime") && returned.is_null();
        return Some(configured == returned || is_once);
    }
    let configured = configured.as_str()?;
    let number = |text: &str| text.parse::<Number>().ok();
    match configured.starts_with('+') {
        true => None,
        false => Some(number(configured)? == number(returned.as_str()?)?),
    }
}

/// `alltime` is a word for a trigger that fires once, and is answered as an empty text.
fn alltime_is_the_word_for_none(answer: &mut Properties, base: &Value) {
    let returned_none = answer
        .get("recurring")
        .is_some_and(|returned| returned.as_str().is_none_or(str::is_empty));
    if returned_none && base.attr("recurring").as_str() == Some("alltime") {
        answer.insert("recurring".to_owned(), "alltime".into());
    }
}

fn trigger_value(text: &str) -> Result<(), Reason> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let mut parts = digits.splitn(2, '.');
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.all(all_digits) {
        return Ok(());
    }
    Err("It is not an amount. Write a number such as \"100\" or \"12.50\", or \"+30\" for 30 more than now.".into())
}

#[cfg(test)]
mod tests {
    use super::{USAGE_TRIGGER, trigger_value};
    use crate::engine::values::schema::resource_schema;

    #[test]
    fn another_spelling_of_the_same_amount_replaces_nothing() {
        let schema = resource_schema(&USAGE_TRIGGER);
        let amount = schema.block.attribute("trigger_value").expect("it has one");
        let is_same = amount.equivalent.expect("numbers have many spellings");
        assert!(is_same(&"10.50".into(), &"10.5".into()) && !is_same(&"+10.50".into(), &"10.5".into()));
    }

    #[test]
    fn amounts_are_absolute_or_relative() {
        for good in ["100", "12.50", "+30", "+0.5"] {
            assert_eq!(trigger_value(good), Ok(()), "{good}");
        }
        for wrong in ["", "+", "-5", "1e3", "12.", "abc", "1.2.3"] {
            assert!(trigger_value(wrong).is_err(), "{wrong}");
        }
    }
}
