//! From a planned object to the parameters of a request.

use crate::engine::facts::{
    BodyStyle, Field, Intent, Kind, Managed, Operation, Parameters, Presence, Properties, Removed, Sent, Source,
    UpdateStyle,
};
use serde_json::Value as Json;

use crate::framework::value::Value;

use crate::engine::values::schema::literal_value;

/// The parameters that bring `intent` about.
pub fn parameters(intent: Intent<'_>) -> Parameters {
    let resource = intent.resource;
    let mut parameters = Parameters::default();
    let mut differs = intent.operation != Operation::Update;
    let everything = intent.operation == Operation::Update && resource.lifecycle.update() == UpdateStyle::Put;
    for attribute in resource.object.fields {
        let planned = if attribute.is_write_only() {
            intent.config
        } else {
            intent.planned
        }
        .attr(attribute.name);
        let prior = intent.prior.attr(attribute.name);
        let applies = match intent.operation {
            Operation::Create => matches!(attribute.sent(), Sent::Always | Sent::OnCreate) && planned.is_known(),
            // Twilio's documented default is what the create has made, so there is nothing to complete.
            Operation::Complete => {
                attribute.sent() == Sent::OnUpdate && planned.is_known() && !is_default(attribute, planned)
            }
            Operation::Update => {
                matches!(attribute.sent(), Sent::Always | Sent::OnUpdate)
                    && !planned.is_unknown()
                    && (planned != prior || attribute.with_every_update || everything)
            }
            Operation::Plan | Operation::Read | Operation::Delete | Operation::Import => false,
        };
        if applies {
            differs |= planned != prior;
            let name = attribute.written_name();
            write_attribute(
                resource.lifecycle.body(),
                attribute,
                name,
                planned,
                prior,
                &mut parameters,
            );
        }
    }
    // What Twilio demands with every update is no reason for one: it may make a revision of what did not change.
    if differs { parameters } else { Parameters::default() }
}

/// Whether a planned value is the one that the documentation names as default.
pub(super) fn is_default(attribute: &Field, planned: &Value) -> bool {
    matches!(attribute.removed(), Removed::Default(literal) if *planned == literal_value(literal))
}

/// Adds to the parameters of an update what clears each attribute that the object has and the plan leaves out. For an
/// object that is taken over as it is, where there is no earlier state to compare with.
pub fn clear_what_is_left_out(resource: &Managed, there: &Properties, planned: &Value, parameters: &mut Parameters) {
    for attribute in resource.object.fields {
        let applies = attribute.sent() == Sent::Always
            && attribute.source == Source::Response
            && attribute.presence() == Presence::Optional
            && !matches!(attribute.kind, Kind::Object(_))
            && planned.attr(attribute.name).is_null();
        let has_one = there
            .get(attribute.read_path())
            .is_some_and(|told| !told.is_null() && told.as_str() != Some(""));
        let name = attribute.written_name();
        if applies && has_one && parameters.value(&name).is_none() {
            parameters.set(name, Json::Null);
        }
    }
}

fn write_attribute(
    style: BodyStyle,
    attribute: &Field,
    name: String,
    planned: &Value,
    prior: &Value,
    parameters: &mut Parameters,
) {
    match attribute.kind {
        Kind::Object(inner) if !attribute.json_text => {
            for child in inner {
                if child.sent() == Sent::Never {
                    continue;
                }
                let (planned, prior) = (planned.attr(child.name), prior.attr(child.name));
                if planned.is_unknown() || (planned == prior && !child.with_every_update) {
                    continue;
                }
                let name = format!("{name}.{}", child.written_name());
                write_attribute(style, child, name, planned, prior, parameters);
            }
        }
        // An absent value has nothing to clear, unless something is there that goes away.
        _ if planned.is_null() && (prior.is_null() || attribute.removed() == Removed::Keep) => {}
        _ => {
            let value = to_json(attribute.kind, planned);
            let as_text = style == BodyStyle::Form && (attribute.json_text || matches!(attribute.kind, Kind::Map(_)));
            let value = match value {
                Json::Array(items) if style == BodyStyle::Form && !as_text => {
                    Json::Array(items.into_iter().map(|item| scalar_or_text(&item)).collect())
                }
                value if as_text && !value.is_null() => Json::String(value.to_string()),
                value => value,
            };
            parameters.set(name, value);
        }
    }
}

/// Objects inside a form's array are JSON texts.
fn scalar_or_text(item: &Json) -> Json {
    match item {
        Json::Object(_) | Json::Array(_) => Json::String(item.to_string()),
        scalar => scalar.clone(),
    }
}

/// A known value as JSON; what is null or unknown inside it is left out of objects.
pub fn to_json(kind: Kind, value: &Value) -> Json {
    match (kind, value) {
        (Kind::Object(attributes), Value::Object(_)) => object_to_json(attributes, value),
        (Kind::Objects(attributes) | Kind::ObjectSet(attributes), Value::List(items) | Value::Set(items)) => {
            Json::Array(items.iter().map(|item| object_to_json(attributes, item)).collect())
        }
        (Kind::List(element) | Kind::Set(element), Value::List(items) | Value::Set(items)) => {
            Json::Array(items.iter().map(|item| to_json(*element, item)).collect())
        }
        (Kind::Map(element), Value::Map(items)) => Json::Object(
            items
                .iter()
                .map(|(key, item)| (key.clone(), to_json(*element, item)))
                .collect(),
        ),
        (_, Value::Bool(truth)) => Json::Bool(*truth),
        (_, Value::String(text)) => Json::String(text.clone()),
        (_, Value::Number(number)) => serde_json::from_str(&number.to_string()).unwrap_or(Json::Null),
        _ => Json::Null,
    }
}

