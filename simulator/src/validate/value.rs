//! One value against its shape.

use serde_json::Value;

use crate::contract::{Field, Kind, Spec};
use crate::error::ApiError;

/// Dates that may also be written as days from today, which the contract says in words only.
const RELATIVE_DATES: [&str; 2] = ["StartDate", "EndDate"];

/// Enums that also take an empty text, which the contract says in words only: triggers that do not recur.
const EMPTY_MEANS_NONE: [&str; 1] = ["Recurring"];

/// HTTP methods that parameters name.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"];

/// Names of the parameter for the size of a page.
const PAGE_SIZES: [&str; 2] = ["PageSize", "pageSize"];

/// A form or query text as a typed value.
///
/// # Errors
/// 400/20001 if it does not fit; never when `strict` is off.
pub fn from_text(spec: &Spec, shape: &Field, name: &str, text: &str, strict: bool) -> Result<Value, ApiError> {
    let typed = parse(shape, text);
    if !strict {
        return Ok(typed.unwrap_or_else(|_| lenient(shape, text)));
    }
    let typed = typed.map_err(|why| ApiError::invalid_parameter(name, why))?;
    let typed = match typed {
        Value::String(method) if is_method(shape) && !is_written_small(shape) => {
            Value::from(method.to_ascii_uppercase())
        }
        typed => typed,
    };
    match shape.kind {
        // JSON inside a form: Twilio's files do not say what is in it, or only roughly.
        Kind::Object | Kind::Any | Kind::Array => {}
        // An empty text clears a parameter; only enums and typed values have no empty form.
        Kind::String if text.is_empty() && shape.allowed.is_empty() && shape.min_length.is_none() => {}
        // Seen to clear it (sip_trunking of https://github.com/RJPearson94/terraform-provider-twilio).
        Kind::String if text.is_empty() && is_method(shape) => {}
        Kind::String if text.is_empty() && EMPTY_MEANS_NONE.contains(&name) => {}
        _ => check(spec, shape, name, &typed)?,
    }
    Ok(typed)
}

/// What is made of a text that does not fit: a value of the right type all the same, as clients read nothing else.
fn lenient(shape: &Field, text: &str) -> Value {
    match shape.kind {
        Kind::Boolean => ["1", "yes", "on"].contains(&text.to_ascii_lowercase().as_str()).into(),
        #[expect(clippy::cast_possible_truncation, reason = "what is no whole number is cut")]
        Kind::Integer => text.parse::<f64>().map_or(0, |number| number as i64).into(),
        Kind::Number => text.parse::<f64>().unwrap_or_default().into(),
        Kind::String | Kind::Any | Kind::Object | Kind::Array => Value::from(text),
    }
}

fn parse(shape: &Field, text: &str) -> Result<Value, String> {
    match shape.kind {
        Kind::String if is_moment_without_zone(shape, text) => Ok(Value::from(format!("{text}Z"))),
        Kind::String => Ok(Value::from(text)),
        Kind::Integer => text
            .parse::<i64>()
            .map(Value::from)
            .map_err(|_| format!("'{text}' is not a whole number")),
        Kind::Number => match serde_json::from_str(text) {
            Ok(Value::Number(number)) => Ok(Value::Number(number)),
            _ => Err(format!("'{text}' is not a number")),
        },
        Kind::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(format!("'{text}' is neither true nor false")),
        },
        Kind::Any | Kind::Object | Kind::Array if text.is_empty() => Ok(Value::Null),
        Kind::Any | Kind::Object | Kind::Array => {
            serde_json::from_str(text).map_err(|error| format!("it is not JSON: {error}"))
        }
    }
}

/// Twilio's Java library sends moments in UTC without saying so (`QUERY_STRING_DATE_TIME_FORMAT` in its `Request`), and like all of
/// Twilio's libraries it reads them with the zone alone.
fn is_moment_without_zone(shape: &Field, text: &str) -> bool {
    shape.format.as_deref() == Some("date-time")
        && text.contains('T')
        && text.parse::<jiff::Timestamp>().is_err()
        && text.parse::<jiff::civil::DateTime>().is_ok()
}

