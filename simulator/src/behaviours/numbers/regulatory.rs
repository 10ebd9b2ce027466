//! Regulatory compliance: documents that are uploaded, and what is in use and stays.
//! <https://www.twilio.com/docs/phone-numbers/regulatory/api>

use serde_json::Value;

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::behaviours::api;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

const ASSIGNMENTS: &str = "/v2/RegulatoryCompliance/Bundles/{BundleSid}/ItemAssignments";

/// Supporting documents: one with a file knows of which kind the file is.
pub struct SupportingDocuments;

impl Behaviour for SupportingDocuments {
    fn after_create(&self, _: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let kind = params.value("File").and_then(|file| file.get("content_type"));
        object.set("mime_type", kind.cloned().unwrap_or(Value::Null));
        Ok(())
    }

    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        if !is_assigned(ctx, object) {
            return Ok(());
        }
        // https://www.twilio.com/docs/api/errors/21645
        let text = "Supporting Document cannot be deleted due to active Regulatory Bundle assignment";
        Err(ApiError::new(400, 21645, text))
    }
}

/// Documents for porting: one whose file is empty has no kind. <https://www.twilio.com/docs/phone-numbers/document-apis>
pub struct Documents;

/// Most bytes of such a file.
const MOST_OF_A_DOCUMENT: u64 = 10 * 1024 * 1024;

impl Behaviour for Documents {
    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let file = params.value("File");
        let size = file.and_then(|file| file.get("size")?.as_u64()).unwrap_or_default();
        if size > MOST_OF_A_DOCUMENT {
            return Err(ApiError::invalid_parameter("File", "it is larger than 10 MB"));
        }
        let kind = file.and_then(|file| file.get("content_type")).filter(|_| size > 0);
        object.set("mime_type", kind.cloned().unwrap_or(Value::Null));
        let sid = ctx.sid("RD");
        object.set("sid", sid);
        object.set("status", "draft");
        object.set("version", 1);
        Ok(())
    }
}

/// End users.
pub struct EndUsers;

impl Behaviour for EndUsers {
    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        if !is_assigned(ctx, object) {
            return Ok(());
        }
        // https://www.twilio.com/docs/api/errors/21644
        let text = "End-User cannot be deleted due to an active assignment to a Bundle";
        Err(ApiError::new(400, 21644, text))
    }
}

fn is_assigned(ctx: &Ctx<'_>, object: &Object) -> bool {
    let store = &ctx.state.store;
    let mut items = store.kind_with(HOST, ASSIGNMENTS, "object_sid", object.key.as_str());
    items.any(|item| item.account == object.account)
}

/// Bundles.
pub struct Bundles;

impl Behaviour for Bundles {
    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        let store = &ctx.state.store;
        let mut users = store.kind_with(api::HOST, api::numbers::TEMPLATE, "bundle_sid", object.key.as_str());
        if users.next().is_some() {
            // https://www.twilio.com/docs/api/errors/21648
            let text = "Regulatory Bundle cannot be deleted due to active number assignment";
            return Err(ApiError::new(400, 21648, text));
        }
        if matches!(object.text("status"), Some("pending-review" | "in-review")) {
            // https://www.twilio.com/docs/api/errors/21647
            return Err(ApiError::new(
                400,
                21647,
                "Regulatory Bundle is not eligible for deletion",
            ));
        }
        Ok(())
    }
}

const BUNDLES: &str = "/v2/RegulatoryCompliance/Bundles";

/// Copies of a bundle, each a bundle of its own in draft with the same items.
/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/copies-resource>
pub struct Copies;

impl Behaviour for Copies {
    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let source = object.collection.trim_end_matches("/Copies").to_owned();
        let Some(source) = ctx.state.store.find(HOST, ctx.account, &source).cloned() else {
            return Err(ApiError::not_found(&ctx.request.path));
        };
        let account = ctx.account.to_owned();
        let mut fields = Body::new();
        for name in ["regulation_sid", "friendly_name", "email", "status_callback"] {
            fields.insert(name.to_owned(), source.body.get(name).cloned().unwrap_or_default());
        }
        if let Some(name) = params.text("FriendlyName").filter(|name| !name.is_empty()) {
            fields.insert("friendly_name".to_owned(), name.into());
        }
        fields.insert("status".to_owned(), "draft".into());
        for (name, value) in fields.iter() {
            object.set(name, value.clone());
        }
        let sid = object.text("sid").unwrap_or_default().to_owned();
        fields.insert("sid".to_owned(), sid.as_str().into());
        if let Some(bundle) = ctx.new_object(HOST, &account, BUNDLES, fields) {
            ctx.state.store.insert(bundle);
        }
        copy_items(ctx, &source.path, &format!("{BUNDLES}/{sid}"), true);
        Ok(())
    }
}

