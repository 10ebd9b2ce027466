//! Functions, called by the real Terraform. None of them needs credentials or sends a request.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

/// What these expressions are, by the outputs that have them.
#[track_caller]
fn computed(sandbox: &Sandbox, expressions: &[(&str, &str)]) -> Json {
    let outputs = expressions
        .iter()
        .map(|(name, expression)| format!("output \"{name}\" {{\n  value = {expression}\n}}\n"));
    sandbox.apply(&outputs.collect::<String>());
    sandbox.plan_is_empty("of outputs alone");
    let outputs = sandbox.succeed(&["output", "-json", "-no-color"]).stdout;
    let outputs: Json = serde_json::from_str(&outputs).expect("JSON");
    let values = expressions
        .iter()
        .map(|(name, _)| ((*name).to_owned(), outputs[name]["value"].clone()));
    Json::Object(values.collect())
}

/// What Terraform says of an expression that cannot be computed, while it validates.
#[track_caller]
fn refused(sandbox: &Sandbox, expression: &str) -> String {
    sandbox.configure(&format!("output \"o\" {{\n  value = {expression}\n}}"));
    let output = sandbox
        .terraform
        .run(&["validate", "-no-color"])
        .expect("terraform starts");
    assert_ne!(output.code, 0, "{expression} is valid");
    output.unwrapped()
}

