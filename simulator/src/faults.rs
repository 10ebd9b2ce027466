//! Faults on demand: rules that make the simulator misbehave for requests that match.
//!
//! `PUT /_simulator/faults` replaces all rules with a JSON array. The first rule that matches and is neither waiting (`after`)
//! nor used up (`times`) applies; every match counts towards `after`.

use std::time::Duration;

use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::generic::serve::View;

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
    /// Executed; the answer breaks off half way.
    TruncateAfter,
    /// Executed; the answer is 200 with bytes that are no JSON.
    Garbage,
    /// Answered late.
    Delay(Duration),
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

/// An answer that is given instead of the true one.
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
    fault: Fault,
    times: Option<u64>,
    after: u64,
    matched: u64,
    used: u64,
}

/// All rules, in order.
#[derive(Debug, Default)]
pub struct Faults(Vec<Rule>);

impl Faults {
    /// Reads rules from JSON.
    ///
    /// # Errors
    /// A sentence that says which rule is not understood and why; nothing is ignored.
    pub fn parse(rules: &[u8]) -> Result<Self, String> {
        let rules: Vec<Value> = serde_json::from_slice(rules).map_err(|error| format!("not a JSON array: {error}"))?;
        let rules = rules.into_iter().enumerate().map(|(index, rule)| {
            let raw: RawRule = serde_json::from_value(rule).map_err(|error| format!("rule {index}: {error}"))?;
            raw.rule().map_err(|why| format!("rule {index}: {why}"))
        });
        Ok(Self(rules.collect::<Result<_, _>>()?))
    }

    /// The fault for a request, counting it. `in_flight` includes the request itself.
    pub fn next(&mut self, method: &str, host: &str, path: &str, in_flight: usize) -> Option<Fault> {
        for rule in &mut self.0 {
            if !rule.matches(method, host, path) {
                continue;
            }
            rule.matched += 1;
            if rule.matched <= rule.after || rule.times.is_some_and(|times| rule.used >= times) {
                continue;
            }
            if let Fault::Limit { limit, .. } = rule.fault
                && in_flight <= limit
            {
                continue;
            }
            rule.used += 1;
            return Some(rule.fault.clone());
        }
        None
    }
}

impl Rule {
    fn matches(&self, method: &str, host: &str, path: &str) -> bool {
        self.method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self
                .host
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(host))
            && self.path.as_ref().is_none_or(|wanted| wanted.is_match(path))
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
            Self::Delay(_) => "delay",
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    #[serde(default, rename = "match")]
    matching: RawMatch,
    fault: String,
    times: Option<u64>,
    #[serde(default)]
    after: u64,
    ms: Option<u64>,
    status: Option<u16>,
    code: Option<u32>,
    body: Option<Value>,
    headers: Option<Map<String, Value>>,
    executed: Option<bool>,
    limit: Option<usize>,
    retry_after: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMatch {
    method: Option<String>,
    host: Option<String>,
    path: Option<String>,
}

impl RawRule {
    fn rule(mut self) -> Result<Rule, String> {
        let path = self.matching.path.take().map(|path| Regex::new(&path)).transpose();
        let path = path.map_err(|error| format!("path is no regular expression: {error}"))?;
        let (method, host) = (self.matching.method.take(), self.matching.host.take());
        let (times, after) = (self.times, self.after);
        let fault = self.fault()?;
        Ok(Rule {
            method,
            host,
            path,
            fault,
            times,
            after,
            matched: 0,
            used: 0,
        })
    }

