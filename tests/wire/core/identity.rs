//! Resource identity, as Terraform and OpenTofu from 1.12 on ask for it.

use terraform_provider_twilio::framework::codec::from_proto;
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::framework::proto::{
    DynamicValue, RawState, ResourceIdentityData, apply_resource_change, get_resource_identity_schemas,
    import_resource_state, move_resource_state, plan_resource_change, read_resource, upgrade_resource_identity,
};
use terraform_provider_twilio::framework::value::Value;
use tonic::transport::Channel;

use super::rpc::{decoded, error, message, object, raw};
use super::server::Served;
use super::toy::{Fault, PRIVATE, thing, thing_identity};

fn identity(id: impl Into<Value>, zone: impl Into<Value>, color: impl Into<Value>) -> Option<ResourceIdentityData> {
    let value = Value::object([("id", id.into()), ("zone", zone.into()), ("color", color.into())]);
    Some(ResourceIdentityData {
        identity_data: Some(message(&value, &thing_identity().value_type())),
    })
}

/// The parts of an identity that was answered: id, zone and color.
fn parts(data: Option<&ResourceIdentityData>) -> Option<[Option<String>; 3]> {
    let value = from_proto(data?.identity_data.as_ref(), &thing_identity().value_type()).expect("it fits");
    Some(["id", "zone", "color"].map(|name| value.attr(name).as_str().map(str::to_owned)))
}

fn named(id: &str, zone: &str, color: &str) -> Option<[Option<String>; 3]> {
    let part = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Some([part(id), part(zone), part(color)])
}

type Client = ProviderClient<Channel>;

async fn plan(client: &mut Client, request: plan_resource_change::Request) -> plan_resource_change::Response {
    let request = plan_resource_change::Request {
        type_name: "toy_thing".to_owned(),
        ..request
    };
    client
        .plan_resource_change(request)
        .await
        .expect("no status")
        .into_inner()
}

async fn apply(client: &mut Client, request: apply_resource_change::Request) -> apply_resource_change::Response {
    let request = apply_resource_change::Request {
        type_name: "toy_thing".to_owned(),
        ..request
    };
    client
        .apply_resource_change(request)
        .await
        .expect("no status")
        .into_inner()
}

async fn read(
    client: &mut Client,
    current_state: Option<DynamicValue>,
    current_identity: Option<ResourceIdentityData>,
) -> read_resource::Response {
    let request = read_resource::Request {
        type_name: "toy_thing".to_owned(),
        current_state,
        current_identity,
        ..Default::default()
    };
    client.read_resource(request).await.expect("no status").into_inner()
}

async fn import(client: &mut Client, request: import_resource_state::Request) -> import_resource_state::Response {
    client
        .import_resource_state(request)
        .await
        .expect("no status")
        .into_inner()
}

/// Makes a thing. Returns what the create answered.
async fn create(client: &mut Client, fields: &[(&str, Value)]) -> apply_resource_change::Response {
    let config = object(&thing(), fields);
    let planned = plan(
        client,
        plan_resource_change::Request {
            proposed_new_state: config.clone(),
            config: config.clone(),
            ..Default::default()
        },
    )
    .await;
    assert_eq!(planned.planned_identity, None, "what does not exist yet has none");
    apply(
        client,
        apply_resource_change::Request {
            planned_state: planned.planned_state,
            config,
            ..Default::default()
        },
    )
    .await
}

/// Plans an update of what was made, with these attributes changed.
async fn change(
    client: &mut Client,
    made: &apply_resource_change::Response,
    fields: &[(&str, Value)],
) -> (plan_resource_change::Response, apply_resource_change::Request) {
    let schema = thing();
    let mut config = decoded(&schema, made.new_state.as_ref());
    for (name, value) in fields {
        config.set_attr(name, value.clone());
    }
    for name in ["id", "revision"] {
        config.set_attr(name, Value::Null);
    }
    let mut proposed = config.clone();
    proposed.set_attr("id", decoded(&schema, made.new_state.as_ref()).attr("id").clone());
    let ty = schema.block.value_type();
    let request = plan_resource_change::Request {
        prior_state: made.new_state.clone(),
        prior_identity: made.new_identity.clone(),
        proposed_new_state: Some(message(&proposed, &ty)),
        config: Some(message(&config, &ty)),
        ..Default::default()
    };
    let planned = plan(client, request.clone()).await;
    let next = apply_resource_change::Request {
        prior_state: request.prior_state,
        planned_state: planned.planned_state.clone(),
        planned_identity: planned.planned_identity.clone(),
        config: request.config,
        ..Default::default()
    };
    (planned, next)
}

