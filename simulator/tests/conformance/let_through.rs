//! What Twilio lets through, and how it reads back.

use serde_json::{Value, json};

use crate::accounts::below;
use crate::support::{API, read, simulator};

const MESSAGING: &str = "messaging.twilio.com";
const CONVERSATIONS: &str = "conversations.twilio.com";

/// <https://www.twilio.com/docs/api/errors/20001>: not recognised, ignored.
#[tokio::test]
async fn unknown_parameters_of_forms_and_queries_are_ignored_and_the_log_names_them() {
    let (handle, client) = simulator().await;
    let queues = below(&handle.account_sid, "Queues");
    let form = [("FriendlyName", "q"), ("Colour", "red"), ("friendlyname", "other")];
    let made = client.post(API, &queues, &form).await.ok();
    assert_eq!(made["friendly_name"], "q");
    let stored = client.control("GET", "objects?host=api.twilio.com", None).await.ok();
    assert!(!stored.to_string().contains("red"), "it is not kept: {stored}");
    let list = client.get(API, &format!("{queues}?Colour=red")).await.ok();
    assert_eq!(list["queues"].as_array().map(Vec::len), Some(1));
    let sid = made["sid"].as_str().expect("a SID");
    let one = below(&handle.account_sid, &format!("Queues/{sid}"));
    // A parameter of another operation is unknown too: php#911 met it with the value of a usage trigger.
    client
        .post(API, &one, &[("MaxSize", "7"), ("DateCreated", "never")])
        .await
        .ok();
    read(client.request("DELETE", API, &one).form(&[("Why", "because")]))
        .await
        .ok();
    let log = client.control("GET", "requests", None).await.ok();
    let ignored: Vec<&Value> = log
        .as_array()
        .expect("a list")
        .iter()
        .map(|line| &line["ignored"])
        .collect();
    assert_eq!(
        ignored,
        [
            &json!(["Colour", "friendlyname"]),
            &json!(["Colour"]),
            &json!(["DateCreated"]),
            &json!(["Why"])
        ]
    );
    let known = client.post(API, &queues, &[("FriendlyName", "q")]).await;
    known.ok();
    let log = client.control("GET", "requests", None).await.ok();
    assert_eq!(log[4].get("ignored"), None, "nothing was");
}

/// Nothing says that JSON bodies may hold what the contract does not know.
#[tokio::test]
async fn unknown_members_of_json_bodies_are_refused() {
    let (_handle, client) = simulator().await;
    let body = json!({"language": "en", "types": {"twilio/text": {"body": "x"}}, "colour": "red"});
    let refused = client
        .send_json("POST", "content.twilio.com", "/v1/Content", &body)
        .await;
    assert_eq!(refused.refusal(), (400, 20001));
}

#[tokio::test]
async fn a_slash_at_the_end_of_a_path_does_not_matter() {
    let (handle, client) = simulator().await;
    let made = client.post(MESSAGING, "/v1/Services/", &[("FriendlyName", "s")]).await;
    let sid = made.text("sid").to_owned();
    for path in ["/v1/Services/", "/v1/Services//", "/v1/Services/?PageSize=5"] {
        let list = client.get(MESSAGING, path).await.ok();
        assert_eq!(list["services"][0]["sid"], sid.as_str(), "{path}");
        let first = list["meta"]["first_page_url"].as_str().expect("a link");
        assert!(
            first.starts_with("https://messaging.twilio.com/v1/Services?"),
            "{first}"
        );
    }
    let one = client.get(MESSAGING, &format!("/v1/Services/{sid}/")).await.ok();
    assert_eq!(one["sid"], sid.as_str());
    let queues = format!("{}/", below(&handle.account_sid, "Queues"));
    client.get(API, &queues).await.ok();
    let service = client
        .post("verify.twilio.com", "/v2/Services", &[("FriendlyName", "v")])
        .await;
    let instance = format!("/v2/Services/{}/MessagingConfigurations/", service.text("sid"));
    let answer = client.get("verify.twilio.com", &instance).await.ok();
    assert_eq!(answer["messaging_configurations"], json!([]), "an empty key is none");
    let log = client.control("GET", "requests", None).await.ok();
    assert_eq!(log[0]["path"], "/v1/Services/", "the log has what was sent");
}

