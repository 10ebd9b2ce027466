//! Buying by `search` while others buy, and while Twilio's lists are behind. A number belongs to one resource, whoever asks
//! for it.

use serde_json::{Value as Json, json};
use xtask::terraform::Workspace;

use crate::sandbox::{Sandbox, assert_healthy, configure, resource_in};

/// The only number that [`search`] finds.
const NUMBER: &str = "+14158675309";

fn search(name: &str, more: &str) -> String {
    format!(
        r#"resource "twilio_phone_number" "{name}" {{
             search = {{
               type        = "local"
               iso_country = "US"
               contains    = "{NUMBER}"
             }}
             {more}
           }}
        "#
    )
}

/// Numbers that any account has.
fn numbers(sandbox: &Sandbox) -> Vec<Json> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let numbers = objects.into_iter().filter(|object| {
        let collection = object["collection"].as_str().unwrap_or_default();
        collection.ends_with("/IncomingPhoneNumbers")
    });
    numbers.map(|object| object["body"].clone()).collect()
}

/// A number that the account has had since 2020, for calls of somebody else.
fn old_number(sandbox: &Sandbox) -> String {
    let account = &sandbox.handle.account_sid;
    let fields = json!({"phone_number": NUMBER, "friendly_name": "Production", "voice_url": "https://example.com/production",
        "date_created": "Mon, 02 Mar 2020 10:00:00 +0000", "date_updated": "Mon, 02 Mar 2020 10:00:00 +0000"});
    let collection = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers");
    let object = json!({"host": "api.twilio.com", "collection": collection, "fields": fields});
    let made = sandbox.twilio.add(&object).expect("it can be added");
    let sid = made["sid"].as_str().expect("a SID").to_owned();
    let path = format!("{collection}/{sid}.json");
    let dates =
        json!({"date_created": "Mon, 02 Mar 2020 10:00:00 +0000", "date_updated": "Mon, 02 Mar 2020 10:00:00 +0000"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &dates)
        .expect("it can be changed");
    sid
}

/// The search still offers the number.
fn stale_search() -> Json {
    let offered = json!([{"phone_number": NUMBER, "friendly_name": "(415) 867-5309", "iso_country": "US"}]);
    json!({"match": {"method": "GET", "path": "AvailablePhoneNumbers"}, "fault": "altered",
        "set": {"available_phone_numbers": offered}})
}

/// The list of the account's numbers does not show it either.
fn stale_list() -> Json {
    json!({"match": {"method": "GET", "path": "IncomingPhoneNumbers.json"}, "fault": "altered",
        "set": {"incoming_phone_numbers": []}})
}

#[test]
fn a_number_that_the_account_has_is_not_taken_for_one_that_is_for_sale() {
    let sandbox = Sandbox::standing();
    old_number(&sandbox);
    let before = numbers(&sandbox);
    sandbox
        .twilio
        .faults(&json!([stale_search()]))
        .expect("the fault is understood");
    let said = sandbox.apply_fails(&search("a", r#"voice_url = "https://example.com/ours""#));
    assert!(
        said.contains("No phone number of the search could be bought") && said.contains("in the account already: 1"),
        "{said}"
    );
    assert_eq!(numbers(&sandbox), before, "it was changed");
}

#[test]
fn a_number_that_no_list_shows_keeps_all_but_its_name_and_the_error_says_so() {
    let sandbox = Sandbox::standing();
    let sid = old_number(&sandbox);
    sandbox
        .twilio
        .faults(&json!([stale_search(), stale_list()]))
        .expect("the faults are understood");
    let said = sandbox.apply_fails(&search("a", r#"voice_url = "https://example.com/ours""#));
    for needle in [
        "A number of the search was there already",
        NUMBER,
        &sid,
        "2020-03-02",
        "friendly_name",
        "being bought",
        "Nothing was bought",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    let there = numbers(&sandbox);
    assert_eq!(there.len(), 1);
    assert_eq!(there[0]["voice_url"], "https://example.com/production");
    let state = sandbox.terraform.state_json().expect("the state can be shown");
    assert_eq!(resource_in(&state, "twilio_phone_number.a"), None);
}

#[test]
fn a_number_that_another_resource_has_in_the_state_stays_with_it() {
    let sandbox = Sandbox::standing();
    let named = format!("resource \"twilio_phone_number\" \"a\" {{\n  phone_number = \"{NUMBER}\"\n}}\n");
    sandbox.apply(&named);
    let before = numbers(&sandbox);
    sandbox
        .twilio
        .faults(&json!([stale_search()]))
        .expect("the fault is understood");
    let said = sandbox.apply_fails(&(named + &search("b", "")));
    assert!(said.contains("No phone number of the search could be bought"), "{said}");
    assert_eq!(numbers(&sandbox), before, "it was changed");
}

/// One of two has the number, and the other says that there is none left.
fn one_of_two_has_it(sandbox: &Sandbox, found: &[Option<Json>], said: &str) {
    let has: Vec<_> = found.iter().flatten().collect();
    assert_eq!(has.len(), 1, "{found:#?} {said}");
    assert!(said.contains("No phone number of the search could be bought"), "{said}");
    let there = numbers(sandbox);
    assert_eq!(there.len(), 1, "{there:#?}");
    assert_eq!(there[0]["sid"], has[0]["sid"]);
    assert_eq!(there[0]["friendly_name"], has[0]["friendly_name"]);
}

#[test]
fn two_provider_blocks_with_one_search_do_not_share_a_number() {
    let sandbox = Sandbox::slow(150);
    let alias = "provider \"twilio\" {\n  alias = \"b\"\n}\n";
    let said = sandbox.apply_fails(
        &(alias.to_owned()
            + &search("a", "friendly_name = \"A\"")
            + &search("b", "provider = twilio.b\nfriendly_name = \"B\"")),
    );
    let state = sandbox.terraform.state_json().expect("the state can be shown");
    let found = ["a", "b"].map(|name| resource_in(&state, &format!("twilio_phone_number.{name}")));
    one_of_two_has_it(&sandbox, &found, &said);
}

#[test]
fn two_workspaces_with_one_search_do_not_share_a_number() {
    let sandbox = Sandbox::slow(150);
    let (one, other) = (sandbox.another_workspace(), sandbox.another_workspace());
    let both = [(&one, "A"), (&other, "B")];
    for (workspace, name) in both {
        configure(workspace, &search("n", &format!("friendly_name = \"{name}\"")));
    }
    let apply = |workspace: &Workspace| {
        let output = workspace.run(&["apply", "-auto-approve", "-no-color"]);
        output.expect("terraform starts")
    };
    let outputs = std::thread::scope(|scope| {
        both.map(|(workspace, _)| scope.spawn(move || apply(workspace)))
            .map(|thread| thread.join().expect("it ends"))
    });
    outputs.iter().for_each(assert_healthy);
    let said: String = outputs.iter().map(|output| output.unwrapped()).collect();
    let found = both.map(|(workspace, _)| {
        let state = workspace.state_json().expect("the state can be shown");
        resource_in(&state, "twilio_phone_number.n")
    });
    one_of_two_has_it(&sandbox, &found, &said);
}

#[test]
fn a_lost_purchase_of_a_search_is_found_by_its_name_and_completed() {
    let sandbox = Sandbox::standing();
    sandbox
        .twilio
        .faults(&json!([{"match": {"method": "POST", "path": "IncomingPhoneNumbers.json"}, "fault": "reset_after", "times": 1}]))
        .expect("the fault is understood");
    sandbox.apply(&search("a", r#"voice_url = "https://example.com/ours""#));
    sandbox.plan_is_empty("after the purchase whose answer was lost");
    let there = numbers(&sandbox);
    assert_eq!(there.len(), 1);
    assert_eq!(
        there[0]["friendly_name"], "(415) 867-5309",
        "the name that Twilio gives"
    );
    assert_eq!(there[0]["voice_url"], "https://example.com/ours");
}

#[test]
fn a_number_that_could_not_be_completed_is_in_the_state_and_gets_its_name_by_the_next_apply() {
    for (more, name) in [("", "(415) 867-5309"), ("friendly_name = \"Support\"", "Support")] {
        let sandbox = Sandbox::standing();
        let refused = json!({"match": {"method": "POST", "path": "IncomingPhoneNumbers/PN"}, "fault": "status",
            "status": 400, "code": 20001});
        sandbox
            .twilio
            .faults(&json!([refused]))
            .expect("the fault is understood");
        let config = search("a", &format!("voice_url = \"https://example.com/ours\"\n{more}"));
        let said = sandbox.apply(&config).unwrapped();
        assert!(said.contains("was created but not completed"), "{said}");
        let sid = sandbox.resource("twilio_phone_number.a")["sid"].clone();
        assert_eq!(numbers(&sandbox)[0]["sid"], sid);
        sandbox.twilio.faults(&json!([])).expect("there are none");
        sandbox.apply(&config);
        sandbox.plan_is_empty("after the second apply");
        let there = numbers(&sandbox);
        assert_eq!(there.len(), 1);
        assert_eq!((&there[0]["sid"], &there[0]["friendly_name"]), (&sid, &json!(name)));
        assert_eq!(there[0]["voice_url"], "https://example.com/ours");
    }
}
