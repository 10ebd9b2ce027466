use terraform_provider_twilio::framework::identity::{IdentityAttribute, IdentitySchema};
use terraform_provider_twilio::framework::provider::{FunctionSignature, Parameter};
use terraform_provider_twilio::framework::schema::{Attribute, Block, BlockNesting, NestedBlock, Nesting, Schema};
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;

use super::snapshot::{Kind, of_function, of_schema};
use super::*;

fn text(name: &'static str) -> Attribute {
    Attribute::new(name, Type::String)
}

/// A resource with these attributes, of this version.
fn thing(version: i64, attributes: Vec<Attribute>) -> Snapshot {
    let block = Block {
        attributes,
        ..Block::default()
    };
    of_schema(Kind::Resource, "twilio_thing", &Schema { version, block }, None).expect("a schema")
}

/// What a change from one attribute to another breaks, as far as anything.
fn change(was: Attribute, is: Attribute) -> Vec<String> {
    let found = broken(&[thing(0, vec![was.clone()])], &[thing(0, vec![is.clone()])]);
    // A step from the old version to a new one makes it a decision.
    assert_eq!(broken(&[thing(0, vec![was])], &[thing(1, vec![is])]), [] as [String; 0]);
    found
}

fn inside(attributes: Vec<Attribute>) -> Attribute {
    Attribute::nested("inside", Nesting::Single, attributes).optional()
}

#[test]
fn what_breaks_configurations_or_states_is_found() {
    let is = |what: &str| vec![format!("resource twilio_thing: {what}")];
    for (was, now, found) in [
        (text("a").optional(), text("b").optional(), "a is gone"),
        (
            text("a").optional(),
            Attribute::new("a", Type::Number).optional(),
            "a was string and is number",
        ),
        (
            Attribute::new("a", Type::list(Type::String)).optional(),
            Attribute::new("a", Type::set(Type::String)).optional(),
            "a was list of string and is set of string",
        ),
        (text("a").optional(), text("a").required(), "a was not required and is"),
        (
            text("a").optional().computed(),
            text("a").required(),
            "a was not required and is",
        ),
        (text("a").computed(), text("b").computed(), "a is gone"),
        (
            text("a").required(),
            text("a").computed(),
            "a could be set and can no longer be",
        ),
        (
            text("a").optional().computed(),
            text("a").computed(),
            "a could be set and can no longer be",
        ),
        (
            text("a").optional().computed(),
            text("a").optional(),
            "a had a value without being set and has none",
        ),
        (
            text("a").computed(),
            text("a").optional(),
            "a had a value without being set and has none",
        ),
        (
            text("a").optional(),
            text("a").optional().sensitive(),
            "a was shown and is sensitive, which outputs have to say",
        ),
        (
            text("a").optional(),
            text("a").optional().write_only(),
            "a was stored and is write-only",
        ),
        (
            text("a").optional().write_only(),
            text("a").optional(),
            "a was write-only and is stored",
        ),
        (
            text("a").optional(),
            Attribute {
                requires_replace: true,
                ..text("a").optional()
            },
            "a was changed in place and replaces the object",
        ),
        (
            text("a").optional().computed(),
            Attribute {
                default: Some(Value::from("x, y")),
                ..text("a").optional().computed()
            },
            "a has the default \"x, y\" and had none",
        ),
        (
            Attribute {
                default: Some(Value::from("x")),
                ..text("a").optional().computed()
            },
            Attribute {
                default: Some(Value::from("y")),
                ..text("a").optional().computed()
            },
            "a had the default \"x\" and has \"y\"",
        ),
        (inside(vec![text("a").optional()]), inside(vec![]), "inside.a is gone"),
        (
            inside(vec![text("a").optional()]),
            inside(vec![text("a").optional(), text("b").required()]),
            "inside.b is new and required",
        ),
        (
            inside(vec![text("a").optional()]),
            inside(vec![text("a").required()]),
            "inside.a was not required and is",
        ),
        (
            inside(vec![text("a").optional()]),
            Attribute::nested("inside", Nesting::List, vec![text("a").optional()]).optional(),
            "inside was object and is list of objects",
        ),
        (
            inside(vec![text("a").optional()]),
            text("other").optional(),
            "inside is gone",
        ),
    ] {
        assert_eq!(change(was, now), is(found));
    }
    let more = [thing(0, vec![text("a").optional(), text("b").required()])];
    assert_eq!(
        broken(&[thing(0, vec![text("a").optional()])], &more),
        is("b is new and required")
    );
}

