//! What the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio> saw of the real Twilio, where no other test of
//! this folder has it: what is fixed, what may change, what an empty text clears, which values are taken.

use serde_json::{Value, json};

use crate::accounts::below;
use crate::support::{API, Answer, Client, KEY_OF_AWS, PUBLIC_KEY, simulator};

type Form<'a> = &'a [(&'a str, &'a str)];

/// Host and path of a new object.
async fn made(client: &Client, host: &str, path: &str, form: Form<'_>) -> String {
    let made = client.post(host, path, form).await;
    format!("{path}/{}", made.text("sid"))
}

fn is_unset(value: &Value) -> bool {
    value.is_null() || value == ""
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == 400
}

/// chat/Service, chat/ChannelWebhook, chat/User: a create takes the name and nothing else, the type of a hook is fixed, a role stays.
#[tokio::test]
async fn chat() {
    let (_handle, client) = simulator().await;
    let host = "chat.twilio.com";
    let form = [("FriendlyName", "s"), ("ReachabilityEnabled", "true")];
    let service = client.post(host, "/v2/Services", &form).await.ok();
    assert_eq!(service["reachability_enabled"], false, "only an update sets it");
    let service = format!("/v2/Services/{}", service["sid"].as_str().expect("a SID"));
    for flag in ["true", "false"] {
        let changed = client.post(host, &service, &[("ReachabilityEnabled", flag)]).await.ok();
        assert_eq!(changed["reachability_enabled"].to_string(), flag);
    }
    let channels = format!("{service}/Channels");
    let channel = client.post(host, &channels, &[]).await.ok();
    assert!(is_unset(&channel["unique_name"]));
    let hooks = format!("{channels}/{}/Webhooks", channel["sid"].as_str().expect("a SID"));
    let hook = |retries: &'static str| {
        [
            ("Type", "webhook"),
            ("Configuration.Url", "https://example.com"),
            ("Configuration.Filters", "onMessageSent"),
            ("Configuration.Filters", "onMessageUpdated"),
            ("Configuration.RetryCount", retries),
        ]
    };
    assert!(is_refused(&client.post(host, &hooks, &hook("4")).await));
    let one = made(&client, host, &hooks, &hook("3")).await;
    client
        .post(host, &one, &[("Type", "trigger"), ("Configuration.RetryCount", "0")])
        .await
        .ok();
    let read = client.get(host, &one).await.ok();
    assert_eq!(
        (&read["type"], &read["configuration"]["retry_count"]),
        (&json!("webhook"), &json!(0))
    );
    assert_eq!(
        read["configuration"]["filters"],
        json!(["onMessageSent", "onMessageUpdated"])
    );
    let trigger = [
        ("Type", "trigger"),
        ("Configuration.Url", "https://example.com"),
        ("Configuration.Triggers", "a"),
        ("Configuration.Triggers", "b"),
    ];
    let trigger = client.post(host, &hooks, &trigger).await.ok();
    assert_eq!(trigger["configuration"]["triggers"], json!(["a", "b"]));
    let user = client
        .post(
            host,
            &format!("{service}/Users"),
            &[("Identity", "ada"), ("FriendlyName", "f")],
        )
        .await
        .ok();
    let one = format!("{service}/Users/{}", user["sid"].as_str().expect("a SID"));
    let changed = client.post(host, &one, &[("FriendlyName", "")]).await.ok();
    assert!(is_unset(&changed["friendly_name"]));
    assert_eq!(changed["role_sid"], user["role_sid"], "what is left out stays");
}

