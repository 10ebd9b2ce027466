//! A local Twilio in this process, and what tests ask of it behind the provider's back.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::Managed;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::twilio::{Clock as _, SystemClock};
use twilio_simulator::{Handle, Options, Simulator};
use xtask::held::Held;

/// What is requested to see whether somebody can sign in, at `messaging.twilio.com`, and by nothing else: it is not there.
pub const SIGN_IN_AT: &str = "/v1/Services/MG00000000000000000000000000000000";

/// The simulator. It can be reset and used again.
pub struct Twilio {
    /// Where it listens, and the main account.
    pub handle: Handle,
    http: reqwest::Client,
}

/// An object that it holds.
#[derive(Debug, Clone)]
pub struct Object {
    /// Where it stands: host, account and path.
    pub place: (String, String, String),
    /// Its SID; empty where it has none.
    pub sid: String,
    /// What addresses it in its collection: its SID, a name, a number. Empty for settings.
    pub key: String,
    /// Its fields.
    pub body: Json,
    collection: String,
}

/// Whether a value has this text somewhere: as it is, or as the JSON that it is.
fn has(value: &Json, text: &str) -> bool {
    let as_json = || serde_json::from_str::<Json>(text).ok();
    match value {
        Json::String(inner) => {
            inner == text || as_json().is_some_and(|json| serde_json::from_str(inner).ok() == Some(json))
        }
        Json::Array(items) => items.iter().any(|item| has(item, text)),
        Json::Object(fields) => as_json().as_ref() == Some(value) || fields.values().any(|field| has(field, text)),
        _ => false,
    }
}

impl Object {
    /// Whether it is one of the objects that a table describes, and not closed.
    pub fn is_a(&self, resource: &Managed) -> bool {
        self.held().is_a(resource)
    }

    /// What of a state addresses it, as the table says.
    pub fn is_of(&self, resource: &Managed, state: &Value) -> bool {
        self.held().is_of(resource, |name| state.attr(name).as_str())
    }

    fn held(&self) -> Held<'_> {
        Held {
            host: &self.place.0,
            collection: &self.collection,
            path: &self.place.2,
            sid: &self.sid,
            key: &self.key,
            body: &self.body,
        }
    }

    /// How it is called in a finding.
    pub fn label(&self) -> &str {
        if self.sid.is_empty() { &self.key } else { &self.sid }
    }

    /// A field as text; empty if it is none.
    pub fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_default()
    }
}

impl Twilio {
    /// Starts one.
    pub async fn start(seed: u64) -> Self {
        let options = Options {
            seed,
            // Twilio ignores parameters that it does not know; the provider shall send none.
            known_only: true,
            ..Options::default()
        };
        Self {
            handle: Simulator::start(options).await.expect("a loopback port is free"),
            http: reqwest::Client::builder().no_proxy().build().expect("a client"),
        }
    }

    /// Everything as at the start.
    pub async fn reset(&self) {
        self.control(reqwest::Method::POST, "reset", None).await;
    }

    /// Injects faults; none with an empty array.
    pub async fn faults(&self, rules: &Json) {
        self.control(reqwest::Method::PUT, "faults", Some(rules)).await;
    }

    /// The request log, oldest first.
    pub async fn requests(&self) -> Vec<Json> {
        self.list("requests").await
    }

    /// Everything that it holds, oldest first.
    pub async fn objects(&self) -> Vec<Object> {
        let text = |object: &Json, field: &str| object[field].as_str().unwrap_or_default().to_owned();
        let objects = self.list("objects").await.into_iter();
        objects
            .map(|mut object| Object {
                place: (text(&object, "host"), text(&object, "account"), text(&object, "path")),
                sid: text(&object, "sid"),
                key: text(&object, "key"),
                collection: text(&object, "collection"),
                body: object["body"].take(),
            })
            .collect()
    }

    /// The places of everything that it holds.
    pub async fn places(&self) -> BTreeSet<(String, String, String)> {
        self.objects().await.into_iter().map(|object| object.place).collect()
    }

