//! One request as it arrived, taken apart but not judged.

use serde_json::{Map, Value};

use crate::multipart::{self, Part};

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    /// Method in capitals.
    pub method: String,
    /// Host header without port, lower case, as it was asked for.
    pub host: String,
    /// Path as sent, percent-encoded.
    pub path_as_sent: String,
    /// Path without slashes at its end, percent-encoded: they do not matter
    /// (<https://github.com/RJPearson94/terraform-provider-twilio>, where `MessagingConfigurations/` is answered).
    pub path: String,
    /// Query parameters in order.
    pub query: Vec<(String, String)>,
    /// Content type without parameters, lower case; empty if none.
    pub content_type: String,
    /// What separates the parts of a multipart body.
    pub boundary: Option<String>,
    /// Parts of a multipart body, or why they cannot be read; filled by [`Request::read_parts`].
    pub parts: Result<Vec<Part>, String>,
    /// `Authorization` header.
    pub authorization: Option<String>,
    /// `If-Match` header.
    pub if_match: Option<String>,
    /// Name of the file in a `Content-Disposition` header.
    pub file_name: Option<String>,
    /// Body.
    pub body: Vec<u8>,
}

impl Request {
    /// Takes the parts of an HTTP request.
    pub fn new(parts: &http::request::Parts, body: Vec<u8>) -> Self {
        let header = |name: http::HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let host = header(http::header::HOST)
            .or_else(|| parts.uri.host())
            .unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let content_type = header(http::header::CONTENT_TYPE).unwrap_or_default();
        let boundary = multer::parse_boundary(content_type).ok();
        let content_type = content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        Self {
            method: parts.method.as_str().to_owned(),
            host,
            path_as_sent: parts.uri.path().to_owned(),
            path: without_slash(parts.uri.path()).to_owned(),
            query: pairs(parts.uri.query().unwrap_or_default().as_bytes()),
            content_type,
            boundary,
            parts: Ok(Vec::new()),
            authorization: header(http::header::AUTHORIZATION).map(str::to_owned),
            if_match: header(http::header::IF_MATCH).map(str::to_owned),
            file_name: header(http::header::CONTENT_DISPOSITION).and_then(file_name),
            body,
        }
    }

    /// Whether the body is declared as a form.
    pub fn is_form(&self) -> bool {
        self.content_type == "application/x-www-form-urlencoded"
    }

    /// Whether the body is declared as parts, some of which may be files.
    pub fn is_multipart(&self) -> bool {
        self.content_type == "multipart/form-data"
    }

    /// Takes a multipart body apart; nothing for any other.
    pub async fn read_parts(&mut self) {
        if !self.is_multipart() || self.body.is_empty() {
            return;
        }
        self.parts = match self.boundary.clone() {
            Some(boundary) => multipart::read(self.body.clone(), boundary).await,
            None => Err("the content type names no boundary".to_owned()),
        };
    }

    /// Whether the body is declared as JSON or a JSON dialect.
    pub fn is_json(&self) -> bool {
        self.content_type == "application/json" || self.content_type.ends_with("+json")
    }

    /// Parameters of a form body in order.
    pub fn form(&self) -> Vec<(String, String)> {
        pairs(&self.body)
    }
}

/// `a.png` of `attachment; filename="a.png"`.
fn file_name(disposition: &str) -> Option<String> {
    let mut parameters = disposition.split(';').map(str::trim);
    let name = parameters.find_map(|parameter| parameter.strip_prefix("filename="))?;
    Some(name.trim_matches('"').to_owned()).filter(|name| !name.is_empty())
}

fn without_slash(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" => "/",
        path => path,
    }
}

/// `a=1&a=2&b=3` in order, decoded.
pub fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    serde_urlencoded::from_bytes(encoded).unwrap_or_default()
}

/// Pairs as a JSON object; a repeated key becomes an array.
pub fn as_object(pairs: &[(String, String)]) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in pairs {
        let value = Value::from(value.as_str());
        match object.get_mut(name) {
            None => {
                object.insert(name.clone(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_at_the_end_do_not_matter() {
        for (sent, path) in [
            ("/v1/A/", "/v1/A"),
            ("/v1/A//", "/v1/A"),
            ("/v1/A", "/v1/A"),
            ("/", "/"),
        ] {
            assert_eq!(without_slash(sent), path);
        }
    }

    #[test]
    fn a_repeated_key_becomes_an_array() {
        let object = as_object(&pairs(b"Tag=a&Name=x+y&Tag=b%26c"));
        assert_eq!(
            Value::Object(object),
            serde_json::json!({"Tag": ["a", "b&c"], "Name": "x y"})
        );
    }
}
