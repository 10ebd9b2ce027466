//! An item of a Sync list. <https://www.twilio.com/docs/sync/api/listitem-resource>
//!
//! # Quirks
//! - It has no SID: Twilio gives it the next index of its list, a number, which no other item gets again.
//! - `Ttl` is an older name of `ItemTtl`, and neither is in a response. `date_expires` is, and left out: it moves with each update.

use super::codes::SYNC;
use super::values::an_object;
use crate::engine::facts::Absent::{ClearedBy, Required};
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Expiry, Field, Key, List, Literal, Managed, Object, Omitted, Place, Plural, int, json, sid, text,
    timestamp,
};
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::framework::reason::Reason;
use crate::twilio::Product;

/// `twilio_sync_list_item`.
pub const SYNC_LIST_ITEM: Managed = Managed {
    object: Object {
        name: "twilio_sync_list_item",
        noun: "list item",
        plural: Some(Plural {
            name: "twilio_sync_list_items",
            noun: "list items",
        }),
        category: Category::Sync,
        api_page: "https://www.twilio.com/docs/sync/api/listitem-resource",
        place: Place::at(
            Product::Sync,
            "/v1/Services/{service_sid}/Lists/{list_sid}/Items",
            "/v1/Services/{service_sid}/Lists/{list_sid}/Items/{index}",
        ),
        parents: &["service_sid", "list_sid"],
        key: Key::Field("index"),
        list: List {
            omitted: &[
                Omitted {
                    parameter: "Order",
                    reason: "all items are listed, in whatever order",
                },
                Omitted {
                    parameter: "From",
                    reason: "where a page of items begins: all are listed",
                },
                Omitted {
                    parameter: "Bounds",
                    reason: "whether a page has the item that it begins at: all are listed",
                },
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[SYNC],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An item of a Sync list: JSON at the end of it, which applications read and subscribe to. It suits what configures them; what \
          they append themselves is no business of a plan. Where an order does not matter, a `twilio_sync_map_item` is found again by its \
          key, and this one only by the number that Twilio gives it.",
    quirks: &[
        "A new item is the last of its list. Terraform makes several at once, in no order: with `depends_on` one comes after another.",
        "Two items may be alike, so if the response to a create is lost, nothing shows whether the item is there. The apply then stops \
         with an error and appends none again: look at the list, and import the item if it is there.",
        "A response to a create that is about an item which was there before, or whose index is none, is not believed: the apply stops \
         with an error, since the next one would write over somebody else's.",
        "With `item_ttl` Twilio deletes the item when its time is over. The refresh after that says so, and the plan makes it anew, at the \
         end of the list.",
    ],
    expires: Some(Expiry {
        after: "item_ttl",
        at: None,
    }),
    omitted: &[
        Omitted {
            parameter: "Ttl",
            reason: "an older name of ItemTtl",
        },
        Omitted {
            parameter: "CollectionTtl",
            reason: "how long the list lives, which is the list's affair",
        },
    ],
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("IS")])
        .doc("SID of the Sync service (`IS…`). A change replaces the item."),
    sid("list_sid", PathPart, &[Check::Sid("ES")])
        .doc("SID of the list (`ES…`). A change replaces the item, at the end of the other list."),
    text("index", Observed).checks(&[Check::Custom(is_an_index)]).doc("Number of the item in its list, from `0` on. It stays the same when others go, and is not given again."),
    json("data", Setting(Required)).checks(&[Check::Json, Check::Custom(an_object)]).doc("What the item holds: a JSON object of up to 16 KiB."),
    int("item_ttl", Setting(ClearedBy(Literal::Int(0))))
        .never_returned()
        .checks(&[Check::Range(0, 31_536_000)])
        .doc(
            "Seconds from the create, or from the update that sets it, after which Twilio takes the item away, `0` to `31536000`; \
             `0` is never, as without it.",
        ),
    text("revision", Observed)
        .volatile()
        .doc("Twilio's mark of the last change of the data."),
    text("created_by", Observed).doc("Identity that made it; `system` for what was made through the API."),
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

fn is_an_index(text: &str) -> Result<(), Reason> {
    match !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(()),
        false => Err("Write the number that Twilio gave the item, such as 0.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_a_number() {
        for good in ["0", "17", "18446744073709551616"] {
            assert!(is_an_index(good).is_ok(), "{good}");
        }
        for bad in ["", "-1", "+1", "1.0", "first", ".."] {
            assert!(is_an_index(bad).is_err(), "{bad}");
        }
    }
}
