//! States that the older providers wrote, as they are taken over, or refused. `tests/fixtures/older_states/pairs` has what
//! RJPearson94/twilio stored (`old`) beside what this provider read for the same object (`new`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use terraform_provider_twilio::engine::facts::{Managed, Presence};

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::older;
use terraform_provider_twilio::engine::values::schema::resource_schema;
use terraform_provider_twilio::framework::codec::decode_json;
use terraform_provider_twilio::framework::provider::MoveSource;
use terraform_provider_twilio::provider::ADDRESS;
use terraform_provider_twilio::provider::offered::RESOURCES;

const RJPEARSON94: &str = "registry.terraform.io/RJPearson94/twilio";
const VENDOR: &str = "registry.terraform.io/twilio/twilio";

/// What only a read tells: no older state has it.
const NEEDS_A_READ: &[&str] = &[
    "api_version",
    "emergency_address_status",
    "public_application_connect_enabled",
    "scan_message_content",
    "type",
    "us_app_to_person_registered",
    "usecase",
    "verify_event_subscription_enabled",
];

/// What was changed between the two halves of a pair.
const CHANGED_IN_BETWEEN: &[(&str, &str)] = &[
    ("rjp.twilio_account_sub_account.min", "friendly_name"),
    ("rjp.twilio_studio_flow.min", "commit_message"),
    ("rjp.twilio_studio_flow.min", "revision"),
    ("rjp.twilio_messaging_service.min", "validity_period"),
    ("rjp.twilio_messaging_service.each-b", "validity_period"),
    // Twilio's empty name is none.
    ("rjp.twilio_twiml_app.min", "friendly_name"),
];

fn fixtures(folder: &str) -> BTreeMap<String, Json> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/older_states")
        .join(folder);
    let entries = std::fs::read_dir(&folder).expect("the folder is there");
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("the fixture can be read");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, serde_json::from_str(&text).expect("the fixture is JSON"))
    };
    let found: BTreeMap<_, _> = entries.map(|entry| read(entry.expect("an entry").path())).collect();
    assert!(!found.is_empty(), "{}", folder.display());
    found
}

fn resource(name: &str) -> &'static Managed {
    RESOURCES
        .iter()
        .find(|resource| resource.object.name == name)
        .expect("it is offered")
}

/// The resource that takes a type of RJPearson94/twilio over.
fn successor(type_name: &str) -> &'static Managed {
    let takes = |resource: &&Managed| resource.older_states.iter().any(|older| older.type_name == type_name);
    RESOURCES
        .iter()
        .find(takes)
        .unwrap_or_else(|| panic!("nothing takes {type_name} over"))
}

fn moved(resource: &Managed, address: &str, type_name: &str, state: &Json) -> Option<Result<Json, String>> {
    let source = MoveSource {
        provider_address: address.to_owned(),
        type_name: type_name.to_owned(),
        schema_version: 0,
        state: state.clone(),
        identity: None,
    };
    let answer = older::take_over(resource, &source)?;
    Some(answer.map_err(|diagnostic| format!("{}\n{}", diagnostic.summary, diagnostic.detail)))
}

fn upgraded(resource: &Managed, state: &Json) -> Result<Json, String> {
    older::upgrade(resource, 0, state.clone())
        .map_err(|diagnostic| format!("{}\n{}", diagnostic.summary, diagnostic.detail))
}

/// Where a state has "", 0 or [] that this provider never stores for something that nobody configured.
fn unset_spelled_out(resource: &Managed, state: &Json) -> Vec<&'static str> {
    let attributes = resource
        .object
        .fields
        .iter()
        .filter(|attribute| attribute.presence() == Presence::Optional);
    let found = attributes.filter(|attribute| {
        let value = &state[attribute.name];
        *value == "" || *value == 0 || *value == json!([]) || *value == json!({})
    });
    found.map(|attribute| attribute.name).collect()
}

