//! SIP: names that calls are sent to, lists that are in use, and the change from one list to another.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use xtask::samples::Before;

use crate::sandbox::Sandbox;

const DOMAIN: &str = "resource \"twilio_sip_domain\" \"test\" {\n  domain_name = \"one.sip.twilio.com\"\n}\n";

fn list(label: &str) -> String {
    format!("resource \"twilio_sip_credential_list\" \"{label}\" {{\n  friendly_name = \"{label}\"\n}}\n")
}

#[test]
fn a_domain_does_not_lose_its_name_without_a_word() {
    let sandbox = Sandbox::standing();
    let warning = "The name that calls are sent to changes";
    let plan = |config: &str| {
        sandbox.configure(config);
        sandbox.succeed(&["plan", "-no-color"]).unwrapped()
    };
    assert!(!plan(DOMAIN).contains(warning), "a new one has no name to lose");
    sandbox.apply(DOMAIN);
    let sid = sandbox.resource("twilio_sip_domain.test")["sid"].clone();
    assert!(!plan(&DOMAIN.replace('}', "  secure = true\n}")).contains(warning));
    let other = DOMAIN.replace("\"one.", "\"two.");
    assert!(plan(&other).contains(warning));
    let protected = other.replace('}', "  deletion_protection = true\n}");
    sandbox.apply(&protected);
    assert_eq!(sandbox.resource("twilio_sip_domain.test")["sid"], sid, "in place");
    assert!(sandbox.apply_fails("").contains("deletion_protection"));
    sandbox.apply(&other);
    sandbox.apply("");
    sandbox.nothing_is_left();
}

#[test]
fn a_list_that_somebody_mapped_is_kept_with_the_reason() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&(DOMAIN.to_owned() + &list("phones")));
    let (domain, phones) = (
        sandbox.resource("twilio_sip_domain.test")["sid"].clone(),
        sandbox.resource("twilio_sip_credential_list.phones")["sid"].clone(),
    );
    let text = |sid: &Json| sid.as_str().expect("a SID").to_owned();
    sandbox.make(
        &Before {
            name: "mapping".to_owned(),
            host: "api.twilio.com".to_owned(),
            path: format!(
                "/2010-04-01/Accounts/{{account_sid}}/SIP/Domains/{}/Auth/Calls/CredentialListMappings.json",
                text(&domain)
            ),
            form: BTreeMap::from([("CredentialListSid".to_owned(), text(&phones))]),
            put_there: false,
        },
        &BTreeMap::from([(
            "account_sid".to_owned(),
            sandbox.resource("twilio_sip_domain.test")["account_sid"].clone(),
        )]),
    );
    let said = sandbox.apply_fails(DOMAIN);
    for needle in [
        "Twilio refused to destroy twilio_sip_credential_list",
        "It still exists and stays in the state",
        "is mapped to a SIP domain or is on a trunk",
        "Take it off there",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    // With its domain, the mapping goes.
    sandbox.apply(&list("phones"));
    sandbox.apply("");
    sandbox.nothing_is_left();
}

#[test]
fn another_list_is_mapped_before_the_first_goes() {
    let sandbox = Sandbox::standing();
    let config = |used: &str| {
        DOMAIN.to_owned()
            + &list("phones")
            + &list("exchange")
            + &format!(
                "resource \"twilio_sip_domain_credential_list_mapping\" \"test\" {{\n  domain_sid = twilio_sip_domain.test.sid\n  \
                 credential_list_sid = twilio_sip_credential_list.{used}.sid\n  lifecycle {{\n    create_before_destroy = true\n  }}\n}}\n"
            )
    };
    sandbox.apply(&config("phones"));
    let before = sandbox.twilio.requests().expect("the simulator answers").len();
    sandbox.apply(&config("exchange"));
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let writes: Vec<&str> = requests[before..]
        .iter()
        .filter(|request| {
            request["path"]
                .as_str()
                .is_some_and(|path| path.contains("/CredentialListMappings"))
        })
        .filter_map(|request| request["method"].as_str())
        .filter(|method| *method != "GET")
        .collect();
    assert_eq!(writes, ["POST", "DELETE"], "nobody is refused in between");
    sandbox.plan_is_empty("with the other list");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}
