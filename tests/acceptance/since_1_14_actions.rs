//! Actions, each by its example: triggered by a resource and invoked by name, refused, without a response, without permission and
//! interrupted. Whatever comes of it is one error at most, and the state keeps the resource.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::Action;
use terraform_provider_twilio::provider::offered::ACTIONS;
use xtask::terraform::Output;

use crate::sandbox::{Sandbox, assert_healthy};

/// The action of an example, in a sandbox in which it can be applied.
struct Stage {
    action: &'static Action,
    sandbox: Sandbox,
    /// `action.TYPE.NAME`.
    address: String,
    example: String,
}

/// All that are offered, or the one that `ACTIONS_ONLY` names.
fn actions() -> impl Iterator<Item = &'static Action> {
    let only = std::env::var("ACTIONS_ONLY").ok();
    let is_meant = move |action: &&Action| only.as_ref().is_none_or(|only| action.name == only);
    ACTIONS.iter().filter(is_meant)
}

impl Stage {
    fn of(action: &'static Action) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/actions/{}/action.tf", action.name));
        let example = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let begin = format!("action \"{}\" \"", action.name);
        let (_, rest) = example.split_once(&begin).expect("the example has the action");
        let (name, _) = rest.split_once('"').expect("it has a name");
        Self {
            action,
            sandbox: Sandbox::new(),
            address: format!("action.{}.{name}", action.name),
            example,
        }
    }

    /// Makes what the example needs and no resource makes, once for each invocation.
    fn prepare(&mut self) {
        for (name, value) in before(&self.sandbox, self.action) {
            self.sandbox.terraform.set_env(format!("TF_VAR_{name}"), value);
        }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let output = self.sandbox.terraform.run(arguments).expect("terraform starts");
        assert_healthy(&output);
        output
    }

    fn apply(&self) -> Output {
        self.sandbox.configure(&self.example);
        self.run(&["apply", "-auto-approve", "-no-color"])
    }

    fn invoke(&self) -> Output {
        let by_name = format!("-invoke={}", self.address);
        self.run(&["apply", "-auto-approve", "-no-color", &by_name])
    }

    /// The requests that the action itself made since this was asked last.
    fn posts(&self) -> Vec<Json> {
        let requests = self.sandbox.twilio.requests().expect("the simulator answers");
        self.sandbox.twilio.forget_requests().expect("the simulator answers");
        let is_own = |request: &Json| {
            request["method"] == "POST"
                && request["host"] == self.action.product.host()
                && is_at(self.action, request["path"].as_str().unwrap_or_default())
        };
        requests.into_iter().filter(is_own).collect()
    }

    /// From now on this happens to the action's own request.
    fn fault(&self, fault: Json) {
        self.faults(vec![fault]);
    }

    /// The same, after a request that Twilio has no time for in this second.
    fn fault_then(&self, fault: Json) {
        let busy =
            json!({"fault": "status", "status": 429, "code": 20429, "headers": {"Retry-After": "1"}, "times": 1});
        self.faults(vec![busy, fault]);
    }

    fn faults(&self, mut rules: Vec<Json>) {
        let own = json!({"method": "POST", "host": self.action.product.host(), "path": expression(self.action)});
        for rule in &mut rules {
            rule["match"] = own.clone();
        }
        self.sandbox
            .twilio
            .faults(&json!(rules))
            .expect("the faults are understood");
    }

    fn mend(&self) {
        self.sandbox.twilio.faults(&json!([])).expect("none is understood");
    }

    /// Fails unless there is one error, of this action, which says what is so and how to invoke it again.
    #[track_caller]
    fn fails(&self, output: &Output, what: &str) -> String {
        let (said, name) = (output.unwrapped(), self.action.name);
        assert_ne!(output.code, 0, "{name} {what}: {}", output.text());
        assert_eq!(said.matches("Error:").count(), 1, "{name} {what}: {}", output.text());
        let again = format!("terraform apply -invoke=action.{name}.NAME");
        assert!(said.contains(&again), "{name} {what}: {}", output.text());
        said
    }

