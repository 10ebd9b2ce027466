//! Identifiers of a profile: each type has several values, which are added, exchanged and taken away one by one. What each write does
//! is the contract's own text on the operation.

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Body;

/// Identifiers of a profile.
pub struct Identifiers;

impl Behaviour for Identifiers {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let done = match ctx.operation().kind {
            OperationKind::Create => add(ctx, params)?,
            OperationKind::Update => exchange(ctx, params)?,
            OperationKind::Delete => take(ctx)?,
            _ => return Ok(None),
        };
        Ok(Some(Answer::json(202, json!({"message": done}))))
    }
}

fn values(ctx: &Ctx<'_>, path: &str) -> Option<Vec<Value>> {
    let object = ctx.state.store.find(HOST, ctx.account, path)?;
    Some(
        object
            .body
            .get("values")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default(),
    )
}

fn write(ctx: &mut Ctx<'_>, path: &str, values: Vec<Value>) {
    let account = ctx.account.to_owned();
    if let Some(object) = ctx.state.store.find_mut(HOST, &account, path) {
        object.previous = Some(Box::new(object.body.clone()));
        object.set("values", values);
        object.updated_ms = ctx.now.as_millisecond();
    }
}

fn add(ctx: &mut Ctx<'_>, params: &Params) -> Outcome<&'static str> {
    let collection = ctx.route.path.clone();
    let (profile, _) = collection.rsplit_once('/').unwrap_or_default();
    if ctx.state.store.find(HOST, ctx.account, profile).is_none() {
        return Err(ApiError::not_found(&ctx.request.path));
    }
    let (kind, value) = (
        params.text("idType").unwrap_or_default(),
        params.value("value").cloned(),
    );
    let value = value.unwrap_or_default();
    let path = format!("{collection}/{kind}");
    if let Some(mut known) = values(ctx, &path) {
        if !known.contains(&value) {
            known.push(value);
            write(ctx, &path, known);
        }
    } else {
        let fields = Body::from_iter([
            ("idType".to_owned(), kind.into()),
            ("values".to_owned(), json!([value])),
        ]);
        let account = ctx.account.to_owned();
        if let Some(object) = ctx.new_object(HOST, &account, &collection, fields) {
            ctx.state.store.insert(object);
        }
    }
    Ok("Identifier accepted for processing.")
}

/// 404 where a type has no values, and with <https://www.twilio.com/docs/api/errors/520014> where it has not this one.
fn exchange(ctx: &mut Ctx<'_>, params: &Params) -> Outcome<&'static str> {
    let path = ctx.route.path.clone();
    let mut known = values(ctx, &path).ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
    let new = params.value("newValue").cloned().unwrap_or_default();
    let old = known
        .iter_mut()
        .find(|value| Some(&**value) == params.value("oldValue"));
    *old.ok_or_else(|| ApiError::new(404, 520014, "Identifier not found"))? = new;
    write(ctx, &path, known);
    Ok("Identifier update accepted.")
}

/// One value, or all of them. Which one it is the settings decide at Twilio (`limitPolicy`); here the oldest goes.
fn take(ctx: &mut Ctx<'_>) -> Outcome<&'static str> {
    let path = ctx.route.path.clone();
    let mut known = values(ctx, &path).ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
    if ctx.query.flag("removeAll") == Some(true) || known.len() < 2 {
        let account = ctx.account.to_owned();
        ctx.state.store.remove(HOST, &account, &path);
    } else {
        known.remove(0);
        write(ctx, &path, known);
    }
    Ok("Identifier removal accepted.")
}
