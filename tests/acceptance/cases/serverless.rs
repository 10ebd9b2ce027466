//! Functions and Assets: code that reaches an environment without a gap, what others deploy, files and their types, variables.

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

const HOST: &str = "serverless.twilio.com";
const DEPLOYMENT: &str = "twilio_serverless_deployment.test";
const BUILD: &str = "twilio_serverless_build.test";

const BEFORE: &str = "lifecycle {\n    create_before_destroy = true\n  }";

/// An application with one function. `build` is what else stands in its build.
fn application(code: &str, build: &str) -> String {
    format!(
        r#"
resource "twilio_serverless_service" "test" {{
  unique_name   = "tides"
  friendly_name = "Tides"
}}
resource "twilio_serverless_environment" "test" {{
  service_sid = twilio_serverless_service.test.sid
  unique_name = "production"
}}
resource "twilio_serverless_function" "test" {{
  service_sid   = twilio_serverless_service.test.sid
  friendly_name = "Tides"
  path          = "/tides"
  visibility    = "protected"
  content       = "exports.handler = () => {code};"
}}
resource "twilio_serverless_build" "test" {{
  service_sid           = twilio_serverless_service.test.sid
  function_version_sids = [twilio_serverless_function.test.version_sid]
  {build}
}}
resource "twilio_serverless_deployment" "test" {{
  service_sid     = twilio_serverless_service.test.sid
  environment_sid = twilio_serverless_environment.test.sid
  build_sid       = twilio_serverless_build.test.sid
}}
"#
    )
}

/// The objects of a collection, by its last name.
fn there(sandbox: &Sandbox, collection: &str) -> Vec<Json> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let is_in = |object: &Json| {
        object["collection"]
            .as_str()
            .is_some_and(|path| path.ends_with(collection))
    };
    objects.into_iter().filter(is_in).collect()
}

/// The build that the one environment runs.
fn running(sandbox: &Sandbox) -> Json {
    there(sandbox, "/Environments")[0]["body"]["build_sid"].clone()
}

/// Writes since the request of this number: method, and last name of the collection.
fn writes(sandbox: &Sandbox, from: usize) -> Vec<String> {
    let requests = sandbox.twilio.requests().expect("the simulator answers").into_iter();
    let written = requests.skip(from).filter(|request| request["method"] != "GET");
    written
        .filter_map(|request| {
            let path = request["path"].as_str()?;
            let names = ["Deployments", "Builds", "Versions", "Functions", "Variables"];
            let name = names.iter().find(|name| path.contains(*name)).copied()?;
            Some(format!("{} {name}", request["method"].as_str()?))
        })
        .collect()
}

fn requests(sandbox: &Sandbox) -> usize {
    sandbox.twilio.requests().expect("the simulator answers").len()
}

