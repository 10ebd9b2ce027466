//! A crate by its modules: where a path leads, whatever it goes through.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::syntax::{Module, Names, modules};

/// More steps than any honest path needs.
const MOST_STEPS: usize = 32;

/// A crate.
#[derive(Debug, Default)]
pub(super) struct Crate {
    modules: BTreeMap<Names, Module>,
    /// The file that a module stands in, as it was named.
    files: BTreeMap<Names, String>,
}

impl Crate {
    /// The crate of these files: each by its path below `src`, with its text.
    pub(super) fn read(files: &[(String, String)]) -> Result<Self> {
        let mut found = Self::default();
        for (file, text) in files {
            let inside = modules(&module_of(file), text).with_context(|| format!("src/{file} cannot be read"))?;
            for module in inside {
                found.files.insert(module.path.clone(), file.clone());
                found.modules.insert(module.path.clone(), module);
            }
        }
        Ok(found)
    }

    /// All modules, each with its file.
    pub(super) fn modules(&self) -> impl Iterator<Item = (&Module, &str)> {
        let file = |module: &Module| self.files.get(&module.path).map_or("", String::as_str);
        self.modules.values().map(move |module| (module, file(module)))
    }

    /// Where a path in `module` leads, below the root of the crate; nowhere for what is of other crates, or a name of the place.
    pub(super) fn resolve(&self, module: &Module, path: &[String]) -> Option<Names> {
        self.step(module, path, MOST_STEPS)
    }

    fn step(&self, module: &Module, path: &[String], steps: usize) -> Option<Names> {
        let steps = steps.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.through(&[], rest, steps),
            "self" => self.through(&module.path, rest, steps),
            "super" => {
                let (_, mut parent) = module.path.split_last()?;
                let mut rest = rest;
                while let Some(("super", after)) = rest.split_first().map(|(next, after)| (next.as_str(), after)) {
                    parent = parent.split_last()?.1;
                    rest = after;
                }
                self.through(parent, rest, steps)
            }
            _ => self.in_scope(module, first, rest, steps),
        }
    }

    /// Where a name in the scope of a module leads, and the rest of the path from there.
    fn in_scope(&self, module: &Module, name: &str, rest: &[String], steps: usize) -> Option<Names> {
        if module.modules.contains(name) {
            return self.through(&joined(&module.path, &[name.to_owned()]), rest, steps);
        }
        for binding in module.bindings.get(name).into_iter().flatten() {
            // A name that stands for itself is another crate's.
            if binding.first().is_some_and(|first| first == name) {
                continue;
            }
            if let Some(found) = self.step(module, &joined(binding, rest), steps) {
                return Some(found);
            }
        }
        module.globs.iter().find_map(|glob| {
            let steps = steps.checked_sub(1)?;
            if glob.first().is_some_and(|first| first == name) {
                return None;
            }
            let place = self.step(module, glob, steps)?;
            let place = self.modules.get(&place).filter(|place| place.path != module.path)?;
            self.in_scope(place, name, rest, steps)
        })
    }

    /// From a module down the rest of a path, through what modules on the way stand for.
    fn through(&self, from: &[String], rest: &[String], steps: usize) -> Option<Names> {
        let steps = steps.checked_sub(1)?;
        let whole = || Some(joined(from, rest));
        let (Some(module), Some((next, after))) = (self.modules.get(from), rest.split_first()) else {
            return whole();
        };
        if module.modules.contains(next) {
            return self.through(&joined(from, std::slice::from_ref(next)), after, steps);
        }
        self.in_scope(module, next, after, steps).or_else(whole)
    }
}

fn joined(first: &[String], second: &[String]) -> Names {
    first.iter().chain(second).cloned().collect()
}

/// The module that a file is: `engine/facts/mod.rs` is `engine::facts`.
fn module_of(file: &str) -> Names {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let mut names: Names = stem.split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|last| ["mod", "lib"].contains(&last.as_str())) {
        names.pop();
    }
    names
}
