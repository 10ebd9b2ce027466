//! Actions, as Terraform from 1.14 on plans and invokes them.

use futures::{Stream, StreamExt as _};
use terraform_provider_twilio::framework::proto::invoke_action::event::{Completed, Progress, Type};
use terraform_provider_twilio::framework::proto::invoke_action::{self, Event};
use terraform_provider_twilio::framework::proto::{
    Diagnostic, DynamicValue, attribute_path, get_metadata, get_provider_schema, plan_action, stop_provider,
    validate_action_config,
};
use terraform_provider_twilio::framework::value::Value;
use tonic::Status;

use super::rpc::{error, message, object};
use super::server::Served;
use super::toy::{Fault, ring};

const RING: &str = "toy_ring";

fn bell(name: &str) -> Option<DynamicValue> {
    object(&ring(), &[("bell", name.into())])
}

fn validated(served: &Served, config: Option<DynamicValue>) -> Vec<Diagnostic> {
    served.run(async {
        let request = validate_action_config::Request {
            action_type: RING.to_owned(),
            config,
        };
        let answer = served.client().await.validate_action_config(request).await;
        answer.expect("no status").into_inner().diagnostics
    })
}

fn planned(served: &Served, config: Option<DynamicValue>) -> plan_action::Response {
    served.run(async {
        let request = plan_action::Request {
            action_type: RING.to_owned(),
            config,
            ..Default::default()
        };
        let answer = served.client().await.plan_action(request).await;
        answer.expect("no status").into_inner()
    })
}

async fn begin(
    served: &Served,
    action_type: &str,
    config: Option<DynamicValue>,
) -> impl Stream<Item = Result<Event, Status>> + Unpin {
    let request = invoke_action::Request {
        action_type: action_type.to_owned(),
        config,
        ..Default::default()
    };
    let answer = served.client().await.invoke_action(request).await;
    answer.expect("no status").into_inner()
}

/// What an invocation said on its way, and how it ended: by exactly one event, the last.
#[track_caller]
fn split(events: Vec<Event>) -> (Vec<String>, Vec<Diagnostic>) {
    let mut said = Vec::new();
    let mut ended = None;
    for event in events {
        assert!(ended.is_none(), "nothing follows the end");
        // Terraform crashes over an event with neither.
        match event.r#type.expect("an event says something") {
            Type::Progress(Progress { message }) => said.push(message),
            Type::Completed(Completed { diagnostics }) => ended = Some(diagnostics),
        }
    }
    (said, ended.expect("an end"))
}

fn invoked(served: &Served, action_type: &str, config: Option<DynamicValue>) -> (Vec<String>, Vec<Diagnostic>) {
    let events = served.run(async {
        let events = begin(served, action_type, config).await;
        events.map(|event| event.expect("never a gRPC status")).collect().await
    });
    split(events)
}

#[test]
fn actions_are_offered_with_their_schemas() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let schema = client.get_provider_schema(get_provider_schema::Request {}).await;
        let schema = schema.expect("no status").into_inner();
        let metadata = client.get_metadata(get_metadata::Request {}).await;
        let metadata = metadata.expect("no status").into_inner();
        let names: Vec<_> = metadata.actions.iter().map(|entry| &entry.type_name).collect();
        assert_eq!(names, schema.action_schemas.keys().collect::<Vec<_>>());
        let block = schema.action_schemas[RING]
            .schema
            .as_ref()
            .and_then(|schema| schema.block.as_ref());
        let names: Vec<_> = block
            .expect("a block")
            .attributes
            .iter()
            .map(|attribute| &attribute.name)
            .collect();
        assert_eq!(names, ["bell", "times", "word"]);
    });
}

#[test]
fn a_configuration_is_checked_as_far_as_it_is_known() {
    let served = Served::start();
    assert_eq!(validated(&served, bell("small")), []);
    let unknown = object(&ring(), &[("bell", Value::UNKNOWN), ("times", Value::UNKNOWN)]);
    assert_eq!(validated(&served, unknown), []);
    let all = Some(message(&Value::UNKNOWN, &ring().block.value_type()));
    assert_eq!(validated(&served, all), []);
    for (config, reason) in [
        (bell("cracked"), "The bell is cracked"),
        (object(&ring(), &[]), "bell"),
        (None, "bell"),
        (
            object(&ring(), &[("bell", "small".into()), ("times", 0.into())]),
            "times",
        ),
    ] {
        let said = validated(&served, config);
        assert!(error(&said).contains(reason), "{said:?}");
        let first = said[0]
            .attribute
            .as_ref()
            .and_then(|path| path.steps.first()?.selector.clone());
        assert!(
            matches!(first, Some(attribute_path::step::Selector::AttributeName(_))),
            "{said:?}"
        );
    }
    assert!(served.toy.memory().calls.is_empty(), "nothing was planned or rung");
}

