//! What an organisation allows: the rules of the provider block and of a file, as they were written.
//!
//! The two are never merged. A change has to pass all rules of each, so the stricter wins whatever the other says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use regex_lite::Regex;

use super::Impact;
use crate::framework::number::Number;

/// All rules, and what this run says for itself.
#[derive(Debug, Default)]
pub struct Policy {
    /// The rules, by where they were written.
    pub rules: Vec<Rules>,
    /// The ticket that the run names.
    pub ticket: Option<String>,
    /// The reason that it names.
    pub reason: Option<String>,
    /// What it makes and takes away.
    pub tally: Tally,
}

/// The rules of one place.
#[derive(Debug, Default)]
pub struct Rules {
    /// Where they were written, within sentences.
    pub source: String,
    /// What needs a ticket.
    pub require_ticket_for: BTreeSet<Impact>,
    /// What a ticket looks like.
    pub ticket_pattern: Option<Regex>,
    /// What needs a reason.
    pub require_reason_for: BTreeSet<Impact>,
    /// The environments whose subaccounts may be closed; `None` for all.
    pub allow_close: Option<BTreeSet<String>>,
    /// How an environment's subaccounts are called.
    pub name_patterns: BTreeMap<String, Regex>,
    /// Whether only a subaccount that is suspended may be closed.
    pub suspend_before_close: bool,
    /// For how many hours it must have been; with 0 it must be, however briefly.
    pub suspend_grace_hours: Option<u64>,
    /// Above which price of yesterday and today a subaccount may not be closed.
    pub close_max_usage: Option<Number>,
    /// Whether webhooks must be https.
    pub require_https: bool,
    /// The hosts of webhooks; `None` for any.
    pub allowed_webhook_hosts: Option<Vec<HostPattern>>,
    /// Most phone numbers of an account.
    pub max_numbers: Option<u64>,
    /// The countries in which numbers may be bought, in capitals; `None` for any.
    pub allowed_number_countries: Option<BTreeSet<String>>,
    /// Whether a phone number that is in use may not be released.
    pub release_only_unused: bool,
    /// Types that nothing may be done with.
    pub forbidden_types: BTreeSet<String>,
    /// What may be done with nothing.
    pub forbidden_impacts: BTreeSet<Impact>,
    /// Whether nothing may be written.
    pub read_only: bool,
}

/// A host, or all below one: `hooks.example.com`, `*.example.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern {
    /// Small letters, without the asterisk.
    name: String,
    /// Whether it had one.
    is_suffix: bool,
}

impl HostPattern {
    /// From how it is written; `None` for what is no host.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_suffix, name) = match text.strip_prefix("*.") {
            Some(name) => (true, name),
            None => (false, text),
        };
        if name.contains('*') {
            return None;
        }
        let parsed = url::Host::parse(name).ok()?.to_string();
        // An address has nothing below it.
        let is_name = matches!(url::Host::parse(name), Ok(url::Host::Domain(_)));
        (is_name || !is_suffix).then_some(Self {
            name: parsed,
            is_suffix,
        })
    }

    /// Whether a host, as [`url::Url::host_str`] writes it, is one of these.
    pub fn matches(&self, host: &str) -> bool {
        // A name may end with the root's dot.
        let host = host.strip_suffix('.').unwrap_or(host);
        match self.is_suffix {
            false => host == self.name,
            true => host
                .strip_suffix(self.name.as_str())
                .is_some_and(|below| below.len() > 1 && below.ends_with('.')),
        }
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_suffix { "*." } else { "" })?;
        f.write_str(&self.name)
    }
}

/// How many objects of a type a run makes and takes away, by type and account.
#[derive(Debug, Default)]
pub struct Tally(Mutex<BTreeMap<(&'static str, String), Count>>);

/// The figures of one type in one account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// How many there were when this run first asked.
    pub found: Option<i64>,
    /// How many more the plans of this process make of it.
    pub planned: i64,
    /// How many more what this process does makes of it.
    pub done: i64,
}

impl Tally {
    /// What is known, after `change`.
    pub fn of(&self, type_name: &'static str, account: &str, change: impl FnOnce(&mut Count)) -> Count {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry((type_name, account.to_owned())).or_default();
        change(count);
        *count
    }
}

impl Policy {
    /// Whether there are no rules.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether any rule is about what is this.
    pub fn asks_about(&self, impact: Impact) -> bool {
        self.rules.iter().any(|rules| {
            let all = [
                &rules.forbidden_impacts,
                &rules.require_ticket_for,
                &rules.require_reason_for,
            ];
            all.iter().any(|words| words.contains(&impact))
        })
    }

    /// The first place that forbids to write.
    pub fn read_only(&self) -> Option<&Rules> {
        self.rules.iter().find(|rules| rules.read_only)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_itself_and_an_asterisk_is_what_is_below_it() {
        let matches = |pattern: &str, host: &str| HostPattern::parse(pattern).expect("a host").matches(host);
        assert!(matches("hooks.example.com", "hooks.example.com"));
        assert!(matches("Hooks.Example.com", "hooks.example.com."));
        assert!(!matches("example.com", "hooks.example.com"));
        assert!(!matches("example.com", "badexample.com"));
        assert!(matches("*.example.com", "a.b.example.com"));
        for other in ["example.com", ".example.com", "badexample.com", "example.com.evil.test"] {
            assert!(!matches("*.example.com", other), "{other}");
        }
        assert!(matches("10.0.0.1", "10.0.0.1"));
        for wrong in [
            "",
            "*",
            "*.",
            "https://example.com",
            "example.com/x",
            "a b",
            "*.10.0.0.1",
        ] {
            assert_eq!(HostPattern::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_tally_counts_by_type_and_account() {
        let tally = Tally::default();
        tally.of("twilio_a", "AC1", |count| count.found = Some(3));
        tally.of("twilio_a", "AC1", |count| count.done += 2);
        tally.of("twilio_b", "AC1", |count| count.done += 7);
        let count = tally.of("twilio_a", "AC1", |count| count.planned -= 1);
        assert_eq!((count.found, count.planned, count.done), (Some(3), -1, 2));
        assert_eq!(tally.of("twilio_a", "AC2", |_| {}), Count::default());
    }
}
