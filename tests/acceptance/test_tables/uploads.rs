//! Files: planned by their hash, uploaded, refused when they changed meanwhile.

use serde_json::Value as Json;

use crate::lifecycle::active_changes;
use crate::sandbox::Sandbox;

const FUNCTION: &str = "twilio_serverless_function.test";
const DOCUMENT: &str = "twilio_test_supporting_document.test";

fn function(code: &str) -> String {
    format!(
        r#"
        resource "twilio_serverless_service" "test" {{
          unique_name   = "greeter"
          friendly_name = "Greeter"
        }}
        resource "twilio_serverless_function" "test" {{
          service_sid   = twilio_serverless_service.test.sid
          friendly_name = "Greeting"
          path          = "/greeting"
          visibility    = "public"
          {code}
        }}
        "#
    )
}

fn document(arguments: &str) -> String {
    format!(
        r#"
        resource "twilio_test_supporting_document" "test" {{
          friendly_name = "Invoice"
          type          = "invoice"
          {arguments}
        }}
        "#
    )
}

fn write(sandbox: &Sandbox, name: &str, content: &[u8]) {
    std::fs::write(sandbox.terraform.path().join(name), content).expect("it can be written");
}

fn change_of(sandbox: &Sandbox, address: &str) -> Json {
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let mut changes = active_changes(&plan);
    let change = changes.next().expect("something changes").clone();
    assert_eq!(change["address"], address);
    assert!(changes.next().is_none(), "one thing changes");
    change["change"].clone()
}

fn uploads(sandbox: &Sandbox, host: &str) -> Vec<Json> {
    let requests = sandbox.twilio.requests().expect("the simulator answers").into_iter();
    requests.filter(|request| request["host"] == host).collect()
}

