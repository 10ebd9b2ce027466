//! "Environments and opt-out": an account for each environment, one configuration for all of them, and rules that differ.

use super::{APPLY, Guide, output, refused, succeed, write};
use crate::sandbox::Sandbox;

#[test]
fn environments_have_accounts_and_rules_of_their_own() {
    let guide = Guide::read("environments.md");
    let sandbox = Sandbox::standing();
    let accounts = guide.block("variable \"environments\"");
    write(&sandbox.terraform, &accounts);
    succeed(&sandbox.terraform, APPLY);
    sandbox.plan_is_empty("with two environments");
    let enabled = |name: &str| {
        let address = format!("twilio_messaging_geo_permissions.country[\"{name}\"]");
        sandbox.resource(&address)["enabled"].clone()
    };
    assert_eq!(["prod/GB", "dev/GB", "dev/US"].map(enabled), [true, false, true]);
    let sids = output(&sandbox.terraform, "account_sids");

    // Production is not closed, and development is.
    let line = |name: &str| {
        let line = accounts
            .lines()
            .find(|line| line.trim_start().starts_with(&format!("{name} ")));
        format!("{}\n", line.expect("a line for each"))
    };
    let [without_prod, without_dev] = ["prod", "dev"].map(|name| accounts.replacen(&line(name), "", 1));
    write(&sandbox.terraform, &without_prod);
    let said = refused(&sandbox.terraform, &["plan"]);
    assert!(
        said.contains("Refused by policy: allow_close") && said.contains("is that of prod"),
        "{said}"
    );

    // One configuration, a state for each environment.
    let mut application = sandbox.another_workspace();
    let one = guide.block("variable \"environment\" {");
    write(&application, &one);
    let variables = |environment: &str| {
        let sid = sids[environment].as_str().expect("a SID");
        [
            format!("-var=environment={environment}"),
            format!("-var=account_sid={sid}"),
        ]
    };
    let run = |application: &xtask::terraform::Workspace, command: &[&str], environment: &str, works: bool| {
        succeed(application, &["workspace", "select", "-or-create", environment]);
        let variables = variables(environment);
        let arguments: Vec<&str> = command
            .iter()
            .copied()
            .chain(variables.iter().map(String::as_str))
            .collect();
        match works {
            true => succeed(application, &arguments),
            false => refused(application, &arguments),
        }
    };
    for environment in ["prod", "dev"] {
        run(&application, APPLY, environment, true);
        run(&application, &["plan", "-detailed-exitcode"], environment, true);
    }
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let owner = |number: &str| {
        let number = objects
            .iter()
            .find(|object| object["body"]["phone_number"] == number && object["body"]["voice_url"].is_string());
        number.expect("it was bought")["account"].clone()
    };
    assert_eq!(
        [owner("+14155550142"), owner("+14155550143")],
        ["prod", "dev"].map(|name| sids[name].clone())
    );

    // The same change needs a ticket in production, and none in development.
    write(&application, &one.replace("/voice\"", "/calls\""));
    let said = run(&application, &["plan"], "prod", false);
    assert!(said.contains("needs a ticket"), "{said}");
    run(&application, APPLY, "dev", true);
    application.set_env("CHANGE_TICKET_ID", "OPS-7");
    run(&application, APPLY, "prod", true);
    // What the file of the organisation forbids no block allows.
    application
        .write(
            "policy.json",
            "{\"max_numbers\": 1, \"forbid\": [\"twilio_twiml_app\"]}",
        )
        .expect("it can be written");
    let file = application.path().join("policy.json");
    application.set_env("TWILIO_POLICY", &file);
    application
        .write(
            "more.tf",
            "resource \"twilio_twiml_app\" \"a\" { friendly_name = \"A\" }\n",
        )
        .expect("it can be written");
    let said = run(&application, &["plan"], "dev", false);
    assert!(
        said.contains("Refused by policy: forbid") && said.contains("policy file"),
        "{said}"
    );
    application.remove("more.tf").expect("it can be removed");
    application.set_env("TWILIO_POLICY", "");
    run(&application, &["destroy", "-auto-approve"], "dev", true);

    // The account of development goes; that of production is as it was.
    write(&sandbox.terraform, &without_dev);
    let said = succeed(&sandbox.terraform, APPLY);
    assert!(said.contains("was closed"), "{said}");
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let status = |name: &str| {
        let account = objects
            .iter()
            .find(|object| object["sid"] == sids[name])
            .expect("it stays visible");
        account["body"]["status"].clone()
    };
    assert_eq!(["prod", "dev"].map(status), ["active", "closed"]);
}

#[test]
fn a_number_beside_the_pools_is_named_and_a_service_with_opt_outs_is_kept() {
    let guide = Guide::read("environments.md");
    let sandbox = Sandbox::standing();
    let service = guide.part("resource \"twilio_messaging_service\" \"reminders\"");
    let numbers = r#"
        resource "twilio_phone_number" "sender" {
          phone_number = "+14155550142"
        }
        resource "twilio_phone_number" "alone" {
          phone_number = "+14155550143"
        }
        resource "twilio_messaging_service_phone_number" "sender" {
          service_sid      = twilio_messaging_service.reminders.sid
          phone_number_sid = twilio_phone_number.sender.sid
        }
    "#;
    sandbox.apply(&format!("{service}{numbers}"));
    let watch = sandbox.another_workspace();
    write(
        &watch,
        &format!(
            "{}\nprovider \"twilio\" {{}}\n",
            guide.block("every_number_that_sends_is_in_a_pool")
        ),
    );
    let said = succeed(&watch, &["plan", "-detailed-exitcode"]);
    assert!(
        said.contains("STOP holds for the number alone: +14155550143."),
        "{said}"
    );
    let both = format!(
        "{numbers}resource \"twilio_messaging_service_phone_number\" \"alone\" {{\n  service_sid = \
         twilio_messaging_service.reminders.sid\n  phone_number_sid = twilio_phone_number.alone.sid\n}}\n"
    );
    sandbox.apply(&format!("{service}{both}"));
    let said = succeed(&watch, &["plan", "-detailed-exitcode"]);
    assert!(!said.contains("Check block assertion failed"), "{said}");

    let said = sandbox
        .terraform
        .run(&["plan", "-destroy", "-no-color"])
        .expect("terraform starts");
    assert!(
        said.code == 1 && said.unwrapped().contains("Instance cannot be destroyed"),
        "{}",
        said.text()
    );
}
