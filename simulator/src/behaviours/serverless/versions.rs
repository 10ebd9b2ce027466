//! Versions of functions and assets, which come by upload and never change.
//! <https://www.twilio.com/docs/serverless/api/resource/function-version>,
//! <https://www.twilio.com/docs/serverless/api/resource/asset-version>

use serde_json::json;

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// Versions of functions and of assets.
pub struct Versions;

impl Behaviour for Versions {
    fn before_create(&self, _: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        // A path that does not begin with a slash is given one.
        if let Some(path) = params.text("Path").filter(|path| !path.starts_with('/')) {
            let path = format!("/{path}");
            params.set("Path", path);
        }
        Ok(())
    }
}

/// The source of a version of a function.
pub struct FunctionVersionContent;

impl Behaviour for FunctionVersionContent {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let path = ctx.route.path.strip_suffix("/Content").unwrap_or_default();
        let Some(version) = ctx.state.store.find(HOST, ctx.account, path) else {
            return Err(ApiError::not_found(&ctx.request.path));
        };
        let content = version.hidden.get("Content").and_then(|file| file.get("text"));
        let mut body = json!({
            "sid": version.key,
            "content": content,
            "url": format!("{}{}/Content", ctx.base_url, version.path),
        });
        for name in ["account_sid", "service_sid", "function_sid"] {
            body[name] = version.body.get(name).cloned().unwrap_or_default();
        }
        Ok(Some(Answer::json(200, body)))
    }
}
