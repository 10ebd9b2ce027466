//! TaskRouter.

pub mod codes;
mod older;
mod routing;
pub mod taskrouter_activity;
pub mod taskrouter_task_channel;
pub mod taskrouter_task_queue;
pub mod taskrouter_worker;
pub mod taskrouter_worker_channel;
pub mod taskrouter_workflow;
pub mod taskrouter_workspace;
pub mod taskrouter_workspace_configuration;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    taskrouter_activity::TASKROUTER_ACTIVITY,
    taskrouter_task_channel::TASKROUTER_TASK_CHANNEL,
    taskrouter_task_queue::TASKROUTER_TASK_QUEUE,
    taskrouter_worker::TASKROUTER_WORKER,
    taskrouter_worker_channel::TASKROUTER_WORKER_CHANNEL,
    taskrouter_workflow::TASKROUTER_WORKFLOW,
    taskrouter_workspace::TASKROUTER_WORKSPACE,
    taskrouter_workspace_configuration::TASKROUTER_WORKSPACE_CONFIGURATION,
];
