//! Pages of lists in the styles of the 2010 API and of the other products.

use serde_json::Value;

use crate::accounts::below;
use crate::support::{API, Client, simulator};

const MESSAGING: &str = "messaging.twilio.com";

async fn services(client: &Client, count: usize) {
    for number in 0..count {
        client
            .post(MESSAGING, "/v1/Services", &[("FriendlyName", &format!("s{number}"))])
            .await
            .ok();
    }
}

fn names(list: &Value, key: &str) -> Vec<String> {
    let items = list[key].as_array().expect("items");
    items
        .iter()
        .map(|item| item["friendly_name"].as_str().expect("a name").to_owned())
        .collect()
}

#[tokio::test]
async fn meta_pages_are_linked_absolutely_and_name_their_key() {
    let (_handle, client) = simulator().await;
    services(&client, 5).await;
    let mut next = Some("/v1/Services?PageSize=2".to_owned());
    let mut seen = Vec::new();
    let mut pages = 0;
    while let Some(path) = next {
        let page = client.get(MESSAGING, &path).await.ok();
        assert_eq!(page["meta"]["key"], "services");
        assert_eq!(page["meta"]["page"], pages);
        assert_eq!(page["meta"]["page_size"], 2);
        seen.extend(names(&page, "services"));
        pages += 1;
        next = page["meta"]["next_page_url"].as_str().map(|url| {
            url.strip_prefix("https://messaging.twilio.com")
                .expect("an absolute link to the asked host")
                .to_owned()
        });
    }
    assert_eq!(
        (pages, seen),
        (3, ["s4", "s3", "s2", "s1", "s0"].map(str::to_owned).to_vec())
    );
}

#[tokio::test]
async fn v2010_pages_are_flat_and_linked_relative_to_the_host() {
    let (handle, client) = simulator().await;
    let queues = below(&handle.account_sid, "Queues");
    for number in 0..3 {
        client
            .post(API, &queues, &[("FriendlyName", &format!("q{number}"))])
            .await
            .ok();
    }
    let first = client.get(API, &format!("{queues}?PageSize=2")).await.ok();
    assert_eq!(names(&first, "queues"), ["q2", "q1"]);
    assert_eq!(
        (&first["start"], &first["end"], &first["page"]),
        (&0.into(), &1.into(), &0.into())
    );
    let next = first["next_page_uri"].as_str().expect("a second page");
    assert!(next.starts_with("/2010-04-01/"), "{next}");
    let second = client.get(API, next).await.ok();
    assert_eq!(names(&second, "queues"), ["q0"]);
    assert_eq!(second["next_page_uri"], Value::Null);
    assert!(second["previous_page_uri"].is_string());
}

#[tokio::test]
async fn objects_made_between_pages_neither_repeat_nor_hide_others() {
    let (_handle, client) = simulator().await;
    services(&client, 3).await;
    let first = client.get(MESSAGING, "/v1/Services?PageSize=2").await.ok();
    services(&client, 2).await;
    let next = first["meta"]["next_page_url"]
        .as_str()
        .expect("more")
        .trim_start_matches("https://messaging.twilio.com");
    assert_eq!(names(&client.get(MESSAGING, next).await.ok(), "services"), ["s0"]);
}

#[tokio::test]
async fn a_page_holds_fifty_unless_asked_and_never_more_than_the_contract_allows() {
    let (_handle, client) = simulator().await;
    services(&client, 51).await;
    let first = client.get(MESSAGING, "/v1/Services").await.ok();
    assert_eq!(names(&first, "services").len(), 50);
    assert_eq!(
        names(
            &client.get(MESSAGING, "/v1/Services?PageSize=1000").await.ok(),
            "services"
        )
        .len(),
        51
    );
    assert_eq!(
        client.get(MESSAGING, "/v1/Services?PageSize=1001").await.refusal(),
        (400, 20007)
    );
    assert_eq!(
        client.get(MESSAGING, "/v1/Services?PageSize=0").await.refusal(),
        (400, 20001)
    );
    assert_eq!(
        client.get(MESSAGING, "/v1/Services?PageToken=x").await.refusal(),
        (400, 20001)
    );
}

#[tokio::test]
async fn links_repeat_the_filters() {
    let (handle, client) = simulator().await;
    let applications = below(&handle.account_sid, "Applications");
    for name in ["a", "b", "a"] {
        client.post(API, &applications, &[("FriendlyName", name)]).await.ok();
    }
    let first = client
        .get(API, &format!("{applications}?FriendlyName=a&PageSize=1"))
        .await
        .ok();
    assert_eq!(names(&first, "applications"), ["a"]);
    let second = client
        .get(API, first["next_page_uri"].as_str().expect("more"))
        .await
        .ok();
    assert_eq!(names(&second, "applications"), ["a"]);
    assert_eq!(second["next_page_uri"], Value::Null);
}

/// <https://github.com/PostHog/posthog/issues/81492>, <https://www.twilio.com/docs/api/errors/60373>
#[tokio::test]
async fn verify_takes_small_pages_only() {
    let (_handle, client) = simulator().await;
    let verify = "verify.twilio.com";
    for number in 0..27 {
        let form = [("FriendlyName", &*format!("s{number}"))];
        client.post(verify, "/v2/Services", &form).await.ok();
    }
    for size in [26, 50, 1000] {
        for path in ["/v2/Services", "/v2/Attempts"] {
            let refused = client.get(verify, &format!("{path}?PageSize={size}")).await;
            assert_eq!(refused.refusal(), (400, 60373), "{path} {size}");
        }
    }
    for query in ["?PageSize=25", ""] {
        let page = client.get(verify, &format!("/v2/Services{query}")).await.ok();
        assert_eq!(names(&page, "services").len(), 25, "{query}");
        let next = page["meta"]["next_page_url"].as_str().expect("more");
        let next = client
            .get(verify, next.trim_start_matches("https://verify.twilio.com"))
            .await;
        assert_eq!(names(&next.ok(), "services"), ["s1", "s0"]);
    }
}

