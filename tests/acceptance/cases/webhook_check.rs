//! Webhooks that are requested as Twilio does it.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;
use crate::webhook_server::WebhookServer;

/// The result about a URL that ends with this path.
fn result<'a>(check: &'a Json, path: &str) -> &'a Json {
    let results = check["results"].as_array().expect("results");
    let is_it = |result: &&Json| result["url"].as_str().is_some_and(|url| url.ends_with(path));
    results
        .iter()
        .find(is_it)
        .unwrap_or_else(|| panic!("no {path}: {check:#}"))
}

#[test]
fn signatures_are_judged_by_servers_that_check_them_and_by_one_that_does_not() {
    let sandbox = Sandbox::standing();
    let token = sandbox.handle.auth_token.clone();
    let (good, open) = (WebhookServer::start(Some(&token)), WebhookServer::start(None));
    let user = open.url.replace("http://", "http://ann:hush-hush@");
    let said = sandbox
        .apply(&format!(
            r#"
            data "twilio_webhook_check" "all" {{
              urls          = ["{}/voice?a=1", "{user}/open", "http://127.0.0.1:1/down"]
              parameters    = {{ CallSid = "CA00000000000000000000000000000000", Body = "a b&c" }}
              allow_private = true
            }}
            data "twilio_webhook_check" "got" {{
              url           = "{}/got"
              method        = "GET"
              parameters    = {{ Body = "a b&c" }}
              timeout       = 5
              allow_private = true
            }}
            check "webhooks" {{
              assert {{
                condition     = data.twilio_webhook_check.all.healthy
                error_message = jsonencode(flatten(data.twilio_webhook_check.all.results[*].findings))
              }}
            }}
            "#,
            good.url, good.url
        ))
        .unwrapped();
    assert!(said.contains("accepts a wrong signature"), "{said}");
    sandbox.plan_is_empty("with a check of webhooks");
    let all = sandbox.resource("data.twilio_webhook_check.all");
    assert_eq!(all["healthy"], false);
    for (check, path) in [
        (&all, "/voice?a=1"),
        (&sandbox.resource("data.twilio_webhook_check.got"), "/got"),
    ] {
        let found = result(check, path);
        assert_eq!(
            (
                &found["status"],
                &found["signature_accepted"],
                &found["wrong_signature_refused"]
            ),
            (&json!(200), &json!(true), &json!(true)),
            "{found:#}"
        );
        assert_eq!(found["findings"], json!(["is not encrypted"]));
        assert_eq!((&found["address"], &found["error"]), (&json!("127.0.0.1"), &Json::Null));
    }
    let found = result(&all, "/open");
    assert_eq!(found["wrong_signature_refused"], false, "{found:#}");
    assert!(!found.to_string().contains("hush"), "{found:#}");
    let found = result(&all, "/down");
    assert!(
        found["error"].as_str().is_some_and(|error| error.contains("11205")),
        "{found:#}"
    );
    assert_eq!((&found["status"], &found["latency_ms"]), (&Json::Null, &Json::Null));

    // Neither signature nor response is kept.
    let state = sandbox.text("terraform.tfstate");
    assert!(!state.contains("in no state"), "a body");
    for request in good.seen() {
        let signature = request
            .lines()
            .find_map(|line| line.strip_prefix("x-twilio-signature: "))
            .expect("each is signed");
        assert!(!state.contains(signature), "a signature");
    }
}

#[test]
fn a_subaccount_signs_with_its_own_token() {
    let sandbox = Sandbox::standing();
    let tenant =
        "resource \"twilio_subaccount\" \"tenant\" {\n friendly_name = \"Tenant\"\n expose_auth_token = true\n}\n";
    sandbox.apply(tenant);
    let token = sandbox.resource("twilio_subaccount.tenant")["auth_token"].clone();
    let server = WebhookServer::start(token.as_str());
    let check = |signed_as: &str| {
        sandbox.apply(&format!(
            "{tenant}\ndata \"twilio_webhook_check\" \"hook\" {{\n url = \"{}/sms\"\n {signed_as}\n allow_private = true\n}}\n",
            server.url
        ));
        let found = sandbox.resource("data.twilio_webhook_check.hook");
        found["results"][0]["signature_accepted"].clone()
    };
    assert_eq!(check("signed_as = twilio_subaccount.tenant.sid"), true);
    assert_eq!(check(""), false, "its parent's token is another");
    assert_eq!(check("signed_as = \"none\""), Json::Null);
}

