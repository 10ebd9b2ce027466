//! What goes wrong halfway, and what is left in the state then.

use std::process::Stdio;

use super::toy::{Fault, PRIVATE};
use super::world::World;

const THING: &str = r#"resource "toy_thing" "a" {
  name = "one"
  note = "first"
}"#;

#[test]
fn a_create_that_fails_halfway_is_tainted_and_repaired() {
    let world = World::new();
    world.toy().break_it(Fault::CreateHalfway);
    let said = world.apply_fails(THING);
    assert!(said.contains("The toy fell over"), "{said}");
    assert_eq!(world.resource("toy_thing.a")["id"], "thing-1");
    assert!(world.state_file().contains(r#""status": "tainted""#));
    world.toy().mend();
    world.apply(THING);
    assert_eq!(world.toy().memory().objects.len(), 1, "the half-made object is gone");
    // Terraform plans the replacement of a tainted object as if there had been none: a delete gets what that plan stored.
    assert_eq!(world.toy().memory().deleted_with, [b""]);
    world.destroy();
}

#[test]
fn a_create_that_makes_nothing_leaves_nothing() {
    let world = World::new();
    world.toy().break_it(Fault::CreateRefused);
    world.apply_fails(THING);
    assert_eq!(world.find("toy_thing.a"), None);
}

#[test]
fn an_update_that_fails_halfway_keeps_what_really_changed() {
    let world = World::new();
    world.apply(THING);
    world.toy().break_it(Fault::UpdateHalfway);
    let changed = r#"resource "toy_thing" "a" {
  name = "two"
  note = "second"
}"#;
    world.apply_fails(changed);
    let stored = world.resource("toy_thing.a");
    assert_eq!((&stored["name"], &stored["note"]), (&"one".into(), &"second".into()));
    assert!(!world.state_file().contains("tainted"));
    world.toy().mend();
    world.apply(changed);
    world.destroy();
}

#[test]
fn a_delete_that_fails_keeps_the_object_and_its_private_bytes() {
    let world = World::new();
    world.apply(THING);
    world.toy().break_it(Fault::DeleteRefused);
    world.fail(&["destroy", "-auto-approve", "-no-color"]);
    assert_eq!(world.resource("toy_thing.a")["id"], "thing-1");
    world.toy().mend();
    world.destroy();
    assert_eq!(world.toy().memory().deleted_with, [PRIVATE]);
}

#[test]
fn a_read_that_fails_loses_nothing() {
    let world = World::new();
    world.apply(THING);
    let before = world.state_file();
    world.toy().break_it(Fault::ReadRefused);
    let said = world.fail(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("The toy does not answer"), "{said}");
    assert_eq!(world.state_file(), before);
}

#[test]
fn a_panic_is_an_error_of_one_object_and_others_survive() {
    let world = World::new();
    world.toy().break_it(Fault::CreatePanics);
    world.configure(&format!(
        "{}\nresource \"toy_thing\" \"fine\" {{\n  name = \"two\"\n  note = \"fine\"\n}}",
        THING.replace("}", "secret = \"hush-hush\"\n}")
    ));
    // Not through `run`, which fails on the very words that are looked for here.
    let output = world
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let said = output.unwrapped();
    assert_eq!(output.code, 1, "{said}");
    assert!(said.contains("ApplyResourceChange for toy_thing panicked at"), "{said}");
    assert!(!said.contains("hush-hush"), "{said}");
    assert!(said.contains("toy_thing.fine: Creation complete"), "{said}");
    assert_eq!(world.find("toy_thing.a"), None);
}

#[test]
fn what_a_resource_may_not_plan_or_leave_open_is_named() {
    let world = World::new();
    let said = |fault: Fault| {
        world.toy().mend();
        world.toy().break_it(fault);
        world.configure("resource \"toy_thing\" \"a\" {\n  name = \"one\"\n}");
        let output = world.terraform.run(&["apply", "-auto-approve", "-no-color"]);
        let output = output.expect("terraform starts");
        assert_eq!(output.code, 1, "{}", output.text());
        output.unwrapped()
    };
    let plan = said(Fault::PlanImpossible);
    assert!(
        plan.contains("note is planned as something that is neither configured"),
        "{plan}"
    );
    let apply = said(Fault::CreateLeavesUnknown);
    assert!(apply.contains("The provider did not find out revision"), "{apply}");
    let stored = world.resource("toy_thing.a");
    assert_eq!((&stored["id"], &stored["revision"]), (&"thing-1".into(), &().into()));
}

/// Ctrl-C while an object is made: the wait ends, and what was made so far is in the state.
#[test]
fn an_interrupt_ends_the_wait_and_keeps_the_object() {
    let world = World::new();
    world.toy().break_it(Fault::CreateHangs);
    world.configure(THING);
    let terraform = world
        .terraform
        .command(&["apply", "-auto-approve", "-no-color"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("terraform starts");
    world.served().run(world.toy().hanging.notified());
    let sent = std::process::Command::new("kill")
        .args(["-s", "INT", &terraform.id().to_string()])
        .status()
        .expect("kill starts");
    assert!(sent.success());
    let output = terraform.wait_with_output().expect("terraform ends");
    assert!(!output.status.success());
    assert_eq!(world.toy().memory().count("stop"), 1);
    assert_eq!(world.resource("toy_thing.a")["id"], "thing-1");
    // Stopped is not for ever: the same process serves the next run.
    world.toy().mend();
    world.apply(THING);
    world.destroy();
}
