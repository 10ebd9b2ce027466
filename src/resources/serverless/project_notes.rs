//! What an operation knows of what a project has made: functions and assets by path, the last version of each, and builds. Nothing else is
//! ever removed, and nothing that stands here is made or uploaded again.
//!
//! It comes out of the state and the build that the state names, and goes back into the state ([`Notes::unused`], [`Notes::builds`]):
//! Terraform hands nothing else to the destroy that comes before a replacement. Beside the state stands only what the folders had when the
//! state was read ([`Notes::seen`]).

use serde_json::{Map, Value as Json, json};

use super::project_files::{Sort, Source, shown_files};
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::{Call, Warnings};
use crate::framework::value::Value;

/// What builds are noted under: by their SIDs, what they were made of.
const BUILDS: &str = "builds";

/// What versions are noted under, by the sort: by path, the SID and what the state has of such a file.
const fn versions(sort: Sort) -> &'static str {
    match sort {
        Sort::Function => "function_versions",
        Sort::Asset => "asset_versions",
    }
}

/// What the folders had is noted under this.
const SEEN: &str = "seen";

/// What the plan of a new project had in its folders is noted under this, for the destroy that comes before it.
const PLANNED: &str = "planned";

/// What the service had before this operation made anything is noted under this, by the sort.
const LISTED: &str = "listed";

/// What a destroy that did not come to its end left is noted under this, by the sort: the builds that led to it may be gone.
const LEFT: &str = "left";

/// What the versions in the build that runs are noted under: by their SIDs.
const RUNNING: &str = "running";

/// The notes of one project.
#[derive(Clone, Copy)]
pub(super) struct Notes<'a>(&'a Warnings);

impl<'a> From<Call<'a>> for Notes<'a> {
    fn from(call: Call<'a>) -> Self {
        Self(call.warnings)
    }
}

impl<'a> From<&'a Warnings> for Notes<'a> {
    fn from(warnings: &'a Warnings) -> Self {
        Self(warnings)
    }
}

/// Which folders an object has: what was seen of others says nothing.
fn folders(object: &Value) -> Json {
    Sort::ALL
        .map(|sort| object.attr(sort.attribute()).as_str())
        .to_vec()
        .into()
}

