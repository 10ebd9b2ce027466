//! From a folder to what an environment runs: functions and assets, their versions, a build of them, and its deployment.
//!
//! The order is always this: what is new is made and uploaded, the build is made and awaited, the environment gets it, and only then goes
//! what the new build does not need. A step that fails leaves the environment with what it ran before. What was done until then is noted, so
//! that the next apply goes on from there, and makes no second function, version or build: it stands in the state, which is all that
//! Terraform hands to the destroy that comes before a replacement.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use futures::StreamExt as _;
use futures::stream;
use serde_json::{Map, Value as Json, json};

use super::project_files::{MOST_NAMED, Sort, Source, is_same, shown_files, sources, strange, unseen};
use super::project_notes::Notes;
use super::serverless_build::SERVERLESS_BUILD;
use super::serverless_deployment::SERVERLESS_DEPLOYMENT;
use super::serverless_environment::SERVERLESS_ENVIRONMENT;
use super::serverless_project::{BUILD, BUILDS, DEPENDENCIES, FILES, RUNTIME, UNUSED, is_imported, is_ours};
use crate::engine::errors::diagnose::Attempt;
use crate::engine::facts::hooks::{Call, Fault, Step};
use crate::engine::facts::{Intent, Managed, Operation, Properties};
use crate::engine::operations::delete::is_retained;
use crate::engine::operations::wait::End;
use crate::engine::operations::{absence, parts};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, sha256};

/// Files that are uploaded at a time.
const AT_A_TIME: usize = 4;

const NAME: &str = "twilio_serverless_project";

/// A project with what is known of its parts.
#[derive(Clone, Copy)]
pub(super) struct Project<'a> {
    call: Call<'a>,
    notes: Notes<'a>,
}

impl<'a> Project<'a> {
    pub(super) fn of(call: Call<'a>) -> Self {
        Self {
            call,
            notes: Notes::from(call),
        }
    }

