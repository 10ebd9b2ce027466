//! States that the older providers wrote, as they are taken over, or refused. `tests/fixtures/older_states` has states as they
//! stand in a state file, in `pairs` what an older provider stored (`old`) beside what this one read for the same object
//! (`new`), and in `types.tsv` which of their types become which of ours, those that are not offered yet too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::older::{OlderProvider, THIS};
use terraform_provider_twilio::engine::facts::{Field, Kind, Managed, Presence};
use terraform_provider_twilio::engine::older;
use terraform_provider_twilio::engine::values::schema::resource_schema;
use terraform_provider_twilio::framework::codec::decode_json;
use terraform_provider_twilio::framework::provider::MoveSource;
use terraform_provider_twilio::provider::ADDRESS;
use terraform_provider_twilio::provider::offered::RESOURCES;

const RJPEARSON94: &str = "registry.terraform.io/RJPearson94/twilio";
const VENDOR: &str = "registry.terraform.io/twilio/twilio";

/// The folder of each provider's states, where it may be installed from, and whose it is.
const PROVIDERS: &[(&str, [&str; 2], OlderProvider)] = &[
    (
        "rjpearson94",
        [RJPEARSON94, "registry.opentofu.org/rjpearson94/twilio"],
        OlderProvider::Rjpearson94,
    ),
    (
        "vendor",
        [VENDOR, "registry.opentofu.org/twilio/twilio"],
        OlderProvider::Vendor,
    ),
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
    ("off.twilio_events_subscriptions_v1.min", "types"),
    ("off.twilio_messaging_services_v1.min", "area_code_geomatch"),
    ("off.twilio_messaging_services_v1.min", "mms_converter"),
    ("off.twilio_messaging_services_v1.min", "smart_encoding"),
    ("off.twilio_messaging_services_v1.min", "sticky_sender"),
];

/// What the older providers store and this one has nothing for.
const LEFT_OUT: &[&str] = &[
    "date_updated",
    "emergency_status",
    "fallback_to_long_code",
    "links",
    "mailer_sid",
    "push_include_date",
    "sms_status_callback",
    "synchronous_validation",
    "timeouts",
    "url",
    "validate",
];

/// An element of an attribute here, and no object.
const MERGED: &str = "twilio_events_subscriptions_subscribed_events_v1";

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

/// The resource that takes a type over.
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
        state: state.clone(),
        ..MoveSource::default()
    };
    let answer = older::take_over(resource, &source)?;
    Some(answer.map_err(|diagnostic| format!("{}\n{}", diagnostic.summary, diagnostic.detail)))
}

fn upgraded(resource: &Managed, state: &Json) -> Result<Json, String> {
    older::upgrade(resource, 0, state.clone())
        .map_err(|diagnostic| format!("{}\n{}", diagnostic.summary, diagnostic.detail))
}

/// All stored objects that are taken over: name of the fixture, addresses and type of where it is from, what takes it over, and
/// what is stored.
fn all_stored() -> Vec<(String, [&'static str; 2], String, &'static Managed, Json)> {
    let mut all = Vec::new();
    for (folder, addresses, _) in PROVIDERS {
        for (name, instance) in fixtures(folder) {
            let type_name = name.split('.').next().expect("a type").to_owned();
            if type_name != MERGED {
                let taken_by = successor(&type_name);
                all.push((name, *addresses, type_name, taken_by, instance["attributes"].clone()));
            }
        }
    }
    all
}

/// Where a state has "", 0 or [] that this provider never stores for something that nobody configured.
fn unset_spelled_out(attributes: &[Field], state: &Json) -> Vec<&'static str> {
    let mut found = Vec::new();
    for attribute in attributes {
        let value = &state[attribute.name];
        let is_empty = *value == "" || *value == 0 || *value == json!([]) || *value == json!({});
        if attribute.presence() != Presence::Required && (*value == "" || *value == json!([])) {
            found.push(attribute.name);
        } else if attribute.presence() == Presence::Optional && is_empty {
            found.push(attribute.name);
        }
        if let (Kind::Object(inner), true) = (attribute.kind, value.is_object()) {
            found.extend(unset_spelled_out(inner, value));
        }
    }
    found
}

