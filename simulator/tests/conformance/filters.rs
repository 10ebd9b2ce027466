//! Filters filter, and one that is not known is refused.

use serde_json::{Value, json};
use twilio_simulator::Options;

use crate::accounts::below;
use crate::support::{API, Client, simulator, with};

const TASKROUTER: &str = "taskrouter.twilio.com";
const NUMBERS: &str = "numbers.twilio.com";
const BUNDLES: &str = "/v2/RegulatoryCompliance/Bundles";

/// Names of what a list shows, sorted.
async fn names(client: &Client, host: &str, path: &str, key: &str) -> Vec<String> {
    let list = client.get(host, path).await.ok();
    let items = list[key].as_array().expect("a list");
    let mut names: Vec<String> = items
        .iter()
        .map(|item| item["friendly_name"].as_str().expect("a name").to_owned())
        .collect();
    names.sort();
    names
}

/// <https://www.twilio.com/docs/taskrouter/api/worker>
#[tokio::test]
async fn workers_are_found_by_activity_and_availability() {
    let (_handle, client) = simulator().await;
    let workspace = client
        .post(TASKROUTER, "/v1/Workspaces", &[("FriendlyName", "w")])
        .await
        .ok();
    let path = format!("/v1/Workspaces/{}", workspace["sid"].as_str().expect("a SID"));
    let activities = client
        .get(TASKROUTER, &format!("{path}/Activities?Available=true"))
        .await
        .ok();
    let available = activities["activities"].as_array().expect("a list");
    assert_eq!(available.len(), 1);
    let available = available[0]["sid"].as_str().expect("a SID");
    let workers = format!("{path}/Workers");
    client.post(TASKROUTER, &workers, &[("FriendlyName", "off")]).await.ok();
    let on = [("FriendlyName", "on"), ("ActivitySid", available)];
    client.post(TASKROUTER, &workers, &on).await.ok();
    for (filter, found) in [
        ("FriendlyName=on".to_owned(), vec!["on"]),
        ("FriendlyName=o".to_owned(), vec![]),
        ("ActivityName=Offline".to_owned(), vec!["off"]),
        (format!("ActivitySid={available}"), vec!["on"]),
        ("Available=true".to_owned(), vec!["on"]),
        ("Available=false".to_owned(), vec!["off"]),
        ("Available=true&FriendlyName=off".to_owned(), vec![]),
        (String::new(), vec!["off", "on"]),
    ] {
        let path = format!("{workers}?{filter}");
        assert_eq!(names(&client, TASKROUTER, &path, "workers").await, found, "{filter}");
    }
}

/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles>
#[tokio::test]
async fn bundles_are_found_by_what_no_answer_shows_and_by_dates() {
    let (_handle, client) = simulator().await;
    let mut sids = Vec::new();
    for (name, country) in [("german", "DE"), ("french", "FR")] {
        let form = [
            ("FriendlyName", name),
            ("Email", "ada@example.com"),
            ("IsoCountry", country),
            ("NumberType", "local"),
            ("EndUserType", "business"),
        ];
        let made = client.post(NUMBERS, BUNDLES, &form).await;
        sids.push(made.text("sid").to_owned());
    }
    let until = json!({"valid_until": "2027-03-03T00:00:00Z"});
    let query = format!("objects?host={NUMBERS}&path={BUNDLES}/{}", sids[1]);
    client.control("PATCH", &query, Some(until)).await.ok();
    let both = format!("BundleSids={},{}", sids[0], sids[1]);
    let first = format!("BundleSids={}", sids[0]);
    for (filter, found) in [
        ("IsoCountry=DE", vec!["german"]),
        ("NumberType=local", vec!["french", "german"]),
        ("NumberType=mobile", vec![]),
        ("EndUserType=business&IsoCountry=FR", vec!["french"]),
        (both.as_str(), vec!["french", "german"]),
        (first.as_str(), vec!["german"]),
        ("Status=draft", vec!["french", "german"]),
        ("Status=in-review", vec![]),
        ("HasValidUntilDate=true", vec!["french"]),
        ("HasValidUntilDate=false", vec!["german"]),
        ("ValidUntilDate=2027-03-03T00:00:00Z", vec!["french"]),
        ("ValidUntilDate%3C=2027-03-02T00:00:00Z", vec![]),
        ("ValidUntilDate%3C=2027-03-04T00:00:00Z", vec!["french"]),
        ("ValidUntilDate%3E=2027-03-04T00:00:00Z", vec![]),
    ] {
        let path = format!("{BUNDLES}?{filter}");
        assert_eq!(names(&client, NUMBERS, &path, "results").await, found, "{filter}");
    }
}

