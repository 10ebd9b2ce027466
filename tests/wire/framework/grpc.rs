//! What Terraform does not ask, or not so that its answer shows.

use terraform_provider_twilio::framework::proto::*;

use super::host::Host;

const ERROR: i32 = diagnostic::Severity::Error as i32;

fn one_error(diagnostics: &[Diagnostic], needle: &str) {
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert_eq!(diagnostics[0].severity, ERROR);
    assert!(!diagnostics[0].summary.is_empty() && !diagnostics[0].summary.ends_with('.'));
    let text = format!("{} {}", diagnostics[0].summary, diagnostics[0].detail);
    assert!(text.contains(needle), "{needle}: {text}");
}

#[test]
fn schema_and_metadata_agree_and_are_the_same_each_time() {
    let host = Host::start();
    let mut client = host.client();
    host.runtime.block_on(async {
        let schema = client
            .get_provider_schema(get_provider_schema::Request {})
            .await
            .expect("a schema")
            .into_inner();
        let again = client
            .get_provider_schema(get_provider_schema::Request {})
            .await
            .expect("a schema")
            .into_inner();
        assert_eq!(schema, again);
        let metadata = client
            .get_metadata(get_metadata::Request {})
            .await
            .expect("metadata")
            .into_inner();
        assert_eq!(metadata.server_capabilities, schema.server_capabilities);
        let names = |names: Vec<String>| names;
        assert_eq!(
            names(
                metadata
                    .resources
                    .into_iter()
                    .map(|resource| resource.type_name)
                    .collect()
            ),
            schema.resource_schemas.keys().cloned().collect::<Vec<_>>()
        );
        let functions = client
            .get_functions(get_functions::Request {})
            .await
            .expect("functions")
            .into_inner();
        assert_eq!(functions.functions, schema.functions);
        assert!(schema.provider_meta.is_none());
        let block = schema.resource_schemas["toy_thing"].block.as_ref().expect("a block");
        assert!(
            block
                .attributes
                .iter()
                .any(|attribute| attribute.write_only && attribute.sensitive)
        );
    });
}

#[test]
fn unknown_types_are_diagnostics_and_never_statuses() {
    let host = Host::start();
    let mut client = host.client();
    host.runtime.block_on(async {
        let type_name = "toy_nothing".to_owned();
        let request = read_resource::Request {
            type_name: type_name.clone(),
            ..Default::default()
        };
        one_error(
            &client
                .read_resource(request)
                .await
                .expect("no status")
                .into_inner()
                .diagnostics,
            "toy_nothing",
        );
        let request = plan_resource_change::Request {
            type_name: type_name.clone(),
            ..Default::default()
        };
        one_error(
            &client
                .plan_resource_change(request)
                .await
                .expect("no status")
                .into_inner()
                .diagnostics,
            "toy_nothing",
        );
        let request = apply_resource_change::Request {
            type_name: type_name.clone(),
            ..Default::default()
        };
        one_error(
            &client
                .apply_resource_change(request)
                .await
                .expect("no status")
                .into_inner()
                .diagnostics,
            "toy_nothing",
        );
        let request = read_data_source::Request {
            type_name: type_name.clone(),
            ..Default::default()
        };
        one_error(
            &client
                .read_data_source(request)
                .await
                .expect("no status")
                .into_inner()
                .diagnostics,
            "toy_nothing",
        );
        let request = open_ephemeral_resource::Request {
            type_name,
            ..Default::default()
        };
        one_error(
            &client
                .open_ephemeral_resource(request)
                .await
                .expect("no status")
                .into_inner()
                .diagnostics,
            "toy_nothing",
        );
    });
}

