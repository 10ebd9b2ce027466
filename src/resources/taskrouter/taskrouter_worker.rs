//! Somebody, or something, that takes tasks. <https://www.twilio.com/docs/taskrouter/api/worker>
//!
//! # Quirks
//! - A worker changes its activity all day. So the table takes it for something that Twilio never returns: what is configured is sent
//!   when it is first set and when it changes, and where the worker is meanwhile shows in no plan. `activity_name`, `available` and
//!   `date_status_changed` are left out for the same reason.

use super::codes::TASKROUTER;
use super::older;
use crate::engine::facts::Absent::{ClearedBy, Clears, Keeps, Required};
use crate::engine::facts::Role::{OnTheWay, PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Deviation, Field, Filter, Key, List, Literal, Managed, Norm, Object, Omitted, Place, Plural,
    boolean, json, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_taskrouter_worker`.
pub const TASKROUTER_WORKER: Managed = Managed {
    object: Object {
        name: "twilio_taskrouter_worker",
        noun: "worker",
        plural: Some(Plural {
            name: "twilio_taskrouter_workers",
            noun: "workers",
        }),
        category: Category::Taskrouter,
        api_page: "https://www.twilio.com/docs/taskrouter/api/worker",
        place: Place::at(
            Product::Taskrouter,
            "/v1/Workspaces/{workspace_sid}/Workers",
            "/v1/Workspaces/{workspace_sid}/Workers/{sid}",
        ),
        parents: &["workspace_sid"],
        key: Key::Sid("WK"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[
                Filter::exact(text("friendly_name", Setting(Clears)).doc("Only workers with exactly this name.")),
                Filter::loose(
                    text("activity_name", Setting(Clears)).doc("Only workers who are in the activity of this name."),
                ),
                Filter::loose(
                    sid("activity_sid", Setting(Clears), &[Check::Sid("WA")])
                        .doc("Only workers who are in this activity (`WA…`)."),
                ),
                Filter::loose(
                    boolean("available", Setting(Clears))
                        .doc("`true` for workers who get tasks at the moment, `false` for the others."),
                ),
                Filter::loose(
                    text("target_workers_expression", Setting(Clears))
                        .doc("Only workers of whom this expression is true, for example `skills HAS \"billing\"`."),
                ),
                Filter::loose(
                    text("task_queue_name", Setting(Clears))
                        .doc("Only workers who get tasks from the queue of this name."),
                ),
                Filter::loose(
                    sid("task_queue_sid", Setting(Clears), &[Check::Sid("WQ")])
                        .doc("Only workers who get tasks from this queue (`WQ…`)."),
                ),
            ],
            omitted: &[Omitted {
                parameter: "Ordering",
                reason: "all of them are listed, in whatever order",
            }],
            ..List::WHOLE
        },
        deviations: &[Deviation {
            from: Norm::Filters,
            name: "Available",
            reason: "published as a text, and documented as true or false",
        }],
        fields: FIELDS,
        codes: &[TASKROUTER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A worker of a TaskRouter workspace: somebody, or a machine, that takes tasks. How many of each kind it takes at once stands \
          in its `twilio_taskrouter_worker_channel`s.",
    quirks: &[
        "In which activity a worker is does not show: it changes by itself all day. The data source `twilio_taskrouter_workers` finds workers by their activity.",
        "Flex writes attributes of its workers when they sign in. Leave those workers to Flex, or list `attributes` in `ignore_changes`.",
    ],
    stays_while: "Twilio may keep a worker who is available for tasks, or who has some. Set activity_sid to an activity that is not \
                  available, apply, and run this again when its tasks have ended.",
    older_states: older::TASKROUTER_WORKER,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("workspace_sid", PathPart, &[Check::Sid("WS")])
        .doc("SID of the workspace (`WS…`). A change replaces the worker."),
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the worker, up to 64 characters. Changes in place."),
    json("attributes", Setting(ClearedBy(Literal::EmptyObject))).doc(
        "What is known of the worker, as JSON object: the expressions of queues and workflows read it. `contact_uri` is whom a call is \
         connected to. An update replaces all of it. Without it, it is empty.",
    ),
    sid("activity_sid", Setting(Keeps), &[Check::Sid("WA")])
        .never_returned()
        .doc(
            "SID of the activity that the worker is put into when it is made, and again when this changes (`WA…`). Without it a new \
             worker is in the default activity of the workspace. The worker goes on to others by itself, which no plan shows. \
             Removing it keeps the activity that the worker is in.",
        ),
    boolean("reject_pending_reservations", OnTheWay).doc(
        "Whether a change of the worker takes the tasks away that it is offered at the moment. Sent with each change, and no reason \
         for one.",
    ),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
