//! Studio: definitions are checked as a whole, and every change is a revision.

use serde_json::{Value, json};

use crate::support::{Answer, Client, simulator};

const STUDIO: &str = "studio.twilio.com";
const FLOWS: &str = "/v2/Flows";

fn definition(body: &str) -> Value {
    json!({
        "description": "a flow",
        "initial_state": "Trigger",
        "flags": {"allow_concurrent_calls": true},
        "states": [
            {
                "name": "Trigger",
                "type": "trigger",
                "properties": {"offset": {"x": 0, "y": 0}},
                "transitions": [{"event": "incomingMessage", "next": "answer"}, {"event": "incomingCall"}],
            },
            {
                "name": "answer",
                "type": "send-message",
                "properties": {"from": "{{flow.channel.address}}", "body": body},
                "transitions": [{"event": "sent"}, {"event": "failed"}],
            },
        ],
    })
}

async fn send(client: &Client, path: &str, status: &str, definition: &Value) -> Answer {
    let definition = definition.to_string();
    let form = [
        ("FriendlyName", "flow"),
        ("Status", status),
        ("Definition", &definition),
    ];
    client.post(STUDIO, path, &form).await
}

async fn flow(client: &Client) -> Answer {
    let made = send(client, FLOWS, "draft", &definition("hello")).await;
    assert_eq!(made.status, 201, "{made:?}");
    made
}

#[tokio::test]
async fn a_new_flow_is_its_first_revision_with_its_own_webhook() {
    let (handle, client) = simulator().await;
    let made = flow(&client).await;
    assert_eq!(made.body["revision"], 1);
    assert_eq!(made.body["valid"], true);
    assert_eq!((&made.body["errors"], &made.body["warnings"]), (&json!([]), &json!([])));
    assert_eq!(
        made.body["definition"],
        definition("hello"),
        "an object, not a text of JSON"
    );
    assert_eq!(made.body["commit_message"], Value::Null);
    assert_eq!(made.body["date_updated"], Value::Null);
    assert_eq!(
        made.text("webhook_url"),
        format!(
            "https://webhooks.twilio.com/v1/Accounts/{}/Flows/{}",
            handle.account_sid,
            made.text("sid")
        )
    );
}

#[tokio::test]
async fn an_invalid_definition_is_refused_with_what_is_wrong_in_it() {
    let (_handle, client) = simulator().await;
    let mut broken = definition("hello");
    broken["states"][0]["transitions"][0]["next"] = json!("nowhere");
    broken["states"][1]["type"] = json!("shout");
    let existing = format!("{FLOWS}/{}", flow(&client).await.text("sid"));
    for path in [FLOWS, "/v2/Flows/Validate", &existing] {
        let refused = send(&client, path, "draft", &broken).await;
        assert_eq!(refused.refusal(), (400, 81022), "{path}");
        let message = refused.text("message");
        assert!(
            message.contains("validation failed") && message.contains("details"),
            "{message}"
        );
        let errors = refused.body["details"]["errors"].as_array().expect("a list");
        let paths: Vec<&str> = errors
            .iter()
            .filter_map(|error| error["property_path"].as_str())
            .collect();
        assert_eq!(paths, ["#/states/0/transitions/0/next", "#/states/1/type"]);
        assert!(errors.iter().all(|error| error["message"].is_string()));
    }
    assert_eq!(client.get(STUDIO, &existing).await.ok()["revision"], 1);
    assert_eq!(
        send(&client, FLOWS, "draft", &json!("text")).await.refusal(),
        (400, 81022)
    );
}

#[tokio::test]
async fn validating_makes_nothing() {
    let (_handle, client) = simulator().await;
    let answer = send(&client, "/v2/Flows/Validate", "published", &definition("x")).await;
    assert_eq!((answer.status, answer.body), (200, json!({"valid": true})));
    assert_eq!(client.get(STUDIO, FLOWS).await.ok()["flows"], json!([]));
}

