//! What expires is gone when the clock says so, and what is timed changes its state.

use serde_json::Value;

use crate::support::{Answer, Client, simulator};

const SYNC: &str = "sync.twilio.com";

async fn sync_service(client: &Client) -> String {
    let service = client.post(SYNC, "/v1/Services", &[]).await;
    format!("/v1/Services/{}", service.text("sid"))
}

/// Seconds from now to a time that is shown.
async fn seconds_until(client: &Client, answer: &Answer, field: &str) -> i64 {
    let now = client.control("GET", "clock", None).await;
    let time = |text: &str| text.parse::<jiff::Timestamp>().expect("a time").as_second();
    time(answer.text(field)) - time(now.text("now"))
}

/// <https://www.twilio.com/docs/sync/objects-ttl>
#[tokio::test]
async fn objects_of_sync_expire_when_they_say() {
    let (_handle, client) = simulator().await;
    let service = sync_service(&client).await;
    for (collection, parameter, form) in [
        ("Documents", "Ttl", vec![("Data", "{}")]),
        ("Lists", "Ttl", vec![]),
        ("Lists", "CollectionTtl", vec![]),
        ("Maps", "Ttl", vec![]),
        ("Maps", "CollectionTtl", vec![]),
        ("Streams", "Ttl", vec![]),
    ] {
        let place = format!("{service}/{collection}");
        let what = format!("{collection} {parameter}");
        let forever = client.post(SYNC, &place, &form).await;
        assert_eq!(forever.body["date_expires"], Value::Null, "{what}");
        let mut timed = form.clone();
        timed.push((parameter, "3600"));
        let made = client.post(SYNC, &place, &timed).await;
        let left = seconds_until(&client, &made, "date_expires").await;
        assert!((3598..=3600).contains(&left), "{what}: {left}");
        let one = format!("{place}/{}", made.text("sid"));
        // Another change does not move it, a new time does.
        client.advance(1800).await;
        let changed = client.post(SYNC, &one, &[(parameter, "3600")]).await;
        assert!(seconds_until(&client, &changed, "date_expires").await > 3590, "{what}");
        client.advance(3500).await;
        assert_eq!(client.get(SYNC, &one).await.status, 200, "{what}");
        client.advance(200).await;
        assert_eq!(client.get(SYNC, &one).await.refusal(), (404, 20404), "{what}");
        assert_eq!(client.delete(SYNC, &one).await.refusal(), (404, 20404), "{what}");
        let listed = client.get(SYNC, &place).await.ok();
        let names = ["documents", "lists", "maps", "streams"];
        let listed = names
            .iter()
            .find_map(|name| listed[*name].as_array().cloned())
            .expect("a list");
        assert!(listed.iter().all(|other| other["sid"] != made.body["sid"]), "{what}");
        let forever = format!("{place}/{}", forever.text("sid"));
        assert_eq!(client.get(SYNC, &forever).await.status, 200, "{what}");
        // Time and again, or taken off.
        let made = client.post(SYNC, &place, &timed).await;
        let one = format!("{place}/{}", made.text("sid"));
        let kept = client.post(SYNC, &one, &[(parameter, "0")]).await;
        assert_eq!(kept.body["date_expires"], Value::Null, "{what}");
        client.advance(4000).await;
        assert_eq!(client.get(SYNC, &one).await.status, 200, "{what}");
        for wrong in ["-1", "31536001"] {
            let refused = client.post(SYNC, &one, &[(parameter, wrong)]).await;
            assert_eq!(refused.refusal(), (400, 54011), "{what} {wrong}");
        }
    }
}

#[tokio::test]
async fn an_item_expires_alone_and_may_let_its_holder_expire() {
    let (_handle, client) = simulator().await;
    let service = sync_service(&client).await;
    for (collection, key) in [("Lists", None), ("Maps", Some("k"))] {
        let holder = client.post(SYNC, &format!("{service}/{collection}"), &[]).await;
        let holder = format!("{service}/{collection}/{}", holder.text("sid"));
        let items = format!("{holder}/Items");
        let add = async |parameters: &[(&'static str, &'static str)]| {
            let mut form = vec![("Data", "{}")];
            form.extend(key.map(|key| ("Key", key)));
            form.extend(parameters);
            let made = client.post(SYNC, &items, &form).await;
            let key = match key {
                Some(key) => key.to_owned(),
                None => made.body["index"].to_string(),
            };
            (format!("{items}/{key}"), made)
        };
        for parameter in ["Ttl", "ItemTtl"] {
            let (one, _) = add(&[(parameter, "60")]).await;
            client.post(SYNC, &one, &[("Data", "{\"a\": 1}")]).await.ok();
            client.advance(61).await;
            assert_eq!(
                client.get(SYNC, &one).await.refusal(),
                (404, 20404),
                "{collection} {parameter}"
            );
            assert_eq!(client.get(SYNC, &holder).await.status, 200);
        }
        // The own name counts more than the alias.
        let (one, _) = add(&[("Ttl", "60"), ("ItemTtl", "6000")]).await;
        client.advance(70).await;
        assert_eq!(client.get(SYNC, &one).await.status, 200, "{collection}");
        let changed = client
            .post(SYNC, &one, &[("CollectionTtl", "100"), ("Data", "{}")])
            .await;
        assert!(
            seconds_until(&client, &changed, "date_expires").await > 5000,
            "{collection}"
        );
        let shown = client.get(SYNC, &holder).await;
        assert!(
            seconds_until(&client, &shown, "date_expires").await > 90,
            "{collection}"
        );
        client.advance(101).await;
        assert_eq!(client.get(SYNC, &one).await.refusal(), (404, 20404), "{collection}");
        assert_eq!(client.get(SYNC, &holder).await.refusal(), (404, 20404), "{collection}");
    }
}

