//! Smallest valid requests, made from the contract alone.

use serde_json::{Map, Value, json};
use twilio_simulator::contract::{Field, Kind, Location, Operation, Spec};

/// What the contract asks for by meaning, not only by form.
pub struct Known<'a> {
    pub account_sid: &'a str,
    /// Makes values differ between objects.
    pub number: usize,
}

/// Required body parameters of an operation.
pub fn body(spec: &Spec, operation: &Operation, known: &Known<'_>) -> Map<String, Value> {
    let mut values = Map::new();
    if let Some(shape) = &operation.body
        && let Value::Object(members) = value(spec, shape, known, 0)
    {
        values.extend(members);
    }
    for field in operation.params_in(Location::Body).filter(|field| field.required) {
        values.insert(field.name.clone(), value(spec, field, known, 0));
    }
    values
}

/// Required query parameters of an operation.
pub fn query(spec: &Spec, operation: &Operation, known: &Known<'_>) -> String {
    let required = operation.params_in(Location::Query).filter(|field| field.required);
    let pairs: Vec<(String, String)> = required
        .map(|field| (field.name.clone(), text(&value(spec, field, known, 0))))
        .collect();
    if pairs.is_empty() {
        String::new()
    } else {
        format!("?{}", serde_urlencoded::to_string(pairs).expect("text pairs"))
    }
}

/// A form of JSON values: arrays repeat their key, objects are sent as JSON text.
pub fn form(values: &Map<String, Value>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in values {
        match value {
            Value::Array(items) => pairs.extend(items.iter().map(|item| (name.clone(), text(item)))),
            one => pairs.push((name.clone(), text(one))),
        }
    }
    pairs
}

/// A valid value of a shape.
pub fn value(spec: &Spec, field: &Field, known: &Known<'_>, depth: usize) -> Value {
    let name = field.name.as_str();
    let shape = spec.resolve(field);
    if let Some(first) = shape.allowed.first() {
        return first.clone();
    }
    if let Some(first) = shape.any_of.first() {
        let mut one = value(spec, first, known, depth + 1);
        if let (Some(discriminator), Some(members)) = (&shape.discriminator, one.as_object_mut()) {
            let target = first.reference.as_deref().unwrap_or_default();
            let tag = discriminator
                .values
                .iter()
                .find(|(_, named)| *named == target)
                .map(|(tag, _)| tag.clone());
            if let Some(tag) = tag {
                members.insert(discriminator.field.clone(), tag.into());
            }
        }
        return one;
    }
    match shape.kind {
        Kind::String => string(name, shape, known).into(),
        Kind::Integer | Kind::Number => shape.minimum.clone().map_or(json!(1), Value::Number),
        Kind::Boolean => json!(true),
        Kind::Array => {
            let count = shape.min_items.unwrap_or(1).max(1);
            let item = shape
                .items
                .as_deref()
                .map_or(json!("x"), |item| value(spec, item, known, depth + 1));
            Value::Array((0..count).map(|_| item.clone()).collect())
        }
        Kind::Object if depth < 8 => {
            let required = shape
                .fields
                .iter()
                .filter(|member| member.required && !member.read_only);
            required
                .map(|member| (member.name.clone(), value(spec, member, known, depth + 1)))
                .collect()
        }
        Kind::Object | Kind::Any => json!({}),
    }
}

/// Texts that published patterns are tried with.
const SAMPLES: &[&str] = &[
    "US",
    "abc",
    "Abc",
    "ABC",
    "A1B2C3",
    "123",
    "+14155550100",
    "a@example.com",
    "wss://example.com",
    "STOP.ALL",
    "TEXT",
    "0123456789abcdefghjkmnpqrs",
    "01234567-89ab-cdef-0123-456789abcdef",
];

fn string(name: &str, shape: &Field, known: &Known<'_>) -> String {
    match shape.sid.first().map(String::as_str) {
        Some("AC") => return known.account_sid.to_owned(),
        Some("**") => return format!("XX{:032x}", known.number),
        Some(prefix) => return format!("{prefix}{:032x}", known.number),
        None => {}
    }
    if let Some(pattern) = &shape.pattern {
        let regex = regex::Regex::new(pattern).expect("published patterns are regular expressions");
        let prefix: String = pattern
            .trim_start_matches('^')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        let made = [
            format!("{prefix}0{:025}", known.number),
            format!("{prefix}{:032x}", known.number),
            format!("mem_store_0{:025}", known.number),
            format!("abc{}", known.number),
        ];
        return SAMPLES
            .iter()
            .map(|sample| (*sample).to_owned())
            .chain(made)
            .filter(|text| shape.max_length.is_none_or(|most| text.len() as u64 <= most))
            .find(|text| regex.is_match(text))
            .unwrap_or_else(|| panic!("no sample for {name}: {pattern}"));
    }
    match shape.format.as_deref() {
        Some("uri") => return "https://example.com/x".to_owned(),
        Some("http-method") => return "POST".to_owned(),
        Some("date-time") => return "2026-01-02T03:04:05Z".to_owned(),
        Some("date") => return "2026-01-02".to_owned(),
        Some("email") => return "a@example.com".to_owned(),
        Some("phone-number") => return format!("+1415555{:04}", known.number % 10_000),
        _ => {}
    }
    // A list of senders wants a channel, and a sender begins with its channel.
    match name {
        "Channel" => return "whatsapp".to_owned(),
        "sender_id" => return format!("whatsapp:+1415555{:04}", known.number % 10_000),
        _ => {}
    }
    let mut text = format!("{name}{}", known.number);
    let least = usize::try_from(shape.min_length.unwrap_or(0)).expect("small");
    while text.len() < least {
        text.push('x');
    }
    if let Some(most) = shape.max_length {
        // The end differs between objects, the beginning does not.
        let most = usize::try_from(most).expect("small");
        text = text.split_off(text.len().saturating_sub(most));
    }
    text
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
