//! API keys: the secret is shown once and signs in; what each kind of key may do.

use serde_json::json;

use crate::accounts::{ACCOUNTS, account, below, child};
use crate::support::{API, Answer, Client, simulator};

const IAM: &str = "iam.twilio.com";
const MESSAGING: &str = "messaging.twilio.com";

async fn restricted(client: &Client, account: &str, allow: &[&str]) -> Answer {
    let policy = json!({"allow": allow}).to_string();
    client
        .post(
            IAM,
            "/v1/Keys",
            &[("AccountSid", account), ("KeyType", "restricted"), ("Policy", &policy)],
        )
        .await
}

fn signed_in(client: &Client, key: &Answer) -> Client {
    client.signed_in(key.text("sid"), key.text("secret"))
}

#[tokio::test]
async fn a_secret_is_shown_once_and_signs_in() {
    let (handle, client) = simulator().await;
    for (host, collection, form) in [
        (API, below(&handle.account_sid, "Keys"), vec![("FriendlyName", "k")]),
        (
            API,
            below(&handle.account_sid, "SigningKeys"),
            vec![("FriendlyName", "k")],
        ),
        (
            IAM,
            "/v1/Keys".to_owned(),
            vec![("FriendlyName", "k"), ("AccountSid", handle.account_sid.as_str())],
        ),
    ] {
        let key = client.post(host, &collection, &form).await;
        assert_eq!(key.status, 201, "{key:?}");
        assert_eq!(
            signed_in(&client, &key).get(MESSAGING, "/v1/Services").await.status,
            200
        );
        let suffix = if host == API { ".json" } else { "" };
        let path = format!("{}/{}{suffix}", collection.trim_end_matches(".json"), key.text("sid"));
        let again = client.get(host, &path).await.ok();
        assert_eq!(again["friendly_name"], "k");
        assert!(again.get("secret").is_none(), "{again}");
        assert_eq!(client.delete(host, &path).await.status, 204);
        assert_eq!(client.get(host, &path).await.refusal(), (404, 20404));
        assert_eq!(
            signed_in(&client, &key).get(MESSAGING, "/v1/Services").await.refusal(),
            (401, 20003)
        );
    }
}

#[tokio::test]
async fn both_generations_show_the_same_keys() {
    let (handle, client) = simulator().await;
    let key = client
        .post(IAM, "/v1/Keys", &[("AccountSid", &handle.account_sid)])
        .await;
    let classic = client.get(API, &below(&handle.account_sid, "Keys")).await.ok();
    assert_eq!(classic["keys"][0]["sid"], key.text("sid"));
    let path = format!(
        "/2010-04-01/Accounts/{}/Keys/{}.json",
        handle.account_sid,
        key.text("sid")
    );
    assert_eq!(client.delete(API, &path).await.status, 204);
    assert_eq!(
        client
            .get(IAM, &format!("/v1/Keys/{}", key.text("sid")))
            .await
            .refusal(),
        (404, 20404)
    );
}

#[tokio::test]
async fn an_item_names_neither_account_nor_type() {
    let (handle, client) = simulator().await;
    let key = restricted(&client, &handle.account_sid, &["/twilio/messaging/services/list"]).await;
    let item = client.get(IAM, &format!("/v1/Keys/{}", key.text("sid"))).await.ok();
    assert!(
        item.get("account_sid").is_none() && item.get("key_type").is_none(),
        "{item}"
    );
    assert_eq!(item["policy"]["allow"], json!(["/twilio/messaging/services/list"]));
    assert!(
        item["date_created"]
            .as_str()
            .is_some_and(|date| date.ends_with("+0000")),
        "RFC 2822: {item}"
    );
}

