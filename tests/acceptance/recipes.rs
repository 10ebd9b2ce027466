//! The recipes: whole configurations with other providers, of which stand-ins are here.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::sandbox::{Sandbox, configure};
use crate::secret_stores::Stores;

fn recipes() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/recipes");
    let entries = fs::read_dir(folder).expect("there are recipes").flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path().join("main.tf")).collect();
    paths.sort();
    paths
}

#[test]
fn a_subaccounts_token_gets_into_each_store_and_into_no_state() {
    let recipes = recipes();
    assert_eq!(recipes.len(), 3);
    for recipe in recipes {
        let text = fs::read_to_string(&recipe).expect("a recipe");
        let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides/secrets.md");
        let guide = fs::read_to_string(guide).expect("the guide");
        assert!(
            guide.contains(&text),
            "the guide shows {} in another version",
            recipe.display()
        );

        let stores = Stores::start();
        let mut sandbox = Sandbox::new();
        sandbox.terraform.set_env("TF_REATTACH_PROVIDERS", stores.reattach());
        sandbox.terraform.write("main.tf", &text).expect("it can be written");
        let mut seen = sandbox.succeed(&["plan", "-no-color", "-out=recipe.tfplan"]).text();
        assert!(stores.received().is_empty(), "a plan writes nothing");
        seen.push_str(&sandbox.succeed(&["apply", "-no-color", "recipe.tfplan"]).text());
        let sid = sandbox.resource("twilio_subaccount.team")["sid"].clone();
        let received = stores.received();
        assert_eq!(received.len(), 1, "{received:?}");
        let token = match serde_json::from_str::<Json>(&received[0]) {
            Ok(parts) => parts["auth_token"].as_str().map(str::to_owned),
            Err(_) => Some(received[0].clone()),
        };
        let token = token.expect("the store has the token");
        sandbox.plan_is_empty("after the recipe");

        seen.push_str(&sandbox.succeed(&["show", "-json", "recipe.tfplan"]).text());
        seen.push_str(&fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("a state"));
        assert!(!seen.contains(&token), "{}", seen.replace(&token, "TOKEN"));

        // It is the token of that account.
        let mut team = sandbox.another_workspace();
        team.set_env("TWILIO_ACCOUNT_SID", sid.as_str().expect("a SID"));
        team.set_env("TWILIO_AUTH_TOKEN", &token);
        configure(&team, "data \"twilio_account\" \"own\" {}");
        team.succeed(&["apply", "-auto-approve", "-no-color"])
            .expect("it signs in");

        // Another version writes it again.
        let again = text.replace("_wo_version = 1", "_wo_version = 2");
        sandbox.terraform.write("main.tf", &again).expect("it can be written");
        sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
        assert_eq!(stores.received().len(), 2);
    }
}
