//! What a policy says of closing a subaccount: which may be closed, that it was suspended first, and that nobody uses it.
//! <https://www.twilio.com/docs/iam/api/subaccounts#closing-a-subaccount>
//!
//! Twilio says of an account when it last changed, and not when it was suspended. So the time that has to pass counts from its last
//! change: what is suspended and changed afterwards waits longer.

use futures::future::BoxFuture;
use jiff::Timestamp;
use serde_json::Value as Json;

use super::api_key::API_KEY;
use super::aws_credential::AWS_CREDENTIAL;
use super::holdings::held;
use super::public_key_credential::PUBLIC_KEY_CREDENTIAL;
use super::subaccount::SUBACCOUNT;
use crate::engine::facts::hooks::{Call, Fault, Reviewed};
use crate::engine::facts::{Impact, Object, Properties, Rules};
use crate::engine::operations::policy::{also, refused};
use crate::engine::operations::requests::fetch;
use crate::engine::values::counted_names::and_more;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::number::Number;
use crate::resources::numbers::phone_number::PHONE_NUMBER;
use crate::resources::usage::spend::{Question, TOTAL, is_of, total};
use crate::twilio::{AccountSid, Client, lenient};

const MAX_USAGE: &str = "close_max_usage";

const SECONDS_IN_AN_HOUR: i64 = 3600;

