//! The policy: the rules of the provider block, and those of a file that an organisation gives to all runs.
//!
//! A policy that cannot be read is an error, never no policy: so is a word in it that means nothing here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex_lite::Regex;
use serde::Deserialize;

use crate::engine::facts::{HostPattern, Impact, Rules};
use crate::framework::codec::encode_json;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::number::Number;
use crate::framework::path::AttributePath;
use crate::framework::schema::{Attribute, Nesting};
use crate::framework::types::Type;
use crate::framework::value::Value;

use super::offered;
use super::settings::{Environment, FileReader};

/// The argument of the provider block.
pub(super) const ARGUMENT: &str = "policy";

/// The variable that names the file.
const VARIABLE: &str = "TWILIO_POLICY";

/// What the block's rules are called within sentences.
const OF_THE_BLOCK: &str = "the provider block's policy";

/// The rules as people write them, in a file or in the provider block.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    allow_close: Option<BTreeSet<String>>,
    allowed_number_countries: Option<BTreeSet<String>>,
    allowed_webhook_hosts: Option<BTreeSet<String>>,
    close_max_usage: Option<serde_json::Number>,
    forbid: Option<BTreeSet<String>>,
    max_numbers: Option<u64>,
    name_patterns: Option<BTreeMap<String, String>>,
    read_only: Option<bool>,
    release_only_unused: Option<bool>,
    require_https: Option<bool>,
    require_reason_for: Option<BTreeSet<String>>,
    require_ticket_for: Option<BTreeSet<String>>,
    suspend_before_close: Option<bool>,
    suspend_grace_hours: Option<u64>,
    ticket_pattern: Option<String>,
}