#[test]
fn a_state_that_cannot_be_read_is_an_error_and_never_an_empty_answer() {
    let host = Host::start();
    let mut client = host.client();
    host.runtime.block_on(async {
        let raw = |json: &str| RawState {
            json: json.as_bytes().to_vec(),
            ..RawState::default()
        };
        let flatmap = RawState {
            flatmap: [("id".to_owned(), "x".to_owned())].into(),
            ..RawState::default()
        };
        for (version, raw_state, needle) in [
            (1, Some(raw("{ broken")), "not valid JSON"),
            (1, Some(flatmap), "0.11"),
            (1, None, "no state"),
            (2, Some(raw("{}")), "newer than the provider"),
            (1, Some(raw(r#"{"size": [1]}"#)), "does not fit the schema"),
        ] {
            let request = upgrade_resource_state::Request {
                type_name: "toy_thing".to_owned(),
                version,
                raw_state,
            };
            let answer = client
                .upgrade_resource_state(request)
                .await
                .expect("no status")
                .into_inner();
            one_error(&answer.diagnostics, needle);
            assert!(answer.upgraded_state.is_none());
        }
    });
}

#[test]
fn a_move_from_an_unsupported_source_is_refused() {
    let host = Host::start();
    let mut client = host.client();
    host.runtime.block_on(async {
        let request = move_resource_state::Request {
            source_provider_address: "example.com/other/other".to_owned(),
            source_type_name: "other_thing".to_owned(),
            source_state: Some(RawState {
                json: b"{}".to_vec(),
                ..RawState::default()
            }),
            target_type_name: "toy_thing".to_owned(),
            ..Default::default()
        };
        let answer = client
            .move_resource_state(request)
            .await
            .expect("no status")
            .into_inner();
        one_error(&answer.diagnostics, "other_thing");
        assert!(answer.target_state.is_none());
    });
}

#[test]
fn write_only_values_need_a_caller_that_can_keep_them_out_of_the_state() {
    let host = Host::start();
    let mut client = host.client();
    host.runtime.block_on(async {
        use terraform_provider_twilio::framework::codec::encode_msgpack;
        use terraform_provider_twilio::framework::provider::Provider as _;
        use terraform_provider_twilio::framework::value::Value;
        let toy = super::toy::Toy(host.world.clone());
        let schema = toy.resources()[0].schema();
        let ty = schema.block.value_type();
        let config = Value::object([
            ("name", "a".into()),
            ("secret", "s".into()),
            ("rule", Value::List(Vec::new())),
        ]);
        let config = DynamicValue {
            msgpack: encode_msgpack(&config, &ty).expect("it conforms"),
            ..Default::default()
        };
        let mut request = validate_resource_config::Request {
            type_name: "toy_thing".to_owned(),
            config: Some(config),
            client_capabilities: None,
        };
        let answer = client
            .validate_resource_config(request.clone())
            .await
            .expect("no status")
            .into_inner();
        one_error(&answer.diagnostics, "Terraform 1.11");
        request.client_capabilities = Some(ClientCapabilities {
            write_only_attributes_allowed: true,
            ..Default::default()
        });
        let answer = client
            .validate_resource_config(request)
            .await
            .expect("no status")
            .into_inner();
        assert!(answer.diagnostics.is_empty(), "{:?}", answer.diagnostics);
    });
}

#[test]
fn stopping_is_passed_on_and_the_next_call_is_served() {
    let host = Host::start();
    let mut client = host.client();
    host.runtime.block_on(async {
        let answer = client
            .stop_provider(stop_provider::Request {})
            .await
            .expect("an answer")
            .into_inner();
        assert_eq!(answer.error, "");
        client
            .get_metadata(get_metadata::Request {})
            .await
            .expect("still served");
    });
    assert_eq!(host.world.log(), ["stopped"]);
}

#[test]
fn features_that_are_not_offered_are_unimplemented() {
    let host = Host::start();
    let mut client = host.client();
    host.runtime.block_on(async {
        let status = client
            .lock_state(lock_state::Request::default())
            .await
            .expect_err("no state stores");
        assert_eq!(status.code(), tonic::Code::Unimplemented);
        let status = client
            .plan_action(plan_action::Request::default())
            .await
            .expect_err("no actions");
        assert_eq!(status.code(), tonic::Code::Unimplemented);
        let identities = client
            .get_resource_identity_schemas(get_resource_identity_schemas::Request {})
            .await;
        assert!(identities.expect("an answer").into_inner().identity_schemas.is_empty());
    });
}

#[test]
fn sixty_four_calls_at_once_are_answered_each_with_its_own() {
    let host = Host::start();
    let client = host.client();
    host.runtime.block_on(async {
        let calls = (0..64).map(|number| {
            let mut client = client.clone();
            tokio::spawn(async move {
                let request = call_function::Request {
                    name: "join".to_owned(),
                    arguments: ["-", &number.to_string(), "x"].map(text).to_vec(),
                };
                (
                    number,
                    client
                        .call_function(request)
                        .await
                        .expect("no status")
                        .into_inner()
                        .result,
                )
            })
        });
        for call in calls.collect::<Vec<_>>() {
            let (number, result) = call.await.expect("it does not panic");
            assert_eq!(result, Some(text(&format!("{number}-x"))));
        }
    });
}

fn text(text: &str) -> DynamicValue {
    use terraform_provider_twilio::framework::codec::encode_msgpack;
    use terraform_provider_twilio::framework::types::Type;
    DynamicValue {
        msgpack: encode_msgpack(&text.into(), &Type::String).expect("a text"),
        ..Default::default()
    }
}
