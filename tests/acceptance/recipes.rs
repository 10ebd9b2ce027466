//! The recipes: whole configurations, some with other providers, of which stand-ins are here.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::sandbox::{Sandbox, configure};
use crate::secret_stores::Stores;

/// Where a recipe is; without a name, where they all are.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples/recipes")
        .join(name)
}

/// The recipes whose names begin so.
fn recipes(beginning: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder("")).expect("there are recipes").flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(beginning));
    let mut paths: Vec<_> = named.map(|entry| entry.path().join("main.tf")).collect();
    paths.sort();
    paths
}

/// The text of the one recipe of this name.
fn recipe(name: &str) -> String {
    let paths = recipes(name);
    assert_eq!(paths.len(), 1, "{name}");
    fs::read_to_string(&paths[0]).expect("a recipe")
}

#[test]
fn a_contact_centre_is_built_changed_and_taken_down() {
    let recipe = recipe("contact-centre");
    let sandbox = Sandbox::standing();
    let write = |text: &str| sandbox.terraform.write("main.tf", text).expect("it can be written");
    write(&recipe);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");

    // The number leads to the flow, the flow to the workflow, the workflow to the queues.
    let resource = |address: &str| sandbox.resource(address);
    let (number, flow) = (
        resource("twilio_phone_number.calls"),
        resource("twilio_studio_flow.calls"),
    );
    assert_eq!(number["voice_url"], flow["webhook_url"]);
    let workflow = resource("twilio_taskrouter_workflow.calls");
    assert!(
        flow["definition"]
            .as_str()
            .is_some_and(|flow| flow.contains(workflow["sid"].as_str().expect("a SID")))
    );
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let there = objects
        .iter()
        .find(|object| object["sid"] == workflow["sid"])
        .expect("it is there");
    let rules: Json = serde_json::from_str(there["body"]["configuration"].as_str().expect("a text")).expect("JSON");
    let german = resource("twilio_taskrouter_task_queue.language[\"de\"]");
    assert_eq!(
        rules["task_routing"]["filters"][0]["targets"][0],
        json!({"queue": german["sid"], "timeout": 60})
    );
    let activities = objects
        .iter()
        .filter(|object| object["body"]["friendly_name"] == "Available");
    assert_eq!(activities.count(), 1, "the workspace's own is managed");

    // Another language: a queue, and a rule that leads to it.
    let with_french = recipe.replace(
        "    de = { name",
        "    fr = { name = \"French\", workers = \"languages HAS \\\"fr\\\"\" }\n    de = { name",
    );
    write(&with_french);
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create"] twilio_taskrouter_task_queue.language["fr"]"#,
            r#"["update"] twilio_taskrouter_workflow.calls"#
        ]
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("with another language");

    // One is given up: the workflow forgets the queue before it goes. An activity is called otherwise, an agent leaves.
    let changed = with_french.replace(
        "    de = { name = \"German\", workers = \"languages HAS \\\"de\\\"\" }\n",
        "",
    );
    let changed = changed.replace("\"After call\"", "\"Wrap-up\"");
    let changed = changed.replace("    grace = { languages = [\"en\"] }\n", "");
    write(&changed);
    assert_eq!(
        sandbox.planned(),
        [
            r#"["delete"] twilio_taskrouter_task_queue.language["de"]"#,
            r#"["delete"] twilio_taskrouter_worker.agent["grace"]"#,
            r#"["delete"] twilio_taskrouter_worker_channel.chat["grace"]"#,
            r#"["update"] twilio_taskrouter_activity.pause["after_call"]"#,
            r#"["update"] twilio_taskrouter_workflow.calls"#
        ]
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the change");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn sign_ups_are_verified_limited_and_given_up() {
    let recipe = recipe("verified-sign-ups");
    let sandbox = Sandbox::standing();
    let write = |text: &str| sandbox.terraform.write("main.tf", text).expect("it can be written");
    write(&recipe);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    let count = |collection: &str| {
        let objects = sandbox.twilio.objects().expect("the simulator answers");
        let is_in = |object: &&Json| {
            object["collection"]
                .as_str()
                .is_some_and(|path| path.ends_with(collection))
        };
        objects.iter().filter(is_in).count()
    };
    assert_eq!(
        (
            count("/RateLimits"),
            count("/Buckets"),
            count("/Webhooks"),
            count("/SafeList/Numbers")
        ),
        (2, 3, 1, 2)
    );

    // A limit gets tighter, another interval is counted, a limit and a tester go, the webhook moves.
    let changed = recipe
        .replace("{ 60 = 5, 86400 = 50 }", "{ 60 = 3, 3600 = 20, 86400 = 50 }")
        .replace("    session             = { 3600 = 10 }\n", "")
        .replace(", \"+14155550143\"", "")
        .replace("https://example.com/verify", "https://example.com/verified");
    write(&changed);
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create"] twilio_verify_rate_limit_bucket.bucket["end_user_ip_address/3600"]"#,
            r#"["delete"] twilio_verify_rate_limit.limit["session"]"#,
            r#"["delete"] twilio_verify_rate_limit_bucket.bucket["session/3600"]"#,
            r#"["delete"] twilio_verify_safelist_number.tester["+14155550143"]"#,
            r#"["update"] twilio_verify_rate_limit_bucket.bucket["end_user_ip_address/60"]"#,
            r#"["update"] twilio_verify_webhook.factors"#
        ]
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the change");
    assert_eq!(
        (count("/RateLimits"), count("/Buckets"), count("/SafeList/Numbers")),
        (1, 3, 1)
    );
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_trunk_is_built_changed_and_taken_down() {
    let recipe = recipe("sip-trunk");
    let sandbox = Sandbox::standing();
    let write = |name: &str, text: &str| sandbox.terraform.write(name, text).expect("it can be written");
    let passwords = json!({"passwords": {"exchange": "Hush-Hush-2026", "door": "Quiet-Quiet-2026"}});
    write("terraform.tfvars.json", &passwords.to_string());
    write("main.tf", &recipe);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");

    let trunk = sandbox.resource("twilio_trunk.exchange")["sid"].clone();
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let below = |collection: &str| {
        let of_trunk = format!("/v1/Trunks/{}/{collection}", trunk.as_str().expect("a SID"));
        let those = objects
            .iter()
            .filter(|object| object["collection"] == of_trunk.as_str());
        those.map(|object| object["body"].clone()).collect::<Vec<_>>()
    };
    let number = sandbox.resource("twilio_phone_number.exchange[\"reception\"]");
    let on_trunk = below("PhoneNumbers");
    assert_eq!(on_trunk.len(), 1);
    assert_eq!(on_trunk[0]["sid"], number["sid"]);
    assert_eq!(below("OriginationUrls").len(), 2);
    let lists = ["CredentialLists", "IpAccessControlLists"].map(|lists| below(lists).len());
    assert_eq!(lists, [1, 1]);
    let state = fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("a state");
    assert!(!state.contains("Hush-Hush-2026"), "{state}");

    // Another user and another password, an exchange less, calls are recorded.
    let changed = recipe
        .replace("{ exchange = 1 }", "{ exchange = 2, door = 1 }")
        .replace(
            "mode      = \"do-not-record\"",
            "mode      = \"record-from-answer-dual\"",
        );
    let backup = "    backup = { sip_url = \"sip:pbx-backup.example.com;transport=tls\", priority = 2 }\n";
    assert!(changed.contains(backup));
    write("main.tf", &changed.replace(backup, ""));
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create"] twilio_sip_credential.user["door"]"#,
            r#"["delete"] twilio_trunk_origination_url.exchange["backup"]"#,
            r#"["update"] twilio_sip_credential.user["exchange"]"#,
            r#"["update"] twilio_trunk_recording.exchange"#
        ]
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the change");
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn functions_are_deployed_put_on_a_number_changed_and_taken_down() {
    let sandbox = Sandbox::standing();
    sandbox.copy(&folder("functions"));
    let write = |name: &str, text: &str| sandbox.terraform.write(name, text).expect("it can be written");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");

    // The number leads to the address of the environment, which runs the build with all files.
    let environment = sandbox.resource("twilio_serverless_environment.production");
    let number = sandbox.resource("twilio_phone_number.tides");
    let voice = format!(
        "https://{}/voice",
        environment["domain_name"].as_str().expect("an address")
    );
    assert_eq!(number["voice_url"], voice);
    let private = sandbox.resource("twilio_serverless_function.file[\"lib/tides.private.js\"]");
    assert_eq!(
        (&private["path"], &private["visibility"]),
        (&json!("/lib/tides"), &json!("private"))
    );
    let running = || {
        let objects = sandbox.twilio.objects().expect("the simulator answers");
        let is_it = |object: &&Json| object["sid"] == environment["sid"];
        objects.iter().find(is_it).expect("it is there")["body"]["build_sid"].clone()
    };
    let first = sandbox.resource("twilio_serverless_build.current");
    assert_eq!(running(), first["sid"]);
    assert_eq!(first["function_version_sids"].as_array().map(Vec::len), Some(4));

    // Other code, a page more, a function less: one build, one deployment in place, and the old build goes.
    write("functions/lib/tides.private.js", "exports.nextTide = () => '13:07';\n");
    write("site/about.html", "<!DOCTYPE html>\n<title>About</title>\n");
    fs::remove_file(sandbox.terraform.path().join("functions/health.js")).expect("it can be removed");
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create","delete"] twilio_serverless_build.current"#,
            r#"["create"] twilio_serverless_asset.page["about.html"]"#,
            r#"["delete"] twilio_serverless_function.file["health.js"]"#,
            r#"["update"] twilio_serverless_deployment.production"#,
            r#"["update"] twilio_serverless_function.file["lib/tides.private.js"]"#,
        ]
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the change");
    let second = sandbox.resource("twilio_serverless_build.current");
    assert_ne!(second["sid"], first["sid"]);
    assert_eq!(running(), second["sid"]);
    assert_eq!(sandbox.resource("twilio_phone_number.tides")["sid"], number["sid"]);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_project_is_tried_in_one_environment_and_run_in_another_when_that_is_said() {
    const PROJECT: &str = "twilio_serverless_project.tides";
    let sandbox = Sandbox::standing();
    sandbox.copy(&folder("functions-project"));
    let write = |name: &str, text: &str| sandbox.terraform.write(name, text).expect("it can be written");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    let first = sandbox.resource(PROJECT)["build_sid"].clone();
    let running = |name: &str| {
        let objects = sandbox.twilio.objects().expect("the simulator answers").into_iter();
        let mut ones =
            objects.filter(|object| object["body"]["unique_name"] == name && object["body"]["domain_name"].is_string());
        ones.next().expect("it is there")["body"]["build_sid"].clone()
    };
    assert_eq!(
        [running("staging"), running("production")],
        [first.clone(), first.clone()]
    );

    // Production is held where it is, and what changes is tried.
    let pinned = format!("production_build = {first}\n");
    write("terraform.tfvars", &pinned);
    sandbox.plan_is_empty("with what production runs written down");
    write("functions/lib/tides.private.js", "exports.nextTide = () => '13:07';\n");
    write("site/about.html", "<!DOCTYPE html>\n<title>About</title>\n");
    fs::remove_file(sandbox.terraform.path().join("functions/health.js")).expect("it can be removed");
    assert_eq!(sandbox.planned(), [r#"["update"] twilio_serverless_project.tides"#]);
    let shown = sandbox.succeed(&["plan", "-no-color"]).text();
    for line in [
        r#"+ "/about.html""#,
        r#"- "/health""#,
        r#"~ "/lib/tides""#,
        "~ build_sid",
    ] {
        assert!(shown.contains(line), "{line}:\n{shown}");
    }
    assert!(!shown.contains("\"/voice\""), "what stays is not shown:\n{shown}");
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the change");
    let second = sandbox.resource(PROJECT)["build_sid"].clone();
    assert_ne!(first, second);
    assert_eq!([running("staging"), running("production")], [second.clone(), first]);

    // Production follows.
    fs::remove_file(sandbox.terraform.path().join("terraform.tfvars")).expect("it can be removed");
    assert_eq!(
        sandbox.planned(),
        [r#"["update"] twilio_serverless_deployment.production"#]
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert_eq!(running("production"), second);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

#[test]
fn a_subaccounts_token_gets_into_each_store_and_into_no_state() {
    let recipes = recipes("secrets-in-");
    assert_eq!(recipes.len(), 3);
    for recipe in recipes {
        let text = fs::read_to_string(&recipe).expect("a recipe");
        let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides/secrets.md");
        let guide = fs::read_to_string(guide).expect("the guide");
        assert!(
            guide.contains(&text),
            "the guide shows {} in another version",
            recipe.display()
        );

        let stores = Stores::start();
        let mut sandbox = Sandbox::standing();
        sandbox.terraform.set_env("TF_REATTACH_PROVIDERS", stores.reattach());
        sandbox.terraform.write("main.tf", &text).expect("it can be written");
        let mut seen = sandbox.succeed(&["plan", "-no-color", "-out=recipe.tfplan"]).text();
        assert!(stores.received().is_empty(), "a plan writes nothing");
        seen.push_str(&sandbox.succeed(&["apply", "-no-color", "recipe.tfplan"]).text());
        let sid = sandbox.resource("twilio_subaccount.team")["sid"].clone();
        let received = stores.received();
        assert_eq!(received.len(), 1, "{received:?}");
        let token = match serde_json::from_str::<Json>(&received[0]) {
            Ok(parts) => parts["auth_token"].as_str().map(str::to_owned),
            Err(_) => Some(received[0].clone()),
        };
        let token = token.expect("the store has the token");
        sandbox.plan_is_empty("after the recipe");

        seen.push_str(&sandbox.succeed(&["show", "-json", "recipe.tfplan"]).text());
        seen.push_str(&fs::read_to_string(sandbox.terraform.path().join("terraform.tfstate")).expect("a state"));
        assert!(!seen.contains(&token), "{}", seen.replace(&token, "TOKEN"));

        // It is the token of that account.
        let mut team = sandbox.another_workspace();
        team.set_env("TWILIO_ACCOUNT_SID", sid.as_str().expect("a SID"));
        team.set_env("TWILIO_AUTH_TOKEN", &token);
        configure(&team, "data \"twilio_account\" \"own\" {}");
        team.succeed(&["apply", "-auto-approve", "-no-color"])
            .expect("it signs in");

        // Another version writes it again.
        let again = text.replace("_wo_version = 1", "_wo_version = 2");
        sandbox.terraform.write("main.tf", &again).expect("it can be written");
        sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
        assert_eq!(stores.received().len(), 2);
    }
}

#[test]
fn budgets_warn_and_leave_the_exit_code_alone() {
    let recipe = recipe("budgets");
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides/budgets.md");
    let guide = fs::read_to_string(guide).expect("the guide");
    assert!(guide.contains(&recipe), "the guide shows the recipe in another version");
    let sandbox = Sandbox::standing();
    let write = |text: &str| sandbox.terraform.write("main.tf", text).expect("it can be written");
    write(&recipe);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the create");
    sandbox.refresh_finds_nothing("after the create");
    let status = |team: &str| sandbox.resource(&format!("data.twilio_budget_status.team[\"{team}\"]"));
    assert_eq!(status("alerts")["state"], "within");

    // Another amount is another trigger, and what is over it is a warning, no change and no error.
    let small = recipe.replace("{ soft = 400, hard = 600 }", "{ soft = 0.01, hard = 600 }");
    write(&small);
    let warned = |sandbox: &Sandbox| {
        let output = sandbox.succeed(&["plan", "-detailed-exitcode", "-no-color"]);
        let said = output.unwrapped();
        assert!(said.contains("Warning: Check block assertion failed"), "{said}");
        said
    };
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    let said = warned(&sandbox);
    assert!(said.contains("alerts: soft_reached"), "{said}");
    assert_eq!(status("alerts")["state"], "soft_reached");
    assert_eq!(status("support")["state"], "within");

    // A team that was stopped keeps its figures.
    let alerts = sandbox.resource("twilio_subaccount.team[\"alerts\"]");
    let stopped = small.replace(
        "  friendly_name = each.key\n",
        "  friendly_name = each.key\n  status        = each.key == \"alerts\" ? \"suspended\" : \"active\"\n",
    );
    assert_ne!(stopped, small);
    write(&stopped);
    let mut done = sandbox.planned();
    // Terraform reads again, after the apply, what looks at an account that changes.
    done.retain(|done| !done.starts_with(r#"["read"]"#));
    assert_eq!(done, [r#"["update"] twilio_subaccount.team["alerts"]"#]);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    assert!(warned(&sandbox).contains("alerts: soft_reached"));
    let table = sandbox
        .terraform
        .run(&["output", "-raw", "table"])
        .expect("terraform starts")
        .text();
    let sid = alerts["sid"].as_str().expect("a SID");
    assert!(
        table.contains(&format!("{sid},alerts,suspended,totalprice,")),
        "{table}"
    );
    write(&small);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    sandbox.nothing_is_left();
}

/// Fifty tenants, of whom 17 have a second number. Terraform may have fifty things under way at once, as the page on large accounts
/// says, so that reads come together.
#[test]
fn fifty_tenants_come_change_and_go() {
    let apply = |sandbox: &Sandbox, more: &[&str]| {
        let arguments: Vec<&str> = ["apply", "-auto-approve", "-no-color", "-parallelism=50"]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        sandbox.succeed(&arguments);
    };
    let sandbox = Sandbox::standing();
    sandbox.copy(&folder("fifty-tenants"));
    apply(&sandbox, &[]);
    sandbox.twilio.forget_requests().expect("the simulator answers");
    sandbox.plan_is_empty("after the create");
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    assert!(requests.len() <= 500, "{} requests", requests.len());

    // What is whose: each tenant's account has what its line says, and the parent has nothing of it.
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let of = |account: &Json, collection: &str| {
        let those = objects.iter().filter(|object| {
            object["account"] == *account
                && object["collection"]
                    .as_str()
                    .is_some_and(|path| path.ends_with(collection))
        });
        those.map(|object| object["body"].clone()).collect::<Vec<_>>()
    };
    let tenant = |key: &str| sandbox.resource(&format!("twilio_subaccount.tenant[\"{key}\"]"))["sid"].clone();
    let birch = tenant("birch-and-barrow");
    let names = |collection: &str| {
        let mut names: Vec<_> = of(&birch, collection)
            .iter()
            .map(|object| object["friendly_name"].clone())
            .collect();
        names.sort_by_key(Json::to_string);
        names
    };
    assert_eq!(
        names("/IncomingPhoneNumbers"),
        ["birch-and-barrow/reminders", "birch-and-barrow/support"]
    );
    assert_eq!(names("/Services"), ["Birch and Barrow"]);
    assert_eq!(of(&birch, "/PhoneNumbers").len(), 2);
    assert_eq!(of(&json!(sandbox.handle.account_sid), "/Services").len(), 0);

    // One tenant more, a country for another, a third is called otherwise, and a fourth is about to go.
    let line = |tenant: &str| {
        let tenants = sandbox.text("tenants.tf");
        let line = tenants.lines().find(|line| line.contains(tenant)).expect("a line");
        format!("{line}\n")
    };
    let zinc = "    zinc = { name = \"Zinc Yard Metals\", numbers = { support = \"415\" }, countries = [\"US\"] }\n";
    sandbox.replace("tenants.tf", "  }\n}", &format!("{zinc}  }}\n}}"));
    let bay = line("bay-window-glass");
    sandbox.replace("tenants.tf", &bay, &bay.replace("[\"US\"]", "[\"US\", \"CA\"]"));
    sandbox.replace("tenants.tf", "\"Kestrel Couriers\"", "\"Kestrel and Sons\"");
    let leaving = |tenants: &[String]| {
        let values = json!({"leaving": tenants}).to_string();
        sandbox
            .terraform
            .write("terraform.tfvars.json", &values)
            .expect("it can be written");
    };
    leaving(&["willow-creek-music".to_owned()]);
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create"] twilio_api_key.tenant["zinc"]"#,
            r#"["create"] twilio_messaging_geo_permissions.tenant["zinc/CA"]"#,
            r#"["create"] twilio_messaging_geo_permissions.tenant["zinc/DE"]"#,
            r#"["create"] twilio_messaging_geo_permissions.tenant["zinc/GB"]"#,
            r#"["create"] twilio_messaging_geo_permissions.tenant["zinc/US"]"#,
            r#"["create"] twilio_messaging_service.tenant["zinc"]"#,
            r#"["create"] twilio_messaging_service_phone_number.tenant["zinc/support"]"#,
            r#"["create"] twilio_phone_number.tenant["zinc/support"]"#,
            r#"["create"] twilio_subaccount.tenant["zinc"]"#,
            r#"["update"] twilio_messaging_geo_permissions.tenant["bay-window-glass/CA"]"#,
            r#"["update"] twilio_messaging_service.tenant["kestrel-couriers"]"#,
            r#"["update"] twilio_phone_number.tenant["willow-creek-music/support"]"#,
            r#"["update"] twilio_subaccount.tenant["kestrel-couriers"]"#,
            r#"["update"] twilio_subaccount.tenant["willow-creek-music"]"#,
        ]
    );
    apply(&sandbox, &[]);

    // A line that is lost by mistake closes nobody's account; one that is meant to go does.
    let (willow, kestrel) = (tenant("willow-creek-music"), line("kestrel-couriers"));
    let (whole, gone) = (sandbox.text("tenants.tf"), line("willow-creek-music"));
    sandbox.replace("tenants.tf", &kestrel, "");
    let refused = sandbox
        .terraform
        .run(&["plan", "-no-color", "-parallelism=50"])
        .expect("terraform starts");
    assert_eq!(refused.code, 1, "{}", refused.text());
    assert!(
        refused.unwrapped().contains("deletion_protection"),
        "{}",
        refused.text()
    );
    sandbox
        .terraform
        .write("tenants.tf", &whole.replace(&gone, ""))
        .expect("it can be written");
    apply(&sandbox, &[]);
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let closed = objects.iter().find(|object| object["sid"] == willow);
    assert_eq!(closed.expect("an account stays visible")["body"]["status"], "closed");
    sandbox.plan_is_empty("after one has gone");

    // All of them.
    let all: Vec<_> = whole
        .lines()
        .filter_map(|line| line.split_once(" = { name = "))
        .map(|(tenant, _)| tenant.trim().to_owned())
        .collect();
    assert_eq!(all.len(), 51);
    leaving(&all);
    apply(&sandbox, &["-refresh=false"]);
    sandbox.succeed(&[
        "destroy",
        "-auto-approve",
        "-no-color",
        "-parallelism=50",
        "-refresh=false",
    ]);
    // A permission is never deleted, and the accounts that had these are closed.
    let mut left = sandbox.left();
    left.retain(|object| !object.contains("GeoPermissions"));
    assert!(left.is_empty(), "left in Twilio: {left:#?}");
}

#[test]
fn every_number_has_the_webhooks_of_the_baseline_and_the_rest_is_named() {
    let recipe = recipe("webhook-baseline");
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides/webhooks.md");
    let guide = fs::read_to_string(guide).expect("the guide");
    assert!(guide.contains(&recipe), "the guide shows the recipe in another version");
    let sandbox = Sandbox::standing();
    // Numbers and an app of another team.
    let owner = sandbox.another_workspace();
    let number = |name: &str, number: &str| {
        format!(
            "resource \"twilio_phone_number\" \"{name}\" {{\n  phone_number = \"{number}\"\n  \
             voice_url = \"https://old.example.com/voice\"\n  lifecycle {{ ignore_changes = all }}\n}}\n"
        )
    };
    let app = "resource \"twilio_twiml_app\" \"a\" {\n  friendly_name = \"Phone\"\n  voice_url = \"https://old.example.com/app\"\n}\n";
    let two = format!("{}{}{app}", number("a", "+14155550142"), number("b", "+14155550143"));
    configure(&owner, &two);
    owner
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("numbers can be bought");

    let write = |text: &str| sandbox.terraform.write("main.tf", text).expect("it can be written");
    write(&recipe);
    let said = sandbox.succeed(&["apply", "-auto-approve", "-no-color"]).unwrapped();
    assert!(
        said.contains("At other hosts: twiml_apps Phone (voice_url)"),
        "the app is named, and no number: {said}"
    );
    sandbox.plan_is_empty("with an app at another host");
    let webhooks = |number: &str| sandbox.resource(&format!("twilio_phone_number_webhooks.baseline[\"{number}\"]"));
    for number in ["+14155550142", "+14155550143"] {
        assert_eq!(webhooks(number)["voice_url"], "https://hooks.example.com/voice");
    }

    // Somebody points a number back, and another one comes: the plan says both.
    let sid = webhooks("+14155550142")["phone_number_sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{sid}.json",
        sandbox.handle.account_sid
    );
    let back = json!({"voice_url": "https://old.example.com/voice"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &back)
        .expect("it can be changed");
    configure(&owner, &format!("{two}{}", number("c", "+14155550144")));
    owner
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("a number can be bought");
    assert_eq!(
        sandbox.planned(),
        [
            r#"["create"] twilio_phone_number_webhooks.baseline["+14155550144"]"#,
            r#"["update"] twilio_phone_number_webhooks.baseline["+14155550142"]"#,
        ]
    );
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    sandbox.plan_is_empty("after the drift");

    // A number of its own leaves, and keeps what it has.
    let own = recipe.replacen("  default     = []", "  default     = [\"+14155550143\"]", 1);
    assert_ne!(own, recipe);
    write(&own);
    sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let kept = objects
        .iter()
        .find(|object| object["body"]["phone_number"] == "+14155550143")
        .expect("the number");
    assert_eq!(kept["body"]["voice_url"], "https://hooks.example.com/voice");
}

#[test]
fn keys_are_rotated_with_an_overlap_and_old_ones_are_named() {
    let recipe = recipe("key-rotation");
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides/rotation.md");
    let guide = fs::read_to_string(guide).expect("the guide");
    assert!(guide.contains(&recipe), "the guide shows the recipe in another version");
    let sandbox = Sandbox::standing();
    let write = |keys: &str, current: &str| {
        let text = recipe.replacen("[\"2026-09-01\"]", keys, 1).replacen(
            "  default     = \"2026-09-01\"",
            &format!("  default     = \"{current}\""),
            1,
        );
        sandbox.terraform.write("main.tf", &text).expect("it can be written");
    };
    let (old, new) = ("2026-09-01", "2026-12-01");
    let apply = || sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
    let key = |of: &str| sandbox.resource(&format!("twilio_api_key.application[\"{of}\"]"))["sid"].clone();
    let shown = || {
        let output = sandbox
            .terraform
            .run(&["output", "-raw", "api_key"])
            .expect("terraform starts");
        json!(output.text().trim())
    };
    let changes = || {
        let mut changes = sandbox.planned();
        changes.retain(|change| !change.starts_with(r#"["read"]"#));
        changes
    };
    write("[\"2026-09-01\"]", old);
    apply();
    sandbox.plan_is_empty("with one key");
    let first = key(old);
    assert_eq!(shown(), first);

    // Added: both are good.
    write("[\"2026-09-01\", \"2026-12-01\"]", old);
    assert_eq!(
        changes(),
        [format!(r#"["create"] twilio_api_key.application["{new}"]"#)]
    );
    apply();
    assert_eq!((key(old), shown()), (first.clone(), first.clone()));

    // Switched: nothing but what is shown changes.
    write("[\"2026-09-01\", \"2026-12-01\"]", new);
    assert!(changes().is_empty());
    apply();
    assert_eq!((key(old), shown()), (first.clone(), key(new)));

    // The old one has become too old: that is a warning, and no change.
    // The simulator stores a key once, where the classic API has it.
    let path = format!(
        "/2010-04-01/Accounts/{}/Keys/{}.json",
        sandbox.handle.account_sid,
        first.as_str().expect("a SID")
    );
    let aged = json!({"date_created": "Thu, 01 Jan 2026 00:00:00 +0000"});
    sandbox
        .twilio
        .change("api.twilio.com", &path, &aged)
        .expect("it can be changed");
    apply();
    let output = sandbox
        .succeed(&["plan", "-detailed-exitcode", "-no-color"])
        .unwrapped();
    assert!(
        output.contains("Check block assertion failed") && output.contains("Application 2026-09-01 (SK"),
        "{output}"
    );
    assert!(!output.contains("Application 2026-12-01 (SK"), "{output}");

    // Revoked by an apply of its own.
    write("[\"2026-12-01\"]", new);
    assert_eq!(
        changes(),
        [format!(r#"["delete"] twilio_api_key.application["{old}"]"#)]
    );
    apply();
    sandbox.plan_is_empty("with the new key");
    // A key that the application would not have is refused.
    write("[\"2026-12-01\"]", old);
    let said = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    assert!(
        said.code != 0 && said.unwrapped().contains("not in keys"),
        "{}",
        said.text()
    );
}
