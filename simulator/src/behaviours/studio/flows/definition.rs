//! Judging a flow definition: form, widget types, names, and where transitions lead.
//! <https://www.twilio.com/docs/studio/rest-api/v2/schemas>
//!
//! Of a widget's properties only those are checked without which it cannot be saved.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// Most widgets of a flow.
const MOST_STATES: usize = 1000;

/// Widget types and the properties that each needs.
/// <https://www.twilio.com/docs/studio/widget-library>
const WIDGETS: &[(&str, &[&str])] = &[
    ("add-twiml-redirect", &["url"]),
    ("capture-payments", &[]),
    ("connect-call-to", &["noun"]),
    ("connect-virtual-agent", &["connector"]),
    ("connect-virtual-agent-v2", &[]),
    ("enqueue-call", &[]),
    ("fork-stream", &[]),
    ("gather-input-on-call", &[]),
    ("make-http-request", &["url"]),
    ("make-outgoing-call-v1", &["from", "to"]),
    ("make-outgoing-call-v2", &["from", "to"]),
    ("record-call", &[]),
    ("record-voicemail", &[]),
    ("run-function", &["url"]),
    ("run-subflow", &[]),
    ("say-play", &[]),
    ("send-and-wait-for-reply", &["from"]),
    ("send-message", &["from"]),
    ("send-to-autopilot", &[]),
    ("send-to-flex", &["workflow", "channel"]),
    ("set-variables", &[]),
    ("split-based-on", &["input"]),
    ("trigger", &[]),
];

/// One fault of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where it is, for example `#/states/1/transitions/0/next`.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(Fault {
            path: path.into(),
            message: message.into(),
        });
    }

    /// Names that an object may not have.
    fn unknown(&mut self, path: &str, members: &Map<String, Value>, known: &[&str]) {
        for name in members.keys().filter(|name| !known.contains(&name.as_str())) {
            self.add(
                format!("{path}/{name}"),
                "object instance has properties which are not allowed by the schema",
            );
        }
    }

    /// A text that must be there and may not be empty.
    fn text<'v>(&mut self, path: &str, members: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
        match members.get(name) {
            Some(Value::String(text)) if !text.is_empty() => return Some(text),
            Some(Value::String(_)) => self.add(format!("{path}/{name}"), "string is too short"),
            Some(_) => self.add(
                format!("{path}/{name}"),
                "instance type does not match any allowed primitive type",
            ),
            None => self.add(path, format!("object has missing required property {name}")),
        }
        None
    }
}

/// All faults of a definition; none if Twilio would save it.
pub(super) fn errors(definition: &Value) -> Vec<Fault> {
    let mut faults = Faults(Vec::new());
    match definition.as_object() {
        Some(members) => flow(&mut faults, members),
        None => faults.add("#", "a flow definition is a JSON object"),
    }
    faults.0
}

fn flow(faults: &mut Faults, members: &Map<String, Value>) {
    faults.unknown(
        "#",
        members,
        &["$schema", "description", "flags", "initial_state", "states"],
    );
    if members
        .get("description")
        .is_some_and(|description| !description.is_string())
    {
        faults.add(
            "#/description",
            "instance type does not match any allowed primitive type",
        );
    }
    flags(faults, members.get("flags"));
    let states = match members.get("states") {
        Some(Value::Array(states)) if states.is_empty() => {
            faults.add("#/states", "array is too short");
            states.as_slice()
        }
        Some(Value::Array(states)) if states.len() > MOST_STATES => {
            faults.add("#/states", "array is too long");
            states.as_slice()
        }
        Some(Value::Array(states)) => states.as_slice(),
        Some(_) => {
            faults.add("#/states", "instance type does not match any allowed primitive type");
            &[]
        }
        None => {
            faults.add("#", "object has missing required property states");
            &[]
        }
    };
    let names: HashSet<&str> = states.iter().filter_map(|state| state.get("name")?.as_str()).collect();
    let mut seen = HashSet::new();
    for (index, widget) in states.iter().enumerate() {
        let path = format!("#/states/{index}");
        let Some(widget) = widget.as_object() else {
            faults.add(path, "instance type does not match any allowed primitive type");
            continue;
        };
        state(faults, &path, widget, &names);
        if let Some(name) = widget.get("name").and_then(Value::as_str)
            && !seen.insert(name)
        {
            faults.add(format!("{path}/name"), format!("widget name {name} is not unique"));
        }
    }
    if let Some(initial) = faults.text("#", members, "initial_state")
        && !names.contains(initial)
    {
        faults.add("#/initial_state", format!("initial state {initial} does not exist"));
    }
}

