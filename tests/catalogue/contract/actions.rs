//! Actions: their one request against the contract, parameter by parameter.

use std::collections::BTreeSet;

use terraform_provider_twilio::engine::facts::{AccountRule, Action, Answers, Field, Presence, Sent, Spelling};
use terraform_provider_twilio::provider::offered::ACTIONS;
use terraform_provider_twilio::twilio::Effect;

use super::types::{cannot_be_written, wrong_checks};
use super::{Found, route};
use crate::walk::{Complaint, compared, compared_at_least, settle};

#[test]
fn every_action_is_published_with_all_its_parameters() {
    settle(ACTIONS.iter().flat_map(wrong).collect(), &[]);
    compared_at_least(75, "parameters");
}

fn found(action: &Action) -> Option<Found> {
    route(&action.product.host(), "POST", action.path).ok()
}

fn sent(action: &Action) -> impl Iterator<Item = (String, &'static Field)> {
    let fields = action.fields.iter().filter(|field| field.sent() == Sent::Always);
    fields.map(|field| (field.written_name(Spelling::Pascal).into_owned(), field))
}

fn wrong(action: &Action) -> Vec<Complaint> {
    let complain = |name: &str, what: &str| Complaint::new(action.name, name, what);
    if let Some(otherwise) = action.otherwise {
        let is_there = action.fields.iter().any(|field| field.name == otherwise.without);
        if !is_there || route(&action.product.host(), "POST", otherwise.path).is_err() {
            return vec![complain(otherwise.path, "is not published, or for what is no field")];
        }
    }
    let Some(found) = found(action) else {
        return vec![complain(action.path, "is not published")];
    };
    let mut complaints = Vec::new();
    let mut sends = BTreeSet::new();
    for (name, field) in sent(action) {
        match found.parameter(&name) {
            None => complaints.push(complain(&name, "is sent, and the contract does not have it")),
            Some(parameter) => {
                compared();
                let said = cannot_be_written(field, parameter)
                    .into_iter()
                    .chain(wrong_checks(field, parameter));
                complaints.extend(said.map(|what| complain(&name, &what)));
            }
        }
        sends.insert(name);
    }
    let omitted: BTreeSet<_> = action.omitted.iter().map(|omitted| omitted.parameter).collect();
    for (name, _) in found.parameters() {
        let is_required = sent(action).any(|(own, field)| {
            let decides = action
                .otherwise
                .is_some_and(|otherwise| otherwise.without == field.name);
            own == name && (field.presence() == Presence::Required || decides)
        });
        match (sends.contains(name), omitted.contains(name)) {
            (true, true) => complaints.push(complain(name, "is left out and sent")),
            (false, false) => complaints.push(complain(name, "is neither offered nor left out with a reason")),
            (_, false) if found.demands(name) && !is_required => {
                complaints.push(complain(name, "is demanded and may be missing"));
            }
            _ => {}
        }
    }
    for name in omitted.iter().filter(|name| found.parameter(name).is_none()) {
        complaints.push(complain(name, "is left out, and the contract has no such parameter"));
    }
    let reasons = action.omitted.iter().filter(|omitted| omitted.reason.len() < 10);
    complaints.extend(reasons.map(|omitted| complain(omitted.parameter, "is left out without a reason")));
    complaints
}

/// What makes an object is known by the SID of its kind.
#[test]
fn new_objects_have_the_sids_of_the_contract() {
    let mut complaints = Vec::new();
    let mut seen = 0;
    for action in ACTIONS {
        let Answers::New(prefixes) = action.answers else {
            continue;
        };
        let found = found(action).expect("it is published");
        let fields = found.spec.answer_fields(found.operation);
        let sid = fields.iter().find(|field| field.name == "sid");
        let published: Vec<_> = sid.map(|field| field.sid.clone()).unwrap_or_default();
        seen += 1;
        if published != prefixes {
            complaints.push(Complaint::new(
                action.name,
                "sid",
                format!("{prefixes:?} is not {published:?}"),
            ));
        }
    }
    assert!(seen > 0);
    settle(complaints, &[]);
}

/// Each says something in each place, and what is made twice by two requests is never repeated.
#[test]
fn what_is_said_of_an_action_is_whole() {
    let mut complaints = Vec::new();
    for action in ACTIONS {
        let words = action.words;
        let mut complain = |name: &str, wrong: bool, what: &str| {
            if wrong {
                complaints.push(Complaint::new(action.name, name, what));
            }
        };
        let is_sentence = |text: &str| text.starts_with(char::is_uppercase) && text.ends_with('.');
        let is_phrase = |text: &str| text.starts_with(char::is_lowercase) && !text.ends_with('.');
        complain("nothing", !is_sentence(words.nothing), "is no sentence");
        complain("unknown", !is_sentence(words.unknown), "is no sentence");
        complain("infinitive", !is_phrase(words.infinitive), "is no phrase");
        complain("doing", !is_phrase(words.doing), "is no phrase");
        complain(
            "look",
            !words.look.contains("Console"),
            "does not say where to look in the Console",
        );
        complain(
            "look",
            !words.look.contains("\n\n  twilio api:"),
            "has no command of Twilio's CLI",
        );
        for name in words.about {
            let is_account = *name == "account_sid" && action.account != AccountRule::Owned;
            let is_there = is_account || action.fields.iter().any(|field| field.name == *name);
            complain(name, !is_there, "is said to be told, and is no field");
        }
        let makes = matches!(action.answers, Answers::New(_));
        complain(
            "effect",
            makes != (action.effect == Effect::Create),
            "makes an object, or does not",
        );
        let has_account = action.fields.iter().any(|field| field.name == "account_sid");
        complain("account_sid", has_account, "follows from the account rule");
        let is_in_path = action.path.contains("{account_sid}") && action.account == AccountRule::Owned;
        complain("path", is_in_path, "names an account that nobody can configure");
    }
    settle(complaints, &[]);
}
