//! From Twilio's response to the object that Terraform stores.

use serde::de::IgnoredAny;
use serde_json::Value as Json;

use crate::engine::facts::{Field, Kind, Operation, Presence, Properties, Removed, Source, Spelling};
use crate::engine::values::schema::{default_value, literal_value};
use crate::engine::values::write_only;
use crate::framework::number::Number;
use crate::framework::path::AttributePath;
use crate::framework::value::Value;
use crate::framework::write_only::write_only_name;
use crate::twilio::lenient;

/// A value that Twilio stored otherwise than was requested.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// Where.
    pub path: AttributePath,
    /// What was requested.
    pub planned: Value,
    /// What Twilio answered.
    pub stored: Value,
    /// Neither may be shown.
    pub sensitive: bool,
}

/// The stored object: `answer` laid over `base`, which is the plan after a write and the earlier state on a read.
///
/// After a write a configured value stays as it was planned even where Twilio answers another: Terraform would otherwise
/// fail the apply and taint a new object. Each such case is returned as a [`Mismatch`]; the next read tells the truth. So
/// it is with values that are only read and were planned to stay, without a word.
pub fn flatten(
    attributes: &[Field],
    spelling: Spelling,
    answer: &Properties,
    base: &Value,
    operation: Operation,
) -> (Value, Vec<Mismatch>) {
    let mut flattener = Flattener {
        operation,
        spelling,
        withholds: false,
        mismatches: Vec::new(),
    };
    let value = flattener.object(attributes, answer, base, &AttributePath::root());
    (value, flattener.mismatches)
}

struct Flattener {
    operation: Operation,
    spelling: Spelling,
    /// Within an element that nobody configured, of a list whose secrets are given write-only.
    withholds: bool,
    mismatches: Vec<Mismatch>,
}

impl Flattener {
    fn object(&mut self, attributes: &[Field], answer: &Properties, base: &Value, path: &AttributePath) -> Value {
        let mut object = Value::object(attributes.iter().map(|attribute| {
            let path = path.and_attribute(attribute.name);
            let withheld = self.withholds && attribute.may_be_write_only;
            let value = match withheld || write_only::is_write_only(attribute, base) {
                // Whatever Twilio shows of it.
                true => Value::Null,
                false => self.attribute(attribute, answer, base.attr(attribute.name), &path),
            };
            (attribute.name, value)
        }));
        for attribute in attributes.iter().filter(|attribute| attribute.may_be_write_only) {
            let version = write_only::version_of(attribute);
            let kept = Some(base.attr(&version)).filter(|version| version.is_known());
            object.set_attr(&version, kept.cloned().unwrap_or_default());
            // Elements are compared as a whole, and what was planned has all arguments.
            object.set_attr(&write_only_name(attribute.name), Value::Null);
        }
        object
    }

