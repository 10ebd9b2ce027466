//! A table with all that a table can say of older states, and one with versions.

use serde_json::{Value as Json, json};

use super::*;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps, Required};
use crate::engine::facts::Role::{Fixed, Setting};
use crate::engine::facts::older::{THIS, Upgrade};
use crate::engine::facts::{
    Field, Key, Kind, Literal, Object, boolean, decimal, int, json, list, map, object, object_set, set, text,
};

const INNER: &[Field] = &[
    text("issuer", Setting(Clears)),
    int("skew", Setting(Clears)),
    list("origins", Setting(Clears), &Kind::Text),
];
const TYPES: &[Field] = &[text("type", Setting(Required)), int("version", Setting(Keeps))];

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)),
    text("url", Setting(Clears)),
    text("kind", Fixed(Required)),
    // Nobody stored it: Twilio never shows it.
    text("secret", Fixed(Required)).never_returned(),
    object("totp", Setting(Clears), INNER),
    object("deep", Setting(Clears), INNER),
    object_set("types", Setting(Clears), TYPES),
    set("filters", Setting(Clears), &Kind::Text),
    list("weights", Setting(Clears), &Kind::Int),
    map("labels", Setting(Clears), &Kind::Text),
    json("definition", Setting(Clears)),
    boolean("enabled", Setting(Clears)),
    int("seconds", Setting(Clears)),
    decimal("price", Setting(Clears)),
    int("kept", Setting(DefaultsTo(Literal::Int(5)))),
];

const THING: Managed = Managed {
    object: Object {
        name: "twilio_thing",
        noun: "thing",
        key: Key::Sid("XX"),
        fields: FIELDS,
        ..Object::NEW
    },
    older_states: &[
        OlderState::vendor("twilio_things_v1")
            .renamed(&[
                ("totp.issuer", "totp_issuer"),
                ("deep.issuer", "outer.middle.issuer"),
                ("url", "callback_url"),
            ])
            .always(&[("kind", Literal::Text("plain"))]),
        OlderState::vendor("twilio_thing_parts_v1").merged_into("types"),
        OlderState::this("twilio_old_thing").renamed(&[("url", "uri")]),
    ],
    versions: &[Upgrade {
        from: 1,
        to: 2,
        convert: name_it,
    }],
    ..Managed::NEW
};

fn name_it(stored: &mut Properties) -> Result<(), &'static str> {
    let name = stored.remove("name").ok_or("has no name")?;
    stored.insert("friendly_name".to_owned(), name);
    Ok(())
}

const SID: &str = "XX00000000000000000000000000000001";
const ACCOUNT: &str = "AC00000000000000000000000000000001";
const VENDOR: &str = "registry.terraform.io/twilio/twilio";

/// As that provider stores a thing, with these members besides.
fn stored(more: Json) -> Json {
    let mut stored = json!({
        "id": SID, "sid": SID, "friendly_name": "T", "totp_issuer": "", "outer": [], "callback_url": "",
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        stored[name] = value.clone();
    }
    stored
}

fn taken(more: Json) -> Result<Json, String> {
    upgrade(&THING, 0, stored(more)).map_err(|diagnostic| diagnostic.detail)
}

fn moved(address: &str, type_name: &str, schema_version: i64, state: &Json) -> Option<Result<Json, String>> {
    let source = MoveSource {
        provider_address: address.to_owned(),
        type_name: type_name.to_owned(),
        schema_version,
        state: state.clone(),
        ..MoveSource::default()
    };
    let taken = take_over(&THING, &source)?;
    Some(taken.map_err(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail)))
}

#[test]
fn a_sid_of_another_kind_says_that_the_block_names_the_wrong_type() {
    let key = json!({"id": "SK00000000000000000000000000000001", "friendly_name": "k"});
    let said = moved(VENDOR, "twilio_keys_v1", 0, &key)
        .expect("a state of theirs")
        .expect_err("no thing");
    assert!(
        said.contains("starts with SK, and that of a thing starts with XX"),
        "{said}"
    );
    assert!(said.contains("Correct `to`") && !said.contains("import {"), "{said}");
    // Of the right kind, but of a type that is not known.
    let said = moved(VENDOR, "twilio_others_v1", 0, &stored(json!({})))
        .expect("theirs")
        .expect_err("not known");
    assert!(said.contains("import {") && said.contains(SID), "{said}");
}