/// The texts, numbers and truths somewhere in a value, those in JSON texts too. What stands for unset is none.
fn leaves(value: &Json, into: &mut Vec<String>) {
    match value {
        Json::Null | Json::Bool(false) => {}
        Json::Bool(true) => into.push("true".to_owned()),
        Json::Number(number) if number.as_f64() == Some(0.0) => {}
        Json::Number(number) => into.push(number.to_string()),
        Json::String(text) => match serde_json::from_str(text) {
            Ok(inner @ (Json::Object(_) | Json::Array(_))) => leaves(&inner, into),
            _ if text.is_empty() => {}
            _ => into.push(text.clone()),
        },
        Json::Array(items) => items.iter().for_each(|item| leaves(item, into)),
        Json::Object(members) => members.values().for_each(|member| leaves(member, into)),
    }
}

#[test]
fn every_type_that_becomes_one_of_ours_is_named_by_its_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/older_states/types.tsv");
    let text = std::fs::read_to_string(path).expect("the table can be read");
    let rows = text.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
    let rows: Vec<_> = rows.map(|row| (row[0], row[1], row[2])).collect();
    assert!(rows.len() > 150, "{}", rows.len());
    let mut named = 0;
    for (source, type_name, ours) in &rows {
        let Some(resource) = RESOURCES.iter().find(|resource| resource.object.name == *ours) else {
            continue;
        };
        let mut older = resource.older_states.iter();
        let found = older.any(|older| older.type_name == *type_name && older.provider.source() == *source);
        assert!(found, "{ours} does not name {type_name} of {source}");
        named += 1;
    }
    assert!(named >= 19, "{named}");
    // And nothing names a type that there never was.
    for resource in RESOURCES {
        for older in resource
            .older_states
            .iter()
            .filter(|older| older.provider != OlderProvider::This)
        {
            let is_known = rows
                .iter()
                .any(|(source, type_name, _)| (*source, *type_name) == (older.provider.source(), older.type_name));
            assert!(is_known, "{} names {}", resource.object.name, older.type_name);
        }
    }
}

#[test]
fn each_table_has_states_that_were_really_written_for_each_type_that_it_names() {
    for (folder, _, provider) in PROVIDERS {
        let fixtures = fixtures(folder);
        let types: BTreeSet<_> = fixtures.keys().filter_map(|name| name.split('.').next()).collect();
        let older = RESOURCES.iter().flat_map(|resource| resource.older_states);
        for older in older.filter(|older| older.provider == *provider) {
            assert!(types.contains(older.type_name), "{}", older.type_name);
        }
    }
}

#[test]
fn what_the_older_provider_stored_becomes_what_this_one_reads() {
    for (name, pair) in fixtures("pairs") {
        let type_name = pair["old"]["type"].as_str().expect("a type");
        let address = if name.starts_with("rjp.") { RJPEARSON94 } else { VENDOR };
        let resource = resource(pair["new"]["type"].as_str().expect("a type"));
        let mut types = resource.older_states.iter();
        let older = types.find(|older| older.type_name == type_name).expect("it is named");
        let (old, new) = (&pair["old"]["attributes"], &pair["new"]["attributes"]);
        let answer = moved(resource, address, type_name, old).expect("it is known");
        let state = answer.unwrap_or_else(|said| panic!("{name}: {said}"));
        decode_json(&state, &resource_schema(resource).block.value_type())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        for (attribute, expected) in new.as_object().expect("attributes") {
            let found = &state[attribute];
            if resource.object.field(attribute).is_none() && !["id", "sid", "account_sid"].contains(&attribute.as_str())
            {
                // It was there when the pairs were made.
                continue;
            }
            let expected = match attribute.as_str() {
                "id" => &Json::from(
                    expected
                        .as_str()
                        .and_then(|id| id.rsplit_once("AC901414a5bb5da4fe03f27416eeeb02d6/"))
                        .map_or(expected.as_str().unwrap_or_default(), |(_, own)| own),
                ),
                "secret" => old.get("secret").unwrap_or(&Json::Null),
                "auth_token" => &old["auth_token"],
                // The token that was in the state stays there.
                "expose_auth_token" => &json!(true),
                _ => expected,
            };
            let is_elsewhere = |(ours, _): &(&str, &str)| ours.split('.').next() == Some(attribute.as_str());
            let is_stored = !old[attribute].is_null() || older.renamed.iter().any(is_elsewhere);
            let needs_a_read = found.is_null() && !is_stored;
            let is_excused = needs_a_read || CHANGED_IN_BETWEEN.contains(&(name.as_str(), attribute));
            assert!(
                found == expected || is_excused,
                "{name} {attribute}: {found} is not {expected}"
            );
        }
    }
}

