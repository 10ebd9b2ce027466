//! Calls that Terraform does not make, or whose responses it does not show.

use prost::Message as _;
use serde_json::json;
use terraform_provider_twilio::framework::codec::{encode_msgpack, from_proto};
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::framework::proto::{
    ClientCapabilities, Diagnostic, DynamicValue, RawState, apply_resource_change, call_function,
    close_ephemeral_resource, generate_resource_config, get_functions, get_metadata, get_provider_schema,
    import_resource_state, move_resource_state, open_ephemeral_resource, plan_resource_change, read_data_source,
    read_resource, renew_ephemeral_resource, stop_provider, upgrade_resource_identity, upgrade_resource_state,
    validate_data_resource_config, validate_ephemeral_resource_config, validate_list_resource_config,
    validate_provider_config, validate_resource_config,
};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;
use tonic::transport::Channel;

use super::server::Served;
use super::toy::{PRIVATE, lease, nest, thing};

pub(super) fn message(value: &Value, ty: &Type) -> DynamicValue {
    DynamicValue {
        msgpack: encode_msgpack(value, ty).expect("it conforms"),
        json: Vec::new(),
    }
}

pub(super) fn object(schema: &Schema, fields: &[(&str, Value)]) -> Option<DynamicValue> {
    let object = Value::object(fields.iter().map(|(name, value)| (*name, value.clone())));
    Some(message(&object, &schema.block.value_type()))
}

pub(super) fn decoded(schema: &Schema, message: Option<&DynamicValue>) -> Value {
    from_proto(Some(message.expect("a value")), &schema.block.value_type()).expect("it fits the schema")
}

pub(super) fn raw(json: &str) -> Option<RawState> {
    Some(RawState {
        json: json.as_bytes().to_vec(),
        ..RawState::default()
    })
}

/// The one error, as text. Diagnostics have a severity, a summary without a full stop, and a detail.
#[track_caller]
pub(super) fn error(diagnostics: &[Diagnostic]) -> String {
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    let Diagnostic {
        severity,
        summary,
        detail,
        ..
    } = &diagnostics[0];
    assert_eq!(*severity, 1);
    assert!(
        !summary.is_empty() && !summary.ends_with('.') && !detail.is_empty(),
        "{diagnostics:?}"
    );
    format!("{summary}: {detail}")
}

/// What each RPC that takes a type answers about `type_name` with `value` in each of its values.
async fn diagnostics_of_all(
    client: &mut ProviderClient<Channel>,
    type_name: &str,
    value: &[u8],
) -> Vec<Vec<Diagnostic>> {
    let value = || {
        Some(DynamicValue {
            msgpack: value.to_vec(),
            json: Vec::new(),
        })
    };
    macro_rules! call {
        ($method:ident, $module:ident { $($field:ident: $given:expr),* $(,)? }) => {{
            let mut request = $module::Request::default();
            $(request.$field = $given;)*
            client.$method(request).await.expect("never a gRPC status").into_inner().diagnostics
        }};
    }
    let type_name = || type_name.to_owned();
    vec![
        call!(
            validate_resource_config,
            validate_resource_config {
                type_name: type_name(),
                config: value()
            }
        ),
        call!(
            validate_data_resource_config,
            validate_data_resource_config {
                type_name: type_name(),
                config: value()
            }
        ),
        call!(
            validate_ephemeral_resource_config,
            validate_ephemeral_resource_config {
                type_name: type_name(),
                config: value()
            }
        ),
        call!(
            read_resource,
            read_resource {
                type_name: type_name(),
                current_state: value()
            }
        ),
        call!(
            plan_resource_change,
            plan_resource_change {
                type_name: type_name(),
                proposed_new_state: value(),
                config: value()
            }
        ),
        call!(
            apply_resource_change,
            apply_resource_change {
                type_name: type_name(),
                planned_state: value(),
                config: value()
            }
        ),
        call!(
            upgrade_resource_state,
            upgrade_resource_state {
                type_name: type_name(),
                raw_state: raw("[")
            }
        ),
        call!(
            import_resource_state,
            import_resource_state {
                type_name: type_name(),
                id: "?".to_owned()
            }
        ),
        call!(
            move_resource_state,
            move_resource_state {
                target_type_name: type_name(),
                source_state: raw("{}")
            }
        ),
        call!(
            upgrade_resource_identity,
            upgrade_resource_identity {
                type_name: type_name(),
                raw_identity: raw("[")
            }
        ),
        call!(
            generate_resource_config,
            generate_resource_config {
                type_name: type_name(),
                state: value()
            }
        ),
        call!(
            validate_list_resource_config,
            validate_list_resource_config {
                type_name: type_name(),
                config: value()
            }
        ),
        call!(
            read_data_source,
            read_data_source {
                type_name: type_name(),
                config: value()
            }
        ),
        call!(
            open_ephemeral_resource,
            open_ephemeral_resource {
                type_name: type_name(),
                config: value()
            }
        ),
    ]
}

