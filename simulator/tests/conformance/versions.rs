//! `ETag` and `If-Match`. <https://www.twilio.com/docs/usage/mutation-and-conflict-resolution>

use serde_json::json;

use crate::support::{Answer, Client, read, simulator};

fn tag(answer: &Answer) -> String {
    let tag = answer
        .headers
        .get("etag")
        .unwrap_or_else(|| panic!("no ETag: {answer:?}"));
    tag.to_str().expect("a text").to_owned()
}

async fn if_match(
    client: &Client,
    method: &str,
    (host, path): (&str, &str),
    version: &str,
    form: &[(&str, &str)],
) -> Answer {
    read(
        client
            .request(method, host, path)
            .header("if-match", version)
            .form(form),
    )
    .await
}

/// <https://www.twilio.com/docs/sync/mutation-and-conflict-resolution>: the header is the revision;
/// <https://www.twilio.com/docs/api/errors/54103>, …/54155, …/54205, …/54003.
#[tokio::test]
async fn objects_of_sync_change_only_from_the_revision_that_is_named() {
    let (_handle, client) = simulator().await;
    let host = "sync.twilio.com";
    let service = client.post(host, "/v1/Services", &[]).await;
    let above = format!("/v1/Services/{}", service.text("sid"));
    let list = client.post(host, &format!("{above}/Lists"), &[]).await;
    let map = client.post(host, &format!("{above}/Maps"), &[]).await;
    let data = ("Data", "{}");
    for (collection, form, key, code, can_be_deleted) in [
        (format!("{above}/Documents"), vec![data], "sid", 54103, false),
        (
            format!("{above}/Lists/{}/Items", list.text("sid")),
            vec![data],
            "index",
            54155,
            true,
        ),
        (
            format!("{above}/Maps/{}/Items", map.text("sid")),
            vec![data, ("Key", "k")],
            "key",
            54205,
            true,
        ),
    ] {
        let made = client.post(host, &collection, &form).await;
        assert_eq!(tag(&made), "\"0\"");
        let made = made.ok();
        let key = made[key].as_str().map_or_else(|| made[key].to_string(), str::to_owned);
        let one = format!("{collection}/{key}");
        let at = (host, &*one);
        for (version, data) in [("0", r#"{"a": 1}"#), ("\"1\"", r#"{"a": 2}"#), ("*", r#"{"a": 3}"#)] {
            if_match(&client, "POST", at, version, &[("Data", data)]).await.ok();
        }
        let now = client.get(host, &one).await;
        assert_eq!((tag(&now), now.text("revision")), ("\"3\"".to_owned(), "3"));
        let late = if_match(&client, "POST", at, "1", &[("Data", "{}")]).await;
        assert_eq!(late.refusal(), (412, code), "{collection}");
        let none = if_match(&client, "POST", at, "yesterday", &[("Data", "{}")]).await;
        assert_eq!(none.refusal(), (400, 54003), "{collection}");
        assert_eq!(
            client.get(host, &one).await.ok()["data"],
            json!({"a": 3}),
            "nothing was changed"
        );
        if can_be_deleted {
            assert_eq!(if_match(&client, "DELETE", at, "1", &[]).await.refusal(), (412, code));
            assert_eq!(if_match(&client, "DELETE", at, "3", &[]).await.status, 204);
        }
    }
}

/// <https://www.twilio.com/docs/taskrouter/api/task>: 412 for another version, no check without the header. The contract has the header
/// for workers too.
#[tokio::test]
async fn tasks_and_workers_change_only_from_the_version_that_is_named() {
    let (_handle, client) = simulator().await;
    let host = "taskrouter.twilio.com";
    let workspace = client.post(host, "/v1/Workspaces", &[("FriendlyName", "w")]).await;
    assert_eq!(
        workspace.headers.get("etag"),
        None,
        "the contract has no condition there"
    );
    let above = format!("/v1/Workspaces/{}", workspace.text("sid"));
    for (collection, form) in [("Tasks", ("Attributes", "{}")), ("Workers", ("FriendlyName", "ada"))] {
        let collection = format!("{above}/{collection}");
        let made = client.post(host, &collection, &[form]).await;
        let one = format!("{collection}/{}", made.text("sid"));
        let at = (host, &*one);
        let first = tag(&made);
        assert_eq!(
            tag(&client.get(host, &one).await),
            first,
            "the same as long as nothing changes"
        );
        let changed = if_match(&client, "POST", at, &first, &[("Attributes", r#"{"a": 1}"#)]).await;
        let second = tag(&changed);
        changed.ok();
        assert_ne!(first, second);
        let late = if_match(&client, "POST", at, &first, &[("Attributes", r#"{"a": 2}"#)]).await;
        assert_eq!(late.refusal(), (412, 20412));
        assert_eq!(
            if_match(&client, "DELETE", at, &first, &[]).await.refusal(),
            (412, 20412)
        );
        client.post(host, &one, &[("Attributes", r#"{"a": 3}"#)]).await.ok();
        let third = tag(&client.get(host, &one).await);
        assert_eq!(if_match(&client, "DELETE", at, &third, &[]).await.status, 204);
    }
}

/// <https://www.twilio.com/docs/api/errors/520043>, <https://www.twilio.com/docs/api/errors/420019>
#[tokio::test]
async fn newer_products_count_versions_and_have_codes_of_their_own() {
    let (_handle, client) = simulator().await;
    for (host, collection, code) in [
        ("memory.twilio.com", "/v1/ControlPlane/Stores", 520043),
        ("knowledge.twilio.com", "/v2/ControlPlane/KnowledgeBases", 420019),
    ] {
        let body = json!({"displayName": "one", "description": "d"});
        let made = client.send_json("POST", host, collection, &body).await;
        let one = made
            .text("statusUrl")
            .trim_start_matches(&format!("https://{host}"))
            .to_owned();
        let read_tag = tag(&client.get(host, &one).await);
        let write = |version: String, text: &str| {
            let body = json!({"description": text}).to_string();
            let request = client.request("PATCH", host, &one).header("if-match", version);
            request.header("content-type", "application/json").body(body)
        };
        let before = client.get(host, &one).await.ok()["version"].clone();
        read(write(read_tag.clone(), "e")).await.ok();
        assert_eq!(read(write(read_tag, "f")).await.refusal(), (412, code), "{host}");
        let after = client.get(host, &one).await.ok();
        assert_eq!(after["description"], "e");
        assert_eq!(after["version"].as_i64(), before.as_i64().map(|number| number + 1));
    }
}
