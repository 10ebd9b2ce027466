//! Every example of a data source, of an ephemeral resource and of a function works: apply, nothing to do, destroy, nothing left. Those of
//! resources are samples, whose lives are in `products.rs`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::sandbox::Sandbox;

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(kind)
}

/// Runs the examples of one kind, one after the other. `file` is the name of each example.
fn run_all(kind: &str, file: &str) {
    let mut ran = 0;
    let mut entries: Vec<_> = fs::read_dir(folder(kind))
        .expect("the folder is there")
        .flatten()
        .collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let text = fs::read_to_string(entry.path().join(file)).expect("each example has its file");
        let name = entry.file_name().to_string_lossy().into_owned();
        let mut sandbox = Sandbox::new();
        if text.contains("variable \"client_secret\"") {
            let (client_id, client_secret) = sandbox.oauth_app(&[], 3600);
            sandbox.terraform.set_env("TF_VAR_client_id", client_id);
            sandbox.terraform.set_env("TF_VAR_client_secret", client_secret);
            sandbox.remember();
        }
        sandbox.apply(&text);
        sandbox.plan_is_empty(&format!("of the example {name}"));
        sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
        sandbox.nothing_is_left();
        ran += 1;
    }
    assert!(ran > 0, "no examples in {kind}");
}

#[test]
fn every_data_source_example_works() {
    run_all("data-sources", "data-source.tf");
}

#[test]
fn every_function_example_works() {
    run_all("functions", "function.tf");
}

#[test]
fn every_ephemeral_resource_example_works() {
    run_all("ephemeral-resources", "ephemeral-resource.tf");
}