/// <https://www.twilio.com/docs/voice/api/recording>, <https://www.twilio.com/docs/voice/api/call-resource>: bounds are days that
/// belong to what is asked for.
#[tokio::test]
async fn dates_of_the_2010_api_are_compared_by_day() {
    let (handle, client) = simulator().await;
    let path = below(&handle.account_sid, "Calls");
    for (number, started) in [
        ("1", "Tue, 03 Mar 2026 23:30:00 +0000"),
        ("2", "Wed, 04 Mar 2026 00:30:00 +0000"),
    ] {
        let fields = json!({"to": number, "start_time": started});
        let new = json!({"host": API, "collection": path, "fields": fields});
        client.control("POST", "objects", Some(new)).await.ok();
    }
    for (filter, found) in [
        ("StartTime=2026-03-03", vec!["1"]),
        ("StartTime%3C=2026-03-03", vec!["1"]),
        ("StartTime%3E=2026-03-03", vec!["1", "2"]),
        ("StartTime%3E=2026-03-04", vec!["2"]),
        ("StartTime%3E=2026-03-04&StartTime%3C=2026-03-03", vec![]),
        ("StartTime%3E=2026-03-05", vec![]),
    ] {
        let list = client.get(API, &format!("{path}?{filter}")).await.ok();
        let mut to: Vec<&str> = list["calls"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|call| call["to"].as_str().expect("a number"))
            .collect();
        to.sort_unstable();
        assert_eq!(to, found, "{filter}");
    }
}

/// <https://www.twilio.com/docs/video/api/composition-hooks>
#[tokio::test]
async fn dates_before_and_after_are_compared_by_time() {
    let (_handle, client) = simulator().await;
    let (host, hooks) = ("video.twilio.com", "/v1/CompositionHooks");
    client.post(host, hooks, &[("FriendlyName", "early")]).await.ok();
    client.advance_days(2).await;
    let late = client.post(host, hooks, &[("FriendlyName", "late")]).await;
    let at = late.text("date_created");
    for (filter, found) in [
        (format!("DateCreatedAfter={at}"), vec!["late"]),
        (format!("DateCreatedBefore={at}"), vec!["early"]),
        (
            "DateCreatedAfter=2020-01-01T00:00:00Z".to_owned(),
            vec!["early", "late"],
        ),
        ("DateCreatedBefore=2020-01-01T00:00:00Z".to_owned(), vec![]),
    ] {
        let path = format!("{hooks}?{filter}");
        assert_eq!(
            names(&client, host, &path, "composition_hooks").await,
            found,
            "{filter}"
        );
    }
}

/// Lists and filters that the simulator does not model; each would else show all or nothing.
const NOT_MODELLED: &[(&str, &str, &str)] = &[
    ("content.twilio.com", "/v2/Content", "SortByDate=asc"),
    (
        "messaging.twilio.com",
        "/v1/Tollfree/Verifications",
        "IncludeSubAccounts=true",
    ),
    (NUMBERS, BUNDLES, "SortBy=date-updated"),
];

#[tokio::test]
async fn a_filter_that_is_not_modelled_is_refused_also_where_the_list_is_empty() {
    let (_handle, client) = simulator().await;
    let (_lenient_handle, lenient) = with(Options {
        strict: false,
        ..Options::default()
    })
    .await;
    for (host, path, filter) in NOT_MODELLED {
        let asked = format!("{path}?{filter}");
        let refused = client.get(host, &asked).await;
        assert_eq!(refused.refusal(), (400, 20001), "{asked}");
        let name = filter.split('=').next().expect("a name");
        assert_eq!(
            refused.body["simulator"]["not_modelled"], name,
            "it says whose fault it is"
        );
        lenient.get(host, &asked).await.ok();
    }
    let workspace = client
        .post(TASKROUTER, "/v1/Workspaces", &[("FriendlyName", "w")])
        .await;
    let workers = format!(
        "/v1/Workspaces/{}/Workers?TargetWorkersExpression=a%20HAS%20%27b%27",
        workspace.text("sid")
    );
    assert_eq!(client.get(TASKROUTER, &workers).await.refusal(), (400, 20001));
    let off = "/v1/Tollfree/Verifications?IncludeSubAccounts=false";
    let list = client.get("messaging.twilio.com", off).await.ok();
    assert_eq!(list["verifications"], Value::Array(Vec::new()));
}

/// <https://www.twilio.com/docs/events/event-streams/sink-resource>
#[tokio::test]
async fn a_filter_that_a_behaviour_decides_is_left_to_it() {
    let (_handle, client) = simulator().await;
    let form = [
        ("Description", "d"),
        ("SinkType", "segment"),
        ("SinkConfiguration", r#"{"write_key": "k"}"#),
    ];
    client.post("events.twilio.com", "/v1/Sinks", &form).await.ok();
    let used = client.get("events.twilio.com", "/v1/Sinks?InUse=true").await.ok();
    assert_eq!(used["sinks"], json!([]));
    let unused = client.get("events.twilio.com", "/v1/Sinks?InUse=false").await.ok();
    assert_eq!(unused["sinks"].as_array().map(Vec::len), Some(1));
}