#[test]
fn no_failure_is_a_grpc_status() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        for diagnostics in diagnostics_of_all(&mut client, "toy_nothing", b"\xc0").await {
            assert!(error(&diagnostics).contains("toy_nothing"), "{diagnostics:?}");
        }
        // Bytes that are cut off, of another type, or no msgpack at all. Each type is offered as something.
        for garbage in [
            &b"\x81"[..],
            b"\xa1x",
            b"\xc1",
            b"\x81\xa4name\x01",
            b"\xdf\xff\xff\xff\xff",
        ] {
            for type_name in ["toy_thing", "toy_lookup", "toy_lease"] {
                for diagnostics in diagnostics_of_all(&mut client, type_name, garbage).await {
                    error(&diagnostics);
                }
            }
            let config = Some(DynamicValue {
                msgpack: garbage.to_vec(),
                json: Vec::new(),
            });
            let request = validate_provider_config::Request { config };
            let answer = client.validate_provider_config(request).await.expect("no status");
            error(&answer.into_inner().diagnostics);
        }
    });
}

#[test]
fn the_schema_is_the_same_bytes_each_time_and_agrees_with_its_parts() {
    let (served, other) = (Served::start(), Served::start());
    served.run(async {
        let mut client = served.client().await;
        let request = get_provider_schema::Request {};
        let schema = client
            .get_provider_schema(request)
            .await
            .expect("no status")
            .into_inner();
        let again = other
            .client()
            .await
            .get_provider_schema(request)
            .await
            .expect("no status");
        assert_eq!(schema.encode_to_vec(), again.into_inner().encode_to_vec());
        let metadata = client
            .get_metadata(get_metadata::Request {})
            .await
            .expect("no status")
            .into_inner();
        assert_eq!(schema.server_capabilities, metadata.server_capabilities);
        let names: Vec<_> = metadata.resources.iter().map(|entry| &entry.type_name).collect();
        assert_eq!(names, schema.resource_schemas.keys().collect::<Vec<_>>());
        let names: Vec<_> = metadata.data_sources.iter().map(|entry| &entry.type_name).collect();
        assert_eq!(names, schema.data_source_schemas.keys().collect::<Vec<_>>());
        let names: Vec<_> = metadata
            .ephemeral_resources
            .iter()
            .map(|entry| &entry.type_name)
            .collect();
        assert_eq!(names, schema.ephemeral_resource_schemas.keys().collect::<Vec<_>>());
        let names: Vec<_> = metadata.list_resources.iter().map(|entry| &entry.type_name).collect();
        assert_eq!(names, schema.list_resource_schemas.keys().collect::<Vec<_>>());
        let capabilities = schema.server_capabilities.expect("some");
        assert!(capabilities.move_resource_state && capabilities.generate_resource_config);
        let deprecated = |deprecated: bool, message: &str| (deprecated, message.to_owned());
        let old = schema.resource_schemas["toy_old"].block.as_ref().expect("a block");
        let told = deprecated(old.deprecated, &old.deprecation_message);
        assert_eq!(told, (true, "use toy_thing instead".to_owned()));
        let thing = schema.resource_schemas["toy_thing"].block.as_ref().expect("a block");
        for attribute in &thing.attributes {
            let message = if attribute.name == "old" {
                "use note instead"
            } else {
                ""
            };
            let told = deprecated(attribute.deprecated, &attribute.deprecation_message);
            assert_eq!(told, (!message.is_empty(), message.to_owned()), "{}", attribute.name);
        }
        let names: Vec<_> = metadata.functions.iter().map(|entry| &entry.name).collect();
        assert_eq!(names, schema.functions.keys().collect::<Vec<_>>());
        let functions = client
            .get_functions(get_functions::Request {})
            .await
            .expect("no status")
            .into_inner();
        assert_eq!(functions.functions, schema.functions);
        assert_eq!(schema.provider_meta, None);
    });
}

