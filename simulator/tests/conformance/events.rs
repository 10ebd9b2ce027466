//! Event Streams: what a sink takes, what a subscription is made of, and what is in the way of a delete.

use serde_json::{Value, json};

use crate::support::{Answer, Client, simulator};

const EVENTS: &str = "events.twilio.com";
const DELIVERED: &str = "com.twilio.messaging.message.delivered";
const FAILED: &str = "com.twilio.messaging.message.failed";

async fn sink(client: &Client, kind: &str, configuration: &Value) -> Answer {
    let configuration = configuration.to_string();
    let form = [
        ("Description", "a sink"),
        ("SinkType", kind),
        ("SinkConfiguration", &configuration),
    ];
    client.post(EVENTS, "/v1/Sinks", &form).await
}

async fn webhook(client: &Client) -> String {
    let made = sink(
        client,
        "webhook",
        &json!({"destination": "https://example.com/events", "method": "POST"}),
    )
    .await;
    assert_eq!(made.status, 201, "{made:?}");
    made.text("sid").to_owned()
}

async fn subscribe(client: &Client, sink: &str, types: &[Value]) -> Answer {
    let types: Vec<String> = types.iter().map(Value::to_string).collect();
    let mut form = vec![("Description", "a subscription"), ("SinkSid", sink)];
    form.extend(types.iter().map(|one| ("Types", one.as_str())));
    client.post(EVENTS, "/v1/Subscriptions", &form).await
}

fn below(subscription: &str) -> String {
    format!("/v1/Subscriptions/{subscription}/SubscribedEvents")
}

#[tokio::test]
async fn a_sink_is_active_from_the_start_and_only_its_description_changes() {
    let (_handle, client) = simulator().await;
    let configuration = json!({"destination": "https://example.com/events", "method": "POST", "batch_events": true});
    let made = sink(&client, "webhook", &configuration).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.text("status"), "active");
    assert_eq!(
        made.body["sink_configuration"], configuration,
        "an object, not a text of JSON"
    );
    let path = format!("/v1/Sinks/{}", made.text("sid"));
    assert!(
        made.body["links"]["sink_test"]
            .as_str()
            .is_some_and(|url| url.ends_with(&format!("{path}/Test")))
    );
    let renamed = client.post(EVENTS, &path, &[("Description", "other")]).await.ok();
    assert_eq!(renamed["description"], "other");
    assert_eq!(renamed["sink_configuration"], configuration);
    let changed = [("Description", "other"), ("SinkType", "segment")];
    let unchanged = client.post(EVENTS, &path, &changed).await.ok();
    assert_eq!(unchanged["sink_type"], "webhook", "an update does not know the type");
    assert_eq!(client.post(EVENTS, &path, &[]).await.refusal(), (400, 20001));
    let blank = [("Description", "")];
    assert_eq!(client.post(EVENTS, &path, &blank).await.refusal(), (400, 91000));
}

#[tokio::test]
async fn a_configuration_must_be_an_object_that_fits_its_type() {
    let (_handle, client) = simulator().await;
    for (kind, configuration) in [
        (
            "kinesis",
            json!({"destination": "https://example.com", "method": "POST"}),
        ),
        ("webhook", json!({"write_key": "x"})),
        ("segment", json!({})),
        ("segment", json!("x")),
        (
            "webhook",
            json!({"destination": "https://example.com", "method": "DELETE"}),
        ),
    ] {
        assert_eq!(
            sink(&client, kind, &configuration).await.refusal(),
            (400, 91000),
            "{kind} {configuration}"
        );
    }
    let not_json = [
        ("Description", "x"),
        ("SinkType", "segment"),
        ("SinkConfiguration", "write_key"),
    ];
    assert_eq!(
        client.post(EVENTS, "/v1/Sinks", &not_json).await.refusal(),
        (400, 20001)
    );
}