#[test]
fn a_sid_that_has_no_name_of_its_own_is_the_last_part_of_the_id() {
    let below = format!("YY00000000000000000000000000000002/{SID}");
    for (more, expected) in [
        (json!({"sid": null}), Some(SID)),
        (json!({"sid": "", "id": below}), Some(SID)),
        (json!({"sid": null, "id": "YY00000000000000000000000000000002"}), None),
        // What says something else than the id is not believed.
        (json!({"sid": "hello"}), None),
        (json!({"sid": 7}), None),
    ] {
        let taken = taken(more.clone()).ok();
        assert_eq!(
            taken.as_ref().and_then(|taken| taken["sid"].as_str()),
            expected,
            "{more}"
        );
    }
}

#[test]
fn names_of_blocks_and_of_parts_of_objects_are_distinguished_by_dots_on_either_side() {
    let state = taken(json!({
        "totp_issuer": "I",
        "totp": [{"issuer": "another", "skew": 2}],
        "outer": [{"middle": [{"issuer": "deep"}]}],
        "callback_url": "https://example.com",
    }))
    .expect("it fits");
    assert_eq!(state["totp"], json!({"issuer": "I", "skew": 2, "origins": null}));
    assert_eq!(state["deep"], json!({"issuer": "deep", "skew": null, "origins": null}));
    assert_eq!(
        (&state["url"], &state["kind"]),
        (&json!("https://example.com"), &json!("plain"))
    );
    // Blocks that are not there, or of which nothing was configured, and what stands for none.
    for outer in [
        json!(null),
        json!([]),
        json!([null]),
        json!([{"middle": []}]),
        json!([{"middle": null}]),
    ] {
        let state = taken(json!({"outer": outer, "totp": []})).expect("it fits");
        assert_eq!(
            (&state["deep"], &state["totp"], &state["url"]),
            (&Json::Null, &Json::Null, &Json::Null)
        );
    }
}

#[test]
fn what_a_version_of_the_older_provider_did_not_store_is_none_and_another_type_is_refused() {
    let mut early = stored(json!({"outer": [{"middle": [{"issuer": "I"}]}]}));
    for name in ["totp_issuer", "callback_url"] {
        early.as_object_mut().and_then(|members| members.remove(name));
    }
    let state = upgrade(&THING, 0, early.clone()).map_err(|diagnostic| diagnostic.detail);
    let state = state.expect("it is of that type all the same");
    assert_eq!((&state["deep"]["issuer"], &state["url"]), (&json!("I"), &Json::Null));
    for (names, missing) in [
        (["outer", "outer"], "totp_issuer"),
        (["friendly_name", "outer"], "friendly_name"),
    ] {
        let mut other = early.clone();
        for name in names {
            other.as_object_mut().and_then(|members| members.remove(name));
        }
        let said = upgrade(&THING, 0, other).expect_err("it is of another type").detail;
        assert!(
            said.contains(&format!("has no {missing}, which twilio_things_v1 has")),
            "{said}"
        );
    }
}

#[test]
fn what_stands_for_unset_is_none_and_what_was_set_stays() {
    let nothing = json!({
        "types": [], "filters": "", "weights": [], "labels": {}, "definition": "", "seconds": 0, "price": "0", "enabled": "",
    });
    let state = taken(nothing).expect("it fits");
    for name in [
        "types",
        "filters",
        "weights",
        "definition",
        "seconds",
        "price",
        "enabled",
        "kept",
    ] {
        assert_eq!(state[name], Json::Null, "{name}");
    }
    let set = json!({"seconds": 7, "price": 0.5, "enabled": false, "kept": 0, "labels": {"a": "b"}});
    let state = taken(set.clone()).expect("it fits");
    for (name, value) in set.as_object().into_iter().flatten() {
        assert_eq!(state[name], *value, "{name}");
    }
}

#[test]
fn texts_become_what_they_spell() {
    let state = taken(json!({
        "totp": "{\"skew\":\"3\",\"origins\":\"a, b\"}",
        "types": ["{\"type\":\"x\",\"version\":1}", {"type": "y"}],
        "filters": "a,b, c",
        "weights": "[1,2]",
        "labels": "{\"k\":\"v\"}",
        "definition": {"a": 1},
        "enabled": "true",
        "seconds": "12",
        "price": "0.25",
    }))
    .expect("it fits");
    assert_eq!(state["totp"]["skew"], 3);
    assert_eq!(state["totp"]["origins"], json!(["a", "b"]));
    assert_eq!(
        state["types"],
        json!([{"type": "x", "version": 1}, {"type": "y", "version": null}])
    );
    assert_eq!(state["filters"], json!(["a", "b", "c"]));
    assert_eq!(
        (&state["weights"], &state["labels"]),
        (&json!([1, 2]), &json!({"k": "v"}))
    );
    assert_eq!(
        (&state["definition"], &state["enabled"]),
        (&json!("{\"a\":1}"), &json!(true))
    );
    assert_eq!((&state["seconds"], &state["price"]), (&json!(12), &json!(0.25)));
}