    /// What is below the service.
    pub(super) fn below(self, fields: &[(&'static str, &str)]) -> Value {
        let own = ["service_sid", "environment_sid", "account_sid"];
        let own = own.map(|name| (name, self.call.state.attr(name).clone()));
        let more = fields.iter().map(|(name, value)| (*name, Value::string(*value)));
        Value::object(own.into_iter().chain(more))
    }
}

/// Refuses to begin where the files are not those of the plan, and where a new path is that of a function or asset which something else
/// made: it would be changed, and removed with this project.
pub(super) fn refuse_what_does_not_fit<'a>(call: Call<'a>, intent: Intent<'a>) -> Step<'a> {
    Box::pin(async move {
        let outcome = match intent.operation {
            Operation::Create => "Nothing was created.",
            _ => "Nothing was changed.",
        };
        let Some(files) = sources(intent.config, outcome).await? else {
            return Ok(());
        };
        if let Value::Map(planned) = intent.planned.attr(FILES) {
            let planned = planned
                .iter()
                .map(|(path, value)| (path.clone(), value.as_str().into()));
            refuse_others(&planned.collect(), &files, outcome)?;
        }
        let project = Project::of(call);
        if intent.planned.attr(BUILDS).is_unknown() {
            project.recall(intent.prior).await?;
        }
        if !intent.planned.attr(BUILD).is_unknown() {
            return Ok(());
        }
        for sort in Sort::ALL {
            project.refuse_strangers(sort, intent, &files, outcome).await?;
        }
        Ok(())
    })
}

/// Refuses files that are others than these. The words are the same in the plan within an apply as in the apply: which of the two sees it
/// first is Terraform's affair.
///
/// # Errors
/// A diagnostic at the first path where they differ.
pub(super) fn refuse_others(before: &Properties, files: &[Source], outcome: &str) -> Result<(), Diagnostic> {
    let at = |path: &str| before.get(path).and_then(Json::as_str);
    let now = |path: &str| files.iter().find(|file| file.path == path).map(Source::value);
    let paths: BTreeSet<_> = before.keys().chain(files.iter().map(|file| &file.path)).collect();
    let mut others = paths.into_iter().filter(|path| at(path) != now(path).as_deref());
    let Some(path) = others.next() else { return Ok(()) };
    let more = match others.count() {
        0 => String::new(),
        more => format!(", and so at {more} more paths"),
    };
    Err(Diagnostic::error(
        format!("The files for {NAME} changed after the plan"),
        format!(
            "{FILES}: at {path} is not what was there when the project was last read{more}. That was in this plan or, with -refresh=false, in \
             an earlier run.\n\n  then: {}\n  now:  {}\n\nNothing was uploaded. {outcome} Plan and apply again, and without \
             -refresh=false. If something writes the files while Terraform runs, let it finish before the plan.",
            at(path).unwrap_or("no file"),
            now(path).as_deref().unwrap_or("no file")
        ),
    )
    .at_attribute(FILES))
}

impl Project<'_> {
    /// The SIDs of what the service has of a sort, by their names. What is there now, no later create has made.
    async fn names(self, sort: Sort) -> Result<BTreeMap<String, Vec<String>>, Fault> {
        parts::by_name(self.call, sort.table(), &self.below(&[]), "friendly_name").await
    }

    async fn refuse_strangers(
        self,
        sort: Sort,
        intent: Intent<'_>,
        files: &[Source],
        outcome: &str,
    ) -> Result<(), Fault> {
        // What the first plan after an import showed as a part of what runs is taken over by it.
        let is_shown = |path: &str| is_imported(intent.prior) && !intent.prior.attr(FILES).attr(path).is_null();
        let is_new =
            |file: &&Source| file.sort == sort && self.notes.owner(sort, &file.path).is_none() && !is_shown(&file.path);
        let new: Vec<_> = files.iter().filter(is_new).collect();
        if new.is_empty() {
            return Ok(());
        }
        let there = self.names(sort).await?;
        self.notes.list(sort, there.values().flatten());
        let taken = new.iter().filter_map(|file| Some((file, there.get(&file.path)?)));
        let taken: Vec<_> = taken.collect();
        let adopts = intent.planned.attr("adopt_existing").as_bool() == Some(true);
        if adopts && taken.iter().all(|(_, sids)| sids.len() == 1) {
            for (file, sids) in taken {
                if let [sid] = sids.as_slice() {
                    self.notes.made(sort, &file.path, sid);
                }
            }
            return Ok(());
        }
        match taken.is_empty() {
            true => Ok(()),
            false => {
                let named = taken
                    .iter()
                    .map(|(file, sids)| format!("\n  {} ({})", file.path, sids.join(", ")));
                let named: Vec<_> = named.take(MOST_NAMED).collect();
                Err(there_already(sort, taken.len(), &named.concat(), adopts, outcome).into())
            }
        }
    }
}

fn there_already(sort: Sort, count: usize, named: &str, adopts: bool, outcome: &str) -> Diagnostic {
    let way_out = match adopts {
        true => {
            "Some of these names occur more than once, so it is not known which are meant: delete or rename those that are not, and apply again."
        }
        false => {
            "If this project left them, because an apply was killed or its environment was deleted, or they are to be managed here from now on, set adopt_existing = true, and \
             apply again: they are then changed to the files, and go with the project. If this project replaces another, take \
             create_before_destroy out of its lifecycle. Otherwise rename the files, or give the project a service of its own."
        }
    };
    Diagnostic::error(
        format!("The service has {} of {NAME} already", sort.attribute()),
        format!(
            "{}: of the files, {count} would become what the service has already, made by something else:\n{named}\n\n{outcome} {way_out}",
            sort.attribute()
        ),
    )
    .at_attribute(sort.attribute())
}

/// Whatever the response to a create says, what is not new was not made by it.
fn made_another(file: &Source, sid: &str, why: &str) -> Diagnostic {
    let (word, path) = (file.sort.word(), &file.path);
    Diagnostic::error(
        format!("Twilio answered with another {word}"),
        format!(
            "The request was to make the {word} {path}, and the response names {sid}, which {why}. It was not taken over, and nothing was \
             uploaded to it. Whether a {word} {path} was made is not known: the next apply names it, if there is one. Look whether a proxy or a \
             cache is between Terraform and Twilio, and apply again."
        ),
    )
}

/// Brings the environment to what the folders have. `object` is the environment, and then has what was reached, also where that is not all.
pub(super) fn bring_about<'a>(call: Call<'a>, intent: Intent<'a>, object: &'a mut Properties) -> Step<'a> {
    Box::pin(async move {
        let project = Project::of(call);
        let outcome = project.bring(intent, object).await;
        project.leave(intent, object, outcome.is_ok());
        outcome
    })
}