/// conversations/Service, AddressConfiguration, PushCredential
#[tokio::test]
async fn conversations() {
    let (_handle, client) = simulator().await;
    let host = "conversations.twilio.com";
    let service = made(&client, host, "/v1/Services", &[("FriendlyName", "s")]).await;
    assert_eq!(client.post(host, &service, &[("FriendlyName", "t")]).await.status, 405);
    for settings in ["Configuration", "Configuration/Notifications", "Configuration/Webhooks"] {
        let path = format!("{service}/{settings}");
        client.get(host, &path).await.ok();
        assert_eq!(
            client.delete(host, &path).await.status,
            405,
            "{settings} is there for good"
        );
    }
    let addresses = "/v1/Configuration/Addresses";
    let form = [
        ("Type", "sms"),
        ("Address", "+14155550100"),
        ("AutoCreation.Enabled", "true"),
        ("AutoCreation.Type", "webhook"),
        ("AutoCreation.WebhookUrl", "https://example.com"),
    ];
    let address = made(&client, host, addresses, &form).await;
    let read = client.get(host, &address).await.ok();
    assert!(
        is_unset(&read["auto_creation"]["conversation_service_sid"]),
        "no service of its own"
    );
    let flow = format!("FW{}", "0".repeat(32));
    let form = [("AutoCreation.Type", "studio"), ("AutoCreation.StudioFlowSid", &*flow)];
    let changed = client.post(host, &address, &form).await.ok();
    assert_eq!(changed["auto_creation"]["type"], "studio");
    assert_eq!(changed["type"], "sms");
    let long = "n".repeat(65);
    for (name, is_taken) in [("n", true), (&long[..64], true), (&*long, false)] {
        let form = [("Type", "fcm"), ("FriendlyName", name), ("Secret", "hidden")];
        let answer = client.post(host, "/v1/Credentials", &form).await;
        assert_eq!(answer.status == 201, is_taken, "{} characters", name.len());
        assert!(
            !answer.body.to_string().contains("hidden"),
            "a secret is never answered"
        );
    }
}

/// flex/Plugin, flex/FlexFlow
#[tokio::test]
async fn flex() {
    let (_handle, client) = simulator().await;
    let host = "flex-api.twilio.com";
    for (path, form) in [
        ("/v1/PluginService/Plugins", [("UniqueName", "p")]),
        ("/v1/PluginService/Configurations", [("Name", "c")]),
    ] {
        let one = made(&client, host, path, &form).await;
        assert_eq!(
            client.delete(host, &one).await.status,
            405,
            "{path} are archived, never deleted"
        );
    }
    let chat = format!("IS{}", "0".repeat(32));
    for (retries, is_taken) in [("0", true), ("3", true), ("4", false)] {
        let form = [
            ("ChannelType", "web"),
            ("FriendlyName", "f"),
            ("ChatServiceSid", &*chat),
            ("IntegrationType", "external"),
            ("Integration.Url", "https://example.com"),
            ("Integration.RetryCount", retries),
        ];
        let answer = client.post(host, "/v1/FlexFlows", &form).await;
        assert_eq!(answer.status == 201, is_taken, "{retries} retries");
    }
}

