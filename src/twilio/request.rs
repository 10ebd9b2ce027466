//! Requests as values: built without I/O, compared and tested without a server.

use std::time::Duration;

use super::body::{Body, encode_form};
use super::expected::Expects;
use super::gone::Gone;
use super::product::Product;
use super::sid::AccountSid;
use super::stop::Epoch;

/// HTTP method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, and updates in most products.
    Post,
    /// Updates in newer JSON APIs.
    Put,
    /// Partial updates in a few APIs.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What doing a request twice would do. Decides what may be repeated when the outcome of a try is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Makes an object; twice makes two. Repeated only when the first try was surely not executed.
    Create,
    /// Makes what is at a path, or replaces what is there: repeating it is harmless.
    Upsert,
    /// Changes something, and repeating it is harmless: update, delete.
    Idempotent,
    /// Changes something, and twice may be another change: a PATCH is a set of instructions (RFC 5789, section 2), and a code that
    /// is checked has one attempt less. Repeated only when the first try was surely not executed.
    Once,
}

impl Effect {
    /// Whether repeating it is harmless when nobody knows what became of it.
    pub fn is_repeatable(self) -> bool {
        match self {
            Self::Read | Self::Upsert | Self::Idempotent => true,
            Self::Create | Self::Once => false,
        }
    }
}

/// One request to one product, on behalf of one account.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// Which host.
    pub product: Product,
    /// The account that owns the object, which is not always the account that signs in.
    pub account: AccountSid,
    /// HTTP method.
    pub method: Method,
    /// Path with version, percent-encoded, without query: `/v1/Services/MG…`. See [`super::expand`].
    pub path: String,
    /// Query parameters, not yet encoded, in this order.
    pub query: Vec<(String, String)>,
    /// Body.
    pub body: Body,
    /// What repeating it would do.
    pub effect: Effect,
    /// What its response must be about.
    pub expects: Expects,
    /// Who sends it, as given to [`super::Client::on_behalf_of`]. For records.
    pub caller: Option<&'static str>,
    /// What there is only a choice of for a parameter: parameter and word. A text about the request may repeat it there.
    pub choices: Vec<(String, &'static str)>,
    /// What members of the JSON that it carries are called, whatever they hold. A text about the request may repeat them.
    pub names: Vec<&'static str>,
    /// Nobody signs it: what it is about is in it.
    pub(super) is_unsigned: bool,
    /// Which stops end it: those since then, or when there is none, those since it was sent.
    pub(super) began: Option<Epoch>,
    /// How long it is repeated at most, where that is less than for others.
    pub(super) at_most: Option<Duration>,
    /// Whether it waits for no turn.
    pub(super) at_once: bool,
    /// Headers beyond those the client sets, for example `If-Match` or `X-Twilio-Webhook-Enabled`. `Content-Type` says what a
    /// body is called that is none of the usual ones.
    pub headers: Vec<(&'static str, String)>,
    /// What says of its object that it is not there, beside [`Gone::USUAL`].
    pub gone: &'static [Gone],
    /// Names of what must not be shown, in the request and in its response, beside those that hide it everywhere. Case and
    /// punctuation do not count.
    pub sensitive: Vec<&'static str>,
}

impl Request {
    fn new(method: Method, effect: Effect, product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        let mut path = path.into();
        // Where the key of an object is a parameter, its template has it behind a question mark.
        let query = match path.find('?') {
            Some(at) => url::form_urlencoded::parse(path.split_off(at).trim_start_matches('?').as_bytes())
                .into_owned()
                .collect(),
            None => Vec::new(),
        };
        Self {
            product,
            account: account.clone(),
            method,
            path,
            query,
            body: Body::None,
            effect,
            expects: Expects::Named,
            caller: None,
            choices: Vec::new(),
            names: Vec::new(),
            is_unsigned: false,
            began: None,
            at_most: None,
            at_once: false,
            headers: Vec::new(),
            gone: &[],
            sensitive: Vec::new(),
        }
    }

    /// Reads an object or one page of a list.
    pub fn get(product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self::new(Method::Get, Effect::Read, product, account, path)
    }

    /// Updates an object. Where it makes one, add [`Request::creates`], or [`Request::upserts`].
    pub fn post(product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self::new(Method::Post, Effect::Idempotent, product, account, path)
    }

    /// Replaces an object.
    pub fn put(product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self::new(Method::Put, Effect::Idempotent, product, account, path)
    }

    /// Updates a part of an object. Where it only says what values are from now on, add [`Request::repeatable`].
    pub fn patch(product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self::new(Method::Patch, Effect::Once, product, account, path)
    }

    /// Deletes an object.
    pub fn delete(product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self::new(Method::Delete, Effect::Idempotent, product, account, path)
    }

    /// Says that doing this twice makes two objects: see [`Effect::Create`].
    #[must_use]
    pub fn creates(mut self) -> Self {
        self.effect = Effect::Create;
        self
    }

    /// Says that it makes what is at its path, or replaces what is there: see [`Effect::Upsert`].
    #[must_use]
    pub fn upserts(mut self) -> Self {
        self.effect = Effect::Upsert;
        self
    }

    /// Says that doing this twice is as doing it once: see [`Effect::Idempotent`].
    #[must_use]
    pub fn repeatable(mut self) -> Self {
        self.effect = Effect::Idempotent;
        self
    }

    /// Says that doing this twice may be another change: see [`Effect::Once`].
    #[must_use]
    pub fn once(mut self) -> Self {
        self.effect = Effect::Once;
        self
    }

    /// Says that it changes nothing, whatever its method: see [`Effect::Read`].
    #[must_use]
    pub fn reads(mut self) -> Self {
        self.effect = Effect::Read;
        self
    }

    /// Says that it goes without credentials.
    #[must_use]
    pub(super) fn unsigned(mut self) -> Self {
        self.is_unsigned = true;
        self
    }

    /// Says what the response must be about, where the path does not say it.
    #[must_use]
    pub fn expects(mut self, expects: Expects) -> Self {
        self.expects = expects;
        self
    }

    /// Adds one query parameter.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sets a form body.
    #[must_use]
    pub fn form<N, V>(mut self, pairs: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        self.body = Body::Form(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }

    /// Sets a JSON body.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn json(mut self, value: serde_json::Value) -> Self {
        self.body = Body::Json(value);
        self
    }

    /// Sets a body with a file in it.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn multipart(mut self, body: super::multipart::Multipart) -> Self {
        self.body = Body::Multipart(body);
        self
    }

    /// Says what else means that its object is not there. Products differ in that.
    #[must_use]
    pub fn gone(mut self, rows: &'static [Gone]) -> Self {
        self.gone = rows;
        self
    }

    /// Says what must not be shown, by name: parameters, and fields of the response.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn sensitive(mut self, names: impl IntoIterator<Item = &'static str>) -> Self {
        self.sensitive.extend(names);
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Path and encoded query, as they follow the host.
    pub(super) fn path_and_query(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        format!("{}?{}", self.path, encode_form(&self.query))
    }
}