    /// What it holds of an object now, without the time of its last change.
    pub async fn object(&self, object: &Object) -> Option<Json> {
        let found = self.objects().await.into_iter().find(|now| now.place == object.place);
        found.map(|mut now| {
            now.body["date_updated"].take();
            now.body
        })
    }

    /// Changes fields of an object as somebody does in the Console.
    pub async fn change(&self, object: &Object, fields: &Json) {
        self.control(reqwest::Method::PATCH, &at(object), Some(fields)).await;
    }

    /// Removes an object as somebody does in the Console.
    pub async fn remove(&self, object: &Object) {
        self.control(reqwest::Method::DELETE, &at(object), None).await;
    }

    /// Lets an object have been made so long ago.
    pub async fn make_older(&self, object: &Object, by: Duration) {
        let at = SystemClock::new().now() - SignedDuration::try_from(by).expect("a short time");
        let style = match object.text("date_created").ends_with('Z') {
            true => "%Y-%m-%dT%H:%M:%SZ",
            false => "%a, %d %b %Y %H:%M:%S +0000",
        };
        self.change(object, &json!({"date_created": at.strftime(style).to_string()}))
            .await;
    }

    /// Makes something as another client would. Returns the response.
    pub async fn make(&self, host: &str, path: &str, form: &[(&str, &str)]) -> Json {
        let request = self
            .http
            .post(format!("{}{path}", self.handle.url))
            .header("host", host)
            .basic_auth(&self.handle.account_sid, Some(&self.handle.auth_token))
            .form(form);
        let answer = request.send().await.expect("the simulator answers");
        let status = answer.status();
        let text = answer.text().await.expect("the answer arrives");
        assert!(status.is_success(), "POST {path} answered {status}: {text}");
        serde_json::from_str(&text).expect("the answer is JSON")
    }

    /// How many items a list has as another client would read it, with this parameter of the query.
    pub async fn listed(&self, host: &str, path: &str, (parameter, value): (&str, &str)) -> usize {
        let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
        let request = self
            .http
            .get(format!("{}{path}?{parameter}={value}", self.handle.url))
            .header("host", host)
            .basic_auth(&self.handle.account_sid, Some(&self.handle.auth_token));
        let text = request.send().await.expect("the simulator answers").text().await;
        let page: Json = serde_json::from_str(&text.expect("the answer arrives")).expect("the answer is JSON");
        let arrays = page.as_object().into_iter().flat_map(|page| page.values());
        arrays.filter_map(Json::as_array).map(Vec::len).sum()
    }

    /// Lets something be there that nobody can make by a request. Returns it.
    pub async fn put_there(&self, host: &str, collection: &str, fields: &[(&str, &str)]) -> Json {
        let fields: serde_json::Map<_, _> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect();
        let wanted = json!({"host": host, "collection": collection, "fields": fields});
        let text = self.control(reqwest::Method::POST, "objects", Some(&wanted)).await;
        let object: Json = serde_json::from_str(&text).expect("the object");
        object["body"].clone()
    }

    /// Uploads a small text with these parts beside it, as another client would. Returns the response.
    pub async fn upload(&self, host: &str, path: &str, parts: &[(&str, &str)]) -> Json {
        let parts = parts.iter().map(|(name, value)| {
            format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        });
        let body = parts.collect::<String>()
            + "--part\r\nContent-Disposition: form-data; name=\"Content\"; filename=\"a.js\"\r\nContent-Type: \
               application/javascript\r\n\r\nexports.handler = () => {};\r\n--part--\r\n";
        let request = self
            .http
            .post(format!("{}{path}", self.handle.url))
            .header("host", host)
            .header("content-type", "multipart/form-data; boundary=part")
            .basic_auth(&self.handle.account_sid, Some(&self.handle.auth_token))
            .body(body);
        let answer = request.send().await.expect("the simulator answers");
        let status = answer.status();
        let text = answer.text().await.expect("the answer arrives");
        assert!(status.is_success(), "POST {path} answered {status}: {text}");
        serde_json::from_str(&text).expect("the answer is JSON")
    }