impl Project<'_> {
    async fn bring(self, intent: Intent<'_>, object: &mut Properties) -> Result<(), Fault> {
        let running = object.get(BUILD).and_then(Json::as_str).map(str::to_owned);
        let running = running.filter(|sid| !sid.is_empty());
        let outcome = "Nothing was uploaded.";
        let Some(files) = sources(intent.config, outcome).await? else {
            return Ok(());
        };
        if let (Some(running), false) = (&running, intent.planned.attr(BUILD).is_unknown()) {
            if is_imported(intent.prior) {
                self.note_what_runs(intent, &files, running).await?;
            }
            return Ok(());
        }
        let of = made_of(&files, intent.planned);
        let adopts = intent.planned.attr("adopt_existing").as_bool() == Some(true);
        if let (Some(running), true) = (&running, adopts && self.notes.builds().is_empty()) {
            self.note_what_runs(intent, &files, running).await?;
        }
        let build = match self.built_before(&of, &files).await? {
            Some(build) => build,
            None => {
                self.make_and_upload(intent, &files, running.as_deref()).await?;
                self.build(intent, &files, &of).await?
            }
        };
        let sid = text(&build, "sid");
        if running.as_ref() != Some(&sid) {
            self.deploy(&sid).await?;
        }
        self.notes.nothing_runs();
        for version in versions_in(&build) {
            self.take_in(&version, &files);
        }
        object.insert(BUILD.to_owned(), sid.as_str().into());
        object.insert(FILES.to_owned(), Json::Object(shown_files(&files)));
        self.tidy(&files, &sid).await;
        Ok(())
    }

    /// A version of the build that runs, made of one of these files.
    fn take_in(self, version: &InBuild, files: &[Source]) {
        self.notes.made(version.sort, &version.path, &version.owner);
        self.notes.runs(&version.sid);
        let same = |file: &&Source| file.sort == version.sort && file.path == version.path;
        if let Some(file) = files.iter().find(same) {
            self.notes.uploaded(file.sort, &file.path, &version.sid, &file.value());
        }
    }

    /// Puts into the state what the project has made so far.
    fn leave(self, intent: Intent<'_>, object: &mut Properties, is_done: bool) {
        if intent.planned.attr(BUILDS).is_unknown() {
            let builds = self.notes.builds().into_iter().map(|(sid, of)| (sid, of.into()));
            object.insert(BUILDS.to_owned(), Json::Object(builds.collect()));
            object.insert(UNUSED.to_owned(), self.notes.unused().into());
        }
        if !is_done && !object.contains_key(FILES) {
            // What is planned is not what runs.
            let before = match intent.prior.attr(FILES) {
                Value::Map(before) => before
                    .iter()
                    .map(|(path, value)| (path.clone(), value.as_str().into()))
                    .collect(),
                _ => Map::new(),
            };
            object.insert(FILES.to_owned(), Json::Object(before));
        }
        self.notes.clear();
    }

    /// Takes up what the state says of parts: the builds, what is in the one that it names, and what is in none.
    async fn recall(self, state: &Value) -> Result<(), Fault> {
        self.notes.clear_what_is_read_anew();
        self.recall_builds(state).await?;
        self.notes.take_up_what_stands();
        Ok(())
    }

    async fn recall_builds(self, state: &Value) -> Result<(), Fault> {
        let Value::Map(builds) = state.attr(BUILDS) else {
            return Ok(());
        };
        let named = state.attr(BUILD).as_str();
        let is_ours = is_ours(state);
        for (sid, of) in builds {
            self.notes.built(sid, of.as_str().unwrap_or_default());
        }
        // Where something else's build runs, each of its own is read for what it has; what they were made of is not known then.
        for sid in builds.keys().filter(|sid| !is_ours || named == Some(sid.as_str())) {
            let Some(build) = self.seek_build(sid).await? else {
                self.notes.build_removed(sid);
                continue;
            };
            for version in versions_in(&build) {
                self.notes.made(version.sort, &version.path, &version.owner);
                if let (true, Some(value)) = (is_ours, state.attr(FILES).attr(&version.path).as_str()) {
                    self.notes.runs(&version.sid);
                    self.notes.uploaded(version.sort, &version.path, &version.sid, value);
                }
            }
        }
        self.notes.take_up(state.attr(UNUSED));
        Ok(())
    }
}

/// What later steps are a part of. The first apply is an update of what is there, too, and has no folders before it.
fn operation_of(intent: Intent<'_>) -> Operation {
    match Sort::ALL
        .iter()
        .all(|sort| intent.prior.attr(sort.attribute()).is_null())
    {
        true => Operation::Complete,
        false => Operation::Continue,
    }
}

/// Whether a build has the runtime and the packages that are configured, to which Twilio adds its own.
pub(super) fn is_built_alike(build: &Properties, planned: &Value) -> bool {
    let runs = planned
        .attr(RUNTIME)
        .as_str()
        .is_none_or(|runtime| text(build, "runtime") == runtime);
    let Value::Map(packages) = planned.attr(DEPENDENCIES) else {
        return runs;
    };
    let installed = build.get(DEPENDENCIES).and_then(Json::as_array).into_iter().flatten();
    let installed: BTreeMap<_, _> = installed
        .filter_map(|one| Some((one.get("name")?.as_str()?, one.get("version")?.as_str())))
        .collect();
    let mut packages = packages.iter();
    runs && packages.all(|(name, version)| installed.get(name.as_str()).copied().flatten() == version.as_str())
}

