//! The URLs that a Studio flow requests. <https://www.twilio.com/docs/studio/rest-api/v2/flow>

use serde_json::Value as Json;
use url::Url;

use super::table::{Function, Parameter, Part, Shape, wrong};
use crate::framework::codec::encode_json;
use crate::framework::provider::FunctionError;
use crate::framework::reason::Reason;
use crate::framework::value::Value;

/// `studio_flow_urls`.
pub const STUDIO_FLOW_URLS: Function = Function {
    name: "studio_flow_urls",
    since: "0.1.0",
    doc: "Lists the URLs in the definition of a Studio flow, each with the widget that has it: what `make-http-request` and \
          `run-function` call, media that is played or sent, TwiML redirects, and callbacks. Use it in a `check` block, to see \
          that a flow which was drawn for one environment does not call another.",
    quirks: &[
        "A URL with Liquid in it, such as `{{flow.variables.base}}/orders`, is listed as it stands.",
        "URLs within a longer text, such as the body of a message, are not listed: the flow does not request them.",
    ],
    api_page: "https://www.twilio.com/docs/studio/rest-api/v2/flow",
    parameters: &[Parameter::new(
        "definition",
        Shape::Any,
        "The definition: JSON, as `definition` of `twilio_studio_flow` has it, or the object that `jsondecode` makes of it.",
    )],
    variadic: None,
    result: Shape::List(&Shape::Object(&[
        Part {
            name: "property",
            shape: Shape::Text,
            doc: "Where it is within the properties of the widget, for example `url` or `parameters.0.value`.",
        },
        Part {
            name: "url",
            shape: Shape::Text,
            doc: "The URL.",
        },
        Part {
            name: "widget",
            shape: Shape::Text,
            doc: "Name of the widget.",
        },
    ])),
    returns: "They are sorted by URL, then by widget and property. A URL that several widgets have is listed for each.",
    call,
};

/// Properties whose value is a URL, whatever it looks like, and how others end that are.
const NAMES: &[&str] = &["url", "play", "recording_status_callback", "status_callback"];
const ENDINGS: &[&str] = &["_url", "_callback", "_callback_url"];

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    url: String,
    widget: String,
    property: String,
}

fn call(arguments: &[Value]) -> Result<Value, FunctionError> {
    let definition = definition(arguments.first().unwrap_or(&Value::Null))?;
    let widgets = definition.get("states").and_then(Json::as_array);
    let widgets =
        widgets.ok_or_else(|| wrong(0, "It is no definition of a flow: there is no list of states in it."))?;
    let mut found = Vec::new();
    for (position, widget) in widgets.iter().enumerate() {
        let name = widget.get("name").and_then(Json::as_str).ok_or_else(|| {
            let reason = Reason::new("It is no definition of a flow: state ");
            wrong(0, reason.number(position).and(" has no name."))
        })?;
        if let Some(properties) = widget.get("properties") {
            collect(name, "", properties, &mut found);
        }
    }
    found.sort();
    let found = found.into_iter().map(|Found { url, widget, property }| {
        Value::object([
            ("property", Value::from(property)),
            ("url", Value::from(url)),
            ("widget", Value::from(widget)),
        ])
    });
    Ok(Value::List(found.collect()))
}

/// The definition, whether it is JSON or what was decoded from it.
fn definition(value: &Value) -> Result<Json, FunctionError> {
    match value {
        Value::Dynamic(typed) if value.as_str().is_none() => {
            let (ty, value) = typed.as_ref();
            encode_json(value, ty).map_err(|_| wrong(0, "It is no definition of a flow."))
        }
        _ => serde_json::from_str(value.as_str().unwrap_or_default()).map_err(|error| {
            let reason = Reason::new("It is no JSON: line ").number(error.line());
            wrong(0, reason.and(", column ").number(error.column()).and("."))
        }),
    }
}

