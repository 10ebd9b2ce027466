//! A queue of tasks, and the workers who get them. <https://www.twilio.com/docs/taskrouter/api/task-queue>
//!
//! # Quirks
//! - Without `TargetWorkers` a queue is for all workers, and with an empty one for none, as with `1==0`: it is sent always.
//! - The names of the two activities are in responses and left out here: they are the activities' own.

use super::codes::TASKROUTER;
use super::older;
use crate::engine::facts::Absent::{self, Clears, DefaultsTo, Required};
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Field, Filter, Key, List, Literal, Managed, Object, Omitted, Place, Plural, int, sid, text,
    timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::operations::delete::ON_DESTROY;
use crate::twilio::Product;

/// `twilio_taskrouter_task_queue`.
pub const TASKROUTER_TASK_QUEUE: Managed = Managed {
    object: Object {
        name: "twilio_taskrouter_task_queue",
        noun: "task queue",
        plural: Some(Plural {
            name: "twilio_taskrouter_task_queues",
            noun: "task queues",
        }),
        category: Category::Taskrouter,
        api_page: "https://www.twilio.com/docs/taskrouter/api/task-queue",
        place: Place::at(
            Product::Taskrouter,
            "/v1/Workspaces/{workspace_sid}/TaskQueues",
            "/v1/Workspaces/{workspace_sid}/TaskQueues/{sid}",
        ),
        parents: &["workspace_sid"],
        key: Key::Sid("WQ"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[
                Filter::exact(text("friendly_name", Setting(Clears)).doc("Only task queues with exactly this name.")),
                Filter::loose(text("evaluate_worker_attributes", Setting(Clears)).doc(
                    "Only task queues that take a worker of whom this expression is true, for example `skills HAS \"billing\"`.",
                )),
                Filter::loose(
                    sid("worker_sid", Setting(Clears), &[Check::Sid("WK")])
                        .doc("Only task queues that take this worker (`WK…`)."),
                ),
            ],
            omitted: &[Omitted {
                parameter: "Ordering",
                reason: "all of them are listed, in whatever order",
            }],
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[TASKROUTER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A queue of tasks in a TaskRouter workspace, with an expression that says which workers get them.",
    quirks: &[
        "A workspace that is made from the template `FIFO` has a task queue from the start: `adopt_existing = true` takes it over by its name.",
        "Which queue a workflow sends tasks to stands in the workflow: one that is still named there has to be taken out of it first, which Terraform does where the workflow refers to the queue.",
    ],
    stays_while: "Twilio may keep a task queue that has tasks, or that a workflow leads to. Take it out of the workflows and let its \
                  tasks end, or set on_destroy = \"retain\" and apply: then it is only taken out of the state, and goes with \
                  the workspace.",
    older_states: older::TASKROUTER_TASK_QUEUE,
    ..Managed::NEW
};

/// An empty text takes an activity off, as the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio> saw of
/// Twilio (taskrouter: TaskQueue_*).
const NONE: Absent = Absent::ClearedBy(Literal::Text(""));

const FIELDS: &[Field] = &[
    sid("workspace_sid", PathPart, &[Check::Sid("WS")])
        .doc("SID of the workspace (`WS…`). A change replaces the task queue."),
    text("friendly_name", Setting(Required))
        .checks(&[Check::NonEmpty])
        .doc("Name of the task queue, of which a workspace has one. Changes in place."),
    text("target_workers", Setting(DefaultsTo(Literal::Text("1==1"))))
        .checks(&[Check::NonEmpty])
        .doc(
            "Which workers get tasks from it: an expression over their attributes, for example `skills HAS \"billing\"`. `1==0` \
             is nobody. Default: `1==1`, everybody.",
        ),
    int("max_reserved_workers", Setting(DefaultsTo(Literal::Int(1))))
        .checks(&[Check::Range(1, 50)])
        .doc("Most workers to whom one task is offered at once, `1` to `50`. Default: `1`."),
    text("task_order", Setting(DefaultsTo(Literal::Text("FIFO"))))
        .checks(&[Check::OneOf(&["FIFO", "LIFO"])])
        .doc("Which of its tasks comes first, the oldest (`FIFO`) or the newest (`LIFO`). Default: `FIFO`."),
    sid("reservation_activity_sid", Setting(NONE), &[Check::Sid("WA")]).doc(
        "SID of the activity that a worker is put into while a task is offered (`WA…`); for workspaces without multi-tasking.",
    ),
    sid("assignment_activity_sid", Setting(NONE), &[Check::Sid("WA")]).doc(
        "SID of the activity that a worker is put into who takes a task (`WA…`); for workspaces without multi-tasking.",
    ),
    ADOPT_EXISTING,
    ON_DESTROY,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
