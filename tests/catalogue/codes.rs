//! Twilio's error codes: every refusal that the local Twilio can answer is explained, and what a row points at exists.
//!
//! The simulator is read as text: it has no list of its codes, and shares none with the provider.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use terraform_provider_twilio::engine::errors::at_fault::Configuration;
use terraform_provider_twilio::engine::errors::codes;
use terraform_provider_twilio::engine::facts::{AccountRule, Exists, KnownCode, Managed};
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};

use crate::walk::{Complaint, settle};

/// Calls that make a refusal, and which of their arguments is the code.
const MAKERS: &[(&str, usize)] = &[
    ("ApiError::new(", 1),
    ("Refusal::new(", 1),
    (" refused(", 0),
    ("(refused(", 0),
];

/// What they are called inside the type itself.
const OWN_MAKER: (&str, usize) = ("Self::new(", 1);

/// A code, or the text that stands in place of one, and the file it is in.
type Found = BTreeSet<(String, String)>;

#[test]
fn every_refusal_of_the_local_twilio_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("simulator/src");
    let mut found = Found::new();
    let mut places = BTreeMap::new();
    for file in rust_files(&root) {
        let text = fs::read_to_string(&file).expect("the file can be read");
        let name = file.strip_prefix(&root).expect("it is below").display().to_string();
        if !is_about_something_else(&name) {
            found.extend(refusals(&text).into_iter().map(|code| (code, name.clone())));
            for (code, place) in refusals_at(&text) {
                places.entry((code, name.clone())).or_insert_with(Vec::new).push(place);
            }
        }
    }
    let codes: BTreeSet<u32> = found.iter().filter_map(|(code, _)| code.parse().ok()).collect();
    assert!(codes.len() > 60, "only {codes:?} were found");
    let known: usize = places.values().map(Vec::len).sum();
    assert!(known > 50, "only {known} places were found");
    // What only places refuse with of which nothing is managed, nobody meets.
    found.retain(|refusal| {
        let places = places.get(refusal);
        places.is_none_or(|places| places.iter().any(|(host, path)| is_managed(host, path)))
    });
    settle(
        unexplained(&found),
        &[
            (
                "20415",
                "validate.rs",
                "the client sends the content type that each API wants",
            ),
            (
                "81021",
                "behaviours/studio/flows.rs",
                "no resource asks for one revision of a flow",
            ),
            (
                "code",
                "behaviours/events/mod.rs",
                "a shorthand of the events' own, whose calls are read",
            ),
            (
                "50050",
                "facts/parents.rs",
                "a line for several hosts; no resource stands below a chat service yet",
            ),
            ("code", "server.rs", "for what has no code: injected faults"),
            ("code", "facts.rs", "a line of the lists, whose codes are read"),
        ],
    );
}

/// Whether a file of the local Twilio is the behaviour of a host of which nothing is managed.
fn is_about_something_else(file: &str) -> bool {
    let folder = file.strip_prefix("behaviours/").and_then(|rest| rest.split_once('/'));
    folder.is_some_and(|(host, _)| {
        !RESOURCES
            .iter()
            .any(|table| hosts(table).any(|known| known.starts_with(&format!("{host}."))))
    })
}

fn hosts(table: &Managed) -> impl Iterator<Item = String> {
    let upload = table.upload.map(|upload| upload.host.host());
    std::iter::once(table.object.place.product.host()).chain(upload)
}

/// Whether a table has this collection, or something in it or below it.
fn is_managed(host: &str, template: &str) -> bool {
    let wanted = shape(template);
    RESOURCES.iter().any(|table| {
        let place = table.object.place;
        hosts(table).any(|known| known == host)
            && [place.collection, place.instance, table.object.list_path()]
                .iter()
                .any(|path| shape(path).starts_with(&wanted))
    })
}

/// A path template without the names of its parts.
fn shape(template: &str) -> String {
    let mut parts = template.split('/').map(|part| match part.starts_with('{') {
        true => "{}",
        false => part.trim_end_matches(".json"),
    });
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| path + "/" + part)
}