    fn fault(mut self) -> Result<Fault, String> {
        let name = std::mem::take(&mut self.fault);
        let fault = match name.as_str() {
            "refuse" => Fault::Refuse,
            "reset_before" => Fault::ResetBefore,
            "reset_after" => Fault::ResetAfter,
            "timeout_after" => Fault::TimeoutAfter,
            "html_502_after" => Fault::Html502After,
            "truncate_after" => Fault::TruncateAfter,
            "garbage" => Fault::Garbage,
            "delay" => Fault::Delay(Duration::from_millis(self.milliseconds()?)),
            "stale_read" => Fault::StaleRead(self.window()?),
            "missing_read" => Fault::MissingRead(self.window()?),
            "missing_in_list" => Fault::MissingInList(self.window()?),
            "status" => {
                let status = self.status.take().ok_or("status needs the member status")?;
                if !(100..=599).contains(&status) {
                    return Err(format!("{status} is no HTTP status"));
                }
                Fault::Status(StatusFault {
                    status,
                    code: self.code.take(),
                    body: self.body.take(),
                    headers: self.take_headers()?,
                    executed: self.executed.take().unwrap_or(false),
                })
            }
            "limit" => Fault::Limit {
                limit: self.limit.take().ok_or("limit needs the member limit")?,
                retry_after: self.retry_after.take(),
            },
            other => return Err(format!("there is no fault {other}")),
        };
        let left = [
            ("ms", self.ms.is_some()),
            ("status", self.status.is_some()),
            ("code", self.code.is_some()),
            ("body", self.body.is_some()),
            ("headers", self.headers.is_some()),
            ("executed", self.executed.is_some()),
            ("limit", self.limit.is_some()),
            ("retry_after", self.retry_after.is_some()),
        ];
        match left.iter().find(|(_, present)| *present) {
            Some((member, _)) => Err(format!("{name} has no member {member}")),
            None => Ok(fault),
        }
    }

    fn milliseconds(&mut self) -> Result<u64, String> {
        self.ms.take().ok_or_else(|| "the member ms is missing".to_owned())
    }

    fn window(&mut self) -> Result<i64, String> {
        i64::try_from(self.milliseconds()?).map_err(|_| "ms is too large".to_owned())
    }

    fn take_headers(&mut self) -> Result<Vec<(String, String)>, String> {
        let headers = self
            .headers
            .take()
            .unwrap_or_default()
            .into_iter()
            .map(|(name, value)| {
                http::HeaderName::try_from(name.as_str()).map_err(|_| format!("{name} is no header name"))?;
                let text = match value {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                http::HeaderValue::try_from(text.as_str()).map_err(|_| format!("{name} has no valid header value"))?;
                Ok((name, text))
            });
        headers.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Faults {
        Faults::parse(text.as_bytes()).expect("valid")
    }

    #[test]
    fn a_rule_waits_applies_and_is_used_up() {
        let mut faults = rules(
            r#"[{"match": {"method": "POST", "path": "/Queues"}, "fault": "reset_after", "after": 1, "times": 2}]"#,
        );
        let mut next = |method| faults.next(method, "api.twilio.com", "/2010-04-01/Accounts/AC1/Queues.json", 1);
        assert_eq!(next("GET"), None);
        assert_eq!(next("POST"), None);
        assert_eq!(next("post"), Some(Fault::ResetAfter));
        assert_eq!(next("POST"), Some(Fault::ResetAfter));
        assert_eq!(next("POST"), None);
    }

    #[test]
    fn a_limit_applies_above_its_number_only() {
        let mut faults = rules(r#"[{"fault": "limit", "limit": 2, "retry_after": 1}]"#);
        assert_eq!(faults.next("GET", "h", "/", 2), None);
        assert_eq!(
            faults.next("GET", "h", "/", 3),
            Some(Fault::Limit {
                limit: 2,
                retry_after: Some(1)
            })
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for (text, why) in [
            ("{}", "not a JSON array"),
            (r#"[{"fault": "explode"}]"#, "no fault explode"),
            (r#"[{"fault": "delay"}]"#, "ms"),
            (r#"[{"fault": "refuse", "ms": 5}]"#, "no member ms"),
            (r#"[{"fault": "refuse", "often": 5}]"#, "often"),
            (r#"[{"fault": "refuse", "match": {"url": "x"}}]"#, "url"),
            (r#"[{"fault": "refuse", "match": {"path": "("}}]"#, "regular expression"),
            (r#"[{"fault": "status"}]"#, "status"),
        ] {
            let error = Faults::parse(text.as_bytes()).expect_err(text);
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
