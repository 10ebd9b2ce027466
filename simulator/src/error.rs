//! What the simulated Twilio says when it refuses: status, Twilio code and message, in Twilio's error body.
//!
//! Codes are Twilio's own (<https://www.twilio.com/docs/api/errors>). Constructors exist for the refusals that every product
//! shares; a behaviour with a code of its own uses [`ApiError::new`].

use serde_json::{Value, json};

/// A refusal. Rendered as Twilio's error body: `code`, `message`, `more_info`, `status`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{status}/{code}: {message}")]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// Twilio's error code.
    pub code: u32,
    /// Text shown to the caller.
    pub message: String,
    /// Further members of the error body, for example `details`.
    pub extra: serde_json::Map<String, Value>,
    /// The parameter that is wrong, where it is one; not part of the body.
    pub parameter: Option<Box<str>>,
}

impl ApiError {
    /// A refusal with its own code.
    pub fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            extra: serde_json::Map::new(),
            parameter: None,
        }
    }

    /// 401/20003: who asks is unknown or not allowed to ask this here.
    pub fn unauthenticated() -> Self {
        Self::new(401, 20003, "Authenticate").with("detail", "Your AccountSid or AuthToken was incorrect.".into())
    }

    /// 403/20403: known, but this account may not do it.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(403, 20403, message)
    }

    /// 404/20404 naming the path that was requested, without its version on the hosts of products: `/Services/MG…`.
    pub fn not_found(path: &str) -> Self {
        let path = without_version(path);
        Self::new(404, 20404, format!("The requested resource {path} was not found"))
    }

    /// 405/20004: the path exists, the method does not.
    pub fn method_not_allowed(method: &str, path: &str) -> Self {
        Self::new(405, 20004, format!("Method {method} is not allowed on {path}"))
    }

    /// 400/20001: a parameter with a value that the contract does not allow.
    pub fn invalid_parameter(name: &str, why: impl std::fmt::Display) -> Self {
        Self {
            parameter: Some(name.into()),
            ..Self::new(400, 20001, format!("Invalid parameter {name}: {why}"))
        }
    }

    /// 400/21201-like refusal for a parameter that must be present; products share code 20001 for it.
    pub fn missing_parameter(name: &str) -> Self {
        Self {
            parameter: Some(name.into()),
            ..Self::new(400, 20001, format!("{MISSING} {name} in the post body"))
        }
    }

    /// Whether a parameter is refused for not being there.
    pub fn is_missing(&self) -> bool {
        self.parameter.is_some() && self.message.starts_with(MISSING)
    }

    /// 409/20409: the object's state does not allow it.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(409, 20409, message)
    }

    /// Adds a member to the error body.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.extra.insert(name.to_owned(), value);
        self
    }

    /// Twilio's error body.
    pub fn body(&self) -> Value {
        let mut body = json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status,
        });
        if let Some(members) = body.as_object_mut() {
            members.extend(self.extra.clone());
        }
        body
    }
}

/// How the refusal of what is not there begins.
const MISSING: &str = "Missing required parameter";

/// `/v1/Services/MG…` as Twilio repeats it; paths of the 2010 API keep theirs.
fn without_version(path: &str) -> &str {
    path.strip_prefix("/v")
        .and_then(|rest| rest.split_once('/'))
        .filter(|(version, _)| !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(path, |(version, _)| &path[version.len() + 2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_the_four_members_that_clients_read() {
        let body = ApiError::not_found("/v1/Services/MG1")
            .with("details", json!({"a": 1}))
            .body();
        assert_eq!(body["code"], 20404);
        assert_eq!(body["status"], 404);
        assert_eq!(body["more_info"], "https://www.twilio.com/docs/errors/20404");
        assert_eq!(body["details"]["a"], 1);
        assert!(
            body["message"]
                .as_str()
                .is_some_and(|text| text.contains(" /Services/MG1 "))
        );
    }

    #[test]
    fn only_the_version_of_a_product_is_left_out() {
        for (path, shown) in [
            ("/v1/Services/MG1", "/Services/MG1"),
            ("/v2/Flows", "/Flows"),
            ("/2010-04-01/Accounts.json", "/2010-04-01/Accounts.json"),
            ("/video/x", "/video/x"),
            ("/v1", "/v1"),
            ("/", "/"),
        ] {
            assert_eq!(without_version(path), shown);
        }
    }
}
