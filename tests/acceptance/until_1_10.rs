//! What is so with a Terraform that is older than what the other tests need.

use serde_json::json;

use crate::sandbox::Sandbox;
use crate::write_only::{SECRETS, segment, sent};

/// Terraform before 1.11 has the stored argument alone.
#[test]
#[ignore = "needs Terraform 1.10 or older"]
fn the_stored_argument_works_and_the_other_is_one_error() {
    let sandbox = Sandbox::new();
    sandbox.apply(&segment("Segment", &format!("write_key = \"{}\"", SECRETS[0])));
    sandbox.plan_is_empty("after the create");
    assert_eq!(sent(&sandbox), [json!({"write_key": SECRETS[0]})]);
    for configuration in [
        format!(
            "write_key = \"{}\"\nwrite_key_wo = \"b\"\nwrite_key_wo_version = 1",
            SECRETS[0]
        ),
        "write_key_wo = \"b\"\nwrite_key_wo_version = 1".to_owned(),
    ] {
        let said = sandbox.apply_fails(&segment("Segment", &configuration));
        assert_eq!(said.matches("Error: ").count(), 1, "{said}");
        assert!(said.contains("Terraform 1.11"), "{said}");
    }
}