/// account/Address, account/SubAccount, iam/APIKey, voice/Queue, sip/*, phone_number
#[tokio::test]
async fn the_2010_api() {
    let (handle, client) = simulator().await;
    let account = &*handle.account_sid;
    let at = |path: &str| below(account, path);
    let home = [
        ("CustomerName", "Ada"),
        ("Street", "1 Main St"),
        ("City", "San Francisco"),
        ("Region", "CA"),
        ("PostalCode", "94107"),
        ("IsoCountry", "US"),
    ];
    let address = client.post(API, &at("Addresses"), &home).await.ok();
    assert_eq!(address["emergency_enabled"], false);
    assert!(address["validated"].is_boolean() && address["verified"].is_boolean());
    let one = at(&format!("Addresses/{}", address["sid"].as_str().expect("a SID")));
    client.post(API, &one, &[("IsoCountry", "GB")]).await.ok();
    assert_eq!(
        client.get(API, &one).await.ok()["iso_country"],
        "US",
        "the country is fixed"
    );

    let child = client
        .post(API, "/2010-04-01/Accounts.json", &[("FriendlyName", "c")])
        .await;
    let read = format!("/2010-04-01/Accounts/{}.json", child.text("sid"));
    let read = client.get(API, &read).await;
    assert_eq!(read.text("owner_account_sid"), account);
    assert_eq!(read.text("auth_token"), child.text("auth_token"));

    let key = client
        .post(
            "iam.twilio.com",
            "/v1/Keys",
            &[("AccountSid", account), ("FriendlyName", "k")],
        )
        .await;
    let key = format!("/v1/Keys/{}", key.text("sid"));
    let changed = client.post("iam.twilio.com", &key, &[("FriendlyName", "")]).await;
    assert_eq!(changed.text("friendly_name"), "");

    let queue = client.post(API, &at("Queues"), &[("FriendlyName", "q")]).await.ok();
    assert_eq!(queue["max_size"], 100);
    for (size, is_taken) in [("0", false), ("1", true), ("5000", true), ("5001", false)] {
        let form = [("FriendlyName", size), ("MaxSize", size)];
        assert_eq!(
            client.post(API, &at("Queues"), &form).await.status == 201,
            is_taken,
            "{size}"
        );
    }

    let domain = client
        .post(API, &at("SIP/Domains"), &[("DomainName", "a.sip.twilio.com")])
        .await;
    let domain = at(&format!("SIP/Domains/{}", domain.text("sid")));
    let form = [
        ("DomainName", "b.sip.twilio.com"),
        ("VoiceUrl", "https://example.com"),
        ("VoiceMethod", "GET"),
        ("Secure", "true"),
        ("SipRegistration", "true"),
    ];
    client.post(API, &domain, &form).await.ok();
    let form = [
        ("VoiceUrl", ""),
        ("VoiceMethod", ""),
        ("Secure", "false"),
        ("SipRegistration", "false"),
    ];
    let back = client.post(API, &domain, &form).await.ok();
    assert_eq!(back["domain_name"], "b.sip.twilio.com");
    assert!(is_unset(&back["voice_url"]));
    assert_eq!(
        (&back["secure"], &back["sip_registration"]),
        (&json!(false), &json!(false))
    );
    for method in ["voice_method", "voice_fallback_method", "voice_status_callback_method"] {
        assert_eq!(back[method], "POST", "{method}, as at the start");
    }

    let list = client
        .post(API, &at("SIP/IpAccessControlLists"), &[("FriendlyName", "l")])
        .await;
    let entries = format!("SIP/IpAccessControlLists/{}/IpAddresses", list.text("sid"));
    let entry = client
        .post(API, &at(&entries), &[("FriendlyName", "e"), ("IpAddress", "192.0.2.1")])
        .await;
    let entry = at(&format!("{entries}/{}", entry.text("sid")));
    let changed = client
        .post(API, &entry, &[("IpAddress", "192.0.2.2"), ("CidrPrefixLength", "24")])
        .await
        .ok();
    assert_eq!(
        (&changed["ip_address"], &changed["cidr_prefix_length"]),
        (&json!("192.0.2.2"), &json!(24))
    );

    let list = client
        .post(API, &at("SIP/CredentialLists"), &[("FriendlyName", "l")])
        .await;
    let entries = format!("SIP/CredentialLists/{}/Credentials", list.text("sid"));
    let form = [("Username", "ada"), ("Password", "IWasAtSignal2018")];
    let entry = client.post(API, &at(&entries), &form).await;
    assert!(
        !entry.body.to_string().contains("IWasAtSignal"),
        "a password is never answered"
    );
    let entry = at(&format!("{entries}/{}", entry.text("sid")));
    let form = [("Username", "bob"), ("Password", "IWasAtSignal2019")];
    assert_eq!(
        client.post(API, &entry, &form).await.text("username"),
        "ada",
        "a user name is fixed"
    );

    let form = [("AreaCode", "415"), ("FriendlyName", "n")];
    let number = client.post(API, &at("IncomingPhoneNumbers"), &form).await;
    let number = at(&format!("IncomingPhoneNumbers/{}", number.text("sid")));
    let changed = client
        .post(API, &number, &[("VoiceUrl", "https://example.com")])
        .await
        .ok();
    assert_eq!(changed["friendly_name"], "n", "what is left out stays");
    for unset in [
        "sms_url",
        "voice_application_sid",
        "trunk_sid",
        "bundle_sid",
        "identity_sid",
    ] {
        assert!(is_unset(&changed[unset]), "{unset}");
    }
    let one = client
        .get(API, &format!("{}?PageSize=1", at("AvailablePhoneNumbers/US/Local")))
        .await
        .ok();
    assert_eq!(one["available_phone_numbers"].as_array().map(Vec::len), Some(1));
    let none = client.get(API, &at("AvailablePhoneNumbers/US/Mobile")).await;
    assert_eq!(none.refusal(), (404, 20404), "a kind that the country has not");
}

