//! Ephemeral resources over the provider's own connection: what is renewed, what is closed twice, and what the provider closes by
//! itself when nobody else does.

use jiff::Timestamp;
use serde_json::{Value as Json, json};
use terraform_provider_twilio::framework::codec::{decode_json, decode_msgpack, encode_msgpack};
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::framework::proto::{
    DynamicValue, close_ephemeral_resource, configure_provider, diagnostic, open_ephemeral_resource,
    renew_ephemeral_resource, stop_provider, validate_ephemeral_resource_config,
};
use terraform_provider_twilio::framework::provider::Provider as _;
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::provider::TwilioProvider;
use tonic::transport::Channel;
use twilio_simulator::{Handle, Options, Simulator};

use crate::core_client::{Core, Plugin, within};

/// A local Twilio, and a provider that is signed in to it.
struct Sandbox {
    twilio: Handle,
    plugin: Plugin,
    provider: ProviderClient<Channel>,
}

fn schema_of(type_name: &str) -> Schema {
    let offered = TwilioProvider::default().ephemeral_resources();
    let found = offered.iter().find(|offered| offered.type_name() == type_name);
    found.expect("it is offered").schema()
}

fn encoded(config: &Json, schema: &Schema) -> DynamicValue {
    let ty = schema.block.value_type();
    let config = decode_json(config, &ty).expect("it conforms");
    DynamicValue {
        msgpack: encode_msgpack(&config, &ty).expect("it conforms"),
        json: Vec::new(),
    }
}

/// What was opened.
struct Opened {
    result: Value,
    private: Vec<u8>,
    renew_at: Option<i64>,
}

impl Sandbox {
    async fn start(core: Core) -> Self {
        let twilio = Simulator::start(Options::default())
            .await
            .expect("the simulator starts");
        let core = core
            .env("TWILIO_BASE_URL", &twilio.url)
            .env("TWILIO_ACCOUNT_SID", &twilio.account_sid)
            .env("TWILIO_AUTH_TOKEN", &twilio.auth_token);
        let plugin = core.start().await;
        let mut provider = plugin.provider().await;
        let request = configure_provider::Request {
            terraform_version: "1.11.4".to_owned(),
            config: Some(encoded(&json!({}), &TwilioProvider::default().schema())),
            ..Default::default()
        };
        let answer = within(provider.configure_provider(request)).await.expect("an answer");
        assert_eq!(answer.into_inner().diagnostics, []);
        Self {
            twilio,
            plugin,
            provider,
        }
    }

    async fn open(&mut self, type_name: &str, config: Json) -> Opened {
        let schema = schema_of(type_name);
        let request = open_ephemeral_resource::Request {
            type_name: type_name.to_owned(),
            config: Some(encoded(&config, &schema)),
            ..Default::default()
        };
        let answer = within(self.provider.open_ephemeral_resource(request))
            .await
            .expect("an answer");
        let answer = answer.into_inner();
        assert_eq!(answer.diagnostics, []);
        let result = answer.result.expect("a result").msgpack;
        Opened {
            result: decode_msgpack(&result, &schema.block.value_type()).expect("it conforms"),
            private: answer.private.expect("something for the close"),
            renew_at: answer.renew_at.map(|at| at.seconds),
        }
    }

    async fn close(&mut self, type_name: &str, private: &[u8]) {
        let request = close_ephemeral_resource::Request {
            type_name: type_name.to_owned(),
            private: Some(private.to_vec()),
        };
        let answer = within(self.provider.close_ephemeral_resource(request))
            .await
            .expect("an answer");
        assert_eq!(answer.into_inner().diagnostics, []);
    }

    async fn renew(&mut self, type_name: &str, private: &[u8]) -> renew_ephemeral_resource::Response {
        let request = renew_ephemeral_resource::Request {
            type_name: type_name.to_owned(),
            private: Some(private.to_vec()),
        };
        let answer = within(self.provider.renew_ephemeral_resource(request))
            .await
            .expect("an answer");
        answer.into_inner()
    }

    async fn stop(&mut self) {
        let stopped = within(self.provider.stop_provider(stop_provider::Request {})).await;
        assert_eq!(stopped.expect("an answer").into_inner().error, "");
    }

    /// SIDs of the keys that Twilio has.
    async fn keys(&self) -> Vec<String> {
        keys(&self.twilio).await
    }
}

