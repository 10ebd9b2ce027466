//! States that move by the simulator's clock, and how a test lets them end otherwise.

use serde_json::{Value, json};

use crate::support::{Answer, Client, simulator};

const TRUSTHUB: &str = "trusthub.twilio.com";
const NUMBERS: &str = "numbers.twilio.com";
const MESSAGING: &str = "messaging.twilio.com";
const BUNDLES: &str = "/v2/RegulatoryCompliance/Bundles";
const POLICY: &str = "RNdfbf3fae0e1107f8aded0e7cead80bf5";

/// A customer profile, submitted for review; its path.
async fn submitted(client: &Client) -> String {
    let form = [
        ("FriendlyName", "Owl Ltd"),
        ("Email", "ada@example.com"),
        ("PolicySid", POLICY),
    ];
    let profile = client.post(TRUSTHUB, "/v1/CustomerProfiles", &form).await.ok();
    assert_eq!(profile["status"], "draft");
    let path = format!("/v1/CustomerProfiles/{}", profile["sid"].as_str().expect("a SID"));
    let submitted = write_status(client, TRUSTHUB, &path, "pending-review").await.ok();
    assert_eq!(submitted["status"], "pending-review");
    path
}

async fn write_status(client: &Client, host: &str, path: &str, status: &str) -> Answer {
    client.post(host, path, &[("Status", status)]).await
}

async fn status(client: &Client, host: &str, path: &str) -> String {
    client.get(host, path).await.text("status").to_owned()
}

#[tokio::test]
async fn the_clock_goes_ahead_and_a_reset_takes_it_back() {
    let (_handle, client) = simulator().await;
    let before = client.control("GET", "clock", None).await.ok();
    assert_eq!(before["ahead_s"], 0);
    let ahead = json!({"advance_s": 86400});
    let after = client.control("POST", "clock", Some(ahead)).await.ok();
    assert_eq!(after["ahead_s"], 86400);
    let parsed = |clock: &Value| -> jiff::Timestamp { clock["now"].as_str().expect("a time").parse().expect("a time") };
    let passed = parsed(&after).as_second() - parsed(&before).as_second();
    assert!((86400..86460).contains(&passed), "{passed}");
    let made = client
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "tomorrow")])
        .await;
    let made: jiff::Timestamp = made.text("date_created").parse().expect("a date");
    assert!(made >= parsed(&after), "answers are dated by the clock");
    for refused in [
        json!({"advance_s": -1}),
        json!({}),
        json!({"advance_s": 1, "x": 2}),
        json!({"advance_s": u64::MAX}),
    ] {
        let answer = client.control("POST", "clock", Some(refused.clone())).await;
        assert_eq!(answer.status, 400, "{refused}");
    }
    client.control("POST", "reset", None).await;
    assert_eq!(client.control("GET", "clock", None).await.ok()["ahead_s"], 0);
}

/// <https://www.twilio.com/docs/trust-hub/trusthub-rest-api>
#[tokio::test]
async fn a_review_goes_on_by_the_clock_only() {
    let (_handle, client) = simulator().await;
    let path = submitted(&client).await;
    assert_eq!(status(&client, TRUSTHUB, &path).await, "pending-review");
    client.advance(2 * 3600).await;
    assert_eq!(status(&client, TRUSTHUB, &path).await, "in-review");
    // A change of something else does not start the review again.
    client.advance(20 * 3600).await;
    client.post(TRUSTHUB, &path, &[("Email", "b@example.com")]).await.ok();
    client.advance(5 * 3600).await;
    let approved = client.get(TRUSTHUB, &path).await.ok();
    assert_eq!(approved["status"], "twilio-approved");
    assert_eq!(approved["email"], "b@example.com");
}

