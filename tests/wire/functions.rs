//! Functions over the protocol, as the shipped provider has them: GetFunctions and CallFunction.

use terraform_provider_twilio::framework::codec::{encode_msgpack, from_proto};
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::framework::proto::{
    DynamicValue, call_function, get_functions, get_metadata, get_provider_schema,
};
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::provider::offered::FUNCTIONS;
use tonic::transport::Channel;

use crate::core_client::Core;

fn message(value: &Value, ty: &Type) -> DynamicValue {
    DynamicValue {
        msgpack: encode_msgpack(value, ty).expect("it conforms"),
        json: Vec::new(),
    }
}

/// Calls a function with texts.
async fn call(client: &mut ProviderClient<Channel>, name: &str, arguments: &[Value]) -> call_function::Response {
    let request = call_function::Request {
        name: name.to_owned(),
        arguments: arguments.iter().map(|value| message(value, &Type::String)).collect(),
    };
    client
        .call_function(request)
        .await
        .expect("never a gRPC status")
        .into_inner()
}

#[tokio::test]
async fn the_functions_are_those_of_the_schema_and_of_the_metadata() {
    let plugin = Core::new().start().await;
    let mut client = plugin.provider().await;
    let alone = client
        .get_functions(get_functions::Request {})
        .await
        .expect("an answer")
        .into_inner();
    let schema = client.get_provider_schema(get_provider_schema::Request {}).await;
    let schema = schema.expect("an answer").into_inner();
    assert_eq!(alone.functions, schema.functions);
    assert_eq!(alone.functions.len(), FUNCTIONS.len());
    let metadata = client
        .get_metadata(get_metadata::Request {})
        .await
        .expect("an answer")
        .into_inner();
    let mut named: Vec<_> = metadata.functions.into_iter().map(|function| function.name).collect();
    let mut names: Vec<_> = alone.functions.into_keys().collect();
    named.sort();
    names.sort();
    assert_eq!(named, names);
    plugin.shutdown().await;
}

/// No process was configured, and each begins anew.
#[tokio::test]
async fn the_same_arguments_have_the_same_result_in_each_process() {
    let mut results = Vec::new();
    for _ in 0..2 {
        let plugin = Core::new().start().await;
        let mut client = plugin.provider().await;
        let both = [
            call(&mut client, "segments", &["… and more".into()]).await,
            call(&mut client, "segments", &["… and more".into()]).await,
        ];
        assert!(both.iter().all(|answer| answer.error.is_none()), "{both:?}");
        results.extend(both);
        plugin.shutdown().await;
    }
    results.dedup();
    assert_eq!(results.len(), 1);
}

#[tokio::test]
async fn unknown_null_and_wrong_arguments_are_answered_and_never_a_status() {
    let plugin = Core::new().start().await;
    let mut client = plugin.provider().await;
    let result = FUNCTIONS
        .iter()
        .find(|table| table.name == "segments")
        .expect("it is offered")
        .result
        .ty();
    let late = call(&mut client, "segments", &[Value::UNKNOWN]).await;
    let value = from_proto(late.result.as_ref(), &result).expect("it fits");
    assert!(late.error.is_none() && value.is_unknown(), "{value:?}");
    for (arguments, position) in [
        (vec![], Some(0)),
        (vec![Value::Null], Some(0)),
        (vec!["a".into(), "b".into()], Some(1)),
    ] {
        let answer = call(&mut client, "segments", &arguments).await;
        assert_eq!(
            answer.error.expect("an error").function_argument,
            position,
            "{arguments:?}"
        );
    }
    let missing = call(&mut client, "no_such_function", &[])
        .await
        .error
        .expect("an error");
    assert_eq!(missing.function_argument, None);
    assert!(missing.text.contains("no_such_function"), "{}", missing.text);
    plugin.shutdown().await;
}

/// The memory that a process has resident, in KiB.
#[cfg(target_os = "linux")]
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("Linux has it");
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|number| number.parse().ok()).expect("a number")
}

/// Terraform starts processes that never see a phone number. Numbering plans take some megabytes.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn numbering_plans_are_read_at_the_first_phone_number_and_not_before() {
    let mut plugin = Core::new().start().await;
    let process = plugin.process().id();
    let mut client = plugin.provider().await;
    let schema = client.get_provider_schema(get_provider_schema::Request {}).await;
    schema.expect("an answer");
    call(&mut client, "segments", &["Hello".into()]).await;
    call(&mut client, "is_e164", &["+14155550142".into()]).await;
    let before = resident(process);
    let first = call(&mut client, "phone_country", &["+14155550142".into()]).await;
    assert!(first.error.is_none(), "{first:?}");
    let taken = resident(process).saturating_sub(before);
    assert!(
        taken > 2 * 1024,
        "the first number takes {taken} KiB: the plans were there already"
    );
    let before = resident(process);
    for _ in 0..20 {
        call(&mut client, "phone_country", &["+14155550142".into()]).await;
    }
    let taken = resident(process).saturating_sub(before);
    assert!(taken < 1024, "twenty more take {taken} KiB");
    plugin.shutdown().await;
}