/// In a process that was neither asked for its schema nor configured.
#[test]
fn an_object_lives_from_plan_to_delete_and_its_private_bytes_with_it() {
    let served = Served::start();
    let schema = thing();
    served.run(async {
        let mut client = served.client().await;
        let config = object(&schema, &[("name", "one".into()), ("secret", "hush".into())]);
        let request = plan_resource_change::Request {
            type_name: "toy_thing".to_owned(),
            proposed_new_state: config.clone(),
            config: config.clone(),
            ..Default::default()
        };
        let plan = client
            .plan_resource_change(request.clone())
            .await
            .expect("no status")
            .into_inner();
        let again = client
            .plan_resource_change(request)
            .await
            .expect("no status")
            .into_inner();
        assert_eq!(plan, again, "the same question has the same answer");
        assert_eq!(
            (plan.legacy_type_system, plan.planned_private.is_empty()),
            (false, true)
        );
        let planned = decoded(&schema, plan.planned_state.as_ref());
        assert_eq!(
            (planned.attr("secret"), planned.attr("size")),
            (&Value::Null, &5.into())
        );
        assert!(planned.attr("id").is_unknown());

        let request = apply_resource_change::Request {
            type_name: "toy_thing".to_owned(),
            planned_state: plan.planned_state,
            config: config.clone(),
            ..Default::default()
        };
        let made = client
            .apply_resource_change(request)
            .await
            .expect("no status")
            .into_inner();
        assert_eq!((made.private.as_slice(), made.legacy_type_system), (PRIVATE, false));
        let state = decoded(&schema, made.new_state.as_ref());
        assert!(state.is_wholly_known() && state.attr("secret").is_null());

        let request = read_resource::Request {
            type_name: "toy_thing".to_owned(),
            current_state: made.new_state.clone(),
            private: made.private.clone(),
            ..Default::default()
        };
        let read = client.read_resource(request).await.expect("no status").into_inner();
        assert_eq!(read.private, PRIVATE, "an answer without them would erase them");
        assert_eq!(decoded(&schema, read.new_state.as_ref()), state);

        let read_as_json = read.new_state.as_ref().is_some_and(|state| state.msgpack.is_empty());
        assert!(
            read_as_json,
            "a number would otherwise differ from the stored one in a refresh"
        );

        // Nothing changed: the very bytes of the state are the plan.
        let stored = Some(message(&state, &schema.block.value_type()));
        let request = plan_resource_change::Request {
            type_name: "toy_thing".to_owned(),
            prior_state: stored.clone(),
            proposed_new_state: stored.clone(),
            config,
            prior_private: read.private.clone(),
            ..Default::default()
        };
        let plan = client
            .plan_resource_change(request)
            .await
            .expect("no status")
            .into_inner();
        assert_eq!(
            (&plan.planned_state, plan.planned_private.as_slice()),
            (&stored, PRIVATE)
        );
        assert_eq!(plan.requires_replace, []);

        let request = plan_resource_change::Request {
            type_name: "toy_thing".to_owned(),
            prior_state: read.new_state.clone(),
            prior_private: read.private,
            ..Default::default()
        };
        let plan = client
            .plan_resource_change(request)
            .await
            .expect("no status")
            .into_inner();
        assert!(decoded(&schema, plan.planned_state.as_ref()).is_null());
        let request = apply_resource_change::Request {
            type_name: "toy_thing".to_owned(),
            prior_state: read.new_state,
            planned_state: plan.planned_state,
            planned_private: plan.planned_private,
            ..Default::default()
        };
        let gone = client
            .apply_resource_change(request)
            .await
            .expect("no status")
            .into_inner();
        assert!(decoded(&schema, gone.new_state.as_ref()).is_null());
        assert_eq!(gone.diagnostics, []);
    });
    assert_eq!(served.toy.memory().deleted_with, [PRIVATE]);
}

