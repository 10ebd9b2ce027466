//! What is opened for one run: its value reaches those who may have it, and no state, plan file or log.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

/// A provisioner that writes ephemeral values into files, by name: the only reader that needs no other provider.
fn written(values: &[(&str, &str)]) -> String {
    let environment: Vec<_> = values.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let names: Vec<_> = values.iter().map(|(name, _)| *name).collect();
    format!(
        r#"
        resource "terraform_data" "reader" {{
          input = timestamp()
          triggers_replace = timestamp()
          provisioner "local-exec" {{
            command     = "for name in {}; do printenv $name | tr -d '\\n' > $name.txt; done"
            environment = {{
              {}
            }}
          }}
        }}
        "#,
        names.join(" "),
        environment.join("\n              ")
    )
}

/// What the provisioner wrote.
fn read(sandbox: &Sandbox, name: &str) -> String {
    let path = sandbox.terraform.path().join(format!("{name}.txt"));
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn claims(token: &str) -> Json {
    let claims = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).expect("base64url")).expect("JSON")
}

const KEY: &str = r#"
    resource "twilio_api_key" "app" {
      friendly_name = "App"
    }
"#;

#[test]
fn an_access_token_is_signed_by_the_key_that_is_named() {
    let sandbox = Sandbox::new();
    let token = r#"
        ephemeral "twilio_access_token" "alice" {
          api_key    = twilio_api_key.app.sid
          api_secret = twilio_api_key.app.secret
          identity   = "alice"
          ttl        = 600
          voice      = { incoming_allow = true }
          video      = {}
        }
    "#;
    let reader = written(&[("TOKEN", "ephemeral.twilio_access_token.alice.token")]);
    sandbox.apply(&format!("{KEY}{token}{reader}"));
    let key = sandbox.resource("twilio_api_key.app");
    let claims = claims(&read(&sandbox, "TOKEN"));
    assert_eq!(
        (&claims["iss"], &claims["sub"]),
        (&key["sid"], &json!(sandbox.handle.account_sid))
    );
    let grants = json!({"voice": {"incoming": {"allow": true}}, "video": {}, "identity": "alice"});
    assert_eq!(claims["grants"], grants);
    let lifecycle = claims["exp"]
        .as_i64()
        .zip(claims["nbf"].as_i64())
        .map(|(exp, nbf)| exp - nbf);
    assert_eq!(lifecycle, Some(600));
}

#[test]
fn an_access_token_without_a_key_or_a_grant_is_refused() {
    let sandbox = Sandbox::new();
    let without_key = r#"ephemeral "twilio_access_token" "a" {
        identity = "a"
        video    = {}
    }"#;
    let said = sandbox.apply_fails(without_key);
    assert!(
        said.contains("No API key to sign the access token") && said.contains("No token was made"),
        "{said}"
    );
    let without_grant = r#"ephemeral "twilio_access_token" "a" {
        identity = "a"
    }"#;
    assert!(
        sandbox
            .apply_fails(without_grant)
            .contains("The access token allows nothing")
    );
}