/// What tells two builds apart: files, packages and runtime.
fn made_of(files: &[Source], planned: &Value) -> String {
    let sorts: Vec<_> = files.iter().map(|file| file.sort.attribute()).collect();
    let packages = match planned.attr(DEPENDENCIES) {
        Value::Map(packages) => packages
            .iter()
            .map(|(name, version)| (name.clone(), version.as_str().into()))
            .collect(),
        _ => Map::new(),
    };
    let of = json!([sorts, shown_files(files), packages, planned.attr(RUNTIME).as_str()]);
    sha256(of.to_string().as_bytes())
}

impl Project<'_> {
    /// Notes of the build that runs, and was made elsewhere, what the folders have too: where the plan has shown it, as after an import, and
    /// where it was adopted. All of it is the build that is wanted.
    async fn note_what_runs(self, intent: Intent<'_>, files: &[Source], running: &str) -> Result<(), Fault> {
        let Some(build) = self.seek_build(running).await? else {
            return Ok(());
        };
        let versions = versions_in(&build);
        let count = versions.len();
        for version in versions {
            let same = |file: &&Source| file.sort == version.sort && file.path == version.path;
            let Some(file) = files.iter().find(same) else {
                continue;
            };
            let shown = intent.prior.attr(FILES).attr(&version.path).as_str();
            let shown = shown.filter(|_| is_imported(intent.prior)).map(str::to_owned);
            let stored = match shown {
                Some(shown) => {
                    self.notes.made(file.sort, &file.path, &version.owner);
                    shown
                }
                None if self.notes.owner(file.sort, &file.path).as_ref() == Some(&version.owner) => {
                    self.value_of(&version, &BTreeMap::new(), false).await?
                }
                None => continue,
            };
            if is_same(&stored, file) && version.visibility == file.visibility {
                self.notes.uploaded(file.sort, &file.path, &version.sid, &file.value());
                self.notes.runs(&version.sid);
            }
        }
        let has_all = files
            .iter()
            .all(|file| self.notes.version(file.sort, &file.path, &file.value()).is_some());
        if has_all && count == files.len() && is_built_alike(&build, intent.planned) {
            self.notes.built(running, &made_of(files, intent.planned));
        }
        Ok(())
    }

    pub(super) async fn seek_build(self, sid: &str) -> Result<Option<Properties>, Fault> {
        parts::seek(self.call, &SERVERLESS_BUILD, &self.below(&[("sid", sid)])).await
    }

    /// A build of the same, which an apply made that did not come to its end, or that is to run again.
    async fn built_before(self, of: &str, files: &[Source]) -> Result<Option<Properties>, Fault> {
        for (sid, _) in self.notes.builds().iter().filter(|(_, noted)| noted == of) {
            match self.seek_build(sid).await? {
                None => self.notes.build_removed(sid),
                Some(build) if build.get("status").and_then(Json::as_str) == Some("failed") => {
                    self.drop_build(sid).await;
                }
                Some(mut build) => {
                    self.completed(sid, &mut build).await?;
                    self.refuse_another_build(&build, files, None)?;
                    return Ok(Some(build));
                }
            }
        }
        Ok(None)
    }

    /// Each file as the last version of its function or asset.
    async fn make_and_upload(self, intent: Intent<'_>, files: &[Source], running: Option<&str>) -> Result<(), Fault> {
        if let (Some(running), true) = (running, is_imported(intent.prior) && self.notes.builds().is_empty()) {
            self.note_what_runs(intent, files, running).await?;
        }
        let has_failed = AtomicBool::new(false);
        let steps: Vec<_> = files
            .iter()
            .map(|file| self.unless_failed(&has_failed, intent, file))
            .collect();
        let outcomes: Vec<_> = stream::iter(steps).buffer_unordered(AT_A_TIME).collect().await;
        outcomes.into_iter().collect()
    }

    /// What is under way is finished and noted, and nothing more is begun.
    async fn unless_failed(self, has_failed: &AtomicBool, intent: Intent<'_>, file: &Source) -> Result<(), Fault> {
        if has_failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        let outcome = self.one_file(file).await;
        has_failed.fetch_or(outcome.is_err(), Ordering::Relaxed);
        outcome.map_err(|fault| self.about(intent, file, fault))
    }

    async fn one_file(self, file: &Source) -> Result<(), Fault> {
        if self.notes.version(file.sort, &file.path, &file.value()).is_some() {
            return Ok(());
        }
        match self.notes.owner(file.sort, &file.path) {
            None => {}
            Some(owner) => match self.upload(file, &owner).await {
                // Twilio takes away what is without a version, and somebody else may have removed it.
                Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => {
                    self.notes.removed(file.sort, &file.path);
                }
                outcome => return outcome,
            },
        }
        // What is made of other files meanwhile is in no list that others take.
        let there = match self.notes.is_listed(file.sort) {
            true => BTreeMap::new(),
            false => self.names(file.sort).await?,
        };
        let planned = self.below(&[("friendly_name", &file.path)]);
        let made = parts::make(self.call, file.sort.table(), &planned).await?;
        let owner = text(&made, "sid");
        if text(&made, "friendly_name") != file.path {
            return Err(made_another(file, &owner, "has another name").into());
        }
        if self.notes.is_there(&owner) || there.values().flatten().any(|sid| *sid == owner) {
            return Err(made_another(file, &owner, "was in the service before the request was sent").into());
        }
        self.notes.made(file.sort, &file.path, &owner);
        self.upload(file, &owner).await
    }

    async fn upload(self, file: &Source, owner: &str) -> Result<(), Fault> {
        let planned = self.below(&[
            ("sid", owner),
            ("friendly_name", &file.path),
            ("path", &file.path),
            ("visibility", file.visibility),
            ("source", &file.file),
            ("content_sha256", &file.sha256),
        ]);
        let version = match parts::upload(self.call, file.sort.table(), &planned).await {
            // What is in a version of an asset Twilio does not show, so one whose response was lost is never taken for ours. One more
            // does no harm: what is in no build Twilio takes away after some days.
            Err(Fault::Api(error)) if error.kind == ErrorKind::Ambiguous => {
                parts::upload(self.call, file.sort.table(), &planned).await?
            }
            version => version?,
        };
        let sid = text(&version, "sid");
        self.notes.uploaded(file.sort, &file.path, &sid, &file.value());
        Ok(())
    }

    /// Says at the folder of which file an error is: there may be hundreds.
    fn about(self, intent: Intent<'_>, file: &Source, fault: Fault) -> Fault {
        let mut diagnostic = match fault {
            Fault::Api(error) if error.kind == ErrorKind::Stopped => return Fault::Api(error),
            Fault::Api(error) => {
                let attempt = Attempt {
                    object: self.call.object,
                    operation: operation_of(intent),
                    state: intent.planned,
                };
                attempt.diagnose(Fault::Api(error))
            }
            Fault::Diagnostic(diagnostic) => *diagnostic,
        };
        diagnostic.detail = format!(
            "The file for {} could not be uploaded. {} What the environment runs was not changed.",
            file.path, diagnostic.detail
        );
        diagnostic.at_attribute(file.sort.attribute()).into()
    }

    async fn build(self, intent: Intent<'_>, files: &[Source], of: &str) -> Result<Properties, Fault> {
        let versions = |sort: Sort| {
            let own = files.iter().filter(|file| file.sort == sort);
            let sids = own.filter_map(|file| self.notes.version(sort, &file.path, &file.value()));
            let sids: Vec<_> = sids.map(Value::String).collect();
            match sids.is_empty() {
                true => Value::Null,
                false => Value::Set(sids),
            }
        };
        let mut planned = self.below(&[]);
        planned.set_attr("function_version_sids", versions(Sort::Function));
        planned.set_attr("asset_version_sids", versions(Sort::Asset));
        for name in [DEPENDENCIES, RUNTIME] {
            planned.set_attr(name, intent.planned.attr(name).clone());
        }
        let mut build = match parts::make(self.call, &SERVERLESS_BUILD, &planned).await {
            Err(Fault::Api(error)) => {
                // Twilio takes versions away that are in no build for some days. Those of the next apply are new.
                if error.kind == ErrorKind::Invalid && error.twilio_code == Some(20001) {
                    self.notes.forget_versions();
                }
                return Err(Fault::Api(error));
            }
            made => made?,
        };
        let sid = text(&build, "sid");
        self.notes.built(&sid, of);
        self.completed(&sid, &mut build).await?;
        let sent = files
            .iter()
            .filter_map(|file| self.notes.version(file.sort, &file.path, &file.value()));
        self.refuse_another_build(&build, files, Some(&sent.collect()))?;
        Ok(build)
    }

    /// A build that has not what was to be in it is not deployed, whoever answered with it. `sent` are the versions that were sent; of a
    /// build from before they may not be known.
    fn refuse_another_build(
        self,
        build: &Properties,
        files: &[Source],
        sent: Option<&BTreeSet<String>>,
    ) -> Result<(), Fault> {
        let versions = versions_in(build);
        let found: BTreeSet<_> = versions
            .iter()
            .map(|version| (version.sort, version.path.as_str(), version.visibility.as_str()))
            .collect();
        let wanted: BTreeSet<_> = files
            .iter()
            .map(|file| (file.sort, file.path.as_str(), file.visibility))
            .collect();
        let is_sent = |version: &InBuild| sent.is_none_or(|sent| sent.contains(&version.sid));
        if found == wanted && versions.len() == files.len() && versions.iter().all(is_sent) {
            return Ok(());
        }
        let sid = text(build, "sid");
        self.notes.build_removed(&sid);
        Err(Diagnostic::error(
            format!("Twilio answered with another build for {NAME}"),
            format!(
                "The build {sid}, with which Twilio answered, has not the files that were to be built. It was not deployed, and is left as it is. The \
                 environment runs what it ran before. Look at that build in the Console, and apply again: that makes another one. A proxy or a \
                 cache may also be in between."
            ),
        )
        .into())
    }

    /// Waits until a build is completed. One that never will be goes.
    async fn completed(self, sid: &str, build: &mut Properties) -> Result<(), Fault> {
        let Some(wait) = SERVERLESS_BUILD.waits.first() else {
            return Ok(());
        };
        let state = self.below(&[("sid", sid)]);
        let kept = "The environment runs what it ran before.";
        let (summary, detail) = match parts::until_done(self.call, &SERVERLESS_BUILD, &state, wait, build).await? {
            End::Reached => return Ok(()),
            End::Failed => {
                self.drop_build(sid).await;
                (
                    format!("The build of {NAME} failed"),
                    format!(
                        "The files were uploaded, and Twilio ended the build {sid} of them with a failure. {} {kept} Correct what is wrong, \
                         and apply again: only what you change is uploaded.",
                        wait.fails_on.look
                    ),
                )
            }
            End::TooLong | End::Stopped => (
                format!("The build of {NAME} is not completed yet"),
                format!(
                    "Twilio works on the build {sid} since more than {} minutes. {kept} Apply again: that waits for this build, and makes no \
                     second one.",
                    wait.at_most.as_secs() / 60
                ),
            ),
        };
        Err(Diagnostic::error(summary, detail).into())
    }

    /// Removes a build that is of no use, as far as Twilio lets it go: it stays noted where not.
    async fn drop_build(self, sid: &str) {
        match self.remove(&SERVERLESS_BUILD, sid).await {
            true => self.notes.build_removed(sid),
            false => tracing::info!(sid, "a build stays, because Twilio does not delete it now"),
        }
    }

    async fn remove(self, table: &'static Managed, sid: &str) -> bool {
        let removed = parts::remove(self.call, table, &self.below(&[("sid", sid)])).await;
        if let Err(Fault::Api(why)) = &removed {
            tracing::info!(sid, reason = %why, "it is left for the next apply to remove");
        }
        removed.is_ok()
    }

    /// Lets the environment run a build. That counts when the response says so, or the environment.
    async fn deploy(self, build: &str) -> Result<(), Fault> {
        let planned = self.below(&[(BUILD, build)]);
        let record = parts::change(self.call, &SERVERLESS_DEPLOYMENT, &self.below(&[]), &planned).await?;
        let environment = self.call.state.attr("environment_sid").as_str();
        if text(&record, BUILD) == build && record.get("environment_sid").and_then(Json::as_str) == environment {
            return Ok(());
        }
        let runs = parts::seek(self.call, &SERVERLESS_DEPLOYMENT, &planned).await?;
        match runs.is_some_and(|environment| text(&environment, BUILD) == build) {
            true => Ok(()),
            false => Err(Diagnostic::error(
                format!("The build of {NAME} was not deployed"),
                format!(
                    "Twilio took the request to let the environment run the build {build}, and shows another one there, so what it runs is not \
                     known. Apply again: that deploys the build, and makes no second one."
                ),
            )
            .into()),
        }
    }

    /// Removes what the deployed build does not need. What Twilio keeps, because another environment runs it, stays noted for the next
    /// apply: nothing is wrong with that.
    async fn tidy(self, files: &[Source], build: &str) {
        let earlier: Vec<_> = self
            .notes
            .builds()
            .into_iter()
            .filter(|(sid, _)| sid != build)
            .collect();
        if !earlier.is_empty() {
            // Who may not see the environments is refused by Twilio itself.
            let running = self.running().await.unwrap_or_default();
            for (sid, _) in earlier.iter().filter(|(sid, _)| !running.contains_key(sid)) {
                self.drop_build(sid).await;
            }
        }
        // A build that another environment runs may need what is gone here.
        if self.notes.builds().len() > 1 {
            return;
        }
        for sort in Sort::ALL {
            let is_gone = |path: &str| !files.iter().any(|file| file.sort == sort && file.path == path);
            for (path, sid) in self.notes.owners(sort) {
                if is_gone(&path) && self.remove(sort.table(), &sid).await {
                    self.notes.removed(sort, &path);
                }
            }
        }
    }
}