#[test]
fn only_a_type_with_an_identity_schema_has_identities() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let request = get_resource_identity_schemas::Request {};
        let schemas = client.get_resource_identity_schemas(request).await.expect("no status");
        let schemas = schemas.into_inner().identity_schemas;
        assert_eq!(schemas.keys().collect::<Vec<_>>(), ["toy_thing"]);
        let schema = &schemas["toy_thing"];
        let told: Vec<_> = schema
            .identity_attributes
            .iter()
            .map(|part| {
                let ty = String::from_utf8_lossy(&part.r#type).into_owned();
                let needs = (part.required_for_import, part.optional_for_import);
                (part.name.as_str(), ty, needs, part.description.as_str())
            })
            .collect();
        let text = || "\"string\"".to_owned();
        assert_eq!(
            told,
            [
                ("id", text(), (true, false), "The id"),
                ("zone", text(), (false, true), ""),
                ("color", text(), (false, true), ""),
            ]
        );
        assert_eq!(schema.version, 1);

        // Terraform crashes over an identity where there is no schema for one.
        let stub = import(
            &mut client,
            import_resource_state::Request {
                type_name: "toy_nest".to_owned(),
                id: "nest-1".to_owned(),
                ..Default::default()
            },
        )
        .await;
        assert_eq!(stub.imported_resources[0].identity, None);
        served
            .toy
            .memory()
            .objects
            .insert("nest-1".to_owned(), Value::object([("id", Value::from("nest-1"))]));
        let request = read_resource::Request {
            type_name: "toy_nest".to_owned(),
            current_state: stub.imported_resources[0].state.clone(),
            current_identity: identity("nest-1", Value::Null, Value::Null),
            ..Default::default()
        };
        let answer = client.read_resource(request).await.expect("no status").into_inner();
        assert_eq!((answer.new_identity, answer.diagnostics), (None, vec![]));
        let request = upgrade_resource_identity::Request {
            type_name: "toy_nest".to_owned(),
            version: 0,
            raw_identity: raw("{\"id\": \"nest-1\"}"),
        };
        let answer = client
            .upgrade_resource_identity(request)
            .await
            .expect("no status")
            .into_inner();
        assert_eq!((answer.upgraded_identity, answer.diagnostics), (None, vec![]));
    });
}

#[test]
fn an_object_has_the_same_identity_from_its_create_on() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let made = create(
            &mut client,
            &[("name", "one".into()), ("zone", "z".into()), ("color", "red".into())],
        )
        .await;
        assert_eq!(parts(made.new_identity.as_ref()), named("thing-1", "z", "red"));

        let answer = read(&mut client, made.new_state.clone(), made.new_identity.clone()).await;
        assert_eq!(
            (answer.new_identity.clone(), &answer.diagnostics),
            (made.new_identity.clone(), &vec![])
        );
        // A state that an older Terraform, or an older provider, wrote.
        let answer = read(&mut client, made.new_state.clone(), None).await;
        assert_eq!(answer.new_identity, made.new_identity);

        let (planned, next) = change(&mut client, &made, &[("note", "new".into())]).await;
        assert_eq!(
            (&planned.planned_identity, &planned.diagnostics),
            (&made.new_identity, &vec![])
        );
        let changed = apply(&mut client, next).await;
        assert_eq!(
            (&changed.new_identity, &changed.diagnostics),
            (&made.new_identity, &vec![])
        );

        // What is replaced keeps its identity to its end.
        let (planned, _) = change(&mut client, &made, &[("zone", "other".into())]).await;
        assert_eq!(
            (&planned.planned_identity, &planned.diagnostics),
            (&made.new_identity, &vec![])
        );

        let request = plan_resource_change::Request {
            prior_state: made.new_state.clone(),
            prior_identity: made.new_identity.clone(),
            ..Default::default()
        };
        let planned = plan(&mut client, request).await;
        assert_eq!((planned.planned_identity, planned.diagnostics), (None, vec![]));
        let request = apply_resource_change::Request {
            prior_state: made.new_state.clone(),
            ..Default::default()
        };
        served.toy.break_it(Fault::DeleteRefused);
        let standing = apply(&mut client, request.clone()).await;
        assert_eq!(
            standing.new_identity, made.new_identity,
            "Terraform stores what is answered"
        );
        error(&standing.diagnostics);
        served.toy.mend();
        let gone = apply(&mut client, request).await;
        assert_eq!((gone.new_identity, gone.diagnostics), (None, vec![]));
        let answer = read(&mut client, made.new_state, made.new_identity).await;
        assert_eq!((answer.new_identity, answer.diagnostics), (None, vec![]));
    });
}

