//! Builds and deployments. A build is `building` until the clock completes it: [`crate::facts::moves`].
//! <https://www.twilio.com/docs/serverless/api/resource/build>,
//! <https://www.twilio.com/docs/serverless/api/resource/deployment>

use serde_json::{Value, json};

use super::{HOST, service_of};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::state::State;
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

/// The runtime of the first build of a service that names none. A later one takes that of the last build that was completed:
/// <https://www.twilio.com/docs/errors/82007>.
const RUNTIME: &str = "node22";

/// The runtime that asks for a newer handler, that handler, and the version below which it is not replaced by Twilio, but the build fails:
/// <https://www.twilio.com/en-us/changelog/node-js-v24-is-now-available-for-twilio-functions>.
const NEEDS_HANDLER: &str = "node24";
const HANDLER: &str = "@twilio/runtime-handler";
const NEWER_HANDLER: &str = "2.1.2";
const OLDEST_REPLACED: [u64; 3] = [1, 2, 0];

/// The runtimes that the guide to upgrades still deploys (<https://www.twilio.com/docs/runtime/twilio-functions-nodejs-v10-upgrade>: from
/// November 2025 on node20 or node22), and the one that was added since
/// (<https://www.twilio.com/en-us/changelog/node-js-v24-is-now-available-for-twilio-functions>). What is deployed with node18 fails
/// (<https://www.twilio.com/en-us/changelog/node-js-v18-support-ending-for-twilio-functions-and-assets>). Whether the build is refused or
/// its deployment is an open question.
const RUNTIMES: [&str; 3] = ["node20", "node22", "node24"];

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
        let runtime = match params.text("Runtime").filter(|runtime| !runtime.is_empty()) {
            Some(named) => named.to_owned(),
            None => last_runtime(ctx, &service).unwrap_or_else(|| RUNTIME.to_owned()),
        };
        if ctx.strict && !RUNTIMES.contains(&&*runtime) {
            // https://www.twilio.com/docs/api/errors/82007; the page names no status.
            return Err(ApiError::new(400, 82007, "Unsupported Runtime"));
        }
        params.set("Runtime", runtime.as_str());
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

    /// The clock completes a build; one whose handler is too old fails.
    fn changed_outside(&self, state: &mut State, object: &Object) {
        let is_old = handler(object).is_some_and(|version| version < OLDEST_REPLACED);
        let is_completed = object.text("status") == Some("completed");
        let fails = is_completed && is_old && object.text("runtime") == Some(NEEDS_HANDLER);
        if fails && let Some(build) = state.store.find_mut(HOST, &object.account, &object.path) {
            build.set("status", "failed");
        }
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
        if object.text("runtime") == Some(NEEDS_HANDLER)
            && handler(object).is_some_and(|version| version >= OLDEST_REPLACED && version < numbers(NEWER_HANDLER))
        {
            replace_handler(object);
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

/// Functions.
pub struct Functions;

impl Behaviour for Functions {
    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        refuse_what_is_built(ctx, object, "function_versions", "function_sid")
    }
}

/// Assets.
pub struct Assets;

impl Behaviour for Assets {
    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        refuse_what_is_built(ctx, object, "asset_versions", "asset_sid")
    }
}

/// What has a version in a build that an environment runs stays: <https://github.com/twilio-labs/serverless-toolkit/issues/148>, where
/// "active" is said of builds and environments. With which code that is refused, and whether any other build keeps it, is an open
/// question.
fn refuse_what_is_built(ctx: &Ctx<'_>, object: &Object, versions: &str, owner: &str) -> Outcome {
    let builds = format!("{}/Builds", service_of(&object.path));
    let mut builds = ctx.state.store.members(HOST, &object.account, &builds);
    let environments = format!("{}/Environments", service_of(&object.path));
    let runs = |build: &Object| {
        let store = &ctx.state.store;
        let mut running = store.members_with(HOST, &object.account, &environments, "build_sid", build.key.as_str());
        running.next().is_some()
    };
    let is_in = |build: &Object| {
        let versions = build.body.get(versions).and_then(Value::as_array).into_iter().flatten();
        versions
            .into_iter()
            .any(|version| version[owner] == object.key.as_str())
    };
    match builds.find(|build| is_in(build) && runs(build)) {
        None => Ok(()),
        Some(build) => {
            let text = format!(
                "Cannot delete {}: a version of it is part of the build {}, which runs",
                object.key, build.key
            );
            Err(ApiError::new(400, 20001, text))
        }
    }
}

/// The runtime of the last build of a service that was completed.
fn last_runtime(ctx: &Ctx<'_>, service: &str) -> Option<String> {
    let builds = format!("{service}/Builds");
    let builds = ctx.state.store.members(HOST, ctx.account, &builds).rev();
    let mut completed = builds.filter(|build| build.text("status") == Some("completed"));
    let runtime = completed.next()?.text("runtime");
    runtime.filter(|runtime| !runtime.is_empty()).map(str::to_owned)
}

/// The numbers of a version: `1.3.0`. Of what is no such text they are the highest, as nothing is known of it.
fn numbers(version: &str) -> [u64; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(u64::MAX));
    [(); 3].map(|()| parts.next().unwrap_or(u64::MAX))
}

/// The version of the runtime's handler in a build.
fn handler(build: &Object) -> Option<[u64; 3]> {
    let mut dependencies = build.body.get("dependencies")?.as_array()?.iter();
    let handler = dependencies.find(|dependency| dependency["name"] == HANDLER)?;
    handler["version"].as_str().map(numbers)
}

fn replace_handler(build: &mut Object) {
    let mut dependencies = build.body.get("dependencies").cloned().unwrap_or_default();
    for dependency in dependencies.as_array_mut().into_iter().flatten() {
        if dependency["name"] == HANDLER {
            dependency["version"] = NEWER_HANDLER.into();
        }
    }
    build.set("dependencies", dependencies);
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
