//! Searches, as Terraform from 1.14 on makes them.

use futures::{Stream, StreamExt as _};
use terraform_provider_twilio::framework::codec::from_proto;
use terraform_provider_twilio::framework::proto::attribute_path;
use terraform_provider_twilio::framework::proto::list_resource::Event;
use terraform_provider_twilio::framework::proto::{list_resource, stop_provider, validate_list_resource_config};
use terraform_provider_twilio::framework::value::Value;
use tonic::Status;

use super::rpc::{decoded, error, message, object};
use super::server::Served;
use super::toy::{Fault, thing, thing_identity, things};

/// Serves a toy that has things of these names, `thing-00` and so on.
fn with_things(names: &[&str]) -> Served {
    let served = Served::start();
    for (number, name) in names.iter().enumerate() {
        let id = format!("thing-{number:02}");
        let thing = Value::object([
            ("id", Value::from(id.as_str())),
            ("name", (*name).into()),
            ("color", "red".into()),
            ("revision", "r1".into()),
            ("size", 5.into()),
            ("secret", "careless".into()),
        ]);
        served.toy.memory().objects.insert(id, thing);
    }
    served
}

fn search(limit: i64) -> list_resource::Request {
    list_resource::Request {
        type_name: "toy_thing".to_owned(),
        limit,
        ..Default::default()
    }
}

async fn begin(served: &Served, request: list_resource::Request) -> impl Stream<Item = Result<Event, Status>> + Unpin {
    let mut client = served.client().await;
    client.list_resource(request).await.expect("no status").into_inner()
}

/// All events of a search.
fn found(served: &Served, request: list_resource::Request) -> Vec<Event> {
    served.run(async {
        let events = begin(served, request).await;
        events.map(|event| event.expect("never a gRPC status")).collect().await
    })
}

/// The id in an event, if it has an identity, and its name.
fn named(event: &Event) -> (Option<String>, &str) {
    let id = event.identity.as_ref().map(|data| {
        let identity = from_proto(data.identity_data.as_ref(), &thing_identity().value_type()).expect("it fits");
        identity.attr("id").as_str().expect("an id").to_owned()
    });
    (id, &event.display_name)
}

fn names(events: &[Event]) -> Vec<&str> {
    let objects = events.iter().filter(|event| event.identity.is_some());
    objects.map(|event| event.display_name.as_str()).collect()
}

/// The errors and warnings of an event.
fn told(event: &Event) -> Vec<(i32, &str)> {
    let told = event.diagnostic.iter();
    told.map(|told| (told.severity, told.summary.as_str())).collect()
}

#[test]
fn a_search_finds_each_object_with_its_identity_and_name() {
    let served = with_things(&["a", "b", "c\u{1b}[2J"]);
    let events = found(&served, search(100));
    let expected = [("thing-00", "a"), ("thing-01", "b"), ("thing-02", "c\\u001b[2J")];
    let expected = expected.map(|(id, name)| (Some(id.to_owned()), name));
    assert_eq!(events[..3].iter().map(named).collect::<Vec<_>>(), expected);
    assert!(
        events.iter().all(|event| event.resource_object.is_none()),
        "nobody wanted it"
    );
    // An error about one thing would end the query.
    assert_eq!(
        (named(&events[3]), told(&events[3])),
        ((None, ""), vec![(2, "The end")])
    );
    assert_eq!(events.len(), 4);
    assert_eq!(served.toy.memory().calls, ["list Some(100) false ", "page 0", "page 1"]);
}

#[test]
fn whole_objects_are_what_a_read_would_store() {
    let served = with_things(&["a", "partial"]);
    let request = list_resource::Request {
        include_resource_object: true,
        ..search(0)
    };
    let events = found(&served, request);
    let whole = decoded(&thing(), events[0].resource_object.as_ref());
    assert_eq!(
        (whole.attr("name").as_str(), whole.attr("secret")),
        (Some("a"), &Value::Null)
    );
    assert!(whole.attr("labels").is_null() && whole.is_wholly_known());
    assert_eq!(named(&events[1]), (Some("thing-01".to_owned()), "partial"));
    assert_eq!(events[1].resource_object, None);
    assert_eq!(served.toy.memory().calls[0], "list None true ");
}

#[test]
fn a_filter_is_part_of_the_search() {
    let served = with_things(&["ab", "ac", "b"]);
    let config = object(&things(), &[("name_prefix", "a".into())]);
    let events = found(&served, list_resource::Request { config, ..search(100) });
    assert_eq!(names(&events), ["ab", "ac"]);
    // A block that is left out, in both ways.
    let null = Some(message(&Value::Null, &things().block.value_type()));
    for config in [None, null] {
        let events = found(&served, list_resource::Request { config, ..search(100) });
        assert_eq!(names(&events).len(), 3);
    }
}

