//! Replacements, by each way that Terraform has for one, of objects that would be adopted or that are protected.

use serde_json::Value as Json;

use crate::sandbox::{Sandbox, assert_healthy};

/// How an object comes to be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// `-replace`.
    Request,
    /// `terraform taint`.
    Taint,
    /// `replace_triggered_by`.
    Trigger,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// The old one goes first.
    DestroyFirst,
    /// `create_before_destroy` of the resource itself.
    CreateFirst,
    /// `create_before_destroy` of something that depends on it, which Terraform passes on.
    PassedOn,
}

const WAYS: [Way; 3] = [Way::Request, Way::Taint, Way::Trigger];

/// Puts these resources (type, name, arguments) into a configuration with what the way and the order need.
fn configuration(resources: &[(&str, &str, String)], way: Way, order: Order, trigger: u32) -> String {
    let mut text = format!("resource \"terraform_data\" \"trigger\" {{\n  input = {trigger}\n}}\n");
    let mut addresses = Vec::new();
    for (kind, name, arguments) in resources {
        let mut lifecycle = String::new();
        if order == Order::CreateFirst {
            lifecycle.push_str("    create_before_destroy = true\n");
        }
        if way == Way::Trigger {
            lifecycle.push_str("    replace_triggered_by = [terraform_data.trigger]\n");
        }
        text.push_str(&format!(
            "resource \"{kind}\" \"{name}\" {{\n{arguments}\n  lifecycle {{\n{lifecycle}  }}\n}}\n"
        ));
        addresses.push(format!("{kind}.{name}.sid"));
    }
    if order == Order::PassedOn {
        text.push_str(&format!(
            "resource \"terraform_data\" \"dependent\" {{\n  input = [{}]\n  lifecycle {{\n    create_before_destroy = true\n  }}\n}}\n",
            addresses.join(", ")
        ));
    }
    text
}

fn addresses(resources: &[(&str, &str, String)]) -> Vec<String> {
    resources
        .iter()
        .map(|(kind, name, _)| format!("{kind}.{name}"))
        .collect()
}

/// Replaces all of them; everything that Terraform said, and how it ended.
fn replace(sandbox: &Sandbox, resources: &[(&str, &str, String)], way: Way, order: Order) -> (i32, String) {
    run(sandbox, "apply", resources, way, order)
}

fn run(sandbox: &Sandbox, command: &str, resources: &[(&str, &str, String)], way: Way, order: Order) -> (i32, String) {
    sandbox.configure(&configuration(resources, way, order, 2));
    let mut arguments = vec![command.to_owned(), "-no-color".to_owned()];
    if command == "apply" {
        arguments.push("-auto-approve".to_owned());
    }
    if way == Way::Request {
        arguments.extend(addresses(resources).iter().map(|address| format!("-replace={address}")));
    }
    if way == Way::Taint {
        for address in addresses(resources) {
            let _ = sandbox.terraform.run(&["taint", "-no-color", &address]);
        }
    }
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let output = sandbox.terraform.run(&arguments).expect("terraform starts");
    assert_healthy(&output);
    (output.code, output.unwrapped())
}

fn sids(sandbox: &Sandbox, resources: &[(&str, &str, String)]) -> Vec<String> {
    let sid = |address: &String| sandbox.resource(address)["sid"].as_str().expect("a SID").to_owned();
    addresses(resources).iter().map(sid).collect()
}

fn exists(sandbox: &Sandbox, sid: &str) -> bool {
    sandbox.living().iter().any(|object| object.contains(sid))
}

fn purchases(sandbox: &Sandbox) -> usize {
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let bought = requests.iter().filter(|request| {
        let path = request["path"].as_str().unwrap_or_default();
        request["method"] == "POST" && path.ends_with("/IncomingPhoneNumbers.json")
    });
    bought.count()
}

/// One of each kind that can be adopted and does not need another.
fn adoptable() -> Vec<(&'static str, &'static str, String)> {
    let adopting = |arguments: &str| format!("  {arguments}\n  adopt_existing = true");
    vec![
        ("twilio_twiml_app", "a", adopting("friendly_name = \"App\"")),
        ("twilio_messaging_service", "a", adopting("friendly_name = \"Alerts\"")),
        ("twilio_subaccount", "a", adopting("friendly_name = \"Customer\"")),
        (
            "twilio_event_sink",
            "a",
            adopting(
                "description = \"Events\"\n  sink_type = \"webhook\"\n  sink_configuration = { destination = \
                 \"https://example.com/e\", method = \"POST\" }",
            ),
        ),
    ]
}

