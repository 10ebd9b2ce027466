//! The error codes that a new resource meets: those of the local Twilio that nobody has named yet. What they mean is prose, and
//! for a person; `KnownCode::unexplained` marks them until then.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use regex::Regex;
use terraform_provider_twilio::engine::facts::Category;
use xtask::refusals::{self, Refusal, Served};

use super::place::Place;

/// What a table says of codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes {
    /// The constant of its folder that lists them; none where Twilio is not known to refuse anything there.
    pub constant: Option<String>,
    /// Those that are to be named.
    pub unnamed: BTreeSet<u32>,
}

impl Codes {
    /// Those of a resource at `place`, in a folder of the checkout.
    ///
    /// # Errors
    /// When the checkout cannot be read.
    pub fn of(root: &Path, place: &Place, category: Category) -> Result<Self> {
        let own = root.join(file(category));
        let own = if own.exists() { read(&own)? } else { String::new() };
        let refusals = refusals::all(root)?;
        let everywhere = sources(root)?;
        let is_first = !everywhere.contains(&format!("Product::{:?},", place.product));
        let served = Served {
            hosts: vec![place.product.host()],
            paths: vec![place.collection.clone(), place.instance.clone()],
        };
        let mut unnamed = unnamed(&refusals, &served, is_first);
        for code in named(&own).into_iter().chain(named(&general(root)?)) {
            unnamed.remove(&code);
        }
        let constant = Regex::new(r"pub const ([A-Z_]+): &\[KnownCode\]")?
            .captures(&own)
            .map(|found| found[1].to_owned());
        let constant = constant.or_else(|| (!unnamed.is_empty()).then(|| category.folder().to_uppercase()));
        Ok(Self { constant, unnamed })
    }

    /// The file of the folder's codes with these among them.
    ///
    /// # Errors
    /// When the file that is there has no list.
    pub fn written(&self, text: Option<String>, category: Category) -> Result<String> {
        let constant = self.constant.as_deref().unwrap_or_default();
        let mut text = text.unwrap_or_else(|| {
            format!(
                "//! What Twilio's error codes mean for {}.\n//! <https://www.twilio.com/docs/api/errors>\n\n\
                 use crate::engine::facts::KnownCode;\n\n\
                 /// Sorted by code.\npub const {constant}: &[KnownCode] = &[];\n",
                category.title()
            )
        });
        let row = Regex::new(r"KnownCode::[a-z]+\(\s*(\d+)")?;
        for code in &self.unnamed {
            let next = row
                .captures_iter(&text)
                .find(|found| found[1].parse::<u32>().is_ok_and(|known| known > *code));
            let at = match next.and_then(|found| found.get(0)) {
                Some(next) => next.start(),
                None => text.rfind("];").context("the file of the codes has no list")?,
            };
            let comma = if text[..at].ends_with([',', '[', ' ', '\n']) {
                ""
            } else {
                ","
            };
            text.insert_str(at, &format!("{comma}KnownCode::unexplained({code}),"));
        }
        Ok(text)
    }
}

/// Where the codes of a folder stand.
pub fn file(category: Category) -> String {
    format!("src/resources/{}/codes.rs", category.folder())
}

/// The codes that somebody meets at a place; what is about a host as a whole is for the first resource there.
fn unnamed(refusals: &[Refusal], served: &Served, is_first: bool) -> BTreeSet<u32> {
    let met = refusals.iter().filter(|refusal| {
        let is_of_place = !refusal.places.is_empty();
        let is_of_host = refusal.host_of_behaviour().is_some();
        refusal.concerns(served) && (is_of_place || is_first && is_of_host)
    });
    met.filter_map(|refusal| refusal.code.parse().ok()).collect()
}

/// The codes that a list names.
fn named(text: &str) -> BTreeSet<u32> {
    let row = Regex::new(r"KnownCode::[a-z]+\(\s*(\d+)");
    let codes = row.iter().flat_map(|row| row.captures_iter(text));
    codes.filter_map(|found| found[1].parse().ok()).collect()
}

/// What is said of codes whatever the product is, as text.
fn general(root: &Path) -> Result<String> {
    let mut text = String::new();
    for file in fs::read_dir(root.join("src/engine/errors/codes"))? {
        text.push_str(&read(&file?.path())?);
    }
    Ok(text)
}

/// The tables, as text.
fn sources(root: &Path) -> Result<String> {
    let mut text = String::new();
    for folder in fs::read_dir(root.join("src/resources"))? {
        let folder = folder?.path();
        if folder.is_dir() {
            for file in fs::read_dir(folder)? {
                let file = file?.path();
                // A folder within it has no resources.
                if file.is_file() {
                    text.push_str(&read(&file)?);
                }
            }
        }
    }
    Ok(text)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "use x;\n\n/// Sorted by code.\npub const SYNC: &[KnownCode] = &[\n    KnownCode::new(\n        54006,\n        \
                        \"A.\",\n        \"B.\",\n    )\n    .at(&[\"data\"]),\n    KnownCode::new(54209, \"C.\", \"D.\"),\n];\n";

    #[test]
    fn codes_are_named_in_order_and_those_that_are_there_stay() {
        let codes = Codes {
            constant: Some("SYNC".to_owned()),
            unnamed: [1, 54100, 60000].into(),
        };
        let text = codes
            .written(Some(LIST.to_owned()), Category::Sync)
            .expect("there is a list");
        let order = Regex::new(r"\d+").expect("a pattern");
        let order: Vec<_> = order.find_iter(&text).map(|found| found.as_str()).collect();
        assert_eq!(order, ["1", "54006", "54100", "54209", "60000"], "{text}");
        assert!(text.contains(".at(&[\"data\"]),"), "{text}");
        let text = codes.written(None, Category::Sync).expect("a new list");
        assert_eq!(named(&text), codes.unnamed, "{text}");
        assert!(text.contains("pub const SYNC:"), "{text}");
    }

    #[test]
    fn what_is_about_a_host_is_for_the_first_resource_there() {
        let refusal = |code: &str, file: &str, places: &[(&str, &str)]| Refusal {
            code: code.to_owned(),
            file: file.to_owned(),
            places: places
                .iter()
                .map(|(host, path)| ((*host).to_owned(), (*path).to_owned()))
                .collect(),
        };
        let trunks = Served {
            hosts: vec!["trunking.twilio.com".to_owned()],
            paths: vec!["/v1/Trunks".to_owned()],
        };
        let refusals = [
            refusal("1", "facts/limits.rs", &[("trunking.twilio.com", "/v1/Trunks")]),
            refusal("2", "behaviours/trunking/mod.rs", &[]),
            refusal("3", "server.rs", &[]),
            refusal("4", "facts/limits.rs", &[("trunking.twilio.com", "/v1/Others")]),
            refusal("code", "behaviours/trunking/mod.rs", &[]),
        ];
        assert_eq!(unnamed(&refusals, &trunks, true), [1, 2].into());
        assert_eq!(unnamed(&refusals, &trunks, false), [1].into());
    }
}