/// The codes that a list of facts refuses with, each with the place (host and path) that stands before it. A code that has a name
/// is where the name is.
fn refusals_at(text: &str) -> Vec<(String, (String, String))> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let named = Regex::new(r"const ([A-Z_]+): Refusal\s*=\s*Refusal::new\(\s*\d+,\s*(\d+)").expect("a pattern");
    let names: BTreeMap<_, _> = named
        .captures_iter(text)
        .map(|found| (found[1].to_owned(), found[2].to_owned()))
        .collect();
    // `account("…")` is a path of an account at the classic host.
    let place_of =
        Regex::new(r#"const ([A-Z_]+): At\s*=\s*(?:account)?\(\s*(?:"([a-z-]+\.twilio\.com)",\s*)?"(/[^"]*)""#);
    let place_of = place_of.expect("a pattern");
    let host = |found: Option<regex::Match<'_>>| found.map_or("api.twilio.com", |host| host.as_str()).to_owned();
    let named_places: BTreeMap<_, _> = place_of
        .captures_iter(text)
        .map(|found| (found[1].to_owned(), (host(found.get(2)), found[3].to_owned())))
        .collect();
    let token = Regex::new(
        r#"(?:account\(|"([a-z-]+\.twilio\.com)",)\s*"(/[^"]*)"|const [A-Z_]+: Refusal\s*=\s*Refusal::new\(\s*\d+,\s*\d+|Refusal::new\(\s*\d+,\s*(\d+)|\b([A-Z_]{3,})\b"#,
    )
    .expect("a pattern");
    let mut place = None;
    let mut found = Vec::new();
    for part in token.captures_iter(text) {
        let named = part.get(4).map_or("", |name| name.as_str());
        let here = part.get(2).map(|path| (host(part.get(1)), path.as_str().to_owned()));
        if let Some(here) = here.or_else(|| named_places.get(named).cloned()) {
            place = Some(here);
            continue;
        }
        let code = part.get(3).map(|code| code.as_str().to_owned());
        let code = code.or_else(|| names.get(named).cloned());
        if let (Some(code), Some(place)) = (code, &place) {
            found.push((code, place.clone()));
        }
    }
    found
}

#[test]
fn a_refusal_of_a_list_is_known_with_its_place() {
    let text = r#"
        const TAKEN: Refusal = Refusal::new(409, 54301, "taken");
        const DOMAINS: At = account("/2010-04-01/Accounts/{AccountSid}/SIP/Domains");
        const LINES: &[(At, Refusal)] = &[
            limit(DOMAINS, Refusal::new(400, 21232, "z")),
            (("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps"), TAKEN),
            (
                ("verify.twilio.com", "/v2/Services"),
                Refusal::new(
                    400,
                    60213,
                    "x",
                ),
            ),
        ];
        #[cfg(test)] mod tests { ("a.twilio.com", "/v1/B"); Refusal::new(400, 11111, "") }"#;
    let at = |code: &str, host: &str, path: &str| (code.to_owned(), (host.to_owned(), path.to_owned()));
    assert_eq!(
        refusals_at(text),
        [
            at(
                "21232",
                "api.twilio.com",
                "/2010-04-01/Accounts/{AccountSid}/SIP/Domains"
            ),
            at("54301", "sync.twilio.com", "/v1/Services/{ServiceSid}/Maps"),
            at("60213", "verify.twilio.com", "/v2/Services"),
        ]
    );
    assert!(is_managed("verify.twilio.com", "/v2/Services"));
    assert!(is_managed(
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Applications"
    ));
    assert!(!is_managed("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Calls"));
    assert!(
        is_about_something_else("behaviours/proxy/numbers.rs")
            && !is_about_something_else("behaviours/api/accounts.rs")
    );
}

/// The lists of codes: those of each product, each once, and the common one.
fn lists() -> Vec<&'static [KnownCode]> {
    let own = RESOURCES.iter().flat_map(|table| table.object.codes);
    let own = own.chain(DATA_SOURCES.iter().flat_map(|table| table.codes)).copied();
    let mut lists: Vec<&[KnownCode]> = vec![codes::common()];
    for list in own {
        if !lists
            .iter()
            .any(|known| known.first().map(|first| first.code) == list.first().map(|first| first.code))
        {
            lists.push(list);
        }
    }
    lists
}

fn all() -> impl Iterator<Item = &'static KnownCode> {
    lists().into_iter().flatten()
}

