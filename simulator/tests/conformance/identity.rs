//! Who may ask what: credentials against accounts, on the 2010 API and on product subdomains.

use crate::accounts::{account, below, child};
use crate::support::{API, read, simulator};

const MESSAGING: &str = "messaging.twilio.com";

#[tokio::test]
async fn nobody_without_a_valid_credential_is_answered() {
    let (handle, client) = simulator().await;
    let path = account(&handle.account_sid);
    for (user, password) in [
        (handle.account_sid.as_str(), "wrong"),
        ("AC0", "x"),
        ("SK0", "x"),
        ("", ""),
    ] {
        let answer = client.signed_in(user, password).get(API, &path).await;
        assert_eq!(answer.refusal(), (401, 20003), "{user}");
        assert_eq!(answer.body["more_info"], "https://www.twilio.com/docs/errors/20003");
    }
    let anonymous = reqwest::Client::new()
        .get(format!("{}{path}", handle.url))
        .header("host", API);
    assert_eq!(read(anonymous).await.refusal(), (401, 20003));
    let unknown_path = client.signed_in("SK0", "x").get(API, "/2010-04-01/Nothing.json").await;
    assert_eq!(
        unknown_path.refusal(),
        (401, 20003),
        "strangers do not learn which paths exist"
    );
}

/// Rows: who asks. Columns: whose 2010 API path is asked for.
#[tokio::test]
async fn credentials_reach_the_accounts_that_they_may_reach() {
    let (handle, main) = simulator().await;
    let (child_sid, child_token) = child(&main).await;
    let (sibling_sid, _) = child(&main).await;
    let key = main.post(API, &below(&handle.account_sid, "Keys"), &[]).await.ok();
    let main_key = main.signed_in(
        key["sid"].as_str().expect("SID"),
        key["secret"].as_str().expect("secret"),
    );
    let unknown = "AC00000000000000000000000000000000";
    let denied = (401, 20003);
    let fine = (200, 0);
    for (who, client, expected) in [
        ("main token", &main, [fine, fine, fine, denied]),
        ("main key", &main_key, [fine, denied, denied, denied]),
        ("child token", &child_token, [denied, fine, denied, denied]),
    ] {
        for (target, expected) in [&handle.account_sid, &child_sid, &sibling_sid, &unknown.to_owned()]
            .iter()
            .zip(expected)
        {
            let answer = client.get(API, &below(target, "Queues")).await;
            assert_eq!(answer.refusal(), expected, "{who} at {target}");
        }
    }
}

#[tokio::test]
async fn a_main_account_acts_for_its_child_on_the_2010_api_only() {
    let (handle, main) = simulator().await;
    let (child_sid, child_token) = child(&main).await;
    let queue = main
        .post(API, &below(&child_sid, "Queues"), &[("FriendlyName", "q")])
        .await
        .ok();
    assert_eq!(queue["account_sid"], child_sid.as_str());
    let path = format!(
        "/2010-04-01/Accounts/{child_sid}/Queues/{}.json",
        queue["sid"].as_str().expect("SID")
    );
    assert_eq!(child_token.get(API, &path).await.status, 200);

    let service = main
        .post(MESSAGING, "/v1/Services", &[("FriendlyName", "s")])
        .await
        .ok();
    assert_eq!(service["account_sid"], handle.account_sid.as_str());
    let path = format!("/v1/Services/{}", service["sid"].as_str().expect("SID"));
    assert_eq!(child_token.get(MESSAGING, &path).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn a_key_sid_in_place_of_an_account_sid_is_not_found() {
    let (_handle, main) = simulator().await;
    let path = below("SK00000000000000000000000000000000", "Queues");
    assert_eq!(main.get(API, &path).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn city_and_region_in_the_host_lead_to_the_same_product() {
    let (handle, main) = simulator().await;
    let there = main.signed_in(&handle.account_sid, &handle.auth_token_in("ie1"));
    let answer = there
        .get("api.dublin.ie1.twilio.com", &account(&handle.account_sid))
        .await;
    assert_eq!(answer.status, 200);
    // https://www.twilio.com/docs/global-infrastructure/api-domain-migration-guide
    for host in [
        "api.ie1.twilio.com",
        "api.tokyo.jp1.twilio.com",
        "api.nowhere.ie1.twilio.com",
    ] {
        let answer = there.get(host, &account(&handle.account_sid)).await;
        assert_eq!(answer.status, 404, "{host}");
    }
    for host in ["api.ashburn.us1.twilio.com", "api.us1.twilio.com"] {
        let answer = main.get(host, &account(&handle.account_sid)).await;
        assert_eq!(answer.status, 200, "{host}");
    }
}