/// Takes the build out of the environment, and removes what the project has made.
pub(super) fn take_back<'a>(call: Call<'a>, _: &'static Managed) -> Step<'a> {
    Box::pin(async move {
        let project = Project::of(call);
        let is_replaced = project.notes.makes_room();
        if let Some((folders, planned)) = project.notes.planned() {
            // What follows would be refused, and the environment run nothing until then.
            let outcome = "Nothing was removed.";
            if let Some(files) = sources(&folders, outcome).await? {
                refuse_others(&planned, &files, outcome)?;
            }
        }
        if is_retained(call.state) {
            return Ok(());
        }
        let state = project.below(&[]);
        let environment = parts::seek(call, &SERVERLESS_DEPLOYMENT, &state).await?;
        if environment.is_none() {
            // In an account that is out of sight everything looks gone.
            absence::confirm(call).await?;
        }
        project.recall(call.state).await?;
        let has_built = matches!(call.state.attr(BUILDS), Value::Map(builds) if !builds.is_empty());
        let has_parts = Sort::ALL.iter().any(|sort| !project.notes.owners(*sort).is_empty());
        if has_built && project.notes.builds().is_empty() && !has_parts {
            call.warnings.add(left_by_what_was_killed(call.state));
        }
        project.refuse_while_others_run_it(is_replaced).await?;
        let runs = environment
            .map(|environment| text(&environment, BUILD))
            .unwrap_or_default();
        let is_as_imported = is_imported(call.state) && call.state.attr(BUILD).as_str() == Some(runs.as_str());
        if !runs.is_empty() && (is_as_imported || project.notes.has_build(&runs)) {
            let prior = project.below(&[(BUILD, &runs)]);
            parts::change(call, &SERVERLESS_DEPLOYMENT, &prior, &state).await?;
        }
        let removed = project.remove_all().await;
        if removed.is_err() {
            project.notes.leave_what_stands();
        }
        removed
    })
}