/// Holds the closing of a subaccount against the policy. The account itself is asked: the state may be older than the plan, or made by
/// somebody else.
pub(super) fn review(reviewed: Reviewed<'_>) -> BoxFuture<'_, Result<(), Box<Diagnostic>>> {
    Box::pin(async move {
        if !reviewed.impacts.contains(&Impact::Close) {
            return Ok(());
        }
        let name = reviewed.gone.attr("friendly_name").as_str();
        if name.is_some() {
            refuse_by_names(&[name], &reviewed)?;
        }
        refuse_in_use(&reviewed).await?;
        refuse_what_is_lost(&reviewed).await?;
        let asks = |rules: &&Rules| waits(rules) || rules.allow_close.is_some();
        let (Some(first), Some((client, account))) = (reviewed.policy.rules.iter().find(asks), reviewed.connection)
        else {
            return Ok(());
        };
        let call = Call {
            object: &SUBACCOUNT.object,
            client,
            account,
            state: reviewed.gone,
            warnings: reviewed.warnings,
        };
        let found = fetch(call).await.map_err(|fault| match fault {
            Fault::Diagnostic(diagnostic) => diagnostic,
            Fault::Api(error) => {
                let (named, attempt) = (reviewed.named, &error.attempt);
                let what = match waits(first) {
                    true => format!("Whether the {named} is suspended cannot be seen: {error} ({attempt})"),
                    false => format!("What the {named} is called by now cannot be seen: {error} ({attempt})"),
                };
                let next = "Run it again with the credentials of the account that owns it.";
                Box::new(refused(first, rule_of(first), &what, reviewed.outcome, next))
            }
        })?;
        // What is closed already is closed again by nobody.
        if found.get("status").and_then(Json::as_str) == Some("closed") {
            return Ok(());
        }
        let names = [found.get("friendly_name").and_then(Json::as_str), name];
        // Of what is replaced by request the plan knows the SID alone.
        let known = 1 + usize::from(name.is_some());
        refuse_by_names(&names[..known], &reviewed)?;
        for rules in reviewed.policy.rules.iter().filter(|rules| waits(rules)) {
            refuse_unsuspended(rules, &found, Clocks::of(client), &reviewed)?;
        }
        Ok(())
    })
}

const fn waits(rules: &Rules) -> bool {
    rules.suspend_before_close || rules.suspend_grace_hours.is_some()
}

/// What closing takes with it, whatever it holds, is also what a policy calls by its own word: a number is released, a key revoked.
/// Without `force_close` nothing of that is there when it is closed.
async fn refuse_what_is_lost(reviewed: &Reviewed<'_>) -> Result<(), Box<Diagnostic>> {
    const LOST: &[(Impact, &[&Object])] = &[
        (Impact::Release, &[&PHONE_NUMBER.object]),
        (
            Impact::Revoke,
            &[&API_KEY.object, &AWS_CREDENTIAL.object, &PUBLIC_KEY_CREDENTIAL.object],
        ),
    ];
    let (Some((client, _)), Some(child)) = (reviewed.connection, sid_of(reviewed)) else {
        return Ok(());
    };
    if reviewed.gone.attr("force_close").as_bool() != Some(true) {
        return Ok(());
    }
    for (impact, objects) in LOST {
        if !reviewed.policy.asks_about(*impact) {
            continue;
        }
        for object in *objects {
            let (noun, subaccount) = (object.noun, reviewed.named);
            let named = match held(client, &child, object).await {
                Ok(all) => match all.as_slice() {
                    [] => continue,
                    [one, more @ ..] => {
                        let all = and_more(&one.sid, more.len());
                        format!("{noun} {all} of the {subaccount}, which force_close closes with all it holds,")
                    }
                },
                // What cannot be seen may be there.
                Err(Fault::Api(error)) => format!(
                    "{noun} of the {subaccount}, which force_close closes with all it holds though that cannot be seen ({error}),"
                ),
                Err(Fault::Diagnostic(diagnostic)) => return Err(diagnostic),
            };
            if let Some(diagnostic) = also(reviewed, *impact, &named) {
                return Err(Box::new(diagnostic));
            }
        }
    }
    Ok(())
}

/// The account that goes.
fn sid_of(reviewed: &Reviewed<'_>) -> Option<AccountSid> {
    reviewed.gone.attr("sid").as_str()?.parse().ok()
}

/// Twilio's clock and this machine's.
#[derive(Clone, Copy)]
struct Clocks {
    servers: Timestamp,
    local: Timestamp,
}

impl Clocks {
    fn of(client: &Client) -> Self {
        Self {
            servers: client.server_time(),
            local: client.local_time(),
        }
    }

    /// The earlier of both: one that is wrong must not make a wait shorter.
    fn earlier(self) -> Timestamp {
        self.servers.min(self.local)
    }

    /// That they differ, at the end of a sentence, where it matters.
    fn difference(self) -> String {
        let apart = self.servers.as_second().abs_diff(self.local.as_second());
        match apart > SECONDS_IN_AN_HOUR.unsigned_abs() {
            false => String::new(),
            true => format!(
                " by the earlier of two clocks: Twilio's responses say {}, this machine {}",
                self.servers, self.local
            ),
        }
    }
}

/// Holds each of these names, which are one account's, against each rule.
fn refuse_by_names(names: &[Option<&str>], reviewed: &Reviewed<'_>) -> Result<(), Box<Diagnostic>> {
    for rules in &reviewed.policy.rules {
        for name in names {
            refuse_by_name(rules, *name, reviewed)?;
        }
    }
    Ok(())
}

/// Refuses what is called as nothing that may be closed, or as something that may and something that may not.
fn refuse_by_name(rules: &Rules, name: Option<&str>, reviewed: &Reviewed<'_>) -> Result<(), Box<Diagnostic>> {
    let Some(allowed) = &rules.allow_close else {
        return Ok(());
    };
    let patterns = rules.name_patterns.iter();
    let fits: Vec<_> = patterns
        .filter(|(_, pattern)| name.is_some_and(|name| pattern.is_match(name)))
        .map(|(environment, _)| environment)
        .collect();
    if !fits.is_empty() && fits.iter().all(|environment| allowed.contains(*environment)) {
        return Ok(());
    }
    let of = fits.iter().map(|environment| environment.as_str()).collect::<Vec<_>>();
    let called = name.map_or("without a name".to_owned(), |name| format!("{name:?}"));
    let which = match of.as_slice() {
        [] => format!("its name, {called}, is that of no environment"),
        of => format!("its name, {called}, is that of {}", of.join(" and ")),
    };
    let list = allowed.iter().map(String::as_str).collect::<Vec<_>>();
    let list = match list.as_slice() {
        [] => "none may be closed".to_owned(),
        list => format!("those that may be closed are {}", list.join(", ")),
    };
    let what = format!("The {} is to be closed for good: {which}, and {list}", reviewed.named);
    let next = "Set on_destroy = \"suspend\" or \"retain\" and apply first, or have the policy changed.";
    Err(Box::new(refused(rules, "allow_close", &what, reviewed.outcome, next)))
}

/// Refuses what has cost more than the policy allows, yesterday and today: as long as that is, nobody has missed it. Its parent sees
/// the usage of a suspended subaccount, too.
async fn refuse_in_use(reviewed: &Reviewed<'_>) -> Result<(), Box<Diagnostic>> {
    let limits = reviewed.policy.rules.iter();
    let limits: Vec<_> = limits
        .filter_map(|rules| Some((rules, rules.close_max_usage.as_ref()?)))
        .collect();
    let (Some((client, _)), Some(child), Some((first, _))) =
        (reviewed.connection, sid_of(reviewed), limits.first().copied())
    else {
        return Ok(());
    };
    let next = "Run it again later, or have the policy changed.";
    let refuse = |rules: &Rules, what: &str| -> Result<(), Box<Diagnostic>> {
        Err(Box::new(refused(rules, MAX_USAGE, what, reviewed.outcome, next)))
    };
    let named = reviewed.named;
    let spent = match spent(client, &child).await {
        Ok(Some(spent)) => spent,
        Ok(None) => {
            let what = format!(
                "The {named} is to be closed for good, and Twilio has no figure of what it cost yesterday and today"
            );
            return refuse(first, &what);
        }
        Err(fault) => {
            let why = match fault {
                Fault::Api(error) => format!("{error} ({})", error.attempt),
                Fault::Diagnostic(diagnostic) => diagnostic.detail.clone(),
            };
            let what = format!("What the {named} cost yesterday and today cannot be seen: {why}");
            return refuse(first, &what);
        }
    };
    for (rules, limit) in limits {
        if spent > *limit {
            let what = format!(
                "The {named} is to be closed for good. Yesterday and today (GMT) it has cost {spent}, and a subaccount that has cost \
                 more than {limit} is not closed here"
            );
            return refuse(rules, &what);
        }
    }
    Ok(())
}

/// What an account has cost yesterday and today, without its subaccounts, as it has none.
async fn spent(client: &Client, account: &AccountSid) -> Result<Option<Number>, Fault> {
    let mut records = Vec::new();
    for part in ["/Yesterday", "/Today"] {
        let question = Question {
            part,
            category: Some(TOTAL),
            start: None,
            end: None,
            include_subaccounts: false,
        };
        let of_day = question.ask(client, account).await?;
        // A figure of no account may be that of any.
        let is_its = |record: &Properties| {
            is_of(record, TOTAL) && record.get("account_sid").and_then(Json::as_str) == Some(account.as_str())
        };
        let mut of_day: Vec<_> = of_day.into_iter().filter(is_its).collect();
        // A day without a figure is no day without costs.
        if of_day.is_empty() {
            return Ok(None);
        }
        records.append(&mut of_day);
    }
    Ok(total(&records).filter(|spent| *spent >= Number::zero()))
}

fn rule_of(rules: &Rules) -> &'static str {
    match (rules.suspend_grace_hours, rules.suspend_before_close) {
        (Some(_), _) => "suspend_grace_hours",
        (None, true) => "suspend_before_close",
        (None, false) => "allow_close",
    }
}

