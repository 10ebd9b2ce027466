//! From a planned object to the parameters of a request.

use serde_json::{Map, Value as Json};

use crate::framework::value::Value;
use crate::twilio::Body;

use super::flatten::Object;
use super::schema::literal_value;
use super::table::{Attribute, BodyStyle, Kind, Presence, Removed, Resource, Sent, Source, UpdateStyle};

/// Parameters of one request, in table order. Names are Twilio's, with dots for nested ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parameters(Vec<(String, Json)>);

/// Which call the parameters are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The object is made.
    Create,
    /// The object is changed.
    Update,
    /// The update that completes a create, with what create does not take.
    Complete,
}

/// The values that parameters are made from.
#[derive(Debug, Clone, Copy)]
pub struct Intent<'a> {
    /// Which call.
    pub phase: Phase,
    /// The object as stored; null for a create.
    pub prior: &'a Value,
    /// The object as planned.
    pub planned: &'a Value,
    /// The configuration, which alone holds write-only values.
    pub config: &'a Value,
}

impl Parameters {
    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets a parameter, in place of one with the same name.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let name = name.into();
        self.0.retain(|(existing, _)| *existing != name);
        self.0.push((name, value.into()));
    }

    /// Takes a parameter out.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let position = self.0.iter().position(|(existing, _)| existing == name)?;
        Some(self.0.remove(position).1)
    }

    /// The value of a parameter.
    pub fn value(&self, name: &str) -> Option<&Json> {
        self.0
            .iter()
            .find(|(existing, _)| existing == name)
            .map(|(_, value)| value)
    }

    /// Names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The body of a request in the resource's style.
    pub fn into_body(self, style: BodyStyle) -> Body {
        match style {
            _ if self.0.is_empty() => Body::None,
            BodyStyle::Form => Body::Form(
                self.0
                    .into_iter()
                    .flat_map(|(name, value)| form_pairs(name, value))
                    .collect(),
            ),
            BodyStyle::Json => {
                let mut body = Map::new();
                for (name, value) in self.0 {
                    insert_nested(&mut body, &name, value);
                }
                Body::Json(Json::Object(body))
            }
        }
    }
}

/// An array repeats its name; null clears, which a form can only say with an empty text.
fn form_pairs(name: String, value: Json) -> Vec<(String, String)> {
    match value {
        Json::Array(items) => items.into_iter().map(|item| (name.clone(), form_text(&item))).collect(),
        other => vec![(name, form_text(&other))],
    }
}

fn form_text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn insert_nested(body: &mut Map<String, Json>, dotted: &str, value: Json) {
    match dotted.split_once('.') {
        None => {
            body.insert(dotted.to_owned(), value);
        }
        Some((outer, rest)) => {
            let inner = body.entry(outer).or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(inner) = inner {
                insert_nested(inner, rest, value);
            }
        }
    }
}

/// The parameters that bring `intent` about.
pub fn parameters(resource: &Resource, intent: Intent<'_>) -> Parameters {
    let mut parameters = Parameters::default();
    let mut differs = intent.phase != Phase::Update;
    let everything = intent.phase == Phase::Update && resource.update == UpdateStyle::Put;
    for attribute in resource.attributes {
        let planned = if attribute.write_only {
            intent.config
        } else {
            intent.planned
        }
        .attr(attribute.name);
        let prior = intent.prior.attr(attribute.name);
        let applies = match intent.phase {
            Phase::Create => matches!(attribute.sent, Sent::Always | Sent::OnCreate) && planned.is_known(),
            // Twilio's documented default is what the create has made, so there is nothing to complete.
            Phase::Complete => {
                attribute.sent == Sent::OnUpdate && planned.is_known() && !is_default(attribute, planned)
            }
            Phase::Update => {
                matches!(attribute.sent, Sent::Always | Sent::OnUpdate)
                    && !planned.is_unknown()
                    && (planned != prior || attribute.always_sent || everything)
            }
        };
        if applies {
            differs |= planned != prior;
            let name = attribute.written_name();
            write_attribute(resource.body, attribute, name, planned, prior, &mut parameters);
        }
    }
    // What Twilio demands with every update is no reason for one: it may make a revision of what did not change.
    if differs { parameters } else { Parameters::default() }
}

