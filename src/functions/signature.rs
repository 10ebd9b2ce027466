//! The signature that Twilio sends with a webhook. <https://www.twilio.com/docs/usage/security>

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::table::{Function, Parameter, Shape, bare, scalar, text, wrong};
use crate::framework::provider::FunctionError;
use crate::framework::value::Value;
use crate::twilio::webhook_signature;

/// `signature`.
pub const SIGNATURE: Function = Function {
    name: "signature",
    since: "0.1.0",
    doc: "Computes the `X-Twilio-Signature` that Twilio sends with a request to a webhook: the base64 of the HMAC-SHA1, keyed with \
          the auth token, of the URL and the parameters. Use it to check a webhook after a deployment, with a signed request \
          from a `check` block or a test.",
    quirks: &[
        "The result is sensitive only if the token is. That of `twilio_subaccount` is; a token from a variable needs `sensitive = \
         true`, or `sensitive(…)` around it. What is in a resource's attribute is in the state all the same.",
        "The URL is signed letter by letter as Twilio requests it: with its query, and with a port only if Twilio sees one.",
        "For a request whose body is JSON, `params` is null, and the URL has a `bodySHA256` in its query.",
    ],
    api_page: "https://www.twilio.com/docs/usage/security",
    parameters: &[
        Parameter::new("token", Shape::Text, "The auth token of the account."),
        Parameter::new("url", Shape::Text, "The whole URL of the webhook."),
        Parameter::new(
            "params",
            Shape::Any,
            "The parameters of a POST request, a map or an object of texts, numbers and booleans. A parameter that is sent several \
             times has a list. Null, or an empty object, for a GET request.",
        )
        .nullable(),
    ],
    variadic: None,
    result: Shape::Text,
    returns: "It is the value of the header.",
    call,
};

fn call(arguments: &[Value]) -> Result<Value, FunctionError> {
    let token = text(arguments, 0).unwrap_or_default();
    let url = text(arguments, 1).unwrap_or_default();
    if token.is_empty() {
        return Err(wrong(0, "It is empty, and would sign nothing."));
    }
    let is_web = |url: Url| matches!(url.scheme(), "http" | "https" | "ws" | "wss");
    if !Url::parse(url).is_ok_and(is_web) {
        return Err(wrong(
            1,
            "It is no absolute URL that starts with http, https, ws or wss.",
        ));
    }
    let parameters = parameters(arguments.get(2).unwrap_or(&Value::Null))?;
    Ok(webhook_signature(token, url, &parameters).into())
}

/// The parameters by name, each with its values, sorted and without duplicates.
fn parameters(value: &Value) -> Result<BTreeMap<&str, BTreeSet<String>>, FunctionError> {
    const FORM: &str =
        "The parameters are a map or an object, and each value is a text, a number, a boolean, or a list of those.";
    let value = bare(value);
    if value.is_null() {
        return Ok(BTreeMap::new());
    }
    let fields = value.as_fields().ok_or_else(|| wrong(2, FORM))?;
    let mut parameters = BTreeMap::new();
    for (name, value) in fields {
        let values = match value.as_elements() {
            Some(elements) => elements.iter().map(scalar).collect(),
            // What is null is not sent.
            None if value.is_null() => continue,
            None => scalar(value).map(|text| BTreeSet::from([text])),
        };
        parameters.insert(name.as_str(), values.ok_or_else(|| wrong(2, FORM))?);
    }
    Ok(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::types::Type;

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";

    fn signature(url: &str, params: Value) -> Result<String, FunctionError> {
        let value = call(&["12345".into(), url.into(), params])?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    fn call_parameters() -> Value {
        Value::object([
            ("To", Value::from("+18005551212")),
            ("From", Value::from("+14158675309")),
            ("Digits", Value::int(1234)),
            ("Caller", Value::from("+14158675309")),
            ("CallSid", Value::from("CA1234567890ABCDE")),
        ])
    }

    /// The vectors of the tests of Twilio's own libraries.
    #[test]
    fn signatures_are_those_of_twilios_libraries() {
        let found = signature(URL, call_parameters());
        assert_eq!(found.as_deref(), Ok("RSOYDt4T1cUTdK1PDd93/VVr8B8="));
        let body = "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        assert_eq!(
            signature(body, Value::Null).as_deref(),
            Ok("a9nBmqA0ju/hNViExpshrM61xv4=")
        );
        let several = Value::object([
            ("Sid", Value::from("CA123")),
            ("SidAccount", Value::from("AC123")),
            ("Digits", Value::List(vec!["5678".into(), "1234".into(), "1234".into()])),
        ]);
        assert_eq!(signature(URL, several).as_deref(), Ok("IK+Dwps556ElfBT0I3Rgjkr1wJU="));
        let twice = Value::object([
            ("Sid", Value::from("CA123")),
            ("Digits", Value::Tuple(vec!["5678".into(), "1234".into()])),
        ]);
        assert_eq!(signature(URL, twice).as_deref(), Ok("PsvQvU7GsapX+M0BLFymKCdJYR8="));
    }

    #[test]
    fn what_is_null_is_not_sent_and_how_it_is_typed_does_not_matter() {
        let none = signature(URL, Value::Null);
        assert_eq!(signature(URL, Value::object([("A", Value::Null)])), none);
        assert_eq!(signature(URL, Value::Map(BTreeMap::new())), none);
        let Value::Object(fields) = call_parameters() else {
            unreachable!()
        };
        let dynamic = Value::dynamic(Type::map(Type::String), Value::Map(fields));
        assert_eq!(signature(URL, dynamic), signature(URL, call_parameters()));
    }

    #[test]
    fn what_cannot_be_signed_is_refused_at_the_argument() {
        let refused = |arguments: [Value; 3]| call(&arguments).expect_err("it cannot be signed").argument;
        assert_eq!(refused(["".into(), URL.into(), Value::Null]), Some(0));
        assert_eq!(refused(["t".into(), "/relative".into(), Value::Null]), Some(1));
        assert_eq!(refused(["t".into(), "ftp://example.com".into(), Value::Null]), Some(1));
        assert_eq!(refused(["t".into(), URL.into(), "text".into()]), Some(2));
        let nested = Value::object([("A", Value::object([("b", Value::from("c"))]))]);
        assert_eq!(refused(["t".into(), URL.into(), nested]), Some(2));
    }
}
