//! A change that rides on an update. <https://www.twilio.com/docs/taskrouter/api/workflow>

use terraform_provider_twilio::engine::facts::Absent::{Clears, DefaultsTo, Required};
use terraform_provider_twilio::engine::facts::Role::{OnTheWay, PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Field, Filter, Key, List, Literal, Managed, Object, Place, Plural, boolean, int, json, sid, text, timestamp,
    url,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_workflow`.
pub const WORKFLOW: Managed = Managed {
    object: Object {
        name: "twilio_test_workflow",
        noun: "workflow",
        plural: Some(Plural {
            name: "twilio_test_workflows",
            noun: "workflows",
        }),
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
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Rules by which tasks go to queues.",
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("workspace_sid", PathPart, &[Check::Sid("WS")]).doc("The workspace (`WS…`). A change replaces the workflow."),
    text("friendly_name", Setting(Required)).doc("Name of the workflow."),
    json("configuration", Setting(Required)).doc("The rules."),
    url("assignment_callback_url", Setting(Clears)).doc("URL that Twilio requests when a task is assigned."),
    url("fallback_assignment_callback_url", Setting(Clears))
        .doc("URL that Twilio requests when `assignment_callback_url` fails."),
    int("task_reservation_timeout", Setting(DefaultsTo(Literal::Int(120))))
        .checks(&[Check::Range(1, 86400)])
        .doc("Seconds in which a worker has to answer, `1` to `86400`. Default: `120`."),
    boolean("re_evaluate_tasks", OnTheWay)
        .doc("Whether tasks that wait are looked at again with each change of the workflow."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