/// A rule that means nothing: its name, and why, in sentences.
type Wrong = (&'static str, String);

/// The argument of the provider block.
pub(super) fn attribute() -> Attribute {
    let texts =
        |name: &'static str, doc: &'static str| Attribute::new(name, Type::set(Type::String)).optional().described(doc);
    let text = |name: &'static str, doc: &'static str| Attribute::new(name, Type::String).optional().described(doc);
    let number = |name: &'static str, doc: &'static str| Attribute::new(name, Type::Number).optional().described(doc);
    let flag = |name: &'static str, doc: &'static str| Attribute::new(name, Type::Bool).optional().described(doc);
    let rules = vec![
        texts(
            "allow_close",
            "Environments whose subaccounts may be closed, by the names that `name_patterns` has for them. An empty set: none \
             may. Unset: all may.",
        ),
        texts(
            "allowed_number_countries",
            "Countries in which phone numbers may be bought, as two letters (ISO 3166-1).",
        ),
        texts(
            "allowed_webhook_hosts",
            "Hosts that a new or changed webhook may be on: `hooks.example.com`, or `*.example.com` for all below that.",
        ),
        number(
            "close_max_usage",
            "What a subaccount may have cost yesterday and today (GMT) to be closed, in the account's currency: a subaccount that \
             costs more is still in use. `0`: nothing at all.",
        ),
        texts(
            "forbid",
            "What may not be done at all: types, for example `twilio_api_key`, and the words of `require_ticket_for`.",
        ),
        number("max_numbers", "Most phone numbers that an account may have, with those that a run buys."),
        Attribute::new("name_patterns", Type::map(Type::String)).optional().described(
            "How the subaccounts of an environment are called: a regular expression for each, for example `{ dev = \"^dev-\" }`. It \
             matches anywhere in the name, unless it says `^` or `$`.",
        ),
        flag("read_only", "Refuse every write before it is sent: for jobs that look for drift. Plans work as ever."),
        flag(
            "release_only_unused",
            "Refuse to release a phone number that had calls or messages yesterday or today (GMT), or is still in a sender pool, on a \
             trunk or an address of Conversations when its turn comes. What Twilio does not show refuses, too.",
        ),
        flag("require_https", "Refuse new and changed webhooks whose URL is not https."),
        texts("require_reason_for", "What needs a reason in `CHANGE_REASON`: the words of `require_ticket_for`."),
        texts(
            "require_ticket_for",
            "What needs a ticket in `CHANGE_TICKET_ID`: `close` (a subaccount), `suspend`, `release` (a number), `revoke` (a \
             credential), `replace`, `webhook` (of something that exists), `delete` (anything, also what is closed, released or \
             revoked).",
        ),
        flag("suspend_before_close", "Refuse to close a subaccount that is not suspended already."),
        number(
            "suspend_grace_hours",
            "For how many hours a subaccount must have been suspended before it may be closed; nothing in it may have changed since. \
             `0`: it must be suspended, however briefly.",
        ),
        text(
            "ticket_pattern",
            "What a ticket looks like, as a regular expression, for example `^OPS-[0-9]+$`. It matches anywhere in the ticket, unless \
             it says `^` or `$`.",
        ),
    ];
    Attribute::nested(ARGUMENT, Nesting::Single, rules).optional().described(
        "What is allowed. A plan that breaks a rule is refused, with the rule's name, and an apply again before anything is sent. \
         `TWILIO_POLICY` names a JSON file with the same names, for a whole organisation: what is done has to pass both. See the \
         guide to policies.",
    )
}

/// The rules of both places, as far as they are known.
///
/// # Errors
/// Diagnostics about a file that cannot be read, and about rules that mean nothing.
pub(super) fn resolve(
    config: &Value,
    environment: Environment<'_>,
    read_file: FileReader<'_>,
) -> Result<Vec<Rules>, Diagnostics> {
    let mut all = Vec::new();
    if let Some(path) = environment(VARIABLE).filter(|path| !path.is_empty()) {
        all.push(of_file(Path::new(&path), read_file)?);
    }
    all.extend(of_block(config)?);
    Ok(all)
}

/// Checks the rules of the block, as far as they are known.
pub(super) fn validate(config: &Value) -> Diagnostics {
    of_block(config).err().unwrap_or_default()
}

fn of_block(config: &Value) -> Result<Option<Rules>, Diagnostics> {
    let block = config.attr(ARGUMENT);
    if block.is_null() || !block.is_wholly_known() {
        return Ok(None);
    }
    let broken = |what: String| {
        let detail = format!("The policy of the provider block: {what}. Nothing was changed.");
        Diagnostics::from(Diagnostic::error("The policy cannot be used", detail).at_attribute(ARGUMENT))
    };
    let json = encode_json(block, &attribute().value_type()).map_err(|error| broken(error.to_string()))?;
    let written: Written = serde_json::from_value(json).map_err(|error| broken(error.to_string()))?;
    rules(written, OF_THE_BLOCK.to_owned()).map(Some).map_err(|wrong| {
        let mut diagnostics = Diagnostics::new();
        diagnostics.extend(wrong.into_iter().map(|(rule, why)| {
            Diagnostic::error(
                "The policy cannot be used",
                format!("{rule} of the provider block's policy: {why} Nothing was changed."),
            )
            .at(AttributePath::attribute(ARGUMENT).and_attribute(rule))
        }));
        diagnostics
    })
}

fn of_file(path: &Path, read_file: FileReader<'_>) -> Result<Rules, Diagnostics> {
    let broken = |what: String| {
        let detail = format!(
            "The policy file {} ({VARIABLE}): {what} Nothing is done while it cannot be used. Correct the file, or the variable.",
            path.display()
        );
        Diagnostics::from(Diagnostic::error("The policy cannot be used", detail))
    };
    let text = read_file(path).map_err(|error| broken(format!("it cannot be read: {error}.")))?;
    // A list would do for the fields in their order, too.
    if !text.trim_start().starts_with('{') {
        return Err(broken("it is no JSON object with rules.".to_owned()));
    }
    let written: Written = serde_json::from_str(&text).map_err(|error| broken(format!("{error}.")))?;
    let source = format!("the policy file {}", path.display());
    rules(written, source).map_err(|wrong| {
        let wrong: Vec<_> = wrong.into_iter().map(|(rule, why)| format!("{rule}: {why}")).collect();
        broken(wrong.join(" "))
    })
}

/// The rules, if all of them mean something.
fn rules(written: Written, source: String) -> Result<Rules, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let require_ticket_for = impacts("require_ticket_for", written.require_ticket_for, &mut wrong);
    let require_reason_for = impacts("require_reason_for", written.require_reason_for, &mut wrong);
    let (forbidden_impacts, forbidden_types) = forbidden(written.forbid.unwrap_or_default(), &mut wrong);
    let patterns = written.name_patterns.unwrap_or_default().into_iter();
    let name_patterns: BTreeMap<_, _> = patterns
        .filter_map(|(name, text)| pattern("name_patterns", &text, &mut wrong).map(|pattern| (name, pattern)))
        .collect();
    for name in written.allow_close.iter().flatten() {
        if !name_patterns.contains_key(name) && !wrong.iter().any(|(rule, _)| *rule == "name_patterns") {
            let why =
                format!("it names {name:?}, and name_patterns beside it does not say how its subaccounts are called.");
            wrong.push(("allow_close", why));
        }
    }
    let rules = Rules {
        source,
        require_ticket_for,
        ticket_pattern: written
            .ticket_pattern
            .and_then(|text| pattern("ticket_pattern", &text, &mut wrong)),
        require_reason_for,
        allow_close: written.allow_close,
        name_patterns,
        suspend_before_close: written.suspend_before_close.unwrap_or_default(),
        suspend_grace_hours: written.suspend_grace_hours,
        close_max_usage: written
            .close_max_usage
            .and_then(|limit| limit_of_usage(&limit, &mut wrong)),
        require_https: written.require_https.unwrap_or_default(),
        allowed_webhook_hosts: written
            .allowed_webhook_hosts
            .map(|hosts| host_patterns(&hosts, &mut wrong)),
        max_numbers: written.max_numbers,
        allowed_number_countries: written
            .allowed_number_countries
            .map(|countries| of_two_letters(countries, &mut wrong)),
        release_only_unused: written.release_only_unused.unwrap_or_default(),
        forbidden_types,
        forbidden_impacts,
        read_only: written.read_only.unwrap_or_default(),
    };
    match wrong.is_empty() {
        true => Ok(rules),
        false => Err(wrong),
    }
}

