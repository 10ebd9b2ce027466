//! Lookup: what is free and what is paid for, and an override of what carriers say.

use serde_json::json;

use super::data_sources::outputs;
use crate::sandbox::Sandbox;

#[test]
fn a_lookup_is_free_unless_it_says_what_it_pays_for() {
    let sandbox = Sandbox::standing();
    let record = json!({"host": "lookups.twilio.com", "collection": "/v2/PhoneNumbers", "fields": {
        "phone_number": "+4930901820",
        "line_type_intelligence": {"type": "landline", "carrier_name": "Example", "mobile_country_code": null,
            "mobile_network_code": null, "error_code": null},
        "identity_match": {"first_name_match": "exact_match", "last_name_match": "no_match", "summary_score": 20,
            "error_code": null, "error_message": null},
    }});
    sandbox.twilio.add(&record).expect("it can be added");
    let free = r#"data "twilio_lookup" "a" {
                    phone_number   = "030 901820"
                    number_country = "DE"
                  }
                  output "number" { value = data.twilio_lookup.a.e164 }
                  output "valid" { value = data.twilio_lookup.a.valid }
                  output "line" { value = data.twilio_lookup.a.line_type_intelligence }"#;
    let said = sandbox.apply(free).unwrapped();
    assert!(!said.contains("costs money"), "{said}");
    let found = outputs(&sandbox, free);
    assert_eq!(
        (&found["number"], &found["valid"], &found["line"]),
        (&json!("+4930901820"), &json!(true), &json!(null))
    );
    let paid = r#"data "twilio_lookup" "a" {
                    phone_number = "+4930901820"
                    fields       = ["line_type_intelligence", "identity_match"]
                    first_name   = "Ada"
                    last_name    = "Lovelace"
                  }
                  output "line" { value = data.twilio_lookup.a.line_type_intelligence.type }
                  output "match" { value = data.twilio_lookup.a.identity_match.first_name_match }"#;
    let said = sandbox.apply(paid).unwrapped();
    for part in [
        "costs money each time it is read",
        "identity_match, line_type_intelligence",
    ] {
        assert!(said.contains(part), "{part} is not said: {said}");
    }
    assert!(!said.contains("Lovelace"), "{said}");
    let found = outputs(&sandbox, paid);
    assert_eq!(
        (&found["line"], &found["match"]),
        (&json!("landline"), &json!("exact_match"))
    );
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let asked = requests.iter().rfind(|request| request["host"] == "lookups.twilio.com");
    let query = &asked.expect("a lookup")["query"];
    assert_eq!(query["Fields"], "identity_match,line_type_intelligence", "{query}");
    let needless = paid.replace("\"identity_match\"", "\"line_type_intelligence\"");
    let refused = sandbox.apply_fails(&needless);
    assert!(
        refused.contains("Something is sent that no data package needs"),
        "{refused}"
    );
}

#[test]
fn an_override_is_what_lookups_say_until_it_is_destroyed_and_one_that_is_there_is_not_written_over() {
    let mut sandbox = Sandbox::standing();
    let record = json!({"host": "lookups.twilio.com", "collection": "/v2/PhoneNumbers", "fields": {
        "phone_number": "+14159929960",
        "line_type_intelligence": {"type": "nonFixedVoip", "carrier_name": "Example", "mobile_country_code": "240",
            "mobile_network_code": "38", "error_code": null},
    }});
    sandbox.twilio.add(&record).expect("it can be added");
    sandbox.remember();
    let with = |more: &str| {
        format!(
            r#"resource "twilio_lookup_override" "a" {{
                 phone_number = "+14159929960"
                 line_type    = "mobile"
                 {more}
               }}
               data "twilio_lookup" "a" {{
                 phone_number = twilio_lookup_override.a.phone_number
                 fields       = ["line_type_intelligence"]
                 depends_on   = [twilio_lookup_override.a]
               }}
               output "type" {{ value = data.twilio_lookup.a.line_type_intelligence.type }}
               output "found" {{ value = twilio_lookup_override.a.original_line_type }}"#
        )
    };
    let found = outputs(&sandbox, &with(""));
    assert_eq!(
        (&found["type"], &found["found"]),
        (&json!("mobile"), &json!("nonFixedVoip"))
    );
    sandbox.succeed(&["state", "rm", "twilio_lookup_override.a"]);
    let said = sandbox.apply_fails(&with("")).replace('\n', " ");
    assert!(said.contains("import"), "{said}");
    let said = sandbox.apply(&with("adopt_existing = true")).unwrapped();
    assert!(said.contains("was adopted"), "{said}");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}
