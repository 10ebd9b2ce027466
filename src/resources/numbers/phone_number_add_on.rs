//! An add-on that looks at the calls and messages of one number.
//! <https://www.twilio.com/docs/marketplace/api/incoming-phone-number-assigned-add-ons>

use super::codes::NUMBERS;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Fixed, Observed, PathPart};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Forewarning, Key, Lifecycle, Managed, Moment, Object, Place, Plural, UpdateStyle,
    json, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_phone_number_add_on`.
pub const PHONE_NUMBER_ADD_ON: Managed = Managed {
    object: Object {
        name: "twilio_phone_number_add_on",
        noun: "add-on of the phone number",
        plural: Some(Plural {
            name: "twilio_phone_number_add_ons",
            noun: "add-ons of the phone number",
        }),
        category: Category::Numbers,
        api_page: "https://www.twilio.com/docs/marketplace/api/incoming-phone-number-assigned-add-ons",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers/{phone_number_sid}/AssignedAddOns.json",
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers/{phone_number_sid}/AssignedAddOns/{installed_add_on_sid}.json",
        ),
        parents: &["phone_number_sid"],
        key: Key::Borrowed("installed_add_on_sid", "XE"),
        natural_key: &["installed_add_on_sid"],
        label: Some("friendly_name"),
        fields: FIELDS,
        codes: &[NUMBERS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An installed add-on of the Marketplace, assigned to one phone number: it looks at the calls and messages of that number instead of \
          those of the whole account. Destroying it takes the add-on off the number; it stays installed.",
    quirks: &[
        "Most add-ons are paid for by use: from the apply on, each call or message of the number that the add-on is on for is billed, \
         in addition to Twilio's own price. What it costs is said on its page in the Console.",
        "Add-ons for recordings and for TaskRouter cannot be assigned to a number, and those in developer preview only in the Console.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    forewarnings: &[Forewarning {
        moment: Moment::Made,
        summary: "is billed for each call or message of the number",
        detail: "Most add-ons are paid for by use, at the price of who offers them, on top of Twilio's own: from this apply on for each call or message of the number that the add-on is for. The price is on its page in the Console.",
    }],
    older_states: older::PHONE_NUMBER_ADD_ON,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("phone_number_sid", PathPart, &[Check::Sid("PN")])
        .read_as("resource_sid")
        .doc("SID of the phone number (`PN…`). A change takes the add-on off the first number and assigns it to the other."),
    sid("installed_add_on_sid", Fixed(Required), &[Check::Sid("XE")])
        .read_as("sid")
        .doc("SID of the installed add-on (`XE…`). A change takes the first add-on off the number and assigns the other."),
    text("friendly_name", Observed).doc("Name of the add-on as it is installed."),
    text("description", Observed).doc("What the add-on does, in its publisher's words."),
    // Some offers want a key of theirs in it.
    json("configuration", Observed)
        .sensitive()
        .doc("How the installed add-on is configured, as JSON."),
    text("unique_name", Observed).doc("Unique name of the installed add-on."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was assigned (RFC 3339, UTC)."),
];