/// Those, and what must not be lost even for a moment: a number, and a number's place in a pool.
fn all_adoptable(sandbox: &Sandbox) -> Vec<(&'static str, &'static str, String)> {
    // The pool and the number in it are not replaced: they are another workspace's.
    let other = sandbox.another_workspace();
    crate::sandbox::configure(
        &other,
        r#"resource "twilio_messaging_service" "pool" { friendly_name = "Pool" }
           resource "twilio_phone_number" "pool" { area_code = "212" }
           output "service" { value = twilio_messaging_service.pool.sid }
           output "number" { value = twilio_phone_number.pool.sid }"#,
    );
    other
        .succeed(&["apply", "-auto-approve", "-no-color"])
        .expect("it can be applied");
    let output = |name: &str| {
        let said = other.succeed(&["output", "-raw", name]).expect("an output");
        said.stdout.trim().to_owned()
    };
    let mut all = adoptable();
    all.push((
        "twilio_messaging_service_phone_number",
        "a",
        format!(
            "  service_sid = \"{}\"\n  phone_number_sid = \"{}\"\n  adopt_existing = true",
            output("service"),
            output("number")
        ),
    ));
    all.push((
        "twilio_phone_number",
        "a",
        "  phone_number = \"+14155550133\"\n  adopt_existing = true".to_owned(),
    ));
    all
}

fn what_a_replacement_adopts_is_not_destroyed(way: Way, order: Order) {
    let sandbox = Sandbox::standing();
    let resources = all_adoptable(&sandbox);
    sandbox.apply(&configuration(&resources, way, order, 1));
    let before = sids(&sandbox, &resources);
    let (code, said) = replace(&sandbox, &resources, way, order);
    assert_eq!(code, 0, "{way:?} {order:?}: {said}");
    for (sid, address) in before.iter().zip(addresses(&resources)) {
        assert!(
            exists(&sandbox, sid),
            "{way:?} {order:?}: {address} ({sid}) is gone: {said}"
        );
        assert!(said.contains(sid.as_str()), "{address} is not named: {said}");
    }
    assert!(said.contains("was not destroyed"), "{said}");
    assert!(!said.contains("will be released"), "{said}");
    assert_eq!(sids(&sandbox, &resources), before, "the state has what exists");
    if way != Way::Trigger {
        sandbox.plan_is_empty("after the replacement");
    }
    assert_eq!(purchases(&sandbox), 2, "a number was bought");
}

#[test]
fn what_a_replacement_adopts_is_not_destroyed_with_create_before_destroy() {
    for way in WAYS {
        what_a_replacement_adopts_is_not_destroyed(way, Order::CreateFirst);
    }
}

#[test]
fn what_a_replacement_adopts_is_not_destroyed_where_a_dependent_passes_that_on() {
    for way in WAYS {
        what_a_replacement_adopts_is_not_destroyed(way, Order::PassedOn);
    }
}

#[test]
fn without_create_before_destroy_a_replacement_is_another_object() {
    for way in WAYS {
        let sandbox = Sandbox::standing();
        let resources = adoptable();
        sandbox.apply(&configuration(&resources, way, Order::DestroyFirst, 1));
        let before = sids(&sandbox, &resources);
        let (code, said) = replace(&sandbox, &resources, way, Order::DestroyFirst);
        assert_eq!(code, 0, "{way:?}: {said}");
        let after = sids(&sandbox, &resources);
        for ((old, new), address) in before.iter().zip(&after).zip(addresses(&resources)) {
            assert!(
                old != new && !exists(&sandbox, old) && exists(&sandbox, new),
                "{way:?} {address}"
            );
        }
        sandbox.plan_is_empty("after the replacement");
    }
}

