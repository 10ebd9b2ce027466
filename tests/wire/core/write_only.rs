//! Values that are given and never stored.

use super::sandbox::Sandbox;

fn thing(secret: &str, version: u32) -> String {
    format!(
        "resource \"toy_thing\" \"a\" {{\n  name = \"one\"\n  secret = \"{secret}\"\n  secret_version = {version}\n}}"
    )
}

#[test]
fn they_reach_create_and_update_and_nothing_else() {
    let sandbox = Sandbox::new();
    sandbox.apply(&thing("hush-1", 1));
    // A changed secret alone is no change; its version is.
    sandbox.configure(&thing("hush-2", 1));
    sandbox.plan_is_empty();
    sandbox.apply(&thing("hush-3", 2));
    assert_eq!(sandbox.toy().memory().secrets, ["hush-1", "hush-3"]);
    sandbox.configure(&thing("hush-4", 3));
    let mut plan = sandbox.terraform.plan_json(&[]).expect("a plan");
    // Terraform itself repeats the constants of a configuration.
    plan["configuration"].take();
    let stored = format!("{}{plan}", sandbox.state_file());
    assert!(stored.contains("resource_changes"), "{stored}");
    // The toy answers each read with the secret; the framework takes it out.
    assert!(!stored.contains("hush"), "{stored}");
    sandbox.destroy();
}

#[test]
fn they_may_stand_in_blocks_and_come_from_something_ephemeral() {
    let sandbox = Sandbox::new();
    sandbox.apply(
        r#"ephemeral "toy_lease" "a" {
  owner = "me"
}
resource "toy_nest" "a" {
  core {
    name   = "c"
    secret = ephemeral.toy_lease.a.token
  }
  part {
    name   = "p"
    secret = "hush-part"
  }
}"#,
    );
    {
        let memory = sandbox.toy().memory();
        assert_eq!(memory.secrets.len(), 2);
        assert!(memory.secrets.iter().any(|secret| secret.starts_with("lease-")));
    }
    let state = sandbox.state_file();
    assert!(!state.contains("hush") && !state.contains("lease-"), "{state}");
}
