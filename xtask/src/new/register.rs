//! Where a new resource is named beside its file: the list of its folder, and for a new folder that of all folders.

use anyhow::Result;
use terraform_provider_twilio::engine::facts::Category;

use super::changes::Changes;
use super::codes;
use super::draft::Draft;
use super::older;

/// Names the table in its folder, which is made if need be.
///
/// # Errors
/// When a file is not there or has another form.
pub fn table(changes: &mut Changes, draft: &Draft) -> Result<()> {
    let module = format!("src/resources/{}/mod.rs", draft.category.folder());
    if !changes.has(&module) {
        open_folder(changes, draft.category)?;
    }
    let (stem, constant) = (draft.stem(), draft.stem().to_uppercase());
    changes.edit(&module, |text| {
        let text = with_module(text, &format!("pub mod {stem};"));
        with_element(&text, "RESOURCES: &[Managed] = &[", &format!("{stem}::{constant}"))
    })?;
    if !draft.codes.unnamed.is_empty() {
        name_codes(changes, draft, &module)?;
    }
    older::register(changes, draft)?;
    if let Some(size) = draft.page_size {
        let row = format!(
            "    // The contract allows {size}.\n    (Product::{:?}, {:?}, Some({size})),\n",
            draft.place.product,
            part_of_path(&draft.place.collection)
        );
        changes.edit("src/twilio/page_size.rs", |text| {
            let start = text.find("const SMALLER")?;
            let end = start + text[start..].find("\n];")? + 1;
            Some(format!("{}{row}{}", &text[..end], &text[end..]))
        })?;
    }
    Ok(())
}

/// Names the codes in the folder's list. The first list of a folder is one that `explain_error` searches, too.
fn name_codes(changes: &mut Changes, draft: &Draft, module: &str) -> Result<()> {
    let file = codes::file(draft.category);
    let there = match changes.has(&file) {
        true => Some(changes.text(&file)?),
        false => None,
    };
    if there.is_none() {
        changes.edit(module, |text| Some(with_module(text, "pub mod codes;")))?;
        let (folder, constant) = (
            draft.category.folder(),
            draft.codes.constant.as_deref().unwrap_or_default(),
        );
        changes.edit("src/functions/explain_error/mod.rs", |text| {
            let list = format!("{folder}::codes::{constant}");
            let text = with_element(text, "OF_PRODUCTS: &[&[KnownCode]] = &[", &list)?;
            with_element(&text, "use crate::resources::{", folder)
        })?;
    }
    let written = draft.codes.written(there, draft.category)?;
    changes.put(file, written);
    Ok(())
}

/// The part of a list's path that distinguishes it from the other lists of its product.
fn part_of_path(collection: &str) -> String {
    let literal = collection
        .trim_end_matches(".json")
        .rsplit('/')
        .next()
        .unwrap_or_default();
    format!("/{literal}")
}

fn open_folder(changes: &mut Changes, category: Category) -> Result<()> {
    let folder = category.folder();
    changes.put(
        format!("src/resources/{folder}/mod.rs"),
        format!(
            "//! {}.\n\nuse crate::engine::facts::Managed;\n\n/// Resources, sorted by name.\npub const RESOURCES: &[Managed] = &[];\n",
            category.title()
        ),
    );
    changes.edit("src/resources/mod.rs", |text| {
        Some(with_module(text, &format!("pub mod {folder};")))
    })?;
    changes.edit("src/resources/offered.rs", |text| {
        let text = with_element(
            text,
            "RESOURCES_OF_PRODUCTS: &[&[Managed]] = &[",
            &format!("{folder}::RESOURCES"),
        )?;
        with_element(&text, "use crate::resources::{", folder)
    })?;
    // Each product has its test with the real Terraform.
    changes.edit("tests/acceptance/products.rs", |text| {
        with_line(text, "products! {\n", &format!("    {folder} = {category:?},"))
    })
}

