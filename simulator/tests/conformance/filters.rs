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
async fn bundles_are_found_by_what_no_response_shows_and_by_dates() {
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
/// belong to what is requested.
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
    (
        "insights.twilio.com",
        "/v1/Conferences",
        "Subaccount=AC00000000000000000000000000000000",
    ),
    (
        "messaging.twilio.com",
        "/v1/Tollfree/Verifications",
        "IncludeSubAccounts=true",
    ),
    ("supersim.twilio.com", "/v1/UsageRecords", "Group=sim"),
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

/// The path of a workspace with workers of these names and attributes.
async fn staffed(client: &Client, workers: &[(&str, &str)]) -> String {
    let workspace = client
        .post(TASKROUTER, "/v1/Workspaces", &[("FriendlyName", "w")])
        .await;
    let path = format!("/v1/Workspaces/{}", workspace.text("sid"));
    for (name, attributes) in workers {
        let form = [("FriendlyName", *name), ("Attributes", *attributes)];
        client.post(TASKROUTER, &format!("{path}/Workers"), &form).await.ok();
    }
    path
}

fn query(name: &str, value: &str) -> String {
    serde_urlencoded::to_string([(name, value)]).expect("texts")
}

const STAFF: &[(&str, &str)] = &[
    (
        "Alice",
        r#"{"skills": ["support", "sales"], "languages": ["english"], "level": 5, "contact": {"city": "Rome"}}"#,
    ),
    (
        "Bob",
        r#"{"skills": ["sales"], "languages": ["spanish", "english"], "level": 3}"#,
    ),
    ("Carla", "{}"),
];

/// <https://www.twilio.com/docs/taskrouter/api/worker>, <https://www.twilio.com/docs/taskrouter/expression-syntax>
#[tokio::test]
async fn workers_are_found_by_an_expression() {
    let (_handle, client) = simulator().await;
    let path = format!("{}/Workers", staffed(&client, STAFF).await);
    let bob = client.get(TASKROUTER, &format!("{path}?FriendlyName=Bob")).await.ok();
    let bob = bob["workers"][0]["sid"].as_str().expect("a SID").to_owned();
    let by_sid = format!("sid == '{bob}'");
    for (expression, found) in [
        ("skills HAS 'sales'", vec!["Alice", "Bob"]),
        ("(skills HAS 'support') AND (languages HAS 'english')", vec!["Alice"]),
        ("languages HAS \"spanish\" OR level > 4", vec!["Alice", "Bob"]),
        ("level >= 3 AND level < 5", vec!["Bob"]),
        ("contact.city == 'Rome'", vec!["Alice"]),
        ("languages[0] == 'spanish'", vec!["Bob"]),
        ("level IN [3, 4]", vec!["Bob"]),
        ("friendly_name IN ['Carla', 'Alice']", vec!["Alice", "Carla"]),
        ("friendly_name contains 'o'", vec!["Bob"]),
        ("activity_name in ['Offline', 'XYZ']", vec!["Alice", "Bob", "Carla"]),
        ("activity_name == 'Available'", vec![]),
        (by_sid.as_str(), vec!["Bob"]),
        ("1 == 1", vec!["Alice", "Bob", "Carla"]),
        ("1 == 2", vec![]),
        ("missing == 'x'", vec![]),
    ] {
        let list = format!("{path}?{}", query("TargetWorkersExpression", expression));
        assert_eq!(
            names(&client, TASKROUTER, &list, "workers").await,
            found,
            "{expression}"
        );
    }
    let both = format!(
        "{path}?{}&FriendlyName=Bob",
        query("TargetWorkersExpression", "skills HAS 'sales'")
    );
    assert_eq!(names(&client, TASKROUTER, &both, "workers").await, ["Bob"]);
    for wrong in ["skills HAS", "skills", "(a == 1", "a ~ 2"] {
        let list = format!("{path}?{}", query("TargetWorkersExpression", wrong));
        assert_eq!(client.get(TASKROUTER, &list).await.refusal(), (400, 20001), "{wrong}");
    }
    for (available, found) in [("yes", 0), ("1", 0), ("no", 3), ("0", 3), ("FALSE", 3), ("TRUE", 0)] {
        let list = client
            .get(TASKROUTER, &format!("{path}?Available={available}"))
            .await
            .ok();
        assert_eq!(list["workers"].as_array().map(Vec::len), Some(found), "{available}");
    }
}

/// <https://www.twilio.com/docs/taskrouter/api/task-queue>
#[tokio::test]
async fn workers_and_queues_are_found_by_each_other() {
    let (_handle, client) = simulator().await;
    let path = staffed(&client, STAFF).await;
    let queues = format!("{path}/TaskQueues");
    let mut sids = std::collections::HashMap::new();
    for (name, target) in [
        ("all", None),
        ("support", Some("skills HAS 'support'")),
        ("spanish", Some("languages HAS 'spanish'")),
        ("nobody", Some("1 == 2")),
    ] {
        let mut form = vec![("FriendlyName", name)];
        form.extend(target.map(|target| ("TargetWorkers", target)));
        let made = client.post(TASKROUTER, &queues, &form).await;
        sids.insert(name, made.text("sid").to_owned());
    }
    for (name, found) in [("support", vec!["Alice"]), ("spanish", vec!["Bob"]), ("nobody", vec![])] {
        for filter in [query("TaskQueueName", name), query("TaskQueueSid", &sids[name])] {
            let list = format!("{path}/Workers?{filter}");
            assert_eq!(names(&client, TASKROUTER, &list, "workers").await, found, "{filter}");
        }
    }
    let alice = client
        .get(TASKROUTER, &format!("{path}/Workers?FriendlyName=Alice"))
        .await
        .ok();
    let alice = alice["workers"][0]["sid"].as_str().expect("a SID").to_owned();
    let list = names(
        &client,
        TASKROUTER,
        &format!("{queues}?WorkerSid={alice}"),
        "task_queues",
    )
    .await;
    assert!(
        list.contains(&"support".to_owned()) && !list.contains(&"spanish".to_owned()),
        "{list:?}"
    );
    let matching = format!("{queues}?{}", query("EvaluateWorkerAttributes", "level == 3"));
    let list = names(&client, TASKROUTER, &matching, "task_queues").await;
    assert!(
        list.contains(&"spanish".to_owned()) && !list.contains(&"support".to_owned()),
        "{list:?}"
    );
    // The attributes of a worker as JSON, of whom there need be none yet.
    for (attributes, taken) in [
        (r#"{"languages": ["spanish"]}"#, "spanish"),
        (r#"{"skills": ["support"]}"#, "support"),
    ] {
        let asked = format!("{queues}?{}", query("EvaluateWorkerAttributes", attributes));
        let list = names(&client, TASKROUTER, &asked, "task_queues").await;
        assert!(
            list.contains(&taken.to_owned()) && !list.contains(&"nobody".to_owned()),
            "{list:?}"
        );
    }
    let wrong = format!("{queues}?{}", query("EvaluateWorkerAttributes", "level =="));
    assert_eq!(client.get(TASKROUTER, &wrong).await.refusal(), (400, 20001));
}

/// <https://www.twilio.com/docs/taskrouter/api/task>
#[tokio::test]
async fn tasks_are_found_by_their_attributes_and_ordered() {
    let (_handle, client) = simulator().await;
    let path = format!("{}/Tasks", staffed(&client, &[]).await);
    for (attributes, priority) in [
        (r#"{"name": "first", "type": "chat"}"#, "1"),
        (r#"{"name": "second", "type": "call", "addons": "{}"}"#, "9"),
        (r#"{"name": "third", "type": "call"}"#, "5"),
    ] {
        let form = [("Attributes", attributes), ("Priority", priority)];
        client.post(TASKROUTER, &path, &form).await.ok();
    }
    for (filter, found) in [
        (String::new(), vec!["first", "second", "third"]),
        (
            query("EvaluateTaskAttributes", "type == 'call'"),
            vec!["second", "third"],
        ),
        (query("EvaluateTaskAttributes", "(name=\"first\")"), vec!["first"]),
        (query("Priority", "5"), vec!["third"]),
        (query("HasAddons", "true"), vec!["second"]),
        (query("HasAddons", "false"), vec!["first", "third"]),
        (
            query("AssignmentStatus", "pending,reserved"),
            vec!["first", "second", "third"],
        ),
        (query("AssignmentStatus", "completed"), vec![]),
        (
            "AssignmentStatus=completed&AssignmentStatus=pending".to_owned(),
            vec!["first", "second", "third"],
        ),
        (query("Ordering", "Priority:desc"), vec!["second", "third", "first"]),
        (
            query("Ordering", "Priority:asc,DateCreated:asc"),
            vec!["first", "third", "second"],
        ),
        (query("Ordering", "DateCreated:desc"), vec!["third", "second", "first"]),
    ] {
        let list = client.get(TASKROUTER, &format!("{path}?{filter}")).await.ok();
        let tasks = list["tasks"].as_array().unwrap_or_else(|| panic!("{list}"));
        let names: Vec<String> = tasks
            .iter()
            .map(|task| {
                let text = task["attributes"].as_str().expect("a text");
                let attributes: Value = serde_json::from_str(text).expect("JSON");
                attributes["name"].as_str().expect("a name").to_owned()
            })
            .collect();
        assert_eq!(names, found, "{filter}");
    }
    for wrong in ["Ordering=Colour:asc", "Ordering=Priority:up"] {
        assert_eq!(
            client.get(TASKROUTER, &format!("{path}?{wrong}")).await.refusal(),
            (400, 20001)
        );
    }
}

/// Several values of one filter are alternatives: <https://www.twilio.com/docs/chat/rest/channel-resource>, but for tags
/// (<https://www.twilio.com/docs/notify/api/binding-resource>), all of which are asked for.
#[tokio::test]
async fn several_values_of_one_filter_are_alternatives() {
    let (_handle, client) = simulator().await;
    let host = "chat.twilio.com";
    let service = client.post(host, "/v2/Services", &[("FriendlyName", "c")]).await;
    let channels = format!("/v2/Services/{}/Channels", service.text("sid"));
    for (name, kind) in [("open", "public"), ("closed", "private")] {
        client
            .post(host, &channels, &[("FriendlyName", name), ("Type", kind)])
            .await
            .ok();
    }
    for (filter, found) in [
        ("Type=public", vec!["open"]),
        ("Type=private", vec!["closed"]),
        ("Type=private&Type=public", vec!["closed", "open"]),
    ] {
        let list = format!("{channels}?{filter}");
        assert_eq!(names(&client, host, &list, "channels").await, found, "{filter}");
    }
    let host = "notify.twilio.com";
    let service = client.post(host, "/v1/Services", &[("FriendlyName", "n")]).await;
    let bindings = format!("/v1/Services/{}/Bindings", service.text("sid"));
    for (identity, tags) in [("a", ["x", "y"]), ("b", ["y", "z"])] {
        let form = [
            ("Identity", identity),
            ("BindingType", "sms"),
            ("Address", "+14155550100"),
            ("Tag", tags[0]),
            ("Tag", tags[1]),
        ];
        client.post(host, &bindings, &form).await.ok();
    }
    for (filter, found) in [
        ("Tag=y", 2),
        ("Tag=y&Tag=x", 1),
        ("Tag=x&Tag=z", 0),
        ("Identity=a&Identity=b", 2),
        ("StartDate=2020-01-01&EndDate=2020-02-01", 0),
        ("StartDate=2020-01-01", 2),
    ] {
        let list = client.get(host, &format!("{bindings}?{filter}")).await.ok();
        assert_eq!(list["bindings"].as_array().map(Vec::len), Some(found), "{filter}");
    }
}

/// <https://www.twilio.com/docs/video/api/composition-hooks>, <https://www.twilio.com/docs/messaging/api/short-code-resource>
#[tokio::test]
async fn patterns_fit_as_each_product_says() {
    let (handle, client) = simulator().await;
    let (host, hooks) = ("video.twilio.com", "/v1/CompositionHooks");
    for name in ["Morning show", "Evening show", "News"] {
        client.post(host, hooks, &[("FriendlyName", name)]).await.ok();
    }
    for (filter, found) in [
        ("*show", vec!["Evening show", "Morning show"]),
        ("NEWS", vec!["News"]),
        ("show", vec![]),
        ("m*w", vec!["Morning show"]),
        ("*", vec!["Evening show", "Morning show", "News"]),
        ("n.ws", vec![]),
    ] {
        let list = format!("{hooks}?{}", query("FriendlyName", filter));
        assert_eq!(
            names(&client, host, &list, "composition_hooks").await,
            found,
            "{filter}"
        );
    }
    let collection = below(&handle.account_sid, "SMS/ShortCodes");
    for code in ["894546", "12345"] {
        let fields = json!({"short_code": code});
        let new = json!({"host": API, "collection": collection, "fields": fields});
        client.control("POST", "objects", Some(new)).await.ok();
    }
    for (filter, found) in [("894546", 1), ("945", 1), ("8*4", 1), ("4*", 2), ("*", 2), ("9999", 0)] {
        let list = client
            .get(API, &format!("{collection}?{}", query("ShortCode", filter)))
            .await
            .ok();
        assert_eq!(list["short_codes"].as_array().map(Vec::len), Some(found), "{filter}");
    }
}

/// <https://www.twilio.com/docs/sync/api/map-item-resource>: by key, from a key, upwards unless asked otherwise.
#[tokio::test]
async fn items_of_a_map_are_ordered_by_key_and_begin_where_requested() {
    let (_handle, client) = simulator().await;
    let host = "sync.twilio.com";
    let service = client.post(host, "/v1/Services", &[]).await;
    let maps = format!("/v1/Services/{}/Maps", service.text("sid"));
    let map = client.post(host, &maps, &[]).await;
    let items = format!("{maps}/{}/Items", map.text("sid"));
    for key in ["b", "d", "a", "c"] {
        client.post(host, &items, &[("Key", key), ("Data", "{}")]).await.ok();
    }
    for (filter, found) in [
        ("", "abcd"),
        ("Order=asc", "abcd"),
        ("Order=desc", "dcba"),
        ("From=b", "bcd"),
        ("From=b&Bounds=exclusive", "cd"),
        ("From=b&Bounds=inclusive", "bcd"),
        ("From=c&Order=desc", "cba"),
        ("From=bb", "cd"),
    ] {
        let list = client.get(host, &format!("{items}?{filter}")).await.ok();
        let keys: String = list["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| item["key"].as_str().expect("a key"))
            .collect();
        assert_eq!(keys, found, "{filter}");
    }
    // Pages go on in the order that is requested.
    let mut seen = String::new();
    let mut next = Some(format!("{items}?Order=desc&PageSize=3"));
    while let Some(path) = next {
        let page = client.get(host, &path).await.ok();
        seen.extend(
            page["items"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|item| item["key"].as_str().expect("a key")),
        );
        next = page["meta"]["next_page_url"]
            .as_str()
            .map(|url| url.replace("https://sync.twilio.com", ""));
    }
    assert_eq!(seen, "dcba");
}

/// <https://www.twilio.com/docs/conversations/api/conversation-message-resource>
#[tokio::test]
async fn messages_go_upwards_unless_asked_otherwise() {
    let (_handle, client) = simulator().await;
    let host = "conversations.twilio.com";
    let conversation = client.post(host, "/v1/Conversations", &[]).await;
    let messages = format!("/v1/Conversations/{}/Messages", conversation.text("sid"));
    for body in ["one", "two"] {
        client.post(host, &messages, &[("Body", body)]).await.ok();
    }
    for (filter, found) in [
        ("", ["one", "two"]),
        ("?Order=asc", ["one", "two"]),
        ("?Order=desc", ["two", "one"]),
    ] {
        let list = client.get(host, &format!("{messages}{filter}")).await.ok();
        let bodies: Vec<&Value> = list["messages"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| &one["body"])
            .collect();
        assert_eq!(bodies, found, "{filter}");
    }
}

/// <https://www.twilio.com/docs/iot/supersim/api/sim-resource>: by SID or unique name.
#[tokio::test]
async fn what_is_named_by_sid_or_unique_name_is_found_by_both() {
    let (_handle, client) = simulator().await;
    let host = "supersim.twilio.com";
    let profile = client
        .post(host, "/v1/NetworkAccessProfiles", &[("UniqueName", "wide")])
        .await;
    let other = client.post(host, "/v1/NetworkAccessProfiles", &[]).await;
    for (name, profile) in [("fleet-a", profile.text("sid")), ("fleet-b", other.text("sid"))] {
        let form = [("UniqueName", name), ("NetworkAccessProfile", profile)];
        client.post(host, "/v1/Fleets", &form).await.ok();
    }
    for wanted in [profile.text("sid"), "wide"] {
        let path = format!("/v1/Fleets?NetworkAccessProfile={wanted}");
        let list = client.get(host, &path).await.ok();
        let found: Vec<&Value> = list["fleets"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| &one["unique_name"])
            .collect();
        assert_eq!(found, ["fleet-a"], "{wanted}");
    }
    let list = client.get(host, "/v1/Fleets?NetworkAccessProfile=narrow").await.ok();
    assert_eq!(list["fleets"], json!([]));
}

/// <https://www.twilio.com/docs/trust-hub/trusthub-rest-api>: by the type of what is assigned.
#[tokio::test]
async fn assignments_are_found_by_the_type_of_what_is_assigned() {
    let (_handle, client) = simulator().await;
    let host = "trusthub.twilio.com";
    let form = [
        ("FriendlyName", "p"),
        ("Email", "ada@example.com"),
        ("PolicySid", "RN00000000000000000000000000000000"),
    ];
    let profile = client.post(host, "/v1/CustomerProfiles", &form).await;
    let assignments = format!("/v1/CustomerProfiles/{}/EntityAssignments", profile.text("sid"));
    for kind in ["authorized_representative_1", "customer_profile_business_information"] {
        let form = [("FriendlyName", kind), ("Type", kind)];
        let user = client.post(host, "/v1/EndUsers", &form).await;
        client
            .post(host, &assignments, &[("ObjectSid", user.text("sid"))])
            .await
            .ok();
    }
    for (kind, found) in [("authorized_representative_1", 1), ("other", 0)] {
        let list = client.get(host, &format!("{assignments}?ObjectType={kind}")).await.ok();
        assert_eq!(list["results"].as_array().map(Vec::len), Some(found), "{kind}");
    }
}

/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles>
#[tokio::test]
async fn bundles_are_ordered_by_dates() {
    let (_handle, client) = simulator().await;
    for (name, until) in [
        ("late", "2027-09-01T00:00:00Z"),
        ("soon", "2027-01-01T00:00:00Z"),
        ("never", ""),
    ] {
        let form = [("FriendlyName", name), ("Email", "ada@example.com")];
        let made = client.post(NUMBERS, BUNDLES, &form).await;
        if !until.is_empty() {
            let query = format!("objects?host={NUMBERS}&path={BUNDLES}/{}", made.text("sid"));
            client
                .control("PATCH", &query, Some(json!({"valid_until": until})))
                .await
                .ok();
        }
    }
    for (filter, found) in [
        ("", ["never", "soon", "late"]),
        ("SortDirection=ASC", ["late", "soon", "never"]),
        (
            "SortBy=valid-until&SortDirection=ASC&HasValidUntilDate=true",
            ["soon", "late", ""],
        ),
        ("SortBy=valid-until&HasValidUntilDate=true", ["late", "soon", ""]),
    ] {
        let list = client.get(NUMBERS, &format!("{BUNDLES}?{filter}")).await.ok();
        let names: Vec<&str> = list["results"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["friendly_name"].as_str().expect("a name"))
            .collect();
        let found: Vec<&str> = found.into_iter().filter(|name| !name.is_empty()).collect();
        assert_eq!(names, found, "{filter}");
    }
}

/// <https://www.twilio.com/docs/conversations/api/participant-conversation-resource>
#[tokio::test]
async fn conversations_are_found_by_who_takes_part() {
    let (_handle, client) = simulator().await;
    let host = "conversations.twilio.com";
    for (name, identity, address) in [("one", "ada", "+14155550100"), ("two", "bob", "+14155550101")] {
        let made = client.post(host, "/v1/Conversations", &[("FriendlyName", name)]).await;
        let participants = format!("/v1/Conversations/{}/Participants", made.text("sid"));
        client.post(host, &participants, &[("Identity", identity)]).await.ok();
        let form = [("MessagingBinding.Address", address)];
        client.post(host, &participants, &form).await.ok();
    }
    for (filter, found) in [
        ("Identity=ada", vec!["one"]),
        ("Identity=eve", vec![]),
        ("Address=%2B14155550101", vec!["two"]),
    ] {
        let list = client
            .get(host, &format!("/v1/ParticipantConversations?{filter}"))
            .await
            .ok();
        let conversations = list["conversations"].as_array().expect("a list");
        let names: Vec<&Value> = conversations
            .iter()
            .map(|one| &one["conversation_friendly_name"])
            .collect();
        assert_eq!(names, found, "{filter}");
    }
    let all = client.get(host, "/v1/ParticipantConversations").await;
    assert_eq!(all.refusal(), (400, 20001), "it is about somebody");
}

/// <https://www.twilio.com/docs/content/content-api-resources>: templates together with their approvals.
#[tokio::test]
async fn templates_are_found_and_ordered_also_with_their_approvals() {
    let (_handle, client) = simulator().await;
    let host = "content.twilio.com";
    let mut sids = Vec::new();
    for (name, kind) in [("alpha", "twilio/text"), ("beta", "twilio/media")] {
        let text = json!({"body": format!("Hello from {name}")});
        let media = json!({"body": format!("Hello from {name}"), "media": ["https://example.com/a.png"]});
        let types = json!({kind: if kind == "twilio/text" { text } else { media }});
        let body = json!({"friendly_name": name, "language": "en", "types": types});
        let made = client.send_json("POST", host, "/v1/Content", &body).await.ok();
        sids.push(made["sid"].as_str().expect("a SID").to_owned());
    }
    let ask = json!({"name": "alpha", "category": "UTILITY"});
    let path = format!("/v1/Content/{}/ApprovalRequests/whatsapp", sids[0]);
    client.send_json("POST", host, &path, &ask).await.ok();
    for list in ["/v2/Content", "/v2/ContentAndApprovals"] {
        for (filter, found) in [
            ("SortByContentName=asc", vec!["alpha", "beta"]),
            ("SortByContentName=desc", vec!["beta", "alpha"]),
            ("ContentName=al.*a", vec!["alpha"]),
            ("Content=from%20beta", vec!["beta"]),
            ("ContentType=twilio/media", vec!["beta"]),
            ("Language=en&Language=de&SortByContentName=asc", vec!["alpha", "beta"]),
            ("Language=de", vec![]),
        ] {
            let answer = client.get(host, &format!("{list}?{filter}")).await.ok();
            let contents = answer["contents"].as_array().unwrap_or_else(|| panic!("{answer}"));
            let names: Vec<&Value> = contents.iter().map(|one| &one["friendly_name"]).collect();
            assert_eq!(names, found, "{list} {filter}");
        }
    }
    let both = client
        .get(host, "/v2/ContentAndApprovals?SortByContentName=asc")
        .await
        .ok();
    let status = |index: usize| both["contents"][index]["approval_requests"]["status"].clone();
    assert_eq!((status(0), status(1)), (json!("received"), json!("unsubmitted")));
}
