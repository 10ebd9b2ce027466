//! A number that Twilio never blocks. <https://www.twilio.com/docs/usage/global-safe-list>
//!
//! # Quirks
//! - It has a SID (`GN…`), and goes by its number, which stands in the query: no path takes the SID. It is left out.
//! - There is no list, and there are no dates.

use super::codes::ACCOUNTS;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::Fixed;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Items, Key, Lifecycle, List, Managed, Object, Place, UpdateStyle, text,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::reason::Reason;
use crate::resources::verify::codes::VERIFY;
use crate::twilio::Product;

/// `twilio_safelist_number`.
pub const SAFELIST_NUMBER: Managed = Managed {
    object: Object {
        name: "twilio_safelist_number",
        noun: "safe number",
        category: Category::Accounts,
        api_page: "https://www.twilio.com/docs/usage/global-safe-list",
        place: Place::at(
            Product::Accounts,
            "/v1/SafeList/Numbers",
            "/v1/SafeList/Numbers?PhoneNumber={phone_number}",
        ),
        key: Key::Field("phone_number"),
        list: List {
            items: Items::Partial("there is no list"),
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[ACCOUNTS, VERIFY],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A phone number, or a block of a thousand, on the Global Safe List: neither Fraud Guard and geo permissions of Verify nor the \
          protection of Programmable Messaging from SMS pumping block what is sent there, in the whole account. Those of one's own testers \
          are such, and what was blocked by mistake. Destroying it puts the number back under that protection.",
    quirks: &[
        "The list counts for text messages, and for calls of Verify. `twilio_verify_safelist_number` is the older list, a pilot that \
         counts for Verify alone: use this one for what is new.",
        "Twilio takes 500 of these requests in a minute. Where there are more numbers, an apply waits, and so does a refresh: there is no \
         list to read them from.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    older_states: older::SAFELIST_NUMBER,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("phone_number", Fixed(Required))
        .checks(&[Check::Custom(number_or_block)])
        .doc(
            "The number, in E.164 form, or a block of a thousand with `xxx` for the last three digits, as `+18001234xxx`. A change \
             replaces the entry.",
        ),
    ADOPT_EXISTING,
];

/// A number in E.164 form, or one whose last three digits are `xxx`: such a block is at least ten characters long, the plus counted.
fn number_or_block(text: &str) -> Result<(), Reason> {
    let digits = text.strip_prefix('+').unwrap_or_default();
    let (digits, shortest) = match digits.strip_suffix("xxx") {
        Some(before) => (before, 6),
        None => (digits, 2),
    };
    let longest = if shortest == 6 { 12 } else { 15 };
    let fits = (shortest..=longest).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    match fits && !digits.starts_with('0') {
        true => Ok(()),
        false => Err(
            "Write a phone number in E.164 form, such as +14155550142, or a block of a thousand, such as +14155550xxx."
                .into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_block_of_a_thousand_are_taken() {
        for good in ["+14155550142", "+18001234xxx", "+493012345678", "+123456xxx"] {
            assert!(number_or_block(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "4155550142",
            "+1415555014x",
            "+1415555xx",
            "+18001234XXX",
            "+12345xxx",
            "+04155550142",
            "+1 415 555 0142",
            "+1234567890123xxx",
        ] {
            assert!(number_or_block(bad).is_err(), "{bad}");
        }
    }
}
