//! Regulatory compliance: documents that are uploaded, and what is in use and stays.
//! <https://www.twilio.com/docs/phone-numbers/regulatory/api>

use serde_json::Value;

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::api;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

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
