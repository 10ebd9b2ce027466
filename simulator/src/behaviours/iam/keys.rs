//! API keys: a secret that is shown once and signs in, in both generations of the API.
//! <https://www.twilio.com/docs/iam/api-keys/key-resource-v1>
//!
//! Keys are stored once, in the 2010 API's `Keys`; `SigningKeys` and iam v1 `Keys` show the same ones.

use serde_json::{Value, json};

use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::behaviours::api::{self, accounts};
use crate::contract::{Contract, OperationKind, Resource};
use crate::error::ApiError;
use crate::generic::serve;
use crate::params::Params;
use crate::permissions;
use crate::regions;
use crate::state::{ApiKey, KeyKind, State};
use crate::store::{Body, Object};

/// Most permissions of a restricted key.
/// <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>
const MOST_PERMISSIONS: usize = 100;

/// Length of the secrets that Twilio gives out.
const SECRET_LENGTH: usize = 32;

/// Keys of the 2010 API.
pub struct ClassicKeys;

impl Behaviour for ClassicKeys {
    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let secret = register(ctx.state, &object.key, ctx.account, KeyKind::Standard);
        // Only the create answer has a field for it; the object does not keep it.
        object.hidden.insert("secret".into(), secret.into());
        Ok(())
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        ctx.state.accounts.remove_key(&object.key);
    }

    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        show_secret_once(ctx, object, body);
        // https://github.com/wittyreference/twilio-claude-plugin (skills/iam/references/test-results.md, tests 8, 20 and 21): of standard
        // keys, in the list alone.
        let is_standard = object.body.get("policy").is_none_or(Value::is_null);
        if body.contains_key("flags") && is_standard && ctx.operation().kind == OperationKind::List {
            body.insert("flags".to_owned(), json!(["rest_api", "signing"]));
        }
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        state.accounts.remove_key(&object.key);
    }
}

/// Keys of iam v1.
pub struct IamKeys;

impl Behaviour for IamKeys {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let answer = match ctx.operation().kind {
            OperationKind::Create => create(ctx, params)?,
            OperationKind::List => list(ctx, params)?,
            OperationKind::Read => {
                let object = find(ctx)?;
                serve::answer(ctx, holder()?, &object)
            }
            OperationKind::Update => update(ctx, params)?,
            OperationKind::Delete => {
                let object = find(ctx)?;
                let gone = ctx.state.store.remove(&object.host, &object.account, &object.path);
                serve::forget(ctx, gone);
                Answer::empty(204)
            }
            OperationKind::Action => return Ok(None),
        };
        Ok(Some(answer))
    }
}

fn create(ctx: &mut Ctx<'_>, params: &Params) -> Outcome<Answer> {
    only_own_account(ctx, params)?;
    refuse_name(ctx, params)?;
    let kind = match (params.text("KeyType"), params.value("Policy")) {
        (None | Some(""), None) => KeyKind::Standard,
        // https://www.twilio.com/docs/iam/api-keys/restricted-api-keys: in US1 only.
        (Some("restricted"), _) if regions::of_host(&ctx.request.host) != Some(regions::HOME) => {
            return Err(ApiError::invalid_parameter(
                "KeyType",
                "there are no restricted keys in this region",
            ));
        }
        (Some("restricted"), Some(policy)) => KeyKind::Restricted {
            allow: allowed(policy)?,
        },
        (Some("restricted"), None) => return Err(ApiError::missing_parameter("Policy")),
        (None | Some(""), Some(_)) => {
            return Err(ApiError::invalid_parameter(
                "Policy",
                "only a key of type restricted has one",
            ));
        }
        (Some(other), _) => {
            return Err(ApiError::invalid_parameter(
                "KeyType",
                format_args!("'{other}' is not restricted"),
            ));
        }
    };
    let sid = ctx.sid("SK");
    let mut fields = Body::new();
    fields.insert("sid".into(), sid.as_str().into());
    fields.insert(
        "friendly_name".into(),
        params.value("FriendlyName").cloned().unwrap_or(Value::Null),
    );
    let account = ctx.account.to_owned();
    let mut object = ctx
        .new_object(api::HOST, &account, &collection(&account), fields)
        .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
    object
        .body
        .insert("policy".into(), params.value("Policy").cloned().unwrap_or(Value::Null));
    let secret = register(ctx.state, &sid, &account, kind);
    object.hidden.insert("secret".into(), secret.into());
    let answer = serve::answer(ctx, holder()?, &object);
    ctx.state.store.insert(object);
    Ok(answer)
}

/// Most characters of a name: <https://github.com/wittyreference/twilio-claude-plugin> (skills/iam/references/test-results.md, test 29).
const LONGEST_NAME: usize = 64;

fn refuse_name(ctx: &Ctx<'_>, params: &Params) -> Outcome {
    let name = params.text("FriendlyName").unwrap_or_default();
    match ctx.strict && name.chars().count() > LONGEST_NAME {
        true => Err(ApiError::new(400, 70001, "The request has constraint violations")),
        false => Ok(()),
    }
}

