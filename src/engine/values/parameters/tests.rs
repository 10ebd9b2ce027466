//! What requests say, by kind of body.

use serde_json::json;

use super::*;
use crate::engine::facts::Absent::{ClearedBy, Clears, DefaultsTo, Keeps, Required};
use crate::engine::facts::Role::{Fixed, Later, Local, Observed, OnTheWay, PathPart, Setting};
use crate::engine::facts::{
    BulkAnswer, Check, Destroy, Key, Lifecycle, Literal, Object, boolean, int, json, list, map, object, object_set,
    objects, set, sid, text,
};

const INNER: &[Field] = &[text("issuer", Setting(Clears)), int("time_step", Setting(Clears))];
const ITEM: &[Field] = &[text("type", Setting(Clears)), int("schema_version", Setting(Clears))];
const RESOURCE: Managed = Managed {
    object: Object {
        fields: &[
            text("friendly_name", Setting(Required)).with_every_update(),
            text("note", Setting(Clears)),
            boolean("sticky", Setting(DefaultsTo(Literal::Bool(true)))),
            text("status", Later(Clears)),
            text("mode", Later(DefaultsTo(Literal::Text("plain")))),
            text("area_code", Fixed(Clears)),
            object("totp", Setting(Clears), INNER),
            object("policy", Setting(Clears), &[set("allow", Setting(Clears), &Kind::Text)]).as_json_text(),
            object_set("types", Setting(Clears), ITEM),
            text("hint", Local(Clears)),
        ],
        ..Object::NEW
    },
    since: "0.1.0",
    ..Managed::NEW
};

fn object_of(fields: &[(&str, Value)]) -> Value {
    Value::object(fields.iter().map(|(name, value)| (*name, value.clone())))
}

