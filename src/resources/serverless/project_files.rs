//! The files of a project: which function or asset each is, and who may request it. The names are those of Twilio's Serverless Toolkit:
//! <https://www.twilio.com/docs/labs/serverless-toolkit/general-usage>.

use std::collections::BTreeMap;

use crate::engine::facts::Managed;
use crate::engine::values::folder;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

use super::serverless_asset::SERVERLESS_ASSET;
use super::serverless_function::SERVERLESS_FUNCTION;

/// Twilio takes paths of no more characters.
const LONGEST_PATH: usize = 255;

/// What a file becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A function.
    Function,
    /// An asset.
    Asset,
}

impl Sort {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Function, Self::Asset];

    /// The attribute with the folder, which is also the word of the notes.
    pub(super) const fn attribute(self) -> &'static str {
        match self {
            Self::Function => "functions",
            Self::Asset => "assets",
        }
    }

    /// The table of one.
    pub(super) const fn table(self) -> &'static Managed {
        match self {
            Self::Function => &SERVERLESS_FUNCTION,
            Self::Asset => &SERVERLESS_ASSET,
        }
    }

    /// Where a build shows versions of it, and where those have the SID of what they are a version of.
    pub(super) const fn in_build(self) -> (&'static str, &'static str) {
        match self {
            Self::Function => ("function_versions", "function_sid"),
            Self::Asset => ("asset_versions", "asset_sid"),
        }
    }
}

/// A file, and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) sort: Sort,
    /// Path in the addresses of the service, which is also the name of the function or asset.
    pub(super) path: String,
    pub(super) visibility: &'static str,
    /// Where it is.
    pub(super) file: String,
    pub(super) sha256: String,
}

impl Source {
    /// What the state has of it.
    pub(super) fn value(&self) -> String {
        format!("{} {}", self.visibility, self.sha256)
    }
}

/// What the state has of a version whose content Twilio does not show.
pub(super) fn unseen(visibility: &str) -> String {
    format!("{visibility}, content not shown by Twilio")
}

/// Whether what is stored is what is wanted, as far as anybody can see: of an asset that something else uploaded, Twilio does not show
/// the content.
pub(super) fn is_same(stored: &str, wanted: &Source) -> bool {
    stored == wanted.value() || stored == unseen(wanted.visibility)
}

/// What `config` has in its folders, in the order of the paths; `None` while a folder is not known. `outcome` says what was not done.
///
/// # Errors
/// A diagnostic at the folder that cannot be uploaded as it is.
pub(super) async fn sources(config: &Value, outcome: &str) -> Result<Option<Vec<Source>>, Diagnostic> {
    let mut found: BTreeMap<String, Source> = BTreeMap::new();
    let mut is_known = true;
    for sort in Sort::ALL {
        let folder = config.attr(sort.attribute());
        is_known &= !folder.is_unknown();
        let Some(folder) = folder.as_str() else { continue };
        let refused = |why: &str| refused(sort.attribute(), why, outcome);
        let files = folder::files(folder).await.map_err(|why| refused(&why))?;
        for (name, file) in files {
            let (path, visibility) = published(sort, &name).map_err(|why| refused(&format!("{name}: {why}")))?;
            let source = Source {
                sort,
                path: path.clone(),
                visibility,
                file: file.path.to_string_lossy().into_owned(),
                sha256: file.sha256,
            };
            if let Some(other) = found.insert(path, source) {
                return Err(refused(&format!(
                    "{name}: another file has the path {} already, in {}. Rename one of them.",
                    other.path,
                    other.sort.attribute()
                )));
            }
        }
    }
    match (is_known, found.is_empty()) {
        (false, _) => Ok(None),
        (true, true) => Err(refused(
            Sort::Function.attribute(),
            "there is no file in the folders, and Twilio builds at least one. Check the paths; files whose names begin with a dot do \
             not count.",
            outcome,
        )),
        (true, false) => Ok(Some(found.into_values().collect())),
    }
}

fn refused(attribute: &str, why: &str, outcome: &str) -> Diagnostic {
    Diagnostic::error(
        "The folder of twilio_serverless_project cannot be uploaded",
        format!("{attribute}: {why} {outcome}"),
    )
    .at_attribute(attribute)
}

