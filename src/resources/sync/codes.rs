//! What Twilio's error codes mean for Sync. <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::{Exists, KnownCode};

/// Sorted by code.
pub const SYNC: &[KnownCode] = &[
    KnownCode::new(
        54003,
        "The version of the object that the request named is none of Sync's.",
        "Plan and apply again: the next read has the version that the object is at.",
    ),
    KnownCode::new(
        54006,
        "The data is larger than Sync takes, which is 16 KiB for an item.",
        "Keep less in it, or spread it over several items.",
    )
    .at(&["data"]),
    KnownCode::new(
        54050,
        "There is no such Sync service in this account.",
        "Check the SID, and that account_sid names the account that the service is in.",
    )
    .at(&["service_sid"]),
    KnownCode::new(
        54200,
        "There is no such map in the Sync service.",
        "Check the SID of the map, and that service_sid names the service that it is in.",
    )
    .at(&["map_sid"]),
    KnownCode::new(
        54205,
        "Somebody else changed the item of the map after it was read.",
        "Plan and apply again, and see in the plan what it is now.",
    ),
    KnownCode::new(
        54206,
        "An item of a map holds a JSON object, and this is none.",
        "Write data with jsonencode({ … }).",
    )
    .at(&["data"]),
    KnownCode::new(
        54208,
        "The map has an item with this key already.",
        "Import that item, set adopt_existing = true to take it over, or choose another key.",
    )
    .at(&["key"])
    .exists(Exists::AsPlanned),
    KnownCode::new(54209, "Sync takes no such key for an item.", "Use 1 to 320 characters.").at(&["key"]),
    KnownCode::new(
        54301,
        "Another object of its kind in the Sync service has this unique name.",
        "Choose another name, or import the object that has it.",
    ),
    KnownCode::new(
        54302,
        "Sync takes no such unique name.",
        "Use 1 to 256 characters, 320 for lists and maps, and nothing that looks like a SID.",
    ),
];
