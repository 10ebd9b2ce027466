//! Accounts: children with their own tokens, suspending, closing, who may see which token.
//! <https://www.twilio.com/docs/iam/api/subaccounts>
//!
//! Each account object belongs to the account itself, so that it is found both through the parent and with its own
//! credentials.

use serde_json::Value;

pub(crate) use super::HOST;
use crate::auth::HISTORY;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::behaviours;
use crate::contract::{Contract, OperationKind};
use crate::error::ApiError;
use crate::generic::build;
use crate::generic::serve;
use crate::params::Params;
use crate::state::{Account, AccountStatus, SignedInBy, State};
use crate::store::{Body, Object};

/// Collection of accounts.
pub(crate) const COLLECTION: &str = "/2010-04-01/Accounts";

/// See the module.
pub struct Accounts;

impl Behaviour for Accounts {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.operation().kind != OperationKind::List {
            return Ok(None);
        }
        // A list shows the account itself and its children, each of which is stored as its own.
        let visible = ctx
            .state
            .store
            .kind(HOST, COLLECTION)
            .filter(|object| object.key == ctx.account || ctx.state.accounts.is_parent_of(ctx.account, &object.key))
            .cloned()
            .collect();
        ctx.list(visible).map(Some)
    }

    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if ctx.state.accounts.main().sid != ctx.account {
            // https://github.com/wittyreference/twilio-claude-plugin (skills/iam/references/test-results.md, test 10)
            return Err(ApiError::new(400, 21101, "Subaccounts cannot contain subaccounts"));
        }
        if !params.has("FriendlyName") {
            params.set(
                "FriendlyName",
                ctx.now.strftime("SubAccount Created at %Y-%m-%d %I:%M %p").to_string(),
            );
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let child = Account {
            sid: object.key.clone(),
            auth_token: ctx.state.ids.hex(32),
            secondary_auth_token: None,
            parent: Some(ctx.account.to_owned()),
            status: AccountStatus::Active,
        };
        complete(object, &child);
        ctx.state.accounts.insert(child);
        Ok(())
    }

    fn before_update(&self, ctx: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        // Both codes are Twilio's; that their status is 400 is not.
        if object.text("status") == Some(AccountStatus::Closed.as_str()) {
            // https://www.twilio.com/docs/api/errors/21479
            return Err(ApiError::new(
                400,
                21479,
                "Unable to update Status for subaccount, subaccount has been closed",
            ));
        }
        if params.has("Status") && ctx.state.accounts.main().sid == object.key {
            // https://www.twilio.com/docs/api/errors/21477
            return Err(ApiError::new(400, 21477, "Unable to update Status for parent accounts"));
        }
        if params.has("Status") && !ctx.state.accounts.is_parent_of(&ctx.caller.account, &object.key) {
            return Err(ApiError::forbidden(
                "Only the parent account may change the status of an account",
            ));
        }
        Ok(())
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, _: &Params, object: &mut Object) -> Outcome {
        let status = status_of(object);
        if let Some(account) = ctx.state.accounts.find_mut(&object.key) {
            account.status = status;
        }
        if status == AccountStatus::Closed {
            let gone = empty(ctx.state, &object.key);
            serve::forget(ctx, gone);
        }
        Ok(())
    }

    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        // With an API key the token is blank: https://github.com/RJPearson94/terraform-provider-twilio/issues/52
        let token = match ctx.caller.by {
            SignedInBy::AuthToken => ctx
                .state
                .accounts
                .find(&object.key)
                .map(|account| account.auth_token.as_str()),
            SignedInBy::Key(_) | SignedInBy::OauthToken { .. } | SignedInBy::OauthApp => None,
        };
        body.insert("auth_token".into(), token.unwrap_or_default().into());
    }

    fn seed(&self, state: &mut State) {
        let main = state.accounts.main().clone();
        let mut fields = Body::new();
        fields.insert("sid".into(), main.sid.as_str().into());
        fields.insert("friendly_name".into(), "Main account".into());
        let now = state.clock.now();
        let object = build::object_at(state, Contract::published(), HOST, &main.sid, COLLECTION, fields, now);
        if let Some(mut object) = object {
            complete(&mut object, &main);
            state.store.insert(object);
        }
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        let status = status_of(object);
        if let Some(account) = state.accounts.find_mut(&object.key) {
            account.status = status;
        }
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        state.accounts.remove(&object.key);
    }
}

fn complete(object: &mut Object, account: &Account) {
    let owner = account.parent.as_deref().unwrap_or(&account.sid);
    object.account.clone_from(&account.sid);
    object.set("owner_account_sid", owner);
    object.set("status", account.status.as_str());
    object.set("type", "Full");
    // The response's token comes from the credentials; none is kept in the object.
    object.set("auth_token", Value::Null);
}

fn status_of(object: &Object) -> AccountStatus {
    match object.text("status") {
        Some("closed") => AccountStatus::Closed,
        Some("suspended") => AccountStatus::Suspended,
        _ => AccountStatus::Active,
    }
}

/// Calls, messages and the like. <https://help.twilio.com/articles/223135987>
fn is_history(object: &Object) -> bool {
    let collection = object
        .path
        .strip_prefix(COLLECTION)
        .and_then(|path| path.split('/').nth(2));
    object.host == HOST && collection.is_some_and(|collection| HISTORY.contains(&collection) && collection != "Usage")
}

/// An account was closed in another region.
pub(crate) fn closed_elsewhere(state: &mut State, account: &str) {
    for object in empty(state, account) {
        for behaviour in behaviours::at(&object.host, &object.template) {
            behaviour.removed_outside(state, &object);
        }
    }
}

/// Takes everything that an account owns but its own object and its history: closing releases numbers, and the rest is out of
/// reach.
fn empty(state: &mut State, account: &str) -> Vec<Object> {
    let owned: Vec<(String, String)> = state
        .store
        .of_account(account)
        .filter(|object| object.collection != COLLECTION && !is_history(object))
        .map(|object| (object.host.clone(), object.path.clone()))
        .collect();
    owned
        .into_iter()
        .flat_map(|(host, path)| state.store.remove(&host, account, &path))
        .collect()
}