/// The builds of the state are what leads to the rest.
fn left_by_what_was_killed(state: &Value) -> Diagnostic {
    let service = state.attr("service_sid").as_str().unwrap_or("of the project");
    Diagnostic::warning(
        "Functions and assets may be left in Twilio",
        format!(
            "None of the builds that the state names is there any more, as after an apply that was killed, or where somebody deleted them. So \
             which functions and assets were this project's is not known, and they were left in the service {service}, with what its \
             environment runs. Look there, and delete what is of no use."
        ),
    )
}

fn others_run_it(environment: &str, build: &str, is_replaced: bool) -> Diagnostic {
    let way_out = match is_replaced {
        true => {
            "The project is replaced, which removes it first, and that cannot be done while this environment needs it. To go on with the project \
             as it is, take -replace or the new service_sid or environment_sid back, or run terraform untaint with its address, and apply. To \
             replace it, destroy the twilio_serverless_deployment of this environment first: its addresses answer nothing until it gets \
             the new build."
        }
        false => {
            "Destroy the twilio_serverless_deployment that lets it run the build, or let it run another, and destroy again; or leave all of it in \
             Twilio with on_destroy = \"retain\", and apply before the destroy."
        }
    };
    Diagnostic::error(
        format!("Another environment runs a build of {NAME}"),
        format!(
            "The environment {environment} runs the build {build}, which Twilio keeps as long as it does, with the functions and assets in it. \
             Nothing was changed. {way_out}"
        ),
    )
}