fn flags(faults: &mut Faults, flags: Option<&Value>) {
    match flags {
        None => {}
        Some(Value::Object(members)) => {
            faults.unknown("#/flags", members, &["allow_concurrent_calls"]);
            if !members.get("allow_concurrent_calls").is_some_and(Value::is_boolean) {
                faults.add("#/flags", "allow_concurrent_calls must be true or false");
            }
        }
        Some(_) => faults.add("#/flags", "instance type does not match any allowed primitive type"),
    }
}

fn state(faults: &mut Faults, path: &str, widget: &Map<String, Value>, names: &HashSet<&str>) {
    faults.unknown(path, widget, &["name", "type", "properties", "transitions"]);
    faults.text(path, widget, "name");
    let kind = faults.text(path, widget, "type").unwrap_or_default();
    let needed = WIDGETS
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, needed)| *needed);
    if needed.is_none() && !kind.is_empty() {
        faults.add(format!("{path}/type"), format!("there is no widget of type {kind}"));
    }
    match widget.get("properties") {
        Some(Value::Object(properties)) => {
            for name in needed
                .unwrap_or_default()
                .iter()
                .filter(|name| !properties.contains_key(**name))
            {
                faults.add(
                    format!("{path}/properties"),
                    format!("object has missing required property {name}"),
                );
            }
        }
        Some(_) => faults.add(
            format!("{path}/properties"),
            "instance type does not match any allowed primitive type",
        ),
        None if kind == "trigger" => {}
        None => faults.add(path, "object has missing required property properties"),
    }
    let Some(Value::Array(transitions)) = widget.get("transitions") else {
        faults.add(path, "object has missing required property transitions");
        return;
    };
    for (index, transition) in transitions.iter().enumerate() {
        let path = format!("{path}/transitions/{index}");
        let Some(transition) = transition.as_object() else {
            faults.add(path, "instance type does not match any allowed primitive type");
            continue;
        };
        faults.unknown(&path, transition, &["event", "next", "conditions"]);
        faults.text(&path, transition, "event");
        match transition.get("next") {
            // A transition that leads nowhere ends the flow.
            None | Some(Value::Null) => {}
            Some(Value::String(next)) if names.contains(next.as_str()) => {}
            Some(Value::String(next)) => faults.add(
                format!("{path}/next"),
                format!("transition references widget {next}, which does not exist"),
            ),
            Some(_) => faults.add(
                format!("{path}/next"),
                "instance type does not match any allowed primitive type",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn valid() -> Value {
        json!({
            "description": "a flow",
            "initial_state": "Trigger",
            "flags": {"allow_concurrent_calls": true},
            "states": [
                {
                    "name": "Trigger",
                    "type": "trigger",
                    "properties": {"offset": {"x": 0, "y": 0}},
                    "transitions": [{"event": "incomingMessage", "next": "answer"}, {"event": "incomingCall"}],
                },
                {
                    "name": "answer",
                    "type": "send-message",
                    "properties": {"from": "{{flow.channel.address}}", "body": "hello"},
                    "transitions": [{"event": "sent"}, {"event": "failed"}],
                },
            ],
        })
    }

    /// Paths of the faults after a change.
    fn check(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut definition = valid();
        change(&mut definition);
        errors(&definition).into_iter().map(|fault| fault.path).collect()
    }

    #[test]
    fn a_whole_definition_has_no_faults() {
        assert_eq!(errors(&valid()), []);
        assert_eq!(
            check(|flow| drop(flow.as_object_mut().map(|flow| flow.shift_remove("flags")))),
            [""; 0]
        );
    }

    #[test]
    fn names_and_references_must_hold_together() {
        assert_eq!(
            check(|flow| flow["initial_state"] = json!("Other")),
            ["#/initial_state"]
        );
        assert_eq!(
            check(|flow| flow["states"][0]["transitions"][0]["next"] = json!("nowhere")),
            ["#/states/0/transitions/0/next"]
        );
        assert_eq!(
            check(|flow| flow["states"][1]["name"] = json!("Trigger")),
            ["#/states/0/transitions/0/next", "#/states/1/name"]
        );
    }

    #[test]
    fn form_is_checked_down_to_the_properties_of_widgets() {
        assert_eq!(errors(&json!([])).len(), 1);
        assert_eq!(
            check(|flow| flow["states"] = json!([])),
            ["#/states", "#/initial_state"]
        );
        assert_eq!(
            check(|flow| flow["states"][1]["type"] = json!("say")),
            ["#/states/1/type"]
        );
        assert_eq!(
            check(|flow| flow["states"][1]["properties"] = json!({})),
            ["#/states/1/properties"]
        );
        assert_eq!(check(|flow| flow["flags"] = json!({})), ["#/flags"]);
        assert_eq!(check(|flow| flow["other"] = json!(1)), ["#/other"]);
        assert_eq!(check(|flow| flow["description"] = json!(1)), ["#/description"]);
    }
}
