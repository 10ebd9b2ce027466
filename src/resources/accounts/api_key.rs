//! An API key: credentials that can be revoked, and restricted to what they are for.
//! <https://www.twilio.com/docs/iam/api-keys/key-resource-v1>
//!
//! # Quirks
//! - The account is a parameter of create and list, and in no response.
//! - The response has no type either: only a restricted key has a policy.
//! - Dates are RFC 2822, as in the classic API.
//! - Keys of the older API, `/2010-04-01/Accounts/…/Keys`, have the same SIDs. A standard key is made there where the account may not
//!   use this API (403 or 404 to a create).
//!
//! A key whose response was lost is unusable and goes, and pipelines that run side by side make keys of the same name at
//! the same moment. So a key is created under a passing name ([`passing_name`]) and renamed once its response has come, which costs
//! one more request for each key.
//!
//! A secret that shall be in no state has one reader ([`recipient`]): it is encrypted as soon as the response to the create has come.

use serde_json::Value as Json;

use super::access::refuse_a_standard_key;
use super::codes::ACCOUNTS;
use super::{older, recipient};
use crate::engine::errors::diagnose::label;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
use crate::engine::facts::Role::{Fixed, Local, SecretOnce, Setting};
use crate::engine::facts::hooks::{Call, Fault, Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Consequence, Deviation, Field, Impact, Intent, Items, Key, Kind, List, Literal, Managed, Norm,
    Object, OlderPlace, Operation, Parameters, Place, Plural, Properties, When, map, object, set, text, timestamp,
};
use crate::engine::operations::create::post_with;
use crate::engine::operations::lost_create;
use crate::engine::operations::requests::{answer_about, instance_path, send_update};
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::path::AttributePath;
use crate::framework::reason::Reason;
use crate::framework::value::Value;
use crate::resources::passing_name;
use crate::twilio::{Client, Error, ErrorKind, Product, Proof};

/// What a passing name says.
const DOING: &str = "being created";

