//! Creates that lose their answer, of what nothing shows that they made it: no date and no list, or a key that nobody sees.

use serde_json::{Value as Json, json};

use crate::terraform::{Terraform, text, value};
use crate::twilio::Twilio;

const SAFE: &str = "twilio_safelist_number";
const NUMBER: &str = "+14155550142";

#[tokio::test]
async fn what_has_no_date_is_not_taken_for_what_a_lost_create_made() {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let config: Json = json!({"phone_number": NUMBER});
    let lost = json!([{"match": {"method": "POST", "path": "/SafeList/Numbers"}, "fault": "reset_after", "times": 1}]);
    twilio.faults(&lost).await;
    let outcome = terraform.change(SAFE, None, &value(SAFE, &config)).await;
    let outcome = outcome.expect("core takes the answers");
    let errors = outcome.errors();
    let said = text(errors.first().expect("it may be anybody's"));
    assert!(outcome.state.is_none(), "{said}");
    for needle in ["terraform import", NUMBER, "choose another phone_number"] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
}

#[tokio::test]
async fn a_credential_of_the_same_name_is_not_taken_for_what_a_lost_create_made() {
    const AWS: &str = "twilio_aws_credential";
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let config: Json = json!({"friendly_name": "recordings", "credentials": "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"});
    let lost = json!([{"match": {"method": "POST", "path": "/Credentials/AWS"}, "fault": "reset_after", "times": 1}]);
    twilio.faults(&lost).await;
    let outcome = terraform.change(AWS, None, &value(AWS, &config)).await;
    let outcome = outcome.expect("core takes the answers");
    let errors = outcome.errors();
    let said = text(errors.first().expect("nobody sees which key it has"));
    assert!(outcome.state.is_none(), "{said}");
    for needle in ["terraform import", "may be the one that was created", "CR"] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
}
