//! Accounts: children, their credentials, suspending and closing.

use serde_json::Value;
use twilio_simulator::Handle;

use crate::support::{API, Client, simulator};

pub const ACCOUNTS: &str = "/2010-04-01/Accounts.json";

/// A child account and its own client.
pub async fn child(client: &Client) -> (String, Client) {
    let child = client.post(API, ACCOUNTS, &[("FriendlyName", "child")]).await;
    let sid = child.text("sid").to_owned();
    let client = client.signed_in(&sid, child.text("auth_token"));
    (sid, client)
}

pub fn account(sid: &str) -> String {
    format!("/2010-04-01/Accounts/{sid}.json")
}

pub fn below(sid: &str, collection: &str) -> String {
    format!("/2010-04-01/Accounts/{sid}/{collection}.json")
}

fn sids(handle: &Handle, list: &Value) -> Vec<String> {
    let accounts = list["accounts"].as_array().expect("a list of accounts");
    accounts
        .iter()
        .map(|one| one["sid"].as_str().expect("a SID").replace(&handle.account_sid, "main"))
        .collect()
}

#[tokio::test]
async fn a_child_has_its_own_sid_and_token_and_belongs_to_the_main_account() {
    let (handle, client) = simulator().await;
    let created = client.post(API, ACCOUNTS, &[("FriendlyName", "child")]).await;
    assert_eq!(created.status, 201);
    assert_eq!(created.text("owner_account_sid"), handle.account_sid);
    assert_eq!(created.text("status"), "active");
    assert_ne!(created.text("auth_token"), handle.auth_token);
    let child = client.signed_in(created.text("sid"), created.text("auth_token"));
    let own = child.get(API, &account(created.text("sid"))).await;
    assert_eq!(own.text("auth_token"), created.text("auth_token"));
}

#[tokio::test]
async fn a_list_shows_the_account_itself_and_its_children() {
    let (handle, client) = simulator().await;
    let (first, first_client) = child(&client).await;
    let (second, _) = child(&client).await;
    assert_eq!(
        sids(&handle, &client.get(API, ACCOUNTS).await.ok()),
        [second, first.clone(), "main".to_owned()]
    );
    assert_eq!(sids(&handle, &first_client.get(API, ACCOUNTS).await.ok()), [first]);
    let named = client.get(API, &format!("{ACCOUNTS}?FriendlyName=nobody")).await.ok();
    assert_eq!(sids(&handle, &named), Vec::<String>::new());
}

#[tokio::test]
async fn a_child_cannot_have_children() {
    let (_handle, client) = simulator().await;
    let (_, child) = child(&client).await;
    assert_eq!(child.post(API, ACCOUNTS, &[]).await.refusal(), (400, 21101));
}

#[tokio::test]
async fn only_the_parent_changes_a_status_and_nobody_that_of_the_main_account() {
    let (handle, client) = simulator().await;
    let (sid, child) = child(&client).await;
    let suspend = [("Status", "suspended")];
    assert_eq!(child.post(API, &account(&sid), &suspend).await.refusal(), (403, 20403));
    assert_eq!(
        client
            .post(API, &account(&handle.account_sid), &suspend)
            .await
            .refusal(),
        (400, 21477)
    );
    assert_eq!(
        child
            .post(API, &account(&sid), &[("FriendlyName", "renamed")])
            .await
            .ok()["friendly_name"],
        "renamed"
    );
    assert_eq!(
        client.post(API, &account(&sid), &suspend).await.ok()["status"],
        "suspended"
    );
}

#[tokio::test]
async fn a_suspended_child_signs_nobody_in_and_its_parent_creates_nothing_in_it() {
    let (_handle, client) = simulator().await;
    let (sid, child) = child(&client).await;
    client.post(API, &account(&sid), &[("Status", "suspended")]).await.ok();
    let queues = below(&sid, "Queues");
    let queue = [("FriendlyName", "q")];
    assert_eq!(child.post(API, &queues, &queue).await.refusal(), (401, 20003));
    assert_eq!(
        client.post(API, &queues, &queue).await.refusal(),
        (401, 20003),
        "nor does its parent for it"
    );
    for (host, path) in [
        (API, queues.clone()),
        (API, account(&sid)),
        ("messaging.twilio.com", "/v1/Services".to_owned()),
    ] {
        assert_eq!(child.get(host, &path).await.refusal(), (401, 20003), "{host}{path}");
    }
    assert_eq!(client.get(API, &queues).await.status, 200, "its parent reads on");
    client.post(API, &account(&sid), &[("Status", "active")]).await.ok();
    assert_eq!(child.post(API, &queues, &queue).await.status, 201);
}

