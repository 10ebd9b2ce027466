//! `subaccount_sid`: the account that resources go into by default while its parent signs in.

use serde_json::Value as Json;
use xtask::terraform::Workspace;

use crate::lifecycle::active_changes;
use crate::sandbox::{Sandbox, assert_healthy, configure, resource_in};

/// A sandbox with two subaccounts that another state manages.
struct Tenants {
    sandbox: Sandbox,
    parent: Workspace,
    one: String,
    other: String,
}

impl Tenants {
    fn new() -> Self {
        let sandbox = Sandbox::standing();
        let parent = sandbox.another_workspace();
        configure(
            &parent,
            r#"
            resource "twilio_subaccount" "one" { friendly_name = "One" }
            resource "twilio_subaccount" "other" { friendly_name = "Other" }
            "#,
        );
        parent
            .succeed(&["apply", "-auto-approve", "-no-color"])
            .expect("it applies");
        let state = parent.state_json().expect("a state");
        let sid = |address: &str| {
            let stored = resource_in(&state, address).expect("it is in the state");
            stored["sid"].as_str().expect("a SID").to_owned()
        };
        let (one, other) = (sid("twilio_subaccount.one"), sid("twilio_subaccount.other"));
        Self {
            sandbox,
            parent,
            one,
            other,
        }
    }

    fn apply_in(&self, subaccount: &str, body: &str) {
        self.sandbox.configure(body);
        self.sandbox.provider_block(&format!("subaccount_sid = {subaccount:?}"));
        self.sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    }

    fn plan_is_empty_with(&self, arguments: &str, body: &str) {
        self.sandbox.configure(body);
        self.sandbox.provider_block(arguments);
        self.sandbox.plan_is_empty(&format!("with {arguments:?}"));
    }
}

const OBJECTS: &str = r#"
    resource "twilio_phone_number" "a" { phone_number = "+14155550142" }
    resource "twilio_messaging_service" "a" { friendly_name = "A" }
    resource "twilio_twiml_app" "a" { friendly_name = "A" }
    resource "twilio_api_key" "a" { friendly_name = "A" }
    resource "twilio_messaging_service_phone_number" "a" {
      service_sid      = twilio_messaging_service.a.id
      phone_number_sid = twilio_phone_number.a.id
    }
"#;

const ADDRESSES: &[&str] = &[
    "twilio_phone_number.a",
    "twilio_messaging_service.a",
    "twilio_twiml_app.a",
    "twilio_api_key.a",
    "twilio_messaging_service_phone_number.a",
];

#[test]
fn something_new_goes_where_it_says_and_what_exists_stays() {
    let mut tenants = Tenants::new();
    tenants.apply_in(&tenants.one, OBJECTS);
    for address in ADDRESSES {
        assert_eq!(
            tenants.sandbox.resource(address)["account_sid"],
            tenants.one.as_str(),
            "{address}"
        );
    }
    let main = tenants.sandbox.handle.account_sid.clone();
    for sid in [&tenants.one, &tenants.other, &main] {
        tenants.plan_is_empty_with(&format!("subaccount_sid = {sid:?}"), OBJECTS);
    }
    tenants.plan_is_empty_with("", OBJECTS);
    let variable = format!("variable \"tenant\" {{ default = {:?} }}\n{OBJECTS}", tenants.other);
    tenants.plan_is_empty_with("subaccount_sid = var.tenant", &variable);

    // Not known while planning: what exists is kept as the state has it.
    tenants.sandbox.configure(&format!(
        "resource \"terraform_data\" \"tenant\" {{ input = {:?} }}\n{OBJECTS}",
        tenants.other
    ));
    tenants
        .sandbox
        .provider_block("subaccount_sid = terraform_data.tenant.output");
    let plan = tenants.sandbox.terraform.plan_json(&[]).expect("it plans");
    let changed: Vec<_> = active_changes(&plan).map(|change| change["address"].clone()).collect();
    assert_eq!(changed, ["terraform_data.tenant"]);

    tenants.sandbox.configure(OBJECTS);
    let other = tenants.other.clone();
    tenants.sandbox.terraform.set_env("TWILIO_SUBACCOUNT_SID", &other);
    tenants.sandbox.plan_is_empty("with the environment variable");
    tenants.sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    tenants
        .parent
        .succeed(&["destroy", "-auto-approve", "-no-color"])
        .expect("it destroys");
    tenants.sandbox.nothing_is_left();
}