fn list(ctx: &mut Ctx<'_>, params: &Params) -> Outcome<Answer> {
    only_own_account(ctx, params)?;
    let keys = ctx
        .state
        .store
        .members(api::HOST, ctx.account, &collection(ctx.account))
        .cloned()
        .collect();
    ctx.list(keys)
}

fn update(ctx: &mut Ctx<'_>, params: &Params) -> Outcome<Answer> {
    let mut object = find(ctx)?;
    refuse_name(ctx, params)?;
    if let Some(policy) = params.value("Policy") {
        let allow = allowed(policy)?;
        let key = ctx
            .state
            .accounts
            .key_mut(&object.key)
            .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        if !matches!(key.kind, KeyKind::Restricted { .. }) {
            return Err(ApiError::invalid_parameter(
                "Policy",
                "only a key of type restricted has one",
            ));
        }
        key.kind = KeyKind::Restricted { allow };
        object.body.insert("policy".into(), policy.clone());
    }
    if let Some(name) = params.value("FriendlyName") {
        object.body.insert("friendly_name".into(), name.clone());
    }
    object.set("date_updated", crate::clock::rfc2822(ctx.now));
    let before = find(ctx)?.body;
    object.previous = Some(Box::new(before));
    object.updated_ms = ctx.now.as_millisecond();
    let answer = serve::answer(ctx, holder()?, &object);
    ctx.state.store.replace(object);
    Ok(answer)
}

/// Product subdomains act on the account of the credential, whatever the body says.
fn only_own_account(ctx: &Ctx<'_>, params: &Params) -> Outcome {
    match params.text("AccountSid") {
        Some(sid) if sid != ctx.account => Err(ApiError::unauthenticated()),
        _ => Ok(()),
    }
}

fn find(ctx: &Ctx<'_>) -> Outcome<Object> {
    let sid = ctx.path_param("Sid").unwrap_or_default();
    ctx.state
        .store
        .find(api::HOST, ctx.account, &format!("{}/{sid}", collection(ctx.account)))
        .cloned()
        .ok_or_else(|| ApiError::not_found(&ctx.request.path))
}

fn collection(account: &str) -> String {
    format!("{}/{account}/Keys", accounts::COLLECTION)
}

fn holder() -> Outcome<&'static Resource> {
    Contract::published()
        .resource(api::HOST, "/2010-04-01/Accounts/{AccountSid}/Keys")
        .ok_or_else(|| ApiError::not_found("/v1/Keys"))
}

fn register(state: &mut State, sid: &str, account: &str, kind: KeyKind) -> String {
    let secret = state.ids.secret(SECRET_LENGTH);
    state.accounts.insert_key(ApiKey {
        sid: sid.to_owned(),
        secret: secret.clone(),
        account: account.to_owned(),
        kind,
    });
    secret
}

fn show_secret_once(ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
    if ctx.operation().kind == OperationKind::Create {
        body.insert(
            "secret".into(),
            object.hidden.get("secret").cloned().unwrap_or(Value::Null),
        );
    }
}

/// The permissions of a policy `{"allow": ["/twilio/messaging/messages/read"]}`.
fn allowed(policy: &Value) -> Outcome<Vec<String>> {
    let refuse = |why: &str| Err(ApiError::invalid_parameter("Policy", why));
    let Some(members) = policy.as_object() else {
        return refuse("it is not a JSON object");
    };
    if let Some(other) = members.keys().find(|name| *name != "allow") {
        return refuse(&format!("it has no member {other}"));
    }
    let Some(allow) = members.get("allow").and_then(Value::as_array) else {
        return refuse("it needs the member allow, an array of permissions");
    };
    if allow.len() > MOST_PERMISSIONS {
        return refuse(&format!("a key has at most {MOST_PERMISSIONS} permissions"));
    }
    let allow: Option<Vec<&str>> = allow.iter().map(Value::as_str).collect();
    let Some(allow) = allow else {
        return refuse("a permission is a text");
    };
    let allow = allow.into_iter().map(str::to_owned).collect::<Vec<_>>();
    known(&allow)?;
    Ok(allow)
}

/// Refuses what is no permission: <https://www.twilio.com/docs/api/errors/70002>.
pub(super) fn known(permissions: &[String]) -> Outcome {
    match permissions.iter().find(|name| !permissions::is_name(name)) {
        Some(unknown) => Err(ApiError::new(400, 70002, format!("assertion '{unknown}' is invalid"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_a_list_of_permissions_and_nothing_else() {
        let check = |policy: Value| allowed(&policy).map_err(|error| error.code);
        assert_eq!(
            check(json!({"allow": ["/twilio/verify/service/read"]})),
            Ok(vec!["/twilio/verify/service/read".into()])
        );
        assert_eq!(check(json!({"allow": []})), Ok(vec![]));
        for policy in [
            json!([]),
            json!({}),
            json!({"allow": "x"}),
            json!({"allow": [1]}),
            json!({"allow": [], "deny": []}),
        ] {
            assert_eq!(check(policy.clone()), Err(20001), "{policy}");
        }
        assert_eq!(check(json!({"allow": ["x"]})), Err(70002));
        let many: Vec<String> = (0..101).map(|n| format!("/twilio/voice/b{n}/read")).collect();
        assert_eq!(check(json!({"allow": many})), Err(20001));
    }
}