/// The URLs at and below a property.
fn collect(widget: &str, path: &str, value: &Json, found: &mut Vec<Found>) {
    let below = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match value {
        Json::String(text) if is_url(path, text) => found.push(Found {
            url: text.clone(),
            widget: widget.to_owned(),
            property: path.to_owned(),
        }),
        Json::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                collect(widget, &below(&position.to_string()), item, found);
            }
        }
        Json::Object(fields) => {
            for (name, value) in fields {
                collect(widget, &below(name), value, found);
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// Whether the text of a property is a URL: by what it is, or by the name of the property where Liquid makes it one.
fn is_url(path: &str, text: &str) -> bool {
    let name = path
        .rsplit('.')
        .find(|part| part.parse::<usize>().is_err())
        .unwrap_or_default();
    let is_named = NAMES.contains(&name) || ENDINGS.iter().any(|ending| name.ends_with(ending));
    let is_web = |url: Url| matches!(url.scheme(), "http" | "https" | "ws" | "wss") && url.has_host();
    let is_one_word = !text.contains(char::is_whitespace);
    (is_named && !text.trim().is_empty()) || (is_one_word && Url::parse(text).is_ok_and(is_web)) || {
        // Liquid may stand for a part of it, with spaces.
        let lower = text.trim_start().to_ascii_lowercase();
        let is_liquid = text.contains("{{") && (lower.starts_with("http://") || lower.starts_with("https://"));
        is_liquid && !without_liquid(text).trim().contains(char::is_whitespace)
    }
}

/// The text without what stands between braces.
fn without_liquid(text: &str) -> String {
    let mut rest = text;
    let mut left = String::new();
    while let Some((before, after)) = rest.split_once("{{") {
        left.push_str(before);
        rest = after.split_once("}}").map_or("", |(_, after)| after);
    }
    left + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::types::Type;

    /// Widgets as the documentation of Studio has them.
    const FLOW: &str = r#"{
        "description": "See https://example.com/ignored", "initial_state": "Trigger", "flags": {"allow_concurrent_calls": true},
        "states": [
            {"name": "Trigger", "type": "trigger", "transitions": [], "properties": {"offset": {"x": 0, "y": 0}}},
            {"name": "ask", "type": "make-http-request", "properties": {
                "method": "POST", "content_type": "application/json", "url": "https://api.example.com/orders",
                "body": "{\"url\":\"https://example.com/in-a-body\"}",
                "parameters": [{"key": "back", "value": "https://example.com/back"}]}},
            {"name": "lookup", "type": "run-function", "properties": {
                "service_sid": "ZS00000000000000000000000000000000", "url": "https://shop-1234-dev.twil.io/lookup", "parameters": []}},
            {"name": "hello", "type": "say-play", "properties": {"loop": 1, "play": "https://cdn.example.com/hello.mp3", "voice": "alice"}},
            {"name": "menu", "type": "gather-input-on-call", "properties": {"say": "Press one", "play": "", "timeout": 5}},
            {"name": "picture", "type": "send-message", "properties": {
                "body": "See https://example.com/in-a-text", "media_url": "{{flow.variables.base}}/a.png"}},
            {"name": "elsewhere", "type": "add-twiml-redirect", "properties": {"url": "https://api.example.com/orders", "method": "POST"}},
            {"name": "fork", "type": "fork-stream", "properties": {"stream_url": "wss://example.com/audio", "stream_name": "a"}},
            {"name": "park", "type": "enqueue-call", "properties": {"wait_url": "https://{{flow.variables.host | downcase}}/wait"}},
            {"name": "voicemail", "type": "record-voicemail", "properties": {
                "recording_status_callback_url": "https://example.com/recorded", "transcription_callback_url": ""}}
        ]
    }"#;

    fn found(definition: Value) -> Vec<(String, String, String)> {
        let Value::List(found) = call(&[definition]).expect("a definition") else {
            panic!("no list")
        };
        let text = |value: &Value, name: &str| value.attr(name).as_str().unwrap_or_default().to_owned();
        (found.iter())
            .map(|one| (text(one, "url"), text(one, "widget"), text(one, "property")))
            .collect()
    }

    #[test]
    fn what_a_flow_requests_is_listed_with_its_widget() {
        let expected = [
            ("https://api.example.com/orders", "ask", "url"),
            ("https://api.example.com/orders", "elsewhere", "url"),
            ("https://cdn.example.com/hello.mp3", "hello", "play"),
            ("https://example.com/back", "ask", "parameters.0.value"),
            (
                "https://example.com/recorded",
                "voicemail",
                "recording_status_callback_url",
            ),
            ("https://shop-1234-dev.twil.io/lookup", "lookup", "url"),
            ("https://{{flow.variables.host | downcase}}/wait", "park", "wait_url"),
            ("wss://example.com/audio", "fork", "stream_url"),
            ("{{flow.variables.base}}/a.png", "picture", "media_url"),
        ];
        let expected = expected.map(|(url, widget, property)| (url.to_owned(), widget.to_owned(), property.to_owned()));
        assert_eq!(found(FLOW.into()), expected);
    }

    #[test]
    fn a_decoded_definition_is_the_same() {
        let url = Value::object([("url", Value::from("https://example.com"))]);
        let state = Value::object([("name", Value::from("a")), ("properties", url)]);
        let flow = Value::object([("states", Value::Tuple(vec![state]))]);
        let ty = Type::object([(
            "states",
            Type::Tuple(vec![Type::object([
                ("name", Type::String),
                ("properties", Type::object([("url", Type::String)])),
            ])]),
        )]);
        let text = r#"{"states":[{"name":"a","properties":{"url":"https://example.com"}}]}"#;
        assert_eq!(found(Value::dynamic(ty, flow)), found(text.into()));
    }

    #[test]
    fn a_flow_without_urls_has_none_and_what_is_no_flow_is_refused() {
        assert!(found(r#"{"states":[]}"#.into()).is_empty());
        for (definition, reason) in [
            ("", "line 1"),
            ("{\n  \"states\": [", "line 2"),
            ("[]", "no list of states"),
            (r#"{"states":{}}"#, "no list of states"),
            (r#"{"states":[{"name":"a"},{"type":"b"}]}"#, "state 1 has no name"),
        ] {
            let error = call(&[definition.into()]).expect_err(definition);
            assert_eq!(error.argument, Some(0));
            assert!(error.text.contains(reason), "{}", error.text);
        }
    }
}
