use super::facts::{Fact, read};
use super::source::Source;

fn facts(text: &str) -> Vec<Fact> {
    read(&[("facts/some.rs".to_owned(), text.to_owned())]).expect("Rust")
}

#[track_caller]
fn check(text: &str, expected: &[(&str, &[&str])]) {
    let found = facts(text);
    let found: Vec<(String, Vec<String>)> = found
        .into_iter()
        .map(|fact| {
            let named = fact.sources.iter().map(|source| match source {
                Source::Page(page) => page.rsplit('/').next().unwrap_or(page).to_owned(),
                Source::Word(word) => (*word).to_owned(),
            });
            (fact.place.1, named.collect())
        })
        .collect();
    let expected: Vec<(String, Vec<String>)> = expected
        .iter()
        .map(|(template, sources)| {
            (
                (*template).to_owned(),
                sources.iter().map(|one| (*one).to_owned()).collect(),
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_line_has_the_source_above_it_or_in_it() {
    check(
        r#"
const LINES: &[(At, &str)] = &[
    // https://www.twilio.com/docs/above
    (("a.twilio.com", "/v1/A"), "x"),
    (
        // https://www.twilio.com/docs/inside
        ("a.twilio.com", "/v1/B"),
        "x",
    ),
    (("a.twilio.com", "/v1/C"), "x"), // https://www.twilio.com/docs/behind
    // Only an explanation.
    (("a.twilio.com", "/v1/D"), "x"),
];
"#,
        &[
            ("/v1/A", &["above"]),
            ("/v1/B", &["inside"]),
            ("/v1/C", &["behind"]),
            ("/v1/D", &[]),
        ],
    );
}

#[test]
fn a_source_holds_for_what_is_related_and_for_nothing_else() {
    check(
        r#"
/// <https://www.twilio.com/docs/list>
const LINES: &[(At, &str)] = &[
    (("a.twilio.com", "/v1/A"), "x"),
    (("a.twilio.com", "/v1/A/{Sid}/B"), "x"),
    (("b.twilio.com", "/v2/A"), "x"),
    (("a.twilio.com", "/v1/C"), "x"),
    // https://www.twilio.com/docs/own
    (("a.twilio.com", "/v1/D"), "x"),
    (("a.twilio.com", "/v1/E"), "x"),
];
"#,
        &[
            ("/v1/A", &["list"]),
            ("/v1/A/{Sid}/B", &["list"]),
            ("/v2/A", &["list"]),
            ("/v1/C", &[]),
            ("/v1/D", &["own"]),
            ("/v1/E", &[]),
        ],
    );
}

#[test]
fn each_line_is_meant_where_the_list_says_so() {
    check(
        r#"
/// Nobody knows: each line is a row of `OPEN-QUESTIONS.md`.
const LINES: &[(At, &str)] = &[(("a.twilio.com", "/v1/A"), "x"), (("b.twilio.com", "/v1/B"), "x")];
"#,
        &[("/v1/A", &["open question"]), ("/v1/B", &["open question"])],
    );
}

#[test]
fn constants_and_functions_bring_their_own_sources() {
    check(
        r#"
const HOST: &str = "a.twilio.com";
/// <https://www.twilio.com/docs/place>
const PLACE: At = (HOST, "/v1/A");
/// <https://www.twilio.com/docs/refusal>
const REFUSAL: Refusal = Refusal::new(400, 1, "x");
const fn below(template: &'static str) -> At {
    (HOST, template)
}
/// <https://www.twilio.com/docs/function>
const fn line(host: &'static str, template: &'static str) -> Line {
    Line { at: (host, template), itself: false }
}
const LINES: &[Line] = &[
    Line { at: PLACE, itself: true },
    (below("/v1/B"), REFUSAL),
    line("b.twilio.com", "/v1/C"),
    (below("/v1/D"), "x"),
];
"#,
        &[
            ("/v1/A", &["place"]),
            ("/v1/B", &["refusal"]),
            ("/v1/C", &["function"]),
            ("/v1/D", &[]),
        ],
    );
}

/// It would not be read, and so need no source.
#[test]
fn a_list_that_is_no_constant_is_refused() {
    let text = "static LINES: &[(&str, &str)] = &[(\"a.twilio.com\", \"/v1/A\")];";
    let said = super::facts::read(&[("lists.rs".to_owned(), text.to_owned())]).expect_err("a static");
    assert!(said.to_string().contains("lists.rs:1: LINES is a static"), "{said}");
}

#[test]
fn each_fact_of_the_simulator_has_a_source_and_the_page_is_current() {
    let findings = super::findings().expect("readable sources");
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
