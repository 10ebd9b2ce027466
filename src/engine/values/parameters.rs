//! From a planned object to the parameters of a request.

use serde_json::Value as Json;

use crate::engine::facts::{
    BodyStyle, Bulk, BulkItems, Field, Intent, Kind, Literal, Managed, Operation, Parameters, Presence, Properties,
    Removed, Sent, Source, Spelling, UpdateStyle,
};
use crate::engine::values::properties;
use crate::engine::values::schema::literal_value;
use crate::engine::values::write_only;
use crate::framework::value::Value;
use crate::twilio::lenient;

/// The parameters that bring `intent` about.
pub fn parameters(intent: Intent<'_>) -> Parameters {
    let secrets = write_only::compared(intent);
    let intent = match &secrets {
        Some((prior, planned)) => Intent {
            prior,
            planned,
            ..intent
        },
        None => intent,
    };
    let resource = intent.resource;
    let writing = Writing::of(intent);
    let mut parameters = Parameters::default();
    let mut differs = intent.operation != Operation::Update;
    for field in resource.object.fields {
        let (planned, prior) = (planned(intent, field), intent.prior.attr(field.name));
        // What nobody configured stays as it is found, also where Twilio wants everything said again.
        let is_said_again = intent.operation == Operation::Update && (field.with_every_update || writing.replaces);
        let planned = match is_said_again && planned.is_unknown() {
            true => prior,
            false => planned,
        };
        let applies = match intent.operation {
            Operation::Create => matches!(field.sent(), Sent::Always | Sent::OnCreate) && planned.is_known(),
            // Twilio's documented default is what the create has made, so there is nothing to complete.
            Operation::Complete => field.sent() == Sent::OnUpdate && planned.is_known() && !is_default(field, planned),
            Operation::Update => {
                matches!(field.sent(), Sent::Always | Sent::OnUpdate)
                    && !planned.is_unknown()
                    && (planned != prior || field.with_every_update || writing.replaces)
            }
            Operation::Continue
            | Operation::Plan
            | Operation::Read
            | Operation::Delete
            | Operation::Import
            | Operation::Open
            | Operation::Close
            | Operation::List => false,
        };
        if applies {
            differs |= planned != prior;
            let name = field.written_name(writing.spelling).into_owned();
            writing.write(field, name, planned, prior, &mut parameters);
        }
    }
    // What Twilio demands with every update is no reason for one: it may make a revision of what did not change.
    if !differs {
        return Parameters::default();
    }
    if intent.operation == Operation::Update {
        for field in resource
            .object
            .fields
            .iter()
            .filter(|field| field.sent() == Sent::OnTheWay)
        {
            let name = field.written_name(writing.spelling).into_owned();
            writing.write(field, name, planned(intent, field), &Value::Null, &mut parameters);
        }
    }
    if writing.replaces {
        parameters.replace_all();
    }
    match resource.bulk {
        Some(bulk) if !parameters.is_empty() => in_bulk(bulk, intent),
        _ => parameters,
    }
}

