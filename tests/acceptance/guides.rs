//! The configurations in the guides are ones that Terraform accepts.

use std::fs;
use std::path::Path;

use xtask::terraform::REQUIRED_PROVIDERS;

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

#[test]
fn every_configuration_in_a_guide_is_valid() {
    let stores = Stores::start();
    let mut sandbox = Sandbox::new();
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
