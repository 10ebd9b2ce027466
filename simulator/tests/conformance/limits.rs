//! Lengths, alphabets, uniqueness and counts, with Twilio's own codes.

use serde_json::json;

use crate::accounts::below;
use crate::support::{API, Client, simulator};

const CHAT: &str = "chat.twilio.com";
const CONVERSATIONS: &str = "conversations.twilio.com";
const SYNC: &str = "sync.twilio.com";
const TRUNKING: &str = "trunking.twilio.com";
const VOICE: &str = "voice.twilio.com";
const VERIFY: &str = "verify.twilio.com";

async fn made(client: &Client, host: &str, path: &str, form: &[(&str, &str)]) -> String {
    let made = client.post(host, path, form).await;
    format!("{path}/{}", made.text("sid"))
}

fn name(length: usize) -> String {
    "ä".repeat(length)
}

/// The pages of the resources; <https://www.twilio.com/docs/api/errors/20002>.
#[tokio::test]
async fn names_are_as_long_as_documented_and_no_longer() {
    let (handle, client) = simulator().await;
    let account = |rest: &str| below(&handle.account_sid, rest);
    let chat = made(&client, CHAT, "/v2/Services", &[("FriendlyName", "c")]).await;
    let workspace = made(
        &client,
        "taskrouter.twilio.com",
        "/v1/Workspaces",
        &[("FriendlyName", "w")],
    )
    .await;
    for (host, path, parameter, most, refusal) in [
        (API, account("Queues"), "FriendlyName", 64, (400, 20002)),
        (API, account("Applications"), "FriendlyName", 64, (400, 20002)),
        (API, account("SIP/CredentialLists"), "FriendlyName", 64, (400, 21240)),
        (
            API,
            account("SIP/IpAccessControlLists"),
            "FriendlyName",
            255,
            (400, 21235),
        ),
        (CHAT, format!("{chat}/Channels"), "FriendlyName", 64, (400, 50003)),
        (CHAT, format!("{chat}/Channels"), "UniqueName", 64, (400, 50004)),
        (
            CONVERSATIONS,
            "/v1/Conversations".to_owned(),
            "FriendlyName",
            256,
            (400, 50003),
        ),
        (
            "taskrouter.twilio.com",
            format!("{workspace}/Workers"),
            "FriendlyName",
            64,
            (400, 20001),
        ),
        (
            "proxy.twilio.com",
            "/v1/Services".to_owned(),
            "UniqueName",
            191,
            (400, 20001),
        ),
    ] {
        let (right, wrong) = (name(most), name(most + 1));
        let form = |value: &str| [(parameter.to_owned(), value.to_owned())];
        let send =
            async |value: &str| crate::support::read(client.request("POST", host, &path).form(&form(value))).await;
        send(&right).await.ok();
        let refused = send(&wrong).await;
        assert_eq!(refused.refusal(), refusal, "{host}{path} {parameter}");
    }
}

/// A number's name is cut.
#[tokio::test]
async fn the_name_of_a_number_is_cut() {
    let (handle, client) = simulator().await;
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let form = [("AreaCode", "415"), ("FriendlyName", &name(70))];
    let bought = client.post(API, &numbers, &form).await.ok();
    assert_eq!(bought["friendly_name"], name(64));
}

/// <https://www.twilio.com/docs/chat/rest/channel-resource>: an update takes longer names than a create.
#[tokio::test]
async fn a_limit_may_be_another_for_an_update() {
    let (_handle, client) = simulator().await;
    let chat = made(&client, CHAT, "/v2/Services", &[("FriendlyName", "c")]).await;
    let channel = made(&client, CHAT, &format!("{chat}/Channels"), &[("FriendlyName", "c")]).await;
    client.post(CHAT, &channel, &[("FriendlyName", &name(256))]).await.ok();
    let refused = client.post(CHAT, &channel, &[("FriendlyName", &name(257))]).await;
    assert_eq!(refused.refusal(), (400, 50003));
}