fn refuse_unsuspended(
    rules: &Rules,
    account: &Properties,
    clocks: Clocks,
    reviewed: &Reviewed<'_>,
) -> Result<(), Box<Diagnostic>> {
    let status = account.get("status").and_then(Json::as_str);
    let rule = rule_of(rules);
    if status != Some("suspended") {
        let what = format!(
            "The {} is to be closed for good, and it is not suspended",
            reviewed.named
        );
        let next = "Keep its block, or put it back, with status = \"suspended\", and apply that first.";
        return Err(Box::new(refused(rules, rule, &what, reviewed.outcome, next)));
    }
    let Some(hours) = rules.suspend_grace_hours.filter(|hours| *hours > 0) else {
        return Ok(());
    };
    let now = clocks.earlier();
    let changed = account.get("date_updated").and_then(lenient::date_time);
    let changed = changed.and_then(|text| text.parse::<Timestamp>().ok());
    let grace = i64::try_from(hours)
        .unwrap_or(i64::MAX)
        .saturating_mul(SECONDS_IN_AN_HOUR);
    let what = match changed {
        Some(changed) if now.as_second().saturating_sub(changed.as_second()) >= grace => return Ok(()),
        Some(changed) => format!(
            "The {} is to be closed for good. It was suspended, or last changed, at {changed}, which is less than {hours} hours \
             ago{}",
            reviewed.named,
            clocks.difference(),
        ),
        None => format!("Since when the {} is suspended is not known", reviewed.named),
    };
    let next = match changed
        .and_then(|changed| changed.as_second().checked_add(grace))
        .map(Timestamp::from_second)
    {
        Some(Ok(from)) => format!("It may be closed from {from} on."),
        _ => "Have the policy changed, or close it in Twilio's Console.".to_owned(),
    };
    Err(Box::new(refused(rules, rule, &what, reviewed.outcome, &next)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;
    use crate::engine::facts::Policy;
    use crate::engine::facts::hooks::Warnings;
    use crate::framework::value::Value;
    use crate::twilio::tests::server::{ReceivedRequest, Server, child, ok, parent};

    /// What is said of closing this account while Twilio calls it `name`, and it has a number.
    async fn said(rules: Rules, gone: Value, name: &'static str) -> String {
        let server = Server::start(move |seen: &ReceivedRequest, _| {
            if seen.target.contains("IncomingPhoneNumbers") {
                let number = json!({"sid": format!("PN{:032}", 1), "phone_number": "+14155550100"});
                return ok(json!({"incoming_phone_numbers": [number], "next_page_uri": null}));
            }
            if seen
                .target
                .starts_with(&format!("/2010-04-01/Accounts/{}.json", child()))
            {
                return ok(
                    json!({"sid": child().as_str(), "friendly_name": name, "status": "suspended",
                    "date_updated": "Thu, 01 Jan 2015 00:00:00 +0000", "auth_token": "child-token"}),
                );
            }
            ok(json!({"items": [], "meta": {"key": "items", "next_page_url": null}}))
        })
        .await;
        let (client, _clock) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let policy = Policy {
            rules: vec![rules],
            ..Policy::default()
        };
        let impacts = BTreeSet::from([Impact::Close, Impact::Delete]);
        let outcome = review(Reviewed {
            policy: &policy,
            connection: Some((&client, &account)),
            prior: &Value::Null,
            planned: &Value::Null,
            gone: &gone,
            config: &Value::Null,
            type_name: "twilio_subaccount",
            impacts: &impacts,
            named: "subaccount",
            replaces: false,
            is_apply: true,
            outcome: "Nothing was destroyed.",
            warnings: &warnings,
        })
        .await;
        outcome
            .err()
            .map(|said| format!("{}: {}", said.summary, said.detail))
            .unwrap_or_default()
    }

    fn dev_alone() -> Rules {
        let pattern = |text: &str| regex_lite::Regex::new(text).expect("a pattern");
        Rules {
            source: "the policy".to_owned(),
            allow_close: Some(BTreeSet::from(["dev".to_owned()])),
            name_patterns: [
                ("dev".to_owned(), pattern("^dev-")),
                ("prod".to_owned(), pattern("^prod-")),
            ]
            .into(),
            ..Rules::default()
        }
    }

    fn state(name: Option<&str>, force: bool) -> Value {
        Value::object([
            ("sid", Value::string(child().as_str())),
            ("friendly_name", name.map(str::to_owned).into()),
            ("force_close", force.into()),
        ])
    }

    #[tokio::test]
    async fn both_the_name_of_the_state_and_that_of_twilio_must_be_allowed() {
        assert_eq!(said(dev_alone(), state(Some("dev-1"), false), "dev-1").await, "");
        let renamed = said(dev_alone(), state(Some("dev-1"), false), "prod-1").await;
        assert!(
            renamed.contains("allow_close") && renamed.contains("prod-1"),
            "{renamed}"
        );
        assert_ne!(said(dev_alone(), state(Some("prod-1"), false), "dev-1").await, "");
        // Of what is replaced by request a plan knows the SID alone.
        assert_ne!(said(dev_alone(), state(None, false), "prod-1").await, "");
        assert_eq!(said(dev_alone(), state(None, false), "dev-1").await, "");
    }

    #[tokio::test]
    async fn what_is_suspended_for_long_may_be_closed() {
        for hours in [0, 72] {
            let rules = Rules {
                suspend_grace_hours: Some(hours),
                ..Rules::default()
            };
            assert_eq!(said(rules, state(Some("dev-1"), false), "dev-1").await, "", "{hours}");
        }
        let rules = Rules {
            suspend_grace_hours: Some(1_000_000),
            ..Rules::default()
        };
        let refused = said(rules, state(Some("dev-1"), false), "dev-1").await;
        assert!(refused.contains("less than 1000000 hours ago"), "{refused}");
    }

    #[tokio::test]
    async fn what_a_forced_close_takes_with_it_is_released() {
        let rules = || Rules {
            source: "the policy".to_owned(),
            forbidden_impacts: BTreeSet::from([Impact::Release]),
            ..Rules::default()
        };
        let refused = said(rules(), state(Some("dev-1"), true), "dev-1").await;
        assert!(refused.contains("(release)") && refused.contains("PN0000"), "{refused}");
        assert_eq!(
            said(rules(), state(Some("dev-1"), false), "dev-1").await,
            "",
            "it is refused while it holds one"
        );
    }

    #[test]
    fn a_grace_goes_by_the_earlier_clock_and_says_that_they_differ() {
        let moment = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let clocks = Clocks {
            servers: moment("2026-03-04T08:00:00Z"),
            local: moment("2026-03-01T00:00:00Z"),
        };
        assert_eq!(clocks.earlier(), clocks.local);
        assert!(clocks.difference().contains("2026-03-04"));
        let together = Clocks {
            servers: clocks.local,
            ..clocks
        };
        assert_eq!(together.difference(), "");
    }
}
