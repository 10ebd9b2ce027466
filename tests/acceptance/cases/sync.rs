//! Sync: what expires, JSON that is written otherwise, names that are taken, and who may do what.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const HOST: &str = "sync.twilio.com";
const SERVICE: &str = "resource \"twilio_sync_service\" \"test\" {\n  friendly_name = \"App\"\n}\n";

fn below(kind: &str, label: &str, more: &str) -> String {
    format!(
        "resource \"twilio_sync_{kind}\" \"{label}\" {{\n  service_sid = twilio_sync_service.test.sid\n  {more}\n}}\n"
    )
}

/// The objects of a collection, by its last name.
fn there(sandbox: &Sandbox, collection: &str) -> Vec<Json> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let is_in = |object: &Json| {
        object["collection"]
            .as_str()
            .is_some_and(|path| path.ends_with(collection))
    };
    objects.into_iter().filter(is_in).collect()
}

#[test]
fn what_expires_is_said_to_have_and_is_made_again_only_while_it_is_configured() {
    for (kind, lifetime, more) in [
        ("document", "ttl", "data = jsonencode({ open = true })"),
        ("list", "collection_ttl", ""),
        ("map", "collection_ttl", ""),
        ("stream", "ttl", ""),
    ] {
        let sandbox = Sandbox::standing();
        let with =
            |seconds: &str| SERVICE.to_owned() + &below(kind, "test", &format!("{lifetime} = {seconds}\n  {more}"));
        sandbox.apply(&with("600"));
        sandbox.plan_is_empty("while it lives");
        let address = format!("twilio_sync_{kind}.test");
        let first = sandbox.resource(&address)["sid"].clone();
        sandbox.twilio.advance(601).expect("the clock can be moved");
        let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
        for needle in [
            &format!("is gone from Twilio, as {lifetime} says"),
            &format!("with {lifetime} = 600 Twilio takes it away by itself"),
            "1 to add, 0 to change, 0 to destroy",
        ] {
            assert!(said.contains(needle), "{needle}:\n{said}");
        }
        // It was to end: nothing is left to destroy, and nothing is made.
        sandbox.apply(SERVICE);
        sandbox.plan_is_empty("after it was taken out");
        // It is to last.
        sandbox.apply(&with("600"));
        sandbox.apply(&with("null"));
        let second = sandbox.resource(&address)["sid"].clone();
        assert_ne!(first, second);
        sandbox.twilio.advance(86_400).expect("the clock can be moved");
        sandbox.plan_is_empty("without a time to live");
        sandbox.refresh_finds_nothing("without a time to live");
        // What somebody deletes has not expired.
        let path = there(&sandbox, &format!("/{}{}s", kind[..1].to_uppercase(), &kind[1..]))[0]["path"].clone();
        sandbox
            .twilio
            .remove(HOST, path.as_str().expect("a path"))
            .expect("it can be removed");
        let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
        assert!(
            said.contains("is gone from Twilio") && !said.contains("as ttl says"),
            "{said}"
        );
    }
}

#[test]
fn data_that_is_written_otherwise_is_no_change_and_other_data_is() {
    let sandbox = Sandbox::standing();
    let config = SERVICE.to_owned()
        + &below(
            "document",
            "test",
            "unique_name = \"settings\"\n  data = \"{ \\\"b\\\" : [1, 2.0], \\\"a\\\": null }\"",
        );
    sandbox.apply(&config);
    sandbox.plan_is_empty("with spaces in the configuration");
    let path = there(&sandbox, "/Documents")[0]["path"]
        .as_str()
        .expect("a path")
        .to_owned();
    let change = |data: Json| {
        let fields = json!({"data": data, "revision": "7"});
        sandbox.twilio.change(HOST, &path, &fields).expect("it can be changed");
    };
    change(json!({"a": null, "b": [1, 2]}));
    sandbox.plan_is_empty("in another order");
    change(json!({"a": null, "b": [2, 1]}));
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(said.contains("1 to change"), "{said}");
    sandbox.apply(&config);
    assert_eq!(
        there(&sandbox, "/Documents")[0]["body"]["data"],
        json!({"a": null, "b": [1, 2.0]})
    );
    // Without data it is empty, not as it was.
    sandbox.apply(&(SERVICE.to_owned() + &below("document", "test", "unique_name = \"settings\"")));
    assert_eq!(there(&sandbox, "/Documents")[0]["body"]["data"], json!({}));
    sandbox.plan_is_empty("without data");
}

