use super::*;

/// A crate with all layers, and these files in place of theirs or beside them.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let standing = [
        (
            "lib.rs",
            "mod plugin; mod framework; mod twilio; mod engine; mod resources; mod provider;",
        ),
        ("plugin/mod.rs", "pub fn serve() {}"),
        ("framework/mod.rs", "pub mod value;"),
        ("framework/value.rs", "pub struct Value;"),
        ("twilio/mod.rs", "pub mod page;"),
        ("twilio/page.rs", "pub struct Page;"),
        (
            "engine/mod.rs",
            "pub mod facts; pub mod values; pub mod errors; pub mod operations;",
        ),
        ("engine/facts/mod.rs", "mod field; pub use field::Field;"),
        ("engine/facts/field.rs", "pub struct Field;"),
        ("engine/values/mod.rs", ""),
        ("engine/errors/mod.rs", ""),
        ("engine/operations/mod.rs", "pub mod read;"),
        ("engine/operations/read.rs", "pub fn read() {}"),
        ("resources/mod.rs", "pub mod voice;"),
        ("resources/voice/mod.rs", "pub const X: u8 = 1;"),
        ("provider/mod.rs", ""),
    ];
    let kept = standing
        .into_iter()
        .filter(|(file, _)| !files.iter().any(|(other, _)| other == file));
    let all: Vec<_> = kept
        .chain(files.iter().copied())
        .map(|(file, text)| (file.to_owned(), text.to_owned()))
        .collect();
    check(&all).expect("these are sources")
}

/// Findings in one file of a crate that has nothing to complain about otherwise.
fn in_file(file: &str, text: &str) -> Vec<String> {
    let found = findings(&[(file, text)]);
    assert!(
        found.iter().all(|finding| finding.starts_with(&format!("src/{file}:"))),
        "{found:?}"
    );
    found
}

#[test]
fn an_edge_to_a_layer_above_is_found() {
    assert_eq!(
        in_file("twilio/page.rs", "use crate::engine::facts::Field;"),
        ["src/twilio/page.rs:1: twilio must not use engine"]
    );
    assert_eq!(
        in_file("framework/value.rs", "const X: u8 = crate::resources::voice::X;").len(),
        1
    );
    assert_eq!(
        in_file("engine/values/mod.rs", "use crate::framework::value::Value;").len(),
        0
    );
    assert_eq!(
        in_file("engine/values/mod.rs", "use crate::{framework, resources};").len(),
        1
    );
    assert_eq!(
        in_file(
            "engine/values/mod.rs",
            "use crate::{\n    framework::value::Value,\n    resources,\n};"
        ),
        ["src/engine/values/mod.rs:3: engine must not use resources"]
    );
}

#[test]
fn an_edge_is_found_whatever_way_it_takes() {
    for text in [
        "use super::super::engine::facts;",
        "use crate as root; use root::engine::facts;",
        "use crate as root; fn f() { root::engine::operations::read::read(); }",
        "use super::super as up; fn f() { up::engine::operations::read::read(); }",
        "use super::super::{self as up}; use up::{engine as e}; type F = e::facts::Field;",
        "extern crate self as me; use me::resources::voice::X;",
        "use crate::*; fn f() -> u8 { resources::voice::X }",
        "use crate::r#engine::facts;",
        "mod inner { mod deeper { use super::super::super::super::provider; } }",
        "mod inner { pub use crate::provider as offered; } use inner::offered;",
        "fn f() { use crate as root; let _ = root::resources::voice::X; }",
        "fn f() -> Vec<u8> { vec![1, crate::resources::voice::X] }",
        "fn f() -> Vec<u8> { vec![super::super::resources::voice::X] }",
        "macro_rules! m { () => { $crate::resources::voice::X }; }",
        "macro_rules! m { () => { use crate::{framework::value, twilio}; }; }",
        "#[derive(crate::engine::Derived)] struct S;",
        "impl crate::engine::facts::Trait for S {} struct S;",
        "fn f(x: Option<Box<crate::engine::facts::Field>>) {}",
        "pub(in crate::twilio) use crate::engine::facts::Field as F;",
        "#[cfg(test)] mod tests { use super::*; use crate::resources; }",
        "async fn f() { if let Some(x) = g(|y: &crate::engine::facts::Field| y) {} }",
    ] {
        assert!(!in_file("twilio/page.rs", text).is_empty(), "{text}");
    }
    // What another module of the layer stands for is followed too.
    let through = [
        ("twilio/mod.rs", "pub mod page; pub use crate as everything;"),
        ("twilio/page.rs", "use super::everything::engine;"),
    ];
    assert!(
        findings(&through)
            .iter()
            .any(|finding| finding.starts_with("src/twilio/page.rs:"))
    );
    let starred = [
        ("twilio/mod.rs", "pub mod page; use crate::*;"),
        ("twilio/page.rs", "use super::*; fn f() -> u8 { resources::voice::X }"),
    ];
    assert!(
        findings(&starred)
            .iter()
            .any(|finding| finding.starts_with("src/twilio/page.rs:"))
    );
}

