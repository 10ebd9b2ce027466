//! Chat and conversations: webhooks, participants, messages, and the users that come with who takes part.

use serde_json::{Value, json};

use crate::accounts::below;
use crate::support::{API, Client, simulator};

const CHAT: &str = "chat.twilio.com";
const IP_MESSAGING: &str = "ip-messaging.twilio.com";
const CONVERSATIONS: &str = "conversations.twilio.com";

async fn made(client: &Client, host: &str, collection: &str, form: &[(&str, &str)]) -> String {
    let made = client.post(host, collection, form).await;
    format!("{collection}/{}", made.text("sid"))
}

/// A conversation of the account's own service, and one of another.
async fn conversations(client: &Client) -> [String; 2] {
    let service = made(client, CONVERSATIONS, "/v1/Services", &[("FriendlyName", "s")]).await;
    [
        made(client, CONVERSATIONS, "/v1/Conversations", &[]).await,
        made(client, CONVERSATIONS, &format!("{service}/Conversations"), &[]).await,
    ]
}

const URL: (&str, &str) = ("Configuration.Url", "https://example.com");
const FLOW: (&str, &str) = ("Configuration.FlowSid", "FW00000000000000000000000000000001");

type Form = &'static [(&'static str, &'static str)];

/// <https://www.twilio.com/docs/api/errors/50365> to 50371
#[tokio::test]
async fn a_hook_of_a_conversation_says_where_and_when() {
    let (_handle, client) = simulator().await;
    let lines: &[(Form, u64)] = &[
        (&[], 50368),
        (&[("Target", "pigeon"), URL], 50364),
        (&[("Target", "webhook")], 50369),
        (&[("Target", "webhook"), ("Configuration.Url", "")], 50369),
        (&[("Target", "webhook"), URL], 50370),
        (&[("Target", "webhook"), URL, ("Configuration.Filters", "")], 50370),
        (
            &[("Target", "webhook"), URL, ("Configuration.Filters", "onMessage")],
            50365,
        ),
        (
            &[("Target", "webhook"), URL, ("Configuration.Filters", "onMessageSent")],
            50365,
        ),
        (&[("Target", "trigger")], 50369),
        (&[("Target", "trigger"), URL], 50371),
        (&[("Target", "studio")], 50367),
        (
            &[("Target", "webhook"), URL, ("Configuration.Filters", "onMessageAdded")],
            0,
        ),
        (&[("Target", "trigger"), URL, ("Configuration.Triggers", "help")], 0),
        (&[("Target", "studio"), FLOW], 0),
    ];
    for conversation in conversations(&client).await {
        let hooks = format!("{conversation}/Webhooks");
        for (form, code) in lines {
            let answer = client.post(CONVERSATIONS, &hooks, form).await;
            let expected = if *code == 0 { (201, 0) } else { (400, *code) };
            assert_eq!(answer.refusal(), expected, "{hooks} {form:?}");
        }
        let long = "x".repeat(249);
        let form = [("Target", "trigger"), URL, ("Configuration.Triggers", long.as_str())];
        assert_eq!(client.post(CONVERSATIONS, &hooks, &form).await.refusal(), (400, 50366));
        // An update says only what changes, and no event that there is not.
        let list = client.get(CONVERSATIONS, &hooks).await.ok();
        let one = format!("{hooks}/{}", list["webhooks"][0]["sid"].as_str().expect("a SID"));
        client.post(CONVERSATIONS, &one, &[URL]).await.ok();
        let form = [("Configuration.Filters", "bogus")];
        assert_eq!(client.post(CONVERSATIONS, &one, &form).await.refusal(), (400, 50365));
    }
    let settings = "/v1/Configuration/Webhooks";
    let form = [("Filters", "onMessageAdd"), ("Filters", "bogus")];
    assert_eq!(
        client.post(CONVERSATIONS, settings, &form).await.refusal(),
        (400, 20001)
    );
}