/// `twilio_api_key`.
pub const API_KEY: Managed = Managed {
    object: Object {
        name: "twilio_api_key",
        noun: "API key",
        plural: Some(Plural {
            name: "twilio_api_keys",
            noun: "API keys",
        }),
        category: Category::Accounts,
        api_page: "https://www.twilio.com/docs/iam/api-keys/key-resource-v1",
        place: Place::at(Product::Iam, "/v1/Keys", "/v1/Keys/{sid}")
            .account_parameter("AccountSid")
            .older(OlderPlace {
                product: CLASSIC.product,
                instance: CLASSIC.instance,
            }),
        key: Key::Sid("SK"),
        natural_key: &["friendly_name"],
        list: List {
            items: Items::Partial("an item has no policy"),
            ..List::WHOLE
        },
        deviations: &[
            Deviation {
                from: Norm::Responses,
                name: "key_type",
                reason: "the response has no type; the decode hook takes it from the policy",
            },
            Deviation {
                from: Norm::Responses,
                name: "encrypted_secret",
                reason: "the create hook makes it of the secret in the response",
            },
            Deviation {
                from: Norm::Secrecy,
                name: "encrypted_secret",
                reason: "only its recipient can read it, and it is there to be handed on",
            },
        ],
        fields: FIELDS,
        read: ReadHooks {
            decode: Some(type_from_policy),
            ..ReadHooks::NONE
        },
        codes: &[ACCOUNTS],
        ..Object::NEW
    },
    since: "0.1.0",
    consequences: &[Consequence {
        impact: Impact::Revoke,
        when: When::Destroyed,
    }],
    doc: "An API key: credentials for one application, which can be revoked, and restricted to a list of permissions. The \
          secret is in the state, unless `secret_recipient` names the one who may read it; to rotate a key change `keepers`, with \
          `create_before_destroy`. The key that the provider itself is signed in with is neither destroyed nor replaced.",
    quirks: &[
        "Twilio shows the secret in the response to the create and nowhere else.",
        "Where the account may not use Twilio's current API for keys, a standard key is made through the older one. It is the same key with the same SID.",
        "A key is created under a passing name and renamed, so the audit log has two requests for each.",
    ],
    older_states: older::API_KEY,
    write: WriteHooks {
        validate: Some(policy_goes_with_type),
        plan: Some(plan),
        may_go: Some(refuse_what_signs_in),
        encode: Some(name_the_account),
        create: Some(create),
        after_write: Some(give_it_its_name),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

/// <https://www.twilio.com/docs/usage/api/keys>
const CLASSIC: Place = Place::at(
    Product::Api,
    "/2010-04-01/Accounts/{account_sid}/Keys.json",
    "/2010-04-01/Accounts/{account_sid}/Keys/{sid}.json",
);

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Clears)).checks(&[Check::Length(0, 64)]).doc(
        "Name shown in the Console, up to 64 characters. A key without one has none. Changes in place. A key is created \
         under its name with a nonce, as in `App (being created: 4f1c…)`, and renamed once its secret has arrived. If the \
         secret is lost on the way, the provider can tell this key from keys of the same name that somebody else created, \
         and revokes only this one. It cannot do so for a key without a name: if the response to the create is lost and \
         there is a new key, the apply stops and names it.",
    ),
    text("key_type", Fixed(DefaultsTo(Literal::Text("standard"))))
        .checks(&[Check::OneOf(&["standard", "restricted"])])
        .doc("`standard`: everything but accounts and keys. `restricted`: what `policy` allows. Default: `standard`. A change \
              replaces the key."),
    object("policy", Setting(Clears), POLICY).as_json_text().doc("What a restricted key may do. Changes in place."),
    map("keepers", Local(Clears), &Kind::Text).doc(
        "Any values: when one changes, the key is replaced. For rotation, for example by date. Setting them for the first time \
         replaces nothing.",
    ),
    DELETION_PROTECTION,
    text("secret_recipient", Local(Clears))
        .checks(&[Check::NonEmpty, Check::Custom(is_recipient)])
        .doc(
            "Public key of [age](https://age-encryption.org) that may read the secret, as `age-keygen` prints it: `age1…`. The \
             state then has the secret in `encrypted_secret` alone. Twilio shows a secret once, so another recipient, or none, \
             replaces the key, and so does a recipient for a key whose secret is in the state already. For an imported key, \
             whose secret nobody has here, the first one is only noted.",
        ),
    text("secret", SecretOnce).doc(
        "The secret. Twilio shows it once, so it is null after an import; with `secret_recipient` it is null, too.",
    ),
    text("encrypted_secret", SecretOnce).for_one_reader().doc(
        "The secret as a text file of age, for the holder of the private key of `secret_recipient` alone: `age --decrypt` reads \
         it. Null without a recipient, and after an import.",
    ),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

const POLICY: &[Field] = &[set("allow", Setting(Required), &Kind::Text)
    .checks(&[Check::Length(1, 100), Check::Each(&Check::Custom(permission))])
    .doc("Permissions, `1` to `100`, for example `/twilio/messaging/messages/read`. Twilio's page on restricted keys lists \
          them.")];

/// `/twilio/product/resource/action`, as Twilio writes permissions.
/// <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>
pub(super) fn permission(text: &str) -> Result<(), Reason> {
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
    Err("It is not a permission. Write each like /twilio/messaging/messages/read.".into())
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
    if intent.operation == Operation::Create && parameters.value("KeyType") == Some(&Json::from("standard")) {
        parameters.remove("KeyType");
    }
}

/// Whether a text is a public key that a secret can be encrypted to.
fn is_recipient(text: &str) -> Result<(), Reason> {
    recipient::recipient(text).map(drop)
}

fn create<'a>(call: Call<'a>, intent: Intent<'a>, parameters: Parameters) -> Step<'a, Properties> {
    Box::pin(async move {
        let named = intent.planned.attr("secret_recipient").as_str();
        let reader = named
            .map(recipient::recipient)
            .transpose()
            .map_err(|reason| no_recipient(&reason))?;
        let mut key = create_with_secret(call, intent, parameters).await?;
        if let Some(reader) = reader
            && let Some(Json::String(secret)) = key.remove("secret")
        {
            match recipient::encrypted(&secret, &reader) {
                Ok(text) => drop(key.insert("encrypted_secret".to_owned(), text.into())),
                Err(_) => call.warnings.add(not_encrypted(&key)),
            }
        }
        Ok(key)
    })
}