impl Project<'_> {
    /// The environments that run each build.
    async fn running(self) -> Result<BTreeMap<String, Vec<String>>, Fault> {
        parts::by_name(self.call, &SERVERLESS_ENVIRONMENT, &self.below(&[]), BUILD).await
    }

    /// What another environment runs Twilio keeps: that is said before this environment is taken down for nothing.
    async fn refuse_while_others_run_it(self, is_replaced: bool) -> Result<(), Fault> {
        let own = self.call.state.attr("environment_sid").as_str();
        // Who may not see the environments is refused by Twilio itself.
        let running = self.running().await.unwrap_or_default();
        for (build, _) in self.notes.builds() {
            let others = running.get(&build).into_iter().flatten();
            if let Some(other) = others.into_iter().find(|other| Some(other.as_str()) != own) {
                return Err(others_run_it(other, &build, is_replaced).into());
            }
        }
        Ok(())
    }

    /// Removes the builds, and what was in them. What is gone is noted as gone.
    async fn remove_all(self) -> Result<(), Fault> {
        for (sid, _) in self.notes.builds() {
            parts::remove(self.call, &SERVERLESS_BUILD, &self.below(&[("sid", &sid)])).await?;
            self.notes.build_removed(&sid);
        }
        self.remove_builds_of_nothing_else().await;
        for sort in Sort::ALL {
            for (path, sid) in self.notes.owners(sort) {
                parts::remove(self.call, sort.table(), &self.below(&[("sid", &sid)])).await?;
                self.notes.removed(sort, &path);
            }
        }
        Ok(())
    }

    /// An apply that was killed may have left a build that no state has. Twilio keeps functions with versions in a build
    /// (<https://github.com/twilio-labs/serverless-toolkit/issues/148>), and one with nothing else in it is of no use without them.
    async fn remove_builds_of_nothing_else(self) {
        let owners = Sort::ALL.map(|sort| self.notes.owners(sort));
        let owners: BTreeSet<_> = owners.into_iter().flatten().map(|(_, sid)| sid).collect();
        if owners.is_empty() {
            return;
        }
        let builds = parts::all(self.call, &SERVERLESS_BUILD, &self.below(&[])).await;
        for build in builds.unwrap_or_default() {
            let versions = versions_in(&build);
            if !versions.is_empty() && versions.iter().all(|version| owners.contains(&version.owner)) {
                self.drop_build(&text(&build, "sid")).await;
            }
        }
    }
}

