//! A simulator and a small client that speaks to it as one credential.

use reqwest::Method;
use serde_json::Value;
use twilio_simulator::{Handle, Options, Simulator};

/// Host of the 2010 API.
pub const API: &str = "api.twilio.com";

/// A key in PEM without breaks, as the acceptance tests of credentials take it.
pub const PUBLIC_KEY: &str = concat!(
    "-----BEGIN PUBLIC KEY-----",
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtBCUXnxBrPwMQ8i5xjzanW1fzyj896de/D0eqE2hDnsDjgYahnI1",
    "iUUs3171n6gGj2G0629DIK5N8lr4fyAqwkyqtTThCiOI+IvH/KY7zKiMfPjy+VFVXS+PM0o3RAVGa+BD4QOXbio4w7QJp2qi",
    "iIeBpcxtSGyDX98itRhfm8linGVgpJSFL2/NRYmBm1rvG+vleejQf0OZRHy4kKVkgNXTgi9rkJu4d8TqF65+cFJJKepeZpDu",
    "9tEZca11wpIsrP9ZuexLCEdkQVUkG7CSeIKdWqyc7YxN6rkKE7kjp0JRsTXTlNnilyFwwxHg4jELD9ohqzu1UdAcAgybB9gi",
    "xwIDAQAB",
    "-----END PUBLIC KEY-----"
);

/// An access key as Amazon's pages show one.
pub const KEY_OF_AWS: &str = "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// A credential and the simulator it is used on.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    user: String,
    password: String,
    /// City and region that requests go to; none for the home region.
    region: Option<(&'static str, &'static str)>,
}

/// A part of an upload: name, file name and content type, content.
pub type Part<'a> = (&'a str, Option<(&'a str, &'a str)>, &'a [u8]);

/// A response.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    /// Status and Twilio code of a refusal.
    pub fn refusal(&self) -> (u16, u64) {
        (self.status, self.body["code"].as_u64().unwrap_or_default())
    }

    pub fn text(&self, field: &str) -> &str {
        self.body[field]
            .as_str()
            .unwrap_or_else(|| panic!("{field} is no text in {self:?}"))
    }

    /// The body of what must have succeeded.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.body
    }
}

/// A fresh simulator and its main account's client.
pub async fn simulator() -> (Handle, Client) {
    with(Options::default()).await
}

pub async fn with(options: Options) -> (Handle, Client) {
    let handle = Simulator::start(options).await.expect("a loopback port is free");
    let client = Client {
        http: reqwest::Client::new(),
        url: handle.url.clone(),
        user: handle.account_sid.clone(),
        password: handle.auth_token.clone(),
        region: None,
    };
    (handle, client)
}

impl Client {
    /// The same simulator with another credential.
    pub fn signed_in(&self, user: &str, password: &str) -> Self {
        Self {
            user: user.to_owned(),
            password: password.to_owned(),
            ..self.clone()
        }
    }

    /// The same credential in a region.
    pub fn in_region(&self, city: &'static str, region: &'static str) -> Self {
        Self {
            region: Some((city, region)),
            ..self.clone()
        }
    }

    pub fn request(&self, method: &str, host: &str, path: &str) -> reqwest::RequestBuilder {
        let host = match (self.region, host.strip_suffix(".twilio.com")) {
            (Some((city, region)), Some(product)) if !product.contains('.') => {
                format!("{product}.{city}.{region}.twilio.com")
            }
            _ => host.to_owned(),
        };
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        self.http
            .request(method, format!("{}{path}", self.url))
            .header("host", host)
            .basic_auth(&self.user, Some(&self.password))
    }

    /// A request without credentials.
    pub fn unsigned(&self, method: &str, host: &str, path: &str) -> reqwest::RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self.http.request(method, format!("{}{path}", self.url));
        request.header("host", host)
    }

    pub async fn get(&self, host: &str, path: &str) -> Answer {
        read(self.request("GET", host, path)).await
    }

    pub async fn delete(&self, host: &str, path: &str) -> Answer {
        read(self.request("DELETE", host, path)).await
    }

    pub async fn post(&self, host: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        read(self.request("POST", host, path).form(form)).await
    }

    pub async fn send_json(&self, method: &str, host: &str, path: &str, body: &Value) -> Answer {
        let request = self
            .request(method, host, path)
            .header("content-type", "application/json");
        read(request.body(body.to_string())).await
    }

    /// Sends parts: name, file name and content type of a file, content.
    pub async fn upload(&self, host: &str, path: &str, parts: &[Part<'_>]) -> Answer {
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file_name = file
                .map(|(name, _)| format!("; filename=\"{name}\""))
                .unwrap_or_default();
            let kind = file
                .map(|(_, kind)| format!("Content-Type: {kind}\r\n"))
                .unwrap_or_default();
            let head = format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n{kind}\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--part--\r\n");
        let request = self.request("POST", host, path);
        read(
            request
                .header("content-type", "multipart/form-data; boundary=part")
                .body(body),
        )
        .await
    }

    /// Puts the simulator's clock ahead.
    pub async fn advance(&self, seconds: u64) {
        let ahead = serde_json::json!({"advance_s": seconds});
        self.control("POST", "clock", Some(ahead)).await.ok();
    }

    pub async fn advance_days(&self, days: u64) {
        self.advance(days * 24 * 3600).await;
    }

    /// Puts an object there as if it had always been, and answers its SID.
    pub async fn add(&self, host: &str, collection: &str, fields: Value) -> String {
        let added = self.add_any(host, collection, fields).await;
        added.text("sid").to_owned()
    }

    /// The same for another account than the main one.
    pub async fn add_for(&self, account: &str, host: &str, collection: &str) -> String {
        let object = serde_json::json!({"host": host, "collection": collection, "account": account, "fields": {}});
        let added = self.control("POST", "objects", Some(object)).await;
        added.text("sid").to_owned()
    }

    /// The same, of what has perhaps no SID.
    pub async fn add_any(&self, host: &str, collection: &str, fields: Value) -> Answer {
        let object = serde_json::json!({"host": host, "collection": collection, "fields": fields});
        self.control("POST", "objects", Some(object)).await
    }

    /// How many objects the simulator has looked at so far.
    pub async fn visited(&self) -> u64 {
        let visited = self.control("GET", "visited", None).await.ok();
        visited["objects"].as_u64().expect("a number")
    }

    /// What is stored at a host and path.
    pub async fn stored(&self, host: &str, path: &str) -> Value {
        let query = serde_urlencoded::to_string([("host", host), ("path", path)]).expect("texts");
        self.control("GET", &format!("objects?{query}"), None).await.ok()
    }

    /// A number that the account buys, to send from.
    pub async fn buy(&self) -> String {
        let numbers = format!("/2010-04-01/Accounts/{}/IncomingPhoneNumbers.json", self.user);
        let bought = self.post(API, &numbers, &[("AreaCode", "415")]).await;
        bought.text("phone_number").to_owned()
    }

    /// A control endpoint.
    pub async fn control(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let region = self.region.filter(|_| path.starts_with("objects"));
        let path = match region {
            Some((_, region)) if path.contains('?') => format!("{path}&region={region}"),
            Some((_, region)) => format!("{path}?region={region}"),
            None => path.to_owned(),
        };
        let request = self.request(method, "localhost", &format!("/_simulator/{path}"));
        read(request.body(body.map(|body| body.to_string()).unwrap_or_default())).await
    }
}

pub async fn read(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.expect("the simulator answers");
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let text = response.text().await.expect("the body arrives");
    let body = if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&text).expect("the body is JSON")
    };
    Answer { status, headers, body }
}
