//! Whether Twilio writes a file of each day's messages, calls or conferences.
//! <https://www.twilio.com/docs/usage/bulkexport/exportconfiguration>

use super::codes::ACCOUNTS;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps};
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Literal, Managed, Object, Place, UpdateStyle, boolean, text, url,
};
use crate::twilio::Product;

/// `twilio_bulk_export_configuration`.
pub const BULK_EXPORT_CONFIGURATION: Managed = Managed {
    object: Object {
        name: "twilio_bulk_export_configuration",
        noun: "bulk export configuration",
        category: Category::Accounts,
        api_page: "https://www.twilio.com/docs/usage/bulkexport/exportconfiguration",
        place: Place::alone(Product::Bulkexports, "/v1/Exports/{resource_type}/Configuration"),
        key: Key::Field("resource_type"),
        fields: FIELDS,
        codes: &[ACCOUNTS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Whether Twilio writes a file of each day's messages, calls, conferences or participants when the day is over, and which URL it requests then. \
          Each of the four always has these settings: the first apply brings them to what is configured. Destroying switches the daily \
          files off and takes the webhook away; files that are there stay for their seven days.",
    quirks: &[
        "Daily files are part of the Twilio Editions. Other accounts request the days they want one by one, by a job.",
        "A file is removed after seven days: fetch it before, when the webhook comes.",
        "Bulk exports are in the region US1 alone.",
    ],
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Reset),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("resource_type", PathPart)
        .checks(&[Check::Known(&["Messages", "Calls", "Conferences", "Participants"])])
        .doc(
            "What is exported: `Messages`, `Calls`, `Conferences` or `Participants`. A change replaces the resource: the daily files of \
             the first are switched off, and those of the other are as configured.",
        ),
    // The page speaks of switching the files on by `true`: an account that nobody switched them on for has none.
    boolean("enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Whether Twilio writes the file of each day when it is over. Default: `false`."),
    url("webhook_url", Setting(Clears)).doc("URL that Twilio requests when the file of a day is there. Changes in place."),
    text("webhook_method", Setting(Keeps))
        .checks(&[Check::OneOf(&["GET", "POST"])])
        .doc("HTTP method with which it requests that: `GET` or `POST`. Removing it keeps the method that is set."),
];