/// The parameter that names one object among many: its key, what is configured of it, and what changes. What Twilio has besides is
/// not repeated: somebody may have changed it since it was read, and an apply would undo that without a word in its plan.
fn in_bulk(bulk: Bulk, intent: Intent<'_>) -> Parameters {
    let resource = intent.resource;
    let style = resource.lifecycle.body();
    let spelling = match style {
        // Inside JSON texts Twilio uses the snake-case names of its responses.
        BodyStyle::Form => Spelling::Snake,
        BodyStyle::Json => resource.object.spelling,
    };
    let mut item = Properties::new();
    for field in resource.object.fields {
        let (value, prior) = (planned(intent, field), intent.prior.attr(field.name));
        let is_key = Some(field.name) == resource.object.key_field();
        let is_wanted = matches!(field.sent(), Sent::Always | Sent::OnUpdate)
            && (!intent.config.attr(field.name).is_null() || value != prior);
        let value = match is_key && !value.is_known() {
            true => prior,
            false => value,
        };
        if (is_key || is_wanted) && value.is_known() {
            item.insert(
                field.written_name(spelling).into_owned(),
                to_json(field.kind, spelling, value),
            );
        }
    }
    let constants = bulk.constants.iter();
    item.extend(constants.map(|(name, value)| ((*name).to_owned(), Json::from(*value))));
    let item = Json::Object(item);
    let mut parameters = Parameters::default();
    let value = match (style, bulk.items) {
        (BodyStyle::Json, _) => Json::Array(vec![item]),
        (BodyStyle::Form, BulkItems::Repeated) => Json::Array(vec![Json::String(item.to_string())]),
        (BodyStyle::Form, BulkItems::OneText) => Json::String(Json::Array(vec![item]).to_string()),
        (BodyStyle::Form, BulkItems::OneTextOfTexts) => Json::String(Json::Array(vec![of_texts(item)]).to_string()),
    };
    parameters.set(bulk.parameter, value);
    parameters
}

/// The object with its numbers and truth values as texts.
fn of_texts(item: Json) -> Json {
    match item {
        Json::Object(item) => {
            let texts = item
                .into_iter()
                .map(|(name, value)| (name, lenient::text(&value).map_or(value, Json::String)));
            Json::Object(texts.collect())
        }
        other => other,
    }
}

/// The parameters that go with the file of an upload.
pub fn with_file(intent: Intent<'_>) -> Parameters {
    let mut parameters = Parameters::default();
    let writing = Writing {
        style: BodyStyle::Form,
        spelling: Spelling::Pascal,
        merges: false,
        replaces: false,
    };
    for field in intent
        .resource
        .object
        .fields
        .iter()
        .filter(|field| field.sent() == Sent::WithFile)
    {
        let name = field.written_name(writing.spelling).into_owned();
        writing.write(
            field,
            name,
            intent.planned.attr(field.name),
            &Value::Null,
            &mut parameters,
        );
    }
    parameters
}

/// The parameters of an action: what is configured, in a form.
pub fn of_action(fields: &[Field], config: &Value) -> Parameters {
    let mut parameters = Parameters::default();
    let writing = Writing {
        style: BodyStyle::Form,
        spelling: Spelling::Pascal,
        merges: false,
        replaces: false,
    };
    for field in fields.iter().filter(|field| field.sent() == Sent::Always) {
        let name = field.written_name(writing.spelling).into_owned();
        writing.write(field, name, config.attr(field.name), &Value::Null, &mut parameters);
    }
    parameters
}

fn planned<'a>(intent: Intent<'a>, field: &Field) -> &'a Value {
    let from = if field.is_write_only() {
        intent.config
    } else {
        intent.planned
    };
    from.attr(field.name)
}

/// Whether a planned value is the one that the documentation names as default.
pub(super) fn is_default(field: &Field, planned: &Value) -> bool {
    matches!(field.removed(), Removed::Default(literal) if *planned == literal_value(literal, field.kind))
}

/// Adds to the parameters of an update what clears each field that the object has and the plan leaves out. For an object that is
/// taken over as it is, where there is no earlier state to compare with.
pub fn clear_what_is_left_out(resource: &Managed, there: &Properties, planned: &Value, parameters: &mut Parameters) {
    if resource.lifecycle.update().replaces() {
        // What is left out is cleared.
        return;
    }
    clear_in(resource, resource.object.fields, "", there, planned, parameters);
}

