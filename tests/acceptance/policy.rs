//! What a policy forbids, in plans and in applies, with the rules of the provider block and of a file.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const NUMBER: &str = r#"
    resource "twilio_phone_number" "main" {
      phone_number = "+14155550100"
      voice_url    = "https://hooks.example.com/voice"
    }
"#;

/// Plans or applies with this policy in the provider block, which must fail. Returns what was said, on one line.
fn refused(sandbox: &Sandbox, command: &[&str], config: &str, policy: &str) -> String {
    let before = writes(sandbox).len();
    sandbox.configure(config);
    sandbox.provider_block(&format!("policy = {{ {policy} }}"));
    let output = sandbox.terraform.run(command).expect("terraform starts");
    crate::sandbox::assert_healthy(&output);
    assert_ne!(
        output.code,
        0,
        "{command:?} succeeded with {policy}:\n{}",
        output.text()
    );
    assert_eq!(
        writes(sandbox).len(),
        before,
        "something was written:\n{}",
        output.text()
    );
    output.unwrapped()
}

/// The same, which must succeed.
fn allowed(sandbox: &Sandbox, command: &[&str], config: &str, policy: &str) -> String {
    sandbox.configure(config);
    sandbox.provider_block(&format!("policy = {{ {policy} }}"));
    sandbox.succeed(command).unwrapped()
}

fn writes(sandbox: &Sandbox) -> Vec<Json> {
    let requests = sandbox.twilio.requests().expect("the simulator answers").into_iter();
    requests.filter(|request| request["method"] != "GET").collect()
}

const PLAN: &[&str] = &["plan", "-no-color"];
const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const DESTROY: &[&str] = &["apply", "-destroy", "-auto-approve", "-no-color"];

