//! What values of Sync look like.

use crate::framework::reason::Reason;

/// What an item holds. <https://www.twilio.com/docs/sync/api/listitem-resource>
pub(super) fn an_object(text: &str) -> Result<(), Reason> {
    match serde_json::from_str(text) {
        // What is no JSON at all is for the check of that to say.
        Ok(serde_json::Value::Object(_)) | Err(_) => Ok(()),
        Ok(_) => Err("It must be a JSON object, such as jsonencode({ name = \"Ann\" }).".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_object_is_one() {
        for good in ["{}", r#" {"a": [1]}"#] {
            assert!(an_object(good).is_ok(), "{good}");
        }
        for bad in [r#"["a"]"#, "\"a\"", "1", "null"] {
            assert!(an_object(bad).is_err(), "{bad}");
        }
    }
}
