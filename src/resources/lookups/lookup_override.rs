//! The type of line that lookups say a number has. <https://www.twilio.com/docs/lookup/v2-api/line-type-override>
//!
//! # Quirks
//! - POST makes it and PUT changes it, both at its own path, which names the package: `line_type_intelligence` is the only one that
//!   Twilio lets one override, and the parameters are that package's. So it stands in the path here.
//! - What a PUT without `reason` leaves is on no page. Both parameters go with each, so that nothing hangs on it.
//! - A POST of the type that is there already is refused with 409.

use super::codes::LOOKUPS;
use crate::engine::facts::Absent::{Keeps, Required};
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::{
    BodyStyle, Category, Check, Destroy, Field, Items, Key, Lifecycle, List, Managed, Object, Place, UpdateStyle, text,
    timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

const PATH: &str = "/v2/PhoneNumbers/{phone_number}/Overrides/line_type_intelligence";

/// `twilio_lookup_override`.
pub const LOOKUP_OVERRIDE: Managed = Managed {
    object: Object {
        name: "twilio_lookup_override",
        noun: "line type override",
        category: Category::Lookups,
        api_page: "https://www.twilio.com/docs/lookup/v2-api/line-type-override",
        place: Place::at(Product::Lookups, PATH, PATH),
        key: Key::Field("phone_number"),
        list: List {
            items: Items::Partial("there is no list"),
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[LOOKUPS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "The type of line that the account's lookups give for a phone number, in place of the one that Twilio finds: for a number of which \
          Line Type Intelligence says something wrong, so that nobody is turned away for it. It counts for every later lookup of the \
          number, also of Verify and others that look numbers up for the account. After a destroy Twilio's own finding counts again.",
    quirks: &[
        "It counts in the region in which it is made, and in no other. For another region make a second one, with a `provider` block \
         that has that `region`.",
        "Nothing but the type of line can be overridden: neither the carrier nor its codes.",
        "Terraform takes a file whose name ends in `_override.tf` for changes to other files: do not name the file of this resource so, as in \
         `lookup_override.tf`.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Put, Destroy::Delete).sending(BodyStyle::Json),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("phone_number", PathPart).checks(&[Check::E164]).doc(
        "The number in E.164 form, for example `+14159929960`. A change takes the override off the first number and makes one for the \
         other.",
    ),
    text("line_type", Setting(Required))
        .read_as("overridden_line_type")
        .checks(&[Check::Known(LINE_TYPES)])
        .doc(
            "Type that lookups give from now on: `mobile`, `landline`, `tollFree`, `fixedVoip`, `nonFixedVoip`, `personal`, `premium`, \
             `voicemail`, `sharedCost`, `uan`, `pager` or `unknown`. Changes in place.",
        ),
    text("reason", Setting(Keeps))
        .read_as("override_reason")
        .checks(&[Check::NonEmpty])
        .doc("Why, for those who find it later. Changes in place. Removing it keeps the reason that is there."),
    text("original_line_type", Observed).doc("Type that Twilio finds by itself."),
    timestamp("override_timestamp")
        .volatile()
        .doc("When it was made or changed (RFC 3339, UTC)."),
    text("overridden_by_account_sid", Observed)
        .volatile()
        .doc("SID of the account that made or changed it (`AC…`)."),
    ADOPT_EXISTING,
];

const LINE_TYPES: &[&str] = &[
    "mobile",
    "landline",
    "tollFree",
    "fixedVoip",
    "nonFixedVoip",
    "personal",
    "premium",
    "voicemail",
    "sharedCost",
    "uan",
    "pager",
    "unknown",
];
