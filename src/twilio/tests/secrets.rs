//! No secret in any text that leaves the client.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock, Mutex};

use base64::Engine as _;
use serde_json::json;
use tracing::Dispatch;
use tracing::field::{Field, Visit};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry;

use super::server::{ReceivedRequest, Reply, Server, TOKEN, child, client, ok, parent, status};
use crate::twilio::{
    AfterLoss, Audit, Change, ClientConfig, Credentials, Find, ListRequest, Lookup, Match, Product, Proof, Request,
    Secret, proxy_secrets,
};

/// Every event of this thread as text, whatever its level.
#[derive(Clone, Default)]
pub(super) struct Lines(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.0, " {field}={value}");
    }
}

impl<S: tracing::Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut lines = self.0.lock().expect("not poisoned");
        let _ = write!(lines, "{} {}", event.metadata().level(), event.metadata().target());
        event.record(&mut Line(&mut lines));
        lines.push('\n');
    }
}

impl Lines {
    /// Collects what this thread logs until the guard is dropped.
    pub(super) fn of_this_thread() -> (Self, DefaultGuard) {
        // With a single subscriber alive, a log line first met by another thread, which has none, is switched off for
        // all threads: https://github.com/tokio-rs/tracing/issues/3611. Two more keep it on.
        static OTHERS: LazyLock<[Dispatch; 2]> = LazyLock::new(|| [registry().into(), registry().into()]);
        LazyLock::force(&OTHERS);
        let lines = Self::default();
        let guard = tracing::subscriber::set_default(registry().with(lines.clone()));
        (lines, guard)
    }

    pub(super) fn text(&self) -> String {
        self.0.lock().expect("not poisoned").clone()
    }
}

const CHILD_TOKEN: &str = "child-token-fedcba9876543210";
const PASSWORD: &str = "sip-password-1234";
const NEW_SECRET: &str = "secret-shown-once-5678";

