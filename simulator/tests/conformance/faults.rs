//! Injected faults: what is executed, what the client sees.

use std::time::Duration;

use serde_json::{Value, json};
use twilio_simulator::Options;

use crate::support::{Client, simulator, with};

const MESSAGING: &str = "messaging.twilio.com";
const SERVICES: &str = "/v1/Services";

async fn set(client: &Client, rules: Value) {
    let answer = client.control("PUT", "faults", Some(rules)).await;
    assert_eq!(answer.status, 204, "{answer:?}");
}

async fn count(client: &Client) -> usize {
    let objects = client
        .control("GET", &format!("objects?host={MESSAGING}"), None)
        .await
        .ok();
    objects.as_array().map_or(0, Vec::len)
}

fn create(client: &Client) -> reqwest::RequestBuilder {
    client
        .request("POST", MESSAGING, SERVICES)
        .form(&[("FriendlyName", "s")])
}

#[tokio::test]
async fn broken_connections_execute_or_not_as_they_say() {
    for (fault, executed) in [
        ("refuse", 0),
        ("reset_before", 0),
        ("reset_after", 1),
        ("truncate_after", 1),
    ] {
        let (_handle, client) = simulator().await;
        set(
            &client,
            json!([{"match": {"method": "POST"}, "fault": fault, "times": 1}]),
        )
        .await;
        let outcome = match create(&client).send().await {
            Ok(response) => response.text().await.map(|_| ()),
            Err(error) => Err(error),
        };
        assert!(outcome.is_err(), "{fault}");
        assert_eq!(count(&client).await, executed, "{fault}");
        let log = client.control("GET", "requests", None).await.ok();
        assert_eq!(log[0]["fault"], fault);
        assert_eq!(log[0]["status"].is_null(), fault != "truncate_after", "{log}");
        assert_eq!(create(&client).send().await.expect("used up").status(), 201, "{fault}");
    }
}

#[tokio::test]
async fn a_truncated_answer_has_its_head_and_lacks_its_end() {
    let (_handle, client) = simulator().await;
    set(&client, json!([{"fault": "truncate_after", "times": 1}])).await;
    let response = create(&client).send().await.expect("the head arrives");
    assert_eq!(response.status(), 201);
    assert!(response.text().await.is_err(), "the body does not");
}

#[tokio::test]
async fn an_answer_that_never_comes_leaves_what_was_made() {
    let (_handle, client) = simulator().await;
    set(&client, json!([{"fault": "timeout_after", "times": 1}])).await;
    let error = create(&client)
        .timeout(Duration::from_secs(5))
        .send()
        .await
        .expect_err("no answer");
    assert!(error.is_timeout());
    assert_eq!(count(&client).await, 1);
}

#[tokio::test]
async fn answers_are_replaced_before_or_after_execution() {
    let (_handle, client) = simulator().await;
    let cases = [
        (json!({"fault": "status", "status": 503}), 503, 0),
        (json!({"fault": "status", "status": 500, "executed": true}), 500, 1),
        (json!({"fault": "html_502_after"}), 502, 2),
        (json!({"fault": "garbage"}), 200, 3),
    ];
    for (mut rule, status, made) in cases {
        rule["times"] = 1.into();
        set(&client, json!([rule])).await;
        let response = create(&client).send().await.expect("an answer");
        assert_eq!(response.status(), status);
        let text = response.text().await.expect("a body");
        let twilio: Option<Value> = serde_json::from_str(&text).ok();
        assert_eq!(twilio.is_some(), status == 503 || status == 500, "{text}");
        assert_eq!(count(&client).await, made);
    }
    let rule =
        json!({"fault": "status", "status": 429, "code": 20429, "headers": {"Retry-After": 3}, "body": "slow down"});
    set(&client, json!([rule])).await;
    let response = create(&client).send().await.expect("an answer");
    assert_eq!(response.headers()["retry-after"], "3");
    assert_eq!(response.text().await.expect("a body"), "slow down");
}

#[tokio::test]
async fn reads_lag_behind_for_as_long_as_the_fault_says() {
    let (_handle, client) = simulator().await;
    let sid = client
        .post(MESSAGING, SERVICES, &[("FriendlyName", "old")])
        .await
        .text("sid")
        .to_owned();
    let path = format!("{SERVICES}/{sid}");
    let hour = 3_600_000;
    set(&client, json!([{"fault": "missing_read", "ms": hour, "times": 1}])).await;
    assert_eq!(client.get(MESSAGING, &path).await.refusal(), (404, 20404));
    assert_eq!(client.get(MESSAGING, &path).await.status, 200);
    set(&client, json!([{"fault": "missing_in_list", "ms": hour}])).await;
    let list = client.get(MESSAGING, SERVICES).await.ok();
    assert_eq!(list["services"].as_array().map(Vec::len), Some(0));
    assert_eq!(client.get(MESSAGING, &path).await.status, 200);
    set(
        &client,
        json!([{"match": {"method": "GET"}, "fault": "stale_read", "ms": hour, "times": 1}]),
    )
    .await;
    client.post(MESSAGING, &path, &[("FriendlyName", "new")]).await.ok();
    assert_eq!(client.get(MESSAGING, &path).await.ok()["friendly_name"], "old");
    assert_eq!(client.get(MESSAGING, &path).await.ok()["friendly_name"], "new");
    set(&client, json!([{"fault": "missing_read", "ms": 0}])).await;
    assert_eq!(client.get(MESSAGING, &path).await.status, 200, "the window is over");
}