/// <https://www.twilio.com/docs/api/errors/50321> to 50331
#[tokio::test]
async fn a_hook_of_a_channel_says_where_and_when() {
    let (_handle, client) = simulator().await;
    let lines: &[(Form, u64)] = &[
        (&[], 50328),
        (&[("Type", "webhook")], 50329),
        (&[("Type", "webhook"), URL], 50330),
        (
            &[("Type", "webhook"), URL, ("Configuration.Filters", "onMessageAdded")],
            50325,
        ),
        (&[("Type", "trigger")], 50329),
        (&[("Type", "trigger"), URL], 50331),
        (&[("Type", "studio")], 50327),
        (
            &[("Type", "webhook"), URL, ("Configuration.Filters", "onMessageSent")],
            0,
        ),
        (&[("Type", "trigger"), URL, ("Configuration.Triggers", "help")], 0),
        (&[("Type", "studio"), FLOW], 0),
    ];
    for host in [CHAT, IP_MESSAGING] {
        let service = made(&client, host, "/v2/Services", &[("FriendlyName", "s")]).await;
        let channel = made(&client, host, &format!("{service}/Channels"), &[]).await;
        let hooks = format!("{channel}/Webhooks");
        for (form, code) in lines {
            let answer = client.post(host, &hooks, form).await;
            let expected = if *code == 0 { (201, 0) } else { (400, *code) };
            assert_eq!(answer.refusal(), expected, "{host} {form:?}");
        }
        let mut form = vec![("Type", "trigger"), URL];
        form.extend(["a", "b", "c", "d", "e", "f"].map(|word| ("Configuration.Triggers", word)));
        assert_eq!(client.post(host, &hooks, &form).await.refusal(), (400, 50322));
        form.pop();
        client.post(host, &hooks, &form).await.ok();
        client.post(host, &hooks, &form).await.ok();
        assert_eq!(client.post(host, &hooks, &form).await.refusal(), (400, 50321));
    }
}

const ADDRESS: &str = "MessagingBinding.Address";
const PROXY: &str = "MessagingBinding.ProxyAddress";

/// <https://www.twilio.com/docs/api/errors/50407> to 50414
#[tokio::test]
async fn a_participant_is_somebody_who_can_be_reached() {
    let (_handle, client) = simulator().await;
    let lines: &[(Form, u64)] = &[
        (&[], 50204),
        (&[("Attributes", "{}")], 50204),
        (&[("Identity", "")], 50204),
        (&[(ADDRESS, "")], 50411),
        (&[(ADDRESS, "+14155550100"), (PROXY, "")], 50412),
        (&[(ADDRESS, "555")], 50407),
        (&[(ADDRESS, "whatsapp:555"), (PROXY, "whatsapp:+14155550199")], 50407),
        (&[(ADDRESS, "+14155550100"), (PROXY, "nobody")], 50408),
        (&[(ADDRESS, "+14155550100"), (PROXY, "+14155550100")], 50409),
        (&[(ADDRESS, "whatsapp:+14155550100"), (PROXY, "+14155550199")], 50414),
        (&[("Identity", "ada")], 0),
        (&[(ADDRESS, "+14155550100"), (PROXY, "+14155550199")], 0),
        (
            &[(ADDRESS, "whatsapp:+14155550100"), (PROXY, "whatsapp:+14155550199")],
            0,
        ),
    ];
    let [conversation, _] = conversations(&client).await;
    let participants = format!("{conversation}/Participants");
    for (form, code) in lines {
        let answer = client.post(CONVERSATIONS, &participants, form).await;
        let expected = if *code == 0 { (201, 0) } else { (400, *code) };
        assert_eq!(answer.refusal(), expected, "{form:?}");
    }
}