#[tokio::test]
async fn no_secret_is_in_any_log_line_error_or_debug_text() {
    let (lines, _guard) = Lines::of_this_thread();
    let server = Server::start(|seen, _| match seen.target.as_str() {
        target if target.starts_with("/2010-04-01/Accounts/AC") && target.ends_with("2.json") => {
            ok(json!({"sid": child().as_str(), "friendly_name": "Inhaber", "auth_token": CHILD_TOKEN}))
        }
        "/v1/Keys" => ok(json!({"sid": "SK1", "secret": NEW_SECRET})),
        "/v1/Echo" => ok(json!({"text": format!("{TOKEN} and {CHILD_TOKEN}")})),
        _ => status(
            400,
            json!({"code": 1, "message": format!("bad: {PASSWORD} {TOKEN} {CHILD_TOKEN} {NEW_SECRET}")}),
        ),
    })
    .await;
    let (client, _) = server.client();

    let key = Request::post(Product::Iam, &child(), "/v1/Keys")
        .creates()
        .form([("FriendlyName", "shown")]);
    let key = client.send(key).await.expect("a key");
    let echo = client
        .send(Request::get(Product::Verify, &child(), "/v1/Echo"))
        .await
        .expect("an echo");
    let bad = Request::post(Product::Api, &parent(), "/x").form([("Password", PASSWORD), ("UserName", "plain-user")]);
    let error = client.send(bad.clone()).await.expect_err("refused");

    let given = Credentials::AuthToken {
        account: parent(),
        token: Secret::new(TOKEN),
    };
    let texts = [
        lines.text(),
        format!("{error} {error:?} {}", error.attempt),
        format!("{client:?} {key:?} {echo:?} {bad:?} {given:?} {:?}", server.config()),
    ];
    for text in &texts {
        for secret in [TOKEN, CHILD_TOKEN, PASSWORD, NEW_SECRET, "Basic "] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    // The lines are there at all, and say what they should.
    let log = &texts[0];
    for part in [
        "plain-user",
        "FriendlyName=shown",
        "(account, not shown)",
        "TRACE",
        "DEBUG",
        "status=400",
    ] {
        assert!(log.contains(part), "{part} not in {log}");
    }
    assert!(!log.contains("Inhaber"), "{log}");
    assert!(
        error
            .to_string()
            .contains("bad: (redacted) (redacted) (redacted) (redacted)"),
        "{error}"
    );
}

#[tokio::test]
async fn waiting_is_reported_at_info_with_the_reason() {
    let (lines, _guard) = Lines::of_this_thread();
    let server = Server::start(|_, before| if before == 0 { status(429, "{}") } else { ok("{}") }).await;
    let (client, _) = server.client();
    client
        .send(Request::get(Product::Verify, &parent(), "/v2/Services"))
        .await
        .expect("success");
    let log = lines.text();
    let line = log
        .lines()
        .find(|line| line.starts_with("INFO") && line.contains("waiting"))
        .expect("a line at INFO");
    assert!(line.contains("too many requests (status 429)"), "{line}");
}

/// What debug pages of proxies and gateways do: they show the headers that came.
#[tokio::test]
async fn what_a_response_repeats_of_the_request_is_hidden_however_it_is_encoded() {
    let (lines, _guard) = Lines::of_this_thread();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.jsonl");
    let basic = |seen: &ReceivedRequest| seen.headers.get("authorization").cloned().unwrap_or_default();
    let server = Server::start(move |seen, before| {
        let basic = basic(seen);
        let headers =
            |name: &str, value: &str| -> &'static str { Box::leak(format!("{name}: {value}\r\n").into_boxed_str()) };
        match before {
            0 => status(400, json!({"code": 1, "message": format!("bad creds {basic}")})),
            1 => status(400, json!({"code": 1, "message": basic.replace('=', "%3D")})),
            2 => Reply::Answer(
                302,
                headers(
                    "Location",
                    &format!("https://evil.example/?t={TOKEN}&a={}", basic.replace(' ', "+")),
                ),
                String::new(),
            ),
            3 => Reply::Answer(
                400,
                headers("Twilio-Request-Id", &format!("{}{TOKEN}", "x".repeat(45))),
                "{}".to_owned(),
            ),
            4 => Reply::Answer(
                200,
                headers("Twilio-Request-Id", TOKEN),
                json!({"sid": "VA1", "echo": basic}).to_string(),
            ),
            5 => status(
                400,
                json!({"code": 1, "message": format!("proxy says {PROXY} dXNlcjpwcm94eS1wYXNzd29yZA==")}),
            ),
            _ => status(
                400,
                format!(
                    "<html><pre>Authorization: {}</pre></html>",
                    basic.replace('=', "&#x3D;")
                ),
            ),
        }
    })
    .await;
    let (client, _) = client(ClientConfig {
        audit: Some(Audit::open(&path, Change::default()).expect("it opens")),
        secrets: proxy_secrets(&|name| (name == "https_proxy").then(|| format!("http://user:{PROXY}@proxy:1"))),
        max_retries: 0,
        ..server.config()
    });
    let mut texts = Vec::new();
    for _ in 0..7 {
        let request = Request::post(Product::Verify, &parent(), "/v2/Services/VA1").form([("A", "b")]);
        match client.send(request).await {
            Ok(answer) => texts.push(format!("{answer:?}")),
            Err(error) => texts.push(format!("{error} {error:?}")),
        }
    }
    texts.push(lines.text());
    texts.push(std::fs::read_to_string(&path).expect("it is there"));
    let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{}:{TOKEN}", parent()));
    // The second half of it, which has the token, in no part longer than an accident.
    let halves = &encoded[48..];
    for text in &texts {
        for secret in [
            TOKEN,
            &encoded[48..],
            &halves[..12],
            PROXY,
            "dXNlcjpwcm94",
            &TOKEN[..12],
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    assert!(texts[0].contains("bad creds Basic (redacted)"), "{}", texts[0]);
    assert!(
        texts[2].contains("redirected to https://evil.example/?t=(redacted)"),
        "{}",
        texts[2]
    );
}

const PROXY: &str = "proxy-password";

#[tokio::test]
async fn what_a_request_says_is_secret_is_shown_nowhere() {
    const IN_FORM: &str = "motto-in-form-1";
    const IN_JSON: &str = "motto-in-json-2";
    const IN_TEXT: &str = "motto-in-text-3";
    const ANSWERED: &str = "motto-answered-4";
    let (lines, _guard) = Lines::of_this_thread();
    let server = Server::start(|seen: &ReceivedRequest, _| match seen.target.as_str() {
        "/v1/Refused" => status(
            400,
            json!({"code": 1, "message": format!("{IN_FORM} {IN_JSON} {IN_TEXT}, {{\"deep_motto\": \"{ANSWERED}\"}}")}),
        ),
        _ => ok(json!({"sid": "XX1", "deep": [{"deepMotto": ANSWERED, "shown": "plain-word"}]})),
    })
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.jsonl");
    let (client, _) = client(ClientConfig {
        audit: Some(Audit::open(&path, Change::default()).expect("it opens")),
        ..server.config()
    });
    let form = |path: &str| {
        let request = Request::post(Product::Api, &parent(), path);
        let text = json!({"deepMotto": IN_TEXT}).to_string();
        request.form([
            ("DeepMotto", IN_FORM),
            ("Configuration", text.as_str()),
            ("Name", "plain-name"),
        ])
    };
    let body = json!({"outer": {"deep_motto": IN_JSON}, "name": "plain-name"});
    for request in [
        form("/v1/Made"),
        Request::put(Product::Api, &parent(), "/v1/Json").json(body),
        Request::get(Product::Api, &parent(), "/v1/Read"),
    ] {
        client.send(request.sensitive(["deep_motto"])).await.expect("success");
    }
    let refused = client.send(form("/v1/Refused").sensitive(["deep_motto"])).await;
    let error = refused.expect_err("refused");
    let audit = std::fs::read_to_string(&path).expect("it is there");
    let shown = format!("{error} {error:?} {audit} {}", lines.text());
    for secret in [IN_FORM, IN_JSON, IN_TEXT, ANSWERED] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    for plain in ["plain-word", "plain-name"] {
        assert!(shown.contains(plain), "{plain} not in {shown}");
    }
}

#[tokio::test]
async fn what_a_handle_hides_is_shown_of_none_of_its_requests() {
    const MOTTO: &str = "motto-of-an-item-5";
    let (lines, _guard) = Lines::of_this_thread();
    let items =
        || json!({"meta": {"key": "items"}, "items": [{"sid": "XX1", "Deep-Motto": MOTTO, "name": "plain-word"}]});
    let server = Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
        "POST" => Reply::Close,
        _ => ok(items()),
    })
    .await;
    let (plain, _) = server.client();
    let client = plain.hiding(vec!["deep_motto"]);
    let list = || ListRequest::new(Request::get(Product::Api, &parent(), "/v1/Items"));
    client.list(list()).await.expect("a list");
    let direct = || Request::get(Product::Api, &parent(), "/v1/Items/XX1");
    client.member(direct(), list(), "XX1").await.expect("an item");
    let lookup = Lookup {
        find: Find::ByKey(direct()),
        key: "k".to_owned(),
        compare: &|_| Match::Similar,
        after_loss: AfterLoss::Keep,
        proof: Proof::Time,
        is_dated: false,
    };
    let create = Request::post(Product::Api, &parent(), "/v1/Items").creates();
    let lost = client.create(create.form([("DeepMotto", MOTTO)]), lookup).await;
    lost.expect_err("nobody knows");
    let text = lines.text();
    assert!(text.contains("plain-word") && !text.contains(MOTTO), "{text}");
}
