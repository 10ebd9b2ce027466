//! What may not go, or be renamed, while something depends on it.

use crate::accounts::below;
use crate::support::{API, simulator};

const TRUNKING: &str = "trunking.twilio.com";

/// <https://www.twilio.com/docs/api/errors/21232>, <https://www.twilio.com/docs/api/errors/21233>,
/// <https://www.twilio.com/docs/api/errors/21247>
#[tokio::test]
async fn a_subdomain_needs_its_parent_and_keeps_it() {
    let (handle, client) = simulator().await;
    let domains = below(&handle.account_sid, "SIP/Domains");
    for (host, collection, product, no_parent, has_subdomains) in [
        (API, domains.as_str(), "sip", 21232, 21233),
        (TRUNKING, "/v1/Trunks", "pstn", 21247, 21247),
    ] {
        let name = |own: &str| format!("{own}.{product}.twilio.com");
        let add = async |own: &str| client.post(host, collection, &[("DomainName", &name(own))]).await;
        assert_eq!(add("office.acme").await.refusal(), (400, no_parent), "{host}");
        let parent = add("acme").await;
        let child = add("office.acme").await;
        let at = |object: &crate::support::Answer| match host {
            API => format!("{}/{}", collection.trim_end_matches(".json"), object.text("sid")) + ".json",
            _ => format!("{collection}/{}", object.text("sid")),
        };
        let rename = async |object: &crate::support::Answer, own: &str| {
            client.post(host, &at(object), &[("DomainName", &name(own))]).await
        };
        assert_eq!(client.delete(host, &at(&parent)).await.refusal(), (400, has_subdomains));
        assert_eq!(rename(&parent, "apex").await.refusal(), (400, has_subdomains), "{host}");
        assert_eq!(
            rename(&child, "office.apex").await.refusal(),
            (400, no_parent),
            "{host}"
        );
        let same = client
            .post(host, &at(&parent), &[("FriendlyName", "headquarters")])
            .await;
        assert_eq!(same.status, 200, "another field is free: {same:?}");
        assert_eq!(rename(&child, "office2.acme").await.status, 200, "{host}");
        assert_eq!(client.delete(host, &at(&child)).await.status, 204, "{host}");
        assert_eq!(client.delete(host, &at(&parent)).await.status, 204, "{host}");
    }
}

/// Neither the account nor its parent account has it: <https://www.twilio.com/docs/api/errors/21232>.
#[tokio::test]
async fn a_subdomain_may_be_below_the_parent_accounts_domain() {
    let (handle, client) = simulator().await;
    let sub = client
        .post(API, "/2010-04-01/Accounts.json", &[("FriendlyName", "sub")])
        .await;
    let own = client.signed_in(sub.text("sid"), sub.text("auth_token"));
    let main = below(&handle.account_sid, "SIP/Domains");
    let of_sub = below(sub.text("sid"), "SIP/Domains");
    client
        .post(API, &main, &[("DomainName", "main.sip.twilio.com")])
        .await
        .ok();
    own.post(API, &of_sub, &[("DomainName", "a.main.sip.twilio.com")])
        .await
        .ok();
    own.post(API, &of_sub, &[("DomainName", "own.sip.twilio.com")])
        .await
        .ok();
    let refused = client.post(API, &main, &[("DomainName", "a.own.sip.twilio.com")]).await;
    assert_eq!(refused.refusal(), (400, 21232));
}

/// What stands for a number goes with it, whoever removes the number.
#[tokio::test]
async fn a_removed_number_leaves_what_it_was_in() {
    let (handle, client) = simulator().await;
    for behind_the_back in [false, true] {
        let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
        let number = client.post(API, &numbers, &[("AreaCode", "415")]).await;
        let sid = number.text("sid");
        let service = client
            .post("proxy.twilio.com", "/v1/Services", &[("UniqueName", sid)])
            .await;
        let pool = format!("/v1/Services/{}/PhoneNumbers", service.text("sid"));
        client.post("proxy.twilio.com", &pool, &[("Sid", sid)]).await.ok();
        let path = below(&handle.account_sid, &format!("IncomingPhoneNumbers/{sid}"));
        match behind_the_back {
            true => {
                let query = format!("objects?host={API}&path={path}");
                assert_eq!(client.control("DELETE", &query, None).await.status, 204);
            }
            false => assert_eq!(client.delete(API, &path).await.status, 204),
        }
        let left = client.get("proxy.twilio.com", &format!("{pool}/{sid}")).await;
        assert_eq!(left.refusal(), (400, 80407), "{behind_the_back}");
    }
}