    /// Whether what triggers it is done only if it succeeds.
    fn is_gate(&self) -> bool {
        self.example.contains("events  = [before_")
    }

    /// After a failure the resource that triggered it is in the state, unless the action holds it up.
    #[track_caller]
    fn keeps_the_resource(&self, when: &str) {
        match self.is_gate() {
            false => self.sandbox.plan_is_empty(when),
            true => {
                let plan = self.sandbox.terraform.plan_json(&[]).expect("it plans");
                let changes: Vec<_> = crate::lifecycle::active_changes(&plan).collect();
                assert_eq!(changes.len(), 1, "{when}: {changes:#?}");
                assert_eq!(changes[0]["change"]["actions"], json!(["create"]), "{when}");
            }
        }
    }

    fn destroy(&self) {
        self.sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    }
}

/// The paths of an action as a regular expression that nothing below them matches.
fn expression(action: &Action) -> String {
    let one = |template: &str| {
        let pieces = template.split('{').map(|piece| match piece.split_once('}') {
            Some((_, rest)) => format!("[A-Z]{{2}}[0-9a-f]{{32}}{}", rest.trim_end_matches(".json")),
            None => piece.trim_end_matches(".json").to_owned(),
        });
        pieces.collect::<String>()
    };
    let paths = std::iter::once(action.path).chain(action.otherwise.map(|otherwise| otherwise.path));
    format!("^({})(.json)?$", paths.map(one).collect::<Vec<_>>().join("|"))
}

fn is_at(action: &Action, path: &str) -> bool {
    let expression = regex::Regex::new(&expression(action)).expect("it is an expression");
    expression.is_match(path)
}

/// What no resource makes, for the variables of an example; and what makes it something to do again.
fn before(sandbox: &Sandbox, action: &Action) -> Vec<(&'static str, String)> {
    let (main, token) = (sandbox.handle.account_sid.as_str(), sandbox.handle.auth_token.as_str());
    let make = |host: &str, path: &str, form: &[(&str, &str)], signed_in: (&str, &str)| {
        let form = form
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let made = sandbox.twilio.make(host, path, &form.collect(), signed_in);
        made.unwrap_or_else(|error| panic!("{path}: {error:#}"))
    };
    let text = |object: &Json, field: &str| object[field].as_str().expect("it has one").to_owned();
    let customer = || {
        let form = [("FriendlyName", "Customer")];
        make("api.twilio.com", "/2010-04-01/Accounts.json", &form, (main, token))
    };
    match action.name {
        "twilio_activate_subaccount" | "twilio_suspend_subaccount" => vec![("customer_sid", text(&customer(), "sid"))],
        "twilio_promote_auth_token" => {
            let customer = customer();
            let (sid, token) = (text(&customer, "sid"), text(&customer, "auth_token"));
            make("accounts.twilio.com", "/v1/AuthTokens/Secondary", &[], (&sid, &token));
            vec![("customer_sid", sid)]
        }
        "twilio_check_verification" => {
            let form = [("FriendlyName", "Shop")];
            let service = text(&make("verify.twilio.com", "/v2/Services", &form, (main, token)), "sid");
            let form = [("To", "+14155550199"), ("Channel", "sms")];
            let path = format!("/v2/Services/{service}/Verifications");
            let verification = text(&make("verify.twilio.com", &path, &form, (main, token)), "sid");
            let objects = sandbox.twilio.objects().expect("the simulator answers");
            let own = objects.iter().find(|object| object["sid"] == verification.as_str());
            let code = text(&own.expect("it is there")["hidden"], "Code");
            vec![("service_sid", service), ("code", code)]
        }
        "twilio_publish_studio_flow" => {
            let objects = sandbox.twilio.objects().expect("the simulator answers");
            let flows = objects.iter().filter(|object| object["collection"] == "/v2/Flows");
            for flow in flows {
                let path = flow["path"].as_str().expect("a path");
                let draft = sandbox
                    .twilio
                    .change("studio.twilio.com", path, &json!({"status": "draft"}));
                draft.expect("it can be changed");
            }
            Vec::new()
        }
        "twilio_resend_brand_otp" => {
            let brand = json!({"host": "messaging.twilio.com", "collection": "/v1/a2p/BrandRegistrations",
                "fields": {"brand_type": "SOLE_PROPRIETOR"}});
            let brand = sandbox.twilio.add(&brand).expect("it can be added");
            vec![("brand_sid", text(&brand["body"], "sid"))]
        }
        _ => Vec::new(),
    }
}