#[tokio::test]
async fn a_list_needs_its_account_and_shows_no_other() {
    let (handle, client) = simulator().await;
    let (child_sid, _) = child(&client).await;
    assert_eq!(client.get(IAM, "/v1/Keys").await.refusal(), (400, 20001));
    assert_eq!(
        client
            .get(IAM, &format!("/v1/Keys?AccountSid={child_sid}"))
            .await
            .refusal(),
        (401, 20003)
    );
    assert_eq!(
        client
            .post(IAM, "/v1/Keys", &[("AccountSid", &child_sid)])
            .await
            .refusal(),
        (401, 20003)
    );
    client
        .post(IAM, "/v1/Keys", &[("AccountSid", &handle.account_sid)])
        .await
        .ok();
    let list = client
        .get(IAM, &format!("/v1/Keys?AccountSid={}", handle.account_sid))
        .await
        .ok();
    assert_eq!(list["keys"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_standard_key_is_kept_from_accounts_and_keys() {
    let (handle, client) = simulator().await;
    let key = client.post(API, &below(&handle.account_sid, "Keys"), &[]).await;
    let by_key = signed_in(&client, &key);
    for (host, path) in [
        (API, ACCOUNTS.to_owned()),
        (API, account(&handle.account_sid)),
        (API, below(&handle.account_sid, "Keys")),
        (IAM, format!("/v1/Keys?AccountSid={}", handle.account_sid)),
    ] {
        assert_eq!(by_key.get(host, &path).await.refusal(), (401, 20003), "{path}");
    }
    assert_eq!(by_key.get(API, &below(&handle.account_sid, "Queues")).await.status, 200);
}

#[tokio::test]
async fn a_restricted_key_does_what_its_policy_allows_until_the_policy_changes() {
    let (handle, client) = simulator().await;
    let key = restricted(&client, &handle.account_sid, &["/twilio/messaging/services/list"]).await;
    let by_key = signed_in(&client, &key);
    assert_eq!(by_key.get(MESSAGING, "/v1/Services").await.status, 200);
    let service = [("FriendlyName", "s")];
    let refused = by_key.post(MESSAGING, "/v1/Services", &service).await;
    assert!(
        refused
            .text("message")
            .contains("required permission twilio/messaging/services/create is missing"),
        "{refused:?}"
    );
    assert_eq!(
        by_key.post(MESSAGING, "/v1/Services", &service).await.refusal(),
        (401, 70051)
    );
    let policy = json!({"allow": ["/twilio/messaging/services/create"]}).to_string();
    client
        .post(IAM, &format!("/v1/Keys/{}", key.text("sid")), &[("Policy", &policy)])
        .await
        .ok();
    assert_eq!(by_key.post(MESSAGING, "/v1/Services", &service).await.status, 201);
    assert_eq!(by_key.get(MESSAGING, "/v1/Services").await.refusal(), (401, 70051));
}

#[tokio::test]
async fn policies_belong_to_restricted_keys_only() {
    let (handle, client) = simulator().await;
    let account = ("AccountSid", handle.account_sid.as_str());
    let policy = ("Policy", r#"{"allow":["/twilio/verify/service/read"]}"#);
    for form in [
        vec![account, policy],
        vec![account, ("KeyType", "restricted")],
        vec![account, ("KeyType", "main")],
        vec![account, ("KeyType", "restricted"), ("Policy", r#"{"deny":[]}"#)],
        vec![account, ("KeyType", "restricted"), ("Policy", "not json")],
    ] {
        assert_eq!(
            client.post(IAM, "/v1/Keys", &form).await.refusal(),
            (400, 20001),
            "{form:?}"
        );
    }
    let standard = client.post(IAM, "/v1/Keys", &[account]).await;
    assert_eq!(
        client
            .post(IAM, &format!("/v1/Keys/{}", standard.text("sid")), &[policy])
            .await
            .refusal(),
        (400, 20001)
    );
    let list = client
        .get(IAM, &format!("/v1/Keys?AccountSid={}", handle.account_sid))
        .await
        .ok();
    assert_eq!(
        list["keys"].as_array().map(Vec::len),
        Some(1),
        "refused creates left nothing"
    );
}

#[tokio::test]
async fn permissions_have_twilios_names_and_what_has_none_is_refused() {
    let (handle, client) = simulator().await;
    let account = &handle.account_sid;
    for wrong in [
        "/twilio/messages/read",
        "/twilio/api//read",
        "/twilio/voice/calls/write",
    ] {
        let refused = restricted(&client, account, &[wrong]).await;
        assert_eq!(refused.refusal(), (400, 70002), "{wrong}");
        assert!(refused.text("message").contains(wrong), "{refused:?}");
    }
    let key = restricted(
        &client,
        account,
        &["/twilio/phone-numbers/active-numbers/*", "/twilio/iam/accounts/read"],
    )
    .await;
    let by_key = signed_in(&client, &key);
    let numbers = below(account, "IncomingPhoneNumbers");
    assert_eq!(by_key.get(API, &numbers).await.status, 200, "* is every action");
    assert_eq!(by_key.get(API, &self::account(account)).await.status, 200);
    assert_eq!(
        by_key.get(API, ACCOUNTS).await.refusal(),
        (401, 70051),
        "reading is not listing"
    );
    let balance = by_key.get(API, &below(account, "Balance")).await;
    assert_eq!(balance.refusal(), (401, 70051));
    assert!(balance.text("message").contains("no permission"), "{balance:?}");
}

#[tokio::test]
async fn a_key_without_a_name_has_none() {
    let (handle, client) = simulator().await;
    let account = ("AccountSid", handle.account_sid.as_str());
    for made in [
        client.post(IAM, "/v1/Keys", &[account]).await,
        client.post(API, &below(&handle.account_sid, "Keys"), &[]).await,
    ] {
        assert!(made.body["friendly_name"].is_null());
    }
}

/// As read at Twilio: <https://github.com/wittyreference/twilio-claude-plugin> (skills/iam/references/test-results.md, tests 8, 10, 18
/// and 29)
#[tokio::test]
async fn keys_are_refused_and_listed_as_they_were_seen() {
    let (handle, client) = simulator().await;
    let account = handle.account_sid.as_str();
    let keys = below(account, "Keys");
    let (fits, long) = ("a".repeat(64), "a".repeat(65));
    for (host, path, own) in [
        (API, keys.as_str(), vec![]),
        (IAM, "/v1/Keys", vec![("AccountSid", account)]),
    ] {
        let named = |name| [own.clone(), vec![("FriendlyName", name)]].concat();
        let made = client.post(host, path, &named(&fits)).await;
        let one = match host {
            API => format!("{}/{}.json", keys.trim_end_matches(".json"), made.text("sid")),
            _ => format!("{path}/{}", made.text("sid")),
        };
        for at in [path, one.as_str()] {
            let refused = client.post(host, at, &named(&long)).await;
            assert_eq!(refused.refusal(), (400, 70001), "{host}{at}");
        }
        assert_eq!(client.get(host, &one).await.status, 200);
    }
    let wrong = client
        .get(API, &format!("{}/{account}.json", keys.trim_end_matches(".json")))
        .await;
    assert_eq!(wrong.refusal(), (400, 70002));
    assert_eq!(wrong.text("message"), "Invalid Sid provided in the request");
    let listed = client.get(IAM, &format!("/v1/Keys?AccountSid={account}")).await.ok();
    assert_eq!(listed["keys"][0]["flags"], json!(["rest_api", "signing"]));
}
