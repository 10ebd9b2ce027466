//! What is opened for one run: its value reaches those who may have it, and no state, plan file or log.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

/// A provisioner that writes ephemeral values into files, by name: the only reader that needs no other provider.
pub fn written(values: &[(&str, &str)]) -> String {
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
pub fn read(sandbox: &Sandbox, name: &str) -> String {
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

/// Requests for keys: how many were made, and how many revoked.
fn keys_made_and_revoked(sandbox: &Sandbox) -> (usize, usize) {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let count = |method: &str| {
        let of_keys = |request: &&Json| {
            request["method"] == method && request["path"].as_str().is_some_and(|path| path.contains("/Keys"))
        };
        requests.iter().filter(of_keys).count()
    };
    (count("POST"), count("DELETE"))
}

/// The names of keys that there are.
pub fn keys(sandbox: &Sandbox) -> Vec<String> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let keys = objects
        .iter()
        .filter(|object| object["sid"].as_str().is_some_and(|sid| sid.starts_with("SK")));
    keys.map(|key| key["body"]["friendly_name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

const RUN_KEY: &str = r#"
    ephemeral "twilio_api_key" "run" {
      policy = { allow = ["/twilio/voice/twiml.apps/list"] }
    }
"#;

#[test]
fn a_key_is_made_and_revoked_by_each_plan_and_by_each_apply() {
    let sandbox = Sandbox::new();
    let key = "ephemeral.twilio_api_key.run";
    let reader = written(&[
        ("SID", &format!("{key}.sid")),
        ("SECRET", &format!("{key}.secret")),
        ("NAME", &format!("{key}.friendly_name")),
    ]);
    sandbox.configure(&format!("{RUN_KEY}{reader}"));
    sandbox.succeed(&["plan", "-no-color"]);
    assert_eq!(keys_made_and_revoked(&sandbox), (1, 1));
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(keys_made_and_revoked(&sandbox), (3, 3), "an apply plans first");
    sandbox.nothing_is_left();

    let (sid, secret) = (read(&sandbox, "SID"), read(&sandbox, "SECRET"));
    assert!(sid.starts_with("SK") && secret.len() == 32, "{sid}");
    let name = read(&sandbox, "NAME");
    let words: Vec<_> = name.split(' ').collect();
    let ["terraform-run", run, moment, _] = words[..] else {
        panic!("{name}");
    };
    assert!(run.len() == 16 && moment.parse::<jiff::Timestamp>().is_ok(), "{name}");
    let path = format!("/2010-04-01/Accounts/{}/Applications.json", sandbox.handle.account_sid);
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{sid}:{secret}"));
    let status = sandbox
        .twilio
        .status_of("api.twilio.com", &path, &format!("Basic {basic}"));
    assert_eq!(status.expect("an answer"), 401, "it is revoked");
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let made = requests
        .iter()
        .find(|request| request["method"] == "POST" && request["path"] == "/v1/Keys");
    let form = &made.expect("a key was made")["form"];
    assert_eq!(
        (&form["KeyType"], &form["Policy"]),
        (
            &json!("restricted"),
            &json!(r#"{"allow":["/twilio/voice/twiml.apps/list"]}"#)
        )
    );
}

#[test]
fn a_key_of_what_is_not_known_yet_is_made_while_applying_alone() {
    let sandbox = Sandbox::new();
    sandbox.configure(
        r#"
        resource "twilio_subaccount" "team" {
          friendly_name = "Team"
        }
        ephemeral "twilio_api_key" "run" {
          account_sid = twilio_subaccount.team.sid
        }
        "#,
    );
    sandbox.succeed(&["plan", "-out", "plan", "-no-color"]);
    assert_eq!(keys_made_and_revoked(&sandbox), (0, 0));
    sandbox.succeed(&["apply", "-no-color", "plan"]);
    assert_eq!(keys_made_and_revoked(&sandbox), (1, 1));
    assert!(keys(&sandbox).is_empty(), "{:?}", keys(&sandbox));
}

#[test]
fn a_key_is_revoked_though_the_run_fails() {
    let sandbox = Sandbox::new();
    let said = sandbox.apply_fails(&format!(
        r#"{RUN_KEY}
        resource "twilio_api_key" "refused" {{
          friendly_name = "Refused"
          key_type      = "restricted"
          policy        = {{ allow = ["/twilio/nothing/at/all"] }}
        }}"#
    ));
    assert!(said.contains("70002"), "{said}");
    sandbox.nothing_is_left();
}

#[test]
fn a_key_whose_answer_was_lost_is_revoked_and_another_is_made() {
    let sandbox = Sandbox::new();
    sandbox
        .twilio
        .faults(&json!([{"match": {"method": "POST", "path": "Keys"}, "fault": "truncate_after", "times": 1}]))
        .expect("the fault is understood");
    sandbox.configure(RUN_KEY);
    sandbox.succeed(&["plan", "-no-color"]);
    assert_eq!(keys_made_and_revoked(&sandbox), (2, 2));
    sandbox.nothing_is_left();
}

#[test]
fn a_key_that_may_be_left_is_named_and_the_create_is_not_repeated() {
    let sandbox = Sandbox::new();
    let faults = json!([
        {"match": {"method": "POST", "path": "Keys"}, "fault": "truncate_after"},
        {"match": {"method": "GET", "path": "Keys"}, "fault": "status", "status": 403,
            "body": {"code": 20403, "message": "no", "status": 403}},
    ]);
    sandbox.twilio.faults(&faults).expect("the faults are understood");
    let said = sandbox.apply_fails(RUN_KEY);
    assert!(said.contains("An API key of this run may be left"), "{said}");
    assert_eq!(keys_made_and_revoked(&sandbox).0, 1);
    let [name] = &keys(&sandbox)[..] else {
        panic!("{:?}", keys(&sandbox));
    };
    assert!(said.contains(name.as_str()), "{name} is not in: {said}");
}

#[test]
fn a_key_that_cannot_be_revoked_is_named() {
    let sandbox = Sandbox::new();
    let faults = json!([{"match": {"method": "DELETE", "path": "Keys"}, "fault": "status", "status": 403,
        "body": {"code": 20403, "message": "no", "status": 403}}]);
    sandbox.twilio.faults(&faults).expect("the fault is understood");
    sandbox.configure(RUN_KEY);
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    assert!(
        said.contains("could not be closed") && said.contains("revoke it there"),
        "{said}"
    );
    assert_eq!(keys(&sandbox).len(), 1);
}

/// Twilio does not know a key everywhere in the moment after it was made, and a plan revokes it in that moment.
#[test]
fn a_key_that_is_not_known_yet_is_revoked_once_it_is() {
    let sandbox = Sandbox::new();
    let unknown = json!({"code": 20404, "message": "not found", "status": 404});
    let faults = json!([{"match": {"method": "DELETE", "path": "Keys"}, "fault": "status", "status": 404, "body": unknown, "times": 3}]);
    sandbox.twilio.faults(&faults).expect("the fault is understood");
    sandbox.configure(RUN_KEY);
    sandbox.succeed(&["plan", "-no-color"]);
    assert_eq!(keys(&sandbox), Vec::<String>::new());
    assert_eq!(keys_made_and_revoked(&sandbox), (1, 4));
}

/// A 404 that goes on is believed only of a key that no list has.
#[test]
fn a_key_that_is_listed_and_not_found_is_named() {
    let sandbox = Sandbox::new();
    let unknown = json!({"code": 20404, "message": "not found", "status": 404});
    let faults =
        json!([{"match": {"method": "DELETE", "path": "Keys"}, "fault": "status", "status": 404, "body": unknown}]);
    sandbox.twilio.faults(&faults).expect("the fault is understood");
    sandbox.configure(RUN_KEY);
    let said = sandbox
        .terraform
        .run(&["plan", "-no-color"])
        .expect("terraform starts")
        .unwrapped();
    assert!(
        said.contains("could not be closed") && said.contains("revoke it there"),
        "{said}"
    );
}

/// What was in a subaccount is gone with it, in whatever order the run destroys.
#[test]
fn a_key_is_gone_with_the_subaccount_that_the_run_destroys() {
    let sandbox = Sandbox::new();
    sandbox.apply(
        r#"
        resource "twilio_subaccount" "team" {
          friendly_name = "Team"
        }
        ephemeral "twilio_api_key" "team" {
          account_sid = twilio_subaccount.team.sid
        }
        provider "twilio" {
          alias      = "team"
          account_sid = twilio_subaccount.team.sid
          api_key    = ephemeral.twilio_api_key.team.sid
          api_secret = ephemeral.twilio_api_key.team.secret
        }
        resource "twilio_twiml_app" "team" {
          provider      = twilio.team
          friendly_name = "App"
        }
        "#,
    );
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
}

/// A key without a secret is of no use, and one with another policy of too much.
#[test]
fn a_key_that_is_not_what_was_requested_is_revoked_and_not_used() {
    for (altered, reason) in [
        (json!({"secret": null}), "has no secret"),
        (json!({"secret": ""}), "has no secret"),
        (json!({"policy": null}), "another policy"),
    ] {
        let sandbox = Sandbox::new();
        let faults = json!([{"match": {"method": "POST", "path": "Keys"}, "fault": "altered", "set": altered}]);
        sandbox.twilio.faults(&faults).expect("the fault is understood");
        let said = sandbox.apply_fails(RUN_KEY);
        assert!(said.contains(reason) && said.contains("revoked API key SK"), "{said}");
        assert!(keys(&sandbox).is_empty(), "{altered} left {:?}", keys(&sandbox));
    }
}

/// At the end there is less than two seconds for all of them.
#[test]
fn as_many_keys_as_there_are_are_revoked_at_the_end_or_named_in_the_log() {
    for (milliseconds, is_in_time) in [(800, true), (5_000, false)] {
        let mut sandbox = Sandbox::new();
        let log = sandbox.terraform.path().join("provider.log");
        sandbox.terraform.set_env("TF_LOG_PROVIDER", "INFO");
        sandbox.terraform.set_env("TF_LOG_PATH", &log);
        let many = RUN_KEY.replacen("policy", "count = 25\n policy", 1);
        let hangs = HANGS.replace("twilio_api_key.run.sid", "twilio_api_key.run[0].sid");
        let mut apply = hanging_with(&sandbox, &format!("{many}{hangs}"), 25);
        let slow = json!([{"match": {"method": "DELETE", "path": "Keys"}, "fault": "delay", "ms": milliseconds}]);
        sandbox.twilio.faults(&slow).expect("the fault is understood");
        let made: Vec<String> = sids(&sandbox);
        send("INT", format!("-{}", apply.id()));
        apply.wait().expect("terraform ends");
        match is_in_time {
            true => assert_eq!(keys(&sandbox), Vec::<String>::new()),
            false => {
                let log = fs::read_to_string(&log).expect("there is a log");
                let unnamed: Vec<_> = made
                    .iter()
                    .filter(|sid| {
                        !log.lines()
                            .any(|line| line.contains(*sid) && line.contains("revoke it by hand"))
                    })
                    .collect();
                assert!(unnamed.is_empty(), "{unnamed:?}");
            }
        }
    }
}

/// The SIDs of all keys.
fn sids(sandbox: &Sandbox) -> Vec<String> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let sids = objects.iter().filter_map(|object| object["sid"].as_str());
    sids.filter(|sid| sid.starts_with("SK")).map(str::to_owned).collect()
}

/// Something that a run waits for, so that what is open stays open. It ends with its folder, whatever becomes of Terraform.
const HANGS: &str = r#"
    resource "terraform_data" "hangs" {
      provisioner "local-exec" {
        command     = "touch begun; while test -e begun && test ! -e go; do sleep 0.05; done"
        environment = { KEY = ephemeral.twilio_api_key.run.sid }
      }
    }
"#;

/// Starts an apply in a process group of its own that hangs with a key open.
fn hanging(sandbox: &Sandbox) -> Child {
    hanging_with(sandbox, &format!("{RUN_KEY}{HANGS}"), 1)
}

/// The same with so many keys.
fn hanging_with(sandbox: &Sandbox, config: &str, count: usize) -> Child {
    sandbox.configure(config);
    let apply = sandbox
        .terraform
        .command(&["apply", "-auto-approve", "-no-color"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("terraform starts");
    while !sandbox.terraform.path().join("begun").exists() {
        std::thread::yield_now();
    }
    assert_eq!(keys(sandbox).len(), count, "they are open");
    apply
}

fn send(signal: &str, target: String) {
    let sent = Command::new("kill")
        .args([format!("-{signal}"), "--".to_owned(), target])
        .status();
    assert!(sent.is_ok_and(|status| status.success()), "the signal can be sent");
}

/// Terraform 1.11 does not close it.
#[test]
fn a_key_is_revoked_after_ctrl_c() {
    for signal in ["INT", "TERM"] {
        let sandbox = Sandbox::new();
        let mut apply = hanging(&sandbox);
        send(signal, format!("-{}", apply.id()));
        let ended = apply.wait().expect("terraform ends");
        assert!(!ended.success(), "{signal}");
        assert!(keys(&sandbox).is_empty(), "{signal} left {:?}", keys(&sandbox));
    }
}

#[test]
fn a_key_is_revoked_when_terraform_alone_is_killed() {
    let sandbox = Sandbox::new();
    let mut apply = hanging(&sandbox);
    send("KILL", apply.id().to_string());
    apply.wait().expect("terraform ends");
    while !keys(&sandbox).is_empty() {
        std::thread::yield_now();
    }
    fs::write(sandbox.terraform.path().join("go"), "").expect("the provisioner goes on");
}

#[test]
fn a_run_that_is_killed_as_a_whole_leaves_a_key_that_says_so_and_no_other_run_touches_it() {
    let sandbox = Sandbox::new();
    let mut apply = hanging(&sandbox);
    send("KILL", format!("-{}", apply.id()));
    apply.wait().expect("terraform ends");
    let left = keys(&sandbox);
    assert!(left.len() == 1 && left[0].starts_with("terraform-run "), "{left:?}");
    sandbox.configure(RUN_KEY);
    sandbox.succeed(&["plan", "-no-color"]);
    assert_eq!(keys(&sandbox), left);
}

#[test]
fn a_subaccounts_token_is_read_and_signs_in() {
    let sandbox = Sandbox::new();
    let credentials = r#"
        resource "twilio_subaccount" "team" {
          friendly_name = "Team"
        }
        ephemeral "twilio_subaccount_credentials" "team" {
          sid = twilio_subaccount.team.sid
        }
    "#;
    let reader = written(&[("TOKEN", "ephemeral.twilio_subaccount_credentials.team.auth_token")]);
    sandbox.apply(&format!("{credentials}{reader}"));
    let sid = sandbox.resource("twilio_subaccount.team")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{sid}:{}", read(&sandbox, "TOKEN")));
    let path = format!("/2010-04-01/Accounts/{sid}.json");
    let status = sandbox
        .twilio
        .status_of("api.twilio.com", &path, &format!("Basic {basic}"));
    assert_eq!(status.expect("an answer"), 200);
}

/// Twilio shows it to the parent's auth token alone, so nothing is requested.
#[test]
fn what_no_token_is_shown_to_does_not_ask_for_one() {
    let mut sandbox = Sandbox::new();
    let (client_id, client_secret) = sandbox.oauth_app(&["/twilio/iam/accounts/read"], 600);
    sandbox.terraform.set_env("TWILIO_AUTH_TOKEN", "");
    sandbox.terraform.set_env("TWILIO_CLIENT_ID", &client_id);
    sandbox.terraform.set_env("TWILIO_CLIENT_SECRET", &client_secret);
    let sid = "AC00000000000000000000000000000009";
    let said = sandbox.apply_fails(&format!(
        "ephemeral \"twilio_subaccount_credentials\" \"a\" {{ sid = \"{sid}\" }}"
    ));
    assert!(
        said.contains("Only the parent's auth token may read a subaccount's") && said.contains("with an OAuth app"),
        "{said}"
    );
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let path = format!("/2010-04-01/Accounts/{sid}.json");
    assert!(requests.iter().all(|request| request["path"] != path), "{requests:?}");
}

#[test]
fn only_an_answer_about_the_subaccount_that_was_asked_for_is_believed() {
    let sandbox = Sandbox::new();
    let of = |sid: &str| format!("ephemeral \"twilio_subaccount_credentials\" \"a\" {{ sid = \"{sid}\" }}");
    let stranger = "AC00000000000000000000000000000009";
    let answer = json!({"sid": sandbox.handle.account_sid, "status": "active", "auth_token": "stray-token-9c4f1a", "friendly_name": "x",
        "owner_account_sid": sandbox.handle.account_sid});
    let faults =
        json!([{"match": {"method": "GET", "path": stranger}, "fault": "status", "status": 200, "body": answer}]);
    sandbox.twilio.faults(&faults).expect("the fault is understood");
    let said = sandbox.apply_fails(&of(stranger));
    assert!(
        said.contains("is not Twilio's") && !said.contains("stray-token"),
        "{said}"
    );
    // Neither what hides a token nor the token that asks is one of the subaccount.
    let own = sandbox.handle.auth_token.clone();
    for (token, expected) in [
        ("********", "did not show"),
        (own.as_str(), "own auth token in place of that of"),
    ] {
        let answer = json!({"sid": stranger, "status": "active", "auth_token": token, "friendly_name": "x",
            "owner_account_sid": sandbox.handle.account_sid});
        let faults =
            json!([{"match": {"method": "GET", "path": stranger}, "fault": "status", "status": 200, "body": answer}]);
        sandbox.twilio.faults(&faults).expect("the fault is understood");
        let said = sandbox.apply_fails(&of(stranger));
        assert!(said.contains(expected) && !said.contains(&own), "{said}");
    }
    sandbox.twilio.faults(&json!([])).expect("none is understood");
    let said = sandbox.apply_fails(&of(stranger));
    assert!(said.contains("There is no such subaccount"), "{said}");
    let said = sandbox.apply_fails(&of(&sandbox.handle.account_sid));
    assert!(
        said.contains("No credentials of a subaccount") && said.contains("No token was read"),
        "{said}"
    );
}

fn oauth_token(sandbox: &mut Sandbox, ttl: u32) -> String {
    let (client_id, client_secret) = sandbox.oauth_app(&["/twilio/voice/twiml.apps/list"], ttl);
    sandbox.terraform.set_env("TF_VAR_client_secret", client_secret);
    format!(
        r#"
        variable "client_secret" {{
          type      = string
          sensitive = true
          ephemeral = true
        }}
        ephemeral "twilio_oauth_token" "a" {{
          client_id     = "{client_id}"
          client_secret = var.client_secret
        }}
        "#
    )
}

/// Nothing has to be closed: Twilio ends it.
#[test]
fn an_oauth_token_of_a_run_that_was_killed_ends_by_itself() {
    let mut sandbox = Sandbox::new();
    let token = oauth_token(&mut sandbox, 600);
    let hangs = HANGS
        .replace(
            "KEY = ephemeral.twilio_api_key.run.sid",
            "TOKEN = ephemeral.twilio_oauth_token.a.token",
        )
        .replace("touch begun", "printf %s $TOKEN > token.tmp; mv token.tmp begun");
    sandbox.configure(&format!("{token}{hangs}"));
    let mut apply = sandbox
        .terraform
        .command(&["apply", "-auto-approve", "-no-color"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("terraform starts");
    let begun = sandbox.terraform.path().join("begun");
    while !begun.exists() {
        std::thread::yield_now();
    }
    send("KILL", format!("-{}", apply.id()));
    apply.wait().expect("terraform ends");
    let bearer = format!("Bearer {}", fs::read_to_string(begun).expect("the token"));
    let path = format!("/2010-04-01/Accounts/{}/Applications.json", sandbox.handle.account_sid);
    let status = || {
        sandbox
            .twilio
            .status_of("api.twilio.com", &path, &bearer)
            .expect("an answer")
    };
    assert_eq!(status(), 200);
    sandbox.twilio.advance(599).expect("the clock moves");
    assert_eq!(status(), 200);
    sandbox.twilio.advance(1).expect("the clock moves");
    assert_eq!(status(), 401);
}

#[test]
fn an_oauth_token_is_refused_with_a_wrong_secret_in_plain_words() {
    let mut sandbox = Sandbox::new();
    let token = oauth_token(&mut sandbox, 600);
    sandbox
        .terraform
        .set_env("TF_VAR_client_secret", "wrong-secret-0badc0de");
    let said = sandbox.apply_fails(&token);
    assert!(
        said.contains("322402") && said.contains("The client ID or the client secret is wrong"),
        "{said}"
    );
    assert!(!said.contains("wrong-secret"), "{said}");
    let without = r#"ephemeral "twilio_oauth_token" "a" {}"#;
    let said = sandbox.apply_fails(without);
    assert!(said.contains("No OAuth app to issue a token"), "{said}");
}

/// A state, a saved plan with all that is in it, the log at its most talkative and the audit log.
#[test]
fn nothing_that_is_opened_is_stored_or_logged() {
    let mut sandbox = Sandbox::new();
    let log = sandbox.terraform.path().join("trace.log");
    let audit = sandbox.terraform.path().join("audit.jsonl");
    sandbox.terraform.set_env("TF_LOG", "TRACE");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    sandbox.terraform.set_env("TWILIO_AUDIT_LOG", &audit);
    let token = oauth_token(&mut sandbox, 600);
    let everything = r#"
        resource "twilio_subaccount" "team" {
          friendly_name = "Team"
        }
        ephemeral "twilio_subaccount_credentials" "team" {
          sid = twilio_subaccount.team.sid
        }
        ephemeral "twilio_api_key" "run" {}
        ephemeral "twilio_api_key" "team" {
          account_sid = twilio_subaccount.team.sid
        }
        ephemeral "twilio_access_token" "alice" {
          api_key    = ephemeral.twilio_api_key.run.sid
          api_secret = ephemeral.twilio_api_key.run.secret
          identity   = "alice"
          video      = {}
        }
    "#;
    let names = ["SUBACCOUNT", "KEY", "TEAM_KEY", "JWT", "OAUTH"];
    let reader = written(&[
        ("SUBACCOUNT", "ephemeral.twilio_subaccount_credentials.team.auth_token"),
        ("KEY", "ephemeral.twilio_api_key.run.secret"),
        ("TEAM_KEY", "ephemeral.twilio_api_key.team.secret"),
        ("JWT", "ephemeral.twilio_access_token.alice.token"),
        ("OAUTH", "ephemeral.twilio_oauth_token.a.token"),
    ]);
    sandbox.configure(&format!("{token}{everything}{reader}"));
    let mut said = String::new();
    let mut secrets = vec![sandbox.handle.auth_token.clone()];
    let mut plans = String::new();
    for round in 0..2 {
        said.push_str(&sandbox.succeed(&["plan", "-out", "plan", "-no-color"]).text());
        let unzipped = Command::new("unzip")
            .args(["-p", "plan"])
            .current_dir(sandbox.terraform.path())
            .output()
            .expect("unzip is installed");
        assert!(unzipped.status.success() && !unzipped.stdout.is_empty());
        plans.push_str(&String::from_utf8_lossy(&unzipped.stdout));
        said.push_str(&sandbox.succeed(&["apply", "-no-color", "plan"]).text());
        secrets.extend(names.map(|name| read(&sandbox, name)));
        assert!(secrets.iter().all(|secret| secret.len() >= 32), "round {round}");
    }
    let file = |path: &std::path::Path| fs::read_to_string(path).expect("it was written");
    let state = file(&sandbox.terraform.path().join("terraform.tfstate"));
    let (log, audit) = (file(&log), file(&audit));
    for proof in ["OpenEphemeralResource", "CloseEphemeralResource", "response body"] {
        assert!(log.contains(proof), "the log is not at TRACE: no {proof:?}");
    }
    assert!(
        plans.contains("twilio_subaccount") && state.contains("twilio_subaccount") && audit.contains("terraform-run")
    );
    for secret in &secrets {
        for (place, text) in [
            ("state", &state),
            ("saved plan", &plans),
            ("log", &log),
            ("output", &said),
            ("audit log", &audit),
        ] {
            if let Some(line) = text.lines().find(|line| line.contains(secret)) {
                panic!("a secret is in the {place}: {}", line.replace(secret, "SECRET"));
            }
        }
    }
    assert!(keys(&sandbox).is_empty(), "{:?}", keys(&sandbox));
}
