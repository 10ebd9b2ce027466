//! Texts from outside that would act on a terminal: none of them reaches it as it is, in any output or log.

use serde_json::json;

use crate::sandbox::Sandbox;

/// Sets the title, clears the screen with a one-byte sequence, turns what follows around, and cannot be seen.
const ACTS: &str = "a\u{1b}]0;title\u{7}b\u{9b}2Jc\u{202e}d\u{2066}e\u{200b}f\rg\u{feff}h";

/// Whether a text acts on a terminal. Terraform's own texts have line ends, and nothing else.
fn acts(text: &str) -> Option<char> {
    text.chars().find(|character| {
        (character.is_control() && !matches!(character, '\n' | '\t'))
            || ('\u{200b}'..='\u{200f}').contains(character)
            || ('\u{202a}'..='\u{202e}').contains(character)
            || ('\u{2066}'..='\u{2069}').contains(character)
            || *character == '\u{feff}'
    })
}

#[test]
fn nothing_from_outside_acts_on_the_terminal() {
    let mut sandbox = Sandbox::new();
    let log = sandbox.terraform.path().join("trace.log");
    sandbox.terraform.set_env("TF_LOG", "TRACE");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    let config = r#"resource "twilio_twiml_app" "a" { friendly_name = "A" }"#;
    let mut texts = Vec::new();

    // What Twilio, or who stands in its place, says.
    let message = format!("{ACTS}{}end", "\n".repeat(5000));
    let refused = json!({"code": 20001, "message": message, "more_info": ACTS, "status": 400});
    let bodies = [refused, json!(format!("<html>{ACTS}</html>")), json!(ACTS)];
    for body in bodies {
        let fault = json!([{"match": {"method": "POST", "path": "Applications"}, "fault": "status", "status": 400, "body": body}]);
        sandbox.twilio.faults(&fault).expect("the fault is understood");
        let said = sandbox.apply_fails(config);
        assert!(said.lines().count() < 200, "{said}");
        texts.push(said);
    }
    sandbox.twilio.faults(&json!([])).expect("none is understood");

    // What a person or a file says.
    sandbox.configure(config);
    for id in [
        ACTS.replace('\r', ""),
        format!("{}\u{1b}[31m", sandbox.handle.account_sid),
    ] {
        let output = sandbox
            .terraform
            .run(&["import", "-no-color", "twilio_twiml_app.a", &id]);
        let output = output.expect("terraform starts");
        assert_ne!(output.code, 0);
        // Terraform itself repeats the id before it asks the provider.
        let text = output.text();
        texts.push(
            text.split_once("Error")
                .map_or(String::new(), |(_, error)| error.to_owned()),
        );
    }
    for variable in [
        "TWILIO_ACCOUNT_SID",
        "TWILIO_REGION",
        "TWILIO_EDGE",
        "TWILIO_BASE_URL",
        "TWILIO_AUDIT_LOG",
    ] {
        let before = std::mem::take(&mut texts);
        let mut other = sandbox.another_workspace();
        crate::sandbox::configure(&other, config);
        other.set_env(variable, format!("/missing/{ACTS}"));
        let output = other.run(&["plan", "-no-color"]).expect("terraform starts");
        assert_ne!(output.code, 0, "{variable}");
        texts = before;
        texts.push(output.text());
    }
    texts.push(std::fs::read_to_string(&log).expect("there is a log"));
    for text in &texts {
        // What Terraform writes into its own log about what it was started with is not the provider's.
        for line in text.lines().filter(|line| !line.contains("CLI")) {
            assert_eq!(acts(line), None, "{line:?}");
        }
    }
}