/// proxy/Service, serverless/*, sync/Service
#[tokio::test]
async fn proxy_serverless_and_sync() {
    let (_handle, client) = simulator().await;
    let host = "proxy.twilio.com";
    let form = [
        ("UniqueName", "p"),
        ("CallbackUrl", "https://example.com"),
        ("InterceptCallbackUrl", "https://example.com"),
        ("OutOfSessionCallbackUrl", "https://example.com"),
        ("ChatInstanceSid", "IS0123456789abcdef0123456789abcdef"),
        ("DefaultTtl", "60"),
    ];
    let service = made(&client, host, "/v1/Services", &form).await;
    let form = [
        ("UniqueName", "q"),
        ("CallbackUrl", ""),
        ("InterceptCallbackUrl", ""),
        ("OutOfSessionCallbackUrl", ""),
        ("ChatInstanceSid", ""),
        ("DefaultTtl", "0"),
    ];
    let back = client.post(host, &service, &form).await.ok();
    for cleared in [
        "callback_url",
        "intercept_callback_url",
        "out_of_session_callback_url",
        "chat_instance_sid",
    ] {
        assert!(is_unset(&back[cleared]), "{cleared}");
    }
    assert_eq!((&back["unique_name"], &back["default_ttl"]), (&json!("q"), &json!(0)));
    for (length, is_taken) in [(191, true), (192, false)] {
        let answer = client
            .post(host, "/v1/Services", &[("UniqueName", &"n".repeat(length))])
            .await;
        assert_eq!(answer.status == 201, is_taken, "{length}");
    }

    let host = "serverless.twilio.com";
    let form = |name: &'static str| [("UniqueName", name), ("FriendlyName", "s")];
    let service = client.post(host, "/v1/Services", &form("owls")).await.ok();
    let base = service["domain_base"].as_str().expect("a base");
    assert!(
        base.starts_with("owls-") && base[5..].bytes().all(|byte| byte.is_ascii_digit()),
        "{base}"
    );
    let service = format!("/v1/Services/{}", service["sid"].as_str().expect("a SID"));
    client.post(host, &service, &form("crows")).await.ok();
    assert_eq!(
        client.get(host, &service).await.ok()["unique_name"],
        "owls",
        "it is fixed"
    );
    let environments = format!("{service}/Environments");
    for (length, is_taken) in [(1, true), (16, true), (17, false)] {
        let (name, suffix) = (format!("e{length}"), "s".repeat(length));
        let form = [("UniqueName", &*name), ("DomainSuffix", &*suffix)];
        let answer = client.post(host, &environments, &form).await;
        assert_eq!(answer.status == 201, is_taken, "{length}");
    }
    let environment = made(&client, host, &environments, &[("UniqueName", "plain")]).await;
    let read = client.get(host, &environment).await.ok();
    assert!(
        is_unset(&read["build_sid"]) && is_unset(&read["domain_suffix"]),
        "{read}"
    );
    assert_eq!(
        client.post(host, &environment, &[("UniqueName", "x")]).await.status,
        405
    );
    let variables = format!("{environment}/Variables");
    let variable = made(&client, host, &variables, &[("Key", "K"), ("Value", "v")]).await;
    let changed = client.post(host, &variable, &[("Key", "L"), ("Value", "w")]).await.ok();
    assert_eq!((&changed["key"], &changed["value"]), (&json!("L"), &json!("w")));

    let host = "sync.twilio.com";
    let form = [("FriendlyName", "f"), ("WebhookUrl", "https://example.com")];
    let service = made(&client, host, "/v1/Services", &form).await;
    let back = client
        .post(host, &service, &[("FriendlyName", ""), ("WebhookUrl", "")])
        .await
        .ok();
    assert!(
        is_unset(&back["friendly_name"]) && is_unset(&back["webhook_url"]),
        "{back}"
    );
    for (window, is_taken) in [("999", false), ("1000", true), ("30000", true), ("30001", false)] {
        let answer = client
            .post(host, &service, &[("ReachabilityDebouncingWindow", window)])
            .await;
        assert_eq!(answer.status == 200, is_taken, "{window}");
    }
}