/// What the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio> (chat_user, conversations_role) write and read.
#[tokio::test]
async fn users_of_chat_and_roles_of_conversations_have_names_of_256_letters() {
    let (_handle, client) = simulator().await;
    let chat = made(&client, CHAT, "/v2/Services", &[("FriendlyName", &name(256))]).await;
    let user = made(&client, CHAT, &format!("{chat}/Users"), &[("Identity", "ada")]).await;
    for (length, wanted) in [(65, (200, 0)), (256, (200, 0)), (257, (400, 50003))] {
        let answer = client.post(CHAT, &user, &[("FriendlyName", &name(length))]).await;
        assert_eq!(answer.refusal(), wanted, "{length}");
    }
    assert_eq!(client.get(CHAT, &user).await.ok()["friendly_name"], name(256));
    let service = made(&client, CONVERSATIONS, "/v1/Services", &[("FriendlyName", "s")]).await;
    for roles in [format!("{service}/Roles"), "/v1/Roles".to_owned()] {
        for (kind, length, wanted) in [
            ("service", 256, (201, 0)),
            ("conversation", 65, (201, 0)),
            ("service", 257, (400, 20001)),
        ] {
            let name = name(length);
            let permission = if kind == "service" {
                "joinChannel"
            } else {
                "sendMessage"
            };
            let form = [("FriendlyName", &*name), ("Type", kind), ("Permission", permission)];
            let answer = client.post(CONVERSATIONS, &roles, &form).await;
            assert_eq!(answer.refusal(), wanted, "{roles} {kind} {length}");
        }
    }
}

#[tokio::test]
async fn what_a_name_may_consist_of_is_checked() {
    let (handle, client) = simulator().await;
    let account = |rest: &str| below(&handle.account_sid, rest);
    let chat = made(&client, CHAT, "/v2/Services", &[("FriendlyName", "c")]).await;
    let verify = made(&client, VERIFY, "/v2/Services", &[("FriendlyName", "v")]).await;
    let sync = made(&client, SYNC, "/v1/Services", &[]).await;
    let trunk = made(&client, TRUNKING, "/v1/Trunks", &[]).await;
    let list = client
        .post(API, &account("SIP/CredentialLists"), &[("FriendlyName", "l")])
        .await;
    let credentials = account(&format!("SIP/CredentialLists/{}/Credentials", list.text("sid")));
    let policy = made(&client, VOICE, "/v1/ConnectionPolicies", &[]).await;
    let sid = "CH0123456789abcdef0123456789abcdef";
    let url = |url| {
        vec![
            ("FriendlyName", "u"),
            ("SipUrl", url),
            ("Weight", "1"),
            ("Priority", "1"),
            ("Enabled", "true"),
        ]
    };
    for (host, path, form, refusal) in [
        (
            API,
            account("SIP/Domains"),
            vec![("DomainName", "a.sip.twilio.com")],
            None,
        ),
        (
            API,
            account("SIP/Domains"),
            vec![("DomainName", "example.com")],
            Some((400, 21232)),
        ),
        (
            TRUNKING,
            "/v1/Trunks".to_owned(),
            vec![("DomainName", "a.pstn.twilio.com")],
            None,
        ),
        (
            TRUNKING,
            "/v1/Trunks".to_owned(),
            vec![("DomainName", "a.sip.twilio.com")],
            Some((400, 21245)),
        ),
        (
            TRUNKING,
            format!("{trunk}/OriginationUrls"),
            url("sip:a@example.com"),
            None,
        ),
        (
            TRUNKING,
            format!("{trunk}/OriginationUrls"),
            url("sips:192.168.1.4:5061;transport=tls"),
            None,
        ),
        (
            TRUNKING,
            format!("{trunk}/OriginationUrls"),
            url("http://example.com"),
            Some((400, 20001)),
        ),
        (
            VOICE,
            format!("{policy}/Targets"),
            vec![("Target", "sip:a@example.com"), ("Weight", "65535")],
            None,
        ),
        (
            VOICE,
            format!("{policy}/Targets"),
            vec![("Target", "sips:a@example.com")],
            Some((400, 20001)),
        ),
        (
            VOICE,
            format!("{policy}/Targets"),
            vec![("Target", "sip:a@example.com"), ("Weight", "0")],
            Some((400, 20001)),
        ),
        (
            API,
            credentials.clone(),
            vec![("Username", "ada"), ("Password", "IWasAtSignal2018")],
            None,
        ),
        (
            API,
            credentials.clone(),
            vec![("Username", "bob"), ("Password", "tooshort1A")],
            Some((400, 21243)),
        ),
        (
            API,
            credentials.clone(),
            vec![("Username", "bob"), ("Password", "nouppercase2018")],
            Some((400, 21243)),
        ),
        (
            CHAT,
            format!("{chat}/Channels"),
            vec![("UniqueName", sid)],
            Some((400, 50306)),
        ),
        (
            CONVERSATIONS,
            "/v1/Conversations".to_owned(),
            vec![("UniqueName", sid)],
            Some((400, 50390)),
        ),
        (SYNC, format!("{sync}/Documents"), vec![("UniqueName", "doc")], None),
        (
            SYNC,
            format!("{sync}/Documents"),
            vec![("UniqueName", sid)],
            Some((400, 54302)),
        ),
        (
            SYNC,
            format!("{sync}/Maps"),
            vec![("UniqueName", "")],
            Some((400, 54302)),
        ),
        (
            VERIFY,
            format!("{verify}/RateLimits"),
            vec![("UniqueName", "a.b-c_1")],
            None,
        ),
        (
            VERIFY,
            format!("{verify}/RateLimits"),
            vec![("UniqueName", "a b")],
            Some((400, 60209)),
        ),
        (
            VERIFY,
            format!("{verify}/Entities"),
            vec![("Identity", "short")],
            Some((400, 60300)),
        ),
    ] {
        let answer = client.post(host, &path, &form).await;
        match refusal {
            Some(refusal) => assert_eq!(answer.refusal(), refusal, "{path} {form:?}"),
            None => assert_eq!(answer.status, 201, "{answer:?}"),
        }
    }
}