/// The path of older libraries, and the one of today.
#[tokio::test]
async fn the_webhooks_of_an_account_are_at_their_old_path_too() {
    let (_handle, client) = simulator().await;
    let (old, today) = ("/v1/Conversations/Webhooks", "/v1/Configuration/Webhooks");
    let form = [
        ("PreWebhookUrl", "https://example.com/pre"),
        ("Filters", "onMessageAdd"),
    ];
    let written = client.post(CONVERSATIONS, old, &form).await.ok();
    assert_eq!(client.get(CONVERSATIONS, today).await.ok(), written);
    client
        .post(CONVERSATIONS, today, &[("PreWebhookUrl", "https://example.com/other")])
        .await
        .ok();
    let read = client.get(CONVERSATIONS, old).await.ok();
    assert_eq!(read["pre_webhook_url"], "https://example.com/other");
    assert_eq!(read["filters"], json!(["onMessageAdd"]));
    assert_eq!(read["method"], "POST");
    let conversation = client.get(CONVERSATIONS, "/v1/Conversations").await.ok();
    assert_eq!(conversation["conversations"], json!([]), "it is no conversation");
}

/// <https://www.twilio.com/docs/proxy/api/short-code>, which the contract no longer has.
#[tokio::test]
async fn short_codes_of_proxy_services_are_served() {
    let (handle, client) = simulator().await;
    let host = "proxy.twilio.com";
    let service = client.post(host, "/v1/Services", &[("UniqueName", "p")]).await;
    let path = format!("/v1/Services/{}/ShortCodes", service.text("sid"));
    let short_codes = format!("/2010-04-01/Accounts/{}/SMS/ShortCodes", handle.account_sid);
    let sid = client.add(API, &short_codes, json!({"short_code": "12345"})).await;
    let made = client
        .post(host, &path, &[("Sid", &*sid), ("IsReserved", "true")])
        .await
        .ok();
    assert_eq!((&made["sid"], &made["is_reserved"]), (&json!(sid), &json!(false)));
    assert_eq!(made["short_code"], "12345");
    let strange = [("Sid", "SC0123456789abcdef0123456789abcdef")];
    assert_eq!(client.post(host, &path, &strange).await.refusal(), (400, 80606));
    let one = format!("{path}/{sid}");
    client.post(host, &one, &[("IsReserved", "true")]).await.ok();
    assert_eq!(client.get(host, &one).await.ok()["is_reserved"], true);
    client.delete(host, &one).await.ok();
    let list = client.get(host, &path).await.ok();
    assert_eq!(list["short_codes"], json!([]));
}

/// <https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api>: JSON, of which the contract names no member; what
/// is left out stays.
#[tokio::test]
async fn the_configuration_of_flex_is_written_as_json() {
    let (handle, client) = simulator().await;
    let (host, path) = ("flex-api.twilio.com", "/v1/Configuration");
    let body = json!({"account_sid": handle.account_sid, "ui_language": "de", "attributes": {"a": 1}});
    client.send_json("POST", host, path, &body).await.ok();
    let body = json!({"account_sid": handle.account_sid, "ui_version": "2.1.0"});
    client.send_json("POST", host, path, &body).await.ok();
    let read = client.get(host, path).await.ok();
    assert_eq!(
        (&read["ui_language"], &read["ui_version"]),
        (&json!("de"), &json!("2.1.0"))
    );
    assert_eq!(read["attributes"], json!({"a": 1}));
    let form = client.post(host, path, &[("account_sid", &handle.account_sid)]).await;
    assert_eq!(form.refusal(), (415, 20415));
}

/// HTTP methods are taken in any case everywhere. In capitals they read, but where the contract lists small letters: there they
/// read as they were written.
#[tokio::test]
async fn methods_are_taken_in_any_case() {
    let (handle, client) = simulator().await;
    let applications = below(&handle.account_sid, "Applications");
    for method in ["GET", "get", "Get"] {
        let made = client.post(API, &applications, &[("VoiceMethod", method)]).await.ok();
        assert_eq!(made["voice_method"], "GET");
        let service = [("FriendlyName", "s"), ("InboundMethod", method)];
        let made = client.post(MESSAGING, "/v1/Services", &service).await.ok();
        assert_eq!(made["inbound_method"], "GET");
    }
    let refused = client.post(API, &applications, &[("VoiceMethod", "FETCH")]).await;
    assert_eq!(refused.refusal(), (400, 20001));
    let conversation = client.post(CONVERSATIONS, "/v1/Conversations", &[]).await;
    let hooks = format!("/v1/Conversations/{}/Webhooks", conversation.text("sid"));
    for method in ["POST", "post", "GET", "get"] {
        let form = [
            ("Target", "webhook"),
            ("Configuration.Url", "https://example.com"),
            ("Configuration.Filters", "onMessageAdded"),
            ("Configuration.Method", method),
        ];
        let made = client.post(CONVERSATIONS, &hooks, &form).await.ok();
        assert_eq!(made["configuration"]["method"], method);
        let address = format!("+1415555010{}", method.len());
        let form = [
            ("Type", "sms"),
            ("Address", &address),
            ("AutoCreation.WebhookMethod", method),
        ];
        let made = client.post(CONVERSATIONS, "/v1/Configuration/Addresses", &form).await;
        if made.status < 300 {
            assert_eq!(made.body["auto_creation"]["webhook_method"], method);
        }
    }
    let form = [("Target", "webhook"), ("Configuration.Method", "put")];
    assert_eq!(client.post(CONVERSATIONS, &hooks, &form).await.refusal(), (400, 20001));
}