#[test]
fn what_breaks_nothing_is_free() {
    for (was, now) in [
        (text("a").required(), text("a").optional()),
        (text("a").required(), text("a").optional().computed()),
        (text("a").optional(), text("a").optional().computed()),
        (text("a").computed(), text("a").optional().computed()),
        // Nobody could change it.
        (
            text("a").computed(),
            Attribute {
                requires_replace: true,
                ..text("a").optional().computed()
            },
        ),
        (text("a").optional().sensitive(), text("a").optional()),
        (
            Attribute {
                requires_replace: true,
                ..text("a").optional()
            },
            text("a").optional(),
        ),
        (
            text("a").required(),
            Attribute {
                default: Some(Value::from("x")),
                ..text("a").optional().computed()
            },
        ),
        (
            inside(vec![text("a").optional()]),
            inside(vec![text("a").optional(), text("b").optional()]),
        ),
        (
            text("a").optional(),
            Attribute {
                deprecated: Some("Use b.".into()),
                ..text("a").optional()
            },
        ),
    ] {
        assert_eq!(change(was, now), [] as [String; 0]);
    }
    let old = [thing(0, vec![text("a").optional()])];
    let new = [thing(
        0,
        vec![
            text("a").optional(),
            text("b").optional(),
            Attribute::nested("c", Nesting::Map, vec![text("d").required()]).optional(),
        ],
    )];
    assert_eq!(broken(&old, &new), [] as [String; 0]);
}

#[test]
fn a_type_that_goes_and_a_version_that_goes_back_are_found() {
    assert_eq!(broken(&[thing(0, vec![])], &[]), ["resource twilio_thing is gone"]);
    assert_eq!(
        broken(&[thing(2, vec![])], &[thing(1, vec![])]),
        ["resource twilio_thing has version 1 and had 2"]
    );
    let source = of_schema(Kind::DataSource, "twilio_thing", &Schema::default(), None).expect("a schema");
    assert_eq!(
        broken(&[source], &[thing(0, vec![])]),
        ["data source twilio_thing is gone"]
    );
}

#[test]
fn data_sources_and_the_provider_block_have_no_version_that_excuses_a_change() {
    for (kind, noun) in [
        (Kind::DataSource, "data source"),
        (Kind::Provider, "provider"),
        (Kind::ListResource, "list resource"),
    ] {
        let of = |attribute: Attribute| {
            let block = Block {
                attributes: vec![attribute],
                ..Block::default()
            };
            of_schema(kind, "twilio_thing", &Schema { version: 0, block }, None).expect("a schema")
        };
        let found = broken(&[of(text("a").optional())], &[of(text("b").optional())]);
        assert_eq!(found, [format!("{noun} twilio_thing: a is gone")]);
    }
}

