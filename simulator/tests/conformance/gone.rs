//! What each product answers where an object above is gone. The responses of chat and proxy were seen by the acceptance tests of
//! <https://github.com/RJPearson94/terraform-provider-twilio>, which ran against the real Twilio.

use crate::support::{Client, simulator};

/// Host, collection of the parent, parameters of its create, collection below it, SID of something in that.
struct Below {
    host: &'static str,
    parents: &'static str,
    form: &'static [(&'static str, &'static str)],
    collection: &'static str,
    prefix: &'static str,
    itself: (u16, u64),
    listed: (u16, u64),
    one: (u16, u64),
}

const USUAL: (u16, u64) = (404, 20404);

const BELOW: &[Below] = &[
    // https://www.twilio.com/docs/api/errors/50050
    Below {
        host: "chat.twilio.com",
        parents: "/v2/Services",
        form: &[("FriendlyName", "s")],
        collection: "Channels",
        prefix: "CH",
        itself: USUAL,
        listed: (403, 50050),
        one: (403, 50050),
    },
    Below {
        host: "ip-messaging.twilio.com",
        parents: "/v2/Services",
        form: &[("FriendlyName", "s")],
        collection: "Roles",
        prefix: "RL",
        itself: USUAL,
        listed: (403, 50050),
        one: (403, 50050),
    },
    Below {
        host: "proxy.twilio.com",
        parents: "/v1/Services",
        form: &[("UniqueName", "s")],
        collection: "PhoneNumbers",
        prefix: "PN",
        itself: (400, 80408),
        listed: (400, 80408),
        one: (400, 80407),
    },
    Below {
        host: "proxy.twilio.com",
        parents: "/v1/Services",
        form: &[("UniqueName", "s")],
        collection: "Sessions",
        prefix: "KC",
        itself: (400, 80408),
        listed: (400, 80408),
        one: (400, 80408),
    },
    Below {
        host: "messaging.twilio.com",
        parents: "/v1/Services",
        form: &[("FriendlyName", "s")],
        collection: "PhoneNumbers",
        prefix: "PN",
        itself: USUAL,
        listed: USUAL,
        one: USUAL,
    },
    Below {
        host: "taskrouter.twilio.com",
        parents: "/v1/Workspaces",
        form: &[("FriendlyName", "s")],
        collection: "Activities",
        prefix: "WA",
        itself: USUAL,
        listed: USUAL,
        one: USUAL,
    },
    Below {
        host: "sync.twilio.com",
        parents: "/v1/Services",
        form: &[],
        collection: "Documents",
        prefix: "ET",
        itself: USUAL,
        listed: USUAL,
        one: USUAL,
    },
];

async fn refusals(client: &Client, below: &Below, parent: &str) -> [(u16, u64); 3] {
    let collection = format!("{parent}/{}", below.collection);
    let one = format!("{collection}/{}{}", below.prefix, "0".repeat(32));
    // A write is answered as a read is.
    assert_eq!(
        client.delete(below.host, parent).await.refusal(),
        client.get(below.host, parent).await.refusal(),
        "{parent}"
    );
    assert_eq!(
        client.delete(below.host, &one).await.refusal(),
        client.get(below.host, &one).await.refusal(),
        "{one}"
    );
    [
        client.get(below.host, parent).await.refusal(),
        client.get(below.host, &collection).await.refusal(),
        client.get(below.host, &one).await.refusal(),
    ]
}

#[tokio::test]
async fn each_product_has_its_answer_below_what_is_gone() {
    let (_handle, client) = simulator().await;
    for below in BELOW {
        let made = client.post(below.host, below.parents, below.form).await;
        let parent = format!("{}/{}", below.parents, made.text("sid"));
        client.delete(below.host, &parent).await.ok();
        let expected = [below.itself, below.listed, below.one];
        let place = format!("{}{}/{}", below.host, below.parents, below.collection);
        assert_eq!(refusals(&client, below, &parent).await, expected, "{place}");
        // One that never was is answered alike.
        let never = format!("{}/{}{}", below.parents, &made.text("sid")[..2], "0".repeat(32));
        assert_eq!(refusals(&client, below, &never).await, expected, "{place}");
    }
}

#[tokio::test]
async fn what_is_gone_below_a_parent_that_is_there_is_simply_gone() {
    let (_handle, client) = simulator().await;
    let made = client
        .post("chat.twilio.com", "/v2/Services", &[("FriendlyName", "s")])
        .await;
    let channel = format!("/v2/Services/{}/Channels/CH{}", made.text("sid"), "0".repeat(32));
    assert_eq!(client.get("chat.twilio.com", &channel).await.refusal(), USUAL);
}

/// However far below: the service that is gone decides, and so it does for what would be made there.
#[tokio::test]
async fn what_is_far_below_what_is_gone_is_answered_as_what_is_near() {
    let (_handle, client) = simulator().await;
    let gone = |prefix: &str| format!("{prefix}{}", "0".repeat(32));
    let (channel, session) = (gone("CH"), gone("KC"));
    let webhook = [
        ("Type", "webhook"),
        ("Configuration.Url", "https://example.com/w"),
        ("Configuration.Filters", "onMessageSent"),
    ];
    for (host, path, form, expected) in [
        (
            "chat.twilio.com",
            format!("/v2/Services/{}/Channels/{channel}/Webhooks", gone("IS")),
            &webhook[..],
            (403, 50050),
        ),
        (
            "chat.twilio.com",
            format!("/v2/Services/{}/Roles", gone("IS")),
            &[
                ("FriendlyName", "r"),
                ("Type", "channel"),
                ("Permission", "sendMessage"),
            ],
            (403, 50050),
        ),
        (
            "ip-messaging.twilio.com",
            format!("/v2/Services/{}/Users", gone("IS")),
            &[("Identity", "ada")],
            (403, 50050),
        ),
        (
            "proxy.twilio.com",
            format!("/v1/Services/{}/Sessions/{session}/Participants", gone("KS")),
            &[("Identifier", "+14155550100")],
            (400, 80408),
        ),
        (
            "conversations.twilio.com",
            format!("/v1/Services/{}/Conversations", gone("IS")),
            &[],
            USUAL,
        ),
        (
            "serverless.twilio.com",
            format!("/v1/Services/{}/Functions", gone("ZS")),
            &[("FriendlyName", "f")],
            USUAL,
        ),
        (
            "trunking.twilio.com",
            format!("/v1/Trunks/{}/OriginationUrls", gone("TK")),
            &[
                ("Weight", "1"),
                ("Priority", "1"),
                ("Enabled", "true"),
                ("FriendlyName", "o"),
                ("SipUrl", "sip:owls.example.com"),
            ],
            USUAL,
        ),
    ] {
        let listed = client.get(host, &path).await;
        let made = client.post(host, &path, form).await;
        assert_eq!((listed.refusal(), made.refusal()), (expected, expected), "{host}{path}");
    }
}
