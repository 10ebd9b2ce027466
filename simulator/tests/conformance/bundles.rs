//! Bundles that are made of others.

use serde_json::{Value, json};

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

/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/copies-resource>,
/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/replace-items-resource>,
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
    let own = items(&client, copy.text("sid")).await;
    let copied = client
        .get(
            HOST,
            &format!("{REGULATORY}/EndUsers/{}", own[0].as_str().expect("a SID")),
        )
        .await
        .ok();
    assert!(
        copied["friendly_name"] == "u" && copied["sid"] != user.text("sid"),
        "{copied}"
    );

    let other = bundle(&client, "other").await;
    let replace = format!("{REGULATORY}/Bundles/{other}/ReplaceItems");
    let from = async |sid: &str| client.post(HOST, &replace, &[("FromBundleSid", sid)]).await;
    assert_eq!(from(&other).await.refusal(), (400, 22226));
    assert_eq!(from(&format!("BU{}", "0".repeat(32))).await.refusal(), (400, 22225));
    assert_eq!(from(&source).await.refusal(), (400, 22224), "neither is approved");
    for sid in [&source, &other] {
        let path = format!("objects?host={HOST}&path={REGULATORY}/Bundles/{sid}");
        let approved = serde_json::json!({"status": "twilio-approved"});
        client.control("PATCH", &path, Some(approved)).await.ok();
    }
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

/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/evaluations>, <https://www.twilio.com/docs/api/errors/22214>,
/// <https://www.twilio.com/docs/api/errors/22216>
#[tokio::test]
async fn an_evaluation_says_what_a_bundle_lacks() {
    let (_handle, client) = simulator().await;
    let sid = bundle(&client, "b").await;
    let evaluations = format!("{REGULATORY}/Bundles/{sid}/Evaluations");
    let codes = async || {
        let made = client.post(HOST, &evaluations, &[]).await.ok();
        let results = made["results"].as_array().expect("results").clone();
        let codes: Vec<Value> = results.iter().map(|result| result["error_code"].clone()).collect();
        (made["status"].clone(), codes)
    };
    assert_eq!(codes().await, ("noncompliant".into(), vec![22214.into(), 22216.into()]));
    for (collection, kind) in [("EndUsers", "individual"), ("SupportingDocuments", "passport")] {
        let form = [("FriendlyName", "x"), ("Type", kind)];
        let made = client.post(HOST, &format!("{REGULATORY}/{collection}"), &form).await;
        let assign = format!("{REGULATORY}/Bundles/{sid}/ItemAssignments");
        client
            .post(HOST, &assign, &[("ObjectSid", made.text("sid"))])
            .await
            .ok();
    }
    assert_eq!(codes().await, ("compliant".into(), vec![Value::Null, Value::Null]));
    let trust = "trusthub.twilio.com";
    let policy = format!("RN{:032x}", 7);
    let form = [
        ("FriendlyName", "p"),
        ("Email", "a@example.com"),
        ("PolicySid", policy.as_str()),
    ];
    let profile = client.post(trust, "/v1/CustomerProfiles", &form).await;
    let path = format!("/v1/CustomerProfiles/{}/Evaluations", profile.text("sid"));
    let evaluated = client.post(trust, &path, &[("PolicySid", policy.as_str())]).await.ok();
    assert_eq!(evaluated["status"], "noncompliant");
}

/// <https://www.twilio.com/docs/api/errors/22104>, <https://www.twilio.com/docs/api/errors/22210>,
/// <https://www.twilio.com/docs/api/errors/22211>
#[tokio::test]
async fn a_bundle_has_a_name_and_an_address_of_mail() {
    let (_handle, client) = simulator().await;
    let (trust, policy) = ("trusthub.twilio.com", format!("RN{:032x}", 7));
    let documents = format!("{REGULATORY}/SupportingDocuments");
    let bundles = format!("{REGULATORY}/Bundles");
    let policy = ("PolicySid", policy.as_str());
    for (name, email, wanted) in [
        ("", "a@example.com", (400, 20001)),
        ("n", "nope", (400, 22104)),
        ("n", "a@b@example.com", (400, 22104)),
        ("n", "a@example", (400, 22104)),
        ("n", "a.b+c@mail.example.com", (201, 0)),
    ] {
        let form = [("FriendlyName", name), ("Email", email), policy];
        for (host, path) in [
            (HOST, bundles.as_str()),
            (trust, "/v1/CustomerProfiles"),
            (trust, "/v1/TrustProducts"),
        ] {
            let form = &form[..if host == HOST { 2 } else { 3 }];
            assert_eq!(
                client.post(host, path, form).await.refusal(),
                wanted,
                "{host} {name} {email}"
            );
        }
    }
    for (name, kind, wanted) in [("", "passport", 22211), ("n", "", 22210)] {
        let form = [("FriendlyName", name), ("Type", kind)];
        assert_eq!(client.post(HOST, &documents, &form).await.refusal(), (400, wanted));
    }
}