#[tokio::test]
async fn each_collection_has_its_own_order() {
    let (handle, client) = simulator().await;
    let triggers = below(&handle.account_sid, "Usage/Triggers");
    for name in ["a", "b", "c"] {
        let form = [
            ("FriendlyName", name),
            ("CallbackUrl", "https://example.com"),
            ("TriggerValue", "10"),
            ("UsageCategory", "sms"),
        ];
        client.post(API, &triggers, &form).await.ok();
    }
    let page = client.get(API, &format!("{triggers}?PageSize=2")).await.ok();
    assert_eq!(names(&page, "usage_triggers"), ["a", "b"], "oldest first");
    let next = client
        .get(API, page["next_page_uri"].as_str().expect("more"))
        .await
        .ok();
    assert_eq!(names(&next, "usage_triggers"), ["c"]);

    let addresses = below(&handle.account_sid, "Addresses");
    for number in 1..=6 {
        let street = format!("{number} Main Street");
        let form = [
            ("CustomerName", "Ada"),
            ("Street", &*street),
            ("City", "City"),
            ("Region", "Region"),
            ("PostalCode", "12345"),
            ("IsoCountry", "DE"),
        ];
        client.post(API, &addresses, &form).await.ok();
    }
    let mut next = Some(format!("{addresses}?PageSize=4"));
    let mut sids = Vec::new();
    while let Some(path) = next {
        let page = client.get(API, &path).await.ok();
        let items = page["addresses"].as_array().expect("items").clone();
        sids.extend(items.iter().map(|item| item["sid"].as_str().expect("a SID").to_owned()));
        next = page["next_page_uri"].as_str().map(str::to_owned);
    }
    assert_eq!(sids.len(), 6);
    assert!(sids.is_sorted(), "by SID: {sids:?}");
}

/// <https://github.com/airbytehq/airbyte/pull/52089>: Conversations answers 100 to 1000. Above what any product documents it is refused
/// there too (<https://www.twilio.com/docs/api/errors/20007>).
#[tokio::test]
async fn conversations_and_chat_cut_a_page_size_that_others_refuse() {
    let (_handle, client) = simulator().await;
    for (host, path) in [
        ("conversations.twilio.com", "/v1/Conversations"),
        ("conversations.twilio.com", "/v1/Services"),
        ("chat.twilio.com", "/v2/Services"),
    ] {
        let page = client.get(host, &format!("{path}?PageSize=1000")).await.ok();
        assert_eq!(page["meta"]["page_size"], 100, "{host}{path}");
        let refused = client.get(host, &format!("{path}?PageSize=1001")).await;
        assert_eq!(refused.refusal(), (400, 20007), "{host}{path}");
    }
    let refused = client.get("sync.twilio.com", "/v1/Services?PageSize=101").await;
    assert_eq!(refused.refusal(), (400, 20007), "others keep to their contract");
}

/// <https://github.com/twilio/twilio-python/issues/395>, <https://github.com/twilio/twilio-ruby/issues/494>
#[tokio::test]
async fn another_page_than_the_first_needs_the_token_of_its_list() {
    let (handle, client) = simulator().await;
    services(&client, 5).await;
    let queues = below(&handle.account_sid, "Queues");
    for name in ["a", "b"] {
        client.post(API, &queues, &[("FriendlyName", name)]).await.ok();
    }
    for (host, path) in [
        (MESSAGING, "/v1/Services?PageSize=1&Page=1".to_owned()),
        (MESSAGING, "/v1/Services?Page=9".to_owned()),
        (API, format!("{queues}?Page=1")),
        ("conversations.twilio.com", "/v1/Services?Page=1".to_owned()),
    ] {
        assert_eq!(client.get(host, &path).await.refusal(), (400, 20001), "{path}");
    }
    let accounts = client.get(API, "/2010-04-01/Accounts.json?Page=1").await;
    assert_eq!(accounts.refusal(), (400, 70002));
    client.get(MESSAGING, "/v1/Services?PageSize=1&Page=0").await.ok();
    let first = client.get(API, &format!("{queues}?PageSize=1")).await.ok();
    let next = first["next_page_uri"].as_str().expect("more");
    let token = next.rsplit_once("PageToken=").expect("a token").1;
    let elsewhere = format!("/v1/Services?PageSize=1&Page=1&PageToken={token}");
    assert_eq!(client.get(MESSAGING, &elsewhere).await.refusal(), (400, 20001));
    // Forth and back.
    let link = |page: &Value, name: &str| {
        let link = page["meta"][name].as_str();
        link.map(|link| link.trim_start_matches("https://messaging.twilio.com").to_owned())
    };
    let mut pages = vec![client.get(MESSAGING, "/v1/Services?PageSize=2").await.ok()];
    while let Some(next) = link(pages.last().expect("a page"), "next_page_url") {
        pages.push(client.get(MESSAGING, &next).await.ok());
    }
    assert_eq!(pages.len(), 3);
    let mut back = pages.pop().expect("a page");
    while let Some(previous) = link(&back, "previous_page_url") {
        back = client.get(MESSAGING, &previous).await.ok();
        let forth = pages.pop().expect("a page");
        assert_eq!(names(&back, "services"), names(&forth, "services"));
        assert_eq!(back["meta"]["page"], forth["meta"]["page"]);
    }
    assert!(pages.is_empty(), "to the first page");
}