/// How an invocation of each ends, as far as it is the same each time.
fn ending(action: &Action) -> &'static str {
    match action.name {
        "twilio_activate_subaccount" => "status active",
        "twilio_check_verification" => "approved",
        "twilio_execute_studio_flow" => "started as FN",
        "twilio_make_call" => "accepted as CA",
        "twilio_promote_auth_token" => "the token that was primary no longer works",
        "twilio_publish_studio_flow" => "is published",
        "twilio_resend_brand_otp" => "the message is on its way",
        "twilio_send_message" => "accepted as SM",
        "twilio_start_verification" => "sent for verification VE",
        "twilio_suspend_subaccount" => "status suspended",
        "twilio_validate_sink" => "test event submitted",
        other => panic!("{other} has no ending here"),
    }
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn each_is_triggered_by_a_resource_and_invoked_by_name() {
    for action in actions() {
        let mut stage = Stage::of(action);
        stage.prepare();
        let output = stage.apply();
        assert_eq!(output.code, 0, "{}: {}", action.name, output.text());
        let said = output.unwrapped();
        assert!(said.contains(action.words.doing), "{}: {said}", action.name);
        assert!(said.contains(ending(action)), "{}: {said}", action.name);
        assert_eq!(stage.posts().len(), 1, "{}", action.name);
        // Nothing triggers it again.
        stage.sandbox.plan_is_empty(&format!("after {}", action.name));
        assert_eq!(stage.posts().len(), 0, "{}", action.name);
        stage.prepare();
        let output = stage.invoke();
        assert_eq!(output.code, 0, "{}: {}", action.name, output.text());
        assert!(
            output.unwrapped().contains(ending(action)),
            "{}: {}",
            action.name,
            output.text()
        );
        stage.destroy();
    }
}

/// Twilio refuses it, with the resource that triggered it made already.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn each_that_is_refused_is_one_error_and_the_resource_is_kept() {
    for action in actions() {
        let mut stage = Stage::of(action);
        stage.prepare();
        stage.fault(json!({"fault": "status", "status": 400, "code": 20001}));
        let said = stage.fails(&stage.apply(), "refused");
        let heading = format!("Twilio refused to invoke {}", action.name);
        assert!(said.contains(&heading) && said.contains(action.words.nothing), "{said}");
        stage.mend();
        stage.keeps_the_resource(&format!("after a refused {}", action.name));
        for (status, code) in [(403, 20003), (404, 20404), (401, 20003)] {
            stage.fault(json!({"fault": "status", "status": status, "code": code}));
            let said = stage.fails(&stage.invoke(), &format!("{status}"));
            assert!(said.contains(action.words.nothing), "{status}: {said}");
        }
        stage.mend();
        stage.prepare();
        let output = stage.invoke();
        assert_eq!(output.code, 0, "{}: {}", action.name, output.text());
        stage.destroy();
    }
}

/// What is said of where to look has the account and the values that the configuration has.
#[track_caller]
fn looks_where_it_is(stage: &Stage, said: &str) {
    for (index, piece) in stage.action.words.look.split('{').enumerate() {
        let (name, rest) = match index {
            0 => ("", piece),
            _ => piece.split_once('}').expect("a name in braces"),
        };
        let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(&rest), "{rest}: {said}");
        assert!(
            name.is_empty() || !said.contains(&name.to_ascii_uppercase()),
            "{name}: {said}"
        );
    }
}

