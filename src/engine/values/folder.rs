//! A folder whose files are uploaded: what is in it, in order, and the hash of each.
//!
//! Names that begin with a dot are none of it, as editors and version control leave such files. A link may lead to a file within the
//! folder: what lies outside was never meant to be public.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::engine::values::file::{expanded, hash, unreadable};

/// The most files that a folder may have: a wrong path may be that of a home folder.
const MOST_FILES: usize = 1000;

/// A file in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInFolder {
    /// Where it is.
    pub path: PathBuf,
    /// SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
}

/// The files in a folder and the folders within it, by their names below it, with slashes. A path is what it is in Terraform's `file()`.
///
/// # Errors
/// Why there is no such folder, or what in it is no file that can be uploaded, in a sentence that begins with a small letter. The path
/// of the folder is not in it.
pub async fn files(folder: &str) -> Result<BTreeMap<String, FileInFolder>, String> {
    let root = expanded(folder, std::env::home_dir())?;
    let within = tokio::fs::canonicalize(&root)
        .await
        .map_err(|error| no_folder(&error))?;
    let mut found = BTreeMap::new();
    let mut folders = vec![(root, String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let mut entries = tokio::fs::read_dir(&folder).await.map_err(|error| no_folder(&error))?;
        while let Some(entry) = entries.next_entry().await.map_err(|error| no_folder(&error))? {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                return Err("it has a file whose name is no UTF-8.".to_owned());
            };
            if name.starts_with('.') {
                continue;
            }
            let name = format!("{prefix}{name}");
            let path = entry.path();
            let kind = entry
                .file_type()
                .await
                .map_err(|error| about(&name, &unreadable(&error)))?;
            if kind.is_dir() {
                folders.push((path, format!("{name}/")));
                continue;
            }
            if kind.is_symlink() {
                leads_to_a_file_in(&within, &path)
                    .await
                    .map_err(|why| about(&name, &why))?;
            }
            if found.len() == MOST_FILES {
                return Err(format!(
                    "it has more than {MOST_FILES} files, so it is hardly the folder that is meant."
                ));
            }
            let sha256 = hash(&path).await.map_err(|why| about(&name, &why))?;
            found.insert(name, FileInFolder { path, sha256 });
        }
    }
    Ok(found)
}

const ELSEWHERE: &str = "it is a link to a folder, or to what is not in the folder.";

async fn leads_to_a_file_in(within: &Path, link: &Path) -> Result<(), String> {
    let target = tokio::fs::canonicalize(link)
        .await
        .map_err(|error| unreadable(&error))?;
    let Ok(inside) = target.strip_prefix(within) else {
        return Err(ELSEWHERE.to_owned());
    };
    let is_hidden = |part: std::path::Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
    match target.is_dir() {
        true => Err(ELSEWHERE.to_owned()),
        false if inside.components().any(is_hidden) => Err(
            "it is a link to a file whose name, or that of its folder, begins with a dot, and these are left out."
                .to_owned(),
        ),
        false => Ok(()),
    }
}

fn about(name: &str, why: &str) -> String {
    format!("{name}: {why}")
}

fn no_folder(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such folder. A path is relative to the folder in which Terraform runs: write \
                                         \"${path.module}/…\" for a folder beside the configuration."
                .to_owned()
        }
        std::io::ErrorKind::NotADirectory => "it is no folder.".to_owned(),
        std::io::ErrorKind::PermissionDenied => "the user that Terraform runs as may not read the folder.".to_owned(),
        other => format!("the folder cannot be read: {other}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::sha256;

    async fn names(folder: &Path) -> Result<Vec<String>, String> {
        let found = files(&folder.to_string_lossy()).await?;
        Ok(found.into_keys().collect())
    }

    #[tokio::test]
    async fn a_folder_has_its_files_at_any_depth_and_none_that_begins_with_a_dot() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, name).expect("written");
        };
        for name in ["b.js", "a/c.js", "a/d/e.js", ".env", ".git/config"] {
            put(name);
        }
        assert_eq!(
            names(folder.path()).await,
            Ok(["a/c.js", "a/d/e.js", "b.js"].map(str::to_owned).to_vec())
        );
        let found = files(&folder.path().to_string_lossy()).await.expect("it is there");
        assert_eq!(found["a/c.js"].sha256, sha256(b"a/c.js"));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_link_leads_to_a_file_within_or_is_refused() {
        let (folder, outside) = (
            tempfile::tempdir().expect("a folder"),
            tempfile::tempdir().expect("another"),
        );
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).expect("linked");
        std::fs::write(folder.path().join("a.js"), "a").expect("written");
        link(&folder.path().join("a.js"), "b.js");
        assert_eq!(
            names(folder.path()).await,
            Ok(["a.js", "b.js"].map(str::to_owned).to_vec())
        );
        std::fs::write(outside.path().join("hush.js"), "a").expect("written");
        std::fs::write(folder.path().join(".env"), "a").expect("written");
        for (to, name) in [
            (folder.path().join(".env"), "env.js"),
            (outside.path().join("hush.js"), "c.js"),
            (folder.path().to_path_buf(), "round"),
            (folder.path().join("none.js"), "d.js"),
        ] {
            link(&to, name);
            let refused = names(folder.path()).await.expect_err("it leads elsewhere");
            assert!(refused.starts_with(name) && !refused.contains("hush"), "{refused}");
            std::fs::remove_file(folder.path().join(name)).expect("removed");
        }
    }

    #[tokio::test]
    async fn what_is_no_folder_is_refused_without_its_path() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("hush"), "a").expect("written");
        for (name, why) in [
            ("hush-none", "no such folder"),
            ("hush", "no folder"),
            ("hush/a", "folder"),
        ] {
            let refused = names(&folder.path().join(name)).await.expect_err("it is none");
            assert!(refused.contains(why) && !refused.contains("hush"), "{refused}");
        }
    }
}
