//! What Twilio says when it refuses, in any of the shapes its products use.
//!
//! The usual one is `{"code", "message", "more_info", "status"}`. Newer APIs answer as RFC 9457 has it: `type` (a URL that leads
//! to the explanation), `title`, `detail`, `status`, `instance`, with Twilio's `code` and `errors`. Marketplace and Monitor v2
//! add `params`, SCIM has `detail` and `scimType`, bulk operations an `errors` array, OAuth `error` and `error_description`.
//! Studio lists what is wrong with a flow under `details`.

use serde_json::Value;

use super::lenient;

/// Most entries of a list of errors that are shown; the rest is counted.
const MOST_LISTED: usize = 5;

/// Most faults under `details` that are kept: enough for every widget of a large flow, and a bound for a damaged answer.
pub(super) const MOST_FAULTS: usize = 100;

/// The parts that the shapes have in common.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorBody {
    pub(super) code: Option<u32>,
    pub(super) message: Option<String>,
    pub(super) faults: Vec<String>,
}

impl ErrorBody {
    /// Takes what is there. Never fails: a body without any of it is empty.
    pub(super) fn read(body: &Value) -> Self {
        let mut read = Self::read_flat(body);
        if let Some(nested @ Value::Object(_)) = body.get("error") {
            let nested = Self::read_flat(nested);
            read = Self {
                code: read.code.or(nested.code),
                message: read.message.or(nested.message),
                faults: read.faults,
            };
        }
        if let Some(errors) = body.get("errors").and_then(Value::as_array) {
            read.code = read.code.or_else(|| errors.iter().find_map(code));
            read.append(joined(errors, |error| {
                problem(error)
                    .or_else(|| Self::read_flat(error).message)
                    .or_else(|| scalar(error))
            }));
        }
        if let Some(params) = body.get("params").and_then(Value::as_array) {
            let params = joined(params, parameter);
            read.append(params.map(|params| format!("parameters: {params}")));
        }
        if let Some(errors) = body.pointer("/details/errors").and_then(Value::as_array) {
            read.faults = errors.iter().take(MOST_FAULTS).filter_map(fault).collect();
        }
        read
    }

    fn read_flat(body: &Value) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| body.get(name).and_then(scalar));
        let mut message = first(&[
            "message",
            "detail",
            "error_description",
            "error_message",
            "error",
            "title",
        ]);
        if let (Some(message), Some(scim)) = (&mut message, first(&["scimType"])) {
            *message = format!("{message} ({scim})");
        }
        Self {
            code: code(body),
            message,
            faults: Vec::new(),
        }
    }

    fn append(&mut self, more: Option<String>) {
        let Some(more) = more else { return };
        self.message = Some(match self.message.take() {
            Some(message) => format!("{message}; {more}"),
            None => more,
        });
    }
}

fn code(body: &Value) -> Option<u32> {
    ["code", "error_code"]
        .iter()
        .find_map(|name| body.get(name).and_then(lenient::integer))
        .and_then(|code| u32::try_from(code).ok())
}

fn scalar(value: &Value) -> Option<String> {
    lenient::text(value).filter(|text| !text.trim().is_empty())
}

/// One entry of an RFC 9457 `errors`: what is wrong, and where as a JSON pointer or the name of a parameter.
fn problem(error: &Value) -> Option<String> {
    let first = |names: &[&str]| names.iter().find_map(|name| error.get(name).and_then(scalar));
    let place = first(&["pointer", "parameter", "header"])?;
    let what = first(&["detail", "message", "title"])?;
    Some(format!("{what} ({place})"))
}

/// One entry of `params`: a name, or an object with a name and a reason under varying names.
fn parameter(param: &Value) -> Option<String> {
    let first = |names: &[&str]| names.iter().find_map(|name| param.get(name).and_then(scalar));
    let name = first(&["name", "param", "parameter", "field", "key"]);
    let reason = first(&["reason", "message", "detail", "error"]);
    match (name, reason) {
        (Some(name), Some(reason)) => Some(format!("{name}: {reason}")),
        (name, reason) => name.or(reason).or_else(|| scalar(param)),
    }
}

