//! Regulatory compliance: documents that are uploaded.
//! <https://www.twilio.com/docs/phone-numbers/regulatory/api/supporting-documents>

use serde_json::Value;

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::params::Params;
use crate::store::Object;

/// Supporting documents: one with a file knows of which kind the file is.
pub struct SupportingDocuments;

impl Behaviour for SupportingDocuments {
    fn after_create(&self, _: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let kind = params.value("File").and_then(|file| file.get("content_type"));
        object.set("mime_type", kind.cloned().unwrap_or(Value::Null));
        Ok(())
    }
}
