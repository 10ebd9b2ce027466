//! Old objects that stay in the state after their replacement was made: what Terraform calls deposed. Protected ones go only
//! when what replaced them lets go, and one that is the current object too goes without a request.

use serde_json::Value as Json;

use crate::sandbox::{Sandbox, assert_healthy};

const PROTECTED: &str = "deletion_protection = true";
const LIFTED: &str = "deletion_protection = false";
const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const NUMBER: &str = "twilio_phone_number.n";

fn number(name: &str, arguments: &str) -> String {
    format!(
        "resource \"twilio_phone_number\" \"{name}\" {{\n  area_code = \"415\"\n  {arguments}\n  lifecycle {{\n    \
         create_before_destroy = true\n  }}\n}}\n"
    )
}

/// Something that depends on a resource, and fails to be made while there is a file `fail`.
fn dependent(sids: &str) -> String {
    format!(
        r#"resource "terraform_data" "dependent" {{
             triggers_replace = [{sids}]
             provisioner "local-exec" {{
               command = "test ! -e fail"
             }}
           }}
           "#
    )
}

/// Runs Terraform, however it ends.
fn run(sandbox: &Sandbox, arguments: &[&str]) -> (i32, String) {
    let output = sandbox.terraform.run(arguments).expect("terraform starts");
    assert_healthy(&output);
    (output.code, output.unwrapped())
}

