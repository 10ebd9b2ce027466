//! Conversation memory: identifiers and trait groups, after the contract's own text on the operations.

use serde_json::{Value, json};

use crate::support::{Client, simulator};

const HOST: &str = "memory.twilio.com";
const STORE: &str = "mem_store_01kermhm81fwfvy7j0f7h7v5mr";
const PROFILE: &str = "mem_profile_01kermhm81fwfvy7j0f7h7v5mr";

async fn add(client: &Client, collection: &str, fields: Value) {
    let object = json!({"host": HOST, "collection": collection, "fields": fields});
    client.control("POST", "objects", Some(object)).await.ok();
}

#[tokio::test]
async fn identifiers_are_added_exchanged_and_taken_away_one_by_one() {
    let (_handle, client) = simulator().await;
    add(&client, "/v1/ControlPlane/Stores", json!({"id": STORE})).await;
    add(&client, &format!("/v1/Stores/{STORE}/Profiles"), json!({"id": PROFILE})).await;
    let all = format!("/v1/Stores/{STORE}/Profiles/{PROFILE}/Identifiers");
    let phone = format!("{all}/phone");
    for value in ["+13175556789", "+13175556790", "+13175556789"] {
        let accepted = client
            .send_json("POST", HOST, &all, &json!({"idType": "phone", "value": value}))
            .await;
        assert_eq!(
            (accepted.status, accepted.text("message")),
            (202, "Identifier accepted for processing.")
        );
    }
    let values = json!(["+13175556789", "+13175556790"]);
    assert_eq!(
        client.get(HOST, &phone).await.ok(),
        json!({"idType": "phone", "values": values})
    );
    let listed = client.get(HOST, &all).await.ok();
    assert_eq!(listed["identifiers"][0]["values"], values);
    let change = |old: &str| json!({"idType": "phone", "oldValue": old, "newValue": "+13175556798"});
    assert_eq!(
        client
            .send_json("PATCH", HOST, &phone, &change("+13175556789"))
            .await
            .status,
        202
    );
    let values = json!(["+13175556798", "+13175556790"]);
    assert_eq!(client.get(HOST, &phone).await.ok()["values"], values);
    // https://www.twilio.com/docs/api/errors/520014
    let again = client.send_json("PATCH", HOST, &phone, &change("+13175556789")).await;
    assert_eq!(again.refusal(), (404, 520014));
    assert_eq!(client.delete(HOST, &phone).await.status, 202);
    assert_eq!(client.get(HOST, &phone).await.ok()["values"], json!(["+13175556790"]));
    client
        .send_json("POST", HOST, &all, &json!({"idType": "phone", "value": "+1"}))
        .await
        .ok();
    assert_eq!(
        client.delete(HOST, &format!("{phone}?removeAll=true")).await.status,
        202
    );
    assert_eq!(client.get(HOST, &phone).await.refusal(), (404, 20404));
    assert_eq!(client.delete(HOST, &phone).await.refusal(), (404, 20404));
    let nobody = all.replace("81fwf", "82fwf");
    let refused = client
        .send_json("POST", HOST, &nobody, &json!({"idType": "phone", "value": "+1"}))
        .await;
    assert_eq!(refused.refusal(), (404, 20404));
}

#[tokio::test]
async fn trait_groups_are_found_by_name_and_show_their_traits_if_requested() {
    let (_handle, client) = simulator().await;
    add(&client, "/v1/ControlPlane/Stores", json!({"id": STORE})).await;
    let groups = format!("/v1/ControlPlane/Stores/{STORE}/TraitGroups");
    for name in ["One", "Two"] {
        let traits = json!({"city": {"dataType": "STRING"}});
        let body = json!({"displayName": name, "description": "d", "traits": traits});
        client.send_json("POST", HOST, &groups, &body).await.ok();
    }
    let again = json!({"displayName": "One"});
    // https://www.twilio.com/docs/api/errors/520019
    assert_eq!(
        client.send_json("POST", HOST, &groups, &again).await.refusal(),
        (409, 520019)
    );
    let list = |query: &str| {
        let (client, path) = (client.clone(), format!("{groups}{query}"));
        async move { client.get(HOST, &path).await.ok()["traitGroups"].clone() }
    };
    let newest_first = list("").await;
    assert_eq!(
        (&newest_first[0]["displayName"], newest_first[0].get("traits")),
        (&json!("Two"), None)
    );
    let oldest_first = list("?orderBy=ASC&includeTraits=true").await;
    assert_eq!(oldest_first[0]["displayName"], "One");
    assert_eq!(oldest_first[0]["traits"]["city"]["dataType"], "STRING");
    assert_eq!(list("?orderBy=DESC&includeTraits=false").await, newest_first);

    let one = format!("{groups}/One");
    let patch = json!({"traits": {"city": {"dataType": ""}, "zip": {"dataType": "STRING"}}});
    client.send_json("PATCH", HOST, &one, &patch).await.ok();
    let read = client.get(HOST, &one).await.ok();
    assert_eq!(
        read["traitGroup"],
        json!({"displayName": "One", "description": "d", "traits": {"zip": {"dataType": "STRING"}}, "version": 2})
    );
    let short = client.get(HOST, &format!("{one}?includeTraits=false")).await.ok();
    assert_eq!(short["traitGroup"].get("traits"), None);
    assert_eq!(client.delete(HOST, &one).await.status, 202);
    assert_eq!(client.get(HOST, &one).await.refusal(), (404, 20404));
}