/// Path and visibility that follow from a name: `sms.protected.js` is the protected function `/sms`.
fn published(sort: Sort, name: &str) -> Result<(String, &'static str), &'static str> {
    let (folder, file) = name
        .rsplit_once('/')
        .map_or(("", name), |(folder, file)| (folder, file));
    let (stem, extension) = file
        .rsplit_once('.')
        .map_or((file, None), |(stem, end)| (stem, Some(end)));
    if sort == Sort::Function && extension != Some("js") {
        return Err(
            "it is no JavaScript, so it cannot be a function. Keep it outside the folder, or as a private asset that functions read.",
        );
    }
    let ends = [(".protected", "protected"), (".private", "private")];
    let restricted = ends
        .iter()
        .find_map(|(end, visibility)| Some((stem.strip_suffix(end)?, *visibility)));
    let (stem, visibility) = restricted.unwrap_or((stem, "public"));
    if stem.is_empty() {
        return Err("nothing is left of its name for a path. Rename it.");
    }
    let folder = match folder {
        "" => String::new(),
        folder => format!("/{folder}"),
    };
    let path = match (sort, extension) {
        (Sort::Asset, Some(extension)) => format!("{folder}/{stem}.{extension}"),
        _ => format!("{folder}/{stem}"),
    };
    match path.chars().count() <= LONGEST_PATH {
        true => Ok((path, visibility)),
        false => Err("its path would have more than 255 characters. Shorten its name, or those of its folders."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_the_path_and_who_may_request_it() {
        for (sort, name, expected) in [
            (Sort::Function, "sms.js", ("/sms", "public")),
            (Sort::Function, "sms.protected.js", ("/sms", "protected")),
            (Sort::Function, "lib/tides.private.js", ("/lib/tides", "private")),
            (Sort::Function, "a.b.js", ("/a.b", "public")),
            (Sort::Asset, "index.html", ("/index.html", "public")),
            (Sort::Asset, "en/rates.private.json", ("/en/rates.json", "private")),
            (Sort::Asset, "LICENSE", ("/LICENSE", "public")),
            (Sort::Asset, "call.protected.mp3", ("/call.mp3", "protected")),
        ] {
            let (path, visibility) = published(sort, name).expect(name);
            assert_eq!((path.as_str(), visibility), expected, "{name}");
        }
        let long = format!("{}.js", "x".repeat(LONGEST_PATH));
        for name in ["sms.ts", "README", "sms.mjs", "a/.private.js", long.as_str()] {
            assert!(published(Sort::Function, name).is_err(), "{name}");
        }
    }

    #[tokio::test]
    async fn two_files_of_one_path_and_none_at_all_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = |names: &[(&str, &str)]| {
            for (sort, name) in names {
                let path = folder.path().join(sort);
                std::fs::create_dir_all(&path).expect("made");
                std::fs::write(path.join(name), "x").expect("written");
            }
            Value::object(Sort::ALL.map(|sort| {
                let path = folder.path().join(sort.attribute());
                (
                    sort.attribute(),
                    path.is_dir().then(|| path.to_string_lossy().into_owned()).into(),
                )
            }))
        };
        let none = sources(&config(&[]), "Nothing was created.")
            .await
            .expect_err("nothing is there");
        assert!(none.detail.contains("no file in the folders"), "{none:?}");
        let one = sources(&config(&[("functions", "a.js"), ("assets", "a.html")]), "").await;
        let paths = one.expect("they fit").expect("it is known");
        assert_eq!(
            Vec::from_iter(paths.iter().map(|source| source.path.as_str())),
            ["/a", "/a.html"]
        );
        let twice = sources(&config(&[("functions", "a.private.js")]), "Nothing was created.").await;
        let twice = twice.expect_err("both are /a").detail;
        assert!(
            twice.contains("the path /a already") && twice.contains("Nothing was created."),
            "{twice}"
        );
        let mut unknown = config(&[("assets", "b")]);
        unknown.set_attr("functions", Value::UNKNOWN);
        assert_eq!(sources(&unknown, "").await.expect("it may fit"), None);
    }
}
