//! The provider itself while its credentials are not known yet: what waits, and what is said where nothing may.

use serde_json::json;
use terraform_provider_twilio::framework::codec::{decode_json, encode_msgpack};
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::framework::proto::{
    ClientCapabilities, Deferred, Diagnostic, DynamicValue, configure_provider, deferred, import_resource_state,
    plan_resource_change, read_data_source, read_resource,
};
use terraform_provider_twilio::framework::provider::Provider as _;
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::provider::TwilioProvider;
use tonic::transport::Channel;

use crate::core_client::{Core, within};

const QUEUE: &str = "QU0123456789abcdef0123456789abcdef";
const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";

fn encoded(value: &Value, schema: &Schema) -> Option<DynamicValue> {
    let msgpack = encode_msgpack(value, &schema.block.value_type()).expect("it conforms");
    Some(DynamicValue {
        msgpack,
        json: Vec::new(),
    })
}

/// A provider whose auth token comes from something that is yet to be made.
async fn configured(provider: &mut ProviderClient<Channel>, terraform_version: &str) {
    let schema = TwilioProvider::default().schema();
    let mut config = decode_json(&json!({"account_sid": ACCOUNT}), &schema.block.value_type()).expect("it conforms");
    config.set_attr("auth_token", Value::UNKNOWN);
    let request = configure_provider::Request {
        terraform_version: terraform_version.to_owned(),
        config: encoded(&config, &schema),
        ..Default::default()
    };
    let answer = within(provider.configure_provider(request)).await.expect("an answer");
    assert_eq!(answer.into_inner().diagnostics, []);
}

type Answered = (&'static str, Option<Deferred>, Vec<Diagnostic>);

async fn answers(provider: &mut ProviderClient<Channel>, allowed: bool) -> Vec<Answered> {
    let client_capabilities = Some(ClientCapabilities {
        deferral_allowed: allowed,
        ..Default::default()
    });
    let resources = TwilioProvider::default().resources();
    let queue = resources
        .iter()
        .find(|one| one.type_name() == "twilio_queue")
        .expect("it is offered")
        .schema();
    let ty = queue.block.value_type();
    let object = |json| encoded(&decode_json(&json, &ty).expect("it conforms"), &queue);
    let config = || object(json!({"friendly_name": "Support"}));
    let stored =
        || object(json!({"friendly_name": "Old", "max_size": 100, "id": QUEUE, "sid": QUEUE, "account_sid": ACCOUNT}));
    let nothing = || encoded(&Value::Null, &queue);
    let sources = TwilioProvider::default().data_sources();
    let source = sources
        .iter()
        .find(|one| one.type_name() == "twilio_queue")
        .expect("it is offered")
        .schema();
    let mut all = Vec::new();
    macro_rules! answer {
        ($name:literal, $call:expr) => {{
            let answer = within($call).await.expect("no status").into_inner();
            all.push(($name, answer.deferred, answer.diagnostics));
        }};
    }
    let type_name = || "twilio_queue".to_owned();
    answer!(
        "read",
        provider.read_resource(read_resource::Request {
            type_name: type_name(),
            current_state: stored(),
            client_capabilities,
            ..Default::default()
        })
    );
    for (name, prior, proposed) in [
        ("create", nothing(), config()),
        ("update", stored(), config()),
        ("destroy", stored(), nothing()),
    ] {
        let request = plan_resource_change::Request {
            type_name: type_name(),
            prior_state: prior,
            proposed_new_state: proposed.clone(),
            config: proposed,
            client_capabilities,
            ..Default::default()
        };
        let answer = within(provider.plan_resource_change(request))
            .await
            .expect("no status")
            .into_inner();
        all.push((name, answer.deferred, answer.diagnostics));
    }
    answer!(
        "import",
        provider.import_resource_state(import_resource_state::Request {
            type_name: type_name(),
            id: QUEUE.to_owned(),
            client_capabilities,
            ..Default::default()
        })
    );
    let one = decode_json(&json!({"sid": QUEUE}), &source.block.value_type()).expect("it conforms");
    answer!(
        "data",
        provider.read_data_source(read_data_source::Request {
            type_name: type_name(),
            config: encoded(&one, &source),
            client_capabilities,
            ..Default::default()
        })
    );
    all
}

#[tokio::test]
async fn what_needs_credentials_that_are_not_known_waits_where_it_may() {
    let plugin = Core::new().start().await;
    let mut provider = plugin.provider().await;
    configured(&mut provider, "1.14.9").await;
    for (name, deferral, diagnostics) in answers(&mut provider, true).await {
        let reason = deferral.map(|deferral| deferral.reason());
        assert_eq!(reason, Some(deferred::Reason::ProviderConfigUnknown), "{name}");
        assert_eq!(diagnostics, [], "{name}");
    }
    plugin.shutdown().await;
}

/// Plans go as far as they can, and what cannot do without the credentials says which are missing.
#[tokio::test]
async fn where_nothing_may_wait_it_is_as_it_was() {
    for (version, allowed) in [("1.14.9", false), ("1.11.6", true)] {
        let plugin = Core::new().start().await;
        let mut provider = plugin.provider().await;
        configured(&mut provider, version).await;
        for (name, deferral, diagnostics) in answers(&mut provider, allowed).await {
            assert_eq!(deferral, None, "{name} of {version}");
            if name == "data" {
                assert!(
                    diagnostics[0].detail.contains("auth_token is not known yet"),
                    "{diagnostics:?}"
                );
            }
            if name == "create" {
                assert_eq!(diagnostics, [], "{name} of {version}");
            }
        }
        plugin.shutdown().await;
    }
}