/// Applies what must be refused with all of these in the text.
fn refused(sandbox: &Sandbox, body: &str, needles: &[&str]) -> String {
    let said = sandbox.apply_fails(body);
    for needle in needles {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    said
}

fn sid(sandbox: &Sandbox, address: &str) -> String {
    sandbox.resource(address)["sid"].as_str().expect("a SID").to_owned()
}

fn exists(sandbox: &Sandbox, sid: &str) -> bool {
    sandbox.living().iter().any(|object| object.contains(sid))
}

fn state(sandbox: &Sandbox) -> Json {
    let path = sandbox.terraform.path().join("terraform.tfstate");
    serde_json::from_str(&std::fs::read_to_string(path).expect("a state")).expect("JSON")
}

fn instances(sandbox: &Sandbox) -> usize {
    let state = state(sandbox);
    let resources = state["resources"].as_array().expect("resources").clone();
    let twilio = resources
        .iter()
        .filter(|one| one["type"].as_str().is_some_and(|name| name.starts_with("twilio_")));
    twilio
        .map(|one| one["instances"].as_array().expect("instances").len())
        .sum()
}

/// Takes the current objects out of the state by hand, so that only deposed ones are in it.
fn forget_what_is_current(sandbox: &Sandbox) {
    let mut state = state(sandbox);
    state["serial"] = (state["serial"].as_u64().expect("a serial") + 1).into();
    for resource in state["resources"].as_array_mut().expect("resources") {
        let instances = resource["instances"].as_array_mut().expect("instances");
        instances.retain(|instance| instance.get("deposed").is_some());
    }
    sandbox
        .terraform
        .write("terraform.tfstate", &state.to_string())
        .expect("the state can be written");
}

/// A protected number that is deposed, with what replaced it.
fn deposed(sandbox: &Sandbox) -> (String, String) {
    sandbox.apply(&number("n", PROTECTED));
    let old = sid(sandbox, NUMBER);
    sandbox.succeed(&["taint", "-no-color", NUMBER]);
    refused(sandbox, &number("n", PROTECTED), &["protected", &old]);
    (old, sid(sandbox, NUMBER))
}

fn release_in_the_console(sandbox: &Sandbox, sid: &str) {
    let account = &sandbox.handle.account_sid;
    let path = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{sid}.json");
    sandbox
        .twilio
        .remove("api.twilio.com", &path)
        .expect("it can be released");
}

#[test]
fn a_protected_one_is_kept_once_what_replaced_it_is_gone() {
    for way in ["released, seen by a refresh", "released", "state edited"] {
        let sandbox = Sandbox::standing();
        let (old, new) = deposed(&sandbox);
        match way {
            "state edited" => forget_what_is_current(&sandbox),
            _ => release_in_the_console(&sandbox, &new),
        }
        if way == "released, seen by a refresh" {
            sandbox.succeed(&["apply", "-refresh-only", "-auto-approve", "-no-color"]);
        }
        // Twice: nothing that a refused run stores lets it go.
        for _ in 0..2 {
            refused(&sandbox, "", &["protected", &old, "deposed", "delete it in Twilio"]);
            assert!(exists(&sandbox, &old), "{way}");
        }
        // Nor does a new block, be it at the old address: the provider cannot tell that from another one.
        for protection in [PROTECTED, "", LIFTED] {
            refused(
                &sandbox,
                &number("n", protection),
                &["protected", &old, "delete it in Twilio"],
            );
            assert!(exists(&sandbox, &old), "{way}: {protection}");
        }
        // The way out.
        release_in_the_console(&sandbox, &old);
        sandbox.apply(&number("n", LIFTED));
        sandbox.plan_is_empty("after it was released");
    }
}

#[test]
fn taking_out_the_block_lets_nothing_go() {
    let sandbox = Sandbox::standing();
    let (old, new) = deposed(&sandbox);
    refused(&sandbox, "", &["protected", &old, &new, LIFTED]);
    assert!(exists(&sandbox, &old) && exists(&sandbox, &new));
    sandbox.apply(&number("n", LIFTED));
    assert!(!exists(&sandbox, &old) && exists(&sandbox, &new));
    sandbox.apply("");
    sandbox.nothing_is_left();
}

#[test]
fn another_resource_lets_nothing_go() {
    // In the apply that replaces.
    let sandbox = Sandbox::standing();
    sandbox.apply(&number("n", PROTECTED));
    let old = sid(&sandbox, NUMBER);
    sandbox.succeed(&["taint", "-no-color", NUMBER]);
    let changed = number("n", &format!("{PROTECTED}\n  friendly_name = \"q\""));
    let both = changed + &number("z", LIFTED);
    let said = refused(&sandbox, &both, &["protected", &old, LIFTED]);
    assert!(
        exists(&sandbox, &old) && said.contains(&sid(&sandbox, NUMBER)),
        "{said}"
    );
    // In those that follow.
    refused(&sandbox, &both, &["protected", &old, &sid(&sandbox, NUMBER)]);
    assert!(exists(&sandbox, &old));
    sandbox.apply(&(number("n", LIFTED) + &number("z", LIFTED)));
    assert!(!exists(&sandbox, &old));
    sandbox.plan_is_empty("after it was let go");

    let sandbox = Sandbox::standing();
    let (old, _) = deposed(&sandbox);
    refused(
        &sandbox,
        &(number("n", PROTECTED) + &number("other", LIFTED)),
        &["protected", &old],
    );
    assert!(exists(&sandbox, &old));
}

#[test]
fn another_resource_that_is_protected_is_no_hindrance() {
    let sandbox = Sandbox::standing();
    let (old, new) = deposed(&sandbox);
    sandbox.apply(&(number("n", LIFTED) + &number("z", PROTECTED)));
    assert!(!exists(&sandbox, &old) && exists(&sandbox, &new));
    sandbox.plan_is_empty("after it was let go");
}

/// The apply that lifts the protection ends before the destroy; in the next one nothing of the successor changes.
#[test]
fn a_lift_counts_although_the_run_ended_before_the_destroy() {
    for parallelism in ["-parallelism=1", "-parallelism=10"] {
        let sandbox = Sandbox::standing();
        let (old, new) = deposed(&sandbox);
        let body = |protection: &str| {
            let dependent = dependent(&format!("{NUMBER}.sid, {NUMBER}.deletion_protection"));
            number("n", protection) + &dependent
        };
        sandbox.terraform.write("fail", "").expect("it can be written");
        refused(&sandbox, &body(LIFTED), &["test ! -e fail"]);
        assert!(exists(&sandbox, &old), "the destroy did not come");
        assert_eq!(sandbox.resource(NUMBER)["deletion_protection"], false);
        sandbox.terraform.remove("fail").expect("it can be removed");
        let (code, said) = run(&sandbox, &[APPLY, &[parallelism]].concat());
        assert_eq!(code, 0, "{parallelism}: {said}");
        assert!(
            !exists(&sandbox, &old) && exists(&sandbox, &new),
            "{parallelism}: {said}"
        );
        sandbox.plan_is_empty("after it was let go");
    }
}

/// Nothing was noted of what replaced it, because the run ended before the destroy was tried: to the provider that is a block
/// that was taken out.
#[test]
fn one_that_nobody_saw_replaced_goes_by_hand() {
    for at_once in [false, true] {
        let sandbox = Sandbox::standing();
        let body = |protection: &str| number("n", protection) + &dependent(&format!("{NUMBER}.sid"));
        sandbox.apply(&body(PROTECTED));
        let old = sid(&sandbox, NUMBER);
        sandbox.succeed(&["taint", "-no-color", NUMBER]);
        sandbox.terraform.write("fail", "").expect("it can be written");
        refused(
            &sandbox,
            &body(if at_once { LIFTED } else { PROTECTED }),
            &["test ! -e fail"],
        );
        let new = sid(&sandbox, NUMBER);
        assert!(exists(&sandbox, &old) && exists(&sandbox, &new) && old != new);
        sandbox.terraform.remove("fail").expect("it can be removed");

        for protection in [PROTECTED, "", LIFTED] {
            let said = refused(
                &sandbox,
                &body(protection),
                &["protected", &old, "(deposed object", "delete it in Twilio"],
            );
            assert!(
                !said.contains(&format!("phone number {new}")),
                "another is blamed: {said}"
            );
        }
        refused(&sandbox, "", &["protected", &old, LIFTED]);
        assert!(exists(&sandbox, &old) && exists(&sandbox, &new), "{at_once}");
        release_in_the_console(&sandbox, &old);
        sandbox.apply(&body(LIFTED));
        assert!(exists(&sandbox, &new), "{at_once}");
        sandbox.plan_is_empty("after it was released");
    }
}

/// Terraform plans the blocks of a configuration and what goes in an order of its own, anew in each run. Those that stay are
/// as old as the one that goes, or younger, and might have replaced it for all that a provider sees.
#[test]
fn a_removal_is_refused_at_its_block_in_every_run_and_changes_and_blames_no_other() {
    const SUBACCOUNTS: &str = r#"
        variable "tenants" {
          type    = set(string)
          default = ["a", "b", "c", "d", "e"]
        }
        variable "off" {
          type    = set(string)
          default = []
        }
        resource "twilio_subaccount" "t" {
          for_each            = var.tenants
          friendly_name       = each.key
          deletion_protection = !contains(var.off, each.key)
        }
        resource "twilio_twiml_app" "t" {
          for_each      = var.tenants
          account_sid   = twilio_subaccount.t[each.key].sid
          friendly_name = each.key
        }
    "#;
    let sandbox = Sandbox::new();
    sandbox.apply(SUBACCOUNTS);
    let others = ["b", "c", "d", "e"].map(|key| sid(&sandbox, &format!("twilio_subaccount.t[\"{key}\"]")));
    let gone = sid(&sandbox, "twilio_subaccount.t[\"a\"]");
    let living = sandbox.living();
    let without = "-var=tenants=[\"b\",\"c\",\"d\",\"e\"]";
    for off in ["[]", "[\"b\"]", "[\"b\",\"c\",\"d\",\"e\"]"] {
        for command in [&["plan"][..], &["plan"], &["plan"], &["apply", "-auto-approve"]] {
            let off_too = format!("-var=off={off}");
            let (code, said) = run(&sandbox, &[command, &["-no-color", without, &off_too]].concat());
            assert_ne!(code, 0, "{off}: {said}");
            for needle in ["twilio_subaccount.t[\"a\"]", &gone, "this plan would destroy it"] {
                assert!(said.contains(needle), "{off}: {needle}: {said}");
            }
            assert_eq!(
                said.matches("is protected from being destroyed").count(),
                1,
                "{off}: {said}"
            );
            let (_, error) = said.split_once("is protected from being destroyed").expect("the error");
            for other in &others {
                assert!(!error.contains(other), "{off}: another is blamed: {said}");
            }
            let is_changed = said.contains("will be updated in-place");
            assert!(off != "[]" || !is_changed, "what nobody asked for: {said}");
            assert_eq!(
                sandbox.living(),
                living,
                "{off}: nothing went, and no app of it: {said}"
            );
        }
    }
}

#[test]
fn an_ordinary_removal_is_refused_whatever_others_say() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&(number("n", PROTECTED) + &number("z", LIFTED)));
    let protected = sid(&sandbox, NUMBER);
    refused(&sandbox, &number("z", LIFTED), &["protected", &protected, LIFTED]);
    let other = sid(&sandbox, "twilio_phone_number.z");
    refused(&sandbox, "", &["protected", &protected, LIFTED]);
    assert!(
        exists(&sandbox, &protected) && exists(&sandbox, &other),
        "the plan refused"
    );
}