/// <https://www.twilio.com/docs/api/errors/50416>, <https://www.twilio.com/docs/api/errors/50425>
#[tokio::test]
async fn a_pair_of_addresses_leads_to_one_active_conversation() {
    let (_handle, client) = simulator().await;
    let [one, other] = conversations(&client).await;
    let pair = [(ADDRESS, "+14155550100"), (PROXY, "+14155550199")];
    let turned = [pair[1], pair[0]];
    let taken = (409, 50416);
    let first = made(&client, CONVERSATIONS, &format!("{one}/Participants"), &pair).await;
    for (place, form) in [(&one, pair), (&one, turned), (&other, pair), (&other, turned)] {
        let second = client
            .post(CONVERSATIONS, &format!("{place}/Participants"), &form)
            .await;
        assert_eq!(second.refusal(), taken, "{place}");
    }
    let together = json!({"messaging_binding": {"proxy_address": pair[1].1, "address": pair[0].1}}).to_string();
    let both = "/v1/ConversationWithParticipants";
    let refused = client.post(CONVERSATIONS, both, &[("Participant", &together)]).await;
    assert_eq!(refused.refusal(), (409, 50425));
    // Another number of either side is another pair.
    let form = [pair[0], (PROXY, "+14155550198")];
    let near = made(&client, CONVERSATIONS, &format!("{other}/Participants"), &form).await;
    let into = client.post(CONVERSATIONS, &near, &[pair[1]]).await;
    assert_eq!(into.refusal(), taken, "an update does not lead there either");
    // Who is gone, and what is closed, holds nothing.
    client.delete(CONVERSATIONS, &first).await.ok();
    client
        .post(CONVERSATIONS, &format!("{other}/Participants"), &pair)
        .await
        .ok();
    client.post(CONVERSATIONS, &other, &[("State", "closed")]).await.ok();
    client
        .post(CONVERSATIONS, &format!("{one}/Participants"), &turned)
        .await
        .ok();
}

/// The contract's text on `index`; <https://www.twilio.com/docs/chat/rest/message-resource>
#[tokio::test]
async fn messages_are_numbered_as_they_come() {
    let (_handle, client) = simulator().await;
    let mut places: Vec<(&str, String)> = Vec::new();
    for conversation in conversations(&client).await {
        places.push((CONVERSATIONS, conversation));
    }
    for host in [CHAT, IP_MESSAGING] {
        for version in ["v1", "v2"] {
            let service = made(&client, host, &format!("/{version}/Services"), &[("FriendlyName", "s")]).await;
            let form = [("FriendlyName", "c"), ("UniqueName", "c")];
            places.push((host, made(&client, host, &format!("{service}/Channels"), &form).await));
        }
    }
    for (host, place) in &places {
        let messages = format!("{place}/Messages");
        let mut last = String::new();
        for index in 0..3 {
            let message = client.post(host, &messages, &[("Body", "b")]).await;
            assert_eq!(message.body["index"], index, "{messages}");
            last = format!("{messages}/{}", message.text("sid"));
        }
        client.post(host, &last, &[("Body", "changed")]).await.ok();
        assert_eq!(client.get(host, &last).await.ok()["index"], 2);
        client.delete(host, &last).await.ok();
        let next = client.post(host, &messages, &[("Body", "b")]).await.ok();
        assert_eq!(next["index"], 3, "no number is given twice: {messages}");
    }
}