#[test]
fn a_release_needs_the_ticket_and_the_reason_that_the_policy_asks_for() {
    let mut sandbox = Sandbox::standing();
    sandbox.apply(NUMBER);
    let rule = r#"require_ticket_for = ["release"], ticket_pattern = "^OPS-[0-9]+$""#;
    let said = refused(&sandbox, &["plan", "-destroy", "-no-color"], NUMBER, rule);
    for part in [
        "Refused by policy: require_ticket_for",
        "(+14155550100) is to be released (release)",
        "CHANGE_TICKET_ID is not set",
        "require_ticket_for of the provider block's policy",
        "Nothing was destroyed.",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    sandbox.terraform.set_env("CHANGE_TICKET_ID", "see mail");
    let said = refused(&sandbox, DESTROY, NUMBER, rule);
    assert!(said.contains("Refused by policy: ticket_pattern"), "{said}");
    sandbox.terraform.set_env("CHANGE_TICKET_ID", "OPS-12");
    let said = refused(&sandbox, DESTROY, NUMBER, r#"require_reason_for = ["delete"]"#);
    assert!(
        said.contains("CHANGE_REASON is not set"),
        "a release deletes, too: {said}"
    );
    // What is only forgotten is not released.
    allowed(
        &sandbox,
        APPLY,
        &NUMBER.replace("voice_url ", "on_destroy = \"retain\"\n voice_url "),
        rule,
    );
    sandbox.terraform.set_env("CHANGE_TICKET_ID", "");
    allowed(&sandbox, &["plan", "-destroy", "-no-color"], NUMBER, rule);
    sandbox.terraform.set_env("CHANGE_TICKET_ID", "OPS-12");
    allowed(&sandbox, APPLY, NUMBER, rule);
    allowed(&sandbox, DESTROY, NUMBER, rule);
}

#[test]
fn the_stricter_of_block_and_file_wins_and_a_file_that_cannot_be_read_is_an_error() {
    let mut sandbox = Sandbox::standing();
    let file = sandbox.terraform.path().join("policy.json");
    sandbox.terraform.set_env("TWILIO_POLICY", &file);
    let plan = |sandbox: &Sandbox, text: &str, block: &str| {
        sandbox
            .terraform
            .write("policy.json", text)
            .expect("the policy can be written");
        refused(sandbox, PLAN, NUMBER, block)
    };
    let said = refused(&sandbox, PLAN, NUMBER, "");
    assert!(
        said.contains("policy.json (TWILIO_POLICY): it cannot be read"),
        "{said}"
    );
    for (text, why) in [
        ("", "it is no JSON object"),
        ("[]", "it is no JSON object"),
        ("{", "EOF"),
        (r#"{"read_onyl": true}"#, "unknown field `read_onyl`"),
        (r#"{"read_only": true, "read_only": false}"#, "duplicate field"),
        (r#"{"read_only": "yes"}"#, "invalid type"),
        (
            r#"{"require_ticket_for": ["release", "relese"]}"#,
            "\"relese\" is none of its words",
        ),
        (
            r#"{"forbid": ["twilio_phone_numbre"]}"#,
            "is no type that this provider has",
        ),
        (r#"{"allow_close": ["dev"]}"#, "name_patterns beside it does not say"),
        (r#"{"ticket_pattern": "("}"#, "is no regular expression"),
        (r#"{"ticket_pattern": ""}"#, "matches everything"),
        (r#"{"allowed_webhook_hosts": ["https://example.com"]}"#, "is no host"),
        (r#"{"allowed_number_countries": ["UK"]}"#, "the United Kingdom is GB"),
    ] {
        let said = plan(&sandbox, text, "");
        assert!(
            said.contains("The policy cannot be used") && said.contains(why),
            "{text}: {said}"
        );
    }
    // Each alone refuses, whatever the other says.
    let said = plan(
        &sandbox,
        r#"{"allowed_webhook_hosts": ["*.example.org"]}"#,
        r#"allowed_webhook_hosts = ["*.example.com"]"#,
    );
    assert!(
        said.contains("of the policy file") && !said.contains("of the provider block"),
        "{said}"
    );
    let said = plan(&sandbox, r#"{"max_numbers": 5}"#, "max_numbers = 0");
    assert!(said.contains("max_numbers of the provider block's policy"), "{said}");
    sandbox
        .terraform
        .write("policy.json", r#"{"max_numbers": 1}"#)
        .expect("written");
    allowed(&sandbox, PLAN, NUMBER, "max_numbers = 5");
    // A word of the block that means nothing is refused while validating.
    let said = refused(&sandbox, &["validate", "-no-color"], NUMBER, r#"forbid = ["twilio_x"]"#);
    assert!(said.contains("forbid of the provider block's policy"), "{said}");
}

#[test]
fn webhooks_are_https_on_allowed_hosts_and_change_with_a_ticket() {
    let mut sandbox = Sandbox::standing();
    let hosts = r#"require_https = true, allowed_webhook_hosts = ["hooks.example.com"]"#;
    let plain = NUMBER.replace("https://hooks.example.com", "http://tunnel.example.net");
    let said = refused(&sandbox, PLAN, &plain, hosts);
    for part in [
        "Refused by policy: require_https",
        "voice_url of the phone number +14155550100 is not an https URL",
        "voice_url = \"http://tunnel.example.net/voice\"",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = refused(&sandbox, PLAN, &plain.replace("http:", "https:"), hosts);
    assert!(
        said.contains("Refused by policy: allowed_webhook_hosts") && said.contains("it allows hooks.example.com"),
        "{said}"
    );
    allowed(&sandbox, APPLY, NUMBER, hosts);
    let ticket = r#"require_ticket_for = ["webhook"]"#;
    let elsewhere = NUMBER.replace("/voice", "/other");
    let said = refused(&sandbox, APPLY, &elsewhere, ticket);
    assert!(said.contains("is to be pointed at another webhook (webhook)"), "{said}");
    let said = refused(&sandbox, APPLY, &NUMBER.replace("voice_url ", "#"), ticket);
    assert!(said.contains("(webhook)"), "taking it off changes it, too: {said}");
    // What concerns no webhook needs none, and neither does what is new.
    let named = NUMBER.replace("voice_url ", "friendly_name = \"Main\"\n voice_url ");
    let another = r#"
        resource "twilio_twiml_app" "new" {
          friendly_name = "New"
          voice_url     = "https://hooks.example.com/new"
        }
    "#;
    allowed(&sandbox, APPLY, &format!("{named}{another}"), ticket);
    sandbox.terraform.set_env("CHANGE_TICKET_ID", "OPS-1");
    allowed(&sandbox, APPLY, &elsewhere, ticket);
}

#[test]
fn what_an_apply_would_do_is_refused_even_if_its_plan_knew_no_policy() {
    let mut sandbox = Sandbox::standing();
    sandbox.apply(NUMBER);
    sandbox.succeed(&["plan", "-destroy", "-out=old.tfplan", "-no-color"]);
    sandbox
        .terraform
        .write("policy.json", r#"{"forbid": ["release"]}"#)
        .expect("written");
    let file = sandbox.terraform.path().join("policy.json");
    sandbox.terraform.set_env("TWILIO_POLICY", &file);
    let before = writes(&sandbox).len();
    let output = sandbox
        .terraform
        .run(&["apply", "-no-color", "old.tfplan"])
        .expect("terraform starts");
    assert_ne!(output.code, 0);
    assert!(
        output.unwrapped().contains("Refused by policy: forbid"),
        "{}",
        output.text()
    );
    assert_eq!(writes(&sandbox).len(), before);
    // A replacement is seen in the plan where it is asked for, and that of a tainted object by the apply.
    let said = refused(
        &sandbox,
        &["plan", "-replace=twilio_twiml_app.a", "-no-color"],
        &app_beside_number(&sandbox),
        r#"forbid = ["replace"]"#,
    );
    assert!(said.contains("is to be replaced (replace)"), "{said}");
    sandbox.succeed(&["taint", "-no-color", "twilio_twiml_app.a"]);
    let said = refused(&sandbox, APPLY, &app_beside_number(&sandbox), r#"forbid = ["delete"]"#);
    assert!(said.contains("is to be destroyed (delete)"), "{said}");
}

/// A configuration with an application that was applied already.
fn app_beside_number(sandbox: &Sandbox) -> String {
    let config = format!("{NUMBER}\nresource \"twilio_twiml_app\" \"a\" {{\n friendly_name = \"A\"\n}}\n");
    let state = sandbox.terraform.state_json().expect("the state can be shown");
    if crate::sandbox::resource_in(&state, "twilio_twiml_app.a").is_none() {
        sandbox.apply(&config);
    }
    config
}

#[test]
fn an_account_has_no_more_numbers_than_allowed_and_none_of_another_country() {
    let sandbox = Sandbox::standing();
    let two = r#"
        resource "twilio_phone_number" "many" {
          for_each     = toset(["+14155550100", "+14155550101"])
          phone_number = each.key
        }
    "#;
    let said = refused(&sandbox, PLAN, two, "max_numbers = 1");
    assert!(said.contains("would have 2 phone numbers"), "{said}");
    allowed(&sandbox, APPLY, two, "max_numbers = 2");
    allowed(
        &sandbox,
        &["plan", "-detailed-exitcode", "-no-color"],
        two,
        "max_numbers = 2",
    );
    let more = format!("{two}{}", NUMBER.replace("0100", "0102"));
    let said = refused(&sandbox, PLAN, &more, "max_numbers = 2");
    assert!(said.contains("would have 3 phone numbers"), "{said}");
    // One that goes makes room once it is gone, and what is replaced for what replaces it.
    let swapped = two.replace("0101", "0103");
    let said = refused(&sandbox, PLAN, &swapped, "max_numbers = 2");
    assert!(said.contains("One that is released counts until it is gone"), "{said}");
    let one = two.replace(", \"+14155550101\"", "");
    allowed(&sandbox, APPLY, &one, "max_numbers = 2");
    allowed(&sandbox, APPLY, &swapped, "max_numbers = 2");
    let single =
        |number: &str| format!("resource \"twilio_phone_number\" \"one\" {{\n phone_number = \"{number}\"\n}}\n");
    let with = |number: &str| format!("{swapped}{}", single(number));
    allowed(&sandbox, APPLY, &with("+14155550104"), "max_numbers = 3");
    allowed(&sandbox, APPLY, &with("+14155550105"), "max_numbers = 3");
    let foreign = NUMBER.replace("+14155550100", "+442071838750");
    let said = refused(&sandbox, PLAN, &foreign, r#"allowed_number_countries = ["US", "ca"]"#);
    assert!(
        said.contains("A phone number of GB is to be bought, and the countries allowed are CA, US"),
        "{said}"
    );
}

#[test]
fn a_subaccount_is_closed_only_in_its_environment_and_after_it_was_suspended() {
    let sandbox = Sandbox::standing();
    let config = |name: &str, status: &str| {
        format!("resource \"twilio_subaccount\" \"t\" {{\n friendly_name = \"{name}\"\n status = \"{status}\"\n}}\n")
    };
    let patterns = r#"allow_close = ["dev"], name_patterns = { dev = "^dev-", prod = "prod" }"#;
    sandbox.apply(&config("shop-prod", "active"));
    let destroy = &["plan", "-destroy", "-no-color"];
    let said = refused(&sandbox, destroy, &config("shop-prod", "active"), patterns);
    assert!(
        said.contains("its name, \"shop-prod\", is that of prod, and those that may be closed are dev"),
        "{said}"
    );
    sandbox.apply(&config("dev-prod", "active"));
    let said = refused(&sandbox, destroy, &config("dev-prod", "active"), patterns);
    assert!(said.contains("is that of dev and prod"), "{said}");
    sandbox.apply(&config("dev-shop", "active"));
    allowed(&sandbox, destroy, &config("dev-shop", "active"), patterns);
    let first = "suspend_before_close = true";
    let said = refused(&sandbox, DESTROY, &config("dev-shop", "active"), first);
    assert!(said.contains("and it is not suspended"), "{said}");
    let said = refused(
        &sandbox,
        APPLY,
        &config("dev-shop", "suspended"),
        r#"require_ticket_for = ["suspend"]"#,
    );
    assert!(said.contains("is to be suspended (suspend)"), "{said}");
    sandbox.apply(&config("dev-shop", "suspended"));
    allowed(&sandbox, destroy, &config("dev-shop", "suspended"), first);
    let said = refused(
        &sandbox,
        destroy,
        &config("dev-shop", "suspended"),
        "suspend_grace_hours = 24",
    );
    assert!(
        said.contains("less than 24 hours ago") && said.contains("It may be closed from"),
        "{said}"
    );
    allowed(
        &sandbox,
        destroy,
        &config("dev-shop", "suspended"),
        "suspend_grace_hours = 0",
    );
    // A Twilio whose clock alone has moved on makes no wait shorter.
    sandbox.twilio.advance(25 * 60 * 60).expect("the clock moves");
    let said = refused(
        &sandbox,
        destroy,
        &config("dev-shop", "suspended"),
        "suspend_grace_hours = 24",
    );
    assert!(said.contains("by the earlier of two clocks"), "{said}");
}

#[test]
fn a_subaccount_that_costs_money_is_not_closed() {
    let sandbox = Sandbox::standing();
    let config = |status: &str| {
        format!("resource \"twilio_subaccount\" \"t\" {{\n friendly_name = \"Shop\"\n status = \"{status}\"\n}}\n")
    };
    let destroy = &["plan", "-destroy", "-no-color"];
    for status in ["active", "suspended"] {
        let config = config(status);
        sandbox.apply(&config);
        for command in [&destroy[..], DESTROY] {
            let said = refused(&sandbox, command, &config, "close_max_usage = 0");
            for part in [
                "Refused by policy: close_max_usage",
                "Yesterday and today (GMT) it has cost",
                "has cost more than 0 is not closed here",
            ] {
                assert!(said.contains(part), "{part}: {said}");
            }
        }
        allowed(&sandbox, destroy, &config, "close_max_usage = 100000.5");
    }
    let nothing = json!([{"match": {"host": "api.twilio.com", "path": "/Usage/Records/Yesterday"}, "fault": "status", "status": 200,
        "body": {"usage_records": [], "next_page_uri": null, "page": 0, "page_size": 100}}]);
    sandbox.twilio.faults(&nothing).expect("the fault is understood");
    let said = refused(&sandbox, destroy, &config("suspended"), "close_max_usage = 100000");
    assert!(
        said.contains("no figure of what it cost"),
        "no figure is no zero: {said}"
    );
    sandbox.twilio.faults(&json!([])).expect("the fault is taken back");
    let said = refused(&sandbox, PLAN, &config("suspended"), "close_max_usage = -1");
    assert!(said.contains("no amount of money"), "{said}");
}

#[test]
fn a_policy_that_is_read_only_lets_plans_see_drift_and_writes_nothing() {
    let sandbox = Sandbox::standing();
    sandbox.apply(NUMBER);
    let other = NUMBER.replace("/voice", "/other");
    let said = allowed(&sandbox, PLAN, &other, "read_only = true");
    assert!(said.contains("1 to change"), "{said}");
    for (command, config) in [(APPLY, other.as_str()), (DESTROY, NUMBER)] {
        let said = refused(&sandbox, command, config, "read_only = true");
        assert!(said.contains("Refused by policy: read_only"), "{said}");
    }
    let said = refused(
        &sandbox,
        APPLY,
        &format!("{NUMBER}{}", r#"resource "twilio_api_key" "k" { friendly_name = "K" }"#),
        r#"forbid = ["twilio_api_key"]"#,
    );
    assert!(said.contains("twilio_api_key may not be changed here"), "{said}");
    let said = refused(&sandbox, PLAN, &format!("{NUMBER}{EPHEMERAL}"), "read_only = true");
    assert!(said.contains("Refused by policy: read_only"), "{said}");
}

const EPHEMERAL: &str = r#"
    ephemeral "twilio_api_key" "run" {}
"#;
