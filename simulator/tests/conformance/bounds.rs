//! Values that Twilio's pages and the contract's texts bound, and names that are one.

use serde_json::json;

use crate::accounts::below;
use crate::reservations::Center;
use crate::support::{API, simulator};
use crate::tasks::made;

const TASKROUTER: &str = "taskrouter.twilio.com";

/// The contract's texts on the parameters of a task and of a worker's channel.
#[tokio::test]
async fn numbers_and_times_of_tasks_are_within_their_bounds() {
    let center = Center::open().await;
    let tasks = format!("{}/Tasks", center.workspace);
    let task = center
        .task(&[("Priority", "2147483647"), ("VirtualStartTime", "2020-01-01T00:00:00Z")])
        .await;
    for (parameter, wrong) in [
        ("Priority", "-1"),
        ("Priority", "2147483648"),
        ("VirtualStartTime", "2999-01-01T00:00:00Z"),
        ("VirtualStartTime", "1899-12-31T23:59:59Z"),
        ("VirtualStartTime", "2026-11-01"),
    ] {
        for path in [&tasks, &task] {
            let refused = center.post(path, &[(parameter, wrong)]).await;
            assert_eq!(refused.refusal(), (400, 20001), "{path} {parameter}={wrong}");
        }
    }
    center.post(&task, &[("AssignmentStatus", "canceled")]).await.ok();
    let worker = made(
        &center.client,
        &format!("{}/Workers", center.workspace),
        &[("FriendlyName", "w")],
    )
    .await;
    let channel = format!("{worker}/Channels/voice");
    assert_eq!(
        center.post(&channel, &[("Capacity", "-1")]).await.refusal(),
        (400, 20001)
    );
    center.post(&channel, &[("Capacity", "0")]).await.ok();
    for (order, status) in [
        ("DateCreated:asc,VirtualStartTime:desc", 400),
        ("Priority:desc,DateCreated:asc", 200),
    ] {
        let listed = center
            .client
            .get(TASKROUTER, &format!("{tasks}?Ordering={order}"))
            .await;
        assert_eq!(listed.status, status, "{order}");
    }
}

/// <https://www.twilio.com/docs/api/errors/21656>, <https://www.twilio.com/docs/api/errors/21623>
#[tokio::test]
async fn a_message_has_whole_variables_and_no_more_than_ten_files() {
    let (handle, client) = simulator().await;
    let messages = below(&handle.account_sid, "Messages");
    let from = client.buy().await;
    let template = json!({"friendly_name": "t", "language": "en", "types": {"twilio/text": {"body": "Hi {{1}}"}}});
    let template = client
        .send_json("POST", "content.twilio.com", "/v1/Content", &template)
        .await
        .ok();
    let template = template["sid"].as_str().expect("a SID");
    let base = [
        ("To", "+14155550100"),
        ("From", from.as_str()),
        ("ContentSid", template),
    ];
    for wrong in [
        "x",
        "[]",
        r#"{"1": ""}"#,
        r#"{"1": null}"#,
        r#"{"1": "{{}}"}"#,
        r#"{"1": "{{name}"}"#,
    ] {
        let mut form = base.to_vec();
        form.push(("ContentVariables", wrong));
        assert_eq!(
            client.post(API, &messages, &form).await.refusal(),
            (400, 21656),
            "{wrong}"
        );
    }
    let mut form = base.to_vec();
    form.push(("ContentVariables", r#"{"1": "Ada"}"#));
    client.post(API, &messages, &form).await.ok();
    let mut form = vec![("To", "+14155550100"), ("From", from.as_str())];
    form.extend(vec![("MediaUrl", "https://example.com/a.png"); 10]);
    client.post(API, &messages, &form).await.ok();
    form.push(("MediaUrl", "https://example.com/b.png"));
    assert_eq!(client.post(API, &messages, &form).await.refusal(), (400, 21623));
}

/// <https://www.twilio.com/docs/voice/sip/api/sip-domain-resource>: the name of a host, which capitals do not tell apart and whose labels
/// have 63 letters at most.
#[tokio::test]
async fn a_sip_domain_is_the_name_of_a_host() {
    let (handle, client) = simulator().await;
    let domains = below(&handle.account_sid, "SIP/Domains");
    let create = async |name: &str| client.post(API, &domains, &[("DomainName", name)]).await;
    create("a.sip.twilio.com").await.ok();
    assert_eq!(create("A.sip.twilio.com").await.refusal(), (400, 21232));
    assert_eq!(
        create(&format!("{}.sip.twilio.com", "x".repeat(64))).await.refusal(),
        (400, 21232)
    );
    create(&format!("{}.sip.twilio.com", "x".repeat(63))).await.ok();
}

/// <https://www.twilio.com/docs/api/errors/70002>: a name that Twilio's lists do not have.
#[tokio::test]
async fn a_permission_is_one_of_those_that_there_are() {
    let (handle, client) = simulator().await;
    for (name, refused) in [
        ("/twilio/voice/nothing/read", true),
        ("/twilio/voice/queue/read", true),
        ("/twilio/voice/queue/*", true),
        ("/twilio/voice/queues/read", false),
        ("/twilio/voice/queues/*", false),
        // There is a list, which is not known here.
        ("/twilio/serverless/services/read", false),
        ("/twilio/serverless", true),
    ] {
        let policy = json!({"allow": [name]}).to_string();
        let form = [
            ("AccountSid", handle.account_sid.as_str()),
            ("KeyType", "restricted"),
            ("Policy", &policy),
        ];
        let answer = client.post("iam.twilio.com", "/v1/Keys", &form).await;
        match refused {
            true => assert_eq!(answer.refusal(), (400, 70002), "{name}"),
            false => assert_eq!(answer.status, 201, "{name}"),
        }
    }
}

/// <https://www.twilio.com/docs/studio/rest-api/v2/flow>: the author is a user of the Console, which is in no list.
#[tokio::test]
async fn the_author_of_a_flow_is_not_looked_up() {
    let (_handle, client) = simulator().await;
    let definition = json!({"description": "d", "states": [{"name": "Trigger", "type": "trigger", "properties": {},
        "transitions": []}], "initial_state": "Trigger", "flags": {"allow_concurrent_calls": true}});
    let form = [
        ("FriendlyName", "f"),
        ("Status", "draft"),
        ("Definition", &definition.to_string()),
        ("AuthorSid", "USaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ];
    let made = client.post("studio.twilio.com", "/v2/Flows", &form).await;
    assert_eq!(made.status, 201, "{made:?}");
}