#[test]
fn an_object_that_was_made_and_then_failed_has_its_identity() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        for fault in [Fault::CreateHalfway, Fault::CreateLeavesUnknown] {
            served.toy.mend();
            served.toy.break_it(fault);
            let made = create(&mut client, &[("name", "one".into())]).await;
            error(&made.diagnostics);
            let [id, ..] = parts(made.new_identity.as_ref()).expect("an identity");
            assert!(id.is_some_and(|id| id.starts_with("thing-")), "{fault:?}");
        }
        served.toy.mend();
        served.toy.break_it(Fault::CreateRefused);
        let made = create(&mut client, &[("name", "one".into())]).await;
        error(&made.diagnostics);
        assert_eq!((made.new_state, made.new_identity), (None, None));
    });
}

#[test]
fn a_part_that_may_change_changes_in_place() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let made = create(&mut client, &[("name", "one".into()), ("color", "red".into())]).await;
        let (planned, next) = change(&mut client, &made, &[("color", "blue".into())]).await;
        assert_eq!(parts(planned.planned_identity.as_ref()), named("thing-1", "", "blue"));
        let changed = apply(&mut client, next).await;
        assert_eq!(parts(changed.new_identity.as_ref()), named("thing-1", "", "blue"));
        assert_eq!(changed.diagnostics, []);
        // Somebody else did the same.
        let answer = read(&mut client, made.new_state, made.new_identity).await;
        assert_eq!(parts(answer.new_identity.as_ref()), named("thing-1", "", "blue"));
        assert_eq!(answer.diagnostics, []);
    });
}

#[test]
fn another_object_in_place_of_the_one_that_was_meant_is_an_error() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let made = create(&mut client, &[("name", "one".into())]).await;

        served.toy.break_it(Fault::ReadFindsAnother);
        for sent in [made.new_identity.clone(), None] {
            let answer = read(&mut client, made.new_state.clone(), sent).await;
            let text = error(&answer.diagnostics);
            assert!(text.contains("thing-1") && text.contains("thing-another"), "{text}");
            assert_eq!(
                (answer.new_state, answer.new_identity),
                (None, None),
                "the state stays as it is"
            );
        }
        served.toy.mend();

        served.toy.break_it(Fault::PlanBecomesAnother);
        let (planned, _) = change(&mut client, &made, &[("note", "new".into())]).await;
        assert!(
            planned
                .diagnostics
                .iter()
                .any(|told| told.summary.contains("would become another object"))
        );
        served.toy.mend();

        let (_, next) = change(&mut client, &made, &[("note", "new".into())]).await;
        served.toy.break_it(Fault::UpdateBecomesAnother);
        let changed = apply(&mut client, next).await;
        let text = error(&changed.diagnostics);
        assert!(text.contains("thing-another"), "{text}");
        assert_eq!(parts(changed.new_identity.as_ref()), named("thing-another", "", "made"));
        let state = decoded(&thing(), changed.new_state.as_ref());
        assert_eq!(
            state.attr("id").as_str(),
            Some("thing-another"),
            "the state has what there is"
        );
    });
}

#[test]
fn an_import_takes_an_identity_or_an_id() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        create(&mut client, &[("name", "one".into()), ("zone", "z".into())]).await;
        let by_id = import_resource_state::Request {
            type_name: "toy_thing".to_owned(),
            id: "thing-1".to_owned(),
            ..Default::default()
        };
        let by_identity = |given| import_resource_state::Request {
            type_name: "toy_thing".to_owned(),
            identity: given,
            ..Default::default()
        };
        let answer = import(&mut client, by_id).await;
        assert_eq!(answer.diagnostics, []);
        assert_eq!(
            parts(answer.imported_resources[0].identity.as_ref()),
            named("thing-1", "", "")
        );
        assert_eq!(served.toy.memory().count("identify"), 0);

        let answer = import(&mut client, by_identity(identity("thing-1", "z", Value::Null))).await;
        assert_eq!(answer.diagnostics, []);
        let imported = &answer.imported_resources[0];
        assert_eq!(
            (imported.type_name.as_str(), imported.private.as_slice()),
            ("toy_thing", PRIVATE)
        );
        assert_eq!(parts(imported.identity.as_ref()), named("thing-1", "z", ""));
        let state = decoded(&thing(), imported.state.as_ref());
        assert_eq!(
            (state.attr("id").as_str(), state.attr("secret")),
            (Some("thing-1"), &Value::Null)
        );
        // What is read fills in what was left out, and is the same object.
        let answer = read(&mut client, imported.state.clone(), imported.identity.clone()).await;
        assert_eq!(answer.diagnostics, []);
        assert_eq!(parts(answer.new_identity.as_ref()), named("thing-1", "z", "made"));
        // The import may have left it to the read to make a state.
        let answer = read(&mut client, None, identity("thing-1", Value::Null, Value::Null)).await;
        assert_eq!(answer.diagnostics, []);
        assert_eq!(answer.private, PRIVATE);
        assert_eq!(
            decoded(&thing(), answer.new_state.as_ref()).attr("name").as_str(),
            Some("one")
        );

        for (given, reason) in [
            (identity(Value::Null, "z", Value::Null), "must have a value for id"),
            (identity(Value::UNKNOWN, "z", Value::Null), "must have a value for id"),
            (
                identity("nest-1", Value::Null, Value::Null),
                "is not an id of this type",
            ),
        ] {
            let answer = import(&mut client, by_identity(given)).await;
            let text = error(&answer.diagnostics);
            assert!(text.contains(reason), "{text}");
            assert!(answer.imported_resources.is_empty());
        }
        for (fault, reason) in [
            (Fault::ImportFindsAnother, "thing-another"),
            (Fault::ImportFindsNothing, "found has none"),
        ] {
            served.toy.break_it(fault);
            let given = || identity("thing-1", Value::Null, Value::Null);
            let answer = import(&mut client, by_identity(given())).await;
            let text = error(&answer.diagnostics);
            assert!(text.contains(reason), "{text}");
            error(&read(&mut client, None, given()).await.diagnostics);
            served.toy.mend();
        }
    });
}

