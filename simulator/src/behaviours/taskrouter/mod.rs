//! TaskRouter.

mod activities;
mod tasks;
pub mod workspaces;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "taskrouter.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Activities",
        &activities::Activities,
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/TaskChannels",
        &workspaces::TaskChannels,
    ),
    on(HOST, "/v1/Workspaces/{WorkspaceSid}/Tasks", &tasks::Tasks),
    on(HOST, "/v1/Workspaces/{WorkspaceSid}/Workers", &workspaces::Workers),
];
