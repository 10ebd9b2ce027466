//! Everything that the provider offers, sorted by name. One line each; a test keeps the order.

use crate::engine::facts::Managed;
use crate::engine::serve::data_source::DataSource;
use crate::{data_sources, resources};

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    resources::accounts::api_key::API_KEY,
    resources::events::event_sink::EVENT_SINK,
    resources::events::event_subscription::EVENT_SUBSCRIPTION,
    resources::messaging::messaging_service::MESSAGING_SERVICE,
    resources::messaging::messaging_service_phone_number::MESSAGING_SERVICE_PHONE_NUMBER,
    resources::numbers::phone_number::PHONE_NUMBER,
    resources::numbers::phone_number_webhooks::PHONE_NUMBER_WEBHOOKS,
    resources::studio::studio_flow::STUDIO_FLOW,
    resources::accounts::subaccount::SUBACCOUNT,
    resources::voice::twiml_app::TWIML_APP,
    resources::usage::usage_trigger::USAGE_TRIGGER,
    resources::verify::verify_service::VERIFY_SERVICE,
];

/// Data sources that follow from no table of [`RESOURCES`], sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[
    data_sources::account::ACCOUNT,
    data_sources::account_balance::ACCOUNT_BALANCE,
    data_sources::available_phone_numbers::AVAILABLE_PHONE_NUMBERS,
    data_sources::usage_records::USAGE_RECORDS,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_unique() {
        let resources: Vec<_> = RESOURCES.iter().map(|table| table.object.name).collect();
        let data_sources: Vec<_> = DATA_SOURCES.iter().map(|table| table.name).collect();
        for names in [resources, data_sources] {
            assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
        }
    }
}
