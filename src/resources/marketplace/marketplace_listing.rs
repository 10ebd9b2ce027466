//! What a publisher offers in Twilio's Marketplace. <https://www.twilio.com/docs/marketplace/api/listing>
//!
//! # Quirks
//! - Twilio's page has no create: a listing is made in the Console, and reviewed. The contract's `POST /v1/Listings` is not used, since
//!   nothing takes a listing back.
//! - Each field is written as a text of JSON, and read as what it says.

use super::codes::MARKETPLACE;
use crate::engine::facts::Absent::Keeps;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, UpdateStyle, json, sid,
};
use crate::twilio::Product;

/// `twilio_marketplace_listing`.
pub const MARKETPLACE_LISTING: Managed = Managed {
    object: Object {
        name: "twilio_marketplace_listing",
        noun: "listing",
        category: Category::Marketplace,
        api_page: "https://www.twilio.com/docs/marketplace/api/listing",
        place: Place::alone(Product::Marketplace, "/v1/Listing/{listing_sid}"),
        key: Key::Borrowed("listing_sid", "XB"),
        fields: FIELDS,
        codes: &[MARKETPLACE],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What customers read of an add-on that you offer in Twilio's Marketplace, and what they pay. The listing is made in the Console; this \
          resource changes it, and destroying the resource leaves it as it is. It is for publishers, to whom Twilio opens this API \
          on request.",
    quirks: &["What you change, customers see: there is no draft."],
    lifecycle: Lifecycle::adopted(UpdateStyle::Post, Destroy::Forget),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("listing_sid", PathPart, &[Check::Sid("XB")])
        .read_as("sid")
        .doc("SID of the listing (`XB…`), which its page in the Console shows. A change means another listing, and leaves the first as it is."),
    json("module_info", Setting(Keeps)).doc(
        "What defines the listing, by `jsonencode({ … })`. Removing it keeps what the listing has.",
    ),
    json("description", Setting(Keeps)).doc(
        "Text, highlights and samples of code, by `jsonencode({ … })`. Removing it keeps what the listing has.",
    ),
    json("documentation", Setting(Keeps)).doc(
        "Instructions and where to read more, by `jsonencode({ … })`. Removing it keeps what the listing has.",
    ),
    json("policies", Setting(Keeps)).doc(
        "Privacy and legal terms, by `jsonencode({ … })`, up to 5 MB. Removing it keeps what the listing has.",
    ),
    json("support", Setting(Keeps)).doc(
        "How customers get help, by `jsonencode({ … })`. Removing it keeps what the listing has.",
    ),
    json("configuration", Setting(Keeps)).with_webhooks().doc(
        "Buttons, the URL for notifications and more, by `jsonencode({ … })`. Removing it keeps what the listing has.",
    ),
    json("pricing", Setting(Keeps)).doc(
        "What customers pay, by `jsonencode({ … })`. Removing it keeps what the listing has.",
    ),
];
