//! How many tasks of a kind a worker takes. <https://www.twilio.com/docs/taskrouter/api/worker-channel>
//!
//! # Quirks
//! - Twilio makes one for each worker and task channel, and takes the name of the task channel in place of its SID:
//!   <https://github.com/TwilioDevEd/api-snippets> (rest/taskrouter/worker-channels).
//! - What is written as `Capacity` is read as `configured_capacity`.
//! - `assigned_tasks` and `available_capacity_percentage` are left out: they move by themselves.

use super::codes::TASKROUTER;
use crate::engine::facts::Absent::Keeps;
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, boolean, int, sid,
    text, timestamp,
};
use crate::twilio::Product;

/// `twilio_taskrouter_worker_channel`.
pub const TASKROUTER_WORKER_CHANNEL: Managed = Managed {
    object: Object {
        name: "twilio_taskrouter_worker_channel",
        noun: "worker channel",
        plural: Some(Plural {
            name: "twilio_taskrouter_worker_channels",
            noun: "worker channels",
        }),
        category: Category::Taskrouter,
        api_page: "https://www.twilio.com/docs/taskrouter/api/worker-channel",
        place: Place::at(
            Product::Taskrouter,
            "/v1/Workspaces/{workspace_sid}/Workers/{worker_sid}/Channels",
            "/v1/Workspaces/{workspace_sid}/Workers/{worker_sid}/Channels/{task_channel_unique_name}",
        ),
        parents: &["workspace_sid", "worker_sid"],
        key: Key::Field("task_channel_unique_name"),
        fields: FIELDS,
        codes: &[TASKROUTER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "How many tasks of a kind a worker takes at once. Twilio makes one for each worker and task channel, and it goes with either: \
          this resource changes it, and destroying the resource leaves it as it is.",
    lifecycle: Lifecycle::adopted(UpdateStyle::Post, Destroy::Forget),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("workspace_sid", PathPart, &[Check::Sid("WS")])
        .doc("SID of the workspace (`WS…`). A change means another channel, and leaves the first as it is."),
    sid("worker_sid", PathPart, &[Check::Sid("WK")])
        .doc("SID of the worker (`WK…`). A change means another channel, and leaves the first as it is."),
    text("task_channel_unique_name", PathPart).checks(&[Check::NonEmpty]).doc(
        "Unique name of the task channel, for example `voice`. Refer to a `twilio_taskrouter_task_channel` of your own, so that it is \
         made first. A change means another channel, and leaves the first as it is.",
    ),
    int("capacity", Setting(Keeps))
        .read_as("configured_capacity")
        .doc("Most tasks of this kind that the worker has at once. Removing it keeps what the channel has."),
    boolean("available", Setting(Keeps))
        .doc("Whether the worker gets tasks of this kind. Removing it keeps what the channel has."),
    sid("task_channel_sid", Observed, &[Check::Sid("TC")]).doc("SID of the task channel (`TC…`)."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
