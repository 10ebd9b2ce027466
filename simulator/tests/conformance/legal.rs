//! Texts that are JSON or an address and nothing else, entries of what is gone, and SIDs beside natural keys.

use serde_json::Value;

use crate::accounts::below;
use crate::support::{API, Client, simulator};

const CHAT: &str = "chat.twilio.com";
const CONVERSATIONS: &str = "conversations.twilio.com";
const TASKROUTER: &str = "taskrouter.twilio.com";

async fn made(client: &Client, host: &str, collection: &str, form: &[(&str, &str)]) -> String {
    let made = client.post(host, collection, form).await;
    format!("{collection}/{}", made.text("sid"))
}

/// <https://www.twilio.com/docs/api/errors/50304>
#[tokio::test]
async fn attributes_are_json_wherever_there_are_any() {
    let (_handle, client) = simulator().await;
    let chat = made(&client, CHAT, "/v2/Services", &[("FriendlyName", "s")]).await;
    let channel = made(&client, CHAT, &format!("{chat}/Channels"), &[]).await;
    let service = made(&client, CONVERSATIONS, "/v1/Services", &[("FriendlyName", "s")]).await;
    let of_service = made(&client, CONVERSATIONS, &format!("{service}/Conversations"), &[]).await;
    let conversation = made(&client, CONVERSATIONS, "/v1/Conversations", &[]).await;
    let workspace = made(
        &client,
        TASKROUTER,
        "/v1/Workspaces",
        &[("FriendlyName", "w"), ("Template", "FIFO")],
    )
    .await;
    let of_chat = (400, 50304);
    for (host, collection, form, parameter, refusal) in [
        (
            CHAT,
            format!("{chat}/Users"),
            vec![("Identity", "a")],
            "Attributes",
            of_chat,
        ),
        (CHAT, format!("{chat}/Channels"), vec![], "Attributes", of_chat),
        (
            CHAT,
            format!("{channel}/Members"),
            vec![("Identity", "a")],
            "Attributes",
            of_chat,
        ),
        (
            CHAT,
            format!("{channel}/Messages"),
            vec![("Body", "b")],
            "Attributes",
            of_chat,
        ),
        (
            CONVERSATIONS,
            "/v1/Users".to_owned(),
            vec![("Identity", "a")],
            "Attributes",
            of_chat,
        ),
        (
            CONVERSATIONS,
            format!("{service}/Users"),
            vec![("Identity", "a")],
            "Attributes",
            of_chat,
        ),
        (
            CONVERSATIONS,
            format!("{of_service}/Participants"),
            vec![("Identity", "a")],
            "Attributes",
            of_chat,
        ),
        (
            CONVERSATIONS,
            format!("{of_service}/Messages"),
            vec![("Body", "b")],
            "Attributes",
            of_chat,
        ),
        (
            CONVERSATIONS,
            format!("{conversation}/Participants"),
            vec![("Identity", "a")],
            "Attributes",
            of_chat,
        ),
        (
            CONVERSATIONS,
            format!("{conversation}/Messages"),
            vec![("Body", "b")],
            "Attributes",
            of_chat,
        ),
        (
            TASKROUTER,
            format!("{workspace}/Workers"),
            vec![("FriendlyName", "a")],
            "Attributes",
            (400, 20001),
        ),
        (
            TASKROUTER,
            format!("{workspace}/Tasks"),
            vec![],
            "Attributes",
            (400, 20001),
        ),
        (
            TASKROUTER,
            format!("{workspace}/Workflows"),
            vec![("FriendlyName", "a")],
            "Configuration",
            (400, 20001),
        ),
    ] {
        let mut wrong = form.clone();
        wrong.push((parameter, "{not json"));
        let refused = client.post(host, &collection, &wrong).await;
        assert_eq!(refused.refusal(), refusal, "{host}{collection}");
        let mut right = form.clone();
        right.push((parameter, "{\"a\": [1, null]}"));
        let one = made(&client, host, &collection, &right).await;
        let refused = client.post(host, &one, &[(parameter, "x")]).await;
        assert_eq!(refused.refusal(), refusal, "{host}{one}");
    }
}

