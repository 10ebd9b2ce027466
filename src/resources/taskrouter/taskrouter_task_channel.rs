//! A kind of tasks: calls, chats, tickets. <https://www.twilio.com/docs/taskrouter/api/task-channel>

use super::codes::TASKROUTER;
use super::older;
use crate::engine::facts::Absent::{Keeps, Required};
use crate::engine::facts::Role::{Fixed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Field, Key, Managed, Object, Place, Plural, boolean, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::operations::delete::ON_DESTROY;
use crate::twilio::Product;

/// `twilio_taskrouter_task_channel`.
pub const TASKROUTER_TASK_CHANNEL: Managed = Managed {
    object: Object {
        name: "twilio_taskrouter_task_channel",
        noun: "task channel",
        plural: Some(Plural {
            name: "twilio_taskrouter_task_channels",
            noun: "task channels",
        }),
        category: Category::Taskrouter,
        api_page: "https://www.twilio.com/docs/taskrouter/api/task-channel",
        place: Place::at(
            Product::Taskrouter,
            "/v1/Workspaces/{workspace_sid}/TaskChannels",
            "/v1/Workspaces/{workspace_sid}/TaskChannels/{sid}",
        ),
        parents: &["workspace_sid"],
        key: Key::Sid("TC"),
        natural_key: &["unique_name"],
        fields: FIELDS,
        codes: &[TASKROUTER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A kind of tasks of a TaskRouter workspace, such as calls, chats or tickets. Each worker has a \
          `twilio_taskrouter_worker_channel` for each of them, which says how many such tasks it takes at once.",
    quirks: &[
        "Each workspace has `default`, `voice`, `chat`, `sms` and `video` from the start. To manage one of them, set `adopt_existing = true`, and `on_destroy = \"retain\"` where it should stay.",
        "With a task channel the channels of all workers for it go, and what was set in them.",
    ],
    stays_while: "Twilio may keep a task channel that tasks are in, or that the workspace has from the start. Let the tasks end, or \
                  set on_destroy = \"retain\" and apply: then it is only taken out of the state, and goes with the workspace.",
    older_states: older::TASKROUTER_TASK_CHANNEL,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("workspace_sid", PathPart, &[Check::Sid("WS")])
        .doc("SID of the workspace (`WS…`). A change replaces the task channel."),
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the task channel, up to 64 characters. Changes in place."),
    text("unique_name", Fixed(Required))
        .checks(&[Check::NonEmpty])
        .doc("Name by which tasks and workers refer to it, for example `voice`. A change replaces the task channel."),
    boolean("channel_optimized_routing", Setting(Keeps)).doc(
        "Whether tasks go first to the worker who has been without one for the longest time. Removing it keeps what the task channel \
         has.",
    ),
    ADOPT_EXISTING,
    ON_DESTROY,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