/// No validation has seen it: that was known only now.
fn no_recipient(reason: &Reason) -> Fault {
    Diagnostic::error(
        "The secret has no recipient",
        format!("secret_recipient: {reason} No key was created."),
    )
    .at_attribute("secret_recipient")
    .into()
}

fn not_encrypted(key: &Properties) -> Diagnostic {
    let sid = key.get("sid").and_then(Json::as_str).unwrap_or("that was created");
    Diagnostic::warning(
        "The secret of the API key is lost",
        format!(
            "The key {sid} was created, and its secret could not be encrypted for secret_recipient. It was not stored in any \
             other way. Replace the key: terraform apply -replace with its address."
        ),
    )
}

fn create_with_secret<'a>(call: Call<'a>, intent: Intent<'a>, mut parameters: Parameters) -> Step<'a, Properties> {
    Box::pin(async move {
        let standard = intent.planned.attr("policy").is_null();
        let name = parameters.value("FriendlyName").and_then(Json::as_str);
        let passing = name.and_then(|name| passing_name::with_nonce(name, DOING, &call.client.nonce()));
        let proof = if passing.is_some() { Proof::Nonce } else { Proof::Time };
        let mut passing_object = call.state.clone();
        if let Some(passing) = passing {
            passing_object.set_attr("friendly_name", Value::string(passing.as_str()));
            parameters.set("FriendlyName", passing);
        }
        let call = Call {
            state: &passing_object,
            ..call
        };
        make(call, standard, parameters, proof).await
    })
}

/// Makes a key. Its name is what `proof` says.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn make(
    call: Call<'_>,
    is_standard: bool,
    mut parameters: Parameters,
    proof: Proof,
) -> Result<Properties, Fault> {
    let name = parameters.value("FriendlyName").cloned();
    parameters.set("AccountSid", call.account.as_str());
    match post_with(call, &API_KEY, parameters, proof).await {
        // Nothing was made: the older API can still make a standard key.
        Err(Fault::Api(error)) if is_standard && matches!(error.kind, ErrorKind::Forbidden | ErrorKind::NotFound) => {
            create_classic(call, &API_KEY, name, proof)
                .await
                .map_err(|second| the_one_that_matters(error, second))
        }
        made => made,
    }
}

async fn create_classic(
    call: Call<'_>,
    resource: &'static Managed,
    name: Option<Json>,
    proof: Proof,
) -> Result<Properties, Fault> {
    let mut parameters = Parameters::default();
    if let Some(name) = name {
        parameters.set("FriendlyName", name);
    }
    Ok(answer_about(
        call.object,
        lost_create::create(call, resource, CLASSIC, parameters, proof).await?,
    ))
}

/// The secret has come, so the key takes the name that it was planned with. If that fails the next plan shows the other name,
/// and changes it.
fn give_it_its_name<'a>(call: Call<'a>, intent: Intent<'a>, key: &'a mut Properties) -> Step<'a> {
    Box::pin(async move {
        let name = intent.planned.attr("friendly_name");
        let (Operation::Create, Some(name)) = (intent.operation, name.as_str()) else {
            return Ok(());
        };
        if key.get("friendly_name").and_then(Json::as_str) == Some(name) {
            return Ok(());
        }
        key.insert("friendly_name".to_owned(), Json::from(name));
        let mut parameters = Parameters::default();
        parameters.set("FriendlyName", name);
        let path = instance_path(call.object, call.account, call.state)?;
        let mut renamed = send_update(call, intent.resource, path, parameters).await?;
        // Only the response to the create has it.
        renamed.remove("secret");
        key.extend(renamed);
        Ok(())
    })
}

/// The first refusal says more than one of an API that was only tried instead, unless the second may have made a key.
fn the_one_that_matters(first: Box<Error>, second: Fault) -> Fault {
    match second {
        Fault::Api(second) if second.kind == ErrorKind::Ambiguous => Fault::Api(second),
        _ => Fault::Api(first),
    }
}

/// Without the key that the provider itself is signed in with, the rest of the run would be refused, and so would the next.
fn refuse_what_signs_in(client: &Client, sid: &str) -> Result<(), Diagnostic> {
    if !client.signs_in_with(sid) {
        return Ok(());
    }
    Err(Diagnostic::error(
        "The provider is signed in with this API key",
        format!(
            "Destroying or replacing {sid} would end the access of the provider itself, in the middle of the run. The key was \
             not destroyed. Sign in with another key or with the auth token first. If the key is tainted and should stay, run \
             terraform untaint with its address."
        ),
    ))
}