#[test]
fn what_the_older_provider_stored_becomes_what_this_one_reads() {
    for (name, pair) in fixtures("pairs") {
        let type_name = pair["old"]["type"].as_str().expect("a type");
        let resource = resource(pair["new"]["type"].as_str().expect("a type"));
        let (old, new) = (&pair["old"]["attributes"], &pair["new"]["attributes"]);
        let answer = moved(resource, RJPEARSON94, type_name, old).expect("it is known");
        let state = answer.unwrap_or_else(|said| panic!("{name}: {said}"));
        decode_json(&state, &resource_schema(resource).block.value_type())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        for (attribute, expected) in new.as_object().expect("attributes") {
            let found = &state[attribute];
            let expected = match attribute.as_str() {
                "id" => &Json::from(
                    expected
                        .as_str()
                        .and_then(|id| id.rsplit_once("AC901414a5bb5da4fe03f27416eeeb02d6/"))
                        .map_or(expected.as_str().unwrap_or_default(), |(_, own)| own),
                ),
                "secret" => &old["secret"],
                _ => expected,
            };
            let excused = (found.is_null() && NEEDS_A_READ.contains(&attribute.as_str()))
                || CHANGED_IN_BETWEEN.contains(&(name.as_str(), attribute));
            assert!(
                found == expected || excused,
                "{name} {attribute}: {found} is not {expected}"
            );
        }
        assert_eq!(unset_spelled_out(resource, &state), <[&str; 0]>::default(), "{name}");
    }
}

#[test]
fn every_stored_object_of_the_older_provider_is_taken_over_by_upgrade_and_by_move_alike() {
    let after_replace_provider = format!("registry.terraform.io/{ADDRESS}");
    let addresses = [
        RJPEARSON94,
        "registry.opentofu.org/rjpearson94/twilio",
        after_replace_provider.as_str(),
    ];
    for (name, instance) in fixtures("rjpearson94") {
        let type_name = name.split('.').next().expect("a type");
        let (resource, state) = (successor(type_name), &instance["attributes"]);
        let by_upgrade = upgraded(resource, state).unwrap_or_else(|said| panic!("{name}: {said}"));
        for address in addresses {
            let by_move = moved(resource, address, type_name, state).expect("it is known");
            assert_eq!(by_move.as_ref(), Ok(&by_upgrade), "{name} from {address}");
        }
        assert_eq!(by_upgrade["sid"], state["sid"], "{name}");
        let id = by_upgrade["id"].as_str().unwrap_or_default();
        assert_eq!(
            id.split('/').count(),
            resource.object.id_parts().count(),
            "{name}: {id}"
        );
        assert_eq!(
            unset_spelled_out(resource, &by_upgrade),
            <[&str; 0]>::default(),
            "{name}"
        );
        assert!(
            !by_upgrade.to_string().contains("00000000000000000000000000000000"),
            "{name}: a token"
        );
    }
}

#[test]
fn the_parts_of_a_number_keep_their_meaning() {
    let states = fixtures("rjpearson94");
    let number = resource("twilio_phone_number");
    let search = &upgraded(number, &states["twilio_phone_number.search"]["attributes"]).expect("it fits")["search"];
    let set: BTreeMap<_, _> = search
        .as_object()
        .expect("an object")
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let expected = [
        ("area_code", json!("206")),
        ("exclude_all_address_required", json!(true)),
        ("in_region", json!("WA")),
        ("iso_country", json!("US")),
        ("sms_enabled", json!(true)),
        ("type", json!("local")),
    ];
    assert_eq!(set, expected.into());
    let mut fax = states["twilio_phone_number.blocks"]["attributes"].clone();
    fax["fax"] = fax["voice"].take();
    fax["voice"] = json!([]);
    let fax = upgraded(number, &fax).expect("it fits");
    assert_eq!(
        (&fax["voice_receive_mode"], &fax["voice_url"]),
        (&json!("fax"), &json!("https://example.com/voice"))
    );
}