#[tokio::test]
async fn every_update_needs_a_status_and_is_a_revision() {
    let (_handle, client) = simulator().await;
    let made = flow(&client).await;
    let path = format!("{FLOWS}/{}", made.text("sid"));
    let renamed = [("FriendlyName", "other")];
    assert_eq!(client.post(STUDIO, &path, &renamed).await.refusal(), (400, 20001));
    let blank = [("Status", "draft"), ("CommitMessage", " ")];
    assert_eq!(client.post(STUDIO, &path, &blank).await.refusal(), (400, 20001));
    let published = [("Status", "published"), ("CommitMessage", "out")];
    let published = client.post(STUDIO, &path, &published).await.ok();
    assert_eq!(published["revision"], 2);
    assert_eq!(published["commit_message"], "out");
    assert_eq!(published["definition"], definition("hello"), "what is not sent stays");
    // Whoever leaves the message out of an update is refused: nobody has recorded what Twilio makes of it.
    let silent = send(&client, &path, "draft", &definition("bye")).await;
    assert_eq!(silent.refusal(), (400, 20001));
    assert!(silent.text("message").contains("CommitMessage"), "{silent:?}");
    assert_eq!(client.get(STUDIO, &path).await.ok(), published);
}

#[tokio::test]
async fn revisions_keep_what_the_flow_was() {
    let (_handle, client) = simulator().await;
    let made = flow(&client).await;
    let path = format!("{FLOWS}/{}", made.text("sid"));
    for (status, message, said) in [("published", "out", "hello"), ("draft", "in", "bye")] {
        let definition = definition(said).to_string();
        let form = [
            ("Status", status),
            ("CommitMessage", message),
            ("Definition", &definition),
        ];
        client.post(STUDIO, &path, &form).await.ok();
    }
    let read = async |revision: &str| client.get(STUDIO, &format!("{path}/Revisions/{revision}")).await;
    let first = read("1").await.ok();
    assert_eq!(
        (&first["status"], &first["definition"]),
        (&json!("draft"), &definition("hello"))
    );
    assert_eq!(first["sid"], made.text("sid"));
    assert!(
        first["url"].as_str().is_some_and(|url| url.ends_with("/Revisions/1")),
        "{first}"
    );
    assert_eq!(read("LatestPublished").await.ok()["revision"], 2);
    assert_eq!(read("LatestRevision").await.ok()["definition"], definition("bye"));
    assert_eq!(read("4").await.refusal(), (404, 20404));
    let list = client.get(STUDIO, &format!("{path}/Revisions")).await.ok();
    let numbers: Vec<&Value> = list["revisions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["revision"])
        .collect();
    assert_eq!(numbers, [&json!(3), &json!(2), &json!(1)]);
    assert_eq!(client.delete(STUDIO, &path).await.status, 204);
    assert_eq!(read("1").await.refusal(), (404, 20404));
}

#[tokio::test]
async fn a_list_leaves_definitions_out() {
    let (_handle, client) = simulator().await;
    flow(&client).await;
    let list = client.get(STUDIO, FLOWS).await.ok();
    let item = &list["flows"][0];
    for name in ["definition", "valid", "errors", "warnings"] {
        assert_eq!(item[name], Value::Null, "{name}");
    }
    assert_eq!(item["revision"], 1);
}

/// "The latest version number of the Flow's definition": <https://www.twilio.com/docs/studio/rest-api/flow>
#[tokio::test]
async fn the_first_version_of_the_api_counts_the_same_changes() {
    let (_handle, client) = simulator().await;
    let made = send(&client, FLOWS, "draft", &definition("a")).await;
    let path = format!("/v1/Flows/{}", made.text("sid"));
    assert_eq!(client.get(STUDIO, &path).await.ok()["version"], 1);
    let form = [("Status", "published"), ("CommitMessage", "live")];
    let second = format!("{FLOWS}/{}", made.text("sid"));
    let changed = client.post(STUDIO, &second, &form).await.ok();
    assert_eq!(client.get(STUDIO, &path).await.ok()["version"], changed["revision"]);
    let listed = client.get(STUDIO, "/v1/Flows").await.ok();
    assert_eq!(listed["flows"][0]["version"], 2);
}