/// <https://www.twilio.com/docs/sync/limits>
#[tokio::test]
async fn data_of_sync_is_no_larger_than_16_kib() {
    let (_handle, client) = simulator().await;
    let sync = made(&client, SYNC, "/v1/Services", &[]).await;
    let data = |size: usize| json!({"d": "x".repeat(size - r#"{"d":""}"#.len())}).to_string();
    let documents = format!("{sync}/Documents");
    client.post(SYNC, &documents, &[("Data", &data(16 * 1024))]).await.ok();
    let refused = client.post(SYNC, &documents, &[("Data", &data(16 * 1024 + 1))]).await;
    assert_eq!(refused.refusal(), (413, 54006));
}

#[tokio::test]
async fn what_may_be_there_once_is_refused_a_second_time() {
    let (handle, client) = simulator().await;
    let account = |rest: &str| below(&handle.account_sid, rest);
    let chat = made(&client, CHAT, "/v2/Services", &[("FriendlyName", "c")]).await;
    let channel = made(&client, CHAT, &format!("{chat}/Channels"), &[]).await;
    let verify = made(&client, VERIFY, "/v2/Services", &[("FriendlyName", "v")]).await;
    let rate_limit = made(&client, VERIFY, &format!("{verify}/RateLimits"), &[("UniqueName", "r")]).await;
    let conversation = made(&client, CONVERSATIONS, "/v1/Conversations", &[]).await;
    let sender = client
        .post("messaging.twilio.com", "/v1/Services", &[("FriendlyName", "s")])
        .await;
    let configuration = [("Country", "DE"), ("MessagingServiceSid", sender.text("sid"))];
    for (host, path, form, refusal) in [
        (
            API,
            account("SIP/Domains"),
            vec![("DomainName", "one.sip.twilio.com")],
            (400, 21232),
        ),
        (
            API,
            account("SIP/CredentialLists"),
            vec![("FriendlyName", "one")],
            (400, 21240),
        ),
        (
            TRUNKING,
            "/v1/Trunks".to_owned(),
            vec![("DomainName", "one.pstn.twilio.com")],
            (400, 21248),
        ),
        (
            CHAT,
            format!("{chat}/Channels"),
            vec![("UniqueName", "one")],
            (409, 50307),
        ),
        (CHAT, format!("{chat}/Users"), vec![("Identity", "ada")], (409, 50201)),
        (
            CHAT,
            format!("{channel}/Members"),
            vec![("Identity", "ada")],
            (409, 50404),
        ),
        (
            CONVERSATIONS,
            "/v1/Conversations".to_owned(),
            vec![("UniqueName", "one")],
            (409, 50353),
        ),
        (
            CONVERSATIONS,
            format!("{conversation}/Participants"),
            vec![("Identity", "ada")],
            (409, 50433),
        ),
        (
            "proxy.twilio.com",
            "/v1/Services".to_owned(),
            vec![("UniqueName", "one")],
            (400, 80602),
        ),
        (
            VERIFY,
            format!("{verify}/RateLimits"),
            vec![("UniqueName", "one")],
            (400, 60208),
        ),
        (
            VERIFY,
            format!("{rate_limit}/Buckets"),
            vec![("Max", "1"), ("Interval", "60")],
            (400, 60211),
        ),
        (
            VERIFY,
            format!("{verify}/MessagingConfigurations"),
            configuration.to_vec(),
            (400, 60213),
        ),
        (
            VERIFY,
            format!("{verify}/Entities"),
            vec![("Identity", "identity-0001")],
            (400, 60301),
        ),
        (
            "video.twilio.com",
            "/v1/CompositionHooks".to_owned(),
            vec![("FriendlyName", "one"), ("AudioSources", "*")],
            (400, 20001),
        ),
    ] {
        client.post(host, &path, &form).await.ok();
        assert_eq!(client.post(host, &path, &form).await.refusal(), refusal, "{path}");
    }
    let changed = client
        .post(API, &account("SIP/Domains"), &[("DomainName", "two.sip.twilio.com")])
        .await;
    let two = account(&format!("SIP/Domains/{}", changed.text("sid")));
    let refused = client.post(API, &two, &[("DomainName", "one.sip.twilio.com")]).await;
    assert_eq!(refused.refusal(), (400, 21232), "an update may not take it either");
    client
        .post(API, &two, &[("DomainName", "two.sip.twilio.com")])
        .await
        .ok();
}

/// A domain name is Twilio's own: nobody else may have it.
#[tokio::test]
async fn a_domain_name_is_taken_for_other_accounts_too() {
    let (_handle, client) = simulator().await;
    let child = client
        .post(API, "/2010-04-01/Accounts.json", &[("FriendlyName", "child")])
        .await;
    let other = client.signed_in(child.text("sid"), child.text("auth_token"));
    let form = [("DomainName", "ours.pstn.twilio.com")];
    client.post(TRUNKING, "/v1/Trunks", &form).await.ok();
    assert_eq!(other.post(TRUNKING, "/v1/Trunks", &form).await.refusal(), (400, 21248));
    other
        .post(TRUNKING, "/v1/Trunks", &[("DomainName", "theirs.pstn.twilio.com")])
        .await
        .ok();
}

/// <https://www.twilio.com/docs/api/errors/60315>: 20 of one kind, <https://www.twilio.com/docs/api/errors/50362>: five keywords.
#[tokio::test]
async fn some_kinds_are_counted_for_themselves() {
    let (_handle, client) = simulator().await;
    let verify = made(&client, VERIFY, "/v2/Services", &[("FriendlyName", "v")]).await;
    let entities = format!("{verify}/Entities");
    client
        .post(VERIFY, &entities, &[("Identity", "identity-0001")])
        .await
        .ok();
    let factors = format!("{entities}/identity-0001/Factors");
    let factor = |kind| {
        [
            ("FriendlyName", "f"),
            ("FactorType", kind),
            ("Binding.PublicKey", "key"),
            ("Config.AppId", "app"),
            ("Config.NotificationPlatform", "none"),
            ("Config.SdkVersion", "1.0.0"),
        ]
    };
    for _ in 0..20 {
        client.post(VERIFY, &factors, &factor("push")).await.ok();
    }
    assert_eq!(
        client.post(VERIFY, &factors, &factor("push")).await.refusal(),
        (400, 60315)
    );
    client.post(VERIFY, &factors, &factor("totp")).await.ok();
    let conversation = made(&client, CONVERSATIONS, "/v1/Conversations", &[]).await;
    let mut form = vec![("Target", "trigger"), ("Configuration.Url", "https://example.com")];
    form.extend(["a", "b", "c", "d", "e"].map(|word| ("Configuration.Triggers", word)));
    let hooks = format!("{conversation}/Webhooks");
    client.post(CONVERSATIONS, &hooks, &form).await.ok();
    form.push(("Configuration.Triggers", "f"));
    assert_eq!(client.post(CONVERSATIONS, &hooks, &form).await.refusal(), (400, 50362));
}

/// <https://www.twilio.com/docs/api/errors/50361>: five, a sixth is rejected.
#[tokio::test]
async fn a_collection_takes_so_many_and_no_more() {
    let (_handle, client) = simulator().await;
    let conversation = made(&client, CONVERSATIONS, "/v1/Conversations", &[]).await;
    let hooks = format!("{conversation}/Webhooks");
    let form = [
        ("Target", "webhook"),
        ("Configuration.Url", "https://example.com"),
        ("Configuration.Filters", "onMessageAdded"),
    ];
    let mut first = String::new();
    for _ in 0..5 {
        first = made(&client, CONVERSATIONS, &hooks, &form).await;
    }
    assert_eq!(client.post(CONVERSATIONS, &hooks, &form).await.refusal(), (400, 50361));
    client.delete(CONVERSATIONS, &first).await.ok();
    client.post(CONVERSATIONS, &hooks, &form).await.ok();
    for number in 0..100 {
        let name = format!("t{number}.pstn.twilio.com");
        client.post(TRUNKING, "/v1/Trunks", &[("DomainName", &name)]).await.ok();
    }
    assert_eq!(client.post(TRUNKING, "/v1/Trunks", &[]).await.refusal(), (400, 21244));
}

/// <https://www.twilio.com/docs/api/errors/54008>, <https://www.twilio.com/docs/runtime/functions/create-service>,
/// <https://www.twilio.com/docs/serverless/api/resource/environment>, <https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id>
#[tokio::test]
async fn data_is_json_and_a_part_of_a_domain_is_a_label() {
    let (_handle, client) = simulator().await;
    let sync = client.post("sync.twilio.com", "/v1/Services", &[]).await;
    let sync = format!("/v1/Services/{}", sync.text("sid"));
    for below in ["Documents", "Lists", "Maps", "Streams"] {
        let collection = format!("{sync}/{below}");
        if below == "Documents" {
            let bad = client.post("sync.twilio.com", &collection, &[("Data", "nojson")]).await;
            assert_eq!(bad.refusal(), (400, 54008));
            continue;
        }
        let one = client.post("sync.twilio.com", &collection, &[]).await;
        let items = if below == "Streams" { "Messages" } else { "Items" };
        let items = format!("{collection}/{}/{items}", one.text("sid"));
        let form = [("Key", "k"), ("Data", "nojson")];
        let bad = client.post("sync.twilio.com", &items, &form).await;
        assert_eq!(bad.refusal(), (400, 54008), "{below}");
    }
    let serverless = "serverless.twilio.com";
    let (long, longer) = ("a".repeat(50), "a".repeat(51));
    for (name, status) in [
        (long.as_str(), 201),
        (longer.as_str(), 400),
        ("a b", 400),
        ("a.b", 400),
        ("\u{fc}nique", 400),
        ("a-b", 201),
    ] {
        let form = [("UniqueName", name), ("FriendlyName", "f")];
        assert_eq!(
            client.post(serverless, "/v1/Services", &form).await.status,
            status,
            "{name}"
        );
    }
    let service = client.get(serverless, "/v1/Services/a-b").await;
    let environments = format!("/v1/Services/{}/Environments", service.text("sid"));
    for (suffix, status) in [("e 1", 400), ("e_1", 400), ("e1", 201)] {
        let form = [("UniqueName", suffix), ("DomainSuffix", suffix)];
        assert_eq!(
            client.post(serverless, &environments, &form).await.status,
            status,
            "{suffix}"
        );
    }
    let service = client
        .post("messaging.twilio.com", "/v1/Services", &[("FriendlyName", "s")])
        .await;
    let senders = format!("/v1/Services/{}/AlphaSenders", service.text("sid"));
    for name in ["  ", "+-", "12 34"] {
        let refused = client
            .post("messaging.twilio.com", &senders, &[("AlphaSender", name)])
            .await;
        assert_eq!(refused.refusal(), (400, 21709), "{name}");
    }
}

/// <https://www.twilio.com/docs/api/errors/21243>
#[tokio::test]
async fn a_credential_list_has_a_user_name_once() {
    let (handle, client) = simulator().await;
    let lists = format!("/2010-04-01/Accounts/{}/SIP/CredentialLists", handle.account_sid);
    let mut credentials = Vec::new();
    for name in ["a", "b"] {
        let list = client
            .post(API, &format!("{lists}.json"), &[("FriendlyName", name)])
            .await;
        credentials.push(format!("{lists}/{}/Credentials.json", list.text("sid")));
    }
    let form = [("Username", "ann"), ("Password", "Secret0123456")];
    client.post(API, &credentials[0], &form).await.ok();
    assert_eq!(client.post(API, &credentials[0], &form).await.refusal(), (400, 21243));
    client.post(API, &credentials[1], &form).await.ok();
}
