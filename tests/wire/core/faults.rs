//! What goes wrong halfway, and what is left in the state then.

use std::process::Stdio;

use super::sandbox::Sandbox;
use super::toy::{Fault, PRIVATE};

const THING: &str = r#"resource "toy_thing" "a" {
  name = "one"
  note = "first"
}"#;

#[test]
fn a_create_that_fails_halfway_is_tainted_and_repaired() {
    let sandbox = Sandbox::new();
    sandbox.toy().break_it(Fault::CreateHalfway);
    let said = sandbox.apply_fails(THING);
    assert!(said.contains("The toy fell over"), "{said}");
    assert_eq!(sandbox.resource("toy_thing.a")["id"], "thing-1");
    assert!(sandbox.state_file().contains(r#""status": "tainted""#));
    sandbox.toy().mend();
    sandbox.apply(THING);
    assert_eq!(sandbox.toy().memory().objects.len(), 1, "the half-made object is gone");
    // Terraform plans the replacement of a tainted object as if there had been none: a delete gets what that plan stored.
    assert_eq!(sandbox.toy().memory().deleted_with, [b""]);
    sandbox.destroy();
}

#[test]
fn a_create_that_makes_nothing_leaves_nothing() {
    let sandbox = Sandbox::new();
    sandbox.toy().break_it(Fault::CreateRefused);
    sandbox.apply_fails(THING);
    assert_eq!(sandbox.find("toy_thing.a"), None);
}

#[test]
fn an_update_that_fails_halfway_keeps_what_really_changed() {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    sandbox.toy().break_it(Fault::UpdateHalfway);
    let changed = r#"resource "toy_thing" "a" {
  name = "two"
  note = "second"
}"#;
    sandbox.apply_fails(changed);
    let stored = sandbox.resource("toy_thing.a");
    assert_eq!((&stored["name"], &stored["note"]), (&"one".into(), &"second".into()));
    assert!(!sandbox.state_file().contains("tainted"));
    sandbox.toy().mend();
    sandbox.apply(changed);
    sandbox.destroy();
}

#[test]
fn a_delete_that_fails_keeps_the_object_and_its_private_bytes() {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    sandbox.toy().break_it(Fault::DeleteRefused);
    sandbox.fail(&["destroy", "-auto-approve", "-no-color"]);
    assert_eq!(sandbox.resource("toy_thing.a")["id"], "thing-1");
    sandbox.toy().mend();
    sandbox.destroy();
    assert_eq!(sandbox.toy().memory().deleted_with, [PRIVATE]);
}

#[test]
fn a_read_that_fails_loses_nothing() {
    let sandbox = Sandbox::new();
    sandbox.apply(THING);
    let before = sandbox.state_file();
    sandbox.toy().break_it(Fault::ReadRefused);
    let said = sandbox.fail(&["apply", "-auto-approve", "-no-color"]);
    assert!(said.contains("The toy does not answer"), "{said}");
    assert_eq!(sandbox.state_file(), before);
}

#[test]
fn a_panic_is_an_error_of_one_object_and_others_survive() {
    let sandbox = Sandbox::new();
    sandbox.toy().break_it(Fault::CreatePanics);
    sandbox.configure(&format!(
        "{}\nresource \"toy_thing\" \"fine\" {{\n  name = \"two\"\n  note = \"fine\"\n}}",
        THING.replace("}", "secret = \"hush-hush\"\n}")
    ));
    // Not through `run`, which fails on the very words that are searched for here.
    let output = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let said = output.unwrapped();
    assert_eq!(output.code, 1, "{said}");
    assert!(said.contains("ApplyResourceChange for toy_thing panicked at"), "{said}");
    assert!(!said.contains("hush-hush"), "{said}");
    assert!(said.contains("toy_thing.fine: Creation complete"), "{said}");
    assert_eq!(sandbox.find("toy_thing.a"), None);
}

#[test]
fn what_a_resource_may_not_plan_or_leave_open_is_named() {
    let sandbox = Sandbox::new();
    let said = |fault: Fault| {
        sandbox.toy().mend();
        sandbox.toy().break_it(fault);
        sandbox.configure("resource \"toy_thing\" \"a\" {\n  name = \"one\"\n}");
        let output = sandbox.terraform.run(&["apply", "-auto-approve", "-no-color"]);
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
    let stored = sandbox.resource("toy_thing.a");
    assert_eq!((&stored["id"], &stored["revision"]), (&"thing-1".into(), &().into()));
}

/// Ctrl-C while an object is made: the wait ends, and what was made so far is in the state.
#[test]
fn an_interrupt_ends_the_wait_and_keeps_the_object() {
    let sandbox = Sandbox::new();
    sandbox.toy().break_it(Fault::CreateHangs);
    sandbox.configure(THING);
    let mut terraform = sandbox.terraform.command(&["apply", "-auto-approve", "-no-color"]);
    let mut terraform = tokio::process::Command::from({
        terraform.stdout(Stdio::piped()).stderr(Stdio::piped());
        terraform
    });
    let output = sandbox.served().run(async {
        let mut terraform = terraform.spawn().expect("terraform starts");
        let pid = terraform.id().expect("it runs").to_string();
        tokio::select! {
            () = sandbox.toy().hanging.notified() => {}
            ended = terraform.wait() => panic!("terraform ended before its create: {ended:?}"),
        }
        let sent = std::process::Command::new("kill").args(["-s", "INT", &pid]).status();
        assert!(sent.expect("kill starts").success());
        terraform.wait_with_output().await.expect("terraform ends")
    });
    assert!(!output.status.success());
    assert_eq!(sandbox.toy().memory().count("stop"), 1);
    assert_eq!(sandbox.resource("toy_thing.a")["id"], "thing-1");
    // Stopped is not for ever: the same process serves the next run.
    sandbox.toy().mend();
    sandbox.apply(THING);
    sandbox.destroy();
}