/// Twilio does it, and the response is lost.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn none_is_done_twice_after_a_lost_answer() {
    for action in actions() {
        for fault in ["reset_after", "html_502_after"] {
            let mut stage = Stage::of(action);
            stage.prepare();
            stage.fault(json!({"fault": fault, "times": 1}));
            let output = stage.apply();
            let posts = stage.posts().len();
            if action.effect.is_repeatable() {
                assert_eq!((output.code, posts), (0, 2), "{}: {}", action.name, output.text());
            } else if action.hooks.found_done.is_some() {
                assert_eq!((output.code, posts), (0, 1), "{}: {}", action.name, output.text());
            } else {
                assert_eq!(posts, 1, "{}: {}", action.name, output.text());
                let said = stage.fails(&output, "lost");
                assert!(
                    said.contains(action.words.unknown) && said.contains("not sent again"),
                    "{said}"
                );
                looks_where_it_is(&stage, &said);
                assert!(!said.contains(action.words.nothing), "{said}");
            }
            stage.mend();
            let when = format!("after a lost answer to {}", action.name);
            match posts == 1 && output.code != 0 {
                true => stage.keeps_the_resource(&when),
                false => stage.sandbox.plan_is_empty(&when),
            }
            stage.destroy();
        }
    }
}

/// Twilio has too much to do, and says so for a minute.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn ctrl_c_while_one_waits_is_one_error_and_nothing_was_done() {
    for action in actions() {
        let mut stage = Stage::of(action);
        stage.prepare();
        let output = stage.apply();
        assert_eq!(output.code, 0, "{}: {}", action.name, output.text());
        stage.posts();
        stage.prepare();
        stage.fault_then(json!({"fault": "status", "status": 429, "code": 20429, "headers": {"Retry-After": "60"}}));
        let said = interrupted(&stage);
        assert!(
            said.contains(&format!("Interrupted before it could invoke {}", action.name)),
            "{said}"
        );
        // What may be sent again has been sent: a try of it may have been carried out.
        let known = match action.effect.is_repeatable() {
            true => action.words.unknown,
            false => action.words.nothing,
        };
        assert!(said.contains(known), "{said}");
        // The other one is Terraform's own.
        assert!(said.matches("Error:").count() <= 2, "{said}");
        stage.mend();
        stage
            .sandbox
            .plan_is_empty(&format!("after an interrupted {}", action.name));
        stage.destroy();
    }
}

/// What is on its way to Twilio is waited for, as nobody would learn of it otherwise.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn ctrl_c_while_one_is_sent_does_not_lose_what_becomes_of_it() {
    for action in actions() {
        let mut stage = Stage::of(action);
        stage.prepare();
        let output = stage.apply();
        assert_eq!(output.code, 0, "{}: {}", action.name, output.text());
        stage.posts();
        stage.prepare();
        stage.fault_then(json!({"fault": "delay_after", "ms": 1500}));
        let said = interrupted(&stage);
        let went_on = format!("{} went on after the interrupt", action.name);
        assert!(said.contains(&went_on) && said.contains(ending(action)), "{said}");
        stage.mend();
        stage.destroy();
    }
}