#[test]
fn changed_code_is_built_and_deployed_before_the_old_build_goes() {
    let sandbox = Sandbox::standing();
    sandbox.apply(&application("1", BEFORE));
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    let first = sandbox.resource(BUILD);
    assert_eq!(running(&sandbox), first["sid"]);
    assert_eq!(first["status"], "completed", "it waits by default");

    let before = requests(&sandbox);
    sandbox.apply(&application("2", BEFORE));
    assert_eq!(
        writes(&sandbox, before),
        ["POST Versions", "POST Builds", "POST Deployments", "DELETE Builds"],
        "no environment is without a build"
    );
    sandbox.plan_is_empty("after other code");
    let second = sandbox.resource(BUILD);
    assert_ne!(second["sid"], first["sid"]);
    assert_eq!(running(&sandbox), second["sid"]);

    // Without that order Twilio refuses, and nothing is lost.
    let said = sandbox.apply_fails(&application("3", ""));
    for needle in [
        "Twilio refused to destroy twilio_serverless_build",
        "part of an active Deployment",
        "create_before_destroy = true",
    ] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    assert_eq!(running(&sandbox), second["sid"]);
    sandbox.apply(&application("3", BEFORE));
    sandbox.plan_is_empty("after the advice was followed");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn what_somebody_else_deploys_is_drift_and_taken_back_in_place() {
    let sandbox = Sandbox::standing();
    let config = application("1", BEFORE);
    sandbox.apply(&config);
    let ours = sandbox.resource(BUILD)["sid"].clone();
    let environment = there(&sandbox, "/Environments")[0].clone();
    let sid = &environment["sid"];
    let path = environment["path"].as_str().expect("a path");
    let elsewhere = json!({"build_sid": "ZB0123456789abcdef0123456789abcdef"});
    sandbox
        .twilio
        .change(HOST, path, &elsewhere)
        .expect("it can be changed");
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = crate::lifecycle::active_changes(&plan).collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(changes[0]["address"], DEPLOYMENT);
    assert_eq!(changes[0]["change"]["actions"], json!(["update"]));
    sandbox.apply(&config);
    assert_eq!(running(&sandbox), ours);
    assert_eq!(there(&sandbox, "/Environments")[0]["sid"], *sid);
    sandbox.plan_is_empty("after it was taken back");
}

#[test]
fn a_build_that_is_taken_out_is_said_before_and_stays() {
    let sandbox = Sandbox::standing();
    let config = application("1", BEFORE);
    sandbox.apply(&config);
    let nothing = config.replace("  build_sid       = twilio_serverless_build.test.sid\n", "");
    sandbox.configure(&nothing);
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(said.contains("The environment will run nothing"), "{said}");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(running(&sandbox), Json::Null);
    assert_eq!(there(&sandbox, "/Builds").len(), 1);
    sandbox.plan_is_empty("after it was taken out");
    sandbox.apply(&config);
    assert_ne!(running(&sandbox), Json::Null);
    // Without the deployment the build can go, and the environment stays.
    let end = config.find("resource \"twilio_serverless_build\"").expect("a build");
    sandbox.apply(&config[..end]);
    assert_eq!(running(&sandbox), Json::Null);
    assert_eq!(there(&sandbox, "/Builds").len(), 0);
}

#[test]
fn a_build_that_fails_says_where_to_look_and_reaches_no_environment() {
    let sandbox = Sandbox::standing();
    let orders = json!([{"match": {"path": "/Builds/"}, "to": "failed", "times": 1}]);
    sandbox.twilio.outcomes(&orders).expect("it can be ordered");
    let said = sandbox.apply_fails(&application("1", BEFORE));
    for needle in ["ended it with a failure", "`failed`", "Monitor > Logs > Errors"] {
        assert!(said.contains(needle), "{needle}:\n{said}");
    }
    assert_eq!(running(&sandbox), Json::Null);
    sandbox.apply(&application("2", BEFORE));
    sandbox.plan_is_empty("after other code");
    assert_eq!(there(&sandbox, "/Builds").len(), 1, "the failed one is gone");
}

#[test]
fn a_retired_runtime_is_warned_of_and_a_build_of_nothing_refused() {
    let sandbox = Sandbox::standing();
    sandbox.configure(&application("1", "runtime = \"node12\""));
    let said = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    assert!(said.contains("Twilio has retired this runtime"), "{said}");
    let nothing = "[twilio_serverless_function.test.version_sid]";
    sandbox.configure(&application("1", "").replace(nothing, "[]"));
    let output = sandbox
        .terraform
        .run(&["validate", "-no-color"])
        .expect("terraform starts");
    assert!(output.code != 0 && output.unwrapped().contains("The build has nothing in it"));
}

#[test]
fn an_asset_is_served_as_its_name_or_its_configuration_says() {
    let sandbox = Sandbox::standing();
    std::fs::write(sandbox.terraform.path().join("tides.svg"), "<svg/>").expect("written");
    let asset = |more: &str| {
        format!(
            "resource \"twilio_serverless_service\" \"test\" {{\n  unique_name = \"tides\"\n  friendly_name = \"Tides\"\n}}\n\
             resource \"twilio_serverless_asset\" \"test\" {{\n  service_sid = twilio_serverless_service.test.sid\n  friendly_name = \
             \"Tides\"\n  path = \"/tides.svg\"\n  visibility = \"public\"\n  source = \"${{path.module}}/tides.svg\"\n  {more}\n}}\n"
        )
    };
    sandbox.apply(&asset(""));
    sandbox.apply(&asset("content_type = \"image/x-tides\""));
    sandbox.plan_is_empty("with a type of its own");
    sandbox.apply(&asset(""));
    sandbox.plan_is_empty("with the type of its name");
    let versions = there(&sandbox, "/Versions");
    let mut types: Vec<_> = versions
        .iter()
        .map(|version| &version["hidden"]["Content"]["content_type"])
        .collect();
    types.sort_by_key(|content_type| content_type.to_string());
    assert_eq!(types, ["image/svg+xml", "image/svg+xml", "image/x-tides"]);
}

#[test]
fn an_imported_asset_is_not_uploaded_again_until_its_file_changes() {
    let sandbox = Sandbox::standing();
    let write = |text: &str| std::fs::write(sandbox.terraform.path().join("tides.txt"), text).expect("written");
    write("12:24");
    let config = "resource \"twilio_serverless_service\" \"test\" {\n  unique_name = \"tides\"\n  friendly_name = \"Tides\"\n}\n\
                  resource \"twilio_serverless_asset\" \"test\" {\n  service_sid = twilio_serverless_service.test.sid\n  friendly_name = \
                  \"Tides\"\n  path = \"/tides\"\n  visibility = \"private\"\n  source = \"tides.txt\"\n  content_type = \
                  \"text/plain\"\n}\n";
    sandbox.apply(config);
    let asset = sandbox.resource("twilio_serverless_asset.test");
    sandbox.succeed(&["state", "rm", "twilio_serverless_asset.test"]);
    sandbox.succeed(&[
        "import",
        "-no-color",
        "twilio_serverless_asset.test",
        asset["id"].as_str().expect("an id"),
    ]);
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]).unwrapped();
    assert!(
        said.contains("takes the configured file for the one that it has"),
        "{said}"
    );
    assert_eq!(sandbox.resource("twilio_serverless_asset.test"), asset);
    assert_eq!(there(&sandbox, "/Versions").len(), 1);
    sandbox.plan_is_empty("after the import was applied");
    write("13:07");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(there(&sandbox, "/Versions").len(), 2);
    sandbox.plan_is_empty("after another file");
}

