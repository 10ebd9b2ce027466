//! The files of a project: which function or asset each is, and who may request it. The names are those of Twilio's Serverless Toolkit:
//! <https://www.twilio.com/docs/labs/serverless-toolkit/general-usage>. Where that makes something public of a name that was hardly meant
//! so, it is refused here: what is published once cannot be taken back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use tokio::io::AsyncReadExt as _;

use crate::engine::facts::{Managed, Properties};
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

    /// What one is called.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Asset => "asset",
        }
    }

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

/// Files as the state has them.
pub(super) fn shown_files(files: &[Source]) -> Properties {
    let files = files.iter().map(|file| (file.path.clone(), file.value().into()));
    files.collect()
}

/// What the state has of a version whose content Twilio does not show, after an import.
pub(super) fn unseen(visibility: &str) -> String {
    format!("{visibility}, content not shown by Twilio")
}

/// What the state has of such a version, where it is known that the project did not upload it.
pub(super) fn strange(visibility: &str) -> String {
    format!("{visibility}, uploaded by something else")
}

/// Whether what is stored is what is wanted, as far as anybody can see: of an asset that was imported, Twilio does not show the content.
pub(super) fn is_same(stored: &str, wanted: &Source) -> bool {
    stored == wanted.value() || stored == unseen(wanted.visibility)
}

/// What `config` has in its folders, in the order of the paths; `None` while a folder is not known. `outcome` says what was not done.
///
/// # Errors
/// A diagnostic that names what in the folders cannot be uploaded as it is, all of it at once.
pub(super) async fn sources(config: &Value, outcome: &str) -> Result<Option<Vec<Source>>, Diagnostic> {
    let mut found: BTreeMap<String, Source> = BTreeMap::new();
    let mut refused: Vec<Refused> = Vec::new();
    let mut is_known = true;
    for sort in Sort::ALL {
        let folder = config.attr(sort.attribute());
        is_known &= !folder.is_unknown();
        let Some(folder) = folder.as_str() else { continue };
        let files = match folder::files(folder).await {
            Ok(files) => files,
            Err(why) => {
                refused.push(Refused { sort, why });
                continue;
            }
        };
        for (name, file) in files {
            let about = |why: &str| Refused {
                sort,
                why: format!("{}: {why}", shown(&name)),
            };
            let (path, visibility) = match published(sort, &name) {
                Ok(published) => published,
                Err(why) => {
                    refused.push(about(&why));
                    continue;
                }
            };
            if is_of_terraform(&file.path).await {
                refused.push(about(OF_TERRAFORM));
                continue;
            }
            let source = Source {
                sort,
                path: path.clone(),
                visibility,
                file: file.path.to_string_lossy().into_owned(),
                sha256: file.sha256,
            };
            match found.entry(path) {
                Entry::Vacant(entry) => drop(entry.insert(source)),
                Entry::Occupied(other) => refused.push(about(&format!(
                    "another file has the path {} already, in {}. Rename one of them.",
                    other.key(),
                    other.get().sort.attribute()
                ))),
            }
        }
    }
    if is_known && found.is_empty() && refused.is_empty() {
        refused.push(Refused {
            sort: Sort::Function,
            why: "there is no file in the folders, and Twilio builds at least one. Check the paths; files whose names begin with a dot do \
                  not count."
                .to_owned(),
        });
    }
    if let Some(first) = refused.first() {
        return Err(cannot_be_uploaded(first.sort, &refused, outcome));
    }
    Ok(is_known.then(|| found.into_values().collect()))
}

/// What cannot be uploaded, and why.
struct Refused {
    sort: Sort,
    why: String,
}

/// The most that one error or warning names.
pub(super) const MOST_NAMED: usize = 10;

/// All at once: a folder that was copied from somewhere may have many, and each plan that names one alone is one more to wait for.
fn cannot_be_uploaded(first: Sort, refused: &[Refused], outcome: &str) -> Diagnostic {
    let line = |one: &Refused| format!("{}: {}", one.sort.attribute(), one.why);
    let detail = match refused {
        [one] => format!("{} {outcome}", line(one)),
        several => {
            let named: Vec<_> = several
                .iter()
                .take(MOST_NAMED)
                .map(|one| format!("\n  {}", line(one)))
                .collect();
            let more = match several.len() - named.len() {
                0 => String::new(),
                more => format!("\n  and {more} more"),
            };
            format!(
                "{} files are refused:\n{}{more}\n\n{outcome}",
                several.len(),
                named.concat()
            )
        }
    };
    Diagnostic::error(
        "The folder of twilio_serverless_project cannot be uploaded",
        detail.trim_end(),
    )
    .at_attribute(first.attribute())
}