/// Invokes it, interrupts Terraform once the request is there a second time, and waits for the end. A line of progress that
/// Terraform takes after the interrupt makes it crash, whenever it was written; the one before the request is a second old by then.
fn interrupted(stage: &Stage) -> String {
    let by_name = format!("-invoke={}", stage.address);
    let arguments = ["apply", "-auto-approve", "-no-color", by_name.as_str()];
    let mut apply = stage.sandbox.terraform.command(&arguments);
    let apply = apply
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn();
    let mut apply = apply.expect("terraform starts");
    let requests = || stage.sandbox.twilio.requests().expect("the simulator answers");
    while requests().iter().filter(|request| !request["fault"].is_null()).count() < 2 {
        assert!(
            apply.try_wait().expect("it has a state").is_none(),
            "it ended by itself"
        );
        std::thread::yield_now();
    }
    let group = format!("-{}", apply.id());
    let sent = Command::new("kill").args(["-INT", "--", &group]).status();
    assert!(sent.is_ok_and(|status| status.success()), "the signal can be sent");
    let output = apply.wait_with_output().expect("terraform ends");
    let output = Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    assert_healthy(&output);
    output.unwrapped()
}

/// No token is in anything that a run leaves behind, whatever the log says.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn a_token_that_is_promoted_and_a_code_that_is_checked_are_shown_nowhere() {
    for name in ["twilio_promote_auth_token", "twilio_check_verification"] {
        let action = ACTIONS
            .iter()
            .find(|action| action.name == name)
            .expect("it is offered");
        let mut stage = Stage::of(action);
        let variables = before(&stage.sandbox, action);
        for (name, value) in &variables {
            stage.sandbox.terraform.set_env(format!("TF_VAR_{name}"), value);
        }
        let code = variables.iter().find(|(name, _)| *name == "code");
        let log = stage.sandbox.terraform.path().join("trace.log");
        stage.sandbox.terraform.set_env("TF_LOG", "TRACE");
        stage.sandbox.terraform.set_env("TF_LOG_PATH", &log);
        stage.sandbox.configure(&stage.example);
        stage.sandbox.succeed(&["plan", "-no-color", "-out=plan.bin"]);
        let shown = stage.sandbox.succeed(&["show", "-json", "plan.bin"]).text();
        let plan = stage.sandbox.terraform.path().join("plan.bin");
        let plan = std::fs::read(plan).expect("there is a plan");
        let said = stage.sandbox.succeed(&["apply", "-no-color", "plan.bin"]).text();
        let secrets: Vec<String> = match code {
            Some((_, code)) => vec![code.clone()],
            None => {
                // The simulator knows the token that is the primary one now.
                let path = format!("/2010-04-01/Accounts/{}.json", variables[0].1);
                let (main, token) = (&stage.sandbox.handle.account_sid, &stage.sandbox.handle.auth_token);
                let form = [("FriendlyName".to_owned(), "Same".to_owned())].into();
                let account = stage.sandbox.twilio.make("api.twilio.com", &path, &form, (main, token));
                vec![
                    account.expect("it is there")["auth_token"]
                        .as_str()
                        .expect("a token")
                        .to_owned(),
                ]
            }
        };
        let log = std::fs::read_to_string(&log).expect("there is a log");
        assert!(
            log.contains("InvokeAction") && log.contains(name),
            "the log has something"
        );
        let state = std::fs::read_to_string(stage.sandbox.terraform.path().join("terraform.tfstate"));
        let state = state.expect("there is a state");
        for secret in secrets {
            assert!(secret.len() >= 6, "{name}");
            for (place, text) in [("plan", &shown), ("output", &said), ("state", &state)] {
                assert!(!text.contains(&secret), "{name}: in the {place}");
            }
            // Numbers of six digits stand in a log anyway, as parts of longer ones.
            let alone = regex::Regex::new(&format!("(^|[^0-9a-f]){secret}($|[^0-9a-f])")).expect("it is one");
            let line = log
                .lines()
                .find(|line| alone.is_match(line) && !line.contains("TF_VAR_"));
            assert_eq!(line, None, "{name}: in the log");
            assert!(
                !plan.windows(secret.len()).any(|part| part == secret.as_bytes()),
                "{name}: in the plan file"
            );
        }
    }
}

