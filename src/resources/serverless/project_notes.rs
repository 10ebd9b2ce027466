//! What a project has made, beside the state: functions and assets by path, the last version of each, and builds. Nothing else is ever
//! removed, and nothing that stands here is made or uploaded again.

use serde_json::{Map, Value as Json, json};

use super::project_files::Sort;
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Call;

/// What builds are noted under: by their SIDs, what they were made of.
const BUILDS: &str = "builds";

/// What versions are noted under, by the sort: by path, the SID and what the state has of such a file.
const fn versions(sort: Sort) -> &'static str {
    match sort {
        Sort::Function => "function_versions",
        Sort::Asset => "asset_versions",
    }
}

/// The notes of one project.
#[derive(Clone, Copy)]
pub(super) struct Notes<'a>(pub(super) Call<'a>);

impl Notes<'_> {
    fn get(self, group: &str, key: &str) -> Option<Json> {
        self.0.warnings.noting(|notes| notes.get(group)?.get(key).cloned())
    }

    fn put(self, group: &str, key: &str, value: Json) {
        self.0.warnings.noting(|notes| {
            let group = notes.entry(group).or_insert_with(|| Json::Object(Map::new()));
            if let Some(group) = group.as_object_mut() {
                group.insert(key.to_owned(), value);
            }
        });
    }

    fn take_out(self, group: &str, key: &str) {
        self.0.warnings.noting(|notes| {
            let members = notes.get_mut(group).and_then(Json::as_object_mut);
            members.map(|members| members.remove(key));
        });
    }

    fn all(self, group: &str) -> Vec<(String, String)> {
        let notes: Properties = self.0.warnings.notes();
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

    /// What the state has of the version of this SID, if it is the last at its path.
    pub(super) fn value_of(self, sort: Sort, path: &str, sid: &str) -> Option<String> {
        let noted = self.get(versions(sort), path)?;
        let is_it = noted.get(0).and_then(Json::as_str) == Some(sid);
        noted.get(1).filter(|_| is_it)?.as_str().map(str::to_owned)
    }

    /// A version is there.
    pub(super) fn uploaded(self, sort: Sort, path: &str, sid: &str, value: &str) {
        self.put(versions(sort), path, json!([sid, value]));
    }

    /// Versions may be there no more.
    pub(super) fn forget_versions(self) {
        self.0.warnings.noting(|notes| {
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