#[test]
fn a_move_hands_the_identity_over_and_answers_one() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let mut request = move_resource_state::Request {
            source_provider_address: "example.com/test/toy".to_owned(),
            source_type_name: "toy_old".to_owned(),
            source_state: raw("{\"id\": \"old-1\", \"title\": \"one\"}"),
            source_identity: raw("{\"key\": \"old-1\"}"),
            target_type_name: "toy_thing".to_owned(),
            ..Default::default()
        };
        for source_identity in [
            raw("{\"key\": \"old-1\"}"),
            raw("null"),
            Some(RawState::default()),
            None,
        ] {
            request.source_identity = source_identity;
            let answer = client
                .move_resource_state(request.clone())
                .await
                .expect("no status")
                .into_inner();
            assert_eq!(answer.diagnostics, []);
            assert_eq!(parts(answer.target_identity.as_ref()), named("old-1", "", ""));
        }
        request.source_identity = raw("{");
        let answer = client
            .move_resource_state(request)
            .await
            .expect("no status")
            .into_inner();
        assert!(error(&answer.diagnostics).contains("not valid JSON"));
        assert_eq!(answer.target_state, None);
    });
    let moved = served
        .toy
        .memory()
        .calls
        .iter()
        .filter(|call| call.starts_with("moved"))
        .cloned()
        .collect::<Vec<_>>();
    assert_eq!(moved, ["moved {\"key\":\"old-1\"}", "moved ", "moved ", "moved "]);
}

#[test]
fn an_identity_of_another_version_is_upgraded_or_refused() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let mut upgrade = async |version, raw_identity| {
            let request = upgrade_resource_identity::Request {
                type_name: "toy_thing".to_owned(),
                version,
                raw_identity,
            };
            client
                .upgrade_resource_identity(request)
                .await
                .expect("no status")
                .into_inner()
        };
        for (version, stored, expected) in [
            (0, raw("{\"key\": \"thing-1\"}"), named("thing-1", "", "")),
            (
                1,
                raw("{\"id\": \"thing-1\", \"zone\": \"z\", \"gone\": 1}"),
                named("thing-1", "z", ""),
            ),
            // An object that has none yet.
            (0, raw(""), None),
            (0, Some(RawState::default()), None),
            (0, raw("null"), None),
            (0, None, None),
        ] {
            let answer = upgrade(version, stored.clone()).await;
            assert_eq!(answer.diagnostics, [], "{stored:?}");
            assert_eq!(parts(answer.upgraded_identity.as_ref()), expected, "{stored:?}");
        }
        for (version, stored, reason) in [
            (2, raw("{}"), "newer than the provider"),
            (-1, raw("{}"), "Version -1 never was"),
            (1, raw("{"), "not valid JSON"),
            (1, raw("{\"id\": [1]}"), "does not fit its schema"),
        ] {
            let answer = upgrade(version, stored).await;
            let text = error(&answer.diagnostics);
            assert!(text.contains(reason), "{text}");
            assert_eq!(answer.upgraded_identity, None);
        }
    });
}

#[test]
fn a_panic_over_an_identity_is_a_diagnostic() {
    let served = Served::start();
    served.toy.break_it(Fault::IdentityPanics);
    served.run(async {
        let mut client = served.client().await;
        let request = get_resource_identity_schemas::Request {};
        let answer = client
            .get_resource_identity_schemas(request)
            .await
            .expect("no status")
            .into_inner();
        assert!(error(&answer.diagnostics).contains("panicked"));
        let request = upgrade_resource_identity::Request {
            type_name: "toy_thing".to_owned(),
            ..Default::default()
        };
        let answer = client
            .upgrade_resource_identity(request)
            .await
            .expect("no status")
            .into_inner();
        assert!(error(&answer.diagnostics).contains("panicked"));
    });
}