/// Terraform calls them to validate, to plan and to apply, in a process each and without a configuration of the provider. A result
/// that differs between two would be its error "inconsistent result".
#[test]
fn functions_compute_while_validating_planning_and_applying() {
    let sandbox = Sandbox::standing();
    let found = computed(
        &sandbox,
        &[
            ("e164", r#"provider::twilio::e164("020 7946 0958", "GB")"#),
            ("e164_alone", r#"provider::twilio::e164("+1 (415) 555-0142", null)"#),
            ("explain_error", "provider::twilio::explain_error(20404)"),
            (
                "is_e164",
                r#"[for n in ["+14155550142", "415"] : provider::twilio::is_e164(n)]"#,
            ),
            (
                "phone_country",
                r#"[for n in ["+14155550142", "+80012345678"] : provider::twilio::phone_country(n)]"#,
            ),
            ("segments", r#"provider::twilio::segments("“Hi” 😀")"#),
            (
                "sid_type",
                r#"provider::twilio::sid_type("FW0123456789abcdef0123456789abcdef")"#,
            ),
            (
                "signature",
                r#"provider::twilio::signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", { CallSid = "CA1234567890ABCDE", Caller = "+14158675309", Digits = 1234, From = "+14158675309", To = "+18005551212" })"#,
            ),
            (
                "studio_flow_urls",
                r#"provider::twilio::studio_flow_urls({ states = [{ name = "a", properties = { url = "https://example.com" } }] })"#,
            ),
            (
                "twiml",
                r#"provider::twilio::twiml({ Say = { content = "Hi & bye", loop = 2 } }, [{ Pause = {} }], null, { Dial = ["+14155550142"] })"#,
            ),
            ("twiml_empty", "provider::twilio::twiml()"),
            (
                "twiml_expanded",
                r#"provider::twilio::twiml([for n in ["a", "b"] : { Say = n }]...)"#,
            ),
        ],
    );
    let explained = &found["explain_error"];
    assert_eq!(
        (&explained["code"], &explained["known"], &explained["url"]),
        (
            &json!(20404),
            &json!(true),
            &json!("https://www.twilio.com/docs/api/errors/20404")
        )
    );
    for (name, expected) in [
        ("e164", json!("+442079460958")),
        ("e164_alone", json!("+14155550142")),
        ("is_e164", json!([true, false])),
        ("phone_country", json!(["US", null])),
        (
            "segments",
            json!({"count": 1, "encoding": "UCS-2", "ucs2_characters": ["“", "”", "😀"], "units": 7}),
        ),
        ("sid_type", json!("studio_flow")),
        ("signature", json!("RSOYDt4T1cUTdK1PDd93/VVr8B8=")),
        (
            "studio_flow_urls",
            json!([{"property": "url", "url": "https://example.com", "widget": "a"}]),
        ),
        (
            "twiml",
            json!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say loop=\"2\">Hi &amp; bye</Say><Pause/><Dial>+14155550142</Dial></Response>"
            ),
        ),
        (
            "twiml_empty",
            json!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"),
        ),
        (
            "twiml_expanded",
            json!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say>a</Say><Say>b</Say></Response>"),
        ),
    ] {
        assert_eq!(found[name], expected, "{name}");
    }
    assert!(sandbox.twilio.requests().expect("the simulator answers").is_empty());
}

#[test]
fn an_error_names_the_parameter_and_repeats_nothing_of_the_argument() {
    let sandbox = Sandbox::standing();
    for (expression, parameter, said) in [
        (
            r#"provider::twilio::e164(sensitive("12"), "US")"#,
            "number",
            "too few digits",
        ),
        (r#"provider::twilio::e164("415-555-0142", "UK")"#, "region", "GB"),
        ("provider::twilio::explain_error(1.5)", "code", "whole number"),
        (r#"provider::twilio::phone_country("415")"#, "number", "plus sign"),
        (r#"provider::twilio::sid_type("SK12")"#, "sid", "4 characters"),
        (
            r#"provider::twilio::signature("", "https://example.com", null)"#,
            "token",
            "empty",
        ),
        (
            r#"provider::twilio::signature("t", "example.com", null)"#,
            "url",
            "absolute URL",
        ),
        (
            r#"provider::twilio::signature("t", "https://example.com", "a=b")"#,
            "params",
            "a map or an object",
        ),
        (r#"provider::twilio::studio_flow_urls("{")"#, "definition", "no JSON"),
        (
            r#"provider::twilio::twiml({ Say = "a" }, { Sayy = "b" })"#,
            "verbs",
            "Did you mean Say?",
        ),
    ] {
        let error = refused(&sandbox, expression);
        assert!(
            error.contains(&format!("Invalid value for \"{parameter}\" parameter")),
            "{expression}: {error}"
        );
        assert!(error.contains(said), "{expression}: {error}");
    }
    let null = refused(&sandbox, "provider::twilio::segments(null)");
    assert!(null.contains("argument must not be null"), "{null}");
    let long = refused(
        &sandbox,
        r#"provider::twilio::twiml({ Say = join("", [for n in range(1000) : "0123456789012345678901234567890123456789012345678901234567890123456789"]) })"#,
    );
    assert!(
        long.contains("11750") && !long.contains("\"verbs\" parameter"),
        "{long}"
    );
}

#[test]
fn a_sensitive_argument_makes_a_sensitive_result() {
    let sandbox = Sandbox::standing();
    for expression in [
        r#"provider::twilio::segments(sensitive("x")).count"#,
        r#"provider::twilio::signature(sensitive("t"), "https://example.com", null)"#,
        r#"provider::twilio::twiml({ Say = sensitive("x") })"#,
    ] {
        let said = refused(&sandbox, expression);
        assert!(said.contains("sensitive"), "{said}");
    }
}

#[test]
fn what_is_known_after_apply_is_computed_then_at_every_depth() {
    let sandbox = Sandbox::standing();
    let body = r#"
        resource "twilio_queue" "q" {
          friendly_name = "Support"
        }
        output "plain" {
          value = provider::twilio::sid_type(twilio_queue.q.sid)
        }
        output "nested" {
          value = provider::twilio::twiml({ Say = "Please wait" }, { Enqueue = { waitUrl = "https://example.com/${twilio_queue.q.sid}", content = "Support" } })
        }
    "#;
    sandbox.configure(body);
    let plan = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(plan.matches("(known after apply)").count() >= 2, "{plan}");
    assert!(plan.contains("nested = (known after apply)"), "{plan}");
    sandbox.apply(body);
    assert_eq!(sandbox.succeed(&["output", "-raw", "plain"]).stdout, "queue");
    let nested = sandbox.succeed(&["output", "-raw", "nested"]).stdout;
    assert!(nested.contains("<Enqueue waitUrl=\"https://example.com/QU"), "{nested}");
    sandbox.plan_is_empty("after what was late");
}

#[test]
fn functions_are_called_in_the_console_without_credentials() {
    let sandbox = Sandbox::standing();
    sandbox.configure("");
    // As without the variables that the workspace has: the provider is never configured.
    let mut console = sandbox.terraform.command(&["console"]);
    for variable in [
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_API_KEY",
        "TWILIO_API_SECRET",
    ] {
        console.env_remove(variable);
    }
    let mut console = console
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("terraform starts");
    let mut input = console.stdin.take().expect("it was piped");
    input
        .write_all(b"provider::twilio::explain_error(20003).url\n")
        .expect("it reads");
    drop(input);
    let output = console.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(said.trim(), "\"https://www.twilio.com/docs/api/errors/20003\"");
}
