//! TaskRouter.

mod activities;
pub(crate) mod assignment;
mod channels;
pub(crate) mod ends;
mod past;
mod presence;
pub(crate) mod reservations;
pub(crate) mod routing;
mod statistics;
mod targets;
mod tasking;
mod tasks;
mod waiting;
pub mod workspaces;

use self::statistics::{About, OfNamedQueues, OfQueues, Statistics, Which};
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
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels",
        &channels::WorkerChannels,
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations",
        &reservations::WorkerReservations,
    ),
    on(HOST, reservations::RESERVATIONS, &reservations::Reservations),
    on(HOST, "/v1/Workspaces/{WorkspaceSid}/TaskQueues", &tasks::TaskQueues),
    on(HOST, "/v1/Workspaces/{WorkspaceSid}/Workflows", &tasks::Workflows),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/RealTimeStatistics",
        &Statistics(About::Workspace, Which::RealTime),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/CumulativeStatistics",
        &Statistics(About::Workspace, Which::Cumulative),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Statistics",
        &Statistics(About::Workspace, Which::Both),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/RealTimeStatistics",
        &Statistics(About::Queue, Which::RealTime),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/CumulativeStatistics",
        &Statistics(About::Queue, Which::Cumulative),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/Statistics",
        &Statistics(About::Queue, Which::Both),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/RealTimeStatistics",
        &Statistics(About::Workflow, Which::RealTime),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/CumulativeStatistics",
        &Statistics(About::Workflow, Which::Cumulative),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/Statistics",
        &Statistics(About::Workflow, Which::Both),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Workers/RealTimeStatistics",
        &Statistics(About::Workers, Which::RealTime),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Workers/CumulativeStatistics",
        &Statistics(About::Workers, Which::Cumulative),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Workers/Statistics",
        &Statistics(About::Workers, Which::Both),
    ),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Statistics",
        &Statistics(About::Worker, Which::Both),
    ),
    on(HOST, "/v1/Workspaces/{WorkspaceSid}/TaskQueues/Statistics", &OfQueues),
    on(
        HOST,
        "/v1/Workspaces/{WorkspaceSid}/TaskQueues/RealTimeStatistics",
        &OfNamedQueues,
    ),
    on(HOST, "/v1/Workspaces", &tasking::Tasking),
    on(HOST, "/v1/Workspaces/{WorkspaceSid}/Tasks", &targets::Targets),
];
