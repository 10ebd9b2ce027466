//! Files of a checkout that are to be written: all are prepared in memory, then all are written, or none is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Error, Result, anyhow};

/// What is to be written, by the path of each file from the root of the checkout.
pub struct Changes {
    root: PathBuf,
    texts: BTreeMap<String, String>,
}

impl Changes {
    /// None, in the checkout at `root`.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            texts: BTreeMap::new(),
        }
    }

    /// The text of a file, with what is to be written.
    ///
    /// # Errors
    /// When it is neither written nor there.
    pub fn text(&self, file: &str) -> Result<String> {
        match self.texts.get(file) {
            Some(text) => Ok(text.clone()),
            None => fs::read_to_string(self.root.join(file)).with_context(|| format!("reading {file}")),
        }
    }

    /// Whether the file is there, or is to be written.
    pub fn has(&self, file: &str) -> bool {
        self.texts.contains_key(file) || self.root.join(file).exists()
    }

    /// The file is to have this text.
    pub fn put(&mut self, file: impl Into<String>, text: impl Into<String>) {
        self.texts.insert(file.into(), text.into());
    }

    /// Changes a file.
    ///
    /// # Errors
    /// When it is not there, or has not what is to be changed.
    pub fn edit(&mut self, file: &str, change: impl FnOnce(&str) -> Option<String>) -> Result<()> {
        let text = self.text(file)?;
        let changed = change(&text).with_context(|| format!("{file} has no list of what it was to be named in"))?;
        self.put(file, changed);
        Ok(())
    }

    /// Changes the text of every file whose name ends like that.
    ///
    /// # Errors
    /// Those of the change.
    pub fn each(&mut self, ending: &str, change: impl Fn(&str) -> Result<String>) -> Result<()> {
        for (file, text) in self.texts.iter_mut().filter(|(file, _)| file.ends_with(ending)) {
            *text = change(text).with_context(|| file.clone())?;
        }
        Ok(())
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// Writes them.
    ///
    /// # Errors
    /// When one cannot be written. Those that were written before it are as they were, and the error says so.
    pub fn write(self) -> Result<Written> {
        let mut written = Written {
            root: self.root,
            before: Vec::new(),
        };
        for (file, text) in self.texts {
            if let Err(error) = written.one(&file, &text) {
                return Err(written.taken_back(error.context(format!("writing {file}"))));
            }
        }
        Ok(written)
    }
}

/// Files that were written, and what was there before.
pub struct Written {
    root: PathBuf,
    /// Files and folders in the order in which they were written; with what each file had, if there was one.
    before: Vec<(PathBuf, Before)>,
}

enum Before {
    NoFolder,
    NoFile,
    Text(Vec<u8>),
}

impl Written {
    fn one(&mut self, file: &str, text: &str) -> Result<()> {
        let path = self.root.join(file);
        let missing: Vec<_> = path.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.before.push((folder.to_owned(), Before::NoFolder));
        }
        let before = match path.exists() {
            true => Before::Text(fs::read(&path)?),
            false => Before::NoFile,
        };
        // A write that fails may have begun.
        self.before.push((path.clone(), before));
        Ok(fs::write(&path, text)?)
    }

    /// Puts back what was there. The error is what made that necessary, with what became of the checkout.
    pub fn taken_back(self, error: Error) -> Error {
        let mut left = Vec::new();
        for (path, before) in self.before.into_iter().rev() {
            let done = match before {
                Before::NoFolder => fs::remove_dir(&path),
                Before::NoFile if !path.exists() => Ok(()),
                Before::NoFile => fs::remove_file(&path),
                Before::Text(text) => fs::write(&path, text),
            };
            if let Err(why) = done {
                left.push(format!("{}: {why}", path.display()));
            }
        }
        match left.is_empty() {
            true => error.context("the checkout is as it was: what had been written is taken back"),
            false => error.context(anyhow!(
                "not all of what had been written could be taken back; see to\n  {}",
                left.join("\n  ")
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every file below a folder, with its text.
    fn tree(root: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(root).expect("a folder").flatten() {
            match entry.path().is_dir() {
                true => {
                    found.insert(entry.path(), None);
                    found.extend(tree(&entry.path()));
                }
                false => drop(found.insert(entry.path(), fs::read(entry.path()).ok())),
            }
        }
        found
    }

    #[test]
    fn what_cannot_be_written_whole_leaves_the_checkout_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.rs"), "before").expect("a file");
        // A folder of the name of a file: nothing can be written there.
        fs::create_dir_all(folder.path().join("z.md")).expect("a folder");
        let before = tree(folder.path());
        let mut changes = Changes::new(folder.path());
        changes
            .edit("a.rs", |text| Some(format!("{text} and after")))
            .expect("a file");
        changes.put("b/c/d.rs", "new");
        changes.put("z.md", "new");
        assert_eq!(tree(folder.path()), before, "nothing is written yet");
        assert_eq!(changes.text("a.rs").expect("a file"), "before and after");
        let error = changes.write().map(drop).expect_err("z.md is a folder");
        let said = format!("{error:#}");
        assert!(
            said.contains("the checkout is as it was") && said.contains("writing z.md"),
            "{said}"
        );
        assert_eq!(tree(folder.path()), before);
    }

    #[test]
    fn what_was_written_can_be_taken_back() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.rs"), "before").expect("a file");
        let before = tree(folder.path());
        let mut changes = Changes::new(folder.path());
        changes.put("a.rs", "after");
        changes.put("b/c.rs", "new");
        let written = changes.write().expect("it can be written");
        assert_eq!(
            fs::read_to_string(folder.path().join("b/c.rs")).ok().as_deref(),
            Some("new")
        );
        let said = format!("{:#}", written.taken_back(anyhow!("the pages cannot be made")));
        assert!(said.contains("is taken back: the pages cannot be made"), "{said}");
        assert_eq!(tree(folder.path()), before);
    }
}
