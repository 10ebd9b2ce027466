//! Any bytes in place of a stored state, as UpgradeResourceState gets it: it answers a state or an error, and a state that
//! it answers is one that it takes again.
//!
//! The first line names the resource, the rest is what the state file has. Any other first line stands for the resource
//! that its first byte chooses.

use std::sync::LazyLock;

use futures::FutureExt as _;
use terraform_provider_twilio::framework::codec::{encode_json, from_proto};
use terraform_provider_twilio::framework::proto::provider_server::Provider as _;
use terraform_provider_twilio::framework::proto::upgrade_resource_state::{Request, Response};
use terraform_provider_twilio::framework::proto::{RawState, diagnostic::Severity};
use terraform_provider_twilio::framework::server::Server;
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::provider::TwilioProvider;
use terraform_provider_twilio::provider::offered::RESOURCES;

use super::types::resource_type;

static SERVER: LazyLock<Server<TwilioProvider>> = LazyLock::new(|| Server::new(TwilioProvider::default()));

static TYPES: LazyLock<Vec<(&str, Type)>> = LazyLock::new(|| {
    RESOURCES
        .iter()
        .map(|table| (table.object.name, resource_type(table)))
        .collect()
});

/// What holds of any input.
///
/// # Panics
/// Where it does not.
pub fn holds(input: &[u8]) {
    let (line, json) = split_line(input);
    let named = TYPES.iter().find(|(name, _)| name.as_bytes() == line);
    let chosen = usize::from(line.first().copied().unwrap_or_default()) % TYPES.len();
    let (name, ty) = named.unwrap_or(&TYPES[chosen]);
    let answer = upgrade(name, json);
    let is_error = |severity| severity == Severity::Error as i32;
    let errors = answer
        .diagnostics
        .iter()
        .filter(|diagnostic| is_error(diagnostic.severity))
        .count();
    let Some(state) = answer.upgraded_state else {
        assert!(
            errors > 0,
            "neither a state nor an error: Terraform would take the object for gone"
        );
        return;
    };
    assert_eq!(errors, 0, "a state and errors: {:?}", answer.diagnostics);
    let value = from_proto(Some(&state), ty).expect("a state is of the schema's type");
    let stored = encode_json(&value, ty).expect("a state can be stored").to_string();
    let again = upgrade(name, stored.as_bytes()).upgraded_state;
    assert_eq!(again, Some(state), "the state changes each time it is read");
}

fn upgrade(type_name: &str, json: &[u8]) -> Response {
    let request = Request {
        type_name: type_name.to_owned(),
        version: 0,
        raw_state: Some(RawState {
            json: json.to_vec(),
            ..RawState::default()
        }),
    };
    let answer = SERVER
        .upgrade_resource_state(tonic::Request::new(request))
        .now_or_never();
    let answer = answer.expect("upgrading waits for nothing");
    answer.expect("a bad state is no gRPC status").into_inner()
}

/// The first line, and all behind it.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut lines = bytes.splitn(2, |byte| *byte == b'\n');
    (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
}
