//! Voice.

pub mod codes;
pub mod make_call;
mod older;
pub mod outgoing_caller_id;
mod present;
pub mod queue;
pub mod twiml_app;
pub mod voice_byoc_trunk;
pub mod voice_connection_policy;
pub mod voice_connection_policy_target;
pub mod voice_dialing_permissions_countries;
pub mod voice_dialing_permissions_country;
pub mod voice_dialing_permissions_settings;
pub mod voice_high_risk_special_prefixes;
pub mod voice_insights_settings;
pub mod voice_ip_record;
pub mod voice_source_ip_mapping;

use crate::engine::facts::{Action, Managed};
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    outgoing_caller_id::OUTGOING_CALLER_ID,
    queue::QUEUE,
    twiml_app::TWIML_APP,
    voice_byoc_trunk::VOICE_BYOC_TRUNK,
    voice_connection_policy::VOICE_CONNECTION_POLICY,
    voice_connection_policy_target::VOICE_CONNECTION_POLICY_TARGET,
    voice_dialing_permissions_country::VOICE_DIALING_PERMISSIONS_COUNTRY,
    voice_dialing_permissions_settings::VOICE_DIALING_PERMISSIONS_SETTINGS,
    voice_insights_settings::VOICE_INSIGHTS_SETTINGS,
    voice_ip_record::VOICE_IP_RECORD,
    voice_source_ip_mapping::VOICE_SOURCE_IP_MAPPING,
];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[
    voice_dialing_permissions_countries::VOICE_DIALING_PERMISSIONS_COUNTRIES,
    voice_high_risk_special_prefixes::VOICE_HIGH_RISK_SPECIAL_PREFIXES,
];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[make_call::MAKE_CALL];
