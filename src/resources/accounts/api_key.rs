//! An API key: credentials that can be revoked, and restricted to what they are for.
//! <https://www.twilio.com/docs/iam/api-keys/key-resource-v1>
//!
//! What surprised us: the account is a parameter of create and list and is in no answer; the answer has no type either,
//! only a policy when the key is restricted; the secret is in the answer to create and nowhere else; dates are RFC 2822 as
//! on the classic API. Where the account may not use this API (error 403 or 404 on create), a standard key is made through
//! the older one, `/2010-04-01/Accounts/…/Keys`, which shares the same SIDs.

use serde_json::Value as Json;

use crate::engine::create::post;
use crate::engine::expand::{Intent, Parameters, Phase};
use crate::engine::flatten::Object;
use crate::engine::hooks::{Call, Fault, Hooks, Step};
use crate::engine::table::{
    Attribute, Check, Kind, Literal, OlderInstance, Resource, map, object, set, text, timestamp,
};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, Product, Request};

/// `twilio_api_key`.
pub const API_KEY: Resource = Resource {
    name: "twilio_api_key",
    noun: "API key",
    doc: "An API key: credentials for one application, which can be revoked, and restricted to a list of permissions. The \
          secret is in the state; to rotate a key change `keepers`, with `create_before_destroy`.",
    category: "Accounts",
    api_page: "https://www.twilio.com/docs/iam/api-keys/key-resource-v1",
    product: Product::Iam,
    collection: "/v1/Keys",
    instance: "/v1/Keys/{sid}",
    older_instance: Some(OlderInstance {
        product: Product::Api,
        instance: "/2010-04-01/Accounts/{account_sid}/Keys/{sid}.json",
    }),
    sid_prefix: "SK",
    natural_key: &["friendly_name"],
    attributes: ATTRIBUTES,
    hooks: Hooks {
        validate: Some(policy_goes_with_type),
        encode: Some(name_the_account),
        create: Some(create),
        decode: Some(type_from_policy),
        ..Hooks::NONE
    },
    ..Resource::FORM
};

const ATTRIBUTES: &[Attribute] = &[
    text("friendly_name").optional_computed().doc("Name shown in the Console, up to 64 characters. Changes in place."),
    text("key_type")
        .default(Literal::Text("standard"))
        .create_only()
        .checks(&[Check::OneOf(&["standard", "restricted"])])
        .doc("`standard`: everything but accounts and keys. `restricted`: what `policy` allows. Default: `standard`. A change \
              replaces the key."),
    object("policy", POLICY).as_json_text().doc("What a restricted key may do. Changes in place."),
    map("keepers", &Kind::Text).local().replaces().doc(
        "Any values: when one changes, the key is replaced. For rotation, for example by date.",
    ),
    text("secret").secret_once().doc(
        "The secret. Twilio shows it once, so it is null after an import.",
    ),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

const POLICY: &[Attribute] = &[set("allow", &Kind::Text)
    .required()
    .checks(&[Check::Length(1, 100), Check::Each(&Check::Custom(permission))])
    .doc("Permissions, `1` to `100`, for example `/twilio/messaging/messages/read`. Twilio's page on restricted keys lists \
          them.")];

/// `/twilio/product/resource/action`, as Twilio writes permissions.
/// <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>
fn permission(text: &str) -> Result<(), String> {
    let parts: Vec<_> = text
        .strip_prefix("/twilio/")
        .map(|rest| rest.split('/').collect())
        .unwrap_or_default();
    let letters = |part: &&str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.*".contains(&byte))
    };
    if parts.len() >= 2 && parts.iter().all(letters) {
        return Ok(());
    }
    Err(format!(
        "{text:?} is not a permission. Write it like /twilio/messaging/messages/read."
    ))
}

fn policy_goes_with_type(config: &Value, diagnostics: &mut Diagnostics) {
    let (key_type, policy) = (config.attr("key_type"), config.attr("policy"));
    if key_type.is_unknown() || policy.is_unknown() {
        return;
    }
    let restricted = key_type.as_str() == Some("restricted");
    let problem = match (restricted, policy.is_null()) {
        (true, true) => (
            "key_type",
            "A restricted key needs a policy: set policy = { allow = [...] }.",
        ),
        (false, false) => (
            "policy",
            "Only a restricted key has a policy: set key_type = \"restricted\".",
        ),
        _ => return,
    };
    diagnostics.push(Diagnostic::error("Arguments do not fit together", problem.1).at_attribute(problem.0));
}

/// Twilio knows one type by name; the other is the absence of it. The account is a parameter, which the path does not
/// have, and the engine's call adds it in [`create`].
fn name_the_account(intent: &Intent<'_>, parameters: &mut Parameters) {
    if intent.phase == Phase::Create && parameters.value("KeyType") == Some(&Json::from("standard")) {
        parameters.remove("KeyType");
    }
}

fn create<'a>(call: Call<'a>, intent: Intent<'a>, mut parameters: Parameters) -> Step<'a, Object> {
    Box::pin(async move {
        let standard = intent.planned.attr("policy").is_null();
        let friendly_name = parameters
            .value("FriendlyName")
            .and_then(Json::as_str)
            .map(str::to_owned);
        parameters.set("AccountSid", call.account.as_str());
        match post(call, parameters).await {
            // Nothing was made: the older API can still make a standard key.
            Err(Fault::Api(error)) if standard && matches!(error.kind, ErrorKind::Forbidden | ErrorKind::NotFound) => {
                create_classic(call, friendly_name).await.map_err(|_| Fault::Api(error))
            }
            made => made,
        }
    })
}

/// <https://www.twilio.com/docs/usage/api/keys>
async fn create_classic(call: Call<'_>, friendly_name: Option<String>) -> Result<Object, Fault> {
    let path = format!("/2010-04-01/Accounts/{}/Keys.json", call.account);
    let name = friendly_name.map(|name| ("FriendlyName".to_owned(), name));
    let request = Request::post(Product::Api, call.account, path).form(name).creates();
    Ok(crate::engine::call::answer_object(call.client.send(request).await?))
}

/// The answer does not name the type: a key with a policy is restricted.
fn type_from_policy(answer: &mut Object, _: &Value) {
    let restricted = answer.get("policy").is_some_and(Json::is_object);
    answer.insert(
        "key_type".to_owned(),
        Json::from(if restricted { "restricted" } else { "standard" }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_paths() {
        for good in ["/twilio/messaging/messages/read", "/twilio/voice/calls/create"] {
            assert_eq!(permission(good), Ok(()), "{good}");
        }
        for wrong in [
            "",
            "messages/read",
            "/twilio/",
            "/twilio//read",
            "/twilio/Messaging/x y",
        ] {
            assert!(permission(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_policy_makes_a_key_restricted() {
        let check = |key_type: Value, policy: Value| {
            let mut diagnostics = Diagnostics::new();
            policy_goes_with_type(
                &Value::object([("key_type", key_type), ("policy", policy)]),
                &mut diagnostics,
            );
            diagnostics
                .into_iter()
                .map(|diagnostic| diagnostic.path.to_string())
                .collect::<Vec<_>>()
        };
        let policy = || Value::object([("allow", Value::Set(vec!["/twilio/a/b".into()]))]);
        assert_eq!(check("restricted".into(), Value::Null), ["key_type"]);
        assert_eq!(check(Value::Null, policy()), ["policy"]);
        assert_eq!(check("restricted".into(), policy()), Vec::<String>::new());
        assert_eq!(check(Value::UNKNOWN, policy()), Vec::<String>::new());
    }
}
