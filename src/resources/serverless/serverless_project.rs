//! A folder of functions and assets, built and deployed as a whole. <https://www.twilio.com/docs/serverless/api>
//!
//! It is no object of Twilio's but several, each of which has a table of its own: what an apply does with them stands in
//! `project_apply.rs`. What it is known by is the environment, of which it is what runs there.
//!
//! # Quirks
//! - The state says what the deployed build has, never what was uploaded. A step that fails leaves the old files in it, and the next plan
//!   shows the rest as the same change.
//! - Twilio has no hash of a version, and of assets no content. What was uploaded here is noted beside the state.

use std::collections::BTreeSet;

use super::codes::SERVERLESS;
use super::project_apply::{Project, bring_about, is_built_alike, read, refuse_what_does_not_fit, take_back};
use super::project_files::{Source, is_same, sources, unseen};
use super::serverless_build::warn_of_a_retired_runtime;
use super::serverless_deployment::SERVERLESS_DEPLOYMENT;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Local, Observed, PathPart};
use crate::engine::facts::hooks::{Call, Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Destroy, Deviation, Field, Incomplete, Key, Kind, Lifecycle, Managed, Norm, Object, Omitted,
    Place, Read, Rule, UpdateStyle, map, sid, text,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::operations::delete::{ON_DESTROY, is_retained};
use crate::engine::operations::parts;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_serverless_project`.
pub const SERVERLESS_PROJECT: Managed = Managed {
    object: Object {
        name: "twilio_serverless_project",
        noun: "serverless project",
        category: Category::Serverless,
        api_page: "https://www.twilio.com/docs/serverless/api",
        place: Place::alone(
            Product::Serverless,
            "/v1/Services/{service_sid}/Environments/{environment_sid}/Deployments",
        )
        .read(Read::Elsewhere {
            path: "/v1/Services/{service_sid}/Environments/{environment_sid}",
            within: None,
        }),
        parents: &["service_sid", "environment_sid"],
        key: Key::None,
        deviations: &[Deviation {
            from: Norm::Responses,
            name: FILES,
            reason: "the read hook makes it of the versions in the build that the environment runs",
        }],
        fields: FIELDS,
        codes: &[SERVERLESS],
        read: ReadHooks {
            after_read: Some(read),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A folder of Twilio Functions and a folder of Twilio Assets, as one resource: it uploads the files that changed, builds them, lets an \
          environment run the build, and then removes what that does not need any more. Where no file, package or runtime changed, nothing \
          is built. The plan names each path that comes, changes and goes. In place of it, `twilio_serverless_function`, \
          `twilio_serverless_asset`, `twilio_serverless_build` and `twilio_serverless_deployment` manage each part by itself.",
    quirks: &[
        "The name of a file says its path and who may request it, as in Twilio's Serverless Toolkit: `functions/sms.protected.js` is the function `/sms` for requests that Twilio has signed, `functions/lib/tides.private.js` is `/lib/tides` for other functions alone, and `assets/index.html` is the asset `/index.html` for everybody. Files whose names begin with a dot are left out.",
        "Use one project in a service: functions and assets are shared by all its environments. For a second environment that runs what was tried in the first, write a `twilio_serverless_deployment` with `build_sid` of the project; Twilio keeps the build, and what is in it, as long as that environment runs it, and the project removes it later.",
        "A step that fails leaves the environment with what it ran before. What was uploaded is noted: the next apply goes on from there, and uploads and builds nothing twice. A first apply that fails marks the project as tainted, so that nothing that depends on it is applied.",
        "Only what the project has made is ever removed. What something else made in the service stays, and a file for a path that the service has already is refused, unless `adopt_existing` is true.",
        "Twilio does not show what is in an asset. After an import, or where somebody else has deployed, the configured assets are taken for the ones that run, as far as their paths and visibility are the same, and the plan says so.",
        "Variables are not a part of it: write `twilio_serverless_variable`, and `depends_on` those in the project, so that functions find them from the first request on.",
    ],
    stays_while: "Twilio keeps a build, and functions and assets with versions in it, while an environment runs it. Destroy the deployment \
                  that lets another environment run a build of this project, and destroy again; or leave all of it in Twilio with on_destroy \
                  = \"retain\", and apply before the destroy.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Hook),
    incomplete: Incomplete::MadeAnew,
    omitted: &[
        Omitted {
            parameter: "BuildSid",
            reason: "it is the build that is made of the folders",
        },
        Omitted {
            parameter: "IsPlugin",
            reason: "Twilio's tool for Flex plugins marks its own deployments with it, and no response has it",
        },
    ],
    rules: &[Rule::AtLeastOneOf(&["functions", "assets"])],
    write: WriteHooks {
        validate: Some(warn_of_a_retired_runtime),
        plan: Some(plan),
        before_write: Some(refuse_what_does_not_fit),
        after_write: Some(bring_about),
        delete: Some(take_back),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

pub(super) const BUILD: &str = "build_sid";
pub(super) const FILES: &str = "files";
pub(super) const DEPENDENCIES: &str = "dependencies";
pub(super) const RUNTIME: &str = "runtime";

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")])
        .doc("SID of the service (`ZS…`). A change replaces the project: the build is taken out of the first environment."),
    sid("environment_sid", PathPart, &[Check::Sid("ZE")])
        .read_as("sid")
        .doc(
            "SID of the environment that runs the project (`ZE…`). A change replaces the project: the build is taken out of the first \
             environment.",
        ),
    text("functions", Local(Clears)).checks(&[Check::NonEmpty]).doc(
        "Path of the folder with the functions: `\"${path.module}/functions\"`. All files in it and in its folders are JavaScript. One of \
         this and `assets` must be set.",
    ),
    text("assets", Local(Clears)).checks(&[Check::NonEmpty]).doc(
        "Path of the folder with the assets: `\"${path.module}/assets\"`. The ending of a file says its content type.",
    ),
    map(DEPENDENCIES, Local(Clears), &Kind::Text)
        .checks(&[Check::Each(&Check::NonEmpty)])
        .doc(
            "Packages that functions need, each with its version: `{ lodash = \"4.17.21\" }`, or \
             `jsondecode(file(\"package.json\")).dependencies`. A change makes another build. Without it Twilio installs those of its own.",
        ),
    text(RUNTIME, Local(Clears))
        .checks(&[Check::NonEmpty])
        .doc("What runs the functions, such as `node22`. A change makes another build. Without it Twilio chooses."),
    map(FILES, Observed, &Kind::Text).doc(
        "What the environment runs: by path, the visibility and the SHA-256 of the file. The plan shows here what comes, changes and goes.",
    ),
    sid(BUILD, Observed, &[Check::Sid("ZB")]).follows_writes().doc(
        "SID of the build that the environment runs (`ZB…`), for a `twilio_serverless_deployment` to another environment. It is known in a \
         plan that builds nothing.",
    ),
    text("domain_name", Observed).doc("The address, without `https://`."),
    ADOPT_EXISTING.doc(
        "Whether functions and assets that the service has already, and that something else made, are taken over where a file has their \
         path: they are changed to the files, and go with the project. This is how an apply goes on after one that was killed. \
         Default: `false`.",
    ),
    ON_DESTROY.doc(
        "What destroying does: `delete` takes the build out of the environment, so that its addresses answer nothing, and deletes the builds, \
         functions and assets that the project has made; `retain` leaves everything as it is. What was applied last counts. Default: `delete`.",
    ),
];