/// <https://www.twilio.com/docs/chat/rest/user-resource>, <https://www.twilio.com/docs/conversations/api/user-resource>
#[tokio::test]
async fn who_takes_part_is_a_user_of_the_service() {
    let (_handle, client) = simulator().await;
    let service = made(&client, CONVERSATIONS, "/v1/Services", &[("FriendlyName", "s")]).await;
    let conversation = made(&client, CONVERSATIONS, &format!("{service}/Conversations"), &[]).await;
    let mut places = vec![
        (
            CONVERSATIONS,
            format!("{conversation}/Participants"),
            format!("{service}/Users"),
        ),
        (
            CONVERSATIONS,
            format!("{}/Participants", conversations(&client).await[0]),
            "/v1/Users".to_owned(),
        ),
    ];
    for host in [CHAT, IP_MESSAGING] {
        for version in ["v1", "v2"] {
            let service = made(&client, host, &format!("/{version}/Services"), &[("FriendlyName", "s")]).await;
            let form = [("FriendlyName", "c"), ("UniqueName", "c")];
            let channel = made(&client, host, &format!("{service}/Channels"), &form).await;
            places.push((host, format!("{channel}/Members"), format!("{service}/Users")));
        }
    }
    for (host, takes_part, users) in &places {
        let known = client.post(host, users, &[("Identity", "bob")]).await;
        for identity in ["ada", "bob"] {
            client.post(host, takes_part, &[("Identity", identity)]).await.ok();
        }
        let list = client.get(host, users).await.ok();
        let mut identities: Vec<&Value> = list["users"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|user| &user["identity"])
            .collect();
        identities.sort_by_key(|identity| identity.to_string());
        assert_eq!(identities, ["ada", "bob"], "{users}");
        let ada = client.get(host, &format!("{users}/ada")).await.ok();
        assert_eq!(
            ada["role_sid"], known.body["role_sid"],
            "the role of every user: {users}"
        );
        let again = client.post(host, users, &[("Identity", "ada")]).await;
        assert_eq!(again.refusal(), (409, 50201), "{users}");
        let again = client.post(host, takes_part, &[("Identity", "ada")]).await;
        assert_eq!(again.status, 409, "{takes_part}");
        // Who leaves stays a user.
        let left = client.get(host, takes_part).await.ok();
        let key = if *host == CONVERSATIONS {
            "participants"
        } else {
            "members"
        };
        let sid = left[key][0]["sid"].as_str().expect("a SID");
        client.delete(host, &format!("{takes_part}/{sid}")).await.ok();
        client.get(host, &format!("{users}/ada")).await.ok();
    }
}

/// The contract's text on the parameter: either the SID or the address.
#[tokio::test]
async fn the_settings_of_an_address_are_found_by_it() {
    let (_handle, client) = simulator().await;
    let addresses = "/v1/Configuration/Addresses";
    let form = [("Type", "sms"), ("Address", "+14155550100"), ("FriendlyName", "a")];
    let one = made(&client, CONVERSATIONS, addresses, &form).await;
    let by_address = format!("{addresses}/%2B14155550100");
    let read = client.get(CONVERSATIONS, &by_address).await.ok();
    assert_eq!(read, client.get(CONVERSATIONS, &one).await.ok());
    client
        .post(CONVERSATIONS, &by_address, &[("FriendlyName", "b")])
        .await
        .ok();
    assert_eq!(client.get(CONVERSATIONS, &one).await.text("friendly_name"), "b");
    let other = format!("{addresses}/%2B14155550101");
    assert_eq!(client.get(CONVERSATIONS, &other).await.refusal(), (404, 20404));
    client.delete(CONVERSATIONS, &by_address).await.ok();
    assert_eq!(client.get(CONVERSATIONS, &one).await.refusal(), (404, 20404));
}