/// The description is all that tells sinks apart, and what replaces one is made before Terraform says that it does.
#[test]
fn an_ordinary_change_that_replaces_never_ends_in_a_state_of_what_is_gone() {
    let sink = |destination: &str, more: &str| {
        format!(
            r#"resource "twilio_event_sink" "a" {{
                 description        = "Events"
                 sink_type          = "webhook"
                 sink_configuration = {{
                   destination = "{destination}"
                   method      = "POST"
                 }}
                 {more}
               }}"#
        )
    };
    const FIRST: &str = "lifecycle {\n create_before_destroy = true\n }";
    let adopting = format!("adopt_existing = true\n{FIRST}");
    let sandbox = Sandbox::standing();
    sandbox.apply(&sink("https://example.com/a", &adopting));
    let before = sandbox.resource("twilio_event_sink.a")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    let living = sandbox.living();
    let said = sandbox.apply_fails(&sink("https://example.com/b", &adopting));
    for needle in [
        "cannot be adopted",
        "sink_configuration.destination",
        before.as_str(),
        "create_before_destroy",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert_eq!(sandbox.living(), living, "nothing was made or destroyed");
    assert_eq!(sandbox.resource("twilio_event_sink.a")["sid"], before.as_str());
    // What the error advises.
    sandbox.apply(&sink("https://example.com/b", FIRST));
    let after = sandbox.resource("twilio_event_sink.a")["sid"]
        .as_str()
        .expect("a SID")
        .to_owned();
    assert!(!exists(&sandbox, &before) && exists(&sandbox, &after));
    sandbox.plan_is_empty("after the replacement");
    // Without create_before_destroy there is nothing to be confused with.
    sandbox.apply(&sink("https://example.com/c", "adopt_existing = true"));
    assert!(!exists(&sandbox, &after));
    sandbox.plan_is_empty("after the second replacement");
}

/// What can be protected.
fn protectable(protection: &str) -> Vec<(&'static str, &'static str, String)> {
    vec![
        (
            "twilio_phone_number",
            "a",
            format!("  area_code = \"415\"\n  {protection}"),
        ),
        (
            "twilio_subaccount",
            "a",
            format!("  friendly_name = \"Customer\"\n  {protection}"),
        ),
    ]
}

const PROTECTED: &str = "deletion_protection = true";
const LIFTED: &str = "deletion_protection = false";

#[test]
fn what_is_protected_is_refused_in_the_plan_and_nothing_is_bought() {
    for way in [Way::Request, Way::Trigger] {
        for order in [Order::DestroyFirst, Order::CreateFirst, Order::PassedOn] {
            let sandbox = Sandbox::standing();
            let resources = protectable(PROTECTED);
            sandbox.apply(&configuration(&resources, way, order, 1));
            let before = sids(&sandbox, &resources);
            for command in ["plan", "apply"] {
                for protection in [PROTECTED, ""] {
                    let (code, said) = run(&sandbox, command, &protectable(protection), way, order);
                    assert_ne!(code, 0, "{way:?} {order:?} {command}: {said}");
                    for needle in ["protected", LIFTED, before[0].as_str(), before[1].as_str()] {
                        assert!(said.contains(needle), "{way:?} {order:?} {needle}: {said}");
                    }
                }
            }
            assert_eq!(purchases(&sandbox), 1, "{way:?} {order:?}: a number was bought");
            assert_eq!(sids(&sandbox, &resources), before);

            let (code, said) = run(&sandbox, "apply", &protectable(LIFTED), way, order);
            assert_eq!(code, 0, "{way:?} {order:?}: {said}");
            let after = sids(&sandbox, &resources);
            assert!(after[0] != before[0] && after[1] != before[1], "they were replaced");
            assert!(before.iter().all(|sid| !exists(&sandbox, sid)), "the old ones are gone");
        }
    }
}

#[test]
fn a_tainted_object_that_is_protected_stays_until_the_configuration_lets_go() {
    let sandbox = Sandbox::standing();
    let order = Order::DestroyFirst;
    let resources = protectable(PROTECTED);
    sandbox.apply(&configuration(&resources, Way::Taint, order, 1));
    let before = sids(&sandbox, &resources);
    for _ in 0..2 {
        let (code, said) = replace(&sandbox, &resources, Way::Taint, order);
        assert_ne!(code, 0, "{said}");
        for needle in [
            "protected",
            "terraform untaint",
            LIFTED,
            before[0].as_str(),
            before[1].as_str(),
        ] {
            assert!(said.contains(needle), "{needle}: {said}");
        }
        assert!(before.iter().all(|sid| exists(&sandbox, sid)), "{said}");
        assert_eq!(purchases(&sandbox), 1, "a number was bought");
    }
    // One way out is to keep it.
    for address in addresses(&resources) {
        sandbox.succeed(&["untaint", "-no-color", &address]);
    }
    sandbox.plan_is_empty("once nothing is tainted");
    // The other is to let it go.
    let (code, said) = replace(&sandbox, &protectable(LIFTED), Way::Taint, order);
    assert_eq!(code, 0, "{said}");
    assert!(before.iter().all(|sid| !exists(&sandbox, sid)), "{said}");
    sandbox.plan_is_empty("after they were let go");
}

