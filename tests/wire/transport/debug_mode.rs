//! `--debug`: a provider that a person starts and several runs of Terraform use.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;
use terraform_provider_twilio::framework::proto::get_provider_schema;
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::plugin::handshake::COOKIE_NAME;

use super::lifecycle::Silence;
use crate::core_client::{Address, Core, Process, within};

/// Starts debug mode the way a person does, and returns the provider's entry in the printed variable.
async fn start(core: Core) -> (Process, Value) {
    let core = core.without(COOKIE_NAME).without("PLUGIN_PROTOCOL_VERSIONS");
    let mut process = core.without("PLUGIN_MIN_PORT").without("PLUGIN_MAX_PORT").spawn();
    let line = process.line().await.expect("a line");
    let json = line
        .strip_prefix("TF_REATTACH_PROVIDERS='")
        .and_then(|rest| rest.strip_suffix('\''))
        .expect(&line);
    let mut providers: Value = serde_json::from_str(json).expect("JSON");
    // Without a host it is the provider of either program's own registry.
    let entry = providers["twilio-community/twilio"].take();
    assert_eq!(providers.as_object().map(serde_json::Map::len), Some(1), "{line}");
    assert_eq!(
        (&entry["Protocol"], &entry["ProtocolVersion"]),
        (&"grpc".into(), &6.into())
    );
    assert_eq!(entry["Test"], true);
    (process, entry)
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry["Addr"][key].as_str().expect("a string")
}

#[tokio::test]
async fn several_runs_can_use_it_until_ctrl_c() {
    for flag in ["--debug", "-debug"] {
        let (process, entry) = start(Core::plaintext().arg(flag)).await;
        assert_eq!(text(&entry, "Network"), "unix");
        let address = Address::Unix(text(&entry, "String").into());
        let dir = address.path().parent().expect("a directory");
        assert_eq!(
            fs::metadata(dir).expect("the directory").permissions().mode() & 0o777,
            0o700
        );
        // Terraform first probes whether somebody is there.
        drop(address.connect().await.expect("a connection"));
        for _ in 0..2 {
            let mut provider = ProviderClient::new(address.channel().await);
            within(provider.get_provider_schema(get_provider_schema::Request {}))
                .await
                .expect("a schema");
        }
        process.signal("INT").await;
        let exit = process.exit().await;
        assert_eq!((exit.status.code(), exit.stdout.as_str()), (Some(0), ""));
        assert!(exit.left_nothing());
    }
}

#[tokio::test]
async fn tcp_is_on_loopback() {
    let (process, entry) = start(Core::plaintext().arg("--debug").arg("--tcp")).await;
    assert_eq!(text(&entry, "Network"), "tcp");
    let address: std::net::SocketAddr = text(&entry, "String").parse().expect("an address");
    assert!(address.ip().is_loopback());
    let mut provider = ProviderClient::new(Address::Tcp(address).channel().await);
    within(provider.get_provider_schema(get_provider_schema::Request {}))
        .await
        .expect("a schema");
    process.signal("TERM").await;
    assert_eq!(process.exit().await.status.code(), Some(143));
}

#[tokio::test]
async fn ctrl_c_during_a_call_ends_it_after_its_answer() {
    let silence = Silence::start().await;
    let (process, entry) = start(silence.told(Core::plaintext().arg("--debug"))).await;
    let address = Address::Unix(text(&entry, "String").into());
    let (call, _silent) = silence.plan(ProviderClient::new(address.channel().await)).await;
    process.signal("INT").await;
    let answer = within(call).await.expect("no panic");
    assert_eq!(
        answer.diagnostics[0].summary,
        "Interrupted before the credentials were checked"
    );
    let exit = process.exit().await;
    assert_eq!(exit.status.code(), Some(0));
    assert!(exit.left_nothing());
}