/// Terraform 1.16 will say more in a plan than any release has so far, and later ones more than our protocol has fields for.
#[test]
fn what_a_newer_core_says_besides_changes_no_response() {
    let served = Served::start();
    let schema = thing();
    served.run(async {
        let mut client = served.client().await;
        let config = object(&schema, &[("name", "one".into()), ("secret", "hush".into())]);
        let request = plan_resource_change::Request {
            type_name: "toy_thing".to_owned(),
            proposed_new_state: config.clone(),
            config,
            client_capabilities: Some(ClientCapabilities {
                write_only_attributes_allowed: true,
                ..Default::default()
            }),
            ..Default::default()
        };
        let newer = plan_resource_change::Request {
            client_capabilities: Some(ClientCapabilities {
                write_only_attributes_allowed: true,
                store_planned_private: true,
                computed_blocks_allowed: true,
                ..Default::default()
            }),
            planned_private: b"of an earlier plan".to_vec(),
            ..request.clone()
        };
        let of_today = client.plan_resource_change(request).await.expect("no status");
        let of_tomorrow = client.plan_resource_change(newer.clone()).await.expect("no status");
        assert_eq!(of_today.into_inner(), of_tomorrow.into_inner());
        // Field 200, a number.
        let mut bytes = newer.encode_to_vec();
        bytes.extend([0xc0, 0x0c, 0x07]);
        assert_eq!(plan_resource_change::Request::decode(bytes.as_slice()), Ok(newer));
    });
}

#[test]
fn what_the_schema_replaces_reaches_the_resource() {
    let served = Served::start();
    let schema = thing();
    let state = |zone: &str, note: &str| {
        let fields = [
            ("id", "thing-1".into()),
            ("revision", "r1".into()),
            ("name", "one".into()),
            ("size", 5.into()),
            ("color", "made".into()),
            ("zone", zone.into()),
            ("note", note.into()),
        ];
        object(&schema, &fields)
    };
    served.run(async {
        let mut client = served.client().await;
        let mut plan = async |proposed: Option<DynamicValue>| {
            let request = plan_resource_change::Request {
                type_name: "toy_thing".to_owned(),
                prior_state: state("a", "n"),
                proposed_new_state: proposed.clone(),
                config: proposed,
                ..Default::default()
            };
            let planned = client
                .plan_resource_change(request)
                .await
                .expect("no status")
                .into_inner();
            planned.requires_replace.len()
        };
        assert_eq!(plan(state("a", "n")).await, 0);
        assert_eq!(plan(state("a", "other")).await, 0);
        assert_eq!(plan(state("b", "other")).await, 1);
        assert_eq!(plan(None).await, 0);
    });
    assert_eq!(
        served.toy.memory().calls,
        ["goes zone", "goes "],
        "a replacement, and a destroy"
    );
}

#[test]
fn a_state_that_cannot_be_read_is_an_error_and_never_nothing() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let flatmap = Some(RawState {
            flatmap: [("id".to_owned(), "x".to_owned())].into(),
            ..RawState::default()
        });
        for (version, raw_state, reason) in [
            (1, raw("{ broken"), "not valid JSON"),
            (1, flatmap, "0.11"),
            (1, None, "no state"),
            (1, raw("null"), "nothing is stored"),
            (1, raw(r#"{"size": [1]}"#), "does not fit the schema"),
            (2, raw("{}"), "newer than the provider"),
            (-1, raw("{}"), "Version -1 never was"),
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
            let text = error(&answer.diagnostics);
            assert!(text.contains(reason), "{text}");
            assert_eq!(answer.upgraded_state, None);
        }
        for (provider, type_name) in [
            ("example.com/other/other", "toy_old"),
            ("example.com/test/toy", "other"),
        ] {
            let request = move_resource_state::Request {
                source_provider_address: provider.to_owned(),
                source_type_name: type_name.to_owned(),
                source_state: raw("{}"),
                target_type_name: "toy_thing".to_owned(),
                ..Default::default()
            };
            let answer = client
                .move_resource_state(request)
                .await
                .expect("no status")
                .into_inner();
            assert!(error(&answer.diagnostics).contains(provider));
            assert_eq!(answer.target_state, None);
        }
    });
}