#[test]
fn blocks_are_compared_like_attributes() {
    let of = |nesting, min_items, max_items, attributes: Vec<Attribute>| {
        let inner = Block {
            attributes,
            ..Block::default()
        };
        let nested = NestedBlock {
            name: "region".into(),
            nesting,
            min_items,
            max_items,
            block: inner,
        };
        let block = Block {
            blocks: vec![nested],
            ..Block::default()
        };
        of_schema(Kind::Resource, "twilio_thing", &Schema { version: 0, block }, None).expect("a schema")
    };
    let a = || vec![text("a").optional()];
    let old = of(BlockNesting::Set, 0, 0, a());
    for (new, found) in [
        (
            of(BlockNesting::List, 0, 0, a()),
            "region was set of blocks and is list of blocks",
        ),
        (
            of(BlockNesting::Set, 1, 0, a()),
            "region is needed more often than it was",
        ),
        (
            of(BlockNesting::Set, 0, 3, a()),
            "region may stand less often than it might",
        ),
        (of(BlockNesting::Set, 0, 0, vec![]), "region.a is gone"),
    ] {
        assert_eq!(
            broken(std::slice::from_ref(&old), &[new]),
            [format!("resource twilio_thing: {found}")]
        );
    }
    let empty = thing(0, vec![]);
    let needed = of(BlockNesting::Set, 1, 0, a());
    assert_eq!(
        broken(std::slice::from_ref(&empty), &[needed]),
        ["resource twilio_thing: region is new and required"]
    );
    assert_eq!(broken(&[empty], &[old]), [] as [String; 0]);
}

#[test]
fn identities_are_compared_by_their_own_version() {
    let of = |version, names: &[&'static str]| {
        let attributes = names.iter().map(|name| IdentityAttribute::text(*name)).collect();
        let identity = IdentitySchema { version, attributes };
        // A new version of the state says nothing of the identity.
        let schema = Schema {
            version,
            ..Schema::default()
        };
        of_schema(Kind::Resource, "twilio_thing", &schema, Some(&identity)).expect("a schema")
    };
    let is = |what: &str| vec![format!("resource twilio_thing: {what}")];
    assert_eq!(
        broken(&[of(0, &["sid", "account_sid"])], &[of(0, &["sid"])]),
        is("account_sid is gone from the identity")
    );
    assert_eq!(
        broken(&[of(0, &["sid"])], &[of(0, &["sid", "account_sid"])]),
        is("account_sid is new in the identity")
    );
    assert_eq!(
        broken(&[of(0, &["sid"])], &[thing(0, vec![])]),
        is("it has an identity no longer")
    );
    assert_eq!(
        broken(&[of(0, &["sid"])], &[of(1, &["account_sid"])]),
        [] as [String; 0]
    );
    assert_eq!(broken(&[thing(0, vec![])], &[of(0, &["sid"])]), [] as [String; 0]);
    let mut optional = of(0, &["sid"]);
    if let Some(sid) = optional
        .identity
        .as_mut()
        .and_then(|identity| identity.attributes.get_mut("sid"))
    {
        sid.words.clear();
    }
    assert_eq!(
        broken(&[optional], &[of(0, &["sid"])]),
        is("an import need not name sid and must")
    );
}

#[test]
fn what_is_written_is_read_again() {
    let all = of_provider(&TwilioProvider::default()).expect("schemas");
    assert!(all.len() > 40 && all.iter().any(|snapshot| snapshot.identity.is_some()));
    for snapshot in &all {
        assert_eq!(Snapshot::read(&snapshot.write()).expect("it is a schema"), *snapshot);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("schemas");
    write(&place, "7.8.9", &all).expect("it can be written");
    let (version, mut read) = read(&place).expect("it can be read");
    let mut all = all;
    let by_file = |snapshot: &Snapshot| snapshot.file();
    read.sort_by_key(by_file);
    all.sort_by_key(by_file);
    assert_eq!((version.as_str(), read), ("7.8.9", all));
}

#[test]
fn an_attribute_may_be_called_version() {
    let mut snapshot = thing(3, vec![text("a").optional(), text("version").optional()]);
    assert_eq!(Snapshot::read(&snapshot.write()).expect("it is a schema"), snapshot);
    snapshot.kind = Kind::DataSource;
    snapshot.version = 0;
    assert_eq!(Snapshot::read(&snapshot.write()).expect("it is a schema"), snapshot);
}

#[test]
fn a_type_that_is_taken_away_from_a_release_is_missed() {
    let all = of_provider(&TwilioProvider::default()).expect("schemas");
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "0.1.0", &all).expect("it can be written");
    std::fs::remove_file(folder.path().join(all[0].file())).expect("it is there");
    let said = read(folder.path()).expect_err("one is missing").to_string();
    assert!(said.contains(&format!("had {} types", all.len())), "{said}");
    // Nor is the number left out, nor a version to come.
    std::fs::write(folder.path().join("VERSION"), "0.1.0\n").expect("it can be written");
    assert!(read(folder.path()).is_err());
    for (version, other, is_known) in [
        ("0.1.0", "0.1.0", true),
        ("0.9.0", "0.10.0", true),
        ("9.9.9", "0.1.0", false),
        ("new", "0.1.0", false),
    ] {
        assert_eq!(is_no_newer(version, other), is_known, "{version} and {other}");
    }
}