#[test]
fn a_file_makes_a_version_when_its_content_changes_and_never_else() {
    const HOST: &str = "serverless-upload.twilio.com";
    const SOURCE: &str = r#"source = "${path.module}/greeting.js""#;
    let mut sandbox = Sandbox::new_with_test_tables();
    write(&sandbox, "greeting.js", b"exports.handler = () => 'hush-1';");
    sandbox.apply(&function(SOURCE));
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    let made = sandbox.resource(FUNCTION);
    assert_eq!(made["content_sha256"].as_str().map(str::len), Some(64), "{made:#}");
    assert!(
        made["version_sid"].as_str().is_some_and(|sid| sid.starts_with("ZN")),
        "{made:#}"
    );
    assert!(!made.to_string().contains("hush"), "{made:#}");

    write(&sandbox, "greeting.js", b"exports.handler = () => 'hush-2';");
    let change = change_of(&sandbox, FUNCTION);
    assert_eq!(change["actions"], serde_json::json!(["update"]));
    assert_eq!(change["after_unknown"]["version_sid"], true, "{change:#}");
    assert_ne!(change["after"]["content_sha256"], made["content_sha256"]);
    sandbox.apply(&function(SOURCE));
    sandbox.plan_is_empty("after another file");
    let second = sandbox.resource(FUNCTION);
    assert_ne!(second["version_sid"], made["version_sid"]);
    assert_eq!(uploads(&sandbox, HOST).len(), 2);

    // The same text, in the configuration: nothing to upload.
    let inline = function(r#"content = "exports.handler = () => 'hush-2';""#);
    sandbox.apply(&inline);
    sandbox.plan_is_empty("after the text was moved into the configuration");
    assert_eq!(sandbox.resource(FUNCTION)["version_sid"], second["version_sid"]);
    assert_eq!(uploads(&sandbox, HOST).len(), 2);
    let state = std::fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("there is a state");
    assert!(!state.contains("hush"), "the content is in the state");

    // What goes with it makes another version, too.
    sandbox.apply(&function(SOURCE).replace("\"public\"", "\"protected\""));
    sandbox.plan_is_empty("after another visibility");
    assert_eq!(uploads(&sandbox, HOST).len(), 3);
    // An import reads the code back, and makes no version of what is there.
    sandbox.apply(&inline);
    let log = sandbox.terraform.path().join("provider.log");
    sandbox.terraform.set_env("TF_LOG_PROVIDER", "TRACE");
    sandbox.terraform.set_env("TF_LOG_PATH", &log);
    crate::lifecycle::import_by_command(&sandbox, FUNCTION);
    assert_eq!(uploads(&sandbox, HOST).len(), 4);
    let logged = std::fs::read_to_string(&log).expect("there is a log");
    assert!(logged.contains("/Content"), "its content is read");
    let content = logged.lines().find(|line| line.contains("hush"));
    assert_eq!(content, None, "the content is in the log");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_file_that_changed_after_the_plan_is_not_uploaded() {
    const HOST: &str = "serverless-upload.twilio.com";
    let sandbox = Sandbox::with_test_tables();
    let config = function(r#"source = "greeting.js""#);
    let changes_after_the_plan = |from: &str, to: &str| {
        write(&sandbox, "greeting.js", from.as_bytes());
        sandbox.configure(&config);
        sandbox.succeed(&["plan", "-no-color", "-out=planned"]);
        write(&sandbox, "greeting.js", to.as_bytes());
        let output = sandbox
            .terraform
            .run(&["apply", "-no-color", "planned"])
            .expect("terraform starts");
        let text = output.text();
        assert_ne!(output.code, 0, "{text}");
        assert!(!text.contains("hush"), "{text}");
        text
    };
    // Terraform plans once more before it applies: that plan is refused in words of ours, and not in those of Terraform, which
    // sends people to report a bug. Of what is new nothing is known that another plan could contradict.
    write(&sandbox, "greeting.js", b"hush-1");
    sandbox.apply(&config);
    assert_eq!(uploads(&sandbox, HOST).len(), 1);
    let refused = changes_after_the_plan("hush-3", "hush-4");
    assert!(
        refused.contains("changed after the plan") && !refused.contains("bug in the provider"),
        "{refused}"
    );
    assert_eq!(uploads(&sandbox, HOST).len(), 1);
    sandbox.apply(&config);
    sandbox.plan_is_empty("after a plan of the file as it is");
}

#[test]
fn a_file_that_is_not_there_is_refused_in_the_plan() {
    let sandbox = Sandbox::with_test_tables();
    for source in ["nowhere.js", "~somebody/x.js", "."] {
        sandbox.configure(&function(&format!("source = \"{source}\"")));
        let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
        let text = output.text();
        assert!(
            output.code != 0 && text.contains("cannot be uploaded"),
            "{source}: {text}"
        );
        assert!(text.contains("source ="), "at the attribute: {text}");
    }
    for code in ["", "source = \"x.js\"\n content = \"x\""] {
        sandbox.configure(&function(code));
        let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
        assert_ne!(output.code, 0, "{}", output.text());
    }
    sandbox.configure(&function("source = \"\""));
    let output = sandbox
        .terraform
        .run(&["validate", "-no-color"])
        .expect("terraform starts");
    let text = output.text();
    assert!(
        output.code != 0 && text.contains("source: It is set and empty"),
        "{text}"
    );
}

/// Terraform plans a destroy after a plan like any other, which needs the file.
#[test]
fn what_has_lost_its_file_is_destroyed_as_the_error_says() {
    let sandbox = Sandbox::with_test_tables();
    let config = function("source = \"a.js\"");
    write(&sandbox, "a.js", b"exports.handler = 1");
    sandbox.apply(&config);
    std::fs::remove_file(sandbox.terraform.path().join("a.js")).expect("removed");
    let output = sandbox
        .terraform
        .run(&["plan", "-destroy", "-no-color"])
        .expect("terraform starts");
    let text = output.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_ne!(output.code, 0, "{text}");
    for needle in ["there is no such file.", "terraform destroy -refresh=false"] {
        assert!(text.replace(" │ ", " ").contains(needle), "{text}");
    }
    sandbox.succeed(&["destroy", "-refresh=false", "-auto-approve", "-no-color"]);
}

#[test]
fn a_document_is_made_with_its_file_and_another_file_replaces_it() {
    const HOST: &str = "numbers-upload.twilio.com";
    let sandbox = Sandbox::with_test_tables();
    let with_file = document(r#"source = "invoice.png""#);
    write(&sandbox, "invoice.png", &[137, 80, 78, 71, 1]);
    sandbox.apply(&with_file);
    sandbox.plan_is_empty("after the create");
    let made = sandbox.resource(DOCUMENT);
    assert_eq!(made["mime_type"], "image/png", "{made:#}");
    assert_eq!(uploads(&sandbox, HOST).len(), 1);

    // A new name is an update at the usual host.
    sandbox.apply(&with_file.replace("\"Invoice\"", "\"Bill\""));
    sandbox.plan_is_empty("after another name");
    assert_eq!(sandbox.resource(DOCUMENT)["sid"], made["sid"]);
    assert_eq!(uploads(&sandbox, HOST).len(), 1);

    let id = made["id"].as_str().expect("an id");
    sandbox.succeed(&["state", "rm", DOCUMENT]);
    sandbox.succeed(&["import", "-no-color", DOCUMENT, id]);
    sandbox.configure(&with_file);
    let output = sandbox
        .terraform
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect("terraform starts");
    let text = output.text();
    assert!(
        output.code == 0 && text.contains("Whether Twilio has the file"),
        "{text}"
    );
    sandbox.plan_is_empty("after an import");
    assert_eq!(
        sandbox.resource(DOCUMENT)["sid"],
        made["sid"],
        "an import replaces nothing"
    );
    assert_eq!(sandbox.resource(DOCUMENT)["source_sha256"], made["source_sha256"]);

    write(&sandbox, "invoice.png", &[137, 80, 78, 71, 2]);
    let change = change_of(&sandbox, DOCUMENT);
    assert_eq!(change["actions"], serde_json::json!(["delete", "create"]), "{change:#}");
    sandbox.apply(&with_file);
    sandbox.plan_is_empty("after another file");
    assert_ne!(sandbox.resource(DOCUMENT)["sid"], made["sid"]);
    assert_eq!(uploads(&sandbox, HOST).len(), 2);

    // Without a file it is a form at the usual host.
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.apply(&document(""));
    sandbox.plan_is_empty("without a file");
    assert_eq!(uploads(&sandbox, HOST).len(), 2);

    // A file that comes later makes another document: there is no other way to upload it.
    let renamed = document("").replace("\"Invoice\"", "\"Bill\"");
    sandbox.apply(&renamed);
    let without = sandbox.resource(DOCUMENT);
    sandbox.apply(&with_file);
    sandbox.plan_is_empty("with a file that came later");
    assert_ne!(sandbox.resource(DOCUMENT)["sid"], without["sid"]);
    assert_eq!(sandbox.resource(DOCUMENT)["mime_type"], "image/png");
    assert_eq!(uploads(&sandbox, HOST).len(), 3);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}
