//! Values that are given and never stored.

use super::world::World;

fn thing(secret: &str, version: u32) -> String {
    format!(
        "resource \"toy_thing\" \"a\" {{\n  name = \"one\"\n  secret = \"{secret}\"\n  secret_version = {version}\n}}"
    )
}

#[test]
fn they_reach_create_and_update_and_nothing_else() {
    let world = World::new();
    world.apply(&thing("hush-1", 1));
    // A changed secret alone is no change; its version is.
    world.configure(&thing("hush-2", 1));
    world.plan_is_empty();
    world.apply(&thing("hush-3", 2));
    assert_eq!(world.toy().memory().secrets, ["hush-1", "hush-3"]);
    world.configure(&thing("hush-4", 3));
    let mut plan = world.terraform.plan_json(&[]).expect("a plan");
    // Terraform itself repeats the constants of a configuration.
    plan["configuration"].take();
    let stored = format!("{}{plan}", world.state_file());
    assert!(stored.contains("resource_changes"), "{stored}");
    // The toy answers each read with the secret; the framework takes it out.
    assert!(!stored.contains("hush"), "{stored}");
    world.destroy();
}

#[test]
fn they_may_stand_in_blocks_and_come_from_something_ephemeral() {
    let world = World::new();
    world.apply(
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
        let memory = world.toy().memory();
        assert_eq!(memory.secrets.len(), 2);
        assert!(memory.secrets.iter().any(|secret| secret.starts_with("lease-")));
    }
    let state = world.state_file();
    assert!(!state.contains("hush") && !state.contains("lease-"), "{state}");
}
