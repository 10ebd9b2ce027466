//! Whether Twilio accepts the credentials is found out by what is asked anyway, and in every plan before anybody approves it.

use serde_json::Value as Json;

use crate::world::{World, assert_healthy};

const NEW: &str = r#"
    resource "twilio_twiml_app" "a" { friendly_name = "A" }
    resource "twilio_twiml_app" "b" { friendly_name = "B" }
    resource "twilio_messaging_service" "c" { friendly_name = "C" }
"#;

/// `GET /path` of each request since the last look.
fn asked(world: &World) -> Vec<String> {
    let requests = world.twilio.requests().expect("the simulator answers");
    world.twilio.forget_requests().expect("the simulator answers");
    let text = |request: &Json, field: &str| request[field].as_str().unwrap_or_default().to_owned();
    requests
        .iter()
        .map(|request| format!("{} {}", text(request, "method"), text(request, "path")))
        .collect()
}

fn about_the_account(world: &World) -> String {
    format!("GET /2010-04-01/Accounts/{}.json", world.handle.account_sid)
}

/// Runs what must fail with errors that all say the same about the credentials, one of them at length. Returns how many there are.
fn refused(world: &World, arguments: &[&str]) -> usize {
    let output = world.terraform.run(arguments).expect("terraform starts");
    assert_healthy(&output);
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    let errors = said.matches("Error: ").count();
    for (needle, count) in [
        ("Error: Twilio does not accept the credentials", errors),
        ("Nothing was changed", errors),
        ("auth_token (TWILIO_AUTH_TOKEN)", 1),
        ("code 20003", 1),
        ("another error of this run with this heading says why", errors - 1),
    ] {
        assert_eq!(said.matches(needle).count(), count, "{needle}: {said}");
    }
    assert!(!said.contains("hush"), "a secret is in: {said}");
    errors
}

#[test]
fn a_plan_of_new_objects_alone_asks_once_and_one_of_what_exists_asks_nothing_more() {
    let world = World::new();
    world.configure(NEW);
    asked(&world);
    world.succeed(&["plan", "-no-color"]);
    assert_eq!(asked(&world), [about_the_account(&world)]);
    world.succeed(&["apply", "-auto-approve", "-no-color"]);
    asked(&world);
    for arguments in [
        ["plan", "-no-color"].as_slice(),
        &["plan", "-no-color", "-destroy"],
        &["apply", "-no-color", "-refresh-only", "-auto-approve"],
    ] {
        world.succeed(arguments);
        let asked = asked(&world);
        assert!(
            !asked.is_empty() && asked.iter().all(|asked| asked.starts_with("GET ")),
            "{asked:?}"
        );
        assert!(!asked.contains(&about_the_account(&world)), "{arguments:?}: {asked:?}");
    }
    world.succeed(&["destroy", "-auto-approve", "-no-color"]);
    let asked = asked(&world);
    assert!(!asked.contains(&about_the_account(&world)), "{asked:?}");
    world.nothing_is_left();
}

#[test]
fn wrong_credentials_are_said_before_anything_new_is_approved() {
    let mut world = World::new();
    world.terraform.set_env("TWILIO_AUTH_TOKEN", "hush");
    world.configure(NEW);
    asked(&world);
    assert_eq!(refused(&world, &["plan", "-no-color"]), 3);
    assert_eq!(asked(&world), [about_the_account(&world), about_the_account(&world)]);
}

#[test]
fn wrong_credentials_are_said_in_the_same_words_whatever_finds_out() {
    let mut world = World::new();
    world.apply(NEW);
    let sid = world.resource("twilio_twiml_app.a")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    let good = world.handle.auth_token.clone();
    world.terraform.set_env("TWILIO_AUTH_TOKEN", "hush");
    asked(&world);
    assert_eq!(refused(&world, &["plan", "-no-color"]), 3);
    let found = asked(&world);
    let about = about_the_account(&world);
    assert_eq!(found.iter().filter(|asked| **asked == about).count(), 2, "{found:?}");
    assert!(found.len() <= 3 + 2, "{found:?}");
    // What follows is not asked any more.
    assert_eq!(refused(&world, &["plan", "-no-color", "-parallelism=1"]), 3);
    assert_eq!(asked(&world).len(), 1 + 2);
    world.configure(&format!(
        "{NEW}\nresource \"twilio_twiml_app\" \"d\" {{ friendly_name = \"D\" }}"
    ));
    assert_eq!(refused(&world, &["import", "-no-color", "twilio_twiml_app.d", &sid]), 1);
    world.configure(&NEW.replace("\"A\"", "\"B\""));
    let planned = [
        "plan",
        "-refresh=false",
        "-out=plan",
        "-no-color",
        "-target=twilio_twiml_app.a",
    ];
    world.succeed(&planned);
    let before = world.twilio.objects().expect("the simulator answers");
    assert_eq!(refused(&world, &["apply", "-no-color", "plan"]), 1);
    assert_eq!(world.twilio.objects().expect("the simulator answers"), before);
    world.configure("data \"twilio_account\" \"a\" {}");
    assert_eq!(refused(&world, &["plan", "-no-color", "-refresh=false"]), 1);
    world.terraform.set_env("TWILIO_AUTH_TOKEN", &good);
    world.configure(NEW);
    world.plan_is_empty("with the right token again");
}

#[test]
fn nothing_is_found_out_where_nobody_wants_to_know() {
    let world = World::new();
    world.configure(NEW);
    world.provider_block("skip_credentials_validation = true");
    asked(&world);
    world.succeed(&["plan", "-no-color"]);
    assert_eq!(asked(&world), [""; 0]);
}

#[test]
fn a_subaccount_costs_no_second_request() {
    let world = World::new();
    let tenants = world.another_workspace();
    crate::world::configure(
        &tenants,
        "resource \"twilio_subaccount\" \"a\" { friendly_name = \"A\" }",
    );
    tenants
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("it applies");
    let state = tenants.state_json().expect("a state");
    let stored = crate::world::resource_in(&state, "twilio_subaccount.a").expect("it is in the state");
    let sid = stored["sid"].as_str().expect("a SID");
    world.configure(NEW);
    world.provider_block(&format!("subaccount_sid = {sid:?}"));
    asked(&world);
    world.succeed(&["plan", "-no-color"]);
    assert_eq!(asked(&world), [format!("GET /2010-04-01/Accounts/{sid}.json")]);
}
