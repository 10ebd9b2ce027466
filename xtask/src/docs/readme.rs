//! The parts of README.md that are counted or listed: what stands between `<!-- name -->` and `<!-- /name -->` is made by the
//! template `readme/name.md.j2`.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use minijinja::{Value, context};
use regex::Regex;
use terraform_provider_twilio::provider::offered::{ACTIONS, DATA_SOURCES, EPHEMERAL_RESOURCES, FUNCTIONS, RESOURCES};

use super::pages::{file_of, first_sentence};
use super::templates::Templates;
use crate::followed::followed;
use crate::process::root;

/// The file.
pub const FILE: &str = "README.md";

/// The name of a part, and what it is made of.
type Part = (&'static str, fn() -> Value);

/// The parts that are generated.
const PARTS: &[Part] = &[("coverage", coverage), ("functions", functions), ("offered", offered)];

/// README.md as it should be.
///
/// # Errors
/// When a part has no markers, or markers have no part.
pub fn readme(templates: &Templates) -> Result<String> {
    let text = fs::read_to_string(root().join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
    let mut parts = BTreeMap::new();
    for (name, context) in PARTS {
        let text = templates.render(&format!("readme/{name}.md.j2"), context())?;
        parts.insert(*name, text.trim_end().to_owned());
    }
    filled(&text, &parts)
}

/// The text with each part between its markers. Markers on lines of their own keep them.
fn filled(text: &str, parts: &BTreeMap<&str, String>) -> Result<String> {
    let marker = Regex::new(r"<!-- (/?)([a-z]+) -->")?;
    let mut markers = marker.captures_iter(text);
    let mut filled = String::new();
    let mut copied = 0;
    let mut missing: Vec<_> = parts.keys().copied().collect();
    while let Some(opening) = markers.next() {
        let name = &opening[2];
        let closing = markers
            .next()
            .filter(|closing| opening[1].is_empty() && closing[1] == *"/" && closing[2] == *name);
        let (Some(begin), Some(end)) = (opening.get(0), closing.as_ref().and_then(|closing| closing.get(0))) else {
            bail!(
                "{FILE}: <!-- {}{name} --> does not open a part that <!-- /{name} --> closes next",
                &opening[1]
            );
        };
        let part = parts
            .get(name)
            .with_context(|| format!("{FILE}: nothing makes the part {name}"))?;
        missing.retain(|missing| *missing != name);
        // A table begins on its own line; a comment right above it would take it for HTML.
        let gap = if text[begin.end()..].starts_with('\n') {
            "\n\n"
        } else {
            ""
        };
        filled.push_str(&text[copied..begin.end()]);
        filled.push_str(gap);
        filled.push_str(part);
        filled.push_str(gap);
        copied = end.start();
    }
    if !missing.is_empty() {
        bail!("{FILE} has no markers for {}", missing.join(", "));
    }
    filled.push_str(&text[copied..]);
    Ok(filled)
}

fn coverage() -> Value {
    let followed = RESOURCES.iter().map(|table| followed(table).len());
    context! {
        resources => RESOURCES.len(),
        data_sources => followed.sum::<usize>() + DATA_SOURCES.len(),
    }
}

fn offered() -> Value {
    let mut products: BTreeMap<&str, (Vec<Value>, Vec<Value>)> = BTreeMap::new();
    for table in RESOURCES {
        products
            .entry(table.object.category.title())
            .or_default()
            .0
            .push(page(table.object.name));
    }
    for table in DATA_SOURCES {
        products
            .entry(table.category.title())
            .or_default()
            .1
            .push(page(table.name));
    }
    let products: Vec<_> = products
        .into_iter()
        .map(|(category, (resources, data_sources))| context! { category, resources, data_sources })
        .collect();
    let unlisted = RESOURCES.iter().filter(|table| table.object.plural.is_none());
    let unlisted: Vec<_> = unlisted.map(|table| table.object.name).collect();
    let ephemeral: Vec<_> = EPHEMERAL_RESOURCES.iter().map(|table| page(table.name)).collect();
    let actions: Vec<_> = ACTIONS.iter().map(|table| page(table.name)).collect();
    context! { products, listed => RESOURCES.len() - unlisted.len(), unlisted, ephemeral, actions }
}

fn functions() -> Value {
    let functions = FUNCTIONS.iter();
    let functions: Vec<_> = functions
        .map(|table| context! { name => table.name, file => file_of(table.name), summary => first_sentence(table.doc) })
        .collect();
    context! { functions }
}

fn page(name: &'static str) -> Value {
    context! { name, file => file_of(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled_with(text: &str) -> Result<String> {
        filled(text, &BTreeMap::from([("count", "3 things".to_owned())]))
    }

    #[test]
    fn a_part_is_put_between_its_markers_whatever_was_there() {
        for stale in ["", "2 things", "3 things"] {
            let line = filled_with(&format!("| <!-- count -->{stale}<!-- /count --> |\n")).expect("markers");
            assert_eq!(line, "| <!-- count -->3 things<!-- /count --> |\n");
            let block = filled_with(&format!("a\n\n<!-- count -->\n{stale}\n<!-- /count -->\nb\n")).expect("markers");
            assert_eq!(block, "a\n\n<!-- count -->\n\n3 things\n\n<!-- /count -->\nb\n");
            assert_eq!(filled_with(&block).expect("markers"), block);
        }
    }

    #[test]
    fn what_has_a_plural_is_what_can_be_searched_for() {
        for table in RESOURCES {
            let searched = crate::followed::search(table).is_some();
            assert_eq!(searched, table.object.plural.is_some(), "{}", table.object.name);
        }
    }

    #[test]
    fn markers_that_do_not_fit_are_refused() {
        for text in [
            "nothing",
            "<!-- count --> and no end",
            "<!-- /count -->",
            "<!-- count --><!-- count --><!-- /count -->",
            "<!-- count --><!-- /other -->",
            "<!-- count --><!-- /count --> <!-- other --><!-- /other -->",
        ] {
            assert!(filled_with(text).is_err(), "{text}");
        }
    }
}