#[test]
fn a_name_that_is_taken_says_how_to_get_what_has_it() {
    for kind in ["document", "list", "map", "stream"] {
        let sandbox = Sandbox::standing();
        let one = SERVICE.to_owned() + &below(kind, "one", "unique_name = \"taken\"");
        sandbox.apply(&one);
        let said = sandbox.apply_fails(&(one.clone() + &below(kind, "two", "unique_name = \"taken\"")));
        assert!(
            said.contains("Another object of its kind in the Sync service has this unique name"),
            "{said}"
        );
        sandbox.succeed(&["state", "rm", &format!("twilio_sync_{kind}.one")]);
        let adopting = SERVICE.to_owned() + &below(kind, "two", "unique_name = \"taken\"\n  adopt_existing = true");
        let said = sandbox.apply(&adopting).unwrapped();
        assert!(said.contains("was adopted"), "{said}");
        sandbox.plan_is_empty("after the adoption");
    }
}

#[test]
fn who_is_shut_out_or_let_in_is_said_before_it_is_done() {
    let sandbox = Sandbox::standing();
    let with = |acl: &str| SERVICE.replace('}', &format!("  acl_enabled = {acl}\n}}"));
    let plan = |config: &str| {
        sandbox.configure(config);
        sandbox.succeed(&["plan", "-no-color"]).unwrapped()
    };
    let (out, into) = (
        "Clients without a permission will be shut out",
        "Sync permissions will count no more",
    );
    let said = plan(&with("true"));
    assert!(!said.contains(out), "a new service has no clients:\n{said}");
    sandbox.apply(&with("true"));
    assert!(plan(SERVICE).contains(into));
    sandbox.apply(SERVICE);
    assert_eq!(
        there(&sandbox, "/Services")[0]["body"]["acl_enabled"],
        false,
        "left out it is off"
    );
    assert!(plan(&with("true")).contains(out));
    assert!(!plan(SERVICE).contains(into), "nothing changes");
}

#[test]
fn what_is_protected_keeps_what_it_holds() {
    for kind in ["document", "list", "map"] {
        let sandbox = Sandbox::standing();
        let named = |name: &str| {
            SERVICE.to_owned()
                + &below(
                    kind,
                    "test",
                    &format!("unique_name = \"{name}\"\n  deletion_protection = true"),
                )
        };
        sandbox.apply(&named("one"));
        for config in [named("two"), SERVICE.to_owned()] {
            let said = sandbox.apply_fails(&config);
            assert!(said.contains("is protected from being"), "{said}");
        }
    }
    let sandbox = Sandbox::standing();
    sandbox.apply(&SERVICE.replace('}', "  deletion_protection = true\n}"));
    let said = sandbox.apply_fails("");
    assert!(said.contains("is protected from being destroyed"), "{said}");
}

#[test]
fn an_item_of_a_list_whose_response_is_lost_is_appended_once_and_can_be_imported() {
    let sandbox = Sandbox::standing();
    let list = SERVICE.to_owned() + &below("list", "test", "unique_name = \"orders\"");
    sandbox.apply(&list);
    let with = list
        + &below(
            "list_item",
            "test",
            "list_sid = twilio_sync_list.test.sid\n  data = jsonencode({ dish = \"Soup\" })",
        );
    sandbox
        .twilio
        .faults(&json!([{"match": {"method": "POST", "path": "Items"}, "fault": "reset_after"}]))
        .expect("faults can be set");
    let said = sandbox.apply_fails(&with);
    sandbox.twilio.faults(&json!([])).expect("faults can be taken off");
    let items = there(&sandbox, "/Items");
    assert_eq!(
        items.len(),
        1,
        "items may be alike, so nothing would show that a second is none too many"
    );
    for needle in ["was lost", "terraform import twilio_sync_list_item.NAME"] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    let id = format!(
        "{}/{}/0",
        sandbox.resource("twilio_sync_service.test")["sid"]
            .as_str()
            .expect("a SID"),
        sandbox.resource("twilio_sync_list.test")["sid"]
            .as_str()
            .expect("a SID"),
    );
    sandbox.succeed(&["import", "-no-color", "twilio_sync_list_item.test", &id]);
    sandbox.plan_is_empty("after the import");
    assert_eq!(sandbox.resource("twilio_sync_list_item.test")["index"], "0");
}
