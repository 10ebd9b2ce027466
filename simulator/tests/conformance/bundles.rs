//! Bundles that are made of others.

use serde_json::Value;

use crate::support::{Client, simulator};

const HOST: &str = "numbers.twilio.com";
const REGULATORY: &str = "/v2/RegulatoryCompliance";

async fn bundle(client: &Client, name: &str) -> String {
    let form = [("FriendlyName", name), ("Email", "a@example.com")];
    let made = client.post(HOST, &format!("{REGULATORY}/Bundles"), &form).await;
    made.text("sid").to_owned()
}

async fn items(client: &Client, bundle: &str) -> Vec<Value> {
    let path = format!("{REGULATORY}/Bundles/{bundle}/ItemAssignments");
    let listed = client.get(HOST, &path).await.ok();
    let items = listed["results"].as_array().expect("a list").iter();
    items.map(|item| item["object_sid"].clone()).collect()
}

/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/bundle-copies>,
/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/replace-items>,
/// <https://www.twilio.com/docs/api/errors/22225>, <https://www.twilio.com/docs/api/errors/22226>
#[tokio::test]
async fn a_copy_is_a_bundle_and_items_are_replaced_from_another_one() {
    let (_handle, client) = simulator().await;
    let source = bundle(&client, "source").await;
    let user = [("FriendlyName", "u"), ("Type", "individual")];
    let user = client.post(HOST, &format!("{REGULATORY}/EndUsers"), &user).await;
    let assign = format!("{REGULATORY}/Bundles/{source}/ItemAssignments");
    client
        .post(HOST, &assign, &[("ObjectSid", user.text("sid"))])
        .await
        .ok();

    let copies = format!("{REGULATORY}/Bundles/{source}/Copies");
    let copy = client.post(HOST, &copies, &[("FriendlyName", "copy")]).await;
    let read = client
        .get(HOST, &format!("{REGULATORY}/Bundles/{}", copy.text("sid")))
        .await
        .ok();
    assert_eq!(
        (&read["friendly_name"], &read["status"]),
        (&"copy".into(), &"draft".into())
    );
    assert_eq!(read["email"], "a@example.com");
    assert_eq!(items(&client, copy.text("sid")).await, [user.text("sid")]);

    let other = bundle(&client, "other").await;
    let replace = format!("{REGULATORY}/Bundles/{other}/ReplaceItems");
    let from = async |sid: &str| client.post(HOST, &replace, &[("FromBundleSid", sid)]).await;
    assert_eq!(from(&other).await.refusal(), (400, 22226));
    assert_eq!(from(&format!("BU{}", "0".repeat(32))).await.refusal(), (400, 22225));
    assert_eq!(from(&source).await.ok()["sid"], other.as_str());
    assert_eq!(items(&client, &other).await, [user.text("sid")]);
}

/// <https://www.twilio.com/docs/content/content-api-resources>
#[tokio::test]
async fn whatsapp_is_asked_for_a_name_and_a_category_that_it_knows() {
    let (_handle, client) = simulator().await;
    let host = "content.twilio.com";
    let template = serde_json::json!({"language": "en", "types": {"twilio/text": {"body": "x"}}});
    let made = client.send_json("POST", host, "/v1/Content", &template).await;
    let path = format!("/v1/Content/{}/ApprovalRequests/whatsapp", made.text("sid"));
    for (name, category, is_taken) in [
        ("Bad Name", "UTILITY", false),
        ("", "UTILITY", false),
        ("good_name_1", "bogus", false),
        ("good_name_1", "MARKETING", true),
    ] {
        let asked = serde_json::json!({"name": name, "category": category});
        let answer = client.send_json("POST", host, &path, &asked).await;
        assert_eq!(answer.status < 300, is_taken, "{asked}: {answer:?}");
    }
}
