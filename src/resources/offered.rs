//! Everything that the products' folders list, joined: what the provider offers beside functions.

use crate::engine::facts::{Action, Ephemeral, Managed};
use crate::engine::serve::data_source::DataSource;
use crate::resources::{
    accounts, conversations, events, intelligence, lookups, marketplace, messaging, monitor, numbers, pricing, routes,
    serverless, sip, studio, sync, taskrouter, trunking, usage, verify, video, voice,
};

/// The products' resources, one folder each, sorted by folder.
const RESOURCES_OF_PRODUCTS: &[&[Managed]] = &[
    accounts::RESOURCES,
    conversations::RESOURCES,
    events::RESOURCES,
    intelligence::RESOURCES,
    lookups::RESOURCES,
    marketplace::RESOURCES,
    messaging::RESOURCES,
    numbers::RESOURCES,
    routes::RESOURCES,
    serverless::RESOURCES,
    sip::RESOURCES,
    studio::RESOURCES,
    sync::RESOURCES,
    taskrouter::RESOURCES,
    trunking::RESOURCES,
    usage::RESOURCES,
    verify::RESOURCES,
    video::RESOURCES,
    voice::RESOURCES,
];

/// The data sources of products that have some which follow from no resource.
const DATA_SOURCES_OF_PRODUCTS: &[&[DataSource]] = &[
    accounts::DATA_SOURCES,
    events::DATA_SOURCES,
    intelligence::DATA_SOURCES,
    lookups::DATA_SOURCES,
    marketplace::DATA_SOURCES,
    monitor::DATA_SOURCES,
    numbers::DATA_SOURCES,
    pricing::DATA_SOURCES,
    studio::DATA_SOURCES,
    usage::DATA_SOURCES,
    verify::DATA_SOURCES,
    voice::DATA_SOURCES,
];

/// The actions of products that have some.
const ACTIONS_OF_PRODUCTS: &[&[Action]] = &[
    accounts::ACTIONS,
    events::ACTIONS,
    messaging::ACTIONS,
    studio::ACTIONS,
    verify::ACTIONS,
    voice::ACTIONS,
];

/// Resources, by product and name.
pub const RESOURCES: &[Managed] = &joined::<_, { length(RESOURCES_OF_PRODUCTS) }>(RESOURCES_OF_PRODUCTS);

/// Data sources that follow from no table of [`RESOURCES`], by product and name.
pub const DATA_SOURCES: &[DataSource] = &joined::<_, { length(DATA_SOURCES_OF_PRODUCTS) }>(DATA_SOURCES_OF_PRODUCTS);

/// Actions, by product and name.
pub const ACTIONS: &[Action] = &joined::<_, { length(ACTIONS_OF_PRODUCTS) }>(ACTIONS_OF_PRODUCTS);

/// Ephemeral resources, by name.
pub const EPHEMERAL_RESOURCES: &[Ephemeral] = accounts::EPHEMERAL_RESOURCES;

/// How many there are in all the lists.
const fn length<T>(lists: &[&[T]]) -> usize {
    let (mut sum, mut list) = (0, 0);
    while list < lists.len() {
        sum += lists[list].len();
        list += 1;
    }
    sum
}

/// One list of all. The first list has at least one entry.
const fn joined<T: Copy, const N: usize>(lists: &[&[T]]) -> [T; N] {
    let mut all = [lists[0][0]; N];
    let (mut next, mut list) = (0, 0);
    while list < lists.len() {
        let mut entry = 0;
        while entry < lists[list].len() {
            all[next] = lists[list][entry];
            next += 1;
            entry += 1;
        }
        list += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever adds one sees at once where it goes, and two who add one meet nowhere.
    #[test]
    fn each_product_lists_what_it_has_by_name() {
        for list in RESOURCES_OF_PRODUCTS {
            assert!(list.is_sorted_by_key(|table| table.object.name));
        }
        for list in DATA_SOURCES_OF_PRODUCTS {
            assert!(list.is_sorted_by_key(|table| table.name));
        }
        assert!(EPHEMERAL_RESOURCES.is_sorted_by_key(|table| table.name));
        for list in ACTIONS_OF_PRODUCTS {
            assert!(list.is_sorted_by_key(|table| table.name));
        }
        let folders = RESOURCES_OF_PRODUCTS
            .iter()
            .map(|list| list[0].object.category.folder());
        assert!(folders.is_sorted());
    }

    /// Types with a URL whose webhooks are not in `data.twilio_account_webhooks`, each with the reason.
    const WITHOUT_WEBHOOKS_OF_THEIR_OWN: &[(&str, &str)] = &[
        (
            "twilio_bulk_export_configuration",
            "there is one for each kind of record, and no list of them",
        ),
        ("twilio_phone_number_webhooks", "they are those of the phone number"),
        ("twilio_video_composition_settings", "the URL is a place in a store"),
        ("twilio_video_recording_settings", "the URL is a place in a store"),
    ];

    #[test]
    fn no_webhook_is_missing_in_the_list_of_all() {
        for table in RESOURCES {
            let name = table.object.name;
            let is_excused = WITHOUT_WEBHOOKS_OF_THEIR_OWN
                .iter()
                .any(|(excused, _)| *excused == name);
            let has_some = crate::engine::values::webhooks::are_in(table.object.fields);
            let is_shown = accounts::account_webhooks::shows(name) && has_some;
            assert_eq!(has_some, is_shown || is_excused, "{name}");
            assert!(!(is_shown && is_excused), "{name} is in the list");
        }
    }

    #[test]
    fn lists_are_joined_in_their_order_with_nothing_lost() {
        assert_eq!(joined::<_, 4>(&[&[1], &[], &[2, 3], &[4]]), [1, 2, 3, 4]);
        assert_eq!(length(&[&[1][..], &[], &[2, 3]]), 3);
    }
}