    fn attribute(&mut self, attribute: &Field, answer: &Properties, base: &Value, path: &AttributePath) -> Value {
        if attribute.is_write_only() {
            return Value::Null;
        }
        let kept = if base.is_unknown() { Value::Null } else { base.clone() };
        let from_answer = match attribute.source {
            Source::Response => true,
            Source::CreateResponse => self.operation == Operation::Create,
            Source::Configuration => false,
        };
        // A field that the response does not mention is not returned; a field that is null is returned as null.
        let path_in_answer = attribute.read_path(self.spelling);
        let Some(returned) = from_answer.then(|| field(answer, &path_in_answer)).flatten() else {
            return kept;
        };
        // Inside something that was not there before, nothing was known.
        let inner = if base.is_known() { base } else { &Value::UNKNOWN };
        let stored = match !base.is_known() && self.says_nothing(attribute, returned) {
            true => Value::Null,
            // Twilio does not tell empty from absent: it stays what the configuration says.
            false if is_empty_collection(base) && is_nothing(returned) => base.clone(),
            false if attribute.comma_separated => self.value(attribute.kind, &between_commas(returned), inner, path),
            false => self.value(attribute.kind, returned, inner, path),
        };
        let stored = match attribute.removed() {
            // Not set, in Twilio's words.
            Removed::Clear(Some(none)) if stored != *base && stored == literal_value(none, attribute.kind) => {
                Value::Null
            }
            _ => stored,
        };
        // What the plan knew, Terraform holds the response to; what is only read comes with the next read.
        let fixed = self.operation != Operation::Read && !base.is_unknown();
        // The attributes of an object have been compared one by one on the way.
        if !fixed || (matches!(attribute.kind, Kind::Object(_)) && base.is_known()) {
            return stored;
        }
        if same(attribute, &stored, base) {
            return base_or(stored, base);
        }
        // Not set, in Twilio's words: a read takes it for the default too, and no plan shows a difference.
        if stored.is_null() && default_value(attribute).as_ref() == Some(base) {
            return kept;
        }
        if attribute.presence() != Presence::Computed && (base.is_known() || attribute.presence() == Presence::Optional)
        {
            let sensitive = attribute.sensitive;
            self.mismatches.push(Mismatch {
                path: path.clone(),
                planned: base.clone(),
                stored,
                sensitive,
            });
        }
        kept
    }

    /// Whether Twilio returns what is not set, in its way for what can be: an empty map or list, an object with nothing in it.
    /// Taken at its word, that would be something that is configured, and to be taken out.
    fn says_nothing(&self, attribute: &Field, returned: &Json) -> bool {
        if attribute.presence() != Presence::Optional {
            return false;
        }
        match (attribute.kind, returned) {
            (Kind::Object(inner), Json::Object(fields)) => inner.iter().all(|child| {
                field(fields, &child.read_path(self.spelling))
                    .is_none_or(|returned| is_nothing(returned) || self.says_nothing(child, returned))
            }),
            (_, Json::String(text)) if attribute.comma_separated => text.is_empty(),
            (Kind::Json, Json::String(text)) => matches!(text.trim(), "{}" | "[]"),
            (Kind::Map(_) | Kind::Json, Json::Object(fields)) => fields.is_empty(),
            (_, Json::Array(items)) => items.is_empty(),
            _ => false,
        }
    }

    fn value(&mut self, kind: Kind, returned: &Json, base: &Value, path: &AttributePath) -> Value {
        match kind {
            Kind::Text => match lenient::text(returned) {
                // Twilio does not tell empty from absent: stay with what the configuration says.
                Some(text) if !text.is_empty() => Value::String(text),
                _ if base.as_str() == Some("") => base.clone(),
                _ => Value::Null,
            },
            Kind::Bool => lenient::boolean(returned).map_or(Value::Null, Value::Bool),
            Kind::Int => whole_number(returned),
            Kind::Decimal => decimal(returned),
            Kind::Json => match returned {
                // JSON in a text and JSON that is a text look alike; which it is, the configuration says.
                Json::Null | Json::String(_) if is_json_of(base, returned) => base.clone(),
                Json::Null => Value::Null,
                Json::String(text) if text.is_empty() => Value::Null,
                Json::String(text) if serde_json::from_str::<IgnoredAny>(text).is_ok() => Value::String(text.clone()),
                other => Value::String(other.to_string()),
            },
            Kind::Timestamp => lenient::date_time(returned).map_or(Value::Null, Value::String),
            Kind::List(element) => self.elements(*element, returned, path).map_or(Value::Null, Value::List),
            Kind::Set(element) => self.elements(*element, returned, path).map_or(Value::Null, Value::Set),
            Kind::Map(element) => match returned {
                Json::Object(fields) => Value::Map(
                    fields
                        .iter()
                        .map(|(key, item)| {
                            // Where there is a key there is a value, and an empty text is one.
                            let base = match item.as_str() {
                                Some("") => Value::string(""),
                                _ => Value::Null,
                            };
                            (key.clone(), self.value(*element, item, &base, &path.and_key(key)))
                        })
                        .collect(),
                ),
                _ => Value::Null,
            },
            Kind::Object(attributes) => match returned {
                Json::Object(fields) => self.object(attributes, fields, base, path),
                _ if self.operation != Operation::Read && base.is_known() => {
                    self.object(attributes, &Properties::new(), base, path)
                }
                _ => Value::Null,
            },
            Kind::Objects(attributes) => self
                .objects(attributes, returned, base, path)
                .map_or(Value::Null, Value::List),
            Kind::ObjectSet(attributes) => self
                .objects(attributes, returned, &Value::UNKNOWN, path)
                .map_or(Value::Null, Value::Set),
        }
    }