#[test]
fn every_stored_object_is_taken_over_by_upgrade_and_by_move_alike() {
    let after_replace_provider = format!("registry.terraform.io/{ADDRESS}");
    let mut seen = BTreeSet::new();
    for (name, addresses, type_name, resource, state) in all_stored() {
        let by_upgrade = upgraded(resource, &state).unwrap_or_else(|said| panic!("{name}: {said}"));
        for address in addresses.into_iter().chain([after_replace_provider.as_str()]) {
            let by_move = moved(resource, address, &type_name, &state).expect("it is known");
            assert_eq!(by_move.as_ref(), Ok(&by_upgrade), "{name} from {address}");
        }
        decode_json(&by_upgrade, &resource_schema(resource).block.value_type())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(by_upgrade["sid"], state["sid"], "{name}");
        let id = by_upgrade["id"].as_str().unwrap_or_default();
        let parts = resource.object.id_parts().count();
        assert_eq!(id.split('/').count(), parts, "{name}: {id}");
        let spelled_out = unset_spelled_out(resource.object.fields, &by_upgrade);
        assert_eq!(spelled_out, <[&str; 0]>::default(), "{name}");
        seen.insert(resource.object.name);
    }
    let without: Vec<_> = RESOURCES
        .iter()
        .map(|resource| resource.object.name)
        .filter(|name| !seen.contains(name))
        .collect();
    // Neither of the two has anything like it.
    assert_eq!(without, ["twilio_phone_number_webhooks"]);
}

#[test]
fn nothing_that_was_stored_is_lost_but_what_has_no_place_here() {
    for (name, _, _, resource, state) in all_stored() {
        let ours = upgraded(resource, &state).expect("it fits");
        let mut kept = Vec::new();
        leaves(&ours, &mut kept);
        for (attribute, stored) in state.as_object().expect("attributes") {
            if LEFT_OUT.contains(&attribute.as_str()) {
                continue;
            }
            let mut theirs = Vec::new();
            leaves(stored, &mut theirs);
            for leaf in theirs {
                assert!(kept.contains(&leaf), "{name} {attribute}: {leaf} is not in {ours}");
            }
        }
    }
}

#[test]
fn secrets_are_carried() {
    let states = fixtures("rjpearson94");
    let key = upgraded(resource("twilio_api_key"), &states["twilio_iam_api_key"]["attributes"]).expect("it fits");
    assert_eq!(key["secret"], "example-secret");
    let stored = &states["twilio_account_sub_account"]["attributes"];
    let account = upgraded(resource("twilio_subaccount"), stored).expect("it fits");
    assert_eq!(
        (&account["auth_token"], &account["expose_auth_token"]),
        (&stored["auth_token"], &json!(true))
    );
    let mut without = stored.clone();
    without["auth_token"] = json!("");
    let account = upgraded(resource("twilio_subaccount"), &without).expect("it fits");
    assert_eq!(
        (&account["auth_token"], &account["expose_auth_token"]),
        (&Json::Null, &json!(false))
    );
    let mut sink = fixtures("vendor")["twilio_events_sinks_v1"]["attributes"].clone();
    sink["sink_type"] = json!("segment");
    sink["sink_configuration"] = json!("{\"write_key\":\"example-key\"}");
    let sink = upgraded(resource("twilio_event_sink"), &sink).expect("it fits");
    assert_eq!(sink["sink_configuration"]["write_key"], "example-key");
}

