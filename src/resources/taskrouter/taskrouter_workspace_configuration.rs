//! The default and the timeout activity of a workspace. <https://www.twilio.com/docs/taskrouter/api/workspace>
//!
//! They are the workspace's own parameters, and name activities that are made in it: one resource for both could not refer to those.

use super::codes::TASKROUTER;
use super::older;
use crate::engine::facts::Absent::Keeps;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Omitted, Place, UpdateStyle, sid,
};
use crate::twilio::Product;

/// `twilio_taskrouter_workspace_configuration`.
pub const TASKROUTER_WORKSPACE_CONFIGURATION: Managed = Managed {
    object: Object {
        name: "twilio_taskrouter_workspace_configuration",
        noun: "workspace configuration",
        category: Category::Taskrouter,
        api_page: "https://www.twilio.com/docs/taskrouter/api/workspace",
        place: Place::alone(Product::Taskrouter, "/v1/Workspaces/{workspace_sid}"),
        parents: &["workspace_sid"],
        key: Key::None,
        fields: FIELDS,
        codes: &[TASKROUTER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "The default and the timeout activity of a TaskRouter workspace. They are activities of that workspace, which therefore cannot \
          refer to them itself. There is one of it in each workspace, always there. Destroying it leaves both as they are.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
    quirks: &[
        "Twilio does not delete an activity while it is the default or the timeout activity. Where the workspace is destroyed together with one that is named here, set `on_destroy = \"retain\"` in its `twilio_taskrouter_activity`: it goes with the workspace.",
    ],
    omitted: &[
        Omitted {
            parameter: "FriendlyName",
            reason: BELONGS,
        },
        Omitted {
            parameter: "EventCallbackUrl",
            reason: BELONGS,
        },
        Omitted {
            parameter: "EventsFilter",
            reason: BELONGS,
        },
        Omitted {
            parameter: "MultiTaskEnabled",
            reason: BELONGS,
        },
        Omitted {
            parameter: "PrioritizeQueueOrder",
            reason: BELONGS,
        },
    ],
    older_states: older::TASKROUTER_WORKSPACE_CONFIGURATION,
    ..Managed::NEW
};

const BELONGS: &str = "belongs to twilio_taskrouter_workspace";

const FIELDS: &[Field] = &[
    sid("workspace_sid", PathPart, &[Check::Sid("WS")])
        .read_as("sid")
        .doc("SID of the workspace (`WS…`). A change replaces it: the first workspace is left as it is."),
    sid("default_activity_sid", Setting(Keeps), &[Check::Sid("WA")]).doc(
        "SID of the activity that new workers are in (`WA…`). Removing it keeps the activity that the workspace has.",
    ),
    sid("timeout_activity_sid", Setting(Keeps), &[Check::Sid("WA")]).doc(
        "SID of the activity that a worker is put into who did not answer in time (`WA…`). Removing it keeps the activity that the \
         workspace has.",
    ),
];