#[test]
fn a_stored_state_keeps_every_digit_and_loses_what_is_not_in_the_schema() {
    let served = Served::start();
    let digits = "123456789012345678901234567890.12345";
    let json = format!("{{\n  \"name\": \"one\",\n  \"size\": {digits},\n  \"gone\": {{}},\n  \"secret\": \"s\"\n}}\n");
    served.run(async {
        let mut client = served.client().await;
        let request = upgrade_resource_state::Request {
            type_name: "toy_thing".to_owned(),
            version: 1,
            raw_state: raw(&json),
        };
        let answer = client
            .upgrade_resource_state(request)
            .await
            .expect("no status")
            .into_inner();
        let state = decoded(&thing(), answer.upgraded_state.as_ref());
        assert_eq!(
            state.attr("size").as_number().map(ToString::to_string).as_deref(),
            Some(digits)
        );
        assert!(state.attr("secret").is_null());
        // Nested blocks that the state has nothing of are empty, as Terraform has them, and not null.
        let request = upgrade_resource_state::Request {
            type_name: "toy_nest".to_owned(),
            version: 0,
            raw_state: raw("{\"id\": \"nest-1\"}"),
        };
        let answer = client
            .upgrade_resource_state(request)
            .await
            .expect("no status")
            .into_inner();
        let state = decoded(&nest(), answer.upgraded_state.as_ref());
        assert_eq!(
            (state.attr("part"), state.attr("unit")),
            (&Value::List(Vec::new()), &Value::Set(Vec::new()))
        );
        assert_eq!((state.attr("core"), state.attr("list")), (&Value::Null, &Value::Null));
    });
}

#[test]
fn values_may_come_as_json_and_nothing_is_null() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let config = DynamicValue {
            msgpack: Vec::new(),
            json: json!({"name": "one", "mode": "medium"}).to_string().into_bytes(),
        };
        let request = validate_resource_config::Request {
            type_name: "toy_thing".to_owned(),
            config: Some(config),
            client_capabilities: None,
        };
        let answer = client
            .validate_resource_config(request)
            .await
            .expect("no status")
            .into_inner();
        assert!(error(&answer.diagnostics).contains("mode: It must be one of slow, fast"));
        // OpenTofu sends a null argument as an empty message.
        let request = call_function::Request {
            name: "is_null".to_owned(),
            arguments: vec![DynamicValue::default()],
        };
        let answer = client.call_function(request).await.expect("no status").into_inner();
        assert_eq!(answer.result, Some(message(&true.into(), &Type::Bool)));
    });
}

#[test]
fn write_only_values_need_a_caller_that_keeps_them_out_of_the_state() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let mut request = validate_resource_config::Request {
            type_name: "toy_thing".to_owned(),
            config: object(&thing(), &[("name", "one".into()), ("secret", "s".into())]),
            client_capabilities: None,
        };
        let answer = client
            .validate_resource_config(request.clone())
            .await
            .expect("no status");
        assert!(error(&answer.into_inner().diagnostics).contains("1.11"));
        request
            .client_capabilities
            .get_or_insert_default()
            .write_only_attributes_allowed = true;
        let answer = client.validate_resource_config(request).await.expect("no status");
        assert_eq!(answer.into_inner().diagnostics, []);
    });
}