/// Checks a typed value, down to the members of objects.
///
/// # Errors
/// 400/20001 naming the member that does not fit.
pub fn check(spec: &Spec, shape: &Field, name: &str, value: &Value) -> Result<(), ApiError> {
    let nullable = shape.nullable;
    let shape = spec.resolve(shape);
    if value.is_null() {
        return if nullable || shape.nullable || shape.kind == Kind::Any {
            Ok(())
        } else {
            Err(ApiError::invalid_parameter(name, "it may not be null"))
        };
    }
    if !shape.any_of.is_empty() {
        return alternatives(spec, shape, name, value);
    }
    match (shape.kind, value) {
        (Kind::String, Value::String(text)) => string(shape, name, text)?,
        (Kind::Integer, Value::Number(number)) if number.is_i64() || number.is_u64() => range(shape, name, value)?,
        (Kind::Number, Value::Number(_)) => range(shape, name, value)?,
        (Kind::Boolean, Value::Bool(_)) | (Kind::Any, _) => {}
        (Kind::Array, Value::Array(items)) => {
            count(shape, name, items.len())?;
            if let Some(item) = &shape.items {
                for (index, value) in items.iter().enumerate() {
                    check(spec, item, &format!("{name}[{index}]"), value)?;
                }
            }
        }
        (Kind::Object, Value::Object(members)) => {
            let free = shape.fields.is_empty() || shape.map.is_some();
            for (member, value) in members {
                let path = join(name, member);
                match shape.field(member) {
                    Some(field) if field.read_only => {
                        return Err(ApiError::invalid_parameter(&path, "it is read-only"));
                    }
                    Some(field) => check(spec, field, &path, value)?,
                    None if free => {}
                    None => return Err(ApiError::new(400, 20001, format!("Unknown parameter {path}"))),
                }
            }
            let missing = shape
                .fields
                .iter()
                .find(|field| field.required && !field.read_only && !members.contains_key(&field.name));
            if let Some(field) = missing {
                return Err(ApiError::missing_parameter(&join(name, &field.name)));
            }
        }
        (kind, _) => {
            let kind = format!("{kind:?}").to_ascii_lowercase();
            return Err(ApiError::invalid_parameter(
                name,
                format_args!("it is not of type {kind}"),
            ));
        }
    }
    let is_allowed = |value: &Value| match (value, is_method(shape)) {
        (Value::String(method), true) => {
            let mut allowed = shape.allowed.iter().filter_map(Value::as_str);
            allowed.any(|allowed| allowed.eq_ignore_ascii_case(method))
        }
        _ => shape.allowed.contains(value),
    };
    if !shape.allowed.is_empty() && !is_allowed(value) {
        let allowed: Vec<String> = shape.allowed.iter().map(Value::to_string).collect();
        return Err(ApiError::invalid_parameter(
            name,
            format_args!("{value} is not one of {}", allowed.join(", ")),
        ));
    }
    Ok(())
}

/// HTTP methods are taken in any case. Where the contract lists small letters (Conversations), they read as they were written: its
/// examples show `get`, and who sends `POST` reads `POST`
/// (<https://github.com/RJPearson94/terraform-provider-twilio/tree/main/twilio/internal/services/conversations>). Elsewhere they
/// are kept in capitals.
fn is_written_small(shape: &Field) -> bool {
    let mut allowed = shape.allowed.iter().filter_map(Value::as_str);
    allowed.any(|word| word.bytes().any(|byte| byte.is_ascii_lowercase()))
}

/// Whether a parameter is an HTTP method, by its format or by what it allows.
fn is_method(shape: &Field) -> bool {
    let listed = |allowed: &Value| {
        allowed
            .as_str()
            .is_some_and(|word| METHODS.contains(&word.to_ascii_uppercase().as_str()))
    };
    shape.format.as_deref() == Some("http-method") || (!shape.allowed.is_empty() && shape.allowed.iter().all(listed))
}

/// Checks the count of an array.
///
/// # Errors
/// 400/20001 if there are too few or too many.
pub fn count(shape: &Field, name: &str, items: usize) -> Result<(), ApiError> {
    let items = items as u64;
    if shape.max_items.is_some_and(|most| items > most) || shape.min_items.is_some_and(|least| items < least) {
        let (least, most) = (shape.min_items.unwrap_or(0), shape.max_items);
        let most = most.map_or_else(|| "any number".to_owned(), |most| most.to_string());
        return Err(ApiError::invalid_parameter(
            name,
            format_args!("{items} items, allowed are {least} to {most}"),
        ));
    }
    Ok(())
}