#[tokio::test]
async fn closing_is_final_takes_credentials_and_belongings_and_still_reads_back() {
    let (_handle, client) = simulator().await;
    let (sid, child) = child(&client).await;
    child
        .post(API, &below(&sid, "Queues"), &[("FriendlyName", "q")])
        .await
        .ok();
    child
        .post("messaging.twilio.com", "/v1/Services", &[("FriendlyName", "s")])
        .await
        .ok();
    let key = child.post(API, &below(&sid, "Keys"), &[]).await.ok();
    let by_key = client.signed_in(
        key["sid"].as_str().expect("SID"),
        key["secret"].as_str().expect("secret"),
    );
    assert_eq!(by_key.get(API, &below(&sid, "Queues")).await.status, 200);

    assert_eq!(
        client.post(API, &account(&sid), &[("Status", "closed")]).await.ok()["status"],
        "closed"
    );
    assert_eq!(child.get(API, &account(&sid)).await.refusal(), (401, 20003));
    assert_eq!(by_key.get(API, &below(&sid, "Queues")).await.refusal(), (401, 20003));
    assert_eq!(client.get(API, &account(&sid)).await.ok()["status"], "closed");
    assert_eq!(client.get(API, &below(&sid, "Queues")).await.refusal(), (404, 20404));
    assert_eq!(
        client
            .post(API, &account(&sid), &[("Status", "active")])
            .await
            .refusal(),
        (400, 21479)
    );
    let left = client
        .control("GET", &format!("objects?account={sid}"), None)
        .await
        .ok();
    assert_eq!(
        left.as_array().map(Vec::len),
        Some(1),
        "only the closed account itself is left: {left}"
    );
}

#[tokio::test]
async fn a_promoted_token_replaces_the_old_one_at_once() {
    let (handle, client) = simulator().await;
    let accounts = "accounts.twilio.com";
    let made = client.post(accounts, "/v1/AuthTokens/Secondary", &[]).await;
    assert_eq!(made.status, 201);
    let second = client.signed_in(&handle.account_sid, made.text("secondary_auth_token"));
    assert_eq!(second.get(API, ACCOUNTS).await.status, 200);
    assert_eq!(client.get(API, ACCOUNTS).await.status, 200);
    let promoted = second.post(accounts, "/v1/AuthTokens/Promote", &[]).await;
    assert_eq!(promoted.text("auth_token"), made.text("secondary_auth_token"));
    assert_eq!(client.get(API, ACCOUNTS).await.refusal(), (401, 20003));
    assert_eq!(second.get(API, ACCOUNTS).await.status, 200);
}

/// <https://help.twilio.com/articles/223135987>
#[tokio::test]
async fn the_history_of_a_closed_child_stays_readable_by_its_parent() {
    let (_handle, client) = simulator().await;
    let (sid, child) = child(&client).await;
    let from = child.buy().await;
    let message = [("To", "+14155550199"), ("From", from.as_str()), ("Body", "hello")];
    let sent = child.post(API, &below(&sid, "Messages"), &message).await;
    let path = below(&sid, &format!("Messages/{}", sent.text("sid")));
    client.post(API, &account(&sid), &[("Status", "closed")]).await.ok();
    assert_eq!(client.get(API, &path).await.ok()["body"], "hello");
    let listed = client.get(API, &below(&sid, "Messages")).await.ok();
    assert_eq!(listed["messages"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.get(API, &below(&sid, "Usage/Records")).await.status, 200);
    // What configures is gone, and history cannot be written.
    assert_eq!(
        client.get(API, &below(&sid, "Applications")).await.refusal(),
        (404, 20404)
    );
    assert_eq!(client.delete(API, &path).await.refusal(), (404, 20404));
    assert_eq!(
        client.post(API, &below(&sid, "Messages"), &message).await.refusal(),
        (401, 20003)
    );
}

#[tokio::test]
async fn an_account_that_the_credentials_do_not_know_is_answered_with_401() {
    let (_handle, client) = simulator().await;
    let nobodys = format!("AC{:032x}", 7);
    for path in [account(&nobodys), below(&nobodys, "Queues")] {
        let answer = client.get(API, &path).await;
        assert_eq!(answer.refusal(), (401, 20003), "{path}");
        assert!(answer.body["detail"].is_string(), "{answer:?}");
    }
}

#[tokio::test]
async fn a_child_without_a_name_is_called_after_the_minute_it_was_made() {
    let (_handle, client) = simulator().await;
    let made = client.post(API, ACCOUNTS, &[]).await;
    let name = made.text("friendly_name");
    let when = name.strip_prefix("SubAccount Created at ").expect(name);
    let form: String = when.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    assert!(
        ["9999-99-99 99:99 AM", "9999-99-99 99:99 PM"].contains(&form.as_str()),
        "{name}"
    );
}