#[tokio::test]
async fn an_account_has_at_most_a_hundred_sinks() {
    let (_handle, client) = simulator().await;
    for _ in 0..100 {
        webhook(&client).await;
    }
    let one_more = sink(&client, "segment", &json!({"write_key": "x"})).await;
    assert_eq!(one_more.refusal(), (400, 91003));
}

#[tokio::test]
async fn a_subscription_makes_its_subscribed_events_and_does_not_show_its_types() {
    let (handle, client) = simulator().await;
    let sink = webhook(&client).await;
    let types = [json!({"type": DELIVERED, "schema_version": 2}), json!({"type": FAILED})];
    let made = subscribe(&client, &sink, &types).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(made.text("account_sid"), handle.account_sid);
    assert!(made.body.get("types").is_none() && made.body.get("Types").is_none());
    let list = client.get(EVENTS, &below(made.text("sid"))).await.ok();
    assert_eq!(list["meta"]["key"], "types");
    let latest = client.get(EVENTS, "/v1/Schemas/Messaging.MessageStatus").await.ok()["latest_version"].clone();
    let mut entries: Vec<(Value, Value)> = list["types"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["type"].clone(), one["schema_version"].clone()))
        .collect();
    entries.sort_by_key(|(name, _)| name.to_string());
    assert_eq!(
        entries,
        [(json!(DELIVERED), json!(2)), (json!(FAILED), latest)],
        "the newest version unless asked"
    );
}

#[tokio::test]
async fn a_subscription_needs_a_sink_and_known_types() {
    let (_handle, client) = simulator().await;
    let sink = webhook(&client).await;
    let known = json!({"type": DELIVERED});
    let missing = format!("DG{:032x}", 1);
    assert_eq!(
        subscribe(&client, &missing, std::slice::from_ref(&known))
            .await
            .refusal(),
        (400, 91001)
    );
    for (types, refusal) in [
        (vec![json!({"type": "com.twilio.unheard.of"})], (400, 91104)),
        (vec![known.clone(), known.clone()], (400, 91101)),
        (vec![json!({"type": DELIVERED, "schema_version": 99})], (400, 20001)),
        (vec![json!(DELIVERED)], (400, 20001)),
        (vec![], (400, 20001)),
    ] {
        assert_eq!(subscribe(&client, &sink, &types).await.refusal(), refusal, "{types:?}");
    }
    let empty = [("Description", "x"), ("SinkSid", &sink), ("Types", "")];
    assert_eq!(
        client.post(EVENTS, "/v1/Subscriptions", &empty).await.refusal(),
        (400, 91103)
    );
    let list = client.get(EVENTS, "/v1/Subscriptions").await.ok();
    assert_eq!(list["subscriptions"], json!([]), "nothing was made on the way");
}

#[tokio::test]
async fn a_sink_that_is_not_active_takes_no_subscription() {
    let (_handle, client) = simulator().await;
    let sink = webhook(&client).await;
    client
        .control(
            "PATCH",
            &format!("objects?host={EVENTS}&path=/v1/Sinks/{sink}"),
            Some(json!({"status": "failed"})),
        )
        .await
        .ok();
    assert_eq!(
        subscribe(&client, &sink, &[json!({"type": DELIVERED})]).await.refusal(),
        (400, 91100)
    );
}

