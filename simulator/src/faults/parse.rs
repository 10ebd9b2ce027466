//! Reading rules. Whatever is not understood is refused: a rule that quietly does nothing makes a test that cannot fail.

use std::time::Duration;

use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::random::Random;
use super::{Effect, Fault, Faults, Rule, StatusFault};

/// Longest wait: a client that hangs for longer hangs for good.
const MOST_MILLISECONDS: u64 = 3_600_000;

impl Faults {
    /// Reads rules from JSON.
    ///
    /// # Errors
    /// A sentence that says which rule is not understood and why; nothing is ignored.
    pub fn parse(rules: &[u8]) -> Result<Self, String> {
        let rules: Vec<Map<String, Value>> =
            serde_json::from_slice(rules).map_err(|error| format!("not a JSON array of rules: {error}"))?;
        let rules = rules
            .into_iter()
            .enumerate()
            .map(|(index, rule)| read(rule).map_err(|why| format!("rule {index}: {why}")));
        Ok(Self(rules.collect::<Result<_, _>>()?))
    }
}

fn read(mut fault: Map<String, Value>) -> Result<Rule, String> {
    let written = fault.clone();
    let conditions = ["match", "times", "after"]
        .into_iter()
        .filter_map(|name| fault.shift_remove_entry(name))
        .collect();
    let conditions: RawConditions = from(conditions)?;
    let fault: RawFault = from(fault)?;
    let path = conditions.matching.path.map(|path| Regex::new(&path)).transpose();
    let path = path.map_err(|error| format!("path is no regular expression: {error}"))?;
    Ok(Rule {
        method: conditions.matching.method,
        host: conditions.matching.host,
        path,
        effect: fault.effect()?,
        times: conditions.times,
        after: conditions.after,
        matched: 0,
        used: 0,
        written,
    })
}

fn from<T: serde::de::DeserializeOwned>(members: Map<String, Value>) -> Result<T, String> {
    serde_json::from_value(Value::Object(members)).map_err(|error| error.to_string())
}

/// When a rule applies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConditions {
    #[serde(default, rename = "match")]
    matching: RawMatch,
    times: Option<u64>,
    #[serde(default)]
    after: u64,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMatch {
    method: Option<String>,
    host: Option<String>,
    path: Option<String>,
}

/// The other members of a rule, and each fault that `random` chooses from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFault {
    fault: String,
    seed: Option<u64>,
    percent: Option<u64>,
    of: Option<Vec<Map<String, Value>>>,
    ms: Option<u64>,
    set: Option<Map<String, Value>>,
    ahead: Option<i64>,
    status: Option<u16>,
    code: Option<u32>,
    body: Option<Value>,
    headers: Option<Map<String, Value>>,
    executed: Option<bool>,
    limit: Option<usize>,
    retry_after: Option<u64>,
}

impl RawFault {
    fn effect(self) -> Result<Effect, String> {
        match self.fault.as_str() {
            "random" => Ok(Effect::Random(self.random()?)),
            _ => Ok(Effect::Always(self.fault()?)),
        }
    }

    fn random(mut self) -> Result<Random, String> {
        let seed = self.seed.take().ok_or("random needs the member seed")?;
        let percent = self.percent.take().ok_or("random needs the member percent")?;
        if percent > 100 {
            return Err(format!("percent is {percent}, and no more than 100 of 100 can be hit"));
        }
        let of = self.of.take().unwrap_or_default();
        if of.is_empty() {
            return Err("random needs faults in the member of".to_owned());
        }
        self.nothing_left("random")?;
        let choices = of
            .into_iter()
            .enumerate()
            .map(|(index, fault)| choice(fault).map_err(|why| format!("of[{index}]: {why}")));
        Ok(Random::new(seed, percent, choices.collect::<Result<_, _>>()?))
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
            "swap" => Fault::Swap,
            "altered" => Fault::Altered(self.set.take().ok_or("altered needs the member set")?),
            "date" => Fault::Date(self.ahead.take()),
            "delay" => Fault::Delay(Duration::from_millis(self.milliseconds()?)),
            "delay_after" => Fault::DelayAfter(Duration::from_millis(self.milliseconds()?)),
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
        self.nothing_left(&name)?;
        Ok(fault)
    }

    /// Members that the fault does not have are refused: whoever wrote them expects something of them.
    fn nothing_left(&self, name: &str) -> Result<(), String> {
        let left = [
            ("seed", self.seed.is_some()),
            ("percent", self.percent.is_some()),
            ("of", self.of.is_some()),
            ("ms", self.ms.is_some()),
            ("set", self.set.is_some()),
            ("ahead", self.ahead.is_some()),
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
            None => Ok(()),
        }
    }

    fn milliseconds(&mut self) -> Result<u64, String> {
        let ms = self.ms.take().ok_or("the member ms is missing")?;
        match ms <= MOST_MILLISECONDS {
            true => Ok(ms),
            false => Err(format!("ms is more than an hour, {MOST_MILLISECONDS}")),
        }
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

/// One of the faults that `random` chooses from.
fn choice(fault: Map<String, Value>) -> Result<Fault, String> {
    match from::<RawFault>(fault)?.effect()? {
        Effect::Always(fault) => Ok(fault),
        Effect::Random(_) => Err("random cannot be one of random's faults".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_refused() {
        for (text, why) in [
            ("{}", "not a JSON array"),
            (r#"[{"fault": "explode"}]"#, "no fault explode"),
            (r#"[{"fault": "delay"}]"#, "ms"),
            (r#"[{"fault": "delay_after"}]"#, "ms"),
            (r#"[{"fault": "refuse", "ms": 5}]"#, "no member ms"),
            (r#"[{"fault": "refuse", "often": 5}]"#, "often"),
            (r#"[{"fault": "refuse", "match": {"url": "x"}}]"#, "url"),
            (r#"[{"fault": "refuse", "match": {"path": "("}}]"#, "regular expression"),
            (r#"[{"fault": "status"}]"#, "status"),
            (r#"[{"fault": "altered"}]"#, "set"),
            (r#"[{"fault": "swap", "ahead": 5}]"#, "no member ahead"),
            (r#"[{"fault": "refuse", "set": {}}]"#, "no member set"),
            (r#"[{"fault": "refuse", "seed": 5}]"#, "no member seed"),
            (
                r#"[{"fault": "random", "percent": 5, "of": [{"fault": "refuse"}]}]"#,
                "seed",
            ),
            (
                r#"[{"fault": "random", "seed": 1, "percent": 101, "of": [{"fault": "refuse"}]}]"#,
                "101",
            ),
            (r#"[{"fault": "random", "seed": 1, "percent": 5}]"#, "of"),
            (r#"[{"fault": "random", "seed": 1, "percent": 5, "of": []}]"#, "of"),
            (
                r#"[{"fault": "random", "seed": 1, "percent": 5, "ms": 5, "of": [{"fault": "refuse"}]}]"#,
                "no member ms",
            ),
            (
                r#"[{"fault": "random", "seed": 1, "percent": 5, "of": [{"fault": "refuse", "times": 5}]}]"#,
                "of[0]: unknown field `times`",
            ),
            (
                r#"[{"fault": "random", "seed": 1, "percent": 5, "of": [{"fault": "refuse"},
                     {"fault": "random", "seed": 1, "percent": 5, "of": [{"fault": "refuse"}]}]}]"#,
                "of[1]: random cannot",
            ),
        ] {
            let error = Faults::parse(text.as_bytes()).expect_err(text);
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