#[test]
fn no_more_than_the_limit_is_found_or_searched_for() {
    let served = with_things(&["a", "b", "c", "d", "e", "f", "g"]);
    for (limit, pages) in [(1, 1), (2, 1), (3, 2), (4, 2), (7, 4)] {
        served.toy.memory().calls.clear();
        let events = found(&served, search(limit));
        assert_eq!(i64::try_from(events.len()), Ok(limit));
        assert_eq!(served.toy.memory().count("page"), pages, "limit {limit}");
    }
    // No limit at all.
    for limit in [0, -1] {
        assert_eq!(names(&found(&served, search(limit))).len(), 7);
    }
}

#[test]
fn one_bad_object_is_a_warning_and_the_others_are_found() {
    let served = with_things(&["broken", "a", "nameless", "odd", "open", "b"]);
    let request = |include_resource_object| list_resource::Request {
        include_resource_object,
        ..search(4)
    };
    let events = found(&served, request(true));
    assert_eq!(names(&events), ["a", "odd", "b"]);
    let warned: Vec<_> = events.iter().filter(|event| !event.diagnostic.is_empty()).collect();
    let summaries: Vec<_> = warned.iter().flat_map(|event| told(event)).collect();
    let left_out = (2, "A toy_thing was left out of the search");
    assert_eq!(
        summaries,
        [
            (2, "One is broken"),
            left_out,
            (2, "One is odd"),
            left_out,
            (2, "The end")
        ]
    );
    // What is open in an object does not matter where only its name is wanted. Those left out do not count.
    let events = found(&served, request(false));
    assert_eq!(names(&events), ["a", "odd", "open", "b"]);
}

#[test]
fn a_search_that_cannot_go_on_ends_with_an_error() {
    for (fault, reason) in [
        (Fault::ListRefused, "The toy lost its place"),
        (Fault::ListPanics, "panicked"),
    ] {
        let served = with_things(&["a", "b", "c"]);
        served.toy.break_it(fault);
        let events = found(&served, search(100));
        assert_eq!(names(&events), ["a", "b"], "{fault:?}");
        assert_eq!(events.len(), 3, "{fault:?}");
        let text = error(&events[2].diagnostic);
        assert!(text.contains(reason) && !text.contains("secret"), "{text}");
    }
}

#[test]
fn a_stop_ends_a_search_and_the_next_is_served() {
    let served = with_things(&["a", "b", "c"]);
    served.toy.break_it(Fault::ListHangs);
    served.run(async {
        let mut events = begin(&served, search(100)).await;
        for name in ["a", "b"] {
            let event = events.next().await.expect("an event").expect("no status");
            assert_eq!(event.display_name, name);
        }
        let mut stopping = served.client().await;
        served.toy.hanging.notified().await;
        stopping
            .stop_provider(stop_provider::Request {})
            .await
            .expect("no status");
        let last = events.next().await.expect("an event").expect("no status");
        assert!(error(&last.diagnostic).contains("was stopped before"));
        assert!(events.next().await.is_none());
    });
    served.toy.mend();
    assert_eq!(names(&found(&served, search(100))).len(), 3);
}

#[test]
fn a_search_that_nobody_waits_for_ends() {
    let names = vec!["x"; 60];
    let served = with_things(&names);
    // Too large for all of them to be on their way before anybody takes one.
    for object in served.toy.memory().objects.values_mut() {
        object.set_attr("note", "x".repeat(1 << 18).into());
    }
    served.run(async {
        let request = list_resource::Request {
            include_resource_object: true,
            ..search(0)
        };
        let mut events = begin(&served, request).await;
        events.next().await.expect("an event").expect("no status");
        drop(events);
        served.toy.searched.notified().await;
    });
    let pages = served.toy.memory().count("page");
    assert!(pages < 30, "all {pages} pages were fetched for nobody");
}

#[test]
fn the_arguments_of_a_search_are_checked() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let mut validate = async |fields: &[(&str, Value)]| {
            let request = validate_list_resource_config::Request {
                type_name: "toy_thing".to_owned(),
                config: object(&things(), fields),
                ..Default::default()
            };
            let answer = client.validate_list_resource_config(request).await.expect("no status");
            answer.into_inner().diagnostics
        };
        assert_eq!(validate(&[]).await, []);
        assert_eq!(validate(&[("name_prefix", Value::UNKNOWN)]).await, []);
        for (fields, reason) in [
            (vec![("name_prefix", "".into())], "set and empty"),
            (vec![("name_prefix", "a!".into())], "does not shout"),
            (vec![("left", "l".into()), ("right", "r".into())], "Only one of these"),
        ] {
            let said = validate(&fields).await;
            let text = error(&said);
            assert!(text.contains(reason), "{text}");
            // Terraform looks from the list block on.
            let first = said[0]
                .attribute
                .as_ref()
                .and_then(|path| path.steps.first()?.selector.clone());
            if fields.len() == 1 {
                let config = attribute_path::step::Selector::AttributeName("config".to_owned());
                assert_eq!(first, Some(config), "{text}");
            }
        }
    });
    // A type that cannot be searched, and one that is not there.
    for type_name in ["toy_nest", "toy_nothing"] {
        let request = list_resource::Request {
            type_name: type_name.to_owned(),
            ..Default::default()
        };
        let events = found(&served, request);
        assert!(error(&events[0].diagnostic).contains(type_name));
        assert_eq!(events.len(), 1);
    }
}