#[test]
fn codes_are_sorted_and_unique() {
    for list in lists() {
        assert!(list.windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}

#[test]
fn a_meaning_is_one_sentence_and_advice_is_made_of_sentences() {
    let sentences = |text: &str| {
        text.starts_with(|first: char| first.is_uppercase())
            && text.ends_with('.')
            && !text.contains("  ")
            && !text.contains('\n')
    };
    let wrong: Vec<_> = all()
        .filter(|known| {
            !sentences(known.meaning) || !sentences(known.advice) || known.meaning.trim_end_matches('.').contains(". ")
        })
        .map(|known| known.code)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn unexplained(found: &Found) -> Vec<Complaint> {
    let known = |code: &str| {
        code.parse::<u32>()
            .is_ok_and(|code| all().any(|known| known.code == code))
    };
    let unknown = found.iter().filter(|(code, _)| !known(code));
    let what = "the local Twilio refuses with it, and neither its product nor src/engine/errors/codes/common.rs says what it means";
    unknown.map(|(code, file)| Complaint::new(code, file, what)).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The codes that a file refuses with, outside its tests; the argument itself where it is not a number.
fn refusals(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let own = text.contains("impl ApiError").then_some(&OWN_MAKER);
    let mut codes = Vec::new();
    for (maker, position) in MAKERS.iter().chain(own) {
        for (start, _) in text.match_indices(maker) {
            if text[..start].ends_with("fn") {
                continue;
            }
            let arguments = text[start + maker.len()..].split(',').map(str::trim);
            codes.extend(arguments.map(str::to_owned).nth(*position));
        }
    }
    codes
}

#[test]
fn codes_are_read_however_the_call_is_written() {
    let text =
        "return Err(refused(91003, \"x\"));\n fn refused(code: u32) {}\n ApiError::new(\n  400,\n  21451,\n format!())
        Self::new(401, 20003, \"a\") .ok_or_else(|| refused(91001, \"b\"))
        ApiError::new(status, code, \"c\")
        impl ApiError {}
        #[cfg(test)] mod tests { ApiError::new(400, 11111, \"\") }";
    assert_eq!(refusals(text), ["21451", "code", "91001", "91003", "20003"]);
    let found = Found::from([("99999".to_owned(), "a.rs".to_owned())]);
    assert_eq!(unexplained(&found).len(), 1);
}

#[test]
fn a_row_points_at_attributes_that_some_resource_has() {
    let rows = all().filter(|known| known.exists != Exists::ByUniqueName);
    let complaints = rows
        .flat_map(|known| known.at.iter().map(move |path| (known.code, *path)))
        .filter(|(_, path)| !RESOURCES.iter().any(|table| has(table, path)))
        .map(|(code, path)| Complaint::new(&code.to_string(), path, "no resource has such an attribute"));
    settle(complaints.collect(), &[]);
}

fn has(table: &Managed, path: &str) -> bool {
    Configuration {
        attributes: table.object.fields,
        has_account: table.object.account != AccountRule::Owned,
        object: &Value::Null,
        codes: table.object.codes,
    }
    .has(path)
}

#[test]
fn where_an_import_recovers_exactly_the_plan_the_plan_has_every_part_of_the_id() {
    for known in all().filter(|known| known.exists == Exists::AsPlanned) {
        let meant = RESOURCES
            .iter()
            .filter(|table| known.at.iter().any(|path| has(table, path)));
        for table in meant {
            for part in table.object.id_parts() {
                assert!(
                    has(table, part),
                    "{}: {} does not configure {part}",
                    known.code,
                    table.object.name
                );
            }
        }
    }
}

#[track_caller]
fn points_at(name: &str, code: u32, message: &str, path: &str) {
    let table = RESOURCES
        .iter()
        .find(|table| table.object.name == name)
        .expect("it is offered");
    let configuration = Configuration {
        attributes: table.object.fields,
        has_account: table.object.account != AccountRule::Owned,
        object: &Value::Null,
        codes: table.object.codes,
    };
    let known = codes::find(code, table.object.codes).expect("it is known");
    let found = configuration.place(known, Some(message));
    assert_eq!(found.unwrap_or_default().to_string(), path, "{name} {code} {message}");
}

#[test]
fn one_code_points_where_each_resource_has_the_fault() {
    points_at("twilio_phone_number", 21421, "invalid", "phone_number");
    let entry = "twilio_messaging_service_phone_number";
    points_at(
        entry,
        21421,
        "PN1 is not a phone number of this account",
        "phone_number_sid",
    );
    points_at("twilio_twiml_app", 21421, "invalid", "");
    points_at("twilio_phone_number", 21473, "not related", "account_sid");
    let said = "SmsApplicationSid AP1 is not an application of account AC1";
    points_at("twilio_phone_number", 21420, said, "sms_application_sid");
    points_at(
        "twilio_verify_service",
        60200,
        "Invalid parameter: Totp.Skew",
        "totp.skew",
    );
    points_at(
        "twilio_twiml_app",
        20001,
        "Invalid parameter VoiceUrl: too long",
        "voice_url",
    );
    let said = "Sink could not be created: SinkConfiguration destination is not a URL";
    points_at("twilio_event_sink", 91000, said, "sink_configuration.destination");
    points_at("twilio_subaccount", 21479, "closed", "status");
}