/// With an audit log, what an action does has its line.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn what_an_action_does_is_recorded() {
    let action = ACTIONS
        .iter()
        .find(|action| action.name == "twilio_send_message")
        .expect("it is offered");
    let mut stage = Stage::of(action);
    stage.sandbox.terraform.set_env("TWILIO_AUDIT_LOG", "audit.jsonl");
    stage.prepare();
    let output = stage.apply();
    assert_eq!(output.code, 0, "{}", output.text());
    let log = std::fs::read_to_string(stage.sandbox.terraform.path().join("audit.jsonl")).expect("there is a log");
    let line = log
        .lines()
        .find(|line| line.contains("/Messages.json"))
        .expect("it has a line");
    assert!(line.contains("twilio_send_message") && line.contains("201"), "{line}");
}

/// What Twilio takes and does not approve is an error, so that nothing goes on as if it had.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn a_wrong_code_fails_and_the_right_one_is_taken_afterwards() {
    let action = ACTIONS.iter().find(|action| action.name == "twilio_check_verification");
    let mut stage = Stage::of(action.expect("it is offered"));
    let variables = before(&stage.sandbox, stage.action);
    for (name, value) in &variables {
        let wrong = value.chars().rev().map(|digit| if digit == '9' { '0' } else { '9' });
        let value = if *name == "code" {
            wrong.collect()
        } else {
            value.clone()
        };
        stage.sandbox.terraform.set_env(format!("TF_VAR_{name}"), value);
    }
    let output = stage.apply();
    let said = output.unwrapped();
    assert_ne!(output.code, 0, "{said}");
    assert_eq!(said.matches("Error:").count(), 1, "{said}");
    assert!(said.contains("The code is not the one that was sent"), "{said}");
    assert!(said.contains("has the status pending"), "{said}");
    // What waits for the code is not made, and is asked for again by the next apply.
    assert!(
        said.contains("terraform apply -invoke=action.twilio_check_verification.NAME"),
        "{said}"
    );
    stage.keeps_the_resource("after a wrong code");
    for (name, value) in &variables {
        stage.sandbox.terraform.set_env(format!("TF_VAR_{name}"), value);
    }
    let output = stage.invoke();
    assert_eq!(output.code, 0, "{}", output.text());
    stage.destroy();
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn a_plan_warns_of_the_token_that_the_provider_signs_in_with() {
    let sandbox = Sandbox::new();
    let own = "action \"twilio_promote_auth_token\" \"own\" {\n  config {}\n}\n";
    sandbox.configure(own);
    let by_name = "-invoke=action.twilio_promote_auth_token.own";
    let said = sandbox.succeed(&["plan", "-no-color", by_name]).unwrapped();
    assert!(
        said.contains("The provider's own auth token will stop working"),
        "{said}"
    );
    // With none to promote, nothing happens.
    let output = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color", by_name])
        .expect("terraform starts");
    assert_healthy(&output);
    let said = output.unwrapped();
    assert!(output.code != 0 && said.contains("No token was promoted."), "{said}");
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn what_is_wrong_in_a_configuration_is_said_at_its_line_before_anything_is_sent() {
    let sandbox = Sandbox::new();
    for (line, reason) in [
        ("to = \"4155550199\"", "no plus sign"),
        ("to = \"whatsapp:x\"", "no plus sign"),
        ("from = \"A sender that is long\"", "It is no sender"),
        ("media_urls = [\"example\"]", "not an absolute URL"),
        (
            "messaging_service_sid = \"PN0123456789abcdef0123456789abcdef\"",
            "a messaging service SID",
        ),
        ("send_at = \"tomorrow\"", "no time in RFC 3339"),
        ("body = \"\"", "set and empty"),
        ("content_variables = { \"1\" = \"Ann\" }", "content_sid"),
    ] {
        let name = line.split(' ').next().unwrap_or_default();
        let rest = [
            ("to", "to = \"+14155550199\""),
            ("from", "from = \"+14155550145\""),
            ("body", "body = \"Hello\""),
        ];
        let rest = rest.iter().filter(|(known, _)| *known != name).map(|(_, line)| *line);
        let lines: Vec<_> = rest.chain([line]).collect();
        let config = lines.join("\n    ");
        sandbox.configure(&format!(
            "action \"twilio_send_message\" \"a\" {{\n  config {{\n    {config}\n  }}\n}}\n"
        ));
        let output = sandbox
            .terraform
            .run(&["validate", "-no-color"])
            .expect("terraform starts");
        assert_healthy(&output);
        let said = output.unwrapped();
        assert!(output.code != 0 && said.contains(reason), "{line}: {said}");
        assert!(said.contains(line), "{line}: the line is shown: {said}");
    }
    assert!(sandbox.twilio.requests().expect("the simulator answers").is_empty());
}

/// A number that an account has to send from.
fn has_number(sandbox: &Sandbox, account: &str, number: &str) {
    let collection = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers");
    let number = json!({"host": "api.twilio.com", "collection": collection, "account": account,
        "fields": {"phone_number": number, "capabilities": {"sms": true, "mms": true, "voice": true}}});
    sandbox.twilio.add(&number).expect("it can be added");
}

/// The action of this name, with what it needs.
fn stage_of(name: &str) -> Stage {
    let action = ACTIONS.iter().find(|action| action.name == name);
    let mut stage = Stage::of(action.expect("it is offered"));
    stage.prepare();
    stage
}

/// Whatever waits for it must not go on because the status of the response was 200.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn an_answer_that_says_it_was_not_done_is_an_error() {
    for (name, set) in [
        ("twilio_suspend_subaccount", json!({"status": "active"})),
        ("twilio_activate_subaccount", json!({"status": "closed"})),
        ("twilio_publish_studio_flow", json!({"status": "draft"})),
        ("twilio_send_message", json!({"status": "failed", "error_code": 30007})),
        ("twilio_start_verification", json!({"status": "canceled"})),
        ("twilio_validate_sink", json!({"result": "failed"})),
    ] {
        let stage = stage_of(name);
        stage.fault(json!({"fault": "altered", "set": set}));
        let said = stage.fails(&stage.apply(), "undone");
        assert!(
            said.contains("says that it was not done") && said.contains("Request id RQ"),
            "{name}: {said}"
        );
        assert_eq!(stage.posts().len(), 1, "{name}");
    }
}

