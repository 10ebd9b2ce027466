//! A set that is written and returned as one text with commas, and a schema that has changed: in version 1 its `friendly_name` was
//! called `name`. <https://www.twilio.com/docs/taskrouter/api/workspace>

use terraform_provider_twilio::engine::facts::Absent::{Clears, DefaultsTo, Keeps, Required};
use terraform_provider_twilio::engine::facts::Role::{Later, Setting};
use terraform_provider_twilio::engine::facts::older::Upgrade;
use terraform_provider_twilio::engine::facts::{
    Check, Field, Filter, Key, Kind, List, Literal, Managed, Object, Omitted, Place, Plural, Properties, boolean, set,
    sid, text, timestamp, url,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_workspace`.
pub const WORKSPACE: Managed = Managed {
    object: Object {
        name: "twilio_test_workspace",
        noun: "workspace",
        plural: Some(Plural {
            name: "twilio_test_workspaces",
            noun: "workspaces",
        }),
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
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A workspace.",
    omitted: &[Omitted {
        parameter: "Template",
        reason: "what it makes stands in other tables",
    }],
    versions: &[Upgrade {
        from: 1,
        to: 2,
        convert: name_is_friendly_name,
    }],
    ..Managed::NEW
};

fn name_is_friendly_name(stored: &mut Properties) -> Result<(), &'static str> {
    let name = stored.remove("name").ok_or("has no name")?;
    stored.insert("friendly_name".to_owned(), name);
    Ok(())
}

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)).doc("Name of the workspace."),
    url("event_callback_url", Setting(Clears)).doc("URL that Twilio requests with events."),
    set("events_filter", Setting(Clears), &Kind::Text)
        .comma_separated()
        .doc("Events that are reported; all of them where it is left out."),
    boolean("multi_task_enabled", Setting(DefaultsTo(Literal::Bool(true))))
        .doc("Whether a worker has several tasks. Default: `true`."),
    text("prioritize_queue_order", Setting(DefaultsTo(Literal::Text("FIFO"))))
        .checks(&[Check::OneOf(&["FIFO", "LIFO"])])
        .doc("Order of tasks: `FIFO` or `LIFO`. Default: `FIFO`."),
    sid("default_activity_sid", Later(Keeps), &[Check::Sid("WA")])
        .doc("Activity of new workers (`WA…`). Removing it keeps the activity that the workspace has."),
    sid("timeout_activity_sid", Later(Keeps), &[Check::Sid("WA")])
        .doc("Activity of workers that do not answer (`WA…`). Removing it keeps the activity that the workspace has."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
