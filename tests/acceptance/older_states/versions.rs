//! A schema that has changed since a state was written, and a type whose table names what the older providers had, with nothing
//! but its line. No offered resource has either shape yet.

use serde_json::{Value as Json, json};

use super::{Past, RJPEARSON94, VENDOR, fixture_of, moved_blocks};
use crate::world::World;

const ADDRESS: &str = "twilio_test_address.a";
const CONFIG: &str = r#"
    resource "twilio_test_address" "a" {
      friendly_name = "Office"
      customer_name = "Acme"
      street        = "1 Main St"
      city          = "Denver"
      region        = "CO"
      postal_code   = "80202"
      iso_country   = "US"
    }
"#;

fn past() -> Past {
    Past::of(World::with_test_tables(), CONFIG)
}

/// What this provider stores for the address now, as it stored it with version 1.
fn of_version_1(past: &Past) -> Json {
    let text = std::fs::read_to_string(past.maker.path().join("terraform.tfstate")).expect("the maker's state");
    let state: Json = serde_json::from_str(&text).expect("JSON");
    let mut instance = state["resources"][0]["instances"][0].clone();
    assert_eq!(instance["schema_version"], 2, "the schema has changed once");
    let attributes = instance["attributes"].as_object_mut().expect("attributes");
    let name = attributes.remove("friendly_name").expect("a name");
    attributes.insert("name".to_owned(), name);
    instance["schema_version"] = 1.into();
    instance
}

#[test]
fn a_state_of_an_earlier_version_is_upgraded_and_plans_nothing() {
    let past = past();
    past.write_state(&[("twilio_test_address", "a", &past.address(), of_version_1(&past))]);
    past.world.twilio.forget_requests().expect("the simulator answers");
    past.world.configure(CONFIG);
    past.world.plan_is_empty("with a state of version 1");
    past.world.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(past.world.resource(ADDRESS), past.made(ADDRESS));
    assert_eq!(past.writes(), Vec::<Json>::new());
}

#[test]
fn a_state_of_no_version_that_can_be_upgraded_is_refused_and_stays() {
    let past = past();
    past.world.configure(CONFIG);
    for (change, needles) in [
        // Terraform itself compares that.
        (
            json!({"schema_version": 3}),
            [
                "managed by newer provider version",
                ADDRESS,
                "Upgrade the twilio provider",
            ],
        ),
        (
            json!({"attributes": {"sid": "AD1"}}),
            ["cannot be upgraded", "version 1", "it has no name"],
        ),
    ] {
        let mut instance = of_version_1(&past);
        for (name, value) in change.as_object().into_iter().flatten() {
            instance[name] = value.clone();
        }
        past.write_state(&[("twilio_test_address", "a", &past.address(), instance)]);
        past.refused(&["plan", "-no-color"], &needles);
        assert_eq!(past.in_state(), [ADDRESS]);
    }
}

#[test]
fn a_table_that_names_the_older_types_takes_over_what_they_stored() {
    let mut past = past();
    past.install_all();
    for (provider, their_type, tells_its_account) in [
        (RJPEARSON94, "twilio_account_address", true),
        (VENDOR, "twilio_api_accounts_addresses", false),
    ] {
        let mut stored = fixture_of("test_tables", their_type);
        past.fill_in(&mut stored, ADDRESS, &["friendly_name"]);
        if tells_its_account {
            stored["attributes"]["account_sid"] = past.made(ADDRESS)["account_sid"].clone();
        }
        past.write_state(&[(their_type, "old", provider, stored)]);
        past.world.twilio.forget_requests().expect("the simulator answers");
        let from = format!("{their_type}.old");
        past.world
            .configure(&format!("{CONFIG}{}", moved_blocks([(from.as_str(), ADDRESS)])));
        let said = past.world.succeed(&["apply", "-auto-approve", "-no-color"]).unwrapped();
        assert!(said.contains("0 added, 0 changed, 0 destroyed"), "{said}");
        assert_eq!(past.world.resource(ADDRESS), past.made(ADDRESS), "{their_type}");
        assert_eq!(past.writes(), Vec::<Json>::new());
    }
}