fn plan(mut planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        refuse_a_standard_key(&planning).await?;
        if planning.planned.is_known() {
            replace_for_keepers(&mut planning);
            plan_recipient(&mut planning);
        }
        warn_of_revocation(&planning);
        Ok(())
    })
}

/// Who has the key finds out by being refused, so a plan says it.
fn warn_of_revocation(planning: &Planning<'_>) {
    let goes = planning.destroys || !planning.requires_replace.is_empty();
    if planning.prior.is_null() || !goes {
        return;
    }
    let key = label(&planning.resource.object, planning.prior);
    planning.warnings.add(Diagnostic::warning(
        format!("API key {key} will be revoked"),
        "Whatever signs in with it is refused from that moment on, and a key that is revoked cannot be had back. Make sure that \
         everything which has it uses another one by then. To keep it set deletion_protection = true.",
    ));
}

/// A key is replaced when its keepers change. Keepers that come to a key which has none are only noted, so that a key can be
/// imported into a configuration that has them.
fn replace_for_keepers(planning: &mut Planning<'_>) {
    let prior = planning.prior.attr("keepers");
    if prior.is_known() && prior != planning.planned.attr("keepers") {
        planning.requires_replace.push(AttributePath::attribute("keepers"));
    }
}

/// Who reads the secret of a new key is planned; of one that exists it is settled, since nobody shows its secret again. What was in
/// the state once is no secret from its readers, so a recipient makes another key of that, too.
fn plan_recipient(planning: &mut Planning<'_>) {
    let planned = planning.planned.attr("secret_recipient");
    if planning.prior.is_null() {
        match planned {
            Value::Unknown(_) => {}
            Value::Null => planning.planned.set_attr("encrypted_secret", Value::Null),
            _ => planning.planned.set_attr("secret", Value::Null),
        }
        return;
    }
    let prior = planning.prior.attr("secret_recipient");
    let has_none = prior.is_null() && planning.prior.attr("secret").is_null();
    if prior != planned && !has_none {
        planning
            .requires_replace
            .push(AttributePath::attribute("secret_recipient"));
    }
}