/// A version as a build shows it.
struct InBuild {
    sort: Sort,
    sid: String,
    owner: String,
    path: String,
    visibility: String,
}

fn versions_in(build: &Properties) -> Vec<InBuild> {
    let of = |sort: Sort| {
        let (property, owner) = sort.in_build();
        let versions = build.get(property).and_then(Json::as_array).into_iter().flatten();
        versions.filter_map(Json::as_object).map(move |version| InBuild {
            sort,
            sid: text(version, "sid"),
            owner: text(version, owner),
            path: text(version, "path"),
            visibility: text(version, "visibility"),
        })
    };
    Sort::ALL.into_iter().flat_map(of).collect()
}

fn text(object: &Properties, name: &str) -> String {
    object.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// Adds to what was read of the environment the files of the build that it runs: those of the state where the state names that build, as a
/// build never changes. What is in the folders is noted for the plan.
pub(super) fn read<'a>(call: Call<'a>, object: &'a mut Properties) -> Step<'a> {
    Box::pin(async move {
        let project = Project::of(call);
        let folders = sources(call.state, "").await.ok().flatten();
        project.notes.see(call.state, folders.as_deref());
        let running = text(object, BUILD);
        let stored = call.state.attr(BUILD);
        // What runs before the first apply is not the project's.
        if running.is_empty() || stored.is_unknown() {
            object.insert(FILES.to_owned(), Json::Object(Map::new()));
            return Ok(());
        }
        if stored.as_str() == Some(running.as_str()) && matches!(call.state.attr(FILES), Value::Map(_)) {
            return Ok(());
        }
        let own = project.own_versions().await?;
        let build = project.seek_build(&running).await?;
        let versions = build.map(|build| versions_in(&build)).unwrap_or_default();
        let reads: Vec<_> = versions
            .into_iter()
            .map(|version| project.as_in_the_state(version, &own))
            .collect();
        let read: Vec<_> = stream::iter(reads).buffered(AT_A_TIME).collect().await;
        let files = read.into_iter().collect::<Result<Map<_, _>, _>>()?;
        object.insert(FILES.to_owned(), Json::Object(files));
        Ok(())
    })
}

impl Project<'_> {
    /// By SID of the version, what the project is known to have uploaded.
    async fn own_versions(self) -> Result<BTreeMap<String, String>, Fault> {
        let state = self.call.state;
        let mut own = BTreeMap::new();
        if let (true, Some(sid)) = (is_ours(state), state.attr(BUILD).as_str())
            && let Some(build) = self.seek_build(sid).await?
        {
            own.extend(versions_in(&build).into_iter().filter_map(|version| {
                let value = state.attr(FILES).attr(&version.path).as_str()?;
                Some((version.sid, value.to_owned()))
            }));
        }
        if let Value::List(parts) = state.attr(UNUSED) {
            own.extend(parts.iter().filter_map(|part| {
                let text = |name: &str| part.attr(name).as_str().map(str::to_owned);
                Some((text("version_sid")?, text("content")?))
            }));
        }
        Ok(own)
    }

    async fn as_in_the_state(self, version: InBuild, own: &BTreeMap<String, String>) -> Result<(String, Json), Fault> {
        let value = self.value_of(&version, own, is_imported(self.call.state)).await?;
        Ok((version.path, value.into()))
    }

    /// What the state has of a version. What Twilio does not show is taken at its word after an import alone: what the project has uploaded
    /// since then is known.
    async fn value_of(
        self,
        version: &InBuild,
        own: &BTreeMap<String, String>,
        is_imported: bool,
    ) -> Result<String, Fault> {
        if let Some(value) = own.get(&version.sid) {
            return Ok(value.clone());
        }
        let state = self.below(&[("sid", &version.owner)]);
        let hash = parts::shown_hash(self.call, version.sort.table(), &state, &version.sid).await?;
        Ok(match (hash, is_imported) {
            (Some(hash), _) => format!("{} {hash}", version.visibility),
            (None, true) => unseen(&version.visibility),
            (None, false) => strange(&version.visibility),
        })
    }
}