/// The contract's text on `DateUpdated`: for what is brought back from a backup.
#[tokio::test]
async fn what_is_brought_back_keeps_its_date() {
    let (_handle, client) = simulator().await;
    let service = made(&client, CHAT, "/v2/Services", &[("FriendlyName", "s")]).await;
    let channel = made(&client, CHAT, &format!("{service}/Channels"), &[]).await;
    let member = made(&client, CHAT, &format!("{channel}/Members"), &[("Identity", "ada")]).await;
    let message = made(&client, CHAT, &format!("{channel}/Messages"), &[("Body", "b")]).await;
    let [conversation, _] = conversations(&client).await;
    let participant = made(
        &client,
        CONVERSATIONS,
        &format!("{conversation}/Participants"),
        &[("Identity", "ada")],
    )
    .await;
    let said = made(
        &client,
        CONVERSATIONS,
        &format!("{conversation}/Messages"),
        &[("Body", "b")],
    )
    .await;
    for (host, path) in [
        (CHAT, &channel),
        (CHAT, &member),
        (CHAT, &message),
        (CONVERSATIONS, &conversation),
        (CONVERSATIONS, &participant),
        (CONVERSATIONS, &said),
    ] {
        let date = "2020-01-02T03:04:05Z";
        client.post(host, path, &[("DateUpdated", date)]).await.ok();
        assert_eq!(client.get(host, path).await.text("date_updated"), date, "{path}");
        client.post(host, path, &[("Attributes", "{}")]).await.ok();
        assert_ne!(client.get(host, path).await.text("date_updated"), date, "{path}");
    }
}

/// <https://www.twilio.com/docs/api/errors/80601>, <https://www.twilio.com/docs/api/errors/80606>,
/// <https://www.twilio.com/docs/api/errors/50610>
#[tokio::test]
async fn a_number_is_in_one_proxy_service_and_leaves_it_with_its_account() {
    let (handle, client) = simulator().await;
    let proxy = "proxy.twilio.com";
    let e164 = client.buy().await;
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let sid = client.get(API, &numbers).await.ok()["incoming_phone_numbers"][0]["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    let pool = async |name: &str| {
        let service = client.post(proxy, "/v1/Services", &[("UniqueName", name)]).await;
        format!("/v1/Services/{}/PhoneNumbers", service.text("sid"))
    };
    let (one, other) = (pool("one").await, pool("other").await);
    client.post(proxy, &one, &[("Sid", &sid)]).await.ok();
    for named in [("Sid", sid.as_str()), ("PhoneNumber", e164.as_str())] {
        assert_eq!(
            client.post(proxy, &other, &[named]).await.refusal(),
            (400, 80601),
            "{named:?}"
        );
    }
    client.delete(proxy, &format!("{one}/{sid}")).await;
    client.post(proxy, &other, &[("Sid", &sid)]).await.ok();
    let addresses = "/v1/Configuration/Addresses";
    let form = [("Type", "sms"), ("Address", e164.as_str())];
    client.post("conversations.twilio.com", addresses, &form).await.ok();
    let child = client
        .post(API, "/2010-04-01/Accounts.json", &[("FriendlyName", "c")])
        .await;
    let number = below(&handle.account_sid, &format!("IncomingPhoneNumbers/{sid}"));
    client
        .post(API, &number, &[("AccountSid", child.text("sid"))])
        .await
        .ok();
    let left = client.get(proxy, &other).await.ok();
    assert_eq!(left["phone_numbers"].as_array().map(Vec::len), Some(0));
    let left = client.get("conversations.twilio.com", addresses).await.ok();
    assert_eq!(left["address_configurations"].as_array().map(Vec::len), Some(0));
}

/// The contract's answers have `GET` and `POST` there.
#[tokio::test]
async fn settings_of_webhooks_are_requested_by_two_methods() {
    let (_handle, client) = simulator().await;
    let service = made(&client, CONVERSATIONS, "/v1/Services", &[("FriendlyName", "s")]).await;
    for settings in [
        "/v1/Configuration/Webhooks".to_owned(),
        format!("{service}/Configuration/Webhooks"),
    ] {
        for (sent, shown) in [
            ("get", Some("GET")),
            ("POST", Some("POST")),
            ("PATCH", None),
            ("DELETE", None),
        ] {
            let answer = client.post(CONVERSATIONS, &settings, &[("Method", sent)]).await;
            match shown {
                Some(shown) => assert_eq!(answer.ok()["method"], shown, "{settings} {sent}"),
                None => assert_eq!(answer.refusal(), (400, 20001), "{settings} {sent}"),
            }
        }
    }
}