/// <https://www.twilio.com/docs/trust-hub/trusthub-rest-api/policies>: the contract's example of a policy for starter profiles.
#[tokio::test]
async fn an_evaluation_of_a_profile_is_by_what_its_policy_asks_for() {
    let (_handle, client) = simulator().await;
    let trust = "trusthub.twilio.com";
    let requirements = json!({
        "end_user": [{"type": "starter_customer_profile_information", "name": "Information",
            "fields": ["first_name", "last_name"], "requirement_name": "starter_customer_profile_information"}],
        "supporting_document": [[{"type": "document", "name": "Customer Profile Address",
            "requirement_name": "customer_profile_address", "accepted_documents": [
                {"type": "customer_profile_address", "name": "Legal Company Address", "fields": ["address_sids"]},
                {"type": "starter_customer_profile_address", "name": "Legal Company Address", "fields": ["address_sids"]},
            ]}]],
    });
    let policy = client
        .add(trust, "/v1/Policies", json!({"requirements": requirements}))
        .await;
    let form = [
        ("FriendlyName", "p"),
        ("Email", "a@example.com"),
        ("PolicySid", policy.as_str()),
    ];
    let profile = client.post(trust, "/v1/CustomerProfiles", &form).await;
    let profile = format!("/v1/CustomerProfiles/{}", profile.text("sid"));
    let evaluated = async || {
        let path = format!("{profile}/Evaluations");
        let made = client.post(trust, &path, &[("PolicySid", policy.as_str())]).await.ok();
        let results = made["results"].as_array().expect("results").clone();
        let codes: Vec<Value> = results.iter().map(|result| result["error_code"].clone()).collect();
        (made["status"].clone(), codes, results)
    };
    let assign = async |collection: &str, kind: &str, attributes: Value| {
        let form = [
            ("FriendlyName", "x"),
            ("Type", kind),
            ("Attributes", &attributes.to_string()),
        ];
        let made = client.post(trust, &format!("/v1/{collection}"), &form).await;
        let sid = made.text("sid").to_owned();
        let form = [("ObjectSid", sid.as_str())];
        client
            .post(trust, &format!("{profile}/EntityAssignments"), &form)
            .await
            .ok();
        format!("/v1/{collection}/{sid}")
    };
    let (status, codes, _) = evaluated().await;
    assert_eq!(
        (status, codes),
        ("noncompliant".into(), vec![22214.into(), 22216.into()])
    );
    assign(
        "EndUsers",
        "authorized_representative_1",
        json!({"first_name": "a", "last_name": "b"}),
    )
    .await;
    assert_eq!(evaluated().await.1[0], 22214, "of another type");
    let user = assign(
        "EndUsers",
        "starter_customer_profile_information",
        json!({"first_name": "a"}),
    )
    .await;
    let (status, codes, results) = evaluated().await;
    assert_eq!(
        (status, codes),
        ("noncompliant".into(), vec![Value::Null, 22216.into()])
    );
    assert_eq!(results[0]["passed"], false);
    assert_eq!(results[0]["invalid"][0]["object_field"], "last_name");
    assert_eq!(results[0]["invalid"][0]["error_code"], 22215);
    assert_eq!(results[0]["valid"][0]["object_field"], "first_name");
    let whole = json!({"first_name": "a", "last_name": "b"}).to_string();
    client.post(trust, &user, &[("Attributes", &whole)]).await.ok();
    assign(
        "SupportingDocuments",
        "starter_customer_profile_address",
        json!({"address_sids": "AD00000000000000000000000000000001"}),
    )
    .await;
    let (status, _, results) = evaluated().await;
    assert_eq!(status, "compliant", "{results:?}");
    assert_eq!(results[1]["requirement_name"], "customer_profile_address");
}
