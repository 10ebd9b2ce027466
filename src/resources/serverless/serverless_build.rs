//! What is deployed: versions of functions and assets, with their dependencies. <https://www.twilio.com/docs/serverless/api/resource/build>
//!
//! # Quirks
//! - A build shows its versions whole and in no order.
//! - `Dependencies` is a JSON list of names and versions, to which Twilio adds its own: of a configured map only what it names is
//!   compared.

use std::time::Duration;

use serde_json::{Map, Value as Json, json};

use super::codes::SERVERLESS;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps};
use crate::engine::facts::Role::{Fixed, Local, Observed, PathPart};
use crate::engine::facts::hooks::{ReadHooks, WriteHooks};
use crate::engine::facts::{
    After, Category, Check, Destroy, Deviation, Field, Intent, Key, Kind, Lifecycle, Literal, Managed, Norm, Object,
    Parameters, Place, Plural, Properties, Refusal, UpdateStyle, Wait, boolean, map, set, sid, text, timeout, timeouts,
    timestamp,
};
use crate::engine::operations::delete::ON_DESTROY;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_serverless_build`.
pub const SERVERLESS_BUILD: Managed = Managed {
    object: Object {
        name: "twilio_serverless_build",
        noun: "serverless build",
        plural: Some(Plural {
            name: "twilio_serverless_builds",
            noun: "serverless builds",
        }),
        category: Category::Serverless,
        api_page: "https://www.twilio.com/docs/serverless/api/resource/build",
        place: Place::at(
            Product::Serverless,
            "/v1/Services/{service_sid}/Builds",
            "/v1/Services/{service_sid}/Builds/{sid}",
        ),
        parents: &["service_sid"],
        key: Key::Sid("ZB"),
        deviations: &[
            Deviation {
                from: Norm::Responses,
                name: DEPENDENCIES,
                reason: AS_MAP,
            },
            Deviation {
                from: Norm::ListItems,
                name: DEPENDENCIES,
                reason: AS_MAP,
            },
        ],
        fields: FIELDS,
        codes: &[SERVERLESS],
        read: ReadHooks {
            decode: Some(as_configured),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A build of Twilio Functions and Assets: versions of them, with the packages they need, installed. A `twilio_serverless_deployment` \
          puts it into an environment. A build never changes: whatever changes in it makes another one.",
    quirks: &[
        "Write `lifecycle { create_before_destroy = true }` in it: the new build is there and deployed before the old one goes, and no request meets an environment without a build. Without it Terraform destroys the old build first, which Twilio refuses while an environment runs it.",
        "To be able to go back to an earlier build, set `on_destroy = \"retain\"`: a build that was replaced then stays in Twilio, and `build_sid` of a deployment can name it.",
        "Twilio adds packages of its own, such as `@twilio/runtime-handler`. The state has those that are configured, and all of them where none are, or after an import.",
    ],
    stays_while: "Twilio keeps a build that an environment runs. Write lifecycle { create_before_destroy = true } in the build, so that \
                  its successor is deployed first, and apply again. Where a deployment is to stay with this build, or to go back to it, \
                  keep it with on_destroy = \"retain\".",
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    waits: &[Wait {
        argument: "wait_for_completion",
        after: After::Create,
        field: "status",
        until: &["completed"],
        fails_on: Refusal {
            states: &["failed"],
            reason: &[],
            look: "Mostly a package could not be installed, or runs with another version of Node.js: the Console has the log of the build in \
                   the editor of the service, and the error in Monitor > Logs > Errors, usually with code 82003.",
        },
        goal: "completed",
        pause: Duration::from_secs(2),
        at_most: Duration::from_secs(900),
    }],
    older_states: older::SERVERLESS_BUILD,
    write: WriteHooks {
        validate: Some(has_something_and_runs),
        encode: Some(dependencies_as_list),
        could_be: Some(runs_on_the_same),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const AS_MAP: &str = "the decode hook makes a map of the list of names and versions";

const FUNCTIONS: &str = "function_version_sids";
const ASSETS: &str = "asset_version_sids";
const DEPENDENCIES: &str = "dependencies";

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")])
        .doc("SID of the service (`ZS…`). A change takes the build of another service."),
    set(FUNCTIONS, Fixed(Clears), &Kind::Text)
        .written_as("FunctionVersions")
        .read_as("function_versions")
        .checks(&[Check::Each(&Check::Sid("ZN"))])
        .doc(
            "SIDs of the versions of functions in it: `twilio_serverless_function.x.version_sid`. There must be one of these, or one of \
             `asset_version_sids`. A change replaces the build.",
        ),
    set(ASSETS, Fixed(Clears), &Kind::Text)
        .written_as("AssetVersions")
        .read_as("asset_versions")
        .checks(&[Check::Each(&Check::Sid("ZN"))])
        .doc(
            "SIDs of the versions of assets in it: `twilio_serverless_asset.x.version_sid`. A change replaces the build.",
        ),
    map(DEPENDENCIES, Fixed(Keeps), &Kind::Text)
        .checks(&[Check::Each(&Check::NonEmpty)])
        .doc(
            "Packages that functions need, each with its version: `{ lodash = \"4.17.21\" }`, or \
             `jsondecode(file(\"package.json\")).dependencies`. A change replaces the build. Without it Twilio installs those of its own. \
             Removing it keeps what the build has.",
        ),
    text("runtime", Fixed(Keeps))
        .checks(&[Check::NonEmpty])
        .doc(
            "What runs the functions, such as `node22`. A change replaces the build. Without it Twilio chooses. Removing it keeps what \
             the build has.",
        ),
    text("status", Observed)
        .volatile()
        .doc("`building`, `completed` or `failed`."),
    boolean("wait_for_completion", Local(DefaultsTo(Literal::Bool(true)))).doc(
        "Whether a create waits until the build is completed, without which no deployment takes it. Default: `true`.",
    ),
    ON_DESTROY.doc(
        "What destroying a build does, also when another takes its place: `delete` deletes it; `retain` leaves it in Twilio, so that a \
         deployment can go back to it, and only takes it out of the state. What was applied last counts. Default: `delete`.",
    ),
    timeouts(&[timeout("create").doc("How long a create waits; `15m` unless this says otherwise.")]),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// Runtimes that Twilio builds no more (<https://www.twilio.com/docs/api/errors/82007>). What is new is never in it.
const RETIRED: &[&str] = &["node8", "node10", "node12", "node14", "node16", "node18"];

fn has_something_and_runs(config: &Value, diagnostics: &mut Diagnostics) {
    let is_empty = |name: &str| match config.attr(name) {
        Value::Null => true,
        Value::Set(versions) | Value::List(versions) => versions.is_empty(),
        _ => false,
    };
    if is_empty(FUNCTIONS) && is_empty(ASSETS) {
        diagnostics.push(
            Diagnostic::error(
                "The build has nothing in it",
                "Twilio builds at least one version of a function or of an asset. Name some in function_version_sids or \
                 asset_version_sids.",
            )
            .at_attribute(FUNCTIONS),
        );
    }
    check_what_it_is_built_with(config, diagnostics);
}

/// Refuses packages without versions, and says where Twilio builds no more for the configured runtime.
pub(super) fn check_what_it_is_built_with(config: &Value, diagnostics: &mut Diagnostics) {
    if let Value::Map(packages) = config.attr(DEPENDENCIES)
        && packages
            .iter()
            .any(|(name, version)| name.trim().is_empty() || version.is_null())
    {
        diagnostics.push(
            Diagnostic::error(
                "A package has no name or no version",
                format!(
                    "{DEPENDENCIES}: each package has a name and a version, which Twilio requires: {{ lodash = \"4.17.21\" }}. Of one of them the \
                     name is empty or the version null. Complete it, or leave the package out."
                ),
            )
            .at_attribute(DEPENDENCIES),
        );
    }
    if config
        .attr("runtime")
        .as_str()
        .is_some_and(|runtime| RETIRED.contains(&runtime))
    {
        diagnostics.push(
            Diagnostic::warning(
                "Twilio has retired this runtime",
                "New builds with it are refused (82007), or will be soon. Use a current one, such as node22, and update the packages that \
                 need an older Node.js.",
            )
            .at_attribute("runtime"),
        );
    }
}

/// A map in the configuration is a list of objects for Twilio.
fn dependencies_as_list(intent: &Intent<'_>, parameters: &mut Parameters) {
    if parameters.remove("Dependencies").is_none() {
        return;
    }
    let Value::Map(packages) = intent.planned.attr(DEPENDENCIES) else {
        return;
    };
    let list: Vec<Json> = packages
        .iter()
        .map(|(name, version)| json!({"name": name, "version": version.as_str()}))
        .collect();
    parameters.set("Dependencies", Json::from(list).to_string());
}

/// A build has no name that another could not have, but what runs it is never written in another way.
fn runs_on_the_same(planned: &Value, item: &Properties) -> bool {
    let runtime = planned.attr("runtime").as_str();
    runtime.is_none_or(|runtime| item.get("runtime").and_then(Json::as_str) == Some(runtime))
}

/// Of each version its SID, and of the packages a map: of those that are configured, where any are.
fn as_configured(response: &mut Properties, base: &Value) {
    for (name, attribute) in [("function_versions", FUNCTIONS), ("asset_versions", ASSETS)] {
        let Some(Json::Array(versions)) = response.get_mut(name) else {
            continue;
        };
        for version in versions.iter_mut() {
            if let Some(sid) = version.get("sid") {
                *version = sid.clone();
            }
        }
        // None at all are told as an empty list.
        if versions.is_empty() && base.attr(attribute).is_null() {
            response.insert(name.to_owned(), Json::Null);
        }
    }
    if let Some(Json::Array(packages)) = response.get(DEPENDENCIES) {
        let installed: Map<String, Json> = packages
            .iter()
            .filter_map(|package| {
                Some((
                    package.get("name")?.as_str()?.to_owned(),
                    package.get("version")?.clone(),
                ))
            })
            .collect();
        let shown = match base.attr(DEPENDENCIES) {
            Value::Map(configured) => {
                let named = installed.into_iter().filter(|(name, _)| configured.contains_key(name));
                named.collect()
            }
            _ => installed,
        };
        let shown = with_configured_handler(shown, response, base);
        response.insert(DEPENDENCIES.to_owned(), Json::Object(shown));
    }
}

/// The package that runs the functions.
const HANDLER: &str = "@twilio/runtime-handler";

/// For node24 Twilio puts a newer handler in the place of one from 1.2.0 on
/// (<https://www.twilio.com/en-us/changelog/node-js-v24-is-now-available-for-twilio-functions>). That is no drift: another build would
/// have the same.
fn with_configured_handler(mut shown: Map<String, Json>, response: &Properties, base: &Value) -> Map<String, Json> {
    let runs_on_newest = response.get("runtime").and_then(Json::as_str) == Some("node24");
    let configured = match base.attr(DEPENDENCIES) {
        Value::Map(packages) => packages.get(HANDLER).and_then(Value::as_str),
        _ => None,
    };
    let installed = shown.get(HANDLER).and_then(Json::as_str);
    if let (true, Some(configured), Some(installed)) = (runs_on_newest, configured, installed)
        && let (Some(was), Some(is)) = (numbers(configured), numbers(installed))
        && was >= [1, 2, 0]
        && was < is
    {
        shown.insert(HANDLER.to_owned(), configured.into());
    }
    shown
}

/// The numbers of a version such as `1.3.0`.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let parts: Vec<u64> = version
        .split('.')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    parts.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Operation;

    fn build(packages: &[(&str, &str)]) -> Value {
        let packages = packages
            .iter()
            .map(|(name, version)| ((*name).to_owned(), (*version).into()));
        Value::object([(DEPENDENCIES, Value::Map(packages.collect()))])
    }

    #[test]
    fn a_package_has_a_name_and_a_version() {
        let without = Value::object([(DEPENDENCIES, Value::Map([("lodash".to_owned(), Value::Null)].into()))]);
        for (config, is_refused) in [
            (build(&[("lodash", "4.17.21")]), false),
            (build(&[]), false),
            (build(&[(" ", "1.0.0")]), true),
            (without, true),
        ] {
            let mut diagnostics = Diagnostics::new();
            check_what_it_is_built_with(&config, &mut diagnostics);
            assert_eq!(diagnostics.has_errors(), is_refused, "{config:?}");
        }
    }

    #[test]
    fn packages_are_sent_as_a_list_and_read_as_those_that_are_configured() {
        let planned = build(&[("lodash", "4.17.21"), ("got", "11.8.6")]);
        let intent = Intent {
            resource: &SERVERLESS_BUILD,
            operation: Operation::Create,
            prior: &Value::Null,
            planned: &planned,
            config: &planned,
        };
        let mut parameters = Parameters::default();
        parameters.set("Dependencies", "whatever");
        dependencies_as_list(&intent, &mut parameters);
        let sent = parameters
            .value("Dependencies")
            .and_then(Json::as_str)
            .unwrap_or_default();
        let sent: Json = serde_json::from_str(sent).expect("JSON");
        assert_eq!(
            sent,
            json!([{"name": "got", "version": "11.8.6"}, {"name": "lodash", "version": "4.17.21"}])
        );
        let read = |base: &Value| {
            let mut response = Properties::new();
            let installed = json!([{"name": "twilio", "version": "5.0.0"}, {"name": "got", "version": "11.8.6"}]);
            response.insert(DEPENDENCIES.to_owned(), installed);
            as_configured(&mut response, base);
            response[DEPENDENCIES].clone()
        };
        assert_eq!(
            read(&planned),
            json!({"got": "11.8.6"}),
            "what is missing is drift, what Twilio adds is none"
        );
        assert_eq!(
            read(&Value::Null),
            json!({"got": "11.8.6", "twilio": "5.0.0"}),
            "an import"
        );
    }

    #[test]
    fn a_newer_handler_that_twilio_chose_is_no_drift() {
        let read = |runtime: &str, configured: &str, installed: &str| {
            let mut response = Properties::new();
            response.insert("runtime".to_owned(), runtime.into());
            let installed = json!([{"name": HANDLER, "version": installed}]);
            response.insert(DEPENDENCIES.to_owned(), installed);
            as_configured(&mut response, &build(&[(HANDLER, configured)]));
            response[DEPENDENCIES][HANDLER].as_str().unwrap_or_default().to_owned()
        };
        assert_eq!(read("node24", "1.3.0", "2.1.2"), "1.3.0");
        assert_eq!(
            read("node22", "1.3.0", "2.1.2"),
            "2.1.2",
            "another runtime takes it as it is"
        );
        assert_eq!(read("node24", "1.1.0", "2.1.2"), "2.1.2", "that one is never replaced");
        assert_eq!(
            read("node24", "2.2.0", "2.1.2"),
            "2.1.2",
            "an older one is no newer one"
        );
        assert_eq!(read("node24", "latest", "2.1.2"), "2.1.2");
    }

    #[test]
    fn a_build_of_nothing_is_refused_and_a_retired_runtime_is_named() {
        let said = |config: Value| {
            let mut diagnostics = Diagnostics::new();
            has_something_and_runs(&config, &mut diagnostics);
            diagnostics.into_iter().map(|said| said.summary).collect::<Vec<_>>()
        };
        let sids = || Value::Set(vec!["ZN0123456789abcdef0123456789abcdef".into()]);
        let with =
            |functions: Value, runtime: &str| Value::object([(FUNCTIONS, functions), ("runtime", runtime.into())]);
        assert_eq!(said(with(sids(), "node22")), Vec::<String>::new());
        assert_eq!(
            said(with(sids(), "node99")),
            Vec::<String>::new(),
            "what is new is not known"
        );
        assert_eq!(said(with(Value::UNKNOWN, "node22")), Vec::<String>::new());
        assert_eq!(said(with(Value::Null, "node22")), ["The build has nothing in it"]);
        assert_eq!(
            said(with(Value::Set(Vec::new()), "node22")),
            ["The build has nothing in it"]
        );
        assert_eq!(said(with(sids(), "node12")), ["Twilio has retired this runtime"]);
    }
}