/// Plans the files, and a build where they, the packages or the runtime are others.
fn plan(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let Planning {
            connection,
            prior,
            config,
            planned,
            destroys,
            warnings,
            ..
        } = planning;
        if planned.is_null() {
            if !is_retained(prior) && !prior.attr(BUILD).is_null() {
                warnings.add(will_run_nothing());
            }
            return Ok(());
        }
        // A destroy is planned after a plan like any other, in which a folder that is gone is a mistake.
        let outcome = match prior.is_null() {
            true => "Nothing was changed.",
            false => {
                "Nothing was changed. To destroy the project without its files: `terraform destroy -refresh=false`."
            }
        };
        let is_new = prior.is_null() || destroys;
        let Some(wanted) = sources(config, outcome).await? else {
            planned.set_attr(FILES, Value::UNKNOWN);
            planned.set_attr(BUILD, Value::UNKNOWN);
            return Ok(());
        };
        let values = wanted.iter().map(|file| (file.path.clone(), file.value().into()));
        planned.set_attr(FILES, Value::Map(values.collect()));
        let mut builds = is_new || prior.attr(BUILD).is_null() || is_other(prior, planned, &wanted);
        if let (false, true, Some((client, account)), Some(sid)) =
            (builds, is_imported(prior), connection, prior.attr(BUILD).as_str())
        {
            let call = Call {
                object: &SERVERLESS_PROJECT.object,
                client,
                account,
                state: prior,
                warnings,
            };
            let build = Project::of(call).seek_build(sid).await?;
            builds = !build.is_some_and(|build| is_built_alike(&build, planned));
        }
        planned.set_attr(
            BUILD,
            match builds {
                true => Value::UNKNOWN,
                false => prior.attr(BUILD).clone(),
            },
        );
        if !is_new && let Some(warning) = taken_at_their_word(prior, &wanted) {
            warnings.add(warning);
        }
        let in_use = ["service_sid", "environment_sid"]
            .iter()
            .all(|name| planned.attr(name).as_str().is_some());
        if let (Some((client, account)), true, true) = (connection, is_new, in_use) {
            let call = Call {
                object: &SERVERLESS_PROJECT.object,
                client,
                account,
                state: planned,
                warnings,
            };
            let at = Project::of(call).below(&[]);
            // What cannot be read is for the apply to say.
            let environment = parts::seek(call, &SERVERLESS_DEPLOYMENT, &at).await.ok().flatten();
            let runs = environment.and_then(|environment| Some(environment.get(BUILD)?.as_str()?.to_owned()));
            if let Some(build) = runs.filter(|build| !build.is_empty()) {
                warnings.add(runs_another(&build));
            }
        }
        Ok(())
    })
}