/// One entry of `details.errors`: `message (property_path)`.
fn fault(entry: &Value) -> Option<String> {
    let message = entry.get("message").and_then(scalar);
    let place = entry.get("property_path").and_then(scalar);
    match (message, place) {
        (Some(message), Some(place)) => Some(format!("{message} ({place})")),
        (message, place) => message.or(place).or_else(|| scalar(entry)),
    }
}

fn joined(entries: &[Value], describe: impl Fn(&Value) -> Option<String>) -> Option<String> {
    let texts: Vec<String> = entries.iter().filter_map(describe).collect();
    if texts.is_empty() {
        return None;
    }
    let mut joined = texts
        .iter()
        .take(MOST_LISTED)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if texts.len() > MOST_LISTED {
        joined.push_str(&format!(" and {} more", texts.len() - MOST_LISTED));
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(body: Value, code: Option<u32>, message: Option<&str>) {
        let read = ErrorBody::read(&body);
        assert_eq!((read.code, read.message.as_deref()), (code, message), "{body}");
    }

    #[test]
    fn the_usual_shape() {
        let body = json!({"code": 21211, "message": "bad", "more_info": "https://x/21211", "status": 400});
        check(body, Some(21211), Some("bad"));
    }

    /// <https://www.rfc-editor.org/rfc/rfc9457>
    #[test]
    fn problems_as_the_rfc_has_them() {
        let body = json!({
            "type": "https://www.twilio.com/docs/api/errors/20001", "title": "Invalid parameter", "status": 400,
            "code": 20001, "detail": "The request is invalid", "instance": "/v2/x",
            "errors": [
                {"detail": "must be a URL", "pointer": "#/callback_url"},
                {"message": "is too long", "parameter": "Name"},
                {"detail": "no place"},
            ],
        });
        check(
            body,
            Some(20001),
            Some("The request is invalid; must be a URL (#/callback_url), is too long (Name), no place"),
        );
        check(
            json!({"type": "about:blank", "title": "Not Found"}),
            None,
            Some("Not Found"),
        );
    }

    #[test]
    fn other_shapes() {
        check(json!({"code": "20001", "message": "bad"}), Some(20001), Some("bad"));
        check(
            json!({"code": 1, "message": "bad", "params": [{"name": "a", "reason": "long"}, "b"], "user_error": true}),
            Some(1),
            Some("bad; parameters: a: long, b"),
        );
        check(
            json!({"detail": "taken", "scimType": "uniqueness", "moreInfo": "x"}),
            None,
            Some("taken (uniqueness)"),
        );
        check(
            json!({"errors": [{"code": 7, "message": "one"}, "two"]}),
            Some(7),
            Some("one, two"),
        );
        check(
            json!({"error": "invalid_client", "error_description": "no such"}),
            None,
            Some("no such"),
        );
        check(json!({"error": {"code": 9, "message": "deep"}}), Some(9), Some("deep"));
    }

    #[test]
    fn the_faults_of_a_flow_are_reported_one_by_one() {
        let body = json!({"code": 81022, "message": "bad", "details": {"warnings": [], "errors": [
            {"message": "unknown widget", "property_path": "#/states/1"}, {"message": "no start"}, "odd", {"x": 1}]}});
        check(body.clone(), Some(81022), Some("bad"));
        assert_eq!(
            ErrorBody::read(&body).faults,
            ["unknown widget (#/states/1)", "no start", "odd"]
        );
    }

    #[test]
    fn what_is_no_error_body_says_nothing() {
        for body in [
            json!(null),
            json!([]),
            json!("text"),
            json!({"code": -1, "message": null}),
            json!({"errors": {}}),
        ] {
            check(body, None, None);
        }
    }

    #[test]
    fn a_long_list_is_cut_and_counted() {
        let errors: Vec<Value> = (0..8).map(|n| json!({"message": format!("e{n}")})).collect();
        check(json!({"errors": errors}), None, Some("e0, e1, e2, e3, e4 and 3 more"));
    }
}