/// Whether a text is a SID with one of the prefixes.
pub fn is_sid(prefixes: &[String], text: &str) -> bool {
    text.len() == 34
        && text.is_char_boundary(2)
        && text[2..].bytes().all(|byte| byte.is_ascii_hexdigit())
        && prefixes.iter().any(|prefix| match prefix.as_str() {
            "**" => text.bytes().take(2).all(|byte| byte.is_ascii_alphabetic()),
            prefix => text.starts_with(prefix),
        })
}

fn alternatives(spec: &Spec, shape: &Field, name: &str, value: &Value) -> Result<(), ApiError> {
    if let Some(discriminator) = &shape.discriminator
        && !discriminator.values.is_empty()
        && let Some(tag) = value.get(&discriminator.field).and_then(Value::as_str)
    {
        let target = discriminator
            .values
            .get(tag)
            .and_then(|target| spec.schemas.get(target));
        return match target {
            Some(target) => check(spec, target, name, value),
            None => Err(ApiError::invalid_parameter(
                &join(name, &discriminator.field),
                format_args!("'{tag}' names no alternative"),
            )),
        };
    }
    let mut first = None;
    for alternative in &shape.any_of {
        match check(spec, alternative, name, value) {
            Ok(()) => return Ok(()),
            Err(error) => first = first.or(Some(error)),
        }
    }
    first.map_or(Ok(()), Err)
}

fn string(shape: &Field, name: &str, text: &str) -> Result<(), ApiError> {
    let refuse = |why: String| Err(ApiError::invalid_parameter(name, why));
    if !shape.sid.is_empty() && !is_sid(&shape.sid, text) {
        return refuse(format!(
            "'{text}' is not a SID that starts with {}",
            shape.sid.join(" or ")
        ));
    }
    let length = text.chars().count() as u64;
    if shape.max_length.is_some_and(|most| length > most) {
        return refuse(format!(
            "{length} characters, at most {} are allowed",
            shape.max_length.unwrap_or_default()
        ));
    }
    if shape.min_length.is_some_and(|least| length < least) {
        return refuse(format!(
            "{length} characters, at least {} are needed",
            shape.min_length.unwrap_or_default()
        ));
    }
    if let Some(pattern) = &shape.pattern
        && let Ok(regex) = regex::Regex::new(pattern)
        && !regex.is_match(text)
    {
        return refuse(format!("'{text}' does not match {pattern}"));
    }
    let fits = match shape.format.as_deref() {
        Some("uri") => text.is_empty() || is_uri(text),
        Some("http-method") => METHODS.contains(&text.to_ascii_uppercase().as_str()),
        Some("date") if RELATIVE_DATES.contains(&name) && crate::behaviours::api::usage::is_relative_date(text) => true,
        Some("date") => text.parse::<jiff::civil::Date>().is_ok(),
        Some("date-time") => text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::Date>().is_ok(),
        Some("email") => text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.')),
        _ => true,
    };
    if !fits {
        return refuse(format!(
            "'{text}' is not a valid {}",
            shape.format.as_deref().unwrap_or_default()
        ));
    }
    Ok(())
}

/// An absolute URI with a scheme; Twilio takes `http`, `https`, `wss`, `sip` and others by resource.
fn is_uri(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        !rest.is_empty()
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            && !text.contains(char::is_whitespace)
    })
}

fn range(shape: &Field, name: &str, value: &Value) -> Result<(), ApiError> {
    let number = value.as_f64().unwrap_or_default();
    let bound = |bound: &Option<serde_json::Number>| bound.as_ref().and_then(serde_json::Number::as_f64);
    // https://www.twilio.com/docs/api/errors/20007: it is refused, not cut.
    if let (true, Some(most)) = (
        PAGE_SIZES.contains(&name),
        bound(&shape.maximum).filter(|most| number > *most),
    ) {
        return Err(ApiError::new(
            400,
            20007,
            format!("Page size {value} is too large, at most {most} is allowed"),
        ));
    }
    if bound(&shape.minimum).is_some_and(|least| number < least)
        || bound(&shape.maximum).is_some_and(|most| number > most)
    {
        let text =
            |bound: &Option<serde_json::Number>| bound.as_ref().map_or_else(|| "…".to_owned(), ToString::to_string);
        return Err(ApiError::invalid_parameter(
            name,
            format_args!(
                "{value} is not between {} and {}",
                text(&shape.minimum),
                text(&shape.maximum)
            ),
        ));
    }
    Ok(())
}

