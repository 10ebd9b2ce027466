//! `twilio_phone_number_webhooks`: of a number that something else owns, here another state.

use serde_json::{Value as Json, json};
use xtask::terraform::Workspace;

use crate::lifecycle::{active_changes, changed_attributes};
use crate::sandbox::{Sandbox, configure, resource_in};

/// A sandbox, and a workspace beside it that owns a number. Returns the number's SID with it.
fn sandbox_with_a_number(sms_url: &str) -> (Sandbox, Workspace, String) {
    let sandbox = Sandbox::standing();
    let owner = sandbox.another_workspace();
    configure(
        &owner,
        &format!(
            "resource \"twilio_phone_number\" \"a\" {{\n  phone_number = \"+14155550142\"\n  sms_url = {sms_url}\n}}\n"
        ),
    );
    owner
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("a number can be bought");
    let state = owner.state_json().expect("a state");
    let number = resource_in(&state, "twilio_phone_number.a").expect("the number");
    let sid = number["sid"].as_str().expect("a SID").to_owned();
    (sandbox, owner, sid)
}

fn config(sid: &str, body: &str) -> String {
    format!("resource \"twilio_phone_number_webhooks\" \"w\" {{\n  phone_number_sid = \"{sid}\"\n  {body}\n}}\n")
}

/// The number as Twilio has it.
fn number(sandbox: &Sandbox) -> Json {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let found = objects.into_iter().find(|object| {
        object["body"]["phone_number"] == "+14155550142"
            && object["collection"]
                .as_str()
                .is_some_and(|path| path.ends_with("IncomingPhoneNumbers"))
    });
    found.expect("the number is there")["body"].clone()
}

