//! What a policy says of closing a subaccount: which may be closed, that it was suspended first, and that nobody uses it.
//! <https://www.twilio.com/docs/iam/api/subaccounts#closing-a-subaccount>
//!
//! Twilio says of an account when it last changed, and not when it was suspended. So the time that has to pass counts from its last
//! change: what is suspended and changed afterwards waits longer.

use futures::future::BoxFuture;
use jiff::Timestamp;
use serde_json::Value as Json;

use super::subaccount::SUBACCOUNT;
use crate::engine::facts::hooks::{Call, Fault, Reviewed};
use crate::engine::facts::{Impact, Properties, Rules};
use crate::engine::operations::policy::refused;
use crate::engine::operations::requests::fetch;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::number::Number;
use crate::resources::usage::spend::{Question, TOTAL, is_of, total};
use crate::twilio::{AccountSid, Client, lenient};

const MAX_USAGE: &str = "close_max_usage";

const SECONDS_IN_AN_HOUR: i64 = 3600;

/// Holds the closing of a subaccount against the policy.
pub(super) fn review(reviewed: Reviewed<'_>) -> BoxFuture<'_, Result<(), Box<Diagnostic>>> {
    Box::pin(async move {
        if !reviewed.impacts.contains(&Impact::Close) {
            return Ok(());
        }
        let name = reviewed.prior.attr("friendly_name").as_str();
        for rules in &reviewed.policy.rules {
            refuse_by_name(rules, name, &reviewed)?;
        }
        refuse_in_use(&reviewed).await?;
        let waits = |rules: &&Rules| rules.suspend_before_close || rules.suspend_grace_hours.is_some();
        let waiting: Vec<_> = reviewed.policy.rules.iter().filter(waits).collect();
        let (Some(first), Some((client, account))) = (waiting.first(), reviewed.connection) else {
            return Ok(());
        };
        // The state may be older than the plan, or made by somebody else.
        let call = Call {
            object: &SUBACCOUNT.object,
            client,
            account,
            state: reviewed.prior,
            warnings: reviewed.warnings,
        };
        let found = fetch(call).await.map_err(|fault| match fault {
            Fault::Diagnostic(diagnostic) => diagnostic,
            Fault::Api(error) => {
                let (named, attempt) = (reviewed.named, &error.attempt);
                let what = format!("Whether the {named} is suspended cannot be seen: {error} ({attempt})");
                let next = "Run it again with the credentials of the account that owns it.";
                Box::new(refused(first, rule_of(first), &what, reviewed.outcome, next))
            }
        })?;
        for rules in waiting {
            refuse_unsuspended(rules, &found, client.server_time(), &reviewed)?;
        }
        Ok(())
    })
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
    let which = match of.as_slice() {
        [] => "its name is that of no environment".to_owned(),
        of => format!("its name is that of {}", of.join(" and ")),
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
    let child = reviewed.prior.attr("sid").as_str();
    let child = child.and_then(|sid| sid.parse::<AccountSid>().ok());
    let (Some((client, _)), Some(child), Some((first, _))) = (reviewed.connection, child, limits.first().copied())
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
        let mut of_day: Vec<_> = of_day.into_iter().filter(|record| is_of(record, TOTAL)).collect();
        // A day without a figure is no day without costs.
        if of_day.is_empty() {
            return Ok(None);
        }
        records.append(&mut of_day);
    }
    Ok(total(&records))
}

fn rule_of(rules: &Rules) -> &'static str {
    match rules.suspend_grace_hours {
        Some(_) => "suspend_grace_hours",
        None => "suspend_before_close",
    }
}

fn refuse_unsuspended(
    rules: &Rules,
    account: &Properties,
    now: Timestamp,
    reviewed: &Reviewed<'_>,
) -> Result<(), Box<Diagnostic>> {
    let status = account.get("status").and_then(Json::as_str);
    // What is closed already is closed again by nobody.
    if status == Some("closed") {
        return Ok(());
    }
    let rule = rule_of(rules);
    if status != Some("suspended") {
        let what = format!(
            "The {} is to be closed for good, and it is not suspended",
            reviewed.named
        );
        let next = "Set status = \"suspended\" and apply first.";
        return Err(Box::new(refused(rules, rule, &what, reviewed.outcome, next)));
    }
    let Some(hours) = rules.suspend_grace_hours else {
        return Ok(());
    };
    let changed = account.get("date_updated").and_then(lenient::date_time);
    let changed = changed.and_then(|text| text.parse::<Timestamp>().ok());
    let grace = i64::try_from(hours)
        .unwrap_or(i64::MAX)
        .saturating_mul(SECONDS_IN_AN_HOUR);
    let what = match changed {
        Some(changed) if now.as_second().saturating_sub(changed.as_second()) >= grace => return Ok(()),
        Some(changed) => format!(
            "The {} is to be closed for good. It was suspended, or last changed, at {changed}, which is less than {hours} hours ago",
            reviewed.named
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
