//! Approval of templates by WhatsApp: asked for at one path, read at another.
//! <https://www.twilio.com/docs/content/content-api-resources>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::facts::moves;
use crate::params::Params;
use crate::processes;
use crate::store::{Body, Object};

/// Asking for approval.
pub struct Approval;

impl Behaviour for Approval {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let requests = ctx.route.path.strip_suffix("/whatsapp").unwrap_or_default().to_owned();
        let template = requests.strip_suffix("/ApprovalRequests").unwrap_or_default();
        let Some(template) = ctx.state.store.find(HOST, ctx.account, template) else {
            return Err(ApiError::not_found(&ctx.request.path));
        };
        if ctx.strict {
            judge(params)?;
        }
        let kinds = template.body.get("types").and_then(Value::as_object);
        let kind = kinds.and_then(|kinds| kinds.keys().next()).cloned();
        let answer = json!({
            "name": params.value("name"),
            "category": params.value("category"),
            "content_type": kind,
            "status": moves::APPROVAL_ASKED,
            "rejection_reason": "",
            "allow_category_change": true,
        });
        let mut shown = answer.clone();
        shown["type"] = "whatsapp".into();
        let fields = Body::from_iter([
            ("sid".to_owned(), Value::from(template.key.as_str())),
            ("whatsapp".to_owned(), shown),
        ]);
        let Some(object) = ctx.new_object(HOST, ctx.account, &requests, fields) else {
            return Err(ApiError::not_found(&ctx.request.path));
        };
        let sequence = ctx.state.store.insert(object);
        processes::watch(ctx.state, sequence, ctx.now);
        Ok(Some(Answer::json(ctx.operation().success(), answer)))
    }
}

/// <https://www.twilio.com/docs/content/content-api-resources>: the name is in lower case letters, digits and underscores, the category
/// one of WhatsApp's.
fn judge(params: &Params) -> Outcome {
    let name = params.text("name").unwrap_or_default();
    let is_known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || !name.chars().all(is_known) {
        let why = "it may have lower case letters, digits and underscores only";
        return Err(ApiError::invalid_parameter("name", why));
    }
    match params.text("category") {
        Some("UTILITY" | "MARKETING" | "AUTHENTICATION") => Ok(()),
        _ => Err(ApiError::invalid_parameter(
            "category",
            "it is UTILITY, MARKETING or AUTHENTICATION",
        )),
    }
}

/// Templates, which a list shows together with what became of asking for approval.
pub struct Templates;

impl Behaviour for Templates {
    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        if let Some(shown) = body.get_mut("approval_requests") {
            let asked = format!("{}/ApprovalRequests", object.path);
            let asked = ctx.state.store.find(HOST, &object.account, &asked);
            let whatsapp = asked.and_then(|asked| asked.body.get("whatsapp")).cloned();
            // What nobody asked for reads as it does at its own path.
            *shown = whatsapp.unwrap_or_else(|| json!({"type": "whatsapp", "status": "unsubmitted"}));
        }
    }
}