/// What is not there is named as what it is.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn what_an_action_needs_beside_its_path_is_named_when_it_is_missing() {
    let stage = stage_of("twilio_check_verification");
    let example = stage.example.replace("+14155550199", "+14155550198");
    stage.sandbox.configure(&example);
    let said = stage.fails(&stage.run(&["apply", "-auto-approve", "-no-color"]), "missing");
    assert!(said.contains("There is no pending verification"), "{said}");
    assert!(!said.contains("no such Verify service"), "{said}");
    let service = "VA0123456789abcdef0123456789abcdef";
    stage
        .sandbox
        .configure(&example.replace("var.service_sid", &format!("\"{service}\"")));
    let said = stage.fails(&stage.run(&["apply", "-auto-approve", "-no-color"]), "missing");
    assert!(
        said.contains(service) && !said.contains("no pending verification"),
        "{said}"
    );

    let stage = stage_of("twilio_promote_auth_token");
    assert_eq!(stage.apply().code, 0);
    let said = stage.fails(&stage.invoke(), "missing");
    assert!(said.contains("There is no secondary auth token"), "{said}");
}

/// Nobody waits for ten minutes, and nothing waits for what is not made.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn a_gate_that_fails_holds_up_what_depends_on_it() {
    let mut stage = stage_of("twilio_check_verification");
    for code in [60202, 60203] {
        stage.fault(json!({"fault": "status", "status": 429, "code": code}));
        let dependent = "resource \"twilio_twiml_app\" \"next\" {\n  friendly_name = \"Next\"\n  depends_on = [terraform_data.approved_by_owner]\n}\n";
        stage.example = format!(
            "{}{dependent}",
            stage
                .example
                .split("resource \"twilio_twiml_app\"")
                .next()
                .unwrap_or_default()
        );
        let said = stage.fails(&stage.apply(), "limited");
        assert!(said.contains(&format!("{code}")), "{said}");
        assert_eq!(stage.posts().len(), 1, "{said}");
        let state = stage.sandbox.terraform.state_json().expect("a state");
        assert!(state["values"].is_null(), "{state:#}");
    }
    stage.mend();
    assert_eq!(stage.apply().code, 0);
    stage.destroy();
}