#[test]
fn one_that_is_the_current_object_too_goes_without_a_request() {
    let adopting = |kind: &str, name: &str, arguments: &str| {
        format!(
            "resource \"{kind}\" \"{name}\" {{\n  {arguments}\n  adopt_existing = true\n  lifecycle {{\n    \
             create_before_destroy = true\n  }}\n}}\n"
        )
    };
    let addresses = ["twilio_phone_number.a", "twilio_subaccount.a", "twilio_twiml_app.a"];
    let sids = addresses.map(|address| format!("{address}.sid")).join(", ");
    let body = adopting("twilio_phone_number", "a", "phone_number = \"+14155550133\"")
        + &adopting("twilio_subaccount", "a", "friendly_name = \"Customer\"")
        + &adopting("twilio_twiml_app", "a", "friendly_name = \"App\"")
        + &dependent(&sids);
    for (parallelism, destroys) in [
        ("-parallelism=1", false),
        ("-parallelism=10", false),
        ("-parallelism=10", true),
    ] {
        let sandbox = Sandbox::standing();
        sandbox.apply(&body);
        let living = sandbox.living();
        sandbox.terraform.write("fail", "").expect("it can be written");
        let mut replace = APPLY.to_vec();
        let options = addresses.map(|address| format!("-replace={address}"));
        replace.extend(options.iter().map(String::as_str));
        replace.push("-replace=terraform_data.dependent");
        assert_ne!(run(&sandbox, &replace).0, 0);
        assert_eq!(
            (instances(&sandbox), sandbox.living()),
            (6, living.clone()),
            "each is there twice"
        );
        sandbox.terraform.remove("fail").expect("it can be removed");

        if destroys {
            sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
            sandbox.nothing_is_left();
            continue;
        }
        let (code, said) = run(&sandbox, &["plan", "-no-color", "-parallelism=10"]);
        assert_eq!(code, 0, "{said}");
        for never in ["will be released", "will be closed"] {
            assert!(!said.contains(never), "{never}: {said}");
        }
        assert!(said.contains("deposed"), "{said}");
        let (code, said) = run(&sandbox, &[APPLY, &[parallelism]].concat());
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("deposed"), "{said}");
        assert_eq!((instances(&sandbox), sandbox.living()), (3, living), "{said}");
        sandbox.plan_is_empty("after the old entries left the state");
    }
}
