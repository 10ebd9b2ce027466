//! Requests as values: built without I/O, compared and tested without a server.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::expected::Expects;
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
    /// Changes something, and repeating it is harmless: update, delete.
    Idempotent,
}

/// Body of a request.
#[derive(Clone, PartialEq, Default)]
pub enum Body {
    /// None.
    #[default]
    None,
    /// `application/x-www-form-urlencoded`, in this order; a list is a repeated name.
    Form(Vec<(String, String)>),
    /// `application/json`.
    Json(Value),
}

impl std::fmt::Debug for Body {
    /// Names without values, since a value may be a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Form(pairs) => f.debug_tuple("Form").field(&names(pairs)).finish(),
            Self::Json(Value::Object(object)) => {
                f.debug_tuple("Json").field(&object.keys().collect::<Vec<_>>()).finish()
            }
            Self::Json(_) => f.write_str("Json(..)"),
        }
    }
}

fn names(pairs: &[(String, String)]) -> Vec<&str> {
    pairs.iter().map(|(name, _)| name.as_str()).collect()
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
    /// Path with version, percent-encoded, without query: `/v1/Services/MG…`. See [`expand`].
    pub path: String,
    /// Query parameters, not yet encoded, in this order.
    pub query: Vec<(String, String)>,
    /// Body.
    pub body: Body,
    /// What repeating it would do.
    pub effect: Effect,
    /// What its answer must be about.
    pub expects: Expects,
    /// Who asks, as [`super::Client::on_behalf_of`] was told. For records.
    pub caller: Option<&'static str>,
    /// What there is only a choice of for a parameter: parameter and word. A text about the request may repeat it there.
    pub choices: Vec<(String, &'static str)>,
    /// Which stops end it: those since then, or when there is none, those since it was sent.
    pub(super) began: Option<Epoch>,
    /// Headers beyond those the client sets, for example `If-Match` or `X-Twilio-Webhook-Enabled`.
    pub headers: Vec<(&'static str, String)>,
}

impl Request {
    fn new(method: Method, effect: Effect, product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self {
            product,
            account: account.clone(),
            method,
            path: path.into(),
            query: Vec::new(),
            body: Body::None,
            effect,
            expects: Expects::Named,
            caller: None,
            choices: Vec::new(),
            began: None,
            headers: Vec::new(),
        }
    }

    /// Reads an object or one page of a list.
    pub fn get(product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self::new(Method::Get, Effect::Read, product, account, path)
    }

    /// Updates an object. Where it makes one, add [`Request::creates`].
    pub fn post(product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self::new(Method::Post, Effect::Idempotent, product, account, path)
    }

    /// Replaces an object.
    pub fn put(product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self::new(Method::Put, Effect::Idempotent, product, account, path)
    }

    /// Updates a part of an object.
    pub fn patch(product: Product, account: &AccountSid, path: impl Into<String>) -> Self {
        Self::new(Method::Patch, Effect::Idempotent, product, account, path)
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

    /// Says that it changes nothing, whatever its method: see [`Effect::Read`].
    #[must_use]
    pub fn reads(mut self) -> Self {
        self.effect = Effect::Read;
        self
    }

    /// Says what the answer must be about, where the path does not say it.
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
    #[must_use]
    pub fn json(mut self, value: Value) -> Self {
        self.body = Body::Json(value);
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Content type and bytes of the body, if there is one.
    pub(super) fn encoded_body(&self) -> Option<(&'static str, String)> {
        match &self.body {
            Body::None => None,
            Body::Form(pairs) => Some(("application/x-www-form-urlencoded", encode_form(pairs))),
            Body::Json(value) => Some(("application/json", value.to_string())),
        }
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
            .field("query", &names(&self.query))
            .field("body", &self.body)
            .field("effect", &self.effect)
            .finish_non_exhaustive()
    }
}

/// Encodes pairs as `application/x-www-form-urlencoded`.
pub fn encode_form(pairs: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// What stays as it is inside a path segment: the unreserved characters of RFC 3986, section 2.3.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a path template could not be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// The template names something that no value was given for.
    #[error("no value for {{{name}}} in the path {template}")]
    Missing {
        /// Name between the braces.
        name: String,
        /// The template.
        template: String,
    },
    /// The value would make another path of it: empty, `.` or `..`.
    #[error("the value for {{{name}}} in the path {template} is empty or a relative path")]
    Unusable {
        /// Name between the braces.
        name: String,
        /// The template.
        template: String,
    },
    /// A brace without its partner.
    #[error("unbalanced braces in the path {template}")]
    Unbalanced {
        /// The template.
        template: String,
    },
}

/// Fills `{name}` in a path template, percent-encoding each value so that it stays one path segment.
///
/// # Errors
/// When a name has no value, when a value is empty or would climb (`.`, `..`), when braces do not match.
pub fn expand(template: &str, values: &[(&str, &str)]) -> Result<String, PathError> {
    let unbalanced = || PathError::Unbalanced {
        template: template.to_owned(),
    };
    let mut path = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        if before.contains('}') {
            return Err(unbalanced());
        }
        let (name, tail) = after.split_once('}').ok_or_else(unbalanced)?;
        let value = values
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
            .ok_or_else(|| PathError::Missing {
                name: name.to_owned(),
                template: template.to_owned(),
            })?;
        if is_relative(value) {
            return Err(PathError::Unusable {
                name: name.to_owned(),
                template: template.to_owned(),
            });
        }
        path.push_str(before);
        path.extend(utf8_percent_encode(value, SEGMENT));
        rest = tail;
    }
    if rest.contains('}') {
        return Err(unbalanced());
    }
    path.push_str(rest);
    Ok(path)
}

/// Whether a value in a path would be no segment of its own: empty or a dot segment, also where a server decodes it first.
fn is_relative(value: &str) -> bool {
    let mut value = std::borrow::Cow::Borrowed(value);
    loop {
        if matches!(value.as_ref(), "" | "." | "..") {
            return true;
        }
        let decoded = percent_encoding::percent_decode_str(&value)
            .decode_utf8_lossy()
            .into_owned();
        if decoded == value.as_ref() {
            return false;
        }
        value = decoded.into();
    }
}

/// Whether a path is the one that arrives: made of whole segments, none of which climbs, in characters that stand for
/// themselves. Addresses are parsed before they are sent, and a parser takes such segments away with what is before them.
pub(super) fn is_plain(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else {
        return false;
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@".contains(&byte);
    rest.is_empty()
        || rest
            .split('/')
            .all(|segment| segment.bytes().all(plain) && !is_relative(segment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn account() -> AccountSid {
        "AC0123456789abcdef0123456789abcdef".parse().expect("valid")
    }

    #[test]
    fn the_verb_decides_the_effect_until_it_is_said_otherwise() {
        let account = account();
        assert_eq!(Request::get(Product::Api, &account, "/x").effect, Effect::Read);
        assert_eq!(Request::post(Product::Api, &account, "/x").effect, Effect::Idempotent);
        assert_eq!(Request::delete(Product::Api, &account, "/x").effect, Effect::Idempotent);
        assert_eq!(
            Request::post(Product::Api, &account, "/x").creates().effect,
            Effect::Create
        );
    }

    #[test]
    fn a_form_keeps_order_and_repeats_names_of_lists() {
        let request = Request::post(Product::Messaging, &account(), "/v1/Services").form([
            ("FriendlyName", "a b&c"),
            ("Types", "one"),
            ("Types", "zwei ü"),
        ]);
        let (content_type, body) = request.encoded_body().expect("a body");
        assert_eq!(content_type, "application/x-www-form-urlencoded");
        assert_eq!(body, "FriendlyName=a+b%26c&Types=one&Types=zwei+%C3%BC");
    }

    #[test]
    fn a_query_follows_the_path() {
        let request = Request::get(Product::Iam, &account(), "/v1/Keys")
            .query("AccountSid", "AC1")
            .query("q", "+1");
        assert_eq!(request.path_and_query(), "/v1/Keys?AccountSid=AC1&q=%2B1");
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

    #[test]
    fn a_template_takes_values_as_single_segments() {
        assert_eq!(
            expand(
                "/v1/Services/{sid}/Maps/{key}.json",
                &[("sid", "IS1"), ("key", "a/b c?")]
            ),
            Ok("/v1/Services/IS1/Maps/a%2Fb%20c%3F.json".to_owned())
        );
    }

    #[test]
    fn a_template_refuses_what_would_be_another_path() {
        for value in ["", ".", "..", "%2e", "%2E%2e", ".%2e", "%252e%252E"] {
            assert!(matches!(
                expand("/v1/{sid}", &[("sid", value)]),
                Err(PathError::Unusable { .. })
            ));
        }
        assert!(matches!(expand("/v1/{sid}", &[]), Err(PathError::Missing { .. })));
        for template in ["/v1/{sid", "/v1/sid}", "/v1/}a{"] {
            assert!(
                matches!(expand(template, &[("sid", "x")]), Err(PathError::Unbalanced { .. })),
                "{template}"
            );
        }
    }

    #[test]
    fn a_path_that_a_parser_would_change_is_not_plain() {
        for path in [
            "/",
            "/v1/Services/MG1",
            "/v1/a%2Fb%20c",
            "/2010-04-01/Accounts/AC1.json",
        ] {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "",
            "v1",
            "/v1/",
            "/v1//Keys",
            "/v1/..",
            "/v1/../x",
            "/v1/./x",
            "/v1/%2e%2E/x",
            "/v1/.%2e",
            "/v1\\..",
            "/v1/.\t./x",
            "/v1/a b",
            "/v1/x?y",
            "/v1/x#y",
            "/v1/ü",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }

    proptest! {
        #[test]
        fn an_encoded_form_decodes_to_the_same_pairs(
            pairs in proptest::collection::vec((".{0,12}", ".{0,24}"), 0..8)
        ) {
            let encoded = encode_form(&pairs);
            prop_assert!(encoded.is_ascii());
            let decoded: Vec<(String, String)> =
                url::form_urlencoded::parse(encoded.as_bytes()).into_owned().collect();
            prop_assert_eq!(decoded, pairs);
        }

        #[test]
        fn an_expanded_value_is_one_segment_and_decodes_to_itself(value in ".{1,24}") {
            prop_assume!(!is_relative(&value));
            let path = expand("/v1/{sid}/End", &[("sid", &value)]).expect("expands");
            let segments: Vec<&str> = path.split('/').collect();
            prop_assert_eq!(segments.len(), 4);
            let decoded = percent_encoding::percent_decode_str(segments[2]).decode_utf8().expect("UTF-8");
            prop_assert_eq!(decoded, value);
        }
    }
}
