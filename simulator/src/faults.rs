//! Faults on demand: rules that make the simulator misbehave for requests that match.
//!
//! `PUT /_simulator/faults` replaces all rules with a JSON array. The first rule that matches and is neither waiting (`after`)
//! nor used up (`times`) applies; every match counts towards `after`. [`parse`] reads the rules, [`random`] draws lots.

mod parse;
mod random;

use std::time::Duration;

use regex::Regex;
use serde_json::{Map, Value, json};

use crate::generic::serve::View;
use crate::request::Request;
use random::Random;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The connection is closed before the body is read.
    Refuse,
    /// Read, not executed, connection reset.
    ResetBefore,
    /// Executed, connection reset.
    ResetAfter,
    /// Executed, never answered.
    TimeoutAfter,
    /// Answered with this instead.
    Status(StatusFault),
    /// Executed, answered 502 with HTML as a proxy would.
    Html502After,
    /// Executed; the response breaks off half way.
    TruncateAfter,
    /// Executed; the response is 200 with bytes that are no JSON.
    Garbage,
    /// Executed; the response is about another object of the same collection, as when a cache mixes two answers up.
    Swap,
    /// Executed; members of the response are replaced by these.
    Altered(Map<String, Value>),
    /// Executed; `Date` is so many seconds ahead, or without a value, as when a proxy writes it.
    Date(Option<i64>),
    /// Executed and answered late.
    Delay(Duration),
    /// Executed at once, answered late.
    DelayAfter(Duration),
    /// Reads and lists show objects as they were before a recent change.
    StaleRead(i64),
    /// Reads of a recent object answer 404.
    MissingRead(i64),
    /// Lists leave out recent objects.
    MissingInList(i64),
    /// 429 while more requests than this are in flight.
    Limit {
        /// Most requests at a time.
        limit: usize,
        /// Seconds for the `Retry-After` header; none without.
        retry_after: Option<u64>,
    },
}

/// A response that is given instead of the true one.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusFault {
    /// HTTP status.
    pub status: u16,
    /// Twilio code for the default body.
    pub code: Option<u32>,
    /// Body instead of Twilio's error body; a string is sent as it is.
    pub body: Option<Value>,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// Whether the request is executed first.
    pub executed: bool,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    method: Option<String>,
    host: Option<String>,
    path: Option<Regex>,
    effect: Effect,
    times: Option<u64>,
    after: u64,
    matched: u64,
    used: u64,
    /// As it was written.
    written: Map<String, Value>,
}

/// What a rule does to the requests it applies to.
#[derive(Debug)]
enum Effect {
    Always(Fault),
    Random(Random),
}

/// All rules, in order.
#[derive(Debug, Default)]
pub struct Faults(Vec<Rule>);

impl Faults {
    /// Whether the body takes part in what happens to this request, so that it must be read first.
    pub fn ask_for_the_body(&self, request: &Request) -> bool {
        self.0
            .iter()
            .any(|rule| matches!(rule.effect, Effect::Random(_)) && rule.matches(request))
    }

    /// The rules as they were written, each with how often it matched and was used.
    pub fn listed(&self) -> Value {
        let line = |rule: &Rule| json!({"rule": rule.written, "matched": rule.matched, "used": rule.used});
        self.0.iter().map(line).collect()
    }

    /// The fault for a request, counting it. `in_flight` includes the request itself.
    pub fn next(&mut self, request: &Request, in_flight: usize) -> Option<Fault> {
        for rule in &mut self.0 {
            if !rule.matches(request) {
                continue;
            }
            rule.matched += 1;
            if rule.matched <= rule.after || rule.times.is_some_and(|times| rule.used >= times) {
                continue;
            }
            let fault = match &mut rule.effect {
                Effect::Always(fault) => Some(&*fault),
                Effect::Random(random) => random.draw(request),
            };
            let applies = |fault: &&Fault| match fault {
                Fault::Limit { limit, .. } => in_flight > *limit,
                _ => true,
            };
            if let Some(fault) = fault.filter(applies) {
                rule.used += 1;
                return Some(fault.clone());
            }
        }
        None
    }
}

impl Rule {
    fn matches(&self, request: &Request) -> bool {
        let same = |wanted: &Option<String>, actual: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(actual))
        };
        same(&self.method, &request.method)
            && same(&self.host, &request.host)
            && self.path.as_ref().is_none_or(|wanted| wanted.is_match(&request.path))
    }
}

impl Fault {
    /// Name in rules and in the request log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::ResetBefore => "reset_before",
            Self::ResetAfter => "reset_after",
            Self::TimeoutAfter => "timeout_after",
            Self::Status(_) => "status",
            Self::Html502After => "html_502_after",
            Self::TruncateAfter => "truncate_after",
            Self::Garbage => "garbage",
            Self::Swap => "swap",
            Self::Altered(_) => "altered",
            Self::Date(_) => "date",
            Self::Delay(_) => "delay",
            Self::DelayAfter(_) => "delay_after",
            Self::StaleRead(_) => "stale_read",
            Self::MissingRead(_) => "missing_read",
            Self::MissingInList(_) => "missing_in_list",
            Self::Limit { .. } => "limit",
        }
    }

    /// What reads may see under this fault.
    pub(crate) fn view(&self) -> View {
        match self {
            Self::StaleRead(ms) => View {
                stale_read: Some(*ms),
                ..View::default()
            },
            Self::MissingRead(ms) => View {
                missing_read: Some(*ms),
                ..View::default()
            },
            Self::MissingInList(ms) => View {
                missing_in_list: Some(*ms),
                ..View::default()
            },
            _ => View::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Faults {
        Faults::parse(text.as_bytes()).expect("valid")
    }

    fn request(method: &str) -> Request {
        let parts = http::Request::builder()
            .method(method)
            .uri("http://api.twilio.com/2010-04-01/Accounts/AC1/Queues.json")
            .body(())
            .expect("a request");
        Request::new(&parts.into_parts().0, Vec::new())
    }

    #[test]
    fn a_rule_waits_applies_and_is_used_up() {
        let mut faults = rules(
            r#"[{"match": {"method": "POST", "path": "/Queues"}, "fault": "reset_after", "after": 1, "times": 2}]"#,
        );
        let mut next = |method| faults.next(&request(method), 1);
        assert_eq!(next("GET"), None);
        assert_eq!(next("POST"), None);
        assert_eq!(next("POST"), Some(Fault::ResetAfter));
        assert_eq!(next("POST"), Some(Fault::ResetAfter));
        assert_eq!(next("POST"), None);
    }

    #[test]
    fn a_limit_applies_above_its_number_only() {
        let mut faults = rules(r#"[{"fault": "limit", "limit": 2, "retry_after": 1}]"#);
        assert_eq!(faults.next(&request("GET"), 2), None);
        assert_eq!(
            faults.next(&request("GET"), 3),
            Some(Fault::Limit {
                limit: 2,
                retry_after: Some(1)
            })
        );
    }
}
