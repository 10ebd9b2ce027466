//! The rules of a workflow as attributes, and how they become the JSON text that Twilio has, and come out of it.
//! <https://www.twilio.com/docs/taskrouter/workflow-configuration>

use serde_json::{Value as Json, json};

use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{Check, Field, Kind, Presence, Spelling, int, object, objects, sid, text};
use crate::engine::values::parameters::to_json;
use crate::framework::value::Value;

/// The one member of the JSON.
pub(super) const TASK_ROUTING: &str = "task_routing";

/// What is in it.
pub(super) const ROUTING: &[Field] = &[
    objects("filters", Setting(Clears), FILTER)
        .doc("The rules: the first whose `expression` is true of a task counts."),
    object("default_filter", Setting(Clears), DEFAULT)
        .doc("Where tasks go of which no rule is true. Without it they reach no queue."),
];

const FILTER: &[Field] = &[
    text("filter_friendly_name", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("Name of the rule."),
    text("expression", Setting(Required))
        .checks(&[Check::NonEmpty])
        .doc("Of which tasks it is: an expression over their attributes, for example `language == \"de\"`."),
    objects("targets", Setting(Required), TARGET)
        .doc("The steps that such a task goes through, one after another, until a worker takes it."),
];

const TARGET: &[Field] = &[
    sid("queue", Setting(Clears), &[Check::Sid("WQ")])
        .doc("SID of the task queue (`WQ…`). Without it the task stays in the queue of the step before."),
    EXPRESSION,
    PRIORITY,
    int("timeout", Setting(Clears)).doc("Seconds after which the task goes on to the next step. Without it, it stays."),
    text("order_by", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("Which of the workers comes first, for example `worker.level DESC`."),
    SKIP_IF,
    text("known_worker_sid", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("Expression that gives the SID of the one worker who gets the task, for example `task.agent_sid`."),
    text("known_worker_friendly_name", Setting(Clears))
        .checks(&[Check::NonEmpty])
        .doc("Expression that gives the name of the one worker who gets the task, for example `task.agent_name`."),
];

const DEFAULT: &[Field] = &[
    sid("queue", Setting(Required), &[Check::Sid("WQ")]).doc("SID of the task queue (`WQ…`)."),
    EXPRESSION,
    PRIORITY,
    SKIP_IF,
];

const EXPRESSION: Field = text("expression", Setting(Clears))
    .checks(&[Check::NonEmpty])
    .doc("Which of the queue's workers get the task, for example `worker.languages HAS task.language`.");

const PRIORITY: Field =
    int("priority", Setting(Clears)).doc("Priority that the task has from here on: the higher comes first.");

const SKIP_IF: Field = text("skip_if", Setting(Clears))
    .checks(&[Check::NonEmpty])
    .doc("When the step is left out at once, for example `workers.available == 0`.");

/// The text that Twilio gets for the attributes.
pub(super) fn written(routing: &Value) -> String {
    let mut rules = to_json(Kind::Object(ROUTING), Spelling::Snake, routing);
    if let Json::Object(rules) = &mut rules {
        // Each of Twilio's examples has it, be it empty.
        rules.entry("filters").or_insert_with(|| json!([]));
    }
    json!({ TASK_ROUTING: rules }).to_string()
}

/// What of a configuration the attributes can say; `None` where they cannot say all of it.
pub(super) fn read(configuration: &Json) -> Option<Json> {
    let parsed = match configuration {
        Json::String(text) => serde_json::from_str(text).ok()?,
        other => other.clone(),
    };
    let Json::Object(mut members) = parsed else {
        return None;
    };
    let rules = members.remove(TASK_ROUTING)?;
    (members.is_empty() && says_all(Kind::Object(ROUTING), &rules)).then_some(rules)
}

/// Whether a configuration says what the attributes say.
pub(super) fn says(routing: &Value, configuration: &str) -> bool {
    let comparable = |text: &str| read(&text.into()).map(|rules| bare(Kind::Object(ROUTING), rules));
    comparable(&written(routing)).is_some_and(|rules| comparable(configuration) == Some(rules))
}

/// Without what says nothing: what is null, an empty list of rules, and numbers in quotes.
fn bare(kind: Kind, value: Json) -> Json {
    match (kind, value) {
        (Kind::Int, Json::String(text)) => text.parse::<i64>().map_or(Json::String(text), Json::from),
        (Kind::Object(fields), Json::Object(members)) => {
            let said = members
                .into_iter()
                .filter(|(_, member)| !member.is_null() && *member != json!([]));
            let kind_of = |name: &str| fields.iter().find(|field| field.name == name).map(|field| field.kind);
            said.map(|(name, member)| match kind_of(&name) {
                Some(kind) => (name, bare(kind, member)),
                None => (name, member),
            })
            .collect()
        }
        (Kind::Objects(fields), Json::Array(items)) => {
            items.into_iter().map(|item| bare(Kind::Object(fields), item)).collect()
        }
        (_, value) => value,
    }
}

/// Whether a value of this kind is all that there is.
fn says_all(kind: Kind, value: &Json) -> bool {
    match (kind, value) {
        (Kind::Text, Json::String(text)) => !text.is_empty(),
        (Kind::Int, Json::Number(number)) => number.is_i64(),
        (Kind::Int, Json::String(text)) => text.parse::<i64>().is_ok(),
        (Kind::Object(fields), Json::Object(members)) => {
            let is_known = |name: &String| fields.iter().any(|field| field.name == *name);
            members.keys().all(is_known)
                && fields.iter().all(|field| match members.get(field.name) {
                    None | Some(Json::Null) => field.presence() != Presence::Required,
                    Some(member) => says_all(field.kind, member),
                })
        }
        (Kind::Objects(fields), Json::Array(items)) => items.iter().all(|item| says_all(Kind::Object(fields), item)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUEUE: &str = "WQ0123456789abcdef0123456789abcdef";

    #[test]
    fn what_the_attributes_say_is_what_twilio_gets() {
        let target = Value::object([
            ("queue", QUEUE.into()),
            ("timeout", Value::int(30)),
            ("priority", Value::int(5)),
            ("expression", Value::Null),
        ]);
        let filter = Value::object([
            ("expression", "language == \"de\"".into()),
            ("targets", Value::List(vec![target])),
        ]);
        let routing = Value::object([
            ("filters", Value::List(vec![filter])),
            ("default_filter", Value::object([("queue", QUEUE.into())])),
        ]);
        let expected = json!({"task_routing": {
            "filters": [{
                "expression": "language == \"de\"",
                "targets": [{"queue": QUEUE, "timeout": 30, "priority": 5}],
            }],
            "default_filter": {"queue": QUEUE},
        }});
        let text = written(&routing);
        assert_eq!(serde_json::from_str::<Json>(&text).ok(), Some(expected.clone()));
        assert_eq!(read(&text.into()).as_ref(), Some(&expected["task_routing"]));
        // A workflow with a default alone has an empty list of rules.
        let alone = Value::object([("default_filter", Value::object([("queue", QUEUE.into())]))]);
        assert_eq!(
            serde_json::from_str::<Json>(&written(&alone)).ok(),
            Some(json!({"task_routing": {"filters": [], "default_filter": {"queue": QUEUE}}}))
        );
    }

    #[test]
    fn the_two_forms_are_compared_by_what_they_say() {
        let default = Value::object([("queue", QUEUE.into()), ("priority", Value::int(5))]);
        let routing = Value::object([("default_filter", default)]);
        let with = |default: Json| json!({"task_routing": {"filters": [], "default_filter": default}}).to_string();
        assert!(says(&routing, &with(json!({"queue": QUEUE, "priority": 5}))));
        assert!(says(
            &routing,
            &with(json!({"priority": "5", "queue": QUEUE, "skip_if": null}))
        ));
        assert!(!says(&routing, &with(json!({"queue": QUEUE, "priority": 6}))));
        assert!(!says(&routing, &with(json!({"queue": QUEUE}))));
        assert!(!says(
            &routing,
            &with(json!({"queue": QUEUE, "priority": 5, "colour": "red"}))
        ));
        assert!(!says(&routing, "no JSON"));
    }

    #[test]
    fn what_the_attributes_cannot_say_is_not_read_in_part() {
        let default = json!({"queue": QUEUE});
        for said in [
            json!({"filters": [], "default_filter": default}),
            json!({"default_filter": default}),
            json!({"filters": null, "default_filter": default}),
            json!({"filters": [{"expression": "1==1", "targets": [{"queue": QUEUE, "priority": "5"}]}]}),
            json!({}),
        ] {
            let configuration = json!({ "task_routing": said });
            assert_eq!(read(&configuration), Some(said.clone()), "{said}");
            assert_eq!(read(&configuration.to_string().into()), Some(said));
        }
        let filter = |filter: Json| json!({"task_routing": {"filters": [filter]}});
        for not_said in [
            json!({"task_routing": {"default_filter": default}, "version": 2}),
            json!({"task_routing": {"default_filter": {"queue": QUEUE, "colour": "red"}}}),
            json!({"task_routing": {"default_filter": {}}}),
            filter(json!({"friendly_name": "old", "expression": "1==1", "targets": []})),
            filter(json!({"expression": "1==1"})),
            filter(json!({"expression": "", "targets": []})),
            filter(json!({"expression": "1==1", "targets": [{"priority": "task.priority"}]})),
            filter(json!({"expression": "1==1", "targets": [{"priority": 1.5}]})),
            filter(json!({"expression": "1==1", "targets": "all"})),
            json!({"routing": {}}),
            json!([]),
            json!("no JSON"),
            Json::Null,
        ] {
            assert_eq!(read(&not_said), None, "{not_said}");
        }
    }
}