#[test]
fn a_variable_is_a_secret_and_may_be_in_no_state() {
    let sandbox = Sandbox::standing();
    let config = |value: &str| {
        format!(
            "{}resource \"twilio_serverless_variable\" \"test\" {{\n  service_sid = twilio_serverless_service.test.sid\n  \
             environment_sid = twilio_serverless_environment.test.sid\n  key = \"API_KEY\"\n  {value}\n}}\n",
            application("1", BEFORE)
        )
    };
    sandbox.apply(&config("value_wo = \"hush-1\"\n  value_wo_version = 1"));
    sandbox.plan_is_empty("after the create");
    let state =
        || std::fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("there is a state");
    assert!(!state().contains("hush"));
    let before = requests(&sandbox);
    sandbox.apply(&config("value_wo = \"hush-2\"\n  value_wo_version = 2"));
    assert_eq!(
        writes(&sandbox, before),
        ["POST Variables"],
        "nothing has to be deployed"
    );
    assert_eq!(there(&sandbox, "/Variables")[0]["body"]["value"], "hush-2");
    assert!(!state().contains("hush"));
}

const PROJECT: &str = "twilio_serverless_project.test";

/// A service with two environments and a project in the one of this name.
fn project(environment: &str) -> String {
    format!(
        r#"
resource "twilio_serverless_service" "test" {{
  unique_name   = "tides"
  friendly_name = "Tides"
}}
resource "twilio_serverless_environment" "one" {{
  service_sid = twilio_serverless_service.test.sid
  unique_name = "one"
}}
resource "twilio_serverless_environment" "two" {{
  service_sid   = twilio_serverless_service.test.sid
  unique_name   = "two"
  domain_suffix = "two"
}}
resource "twilio_serverless_project" "test" {{
  service_sid     = twilio_serverless_service.test.sid
  environment_sid = twilio_serverless_environment.{environment}.sid
  functions       = "functions"
  assets          = "assets"
  runtime         = "node22"
}}
"#
    )
}

