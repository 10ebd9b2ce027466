//! Bytes captured from a real Terraform, and properties over random values.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;
use crate::framework::number::Number;
use crate::framework::types::Type;
use crate::framework::value::{Refinements, Value};

/// Type constraint, msgpack and state JSON of the same value, as Terraform 1.11.4 wrote them.
const VECTORS: &str = include_str!("vectors.tsv");

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal"))
        .collect()
}

#[test]
fn every_captured_value_decodes_and_encodes_to_the_same_bytes() {
    let mut checked = 0;
    for line in VECTORS.lines().skip(1) {
        let columns: Vec<_> = line.split('\t').collect();
        let [ty, msgpack, state] = columns[..] else {
            panic!("{line:?}")
        };
        let ty = type_from_json(ty.as_bytes()).expect("a type");
        let value = decode_msgpack(&bytes(msgpack), &ty).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(
            encode_msgpack(&value, &ty).expect("it conforms"),
            bytes(msgpack),
            "{line}"
        );
        match serde_json::from_str::<Json>(state) {
            Ok(json) => {
                assert_eq!(decode_json(&json, &ty).expect("it conforms"), value, "{line}");
                assert_eq!(
                    decode_json(&encode_json(&value, &ty).expect("it is known"), &ty),
                    Ok(value),
                    "{line}"
                );
            }
            Err(_) => assert!(!value.is_wholly_known(), "{line}"),
        }
        checked += 1;
    }
    assert_eq!(checked, 50);
}

#[test]
fn numbers_beyond_64_bits_keep_every_digit() {
    for text in [
        "9223372036854775808",
        "-9223372036854775809",
        "1000000000000000000000000000000",
        "0.1",
        "123456789.123456789",
        "0.00000000000000000086736173798840354720596224069595336914062500001",
        "0.000000000000000000867361737988403547205962240695953369140625",
        &format!("0.{}5", "3".repeat(154)),
    ] {
        let value = Value::Number(text.parse().expect("a number"));
        let decoded = decode_msgpack(&encode_msgpack(&value, &Type::Number).expect("a number"), &Type::Number);
        assert_eq!(
            decoded
                .expect("a number")
                .as_number()
                .map(ToString::to_string)
                .as_deref(),
            Some(text)
        );
    }
}

#[test]
fn any_legal_form_of_a_number_is_read() {
    for hex in [
        "07",
        "cc07",
        "cd0007",
        "ce00000007",
        "cf0000000000000007",
        "d007",
        "d10007",
        "d200000007",
        "d30000000000000007",
        "ca40e00000",
        "cb401c000000000000",
        "a137",
        "a3372e30",
    ] {
        assert_eq!(decode_msgpack(&bytes(hex), &Type::Number), Ok(Value::int(7)), "{hex}");
    }
    assert!(
        decode_msgpack(&bytes("cb7ff0000000000000"), &Type::Number).is_err(),
        "infinity"
    );
}

fn unknown(promised: Refinements) -> Value {
    Value::Unknown(Some(Box::new(promised)))
}

/// What is still promised after a trip through msgpack.
fn promised(value: &Value, ty: &Type) -> Option<Refinements> {
    let encoded = encode_msgpack(value, ty).expect("unknown is of every type");
    match decode_msgpack(&encoded, ty) {
        Ok(Value::Unknown(promised)) => promised.map(|promised| *promised),
        other => panic!("{other:?} is not unknown"),
    }
}