impl std::fmt::Debug for Request {
    /// Names of parameters without their values, since a value may be a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("product", &self.product)
            .field("account", &self.account.as_str())
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &super::body::names(&self.query))
            .field("body", &self.body)
            .field("effect", &self.effect)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> AccountSid {
        "AC0123456789abcdef0123456789abcdef".parse().expect("valid")
    }

    #[test]
    fn the_verb_decides_the_effect_until_it_is_said_otherwise() {
        let account = account();
        assert_eq!(Request::get(Product::Api, &account, "/x").effect, Effect::Read);
        assert_eq!(Request::post(Product::Api, &account, "/x").effect, Effect::Idempotent);
        assert_eq!(Request::delete(Product::Api, &account, "/x").effect, Effect::Idempotent);
        assert_eq!(Request::put(Product::Api, &account, "/x").effect, Effect::Idempotent);
        assert_eq!(Request::patch(Product::Api, &account, "/x").effect, Effect::Once);
        let post = || Request::post(Product::Api, &account, "/x");
        assert_eq!(post().creates().effect, Effect::Create);
        assert_eq!(post().upserts().effect, Effect::Upsert);
        assert_eq!(post().once().effect, Effect::Once);
        assert_eq!(post().creates().repeatable().effect, Effect::Idempotent);
    }

    #[test]
    fn a_query_follows_the_path() {
        let request = Request::get(Product::Iam, &account(), "/v1/Keys")
            .query("AccountSid", "AC1")
            .query("q", "+1");
        assert_eq!(request.path_and_query(), "/v1/Keys?AccountSid=AC1&q=%2B1");
    }

    #[test]
    fn a_key_behind_the_path_is_a_parameter() {
        let template = "/v1/SafeList/Numbers?PhoneNumber={number}";
        let path = crate::twilio::expand(template, &[("number", "+1 5")]).expect("expands");
        let request = Request::get(Product::Accounts, &account(), path).query("q", "1");
        assert_eq!(request.path, "/v1/SafeList/Numbers");
        assert_eq!(request.path_and_query(), "/v1/SafeList/Numbers?PhoneNumber=%2B1+5&q=1");
    }

    #[test]
    fn debug_shows_names_and_no_values() {
        let request = Request::post(Product::Api, &account(), "/x")
            .query("Token", "one")
            .form([("Password", "two")]);
        let text = format!("{request:?}");
        assert!(text.contains("Password") && text.contains("Token"));
        assert!(!text.contains("one") && !text.contains("two"), "{text}");
    }
}