    fn elements(&mut self, element: Kind, returned: &Json, path: &AttributePath) -> Option<Vec<Value>> {
        let items = returned.as_array()?;
        Some(
            items
                .iter()
                .map(|item| self.value(element, item, &Value::Null, path))
                .collect(),
        )
    }

    fn objects(
        &mut self,
        attributes: &[Field],
        returned: &Json,
        base: &Value,
        path: &AttributePath,
    ) -> Option<Vec<Value>> {
        let items = returned.as_array()?;
        let nothing = Properties::new();
        let known = base.as_elements().unwrap_or_default();
        let is_withheld = known.iter().any(|item| write_only::is_any_write_only(attributes, item));
        let objects = items.iter().enumerate().map(|(index, item)| {
            let base = known.get(index).unwrap_or(&Value::UNKNOWN);
            let item = item.as_object().unwrap_or(&nothing);
            let outer = self.withholds;
            self.withholds |= is_withheld && known.get(index).is_none();
            let object = self.object(attributes, item, base, &path.and_index(index));
            self.withholds = outer;
            object
        });
        Some(objects.collect())
    }
}

fn is_empty_collection(value: &Value) -> bool {
    match value {
        Value::List(elements) | Value::Set(elements) => elements.is_empty(),
        Value::Map(members) => members.is_empty(),
        _ => false,
    }
}

/// A value of another type than its field has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrongType {
    /// Where.
    pub(crate) path: AttributePath,
    /// What it should be.
    pub(crate) expected: &'static str,
}

/// The first value in a response that cannot be read as what its field is. Null and an empty text are none; a number or truth
/// value may be a text, and a collection one text that `decode` hooks or commas take apart.
pub(crate) fn of_wrong_type(
    fields: &[Field],
    spelling: Spelling,
    answer: &Properties,
    at: &AttributePath,
) -> Option<WrongType> {
    let read = fields
        .iter()
        .filter(|known| known.source == Source::Response && !known.is_write_only());
    let mut wrong = read.filter_map(|known| {
        let returned = field(answer, &known.read_path(spelling)).filter(|returned| !is_none(returned))?;
        let path = at.and_attribute(known.name);
        let expected = match (known.kind, returned) {
            (Kind::Int, _) if whole_number(returned).is_null() => "whole number",
            (Kind::Decimal, _) if decimal(returned).is_null() => "number",
            (Kind::Bool, _) if lenient::boolean(returned).is_none() => "truth value",
            (Kind::Text | Kind::Timestamp, Json::Array(_) | Json::Object(_)) => "text",
            (Kind::Object(inner), Json::Object(members)) => return of_wrong_type(inner, spelling, members, &path),
            (Kind::Object(_) | Kind::Map(_), Json::Bool(_) | Json::Number(_) | Json::Array(_)) => "object",
            (
                Kind::List(_) | Kind::Set(_) | Kind::Objects(_) | Kind::ObjectSet(_),
                Json::Bool(_) | Json::Number(_) | Json::Object(_),
            ) => "list",
            _ => return None,
        };
        Some(WrongType { path, expected })
    });
    wrong.next()
}

fn is_none(returned: &Json) -> bool {
    returned.is_null() || returned.as_str() == Some("")
}

