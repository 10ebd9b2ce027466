//! What waits for a provider block that is not known yet, where the caller can go on without it.

use terraform_provider_twilio::framework::proto::{
    ClientCapabilities, Deferred, configure_provider, deferred, import_resource_state, open_ephemeral_resource,
    plan_resource_change, read_data_source, read_resource,
};
use terraform_provider_twilio::framework::value::Value;

use super::rpc::{decoded, message, object};
use super::server::Served;
use super::toy::{lease, lookup, provider, thing};

fn capabilities(deferral_allowed: bool) -> Option<ClientCapabilities> {
    Some(ClientCapabilities {
        deferral_allowed,
        ..ClientCapabilities::default()
    })
}

/// What each RPC that may be deferred answered: its deferral, and its errors.
async fn answers(
    served: &Served,
    terraform_version: &str,
    token: Value,
    allowed: Option<ClientCapabilities>,
) -> Vec<(&'static str, Option<Deferred>, usize)> {
    let mut client = served.client().await;
    let configured = client.configure_provider(configure_provider::Request {
        terraform_version: terraform_version.to_owned(),
        config: object(&provider(), &[("token", token)]),
        client_capabilities: allowed,
    });
    assert_eq!(configured.await.expect("no status").into_inner().diagnostics, []);
    let schema = thing();
    let ty = schema.block.value_type();
    let stored = object(
        &schema,
        &[
            ("id", "thing-1".into()),
            ("name", "one".into()),
            ("revision", "r1".into()),
        ],
    );
    let mut all = Vec::new();
    macro_rules! answer {
        ($name:literal, $call:expr) => {{
            let answer = $call.await.expect("no status").into_inner();
            all.push(($name, answer.deferred.clone(), answer.diagnostics.len()));
            answer
        }};
    }
    let read = answer!(
        "read",
        client.read_resource(read_resource::Request {
            type_name: "toy_thing".to_owned(),
            current_state: stored.clone(),
            private: b"kept".to_vec(),
            client_capabilities: allowed,
            ..Default::default()
        })
    );
    if read.deferred.is_some() {
        assert_eq!(
            (read.new_state.as_ref(), read.private.as_slice()),
            (stored.as_ref(), &b"kept"[..])
        );
    }
    let config = object(&schema, &[("name", "one".into())]);
    let plan = answer!(
        "plan",
        client.plan_resource_change(plan_resource_change::Request {
            type_name: "toy_thing".to_owned(),
            prior_state: Some(message(&Value::Null, &ty)),
            proposed_new_state: config.clone(),
            config,
            client_capabilities: allowed,
            ..Default::default()
        })
    );
    // Deferred or not, it is planned as far as that goes without the service.
    let planned = decoded(&schema, plan.planned_state.as_ref());
    assert_eq!(planned.attr("name").as_str(), Some("one"));
    assert!(planned.attr("id").is_unknown());
    let imported = answer!(
        "import",
        client.import_resource_state(import_resource_state::Request {
            type_name: "toy_thing".to_owned(),
            id: "thing-1".to_owned(),
            client_capabilities: allowed,
            ..Default::default()
        })
    );
    if imported.deferred.is_some() {
        let state = imported.imported_resources[0].state.as_ref();
        assert_eq!(decoded(&schema, state), Value::UNKNOWN);
    }
    let looked_up = answer!(
        "data",
        client.read_data_source(read_data_source::Request {
            type_name: "toy_lookup".to_owned(),
            config: object(&lookup(), &[("id", "thing-1".into())]),
            client_capabilities: allowed,
            ..Default::default()
        })
    );
    if looked_up.deferred.is_some() {
        assert_eq!(decoded(&lookup(), looked_up.state.as_ref()), Value::UNKNOWN);
    }
    let opened = answer!(
        "open",
        client.open_ephemeral_resource(open_ephemeral_resource::Request {
            type_name: "toy_lease".to_owned(),
            config: object(&lease(), &[("owner", "me".into())]),
            client_capabilities: allowed,
        })
    );
    if opened.deferred.is_some() {
        assert_eq!(decoded(&lease(), opened.result.as_ref()), Value::UNKNOWN);
    }
    all
}

#[test]
fn everything_that_needs_the_service_waits_where_it_may() {
    let served = Served::start();
    let answers = served.run(answers(&served, "1.14.9", Value::UNKNOWN, capabilities(true)));
    for (name, deferral, errors) in answers {
        let reason = deferral.map(|deferral| deferral.reason());
        assert_eq!(
            (reason, errors),
            (Some(deferred::Reason::ProviderConfigUnknown), 0),
            "{name}"
        );
    }
    let memory = served.toy.memory();
    for call in ["read", "import", "lookup", "open"] {
        assert_eq!(memory.count(call), 0, "the service was not asked: {:?}", memory.calls);
    }
}

#[test]
fn nothing_waits_without_a_reason_or_where_it_would_be_an_error() {
    let served = Served::start();
    for (version, token, allowed) in [
        // It is known: as while stable Terraform applies, which allows deferrals and makes an error of each.
        ("1.14.9", Value::from("t"), capabilities(true)),
        ("1.14.9", Value::Null, capabilities(true)),
        // Nobody allows it.
        ("1.14.9", Value::UNKNOWN, capabilities(false)),
        ("1.14.9", Value::UNKNOWN, None),
        // OpenTofu 1.11 allows it, and makes an error of it.
        ("1.11.6", Value::UNKNOWN, capabilities(true)),
    ] {
        for (name, deferral, _) in served.run(answers(&served, version, token.clone(), allowed)) {
            assert_eq!(deferral, None, "{name} of {version} {token:?} {allowed:?}");
        }
    }
}

#[test]
fn once_the_block_is_known_nothing_waits_any_more() {
    let served = Served::start();
    served.run(answers(&served, "1.14.9", Value::UNKNOWN, capabilities(true)));
    for (name, deferral, _) in served.run(answers(&served, "1.14.9", "t".into(), capabilities(true))) {
        assert_eq!(deferral, None, "{name}");
    }
}