#[test]
fn private_targets_and_runs_that_only_read_send_nothing() {
    let sandbox = Sandbox::standing();
    let server = WebhookServer::start(None);
    let query = format!(
        "data \"twilio_webhook_check\" \"hook\" {{ url = \"{}/sms\" }}\n",
        server.url
    );
    sandbox.apply(&query);
    let found = sandbox.resource("data.twilio_webhook_check.hook");
    let error = found["results"][0]["error"].as_str().expect("an error");
    assert!(
        error.contains("no public address") && error.contains("allow_private"),
        "{error}"
    );
    assert_eq!(
        (&found["healthy"], &found["results"][0]["address"]),
        (&json!(false), &Json::Null)
    );

    sandbox.configure(
        &query
            .replace("sms\"", "sms\"\n allow_private = true\n")
            .replace("{ url", "{\n url"),
    );
    sandbox.provider_block("policy = { read_only = true }");
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]).unwrapped();
    assert!(said.contains("connected to and not requested"), "{said}");
    let found = sandbox.resource("data.twilio_webhook_check.hook");
    assert_eq!(
        (&found["healthy"], &found["results"][0]["status"]),
        (&json!(false), &Json::Null),
        "what is not encrypted is seen without a request"
    );
    assert_eq!(found["results"][0]["address"], "127.0.0.1");
    assert_eq!(server.seen(), [""; 0]);
}

#[test]
fn what_is_no_url_and_a_key_that_is_to_sign_are_errors() {
    let sandbox = Sandbox::standing();
    let fails =
        |arguments: &str| sandbox.apply_fails(&format!("data \"twilio_webhook_check\" \"hook\" {{\n{arguments}\n}}\n"));
    let said = fails("urls = [\"hooks.example.com\"]");
    assert!(said.contains("http"), "{said}");
    fails("url = \"https://a.example.com\"\n urls = [\"https://b.example.com\"]");
    fails("url = \"https://a.example.com\"\n timeout = 16");
    let said = fails("url = \"https://a.example.com\"\n signed_as = \"token\"");
    assert!(said.contains("SID of an account"), "{said}");

    sandbox.apply("resource \"twilio_api_key\" \"key\" { friendly_name = \"check\" }\n");
    let key = sandbox.resource("twilio_api_key.key");
    let mut other = sandbox.another_workspace();
    other.set_env("TWILIO_AUTH_TOKEN", "");
    other.set_env("TWILIO_API_KEY", key["sid"].as_str().expect("a SID"));
    other.set_env("TWILIO_API_SECRET", key["secret"].as_str().expect("a secret"));
    let server = WebhookServer::start(None);
    let run = |signed_as: &str| {
        let query = format!(
            "data \"twilio_webhook_check\" \"hook\" {{\n url = \"{}/sms\"\n allow_private = true\n {signed_as}\n}}\n",
            server.url
        );
        crate::sandbox::configure(&other, &query);
        let output = other
            .run(&["apply", "-auto-approve", "-no-color"])
            .expect("terraform starts");
        (output.code, output.unwrapped())
    };
    let (code, said) = run(&format!("signed_as = \"{}\"", sandbox.handle.account_sid));
    assert!(code != 0 && said.contains("Nobody here can sign"), "{said}");
    assert_eq!(server.seen(), [""; 0]);
    let (code, said) = run("");
    assert!(code == 0 && said.contains("checked without a signature"), "{said}");
    assert_eq!(server.seen().len(), 1);
}
