//! What is looked at in an account, and what is found: the rules of `data.twilio_account_audit`, a file for each.
//!
//! A rule sends as few requests as it can, and none that changes anything. What it could not see it says beside what it found.

mod api_keys;
mod balance;
mod dialing;
mod endpoints;
mod messaging_services;
mod phone_numbers;

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::webhook_places::{SOURCES, Source};
use crate::engine::facts::hooks::Fault;
use crate::engine::operations::list::texts;
use crate::framework::number::Number;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client};

/// Days after which an API key is old without `max_key_age_days`: a quarter.
const KEY_AGE: i64 = 90;

/// Most objects of one kind that are read one by one, where the list does not show what is searched for.
const MOST_READ_ONE_BY_ONE: usize = 50;

/// What the data source can look at, as its `checks` name it.
pub(super) const CHECKS: &[&str] = &[
    ACCOUNT_STATUS,
    "api_keys",
    BALANCE,
    "dialing_permissions",
    "messaging_services",
    "phone_numbers",
    "webhooks",
];

/// The check of the account itself, which needs no request of its own.
pub(super) const ACCOUNT_STATUS: &str = "account_status";

/// The check of the balance, which only a bound turns on.
pub(super) const BALANCE: &str = "balance";

/// How bad it is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Severity {
    /// Money or traffic is lost, or can be, as it is.
    High,
    /// Something goes wrong sooner or later.
    Medium,
    /// Worth knowing.
    Low,
}

impl Severity {
    /// As a person writes it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) severity: Severity,
    /// The kind of thing, as the inventory calls it.
    pub(super) kind: &'static str,
    /// Its SID, where it has one.
    pub(super) sid: Option<String>,
    /// What people know it by.
    pub(super) name: Option<String>,
    /// What is wrong, and what to do.
    pub(super) message: String,
}

/// What one check found, and what of it is not known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) findings: Vec<Finding>,
    /// What could not be seen, with the reason.
    pub(super) unknown: Option<String>,
}

impl From<Vec<Finding>> for Report {
    fn from(findings: Vec<Finding>) -> Self {
        Self {
            findings,
            unknown: None,
        }
    }
}

/// What is still as it should be, from the configuration.
#[derive(Debug)]
pub(super) struct Rules {
    now: Timestamp,
    max_key_age_days: i64,
    min_balance: Option<Number>,
    /// Countries whose numbers of high risk may be open.
    countries: BTreeSet<String>,
    /// The account that the data source is about.
    own: AccountSid,
}

impl Rules {
    pub(super) fn of(config: &Value, now: Timestamp, own: &AccountSid) -> Self {
        let age = config.attr("max_key_age_days").as_number().and_then(Number::to_i64);
        Self {
            now,
            max_key_age_days: age.unwrap_or(KEY_AGE),
            min_balance: config.attr("min_balance").as_number().cloned(),
            countries: texts(config.attr("high_risk_countries")).into_iter().collect(),
            own: own.clone(),
        }
    }
}

/// A part of the audit, which is read, or not, on its own.
#[derive(Clone, Copy)]
pub(super) enum Part {
    ApiKeys,
    Balance,
    Dialing,
    MessagingServices,
    PhoneNumbers,
    /// The webhooks of one kind of thing.
    Endpoints(&'static str, Source),
}

/// The parts that are wanted, by the name of their check. What has no request of its own is not among them.
pub(super) fn parts(wanted: &[String], has_bound: bool) -> Vec<(&'static str, Part)> {
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let single = [
        ("api_keys", Part::ApiKeys),
        (BALANCE, Part::Balance),
        ("dialing_permissions", Part::Dialing),
        ("messaging_services", Part::MessagingServices),
        ("phone_numbers", Part::PhoneNumbers),
    ];
    let mut parts = Vec::from_iter(single.into_iter().filter(|(name, _)| has_bound || *name != BALANCE));
    parts.extend(endpoint_sources().map(|(kind, source)| ("webhooks", Part::Endpoints(kind, source))));
    parts.retain(|(name, _)| is_wanted(name));
    parts
}

/// The kinds with webhooks that a read leaves as they are: at its first request to Conversations an account gets a service of its own
/// there, and an audit makes nothing.
fn endpoint_sources() -> impl Iterator<Item = (&'static str, Source)> {
    let changes_nothing = |(kind, _): &&(&str, Source)| !kind.starts_with("conversations");
    SOURCES.iter().filter(changes_nothing).copied()
}

impl Part {
    /// Looks at it in an account.
    ///
    /// # Errors
    /// What Twilio or the way to it answered.
    pub(super) async fn look(self, client: &Client, account: AccountSid, rules: &Rules) -> Result<Report, Fault> {
        match self {
            Self::ApiKeys => api_keys::look(client, &account, rules).await,
            Self::Balance => balance::look(client, &account, rules).await,
            Self::Dialing => dialing::look(client, &account, rules).await,
            Self::MessagingServices => messaging_services::look(client, &account).await,
            Self::PhoneNumbers => phone_numbers::look(client, &account).await,
            Self::Endpoints(kind, source) => endpoints::look(client, &account, kind, source).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_of_a_check_and_each_check_but_that_of_the_account_has_one() {
        let all = parts(&[], true);
        let of_parts: BTreeSet<_> = all.iter().map(|(name, _)| *name).collect();
        let mut checks: BTreeSet<_> = CHECKS.iter().copied().collect();
        assert!(checks.remove(ACCOUNT_STATUS));
        assert_eq!(of_parts, checks);
        assert!(!parts(&[], false).iter().any(|(name, _)| *name == BALANCE), "no bound");
        let only = parts(&["api_keys".to_owned()], true);
        assert_eq!(only.len(), 1);
    }

    #[test]
    fn an_audit_does_not_read_what_is_made_by_being_read() {
        let kinds: Vec<_> = endpoint_sources().map(|(kind, _)| kind).collect();
        assert!(kinds.contains(&"phone_numbers") && kinds.contains(&"studio_flows"));
        assert!(!kinds.iter().any(|kind| kind.starts_with("conversations")), "{kinds:?}");
    }
}
