//! Video rooms: their one change, and their names.

use serde_json::Value;

use crate::support::simulator;

const VIDEO: &str = "video.twilio.com";

/// <https://www.twilio.com/docs/api/errors/53112>, <https://www.twilio.com/docs/api/errors/53113>
#[tokio::test]
async fn a_room_is_completed_once_and_then_its_name_is_free() {
    let (_handle, client) = simulator().await;
    let form = [("UniqueName", "owls")];
    let room = client.post(VIDEO, "/v1/Rooms", &form).await;
    assert_eq!(client.post(VIDEO, "/v1/Rooms", &form).await.refusal(), (400, 53113));
    let path = format!("/v1/Rooms/{}", room.text("sid"));
    for status in ["in-progress", "failed"] {
        let refused = client.post(VIDEO, &path, &[("Status", status)]).await;
        assert_eq!(refused.refusal(), (400, 53112), "{status}");
    }
    client.advance(90).await;
    let completed = client.post(VIDEO, &path, &[("Status", "completed")]).await.ok();
    assert_eq!(completed["status"], "completed");
    assert!(completed["duration"].as_i64().is_some_and(|seconds| seconds >= 90));
    assert_ne!(completed["end_time"], Value::Null);
    for status in ["completed", "in-progress"] {
        let refused = client.post(VIDEO, &path, &[("Status", status)]).await;
        assert_eq!(refused.refusal(), (400, 53112), "{status}");
    }
    client.post(VIDEO, "/v1/Rooms", &form).await.ok();
}

/// The contract's text on the key: a name leads to a room "as long as the room is in-progress".
#[tokio::test]
async fn a_name_leads_to_the_room_that_is_in_progress() {
    let (_handle, client) = simulator().await;
    let form = [("UniqueName", "owls")];
    let first = client.post(VIDEO, "/v1/Rooms", &form).await;
    let first = format!("/v1/Rooms/{}", first.text("sid"));
    client.post(VIDEO, &first, &[("Status", "completed")]).await.ok();
    assert_eq!(client.get(VIDEO, "/v1/Rooms/owls").await.refusal(), (404, 20404));
    let second = client.post(VIDEO, "/v1/Rooms", &form).await;
    let found = client.get(VIDEO, "/v1/Rooms/owls").await.ok();
    assert_eq!(found["sid"], second.text("sid"));
    assert_eq!(
        client.get(VIDEO, &first).await.ok()["status"],
        "completed",
        "its SID still does"
    );
}

/// <https://www.twilio.com/docs/video/api/compositions-resource>: the default of the method is POST.
#[tokio::test]
async fn a_composition_is_reported_by_post() {
    let (_handle, client) = simulator().await;
    let room = client.post(VIDEO, "/v1/Rooms", &[("UniqueName", "owls")]).await;
    let form = [("RoomSid", room.text("sid")), ("AudioSources", "*")];
    let made = client.post(VIDEO, "/v1/Compositions", &form).await.ok();
    assert_eq!(made["status_callback_method"], "POST");
    let form = [form[0], form[1], ("StatusCallbackMethod", "GET")];
    let made = client.post(VIDEO, "/v1/Compositions", &form).await.ok();
    assert_eq!(made["status_callback_method"], "GET");
}

/// <https://github.com/wittyreference/twilio-claude-plugin> (skills/video/references/assertion-audit.md)
#[tokio::test]
async fn a_room_is_what_a_new_account_may_have() {
    let (_handle, client) = simulator().await;
    for (name, value, code) in [
        ("MaxParticipants", "51", 53107),
        ("MaxParticipants", "0", 53107),
        ("Type", "peer-to-peer", 53126),
        ("Type", "group-small", 53126),
        ("Type", "go", 53126),
        ("MaxParticipantDuration", "599", 53123),
        ("MaxParticipantDuration", "86401", 53123),
        ("MediaRegion", "invalid-region", 53113),
        ("AudioOnly", "true", 53127),
        ("LargeRoom", "true", 53103),
    ] {
        let refused = client.post(VIDEO, "/v1/Rooms", &[(name, value)]).await;
        assert_eq!(refused.refusal(), (400, code), "{name}={value}");
    }
    let form = [
        ("Type", "group"),
        ("MaxParticipants", "50"),
        ("MaxParticipantDuration", "600"),
        ("MediaRegion", "gll"),
    ];
    let room = client.post(VIDEO, "/v1/Rooms", &form).await.ok();
    assert_eq!(room["video_codecs"], serde_json::json!(["VP8", "H264"]));
    assert_eq!(room["max_concurrent_published_tracks"], 170);
}
