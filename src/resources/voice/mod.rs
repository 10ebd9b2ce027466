//! Voice.

pub mod codes;
pub mod make_call;
mod older;
pub mod queue;
pub mod twiml_app;
pub mod voice_byoc_trunk;
pub mod voice_connection_policy;
pub mod voice_connection_policy_target;
pub mod voice_ip_record;
pub mod voice_source_ip_mapping;

use crate::engine::facts::{Action, Managed};

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    queue::QUEUE,
    twiml_app::TWIML_APP,
    voice_byoc_trunk::VOICE_BYOC_TRUNK,
    voice_connection_policy::VOICE_CONNECTION_POLICY,
    voice_connection_policy_target::VOICE_CONNECTION_POLICY_TARGET,
    voice_ip_record::VOICE_IP_RECORD,
    voice_source_ip_mapping::VOICE_SOURCE_IP_MAPPING,
];

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[make_call::MAKE_CALL];