    /// Everything that goes on by itself stays as it is, until the next reset.
    pub async fn nothing_moves(&self) {
        self.outcomes(&json!([{"stays": true}])).await;
    }

    /// What goes on by itself is done when it is asked for, until the next reset.
    pub async fn all_moves_soon(&self) {
        self.outcomes(&json!([{"soon": true}])).await;
    }

    /// How what goes on by itself ends; as usual with an empty array.
    pub async fn outcomes(&self, orders: &Json) {
        self.control(reqwest::Method::PUT, "outcomes", Some(orders)).await;
    }

    /// Puts the clock ahead.
    pub async fn advance(&self, seconds: u64) {
        self.control(reqwest::Method::POST, "clock", Some(&json!({"advance_s": seconds})))
            .await;
    }

    /// Numbers that can be bought, no two the same.
    pub async fn numbers_for_sale(&self, count: usize) -> Vec<String> {
        let mut numbers = BTreeSet::new();
        for area_code in 201..990 {
            if numbers.len() >= count {
                break;
            }
            let path = format!(
                "/2010-04-01/Accounts/{}/AvailablePhoneNumbers/US/Local.json?PageSize=100&AreaCode={area_code}",
                self.handle.account_sid
            );
            let request = self
                .http
                .get(format!("{}{path}", self.handle.url))
                .header("host", "api.twilio.com")
                .basic_auth(&self.handle.account_sid, Some(&self.handle.auth_token));
            let answer = request.send().await.expect("the simulator answers");
            let text = answer.text().await.expect("the answer arrives");
            let page: Json = serde_json::from_str(&text).expect("the answer is JSON");
            let found = page["available_phone_numbers"].as_array().into_iter().flatten();
            numbers.extend(found.filter_map(|number| Some(number["phone_number"].as_str()?.to_owned())));
        }
        numbers.into_iter().take(count).collect()
    }

    /// Whether somebody can sign in with this.
    pub async fn signs_in(&self, user: &str, password: &str) -> bool {
        let request = self
            .http
            .get(format!("{}{SIGN_IN_AT}", self.handle.url))
            .header("host", "messaging.twilio.com")
            .basic_auth(user, Some(password));
        request.send().await.expect("the simulator answers").status() != 401
    }

    /// Whether a write of this object, or the create of it, had this text and was not refused.
    pub async fn has_taken(&self, object: &Object, text: &str) -> bool {
        let path = object.place.2.as_str();
        assert!(!text.is_empty(), "nothing is configured for {path}");
        let (collection, _) = path.rsplit_once('/').unwrap_or_default();
        self.requests().await.iter().any(|request| {
            let place = request["path"].as_str().unwrap_or_default();
            let status = request["status"].as_u64();
            [path, collection].contains(&place.trim_end_matches(".json"))
                // A fault may answer something else than what was done.
                && (status.is_none_or(|status| status < 300) || !request["fault"].is_null())
                && [&request["form"], &request["json"]].iter().any(|body| has(body, text))
        })
    }

    async fn list(&self, what: &str) -> Vec<Json> {
        let text = self.control(reqwest::Method::GET, what, None).await;
        serde_json::from_str(&text).expect("an array")
    }

    async fn control(&self, method: reqwest::Method, what: &str, body: Option<&Json>) -> String {
        let request = self
            .http
            .request(method, format!("{}/_simulator/{what}", self.handle.url));
        let request = request.body(body.map(Json::to_string).unwrap_or_default());
        let answer = request.send().await.expect("the simulator answers");
        let status = answer.status();
        let text = answer.text().await.expect("the answer arrives");
        assert!(status.is_success(), "{what} answered {status}: {text}");
        text
    }
}

/// Where the control endpoints have an object. A key may be any text.
fn at(object: &Object) -> String {
    let (host, account, path) = &object.place;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("host", host), ("account", account), ("path", path)])
        .finish();
    format!("objects?{query}")
}
