//! Data sources, against a Twilio whose contents are known.

use serde_json::{Value as Json, json};

use crate::world::World;

/// The outputs of a configuration, by name.
fn outputs(world: &World, config: &str) -> Json {
    world.apply(config);
    world.plan_is_empty("of data sources and outputs");
    let state = world.terraform.state_json().expect("the state can be shown");
    let outputs = state["values"]["outputs"].as_object().cloned().unwrap_or_default();
    outputs
        .into_iter()
        .map(|(name, output)| (name, output["value"].clone()))
        .collect()
}

#[test]
fn an_account_is_read_without_its_token() {
    let world = World::new();
    let found = outputs(
        &world,
        r#"
        resource "twilio_subaccount" "a" { friendly_name = "Customer" }
        data "twilio_account" "own" {}
        data "twilio_account" "child" { account_sid = twilio_subaccount.a.sid }
        output "own" { value = data.twilio_account.own }
        output "child" { value = data.twilio_account.child }
        "#,
    );
    assert_eq!(found["own"]["account_sid"], world.handle.account_sid.as_str());
    assert_eq!(found["own"]["owner_account_sid"], world.handle.account_sid.as_str());
    assert_eq!(found["child"]["friendly_name"], "Customer");
    assert_eq!(found["child"]["status"], "active");
    assert_eq!(found["child"]["owner_account_sid"], world.handle.account_sid.as_str());
    let state = std::fs::read_to_string(world.terraform.path().join("terraform.tfstate")).expect("a state");
    assert!(
        !state.contains(&world.handle.auth_token),
        "the auth token is in the state"
    );
}

#[test]
fn subaccounts_are_found_by_name_and_status_without_the_parent() {
    let world = World::new();
    let found = outputs(
        &world,
        r#"
        resource "twilio_subaccount" "a" { friendly_name = "A" }
        resource "twilio_subaccount" "b" {
          friendly_name = "B"
          status        = "suspended"
        }
        data "twilio_subaccounts" "all" { depends_on = [twilio_subaccount.a, twilio_subaccount.b] }
        data "twilio_subaccounts" "named" {
          friendly_name = "A"
          depends_on    = [twilio_subaccount.a, twilio_subaccount.b]
        }
        data "twilio_subaccounts" "suspended" {
          status     = "suspended"
          depends_on = [twilio_subaccount.a, twilio_subaccount.b]
        }
        output "all" { value = sort(data.twilio_subaccounts.all.subaccounts[*].friendly_name) }
        output "named" { value = data.twilio_subaccounts.named.subaccounts[*].friendly_name }
        output "suspended" { value = data.twilio_subaccounts.suspended.subaccounts[*].friendly_name }
        "#,
    );
    assert_eq!(found, json!({"all": ["A", "B"], "named": ["A"], "suspended": ["B"]}));
    let state = std::fs::read_to_string(world.terraform.path().join("terraform.tfstate")).expect("a state");
    assert!(
        !state.contains(&world.handle.auth_token),
        "the auth token is in the state"
    );
}

#[test]
fn a_balance_is_a_number_and_subaccounts_have_none() {
    let world = World::new();
    let found = outputs(
        &world,
        r#"
        data "twilio_account_balance" "own" {}
        output "balance" { value = data.twilio_account_balance.own }
        "#,
    );
    assert!(found["balance"]["balance"].is_number(), "{found}");
    assert_eq!(found["balance"]["currency"], "USD");
    assert_eq!(found["balance"]["account_sid"], world.handle.account_sid.as_str());
}
