//! A number that Verify never blocks. <https://www.twilio.com/docs/verify/api/safe-list>
//!
//! # Quirks
//! - It has a SID (`GN…`), and goes by its number: no path takes the SID. It is left out.
//! - There is no list, and there are no dates.

use super::codes::VERIFY;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::Fixed;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Items, Key, Lifecycle, List, Managed, Object, Place, UpdateStyle, text,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_verify_safelist_number`.
pub const VERIFY_SAFELIST_NUMBER: Managed = Managed {
    object: Object {
        name: "twilio_verify_safelist_number",
        noun: "safe number",
        category: Category::Verify,
        api_page: "https://www.twilio.com/docs/verify/api/safe-list",
        place: Place::at(
            Product::Verify,
            "/v2/SafeList/Numbers",
            "/v2/SafeList/Numbers/{phone_number}",
        ),
        key: Key::Field("phone_number"),
        list: List {
            items: Items::Partial("there is no list"),
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[VERIFY],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A phone number that neither Fraud Guard nor geo permissions keep from text messages of Verify, in all services of the account. \
          Those of one's own testers are such.",
    quirks: &[
        "Twilio calls this a pilot: accounts without Fraud Guard have to ask for it.",
        "Twilio takes 30 of these requests in a minute. Where there are many numbers, an apply waits, and so does a refresh: there is no list to read them from.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    older_states: older::VERIFY_SAFELIST_NUMBER,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("phone_number", Fixed(Required))
        .checks(&[Check::E164])
        .doc("The number, in E.164 form. A change replaces the entry."),
    ADOPT_EXISTING,
];