const OF_TERRAFORM: &str = "by its content it is a state or a plan of Terraform, whatever its name says, and these have secrets in them. Give \
                            the files a folder of their own: assets = \"${path.module}/assets\".";

/// How much of a file says what it is. States, and what `terraform show -json` writes, begin with their versions.
const HEAD: u64 = 256;

/// A saved plan may have any name: its content tells it. It is a zip archive in which the plan and the state are members
/// (<https://github.com/hashicorp/terraform/blob/main/internal/plans/planfile/doc.go>). A file that cannot be read now is for its upload to refuse.
async fn is_of_terraform(file: &Path) -> bool {
    let mut head = Vec::new();
    let Ok(opened) = tokio::fs::File::open(file).await else {
        return false;
    };
    if opened.take(HEAD).read_to_end(&mut head).await.is_err() {
        return false;
    }
    if head.starts_with(LOCAL_HEADER) {
        let Ok(content) = tokio::fs::read(file).await else {
            return false;
        };
        return members(&content).any(|name| name == b"tfplan" || name == b"tfstate");
    }
    let is_object = head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let key = b"\"terraform_version\"";
    is_object && head.windows(key.len()).any(|window| window == key)
}

/// How a zip archive begins, and each member in it.
const LOCAL_HEADER: &[u8] = b"PK\x03\x04";

/// Names of the members of a zip archive, from its directory: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, 4.3.12.
fn members(archive: &[u8]) -> impl Iterator<Item = &[u8]> {
    const ENTRY: &[u8] = b"PK\x01\x02";
    const NAME_LENGTH: usize = 28;
    const NAME: usize = 46;
    archive.windows(ENTRY.len()).enumerate().filter_map(|(at, window)| {
        let entry = archive.get(at..).filter(|_| window == ENTRY)?;
        let length = entry.get(NAME_LENGTH..NAME_LENGTH + 2)?;
        let length = usize::from(u16::from_le_bytes([*length.first()?, *length.last()?]));
        entry.get(NAME..NAME + length)
    })
}

/// A name without what acts on a terminal.
fn shown(name: &str) -> String {
    name.escape_debug().to_string()
}

/// Path and visibility that follow from a name: `sms.protected.js` is the protected function `/sms`.
fn published(sort: Sort, name: &str) -> Result<(String, &'static str), String> {
    let (folder, file) = name
        .rsplit_once('/')
        .map_or(("", name), |(folder, file)| (folder, file));
    if name.split('/').any(|part| part == "node_modules") {
        return Err(
            "packages are no part of the folder. Name those that functions need in dependencies, and keep node_modules outside.".to_owned(),
        );
    }
    let (stem, extension) = file
        .rsplit_once('.')
        .map_or((file, None), |(stem, end)| (stem, Some(end)));
    if sort == Sort::Function && extension != Some("js") {
        return Err(
            "its name does not end in .js, so it cannot be a function. Keep it outside the folder, or as a private asset that functions read."
                .to_owned(),
        );
    }
    let restricted = VISIBILITIES
        .iter()
        .find_map(|visibility| Some((stem.strip_suffix(visibility)?.strip_suffix('.')?, *visibility)));
    let (stem, visibility) = match (restricted, extension) {
        (Some(found), Some(_)) => found,
        _ => (stem, PUBLIC),
    };
    if stem.is_empty() {
        return Err("nothing is left of its name for a path. Rename it.".to_owned());
    }
    for part in folder.split('/') {
        refuse_what_reads_otherwise(part, None)?;
    }
    refuse_what_reads_otherwise(stem, extension)?;
    if sort == Sort::Asset {
        refuse_what_is_secret(file, visibility)?;
    }
    let folder = match folder {
        "" => String::new(),
        folder => format!("/{folder}"),
    };
    let path = match (sort, extension) {
        (Sort::Asset, Some(extension)) => format!("{folder}/{stem}.{extension}"),
        _ => format!("{folder}/{stem}"),
    };
    // As the toolkit has it: https://github.com/twilio-labs/serverless-toolkit
    if let Some(other) = path
        .chars()
        .find(|one| !one.is_ascii_alphanumeric() && !"-_./".contains(*one))
    {
        return Err(format!(
            "its path would have {} in it. A path has letters, digits, -, _, . and / alone. Rename it, or its folder.",
            match other {
                ' ' => "a space".to_owned(),
                other if other.is_control() => "a control character".to_owned(),
                other => other.to_string(),
            }
        ));
    }
    match path.len() <= LONGEST_PATH {
        true => Ok((path, visibility)),
        false => {
            Err("its path would have more than 255 characters. Shorten its name, or those of its folders.".to_owned())
        }
    }
}

