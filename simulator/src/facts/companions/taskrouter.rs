//! What comes with a TaskRouter workspace.

use super::{Companion, Text};
use crate::facts::At;

const WORKSPACE: At = ("taskrouter.twilio.com", "/v1/Workspaces");

const NOTHING: Companion = Companion {
    with: WORKSPACE,
    when: None,
    collection: "",
    fields: &[],
    shown: &[],
    setting: None,
};

/// <https://www.twilio.com/docs/taskrouter/api/activity>: a new workspace has three, and the first is its default and its timeout
/// activity.
const fn activity(
    fields: &'static [(&'static str, Text)],
    shown: &'static [(&'static str, &'static str)],
) -> Companion {
    Companion {
        collection: "Activities",
        fields,
        shown,
        ..NOTHING
    }
}

/// <https://www.twilio.com/docs/taskrouter/api/task-channel>: the channels that each workspace has.
const fn channel(fields: &'static [(&'static str, Text)]) -> Companion {
    Companion {
        collection: "TaskChannels",
        fields,
        ..NOTHING
    }
}

/// <https://www.twilio.com/docs/taskrouter/api/workspace>: the template `FIFO` brings a queue for everything, and a workflow that
/// leads to it. How the two are called is an open question.
const fn fifo(collection: &'static str, fields: &'static [(&'static str, Text)]) -> Companion {
    Companion {
        when: Some(("Template", "FIFO")),
        collection,
        fields,
        ..NOTHING
    }
}

pub(super) const COMPANIONS: &[Companion] = &[
    activity(
        &[("friendly_name", Text::Is("Offline")), ("available", Text::Flag(false))],
        &[
            ("default_activity_sid", "sid"),
            ("default_activity_name", "friendly_name"),
            ("timeout_activity_sid", "sid"),
            ("timeout_activity_name", "friendly_name"),
        ],
    ),
    activity(
        &[
            ("friendly_name", Text::Is("Unavailable")),
            ("available", Text::Flag(false)),
        ],
        &[],
    ),
    activity(
        &[
            ("friendly_name", Text::Is("Available")),
            ("available", Text::Flag(true)),
        ],
        &[],
    ),
    channel(&[
        ("friendly_name", Text::Is("Default")),
        ("unique_name", Text::Is("default")),
    ]),
    channel(&[("friendly_name", Text::Is("Voice")), ("unique_name", Text::Is("voice"))]),
    channel(&[
        ("friendly_name", Text::Is("Programmable Chat")),
        ("unique_name", Text::Is("chat")),
    ]),
    channel(&[("friendly_name", Text::Is("SMS")), ("unique_name", Text::Is("sms"))]),
    channel(&[("friendly_name", Text::Is("Video")), ("unique_name", Text::Is("video"))]),
    fifo(
        "TaskQueues",
        &[
            ("friendly_name", Text::Is("Sample Queue")),
            ("target_workers", Text::Is("1==1")),
        ],
    ),
    fifo(
        "Workflows",
        &[
            ("friendly_name", Text::Is("Default Fifo Workflow")),
            (
                "configuration",
                Text::Naming(
                    r#"{"task_routing":{"filters":[],"default_filter":{"queue":"{}"}}}"#,
                    "TaskQueues",
                ),
            ),
        ],
    ),
];