/// An object of another account is not looked for in the provider's own.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn a_lost_answer_in_a_subaccount_is_looked_for_there() {
    let stage = stage_of("twilio_send_message");
    let Sandbox { twilio, handle, .. } = &stage.sandbox;
    let form = [("FriendlyName".to_owned(), "Customer".to_owned())].into();
    let signed_in = (handle.account_sid.as_str(), handle.auth_token.as_str());
    let customer = twilio.make("api.twilio.com", "/2010-04-01/Accounts.json", &form, signed_in);
    let customer = customer.expect("it can be made")["sid"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    has_number(&stage.sandbox, &customer, "+14155550145");
    stage.sandbox.configure(&format!(
        "action \"twilio_send_message\" \"one\" {{\n  config {{\n    account_sid = \"{customer}\"\n    to = \"+14155550199\"\n    \
         from = \"+14155550145\"\n    body = \"Hello\"\n  }}\n}}\n"
    ));
    stage.fault(json!({"fault": "reset_after"}));
    let output = stage.run(&[
        "apply",
        "-auto-approve",
        "-no-color",
        "-invoke=action.twilio_send_message.one",
    ]);
    let said = stage.fails(&output, "lost");
    let command = format!("twilio api:core:messages:list --account-sid {customer} --to +14155550199 --limit 20");
    assert!(said.contains(&command), "{said}");
    assert!(
        said.contains(&format!("send the message (+14155550199) in account {customer}")),
        "{said}"
    );
}

/// The configurations of the guide, applied one after the other.
#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn the_guide_says_what_is_so() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides/actions.md");
    let page = std::fs::read_to_string(page).expect("there is a guide");
    let blocks: Vec<_> = crate::guides::blocks(&page).collect();
    let [after, before] = blocks[..] else {
        panic!("{} configurations", blocks.len());
    };
    let mut sandbox = Sandbox::new();
    has_number(&sandbox, &sandbox.handle.account_sid.clone(), "+14155550145");
    sandbox.apply(after);
    sandbox.plan_is_empty("after a message");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);

    let (main, token) = (sandbox.handle.account_sid.as_str(), sandbox.handle.auth_token.as_str());
    let form = [("FriendlyName".to_owned(), "Approvals".to_owned())].into();
    let service = sandbox
        .twilio
        .make("verify.twilio.com", "/v2/Services", &form, (main, token));
    let service = service.expect("it can be made")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    sandbox.terraform.set_env("TF_VAR_service_sid", service);
    // Nobody has a code yet.
    let said = sandbox.apply_fails(before);
    assert!(said.contains("code"), "{said}");
    assert!(
        !sandbox.living().iter().any(|object| object.contains("Applications")),
        "{said}"
    );
    let start = "-invoke=action.twilio_start_verification.owner";
    sandbox.succeed(&["apply", "-auto-approve", "-no-color", start]);
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let pending = objects
        .iter()
        .find(|object| object["sid"].as_str().is_some_and(|sid| sid.starts_with("VE")));
    let code = pending.expect("one is pending")["hidden"]["Code"]
        .as_str()
        .expect("a code")
        .to_owned();
    sandbox.terraform.set_env("TF_VAR_code", code);
    sandbox.apply(before);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
}

#[test]
#[ignore = "needs Terraform 1.14 or newer"]
fn no_secret_is_in_a_state_a_plan_a_log_or_a_record() {
    crate::every_secret::nothing_is_told(true);
}