#[test]
fn an_account_of_its_own_wins_and_an_id_alone_means_the_subaccount() {
    let tenants = Tenants::new();
    let main = tenants.sandbox.handle.account_sid.clone();
    let config = format!(
        "resource \"twilio_twiml_app\" \"a\" {{ friendly_name = \"A\" }}\n\
         resource \"twilio_twiml_app\" \"main\" {{\n  friendly_name = \"A\"\n  account_sid = {main:?}\n}}"
    );
    tenants.apply_in(&tenants.one, &config);
    assert_eq!(
        tenants.sandbox.resource("twilio_twiml_app.main")["account_sid"],
        main.as_str()
    );
    for (address, account) in [("twilio_twiml_app.a", &tenants.one), ("twilio_twiml_app.main", &main)] {
        let sid = tenants.sandbox.resource(address)["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        let ids = match address {
            "twilio_twiml_app.a" => vec![sid.clone(), format!("{account}/{sid}")],
            _ => vec![format!("{account}/{sid}")],
        };
        for id in ids {
            tenants.sandbox.succeed(&["state", "rm", address]);
            tenants.sandbox.succeed(&["import", "-no-color", address, &id]);
            assert_eq!(
                tenants.sandbox.resource(address)["account_sid"],
                account.as_str(),
                "{id}"
            );
            tenants.sandbox.plan_is_empty(&format!("after importing {id}"));
        }
    }
}

#[test]
fn a_subaccount_under_it_is_refused_and_one_that_exists_is_left_alone() {
    let tenants = Tenants::new();
    let config = r#"resource "twilio_subaccount" "a" { friendly_name = "A" }"#;
    tenants.sandbox.configure(config);
    tenants
        .sandbox
        .provider_block(&format!("subaccount_sid = {:?}", tenants.one));
    let before = tenants.sandbox.living();
    for arguments in [
        ["plan", "-no-color", "-input=false", "-compact-warnings"].as_slice(),
        &["import", "-no-color", "twilio_subaccount.a", &tenants.other],
    ] {
        let output = tenants.sandbox.terraform.run(arguments).expect("terraform starts");
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        for needle in ["cannot go into a subaccount", &tenants.one, "alias", "Nothing was"] {
            assert!(said.contains(needle), "{needle}: {said}");
        }
    }
    assert_eq!(tenants.sandbox.living(), before);
    tenants.sandbox.apply(config);
    tenants.plan_is_empty_with(&format!("subaccount_sid = {:?}", tenants.one), config);
    tenants.sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
}

