//! What is written at one path and read or listed at another.

use serde_json::{Value, json};

use crate::support::{Client, read, simulator};

const ACCOUNTS: &str = "accounts.twilio.com";
const GEO: &str = "/v1/Messaging/GeoPermissions";

async fn geo(client: &Client, permissions: &[Value]) -> crate::support::Answer {
    let form: Vec<(&str, String)> = permissions.iter().map(|one| ("Permissions", one.to_string())).collect();
    read(client.request("PATCH", ACCOUNTS, GEO).form(&form)).await
}

/// <https://www.twilio.com/docs/usage/api/messaging-geopermissions>, <https://www.twilio.com/docs/api/errors/30649>
#[tokio::test]
async fn geo_permissions_are_patched_country_by_country() {
    let (_handle, client) = simulator().await;
    let country = |code: &str, enabled: bool| json!({"country_code": code, "type": "country", "enabled": enabled});
    let enabled = async |code: &str| {
        let answer = client.get(ACCOUNTS, &format!("{GEO}?CountryCode={code}")).await.ok();
        let permissions = answer["permissions"].as_array().expect("a list").clone();
        assert_eq!((permissions.len(), &permissions[0]["country_code"]), (1, &code.into()));
        permissions[0]["enabled"].as_bool().expect("a flag")
    };
    assert!(!enabled("DE").await);
    let answer = geo(
        &client,
        &[
            country("DE", true),
            country("FR", true),
            country("NG", true),
            country("CU", true),
        ],
    )
    .await;
    assert_eq!(answer.status, 200, "what failed is said beside what did not");
    let codes: Vec<u64> = answer.body["permissions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["error_code"].as_u64().expect("a code"))
        .collect();
    assert_eq!(codes, [0, 0, 30649, 30649]);
    assert_eq!(answer.body["permissions"][0]["error_messages"], json!([]));
    assert!(answer.body["permissions"][2]["error_messages"][0].is_string());
    for (code, expected) in [("DE", true), ("FR", true), ("NG", false), ("CU", false)] {
        assert_eq!(enabled(code).await, expected, "{code}");
    }
    geo(&client, &[country("DE", false)]).await.ok();
    assert!(
        !enabled("DE").await && enabled("FR").await,
        "a patch keeps what it does not name"
    );
    let every = client.get(ACCOUNTS, GEO).await.ok();
    assert!(every["permissions"].as_array().is_some_and(|all| all.len() > 50));
    // Behind the client's back.
    let query = format!("objects?host={ACCOUNTS}&path={GEO}/FR");
    client
        .control("PATCH", &query, Some(json!({"enabled": false})))
        .await
        .ok();
    assert!(!enabled("FR").await);
    for wrong in [
        json!({"country_code": "DE", "enabled": true}),
        json!({"country_code": "Germany", "type": "country", "enabled": true}),
        json!({"country_code": "DE", "type": "country"}),
        json!({"country_code": "DE", "type": "country", "enabled": true, "colour": "red"}),
    ] {
        let refused = geo(&client, &[country("DE", true), wrong.clone()]).await;
        assert_eq!(refused.refusal(), (400, 20001), "{wrong}");
    }
    assert!(!enabled("DE").await, "a refusal changes nothing");
}

/// <https://www.twilio.com/docs/phone-numbers/port-in/port-in-request-api>
#[tokio::test]
async fn requests_to_port_in_are_listed_elsewhere_by_token() {
    let (handle, client) = simulator().await;
    let (host, requests) = ("numbers.twilio.com", "/v1/Porting/PortIn");
    let mut made = Vec::new();
    for number in 0..5 {
        let fields = json!({
            "account_sid": handle.account_sid,
            "port_in_request_status": if number == 0 { "Canceled" } else { "In Review" },
            "phone_numbers": [{"phone_number": "+14155550100"}],
        });
        let new = json!({"host": host, "collection": requests, "fields": fields});
        let added = client.control("POST", "objects", Some(new)).await.ok();
        made.push(added["key"].as_str().expect("a key").to_owned());
        client.advance(60).await;
    }
    made.reverse();
    let list = format!("{requests}/PortInRequests");
    let mut seen = Vec::new();
    let mut pages = 0;
    let mut query = "?Size=2".to_owned();
    loop {
        let page = client.get(host, &format!("{list}{query}")).await.ok();
        let items = page["port_in_requests"].as_array().expect("a list");
        seen.extend(
            items
                .iter()
                .map(|item| item["port_in_request_sid"].as_str().expect("a SID").to_owned()),
        );
        pages += 1;
        match page["meta"]["next_token"].as_str() {
            Some(token) => query = format!("?Size=2&Token={token}"),
            None => break,
        }
    }
    assert_eq!((pages, &seen), (3, &made));
    let of = async |filter: &str| {
        let page = client.get(host, &format!("{list}?{filter}")).await.ok();
        page["port_in_requests"].as_array().expect("a list").len()
    };
    assert_eq!(of("PortInRequestStatus=Canceled").await, 1);
    assert_eq!(of(&format!("PortInRequestSid={}", made[2])).await, 1);
    assert_eq!(of("CreatedAfter=2100-01-01").await, 0);
    assert_eq!(of("CreatedBefore=2100-01-01").await, 5);
    let refused = client.get(host, &format!("{list}?Token=whatever")).await;
    assert_eq!(refused.refusal(), (400, 20001));
    let one = format!("{requests}/{}", made[0]);
    assert_eq!(client.get(host, &one).await.text("port_in_request_sid"), made[0]);
    client.delete(host, &one).await.ok();
    assert_eq!(of("Size=100").await, 4);
}