/// What a name may say of who may request a file.
const VISIBILITIES: [&str; 3] = ["protected", "private", PUBLIC];
const PUBLIC: &str = "public";

/// Refuses a name that seems to say who may request the file, and does not: the file would be public.
fn refuse_what_reads_otherwise(stem: &str, extension: Option<&str>) -> Result<(), String> {
    let words = stem.split('.').chain(extension);
    // The first is the name itself: `private.html` is one.
    let mut words = words.skip(1).map(str::to_ascii_lowercase);
    let Some(word) = words.find(|word| VISIBILITIES.contains(&word.as_str())) else {
        return Ok(());
    };
    Err(format!(
        "{word} is written in its name, or in that of its folder, where it says nothing, so that the file might be public without anybody \
         meaning it. Write it once, in small letters, before the last ending, as in name.{word}.json, or take it out."
    ))
}

/// Whether a name is one of these, what they are, and whether a private asset may have one.
type Telltale = (fn(&str) -> bool, &'static str, bool);

/// Names of what is hardly meant to be published, with what they are, and whether a private asset may have one: that only functions read.
const SECRETS: &[Telltale] = &[
    (|name| name.contains(".tfstate"), "a state of Terraform", false),
    (
        |name| name.ends_with(".tfvars") || name.contains(".tfvars."),
        "variables of Terraform",
        false,
    ),
    (
        |name| {
            let ends = [".tf", ".tf.json", ".tofu", ".tofu.json", ".tfplan"];
            ends.iter().any(|end| name.ends_with(end)) || ["tfplan", "plan.out", "crash.log"].contains(&name)
        },
        "a configuration or plan of Terraform",
        false,
    ),
    (
        |name| {
            let ends = [".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".ppk", ".kdbx"];
            let keys = ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "credentials.json"];
            let is_kept = name.contains(".key.") || name.contains(".pem.");
            is_kept || ends.iter().any(|end| name.ends_with(end)) || keys.iter().any(|key| name.starts_with(key))
        },
        "a key",
        true,
    ),
    (
        |name| name == "env" || name.ends_with(".env") || name.contains(".env."),
        "settings of an environment, which mostly have secrets in them",
        true,
    ),
];

/// Refuses an asset whose name says that others must not see it.
fn refuse_what_is_secret(file: &str, visibility: &str) -> Result<(), String> {
    let name = file.to_ascii_lowercase();
    let found = SECRETS.iter().find(|(is_it, _, may_be_private)| {
        let may_be = *may_be_private && visibility == "private";
        is_it(&name) && !may_be
    });
    match found {
        None => Ok(()),
        Some((_, what, true)) => Err(format!(
            "by its name it is {what}, and whoever knows its address could read it. Take it out of the folder; if functions need it, put \
             .private before its ending, which only they can read, or write a twilio_serverless_variable."
        )),
        Some((_, what, false)) => Err(format!(
            "by its name it is {what}, which is no asset. Give the assets a folder of their own: assets = \"${{path.module}}/assets\"."
        )),
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
            (Sort::Asset, "call.public.mp3", ("/call.mp3", "public")),
            (Sort::Asset, "private.html", ("/private.html", "public")),
            (Sort::Asset, "service.private.pem", ("/service.pem", "private")),
            (Sort::Asset, "environment.html", ("/environment.html", "public")),
        ] {
            let (path, visibility) = published(sort, name).expect(name);
            assert_eq!((path.as_str(), visibility), expected, "{name}");
        }
        let long = format!("{}.js", "x".repeat(LONGEST_PATH));
        for name in [
            "sms.ts",
            "README",
            "sms.mjs",
            "A.JS",
            "a/.private.js",
            "node_modules/a/b.js",
            "a b.js",
            "a(1).js",
            "a?.js",
            "a@b/c.js",
            "é.js",
            "a\nb.js",
            long.as_str(),
        ] {
            assert!(published(Sort::Function, name).is_err(), "{name}");
        }
    }

    #[test]
    fn what_would_be_public_without_anybody_meaning_it_is_refused_with_the_way_out() {
        for (name, advice) in [
            ("terraform.tfstate", "a folder of their own"),
            ("terraform.tfstate.1700000000.backup", "a folder of their own"),
            ("terraform.private.tfstate", "a folder of their own"),
            ("a/prod.auto.tfvars", "a folder of their own"),
            ("main.tf", "a folder of their own"),
            ("main.tofu", "a folder of their own"),
            ("tfplan", "a folder of their own"),
            ("plan.out", "a folder of their own"),
            ("server.key.old", ".private before its ending"),
            ("vault.kdbx", ".private before its ending"),
            ("credentials.json", ".private before its ending"),
            ("tls.pem", ".private before its ending"),
            ("TLS.KEY", ".private before its ending"),
            ("a.protected.p12", ".private before its ending"),
            ("id_rsa", ".private before its ending"),
            ("prod.env", ".private before its ending"),
            ("node_modules/a/index.js", "dependencies"),
            ("dump.private.tar.gz", "before the last ending"),
            ("keys.private", "before the last ending"),
            ("lib.private/rates.json", "before the last ending"),
            ("x.PRIVATE.json", "in small letters"),
            ("x.Protected.html", "in small letters"),
            ("x.protected.private.js", "once"),
        ] {
            let refused = published(Sort::Asset, name).expect_err(name);
            assert!(refused.contains(advice), "{name}: {refused}");
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
        std::fs::remove_file(folder.path().join("functions/a.private.js")).expect("removed");
        let mut unknown = config(&[("assets", "b")]);
        unknown.set_attr("functions", Value::UNKNOWN);
        assert_eq!(sources(&unknown, "").await.expect("it may fit"), None);
        // All that is refused is named at once, as far as anybody wants to read.
        let all: Vec<_> = (0..14).map(|number| format!("{number:02}.tf")).collect();
        let mut all: Vec<_> = all.iter().map(|name| ("assets", name.as_str())).collect();
        all.push(("functions", "a.ts"));
        let refused = sources(&config(&all), "Nothing was created.")
            .await
            .expect_err("states and more")
            .detail;
        assert!(
            [
                "15 files",
                "functions: a.ts",
                "assets: 08.tf",
                "and 5 more",
                "Nothing was created."
            ]
            .iter()
            .all(|part| refused.contains(part)),
            "{refused}"
        );
    }

    /// An archive as far as its directory says what is in it.
    fn archive(names: &[&str]) -> Vec<u8> {
        let mut bytes = [LOCAL_HEADER, &[0; 26]].concat();
        for name in names {
            let mut entry = [0; 46];
            entry[..4].copy_from_slice(b"PK\x01\x02");
            entry[28] = u8::try_from(name.len()).expect("a short name");
            bytes.extend_from_slice(&entry);
            bytes.extend_from_slice(name.as_bytes());
        }
        bytes
    }

    #[tokio::test]
    async fn what_terraform_wrote_is_found_by_its_content_under_any_name() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content, is_found) in [
            ("a.bin", archive(&["tfplan", "tfstate-prev", "tfstate"]), true),
            ("b.zip", archive(&["tfconfig/modules.json", "tfstate"]), true),
            ("c.zip", archive(&["brochure/tfplan.pdf", "index.html"]), false),
            ("d.zip", archive(&[]), false),
            ("e.zip", archive(&["tfplan"])[..40].to_vec(), false),
            (
                "f.json",
                b"{\n  \"version\": 4,\n  \"terraform_version\": \"1.11.4\"".to_vec(),
                true,
            ),
            (
                "g.json",
                b"{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\"".to_vec(),
                true,
            ),
            ("h.html", b"<p>\"terraform_version\"</p>".to_vec(), false),
            ("i.json", b"{}".to_vec(), false),
            ("j.txt", Vec::new(), false),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, content).expect("written");
            assert_eq!(is_of_terraform(&path).await, is_found, "{name}");
        }
        let config = Value::object([
            ("assets", folder.path().to_string_lossy().into_owned().into()),
            ("functions", Value::Null),
        ]);
        let refused = sources(&config, "").await.expect_err("plans and states").detail;
        assert!(
            refused.contains("4 files") && refused.contains("b.zip: by its content"),
            "{refused}"
        );
    }
}
