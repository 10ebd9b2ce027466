//! Studio flows: a definition that is checked as a whole, and a revision for every change.
//! <https://www.twilio.com/docs/studio/rest-api/v2/flow>
//!
//! A flow shows its newest revision. Lists leave the definition and everything about its validity out, as Twilio's published
//! examples do.

mod definition;

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

/// Host of Studio.
/// What a list does not show.
const LEFT_OUT_OF_LISTS: [&str; 4] = ["definition", "valid", "errors", "warnings"];

/// Fields that a revision shares with its flow.
const OF_A_REVISION: [&str; 10] = [
    "author_sid",
    "friendly_name",
    "definition",
    "status",
    "revision",
    "commit_message",
    "valid",
    "errors",
    "date_created",
    "date_updated",
];

/// Flows.
pub struct Flows;

impl Behaviour for Flows {
    fn before_create(&self, _: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        check(params)
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        object.set("revision", 1);
        object.set(
            "webhook_url",
            format!(
                "https://webhooks.twilio.com/v1/Accounts/{}/Flows/{}",
                object.account, object.key
            ),
        );
        accept(ctx, object);
        Ok(())
    }

    fn before_update(&self, _: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        check(params)?;
        // The contract lets it be left out, and those who did met trouble (changelog of RJPearson94's provider, 0.26.0) of
        // which nobody has recorded the response. Stricter than may be: see OPEN-QUESTIONS.md.
        if !params.has("CommitMessage") {
            return Err(ApiError::missing_parameter("CommitMessage"));
        }
        Ok(())
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        let revision = before.body.get("revision").and_then(Value::as_i64).unwrap_or(0);
        object.set("revision", revision + 1);
        accept(ctx, object);
        Ok(())
    }

    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        // "The latest version number of the Flow's definition", which version 2 calls its revision.
        if ctx.route.path.starts_with("/v1/") {
            body.insert(
                "version".into(),
                object.body.get("revision").cloned().unwrap_or_default(),
            );
        }
        shorten(ctx, body);
    }
}

/// Notes that the definition is valid, and keeps the flow's present state as a revision.
fn accept(ctx: &mut Ctx<'_>, flow: &mut Object) {
    flow.set("valid", true);
    flow.set("errors", json!([]));
    flow.set("warnings", json!([]));
    let collection = format!("{}/Revisions", flow.path);
    let fields: Body = OF_A_REVISION
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), flow.body.get(*name)?.clone())))
        .collect();
    let number = fields.get("revision").map(Value::to_string).unwrap_or_default();
    let account = flow.account.clone();
    if let Some(mut revision) = ctx.new_object(HOST, &account, &collection, fields) {
        revision.path = format!("{collection}/{number}");
        revision.key = number;
        revision.set("sid", flow.key.as_str());
        ctx.state.store.insert(revision);
    }
}

fn shorten(ctx: &Ctx<'_>, body: &mut Body) {
    if ctx.operation().kind != OperationKind::List {
        return;
    }
    for name in LEFT_OUT_OF_LISTS {
        if let Some(value) = body.get_mut(name) {
            *value = Value::Null;
        }
    }
}

fn check(params: &Params) -> Outcome {
    for name in ["CommitMessage", "FriendlyName"] {
        if params.text(name).is_some_and(|text| text.trim().is_empty()) {
            return Err(ApiError::invalid_parameter(name, "it may not be blank"));
        }
    }
    let Some(definition) = params.value("Definition") else {
        return Ok(());
    };
    let errors = definition::errors(definition);
    if errors.is_empty() {
        return Ok(());
    }
    // https://www.twilio.com/docs/api/errors/81022
    let errors: Vec<Value> = errors
        .into_iter()
        .map(|error| json!({"message": error.message, "property_path": error.path}))
        .collect();
    let refusal = ApiError::new(
        400,
        81022,
        "Flow definition validation failed. See details for what is wrong",
    );
    Err(refusal.with("details", json!({"errors": errors, "warnings": []})))
}

/// Checking a definition without creating a flow.
/// <https://www.twilio.com/docs/studio/rest-api/v2/flow-validate>
pub struct Validate;

impl Behaviour for Validate {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        check(params)?;
        Ok(Some(Answer::json(ctx.operation().success(), json!({"valid": true}))))
    }
}

/// Revisions of a flow.
pub struct Revisions;

impl Behaviour for Revisions {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let Some(asked) = ctx.path_param("Revision") else {
            return Ok(None);
        };
        let collection = format!("/v2/Flows/{}/Revisions", ctx.path_param("Sid").unwrap_or_default());
        let store = &ctx.state.store;
        // https://www.twilio.com/docs/api/errors/81021
        let found = match asked {
            "LatestRevision" => store.members(HOST, ctx.account, &collection).next_back(),
            "LatestPublished" => {
                let mut published = store.members_with(HOST, ctx.account, &collection, "status", "published");
                published.next_back()
            }
            number if number.parse::<u64>().is_ok() => store.find(HOST, ctx.account, &format!("{collection}/{number}")),
            _ => {
                return Err(ApiError::new(
                    400,
                    81021,
                    "Flow revision must be an integer or enum(LatestPublished, LatestRevision)",
                ));
            }
        };
        let revision = found.cloned().ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        let resource = crate::contract::Contract::published()
            .resource(HOST, &revision.template)
            .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        Ok(Some(crate::generic::serve::answer(ctx, resource, &revision)))
    }

    fn shape_read(&self, ctx: &Ctx<'_>, _: &Object, body: &mut Body) {
        shorten(ctx, body);
    }
}