#[test]
fn a_state_that_does_not_fit_is_named_with_whose_it_is_and_the_import_line() {
    let states = fixtures("rjpearson94");
    let state = |name: &str| states[name]["attributes"].clone();
    let with = |name: &str, change: &dyn Fn(&mut Json)| {
        let mut state = state(name);
        change(&mut state);
        state
    };
    let sid = "PN8102ec6a20ccb522e5f7bb76d732d787";
    let line = format!("terraform import ADDRESS AC901414a5bb5da4fe03f27416eeeb02d6/{sid}");
    for (type_name, state, needles) in [
        (
            "twilio_phone_number",
            with("twilio_phone_number.plain", &|state| state["voice"] = json!("x")),
            vec!["voice", &line],
        ),
        (
            "twilio_phone_number",
            with("twilio_phone_number.plain", &|state| state["beta"] = json!([])),
            vec!["beta", &line],
        ),
        (
            "twilio_phone_number",
            with("twilio_phone_number.plain", &|state| state["account_sid"] = json!("")),
            vec!["account", "ADDRESS PN81"],
        ),
        (
            "twilio_phone_number",
            with("twilio_phone_number.plain", &|state| {
                state["sid"] = json!("hello\u{1b}[2J")
            }),
            vec!["sid", "PN8102"],
        ),
        // A deposed object keeps the shape of another type.
        (
            "twilio_phone_number",
            state("twilio_messaging_phone_number"),
            vec!["has no voice", "terraform import ADDRESS AC"],
        ),
        (
            "twilio_messaging_service",
            state("twilio_twiml_app"),
            vec!["status_callback_url", "ADDRESS AC901414a5bb5da4fe03f27416eeeb02d6/SID"],
        ),
        (
            "twilio_usage_trigger",
            state("twilio_twiml_app"),
            vec!["terraform state rm"],
        ),
        ("twilio_event_sink", json!({"timeouts": null}), vec!["ADDRESS SID"]),
    ] {
        let said = upgraded(resource(type_name), &state).expect_err("it does not fit");
        for needle in [
            "RJPearson94/twilio",
            "The state was left as it is",
            "guide to migration",
        ]
        .into_iter()
        .chain(needles)
        {
            assert!(said.contains(needle), "{type_name} {needle}: {said}");
        }
        assert!(!said.contains('\u{1b}') && !said.contains("edited by hand"), "{said}");
    }
    let vendors = fixtures("vendor");
    let number = &vendors["twilio_api_accounts_incoming_phone_numbers"]["attributes"];
    let said = upgraded(resource("twilio_phone_number"), number).expect_err("it is the vendor's");
    assert!(
        said.contains("written by twilio/twilio") && said.contains("/PN447a"),
        "{said}"
    );
    let service = &vendors["twilio_messaging_services_v1"]["attributes"];
    let said = upgraded(resource("twilio_messaging_service"), service).expect_err("it is the vendor's");
    assert!(
        said.contains("schema version is 0") && said.contains("ADDRESS MG959b"),
        "{said}"
    );
    for nothing in [Json::Null, json!([]), json!("x"), json!({})] {
        for resource in RESOURCES {
            assert!(
                upgraded(resource, &nothing).is_err(),
                "{} {nothing}",
                resource.object.name
            );
        }
    }
}

