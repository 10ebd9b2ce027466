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
        "The data is larger than Sync takes, which is 16 KiB.",
        "Keep less in it, or spread it over several objects.",
    )
    .at(&["data"]),
    KnownCode::new(
        54007,
        "The Sync service demands a permission that the caller does not have.",
        "Use the credentials of the account, or give the identity a permission for the object.",
    ),
    KnownCode::new(
        54008,
        "Sync cannot read the JSON that it was sent.",
        "Write data with jsonencode({ … }).",
    )
    .at(&["data"]),
    KnownCode::new(
        54009,
        "Sync was sent more requests for one object than it takes at once.",
        "Apply again, with a lower max_concurrent_requests if it goes on.",
    ),
    KnownCode::new(
        54010,
        "An update of Sync named nothing to change.",
        "The provider should not have sent this request: please report it, with this text.",
    ),
    KnownCode::new(
        54011,
        "Sync takes no such time to live.",
        "Use 0, which is for ever, to 31536000 seconds, which is a year.",
    )
    .at(&["ttl", "collection_ttl", "item_ttl"]),
    KnownCode::new(
        54050,
        "There is no such Sync service in this account.",
        "Check the SID, and that account_sid names the account that the service is in.",
    )
    .at(&["service_sid"]),
    KnownCode::new(
        54051,
        "Sync does not take this URL for its webhook.",
        "Use an absolute https URL that can be reached from the internet.",
    )
    .at(&["webhook_url"]),
    KnownCode::new(
        54053,
        "Sync does not take this name for a service.",
        "Choose another name.",
    )
    .at(&["friendly_name"]),
    KnownCode::new(
        54056,
        "The Sync service belongs to another account.",
        "Check the SID, and that account_sid names the account that the service is in.",
    )
    .at(&["service_sid"]),
    KnownCode::new(
        54100,
        "There is no such document in the Sync service.",
        "Check the SID of the document, and that service_sid names the service that it is in. It may have expired.",
    )
    .at(&["document_sid"]),
    KnownCode::new(
        54101,
        "A document holds a JSON object, and this is none.",
        "Write data with jsonencode({ … }).",
    )
    .at(&["data"]),
    KnownCode::new(
        54103,
        "Somebody else changed the document after it was read.",
        "Plan and apply again, and see in the plan what it is now.",
    ),
    KnownCode::new(
        54150,
        "There is no such list in the Sync service.",
        "Check the SID of the list, and that service_sid names the service that it is in. It may have expired.",
    )
    .at(&["list_sid"]),
    KnownCode::new(
        54151,
        "There is no such item in the Sync list.",
        "Check the index, and that list_sid names the list that it is in. It may have expired.",
    )
    .at(&["list_sid"]),
    KnownCode::new(
        54155,
        "Somebody else changed the item of the list after it was read.",
        "Plan and apply again, and see in the plan what it is now.",
    ),
    KnownCode::new(
        54156,
        "An item of a list holds a JSON object, and this is none.",
        "Write data with jsonencode({ … }).",
    )
    .at(&["data"]),
    KnownCode::new(
        54200,
        "There is no such map in the Sync service.",
        "Check the SID of the map, and that service_sid names the service that it is in. It may have expired.",
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
        54250,
        "There is no such stream in the Sync service.",
        "Check the SID, and that service_sid names the service that it is in. It may have expired.",
    ),
    KnownCode::new(
        54300,
        "Nothing in the Sync service has this unique name.",
        "Check the name, and that service_sid names the service that it is in. What had it may have expired.",
    ),
    KnownCode::new(
        54301,
        "Another object of its kind in the Sync service has this unique name.",
        "Import the object that has it, set adopt_existing = true to take it over, or choose another name.",
    )
    .at(&["unique_name"])
    .exists(Exists::ByUniqueName),
    KnownCode::new(
        54302,
        "Sync takes no such unique name.",
        "Use 1 to 256 characters, 320 for lists and maps, and nothing that looks like a SID.",
    )
    .at(&["unique_name"]),
    KnownCode::new(
        54351,
        "Sync takes no such identity.",
        "Use the identity that the tokens of the clients have.",
    )
    .at(&["identity"]),
    KnownCode::new(
        54354,
        "The identity has no permission for this object.",
        "Plan again: the refresh takes the permission out of the state, and the plan gives it anew.",
    ),
    KnownCode::new(
        54458,
        "An item of a list has a number, and this is none.",
        "Use the index that Twilio gave the item, a whole number from 0 on.",
    ),
];