/// <https://www.twilio.com/docs/conversations/states-timers>
#[tokio::test]
async fn timers_move_a_conversation_to_inactive_and_to_closed() {
    let host = "conversations.twilio.com";
    let (_handle, client) = simulator().await;
    let service = client.post(host, "/v1/Services", &[("FriendlyName", "s")]).await;
    for place in [
        "/v1/Conversations".to_owned(),
        format!("/v1/Services/{}/Conversations", service.text("sid")),
    ] {
        let form = [("Timers.Inactive", "PT1H"), ("Timers.Closed", "PT2H")];
        let made = client.post(host, &place, &form).await;
        assert_eq!(made.text("state"), "active", "{made:?}");
        let one = format!("{place}/{}", made.text("sid"));
        client.advance(3601).await;
        let inactive = client.get(host, &one).await;
        assert_eq!(inactive.text("state"), "inactive", "{inactive:?}");
        assert_eq!(inactive.body["timers"].get("date_inactive"), None);
        assert_eq!(
            inactive.body["timers"]["date_closed"],
            made.body["timers"]["date_closed"]
        );
        client.advance(3601).await;
        let closed = client.get(host, &one).await;
        assert_eq!(closed.text("state"), "closed");
        let refused = client.post(host, &one, &[("FriendlyName", "again")]).await;
        assert_eq!(refused.refusal(), (400, 50377));
        // Both at once, far ahead, and none.
        let made = client.post(host, &place, &form).await;
        let untimed = client.post(host, &place, &[]).await;
        client.advance_days(2).await;
        assert_eq!(
            client
                .get(host, &format!("{place}/{}", made.text("sid")))
                .await
                .text("state"),
            "closed"
        );
        assert_eq!(
            client
                .get(host, &format!("{place}/{}", untimed.text("sid")))
                .await
                .text("state"),
            "active"
        );
    }
}

#[tokio::test]
async fn sessions_tasks_verifications_challenges_and_rooms_end_in_time() {
    let (_handle, client) = simulator().await;
    let proxy = "proxy.twilio.com";
    let service = client.post(proxy, "/v1/Services", &[("UniqueName", "p")]).await;
    let sessions = format!("/v1/Services/{}/Sessions", service.text("sid"));
    let brief = client
        .post(proxy, &sessions, &[("UniqueName", "a"), ("Ttl", "60")])
        .await;
    let endless = client
        .post(proxy, &sessions, &[("UniqueName", "b"), ("Ttl", "0")])
        .await;

    let taskrouter = "taskrouter.twilio.com";
    let workspace = client
        .post(
            taskrouter,
            "/v1/Workspaces",
            &[("FriendlyName", "w"), ("Template", "FIFO")],
        )
        .await;
    let tasks = format!("/v1/Workspaces/{}/Tasks", workspace.text("sid"));
    let task = client.post(taskrouter, &tasks, &[("Timeout", "60")]).await;
    assert_eq!(task.text("assignment_status"), "pending", "{task:?}");

    let verify = "verify.twilio.com";
    let service = client.post(verify, "/v2/Services", &[("FriendlyName", "v")]).await;
    let verifications = format!("/v2/Services/{}/Verifications", service.text("sid"));
    let verification = client
        .post(verify, &verifications, &[("To", "+14155550100"), ("Channel", "sms")])
        .await;

    let video = "video.twilio.com";
    let room = client.post(video, "/v1/Rooms", &[("UnusedRoomTimeout", "2")]).await;
    let get =
        async |host: &str, place: &str, made: &Answer| client.get(host, &format!("{place}/{}", made.text("sid"))).await;

    client.advance(90).await;
    let closed = get(proxy, &sessions, &brief).await;
    assert_eq!(closed.text("status"), "closed", "{closed:?}");
    assert!(!closed.text("date_ended").is_empty());
    let canceled = get(taskrouter, &tasks, &task).await;
    assert_eq!(
        (canceled.text("assignment_status"), canceled.text("reason")),
        ("canceled", "Task TTL Exceeded")
    );
    assert_eq!(get(video, "/v1/Rooms", &room).await.text("status"), "in-progress");
    assert_eq!(
        get(verify, &verifications, &verification).await.text("status"),
        "pending"
    );

    client.advance(60).await;
    let completed = get(video, "/v1/Rooms", &room).await;
    assert_eq!(completed.text("status"), "completed", "{completed:?}");
    assert_eq!(completed.body["duration"], 120);

    client.advance(600).await;
    assert_eq!(get(verify, &verifications, &verification).await.refusal(), (404, 20404));
    client.advance_days(100).await;
    assert_ne!(get(proxy, &sessions, &endless).await.text("status"), "closed");
}