#[test]
fn what_only_looks_like_an_edge_is_none() {
    for text in [
        "// use crate::engine::facts;\nfn f() {}",
        "/* use crate::engine::facts; */ fn f() {}",
        "//! See [`crate::engine`].",
        "const X: &str = \"use crate::engine::facts;\";",
        "use std::collections as engine; type M = engine::HashMap<u8, u8>;",
        "mod engine { pub struct X; } type X = engine::X;",
        "fn f(provider: u8) -> u8 { provider }",
        "use ::engine::facts;",
        "fn f() { let x = self::g(); } fn g() {}",
    ] {
        assert_eq!(in_file("twilio/page.rs", text), [] as [String; 0], "{text}");
    }
}

#[test]
fn a_room_uses_only_the_rooms_before_it() {
    for (file, text, found) in [
        (
            "engine/facts/field.rs",
            "use crate::engine::values::x;",
            "engine::facts must not use engine::values",
        ),
        (
            "engine/facts/field.rs",
            "use super::super::operations::read;",
            "engine::facts must not use engine::operations",
        ),
        (
            "engine/values/mod.rs",
            "use crate::engine::{facts::Field, operations::read};",
            "engine::values must not use engine::operations",
        ),
        (
            "engine/errors/mod.rs",
            "use super as engine; fn f() { engine::operations::read::read() }",
            "engine::errors must not use engine::operations",
        ),
    ] {
        assert_eq!(in_file(file, text), [format!("src/{file}:1: {found}")]);
    }
    let down = "use super::super::facts::Field; use crate::engine::values; use super::read as other;";
    assert_eq!(in_file("engine/operations/read.rs", down), [] as [String; 0]);
}

#[test]
fn a_forbidden_word_in_code_is_found_and_in_a_comment_is_not() {
    let count = |text| in_file("framework/value.rs", text).len();
    assert_eq!(count("const NAME: &str = \"of Twilio, that\";"), 1);
    assert_eq!(count("fn twilio() {}"), 1);
    assert_eq!(count("// Twilio\nfn f() {}"), 0);
    assert_eq!(count("/// Twilio\nfn f() {}"), 0);
    assert_eq!(count("//! Twilio\n\nfn f() {}"), 0);
    assert_eq!(count("const NAME: &str = \"// Twilio\";"), 1);
    assert_eq!(count("const NAME: &str = \"http://Twilio\";"), 1);
    assert_eq!(count("fn f() { println!(\"{}\", \"Twilio\") }"), 1);
    // Longer names have it, too.
    assert_eq!(count("struct TwilioLike;"), 1);
    assert_eq!(count("fn f(t: &str) -> bool { t == \"twilio_phone_number\" }"), 1);
}

/// What stands outside the layers and rooms may use all of them, so that whoever used it would, too.
#[test]
fn a_way_round_outside_the_layers_is_found() {
    for (file, text) in [
        ("common/mod.rs", "pub fn f() {}"),
        ("common.rs", "pub fn f() {}"),
        ("engine/helpers.rs", "pub fn f() {}"),
        ("engine/helpers/mod.rs", "pub fn f() {}"),
        ("twilio/page.rs", "fn f() { crate::command_line::f() }"),
        ("twilio/page.rs", "fn f() { crate::f() }"),
        ("twilio/page.rs", "fn f() { crate::of_resources!() }"),
        ("engine/facts/field.rs", "fn f() { super::super::f() }"),
        ("resources/voice/mod.rs", "#[macro_export] macro_rules! m { () => {}; }"),
        ("resources/mod.rs", "#[macro_use] pub mod voice;"),
        ("twilio/page.rs", "include!(\"../resources/x.inc\");"),
    ] {
        assert_eq!(in_file(file, text).len(), 1, "{file}: {text}");
    }
    for (file, text) in [
        ("main.rs", "fn main() -> ExitCode { terraform_provider_twilio::run() }"),
        ("command_line.rs", "use crate::provider; use crate::plugin;"),
        ("engine/mod.rs", "pub mod facts; use facts::Field;"),
        ("twilio/page.rs", "const X: &str = include_str!(\"page.txt\");"),
        ("plugin/mod.rs", "tonic::include_proto!(\"plugin\");"),
    ] {
        assert_eq!(in_file(file, text), [] as [String; 0], "{file}: {text}");
    }
}

#[test]
fn a_module_in_the_file_of_another_name_is_found() {
    let text = "#[path = \"../engine/x.rs\"]\nmod x;";
    assert_eq!(in_file("twilio/page.rs", text).len(), 1);
}

#[test]
fn a_source_that_cannot_be_read_is_an_error() {
    assert!(check(&[("twilio/mod.rs".to_owned(), "fn f( {".to_owned())]).is_err());
}

#[test]
fn a_file_that_is_named_and_not_there_is_found() {
    let text = "See `src/engine/facts/mod.rs`, `src/engine/moved.rs`, `text/html` and `fuzz/artifacts/`.";
    assert_eq!(
        named_and_missing(&root(), &root(), text).expect("the pattern is valid"),
        ["src/engine/moved.rs"]
    );
}

#[test]
fn the_projects_own_sources_are_tidy() {
    run().expect("the layers are kept");
}