#[tokio::test]
async fn more_requests_at_once_than_the_limit_get_429_and_are_not_executed() {
    let (_handle, client) = with(Options {
        latency: Duration::from_secs(5),
        ..Options::default()
    })
    .await;
    set(&client, json!([{"fault": "limit", "limit": 2, "retry_after": 1}])).await;
    let all = futures_join((0..5).map(|_| create(&client).send())).await;
    let statuses: Vec<u16> = all.iter().map(|response| response.status().as_u16()).collect();
    assert_eq!(
        statuses.iter().filter(|status| **status == 201).count(),
        2,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 429).count(),
        3,
        "{statuses:?}"
    );
    let refused = all
        .iter()
        .find(|response| response.status() == 429)
        .expect("there are three");
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(count(&client).await, 2);
}

async fn futures_join<F>(requests: impl Iterator<Item = F>) -> Vec<reqwest::Response>
where
    F: Future<Output = reqwest::Result<reqwest::Response>> + Send + 'static,
{
    let tasks: Vec<_> = requests.map(tokio::spawn).collect();
    let mut responses = Vec::new();
    for task in tasks {
        responses.push(task.await.expect("no panic").expect("an answer"));
    }
    responses
}

#[tokio::test]
async fn a_delay_may_be_longer_than_a_client_waits() {
    let (_handle, client) = simulator().await;
    set(&client, json!([{"fault": "delay", "ms": 60_000, "times": 1}])).await;
    let error = create(&client)
        .timeout(Duration::from_millis(50))
        .send()
        .await
        .expect_err("too slow");
    assert!(error.is_timeout());
    assert_eq!(create(&client).send().await.expect("no delay any more").status(), 201);
}

#[tokio::test]
async fn rules_that_are_not_understood_are_refused_and_change_nothing() {
    let (_handle, client) = simulator().await;
    set(&client, json!([{"fault": "status", "status": 503}])).await;
    let answer = client
        .control("PUT", "faults", Some(json!([{"fault": "explode"}])))
        .await;
    assert_eq!(answer.status, 400);
    assert!(answer.text("error").contains("explode"));
    assert_eq!(
        client.get(MESSAGING, SERVICES).await.status,
        503,
        "the rules of before still hold"
    );
}

/// Names of the services whose creation met a fault, with the fault.
async fn hit(client: &Client, names: impl Iterator<Item = u32>, seed: u64) -> Vec<(String, String)> {
    client.control("POST", "reset", None).await;
    let of =
        json!([{"fault": "refuse"}, {"fault": "reset_before"}, {"fault": "status", "status": 503, "executed": true}]);
    let random = json!({"match": {"method": "POST"}, "fault": "random", "seed": seed, "percent": 30, "of": of});
    set(
        client,
        json!([random, {"match": {"method": "DELETE"}, "fault": "status", "status": 500}]),
    )
    .await;
    let creates = names.map(|name| {
        let request = client.request("POST", MESSAGING, SERVICES);
        // Half of them are broken off, which is what they are to be.
        async move { drop(request.form(&[("FriendlyName", format!("s{name}"))]).send().await) }
    });
    for create in creates.collect::<Vec<_>>() {
        create.await;
    }
    let log = client.control("GET", "requests", None).await.ok();
    let mut hit: Vec<_> = log
        .as_array()
        .expect("a log")
        .iter()
        .filter(|line| line["fault"].is_string())
        .map(|line| (line["form"]["FriendlyName"].to_string(), line["fault"].to_string()))
        .collect();
    hit.sort();
    hit
}

#[tokio::test]
async fn random_faults_hit_the_same_requests_in_any_order() {
    let (_handle, client) = simulator().await;
    let forwards = hit(&client, 0..60, 7).await;
    assert!((6..=30).contains(&forwards.len()), "{forwards:?}");
    assert_eq!(forwards, hit(&client, (0..60).rev(), 7).await);
    assert_ne!(forwards, hit(&client, 0..60, 8).await);
    // What it does not hit or match is for the rules behind it.
    let gone = client
        .delete(MESSAGING, "/v1/Services/MG00000000000000000000000000000001")
        .await;
    assert_eq!(gone.status, 500);
}
