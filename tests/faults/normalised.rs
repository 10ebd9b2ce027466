//! What Twilio writes in its own way, where something else goes wrong at the same time.

use serde_json::{Value as Json, json};
use terraform_provider_twilio::framework::value::Value;

use crate::terraform::{Outcome, State, Terraform, shown, text, value};
use crate::twilio::Twilio;

const ADDRESS: &str = "twilio_address";

fn address(name: &str, region: &str) -> Json {
    json!({
        "friendly_name": name, "customer_name": "Example Ltd", "street": "1 Main Street", "city": "Los Angeles",
        "region": region, "postal_code": "90012", "iso_country": "US", "emergency_enabled": true,
    })
}

async fn apply(terraform: &Terraform, prior: Option<&State>, config: &Json) -> Outcome {
    let outcome = terraform.change(ADDRESS, prior, &value(ADDRESS, config)).await;
    outcome.expect("core takes the answers")
}

async fn addresses(twilio: &Twilio) -> Vec<String> {
    let objects = twilio.objects().await.into_iter();
    let addresses = objects.filter(|object| object.place.2.contains("/Addresses/"));
    addresses.map(|object| object.sid).collect()
}

/// The state and the private data after a refresh, and what the plan for `config` would make of it.
async fn refreshed(terraform: &Terraform, state: &State, config: &Json) -> (State, Value) {
    let read = terraform.read(ADDRESS, state).await.expect("a read");
    let read = read.succeeded("the read").expect("it is there");
    let plan = terraform.plan(ADDRESS, Some(&read), &value(ADDRESS, config)).await;
    (read, plan.expect("a plan").planned)
}

#[tokio::test]
async fn a_lost_create_of_what_reads_otherwise_stops_and_names_it() {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let lost = json!([{"match": {"method": "POST", "path": "/Addresses"}, "fault": "reset_after", "times": 1}]);
    twilio.faults(&lost).await;
    let outcome = apply(&terraform, None, &address("Office", "California")).await;
    let made = addresses(&twilio).await;
    let [sid] = made.as_slice() else {
        panic!("{made:?} were made");
    };
    let errors = outcome.errors();
    let said = text(errors.first().expect("it may be anybody's"));
    assert!(said.contains(sid) && said.contains("import"), "{said}");
    assert!(outcome.state.is_none(), "{said}");
    // In the same words it is surely ours.
    twilio.faults(&lost).await;
    let outcome = apply(&terraform, None, &address("Warehouse", "CA")).await;
    outcome.succeeded("the create").expect("it was found");
    assert_eq!(addresses(&twilio).await.len(), 2);
}

#[tokio::test]
async fn what_somebody_else_changed_is_not_taken_for_the_response_to_an_update() {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let config = address("Office", "California");
    let made = apply(&terraform, None, &config)
        .await
        .succeeded("the create")
        .expect("it is made");
    let sid = shown(ADDRESS, &made.value)["sid"].as_str().expect("a SID").to_owned();
    let path = format!(
        "/2010-04-01/Accounts/{}/Addresses/{sid}.json",
        twilio.handle.account_sid
    );
    // Behind the refreshed state: an update of the name answers the other region too.
    twilio
        .make(
            "api.twilio.com",
            &path,
            &[("Region", "Nevada"), ("PostalCode", "89701")],
        )
        .await;
    let renamed = address("Headquarters", "California");
    let outcome = apply(&terraform, Some(&made), &renamed).await;
    assert!(
        outcome.diagnostics.iter().any(|said| said.summary.contains("region")),
        "{:?}",
        outcome.diagnostics
    );
    let state = outcome.succeeded("the update").expect("it is changed");
    let (read, planned) = refreshed(&terraform, &state, &renamed).await;
    assert_eq!(shown(ADDRESS, &read.value)["region"], "NV");
    assert_eq!(planned.attr("region").as_str(), Some("California"));
}

#[tokio::test]
async fn what_is_remembered_stays_through_refreshes_and_goes_with_drift() {
    let twilio = Twilio::start(0).await;
    let terraform = Terraform::start(&twilio, 0).await;
    let config = address("Office", "California");
    let made = apply(&terraform, None, &config).await;
    assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
    let made = made.succeeded("the create").expect("it is made");
    let private = String::from_utf8_lossy(&made.private).into_owned();
    assert!(
        private.contains("remembered") && !private.contains("California"),
        "{private}"
    );
    // Another process, which knows only what the state file has.
    let later = Terraform::start(&twilio, 1).await;
    let (read, planned) = refreshed(&later, &made, &config).await;
    assert_eq!(read, made);
    assert_eq!(planned, made.value);
    // Nothing is remembered of what was imported.
    let later = Terraform::start(&twilio, 2).await;
    let sid = shown(ADDRESS, &made.value)["sid"].as_str().expect("a SID").to_owned();
    let imported = later.import(ADDRESS, &sid).await.expect("an import");
    assert_eq!(shown(ADDRESS, &imported.value)["region"], "CA");
    assert!(!String::from_utf8_lossy(&imported.private).contains("remembered"));
    // The first apply after it is, and then there is nothing to do.
    let applied = apply(&later, Some(&imported), &config)
        .await
        .succeeded("the apply")
        .expect("it is changed");
    let (_, planned) = refreshed(&later, &applied, &config).await;
    assert_eq!(planned, applied.value);
}