#[tokio::test]
async fn a_long_way_ahead_passes_through_all_states() {
    let (_handle, client) = simulator().await;
    let path = submitted(&client).await;
    client.advance_days(30).await;
    let profile = client.get(TRUSTHUB, &path).await.ok();
    assert_eq!(profile["status"], "twilio-approved");
    // Dated when it happened, not when somebody looked.
    let updated: jiff::Timestamp = profile["date_updated"]
        .as_str()
        .expect("a date")
        .parse()
        .expect("a date");
    let now = client.control("GET", "clock", None).await.ok();
    let now: jiff::Timestamp = now["now"].as_str().expect("a time").parse().expect("a time");
    assert!(now.as_second() - updated.as_second() > 20 * 24 * 3600);
}

#[tokio::test]
async fn a_test_orders_another_end_with_its_reason() {
    let (_handle, client) = simulator().await;
    let reason = json!([{"code": 22218, "message": "The address does not match"}]);
    let order = json!([{
        "match": {"host": TRUSTHUB, "path": "^/v1/CustomerProfiles/"},
        "to": "twilio-rejected",
        "set": {"errors": reason},
        "times": 1,
    }]);
    client.control("PUT", "outcomes", Some(order.clone())).await.ok();
    assert_eq!(client.control("GET", "outcomes", None).await.ok(), order);
    let (rejected, approved) = (submitted(&client).await, submitted(&client).await);
    client.advance_days(2).await;
    let profile = client.get(TRUSTHUB, &rejected).await.ok();
    assert_eq!(
        (&profile["status"], &profile["errors"]),
        (&"twilio-rejected".into(), &reason)
    );
    assert_eq!(status(&client, TRUSTHUB, &approved).await, "twilio-approved");
    assert_eq!(
        client.control("GET", "outcomes", None).await.ok(),
        json!([]),
        "it is used up"
    );
    // What was rejected is edited and submitted again.
    write_status(&client, TRUSTHUB, &rejected, "pending-review").await.ok();
    client.advance_days(2).await;
    assert_eq!(status(&client, TRUSTHUB, &rejected).await, "twilio-approved");
}

#[tokio::test]
async fn a_process_that_stays_never_ends() {
    let (_handle, client) = simulator().await;
    let path = submitted(&client).await;
    let order = json!([{"match": {"host": TRUSTHUB}, "stays": true}]);
    client.control("PUT", "outcomes", Some(order)).await.ok();
    client.advance_days(365).await;
    assert_eq!(status(&client, TRUSTHUB, &path).await, "pending-review");
}

#[tokio::test]
async fn orders_that_mean_nothing_are_refused() {
    let (_handle, client) = simulator().await;
    for refused in [
        json!({}),
        json!([{}]),
        json!([{"to": "nowhere"}]),
        json!([{"to": "failed", "stays": true}]),
        json!([{"match": {"host": TRUSTHUB}, "to": "failed"}]),
        json!([{"match": {"host": "studio.twilio.com"}, "stays": true}]),
        json!([{"match": {"path": "("}, "stays": true}]),
        json!([{"to": "failed", "unknown": 1}]),
    ] {
        let answer = client.control("PUT", "outcomes", Some(refused.clone())).await;
        assert_eq!(answer.status, 400, "{refused}");
    }
    let listed = client.control("GET", "processes", None).await.ok();
    let builds = listed
        .as_array()
        .expect("a list")
        .iter()
        .find(|step| step["host"] == "serverless.twilio.com");
    assert_eq!(builds.expect("builds")["to"], "completed");
}