async fn keys(twilio: &Handle) -> Vec<String> {
    let url = format!("{}/_simulator/objects", twilio.url);
    // A proxy of the environment knows no address of this machine.
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let text = client
        .get(url)
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("a body");
    let objects: Vec<Json> = serde_json::from_str(&text).expect("a list");
    let sids = objects.iter().filter_map(|object| object["sid"].as_str());
    sids.filter(|sid| sid.starts_with("SK")).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_result_has_what_was_configured_and_is_wholly_known() {
    let mut sandbox = Sandbox::start(Core::new()).await;
    let policy = json!({"allow": ["/twilio/voice/twiml.apps/list", "/twilio/voice/twiml.apps/read"]});
    let opened = sandbox.open("twilio_api_key", json!({"policy": policy})).await;
    assert!(opened.result.is_wholly_known());
    let Value::Set(allow) = opened.result.attr("policy").attr("allow") else {
        panic!("{:?}", opened.result.attr("policy"));
    };
    assert_eq!(allow.len(), 2);
    assert_eq!(
        sandbox.keys().await,
        [opened.result.attr("sid").as_str().expect("a SID")]
    );
    let config = json!({"api_key": opened.result.attr("sid").as_str(), "api_secret": "s", "identity": "a", "ttl": 90,
        "chat": {"service_sid": "IS00000000000000000000000000000001"}});
    let token = sandbox.open("twilio_access_token", config).await;
    assert!(token.result.is_wholly_known());
    assert_eq!(token.result.attr("identity").as_str(), Some("a"));
    assert!(token.result.attr("account_sid").is_null() && token.result.attr("voice").is_null());
    assert!(
        token
            .result
            .attr("token")
            .as_str()
            .is_some_and(|token| token.matches('.').count() == 2)
    );
    sandbox.close("twilio_api_key", &opened.private).await;
    sandbox.plugin.shutdown().await;
}

#[tokio::test]
async fn a_key_is_closed_as_often_as_asked_and_with_what_a_renewal_answered() {
    let mut sandbox = Sandbox::start(Core::new()).await;
    let first = sandbox.open("twilio_api_key", json!({})).await;
    let second = sandbox.open("twilio_api_key", json!({})).await;
    assert_eq!((first.renew_at, second.renew_at), (None, None), "a key does not expire");
    let renewed = sandbox.renew("twilio_api_key", &first.private).await;
    assert_eq!((renewed.diagnostics.len(), renewed.renew_at), (0, None));
    assert_eq!(renewed.private.as_deref(), Some(&*first.private), "it is handed on");
    for _ in 0..2 {
        sandbox
            .close("twilio_api_key", &renewed.private.clone().unwrap_or_default())
            .await;
        sandbox.close("twilio_api_key", &first.private).await;
        assert_eq!(
            sandbox.keys().await,
            [second.result.attr("sid").as_str().expect("a SID")]
        );
    }
    sandbox.close("twilio_api_key", &second.private).await;
    assert!(sandbox.keys().await.is_empty());
    assert_eq!(sandbox.plugin.shutdown().await.status.code(), Some(0));
}

#[tokio::test]
async fn what_expires_is_told_of_shortly_before() {
    let mut sandbox = Sandbox::start(Core::new()).await;
    let config = json!({"api_key": "SK00000000000000000000000000000001", "api_secret": "hush-hush-hush", "identity": "a",
        "ttl": 600, "video": {}});
    let opened = sandbox.open("twilio_access_token", config).await;
    let expires: Timestamp = opened
        .result
        .attr("expires_at")
        .as_str()
        .expect("a time")
        .parse()
        .expect("a time");
    let renew_at = opened.renew_at.expect("it expires");
    assert!(
        (28..=32).contains(&(expires.as_second() - renew_at)),
        "{expires} {renew_at}"
    );
    for private in [
        &opened.private,
        &sandbox
            .renew("twilio_access_token", &opened.private)
            .await
            .private
            .expect("it is handed on"),
    ] {
        let renewed = sandbox.renew("twilio_access_token", private).await;
        let [warning] = &renewed.diagnostics[..] else {
            panic!("{:?}", renewed.diagnostics);
        };
        assert_eq!(warning.severity, diagnostic::Severity::Warning as i32);
        assert!(
            warning.detail.contains("longer ttl") && !warning.detail.contains("hush"),
            "{}",
            warning.detail
        );
        assert_eq!(renewed.renew_at, None);
        sandbox.close("twilio_access_token", private).await;
    }
    assert!(!String::from_utf8_lossy(&opened.private).contains("hush"));
    sandbox.plugin.shutdown().await;
}

#[tokio::test]
async fn what_terraform_leaves_open_after_a_stop_is_closed_at_shutdown() {
    let mut sandbox = Sandbox::start(Core::new()).await;
    for _ in 0..3 {
        sandbox.open("twilio_api_key", json!({})).await;
    }
    sandbox.stop().await;
    // What still runs may need them, and in a process that serves on they can still be closed.
    assert_eq!(sandbox.keys().await.len(), 3);
    let closed = sandbox.open("twilio_api_key", json!({})).await;
    sandbox.close("twilio_api_key", &closed.private).await;
    let Sandbox { twilio, plugin, .. } = sandbox;
    let exit = plugin.shutdown().await;
    assert_eq!(exit.status.code(), Some(0));
    assert_eq!(keys(&twilio).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_open_is_closed_when_the_process_is_told_to_end() {
    for signal in ["TERM"] {
        let mut sandbox = Sandbox::start(Core::new()).await;
        sandbox.open("twilio_api_key", json!({})).await;
        sandbox.plugin.process().signal(signal).await;
        let Sandbox { twilio, plugin, .. } = sandbox;
        plugin.exit().await;
        assert_eq!(keys(&twilio).await, Vec::<String>::new(), "{signal}");
    }
}

/// Core does not defer here, so unknown arguments reach the validation alone.
#[tokio::test]
async fn what_is_unknown_is_no_reason_to_refuse() {
    let mut sandbox = Sandbox::start(Core::new()).await;
    let schema = schema_of("twilio_access_token");
    let ty = schema.block.value_type();
    let mut config = decode_json(&json!({}), &ty).expect("it conforms");
    for name in ["identity", "api_key", "api_secret", "ttl", "voice", "video", "region"] {
        config.set_attr(name, Value::UNKNOWN);
    }
    let request = validate_ephemeral_resource_config::Request {
        type_name: "twilio_access_token".to_owned(),
        config: Some(DynamicValue {
            msgpack: encode_msgpack(&config, &ty).expect("it conforms"),
            json: Vec::new(),
        }),
    };
    let answer = within(sandbox.provider.validate_ephemeral_resource_config(request))
        .await
        .expect("an answer");
    assert_eq!(answer.into_inner().diagnostics, []);
    sandbox.plugin.shutdown().await;
}