fn clear_in(
    resource: &Managed,
    fields: &[Field],
    outer: &str,
    there: &Properties,
    planned: &Value,
    parameters: &mut Parameters,
) {
    for field in fields {
        let (planned, there) = (
            planned.attr(field.name),
            properties::field(there, &field.read_path(resource.object.spelling)),
        );
        let name = format!("{outer}{}", field.written_name(resource.spelling()));
        let may_be_cleared =
            field.sent() == Sent::Always && field.source == Source::Response && field.presence() == Presence::Optional;
        match (field.kind, there) {
            (Kind::Object(inner), Some(Json::Object(there)))
                if !field.json_text && resource.lifecycle.body() == BodyStyle::Form =>
            {
                clear_in(resource, inner, &format!("{name}."), there, planned, parameters);
            }
            (_, Some(there))
                if may_be_cleared
                    && planned.is_null()
                    && parameters.value(&name).is_none()
                    && !is_cleared(field, there) =>
            {
                parameters.set(name, clearing(field));
            }
            _ => {}
        }
    }
}

/// What is sent for a field that is to be cleared.
fn clearing(field: &Field) -> Json {
    match field.removed() {
        Removed::Clear(Some(literal)) => literal_json(literal),
        _ => Json::Null,
    }
}

/// Whether Twilio returns so what is not set.
fn is_cleared(field: &Field, there: &Json) -> bool {
    match there {
        Json::Null => true,
        Json::String(text) if text.is_empty() => true,
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        other => matches!(field.removed(), Removed::Clear(Some(literal)) if literal_json(literal) == *other),
    }
}

fn literal_json(literal: Literal) -> Json {
    match literal {
        Literal::Text(text) => text.into(),
        Literal::Bool(truth) => truth.into(),
        Literal::Int(number) => number.into(),
        Literal::EmptyObject => Json::Object(Properties::new()),
        Literal::EmptyList => Json::Array(Vec::new()),
    }
}

/// How values are written in a request.
#[derive(Clone, Copy)]
struct Writing {
    style: BodyStyle,
    spelling: Spelling,
    /// What is left out within an object stays, and null takes it out.
    merges: bool,
    /// What is left out is cleared.
    replaces: bool,
}

impl Writing {
    fn of(intent: Intent<'_>) -> Self {
        let (resource, updates) = (intent.resource, intent.operation == Operation::Update);
        Self {
            style: resource.lifecycle.body(),
            spelling: resource.spelling(),
            merges: updates && resource.lifecycle.update() == UpdateStyle::Merge,
            replaces: updates && resource.lifecycle.update().replaces(),
        }
    }

    fn write(self, field: &Field, name: String, planned: &Value, prior: &Value, parameters: &mut Parameters) {
        match field.kind {
            // A form names each field in an object by itself, and what did not change need not be there.
            Kind::Object(inner) if self.style == BodyStyle::Form && !field.json_text => {
                for child in inner.iter().filter(|child| child.sent() != Sent::Never) {
                    let (planned, prior) = (planned.attr(child.name), prior.attr(child.name));
                    let is_same = planned == prior && !child.with_every_update && !self.replaces;
                    if !planned.is_unknown() && !is_same {
                        let name = format!("{name}.{}", child.written_name(self.spelling));
                        self.write(child, name, planned, prior, parameters);
                    }
                }
            }
            _ if planned.is_null() => self.clear(field, name, prior, parameters),
            // Nothing in place of nothing.
            _ if self.style == BodyStyle::Form && is_empty(planned) && (prior.is_null() || is_empty(prior)) => {}
            _ if planned.is_known() => parameters.set(name, self.value(field, planned, prior)),
            _ => {}
        }
    }

    /// An absent value has nothing to clear, unless something is there that goes away.
    fn clear(self, field: &Field, name: String, prior: &Value, parameters: &mut Parameters) {
        let removed = field.removed();
        // What replaces clears by leaving out, but for what the table says otherwise of.
        let is_left_out = self.replaces && !matches!(removed, Removed::Clear(Some(_)));
        if !prior.is_null() && removed != Removed::Keep && !is_left_out {
            parameters.set(name, clearing(field));
        }
    }

