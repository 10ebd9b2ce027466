//! Any answer of any server: the client judges it, pages through it, logs it, and the tables read it, without a panic,
//! without showing a secret, and without following a link to somebody else.
//!
//! The input is written as HTTP writes a response: a status, headers, an empty line, a body. So the seeds can be read.

use std::sync::LazyLock;

use serde_json::Value as Json;
use terraform_provider_twilio::engine::facts::{Field, Operation, Spelling};
use terraform_provider_twilio::engine::values::properties::flatten;
use terraform_provider_twilio::framework::codec::conform;
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};
use terraform_provider_twilio::twilio::fuzzing::{Exchange, Received};
use terraform_provider_twilio::twilio::lenient;

use super::types::{data_source_type, resource_type};

/// What the client must never show. The seeds have it in places where servers may repeat it.
const SECRET: &str = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

/// A detour, as to a simulator.
const BASE: &str = "http://127.0.0.1:8080/prefix";

/// Each exchange, and where a next page may lead.
static EXCHANGES: LazyLock<[(Exchange, &str); 3]> = LazyLock::new(|| {
    [
        (Exchange::list(None, SECRET), "https://verify.twilio.com/"),
        (Exchange::list(Some(BASE), SECRET), "http://127.0.0.1:8080/prefix/"),
        (Exchange::create(None, SECRET), "https://verify.twilio.com/"),
    ]
    .map(|(exchange, home)| (exchange.expect("the settings are right"), home))
});

/// What each table reads, and the type of what it makes of a response.
static TABLES: LazyLock<Vec<(&[Field], Spelling, Type)>> = LazyLock::new(|| {
    let resources = RESOURCES
        .iter()
        .map(|table| (table.object.fields, table.object.spelling, resource_type(table)));
    let data_sources = DATA_SOURCES
        .iter()
        .map(|table| (table.attributes, Spelling::Snake, data_source_type(table)));
    resources.chain(data_sources).collect()
});

/// What holds of any input.
///
/// # Panics
/// Where it does not.
pub fn holds(input: &[u8]) {
    let (head, body) = split(input, b"\n\n");
    let (status, head) = split(head, b"\n");
    let status = std::str::from_utf8(status)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let headers: Vec<_> = head.split(|byte| *byte == b'\n').map(header).collect();
    let received = Received {
        status: status.unwrap_or(200),
        headers: &headers,
        body,
    };
    for (exchange, home) in EXCHANGES.iter() {
        let understood = exchange.receive(&received);
        for text in &understood.texts {
            assert!(!text.contains(SECRET), "shows a secret: {text}");
        }
        if let Some(address) = &understood.next_page {
            assert!(address.starts_with(home), "{address} is not below {home}");
        }
    }
    if let Ok(body) = serde_json::from_slice(body) {
        read(&body);
    }
}

/// Reads a body as the tables do, and each scalar in it in every way there is.
fn read(body: &Json) {
    if let Json::Object(object) = body {
        for (fields, spelling, ty) in TABLES.iter() {
            for operation in [Operation::Create, Operation::Read] {
                let (value, _) = flatten(fields, *spelling, object, &Value::Null, operation);
                conform(&value, ty).expect("an answer becomes a value of the schema's type");
            }
        }
    }
    let mut open = vec![body];
    while let Some(value) = open.pop() {
        match value {
            Json::Array(items) => open.extend(items),
            Json::Object(fields) => open.extend(fields.values()),
            scalar => read_scalar(scalar),
        }
    }
}

fn read_scalar(scalar: &Json) {
    let again = |text: Option<String>, read: fn(&Json) -> Option<String>| {
        let once = text.map(Json::String);
        assert_eq!(
            once.as_ref().and_then(read).map(Json::String),
            once,
            "reading changes what was read"
        );
    };
    again(lenient::number(scalar), lenient::number);
    again(lenient::date_time(scalar), lenient::date_time);
    if let Some(integer) = lenient::integer(scalar) {
        assert_eq!(lenient::integer(&Json::from(integer)), Some(integer));
    }
    let _ = lenient::boolean(scalar);
}

fn header(line: &[u8]) -> (&[u8], &[u8]) {
    split(line, b": ")
}

/// What is before and behind the first `mark`; all and nothing where there is none.
fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> (&'a [u8], &'a [u8]) {
    match bytes.windows(mark.len()).position(|window| window == mark) {
        Some(at) => (&bytes[..at], &bytes[at + mark.len()..]),
        None => (bytes, &[]),
    }
}