fn is_nothing(returned: &Json) -> bool {
    match returned {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        Json::Bool(_) | Json::Number(_) => false,
    }
}

/// Texts that may have been returned as one text with commas.
fn between_commas(returned: &Json) -> Json {
    match returned {
        Json::String(text) => {
            let parts = text.split(',').map(str::trim);
            parts.filter(|part| !part.is_empty()).map(Json::from).collect()
        }
        other => other.clone(),
    }
}

/// A field by dotted path; `None` when the response does not mention it.
pub fn field<'a>(answer: &'a Properties, path: &str) -> Option<&'a Json> {
    match path.split_once('.') {
        None => answer.get(path),
        Some((outer, rest)) => match answer.get(outer)? {
            Json::Object(inner) => field(inner, rest),
            Json::Null => Some(&Json::Null),
            _ => None,
        },
    }
}

fn whole_number(returned: &Json) -> Value {
    decimal(returned)
        .as_number()
        .and_then(Number::to_i64)
        .map_or(Value::Null, Value::int)
}

fn decimal(returned: &Json) -> Value {
    lenient::number(returned)
        .and_then(|text| text.parse::<Number>().ok())
        .map_or(Value::Null, Value::Number)
}

/// Whether two values mean the same to the practitioner.
fn same(attribute: &Field, stored: &Value, planned: &Value) -> bool {
    match equivalence(attribute) {
        Some(equivalent) if planned.is_known() => equivalent(stored, planned),
        _ => stored == planned || !planned.is_wholly_known(),
    }
}

/// How two spellings of a value are distinguished from two values, where that is more than equality.
pub fn equivalence(attribute: &Field) -> Option<fn(&Value, &Value) -> bool> {
    match attribute.kind {
        Kind::Json => Some(json_equivalent),
        Kind::Text if attribute.is_number => Some(same_number),
        _ => None,
    }
}

/// Whether two texts are one number. A plus sign in front says that it counts from somewhere else, so it is a part of it.
fn same_number(a: &Value, b: &Value) -> bool {
    let number = |value: &Value| {
        let text = value.as_str()?;
        let digits = text.strip_prefix('+');
        Some((digits.is_some(), digits.unwrap_or(text).parse::<Number>().ok()?))
    };
    a == b || matches!((number(a), number(b)), (Some(a), Some(b)) if a == b)
}

/// After a write, the practitioner's own spelling of an equal value wins.
fn base_or(stored: Value, base: &Value) -> Value {
    if base.is_wholly_known() { base.clone() } else { stored }
}

/// Whether two texts hold the same JSON: whitespace, key order and the spelling of numbers do not count.
pub fn json_equivalent(a: &Value, b: &Value) -> bool {
    if a == b {
        return true;
    }
    let parse = |value: &Value| serde_json::from_str::<Json>(value.as_str()?).ok();
    match (parse(a), parse(b)) {
        (Some(a), Some(b)) => json_equal(&a, &b),
        _ => false,
    }
}

/// Whether a JSON text stands for this very value.
fn is_json_of(text: &Value, value: &Json) -> bool {
    let parsed = text.as_str().and_then(|text| serde_json::from_str::<Json>(text).ok());
    parsed.as_ref() == Some(value)
}