impl Notes<'_> {
    fn get(self, group: &str, key: &str) -> Option<Json> {
        self.0.noting(|notes| notes.get(group)?.get(key).cloned())
    }

    fn put(self, group: &str, key: &str, value: Json) {
        self.0.noting(|notes| {
            let group = notes.entry(group).or_insert_with(|| Json::Object(Map::new()));
            if let Some(group) = group.as_object_mut() {
                group.insert(key.to_owned(), value);
            }
        });
    }

    fn take_out(self, group: &str, key: &str) {
        self.0.noting(|notes| {
            let members = notes.get_mut(group).and_then(Json::as_object_mut);
            members.map(|members| members.remove(key));
        });
    }

    /// Begins anew: what an earlier operation left is in the state.
    pub(super) fn clear(self) {
        self.0.noting(Properties::clear);
    }

    /// Notes what the folders of `state` have now; nothing where that cannot be read.
    pub(super) fn see(self, state: &Value, files: Option<&[Source]>) {
        self.0.noting(|notes| {
            notes.remove(SEEN);
            if let Some(files) = files {
                notes.insert(SEEN.to_owned(), json!([folders(state), shown_files(files)]));
            }
        });
    }

    /// What the folders of `config` had when the state was read; `None` where nobody has looked at these.
    pub(super) fn seen(self, config: &Value) -> Option<Properties> {
        let seen = self.0.noting(|notes| notes.get(SEEN).cloned())?;
        let are_these = seen.get(0) == Some(&folders(config));
        seen.get(1).filter(|_| are_these)?.as_object().cloned()
    }

    /// Notes what a new project is planned to be made of; nothing where a folder is not known yet.
    pub(super) fn plan(self, config: &Value, files: Option<&[Source]>) {
        let planned = json!([folders(config), files.map(shown_files)]);
        self.0.noting(|notes| notes.insert(PLANNED.to_owned(), planned));
    }

    /// Whether what is destroyed makes room for a new project.
    pub(super) fn makes_room(self) -> bool {
        self.0.noting(|notes| notes.contains_key(PLANNED))
    }

    /// The folders of the new project, and what the plan has seen in them.
    pub(super) fn planned(self) -> Option<(Value, Properties)> {
        let planned = self.0.noting(|notes| notes.get(PLANNED).cloned())?;
        let folder = |index: usize| planned.get(0)?.get(index)?.as_str().map(str::to_owned);
        let folders = Sort::ALL.iter().enumerate();
        let folders = folders.map(|(index, sort)| (sort.attribute(), folder(index).into()));
        let files = planned.get(1)?.as_object()?.clone();
        Some((Value::object(folders), files))
    }

    /// Notes what a destroy leaves that does not come to its end.
    pub(super) fn leave_what_stands(self) {
        for sort in Sort::ALL {
            let owners = self.owners(sort).into_iter().map(|(path, sid)| (path, sid.into()));
            self.put(LEFT, sort.attribute(), Json::Object(owners.collect()));
        }
    }

    /// Begins anew, but for what a destroy left.
    pub(super) fn clear_what_is_read_anew(self) {
        self.0.noting(|notes| notes.retain(|name, _| name == LEFT));
    }

    /// Takes up what a destroy left, as far as nothing newer is known.
    pub(super) fn take_up_what_stands(self) {
        for sort in Sort::ALL {
            let left = self.get(LEFT, sort.attribute());
            let left = left.as_ref().and_then(Json::as_object).into_iter().flatten();
            for (path, sid) in left.filter_map(|(path, sid)| Some((path, sid.as_str()?))) {
                if self.owner(sort, path).is_none() {
                    self.made(sort, path, sid);
                }
            }
        }
    }

    /// The service has these functions or assets, whoever made them.
    pub(super) fn list<'s>(self, sort: Sort, sids: impl Iterator<Item = &'s String>) {
        self.put(LISTED, sort.attribute(), sids.cloned().collect());
    }

    /// Whether [`Self::list`] was called.
    pub(super) fn is_listed(self, sort: Sort) -> bool {
        self.get(LISTED, sort.attribute()).is_some()
    }

    /// Whether there was a function or an asset with this SID before, or is one that was made since.
    pub(super) fn is_there(self, sid: &str) -> bool {
        let is_listed = |sort: Sort| {
            let listed = self.get(LISTED, sort.attribute());
            let mut listed = listed.iter().filter_map(Json::as_array).flatten();
            listed.any(|one| one.as_str() == Some(sid))
        };
        let is_ours = |sort: Sort| self.owners(sort).iter().any(|(_, owner)| owner == sid);
        Sort::ALL.into_iter().any(|sort| is_listed(sort) || is_ours(sort))
    }

    /// A version is in the build that runs.
    pub(super) fn runs(self, sid: &str) {
        self.put(RUNNING, sid, true.into());
    }

    /// Another build is to run, whose versions come now.
    pub(super) fn nothing_runs(self) {
        self.0.noting(|notes| notes.remove(RUNNING));
    }

    /// Functions and assets which the build that runs has not with their last version, as the state has them.
    pub(super) fn unused(self) -> Vec<Json> {
        let of = |sort: Sort| {
            let owners = self.owners(sort).into_iter();
            owners.filter_map(move |(path, sid)| {
                let version = self.get(versions(sort), &path);
                let text = |index: usize| Some(version.as_ref()?.get(index)?.as_str()?.to_owned());
                let version = text(0);
                let is_running = version.as_ref().is_some_and(|sid| self.get(RUNNING, sid).is_some());
                let kind = sort.word();
                (!is_running).then(
                    || json!({"kind": kind, "path": path, "sid": sid, "version_sid": version, "content": text(1)}),
                )
            })
        };
        // In one order whichever of them was there first.
        let mut unused: Vec<_> = Sort::ALL.into_iter().flat_map(of).collect();
        unused.sort_by_key(|part| part["path"].to_string());
        unused
    }

    /// Takes up what [`Self::unused`] left in a state.
    pub(super) fn take_up(self, unused: &Value) {
        let Value::List(parts) = unused else { return };
        for part in parts {
            let text = |name: &str| part.attr(name).as_str();
            let sort = Sort::ALL.into_iter().find(|sort| text("kind") == Some(sort.word()));
            let (Some(sort), Some(path), Some(sid)) = (sort, text("path"), text("sid")) else {
                continue;
            };
            self.made(sort, path, sid);
            match text("version_sid") {
                Some(version) => self.uploaded(sort, path, version, text("content").unwrap_or_default()),
                None => self.take_out(versions(sort), path),
            }
        }
    }

    fn all(self, group: &str) -> Vec<(String, String)> {
        let notes: Properties = self.0.notes();
        let members = notes.get(group).and_then(Json::as_object).into_iter().flatten();
        let texts = members.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())));
        texts.collect()
    }

    /// The SID of the function or asset at a path.
    pub(super) fn owner(self, sort: Sort, path: &str) -> Option<String> {
        self.get(sort.attribute(), path)?.as_str().map(str::to_owned)
    }

    /// Paths and SIDs of all functions or assets.
    pub(super) fn owners(self, sort: Sort) -> Vec<(String, String)> {
        self.all(sort.attribute())
    }

    /// A function or asset is there.
    pub(super) fn made(self, sort: Sort, path: &str, sid: &str) {
        self.put(sort.attribute(), path, sid.into());
    }

    /// A function or asset is there no more, with its versions.
    pub(super) fn removed(self, sort: Sort, path: &str) {
        self.take_out(sort.attribute(), path);
        self.take_out(versions(sort), path);
    }

    /// The last version at a path, if it is this.
    pub(super) fn version(self, sort: Sort, path: &str, value: &str) -> Option<String> {
        let noted = self.get(versions(sort), path)?;
        let is_it = noted.get(1).and_then(Json::as_str) == Some(value);
        noted.get(0).filter(|_| is_it)?.as_str().map(str::to_owned)
    }

    /// A version is there.
    pub(super) fn uploaded(self, sort: Sort, path: &str, sid: &str, value: &str) {
        self.put(versions(sort), path, json!([sid, value]));
    }

    /// Versions may be there no more.
    pub(super) fn forget_versions(self) {
        self.0.noting(|notes| {
            for sort in Sort::ALL {
                notes.remove(versions(sort));
            }
        });
    }

    /// SIDs of the builds, and what each was made of.
    pub(super) fn builds(self) -> Vec<(String, String)> {
        self.all(BUILDS)
    }

    /// Whether a build is the project's own.
    pub(super) fn has_build(self, sid: &str) -> bool {
        self.get(BUILDS, sid).is_some()
    }

    /// A build is there.
    pub(super) fn built(self, sid: &str, of: &str) {
        self.put(BUILDS, sid, of.into());
    }

    /// A build is there no more.
    pub(super) fn build_removed(self, sid: &str) {
        self.take_out(BUILDS, sid);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unused_comes_back_from_the_state_and_what_runs_is_none_of_it() {
        let warnings = Warnings::default();
        let notes = Notes::from(&warnings);
        notes.made(Sort::Function, "/a", "ZH1");
        notes.uploaded(Sort::Function, "/a", "ZN1", "public 1");
        notes.made(Sort::Function, "/b", "ZH2");
        notes.uploaded(Sort::Function, "/b", "ZN2", "public 2");
        notes.made(Sort::Asset, "/c", "ZH3");
        notes.runs("ZN1");
        let unused = notes.unused();
        assert_eq!(
            unused,
            [
                json!({"kind": "function", "path": "/b", "sid": "ZH2", "version_sid": "ZN2", "content": "public 2"}),
                json!({"kind": "asset", "path": "/c", "sid": "ZH3", "version_sid": null, "content": null}),
            ]
        );
        let again = Warnings::default();
        let again = Notes::from(&again);
        let text = |part: &Json, name: &'static str| (name, part[name].as_str().map(str::to_owned).into());
        let names = ["kind", "path", "sid", "version_sid", "content"];
        let parts = unused
            .iter()
            .map(|part| Value::object(names.map(|name| text(part, name))));
        again.take_up(&Value::List(parts.collect()));
        assert_eq!(again.unused(), unused);
        assert_eq!(again.version(Sort::Function, "/b", "public 2").as_deref(), Some("ZN2"));
        assert_eq!(again.version(Sort::Function, "/b", "public 3"), None);
    }

    #[test]
    fn what_was_listed_or_made_is_there_before_the_next_create() {
        let warnings = Warnings::default();
        let notes = Notes::from(&warnings);
        assert!(!notes.is_listed(Sort::Function));
        notes.list(Sort::Function, ["ZH1".to_owned()].iter());
        notes.made(Sort::Asset, "/a", "ZH2");
        assert!(notes.is_listed(Sort::Function) && !notes.is_listed(Sort::Asset));
        assert_eq!(
            ["ZH1", "ZH2", "ZH3"].map(|sid| notes.is_there(sid)),
            [true, true, false]
        );
    }

    #[test]
    fn what_a_destroy_left_is_known_to_the_next_one_until_something_is_applied() {
        let warnings = Warnings::default();
        let notes = Notes::from(&warnings);
        notes.made(Sort::Function, "/a", "ZH1");
        notes.made(Sort::Asset, "/b", "ZH2");
        notes.leave_what_stands();
        notes.clear_what_is_read_anew();
        assert!(notes.owners(Sort::Function).is_empty());
        notes.made(Sort::Asset, "/b", "ZH3");
        notes.take_up_what_stands();
        assert_eq!(notes.owner(Sort::Function, "/a").as_deref(), Some("ZH1"));
        assert_eq!(notes.owner(Sort::Asset, "/b").as_deref(), Some("ZH3"));
        notes.clear();
        notes.take_up_what_stands();
        assert!(notes.owners(Sort::Function).is_empty());
    }

    #[test]
    fn a_destroy_knows_what_it_makes_room_for() {
        let warnings = Warnings::default();
        let notes = Notes::from(&warnings);
        let config = Value::object([("functions", "a".into()), ("assets", Value::Null)]);
        assert!(!notes.makes_room() && notes.planned().is_none());
        notes.plan(&config, None);
        assert!(notes.makes_room() && notes.planned().is_none());
        notes.plan(&config, Some(&[]));
        assert_eq!(notes.planned(), Some((config, Properties::new())));
    }

    #[test]
    fn what_was_seen_counts_for_the_folders_that_were_looked_at() {
        let warnings = Warnings::default();
        let notes = Notes::from(&warnings);
        let config = |functions: &str| Value::object([("functions", functions.into()), ("assets", Value::Null)]);
        assert_eq!(notes.seen(&config("a")), None);
        notes.see(&config("a"), Some(&[]));
        assert_eq!(notes.seen(&config("a")), Some(Properties::new()));
        assert_eq!(notes.seen(&config("b")), None);
        notes.see(&config("a"), None);
        assert_eq!(notes.seen(&config("a")), None);
    }
}
