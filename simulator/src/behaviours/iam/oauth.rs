//! OAuth apps, and the access tokens that they get.
//! <https://www.twilio.com/docs/iam/oauth-apps/account-oauth-apps-resource>

use serde_json::{Value, json};

use super::keys;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::state::{OauthApp, State};
use crate::store::{Body, Object};

/// How long tokens are good where nobody says, in seconds, and the bounds of what may be said: a minute and 30 days.
/// <https://www.twilio.com/docs/iam/oauth-apps/account-oauth-apps>
const TTL: i64 = 3600;
const TTLS: std::ops::RangeInclusive<i64> = 60..=30 * 86_400;

/// `/v1/Account/OAuthApps`.
pub struct OauthApps;

impl Behaviour for OauthApps {
    fn before_create(&self, _: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        check(params)
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let token_ttl = params.integer("access_token_ttl").unwrap_or(TTL);
        object.set("access_token_ttl", token_ttl);
        object.set("status", "ACTIVE");
        let secret = ctx.state.ids.secret(32);
        // Only the response to the create shows it.
        object.hidden.insert("secret".into(), secret.as_str().into());
        ctx.state.accounts.insert_app(OauthApp {
            sid: object.key.clone(),
            secret,
            account: ctx.account.to_owned(),
            allow: listed(params, "allow"),
            deny: listed(params, "deny"),
            token_ttl,
        });
        Ok(())
    }

    fn before_update(&self, _: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        check(params)
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, params: &Params, object: &mut Object) -> Outcome {
        if let Some(app) = ctx.state.accounts.app_mut(&object.key) {
            if params.has("policy") {
                (app.allow, app.deny) = (listed(params, "allow"), listed(params, "deny"));
            }
            app.token_ttl = params.integer("access_token_ttl").unwrap_or(app.token_ttl);
        }
        Ok(())
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        ctx.state.accounts.remove_app(&object.key);
    }

    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        let is_new = ctx.operation().kind == OperationKind::Create;
        let secret = object.hidden.get("secret").filter(|_| is_new);
        body.insert("secret".into(), secret.cloned().unwrap_or(Value::Null));
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        state.accounts.remove_app(&object.key);
    }
}

fn check(params: &Params) -> Outcome {
    if let Some(ttl) = params.integer("access_token_ttl").filter(|ttl| !TTLS.contains(ttl)) {
        return Err(ApiError::invalid_parameter(
            "access_token_ttl",
            format_args!("{ttl} is not between 60 and 2592000"),
        ));
    }
    for name in ["allow", "deny"] {
        keys::known(&listed(params, name))?;
    }
    Ok(())
}

/// The permissions that a policy has under this name.
fn listed(params: &Params, name: &str) -> Vec<String> {
    let listed = params
        .value("policy")
        .and_then(|policy| policy.get(name))
        .and_then(Value::as_array);
    listed
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// Where a token is issued, in each generation of the API. Who asks has been checked by then.
pub struct Token;

impl Behaviour for Token {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let Some(app) = ctx.state.accounts.app(&ctx.caller.user) else {
            return Err(ApiError::unauthenticated());
        };
        let (sid, ttl) = (app.sid.clone(), app.token_ttl);
        let part = |ctx: &mut Ctx<'_>, length| ctx.state.ids.secret(length);
        let token = format!("eyJ{}.{}.{}", part(ctx, 24), part(ctx, 96), part(ctx, 43));
        let until = ctx.now.as_millisecond() + ttl * 1000;
        ctx.state.accounts.insert_token(token.clone(), &sid, until);
        let body = json!({
            "access_token": token,
            "id_token": null,
            "token_type": "Bearer",
            "expires_in": ttl,
            "refresh_token": null,
        });
        Ok(Some(Answer::json(ctx.operation().success(), body)))
    }
}
