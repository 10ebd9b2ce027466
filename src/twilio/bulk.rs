//! Responses that say of each object of a request what became of it. The response as a whole is a success, whatever was refused.

use serde_json::Value;

use super::error_body::ErrorBody;
use super::lenient;
use super::response::JsonObject;

/// Where a response says what became of each object that the request named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BulkResults {
    /// The field with the array of results.
    pub array: &'static str,
    /// The field of a result that has Twilio's code; 0 is success.
    pub code: &'static str,
    /// The field of a result that has the reasons of a refusal, as an array of texts.
    pub reasons: &'static str,
}

/// What became of one object.
#[derive(Debug, PartialEq)]
pub(super) enum BulkResult<'a> {
    /// It was written, and is so now.
    Written(&'a JsonObject),
    /// It was not, for this reason.
    Refused(ErrorBody),
    /// The response does not say, in words that follow "the response".
    Untold(String),
}

impl BulkResults {
    /// What became of the object whose `field` has this value.
    pub(super) fn of<'a>(&self, response: &'a JsonObject, field: &str, value: &str) -> BulkResult<'a> {
        let Some(results) = response.get(self.array).and_then(Value::as_array) else {
            return BulkResult::Untold(format!("has no list {}, which says what was written", self.array));
        };
        let is_it = |result: &&JsonObject| result.get(field).and_then(lenient::text).as_deref() == Some(value);
        let own: Vec<_> = results.iter().filter_map(Value::as_object).filter(is_it).collect();
        if let Some(refusal) = own.iter().find_map(|result| self.refusal(result)) {
            return BulkResult::Refused(refusal);
        }
        match own.as_slice() {
            [result] => BulkResult::Written(result),
            [] => BulkResult::Untold(format!(
                "does not say whether what was sent was written: it is not in its {}",
                self.array
            )),
            several => BulkResult::Untold(format!(
                "has what was sent {} times in its {}",
                several.len(),
                self.array
            )),
        }
    }

    /// Why an object was not written. A code that nobody can read is none of success, and neither are reasons without a code.
    fn refusal(&self, result: &JsonObject) -> Option<ErrorBody> {
        let reasons = match result.get(self.reasons) {
            Some(Value::Array(reasons)) => reasons.iter().filter_map(reason).collect(),
            Some(one) => Vec::from_iter(reason(one)),
            None => Vec::new(),
        };
        let answered = result.get(self.code).filter(|code| !code.is_null());
        let code = answered.and_then(lenient::integer);
        let is_success = answered.is_none() || code == Some(0);
        if is_success && reasons.is_empty() {
            return None;
        }
        let code = code.and_then(|code| u32::try_from(code).ok()).filter(|code| *code != 0);
        let unread = answered.filter(|_| !is_success && code.is_none());
        let message: Vec<_> = unread
            .map(|unread| format!("{} {unread}", self.code))
            .into_iter()
            .chain(reasons)
            .collect();
        Some(ErrorBody {
            code,
            message: Some(message.join("; ")).filter(|message| !message.is_empty()),
            faults: Vec::new(),
        })
    }
}

/// A reason as text, whatever it is written in; none where nothing is said.
fn reason(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::Array(all) if all.is_empty() => return None,
        Value::Object(all) if all.is_empty() => return None,
        value => lenient::text(value).unwrap_or_else(|| value.to_string()),
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const RESULTS: BulkResults = BulkResults {
        array: "permissions",
        code: "error_code",
        reasons: "error_messages",
    };

    fn of(response: &Value) -> BulkResult<'_> {
        RESULTS.of(response.as_object().expect("an object"), "country_code", "DE")
    }

    #[test]
    fn what_was_written_is_the_own_result_alone() {
        let response = json!({"permissions": [
            {"country_code": "BD", "error_code": 30649, "error_messages": ["no"]},
            {"country_code": "DE", "enabled": true, "error_code": 0, "error_messages": []},
        ]});
        let own = response["permissions"][1].as_object().expect("an object");
        assert_eq!(of(&response), BulkResult::Written(own));
        for silent in [
            json!({"country_code": "DE"}),
            json!({"country_code": "DE", "error_code": null, "error_messages": null}),
        ] {
            let response = json!({"permissions": [silent]});
            assert!(matches!(of(&response), BulkResult::Written(_)), "{response}");
        }
    }

    #[test]
    fn a_code_or_a_reason_is_a_refusal() {
        let refused = |code: Option<u32>, message: Option<&str>| {
            BulkResult::Refused(ErrorBody {
                code,
                message: message.map(str::to_owned),
                faults: Vec::new(),
            })
        };
        for (result, refusal) in [
            (
                json!({"error_code": 30649, "error_messages": ["a", "b"]}),
                refused(Some(30649), Some("a; b")),
            ),
            (json!({"error_code": "30649"}), refused(Some(30649), None)),
            (
                json!({"error_code": 0, "error_messages": ["a"]}),
                refused(None, Some("a")),
            ),
            (json!({"error_messages": "a"}), refused(None, Some("a"))),
            (
                json!({"error_code": 0, "error_messages": [{"message": "no"}]}),
                refused(None, Some(r#"{"message":"no"}"#)),
            ),
            (
                json!({"error_code": "E_UNKNOWN", "error_messages": ["a"]}),
                refused(None, Some(r#"error_code "E_UNKNOWN"; a"#)),
            ),
            (json!({"error_code": true}), refused(None, Some("error_code true"))),
            (json!({"error_code": -1}), refused(None, Some("error_code -1"))),
            (
                json!({"error_code": 99_999_999_999_i64}),
                refused(None, Some("error_code 99999999999")),
            ),
        ] {
            let mut own = result.clone();
            own["country_code"] = "DE".into();
            // Whatever else it says of the object.
            let written = json!({"country_code": "DE", "error_code": 0});
            let response = json!({"permissions": [written, own]});
            assert_eq!(of(&response), refusal, "{result}");
        }
    }

    #[test]
    fn a_response_that_does_not_say_is_no_success() {
        for response in [
            json!({}),
            json!({"permissions": null}),
            json!({"permissions": {"country_code": "DE"}}),
            json!({"permissions": []}),
            json!({"permissions": ["DE"]}),
            json!({"permissions": [{"country_code": "FR", "error_code": 0}]}),
            json!({"permissions": [{"country_code": "de", "error_code": 0}]}),
            json!({"permissions": [{"country_code": "DE", "enabled": true}, {"country_code": "DE", "enabled": false}]}),
        ] {
            assert!(matches!(of(&response), BulkResult::Untold(_)), "{response}");
        }
    }
}