/// With a module, among the others in order.
pub fn with_module(text: &str, line: &str) -> String {
    let name = |line: &str| {
        let rest = line
            .strip_prefix("pub(crate) ")
            .or(line.strip_prefix("pub "))
            .unwrap_or(line);
        rest.strip_prefix("mod ")
            .and_then(|rest| rest.strip_suffix(';'))
            .map(str::to_owned)
    };
    let mut lines: Vec<&str> = text.lines().collect();
    let modules: Vec<usize> = (0..lines.len()).filter(|index| name(lines[*index]).is_some()).collect();
    let mut place = modules.iter().copied().find(|index| name(lines[*index]) > name(line));
    if place.is_none() {
        place = modules.last().map(|index| index + 1);
    }
    match place {
        Some(place) => lines.insert(place, line),
        None => {
            // Behind the words at the beginning.
            let start = lines
                .iter()
                .position(|line| !line.starts_with("//!"))
                .unwrap_or(lines.len());
            lines.splice(start..start, ["", line]);
        }
    }
    lines.join("\n") + "\n"
}

/// With an element in the list that begins with `start`, among the others in order. rustfmt lays it out.
fn with_element(text: &str, start: &str, element: &str) -> Option<String> {
    let begin = text.find(start)? + start.len();
    let end = begin + text[begin..].find([']', '}'])?;
    let mut elements: Vec<&str> = text[begin..end]
        .split(',')
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .collect();
    elements.push(element);
    elements.sort_unstable();
    Some(format!("{}{}{}", &text[..begin], elements.join(", "), &text[end..]))
}

/// With a line in the block that begins with `start`, among the others in order.
fn with_line(text: &str, start: &str, line: &str) -> Option<String> {
    let begin = text.find(start)? + start.len();
    let end = begin + text[begin..].find("\n}")?;
    let mut lines: Vec<&str> = text[begin..end].lines().collect();
    lines.push(line);
    lines.sort_unstable();
    Some(format!("{}{}{}", &text[..begin], lines.join("\n"), &text[end..]))
}

/// With a row in the table that has this head, among the others in order.
pub fn with_row(text: &str, head: &str, row: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| *line == head)? + 2;
    let last = first + lines[first..].iter().position(|line| !line.starts_with('|'))?;
    let at = (first..last).find(|index| lines[*index].starts_with("| `twilio_") && lines[*index] > row);
    // What is no resource stands last.
    let types = lines[first..last]
        .iter()
        .filter(|line| line.starts_with("| `twilio_"))
        .count();
    lines.insert(at.unwrap_or(first + types), row);
    Some(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_and_elements_stay_in_order() {
        let text = "//! Voice.\n\npub mod codes;\nmod older;\npub mod twiml_app;\n\npub const RESOURCES: &[Managed] = &[twiml_app::TWIML_APP];\n";
        let text = with_module(text, "mod queue;");
        assert!(text.contains("mod older;\nmod queue;\npub mod twiml_app;"), "{text}");
        let text = with_element(&text, "RESOURCES: &[Managed] = &[", "queue::QUEUE").expect("there is a list");
        assert!(text.contains("&[queue::QUEUE, twiml_app::TWIML_APP];"), "{text}");
        assert!(with_module("//! New.\n\nuse x;\n", "mod a;").starts_with("//! New.\n\nmod a;\n"));
        assert_eq!(with_element("nothing", "RESOURCES", "a"), None);
        let text = with_line(
            "products! {\n    a = A,\n    c = C,\n}\n",
            "products! {\n",
            "    b = B,",
        );
        assert_eq!(
            text.as_deref(),
            Some("products! {\n    a = A,\n    b = B,\n    c = C,\n}\n")
        );
        let guide = "| a | here |\n| --- | --- |\n| `twilio_b` | x |\n| `data.twilio_a` | y |\n\nText.\n";
        for (row, at) in [("| `twilio_a` | z |", 2), ("| `twilio_c` | z |", 3)] {
            let text = with_row(guide, "| a | here |", row).expect("there is a table");
            assert_eq!(text.lines().nth(at), Some(row), "{text}");
        }
    }
}