fn join(outer: &str, inner: &str) -> String {
    if outer.is_empty() {
        inner.to_owned()
    } else {
        format!("{outer}.{inner}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;
    use serde_json::json;

    fn spec() -> &'static Spec {
        Contract::published().specs().next().expect("there are files").1
    }

    fn text(shape: &Field, text: &str) -> Result<Value, u32> {
        from_text(spec(), shape, "X", text, true).map_err(|error| error.code)
    }

    #[test]
    fn texts_get_the_type_of_their_parameter() {
        let of = |kind| Field {
            kind,
            ..Field::default()
        };
        assert_eq!(text(&of(Kind::Integer), "12"), Ok(json!(12)));
        assert_eq!(text(&of(Kind::Integer), "1.5"), Err(20001));
        assert_eq!(text(&of(Kind::Boolean), "True"), Ok(json!(true)));
        assert_eq!(text(&of(Kind::Boolean), ""), Err(20001));
        assert_eq!(text(&of(Kind::Any), r#"{"allow": []}"#), Ok(json!({"allow": []})));
        assert_eq!(text(&of(Kind::Any), "{"), Err(20001));
        assert_eq!(text(&of(Kind::String), ""), Ok(json!("")));
        let moment = Field {
            format: Some("date-time".to_owned()),
            ..of(Kind::String)
        };
        let read = [
            ("2027-01-02T03:04:05", "2027-01-02T03:04:05Z"),
            ("2027-01-02T03:04:05+01:00", "2027-01-02T03:04:05+01:00"),
            ("2027-01-02", "2027-01-02"),
        ];
        for (sent, read) in read {
            assert_eq!(text(&moment, sent), Ok(json!(read)));
        }
    }

    #[test]
    fn enums_sids_and_lengths_are_kept() {
        let sid = Field {
            kind: Kind::String,
            sid: vec!["MG".into()],
            ..Field::default()
        };
        assert!(text(&sid, "MG0123456789abcdef0123456789abcdef").is_ok());
        assert_eq!(text(&sid, "PN0123456789abcdef0123456789abcdef"), Err(20001));
        assert_eq!(text(&sid, "MGé123456789abcdef0123456789abcde"), Err(20001));
        assert!(text(&sid, "").is_ok(), "an empty text clears");
        let status = Field {
            kind: Kind::String,
            allowed: vec![json!("on")],
            ..Field::default()
        };
        assert_eq!(text(&status, "off"), Err(20001));
        assert_eq!(text(&status, ""), Err(20001));
        let short = Field {
            kind: Kind::String,
            max_length: Some(2),
            ..Field::default()
        };
        assert!(text(&short, "éé").is_ok(), "characters, not bytes");
        assert_eq!(text(&short, "abc"), Err(20001));
        let url = Field {
            kind: Kind::String,
            format: Some("uri".into()),
            ..Field::default()
        };
        assert!(text(&url, "https://example.com/a?b=c").is_ok());
        assert_eq!(text(&url, "example com"), Err(20001));
    }

    #[test]
    fn members_of_json_bodies_are_checked_and_named() {
        let shape = Field {
            kind: Kind::Object,
            fields: vec![Field {
                name: "inner".into(),
                kind: Kind::Object,
                fields: vec![Field {
                    name: "n".into(),
                    kind: Kind::Integer,
                    required: true,
                    ..Field::default()
                }],
                ..Field::default()
            }],
            ..Field::default()
        };
        let message = |value: Value| check(spec(), &shape, "", &value).map_err(|error| error.message);
        assert_eq!(message(json!({"inner": {"n": 1}})), Ok(()));
        assert!(message(json!({"inner": {"n": "1"}})).is_err_and(|text| text.contains("inner.n")));
        assert!(message(json!({"inner": {}})).is_err_and(|text| text.contains("inner.n")));
        assert!(message(json!({"other": 1})).is_err_and(|text| text.contains("Unknown parameter other")));
    }
}