#[test]
fn a_deposed_object_that_is_protected_stays_until_its_successor_lets_go() {
    for order in [Order::CreateFirst, Order::PassedOn] {
        let sandbox = Sandbox::standing();
        let resources = protectable(PROTECTED);
        sandbox.apply(&configuration(&resources, Way::Taint, order, 1));
        let before = sids(&sandbox, &resources);
        let (code, said) = replace(&sandbox, &resources, Way::Taint, order);
        assert_ne!(code, 0, "{order:?}: {said}");
        for needle in [
            "protected",
            "terraform untaint",
            LIFTED,
            before[0].as_str(),
            before[1].as_str(),
        ] {
            assert!(said.contains(needle), "{order:?} {needle}: {said}");
        }
        let after = sids(&sandbox, &resources);
        assert!(
            before.iter().chain(&after).all(|sid| exists(&sandbox, sid)),
            "{order:?}: both stand"
        );
        assert_eq!(purchases(&sandbox), 2);

        // As long as the configuration protects, nothing goes, whoever asks.
        for protection in [PROTECTED, ""] {
            sandbox.configure(&configuration(&protectable(protection), Way::Taint, order, 2));
            for arguments in [
                vec!["plan", "-no-color"],
                vec!["apply", "-auto-approve", "-no-color"],
                vec!["apply", "-auto-approve", "-no-color", "-replace=twilio_phone_number.a"],
            ] {
                let output = sandbox.terraform.run(&arguments).expect("terraform starts");
                assert_healthy(&output);
                let said = output.unwrapped();
                assert_ne!(output.code, 0, "{order:?} {arguments:?}: {said}");
                assert!(said.contains(LIFTED), "{order:?} {arguments:?}: {said}");
            }
        }
        assert!(
            before.iter().chain(&after).all(|sid| exists(&sandbox, sid)),
            "{order:?}: both stand"
        );
        assert_eq!(purchases(&sandbox), 2);

        // One apply that says so is the way out.
        sandbox.apply(&configuration(&protectable(LIFTED), Way::Taint, order, 2));
        assert!(
            before.iter().all(|sid| !exists(&sandbox, sid)),
            "{order:?}: the old ones are gone"
        );
        assert!(
            after.iter().all(|sid| exists(&sandbox, sid)),
            "{order:?}: the new ones stand"
        );
        assert_eq!(sids(&sandbox, &resources), after);
        sandbox.plan_is_empty("after the old ones were let go");
    }
}

#[test]
fn a_tainted_object_goes_at_once_where_the_configuration_lets_go_in_the_same_apply() {
    for order in [Order::DestroyFirst, Order::CreateFirst] {
        let sandbox = Sandbox::standing();
        sandbox.apply(&configuration(&protectable(PROTECTED), Way::Taint, order, 1));
        let before = sids(&sandbox, &protectable(PROTECTED));
        let (code, said) = replace(&sandbox, &protectable(LIFTED), Way::Taint, order);
        assert_eq!(code, 0, "{order:?}: {said}");
        assert!(before.iter().all(|sid| !exists(&sandbox, sid)), "{order:?}");
        sandbox.plan_is_empty("after the replacement");
    }
}

#[test]
fn the_release_of_a_number_is_named_by_the_apply_and_never_called_a_stay() {
    for way in WAYS {
        let mut sandbox = Sandbox::new();
        let search = |area_code: u32| {
            let search = format!("  search = {{ type = \"local\", iso_country = \"US\", area_code = {area_code} }}");
            vec![("twilio_phone_number", "a", search)]
        };
        sandbox.apply(&configuration(&search(415), way, Order::DestroyFirst, 1));
        let number = sandbox.resource("twilio_phone_number.a");
        let text = number["phone_number"].as_str().expect("a number").to_owned();

        let (code, said) = run(&sandbox, "plan", &search(628), way, Order::DestroyFirst);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("1 to destroy") && said.contains(&text), "{way:?}: {said}");
        assert!(!said.contains("stays"), "{way:?}: {said}");

        sandbox.terraform.set_env("TF_LOG_PROVIDER", "WARN");
        let (code, said) = replace(&sandbox, &search(628), way, Order::DestroyFirst);
        assert_eq!(code, 0, "{said}");
        assert!(
            said.contains(&format!("Phone number {text} was released")),
            "{way:?}: {said}"
        );
        assert!(
            said.contains("[WARN]") && said.contains("releasing a phone number"),
            "{way:?}: {said}"
        );
    }
}

