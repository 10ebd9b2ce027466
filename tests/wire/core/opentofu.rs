//! OpenTofu's calls, in its order and with its capabilities, release by release. They differ from Terraform's: no moves before
//! 1.10; in 1.11 it always allows deferrals and makes an error of each that it gets; from 1.12 on it asks for the schemas of
//! identities and imports by identity, and sends no deferrals any more.

use serde_json::json;
use terraform_provider_twilio::framework::codec::encode_json;
use terraform_provider_twilio::framework::proto::{
    ClientCapabilities, apply_resource_change, configure_provider, get_provider_schema, get_resource_identity_schemas,
    import_resource_state, move_resource_state, plan_resource_change, read_data_source, read_resource, stop_provider,
    upgrade_resource_state, validate_provider_config, validate_resource_config,
};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::value::Value;

use super::rpc::{decoded, message, object, raw};
use super::server::Served;
use super::toy::thing;

/// What a release does.
#[derive(Clone, Copy)]
struct Release {
    version: &'static str,
    moves: bool,
    /// What it says that it can do, where it says anything.
    capabilities: Option<ClientCapabilities>,
    identities: bool,
}

const fn capabilities(deferral_allowed: bool) -> Option<ClientCapabilities> {
    Some(ClientCapabilities {
        deferral_allowed,
        write_only_attributes_allowed: true,
        store_planned_private: false,
        computed_blocks_allowed: false,
    })
}

const RELEASES: [Release; 4] = [
    Release {
        version: "1.9.4",
        moves: false,
        capabilities: None,
        identities: false,
    },
    Release {
        version: "1.10.9",
        moves: true,
        capabilities: None,
        identities: false,
    },
    Release {
        version: "1.11.6",
        moves: true,
        capabilities: capabilities(true),
        identities: false,
    },
    Release {
        version: "1.12.6",
        moves: true,
        capabilities: capabilities(false),
        identities: true,
    },
];

/// Asserts that a response of any call has neither an error nor a deferral.
macro_rules! fine {
    ($answer:expr) => {{
        let answer = $answer.await.expect("no status").into_inner();
        assert_eq!(answer.diagnostics, [], "in {}", stringify!($answer));
        answer
    }};
}

async fn live(served: &Served, release: Release, schema: &Schema) {
    let mut client = served.client().await;
    let asked = fine!(client.get_provider_schema(get_provider_schema::Request {}));
    let (capabilities, type_name) = (release.capabilities, "toy_thing".to_owned());
    if release.identities {
        let request = get_resource_identity_schemas::Request {};
        let identities = fine!(client.get_resource_identity_schemas(request));
        let mut named = identities.identity_schemas.keys();
        assert!(named.all(|name| asked.resource_schemas.contains_key(name)));
    }
    let provider = super::toy::provider();
    let provider_config = object(&provider, &[]);
    fine!(client.validate_provider_config(validate_provider_config::Request {
        config: provider_config.clone()
    }));
    fine!(client.configure_provider(configure_provider::Request {
        terraform_version: release.version.to_owned(),
        config: provider_config,
        client_capabilities: capabilities,
    }));

    let config = object(schema, &[("name", "one".into())]);
    fine!(client.validate_resource_config(validate_resource_config::Request {
        type_name: type_name.clone(),
        config: config.clone(),
        client_capabilities: capabilities,
    }));
    let plan = fine!(client.plan_resource_change(plan_resource_change::Request {
        type_name: type_name.clone(),
        prior_state: Some(message(&Value::Null, &schema.block.value_type())),
        proposed_new_state: config.clone(),
        config: config.clone(),
        client_capabilities: capabilities,
        ..Default::default()
    }));
    assert_eq!(plan.deferred, None, "1.11 makes an error of it");
    let made = fine!(client.apply_resource_change(apply_resource_change::Request {
        type_name: type_name.clone(),
        prior_state: Some(message(&Value::Null, &schema.block.value_type())),
        planned_state: plan.planned_state,
        config: config.clone(),
        planned_private: plan.planned_private,
        ..Default::default()
    }));
    let stored = decoded(schema, made.new_state.as_ref());

    // The next run begins with what is in the state file.
    let json = encode_json(&stored, &schema.block.value_type()).expect("it can be stored");
    let upgraded = fine!(client.upgrade_resource_state(upgrade_resource_state::Request {
        type_name: type_name.clone(),
        version: schema.version,
        raw_state: raw(&json.to_string()),
    }));
    let read = fine!(client.read_resource(read_resource::Request {
        type_name: type_name.clone(),
        current_state: upgraded.upgraded_state,
        private: made.private,
        client_capabilities: capabilities,
        ..Default::default()
    }));
    assert_eq!(
        (&read.deferred, decoded(schema, read.new_state.as_ref())),
        (&None, stored)
    );
    let id = decoded(schema, read.new_state.as_ref())
        .attr("id")
        .as_str()
        .map(str::to_owned);
    let imported = fine!(client.import_resource_state(import_resource_state::Request {
        type_name: type_name.clone(),
        id: id.expect("it has an id"),
        client_capabilities: capabilities,
        ..Default::default()
    }));
    assert_eq!((imported.deferred, imported.imported_resources.len()), (None, 1));
    if release.moves {
        fine!(client.move_resource_state(move_resource_state::Request {
            source_provider_address: "registry.opentofu.org/test/toy".to_owned(),
            source_type_name: "toy_old".to_owned(),
            source_state: raw(&json!({"id": "old-1", "title": "one"}).to_string()),
            target_type_name: type_name.clone(),
            ..Default::default()
        }));
    }
    fine!(client.apply_resource_change(apply_resource_change::Request {
        type_name,
        prior_state: read.new_state,
        planned_state: Some(message(&Value::Null, &schema.block.value_type())),
        config: Some(message(&Value::Null, &schema.block.value_type())),
        planned_private: read.private,
        ..Default::default()
    }));
    let stopped = client
        .stop_provider(stop_provider::Request {})
        .await
        .expect("no status");
    assert_eq!(stopped.into_inner().error, "");
}

#[test]
fn an_object_lives_a_lifecycle_under_each_release() {
    let schema = thing();
    for release in RELEASES {
        let served = Served::start();
        served.run(live(&served, release, &schema));
        let memory = served.toy.memory();
        assert!(memory.objects.is_empty(), "{}: {:?}", release.version, memory.objects);
        assert_eq!(memory.count("configure"), 1);
    }
}

#[test]
fn nothing_is_deferred_while_the_provider_block_is_not_known() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let provider = super::toy::provider();
        let configured = client.configure_provider(configure_provider::Request {
            terraform_version: "1.11.6".to_owned(),
            config: object(&provider, &[("token", Value::UNKNOWN)]),
            client_capabilities: capabilities(true),
        });
        configured.await.expect("no status");
        let schema = super::toy::lookup();
        let read = client.read_data_source(read_data_source::Request {
            type_name: "toy_lookup".to_owned(),
            config: object(&schema, &[("id", "thing-1".into())]),
            client_capabilities: capabilities(true),
            ..Default::default()
        });
        assert_eq!(read.await.expect("no status").into_inner().deferred, None);
    });
}