/// Beyond this a limit is none.
const MOST_USAGE: i64 = 1_000_000_000;

/// An amount of money that is not below zero, and that somebody could mean.
fn limit_of_usage(limit: &serde_json::Number, wrong: &mut Vec<Wrong>) -> Option<Number> {
    let parsed = limit.to_string().parse::<Number>().ok();
    let parsed = parsed.filter(|limit| *limit >= Number::zero() && *limit <= Number::from(MOST_USAGE));
    if parsed.is_none() {
        wrong.push((
            "close_max_usage",
            "it is no amount of money, such as 0 or 2.50.".to_owned(),
        ));
    }
    parsed
}

fn impact(text: &str) -> Option<Impact> {
    Impact::ALL.iter().copied().find(|impact| impact.as_str() == text)
}

fn known_words() -> String {
    let names: Vec<_> = Impact::ALL.iter().map(|impact| impact.as_str()).collect();
    names.join(", ")
}

fn impacts(rule: &'static str, words: Option<BTreeSet<String>>, wrong: &mut Vec<Wrong>) -> BTreeSet<Impact> {
    let mut impacts = BTreeSet::new();
    for word in words.unwrap_or_default() {
        match impact(&word) {
            Some(impact) => _ = impacts.insert(impact),
            None => wrong.push((rule, format!("{word:?} is none of its words: {}.", known_words()))),
        }
    }
    impacts
}

fn forbidden(words: BTreeSet<String>, wrong: &mut Vec<Wrong>) -> (BTreeSet<Impact>, BTreeSet<String>) {
    let (mut impacts, mut types) = (BTreeSet::new(), BTreeSet::new());
    for word in words {
        match impact(&word) {
            Some(impact) => _ = impacts.insert(impact),
            None if is_offered(&word) => _ = types.insert(word),
            None => {
                let why = format!(
                    "{word:?} is no type that this provider has, and none of its words: {}.",
                    known_words()
                );
                wrong.push(("forbid", why));
            }
        }
    }
    (impacts, types)
}

fn is_offered(name: &str) -> bool {
    let resources = offered::RESOURCES.iter().map(|table| table.object.name);
    let actions = offered::ACTIONS.iter().map(|table| table.name);
    let ephemeral = offered::EPHEMERAL_RESOURCES.iter().map(|table| table.name);
    let read = offered::DATA_SOURCES.iter().map(|table| table.name);
    resources
        .chain(actions)
        .chain(ephemeral)
        .chain(read)
        .any(|known| known == name)
}

fn pattern(rule: &'static str, text: &str, wrong: &mut Vec<Wrong>) -> Option<Regex> {
    // An empty one would match everything.
    if text.trim().is_empty() {
        wrong.push((rule, "an empty pattern matches everything.".to_owned()));
        return None;
    }
    Regex::new(text)
        .map_err(|error| wrong.push((rule, format!("{text:?} is no regular expression: {error}."))))
        .ok()
}

fn host_patterns(hosts: &BTreeSet<String>, wrong: &mut Vec<Wrong>) -> Vec<HostPattern> {
    let mut patterns = Vec::new();
    for host in hosts {
        match HostPattern::parse(host) {
            Some(pattern) => patterns.push(pattern),
            None => {
                let why = format!("{host:?} is no host. Write hooks.example.com, or *.example.com for all below that.");
                wrong.push(("allowed_webhook_hosts", why));
            }
        }
    }
    patterns
}

fn of_two_letters(countries: BTreeSet<String>, wrong: &mut Vec<Wrong>) -> BTreeSet<String> {
    let mut capitals = BTreeSet::new();
    for country in countries {
        match country.as_str() {
            "UK" | "uk" => wrong.push(("allowed_number_countries", "the United Kingdom is GB.".to_owned())),
            code if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                capitals.insert(code.to_ascii_uppercase());
            }
            _ => {
                let why = format!("{country:?} is no country. Write its two letters (ISO 3166-1), for example US.");
                wrong.push(("allowed_number_countries", why));
            }
        }
    }
    capitals
}