#[test]
fn what_is_of_another_form_is_refused_by_its_name_without_its_value() {
    for (name, value) in [
        ("friendly_name", json!({"a": "hunter2"})),
        ("callback_url", json!(["hunter2"])),
        ("totp_issuer", json!(["hunter2"])),
        ("outer", json!("hunter2")),
        ("outer", json!([{}, {}])),
        ("totp", json!([{}, {"issuer": "hunter2"}])),
        ("types", json!(["hunter2"])),
        ("types", json!({"type": "hunter2"})),
        ("filters", json!([["hunter2"]])),
        ("weights", json!("hunter2")),
        ("labels", json!("hunter2")),
        ("definition", json!(5)),
        ("enabled", json!("hunter2")),
        ("seconds", json!("hunter2")),
        ("price", json!(["hunter2"])),
        ("sid", json!("hunter2")),
        ("sid", json!("YY00000000000000000000000000000001")),
        ("account_sid", json!("hunter2")),
        ("path_account_sid", json!(5)),
    ] {
        let said = taken(json!({name: value})).expect_err("it does not fit");
        assert!(!said.contains("hunter2"), "{name}: {said}");
        let ours = match name {
            "callback_url" => "url",
            "totp_issuer" => "totp.issuer",
            name => name,
        };
        assert!(
            said.contains(&format!("has a {ours}")) || said.contains(&format!("has no {ours}")),
            "{name}: {said}"
        );
    }
}

#[test]
fn the_account_is_known_by_the_path_the_account_or_the_id_of_settings() {
    let account = |more: Json| taken(more).expect("it fits")["account_sid"].clone();
    let other = "AC00000000000000000000000000000002";
    assert_eq!(account(json!({})), Json::Null);
    assert_eq!(
        account(json!({"path_account_sid": null, "account_sid": ""})),
        Json::Null
    );
    assert_eq!(account(json!({"account_sid": ACCOUNT})), ACCOUNT);
    assert_eq!(
        account(json!({"path_account_sid": other, "account_sid": ACCOUNT})),
        other
    );
    assert_eq!(account(json!({"id": ACCOUNT})), ACCOUNT);
}

#[test]
fn a_type_of_another_name_moves_with_its_own_shape_and_an_element_does_not() {
    let state = stored(json!({}));
    assert!(moved(VENDOR, "twilio_things_v1", 0, &state).is_some_and(|taken| taken.is_ok()));
    let said = moved(VENDOR, "twilio_thing_parts_v1", 0, &state)
        .and_then(Result::err)
        .expect("it is refused");
    assert!(said.contains("into types of the thing"), "{said}");
    for (type_name, version) in [("twilio_others_v1", 0), ("twilio_things_v1", 3)] {
        let said = moved(VENDOR, type_name, version, &state)
            .and_then(Result::err)
            .expect("it is refused");
        assert!(said.contains("left as it is"), "{said}");
    }
    for address in ["registry.terraform.io/hashicorp/aws", "twilio", ""] {
        assert_eq!(moved(address, "twilio_things_v1", 0, &state), None, "{address}");
    }
}

#[test]
fn own_states_are_brought_from_version_to_version_by_upgrade_and_by_move_alike() {
    let this = format!("mirror.example.com/{THIS}");
    let earlier = json!({"name": "T", "sid": SID});
    let now = json!({"friendly_name": "T", "sid": SID});
    assert_eq!(upgrade(&THING, 1, earlier.clone()).ok().as_ref(), Some(&now));
    assert_eq!(moved(&this, "twilio_thing", 1, &earlier), Some(Ok(now.clone())));
    assert_eq!(moved(&this, "twilio_thing", 2, &now), Some(Ok(now)));
    let said = moved(&this, "twilio_thing", 3, &earlier)
        .and_then(Result::err)
        .expect("it is newer");
    assert!(said.contains("newer than the provider"), "{said}");
    assert!(upgrade(&THING, 1, json!({})).is_err_and(|said| said.detail.contains("has no name")));
    // A type of this provider that had another name.
    let renamed = json!({
        "sid": SID, "id": SID, "account_sid": ACCOUNT, "friendly_name": "T", "kind": "k", "uri": "https://example.com",
    });
    let taken = moved(&this, "twilio_old_thing", 1, &renamed)
        .and_then(Result::ok)
        .expect("it fits");
    assert_eq!(
        (&taken["url"], &taken["account_sid"], &taken["id"]),
        (&json!("https://example.com"), &json!(ACCOUNT), &json!(SID))
    );
    assert_eq!(moved(&this, "twilio_never", 1, &renamed), None);
    assert_eq!(crate::engine::values::schema::resource_schema(&TABLE).version, 2);
}

static TABLE: Managed = THING;