#[test]
fn a_move_that_is_not_supported_says_what_to_write_instead() {
    for (type_name, ours, id) in [
        (
            "twilio_messaging_services_v1",
            "twilio_messaging_service",
            "MG959b6f9f4dbd98eb86b0e18b6759c464",
        ),
        (
            "twilio_api_accounts_incoming_phone_numbers",
            "twilio_phone_number",
            "AC901414a5bb5da4fe03f27416eeeb02d6/PN447a0b007bc41fe8f653eb019c507308",
        ),
        (
            "twilio_verify_services_v2",
            "twilio_verify_service",
            "VA12db270c2c1f47742a691c7763470a22",
        ),
        (
            "twilio_api_accounts_keys",
            "twilio_api_key",
            "SK6bc6ad2c618b23f0f1c334f28675d641",
        ),
        (
            "twilio_messaging_services_phone_numbers_v1",
            "twilio_messaging_service_phone_number",
            "MG959b6f9f4dbd98eb86b0e18b6759c464/PN447a0b007bc41fe8f653eb019c507308",
        ),
    ] {
        let state = &fixtures("vendor")[type_name]["attributes"];
        let said = moved(resource(ours), VENDOR, type_name, state)
            .expect("it is known")
            .expect_err("it is refused");
        for needle in [
            format!("from = {type_name}.NAME"),
            "destroy = false".to_owned(),
            format!("to = {ours}.NAME"),
            format!("id = \"{id}\""),
            "The state was left as it is".to_owned(),
        ] {
            assert!(said.contains(&needle), "{needle}: {said}");
        }
    }
    // What the import would lose is told before.
    let key = &fixtures("rjpearson94")["twilio_iam_api_key"]["attributes"];
    let said = moved(resource("twilio_api_key"), RJPEARSON94, "twilio_iam_key", key).expect("it is known");
    assert!(
        said.expect_err("it is refused")
            .contains("Its secret is in the old state alone")
    );
    // Other providers are none of ours to speak of.
    assert_eq!(
        moved(
            resource("twilio_api_key"),
            "registry.terraform.io/hashicorp/aws",
            "aws_iam_access_key",
            key
        ),
        None
    );
}

#[test]
fn a_state_of_this_provider_from_another_registry_is_taken_as_it_is() {
    assert_eq!(ADDRESS, older::THIS);
    let state = json!({"sid": "AP0123456789abcdef0123456789abcdef"});
    let source = |version| MoveSource {
        provider_address: format!("mirror.example.com/{}", older::THIS),
        type_name: "twilio_twiml_app".to_owned(),
        schema_version: version,
        state: state.clone(),
        identity: None,
    };
    let app = resource("twilio_twiml_app");
    assert_eq!(
        older::take_over(app, &source(1)).and_then(Result::ok).as_ref(),
        Some(&state)
    );
    assert!(older::take_over(app, &source(0)).and_then(Result::ok).is_none());
}

#[test]
fn the_guide_names_every_type_that_is_taken_over_and_begins_with_the_traps() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides/migration.md");
    let guide = std::fs::read_to_string(path).expect("the guide can be read");
    for resource in RESOURCES {
        for older in resource.older_states {
            let row = format!("| `{}` | `{}` |", older.type_name, resource.object.name);
            assert!(guide.contains(&row), "{row}");
        }
    }
    let (_, body) = guide.split_once("# Coming from").expect("a title");
    let first: Vec<_> = body.match_indices("~> **").map(|(at, _)| at).take(2).collect();
    assert!(first.iter().all(|at| *at < 1500), "the traps come first");
    for needle in [
        "exit code 0",
        "state replace-provider",
        "release phone numbers",
        "revoke API keys",
    ] {
        assert!(body.find(needle).is_some_and(|at| at < 1500), "{needle}");
    }
}

#[test]
fn no_schema_has_the_version_or_the_sign_of_an_older_provider() {
    for resource in RESOURCES {
        let schema = resource_schema(resource);
        assert!(schema.version > 0, "{}", resource.object.name);
        let block = schema.block;
        let names = block.attributes.iter().map(|attribute| attribute.name.as_ref());
        let names: Vec<_> = names
            .chain(block.blocks.iter().map(|block| block.name.as_ref()))
            .collect();
        assert!(
            !names.contains(&"timeouts") && !names.contains(&"path_account_sid"),
            "{}",
            resource.object.name
        );
    }
}