#[test]
fn a_tenant_and_what_an_alias_puts_into_it_are_one_apply() {
    let sandbox = Sandbox::standing();
    let config = r#"
        resource "twilio_subaccount" "tenant" { friendly_name = "Tenant" }
        provider "twilio" {
          alias          = "tenant"
          subaccount_sid = twilio_subaccount.tenant.sid
        }
        resource "twilio_messaging_service" "a" {
          provider      = twilio.tenant
          friendly_name = "A"
        }
        data "twilio_account" "a" {
          provider   = twilio.tenant
          depends_on = [twilio_subaccount.tenant]
        }
        data "twilio_subaccounts" "a" {
          provider   = twilio.tenant
          depends_on = [twilio_subaccount.tenant]
        }
    "#;
    sandbox.apply(config);
    sandbox.plan_is_empty("after one apply");
    let tenant = sandbox.resource("twilio_subaccount.tenant")["sid"].clone();
    assert_eq!(sandbox.resource("twilio_messaging_service.a")["account_sid"], tenant);
    assert_eq!(sandbox.resource("data.twilio_account.a")["account_sid"], tenant);
    let children = sandbox.resource("data.twilio_subaccounts.a")["subaccounts"].clone();
    let children: Vec<&Json> = children
        .as_array()
        .into_iter()
        .flatten()
        .map(|child| &child["sid"])
        .collect();
    assert_eq!(children, vec![&tenant], "the children of who signs in");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_subaccount_that_is_none_is_refused_in_the_plan() {
    let sandbox = Sandbox::standing();
    for (sid, needle, place) in [
        // Found out by the plan of a resource, so the text names the argument.
        (
            "AC0123456789abcdef0123456789abcdef",
            "cannot be reached",
            "subaccount_sid (TWILIO_SUBACCOUNT_SID)",
        ),
        ("hello", "Invalid subaccount SID", "subaccount_sid = "),
    ] {
        sandbox.configure(r#"resource "twilio_twiml_app" "a" {}"#);
        sandbox.provider_block(&format!("subaccount_sid = {sid:?}"));
        let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
        assert_healthy(&output);
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        for needle in [needle, "Nothing was changed", place] {
            assert!(said.contains(needle), "{needle}: {said}");
        }
    }
}

#[test]
fn a_subaccount_that_is_none_is_said_at_length_once() {
    let sandbox = Sandbox::standing();
    sandbox.configure(
        r#"
        resource "twilio_twiml_app" "a" { count = 8 }
        resource "twilio_messaging_service" "b" { friendly_name = "B" }
        "#,
    );
    sandbox.provider_block("subaccount_sid = \"AC0123456789abcdef0123456789abcdef\"");
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    assert_healthy(&output);
    let said = output.unwrapped();
    for (needle, count) in [
        ("Error: The subaccount cannot be reached", 9),
        ("Nothing was changed", 9),
        ("TWILIO_SUBACCOUNT_SID", 1),
    ] {
        assert_eq!(said.matches(needle).count(), count, "{needle}: {said}");
    }
}

#[test]
fn arguments_of_older_providers_work_and_name_the_new_ones() {
    let mut sandbox = Sandbox::standing();
    let token = sandbox.handle.auth_token.clone();
    let account = sandbox.handle.account_sid.clone();
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", "");
    sandbox.terraform.set_env("TWILIO_ACCOUNT_SID", "");
    sandbox.configure(r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#);
    sandbox.provider_block(&format!(
        "username = {account:?}\n  password = {token:?}\n  retry_attempts = 2\n  backoff_interval_in_ms = 5000\n  \
         skip_credential_validation = true"
    ));
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]).unwrapped();
    for needle in [
        "account_sid",
        "api_secret",
        "max_retries",
        "max_elapsed",
        "skip_credentials_validation",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    sandbox.configure(r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#);
    sandbox.provider_block(&format!(
        "username = {account:?}\n  password = {token:?}\n  auth_token = {token:?}\n  retry_attempts = 2\n  max_retries = 3"
    ));
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    for needle in [
        "username and auth_token are both set",
        "retry_attempts and max_retries are both set",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
}

#[test]
fn a_replacement_in_another_account_is_refused_until_somebody_says_which() {
    let tenants = Tenants::new();
    let config = |month: &str, account: &str| {
        format!(
            r#"
            resource "twilio_api_key" "a" {{
              friendly_name = "A"
              keepers       = {{ month = "{month}" }}
              {account}
            }}
            "#
        )
    };
    tenants.apply_in(&tenants.one, &config("05", ""));
    let first = tenants.sandbox.resource("twilio_api_key.a");
    let other = format!("subaccount_sid = {:?}", tenants.other);
    for (month, arguments) in [
        ("06", ["plan", "-no-color", "-input=false"].as_slice()),
        ("05", &["plan", "-no-color", "-replace=twilio_api_key.a"]),
    ] {
        tenants.sandbox.configure(&config(month, ""));
        tenants.sandbox.provider_block(&other);
        let output = tenants.sandbox.terraform.run(arguments).expect("terraform starts");
        assert_healthy(&output);
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        for needle in [
            "would be replaced in another account",
            &tenants.one,
            &tenants.other,
            "Nothing was changed",
        ] {
            assert!(said.contains(needle), "{needle}: {said}");
        }
    }
    // Of a taint no plan tells: there it is the destroy that is refused.
    let sandbox = &tenants.sandbox;
    sandbox.succeed(&["taint", "-no-color", "twilio_api_key.a"]);
    let living = sandbox.living();
    sandbox.configure(&config("05", ""));
    sandbox.provider_block(&other);
    let output = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let said = output.unwrapped();
    assert!(
        output.code != 0 && said.contains("would be replaced in another account"),
        "{said}"
    );
    assert_eq!(sandbox.living(), living, "nothing was revoked or made");
    sandbox.succeed(&["untaint", "-no-color", "twilio_api_key.a"]);
    for account in [&tenants.one, &tenants.other] {
        let config = config("07", &format!("account_sid = {account:?}"));
        tenants.apply_in(&tenants.other, &config);
        let key = tenants.sandbox.resource("twilio_api_key.a");
        assert_eq!(key["account_sid"], account.as_str());
        assert_ne!(key["sid"], first["sid"]);
        tenants.sandbox.plan_is_empty("after the replacement");
    }
}
