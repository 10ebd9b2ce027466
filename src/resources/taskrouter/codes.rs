//! What Twilio's error codes mean for TaskRouter. Those from 40000 on are in its debugger: TaskRouter has them of what a callback
//! answered, and of what a workflow says. <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::{Exists, KnownCode};

/// Sorted by code.
pub const TASKROUTER: &[KnownCode] = &[
    KnownCode::new(
        20001,
        "TaskRouter does not take a value: an activity, a queue or a worker that is not of this workspace, an expression that it \
         cannot read, JSON that is none, or a name that the workspace has already.",
        "Correct what Twilio names. What the workspace has already can be imported, or taken over with adopt_existing = true.",
    )
    .named()
    .exists(Exists::ByUniqueName),
    KnownCode::new(
        40000,
        "The assignment callback answered with something else than JSON.",
        "Let it answer with the header Content-Type: application/json.",
    )
    .at(&["assignment_callback_url"]),
    KnownCode::new(
        40001,
        "The assignment callback answered with JSON that TaskRouter cannot read.",
        "Correct what it answers; a JSON text inside a JSON text is a usual reason.",
    )
    .at(&["assignment_callback_url"]),
    KnownCode::new(
        40005,
        "The assignment callback answered without an instruction.",
        "Let it answer with an instruction, or with nothing at all where the worker decides.",
    )
    .at(&["assignment_callback_url"]),
    KnownCode::new(
        40139,
        "An instruction names an activity that the workspace does not have.",
        "Use the SID of an activity of the same workspace.",
    ),
    KnownCode::new(
        40152,
        "A workflow sends a task to a known worker who gets no tasks from the queue beside it.",
        "Name a queue whose target_workers include the worker.",
    )
    .at(&["task_routing", "configuration"]),
    KnownCode::new(
        40153,
        "A list of TaskRouter was requested by the number of a page.",
        "Follow the link to the next page.",
    ),
    KnownCode::new(
        40154,
        "A workflow names a known worker in a way that TaskRouter cannot read.",
        "Let known_worker_sid be an expression that gives the SID of a worker, such as \"task.agent_sid\".",
    )
    .at(&["task_routing", "configuration"]),
    KnownCode::new(
        40155,
        "A workflow names a known worker of another workspace.",
        "Name a worker of the same workspace.",
    )
    .at(&["task_routing", "configuration"]),
];