fn form(operation: Operation, prior: &Value, planned: &Value) -> Vec<(String, String)> {
    let intent = Intent {
        resource: &RESOURCE,
        operation,
        prior,
        planned,
        config: planned,
    };
    match parameters(intent).into_body(BodyStyle::Form) {
        crate::twilio::Body::Form(pairs) => pairs,
        _ => Vec::new(),
    }
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn create_sends_what_is_known_and_what_create_takes() {
    let planned = object_of(&[
        ("friendly_name", "a".into()),
        ("sticky", true.into()),
        ("status", "suspended".into()),
        ("mode", "plain".into()),
        ("area_code", "415".into()),
        (
            "totp",
            object_of(&[("issuer", "me".into()), ("time_step", Value::UNKNOWN)]),
        ),
        ("policy", object_of(&[("allow", Value::Set(vec!["/a".into()]))])),
        (
            "types",
            Value::Set(vec![object_of(&[
                ("type", "t".into()),
                ("schema_version", Value::int(2)),
            ])]),
        ),
        ("hint", "x".into()),
    ]);
    assert_eq!(
        form(Operation::Create, &Value::Null, &planned),
        pairs(&[
            ("FriendlyName", "a"),
            ("Sticky", "true"),
            ("AreaCode", "415"),
            ("Totp.Issuer", "me"),
            ("Policy", r#"{"allow":["/a"]}"#),
            ("Types", r#"{"type":"t","schema_version":2}"#),
        ])
    );
    assert_eq!(
        form(Operation::Complete, &Value::Null, &planned),
        pairs(&[("Status", "suspended")])
    );
}

#[test]
fn update_sends_what_changed_and_what_is_always_demanded() {
    let prior = object_of(&[
        ("friendly_name", "a".into()),
        ("note", "n".into()),
        ("sticky", true.into()),
    ]);
    let planned = object_of(&[
        ("friendly_name", "a".into()),
        ("note", Value::Null),
        ("sticky", true.into()),
    ]);
    assert_eq!(
        form(Operation::Update, &prior, &planned),
        pairs(&[("FriendlyName", "a"), ("Note", "")])
    );
}

#[test]
fn what_is_always_demanded_is_no_reason_for_an_update() {
    let same = object_of(&[("friendly_name", "a".into()), ("hint", "x".into())]);
    let other_hint = object_of(&[("friendly_name", "a".into()), ("hint", "y".into())]);
    assert_eq!(form(Operation::Update, &same, &other_hint), pairs(&[]));
}

#[test]
fn taking_an_object_over_clears_what_the_plan_leaves_out() {
    let there = json!({"friendly_name": "a", "note": "n", "sticky": false, "hint": "h"});
    let there = there.as_object().cloned().unwrap_or_default();
    let mut parameters = Parameters::default();
    clear_what_is_left_out(&RESOURCE, &there, &Value::Null, &mut parameters);
    let body = parameters.into_body(BodyStyle::Form);
    assert_eq!(
        body,
        crate::twilio::Body::Form(pairs(&[("Note", "")])),
        "only what removing clears"
    );
}

#[test]
fn a_json_body_nests_dotted_names() {
    let mut parameters = Parameters::default();
    parameters.set("a.b", 1);
    parameters.set("a.c", "x");
    assert_eq!(
        parameters.into_body(BodyStyle::Json),
        crate::twilio::Body::Json(json!({"a": {"b": 1, "c": "x"}}))
    );
}

const QUICK_REPLY: &[Field] = &[
    text("body", Setting(Required)),
    objects(
        "actions",
        Setting(Required),
        &[text("title", Setting(Required)), text("id", Setting(Clears))],
    ),
];
const JSON: Managed = Managed {
    object: Object {
        fields: &[
            text("friendly_name", Setting(Required)),
            text("note", Setting(Clears)),
            int("limit", Setting(ClearedBy(Literal::Int(0)))),
            map("variables", Setting(ClearedBy(Literal::EmptyObject)), &Kind::Text),
            list("emails", Setting(Clears), &Kind::Text),
            json("rules", Setting(Clears)),
            object(
                "types",
                Setting(Clears),
                &[object("quick_reply", Setting(Clears), QUICK_REPLY).written_as("twilio/quick-reply")],
            ),
            boolean("re_run", OnTheWay),
        ],
        spelling: Spelling::Camel,
        ..Object::NEW
    },
    lifecycle: Lifecycle::made(UpdateStyle::Post, Destroy::Delete).sending(BodyStyle::Json),
    ..Managed::NEW
};
const PUT: Managed = Managed {
    lifecycle: Lifecycle::made(UpdateStyle::Put, Destroy::Delete).sending(BodyStyle::Json),
    ..JSON
};
const MERGE: Managed = Managed {
    lifecycle: Lifecycle::made(UpdateStyle::Merge, Destroy::Delete).sending(BodyStyle::Json),
    ..JSON
};

/// The JSON body of an update, or null for none.
fn body(resource: &'static Managed, operation: Operation, prior: &Value, planned: &Value) -> serde_json::Value {
    let intent = Intent {
        resource,
        operation,
        prior,
        planned,
        config: planned,
    };
    match parameters(intent).into_body(BodyStyle::Json) {
        crate::twilio::Body::Json(body) => body,
        _ => serde_json::Value::Null,
    }
}

fn types(body: &str, id: Option<&str>) -> (&'static str, Value) {
    let action = object_of(&[("title", "Yes".into()), ("id", id.map(str::to_owned).into())]);
    let quick_reply = object_of(&[("body", body.into()), ("actions", Value::List(vec![action]))]);
    ("types", object_of(&[("quick_reply", quick_reply)]))
}

#[test]
fn an_object_in_json_is_sent_whole_whatever_changed_in_it() {
    let prior = object_of(&[("friendly_name", "a".into()), types("Hello", Some("y"))]);
    let planned = object_of(&[("friendly_name", "a".into()), types("Hi", Some("y"))]);
    let whole = json!({"twilio/quick-reply": {"body": "Hi", "actions": [{"title": "Yes", "id": "y"}]}});
    assert_eq!(
        body(&JSON, Operation::Update, &prior, &planned),
        json!({"types": whole})
    );
    let all = json!({"friendlyName": "a", "types": whole});
    assert_eq!(body(&PUT, Operation::Update, &prior, &planned), all);
    assert_eq!(body(&JSON, Operation::Create, &Value::Null, &planned), all);
}

#[test]
fn json_clears_by_null_or_by_what_the_table_says_and_a_put_by_leaving_out() {
    let prior = object_of(&[
        ("friendly_name", "a".into()),
        ("note", "n".into()),
        ("limit", 5.into()),
        ("variables", Value::Map([("1".to_owned(), "x".into())].into())),
        ("emails", Value::List(vec!["a@example.com".into()])),
        types("Hello", None),
    ]);
    let planned = object_of(&[("friendly_name", "a".into())]);
    assert_eq!(
        body(&JSON, Operation::Update, &prior, &planned),
        json!({"note": null, "limit": 0, "variables": {}, "emails": null, "types": null})
    );
    assert_eq!(
        body(&PUT, Operation::Update, &prior, &planned),
        json!({"friendlyName": "a", "limit": 0, "variables": {}})
    );
    // An empty list is one.
    let emptied = object_of(&[("friendly_name", "a".into()), ("emails", Value::List(Vec::new()))]);
    let prior = object_of(&[
        ("friendly_name", "a".into()),
        ("emails", Value::List(vec!["a@example.com".into()])),
    ]);
    assert_eq!(body(&JSON, Operation::Update, &prior, &emptied), json!({"emails": []}));
}

#[test]
fn a_form_that_replaces_says_all_and_clears_by_leaving_out() {
    const WHOLE: Managed = Managed {
        lifecycle: Lifecycle::made(UpdateStyle::Whole, Destroy::Delete),
        ..JSON
    };
    let sources = || Value::List(vec!["alice".into()]);
    let prior = object_of(&[
        ("friendly_name", "a".into()),
        ("note", "n".into()),
        ("emails", sources()),
    ]);
    let planned = object_of(&[("friendly_name", "a".into()), ("emails", sources())]);
    let intent = Intent {
        resource: &WHOLE,
        operation: Operation::Update,
        prior: &prior,
        planned: &planned,
        config: &planned,
    };
    let sent = parameters(intent);
    assert_eq!(sent.value("FriendlyName"), Some(&json!("a")), "it did not change");
    assert_eq!(sent.value("Emails"), Some(&json!(["alice"])), "nor did they");
    assert_eq!(sent.value("Note"), None, "an empty text would be a note");
}

#[test]
fn a_put_of_nothing_is_sent_since_it_clears() {
    const ALL_OPTIONAL: Managed = Managed {
        object: Object {
            fields: &[text("note", Setting(Clears))],
            ..Object::NEW
        },
        ..PUT
    };
    let prior = object_of(&[("note", "n".into())]);
    assert_eq!(
        body(&ALL_OPTIONAL, Operation::Update, &prior, &object_of(&[])),
        json!({})
    );
    assert_eq!(
        body(&ALL_OPTIONAL, Operation::Update, &prior, &prior),
        serde_json::Value::Null,
        "what did not change is not put"
    );
}

#[test]
fn a_merge_takes_out_what_is_gone_within_objects() {
    let variables = |names: &[&str]| {
        let named = names.iter().map(|name| ((*name).to_owned(), "x".into()));
        ("variables", Value::Map(named.collect()))
    };
    let prior = object_of(&[variables(&["1", "2"]), types("Hello", None)]);
    let planned = object_of(&[
        variables(&["2", "3"]),
        ("types", object_of(&[("quick_reply", Value::Null)])),
    ]);
    assert_eq!(
        body(&MERGE, Operation::Update, &prior, &planned),
        json!({"variables": {"1": null, "2": "x", "3": "x"}, "types": {"twilio/quick-reply": null}})
    );
    assert_eq!(
        body(&JSON, Operation::Update, &prior, &planned),
        json!({"variables": {"2": "x", "3": "x"}, "types": {}})
    );
}

#[test]
fn json_in_json_is_a_part_of_it() {
    let planned = object_of(&[("rules", r#"{"all": [1, "x"]}"#.into())]);
    let expected = json!({"rules": {"all": [1, "x"]}});
    assert_eq!(body(&JSON, Operation::Create, &Value::Null, &planned), expected);
}

#[test]
fn what_rides_along_is_sent_with_an_update_for_another_reason_and_never_else() {
    let prior = object_of(&[("friendly_name", "a".into()), ("re_run", Value::Null)]);
    let alone = object_of(&[("friendly_name", "a".into()), ("re_run", true.into())]);
    let both = object_of(&[("friendly_name", "b".into()), ("re_run", true.into())]);
    assert_eq!(body(&JSON, Operation::Update, &prior, &alone), serde_json::Value::Null);
    assert_eq!(
        body(&JSON, Operation::Create, &Value::Null, &both),
        json!({"friendlyName": "b"})
    );
    assert_eq!(
        body(&JSON, Operation::Complete, &Value::Null, &both),
        serde_json::Value::Null
    );
    let sent = json!({"friendlyName": "b", "reRun": true});
    assert_eq!(body(&JSON, Operation::Update, &prior, &both), sent);
    assert_eq!(body(&JSON, Operation::Update, &alone, &both), sent, "each time");
}

const CLEARED: Managed = Managed {
    object: Object {
        fields: &[
            text("name", Setting(Required)),
            sid("app_sid", Setting(ClearedBy(Literal::Text(""))), &[Check::Sid("AP")]),
            int("timeout", Setting(ClearedBy(Literal::Int(0)))),
            list("origins", Setting(Clears), &Kind::Text).comma_separated(),
            set("numbers", Setting(Clears), &Kind::Text),
            object(
                "inner",
                Setting(Clears),
                &[int("ttl", Setting(ClearedBy(Literal::Int(-1))))],
            ),
        ],
        ..Object::NEW
    },
    ..Managed::NEW
};

fn form_of(resource: &'static Managed, operation: Operation, prior: &Value, planned: &Value) -> Vec<(String, String)> {
    let intent = Intent {
        resource,
        operation,
        prior,
        planned,
        config: planned,
    };
    match parameters(intent).into_body(BodyStyle::Form) {
        crate::twilio::Body::Form(pairs) => pairs,
        _ => Vec::new(),
    }
}

fn everything_cleared() -> Value {
    object_of(&[
        ("name", "a".into()),
        ("app_sid", "AP0123456789abcdef0123456789abcdef".into()),
        ("timeout", 5.into()),
        (
            "origins",
            Value::List(vec!["a.example.com".into(), "b.example.com".into()]),
        ),
        ("numbers", Value::Set(vec!["1".into()])),
        ("inner", object_of(&[("ttl", 7.into())])),
    ])
}

#[test]
fn removing_sends_what_clears_each() {
    let there = everything_cleared();
    let expected = pairs(&[
        ("AppSid", ""),
        ("Timeout", "0"),
        ("Origins", ""),
        ("Numbers", ""),
        ("Inner.Ttl", "-1"),
    ]);
    let planned = object_of(&[("name", "a".into())]);
    assert_eq!(form_of(&CLEARED, Operation::Update, &there, &planned), expected);
    let emptied = object_of(&[
        ("name", "a".into()),
        ("origins", Value::List(Vec::new())),
        ("numbers", Value::Set(Vec::new())),
    ]);
    assert_eq!(form_of(&CLEARED, Operation::Update, &there, &emptied), expected);
    assert_eq!(
        form_of(&CLEARED, Operation::Create, &Value::Null, &emptied),
        pairs(&[("Name", "a")]),
        "there is nothing to clear in something new"
    );
}

#[test]
fn taking_an_object_over_clears_each_as_the_table_says() {
    let there = json!({
        "name": "a", "app_sid": "AP0123456789abcdef0123456789abcdef", "timeout": 5, "origins": ["a"], "numbers": [],
        "inner": {"ttl": 7},
    });
    let cleared = |there: &serde_json::Value| {
        let there = there.as_object().cloned().unwrap_or_default();
        let mut parameters = Parameters::default();
        clear_what_is_left_out(&CLEARED, &there, &object_of(&[("name", "a".into())]), &mut parameters);
        parameters.into_body(BodyStyle::Form)
    };
    assert_eq!(
        cleared(&there),
        crate::twilio::Body::Form(pairs(&[
            ("AppSid", ""),
            ("Timeout", "0"),
            ("Origins", ""),
            ("Inner.Ttl", "-1")
        ]))
    );
    let nothing = json!({"app_sid": "", "timeout": 0, "origins": "", "inner": {"ttl": -1}});
    assert_eq!(
        cleared(&nothing),
        crate::twilio::Body::None,
        "what is cleared already stays"
    );
}

#[test]
fn texts_with_commas_between_are_one_text() {
    assert_eq!(
        form_of(&CLEARED, Operation::Create, &Value::Null, &everything_cleared())[3],
        ("Origins".to_owned(), "a.example.com,b.example.com".to_owned())
    );
}

const COUNTRY: Managed = Managed {
    object: Object {
        key: Key::Field("iso_code"),
        fields: &[
            text("iso_code", PathPart),
            boolean("low_risk", Setting(Keeps)),
            int("most_calls", Setting(Keeps)),
            text("name", Observed),
        ],
        ..Object::NEW
    },
    lifecycle: Lifecycle::settings(UpdateStyle::Patch, Destroy::Forget),
    bulk: Some(Bulk {
        parameter: "Countries",
        items: BulkItems::Repeated,
        constants: &[("type", "country")],
        answer: BulkAnswer::Count("count"),
    }),
    ..Managed::NEW
};
const COUNTRY_IN_A_TEXT: Managed = Managed {
    bulk: Some(Bulk {
        parameter: "Countries",
        items: BulkItems::OneTextOfTexts,
        constants: &[],
        answer: BulkAnswer::Count("count"),
    }),
    ..COUNTRY
};
const COUNTRY_IN_JSON: Managed = Managed {
    object: Object {
        spelling: Spelling::Camel,
        ..COUNTRY.object
    },
    lifecycle: COUNTRY.lifecycle.sending(BodyStyle::Json),
    ..COUNTRY
};

#[test]
fn of_one_among_many_is_sent_what_is_configured_or_changes_and_nothing_that_was_read() {
    let country = |low_risk: Value, most_calls: Value| {
        object_of(&[
            ("iso_code", "DE".into()),
            ("low_risk", low_risk),
            ("most_calls", most_calls),
            ("name", "Germany".into()),
        ])
    };
    let prior = country(false.into(), 5.into());
    let configured = |config: &Value, planned: &Value| {
        let intent = Intent {
            resource: &COUNTRY,
            operation: Operation::Update,
            prior: &prior,
            planned,
            config,
        };
        parameters(intent).value("Countries").cloned()
    };
    // Somebody may have changed what is not configured since it was read.
    for unset in [5.into(), Value::Unknown(None), Value::Null] {
        let planned = country(true.into(), unset);
        assert_eq!(
            configured(&country(true.into(), Value::Null), &planned),
            Some(json!([r#"{"iso_code":"DE","low_risk":true,"type":"country"}"#]))
        );
    }
    // What is configured is sent also where only something else changes.
    let planned = country(true.into(), 5.into());
    assert_eq!(
        configured(&planned, &planned),
        Some(json!([
            r#"{"iso_code":"DE","low_risk":true,"most_calls":5,"type":"country"}"#
        ]))
    );
    let planned = country(true.into(), 6.into());
    assert_eq!(
        form_of(&COUNTRY_IN_A_TEXT, Operation::Update, &prior, &planned),
        pairs(&[("Countries", r#"[{"iso_code":"DE","low_risk":"true","most_calls":"6"}]"#)])
    );
    assert_eq!(
        body(&COUNTRY_IN_JSON, Operation::Update, &prior, &planned),
        json!({"Countries": [{"isoCode": "DE", "lowRisk": true, "mostCalls": 6, "type": "country"}]})
    );
    assert_eq!(form_of(&COUNTRY, Operation::Update, &prior, &prior), pairs(&[]));
}

#[test]
fn what_is_said_with_every_update_and_not_configured_is_said_as_it_is_found() {
    let there = object_of(&[("friendly_name", "Main".into()), ("note", "there".into())]);
    let planned = |note: &str| object_of(&[("friendly_name", Value::UNKNOWN), ("note", note.into())]);
    assert_eq!(
        form(Operation::Update, &there, &planned("new")),
        pairs(&[("FriendlyName", "Main"), ("Note", "new")]),
        "settings that are written the first time have unknown values for what they keep"
    );
    assert_eq!(
        form(Operation::Update, &there, &planned("there")),
        pairs(&[]),
        "and that is no reason to write"
    );
}
