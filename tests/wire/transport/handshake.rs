//! The one line on standard output.

use std::collections::HashSet;
use std::os::unix::net::UnixStream;

use terraform_provider_twilio::framework::proto::get_provider_schema;

use crate::core_client::{Core, within};

#[tokio::test]
async fn standard_output_has_one_line_of_six_fields_and_nothing_more() {
    let plugin = Core::new().env("TF_LOG", "TRACE").start().await;
    let fields = &plugin.handshake.fields;
    assert_eq!(fields.len(), 6, "{}", plugin.handshake.line);
    assert_eq!(
        [&fields[0], &fields[1], &fields[2], &fields[4]],
        ["1", "6", "unix", "grpc"]
    );
    let mut provider = plugin.provider().await;
    within(provider.get_provider_schema(get_provider_schema::Request {}))
        .await
        .expect("a schema");
    assert_eq!(plugin.shutdown().await.stdout, "");
}

#[tokio::test]
async fn whatever_versions_the_host_speaks_the_answer_is_6() {
    for versions in [Some("5,6"), Some("6"), Some("5"), None] {
        let core = Core::plaintext();
        let core = match versions {
            Some(versions) => core.env("PLUGIN_PROTOCOL_VERSIONS", versions),
            None => core.without("PLUGIN_PROTOCOL_VERSIONS"),
        };
        let plugin = core.start().await;
        assert_eq!(plugin.handshake.fields[1], "6", "{versions:?}");
        plugin.shutdown().await;
    }
}

#[tokio::test]
async fn without_a_client_certificate_the_connection_is_plaintext_and_the_field_empty() {
    let plugin = Core::plaintext().start().await;
    assert_eq!(plugin.handshake.fields.len(), 6);
    assert_eq!(plugin.handshake.fields[5], "");
    let mut provider = plugin.provider().await;
    within(provider.get_provider_schema(get_provider_schema::Request {}))
        .await
        .expect("a schema");
    assert!(plugin.shutdown().await.status.success());
}

#[tokio::test]
async fn the_seventh_field_is_there_only_for_hosts_that_ask() {
    let plugin = Core::new().env("PLUGIN_MULTIPLEX_GRPC", "true").start().await;
    assert_eq!(plugin.handshake.fields.len(), 7);
    assert_eq!(plugin.handshake.fields[6], "false");
    plugin.shutdown().await;
    let plugin = Core::new().env("PLUGIN_MULTIPLEX_GRPC", "").start().await;
    assert_eq!(plugin.handshake.fields.len(), 6);
    plugin.shutdown().await;
}

#[tokio::test]
async fn a_client_certificate_that_is_none_ends_the_start() {
    for garbage in [
        "garbage",
        "",
        "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n",
    ] {
        let exit = Core::new().env("PLUGIN_CLIENT_CERT", garbage).spawn().exit().await;
        assert_eq!(exit.status.code(), Some(1), "{garbage:?}");
        assert_eq!(exit.stdout, "", "{garbage:?}");
        assert!(exit.left_nothing());
        let entry: serde_json::Value = serde_json::from_str(&exit.stderr).expect("one line that the host can read");
        assert_eq!(entry["@level"], "error");
        assert!(
            entry["@message"]
                .as_str()
                .is_some_and(|text| text.contains("encrypted connection")),
            "{entry}"
        );
    }
}

#[tokio::test]
async fn a_hundred_times_the_address_accepts_as_soon_as_it_is_known() {
    let mut addresses = HashSet::new();
    for _ in 0..100 {
        let mut plugin = Core::plaintext().start().await;
        let address = plugin.handshake.address();
        UnixStream::connect(address.path()).expect("a connection at the first try");
        assert!(addresses.insert(address.path().to_owned()), "{address:?} came twice");
        plugin.process().signal("TERM").await;
        plugin.exit().await;
    }
}

#[tokio::test]
async fn each_start_has_a_certificate_of_its_own() {
    let mut seen = HashSet::new();
    for _ in 0..3 {
        let plugin = Core::new().start().await;
        assert!(seen.insert(plugin.handshake.certificate().expect("a certificate").to_vec()));
        plugin.shutdown().await;
    }
}