/// What Twilio decides is not a client's to write: <https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles>,
/// <https://www.twilio.com/docs/api/errors/22204>.
#[tokio::test]
async fn only_some_states_may_be_written() {
    let (_handle, client) = simulator().await;
    let form = [("FriendlyName", "bundle"), ("Email", "ada@example.com")];
    let bundle = client.post(NUMBERS, BUNDLES, &form).await;
    let path = format!("{BUNDLES}/{}", bundle.text("sid"));
    for status in [
        "in-review",
        "twilio-approved",
        "twilio-rejected",
        "provisionally-approved",
    ] {
        let refused = write_status(&client, NUMBERS, &path, status).await;
        assert_eq!(refused.refusal(), (400, 20001), "{status}");
    }
    let both = [("Status", "pending-review"), ("FriendlyName", "other")];
    assert_eq!(client.post(NUMBERS, &path, &both).await.refusal(), (400, 22204));
    assert_eq!(client.get(NUMBERS, &path).await.text("friendly_name"), "bundle");
    for status in ["pending-review", "draft", "pending-review"] {
        write_status(&client, NUMBERS, &path, status).await.ok();
    }
    client.advance(2 * 3600).await;
    let refused = write_status(&client, NUMBERS, &path, "draft").await;
    assert_eq!(refused.refusal(), (400, 20001), "somebody reviews it");
    let profile = submitted(&client).await;
    client.advance_days(2).await;
    let refused = write_status(&client, TRUSTHUB, &profile, "pending-review").await;
    assert_eq!(refused.refusal(), (400, 20001), "it is approved");
}

/// <https://www.twilio.com/docs/messaging/api/brand-registration-resource>,
/// <https://www.twilio.com/docs/messaging/api/usapptoperson-resource>
#[tokio::test]
async fn brands_and_campaigns_are_registered_in_time() {
    let (_handle, client) = simulator().await;
    let bundle = client
        .add("trusthub.twilio.com", "/v1/CustomerProfiles", json!({}))
        .await;
    let brands = "/v1/a2p/BrandRegistrations";
    let form = [
        ("CustomerProfileBundleSid", &*bundle),
        ("A2PProfileBundleSid", &*bundle),
    ];
    let brand = client.post(MESSAGING, brands, &form).await.ok();
    assert_eq!(brand["status"], "PENDING");
    let path = format!("{brands}/{}", brand["sid"].as_str().expect("a SID"));
    let order = json!([{"match": {"path": "BrandRegistrations"}, "to": "FAILED", "set": {"failure_reason": "EIN"}, "times": 1}]);
    // https://www.twilio.com/docs/api/errors/21725
    assert_eq!(client.post(MESSAGING, &path, &[]).await.refusal(), (400, 21725));
    client.control("PUT", "outcomes", Some(order)).await.ok();
    client.advance_days(1).await;
    let failed = client.get(MESSAGING, &path).await.ok();
    assert_eq!(
        (&failed["status"], &failed["failure_reason"]),
        (&"FAILED".into(), &"EIN".into())
    );
    // An empty update submits it again.
    let again = client.post(MESSAGING, &path, &[]).await;
    assert_eq!((again.status, again.text("status")), (202, "PENDING"));
    client.advance_days(1).await;
    let approved = client.get(MESSAGING, &path).await.ok();
    assert_eq!(
        (&approved["status"], &approved["identity_status"]),
        (&"APPROVED".into(), &"VERIFIED".into())
    );
    let service = client.post(MESSAGING, "/v1/Services", &[("FriendlyName", "a2p")]).await;
    let campaigns = format!("/v1/Services/{}/Compliance/Usa2p", service.text("sid"));
    let form = [
        ("BrandRegistrationSid", brand["sid"].as_str().expect("a SID")),
        (
            "Description",
            "Send marketing messages about sales to customers who asked",
        ),
        ("MessageFlow", "Customers sign up on our page and tick a box there"),
        ("MessageSamples", "Book your next owl today, reply STOP to end"),
        ("MessageSamples", "This is your owl calling, reply STOP to end"),
        ("UsAppToPersonUsecase", "MARKETING"),
        ("HasEmbeddedLinks", "false"),
        ("HasEmbeddedPhone", "false"),
    ];
    let campaign = client.post(MESSAGING, &campaigns, &form).await.ok();
    assert_eq!(campaign["campaign_status"], "IN_PROGRESS");
    client.advance_days(20).await;
    let path = format!("{campaigns}/{}", campaign["sid"].as_str().expect("a SID"));
    assert_eq!(client.get(MESSAGING, &path).await.text("campaign_status"), "VERIFIED");
}