/// Whether a planned value is the one that the documentation names as default.
pub(super) fn is_default(attribute: &Attribute, planned: &Value) -> bool {
    matches!(attribute.removed, Removed::Default(literal) if *planned == literal_value(literal))
}

/// Adds to the parameters of an update what clears each attribute that the object has and the plan leaves out. For an
/// object that is taken over as it is, where there is no earlier state to compare with.
pub fn clear_what_is_left_out(resource: &Resource, there: &Object, planned: &Value, parameters: &mut Parameters) {
    for attribute in resource.attributes {
        let applies = attribute.sent == Sent::Always
            && attribute.source == Source::Answer
            && attribute.presence == Presence::Optional
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
    attribute: &Attribute,
    name: String,
    planned: &Value,
    prior: &Value,
    parameters: &mut Parameters,
) {
    match attribute.kind {
        Kind::Object(inner) if !attribute.json_text => {
            for child in inner {
                if child.sent == Sent::Never {
                    continue;
                }
                let (planned, prior) = (planned.attr(child.name), prior.attr(child.name));
                if planned.is_unknown() || (planned == prior && !child.always_sent) {
                    continue;
                }
                let name = format!("{name}.{}", child.written_name());
                write_attribute(style, child, name, planned, prior, parameters);
            }
        }
        // An absent value has nothing to clear, unless something is there that goes away.
        _ if planned.is_null() && (prior.is_null() || attribute.removed == Removed::Keep) => {}
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
fn object_to_json(attributes: &[Attribute], value: &Value) -> Json {
    let fields = attributes
        .iter()
        .filter(|attribute| attribute.sent != Sent::Never)
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
    use crate::engine::table::{Literal, boolean, int, object, object_set, set, text};

    const INNER: &[Attribute] = &[text("issuer"), int("time_step")];
    const ITEM: &[Attribute] = &[text("type"), int("schema_version")];
    const RESOURCE: Resource = Resource {
        attributes: &[
            text("friendly_name").required().always_sent(),
            text("note"),
            boolean("sticky").default(Literal::Bool(true)),
            text("status").update_only(),
            text("mode").update_only().default(Literal::Text("plain")),
            text("area_code").create_only(),
            object("totp", INNER),
            object("policy", &[set("allow", &Kind::Text)]).as_json_text(),
            object_set("types", ITEM),
            text("hint").local(),
        ],
        ..Resource::FORM
    };

    fn object_of(fields: &[(&str, Value)]) -> Value {
        Value::object(fields.iter().map(|(name, value)| (*name, value.clone())))
    }

    fn form(phase: Phase, prior: &Value, planned: &Value) -> Vec<(String, String)> {
        let intent = Intent {
            phase,
            prior,
            planned,
            config: planned,
        };
        match parameters(&RESOURCE, intent).into_body(BodyStyle::Form) {
            Body::Form(pairs) => pairs,
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
            form(Phase::Create, &Value::Null, &planned),
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
            form(Phase::Complete, &Value::Null, &planned),
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
            form(Phase::Update, &prior, &planned),
            pairs(&[("FriendlyName", "a"), ("Note", "")])
        );
    }

    #[test]
    fn what_is_always_demanded_is_no_reason_for_an_update() {
        let same = object_of(&[("friendly_name", "a".into()), ("hint", "x".into())]);
        let other_hint = object_of(&[("friendly_name", "a".into()), ("hint", "y".into())]);
        assert_eq!(form(Phase::Update, &same, &other_hint), pairs(&[]));
    }

    #[test]
    fn taking_an_object_over_clears_what_the_plan_leaves_out() {
        let there = serde_json::json!({"friendly_name": "a", "note": "n", "sticky": false, "hint": "h"});
        let there = there.as_object().cloned().unwrap_or_default();
        let mut parameters = Parameters::default();
        clear_what_is_left_out(&RESOURCE, &there, &Value::Null, &mut parameters);
        let body = parameters.into_body(BodyStyle::Form);
        assert_eq!(body, Body::Form(pairs(&[("Note", "")])), "only what removing clears");
    }

    #[test]
    fn a_json_body_nests_dotted_names() {
        let mut parameters = Parameters::default();
        parameters.set("a.b", 1);
        parameters.set("a.c", "x");
        assert_eq!(
            parameters.into_body(BodyStyle::Json),
            Body::Json(serde_json::json!({"a": {"b": 1, "c": "x"}}))
        );
    }
}
