//! Objects that are known by a key of their own instead of a SID.

use serde_json::{Value, json};

use crate::support::{Client, simulator};

const SYNC: &str = "sync.twilio.com";

async fn map(client: &Client) -> String {
    let service = client.post(SYNC, "/v1/Services", &[]).await;
    let maps = format!("/v1/Services/{}/Maps", service.text("sid"));
    let made = client.post(SYNC, &maps, &[("UniqueName", "colours")]).await;
    let again = client.post(SYNC, &maps, &[("UniqueName", "colours")]).await;
    // https://www.twilio.com/docs/api/errors/54301
    assert_eq!(again.refusal(), (409, 54301));
    format!("{maps}/{}", made.text("sid"))
}

/// <https://www.twilio.com/docs/sync/api/map-item-resource>, <https://www.twilio.com/docs/api/errors/54208>
#[tokio::test]
async fn a_map_item_is_found_by_its_key_however_that_is_written() {
    let (_handle, client) = simulator().await;
    let items = format!("{}/Items", map(&client).await);
    for (key, escaped) in [
        ("plain", "plain"),
        ("with/slashes/in it", "with%2Fslashes%2Fin%20it"),
        ("a.json", "a.json"),
        ("..", "%2E%2E%2F"),
        ("half%20", "half%2520"),
        ("plus+and:colon@x", "plus%2Band%3Acolon%40x"),
        ("größe", "gr%C3%B6%C3%9Fe"),
    ] {
        let (key, escaped) = match key {
            // A segment of two dots never arrives: clients take it for the way up. With more in it, it is a key.
            ".." => ("../", escaped),
            key => (key, escaped),
        };
        let path = format!("{items}/{escaped}");
        assert_eq!(client.get(SYNC, &path).await.refusal(), (404, 20404), "{key}");
        let form = [("Key", key), ("Data", r#"{"a": 1}"#)];
        let made = client.post(SYNC, &items, &form).await.ok();
        assert_eq!((&made["key"], &made["revision"]), (&key.into(), &"0".into()));
        assert_eq!(client.post(SYNC, &items, &form).await.refusal(), (409, 54208), "{key}");
        assert_eq!(client.get(SYNC, &path).await.ok(), made, "{key}");
        let changed = client.post(SYNC, &path, &[("Data", r#"{"a": 2}"#)]).await.ok();
        assert_eq!(
            (&changed["data"], &changed["revision"]),
            (&json!({"a": 2}), &"1".into())
        );
        let all = client
            .control("GET", &format!("objects?host={SYNC}&collection={items}"), None)
            .await
            .ok();
        let stored = all
            .as_array()
            .expect("a list")
            .iter()
            .find(|object| object["key"] == key);
        let stored = stored.unwrap_or_else(|| panic!("{key} is not named by its key in {all}"));
        assert_eq!(stored["sid"], Value::Null);
        // Changed and removed behind the client's back, by the path that the list of objects tells.
        let query = serde_urlencoded::to_string([("host", SYNC), ("path", stored["path"].as_str().expect("a path"))]);
        let query = format!("objects?{}", query.expect("texts"));
        client
            .control("PATCH", &query, Some(json!({"data": {"a": 3}})))
            .await
            .ok();
        assert_eq!(client.get(SYNC, &path).await.ok()["data"], json!({"a": 3}));
        client.control("DELETE", &query, None).await.ok();
        assert_eq!(client.get(SYNC, &path).await.refusal(), (404, 20404), "{key}");
        client.post(SYNC, &items, &form).await.ok();
        assert_eq!(client.delete(SYNC, &path).await.status, 204);
        assert_eq!(client.get(SYNC, &path).await.refusal(), (404, 20404), "{key}");
    }
}

/// <https://www.twilio.com/docs/api/errors/54209>
#[tokio::test]
async fn keys_of_map_items_have_a_length() {
    let (_handle, client) = simulator().await;
    let items = format!("{}/Items", map(&client).await);
    for key in [String::new(), "k".repeat(321)] {
        let refused = client.post(SYNC, &items, &[("Key", &*key), ("Data", "{}")]).await;
        assert_eq!(refused.refusal(), (400, 54209));
    }
    let longest = "k".repeat(320);
    client
        .post(SYNC, &items, &[("Key", &*longest), ("Data", "{}")])
        .await
        .ok();
}

/// <https://www.twilio.com/docs/sync/api/listitem-resource>
#[tokio::test]
async fn a_list_item_has_the_next_index_and_none_is_given_twice() {
    let (_handle, client) = simulator().await;
    let service = client.post(SYNC, "/v1/Services", &[]).await;
    let lists = format!("/v1/Services/{}/Lists", service.text("sid"));
    let list = client.post(SYNC, &lists, &[("UniqueName", "l")]).await;
    let items = format!("{lists}/{}/Items", list.text("sid"));
    for index in 0..3 {
        let made = client.post(SYNC, &items, &[("Data", "{}")]).await.ok();
        assert_eq!(made["index"], index);
    }
    assert_eq!(client.get(SYNC, &format!("{items}/2")).await.ok()["index"], 2);
    client.delete(SYNC, &format!("{items}/2")).await.ok();
    let by_name = format!("{lists}/l/Items");
    assert_eq!(client.post(SYNC, &by_name, &[("Data", "{}")]).await.ok()["index"], 3);
    let stored = client.stored(SYNC, &format!("{items}/3")).await;
    assert_eq!((&stored[0]["key"], &stored[0]["sid"]), (&"3".into(), &Value::Null));
}

#[tokio::test]
async fn a_number_of_the_safe_list_of_verify_is_there_once() {
    let (_handle, client) = simulator().await;
    let (host, list) = ("verify.twilio.com", "/v2/SafeList/Numbers");
    let form = [("PhoneNumber", "+14155550100")];
    client.post(host, list, &form).await.ok();
    // https://www.twilio.com/docs/api/errors/60411
    assert_eq!(client.post(host, list, &form).await.refusal(), (400, 60411));
    let path = format!("{list}/+14155550100");
    client.get(host, &path).await.ok();
    client.delete(host, &path).await.ok();
    assert_eq!(client.get(host, &path).await.refusal(), (404, 20404));
}

/// <https://www.twilio.com/docs/verify/api/service-messaging-configuration>
#[tokio::test]
async fn a_messaging_configuration_is_one_for_each_country() {
    let (_handle, client) = simulator().await;
    let host = "verify.twilio.com";
    let service = client.post(host, "/v2/Services", &[("FriendlyName", "owls")]).await;
    let messaging = client
        .post("messaging.twilio.com", "/v1/Services", &[("FriendlyName", "m")])
        .await;
    let collection = format!("/v2/Services/{}/MessagingConfigurations", service.text("sid"));
    let form = [("Country", "DE"), ("MessagingServiceSid", messaging.text("sid"))];
    let made = client.post(host, &collection, &form).await.ok();
    assert!(made.get("sid").is_none());
    // https://www.twilio.com/docs/api/errors/60213
    assert_eq!(client.post(host, &collection, &form).await.refusal(), (400, 60213));
    let path = format!("{collection}/DE");
    assert_eq!(client.get(host, &path).await.ok()["country"], "DE");
    let stored = client.stored(host, &path).await;
    assert_eq!((&stored[0]["key"], &stored[0]["sid"]), (&"DE".into(), &Value::Null));
    client.delete(host, &path).await.ok();
    assert_eq!(client.get(host, &path).await.refusal(), (404, 20404));
}

/// <https://www.twilio.com/docs/usage/global-safe-list>: the key is in the query, and may be a block of a thousand.
#[tokio::test]
async fn a_number_of_the_safe_list_is_found_by_the_query() {
    let (_handle, client) = simulator().await;
    let (host, list) = ("accounts.twilio.com", "/v1/SafeList/Numbers");
    let at = |number: &str| format!("{list}?PhoneNumber={}", number.replace('+', "%2B"));
    let (one, other) = (at("+14155550100"), at("+14155550101"));
    assert_eq!(client.get(host, &one).await.refusal(), (404, 20404));
    let made = client.post(host, list, &[("PhoneNumber", "+14155550100")]).await;
    assert_eq!(made.status, 201);
    client.post(host, list, &[("PhoneNumber", "+14155550101")]).await.ok();
    let again = client.post(host, list, &[("PhoneNumber", "+14155550100")]).await;
    assert_eq!(again.refusal(), (400, 60411));
    let block = client.post(host, list, &[("PhoneNumber", "+14155552xxx")]).await;
    assert_eq!(block.text("phone_number"), "+14155552xxx");
    client.delete(host, &at("+14155552xxx")).await.ok();
    for wrong in ["+1415555xx", "+1234xxx", "+1415555XXX", "14155550100"] {
        let refused = client.post(host, list, &[("PhoneNumber", wrong)]).await;
        assert_eq!(refused.refusal(), (400, 20001), "{wrong}");
    }
    assert_eq!(client.get(host, &one).await.text("phone_number"), "+14155550100");
    assert_eq!(client.delete(host, &one).await.status, 204);
    assert_eq!(client.get(host, &one).await.refusal(), (404, 20404));
    assert_eq!(client.delete(host, &one).await.refusal(), (404, 20404));
    assert_eq!(client.get(host, &other).await.text("phone_number"), "+14155550101");
    let stored = client.control("GET", &format!("objects?host={host}"), None).await.ok();
    assert_eq!(stored[0]["key"], "+14155550101");
    assert!(stored[0]["sid"].as_str().is_some_and(|sid| sid.starts_with("GN")));
}

/// <https://www.twilio.com/docs/api/memory/v1/trait-group/patch-trait-group>: it goes by its display name, and a read has it in a field.
#[tokio::test]
async fn a_trait_group_is_keyed_by_its_display_name_and_is_read_within_a_field() {
    const MEMORY: &str = "memory.twilio.com";
    let (_handle, client) = simulator().await;
    let store = json!({"host": MEMORY, "collection": "/v1/ControlPlane/Stores", "fields": {"displayName": "profiles"}});
    let store = client.control("POST", "objects", Some(store)).await.ok();
    let groups = format!("{}/TraitGroups", store["path"].as_str().expect("a path"));
    let group = json!({"displayName": "contact", "description": "reach", "traits": {"city": {"dataType": "STRING"}}});
    let made = client.send_json("POST", MEMORY, &groups, &group).await.ok();
    assert!(made.get("displayName").is_none(), "it is only accepted: {made}");
    let path = format!("{groups}/contact");
    let read = client.get(MEMORY, &path).await.ok();
    assert_eq!(read["traitGroup"]["displayName"], "contact", "{read}");
    assert_eq!(read["traitGroup"]["traits"], group["traits"], "{read}");
    assert!(read.get("displayName").is_none(), "{read}");
    let change = json!({"traits": {"city": {"dataType": ""}, "country": {"dataType": "STRING"}}});
    client.send_json("PATCH", MEMORY, &path, &change).await.ok();
    let read = client.get(MEMORY, &path).await.ok();
    assert_eq!(
        read["traitGroup"]["traits"],
        json!({"country": {"dataType": "STRING"}}),
        "{read}"
    );
    assert_eq!(
        read["traitGroup"]["description"], "reach",
        "what was not sent stays: {read}"
    );
    let listed = client.get(MEMORY, &groups).await.ok();
    assert_eq!(listed["traitGroups"][0]["displayName"], "contact", "{listed}");
    client.delete(MEMORY, &path).await.ok();
    assert_eq!(client.get(MEMORY, &path).await.refusal().0, 404);
}