/// The contract's text on each of these parameters.
#[tokio::test]
async fn what_the_contract_calls_json_is_json() {
    let (handle, client) = simulator().await;
    type Line<'a> = (&'a str, String, Vec<(&'a str, &'a str)>, &'a str, &'a str, u64);
    let mut lines: Vec<Line<'_>> = Vec::new();
    for host in [CHAT, "ip-messaging.twilio.com"] {
        for version in ["v1", "v2"] {
            let services = format!("/{version}/Services");
            let service = made(&client, host, &services, &[("FriendlyName", "s")]).await;
            let named = vec![("FriendlyName", "c"), ("UniqueName", "c")];
            let channel = made(&client, host, &format!("{service}/Channels"), &named).await;
            let named = vec![("FriendlyName", "d"), ("UniqueName", "d")];
            let user = vec![("Identity", "a")];
            let body = vec![("Body", "b")];
            for (place, form) in [
                (format!("{service}/Channels"), named),
                (format!("{service}/Users"), user),
                (format!("{channel}/Messages"), body),
            ] {
                lines.push((host, place, form, "Attributes", "{}", 50304));
            }
        }
    }
    let conversation = made(&client, CONVERSATIONS, "/v1/Conversations", &[]).await;
    let verify = made(&client, "verify.twilio.com", "/v2/Services", &[("FriendlyName", "v")]).await;
    let notify = made(&client, "notify.twilio.com", "/v1/Services", &[]).await;
    let call = client
        .add(
            API,
            &below(&handle.account_sid, "Calls"),
            Value::Object(serde_json::Map::new()),
        )
        .await;
    let messages = format!("Calls/{call}/UserDefinedMessages");
    let verifications = format!("{verify}/Verifications");
    let to = [("To", "+14155550100"), ("Channel", "sms")];
    lines.extend([
        (
            CONVERSATIONS,
            format!("{conversation}/Messages"),
            vec![("ContentSid", "HX00000000000000000000000000000001")],
            "ContentVariables",
            "{}",
            20001,
        ),
        (
            "verify.twilio.com",
            verifications.clone(),
            to.to_vec(),
            "Tags",
            "{}",
            20001,
        ),
        (
            "verify.twilio.com",
            verifications.clone(),
            to.to_vec(),
            "TemplateCustomSubstitutions",
            "{}",
            20001,
        ),
        (
            "verify.twilio.com",
            verifications,
            to.to_vec(),
            "Templates",
            "[]",
            20001,
        ),
        (
            "notify.twilio.com",
            format!("{notify}/Notifications"),
            vec![("Body", "b")],
            "ToBinding",
            "{}",
            20001,
        ),
        (
            "media.twilio.com",
            "/v1/MediaProcessors".to_owned(),
            vec![("Extension", "e")],
            "ExtensionContext",
            "{}",
            20001,
        ),
        (
            API,
            below(&handle.account_sid, &messages),
            vec![],
            "Content",
            "{}",
            20001,
        ),
    ]);
    for (host, place, form, parameter, right, code) in lines {
        let sent = |value| form.iter().copied().chain([(parameter, value)]).collect::<Vec<_>>();
        let refused = client.post(host, &place, &sent("{bad")).await;
        assert_eq!(refused.refusal(), (400, code), "{host}{place} {parameter}");
        client.post(host, &place, &sent(right)).await.ok();
    }
    for parameter in ["ModuleInfo", "Configuration"] {
        let host = "marketplace.twilio.com";
        let refused = client.post(host, "/v1/Listings", &[(parameter, "{bad")]).await;
        assert_eq!(refused.refusal(), (400, 20001), "{parameter}");
        client.post(host, "/v1/Listings", &[(parameter, "{}")]).await.ok();
    }
}

