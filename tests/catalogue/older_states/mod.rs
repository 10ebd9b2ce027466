//! States that the older providers wrote, as they are taken over, or refused. `tests/fixtures/older_states` has states as they
//! stand in a state file, in `pairs` what an older provider stored (`old`) beside what this one read for the same object
//! (`new`), and in `types.tsv` which of their types become which of ours, with what differs: `ours=theirs` for a name, `@attribute` where
//! an object of theirs is merely a part of that attribute, `-theirs` for what is stored there and has no place here, `~` where objects
//! of theirs are at another place than ours, so that no state leads to one. Of what is not offered yet, types and states wait for
//! their table.

mod refusals;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::older::OlderProvider;
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

/// What the older providers store of many types and this one has nothing for. What they store of one stands in `types.tsv`.
const LEFT_OUT: &[&str] = &["date_updated", "links", "timeouts", "url"];

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

/// The resource that takes a type over; none, where there is no resource yet.
fn successor(type_name: &str) -> Option<&'static Managed> {
    let takes = |resource: &&Managed| resource.older_states.iter().any(|older| older.type_name == type_name);
    let found = RESOURCES.iter().find(takes);
    let waits = || {
        types()
            .iter()
            .any(|[_, theirs, ours, _]| theirs == type_name && !is_offered(ours))
    };
    assert_ne!(
        found.is_some(),
        waits() || is_elsewhere(type_name),
        "either something takes {type_name} over, or its table is yet to come, or it is at another place"
    );
    found
}

/// Whether its objects are at another place than those of the resource that it would become.
fn is_elsewhere(type_name: &str) -> bool {
    words(type_name, '~').next().is_some()
}

fn is_offered(name: &str) -> bool {
    RESOURCES.iter().any(|resource| resource.object.name == name)
}

/// The types that become one of ours: whose they are, what they are called there, and here, and what differs.
fn types() -> &'static [[String; 4]] {
    static TYPES: OnceLock<Vec<[String; 4]>> = OnceLock::new();
    TYPES.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/older_states/types.tsv");
        let text = std::fs::read_to_string(path).expect("the table can be read");
        let rows = text
            .lines()
            .skip(1)
            .map(|row| row.split('\t').map(str::to_owned).collect::<Vec<_>>());
        rows.map(|row| [0, 1, 2, 3].map(|column| row.get(column).cloned().unwrap_or_default()))
            .collect()
    })
}

/// What stands in `types.tsv` behind a type, each word of which begins with `sign`.
fn words(type_name: &str, sign: char) -> impl Iterator<Item = &'static str> {
    let rows = types().iter().filter(move |row| row[1] == type_name);
    let words = rows.flat_map(|row| row[3].split(','));
    words.filter_map(move |word| word.strip_prefix(sign))
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
            if words(&type_name, '@').next().is_none()
                && let Some(taken_by) = successor(&type_name)
            {
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
        let is_nothing = *value == "" || *value == json!([]);
        let is_empty = is_nothing || *value == 0 || *value == json!({});
        let is_told = match attribute.presence() {
            Presence::Required => false,
            Presence::Optional => is_empty,
            Presence::OptionalComputed | Presence::Computed => is_nothing,
        };
        if is_told {
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
    let rows = types();
    let rows: Vec<_> = rows
        .iter()
        .map(|[source, theirs, ours, _]| (source.as_str(), theirs.as_str(), ours.as_str()))
        .collect();
    assert!(rows.len() > 150, "{}", rows.len());
    let mut named = 0;
    for (source, type_name, ours) in &rows {
        let Some(resource) = RESOURCES.iter().find(|resource| resource.object.name == *ours) else {
            continue;
        };
        let mut older = resource.older_states.iter();
        let found = older.any(|older| older.type_name == *type_name && older.provider.source() == *source);
        assert_ne!(
            found,
            is_elsewhere(type_name),
            "{ours} does not name {type_name} of {source}, or it does and the type is at another place"
        );
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
        // Where their SID has no name of its own, it is the last part of their id.
        let sid = state["sid"]
            .as_str()
            .or_else(|| state["id"].as_str()?.rsplit('/').next());
        if resource.object.has_sid() {
            assert_eq!(by_upgrade["sid"].as_str(), sid, "{name}");
        }
        let id = by_upgrade["id"].as_str().unwrap_or_default();
        // Settings of the account go by its SID.
        let parts = resource.object.id_parts().count().max(1);
        assert_eq!(id.split('/').count(), parts, "{name}: {id}");
        let spelled_out = unset_spelled_out(resource.object.fields, &by_upgrade);
        assert_eq!(spelled_out, <[&str; 0]>::default(), "{name}");
        seen.insert(resource.object.name);
    }
    // Of each that one of the two had, something is taken over.
    let had = RESOURCES.iter().map(|resource| resource.object.name).filter(|name| {
        let mut rows = types().iter();
        rows.any(|[_, theirs, ours, _]| ours == name && !is_elsewhere(theirs))
    });
    let without: Vec<_> = had.filter(|name| !seen.contains(name)).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn nothing_that_was_stored_is_lost_but_what_has_no_place_here() {
    for (name, _, type_name, resource, state) in all_stored() {
        let ours = upgraded(resource, &state).expect("it fits");
        let mut kept = Vec::new();
        leaves(&ours, &mut kept);
        // What is a list of pairs there, may be a map here.
        let maps = ours
            .as_object()
            .into_iter()
            .flat_map(|ours| ours.values())
            .filter_map(Json::as_object);
        kept.extend(maps.flat_map(|map| map.keys().cloned()));
        for (attribute, stored) in state.as_object().expect("attributes") {
            if LEFT_OUT.contains(&attribute.as_str()) || words(&type_name, '-').any(|name| name == attribute) {
                continue;
            }
            // What is stored nowhere here.
            let ours_has = resource.object.field(attribute);
            if ours_has.is_some_and(terraform_provider_twilio::engine::facts::Field::is_write_only) {
                continue;
            }
            let mut theirs = Vec::new();
            leaves(stored, &mut theirs);
            // The vendor's ids have the keys of the path, each of which stands somewhere.
            if attribute == "id" {
                theirs = theirs.iter().flat_map(|id| id.split('/')).map(str::to_owned).collect();
            }
            for leaf in theirs {
                assert!(kept.contains(&leaf), "{name} {attribute}: {leaf} is not in {ours}");
            }
        }
    }
}

#[test]
fn what_is_said_to_have_no_place_was_stored_and_is_no_attribute() {
    let stored = all_stored();
    for [_, type_name, ours, _] in types().iter().filter(|row| is_offered(&row[2])) {
        let resource = resource(ours);
        for name in words(type_name, '-') {
            let mut states = stored.iter().filter(|(_, _, theirs, _, _)| theirs == type_name);
            assert!(
                states.any(|(.., state)| state.get(name).is_some()),
                "{type_name} stores no {name}"
            );
            assert!(resource.object.field(name).is_none(), "{ours} has {name}");
        }
        let mut older = resource
            .older_states
            .iter()
            .filter(|older| older.type_name == type_name);
        let merged = older.find_map(|older| older.merged_into);
        assert_eq!(merged, words(type_name, '@').next(), "{type_name}");
        assert!(
            merged.is_none_or(|attribute| resource.object.field(attribute).is_some()),
            "{type_name}"
        );
    }
}