#[test]
fn a_plan_takes_unknowns_and_changes_nothing() {
    let served = Served::start();
    for (config, calls) in [
        (bell("small"), "plan-ring small"),
        (object(&ring(), &[("bell", Value::UNKNOWN)]), "plan-ring (unknown)"),
        (
            Some(message(&Value::UNKNOWN, &ring().block.value_type())),
            "plan-ring (unknown)",
        ),
    ] {
        served.toy.memory().calls.clear();
        let answer = planned(&served, config);
        assert_eq!((answer.diagnostics, answer.deferred), (vec![], None));
        assert_eq!(served.toy.memory().calls, [calls]);
    }
    let warned = planned(&served, bell("loud")).diagnostics;
    assert_eq!((warned.len(), warned[0].severity), (1, 2), "{warned:?}");
    // What was unknown while it was validated.
    served.toy.memory().calls.clear();
    assert!(error(&planned(&served, bell("cracked")).diagnostics).contains("cracked"));
    assert!(served.toy.memory().calls.is_empty());
}

#[test]
fn an_action_says_how_far_it_is_and_ends_once() {
    let served = Served::start();
    let config = object(
        &ring(),
        &[
            ("bell", "a\u{1b}[2J".into()),
            ("times", 3.into()),
            ("word", "hush".into()),
        ],
    );
    let (said, ended) = invoked(&served, RING, config);
    let expected = [1, 2, 3].map(|number| format!("ringing a\\u001b[2J, {number} of 3"));
    assert_eq!((said, ended), (expected.to_vec(), vec![]));
    assert_eq!(served.toy.memory().secrets, ["hush"], "write-only values arrive");
    let (said, ended) = invoked(&served, RING, bell("loud"));
    assert_eq!(said.len(), 1);
    assert_eq!((ended.len(), ended[0].severity), (1, 2), "{ended:?}");
    // What was unknown before, and turns out to be wrong.
    let (said, ended) = invoked(&served, RING, bell("cracked"));
    let text = error(&ended);
    assert!(said.is_empty() && text.contains("cracked"), "{text}");
    assert!(text.contains("was not invoked: nothing was sent"), "{text}");
    // More lines than fit into one go.
    let config = object(&ring(), &[("bell", "a".into()), ("times", 100.into())]);
    assert_eq!(invoked(&served, RING, config).0.len(), 100);
}

#[test]
fn an_action_that_fails_ends_once_and_says_why() {
    for (fault, reason) in [(Fault::RingRefused, "The rope tore"), (Fault::RingPanics, "panicked")] {
        let served = Served::start();
        served.toy.break_it(fault);
        let (said, ended) = invoked(&served, RING, bell("small"));
        assert_eq!(said, ["ringing small, 1 of 1"], "{fault:?}");
        let text = error(&ended);
        assert!(text.contains(reason) && !text.contains("secret"), "{text}");
        served.toy.mend();
        assert_eq!(invoked(&served, RING, bell("small")).1, []);
    }
}

#[test]
fn what_cannot_be_invoked_is_not() {
    let served = Served::start();
    let garbage = Some(DynamicValue {
        msgpack: b"\x81\xa4bell\x01".to_vec(),
        json: Vec::new(),
    });
    for (action_type, config, reason) in [
        ("toy_nothing", bell("small"), "Unknown action toy_nothing"),
        (RING, object(&ring(), &[("bell", Value::UNKNOWN)]), "not known yet"),
        (RING, bell("cracked"), "The bell is cracked"),
        (RING, None, "bell"),
        (RING, garbage, "Value not understood"),
    ] {
        let (said, ended) = invoked(&served, action_type, config);
        assert!(said.is_empty(), "{said:?}");
        assert!(error(&ended).contains(reason), "{ended:?}");
    }
    assert!(served.toy.memory().calls.is_empty());
}

#[test]
fn a_stop_ends_an_action_and_the_next_is_invoked() {
    let served = Served::start();
    served.toy.break_it(Fault::RingHangs);
    served.run(async {
        let config = object(&ring(), &[("bell", "small".into()), ("times", 3.into())]);
        let mut events = begin(&served, RING, config).await;
        let first = events.next().await.expect("an event").expect("no status");
        served.toy.hanging.notified().await;
        let stopped = served.client().await.stop_provider(stop_provider::Request {}).await;
        assert_eq!(stopped.expect("no status").into_inner().error, "");
        let rest: Vec<_> = events.map(|event| event.expect("no status")).collect().await;
        let (said, ended) = split([first].into_iter().chain(rest).collect());
        assert_eq!(said.len(), 1);
        assert!(error(&ended).contains("1 of 3 were rung"), "{ended:?}");
    });
    served.toy.mend();
    assert_eq!(invoked(&served, RING, bell("small")).1, []);
}

/// Terraform 1.14 crashes over progress after an interrupt.
#[test]
fn what_is_said_after_a_stop_is_in_the_last_event() {
    let served = Served::start();
    served.toy.break_it(Fault::RingHangs);
    served.run(async {
        let mut events = begin(&served, RING, bell("stubborn")).await;
        let first = events.next().await.expect("an event").expect("no status");
        served.toy.hanging.notified().await;
        let stopped = served.client().await.stop_provider(stop_provider::Request {}).await;
        assert_eq!(stopped.expect("no status").into_inner().error, "");
        let rest: Vec<_> = events.map(|event| event.expect("no status")).collect().await;
        let (said, ended) = split([first].into_iter().chain(rest).collect());
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!((ended.len(), ended[0].severity), (1, 2), "{ended:?}");
        assert!(ended[0].detail.contains("rung all the same"), "{ended:?}");
    });
}
