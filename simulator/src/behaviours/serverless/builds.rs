//! Builds and deployments. A build is `building` until the clock completes it: [`crate::facts::moves`].
//! <https://www.twilio.com/docs/serverless/api/resource/build>,
//! <https://www.twilio.com/docs/serverless/api/resource/deployment>

use serde_json::{Value, json};

use super::{HOST, service_of};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

/// What Twilio adds to a build that names no dependencies of its own: the package list of a new service in the Console.
const OWN_DEPENDENCIES: [(&str, &str); 6] = [
    ("@twilio/runtime-handler", "1.3.0"),
    ("fs", "0.0.1-security"),
    ("lodash", "4.17.21"),
    ("twilio", "4.23.0"),
    ("util", "0.12.5"),
    ("xmldom", "0.6.0"),
];

/// The runtime of a build that names none.
const RUNTIME: &str = "node22";

/// The runtimes that the contract knows for a build, and the one that was added since
/// (<https://www.twilio.com/en-us/changelog/node-js-v24-is-now-available-for-twilio-functions>). Which of them are taken no more is an
/// open question, but for those that <https://www.twilio.com/docs/api/errors/82007> and the guide to upgrades call ended.
const RUNTIMES: [&str; 4] = ["node18", "node20", "node22", "node24"];

fn is_list_of_dependencies(text: &str) -> bool {
    let is_text = |dependency: &Value, name: &str| dependency.get(name).is_some_and(Value::is_string);
    serde_json::from_str::<Vec<Value>>(text).is_ok_and(|list| {
        let mut list = list.iter();
        list.all(|dependency| is_text(dependency, "name") && is_text(dependency, "version"))
    })
}

/// Builds.
pub struct Builds;

impl Behaviour for Builds {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let named = params.texts("FunctionVersions").len() + params.texts("AssetVersions").len();
        if named == 0 {
            // https://github.com/twilio/twilio-cli/issues/215
            let text = "At least one Function Version or Asset Version is required";
            return Err(ApiError::new(400, 20001, text));
        }
        let service = service_of(&ctx.route.path).to_owned();
        for (parameter, kind) in [("FunctionVersions", "Functions"), ("AssetVersions", "Assets")] {
            for sid in params.texts(parameter) {
                if version(ctx, &service, kind, sid).is_none() {
                    let why = format_args!("{sid} is no version of this service");
                    return Err(ApiError::invalid_parameter(parameter, why));
                }
            }
        }
        match params.text("Runtime").filter(|runtime| !runtime.is_empty()) {
            None => params.set("Runtime", RUNTIME),
            Some(runtime) if ctx.strict && !RUNTIMES.contains(&runtime) => {
                // https://www.twilio.com/docs/api/errors/82007; the page names no status.
                return Err(ApiError::new(400, 82007, "Unsupported Runtime"));
            }
            Some(_) => {}
        }
        if params.text("Dependencies").is_none_or(str::is_empty) {
            let own = OWN_DEPENDENCIES.map(|(name, version)| json!({"name": name, "version": version}));
            params.set("Dependencies", Value::from(own.to_vec()));
        } else if ctx.strict && !params.text("Dependencies").is_some_and(is_list_of_dependencies) {
            // The contract's text on the parameter: a list of objects with a name and a version.
            let why = r#"a JSON list such as [{"name": "lodash", "version": "4.17.21"}]"#;
            return Err(ApiError::invalid_parameter("Dependencies", why));
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let service = service_of(&object.path).to_owned();
        for (parameter, kind, field) in [
            ("FunctionVersions", "Functions", "function_versions"),
            ("AssetVersions", "Assets", "asset_versions"),
        ] {
            let sids = params.texts(parameter);
            let whole: Vec<Value> = sids
                .iter()
                .filter_map(|sid| version(ctx, &service, kind, sid))
                .collect();
            object.set(field, whole);
        }
        object.set("status", "building");
        Ok(())
    }

    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        let environments = format!("{}/Environments", service_of(&object.path));
        let (store, key) = (&ctx.state.store, object.key.as_str());
        let mut running = store.members_with(HOST, &object.account, &environments, "build_sid", key);
        if running.next().is_some() {
            let text = "Cannot delete Build because it's part of an active Deployment";
            return Err(ApiError::new(400, 20001, text));
        }
        Ok(())
    }
}

/// A version of a service as a build shows it, whole.
fn version(ctx: &Ctx<'_>, service: &str, kind: &str, sid: &str) -> Option<Value> {
    let collection = format!("{service}/{kind}");
    let versions = format!("/v1/Services/{{ServiceSid}}/{kind}/{{Sid}}/Versions");
    let mut versions = ctx.state.store.kind_with(HOST, &versions, "sid", sid);
    let is_here = |path: &str| path.strip_prefix(&collection).is_some_and(|rest| rest.starts_with('/'));
    let found = versions.find(|version| version.account == ctx.account && is_here(&version.path))?;
    let mut body = Body::clone(&found.body);
    for name in ["url", "links"] {
        body.shift_remove(name);
    }
    Some(Value::Object(body))
}

/// The state of a build by itself.
pub struct BuildStatus;

impl Behaviour for BuildStatus {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let path = ctx.route.path.strip_suffix("/Status").unwrap_or_default();
        let Some(build) = ctx.state.store.find(HOST, ctx.account, path) else {
            return Err(ApiError::not_found(&ctx.request.path));
        };
        let mut body = json!({"url": format!("{}{}/Status", ctx.base_url, build.path)});
        for name in ["sid", "account_sid", "service_sid", "status"] {
            body[name] = build.body.get(name).cloned().unwrap_or_default();
        }
        Ok(Some(Answer::json(200, body)))
    }
}

/// Deployments: the environment runs their build. One without a build takes it away.
pub struct Deployments;

impl Behaviour for Deployments {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let Some(sid) = params.text("BuildSid").filter(|sid| !sid.is_empty()) else {
            return Ok(());
        };
        let path = format!("{}/Builds/{sid}", service_of(&ctx.route.path));
        let build = ctx.state.store.find(HOST, ctx.account, &path);
        match build.and_then(|build| build.text("status")) {
            Some("completed") => Ok(()),
            Some(status) => Err(ApiError::invalid_parameter(
                "BuildSid",
                format_args!("the build is {status}, not completed"),
            )),
            None => Err(ApiError::invalid_parameter(
                "BuildSid",
                format_args!("{sid} is no build of this service"),
            )),
        }
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let build = object.body.get("build_sid").cloned().unwrap_or_default();
        let environment = object.path.split("/Deployments").next().unwrap_or_default();
        if let Some(environment) = ctx.state.store.find_mut(HOST, &object.account, environment) {
            environment.set("build_sid", build);
        }
        Ok(())
    }
}
