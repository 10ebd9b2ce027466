//! TaskRouter as the older providers store it.

use crate::engine::facts::older::OlderState;

/// `twilio_taskrouter_workspace`.
pub(super) const TASKROUTER_WORKSPACE: &[OlderState] = &[
    OlderState::rjpearson94("twilio_taskrouter_workspace").renamed(&[("events_filter", "event_filters")]),
    OlderState::vendor("twilio_taskrouter_workspaces_v1"),
];

/// `twilio_taskrouter_workspace_configuration`.
pub(super) const TASKROUTER_WORKSPACE_CONFIGURATION: &[OlderState] =
    &[OlderState::rjpearson94("twilio_taskrouter_workspace_configuration")];

/// `twilio_taskrouter_activity`.
pub(super) const TASKROUTER_ACTIVITY: &[OlderState] = &[
    OlderState::rjpearson94("twilio_taskrouter_activity"),
    OlderState::vendor("twilio_taskrouter_workspaces_activities_v1"),
];

/// `twilio_taskrouter_task_channel`.
pub(super) const TASKROUTER_TASK_CHANNEL: &[OlderState] = &[
    OlderState::rjpearson94("twilio_taskrouter_task_channel"),
    OlderState::vendor("twilio_taskrouter_workspaces_task_channels_v1"),
];

/// `twilio_taskrouter_task_queue`.
pub(super) const TASKROUTER_TASK_QUEUE: &[OlderState] = &[
    OlderState::rjpearson94("twilio_taskrouter_task_queue"),
    OlderState::vendor("twilio_taskrouter_workspaces_task_queues_v1"),
];

/// `twilio_taskrouter_worker`.
pub(super) const TASKROUTER_WORKER: &[OlderState] = &[
    OlderState::rjpearson94("twilio_taskrouter_worker"),
    OlderState::vendor("twilio_taskrouter_workspaces_workers_v1"),
];

/// `twilio_taskrouter_workflow`.
pub(super) const TASKROUTER_WORKFLOW: &[OlderState] = &[
    OlderState::rjpearson94("twilio_taskrouter_workflow"),
    OlderState::vendor("twilio_taskrouter_workspaces_workflows_v1"),
];