/// Puts the items of another bundle in the place of a bundle's own.
/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/replace-items-resource>
pub struct ReplaceItems;

impl Behaviour for ReplaceItems {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let path = ctx.route.path.trim_end_matches("/ReplaceItems").to_owned();
        let Some(bundle) = ctx.state.store.find(HOST, ctx.account, &path).cloned() else {
            return Err(ApiError::not_found(&ctx.request.path));
        };
        let from = params.text("FromBundleSid").unwrap_or_default();
        if from == bundle.key {
            // https://www.twilio.com/docs/api/errors/22226
            return Err(ApiError::new(
                400,
                22226,
                "Cannot replace Items from Bundle to same Bundle",
            ));
        }
        let from = format!("{BUNDLES}/{from}");
        let Some(source) = ctx.state.store.find(HOST, ctx.account, &from) else {
            // https://www.twilio.com/docs/api/errors/22225
            return Err(ApiError::new(400, 22225, "From Bundle to Replace Items does not exist"));
        };
        // The page: the items of an approved bundle are replaced with those of an approved copy.
        let is_approved = |bundle: &Object| bundle.text("status") == Some("twilio-approved");
        if !is_approved(source) || !is_approved(&bundle) {
            // https://www.twilio.com/docs/api/errors/22224
            return Err(ApiError::new(
                400,
                22224,
                "Regulatory Bundle cannot transfer Item Assignments",
            ));
        }
        let items = format!("{path}/ItemAssignments");
        let old = ctx.state.store.members(HOST, ctx.account, &items);
        let old: Vec<String> = old.map(|item| item.path.clone()).collect();
        for item in old {
            ctx.state.store.remove(HOST, ctx.account, &item);
        }
        copy_items(ctx, &from, &path, false);
        let mut body = Body::new();
        for name in [
            "sid",
            "account_sid",
            "regulation_sid",
            "friendly_name",
            "status",
            "valid_until",
            "email",
            "status_callback",
            "date_created",
            "date_updated",
        ] {
            body.insert(name.to_owned(), bundle.body.get(name).cloned().unwrap_or_default());
        }
        Ok(Some(Answer::json(ctx.operation().success(), Value::Object(body))))
    }
}

/// Assigns what is assigned to a bundle to another one, or a copy of each thing.
fn copy_items(ctx: &mut Ctx<'_>, from: &str, to: &str, anew: bool) {
    let account = ctx.account.to_owned();
    let collection = format!("{from}/ItemAssignments");
    let items = ctx.state.store.members(HOST, &account, &collection);
    let objects: Vec<Value> = items.filter_map(|item| item.body.get("object_sid").cloned()).collect();
    for object in objects {
        let object = match anew {
            true => copied(ctx, &account, &object).unwrap_or(object),
            false => object,
        };
        let fields = Body::from_iter([("object_sid".to_owned(), object)]);
        if let Some(item) = ctx.new_object(HOST, &account, &format!("{to}/ItemAssignments"), fields) {
            ctx.state.store.insert(item);
        }
    }
}

/// The contract's text on copies: identities and documents are copied too.
fn copied(ctx: &mut Ctx<'_>, account: &str, sid: &Value) -> Option<Value> {
    let sid = sid.as_str()?;
    let collections = ["EndUsers", "SupportingDocuments"].map(|name| format!("/v2/RegulatoryCompliance/{name}"));
    let (collection, original) = collections.into_iter().find_map(|collection| {
        let original = ctx.state.store.find(HOST, account, &format!("{collection}/{sid}"))?;
        Some((collection, original.clone()))
    })?;
    let mut fields = Body::new();
    for name in ["friendly_name", "type", "attributes", "mime_type", "status"] {
        if let Some(value) = original.body.get(name) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    let copy = ctx.new_object(HOST, account, &collection, fields)?;
    let key = copy.key.clone();
    ctx.state.store.insert(copy);
    Some(key.into())
}