#[test]
fn a_file_that_says_nothing_is_an_error() {
    for text in [
        "",
        "resource",
        "thing twilio_thing\n",
        "resource twilio_thing\na string\n",
        "resource twilio_thing\na: string\na: string\n",
    ] {
        assert!(Snapshot::read(text).is_err(), "{text:?}");
    }
}

/// Whoever has the last release can go on.
#[test]
fn what_was_released_is_kept() {
    run(&Arguments::check()).expect("nothing is broken");
}

fn function(parameters: Vec<Parameter>, variadic: Option<Parameter>, result: Type) -> Snapshot {
    let signature = FunctionSignature {
        parameters,
        variadic,
        result,
        summary: String::new(),
        description: String::new(),
    };
    of_function("count", &signature)
}

fn parameter(name: &str, ty: Type, allow_null: bool) -> Parameter {
    Parameter {
        name: name.to_owned(),
        ty,
        description: String::new(),
        allow_null,
        allow_unknown: false,
    }
}

#[test]
fn what_breaks_calls_of_functions_is_found() {
    let text = |name: &str| parameter(name, Type::String, false);
    let object = |names: &[&'static str]| Type::object(names.iter().map(|name| (*name, Type::Number)));
    let was = function(
        vec![text("a")],
        Some(parameter("rest", Type::Dynamic, true)),
        object(&["count"]),
    );
    let read = Snapshot::read(&was.write()).expect("it is read as it is written");
    assert_eq!(read, was);
    let rest = || Some(parameter("rest", Type::Dynamic, true));
    for (is, found) in [
        (
            function(vec![text("renamed")], rest(), object(&["count", "more"])),
            None,
        ),
        (
            function(vec![parameter("a", Type::String, true)], rest(), object(&["count"])),
            None,
        ),
        (
            function(vec![text("a"), text("b")], rest(), object(&["count"])),
            Some("argument 2 is new and required"),
        ),
        (function(vec![], rest(), object(&["count"])), Some("argument 1 is gone")),
        (
            function(vec![parameter("a", Type::Number, false)], rest(), object(&["count"])),
            Some("argument 1 was string and is number"),
        ),
        (
            function(vec![text("a")], None, object(&["count"])),
            Some("further arguments is gone"),
        ),
        (
            function(
                vec![text("a")],
                Some(parameter("rest", Type::Dynamic, false)),
                object(&["count"]),
            ),
            Some("further arguments could be null and can no longer be"),
        ),
        (
            function(vec![text("a")], rest(), object(&[])),
            Some("result.count is gone"),
        ),
        (
            function(vec![text("a")], rest(), Type::list(object(&["count"]))),
            Some("result was object and is list of objects"),
        ),
    ] {
        let expected: Vec<_> = found
            .into_iter()
            .map(|found| format!("function count: {found}"))
            .collect();
        assert_eq!(broken(std::slice::from_ref(&was), &[is]), expected);
    }
}