#[test]
fn promises_about_unknown_values_survive_where_they_make_sense() {
    let null = Some(false);
    let text = Refinements {
        null,
        string_prefix: Some("SM-".to_owned()),
        ..Refinements::default()
    };
    let number = Refinements {
        null,
        number_min: Some((Number::from(3_i64), true)),
        number_max: Some(("0.1".parse().expect("a number"), false)),
        ..Refinements::default()
    };
    let list = Refinements {
        null,
        length_min: Some(1),
        length_max: Some(9),
        ..Refinements::default()
    };
    let all = unknown(Refinements {
        string_prefix: text.string_prefix.clone(),
        number_min: number.number_min.clone(),
        number_max: number.number_max.clone(),
        ..list.clone()
    });
    assert_eq!(promised(&all, &Type::String), Some(text));
    assert_eq!(promised(&all, &Type::Number), Some(number));
    assert_eq!(promised(&all, &Type::list(Type::Bool)), Some(list));
    let only_null = Refinements {
        null,
        ..Refinements::default()
    };
    assert_eq!(promised(&all, &Type::Bool), Some(only_null));
    assert_eq!(promised(&all, &Type::Dynamic), None);
}

#[test]
fn no_promises_are_the_plain_unknown() {
    let plain = Ok(bytes("d40000"));
    assert_eq!(encode_msgpack(&Value::UNKNOWN, &Type::String), plain);
    assert_eq!(encode_msgpack(&unknown(Refinements::default()), &Type::String), plain);
    let prefix_of_a_number = unknown(Refinements {
        string_prefix: Some("x".to_owned()),
        ..Refinements::default()
    });
    assert_eq!(encode_msgpack(&prefix_of_a_number, &Type::Number), plain);
}

#[test]
fn promises_fit_what_terraform_reads() {
    let digits: Number = "7".repeat(4000).parse().expect("a number");
    let long = unknown(Refinements {
        null: Some(false),
        string_prefix: Some(format!("{}{}", "x".repeat(255), "\u{e9}".repeat(300))),
        number_min: Some((digits.clone(), true)),
        number_max: Some((digits, true)),
        length_max: Some(u64::MAX),
        length_min: None,
    });
    let prefix = promised(&long, &Type::String).and_then(|promised| promised.string_prefix);
    assert_eq!(
        prefix,
        Some("x".repeat(255)),
        "cut before the character that would be split"
    );
    for ty in [Type::Number, Type::set(Type::Bool)] {
        assert_eq!(
            promised(&long, &ty),
            Some(Refinements {
                null: Some(false),
                ..Refinements::default()
            })
        );
    }
    let certain = unknown(Refinements {
        null: Some(true),
        string_prefix: Some("x".to_owned()),
        ..Refinements::default()
    });
    assert_eq!(encode_msgpack(&certain, &Type::String), Ok(bytes("c7030c8101c3")));
}

#[test]
fn any_extension_is_unknown() {
    for hex in [
        "d40000",
        "d50c81ff",
        "c7000c",
        "d66301020304",
        "c7020c8101",
        "c7030c8163c2",
        "c8000163ff",
    ] {
        assert_eq!(decode_msgpack(&bytes(hex), &Type::Bool), Ok(Value::UNKNOWN), "{hex}");
    }
    let Ok(Value::Unknown(Some(promised))) = decode_msgpack(&bytes("c7060c8201c263c2c3"), &Type::Bool) else {
        panic!("the promise before the one of a later version is lost")
    };
    assert_eq!(promised.null, Some(false));
}

#[test]
fn promises_inside_promises_end() {
    // Each level is an extension whose only promise is the next level.
    let mut nested = bytes("c0");
    for _ in 0..20_000 {
        let mut outer = vec![0xc9];
        outer.extend(u32::try_from(nested.len() + 2).expect("short").to_be_bytes());
        outer.extend([12, 0x81, 0x01]);
        outer.extend(nested);
        nested = outer;
    }
    assert_eq!(decode_msgpack(&nested, &Type::Bool), Ok(Value::UNKNOWN));
}

