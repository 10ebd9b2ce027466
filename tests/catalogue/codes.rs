//! Twilio's error codes: every refusal that the local Twilio can answer is named, what was released is explained, and what a row
//! points at exists.

use std::collections::BTreeSet;
use std::path::Path;

use terraform_provider_twilio::engine::errors::at_fault::Configuration;
use terraform_provider_twilio::engine::errors::codes;
use terraform_provider_twilio::engine::facts::{AccountRule, Action, Exists, KnownCode, Managed};
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::functions::explain_error::EXPLAIN_ERROR;
use terraform_provider_twilio::provider::offered::{ACTIONS, DATA_SOURCES, RESOURCES};
use xtask::refusals::{self, Refusal, Served};

use crate::walk::{Complaint, settle};

#[test]
fn every_refusal_of_the_local_twilio_is_named() {
    let refusals = refusals();
    let codes: BTreeSet<u32> = refusals
        .iter()
        .filter_map(|refusal| refusal.code.parse().ok())
        .collect();
    assert!(codes.len() > 60, "only {codes:?} were found");
    let known: usize = refusals.iter().map(|refusal| refusal.places.len()).sum();
    assert!(known > 50, "only {known} places were found");
    let served: Vec<_> = RESOURCES
        .iter()
        .map(Served::of)
        .chain(ACTIONS.iter().map(Served::of_action))
        .collect();
    settle(
        unnamed(&refusals, &served),
        &[
            ("code", "server.rs", "for what has no code: injected faults"),
            ("code", "facts.rs", "a line of the lists, whose codes are read"),
            (
                "magic.code",
                "test_credentials.rs",
                "what test credentials play; to the provider they are refused with 20008",
            ),
        ],
    );
}

/// `cargo xtask new` names the codes that a new resource meets, without a word on what they mean. Until it is released somebody
/// has found the words: what is offered in `tests/schemas`, as the last release was, and what is written there for the next one.
#[test]
fn what_was_released_has_its_codes_explained() {
    let released = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/resources");
    let is_released = |table: &&Managed| released.join(format!("{}.txt", table.object.name)).exists();
    let released: Vec<_> = RESOURCES.iter().filter(is_released).collect();
    assert!(released.len() > 10, "only {} types were released", released.len());
    let refusals = refusals();
    // What a code means for a product stands in its own list: another product's may still be without words.
    let of_table = |table: &&Managed| {
        let lists = table.object.codes.iter().copied().chain(general());
        unexplained(&refusals, &[Served::of(table)], lists.flatten())
    };
    settle(released.iter().flat_map(of_table).collect(), &[]);
    // Each action has words from the beginning, as there is no skeleton that names codes without.
    let of_action = |action: &Action| {
        let lists = action.codes.iter().copied().chain(general());
        unexplained(&refusals, &[Served::of_action(action)], lists.flatten())
    };
    settle(ACTIONS.iter().flat_map(of_action).collect(), &[]);
}

/// `at` of a row that an action meets is an argument of it, or of a resource with the same list.
#[test]
fn a_row_points_at_the_argument_of_an_action() {
    for (name, code, at) in [
        ("twilio_send_message", 21603, "from"),
        ("twilio_send_message", 21602, "body"),
        ("twilio_send_message", 35114, "send_at"),
        ("twilio_send_message", 21608, "to"),
        ("twilio_make_call", 21205, "url"),
        ("twilio_make_call", 21210, "from"),
        ("twilio_make_call", 21215, "to"),
        ("twilio_send_message", 63007, "from"),
        ("twilio_send_message", 30032, "from"),
        ("twilio_send_message", 30034, "from"),
        ("twilio_send_message", 30007, "body"),
        ("twilio_start_verification", 60203, "to"),
        ("twilio_start_verification", 60410, "to"),
        ("twilio_check_verification", 60202, "code"),
    ] {
        let action = ACTIONS
            .iter()
            .find(|action| action.name == name)
            .expect("it is offered");
        let configuration = Configuration {
            attributes: action.fields,
            has_account: action.account != AccountRule::Owned,
            object: &Value::Null,
            codes: action.codes,
        };
        let known = codes::find(code, action.codes).expect("it is known");
        assert!(known.is_explained(), "{code}");
        let place = configuration.place(known, None).unwrap_or_default();
        assert_eq!(place.to_string(), at, "{name} {code}");
    }
}

/// The codes that people are paged for: they are explained to whoever meets them, in the words that `explain_error` has.
#[test]
fn codes_that_people_meet_most_have_cause_and_advice() {
    // Webhooks and their certificates, delivery, senders, Verify, restricted keys, accounts, numbers, A2P.
    const MET: &[u32] = &[
        11100, 11200, 11202, 11203, 11205, 11206, 11210, 11215, 11217, 11220, 11235, 11236, 11237, 11750, 12100, 12200,
        12300, 20003, 20404, 20429, 20500, 21211, 21408, 21422, 21451, 21606, 21608, 21610, 21631, 21649, 21704, 21710,
        21712, 21714, 21717, 22300, 30003, 30005, 30006, 30007, 30008, 30032, 30034, 30035, 30036, 30793, 50353, 60200,
        60202, 60203, 60410, 60605, 63001, 63007, 63015, 63016, 63018, 63041, 63112, 70051, 70151, 81022, 90010, 91001,
        92007, 93102,
    ];
    let call = EXPLAIN_ERROR.call;
    for code in MET {
        let found = call(&[Value::int(i64::from(*code))]).expect("a code");
        let text = |part| found.attr(part).as_str().unwrap_or_default().to_owned();
        assert!(
            !text("meaning").is_empty() && !text("name").is_empty(),
            "{code}: {found:?}"
        );
        assert!(
            !text("advice").contains("Follow the link") && !text("advice").is_empty(),
            "{code}"
        );
    }
    let explained: BTreeSet<_> = all()
        .filter(|known| known.is_explained())
        .map(|known| known.code)
        .collect();
    assert!(
        explained.len() > 550,
        "only {} codes have cause and advice",
        explained.len()
    );
}