#[test]
fn the_account_is_what_was_configured_or_returned_and_left_open_where_nothing_says_it() {
    let states = fixtures("vendor");
    let account = |type_name: &str, fixture: &str| {
        let state = upgraded(successor(type_name), &states[fixture]["attributes"]).expect("it fits");
        state["account_sid"].clone()
    };
    let (own, sub) = (
        "AC901414a5bb5da4fe03f27416eeeb02d6",
        "AC2198a70655d4156825e62c0ff85cbfef",
    );
    let (app, number) = (
        "twilio_api_accounts_applications",
        "twilio_api_accounts_incoming_phone_numbers",
    );
    assert_eq!(account(app, "twilio_api_accounts_applications.p-sub"), sub);
    assert_eq!(account(app, "twilio_api_accounts_applications.x-sub"), Json::Null);
    assert_eq!(account(number, number), own);
    assert_eq!(account(number, "twilio_api_accounts_incoming_phone_numbers.p-sub"), sub);
    // Twilio moves numbers between accounts, so theirs must be known.
    let with = |fixture: &str, name: &str, value: Json| {
        let mut state = states[fixture]["attributes"].clone();
        state[name] = value;
        state
    };
    let said = upgraded(resource("twilio_phone_number"), &with(number, "account_sid", json!(""))).expect_err("unknown");
    assert!(said.contains("does not say which account"), "{said}");
    let said = upgraded(
        resource("twilio_twiml_app"),
        &with(app, "path_account_sid", json!("AC1")),
    )
    .expect_err("none");
    assert!(said.contains("has a path_account_sid that is not the SID"), "{said}");
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
    let vendors = |name: &str, attribute: &str, value: Json| {
        let mut state = vendors[name]["attributes"].clone();
        state[attribute] = value;
        state
    };
    let number = vendors("twilio_api_accounts_incoming_phone_numbers", "voice_url", json!(["x"]));
    let said = upgraded(resource("twilio_phone_number"), &number).expect_err("it does not fit");
    assert!(
        said.contains("written by twilio/twilio") && said.contains("/PN447a") && said.contains("a voice_url"),
        "{said}"
    );
    let service = vendors("twilio_messaging_services_v1", "validity_period", json!({}));
    let said = upgraded(resource("twilio_messaging_service"), &service).expect_err("it does not fit");
    for needle in [
        "schema version is 0",
        "ADDRESS MG959b",
        "has a validity_period of another form",
        "timeouts",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
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
        // The right state for another type.
        ("twilio_messaging_services_v1", "twilio_twiml_app", "SID"),
        (
            "twilio_api_accounts_incoming_phone_numbers",
            "twilio_phone_number_webhooks",
            "AC901414a5bb5da4fe03f27416eeeb02d6/PN447a0b007bc41fe8f653eb019c507308",
        ),
        (
            "twilio_messaging_services_phone_numbers_v1",
            "twilio_phone_number",
            "PN447a0b007bc41fe8f653eb019c507308",
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
    // An element of something has nothing to import.
    let element = &fixtures("vendor")[MERGED]["attributes"];
    let said = moved(resource("twilio_event_subscription"), VENDOR, MERGED, element).expect("it is known");
    let said = said.expect_err("it is refused");
    for needle in [
        "into types of the event subscription",
        "destroy = false",
        "from = twilio_events_subs",
    ] {
        assert!(said.contains(needle), "{needle}: {said}");
    }
    assert!(!said.contains("import {"), "{said}");
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
    assert_eq!(ADDRESS, THIS);
    let state = json!({"sid": "AP0123456789abcdef0123456789abcdef"});
    let source = |version| MoveSource {
        provider_address: format!("mirror.example.com/{}", THIS),
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
    let newer = older::take_over(app, &source(2))
        .expect("it is ours")
        .expect_err("it is newer");
    assert!(newer.summary.contains("newer than the provider"), "{newer:?}");
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
fn no_schema_has_the_version_of_an_older_provider() {
    for resource in RESOURCES {
        assert!(resource_schema(resource).version > 0, "{}", resource.object.name);
    }
}
