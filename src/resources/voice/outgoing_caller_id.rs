//! A number of somebody else's that calls may show. <https://www.twilio.com/docs/voice/api/outgoing-caller-ids>
//!
//! # Quirks
//! - Verifying a number calls it, and somebody has to pick up and type a code: nothing that an apply could do. So a caller ID is only
//!   taken over.

use crate::engine::facts::Absent::{Clears, Keeps};
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Filter, Key, Lifecycle, List, Managed, Object, Omitted, Place, Plural,
    UpdateStyle, sid, text, timestamp,
};
use crate::twilio::Product;

/// `twilio_outgoing_caller_id`.
pub const OUTGOING_CALLER_ID: Managed = Managed {
    object: Object {
        name: "twilio_outgoing_caller_id",
        noun: "outgoing caller ID",
        plural: Some(Plural {
            name: "twilio_outgoing_caller_ids",
            noun: "outgoing caller IDs",
        }),
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/api/outgoing-caller-ids",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/OutgoingCallerIds.json",
            "/2010-04-01/Accounts/{account_sid}/OutgoingCallerIds/{outgoing_caller_id_sid}.json",
        ),
        key: Key::Borrowed("outgoing_caller_id_sid", "PN"),
        natural_key: &["phone_number"],
        label: Some("phone_number"),
        list: List {
            filters: &[
                Filter::exact(
                    text("phone_number", Setting(Clears))
                        .checks(&[Check::E164])
                        .doc("Only the caller ID with this number, in E.164 form."),
                ),
                Filter::exact(text("friendly_name", Setting(Clears)).doc("Only caller IDs with exactly this name.")),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A number that the account does not have, and that its calls may show because somebody has verified it. Verify it under Phone \
          Numbers > Verified Caller IDs first: Twilio calls the number, and somebody has to type a code. This resource takes it over and \
          names it. Destroying it leaves the caller ID as it is, since nobody but a person could bring it back: to take it off the \
          account, delete it in the Console.",
    lifecycle: Lifecycle::adopted(UpdateStyle::Post, Destroy::Forget),
    omitted: &[
        Omitted {
            parameter: "PhoneNumber",
            reason: "it calls the number, and somebody has to type a code",
        },
        Omitted {
            parameter: "CallDelay",
            reason: "it is about the call that verifies a number",
        },
        Omitted {
            parameter: "Extension",
            reason: "it is about the call that verifies a number",
        },
        Omitted {
            parameter: "StatusCallback",
            reason: "it is about the call that verifies a number",
        },
        Omitted {
            parameter: "StatusCallbackMethod",
            reason: "it is about the call that verifies a number",
        },
    ],
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("outgoing_caller_id_sid", PathPart, &[Check::Sid("PN")])
        .read_as("sid")
        .doc(
            "SID of the caller ID (`PN…`): `data.twilio_outgoing_caller_id` finds it by its number. A change means another caller ID, \
             and leaves the first as it is.",
        ),
    text("friendly_name", Setting(Keeps))
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the caller ID, up to 64 characters. Removing it keeps the name that it has."),
    text("phone_number", Observed)
        .checks(&[Check::E164])
        .doc("The number in E.164 form, for example `+14155550100`."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