#[test]
fn a_code_without_words_is_enough_until_the_release() {
    const OWN: &[KnownCode] = &[KnownCode::new(54301, "Ours.", "Do."), KnownCode::unexplained(54302)];
    let maps = Served {
        hosts: vec!["sync.twilio.com".to_owned()],
        paths: vec!["/v1/Services/{service_sid}/Maps".to_owned()],
    };
    let refusal = |code: &str| Refusal {
        code: code.to_owned(),
        file: "facts/names.rs".to_owned(),
        places: vec![(
            "sync.twilio.com".to_owned(),
            "/v1/Services/{ServiceSid}/Maps".to_owned(),
        )],
    };
    let found = [refusal("54301"), refusal("54302")];
    let complaints = unexplained(&found, std::slice::from_ref(&maps), OWN.iter());
    let names: Vec<_> = complaints.iter().map(|complaint| &*complaint.table).collect();
    assert_eq!(names, ["54302"]);
    assert!(unexplained(&found, &[], OWN.iter()).is_empty());
    assert_eq!(unnamed(&[refusal("99999")], &[maps]).len(), 1);
}

fn refusals() -> Vec<Refusal> {
    refusals::all(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the simulator's source can be read")
}

/// Of these refusals those that somebody meets who manages one of these.
fn met<'a>(refusals: &'a [Refusal], served: &'a [Served]) -> impl Iterator<Item = &'a Refusal> {
    let is_met = |refusal: &&Refusal| served.iter().any(|served| refusal.concerns(served));
    refusals.iter().filter(is_met)
}

fn unnamed(refusals: &[Refusal], served: &[Served]) -> Vec<Complaint> {
    let is_named = |refusal: &&Refusal| all().any(|known| refusal.code == known.code.to_string());
    let what = "the local Twilio refuses with it, and neither its product nor src/engine/errors/codes names it";
    met(refusals, served)
        .filter(|refusal| !is_named(refusal))
        .map(|refusal| Complaint::new(&refusal.code, &refusal.file, what))
        .collect()
}

/// Codes that are named and of which nobody has said what they mean.
fn unexplained<'a>(
    refusals: &[Refusal],
    served: &[Served],
    known: impl Iterator<Item = &'a KnownCode>,
) -> Vec<Complaint> {
    let bare: BTreeSet<_> = known
        .filter(|known| !known.is_explained())
        .map(|known| known.code.to_string())
        .collect();
    let what = "a released resource meets it, and nobody has said what it means: make it a KnownCode::new in the product's codes.rs";
    met(refusals, served)
        .filter(|refusal| bare.contains(&refusal.code))
        .map(|refusal| Complaint::new(&refusal.code, &refusal.file, what))
        .collect()
}

/// What is no product's own, by subject.
fn general() -> impl Iterator<Item = &'static [KnownCode]> {
    codes::general().iter().map(|(_, codes)| *codes)
}

/// The lists of codes: those of each product, each once, and the general ones.
fn lists() -> Vec<&'static [KnownCode]> {
    let own = RESOURCES.iter().flat_map(|table| table.object.codes);
    let own = own.chain(DATA_SOURCES.iter().flat_map(|table| table.codes));
    let own = own.chain(ACTIONS.iter().flat_map(|table| table.codes)).copied();
    let mut lists: Vec<&[KnownCode]> = general().collect();
    for list in own {
        if !lists.iter().any(|known| {
            known
                .iter()
                .map(|known| known.code)
                .eq(list.iter().map(|known| known.code))
        }) {
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
        .filter(|known| known.is_explained())
        .filter(|known| {
            !sentences(known.meaning) || !sentences(known.advice) || known.meaning.trim_end_matches('.').contains(". ")
        })
        .map(|known| known.code)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_row_points_at_attributes_that_something_has() {
    let rows = all().filter(|known| known.exists != Exists::ByUniqueName);
    let complaints = rows
        .flat_map(|known| known.at.iter().map(move |path| (known.code, *path)))
        .filter(|(_, path)| !RESOURCES.iter().any(|table| has(table, path)))
        .filter(|(_, path)| {
            !ACTIONS
                .iter()
                .flat_map(|table| table.fields)
                .chain(DATA_SOURCES.iter().flat_map(|table| table.attributes))
                .any(|field| field.name == *path)
        })
        .map(|(code, path)| Complaint::new(&code.to_string(), path, "nothing has such an attribute"));
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
        let own = |table: &&Managed| {
            let mut codes = table.object.codes.iter().copied().chain(general()).flatten();
            codes.any(|own| (own.code, own.at) == (known.code, known.at))
        };
        let meant = RESOURCES
            .iter()
            .filter(own)
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
    points_at("twilio_phone_number", 11200, "HTTP retrieval failure", "voice_url");
    points_at(
        "twilio_phone_number",
        11237,
        "SmsUrl: the certificate is not trusted",
        "sms_url",
    );
    points_at(
        "twilio_messaging_service",
        11205,
        "HTTP connection failure",
        "inbound_request_url",
    );
    points_at(
        "twilio_messaging_service_phone_number",
        30034,
        "unregistered",
        "phone_number_sid",
    );
    points_at("twilio_event_sink", 93103, "stream error", "sink_configuration.arn");
}