#[test]
fn webhooks_live_and_the_number_stays() {
    let (sandbox, _owner, sid) = sandbox_with_a_number("null");
    sandbox.apply(&config(&sid, r#"voice_url = "https://example.com/voice""#));
    sandbox.plan_is_empty("after the create");
    assert_eq!(number(&sandbox)["voice_url"], "https://example.com/voice");
    assert_eq!(
        sandbox.resource("twilio_phone_number_webhooks.w")["phone_number"],
        "+14155550142"
    );

    let changed = config(
        &sid,
        "voice_url = \"https://example.com/calls\"\n  sms_url = \"https://example.com/sms\"",
    );
    sandbox.configure(&changed);
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(changed_attributes(&changes[0]["change"]), ["sms_url", "voice_url"]);
    sandbox.apply(&changed);
    sandbox.plan_is_empty("after the change");

    let removed = config(&sid, r#"voice_url = "https://example.com/calls""#);
    sandbox.apply(&removed);
    sandbox.plan_is_empty("after one was taken out");
    assert!(number(&sandbox)["sms_url"].as_str().unwrap_or_default().is_empty());

    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{sid}.json",
        sandbox.handle.account_sid
    );
    sandbox
        .twilio
        .change(
            "api.twilio.com",
            &path,
            &json!({"voice_url": "https://elsewhere.example.com"}),
        )
        .expect("it can be changed");
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changed_attributes(&changes[0]["change"]), ["voice_url"]);
    sandbox.apply(&removed);

    for id in [
        sid.as_str(),
        "+14155550142",
        &format!("{}/{sid}", sandbox.handle.account_sid),
    ] {
        sandbox.succeed(&["state", "rm", "twilio_phone_number_webhooks.w"]);
        sandbox.succeed(&["import", "-no-color", "twilio_phone_number_webhooks.w", id]);
        sandbox.plan_is_empty(&format!("after importing {id}"));
    }

    sandbox.apply("");
    assert!(number(&sandbox)["voice_url"].as_str().unwrap_or_default().is_empty());
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    assert!(
        requests.iter().all(|request| request["method"] != "DELETE"),
        "the number was released"
    );
}

#[test]
fn a_plan_names_the_webhooks_of_others_that_go() {
    let (sandbox, _owner, sid) = sandbox_with_a_number("\"https://example.com/theirs\"");
    let ours = config(&sid, r#"voice_url = "https://example.com/voice""#);
    sandbox.configure(&ours);
    let said = sandbox
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts")
        .unwrapped();
    assert!(
        said.contains("Phone number +14155550142 loses webhooks")
            && said.contains("takes them off: sms_url.")
            && !said.contains("theirs"),
        "{said}"
    );
    sandbox.apply(&ours);
    sandbox.plan_is_empty("after what the plan said");
    assert!(number(&sandbox)["sms_url"].as_str().unwrap_or_default().is_empty());
}

#[test]
fn webhooks_can_be_left_on_the_number() {
    let (sandbox, _owner, sid) = sandbox_with_a_number("null");
    sandbox.apply(&config(
        &sid,
        "voice_url = \"https://example.com/voice\"\n  on_destroy = \"retain\"",
    ));
    sandbox.apply("");
    assert_eq!(number(&sandbox)["voice_url"], "https://example.com/voice");
}

#[test]
fn a_number_that_is_not_there_is_reported_by_the_plan() {
    let sandbox = Sandbox::standing();
    sandbox.configure(&config(
        "PN00000000000000000000000000000001",
        r#"voice_url = "https://example.com""#,
    ));
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    assert!(
        output.code != 0 && said.contains("There is no such phone number"),
        "{said}"
    );
}

#[test]
fn a_trunk_that_has_the_number_keeps_it_through_the_life_of_a_set_that_does_not_mention_it() {
    let (sandbox, _owner, sid) = sandbox_with_a_number("null");
    let trunk = format!("TK{}", "1".repeat(32));
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{sid}.json",
        sandbox.handle.account_sid
    );
    sandbox
        .twilio
        .change("api.twilio.com", &path, &json!({"trunk_sid": trunk}))
        .expect("it can be changed");
    let ours = config(&sid, r#"voice_url = "https://example.com/voice""#);
    let said = sandbox.apply(&ours).unwrapped();
    assert!(
        said.contains(&trunk) && said.contains("voice_url is not used"),
        "{said}"
    );
    assert!(!said.contains("loses webhooks"), "{said}");
    sandbox.plan_is_empty("with a number on a trunk");
    assert_eq!(sandbox.resource("twilio_phone_number_webhooks.w")["trunk_sid"], trunk);
    sandbox.apply(&config(&sid, r#"voice_url = "https://example.com/calls""#));
    sandbox.plan_is_empty("after a change");
    sandbox.apply("");
    assert_eq!(number(&sandbox)["trunk_sid"], trunk);
}

/// A set of webhooks that is configured by the number itself.
fn by_number(number: &str, body: &str) -> String {
    format!("resource \"twilio_phone_number_webhooks\" \"w\" {{\n  phone_number = {number}\n  {body}\n}}\n")
}

#[test]
fn a_number_in_e164_form_is_as_good_as_its_sid() {
    let (sandbox, owner, sid) = sandbox_with_a_number("null");
    let voice = r#"voice_url = "https://example.com/voice""#;
    let ours = by_number("\"+14155550142\"", voice);
    sandbox.configure(&ours);
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let after = &active_changes(&plan).next().expect("a change")["change"]["after"];
    assert_eq!(after["phone_number_sid"], sid, "the plan says which number it means");
    sandbox.apply(&ours);
    sandbox.plan_is_empty("after the create");
    assert_eq!(number(&sandbox)["voice_url"], "https://example.com/voice");

    // The same number by its SID, and back: nothing changes. An update needs no look-up.
    sandbox.configure(&config(&sid, voice));
    sandbox.plan_is_empty("by the SID");
    sandbox.apply(&by_number(
        "\"+14155550142\"",
        r#"voice_url = "https://example.com/calls""#,
    ));
    sandbox.plan_is_empty("after a change");
    assert_eq!(number(&sandbox)["voice_url"], "https://example.com/calls");

    // Both of one number, as Terraform writes them for an import.
    let both = |sid: &str| by_number("\"+14155550142\"", &format!("phone_number_sid = \"{sid}\"\n  {voice}"));
    sandbox.apply(&both(&sid));
    sandbox.plan_is_empty("with both");
    let said = sandbox.apply_fails(&both("PN00000000000000000000000000000001"));
    assert!(
        said.contains("phone_number and phone_number_sid are two objects"),
        "{said}"
    );

    // Another number is another set of webhooks, and the first is left as on destroy.
    configure(
        &owner,
        "resource \"twilio_phone_number\" \"a\" {\n  phone_number = \"+14155550142\"\n  lifecycle {\n    ignore_changes = [voice_url]\n  }\n}\n\
         resource \"twilio_phone_number\" \"b\" {\n  phone_number = \"+14155550143\"\n  lifecycle {\n    ignore_changes = [voice_url]\n  }\n}\n",
    );
    owner
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("another number can be bought");
    let other = by_number("\"+14155550143\"", voice);
    sandbox.configure(&other);
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(
        changes[0]["change"]["actions"],
        json!(["delete", "create"]),
        "{changes:#?}"
    );
    sandbox.apply(&other);
    sandbox.plan_is_empty("with the other number");
    assert!(number(&sandbox)["voice_url"].as_str().unwrap_or_default().is_empty());
    sandbox.apply("");
}

#[test]
fn a_number_of_the_same_apply_is_looked_up_when_it_is_there() {
    let sandbox = Sandbox::standing();
    let both = format!(
        "resource \"twilio_phone_number\" \"bought\" {{\n  area_code = \"415\"\n  on_destroy = \"release\"\n  \
         lifecycle {{\n    ignore_changes = [sms_url]\n  }}\n}}\n{}",
        by_number(
            "twilio_phone_number.bought.phone_number",
            r#"sms_url = "https://example.com/sms""#
        )
    );
    sandbox.apply(&both);
    sandbox.plan_is_empty("after both were made");
    let [bought, webhooks] =
        ["twilio_phone_number.bought", "twilio_phone_number_webhooks.w"].map(|name| sandbox.resource(name));
    assert_eq!(bought["sid"], webhooks["phone_number_sid"]);
    sandbox.apply("");
}

#[test]
fn a_number_that_the_account_has_not_is_refused_by_the_plan_at_its_line() {
    let sandbox = Sandbox::standing();
    let voice = r#"voice_url = "https://example.com/voice""#;
    let said = sandbox.apply_fails(&by_number("\"+14155550199\"", voice));
    assert!(
        said.contains("The account has no such phone number") && said.contains("+14155550199"),
        "{said}"
    );
    let said = sandbox.apply_fails(&by_number("\"0415 555 0199\"", voice));
    assert!(said.contains("E.164"), "{said}");
    let neither = format!("resource \"twilio_phone_number_webhooks\" \"w\" {{\n  {voice}\n}}\n");
    let said = sandbox.apply_fails(&neither);
    assert!(
        said.contains("phone_number_sid") && said.contains("phone_number"),
        "{said}"
    );
}