/// What does not exist is mapped nowhere.
#[tokio::test]
async fn a_list_stays_while_a_domain_has_it_and_leaves_its_trunks() {
    let (handle, client) = simulator().await;
    let api = |path: &str| below(&handle.account_sid, path);
    let list = client
        .post(API, &api("SIP/CredentialLists"), &[("FriendlyName", "l")])
        .await;
    let access = client
        .post(API, &api("SIP/IpAccessControlLists"), &[("FriendlyName", "a")])
        .await;
    let domain = client
        .post(API, &api("SIP/Domains"), &[("DomainName", "mapped.sip.twilio.com")])
        .await;
    let trunk = made(&client, "trunking.twilio.com", "/v1/Trunks", &[]).await;
    let of_domain = |part: &str| api(&format!("SIP/Domains/{}/{part}", domain.text("sid")));
    let places: Vec<(&str, String, &str, &str)> = vec![
        (
            API,
            of_domain("CredentialListMappings"),
            "CredentialListSid",
            list.text("sid"),
        ),
        (
            API,
            of_domain("Auth/Calls/CredentialListMappings"),
            "CredentialListSid",
            list.text("sid"),
        ),
        (
            API,
            of_domain("Auth/Registrations/CredentialListMappings"),
            "CredentialListSid",
            list.text("sid"),
        ),
        (
            API,
            of_domain("IpAccessControlListMappings"),
            "IpAccessControlListSid",
            access.text("sid"),
        ),
        (
            API,
            of_domain("Auth/Calls/IpAccessControlListMappings"),
            "IpAccessControlListSid",
            access.text("sid"),
        ),
        (
            "trunking.twilio.com",
            format!("{trunk}/CredentialLists"),
            "CredentialListSid",
            list.text("sid"),
        ),
        (
            "trunking.twilio.com",
            format!("{trunk}/IpAccessControlLists"),
            "IpAccessControlListSid",
            access.text("sid"),
        ),
    ];
    for (host, place, parameter, sid) in &places {
        let added = client.post(host, place, &[(parameter, sid)]).await;
        // Of its two paths only one takes a list of addresses.
        assert!(
            added.status == 201 || added.refusal() == (400, 21231),
            "{place}: {added:?}"
        );
    }
    let one = |part: &str, sid: &str| api(&format!("{part}/{sid}"));
    let lists = [
        (one("SIP/CredentialLists", list.text("sid")), 21241),
        (one("SIP/IpAccessControlLists", access.text("sid")), 21236),
    ];
    for (path, code) in &lists {
        assert_eq!(
            client.delete(API, path).await.refusal(),
            (400, *code),
            "a domain has it"
        );
    }
    for (host, place, _, sid) in places.iter().filter(|(host, ..)| *host == API) {
        // Old and new paths show the same mappings, so some are gone with their other name.
        let entries = place.trim_end_matches(".json");
        client.delete(host, &format!("{entries}/{sid}.json")).await;
    }
    for (path, _) in &lists {
        assert_eq!(client.delete(API, path).await.status, 204, "{path}");
    }
    for (host, place, _, sid) in &places {
        let listed = client.get(host, place).await.ok();
        assert!(!listed.to_string().contains(sid), "{host}{place}: {listed}");
    }
    let path = one("SIP/Domains", domain.text("sid"));
    assert_eq!(client.get(API, &path).await.text("auth_type"), "");
}

/// <https://www.twilio.com/docs/voice/sip/api/sip-ipaddress-resource>
#[tokio::test]
async fn an_address_of_a_list_is_one_of_the_fourth_version() {
    let (handle, client) = simulator().await;
    let list = client
        .post(
            API,
            &below(&handle.account_sid, "SIP/IpAccessControlLists"),
            &[("FriendlyName", "a")],
        )
        .await;
    let part = format!("SIP/IpAccessControlLists/{}/IpAddresses", list.text("sid"));
    let addresses = below(&handle.account_sid, &part);
    for (address, prefix, fits) in [
        ("10.0.0.1", "32", true),
        ("0.0.0.0", "1", true),
        ("192.168.100.255", "8", true),
        ("300.1.1.1", "32", false),
        ("10.0.0", "32", false),
        ("example.com", "32", false),
        ("10.0.0.1", "33", false),
        ("10.0.0.1", "0", false),
    ] {
        let form = [
            ("FriendlyName", "i"),
            ("IpAddress", address),
            ("CidrPrefixLength", prefix),
        ];
        let answer = client.post(API, &addresses, &form).await;
        match fits {
            true => assert_eq!(answer.status, 201, "{address}/{prefix}: {answer:?}"),
            false => assert_eq!(answer.refusal(), (400, 21238), "{address}/{prefix}"),
        }
    }
}

/// <https://www.twilio.com/docs/verify/api/entity>
#[tokio::test]
async fn an_entity_has_a_sid_beside_its_identity_and_its_factors_show_it() {
    let (_handle, client) = simulator().await;
    let host = "verify.twilio.com";
    let service = made(&client, host, "/v2/Services", &[("FriendlyName", "v")]).await;
    let entity = client
        .post(host, &format!("{service}/Entities"), &[("Identity", "somebody-1")])
        .await;
    assert!(entity.text("sid").starts_with("YE"), "{entity:?}");
    let one = format!("{service}/Entities/somebody-1");
    assert_eq!(client.get(host, &one).await.body["sid"], entity.body["sid"]);
    let form = [("FriendlyName", "f"), ("FactorType", "totp")];
    let factor = client.post(host, &format!("{one}/Factors"), &form).await;
    assert_eq!(factor.body["entity_sid"], entity.body["sid"]);
    let verified = serde_json::json!({"status": "verified"});
    let place = serde_urlencoded::to_string([
        ("host", host),
        ("path", &format!("{one}/Factors/{}", factor.text("sid"))),
    ]);
    let place = format!("objects?{}", place.expect("texts"));
    client.control("PATCH", &place, Some(verified)).await.ok();
    let challenge = client
        .post(host, &format!("{one}/Challenges"), &[("FactorSid", factor.text("sid"))])
        .await;
    assert_eq!(challenge.body["entity_sid"], entity.body["sid"]);
    assert_ne!(challenge.body["expiration_date"], Value::Null);
}