/// Inside JSON texts Twilio uses the snake-case names that its answers use.
fn object_to_json(attributes: &[Field], value: &Value) -> Json {
    let fields = attributes
        .iter()
        .filter(|attribute| attribute.sent() != Sent::Never)
        .filter_map(|attribute| {
            let field = value.attr(attribute.name);
            let name = attribute.written_as.unwrap_or(attribute.name);
            field
                .is_known()
                .then(|| (name.to_owned(), to_json(attribute.kind, field)))
        });
    Json::Object(fields.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
    use crate::engine::facts::Role::{Fixed, Later, Local, Setting};
    use crate::engine::facts::{Literal, Object, boolean, int, object, object_set, set, text};

    const INNER: &[Field] = &[text("issuer", Setting(Clears)), int("time_step", Setting(Clears))];
    const ITEM: &[Field] = &[text("type", Setting(Clears)), int("schema_version", Setting(Clears))];
    const RESOURCE: Managed = Managed {
        object: Object {
            fields: &[
                text("friendly_name", Setting(Required)).with_every_update(),
                text("note", Setting(Clears)),
                boolean("sticky", Setting(DefaultsTo(Literal::Bool(true)))),
                text("status", Later(Clears)),
                text("mode", Later(DefaultsTo(Literal::Text("plain")))),
                text("area_code", Fixed(Clears)),
                object("totp", Setting(Clears), INNER),
                object("policy", Setting(Clears), &[set("allow", Setting(Clears), &Kind::Text)]).as_json_text(),
                object_set("types", Setting(Clears), ITEM),
                text("hint", Local(Clears)),
            ],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };

    fn object_of(fields: &[(&str, Value)]) -> Value {
        Value::object(fields.iter().map(|(name, value)| (*name, value.clone())))
    }

    fn form(operation: Operation, prior: &Value, planned: &Value) -> Vec<(String, String)> {
        let intent = Intent {
            resource: &RESOURCE,
            operation,
            prior,
            planned,
            config: planned,
        };
        match parameters(intent).into_body(BodyStyle::Form) {
            crate::twilio::Body::Form(pairs) => pairs,
            _ => Vec::new(),
        }
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn create_sends_what_is_known_and_what_create_takes() {
        let planned = object_of(&[
            ("friendly_name", "a".into()),
            ("sticky", true.into()),
            ("status", "suspended".into()),
            ("mode", "plain".into()),
            ("area_code", "415".into()),
            (
                "totp",
                object_of(&[("issuer", "me".into()), ("time_step", Value::UNKNOWN)]),
            ),
            ("policy", object_of(&[("allow", Value::Set(vec!["/a".into()]))])),
            (
                "types",
                Value::Set(vec![object_of(&[
                    ("type", "t".into()),
                    ("schema_version", Value::int(2)),
                ])]),
            ),
            ("hint", "x".into()),
        ]);
        assert_eq!(
            form(Operation::Create, &Value::Null, &planned),
            pairs(&[
                ("FriendlyName", "a"),
                ("Sticky", "true"),
                ("AreaCode", "415"),
                ("Totp.Issuer", "me"),
                ("Policy", r#"{"allow":["/a"]}"#),
                ("Types", r#"{"type":"t","schema_version":2}"#),
            ])
        );
        assert_eq!(
            form(Operation::Complete, &Value::Null, &planned),
            pairs(&[("Status", "suspended")])
        );
    }

    #[test]
    fn update_sends_what_changed_and_what_is_always_demanded() {
        let prior = object_of(&[
            ("friendly_name", "a".into()),
            ("note", "n".into()),
            ("sticky", true.into()),
        ]);
        let planned = object_of(&[
            ("friendly_name", "a".into()),
            ("note", Value::Null),
            ("sticky", true.into()),
        ]);
        assert_eq!(
            form(Operation::Update, &prior, &planned),
            pairs(&[("FriendlyName", "a"), ("Note", "")])
        );
    }

    #[test]
    fn what_is_always_demanded_is_no_reason_for_an_update() {
        let same = object_of(&[("friendly_name", "a".into()), ("hint", "x".into())]);
        let other_hint = object_of(&[("friendly_name", "a".into()), ("hint", "y".into())]);
        assert_eq!(form(Operation::Update, &same, &other_hint), pairs(&[]));
    }

    #[test]
    fn taking_an_object_over_clears_what_the_plan_leaves_out() {
        let there = serde_json::json!({"friendly_name": "a", "note": "n", "sticky": false, "hint": "h"});
        let there = there.as_object().cloned().unwrap_or_default();
        let mut parameters = Parameters::default();
        clear_what_is_left_out(&RESOURCE, &there, &Value::Null, &mut parameters);
        let body = parameters.into_body(BodyStyle::Form);
        assert_eq!(
            body,
            crate::twilio::Body::Form(pairs(&[("Note", "")])),
            "only what removing clears"
        );
    }

    #[test]
    fn a_json_body_nests_dotted_names() {
        let mut parameters = Parameters::default();
        parameters.set("a.b", 1);
        parameters.set("a.c", "x");
        assert_eq!(
            parameters.into_body(BodyStyle::Json),
            crate::twilio::Body::Json(serde_json::json!({"a": {"b": 1, "c": "x"}}))
        );
    }
}
