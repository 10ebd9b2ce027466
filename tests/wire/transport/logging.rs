//! What goes to standard error.

use regex::Regex;
use serde_json::Value;

use crate::core_client::{Core, Exit, within};

/// A run in which something is worth a warning: a stranger connects and is refused.
async fn run(variables: &[(&str, &str)]) -> Exit {
    let core = variables
        .iter()
        .fold(Core::new(), |core, (name, value)| core.env(name, *value));
    let plugin = core.start().await;
    let config = plugin.client_config(None, rustls::DEFAULT_VERSIONS);
    // The refusal shows when the stranger waits for a response.
    if let Ok(mut stream) = plugin.connect_tls(config).await {
        let refused = within(tokio::io::AsyncReadExt::read_u8(&mut stream)).await;
        assert!(refused.is_err());
    }
    plugin.shutdown().await
}

/// The entries of a log in which every line has to be one.
fn entries(exit: &Exit) -> Vec<Value> {
    let time = Regex::new(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$").expect("a valid pattern");
    let entry = |line: &str| {
        let entry: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let text = |key: &str| {
            entry[key]
                .as_str()
                .unwrap_or_else(|| panic!("no {key}: {line}"))
                .to_owned()
        };
        assert!(
            ["trace", "debug", "info", "warn", "error"].contains(&text("@level").as_str()),
            "{line}"
        );
        assert!(
            !text("@message").is_empty() && time.is_match(&text("@timestamp")),
            "{line}"
        );
        assert!(text("@module").starts_with("provider"), "{line}");
        entry
    };
    exit.stderr.lines().map(entry).collect()
}

fn has(entries: &[Value], level: &str) -> bool {
    entries.iter().any(|entry| entry["@level"] == level)
}

#[tokio::test]
async fn nothing_is_written_unless_requested() {
    for variables in [
        &[][..],
        &[("TF_LOG", "OFF")],
        &[("TF_LOG", "TRACE"), ("TF_LOG_PROVIDER", "OFF")],
    ] {
        assert_eq!(run(variables).await.stderr, "", "{variables:?}");
    }
}

#[tokio::test]
async fn every_line_is_an_entry_that_terraform_reads() {
    for variables in [("TF_LOG", "TRACE"), ("TF_LOG", "JSON"), ("TF_LOG_PROVIDER", "DEBUG")] {
        let entries = entries(&run(&[variables]).await);
        assert!(
            has(&entries, "warn") && has(&entries, "debug"),
            "{variables:?}: {entries:?}"
        );
    }
}

#[tokio::test]
async fn entries_below_the_level_are_not_written() {
    let own = [
        ("TF_LOG", "TRACE"),
        ("TF_LOG_PROVIDER", "TRACE"),
        ("TF_LOG_PROVIDER_TWILIO", "WARN"),
    ];
    let entries = entries(&run(&own).await);
    assert!(has(&entries, "warn"));
    assert!(
        entries
            .iter()
            .all(|entry| entry["@level"] == "warn" || entry["@level"] == "error"),
        "{entries:?}"
    );
}