#[test]
fn webhooks_that_are_replaced_stay_on_the_number() {
    for way in WAYS {
        let sandbox = Sandbox::standing();
        sandbox.apply("resource \"twilio_phone_number\" \"n\" { area_code = \"415\" }");
        let sid = sandbox.resource("twilio_phone_number.n")["sid"]
            .as_str()
            .expect("a SID")
            .to_owned();
        sandbox.succeed(&["state", "rm", "twilio_phone_number.n"]);
        let arguments = format!("  phone_number_sid = \"{sid}\"\n  voice_url = \"https://example.com/voice\"");
        let resources = vec![("twilio_phone_number_webhooks", "w", arguments)];
        sandbox.apply(&configuration(&resources, way, Order::CreateFirst, 1));
        let (code, said) = replace(&sandbox, &resources, way, Order::CreateFirst);
        assert_eq!(code, 0, "{said}");
        let objects = sandbox.twilio.objects().expect("the simulator answers");
        let number: &Json = objects
            .iter()
            .find(|object| object["sid"] == sid.as_str())
            .expect("the number");
        assert_eq!(number["body"]["voice_url"], "https://example.com/voice", "{way:?}");
        sandbox.plan_is_empty("after the replacement");
    }
}

#[test]
fn a_number_is_not_released_to_be_bought_again() {
    for (way, order, more) in [
        (Way::Request, Order::DestroyFirst, ""),
        (Way::Request, Order::CreateFirst, ""),
        (Way::Request, Order::DestroyFirst, "on_destroy = \"retain\""),
        (Way::Trigger, Order::DestroyFirst, ""),
        (Way::Taint, Order::DestroyFirst, ""),
        (Way::Taint, Order::DestroyFirst, "adopt_existing = true"),
        (Way::Taint, Order::DestroyFirst, "on_destroy = \"retain\""),
    ] {
        let sandbox = Sandbox::standing();
        let arguments = format!("  phone_number = \"+14155550133\"\n  {more}");
        let resources = vec![("twilio_phone_number", "a", arguments)];
        sandbox.apply(&configuration(&resources, way, order, 1));
        let before = sids(&sandbox, &resources);
        let commands = if way == Way::Taint {
            &["apply"][..]
        } else {
            &["plan", "apply"]
        };
        for command in commands {
            let (code, said) = run(&sandbox, command, &resources, way, order);
            assert_ne!(code, 0, "{way:?} {order:?} {more} {command}: {said}");
            for needle in [
                "cannot be replaced by itself",
                "+14155550133",
                "untaint",
                before[0].as_str(),
            ] {
                assert!(said.contains(needle), "{way:?} {order:?} {more} {needle}: {said}");
            }
            assert!(exists(&sandbox, &before[0]), "{way:?} {order:?} {more}: {said}");
            assert_eq!(sids(&sandbox, &resources), before);
        }
        if way == Way::Taint {
            sandbox.succeed(&["untaint", "-no-color", "twilio_phone_number.a"]);
        }
        // Another number is an ordinary replacement.
        let other = vec![(
            "twilio_phone_number",
            "a",
            "  phone_number = \"+14155550134\"".to_owned(),
        )];
        let (code, said) = replace(&sandbox, &other, way, order);
        assert_eq!(code, 0, "{way:?} {order:?} {more}: {said}");
    }
}

#[test]
fn what_a_replacement_retains_is_adopted_again() {
    for (kind, arguments) in [
        ("twilio_phone_number", "phone_number = \"+14155550142\""),
        ("twilio_subaccount", "friendly_name = \"Tenant\""),
    ] {
        let sandbox = Sandbox::standing();
        let arguments = format!("  {arguments}\n  adopt_existing = true\n  on_destroy = \"retain\"");
        let resources = vec![(kind, "a", arguments)];
        sandbox.apply(&configuration(&resources, Way::Request, Order::DestroyFirst, 1));
        let before = sids(&sandbox, &resources);
        let (code, said) = replace(&sandbox, &resources, Way::Request, Order::DestroyFirst);
        assert_eq!(code, 0, "{said}");
        assert_eq!(sids(&sandbox, &resources), before, "{said}");
    }
}