fn json_equal(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => {
            a == b
                || matches!((a.to_string().parse::<Number>(), b.to_string().parse::<Number>()), (Ok(a), Ok(b)) if a == b)
        }
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| json_equal(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| json_equal(a, b)))
        }
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps, Required};
    use crate::engine::facts::Literal;
    use crate::engine::facts::Role::{Observed, SecretOnce, Setting};
    use crate::engine::facts::{boolean, int, json as json_text, list, map, object, text, timestamp};

    fn check(attributes: &[Field], answer: Json, base: Value, operation: Operation, expected: Value) -> Vec<Mismatch> {
        let Json::Object(answer) = answer else {
            unreachable!("answers are objects")
        };
        let (value, mismatches) = flatten(attributes, Spelling::Snake, &answer, &base, operation);
        assert_eq!(value, expected);
        mismatches
    }

    fn one(name: &str, value: impl Into<Value>) -> Value {
        Value::object([(name, value.into())])
    }

    #[test]
    fn empty_and_absent_text_are_null_unless_configured_empty() {
        let note = &[text("note", Setting(Clears))];
        check(
            note,
            json!({"note": ""}),
            one("note", Value::Null),
            Operation::Read,
            one("note", Value::Null),
        );
        check(
            note,
            json!({"note": null}),
            one("note", ""),
            Operation::Read,
            one("note", ""),
        );
    }

    #[test]
    fn a_default_that_twilio_returns_as_nothing_is_as_planned() {
        let fields = &[text("method", Setting(DefaultsTo(Literal::Text("POST"))))];
        for operation in [Operation::Create, Operation::Update] {
            let said = |planned: &str| {
                let (answer, planned) = (json!({"method": null}), one("method", planned));
                check(fields, answer, planned.clone(), operation, planned).len()
            };
            assert_eq!((said("POST"), said("GET")), (0, 1));
        }
    }

    #[test]
    fn a_value_of_another_type_is_none_of_the_fields() {
        const INNER: &[Field] = &[int("n", Setting(Clears))];
        let fields = [
            int("n", Setting(Clears)),
            boolean("b", Setting(Clears)),
            text("t", Setting(Clears)),
            list("l", Setting(Clears), &Kind::Text),
            object("o", Setting(Clears), INNER),
            text("s", SecretOnce),
        ];
        let wrong = |answer: Json| {
            let answer = answer.as_object().cloned().unwrap_or_default();
            of_wrong_type(&fields, Spelling::Snake, &answer, &AttributePath::root()).map(|wrong| wrong.path.to_string())
        };
        for right in [
            json!({}),
            json!({"n": null, "b": null, "t": null, "l": null, "o": null}),
            json!({"n": "12", "b": "true", "t": 5, "l": "a,b", "o": {"n": ""}}),
            json!({"n": 12.0, "b": false, "t": true, "l": [], "o": {}}),
            json!({"s": [1]}),
        ] {
            assert_eq!(wrong(right.clone()), None, "{right}");
        }
        for n in [
            json!("x"),
            json!(true),
            json!([120]),
            json!({"a": 1}),
            json!(120.5),
            json!("1e400"),
        ] {
            assert_eq!(wrong(json!({"n": n})).as_deref(), Some("n"), "{n}");
            assert_eq!(wrong(json!({"o": {"n": n}})).as_deref(), Some("o.n"), "{n}");
        }
        for (answer, name) in [
            (json!({"b": "perhaps"}), "b"),
            (json!({"t": {"a": 1}}), "t"),
            (json!({"l": {"a": 1}}), "l"),
            (json!({"o": [1]}), "o"),
        ] {
            assert_eq!(wrong(answer).as_deref(), Some(name));
        }
    }

    #[test]
    fn a_text_that_holds_a_number_is_compared_as_one() {
        for (a, b, is_same) in [
            ("10.50", "10.5", true),
            ("010", "10.0", true),
            ("+30", "+30.0", true),
            ("+30", "30", false),
            ("10", "11", false),
            ("x", "x", true),
            ("x", "y", false),
        ] {
            assert_eq!(same_number(&a.into(), &b.into()), is_same, "{a} {b}");
        }
        let amount = &[text("amount", Setting(Clears)).compared_as_number()];
        let found = check(
            amount,
            json!({"amount": "10.5"}),
            one("amount", "10.50"),
            Operation::Create,
            one("amount", "10.50"),
        );
        assert!(found.is_empty(), "it is the same number");
    }

    #[test]
    fn numbers_and_truths_are_read_leniently() {
        check(
            &[int("n", Setting(Clears))],
            json!({"n": "12"}),
            Value::Null,
            Operation::Read,
            one("n", 12),
        );
        check(
            &[boolean("b", Setting(Clears))],
            json!({"b": "true"}),
            Value::Null,
            Operation::Read,
            one("b", true),
        );
        check(
            &[int("n", Setting(Clears))],
            json!({"n": {"odd": 1}}),
            Value::Null,
            Operation::Read,
            one("n", Value::Null),
        );
    }

    #[test]
    fn dates_of_both_styles_become_rfc_3339() {
        let at = &[timestamp("at")];
        let expected = one("at", "2015-07-30T23:19:04Z");
        check(
            at,
            json!({"at": "Thu, 30 Jul 2015 23:19:04 +0000"}),
            Value::Null,
            Operation::Read,
            expected.clone(),
        );
        check(
            at,
            json!({"at": "2015-07-30T23:19:04Z"}),
            Value::Null,
            Operation::Read,
            expected,
        );
    }

    #[test]
    fn a_secret_is_taken_from_the_response_to_create_and_kept_afterwards() {
        let secret = &[text("secret", SecretOnce)];
        check(
            secret,
            json!({"secret": "s"}),
            one("secret", Value::UNKNOWN),
            Operation::Create,
            one("secret", "s"),
        );
        check(
            secret,
            json!({}),
            one("secret", "s"),
            Operation::Read,
            one("secret", "s"),
        );
    }

    #[test]
    fn a_planned_value_that_twilio_changes_stays_and_is_reported() {
        let found = check(
            &[text("a", Setting(Clears))],
            json!({"a": "x/"}),
            one("a", "x"),
            Operation::Create,
            one("a", "x"),
        );
        assert_eq!(found.len(), 1);
        assert_eq!(
            (&found[0].planned, &found[0].stored),
            (&Value::from("x"), &Value::from("x/"))
        );
        check(
            &[text("a", Setting(Clears))],
            json!({"a": "x/"}),
            one("a", "x"),
            Operation::Read,
            one("a", "x/"),
        );
    }

    #[test]
    fn a_value_that_is_only_read_and_was_planned_to_stay_stays_until_the_next_read() {
        let status = &[text("status", Observed)];
        let found = check(
            status,
            json!({"status": "on"}),
            one("status", "off"),
            Operation::Update,
            one("status", "off"),
        );
        assert!(found.is_empty());
        check(
            status,
            json!({"status": "on"}),
            one("status", "off"),
            Operation::Read,
            one("status", "on"),
        );
    }

    #[test]
    fn json_that_is_a_text_stays_one() {
        let data = &[json_text("d", Setting(Clears))];
        for (own, answer) in [
            (r#""5""#, json!("5")),
            (r#""just text""#, json!("just text")),
            (r#""{}""#, json!("{}")),
            (r#""""#, json!("")),
            ("null", json!(null)),
            // And JSON in a text is what it says.
            (r#"{"a":1}"#, json!(r#"{"a":1}"#)),
            ("5", json!("5")),
        ] {
            for operation in [Operation::Create, Operation::Update, Operation::Read] {
                let answer = json!({ "d": answer });
                assert!(
                    check(data, answer, one("d", own), operation, one("d", own)).is_empty(),
                    "{own}"
                );
            }
        }
        // Nothing says what it was; it is JSON in any case.
        let imported = one("d", "\"just text\"");
        check(
            data,
            json!({"d": "just text"}),
            one("d", Value::UNKNOWN),
            Operation::Read,
            imported,
        );
    }

    /// Of a field Twilio does not tell empty from absent; a key of a map is there or not.
    #[test]
    fn an_empty_text_in_a_map_is_one() {
        let texts = &[crate::engine::facts::map("variables", Setting(Clears), &Kind::Text)];
        let value = || {
            let all = [("1".to_owned(), "a".into()), ("2".to_owned(), Value::from(""))];
            one("variables", Value::Map(all.into_iter().collect()))
        };
        let answer = json!({"variables": {"1": "a", "2": ""}});
        for operation in [Operation::Create, Operation::Update, Operation::Read] {
            assert!(check(texts, answer.clone(), value(), operation, value()).is_empty());
        }
    }

    #[test]
    fn the_practitioners_own_json_text_stays() {
        let own = "{ \"b\": 1.0, \"a\": [] }";
        let found = check(
            &[json_text("d", Setting(Clears))],
            json!({"d": {"a": [], "b": 1}}),
            one("d", own),
            Operation::Update,
            one("d", own),
        );
        assert!(found.is_empty());
    }

    #[test]
    fn elements_of_a_set_are_taken_as_twilio_returns_them() {
        const TYPES: &[Field] = &[text("type", Setting(Required)), int("schema_version", Setting(Keeps))];
        let element = |version: Value| Value::object([("type", "a".into()), ("schema_version", version)]);
        let planned = one("types", Value::Set(vec![element(Value::UNKNOWN)]));
        let expected = one("types", Value::Set(vec![element(12.into())]));
        let attributes = &[crate::engine::facts::object_set("types", Setting(Required), TYPES)];
        let answer = json!({"types": [{"type": "a", "schema_version": 12}]});
        let found = check(attributes, answer, planned, Operation::Create, expected);
        assert!(found.is_empty());
    }

    #[test]
    fn nested_settings_are_read_by_their_own_names() {
        const TOTP: &[Field] = &[text("issuer", Setting(Clears)), int("time_step", Setting(Keeps))];
        let base = one(
            "totp",
            Value::object([("issuer", "me".into()), ("time_step", Value::UNKNOWN)]),
        );
        let expected = one(
            "totp",
            Value::object([("issuer", "me".into()), ("time_step", Value::int(30))]),
        );
        let attributes = &[object("totp", Setting(Clears), TOTP)];
        let found = check(
            attributes,
            json!({"totp": {"issuer": "me", "time_step": 30}}),
            base,
            Operation::Create,
            expected,
        );
        assert!(found.is_empty());
    }

    #[test]
    fn what_says_nothing_is_null_unless_something_is_configured() {
        const PUSH: &[Field] = &[text("key", Setting(Clears)), boolean("on", Setting(Clears))];
        const PARTY: &[Field] = &[
            object(
                "party",
                Setting(Clears),
                &[list("origins", Setting(Clears), &Kind::Text)],
            ),
            text("mode", Setting(Clears)),
        ];
        let attributes = &[
            map("variables", Setting(Clears), &Kind::Text),
            list("emails", Setting(Clears), &Kind::Text),
            list("origins", Setting(Clears), &Kind::Text).comma_separated(),
            json_text("rules", Setting(Clears)),
            object("push", Setting(Clears), PUSH),
            object("passkeys", Setting(Clears), PARTY),
            list("seen", Observed, &Kind::Text),
        ];
        let answer = json!({
            "variables": {}, "emails": [], "origins": "", "rules": {}, "push": {"key": "", "extra": 1},
            "passkeys": {"party": {"origins": []}, "mode": "strict"}, "seen": [],
        });
        let nothing = |passkeys: Value| {
            Value::object([
                ("variables", Value::Null),
                ("emails", Value::Null),
                ("origins", Value::Null),
                ("rules", Value::Null),
                ("push", Value::Null),
                ("passkeys", passkeys),
                ("seen", Value::List(Vec::new())),
            ])
        };
        let passkeys = Value::object([("party", Value::Null), ("mode", "strict".into())]);
        let found = check(
            attributes,
            answer.clone(),
            Value::Null,
            Operation::Read,
            nothing(passkeys),
        );
        assert!(found.is_empty());
        let configured = Value::object([
            ("variables", Value::Map(std::collections::BTreeMap::new())),
            ("emails", Value::List(Vec::new())),
            ("origins", Value::List(Vec::new())),
            ("rules", "{}".into()),
            ("push", Value::object([("key", Value::Null), ("on", Value::Null)])),
            (
                "passkeys",
                Value::object([
                    ("party", Value::object([("origins", Value::List(Vec::new()))])),
                    ("mode", "strict".into()),
                ]),
            ),
            ("seen", Value::List(Vec::new())),
        ]);
        check(attributes, answer, configured.clone(), Operation::Read, configured);
        let on = json!({"push": {"key": null, "on": false}});
        let expected = one("push", Value::object([("key", Value::Null), ("on", false.into())]));
        check(
            &[object("push", Setting(Clears), PUSH)],
            on,
            Value::Null,
            Operation::Read,
            expected,
        );
    }

    #[test]
    fn what_clears_a_field_is_read_as_nothing_unless_it_is_configured() {
        use crate::engine::facts::Absent::ClearedBy;
        use crate::engine::facts::Literal;
        let limit = &[int("limit", Setting(ClearedBy(Literal::Int(0))))];
        check(
            limit,
            json!({"limit": 0}),
            one("limit", Value::Null),
            Operation::Update,
            one("limit", Value::Null),
        );
        check(
            limit,
            json!({"limit": 0}),
            one("limit", 0),
            Operation::Read,
            one("limit", 0),
        );
        check(
            limit,
            json!({"limit": 3}),
            one("limit", Value::Null),
            Operation::Read,
            one("limit", 3),
        );
    }

    #[test]
    fn names_are_read_as_they_are_spelt_at_every_depth() {
        const INNER: &[Field] = &[int("when_closed", Setting(Clears))];
        let attributes = &[object("status_timeouts", Setting(Clears), INNER)];
        let Json::Object(answer) = json!({"statusTimeouts": {"whenClosed": 5}}) else {
            unreachable!("an object")
        };
        let (read, _) = flatten(attributes, Spelling::Camel, &answer, &Value::Null, Operation::Read);
        assert_eq!(read, one("status_timeouts", Value::object([("when_closed", 5.into())])));
    }

    #[test]
    fn texts_with_commas_between_are_read_from_one_text_or_a_list() {
        let origins = &[list("origins", Setting(Clears), &Kind::Text).comma_separated()];
        let expected = one("origins", Value::List(vec!["a".into(), "b".into()]));
        for returned in [json!("a, b"), json!(["a", "b"])] {
            check(
                origins,
                json!({"origins": returned}),
                Value::Null,
                Operation::Read,
                expected.clone(),
            );
        }
    }

    #[test]
    fn an_empty_collection_is_as_configured_however_twilio_says_nothing() {
        const FIELDS: &[Field] = &[
            list("emails", Setting(Clears), &Kind::Text),
            list("origins", Setting(Clears), &Kind::Text).comma_separated(),
            map("variables", Setting(Clears), &Kind::Text),
        ];
        let empty = Value::object([
            ("emails", Value::List(Vec::new())),
            ("origins", Value::List(Vec::new())),
            ("variables", Value::Map(std::collections::BTreeMap::new())),
        ]);
        for nothing in [json!(null), json!(""), json!([]), json!({})] {
            let answer = json!({"emails": nothing, "origins": nothing, "variables": nothing});
            let answer = answer.as_object().cloned().unwrap_or_default();
            for operation in [Operation::Create, Operation::Update, Operation::Read] {
                let (stored, mismatches) = flatten(FIELDS, Spelling::Snake, &answer, &empty, operation);
                assert_eq!(stored, empty, "{nothing}");
                assert!(mismatches.is_empty(), "{nothing}");
            }
        }
        let answer = json!({"emails": ["a"], "origins": "b", "variables": {"c": "d"}});
        let answer = answer.as_object().cloned().unwrap_or_default();
        let (stored, _) = flatten(FIELDS, Spelling::Snake, &answer, &empty, Operation::Read);
        assert_ne!(stored.attr("emails"), empty.attr("emails"));
        assert_ne!(stored.attr("origins"), empty.attr("origins"));
        assert_ne!(stored.attr("variables"), empty.attr("variables"));
    }
}
