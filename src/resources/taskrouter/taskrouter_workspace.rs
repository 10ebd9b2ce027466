//! A TaskRouter workspace. <https://www.twilio.com/docs/taskrouter/api/workspace>
//!
//! # Quirks
//! - `EventsFilter` is one text with commas, and empty where nothing is left out.
//! - `Template` is in no response, and means something while the workspace is made: a later change of it replaces nothing.
//! - The default and the timeout activity are made in the workspace, which therefore cannot refer to them: they stand in
//!   `twilio_taskrouter_workspace_configuration`, and here they would only move by themselves.

use super::codes::TASKROUTER;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps, Required};
use crate::engine::facts::Role::{Hint, Setting};
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Field, Filter, Key, Kind, List, Literal, Managed, Object, Omitted, Place, Plural, boolean, set,
    text, timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::Product;

/// `twilio_taskrouter_workspace`.
pub const TASKROUTER_WORKSPACE: Managed = Managed {
    object: Object {
        name: "twilio_taskrouter_workspace",
        noun: "TaskRouter workspace",
        plural: Some(Plural {
            name: "twilio_taskrouter_workspaces",
            noun: "TaskRouter workspaces",
        }),
        category: Category::Taskrouter,
        api_page: "https://www.twilio.com/docs/taskrouter/api/workspace",
        place: Place::at(Product::Taskrouter, "/v1/Workspaces", "/v1/Workspaces/{sid}"),
        key: Key::Sid("WS"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[Filter::exact(
                text("friendly_name", Setting(Clears)).doc("Only workspaces with exactly this name."),
            )],
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[TASKROUTER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A TaskRouter workspace: a contact centre with its workers, queues, workflows and tasks. Destroying it destroys all of \
          these, and what Twilio has counted of them; `deletion_protection` refuses that.",
    quirks: &[
        "A new workspace has three activities, `Offline`, `Unavailable` and `Available`, of which the first is its default and its timeout activity until a `twilio_taskrouter_workspace_configuration` says otherwise, and five task channels: `default`, `voice`, `chat`, `sms` and `video`. To manage one of these, write its resource with `adopt_existing = true`. Those that are in no configuration stay as they are, and go with the workspace.",
        "An account with Flex has one workspace of its own, *Flex Task Assignment*: import it, or take it over with `adopt_existing = true`.",
    ],
    omitted: &[
        Omitted {
            parameter: "DefaultActivitySid",
            reason: OF_AN_ACTIVITY,
        },
        Omitted {
            parameter: "TimeoutActivitySid",
            reason: OF_AN_ACTIVITY,
        },
    ],
    older_states: older::TASKROUTER_WORKSPACE,
    write: WriteHooks {
        plan: Some(warn_of_multi_tasking),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const OF_AN_ACTIVITY: &str = "it stands in twilio_taskrouter_workspace_configuration: an activity is made in its workspace, which cannot refer to it";

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the workspace, up to 64 characters. Changes in place."),
    url("event_callback_url", Setting(Clears))
        .doc("URL that Twilio requests with what happens in the workspace. Without it, nothing is reported."),
    set("events_filter", Setting(Clears), &Kind::Text)
        .comma_separated()
        .checks(&[Check::Each(&Check::NonEmpty)])
        .doc("Types of the events that are reported, for example `task.created` or `worker.activity.update`; all of them without it."),
    boolean("multi_task_enabled", Setting(Keeps)).doc(
        "Whether a worker can have several tasks at once, as each new workspace lets them. Twilio does not take it back: once it is \
         `true` it stays so. Removing it keeps what the workspace has.",
    ),
    text("prioritize_queue_order", Setting(DefaultsTo(Literal::Text("FIFO"))))
        .checks(&[Check::OneOf(&["FIFO", "LIFO"])])
        .doc("Which kind of queues comes first for a worker who could have tasks from both, `FIFO` or `LIFO`. Default: `FIFO`."),
    text("template", Hint).checks(&[Check::Known(&["NONE", "FIFO"])]).doc(
        "What a new workspace begins with: `FIFO` brings a task queue for everything and a workflow that leads to it; `NONE`, as \
         without it, brings neither. A later change does nothing.",
    ),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// What cannot be taken back is said before it is done.
fn warn_of_multi_tasking(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let was = planning.prior.attr("multi_task_enabled").as_bool();
        let is = planning.planned.attr("multi_task_enabled").as_bool();
        if (was, is) == (Some(false), Some(true)) {
            planning.warnings.add(
                Diagnostic::warning(
                    "Multi-tasking cannot be switched off again",
                    "From this apply on the workers of the workspace can have several tasks at once. Twilio does not take it \
                     back, unless the account has another workspace without it. Take the argument out to leave the workspace \
                     as it is.",
                )
                .at_attribute("multi_task_enabled"),
            );
        }
        if (was, is) == (Some(true), Some(false)) {
            planning.warnings.add(
                Diagnostic::warning(
                    "Twilio may refuse to switch multi-tasking off",
                    "The workers of the workspace can have several tasks at once. Twilio takes that back only in an account that has \
                     another workspace without it, and never in one with Flex. Take the argument out to leave the workspace as it is.",
                )
                .at_attribute("multi_task_enabled"),
            );
        }
        Ok(())
    })
}