/// Flags of push credentials read as words with a capital letter, as in the examples of the contract.
#[tokio::test]
async fn the_sandbox_of_a_push_credential_reads_as_a_word() {
    let (_handle, client) = simulator().await;
    for (host, path) in [
        (CONVERSATIONS, "/v1/Credentials"),
        ("chat.twilio.com", "/v2/Credentials"),
        ("ip-messaging.twilio.com", "/v2/Credentials"),
        ("notify.twilio.com", "/v1/Credentials"),
    ] {
        for (sent, shown) in [("true", "True"), ("false", "False"), ("True", "True")] {
            let form = [("Type", "apn"), ("Sandbox", sent)];
            let made = client.post(host, path, &form).await;
            assert_eq!(made.text("sandbox"), shown, "{host}");
            let one = format!("{path}/{}", made.text("sid"));
            assert_eq!(client.get(host, &one).await.text("sandbox"), shown);
            let other = if shown == "True" { "False" } else { "True" };
            let changed = client.post(host, &one, &[("Sandbox", &other.to_lowercase())]).await;
            assert_eq!(changed.text("sandbox"), other);
        }
    }
}

/// The contract's example of a search shows places as texts with six digits.
#[tokio::test]
async fn the_place_of_a_number_for_sale_reads_as_text() {
    let (handle, client) = simulator().await;
    let path = below(&handle.account_sid, "AvailablePhoneNumbers/US/Local");
    let found = client.get(API, &path).await.ok();
    let first = &found["available_phone_numbers"][0];
    for name in ["latitude", "longitude"] {
        let text = first[name].as_str().unwrap_or_else(|| panic!("{name} of {first}"));
        let (_, digits) = text.split_once('.').expect("a point");
        assert_eq!(digits.len(), 6, "{text}");
        text.parse::<f64>().expect("a number");
    }
}

/// <https://github.com/twilio/flex-plugin-builder>, the client of releases: the active one is found by that word.
#[tokio::test]
async fn the_active_release_of_flex_is_found_by_that_word() {
    let (_handle, client) = simulator().await;
    let (host, releases) = ("flex-api.twilio.com", "/v1/PluginService/Releases");
    for word in ["active", "Active"] {
        let none = client.get(host, &format!("{releases}/{word}")).await;
        assert_eq!(none.refusal(), (404, 20404));
    }
    for name in ["one", "two"] {
        let configuration = client
            .post(host, "/v1/PluginService/Configurations", &[("Name", name)])
            .await;
        let form = [("ConfigurationId", configuration.text("sid"))];
        let made = client.post(host, releases, &form).await.ok();
        for word in ["active", "Active"] {
            assert_eq!(client.get(host, &format!("{releases}/{word}")).await.ok(), made);
        }
    }
    let other = client.get(host, &format!("{releases}/latest")).await;
    assert_eq!(other.refusal(), (404, 20404));
}

/// The contract's examples: written as JSON texts, read as objects.
#[tokio::test]
async fn some_json_texts_read_as_what_they_say() {
    let (_handle, client) = simulator().await;
    let form = [
        ("ModuleInfo", r#"{"tag": "a"}"#),
        ("Configuration", r#"{"buttons": []}"#),
    ];
    let made = client.post("marketplace.twilio.com", "/v1/Listings", &form).await.ok();
    assert_eq!(made["module_info"], json!({"tag": "a"}));
    assert_eq!(made["configuration"], json!({"buttons": []}));
    let form = [
        ("CategoryId", "c"),
        ("CategoryName", "n"),
        ("Comment", r#"{"comment": "good"}"#),
        ("SegmentId", "s"),
        ("AgentId", "a"),
        ("Offset", "1.5"),
    ];
    let path = "/v1/Insights/QualityManagement/Assessments/Comments";
    let made = client.post("flex-api.twilio.com", path, &form).await.ok();
    assert_eq!(made["comment"], json!({"comment": "good"}));
}
