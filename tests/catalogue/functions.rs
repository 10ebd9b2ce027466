//! Functions: each has its file, its example and its page, and says what it takes and returns.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value as Json;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::functions::explain_error::OF_PRODUCTS;
use terraform_provider_twilio::functions::sid_type::TYPES;
use terraform_provider_twilio::functions::table::{Function, Parameter, Part, Shape, wrong};
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, FUNCTIONS, RESOURCES};

use crate::files::{WRITE_PAGES, differences, names_in, root};
use crate::texts::{TWILIOS_PAGES, is_prose};
use crate::walk::{Complaint, settle};

/// Files of `src/functions` that are no function.
const OTHER_FILES: [&str; 3] = ["mod", "phone", "table"];

#[test]
fn every_function_has_a_file_an_example_and_a_page_and_no_other_does() {
    let names: BTreeSet<_> = FUNCTIONS.iter().map(|table| table.name.to_owned()).collect();
    let mut files = names_in("src/functions");
    files.retain(|file| !OTHER_FILES.contains(&file.as_str()));
    assert_eq!(files, names);
    settle(differences("examples/functions", &names, "each has an example"), &[]);
    settle(differences("docs/functions", &names, WRITE_PAGES), &[]);
}

#[test]
fn examples_call_what_they_are_named_after() {
    for table in FUNCTIONS {
        let file = format!("examples/functions/{}/function.tf", table.name);
        let text = fs::read_to_string(root().join(&file)).expect("an example");
        assert!(text.contains(&format!("provider::twilio::{}(", table.name)), "{file}");
    }
}

#[test]
fn every_function_says_what_it_takes_and_returns() {
    settle(FUNCTIONS.iter().flat_map(unsaid).collect(), &[]);
}

/// What a table does not say, or not in sentences.
fn unsaid(table: &Function) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut complain = |name: &str, wrong: bool, what: &str| {
        if wrong {
            complaints.push(Complaint::new(table.name, name, what));
        }
    };
    let prose = table.quirks.iter().chain([&table.doc, &table.returns]);
    for text in prose {
        complain("doc", !is_prose(text), "is not made of sentences");
    }
    complain(
        "api_page",
        !table.api_page.starts_with(TWILIOS_PAGES),
        "is no page of Twilio's documentation",
    );
    complain("since", table.since.split('.').count() != 3, "is no version");
    let mut names = BTreeSet::new();
    for Parameter { name, doc, .. } in table.parameters.iter().chain(&table.variadic) {
        complain(name, !is_prose(doc), "is not documented in sentences");
        complain(name, !names.insert(*name), "stands twice");
    }
    for part in table.result.parts() {
        complain(part.name, !is_prose(part.doc), "is not documented in sentences");
    }
    complaints
}

#[test]
fn a_table_that_keeps_its_facts_to_itself_is_complained_of() {
    const PARAMETER: Parameter = Parameter::new("text", Shape::Text, "the text");
    const SILENT: Function = Function {
        name: "silent",
        since: "1",
        doc: "Nothing",
        quirks: &["  "],
        api_page: "https://example.com",
        parameters: &[PARAMETER],
        variadic: Some(PARAMETER),
        result: Shape::List(&Shape::Object(&[Part {
            name: "part",
            shape: Shape::Number,
            doc: "",
        }])),
        returns: "What it is.",
        call: |_: &[Value]| Err(wrong(0, "No.")),
    };
    assert_eq!(unsaid(&SILENT).len(), 8);
}

/// The list stands in `src/functions`, which knows the products and not what is offered of them: `cargo xtask new` names the codes of
/// a product there that has its first.
#[test]
fn every_product_that_names_codes_is_asked_by_explain_error() {
    let resources = RESOURCES.iter().flat_map(|table| table.object.codes);
    let data_sources = DATA_SOURCES.iter().flat_map(|table| table.codes);
    let mut compared = 0;
    for codes in resources.chain(data_sources) {
        compared += 1;
        let first = codes.first().map(|known| known.code);
        assert!(
            OF_PRODUCTS.iter().any(|listed| std::ptr::eq(*listed, *codes)),
            "codes from {first:?} on are missing in OF_PRODUCTS of src/functions/explain_error"
        );
    }
    assert!(compared > 10, "only {compared} lists were compared");
}

/// The contract marks which letters the SID of an object has.
#[test]
fn sid_type_knows_the_letters_of_every_object_that_can_be_fetched() {
    let mut missing = BTreeSet::new();
    let mut looked_at = 0;
    for file in fs::read_dir(root().join("simulator/contract"))
        .expect("the contract")
        .flatten()
    {
        let text = fs::read_to_string(file.path()).unwrap_or_default();
        let Ok(contract) = serde_json::from_str::<Json>(&text) else {
            continue;
        };
        let operations = contract["operations"].as_array().into_iter().flatten();
        for operation in operations.filter(|operation| operation["kind"] == "read") {
            let path = operation["path"].as_str().unwrap_or_default();
            let last = path.rsplit('/').next().unwrap_or_default();
            let parameters = operation["params"].as_array().into_iter().flatten();
            let own = parameters.filter(|one| last.contains(&format!("{{{}}}", one["name"].as_str().unwrap_or("?"))));
            for letters in own.flat_map(|one| one["sid"].as_array().into_iter().flatten()) {
                let letters = letters.as_str().unwrap_or_default();
                looked_at += 1;
                if !TYPES.iter().any(|(known, _)| *known == letters) {
                    missing.insert(format!("{letters} ({path})"));
                }
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} were found");
    assert!(missing.is_empty(), "sid_type has no word for {missing:?}");
}