#[tokio::test]
async fn event_types_are_added_changed_and_taken_out_but_the_last_one_stays() {
    let (_handle, client) = simulator().await;
    let sink = webhook(&client).await;
    let made = subscribe(&client, &sink, &[json!({"type": DELIVERED})]).await;
    let path = below(made.text("sid"));
    let one = |name: &str| format!("{path}/{name}");
    assert_eq!(client.delete(EVENTS, &one(DELIVERED)).await.refusal(), (400, 91103));
    let added = client.post(EVENTS, &path, &[("Type", FAILED)]).await;
    assert_eq!((added.status, added.text("type")), (201, FAILED));
    assert_eq!(
        client.post(EVENTS, &path, &[("Type", FAILED)]).await.refusal(),
        (409, 20409)
    );
    assert_eq!(
        client.post(EVENTS, &path, &[("Type", "com.twilio.x")]).await.refusal(),
        (400, 91104)
    );
    let updated = client.post(EVENTS, &one(FAILED), &[("SchemaVersion", "1")]).await.ok();
    assert_eq!(updated["schema_version"], 1);
    assert_eq!(
        client
            .post(EVENTS, &one(FAILED), &[("SchemaVersion", "77")])
            .await
            .refusal(),
        (400, 20001)
    );
    assert_eq!(client.get(EVENTS, &one(FAILED)).await.ok()["schema_version"], 1);
    assert_eq!(client.delete(EVENTS, &one(DELIVERED)).await.status, 204);
    assert_eq!(client.get(EVENTS, &one(DELIVERED)).await.refusal(), (404, 20404));
    assert_eq!(client.delete(EVENTS, &one(FAILED)).await.refusal(), (400, 91103));
}

#[tokio::test]
async fn a_used_sink_cannot_be_deleted_and_can_be_listed_as_such() {
    let (_handle, client) = simulator().await;
    let (used, free) = (webhook(&client).await, webhook(&client).await);
    let made = subscribe(&client, &used, &[json!({"type": DELIVERED})]).await;
    let listed = |list: Value| -> Vec<Value> {
        let sinks = list["sinks"].as_array().expect("a list");
        sinks.iter().map(|one| one["sid"].clone()).collect()
    };
    assert_eq!(
        listed(client.get(EVENTS, "/v1/Sinks?InUse=true").await.ok()),
        [json!(used)]
    );
    assert_eq!(
        listed(client.get(EVENTS, "/v1/Sinks?InUse=false").await.ok()),
        [json!(free)]
    );
    let path = format!("/v1/Sinks/{used}");
    assert_eq!(client.delete(EVENTS, &path).await.refusal(), (400, 91007));
    let subscription = format!("/v1/Subscriptions/{}", made.text("sid"));
    assert_eq!(client.delete(EVENTS, &subscription).await.status, 204);
    assert_eq!(client.delete(EVENTS, &path).await.status, 204);
    assert_eq!(
        client.get(EVENTS, &below(made.text("sid"))).await.refusal(),
        (404, 20404)
    );
}

#[tokio::test]
async fn types_are_listed_in_order_and_lead_to_their_schemas() {
    let (_handle, client) = simulator().await;
    let list = client.get(EVENTS, "/v1/Types?PageSize=1000").await.ok();
    let names: Vec<&str> = list["types"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["type"].as_str().expect("a name"))
        .collect();
    assert!(names.is_sorted() && names.contains(&DELIVERED), "{names:?}");
    let one = client.get(EVENTS, &format!("/v1/Types/{DELIVERED}")).await.ok();
    let schema = one["schema_id"].as_str().expect("a schema");
    let versions = client.get(EVENTS, &format!("/v1/Schemas/{schema}/Versions")).await.ok();
    assert_eq!(versions["meta"]["key"], "schema_versions");
    assert_eq!(versions["schema_versions"][0]["schema_version"], 1);
    assert_eq!(
        client.get(EVENTS, "/v1/Types/com.twilio.x").await.refusal(),
        (404, 20404)
    );
}

#[tokio::test]
async fn a_test_event_is_submitted_and_any_validation_succeeds() {
    let (_handle, client) = simulator().await;
    let path = format!("/v1/Sinks/{}", webhook(&client).await);
    let tested = client.post(EVENTS, &format!("{path}/Test"), &[]).await;
    assert_eq!(tested.text("result"), "submitted");
    let validated = client
        .post(EVENTS, &format!("{path}/Validate"), &[("TestId", "x")])
        .await;
    assert_eq!(validated.text("result"), "valid");
}
