//! What the price lists have in common.

use crate::engine::facts::Role::Observed;
use crate::engine::facts::{Field, Kind, decimal, list, text};

/// A price of one kind of number.
pub const BY_NUMBER_TYPE: &[Field] = &[
    text("number_type", Observed).doc("Kind of number, for example `local` or `toll free`."),
    BASE,
    CURRENT,
];

/// A price of one group of destinations, perhaps only from some origins.
pub const BY_PREFIX: &[Field] = &[
    text("friendly_name", Observed).doc("The destinations in words."),
    list("destination_prefixes", Observed, &Kind::Text)
        .doc("Beginnings of the numbers that are called, in E.164 form without the plus sign."),
    list("origination_prefixes", Observed, &Kind::Text).doc("Beginnings of the numbers that call, `ALL` for any."),
    BASE,
    CURRENT,
];

/// The price in the list.
pub const BASE: Field = decimal("base_price", Observed).doc("List price, in `price_unit`, before discounts.");

/// The price that the account pays.
pub const CURRENT: Field = decimal("current_price", Observed).doc("What the account pays, in `price_unit`.");