/// taskrouter/*
#[tokio::test]
async fn taskrouter() {
    let (_handle, client) = simulator().await;
    let host = "taskrouter.twilio.com";
    let workspace = client.post(host, "/v1/Workspaces", &[("FriendlyName", "w")]).await.ok();
    let activity = workspace["default_activity_sid"].as_str().expect("a SID");
    let above = format!("/v1/Workspaces/{}", workspace["sid"].as_str().expect("a SID"));
    let form = [
        ("EventsFilter", "task.created,task.deleted"),
        ("EventCallbackUrl", "https://example.com"),
    ];
    let changed = client.post(host, &above, &form).await.ok();
    assert_eq!(
        changed["events_filter"], "task.created,task.deleted",
        "one text with commas"
    );
    assert_eq!(
        changed["timeout_activity_sid"], workspace["timeout_activity_sid"],
        "what is left out stays"
    );
    let changed = client.post(host, &above, &[("EventsFilter", "")]).await.ok();
    assert!(is_unset(&changed["events_filter"]));
    assert_eq!(
        changed["event_callback_url"], "https://example.com",
        "independent of each other"
    );
    for (query, expected) in [
        ("FriendlyName=Offline", json!(["Offline"])),
        ("Available=true", json!(["Available"])),
        ("FriendlyName=Offline&Available=true", json!([])),
    ] {
        let list = client.get(host, &format!("{above}/Activities?{query}")).await.ok();
        let names: Vec<_> = list["activities"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["friendly_name"].clone())
            .collect();
        assert_eq!(json!(names), expected, "{query}");
    }
    let queues = format!("{above}/TaskQueues");
    for (workers, is_taken) in [("0", false), ("1", true), ("50", true), ("51", false)] {
        let form = [("FriendlyName", workers), ("MaxReservedWorkers", workers)];
        assert_eq!(
            client.post(host, &queues, &form).await.status == 201,
            is_taken,
            "{workers}"
        );
    }
    let form = [
        ("FriendlyName", "q"),
        ("AssignmentActivitySid", activity),
        ("ReservationActivitySid", activity),
    ];
    let queue = made(&client, host, &queues, &form).await;
    let form = [("AssignmentActivitySid", ""), ("ReservationActivitySid", "")];
    let back = client.post(host, &queue, &form).await.ok();
    for cleared in [
        "assignment_activity_sid",
        "assignment_activity_name",
        "reservation_activity_sid",
        "reservation_activity_name",
    ] {
        assert!(is_unset(&back[cleared]), "{cleared}");
    }
    let workflows = format!("{above}/Workflows");
    for (timeout, is_taken) in [("0", false), ("1", true), ("86400", true), ("86401", false)] {
        let form = [
            ("FriendlyName", timeout),
            ("Configuration", "{}"),
            ("TaskReservationTimeout", timeout),
        ];
        assert_eq!(
            client.post(host, &workflows, &form).await.status == 201,
            is_taken,
            "{timeout}"
        );
    }
    let form = [
        ("FriendlyName", "f"),
        ("Configuration", "{}"),
        ("AssignmentCallbackUrl", "https://example.com"),
        ("FallbackAssignmentCallbackUrl", "https://example.com"),
    ];
    let workflow = made(&client, host, &workflows, &form).await;
    let form = [("AssignmentCallbackUrl", ""), ("FallbackAssignmentCallbackUrl", "")];
    let back = client.post(host, &workflow, &form).await.ok();
    assert!(
        is_unset(&back["assignment_callback_url"]) && is_unset(&back["fallback_assignment_callback_url"]),
        "{back}"
    );
    let channels = format!("{above}/TaskChannels");
    let channel = made(&client, host, &channels, &[("FriendlyName", "c"), ("UniqueName", "c")]).await;
    let changed = client
        .post(host, &channel, &[("FriendlyName", "d"), ("UniqueName", "d")])
        .await
        .ok();
    assert_eq!(
        (&changed["friendly_name"], &changed["unique_name"]),
        (&json!("d"), &json!("c"))
    );
    assert_eq!(
        client.get(host, &format!("{channels}/c")).await.ok()["sid"],
        changed["sid"],
        "found by its name"
    );
    let worker = client
        .post(host, &format!("{above}/Workers"), &[("FriendlyName", "ada")])
        .await
        .ok();
    let one = format!("{above}/Workers/{}", worker["sid"].as_str().expect("a SID"));
    let changed = client.post(host, &one, &[("Attributes", r#"{"a": 1}"#)]).await.ok();
    assert_eq!(
        changed["activity_sid"], worker["activity_sid"],
        "what is left out stays"
    );
}

/// sip_trunking/*, verify/*, video/*, credentials/*
#[tokio::test]
async fn trunks_verify_video_and_credentials() {
    let (handle, client) = simulator().await;
    let host = "trunking.twilio.com";
    let trunk = made(&client, host, "/v1/Trunks", &[("FriendlyName", "t")]).await;
    let recording = format!("{trunk}/Recording");
    let start = json!({"mode": "do-not-record", "trim": "do-not-trim"});
    assert_eq!(client.get(host, &recording).await.ok(), start);
    assert_eq!(client.get(host, &trunk).await.ok()["recording"], start);
    let form = [("Mode", "record-from-answer"), ("Trim", "trim-silence")];
    client.post(host, &recording, &form).await.ok();
    let now = json!({"mode": "record-from-answer", "trim": "trim-silence"});
    assert_eq!(
        client.get(host, &trunk).await.ok()["recording"],
        now,
        "changed there, shown here"
    );
    let form = [
        ("DisasterRecoveryUrl", "https://example.com"),
        ("DisasterRecoveryMethod", "GET"),
    ];
    client.post(host, &trunk, &form).await.ok();
    let form = [
        ("DisasterRecoveryUrl", ""),
        ("DisasterRecoveryMethod", ""),
        ("FriendlyName", ""),
    ];
    let back = client.post(host, &trunk, &form).await.ok();
    for cleared in ["disaster_recovery_url", "disaster_recovery_method", "friendly_name"] {
        assert!(is_unset(&back[cleared]), "{cleared}");
    }
    let urls = format!("{trunk}/OriginationUrls");
    let url = |number: &'static str, url: &'static str| {
        [
            ("Weight", number),
            ("Priority", number),
            ("Enabled", "true"),
            ("FriendlyName", "o"),
            ("SipUrl", url),
        ]
    };
    for (number, address, is_taken) in [
        ("0", "sip:owls.example.com", true),
        ("65535", "sip:owls.example.com", true),
        ("65536", "sip:owls.example.com", false),
        ("1", "https://owls.example.com", false),
    ] {
        let answer = client.post(host, &urls, &url(number, address)).await;
        assert_eq!(answer.status == 201, is_taken, "{number} {address}");
    }
    let one = made(&client, host, &urls, &url("1", "sip:owls.example.com")).await;
    let changed = client.post(host, &one, &url("2", "sip:crows.example.com")).await.ok();
    assert_eq!(
        (&changed["weight"], &changed["sip_url"]),
        (&json!(2), &json!("sip:crows.example.com"))
    );

    let host = "verify.twilio.com";
    let service = made(&client, host, "/v2/Services", &[("FriendlyName", "v")]).await;
    let hooks = format!("{service}/Webhooks");
    let form = [
        ("FriendlyName", "w"),
        ("EventTypes", "*"),
        ("WebhookUrl", "https://example.com"),
    ];
    let hook = made(&client, host, &hooks, &form).await;
    client
        .post(host, &hook, &[("Status", "disabled"), ("Version", "v1")])
        .await
        .ok();
    let back = client
        .post(host, &hook, &[("Status", "enabled"), ("Version", "v2")])
        .await
        .ok();
    assert_eq!((&back["status"], &back["version"]), (&json!("enabled"), &json!("v2")));
    let limits = format!("{service}/RateLimits");
    let limit = made(&client, host, &limits, &[("UniqueName", "l"), ("Description", "d")]).await;
    let back = client
        .post(host, &limit, &[("UniqueName", "m"), ("Description", "")])
        .await
        .ok();
    assert!(back["unique_name"] == "l" && is_unset(&back["description"]), "{back}");
    let sender = client
        .post("messaging.twilio.com", "/v1/Services", &[("FriendlyName", "s")])
        .await;
    let country = [("Country", "GB"), ("MessagingServiceSid", sender.text("sid"))];
    let made_for = client
        .post(host, &format!("{service}/MessagingConfigurations"), &country)
        .await
        .ok();
    assert_eq!(
        (&made_for["country"], made_for.get("sid")),
        (&json!("GB"), None),
        "the country is its key"
    );

    let host = "video.twilio.com";
    for settings in ["/v1/CompositionSettings/Default", "/v1/RecordingSettings/Default"] {
        client.get(host, settings).await.ok();
        client.post(host, settings, &[("FriendlyName", "x")]).await.ok();
        assert_eq!(client.get(host, settings).await.ok()["friendly_name"], "x");
        assert_eq!(
            client.delete(host, settings).await.status,
            405,
            "{settings} is there for good"
        );
    }

    let host = "accounts.twilio.com";
    for (path, secret) in [
        ("/v1/Credentials/AWS", ("Credentials", KEY_OF_AWS)),
        ("/v1/Credentials/PublicKeys", ("PublicKey", PUBLIC_KEY)),
    ] {
        let answer = client.post(host, path, &[secret, ("FriendlyName", "c")]).await;
        assert!(
            !answer.body.to_string().contains(secret.1),
            "{path}: a secret is never answered"
        );
        assert_eq!(answer.text("account_sid"), handle.account_sid);
        let one = format!("{path}/{}", answer.text("sid"));
        let back = client.post(host, &one, &[("FriendlyName", "")]).await.ok();
        assert!(is_unset(&back["friendly_name"]));
        assert_eq!(back["account_sid"], handle.account_sid.as_str());
    }
}

/// What was just made or changed can be read at once: that provider reads after every write and never waits, but for Studio.
#[tokio::test]
async fn what_was_written_is_read_at_once_and_deleted_once() {
    let (handle, client) = simulator().await;
    let queues = format!("/2010-04-01/Accounts/{}/Queues", handle.account_sid);
    for (host, path, form, suffix) in [
        (API, &*queues, &[("FriendlyName", "a")][..], ".json"),
        ("messaging.twilio.com", "/v1/Services", &[("FriendlyName", "a")], ""),
        ("taskrouter.twilio.com", "/v1/Workspaces", &[("FriendlyName", "a")], ""),
        ("verify.twilio.com", "/v2/Services", &[("FriendlyName", "a")], ""),
        ("chat.twilio.com", "/v2/Services", &[("FriendlyName", "a")], ""),
        ("trunking.twilio.com", "/v1/Trunks", &[("FriendlyName", "a")], ""),
        ("sync.twilio.com", "/v1/Services", &[("FriendlyName", "a")], ""),
        ("notify.twilio.com", "/v1/Services", &[("FriendlyName", "a")], ""),
        ("voice.twilio.com", "/v1/ByocTrunks", &[("FriendlyName", "a")], ""),
        (
            "serverless.twilio.com",
            "/v1/Services",
            &[("FriendlyName", "a"), ("UniqueName", "a")],
            "",
        ),
    ] {
        let made = client.post(host, &format!("{path}{suffix}"), form).await;
        assert_eq!(made.status, 201, "{host}");
        let one = format!("{path}/{}{suffix}", made.text("sid"));
        assert_eq!(client.get(host, &one).await.ok(), made.ok(), "{host}");
        let nothing = client.request("POST", host, &one).send().await.expect("it is answered");
        assert_eq!(nothing.status(), 200, "{host}: an update of nothing");
        let changed = client.post(host, &one, &[("FriendlyName", "b")]).await.ok();
        assert_eq!(client.get(host, &one).await.ok(), changed, "{host}");
        assert_eq!(changed["friendly_name"], "b");
        let gone = client.delete(host, &one).await;
        assert_eq!((gone.status, gone.body), (204, Value::Null), "{host}");
        assert_eq!(
            client.delete(host, &one).await.refusal(),
            (404, 20404),
            "{host}: deleted twice"
        );
        for other in ["0".repeat(34), "XX1".to_owned(), format!("{}0", &one[one.len() - 34..])] {
            let never = format!("{path}/{other}{suffix}");
            assert_eq!(client.get(host, &never).await.refusal(), (404, 20404), "{host} {other}");
        }
    }
}

/// sip/IPAddress, verify/Service: prefixes of 8 to 32 bits, a template that is taken off again.
#[tokio::test]
async fn prefixes_and_templates() {
    let (handle, client) = simulator().await;
    let at = |path: &str| below(&handle.account_sid, path);
    let list = client
        .post(API, &at("SIP/IpAccessControlLists"), &[("FriendlyName", "l")])
        .await;
    let entries = at(&format!("SIP/IpAccessControlLists/{}/IpAddresses", list.text("sid")));
    for (prefix, is_taken) in [("8", true), ("32", true), ("33", false)] {
        let form = [
            ("FriendlyName", prefix),
            ("IpAddress", "192.0.2.1"),
            ("CidrPrefixLength", prefix),
        ];
        let answer = client.post(API, &entries, &form).await;
        assert_eq!(answer.status == 201, is_taken, "{prefix}");
    }
    let host = "verify.twilio.com";
    let template = "HJ0123456789abcdef0123456789abcdef";
    let form = [
        ("FriendlyName", "v"),
        ("DefaultTemplateSid", template),
        ("Totp.Issuer", "Owls"),
    ];
    let service = client.post(host, "/v2/Services", &form).await.ok();
    assert_eq!(service["default_template_sid"], template);
    let path = format!("/v2/Services/{}", service["sid"].as_str().expect("a SID"));
    let back = client.post(host, &path, &[("DefaultTemplateSid", "")]).await.ok();
    assert!(is_unset(&back["default_template_sid"]), "{back}");
    assert_eq!(back["totp"]["issuer"], "Owls", "the issuer stays");
}
