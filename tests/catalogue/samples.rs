//! Samples and examples fit the schemas: a mistyped attribute is found here, and not first by a Terraform that applies it.

use std::fs;
use std::path::{Path, PathBuf};

use terraform_provider_twilio::engine::facts::Managed;
use terraform_provider_twilio::engine::values::lookup_schema::{all_schema, one_schema, search_schema};
use terraform_provider_twilio::engine::values::schema::{action_schema, data_source_schema, resource_schema};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::provider::offered::{ACTIONS, DATA_SOURCES, EPHEMERAL_RESOURCES};
use xtask::samples::fits::{self, Of};
use xtask::samples::{Block, Samples};

use crate::files::root;
use crate::walk::{Complaint, compared, compared_at_least, settle, tables};

/// Overrides of another file: they say nothing alone.
const OVERRIDES: [&str; 3] = ["another.tf", "changed.tf", "removed.tf"];

/// The schema of a kind of block and a type, of what is offered and of the test tables.
fn schema((kind, name): Of<'_>) -> Option<terraform_provider_twilio::framework::schema::Block> {
    let table = || tables().find(|table| table.object.name == name);
    let found: Option<Schema> = match kind {
        "resource" => table().map(resource_schema),
        "list" => table().and_then(search_schema),
        "action" => ACTIONS.iter().find(|table| table.name == name).map(action_schema),
        "ephemeral" => {
            let mut all = EPHEMERAL_RESOURCES.iter();
            let table = all.find(|table| table.name == name);
            table.map(|table| data_source_schema(table.doc, table.attributes, table.rules))
        }
        "data" => data_source(name),
        _ => None,
    };
    found.map(|schema| schema.block)
}

fn data_source(name: &str) -> Option<Schema> {
    if let Some(table) = DATA_SOURCES.iter().find(|table| table.name == name) {
        return Some(data_source_schema(table.doc, table.attributes, table.rules));
    }
    let is_several = |table: &&Managed| table.object.plural.is_some_and(|plural| plural.name == name);
    let one = tables().find(|table| table.object.name == name).map(one_schema);
    one.or_else(|| all_schema(tables().find(is_several)?))
}

#[test]
fn every_sample_fits_its_schema_as_it_is_changed_and_with_something_taken_out() {
    let root = root();
    let folders = ["examples/resources", "tests/tables/samples"].map(|folder| root.join(folder));
    let samples = Samples::read(&[&folders[0], &folders[1]]).unwrap_or_else(|error| panic!("{error:#}"));
    let mut complaints = Vec::new();
    for sample in samples.iter() {
        let others = sample.blocks().iter().map(|block| ("resource.tf", block.clone()));
        let changed = [("changed.tf", Some(sample.changed())), ("removed.tf", sample.removed())];
        let overridden = changed.into_iter().chain([("another.tf", sample.another())]);
        let overridden = overridden.filter_map(|(file, block)| Some((file, block?)));
        for (file, block) in others.chain(overridden) {
            compared();
            complaints.extend(unfit(&sample.type_name, file, &block));
        }
    }
    compared_at_least(100, "blocks");
    settle(complaints, &[]);
}

fn unfit(type_name: &str, file: &str, block: &Block) -> Vec<Complaint> {
    let kind = if block.address.is_data { "data" } else { "resource" };
    let found = fits::of_block((kind, &block.address.type_name), &block.attributes, &schema);
    let complaint = |what| Complaint::new(type_name, format!("{file} {}", block.address), what);
    found.into_iter().map(complaint).collect()
}

#[test]
fn every_example_fits_the_schemas() {
    let mut complaints = Vec::new();
    for file in configurations(&root().join("examples")) {
        let is_override = file
            .file_name()
            .is_some_and(|name| OVERRIDES.iter().any(|known| name == *known));
        if is_override {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a file");
        let found = fits::in_text(&text, &schema).unwrap_or_else(|error| panic!("{}: {error:#}", file.display()));
        let name = file.strip_prefix(root()).unwrap_or(&file).display().to_string();
        compared();
        complaints.extend(found.into_iter().map(|what| Complaint::new(&name, "", what)));
    }
    compared_at_least(40, "files");
    settle(complaints, &[]);
}

/// Files of Terraform below a folder, and of its queries.
fn configurations(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(configurations(&path));
        } else if name.ends_with(".tf") || name.ends_with(".tfquery.hcl") {
            files.push(path);
        }
    }
    files
}
