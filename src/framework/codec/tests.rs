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
                    decode_json(&encode_json(&value).expect("it is known"), &ty),
                    Ok(value),
                    "{line}"
                );
            }
            Err(_) => assert!(!value.is_wholly_known(), "{line}"),
        }
        checked += 1;
    }
    assert!(checked > 40, "only {checked} vectors");
}

#[test]
fn numbers_beyond_64_bits_keep_every_digit() {
    for text in [
        "9223372036854775808",
        "-9223372036854775809",
        "1000000000000000000000000000000",
        "0.1",
        "123456789.123456789",
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

#[test]
fn promises_about_unknown_values_survive() {
    let refined = Value::Unknown(Some(Box::new(Refinements {
        null: Some(false),
        string_prefix: Some("SM-".to_owned()),
        number_min: Some((Number::from(3_i64), true)),
        length_max: Some(9),
        ..Refinements::default()
    })));
    let encoded = encode_msgpack(&refined, &Type::String).expect("unknown fits any type");
    let Ok(Value::Unknown(decoded)) = decode_msgpack(&encoded, &Type::String) else {
        panic!("not unknown")
    };
    let Value::Unknown(expected) = refined else {
        unreachable!()
    };
    assert_eq!(decoded, expected);
    assert_eq!(
        encode_msgpack(&Value::Unknown(Some(Box::default())), &Type::String),
        Ok(vec![0xd4, 0, 0])
    );
    // Any other extension, and a payload of a later version, are plain unknowns.
    for hex in ["d40000", "d50c81ff", "c7000c", "d6630102030405"] {
        let hex = if hex == "d6630102030405" { "d66301020304" } else { hex };
        assert_eq!(decode_msgpack(&bytes(hex), &Type::Bool), Ok(Value::UNKNOWN), "{hex}");
    }
}

#[test]
fn errors_name_the_place() {
    let ty = Type::object([("a", Type::list(Type::object([("b", Type::Bool)])))]);
    let error = decode_msgpack(
        &bytes("81a16191")
            .into_iter()
            .chain(bytes("81a162a178"))
            .collect::<Vec<_>>(),
        &ty,
    );
    assert_eq!(
        error.expect_err("a text is no bool").to_string(),
        "a[0].b: a bool is required"
    );
    let error = encode_msgpack(&Value::object([("a", Value::from("x"))]), &ty).expect_err("a text is no list");
    assert!(error.to_string().starts_with("a: a string is not of type"), "{error}");
    assert!(
        encode_msgpack(&Value::object([("z", Value::Null)]), &ty).is_err(),
        "an attribute too many"
    );
    assert!(decode_msgpack(&bytes("80"), &ty).is_err(), "an attribute too few");
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
    ] {
        assert!(type_from_json(text.as_bytes()).is_err(), "{text}");
    }
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
            prop_assert_eq!(decode_json(&encode_json(&value).expect("it is known"), &ty), Ok(value));
        }
    }

    #[test]
    fn no_bytes_panic((ty, _) in typed_value(), bytes in prop::collection::vec(any::<u8>(), 0..256)) {
        let _ = decode_msgpack(&bytes, &ty);
        let _ = type_from_json(&bytes);
    }
}
