//! The guide to errors: what a diagnostic says, and every code, from the rows that the diagnostics and `explain_error` have.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use minijinja::{Value, context};
use terraform_provider_twilio::engine::errors::codes;
use terraform_provider_twilio::engine::facts::KnownCode;
use terraform_provider_twilio::functions::explain_error::{OF_PRODUCTS, every_code};
use terraform_provider_twilio::provider::offered::{ACTIONS, DATA_SOURCES, RESOURCES};

use super::templates::Templates;

/// The page.
pub const FILE: &str = "docs/guides/errors.md";

/// The code of the diagnostic that the page takes apart.
const EXAMPLE: u32 = 21422;

/// How many attributes of a row are named: the likeliest.
const ATTRIBUTES: usize = 3;

/// The page as it should be.
///
/// # Errors
/// When nothing offered has a product's list of codes, or the template does not fit.
pub fn page(templates: &Templates) -> Result<String> {
    let names: BTreeMap<u32, &str> = every_code().map(|(code, _, name)| (code, name)).collect();
    let mut subjects = codes::general().to_vec();
    let products = OF_PRODUCTS.iter().map(|rows| Ok((title(rows)?, *rows)));
    let mut of_products = products.collect::<Result<Vec<_>>>()?;
    of_products.sort_by_key(|(title, _)| *title);
    subjects.extend(of_products);
    let explained: BTreeSet<u32> = subjects
        .iter()
        .flat_map(|(_, rows)| rows.iter())
        .filter(|known| known.is_explained())
        .map(|known| known.code)
        .collect();
    let mut others: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (code, product, name) in every_code().filter(|(code, ..)| !explained.contains(code)) {
        let product = if product.is_empty() {
            "Of several products"
        } else {
            product
        };
        others
            .entry(product)
            .or_default()
            .push(context! { code, name => in_cell(name) });
    }
    let example = OF_PRODUCTS
        .iter()
        .find_map(|rows| rows.iter().find(|known| known.code == EXAMPLE))
        .context("the code of the example is not explained")?;
    let subjects = subjects.iter().map(|(title, rows)| {
        let rows = rows.iter().filter(|known| known.is_explained());
        context! { title => *title, rows => rows.map(|known| row(known, &names)).collect::<Vec<_>>() }
    });
    let others = others.into_iter().map(|(title, rows)| context! { title, rows });
    templates.render(
        "pages/errors.md.j2",
        context! {
            explained => explained.len(),
            known => every_code().count(),
            example => context! {
                code => example.code,
                url => codes::page(example.code),
                meaning => example.meaning,
                advice => example.advice,
            },
            subjects => subjects.collect::<Vec<_>>(),
            others => others.collect::<Vec<_>>(),
        },
    )
}

fn row(known: &KnownCode, names: &BTreeMap<u32, &str>) -> Value {
    let attributes: Vec<_> = known.at.iter().copied().take(ATTRIBUTES).collect();
    context! {
        code => known.code,
        url => codes::page(known.code),
        name => in_cell(names.get(&known.code).unwrap_or(&"")),
        meaning => in_cell(known.meaning),
        advice => in_cell(known.advice),
        attributes,
    }
}

/// Text that stands in one cell of a table.
fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

/// The heading of a product's codes: that of what names the list first.
fn title(rows: &[KnownCode]) -> Result<&'static str> {
    let is_it = |lists: &[&[KnownCode]]| lists.first().is_some_and(|list| is_same(list, rows));
    let resources = RESOURCES
        .iter()
        .filter(|table| is_it(table.object.codes))
        .map(|table| table.object.category);
    let data_sources = DATA_SOURCES
        .iter()
        .filter(|table| is_it(table.codes))
        .map(|table| table.category);
    let actions = ACTIONS
        .iter()
        .filter(|table| is_it(table.codes))
        .map(|table| table.category);
    let category = resources.chain(data_sources).chain(actions).next();
    let first = rows.first().map(|known| known.code);
    Ok(category
        .with_context(|| format!("nothing that is offered has the codes from {first:?} on"))?
        .title())
}

fn is_same(one: &[KnownCode], other: &[KnownCode]) -> bool {
    let codes = |rows: &[KnownCode]| rows.iter().map(|known| (known.code, known.meaning)).collect::<Vec<_>>();
    codes(one) == codes(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> String {
        page(&Templates::read().expect("there are templates")).expect("a page")
    }

    /// The codes in the first cells of the rows of tables.
    fn codes_of(text: &str) -> Vec<u32> {
        let cell = |line: &str| {
            line.strip_prefix("| ")?
                .split_once(" |")
                .map(|(cell, _)| cell.to_owned())
        };
        let number = |cell: String| cell.trim_start_matches('[').split(']').next()?.parse().ok();
        text.lines().filter_map(cell).filter_map(number).collect()
    }

    #[test]
    fn the_page_has_every_code_and_each_of_a_product_in_its_words() {
        let text = text();
        let codes: BTreeSet<u32> = codes_of(&text).into_iter().collect();
        let missing: Vec<_> = every_code()
            .map(|(code, ..)| code)
            .filter(|code| !codes.contains(code))
            .collect();
        assert!(codes.len() >= 2814 && missing.is_empty(), "{missing:?}");
        let rows = OF_PRODUCTS
            .iter()
            .copied()
            .chain(codes::general().iter().map(|(_, rows)| *rows))
            .flatten();
        for known in rows.filter(|known| known.is_explained()) {
            let line = format!("| {} {}", in_cell(known.meaning), "|");
            let advice = in_cell(known.advice);
            assert!(
                text.lines().any(|row| row.starts_with(&format!("| [{}]", known.code))
                    && row.contains(&line)
                    && row.contains(&advice)),
                "{}",
                known.code
            );
        }
    }

    #[test]
    fn a_row_is_a_row_whatever_stands_in_it() {
        let text = text();
        for line in text.lines().filter(|line| line.starts_with("| [")) {
            let bars = line.replace("\\|", "").matches('|').count();
            assert_eq!(bars, 5, "{line}");
        }
        assert_eq!(in_cell("a | b <c>"), "a \\| b &lt;c>");
    }

    #[test]
    fn a_code_that_is_explained_is_not_listed_again_by_its_name_alone() {
        let text = text();
        let (explained, others) = text.split_once("## All other codes").expect("a heading");
        let explained: BTreeSet<u32> = codes_of(explained).into_iter().collect();
        let again: Vec<_> = codes_of(others)
            .into_iter()
            .filter(|code| explained.contains(code))
            .collect();
        assert!(explained.len() > 500 && again.is_empty(), "{again:?}");
    }
}