#[test]
fn errors_name_the_place() {
    let member = Type::object([("b", Type::map(Type::Bool))]);
    let ty = Type::object([("a", Type::list(member.clone())), ("s", Type::set(member))]);
    let value = |list: Vec<Value>, set: Vec<Value>| Value::object([("a", Value::List(list)), ("s", Value::Set(set))]);
    let member = |inner: Value| Value::object([("b", Value::Map(BTreeMap::from([("k".to_owned(), inner)])))]);

    let in_list = value(vec![Value::Null, member(Value::int(3))], vec![]);
    let in_set = value(vec![], vec![member(Value::int(3))]);
    for (value, message) in [
        (in_list, r#"a[1].b["k"]: a bool is required, but this is a number"#),
        (in_set, "s: a bool is required, but this is a number"),
        (
            Value::object([("a", Value::from("x"))]),
            "a: a list is required, but this is a string",
        ),
        (Value::object([("z", Value::Null)]), r#"there is no attribute "z""#),
        (
            Value::object([("a", Value::from("x")), ("z", Value::Null)]),
            r#"there is no attribute "z""#,
        ),
    ] {
        for error in [
            encode_msgpack(&value, &ty).map(drop).expect_err("wrong"),
            encode_json(&value, &ty).map(drop).expect_err("wrong"),
            conform(&value, &ty).expect_err("wrong"),
        ] {
            assert_eq!(error.to_string(), message);
        }
    }
    for (hex, message) in [
        (
            "82a16192c081a16281a16b03a17390",
            r#"a[1].b["k"]: a bool is required, but this is a number"#,
        ),
        (
            "82a16190a1739181a16281a16b03",
            "s: a bool is required, but this is a number",
        ),
        (
            "82a16192c081a16282a16bc2a16bc2a17390",
            r#"a[1].b["k"]: the key is there twice"#,
        ),
        ("82a16190a16190", "a: the attribute is there twice"),
        ("81a16190", r#"the attribute "s" is missing"#),
        ("81a17ac0", r#"there is no attribute "z""#),
        ("80", r#"the attribute "a" is missing"#),
        ("8101c0", "a key must be a text"),
        ("82a16190", "the bytes are cut short"),
        ("c0c0", "there are bytes behind the value"),
        ("c1", "the bytes are no msgpack"),
    ] {
        let error = decode_msgpack(&bytes(hex), &ty).expect_err(hex);
        assert_eq!(error.to_string(), message, "{hex}");
    }
    let json: Json = serde_json::from_str(r#"{"a":[null,{"b":{"k":"secret"}}]}"#).expect("JSON");
    assert_eq!(
        decode_json(&json, &ty).expect_err("no bool").to_string(),
        r#"a[1].b["k"]: a bool is required, but this is a string"#
    );
}

#[test]
fn values_of_another_kind_are_never_made_to_fit() {
    let one = || vec![Value::from("x")];
    let field = || BTreeMap::from([("k".to_owned(), Value::from("x"))]);
    for (value, ty) in [
        (Value::List(one()), Type::set(Type::String)),
        (Value::Set(one()), Type::list(Type::String)),
        (Value::Tuple(one()), Type::list(Type::String)),
        (Value::List(one()), Type::Tuple(vec![Type::String])),
        (Value::Tuple(one()), Type::Tuple(vec![])),
        (Value::Map(field()), Type::object([("k", Type::String)])),
        (Value::Object(field()), Type::map(Type::String)),
        (Value::from("7"), Type::Number),
        (Value::int(7), Type::String),
        (Value::from("true"), Type::Bool),
        (Value::from("x"), Type::Dynamic),
        (Value::dynamic(Type::String, Value::from("x")), Type::String),
        (Value::dynamic(Type::Number, Value::from("x")), Type::Dynamic),
    ] {
        assert!(encode_msgpack(&value, &ty).is_err(), "{value:?} as {ty:?}");
        assert!(conform(&value, &ty).is_err(), "{value:?} as {ty:?}");
    }
    for (hex, ty) in [
        ("a137", Type::Bool),
        ("07", Type::String),
        ("07", Type::Bool),
        ("c3", Type::Number),
        ("80", Type::list(Type::Bool)),
        ("90", Type::map(Type::Bool)),
        ("91c3", Type::Tuple(vec![])),
        ("a178", Type::Dynamic),
        ("91c3", Type::Dynamic),
        ("92c3c3", Type::Dynamic),
        ("92a178c3", Type::Dynamic),
        ("a178", Type::Number),
        ("a131", Type::Bool),
        ("a2c328", Type::String),
    ] {
        assert!(decode_msgpack(&bytes(hex), &ty).is_err(), "{hex} as {ty:?}");
    }
}

#[test]
fn an_attribute_that_an_object_lacks_is_written_as_null() {
    let ty = Type::object([("a", Type::String), ("b", Type::Bool)]);
    let value = Value::object([("b", Value::Bool(true))]);
    assert_eq!(encode_msgpack(&value, &ty), Ok(bytes("82a161c0a162c3")));
    assert_eq!(conform(&value, &ty), Ok(()));
}

#[test]
fn texts_and_types_come_in_any_form() {
    for hex in [
        "a178",
        "d90178",
        "da000178",
        "db0000000178",
        "c40178",
        "c5000178",
        "c60000000178",
    ] {
        assert_eq!(decode_msgpack(&bytes(hex), &Type::String), Ok("x".into()), "{hex}");
    }
    for hex in [
        "92c406\"bool\"c3",
        "92a6\"bool\"c3",
        "dc0002d906\"bool\"c3",
        "dd00000002c50006\"bool\"c3",
    ] {
        let hex = hex.replace("\"bool\"", "22626f6f6c22");
        assert_eq!(
            decode_msgpack(&bytes(&hex), &Type::Dynamic),
            Ok(Value::dynamic(Type::Bool, Value::Bool(true))),
            "{hex}"
        );
    }
    for hex in ["81a16bc3", "de0001a16bc3", "df00000001d9016bc3"] {
        assert_eq!(
            decode_msgpack(&bytes(hex), &Type::map(Type::Bool)),
            Ok(Value::Map(BTreeMap::from([("k".to_owned(), Value::Bool(true))]))),
            "{hex}"
        );
    }
}

#[test]
fn null_and_unknown_are_plain_in_a_dynamic_value() {
    for (inner, hex) in [(Value::Null, "c0"), (Value::UNKNOWN, "d40000")] {
        assert_eq!(
            encode_msgpack(&Value::dynamic(Type::String, inner.clone()), &Type::Dynamic),
            Ok(bytes(hex))
        );
        let by_hand = Value::Dynamic(Box::new((Type::String, inner.clone())));
        assert_eq!(encode_msgpack(&by_hand, &Type::Dynamic), Ok(bytes(hex)));
        let typed = format!("92c40822737472696e6722{hex}");
        assert_eq!(decode_msgpack(&bytes(&typed), &Type::Dynamic), Ok(inner));
    }
    let inner = Value::dynamic(Type::Bool, Value::Bool(true));
    let twice = Value::Dynamic(Box::new((Type::Dynamic, inner.clone())));
    assert_eq!(
        encode_msgpack(&twice, &Type::Dynamic),
        encode_msgpack(&inner, &Type::Dynamic)
    );
}

#[test]
fn lengths_and_depths_that_are_lies_cost_nothing() {
    for hex in ["ddffffffff", "dfffffffff", "dbffffffff", "c9ffffffff00"] {
        for ty in [
            Type::list(Type::Bool),
            Type::map(Type::Bool),
            Type::String,
            Type::Dynamic,
        ] {
            assert!(decode_msgpack(&bytes(hex), &ty).is_err(), "{hex}");
        }
    }
    let deep: Vec<u8> = std::iter::repeat_n(b"[\"list\",".as_slice(), 10_000)
        .flatten()
        .copied()
        .collect();
    assert!(type_from_json(&deep).is_err());

    // Dynamic in dynamic in dynamic: the bytes decide how deep it goes.
    let deep = bytes("92ab2264796e616d696322").repeat(100_000);
    assert!(decode_msgpack(&deep, &Type::Dynamic).is_err());
    let mut ty = Type::Bool;
    let mut value = Value::Bool(true);
    for _ in 0..2 * MAX_DEPTH {
        ty = Type::list(ty);
        value = Value::List(vec![value]);
    }
    assert!(decode_msgpack(&[0x91; 1000], &ty).is_err());
    assert!(encode_msgpack(&value, &ty).is_err());
    assert!(encode_json(&value, &ty).is_err());
    assert!(decode_json(&(0..2 * MAX_DEPTH).fold(Json::Null, |inner, _| vec![inner].into()), &ty).is_err());
}

#[test]
fn types_nest_as_deep_as_any_schema_needs() {
    let ty = (0..40).fold(Type::String, |ty, _| Type::object([("a", ty)]));
    assert_eq!(type_from_json(&type_to_json(&ty)), Ok(ty));
}

#[test]
fn a_type_constraint_that_is_none_is_refused() {
    for text in [
        "",
        "\"text\"",
        "[]",
        "[\"list\"]",
        "[\"list\",\"string\",1]",
        "[\"object\",[]]",
        "{}",
        "[\"tuple\",{}]",
        "7",
        "\"string\"x",
        "[\"list\",\"text\"]",
        "[\"string\",\"string\"]",
        "[\"object\",{\"a\":1}]",
        "[\"object\",{\"a\":\"string\"},[\"b\"]]",
        "[\"object\",{},{}]",
        "\u{feff}\"string\"",
    ] {
        assert!(type_from_json(text.as_bytes()).is_err(), "{text}");
    }
    assert_eq!(
        type_to_json(&Type::object([("b", Type::Bool), ("a", Type::Tuple(vec![]))])),
        br#"["object",{"a":["tuple",[]],"b":"bool"}]"#
    );
    assert_eq!(
        type_from_json(br#"["object",{"a":"string"},["a"]]"#),
        Ok(Type::object([("a", Type::String)])),
        "optional attributes"
    );
}

#[test]
fn an_absent_message_is_null_and_json_is_read_when_there_is_no_msgpack() {
    let message = |msgpack: &[u8], json: &[u8]| crate::framework::proto::DynamicValue {
        msgpack: msgpack.to_vec(),
        json: json.to_vec(),
    };
    assert_eq!(from_proto(None, &Type::String), Ok(Value::Null));
    assert_eq!(from_proto(Some(&message(b"", b"")), &Type::String), Ok(Value::Null));
    assert_eq!(from_proto(Some(&message(b"", b"\"x\"")), &Type::String), Ok("x".into()));
    assert_eq!(
        from_proto(Some(&message(b"\xa1y", b"\"x\"")), &Type::String),
        Ok("y".into())
    );
}

#[test]
fn stored_objects_of_another_schema_lose_what_is_unknown_and_gain_nulls() {
    let ty = Type::object([("kept", Type::Number), ("added", Type::String)]);
    let stored =
        serde_json::from_str("{\n \"kept\": 12345678901234567890123, \"gone\": {\"x\": [1]}\n}").expect("JSON");
    let value = decode_json(&stored, &ty).expect("it conforms");
    assert_eq!(
        value.attr("kept").as_number().map(ToString::to_string).as_deref(),
        Some("12345678901234567890123")
    );
    assert!(value.attr("added").is_null());
}

/// A type with a value of it.
fn typed_value() -> impl Strategy<Value = (Type, Value)> {
    let leaf = prop_oneof![
        any::<String>().prop_map(|text| (Type::String, Value::String(text))),
        any::<i64>().prop_map(|number| (Type::Number, Value::int(number))),
        (any::<i64>(), 0_u8..30).prop_map(|(digits, scale)| {
            (
                Type::Number,
                Value::Number(format!("{digits}e-{scale}").parse().expect("a number")),
            )
        }),
        any::<bool>().prop_map(|truth| (Type::Bool, Value::Bool(truth))),
        Just((Type::String, Value::Null)),
        Just((Type::Number, Value::UNKNOWN)),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::btree_map("[a-z]{1,4}", inner.clone(), 0..4).prop_map(|fields| {
                let ty = Type::object(fields.iter().map(|(name, (ty, _))| (name.clone(), ty.clone())));
                (
                    ty,
                    Value::Object(fields.into_iter().map(|(name, (_, value))| (name, value)).collect()),
                )
            }),
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| {
                let (types, values) = items.into_iter().unzip();
                (Type::Tuple(types), Value::Tuple(values))
            }),
            (inner.clone(), 0_usize..3)
                .prop_map(|((ty, value), count)| { (Type::list(ty), Value::List(vec![value; count])) }),
            inner
                .clone()
                .prop_map(|(ty, value)| (Type::set(ty), Value::Set(vec![value]))),
            (inner.clone(), "[a-z]{1,4}")
                .prop_map(|((ty, value), key)| { (Type::map(ty), Value::Map(BTreeMap::from([(key, value)]))) }),
            inner.prop_map(|(ty, value)| {
                let wrap = value.is_known() && ty != Type::Dynamic;
                (
                    Type::Dynamic,
                    if wrap {
                        Value::Dynamic(Box::new((ty, value)))
                    } else {
                        Value::Null
                    },
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_encoded_decodes_to_the_same((ty, value) in typed_value()) {
        let encoded = encode_msgpack(&value, &ty).expect("it conforms");
        prop_assert_eq!(decode_msgpack(&encoded, &ty).expect("it was just encoded"), value);
        prop_assert_eq!(type_from_json(&type_to_json(&ty)), Ok(ty));
    }

    #[test]
    fn what_is_stored_reads_as_the_same((ty, value) in typed_value()) {
        if value.is_wholly_known() {
            prop_assert_eq!(decode_json(&encode_json(&value, &ty).expect("it is known"), &ty), Ok(value));
        }
    }

    #[test]
    fn what_conforms_is_what_can_be_written((ty, value) in typed_value(), (other, _) in typed_value()) {
        prop_assert_eq!(conform(&value, &ty), Ok(()));
        prop_assert_eq!(conform(&value, &other), encode_msgpack(&value, &other).map(drop));
    }

    #[test]
    fn no_bytes_panic((ty, _) in typed_value(), bytes in prop::collection::vec(any::<u8>(), 0..256)) {
        let _ = decode_msgpack(&bytes, &ty);
        let _ = decode_msgpack(&bytes, &Type::Dynamic);
        let _ = type_from_json(&bytes);
    }

    /// Random bytes rarely come far; a value with one wrong byte does.
    #[test]
    fn no_damaged_value_panics(
        (ty, value) in typed_value(), at in any::<prop::sample::Index>(), byte: u8, keep in any::<prop::sample::Index>()
    ) {
        let mut encoded = encode_msgpack(&value, &ty).expect("it conforms");
        let _ = decode_msgpack(&encoded[..keep.index(encoded.len())], &ty);
        let at = at.index(encoded.len());
        encoded[at] = byte;
        // What is read can be written, and is the same again.
        if let Ok(read) = decode_msgpack(&encoded, &ty) {
            let again = encode_msgpack(&read, &ty).expect("it was read as this type");
            prop_assert_eq!(decode_msgpack(&again, &ty), Ok(read));
        }
    }

    #[test]
    fn no_promises_panic(payload in prop::collection::vec(prop_oneof![0_u8..8, any::<u8>()], 0..64)) {
        let mut bytes = vec![0xc7, u8::try_from(payload.len()).expect("short"), 12];
        bytes.extend(payload);
        prop_assert!(decode_msgpack(&bytes, &Type::String).is_ok_and(|value| value.is_unknown()));
    }

    #[test]
    fn no_json_panics((ty, _) in typed_value(), (other, value) in typed_value(), text in any::<String>()) {
        if let Ok(json) = encode_json(&value, &other) {
            let _ = decode_json(&json, &ty);
            let _ = decode_json(&json, &Type::Dynamic);
        }
        if let Ok(json) = serde_json::from_str(&text) {
            let _ = decode_json(&json, &ty);
        }
    }
}