/// The response does not name the type: a key with a policy is restricted. The older API answers no policy at all, restricted
/// or not; it says nothing about the type.
fn type_from_policy(answer: &mut Properties, base: &Value) {
    if !answer.contains_key("policy") && base.attr("key_type").is_known() {
        return;
    }
    let restricted = answer.get("policy").is_some_and(Json::is_object);
    answer.insert(
        "key_type".to_owned(),
        Json::from(if restricted { "restricted" } else { "standard" }),
    );
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::hooks::Warnings;
    use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, ok, parent, status};

    /// Creates a key with these attributes at a server that does not allow the first API.
    async fn create_at(
        classic: impl Fn() -> Reply + Send + Sync + 'static,
        fields: &[(&str, Value)],
    ) -> (Server, Result<Properties, Fault>) {
        let reply = move |seen: &ReceivedRequest, _| match seen.target.starts_with("/v1/") {
            true => status(403, json!({"code": 20003, "message": "not allowed", "status": 403})),
            false => classic(),
        };
        let server = Server::start(reply).await;
        let (client, _clock) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let planned = Value::object(fields.iter().map(|(name, value)| (*name, value.clone())));
        let intent = Intent {
            resource: &API_KEY,
            operation: Operation::Create,
            prior: &Value::Null,
            planned: &planned,
            config: &planned,
        };
        let call = Call {
            object: &API_KEY.object,
            client: &client,
            account: &account,
            state: &planned,
            warnings: &warnings,
        };
        let mut parameters = crate::engine::values::parameters::parameters(intent);
        name_the_account(&intent, &mut parameters);
        let outcome = create(call, intent, parameters).await;
        (server, outcome)
    }

    fn restricted() -> Vec<(&'static str, Value)> {
        let policy = Value::object([("allow", Value::Set(vec!["/twilio/a/b".into()]))]);
        vec![("key_type", "restricted".into()), ("policy", policy)]
    }

    #[tokio::test]
    async fn a_standard_key_is_made_through_the_older_api_where_the_first_is_not_allowed() {
        let standard = [("key_type", "standard".into()), ("friendly_name", "App".into())];
        // The clock of the test draws zeros.
        let passing = "App (being created: 0000000000000000)";
        let sid = "SK00000000000000000000000000000001";
        let answer = move || ok(json!({"sid": sid, "secret": "s", "friendly_name": passing}));
        let (server, made) = create_at(answer, &standard).await;
        assert_eq!(made.expect("it is made")["secret"], "s");
        let bodies: Vec<_> = server.seen().iter().map(|seen| seen.body.clone()).collect();
        let encoded = "FriendlyName=App+%28being+created%3A+0000000000000000%29";
        assert_eq!(
            bodies,
            [format!("{encoded}&AccountSid={}", parent()), encoded.to_owned()]
        );
    }

    #[tokio::test]
    async fn a_restricted_key_is_not_made_through_an_api_that_cannot_restrict_it() {
        let (server, made) = create_at(|| ok(json!({"sid": "SK1"})), &restricted()).await;
        assert!(made.is_err());
        assert_eq!(server.count(), 1);
    }

    #[tokio::test]
    async fn a_lost_response_of_the_older_api_is_not_hidden_behind_the_first_refusal() {
        let (_, made) = create_at(|| Reply::Close, &[("key_type", "standard".into())]).await;
        assert!(matches!(made, Err(Fault::Api(error)) if error.kind == ErrorKind::Ambiguous));
        let refused = || status(400, json!({"code": 20001, "message": "no", "status": 400}));
        let (_, made) = create_at(refused, &[("key_type", "standard".into())]).await;
        assert!(matches!(made, Err(Fault::Api(error)) if error.kind == ErrorKind::Forbidden));
    }

    #[tokio::test]
    async fn what_only_the_provider_makes_is_never_what_twilio_returns() {
        let standard = [("key_type", "standard".into()), ("friendly_name", "App".into())];
        let sid = "SK00000000000000000000000000000001";
        let answer = json!({"sid": sid, "secret": "hush-hush", "encrypted_secret": "forged", "friendly_name": "App (being created: 0000000000000000)"});
        let reply = answer.clone();
        let (_, made) = create_at(move || ok(reply.clone()), &standard).await;
        let made = made.expect("it is made");
        assert_eq!(
            (made.get("encrypted_secret"), &made["secret"]),
            (None, &json!("hush-hush"))
        );

        let server = Server::start(move |_: &ReceivedRequest, _| ok(answer.clone())).await;
        let (client, _clock) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let fields = standard.into_iter().chain([("sid", sid.into())]);
        let planned = Value::object(fields);
        let intent = Intent {
            resource: &API_KEY,
            operation: Operation::Create,
            prior: &Value::Null,
            planned: &planned,
            config: &planned,
        };
        let call = Call {
            object: &API_KEY.object,
            client: &client,
            account: &account,
            state: &planned,
            warnings: &warnings,
        };
        let mut key = Properties::new();
        key.insert("encrypted_secret".to_owned(), "ours".into());
        let renamed = give_it_its_name(call, intent, &mut key).await;
        assert!(renamed.is_ok());
        assert_eq!((key.get("secret"), &key["encrypted_secret"]), (None, &json!("ours")));
        let read = crate::engine::operations::requests::fetch(call).await;
        assert!(read.is_ok_and(|read| !read.contains_key("encrypted_secret")));
    }

    #[test]
    fn an_answer_without_a_policy_field_says_nothing_about_the_type() {
        let check = |answer: Json, base: Value| {
            let mut answer = answer.as_object().cloned().unwrap_or_default();
            type_from_policy(&mut answer, &base);
            answer.get("key_type").and_then(Json::as_str).map(str::to_owned)
        };
        let known = Value::object([("key_type", "restricted".into())]);
        assert_eq!(
            check(json!({"policy": null}), known.clone()).as_deref(),
            Some("standard")
        );
        assert_eq!(
            check(json!({"policy": {"allow": []}}), Value::Null).as_deref(),
            Some("restricted")
        );
        assert_eq!(check(json!({}), known), None);
        assert_eq!(check(json!({}), Value::Null).as_deref(), Some("standard"));
    }

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
