//! The rules by which tasks reach workers. <https://www.twilio.com/docs/taskrouter/api/workflow>
//!
//! # Quirks
//! - `Configuration` is one JSON text. It can be written as such, or as attributes, which are in [`super::routing`]. The state has what
//!   is configured, and both after an import; a configuration that somebody else wrote, and that the attributes cannot say, is there
//!   as JSON.
//! - `document_content_type` is left out: it is empty.

use serde_json::Value as Json;

use super::codes::TASKROUTER;
use super::older;
use super::routing::{self, ROUTING, TASK_ROUTING};
use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps, Required};
use crate::engine::facts::Role::{OnTheWay, PathPart, Setting};
use crate::engine::facts::hooks::{Fault, Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Deviation, Field, Filter, Intent, Key, List, Literal, Managed, Norm, Object, Parameters, Place,
    Plural, Properties, Rule, boolean, int, json, object, sid, text, timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::operations::delete::ON_DESTROY;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::reason::Reason;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_taskrouter_workflow`.
pub const TASKROUTER_WORKFLOW: Managed = Managed {
    object: Object {
        name: "twilio_taskrouter_workflow",
        noun: "workflow",
        plural: Some(Plural {
            name: "twilio_taskrouter_workflows",
            noun: "workflows",
        }),
        category: Category::Taskrouter,
        api_page: "https://www.twilio.com/docs/taskrouter/api/workflow",
        place: Place::at(
            Product::Taskrouter,
            "/v1/Workspaces/{workspace_sid}/Workflows",
            "/v1/Workspaces/{workspace_sid}/Workflows/{sid}",
        ),
        parents: &["workspace_sid"],
        key: Key::Sid("WW"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[Filter::exact(
                text("friendly_name", Setting(Clears)).doc("Only workflows with exactly this name."),
            )],
            ..List::WHOLE
        },
        deviations: &[
            Deviation {
                from: Norm::Responses,
                name: TASK_ROUTING,
                reason: "the decode hook makes it of the configuration",
            },
            Deviation {
                from: Norm::ListItems,
                name: TASK_ROUTING,
                reason: "the decode hook makes it of the configuration",
            },
            Deviation {
                from: Norm::Demands,
                name: "Configuration",
                reason: "a rule demands one of the two attributes that are written as it",
            },
        ],
        fields: FIELDS,
        codes: &[TASKROUTER],
        read: ReadHooks {
            decode: Some(in_the_configured_form),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "The rules by which the tasks of a TaskRouter workspace reach queues, and so workers. They are written as attributes in \
          `task_routing`, or as Twilio's JSON in `configuration`.",
    quirks: &[
        "A change of the rules counts for tasks that come later. `re_evaluate_tasks` applies it to those that wait, too.",
        "A workspace that is made from the template `FIFO` has a workflow from the start: `adopt_existing = true` takes it over by its name.",
    ],
    stays_while: "Twilio may keep a workflow that has tasks. Let its tasks end, or set on_destroy = \"retain\" and apply: then it \
                  is only taken out of the state, and goes with the workspace.",
    rules: &[Rule::AtLeastOneOf(&[TASK_ROUTING, CONFIGURATION])],
    older_states: older::TASKROUTER_WORKFLOW,
    write: WriteHooks {
        plan: Some(plan_the_configured_form),
        encode: Some(write_one_configuration),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const CONFIGURATION: &str = "configuration";

const FIELDS: &[Field] = &[
    sid("workspace_sid", PathPart, &[Check::Sid("WS")])
        .doc("SID of the workspace (`WS…`). A change replaces the workflow."),
    text("friendly_name", Setting(Required))
        .checks(&[Check::NonEmpty])
        .doc("Name of the workflow. Changes in place."),
    object(TASK_ROUTING, Setting(Keeps), ROUTING)
        .as_json_text()
        .written_as("Configuration")
        .doc(
            "The rules, in place of `configuration`: one of the two must be there, and both may as long as they say the same. Removing it keeps nothing of it: `configuration` counts \
             then. After an import the state has both, where these attributes can say all that Twilio has.",
        ),
    json(CONFIGURATION, Setting(Keeps))
        .checks(&[Check::Json, Check::Custom(has_task_routing)])
        .doc(
            "The rules as Twilio's JSON with `task_routing` in it, in place of the argument of that name: what it can say, and anything \
             newer. Write it with `jsonencode` or `templatefile`. It compares as JSON: spaces and the order of names are no change. Removing \
             it keeps nothing of it: `task_routing` counts then.",
        ),
    url("assignment_callback_url", Setting(Clears))
        .doc("URL that Twilio requests when a task is offered to a worker, and that answers with an instruction."),
    url("fallback_assignment_callback_url", Setting(Clears))
        .doc("URL that Twilio requests when `assignment_callback_url` fails."),
    int("task_reservation_timeout", Setting(DefaultsTo(Literal::Int(120))))
        .checks(&[Check::Range(1, 86_400)])
        .doc("Seconds in which a worker has to answer, `1` to `86400`. Default: `120`."),
    boolean("re_evaluate_tasks", OnTheWay).doc(
        "Whether a change of the workflow is applied to the tasks that wait in it. Sent with each change, and no reason for one.",
    ),
    ADOPT_EXISTING,
    ON_DESTROY,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

fn has_task_routing(text: &str) -> Result<(), Reason> {
    match serde_json::from_str::<Json>(text) {
        // That it is none is said by another check.
        Err(_) => Ok(()),
        Ok(configuration) if configuration.get(TASK_ROUTING).is_some_and(Json::is_object) => Ok(()),
        Ok(_) => Err(
            "It has no task_routing. Write { task_routing = { filters = [ … ], default_filter = { queue = … } } }."
                .into(),
        ),
    }
}

/// What is not configured is as it was, as long as the form that is does not change; then it is left to that.
fn plan_the_configured_form(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        if planning.planned.is_null() {
            return Ok(());
        }
        let config = planning.config;
        let (own, other) = match (config.attr(TASK_ROUTING), config.attr(CONFIGURATION)) {
            (Value::Null, _) => (CONFIGURATION, TASK_ROUTING),
            (_, Value::Null) => (TASK_ROUTING, CONFIGURATION),
            (routing, configuration) => return agree(routing, configuration).map_err(Fault::from),
        };
        let is_same = !planning.prior.is_null() && planning.planned.attr(own) == planning.prior.attr(own);
        let other_value = match is_same {
            true => planning.prior.attr(other).clone(),
            false => Value::Null,
        };
        planning.planned.set_attr(other, other_value);
        Ok(())
    })
}

/// Both forms may stand side by side while they say the same, as in a configuration that Terraform has generated.
fn agree(routing: &Value, configuration: &Value) -> Result<(), Diagnostic> {
    let Some(configuration) = configuration.as_str().filter(|_| routing.is_wholly_known()) else {
        return Ok(());
    };
    match routing::says(routing, configuration) {
        true => Ok(()),
        false => Err(Diagnostic::error(
            "The workflow has two sets of rules",
            "task_routing and configuration are two ways to write the rules of the workflow, and here they differ. Nothing was \
             changed. Take one of the two out.",
        )
        .at_attribute(CONFIGURATION)),
    }
}

/// Both forms are one parameter.
fn write_one_configuration(intent: &Intent<'_>, parameters: &mut Parameters) {
    if parameters.remove("Configuration").is_none() {
        return;
    }
    let planned = intent.planned;
    match planned.attr(TASK_ROUTING) {
        Value::Null => parameters.set("Configuration", planned.attr(CONFIGURATION).as_str()),
        routing => parameters.set("Configuration", routing::written(routing)),
    }
}

/// Brings what Twilio has into the form in which `base` has it: JSON, attributes, or both where nothing is known yet.
fn in_the_configured_form(answer: &mut Properties, base: &Value) {
    let has = |name: &str| base.attr(name).is_known() && !base.attr(name).is_null();
    let (has_routing, has_json) = (has(TASK_ROUTING), has(CONFIGURATION));
    if has_json && !has_routing {
        return;
    }
    let Some(returned) = answer.get(CONFIGURATION) else {
        return;
    };
    match routing::read(returned) {
        Some(routing) => {
            answer.insert(TASK_ROUTING.to_owned(), routing);
            if has_routing && !has_json {
                answer.remove(CONFIGURATION);
            }
        }
        None => {
            answer.insert(TASK_ROUTING.to_owned(), Json::Null);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Operation;

    const QUEUE: &str = "WQ0123456789abcdef0123456789abcdef";

    fn routing() -> Value {
        Value::object([("default_filter", Value::object([("queue", QUEUE.into())]))])
    }

    fn text() -> String {
        json!({"task_routing": {"filters": [], "default_filter": {"queue": QUEUE}}}).to_string()
    }

    fn workflow(routing: Value, configuration: Value) -> Value {
        Value::object([(TASK_ROUTING, routing), (CONFIGURATION, configuration)])
    }

    #[test]
    fn one_parameter_is_sent_for_whichever_form_is_configured() {
        let sent = |prior: Value, planned: Value| {
            let intent = Intent {
                resource: &TASKROUTER_WORKFLOW,
                operation: Operation::Update,
                prior: &prior,
                planned: &planned,
                config: &planned,
            };
            let mut parameters = crate::engine::values::parameters::parameters(intent);
            write_one_configuration(&intent, &mut parameters);
            let sent = parameters
                .value("Configuration")
                .and_then(Json::as_str)
                .map(str::to_owned);
            assert!(parameters.names().all(|name| name == "Configuration"), "{parameters:?}");
            sent.map(|text| serde_json::from_str::<Json>(&text).expect("JSON"))
        };
        let same = serde_json::from_str::<Json>(&text()).ok();
        let other = r#"{"task_routing":{"filters":[]}}"#;
        let as_json = || workflow(Value::Null, other.into());
        assert_eq!(sent(as_json(), workflow(routing(), Value::Null)), same);
        assert_eq!(
            sent(workflow(routing(), Value::Null), as_json()),
            serde_json::from_str(other).ok()
        );
        assert_eq!(
            sent(workflow(routing(), text().into()), as_json()),
            serde_json::from_str(other).ok()
        );
        assert_eq!(sent(as_json(), as_json()), None);
    }

    #[test]
    fn what_is_read_is_in_the_form_that_is_configured() {
        let read = |configuration: &str, base: Value| {
            let mut answer = Properties::new();
            answer.insert(CONFIGURATION.to_owned(), configuration.into());
            in_the_configured_form(&mut answer, &base);
            (
                answer.contains_key(CONFIGURATION),
                answer.get(TASK_ROUTING).map(|routing| !routing.is_null()),
            )
        };
        let (text, newer) = (text(), r#"{"task_routing":{"filters":[],"colour":"red"}}"#);
        let as_json = || workflow(Value::Null, r#"{"task_routing":{}}"#.into());
        let as_attributes = || workflow(routing(), Value::Null);
        assert_eq!(read(&text, as_json()), (true, None));
        assert_eq!(read(newer, as_json()), (true, None));
        assert_eq!(read(&text, as_attributes()), (false, Some(true)));
        assert_eq!(read(newer, as_attributes()), (true, Some(false)), "it is not hidden");
        assert_eq!(read(&text, Value::Null), (true, Some(true)), "an import, a data source");
        assert_eq!(read(newer, Value::Null), (true, Some(false)));
    }

    #[test]
    fn a_configuration_has_rules() {
        for right in [r#"{"task_routing":{}}"#, "no JSON"] {
            assert!(has_task_routing(right).is_ok(), "{right}");
        }
        for wrong in ["{}", "[]", r#"{"task_routing":[]}"#, r#"{"filters":[]}"#] {
            assert!(has_task_routing(wrong).is_err(), "{wrong}");
        }
    }
}