/// The build that the environment of this name runs.
fn runs(sandbox: &Sandbox, name: &str) -> Json {
    let environments = there(sandbox, "/Environments").into_iter();
    let mut ones = environments.filter(|one| one["body"]["unique_name"] == name);
    ones.next().expect("it is there")["body"]["build_sid"].clone()
}

/// What Terraform does that a provider sees only a part of: it taints, replaces, and plans twice.
#[test]
fn a_project_is_gone_on_with_replaced_and_moved_and_nothing_is_stranded() {
    let sandbox = Sandbox::standing();
    sandbox
        .twilio
        .outcomes(&json!([{"soon": true}]))
        .expect("it can be ordered");
    let write = |name: &str, text: &str| {
        let path = sandbox.terraform.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    };
    let counts =
        |sandbox: &Sandbox| ["/Functions", "/Assets", "/Builds"].map(|collection| there(sandbox, collection).len());
    write("functions/sms.protected.js", "exports.handler = () => 1;");
    write("functions/lib/tides.private.js", "exports.tide = 1;");
    write("assets/index.html", "<p>hush-page</p>");

    // A first apply that fails at its last step.
    let refusal = json!([{"match": {"method": "POST", "path": "/Deployments$"}, "fault": "status", "status": 403, "code": 20003}]);
    sandbox.twilio.faults(&refusal).expect("the fault is understood");
    let said = sandbox.apply_fails(&project("one"));
    assert!(said.contains("created but not completed"), "{said}");
    sandbox.twilio.faults(&json!([])).expect("no faults");
    assert_eq!(counts(&sandbox), [2, 1, 1]);
    sandbox.apply(&project("one"));
    sandbox.plan_is_empty("after the tainted one was made anew");
    sandbox.refresh_finds_nothing("after the tainted one was made anew");
    assert_eq!(counts(&sandbox), [2, 1, 1]);
    assert_eq!(runs(&sandbox, "one"), sandbox.resource(PROJECT)["build_sid"]);

    sandbox.succeed(&["apply", "-auto-approve", "-no-color", &format!("-replace={PROJECT}")]);
    sandbox.plan_is_empty("after -replace");
    assert_eq!(counts(&sandbox), [2, 1, 1]);
    assert_eq!(runs(&sandbox, "one"), sandbox.resource(PROJECT)["build_sid"]);

    // A file that changes between the plan and its apply.
    for (name, before, after) in [
        ("assets/index.html", "<p>hush-2</p>", "<p>hush-3</p>"),
        (
            "functions/new.js",
            "exports.handler = () => 2;",
            "exports.handler = () => 3;",
        ),
    ] {
        write(name, before);
        sandbox.succeed(&["plan", "-no-color", "-out=planned"]);
        write(name, after);
        let writes_before = requests(&sandbox);
        let output = sandbox
            .terraform
            .run(&["apply", "-no-color", "planned"])
            .expect("terraform starts");
        let said = output.text();
        assert_ne!(output.code, 0, "{said}");
        assert!(
            said.contains("changed after the plan") && !said.contains("bug in the provider") && !said.contains("hush"),
            "{said}"
        );
        assert!(writes(&sandbox, writes_before).is_empty(), "nothing is sent");
        sandbox.apply(&project("one"));
        sandbox.plan_is_empty("after a plan of the files as they are");
    }

    // Another environment: said in the plan, and carried out.
    sandbox.configure(&project("two"));
    let shown = sandbox.succeed(&["plan", "-no-color"]).text();
    assert!(shown.contains("will run nothing for a while"), "{shown}");
    sandbox.apply(&project("two"));
    sandbox.plan_is_empty("in another environment");
    assert_eq!(runs(&sandbox, "one"), Json::Null);
    assert_eq!(runs(&sandbox, "two"), sandbox.resource(PROJECT)["build_sid"]);
    assert_eq!(counts(&sandbox), [3, 1, 1]);

    // What must not be published.
    write("assets/terraform.tfstate", "{}");
    let said = sandbox.apply_fails(&project("two"));
    assert!(
        said.contains("terraform.tfstate") && said.contains("a folder of their"),
        "{said}"
    );
    std::fs::remove_file(sandbox.terraform.path().join("assets/terraform.tfstate")).expect("it can be removed");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

/// A plan that was looked at is all that is done, also where Terraform hands an apply nothing of what the plan has seen.
#[test]
fn a_saved_plan_of_a_new_or_replaced_project_uploads_what_it_showed_or_nothing() {
    let sandbox = Sandbox::standing();
    let orders = sandbox.twilio.outcomes(&json!([{"soon": true}]));
    orders.expect("it can be ordered");
    let path = |name: &str| sandbox.terraform.path().join(name);
    let write = |name: &str, text: &str| {
        std::fs::create_dir_all(path(name).parent().expect("a folder")).expect("it can be made");
        std::fs::write(path(name), text).expect("it can be written");
    };
    let refused = |plan: &[&str]| {
        sandbox.succeed(&[&["plan", "-no-color", "-out=planned"][..], plan].concat());
        write("assets/evil.txt", "hush");
        let before = requests(&sandbox);
        let output = sandbox
            .terraform
            .run(&["apply", "-no-color", "planned"])
            .expect("terraform starts");
        std::fs::remove_file(path("assets/evil.txt")).expect("it can be removed");
        let said = output.unwrapped();
        assert_ne!(output.code, 0, "{said}");
        assert!(said.contains("/evil.txt") && !said.contains("hush"), "{said}");
        assert!(
            !writes(&sandbox, before).iter().any(|line| !line.ends_with("Variables")),
            "nothing is sent: {said}"
        );
        said
    };
    write("functions/sms.protected.js", "exports.handler = () => 1;");
    write("functions/lib/tides.private.js", "exports.tide = 1;");
    write("assets/index.html", "<p>1</p>");
    sandbox.configure(&project("one"));
    let shown = sandbox.succeed(&["plan", "-no-color"]).unwrapped();
    for part in [
        "3 files come with this project",
        "anybody on the internet may request: 1",
        "+ \"/lib/tides\"",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // Terraform's own words, and beside them ours.
    let said = refused(&[]);
    assert!(
        said.contains("inconsistent final plan") && said.contains("plan again then"),
        "{said}"
    );
    sandbox.apply(&project("one"));
    sandbox.plan_is_empty("after the create");
    let first = runs(&sandbox, "one");

    let said = refused(&[&format!("-replace={PROJECT}")]);
    assert!(
        said.contains("Nothing was removed") && !said.contains("bug in the provider"),
        "{said}"
    );
    assert_eq!(runs(&sandbox, "one"), first, "it goes on");
    sandbox.succeed(&["taint", PROJECT]);
    let said = refused(&[]);
    assert!(
        said.contains("Nothing was removed") && !said.contains("bug in the provider"),
        "{said}"
    );
    assert_eq!(runs(&sandbox, "one"), first, "it goes on");
    sandbox.apply(&project("one"));
    sandbox.plan_is_empty("after the replacement");

    // With -refresh=false a change is shown path by path, and applied.
    write("assets/index.html", "<p>2</p>");
    let shown = sandbox.succeed(&["plan", "-no-color", "-refresh=false"]).unwrapped();
    assert!(
        shown.contains("~ \"/index.html\"") && !shown.contains("- \"/sms\""),
        "{shown}"
    );
    let said = refused(&["-refresh=false"]);
    assert!(said.contains("-refresh=false"), "{said}");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color", "-refresh=false"]);
    sandbox.plan_is_empty("after an apply without a refresh");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}
