//! Serverless: what a build is made of, and the names of environments.

use serde_json::json;

use crate::support::{Client, simulator};

const SERVERLESS: &str = "serverless.twilio.com";

async fn service(client: &Client) -> String {
    let form = [("UniqueName", "owls"), ("FriendlyName", "Owls")];
    let made = client.post(SERVERLESS, "/v1/Services", &form).await;
    format!("/v1/Services/{}", made.text("sid"))
}

/// The contract's text on `Dependencies`; <https://www.twilio.com/docs/api/errors/82007>
#[tokio::test]
async fn a_build_takes_a_list_of_dependencies_and_a_runtime_that_there_is() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let form = [("FriendlyName", "f")];
    let function = client.post(SERVERLESS, &format!("{service}/Functions"), &form).await;
    let versions = format!("{service}/Functions/{}/Versions", function.text("sid"));
    let version = client.add(SERVERLESS, &versions, json!({"path": "/f"})).await;
    let builds = format!("{service}/Builds");
    for (parameter, value, code) in [
        ("Dependencies", r#"{"lodash": "1.0"}"#, 20001),
        ("Dependencies", "bad", 20001),
        ("Dependencies", r#"["lodash"]"#, 20001),
        ("Dependencies", r#"[{"name": "lodash"}]"#, 20001),
        ("Dependencies", r#"[{"name": "lodash", "version": 4}]"#, 20001),
        ("Runtime", "python3", 82007),
        ("Runtime", "node10", 82007),
        ("Runtime", "node16", 82007),
        ("Runtime", "node18", 82007),
        ("Runtime", "NODE22", 82007),
    ] {
        let form = [("FunctionVersions", &*version), (parameter, value)];
        let refused = client.post(SERVERLESS, &builds, &form).await;
        assert_eq!(refused.refusal(), (400, code), "{parameter}={value}");
    }
    let dependencies = r#"[{"name": "lodash", "version": "4.17.21"}]"#;
    let form = [
        ("FunctionVersions", &*version),
        ("Dependencies", dependencies),
        ("Runtime", ""),
    ];
    let build = client.post(SERVERLESS, &builds, &form).await.ok();
    assert_eq!(build["dependencies"], json!([{"name": "lodash", "version": "4.17.21"}]));
    assert_eq!(build["runtime"], "node22");
}

/// <https://www.twilio.com/docs/errors/82007>: without a runtime it is that of the last build that was completed.
/// <https://www.twilio.com/en-us/changelog/node-js-v24-is-now-available-for-twilio-functions>: what becomes of older handlers.
#[tokio::test]
async fn a_build_goes_on_with_the_runtime_of_the_last_and_node24_wants_a_newer_handler() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let form = [("FriendlyName", "f")];
    let function = client.post(SERVERLESS, &format!("{service}/Functions"), &form).await;
    let versions = format!("{service}/Functions/{}/Versions", function.text("sid"));
    let version = client.add(SERVERLESS, &versions, json!({"path": "/f"})).await;
    let builds = format!("{service}/Builds");
    let form = [("FunctionVersions", &*version), ("Runtime", "node20")];
    client.post(SERVERLESS, &builds, &form).await.ok();
    let next = client.post(SERVERLESS, &builds, &form[..1]).await.ok();
    assert_eq!(next["runtime"], "node22", "the one before is not completed yet");
    client.advance(5).await;
    client.post(SERVERLESS, &builds, &form).await.ok();
    client.advance(5).await;
    let next = client.post(SERVERLESS, &builds, &form[..1]).await.ok();
    assert_eq!(next["runtime"], "node20");

    for (runtime, sent, shown, ends) in [
        ("node24", "1.0.1", "1.0.1", "failed"),
        ("node24", "1.2.0", "2.1.2", "completed"),
        ("node24", "2.1.1", "2.1.2", "completed"),
        ("node24", "2.2.0", "2.2.0", "completed"),
        ("node22", "1.0.1", "1.0.1", "completed"),
    ] {
        let dependencies = json!([{"name": "@twilio/runtime-handler", "version": sent}]).to_string();
        let form = [
            ("FunctionVersions", &*version),
            ("Runtime", runtime),
            ("Dependencies", &dependencies),
        ];
        let build = client.post(SERVERLESS, &builds, &form).await.ok();
        assert_eq!(build["dependencies"][0]["version"], shown, "{runtime} with {sent}");
        client.advance(5).await;
        let one = format!("{builds}/{}", build["sid"].as_str().expect("a SID"));
        let read = client.get(SERVERLESS, &one).await.ok();
        assert_eq!(read["status"], ends, "{runtime} with {sent}");
    }
    let form = [("FunctionVersions", &*version), ("Runtime", "node24")];
    let own = client.post(SERVERLESS, &builds, &form).await.ok();
    let handler = json!({"name": "@twilio/runtime-handler", "version": "2.1.2"});
    let own = own["dependencies"].as_array().cloned().unwrap_or_default();
    assert!(own.contains(&handler), "{own:?}");
}

/// <https://github.com/RJPearson94/terraform-provider-twilio/issues/78>, <https://github.com/twilio/twilio-cli/issues/211>
#[tokio::test]
async fn two_environments_do_not_answer_under_one_name() {
    let (_handle, client) = simulator().await;
    let environments = format!("{}/Environments", service(&client).await);
    let first = client
        .post(SERVERLESS, &environments, &[("UniqueName", "live")])
        .await
        .ok();
    for suffix in [None, Some("")] {
        let mut form = vec![("UniqueName", "other")];
        form.extend(suffix.map(|suffix| ("DomainSuffix", suffix)));
        let second = client.post(SERVERLESS, &environments, &form).await;
        assert_eq!(second.refusal(), (409, 20409), "{suffix:?}");
    }
    let form = [("UniqueName", "other"), ("DomainSuffix", "dev")];
    let other = client.post(SERVERLESS, &environments, &form).await.ok();
    assert_ne!(other["domain_name"], first["domain_name"]);
    let path = format!("{environments}/{}", first["sid"].as_str().expect("a SID"));
    client.delete(SERVERLESS, &path).await.ok();
    client
        .post(SERVERLESS, &environments, &[("UniqueName", "live")])
        .await
        .ok();
}
