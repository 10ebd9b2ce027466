//! The configurations in the guides are ones that Terraform accepts; those of what a person does in an emergency, or once, are led through
//! it, block by block as the page has them.

mod closing;
mod drift;
mod environments;
mod incident;

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use xtask::terraform::{REQUIRED_PROVIDERS, Workspace};

use crate::sandbox::{Sandbox, assert_healthy};
use crate::secret_stores::Stores;

/// Guides whose blocks are not configurations of one folder, but steps from the state of another provider, or test files, or that need
/// a newer Terraform: tests of their own cover them.
const ELSEWHERE: &[&str] = &["actions.md", "migration.md", "testing.md"];

/// The Terraform code of a page, block by block.
pub fn blocks(page: &str) -> impl Iterator<Item = &str> {
    let parts = page.split("```terraform\n").skip(1);
    parts.map(|part| part.split_once("```").map_or(part, |(block, _)| block))
}

/// A guide, as a person has it before them.
struct Guide {
    name: &'static str,
    text: String,
}

impl Guide {
    fn read(name: &'static str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides").join(name);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { name, text }
    }

    /// The one block with this text in it, with what a configuration needs beside it.
    fn block(&self, part: &str) -> String {
        let found: Vec<_> = blocks(&self.text).filter(|block| block.contains(part)).collect();
        assert_eq!(found.len(), 1, "{} has {} blocks with {part:?}", self.name, found.len());
        match found[0].contains("required_providers") {
            true => found[0].to_owned(),
            false => format!("{REQUIRED_PROVIDERS}{}", found[0]),
        }
    }

    /// The same without the block that says where the provider comes from, to stand beside another.
    fn part(&self, part: &str) -> String {
        self.block(part).replacen(REQUIRED_PROVIDERS, "", 1)
    }

    /// Fails unless the page says this.
    fn says(&self, text: &str) {
        assert!(self.text.contains(text), "{} does not say {text:?}", self.name);
    }
}

/// Writes the one file that the configuration is.
fn write(workspace: &Workspace, text: &str) {
    workspace.write("main.tf", text).expect("it can be written");
}

/// Runs Terraform without colours, which must succeed, and returns what it said on one line.
fn succeed(workspace: &Workspace, arguments: &[&str]) -> String {
    let output = workspace.run(&with_no_color(arguments)).expect("terraform starts");
    assert_healthy(&output);
    assert_eq!(output.code, 0, "terraform {arguments:?}:\n{}", output.text());
    output.unwrapped()
}

/// The same, which must fail.
fn refused(workspace: &Workspace, arguments: &[&str]) -> String {
    let output = workspace.run(&with_no_color(arguments)).expect("terraform starts");
    assert_healthy(&output);
    assert_eq!(output.code, 1, "terraform {arguments:?}:\n{}", output.text());
    output.unwrapped()
}

fn with_no_color<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    arguments.iter().copied().chain(["-no-color"]).collect()
}

const APPLY: &[&str] = &["apply", "-auto-approve"];

/// The outputs of the state.
fn output(workspace: &Workspace, name: &str) -> Json {
    let state = workspace.state_json().expect("the state can be shown");
    state["values"]["outputs"][name]["value"].clone()
}

#[test]
fn every_configuration_in_a_guide_is_valid() {
    let stores = Stores::start();
    let mut sandbox = Sandbox::standing();
    sandbox.terraform.set_env("TF_REATTACH_PROVIDERS", stores.reattach());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides");
    let mut pages: Vec<_> = fs::read_dir(folder).expect("there are guides").flatten().collect();
    pages.sort_by_key(fs::DirEntry::file_name);
    let mut seen = 0;
    for page in pages {
        let name = page.file_name().to_string_lossy().into_owned();
        if ELSEWHERE.contains(&name.as_str()) {
            continue;
        }
        let text = fs::read_to_string(page.path()).expect("a page");
        for (index, block) in blocks(&text).enumerate() {
            let whole = match block.contains("required_providers") {
                true => block.to_owned(),
                false => format!("{REQUIRED_PROVIDERS}{block}"),
            };
            sandbox.terraform.write("main.tf", &whole).expect("a file");
            let output = sandbox
                .terraform
                .run(&["validate", "-no-color"])
                .expect("terraform starts");
            assert_healthy(&output);
            assert_eq!(output.code, 0, "block {index} of {name}:\n{block}\n{}", output.text());
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} configurations");
}
