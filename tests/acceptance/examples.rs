//! Every example in `examples/` works: apply, nothing to do, destroy, nothing left.

use std::fs;
use std::path::{Path, PathBuf};

use crate::world::{World, configure};

/// What must be there before an example, because it is about something that another configuration manages.
const BEFORE: &[(&str, &str)] = &[(
    "twilio_phone_number_webhooks",
    r#"resource "twilio_phone_number" "theirs" { phone_number = "+14155550142" }"#,
)];

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
        let world = World::new();
        // What another configuration has made before.
        let elsewhere = BEFORE.iter().find(|(example, _)| *example == name).map(|(_, before)| {
            let workspace = world.another_workspace();
            configure(&workspace, before);
            workspace
                .succeed(&["apply", "-auto-approve", "-no-color"])
                .expect("it can be made");
            workspace
        });
        // An example is shown as one would write it; the test lets go of what it would keep.
        let text = text.replace("on_destroy = \"suspend\"", "on_destroy = \"close\"");
        world.apply(&text);
        world.plan_is_empty(&format!("of the example {name}"));
        world.succeed(&["destroy", "-auto-approve", "-no-color"]);
        if let Some(elsewhere) = elsewhere {
            elsewhere
                .succeed(&["destroy", "-auto-approve", "-no-color"])
                .expect("it goes");
        }
        world.nothing_is_left();
        ran += 1;
    }
    assert!(ran > 0, "no examples in {kind}");
}

#[test]
fn every_resource_example_works() {
    run_all("resources", "resource.tf");
}

#[test]
fn every_data_source_example_works() {
    run_all("data-sources", "data-source.tf");
}