/// Whether what is planned takes another build than the one that runs.
fn is_other(prior: &Value, planned: &Value, wanted: &[Source]) -> bool {
    let Value::Map(stored) = prior.attr(FILES) else {
        return true;
    };
    let wanted_paths: BTreeSet<_> = wanted.iter().map(|file| file.path.as_str()).collect();
    let differs = |file: &Source| {
        let stored = stored.get(&file.path).and_then(Value::as_str);
        stored.is_none_or(|stored| !is_same(stored, file))
    };
    let is_built_otherwise = [DEPENDENCIES, RUNTIME]
        .iter()
        .any(|name| prior.attr(name) != planned.attr(name));
    stored.keys().any(|path| !wanted_paths.contains(path.as_str()))
        || wanted.iter().any(differs)
        || (is_built_otherwise && !is_imported(prior))
}

/// Whether nothing was applied since an import: what was made elsewhere was built with what nobody has configured here.
fn is_imported(prior: &Value) -> bool {
    prior.attr("functions").is_null() && prior.attr("assets").is_null()
}

fn will_run_nothing() -> Diagnostic {
    Diagnostic::warning(
        "The environment will run nothing",
        "The project is destroyed: from this apply on, the addresses of its environment answer nothing, and the builds, functions and assets \
         that it made are deleted. To leave all of it as it is, set on_destroy = \"retain\" and apply before the destroy, or use a removed \
         block with destroy = false.",
    )
}

fn runs_another(build: &str) -> Diagnostic {
    Diagnostic::warning(
        "The environment runs something else now",
        format!(
            "It runs the build {build}, which something else made. From this apply on it runs the project; that build, and what is in it, \
             stays in Twilio as it is. To have the difference in a plan, import the project first. To go back, deploy {build} again."
        ),
    )
    .at_attribute("environment_sid")
}

fn taken_at_their_word(prior: &Value, wanted: &[Source]) -> Option<Diagnostic> {
    let stored = prior.attr(FILES);
    let is_unseen = |file: &&Source| stored.attr(&file.path).as_str() == Some(unseen(file.visibility).as_str());
    let count = wanted.iter().filter(is_unseen).count();
    (count > 0).then(|| {
        Diagnostic::warning(
            "Whether Twilio has these assets is not known",
            format!(
                "{FILES}: the build that the environment runs was not made by this project, and Twilio does not show what is in assets. The \
                 {count} with the same path and visibility are taken for the ones that are configured: they are not uploaded now, and from now on \
                 a changed file is. To upload one nevertheless, apply, then change the file."
            ),
        )
        .at_attribute(FILES)
    })
}

#[cfg(test)]
mod tests {
    use super::super::project_files::Sort;
    use super::*;

    fn source(path: &str, visibility: &'static str, sha256: &str) -> Source {
        Source {
            sort: Sort::Function,
            path: path.to_owned(),
            visibility,
            file: String::new(),
            sha256: sha256.to_owned(),
        }
    }

    fn state(files: &[(&str, &str)], runtime: &str, folder: Option<&str>) -> Value {
        let files = files.iter().map(|(path, value)| ((*path).to_owned(), (*value).into()));
        Value::object([
            (FILES, Value::Map(files.collect())),
            (RUNTIME, runtime.into()),
            ("functions", folder.map(str::to_owned).into()),
        ])
    }

    #[test]
    fn a_build_is_planned_where_something_in_it_is_another_and_nowhere_else() {
        let wanted = [source("/a", "public", "1"), source("/b", "private", "2")];
        let same = [("/a", "public 1"), ("/b", "private 2")];
        let unseen = unseen("private");
        let folder = Some("functions");
        let planned = state(&same, "node22", folder);
        for (prior, is_built) in [
            (state(&same, "node22", folder), false),
            (state(&same, "node20", folder), true),
            (state(&same, "node20", None), false),
            (state(&[("/a", "public 1"), ("/b", &unseen)], "node22", folder), false),
            (state(&[("/a", "public 1"), ("/b", "public 2")], "node22", folder), true),
            (
                state(&[("/a", "public 0"), ("/b", "private 2")], "node22", folder),
                true,
            ),
            (state(&[("/a", "public 1")], "node22", folder), true),
            (
                state(
                    &[("/a", "public 1"), ("/b", "private 2"), ("/c", "public 3")],
                    "node22",
                    folder,
                ),
                true,
            ),
            (Value::object([(RUNTIME, "node22".into())]), true),
        ] {
            assert_eq!(is_other(&prior, &planned, &wanted), is_built, "{prior:?}");
        }
        let warned = |files: &[(&str, &str)]| taken_at_their_word(&state(files, "", folder), &wanted).is_some();
        assert!(warned(&[("/a", "public 1"), ("/b", &unseen)]) && !warned(&same));
    }
}
