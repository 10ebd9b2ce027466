//! A state that workers can be in. <https://www.twilio.com/docs/taskrouter/api/activity>

use super::codes::TASKROUTER;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
use crate::engine::facts::Role::{Fixed, PathPart, Setting};
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Deviation, Field, Filter, Key, List, Literal, Managed, Norm, Object, Place, Plural, boolean, sid,
    text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::operations::delete::ON_DESTROY;
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::Product;

/// `twilio_taskrouter_activity`.
pub const TASKROUTER_ACTIVITY: Managed = Managed {
    object: Object {
        name: "twilio_taskrouter_activity",
        noun: "activity",
        plural: Some(Plural {
            name: "twilio_taskrouter_activities",
            noun: "activities",
        }),
        category: Category::Taskrouter,
        api_page: "https://www.twilio.com/docs/taskrouter/api/activity",
        place: Place::at(
            Product::Taskrouter,
            "/v1/Workspaces/{workspace_sid}/Activities",
            "/v1/Workspaces/{workspace_sid}/Activities/{sid}",
        ),
        parents: &["workspace_sid"],
        key: Key::Sid("WA"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[
                Filter::exact(text("friendly_name", Setting(Clears)).doc("Only activities with exactly this name.")),
                Filter::exact(
                    boolean("available", Setting(Clears))
                        .doc("`true` for those in which workers get tasks, `false` for the others."),
                ),
            ],
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
    doc: "A state that the workers of a TaskRouter workspace can be in, as on a call, at lunch or off duty.",
    quirks: &[
        "Each workspace has `Offline`, `Unavailable` and `Available` from the start. To manage one of them, set `adopt_existing = true`; a plan that makes a second one of such a name warns.",
        "Twilio does not delete the default and the timeout activity of a workspace. Where the workspace goes together with them, set `on_destroy = \"retain\"`.",
    ],
    stays_while: "Twilio keeps an activity that is the default or the timeout activity of its workspace, and may keep one that a \
                  worker is in or a queue names. Choose others there first \
                  (twilio_taskrouter_workspace_configuration, activity_sid of the workers), or set on_destroy = \"retain\" \
                  and apply: then it is only taken out of the state, and goes with the workspace.",
    older_states: older::TASKROUTER_ACTIVITY,
    write: WriteHooks {
        plan: Some(warn_of_a_second_one),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("workspace_sid", PathPart, &[Check::Sid("WS")])
        .doc("SID of the workspace (`WS…`). A change replaces the activity."),
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the activity, up to 64 characters. Twilio counts the times of workers by it. Changes in place."),
    boolean("available", Fixed(DefaultsTo(Literal::Bool(false)))).doc(
        "Whether workers get tasks while they are in it. Default: `false`. Twilio cannot change it: a change replaces the activity.",
    ),
    ADOPT_EXISTING,
    ON_DESTROY,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// What a workspace has from the start.
const THERE_ALREADY: &[&str] = &["Offline", "Unavailable", "Available"];

/// One that a workspace has from the start is hardly meant to be made a second time.
fn warn_of_a_second_one(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let name = planning.config.attr("friendly_name").as_str();
        let is_there = THERE_ALREADY.iter().find(|there| name == Some(**there));
        let adopts = planning.config.attr("adopt_existing");
        let is_made = planning.prior.is_null() && !adopts.is_unknown() && adopts.as_bool() != Some(true);
        if let Some(name) = is_there.filter(|_| is_made) {
            planning.warnings.add(
                Diagnostic::warning(
                    format!("A workspace has an activity {name} from the start"),
                    format!(
                        "This plan makes another one of that name, or Twilio refuses it. Set adopt_existing = true to manage \
                         the one that the workspace has, or choose another name than {name}."
                    ),
                )
                .at_attribute("friendly_name"),
            );
        }
        Ok(())
    })
}
