//! A folder of functions and assets, built and deployed as a whole. <https://www.twilio.com/docs/serverless/api>
//!
//! It is no object of Twilio's but several, each of which has a table of its own: what an apply does with them stands in
//! `project_apply.rs`. What it is known by is the environment, of which it is what runs there.
//!
//! # Quirks
//! - The state says what the deployed build has, never what was uploaded. A step that fails leaves the old files in it, and the next plan
//!   shows the rest as the same change.
//! - Twilio has no hash of a version, and of assets no content. What was uploaded here stands in the state, and in nothing beside it: a
//!   destroy that comes before a replacement gets nothing else, and a process that is killed takes the rest along.
//! - Within an apply Terraform plans again, and calls it a bug of the provider when a value is another than in the first plan, which no
//!   provider sees. Where the read before the plan has noted what is in the folders, another file is an error in words of ours. A create
//!   has no read before it, and neither has a plan with `-refresh=false`: there Terraform refuses other files in its own words, and the
//!   plan says so. The destroy that comes before a replacement is handed what its plan has noted, and refuses in time.

use std::collections::BTreeSet;

use super::codes::SERVERLESS;
use super::project_apply::{
    Project, bring_about, is_built_alike, read, refuse_others, refuse_what_does_not_fit, take_back,
};
use super::project_files::{MOST_NAMED, Sort, Source, is_same, sources, unseen};
use super::project_notes::Notes;
use super::serverless_asset::SERVERLESS_ASSET;
use super::serverless_build::{SERVERLESS_BUILD, check_what_it_is_built_with};
use super::serverless_deployment::SERVERLESS_DEPLOYMENT;
use super::serverless_environment::SERVERLESS_ENVIRONMENT;
use super::serverless_function::SERVERLESS_FUNCTION;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Local, Observed, PathPart};
use crate::engine::facts::hooks::{Call, Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Access, Category, Check, Destroy, Deviation, Field, Incomplete, Key, Kind, Lifecycle, Managed, Norm, Object,
    Omitted, Place, Read, Rule, UpdateStyle, map, objects, sid, text,
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
        one_for_each: Some("service_sid"),
        deviations: &[
            Deviation {
                from: Norm::Responses,
                name: FILES,
                reason: "the read hook makes it of the versions in the build that the environment runs",
            },
            Deviation {
                from: Norm::Responses,
                name: BUILDS,
                reason: "only the provider knows which builds it has made",
            },
            Deviation {
                from: Norm::Responses,
                name: UNUSED,
                reason: "only the provider knows which functions and assets it has made",
            },
        ],
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
          is built. The plan names each path that comes, changes and goes, and the apply uploads what was planned or nothing. In place of it, `twilio_serverless_function`, \
          `twilio_serverless_asset`, `twilio_serverless_build` and `twilio_serverless_deployment` manage each part by itself.",
    quirks: &[
        "The name of a file says its path and who may request it, as in Twilio's Serverless Toolkit: `functions/sms.protected.js` is the function `/sms` for requests that Twilio has signed, `functions/lib/tides.private.js` is `/lib/tides` for other functions alone, and `assets/index.html` is the asset `/index.html` for everybody. Files whose names begin with a dot are left out. Unlike the toolkit, a space in a name is refused and does not become `-`, all files in `functions` must be JavaScript, and a name in which `private` or `protected` stands where it says nothing (`keys.private`, `dump.private.tar.gz`, `x.PRIVATE.json`, `lib.private/x.json`) is refused.",
        "A public asset is on the internet from the apply on. So these are refused, all of them in one error: states, saved plans, variables and configurations of Terraform, by their names, and states and plans as Terraform writes them by their content, too, but not those that were packed or written anew; `node_modules`; keys and `.env` files that are not private. What else is secret the provider cannot know: look at what the plan lists as public.",
        "The plan shows each path that comes, changes and goes, in `files`; that of a new project, of one that a change of `service_sid` or `environment_sid` replaces, and of one with other folders says in a warning, too, how many files come and who may request them. With `-replace` Terraform shows no such warning, and none that the environment will run nothing for a while. Only where a folder is not known before the apply are the files not.",
        "What is applied is what was planned. If a file comes, changes or goes after the plan, nothing is uploaded, and an error names the path. In a new project, in the first apply after an import, and with `-refresh=false` Terraform compares the files itself, and says \"Provider produced inconsistent final plan\": plan again then. With `-refresh=false` the files may also be held against what an earlier run has read, so that a changed one is refused: leave it out. Let what writes files into the folders finish before the plan.",
        "Use one project in a service: functions and assets are shared by all its environments, so that two would remove each other's, and a second one is refused. For a second environment that runs what was tried in the first, write a `twilio_serverless_deployment` with `build_sid` of the project. Twilio keeps a build as long as an environment runs it. Once none does, the next apply that changes the project removes the build, and the functions and assets that nothing needs any more; no plan shows that they are left until then.",
        "A step that fails leaves the environment with what it ran before. What was uploaded stands in the state (`builds`, `unused`): the next apply goes on from there, and uploads and builds nothing twice. A first apply that fails marks the project as tainted, so that nothing that depends on it is applied; the next apply removes what was made, and makes it anew.",
        "An apply that is killed, so that Terraform cannot write the state, leaves what it has made in Twilio. Functions and assets to which no state leads any more are then refused by the next apply, with their SIDs: `adopt_existing = true` takes them over. A build of it stays until the project is destroyed.",
        "A replacement, as for another `environment_sid` or `service_sid`, or with `-replace`, removes the project before it makes it anew: its addresses answer nothing until the new build is deployed. It is refused before anything is done while another environment runs a build of the project. Do not write `create_before_destroy` in it: the new one would find the functions of the old one in the service, and refuses to take them.",
        "Only what the project has made or adopted is ever removed, with builds that have nothing else in them. What something else made in the service stays, and a file for a path that the service has already is refused, unless `adopt_existing` is true.",
        "What something else deploys to the environment is drift: the plan shows its files and says so, and an apply deploys the project again. Only after an import is what runs taken at its word: Twilio does not show what is in an asset, so configured assets of the same path and visibility are taken for the ones that run, and the plan says so. If the file of one was changed before the first apply after an import, that change is therefore not uploaded.",
        "For an import write `functions`, `assets`, `runtime` and `dependencies` by hand: Twilio knows no folders, so that `-generate-config-out` leaves them out, and the configuration that it writes is refused until they are there.",
        "Twilio keeps a build that an environment runs, and [by what users of its toolkit report](https://github.com/twilio-labs/serverless-toolkit/issues/148) the functions and assets in it. Whether it keeps those in other builds stands on none of its pages. So the provider removes builds first, then functions and assets; what Twilio refuses to delete stays in the state (`builds`, `unused`), and the next apply that changes the project, or the destroy, tries again.",
        "Variables are not a part of it: write `twilio_serverless_variable`, and `depends_on` those in the project, so that functions find them from the first request on.",
    ],
    stays_while: "Twilio keeps a build that an environment runs, and may keep functions and assets with versions in a build. Destroy the \
                  deployment that lets another environment run a build of this project, delete builds that something else made of its functions, \
                  and destroy again; or leave all of it in Twilio with on_destroy = \"retain\", and apply before the destroy.",
    made_of: &[
        &SERVERLESS_FUNCTION,
        &SERVERLESS_ASSET,
        &SERVERLESS_BUILD,
        &SERVERLESS_DEPLOYMENT,
    ],
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
        // Which builds other environments run.
        asks: &[Access::get(
            Product::Serverless,
            SERVERLESS_ENVIRONMENT.object.place.collection,
        )],
        validate: Some(check_what_it_is_built_with),
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
pub(super) const BUILDS: &str = "builds";
pub(super) const UNUSED: &str = "unused";
pub(super) const DEPENDENCIES: &str = "dependencies";
pub(super) const RUNTIME: &str = "runtime";

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")])
        .doc("SID of the service (`ZS…`). A change replaces the project: what it has made in the first service is removed."),
    sid("environment_sid", PathPart, &[Check::Sid("ZE")])
        .read_as("sid")
        .doc(
            "SID of the environment that runs the project (`ZE…`). A change replaces the project: the first environment runs nothing more, and \
             all is uploaded and built anew.",
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
    map(BUILDS, Observed, &Kind::Text).doc(
        "SIDs of the builds that the project has made and that are there: that of `build_sid`, and earlier ones that another environment \
         runs. The text with each stands for what is in it: by it the next apply sees whether it may be deployed again.",
    ),
    objects(UNUSED, Observed, PART).doc(
        "Functions and assets that the project has made and whose last version the environment does not run: after an apply that failed, or \
         while another environment runs an earlier build. The next apply uses or removes them, and so does a destroy.",
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

const PART: &[Field] = &[
    text("kind", Observed).doc("`function` or `asset`."),
    text("path", Observed).doc("Its path."),
    sid("sid", Observed, &[Check::Sid("ZH")]).doc("Its SID (`ZH…`)."),
    sid("version_sid", Observed, &[Check::Sid("ZN")]).doc("SID of its last version (`ZN…`), if one was uploaded."),
    text("content", Observed).doc("Visibility and SHA-256 of that version."),
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
        let unknown = |planned: &mut Value, names: &[&str]| {
            for name in names {
                planned.set_attr(name, Value::UNKNOWN);
            }
        };
        if destroys && !prior.attr(BUILD).is_null() {
            warnings.add(will_run_nothing_meanwhile());
        }
        let notes = Notes::from(warnings);
        let wanted = sources(config, outcome).await?;
        if prior.is_null() {
            notes.plan(config, wanted.as_deref());
        }
        let Some(wanted) = wanted else {
            unknown(planned, &[FILES, BUILD, BUILDS, UNUSED]);
            return Ok(());
        };
        let is_of_another = !prior.attr(BUILD).is_null() && !is_imported(prior) && !is_ours(prior);
        let mut builds = is_new || prior.attr(BUILD).is_null() || is_of_another || is_other(prior, planned, &wanted);
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
        let seen = notes.seen(config).filter(|_| !is_new);
        if let Some(seen) = &seen {
            refuse_others(seen, &wanted, "Nothing was changed.")?;
        }
        let values = wanted.iter().map(|file| (file.path.clone(), file.value().into()));
        planned.set_attr(FILES, Value::Map(values.collect()));
        let has_other_folders = Sort::ALL.iter().any(|sort| {
            let folder = sort.attribute();
            prior.attr(folder) != config.attr(folder)
        });
        match is_new || (has_other_folders && builds && !is_imported(prior)) {
            true => warnings.add(what_comes(&wanted, destroys)),
            false if builds && seen.is_none() => warnings.add(terraform_compares()),
            false => {}
        }
        planned.set_attr(BUILD, prior.attr(BUILD).clone());
        if builds {
            unknown(planned, &[BUILD]);
        }
        if builds || is_imported(prior) {
            unknown(planned, &[BUILDS, UNUSED]);
        }
        if !is_new
            && is_imported(prior)
            && let Some(warning) = taken_at_their_word(prior, &wanted)
        {
            warnings.add(warning);
        }
        if let (false, true, Some(build)) = (is_new, is_of_another, prior.attr(BUILD).as_str()) {
            warnings.add(somebody_else_deployed(build));
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
            warn_of_what_is_there(call, prior, &wanted).await;
        }
        Ok(())
    })
}

/// Says what a new project meets in its service. What cannot be read is for the apply to say.
async fn warn_of_what_is_there(call: Call<'_>, prior: &Value, wanted: &[Source]) {
    let project = Project::of(call);
    let at = project.below(&[]);
    let environment = parts::seek(call, &SERVERLESS_DEPLOYMENT, &at).await.ok().flatten();
    let runs = environment.and_then(|environment| Some(environment.get(BUILD)?.as_str()?.to_owned()));
    let is_strange = |build: &String| !build.is_empty() && prior.attr(BUILDS).attr(build).is_null();
    if let Some(build) = runs.filter(is_strange) {
        call.warnings.add(runs_another(&build));
    }
    // What is replaced has them, and goes before.
    if !prior.is_null() || call.state.attr(ADOPT_EXISTING.name).as_bool() == Some(true) {
        return;
    }
    for sort in Sort::ALL {
        let files: Vec<_> = wanted.iter().filter(|file| file.sort == sort).collect();
        if files.is_empty() {
            continue;
        }
        let there = parts::by_name(call, sort.table(), &at, "friendly_name")
            .await
            .unwrap_or_default();
        let taken = files
            .into_iter()
            .filter_map(|file| Some((file.path.as_str(), there.get(&file.path)?.first()?.as_str())));
        let taken: Vec<_> = taken.collect();
        if !taken.is_empty() {
            call.warnings.add(are_there_already(sort, &taken));
        }
    }
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
pub(super) fn is_imported(state: &Value) -> bool {
    Sort::ALL.iter().all(|sort| state.attr(sort.attribute()).is_null())
}

/// Whether the build that a state names is one that the project has made, or taken over.
pub(super) fn is_ours(state: &Value) -> bool {
    let named = state.attr(BUILD).as_str();
    named.is_some_and(|sid| !state.attr(BUILDS).attr(sid).is_null())
}

fn will_run_nothing() -> Diagnostic {
    Diagnostic::warning(
        "The environment will run nothing",
        "The project is destroyed: from this apply on, the addresses of its environment answer nothing, and the builds, functions and assets \
         that it made are deleted. To leave all of it as it is, set on_destroy = \"retain\" and apply before the destroy, or use a removed \
         block with destroy = false.",
    )
}

fn will_run_nothing_meanwhile() -> Diagnostic {
    Diagnostic::warning(
        "The environment will run nothing for a while",
        "The project is replaced: what it has made is removed first, so that the addresses of its environment answer nothing until all is \
         uploaded, built and deployed anew; where environment_sid or service_sid is another one, the first environment answers nothing from \
         then on. To let the first one go on, give the other environment a twilio_serverless_deployment with build_sid of this project, in \
         place of this change.",
    )
}

fn somebody_else_deployed(build: &str) -> Diagnostic {
    Diagnostic::warning(
        "Something else was deployed to the environment",
        format!(
            "It runs the build {build}, which this project has not made. The apply deploys the project again; that build, and what is in it, \
             stays in Twilio as it is. If an apply of this project was killed, it may have made the build: then it goes with the project."
        ),
    )
    .at_attribute(BUILD)
}

/// What the project publishes. Of a replacement that Terraform was told to make it has no plan's warning.
fn what_comes(wanted: &[Source], destroys: bool) -> Diagnostic {
    let of = |visibility: &str| {
        let paths: Vec<_> = wanted
            .iter()
            .filter(|file| file.visibility == visibility)
            .map(|file| file.path.as_str())
            .collect();
        let named = paths.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = match paths.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        (paths.len(), format!("{named}{more}"))
    };
    let sorts = [
        ("public", "anybody on the internet may request"),
        ("protected", "requests that Twilio has signed get"),
        ("private", "the functions alone may read"),
    ];
    let lines = sorts.iter().filter_map(|(visibility, who)| match of(visibility) {
        (0, _) => None,
        (count, named) => Some(format!("\n  {visibility}, which {who}: {count}\n    {named}")),
    });
    let until = match destroys {
        true => "If one of them changes until the apply, nothing is removed or uploaded.".to_owned(),
        false => format!("They are uploaded as this plan has them. {TERRAFORM_COMPARES}"),
    };
    Diagnostic::warning(
        format!("{} files come with this project", wanted.len()),
        format!(
            "From the apply on the environment has:\n{}\n\n{until}",
            Vec::from_iter(lines).concat()
        ),
    )
    .at_attribute(FILES)
}

/// Its own words say nothing of files.
const TERRAFORM_COMPARES: &str = "If a file changes before they are applied, nothing is uploaded, and Terraform says \"Provider produced \
                                  inconsistent final plan\": plan again then.";

/// No note of an earlier read can be held against the files.
fn terraform_compares() -> Diagnostic {
    Diagnostic::warning(
        "The files are those of this plan",
        format!(
            "No refresh has looked at the folders, as with -refresh=false or after an import. {TERRAFORM_COMPARES}"
        ),
    )
    .at_attribute(FILES)
}

/// A replacement of something tainted looks like a create to a plan: that it is refused, only the apply knows.
fn are_there_already(sort: Sort, taken: &[(&str, &str)]) -> Diagnostic {
    let named: Vec<_> = taken
        .iter()
        .take(MOST_NAMED)
        .map(|(path, sid)| format!("{path} ({sid})"))
        .collect();
    let more = match taken.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Diagnostic::warning(
        format!("The service has {} with these names", sort.attribute()),
        format!(
            "Of the files, {} would become what the service has already: {}{more}. Where this plan says that the project is tainted or \
             replaced, it has made them itself if its state shows them in {UNUSED} or in {FILES}: they go first, and nothing is to be done. \
             Otherwise the apply refuses to take them over: set adopt_existing = true if they are to be managed here, rename the files, or give \
             the project a service of its own.",
            taken.len(),
            named.join(", ")
        ),
    )
    .at_attribute(sort.attribute())
}

fn runs_another(build: &str) -> Diagnostic {
    Diagnostic::warning(
        "The environment runs something else now",
        format!(
            "It runs the build {build}. Where this plan says that the project is tainted or replaced, and the build is one of its {BUILDS}, it \
             goes first, and nothing is to be done. Otherwise something else made it: from this apply on the environment runs the project, and \
             that build, with what is in it, stays in Twilio as it is. To have the difference in a plan, import the project first. To go \
             back, deploy {build} again."
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