#[test]
fn a_lease_is_renewed_and_closed_by_the_bytes_of_its_opening_or_its_renewal() {
    let served = Served::start();
    let schema = lease();
    served.run(async {
        let mut client = served.client().await;
        let type_name = "toy_lease".to_owned();
        let request = open_ephemeral_resource::Request {
            type_name: type_name.clone(),
            config: object(&schema, &[("owner", "renewed".into())]),
            client_capabilities: None,
        };
        let opened = client
            .open_ephemeral_resource(request)
            .await
            .expect("no status")
            .into_inner();
        assert_eq!(opened.renew_at.map(|time| time.seconds), Some(0));
        assert_eq!(opened.deferred, None);
        let result = decoded(&schema, opened.result.as_ref());
        assert_eq!(
            (result.attr("owner"), result.is_wholly_known()),
            (&"renewed".into(), true)
        );
        let request = renew_ephemeral_resource::Request {
            type_name: type_name.clone(),
            private: opened.private.clone(),
        };
        let renewed = client
            .renew_ephemeral_resource(request)
            .await
            .expect("no status")
            .into_inner();
        assert_eq!((renewed.renew_at, &renewed.private), (None, &opened.private));
        for private in [opened.private, renewed.private] {
            let request = close_ephemeral_resource::Request {
                type_name: type_name.clone(),
                private,
            };
            let closed = client.close_ephemeral_resource(request).await.expect("no status");
            assert_eq!(closed.into_inner().diagnostics, []);
        }
    });
    assert!(served.toy.memory().leases.is_empty());
}

#[test]
fn arguments_of_functions_are_counted_and_may_be_unknown() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let text = |text: &str| message(&text.into(), &Type::String);
        let unknown = || message(&Value::UNKNOWN, &Type::String);
        let mut call = async |name: &str, arguments: Vec<DynamicValue>| {
            let request = call_function::Request {
                name: name.to_owned(),
                arguments,
            };
            client.call_function(request).await.expect("no status").into_inner()
        };
        let joined = call("join", vec![text("-"), text("a"), text("b")]).await;
        assert_eq!(joined.result, Some(text("a-b")));
        for arguments in [vec![unknown(), text("a")], vec![text("-"), text("a"), unknown()]] {
            assert_eq!(call("join", arguments).await.result, Some(unknown()));
        }
        let mut failed = async |name: &str, arguments: Vec<DynamicValue>| {
            let answer = call(name, arguments).await;
            assert_eq!(answer.result, None);
            let error = answer.error.expect("an error");
            assert!(!error.text.is_empty());
            error.function_argument
        };
        assert_eq!(failed("join", vec![text("-"), text("a"), text("b!")]).await, Some(2));
        assert_eq!(failed("join", vec![]).await, Some(0));
        assert_eq!(failed("is_null", vec![text("a"), text("b")]).await, Some(1));
        assert_eq!(failed("half", vec![text("x")]).await, Some(0));
        assert_eq!(
            failed("join", vec![text("-"), message(&Value::Null, &Type::String)]).await,
            Some(1)
        );
        assert_eq!(failed("nothing", vec![]).await, None);
    });
}

#[test]
fn many_calls_at_once_get_each_their_own_answer_and_stopping_ends_no_service() {
    let served = Served::start();
    served.run(async {
        let client = served.client().await;
        let calls: Vec<_> = (0..64)
            .map(|number: i64| {
                let mut client = client.clone();
                tokio::spawn(async move {
                    let request = call_function::Request {
                        name: "half".to_owned(),
                        arguments: vec![message(&(2 * number).into(), &Type::Number)],
                    };
                    client
                        .call_function(request)
                        .await
                        .expect("no status")
                        .into_inner()
                        .result
                })
            })
            .collect();
        let mut stopping = client.clone();
        let stopped = stopping
            .stop_provider(stop_provider::Request {})
            .await
            .expect("no status");
        assert_eq!(stopped.into_inner().error, "");
        for (number, call) in (0_i64..).zip(calls) {
            let result = call.await.expect("it does not panic");
            assert_eq!(result, Some(message(&number.into(), &Type::Number)));
        }
        stopping
            .get_metadata(get_metadata::Request {})
            .await
            .expect("still served");
    });
    assert_eq!(served.toy.memory().count("stop"), 1);
}

#[test]
fn what_is_not_offered_yet_is_unimplemented() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        macro_rules! answers_unimplemented {
            ($($method:ident($module:ident)),* $(,)?) => {
                $(
                    let request = terraform_provider_twilio::framework::proto::$module::Request::default();
                    let status = client.$method(request).await.err().expect("a status");
                    assert_eq!(status.code(), tonic::Code::Unimplemented, stringify!($method));
                )*
            };
        }
        answers_unimplemented!(lock_state(lock_state), get_states(get_states),);
    });
}