    fn value(self, field: &Field, planned: &Value, prior: &Value) -> Json {
        if field.comma_separated {
            return with_commas(planned);
        }
        match (self.style, field.kind) {
            (BodyStyle::Json, kind) => {
                let json = to_json(kind, self.spelling, planned);
                match self.merges {
                    true => merging(json, &to_json(kind, self.spelling, prior)),
                    false => json,
                }
            }
            (BodyStyle::Form, Kind::Json) => planned.as_str().into(),
            (BodyStyle::Form, Kind::List(Kind::Json) | Kind::Set(Kind::Json)) if !field.json_text => {
                let texts = planned.as_elements().unwrap_or_default().iter();
                texts.filter_map(Value::as_str).collect()
            }
            // Inside JSON texts Twilio uses the snake-case names of its responses.
            (BodyStyle::Form, kind) => match to_json(kind, Spelling::Snake, planned) {
                json if field.json_text || matches!(kind, Kind::Map(_)) => Json::String(json.to_string()),
                Json::Array(items) => items.iter().map(scalar_or_text).collect(),
                json => json,
            },
        }
    }
}

fn with_commas(texts: &Value) -> Json {
    let texts = texts.as_elements().unwrap_or_default().iter();
    texts.filter_map(Value::as_str).collect::<Vec<_>>().join(",").into()
}

fn is_empty(value: &Value) -> bool {
    value.as_elements().is_some_and(<[Value]>::is_empty)
}

/// What makes `planned` of `prior` where objects are merged: what `planned` has, and null for what it has not.
fn merging(planned: Json, prior: &Json) -> Json {
    let (Json::Object(mut planned), Json::Object(prior)) = (planned.clone(), prior) else {
        return planned;
    };
    for (name, prior) in prior {
        let merged = planned
            .get_mut(name)
            .map_or(Json::Null, |planned| merging(planned.take(), prior));
        planned.insert(name.clone(), merged);
    }
    Json::Object(planned)
}

/// Objects inside a form's array are JSON texts.
fn scalar_or_text(item: &Json) -> Json {
    match item {
        Json::Object(_) | Json::Array(_) => Json::String(item.to_string()),
        scalar => scalar.clone(),
    }
}

/// A known value as JSON; what is null or unknown inside it is left out of objects.
pub fn to_json(kind: Kind, spelling: Spelling, value: &Value) -> Json {
    match (kind, value) {
        (Kind::Object(fields), Value::Object(_)) => object_to_json(fields, spelling, value),
        (Kind::Objects(fields) | Kind::ObjectSet(fields), Value::List(items) | Value::Set(items)) => items
            .iter()
            .map(|item| object_to_json(fields, spelling, item))
            .collect(),
        (Kind::List(element) | Kind::Set(element), Value::List(items) | Value::Set(items)) => {
            items.iter().map(|item| to_json(*element, spelling, item)).collect()
        }
        (Kind::Map(element), Value::Map(items)) => {
            let members = items.iter();
            Json::Object(
                members
                    .map(|(key, item)| (key.clone(), to_json(*element, spelling, item)))
                    .collect(),
            )
        }
        // JSON inside JSON is a part of it.
        (Kind::Json, Value::String(text)) => serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into()),
        (_, Value::Bool(truth)) => Json::Bool(*truth),
        (_, Value::String(text)) => Json::String(text.clone()),
        (_, Value::Number(number)) => serde_json::from_str(&number.to_string()).unwrap_or(Json::Null),
        _ => Json::Null,
    }
}

fn object_to_json(fields: &[Field], spelling: Spelling, value: &Value) -> Json {
    let members = fields
        .iter()
        .filter(|field| field.sent() != Sent::Never)
        .filter_map(|field| {
            let member = value.attr(field.name);
            let name = field.written_name(spelling).into_owned();
            member.is_known().then(|| {
                let json = match field.comma_separated {
                    true => with_commas(member),
                    false => to_json(field.kind, spelling, member),
                };
                (name, json)
            })
        });
    Json::Object(members.collect())
}

#[cfg(test)]
mod tests;
