//! What is not as it should be in an account, in one list for a `check`.
//!
//! # Quirks
//! - It reads as the inventory and the list of webhooks read ([`super::holdings`], [`super::webhook_places`]); what is searched for is in
//!   [`super::audit`].
//! - What could not be read is in `unread`, and `clean` is false then: nobody knows it.

use futures::future::BoxFuture;
use serde_json::{Value as Json, json};

use super::audit::{ACCOUNT_STATUS, BALANCE, CHECKS, Finding, Report, Rules, Severity, parts};
use super::codes::ACCOUNTS;
use super::parts::{Parts, UNREAD, read_parts};
use super::webhook_places::{READS as WEBHOOK_READS, SOURCES};
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{
    Access, Category, Check, Field, Kind, Properties, boolean, decimal, int, objects, set, text,
};
use crate::engine::operations::list::texts;
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::number::Number;
use crate::framework::value::Value;
use crate::resources::accounts_below::{Account, Accounts, accounts};
use crate::resources::reading::ACCOUNT_SID;
use crate::twilio::{Product, lenient};

/// `data.twilio_account_audit`.
pub const ACCOUNT_AUDIT: DataSource = DataSource {
    name: "twilio_account_audit",
    since: "0.1.0",
    noun: "audit of an account",
    doc: "What is not as it should be in an account, and with `include_subaccounts` in its subaccounts: numbers at which nobody answers, old \
          API keys, messaging services without a status callback, webhooks over http or with a password in them, numbers of high risk \
          that may be called, a low balance, a suspended account. It only reads. Let it stand beside a `check` block and refer to it \
          there, as here. It costs about 25 requests for each account, and one more for each further page of a list, for each Studio \
          flow, Verify service, TaskRouter workspace and messaging service with numbers.",
    quirks: &[
        "What could not be read is never shown as good: `unread` names it with the reason, and `complete` and `clean` are false. Both are \
         always true or false, so that a `check` can have them as its condition.",
        "Where a kind has to be read one by one, as Studio flows, no more than 50 of it are read in an account; of subaccounts no more than \
         `max_subaccounts`. `unread` names what was left.",
        "Whether an endpoint refuses a request with a wrong signature shows only where one is sent: that is `twilio_webhook_check`. Nothing is \
         connected to here.",
        "Webhooks of Conversations are not looked at, because Twilio makes a service of its own there when an account first asks. \
         `twilio_account_webhooks` lists them. Numbers whose messages an address of Conversations takes are named as if nobody heard of them.",
        "Of a subaccount that is suspended nothing else is looked at: it is a finding itself, and `unread` names it.",
        "A subaccount that has the dialing permissions of its parent is not named for them a second time.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/api/account",
    attributes: ATTRIBUTES,
    place: ReadPlace::worked_out(
        Product::Api,
        &[
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json",
            "/2010-04-01/Accounts/{account_sid}/Balance.json",
            "/2010-04-01/Accounts/{account_sid}.json",
            "/2010-04-01/Accounts.json",
        ],
    )
    .also(&READS),
    codes: &[ACCOUNTS],
    rules: &[],
    validate: Some(a_balance_has_a_bound),
    read,
};

/// What is read beside the webhooks.
const OTHER_READS: [Access; 5] = [
    Access::get(Product::Iam, "/v1/Keys"),
    Access::get(Product::Messaging, "/v1/Services"),
    Access::get(Product::Messaging, "/v1/Services/{service_sid}/PhoneNumbers"),
    Access::get(Product::Voice, "/v1/DialingPermissions/Countries"),
    Access::get(Product::Voice, "/v1/Settings"),
];

const READS: [Access; 3 * SOURCES.len() + OTHER_READS.len()] = {
    let mut reads = [OTHER_READS[0]; 3 * SOURCES.len() + OTHER_READS.len()];
    let mut next = 0;
    while next < reads.len() {
        reads[next] = match next < OTHER_READS.len() {
            true => OTHER_READS[next],
            false => WEBHOOK_READS[next - OTHER_READS.len()],
        };
        next += 1;
    }
    reads
};

/// Subaccounts that are read without `max_subaccounts`.
const MOST_SUBACCOUNTS: usize = 100;

const ATTRIBUTES: &[Field] = &[
    boolean("include_subaccounts", Setting(Clears)).doc(
        "Whether each subaccount that is not closed is read, too. Default: `false`.",
    ),
    int("max_subaccounts", Setting(Clears))
        .checks(&[Check::Range(1, 10_000)])
        .doc("How many subaccounts are read at most, `1` to `10000`; the rest is in `unread`. Default: `100`."),
    set("checks", Setting(Clears), &Kind::Text)
        .checks(&[Check::NonEmpty, Check::Each(&Check::OneOf(CHECKS))])
        .doc(
            "Only these: `account_status`, `api_keys`, `balance`, `dialing_permissions`, `messaging_services`, `phone_numbers`, `webhooks`. \
             Default: all, but `balance` only where `min_balance` is set.",
        ),
    int("max_key_age_days", Setting(Clears))
        .checks(&[Check::Range(1, 3650)])
        .doc("How many days old an API key may become, `1` to `3650`. Default: `90`."),
    decimal("min_balance", Setting(Clears)).doc(
        "What has to be left on the account, in its own currency. Without it the balance is not read. The parent pays for its subaccounts.",
    ),
    set("high_risk_countries", Setting(Clears), &Kind::Text)
        .checks(&[Check::NonEmpty, Check::Each(&Check::Country)])
        .doc(
            "Countries whose numbers of high risk may be called, as ISO 3166-1 alpha-2 codes. Default: none.",
        ),
    ACCOUNT_SID,
    boolean("clean", Observed).doc("Whether everything was read and nothing found."),
    boolean("complete", Observed).doc("Whether everything was read."),
    objects("findings", Observed, FINDING).doc("What was found, the worst first."),
    objects("unread", Observed, UNREAD).doc(
        "What could not be read, by the name of its check (`all` where nothing of an account was), for each account, with the reason.",
    ),
];

const FINDING: &[Field] = &[
    text("severity", Observed).doc(
        "`high` where money or traffic is lost, or can be; `medium` where something goes wrong sooner or later; `low` what is worth knowing.",
    ),
    text("check", Observed).doc("Which check found it, as in `checks`."),
    text("account_sid", Observed).doc("SID of the account."),
    text("kind", Observed).doc("Kind of what it is about, for example `phone_numbers`."),
    text("sid", Observed).doc("SID of what it is about. Null where it has none, as a country."),
    text("name", Observed)
        .doc("What people know that by: the number of a phone number, the code of a country, otherwise a name. Null where it has none."),
    text("message", Observed).doc("What is wrong, and what to do about it."),
];

fn a_balance_has_a_bound(config: &Value, diagnostics: &mut Diagnostics) {
    let wants_balance = texts(config.attr("checks")).iter().any(|name| name == BALANCE);
    if wants_balance && config.attr("min_balance").is_null() {
        let diagnostic = Diagnostic::error(
            "The check of the balance has no bound",
            "checks has balance, and min_balance does not say how much is enough. Set min_balance, for example to 20.",
        );
        diagnostics.push(diagnostic.at_attribute("min_balance"));
    }
}

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let include_subaccounts = query.config.attr("include_subaccounts").as_bool().unwrap_or(false);
        let most = query
            .config
            .attr("max_subaccounts")
            .as_number()
            .and_then(Number::to_i64);
        let most = most
            .and_then(|most| usize::try_from(most).ok())
            .unwrap_or(MOST_SUBACCOUNTS);
        let wanted = texts(query.config.attr("checks"));
        let rules = Rules::of(query.config, query.client.server_time(), query.account);
        let has_bound = query.config.attr("min_balance").as_number().is_some();
        let looks_at_status = wanted.is_empty() || wanted.iter().any(|name| name == ACCOUNT_STATUS);

        let all = accounts(query, include_subaccounts).await?;
        let seen = all.all.clone();
        let Division { read, left } = divided(all, most);
        let (client, rules) = (query.client, &rules);
        let parts = parts(&wanted, has_bound);
        let parts = read_parts(query, read, &parts, |account, part| async move {
            part.look(client, account, rules).await
        });
        let mut found = parts.await?;
        lacking(&mut found, left, if looks_at_status { &seen } else { &[] });
        let statuses = seen.iter().filter(|_| looks_at_status).filter_map(judged);
        let mut answer = answer(&found, statuses);
        found.tell_what_is_missing(query, &mut answer);
        let is_clean = answer["complete"] == true && answer["findings"].as_array().is_some_and(Vec::is_empty);
        answer.insert("clean".to_owned(), is_clean.into());
        Ok(answer)
    })
}

/// Which accounts are read, and why others are not.
struct Division {
    read: Accounts,
    left: Vec<(Account, &'static str)>,
}

/// The account itself, which is the first, and as many of its subaccounts as are wanted. One that is closed has nothing any more, and of
/// one that is suspended Twilio shows little, and nothing answers.
fn divided(all: Accounts, most: usize) -> Division {
    let (mut read, mut left) = (Vec::new(), Vec::new());
    for account in all.all {
        match account.status.as_deref() {
            _ if read.is_empty() => read.push(account),
            Some("closed") => {}
            Some("suspended") => left.push((account, "it is suspended, and nothing in it is looked at")),
            _ if read.len() > most => left.push((account, "there are more subaccounts than max_subaccounts")),
            _ => read.push(account),
        }
    }
    Division {
        read: Accounts {
            all: read,
            hidden: all.hidden,
        },
        left,
    }
}

/// Names what was looked at in part, or not at all.
fn lacking(found: &mut Parts<Report>, left: Vec<(Account, &'static str)>, statuses: &[Account]) {
    let unknown = found.found.iter().filter_map(|(account, check, report)| {
        let reason = report.unknown.clone()?;
        Some((account.clone(), *check, reason))
    });
    for (account, check, reason) in Vec::from_iter(unknown) {
        found.lacks(account, check, reason);
    }
    for (account, why) in left {
        found.lacks(account, "all", why.to_owned());
    }
    for account in statuses.iter().filter(|account| account.status.is_none()) {
        let reason = "these credentials do not get to see accounts: sign in with the auth token".to_owned();
        found.lacks(account.clone(), ACCOUNT_STATUS, reason);
    }
}

/// What an account's own status says.
fn judged(account: &Account) -> Option<(Account, Finding)> {
    let status = account.status.as_deref().filter(|status| *status != "active")?;
    let finding = Finding {
        severity: match status {
            "closed" => Severity::Low,
            _ => Severity::High,
        },
        kind: "accounts",
        sid: Some(account.sid.to_string()),
        name: account.name.clone(),
        message: match status {
            "suspended" => "The account is suspended: it sends, calls and answers nothing, and its numbers go on to cost. Set it to active, or \
                            take out what it holds and close it."
                .to_owned(),
            other => format!("The account is {other}."),
        },
    };
    Some((account.clone(), finding))
}

fn answer(found: &Parts<Report>, statuses: impl Iterator<Item = (Account, Finding)>) -> Properties {
    let statuses = statuses.map(|(account, finding)| (account, ACCOUNT_STATUS, finding));
    let reports = found.found.iter().flat_map(|(account, check, report)| {
        let findings = report.findings.iter().cloned();
        findings.map(|finding| (account.clone(), *check, finding))
    });
    let mut findings = Vec::from_iter(statuses.chain(reports));
    findings.sort_by_key(|(_, _, finding)| finding.severity);
    let rows = findings.into_iter().map(|(account, check, finding)| {
        json!({
            "severity": finding.severity.name(),
            "check": check,
            "account_sid": account.sid.as_str(),
            "kind": finding.kind,
            "sid": finding.sid,
            // A `check` prints them, and whoever may name a thing may write what a terminal obeys.
            "name": finding.name.as_deref().map(lenient::printable),
            "message": finding.message.replace(char::is_control, ""),
        })
    });
    Properties::from_iter([("findings".to_owned(), rows.collect::<Json>())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(last: char, status: Option<&str>) -> Account {
        Account {
            sid: format!("AC{}{last}", "0".repeat(31)).parse().expect("a SID"),
            name: None,
            status: status.map(str::to_owned),
            made: None,
        }
    }

    #[test]
    fn more_subaccounts_than_are_wanted_are_left_and_closed_ones_do_not_count() {
        let all = Accounts {
            all: vec![
                account('0', Some("active")),
                account('1', Some("closed")),
                account('2', Some("active")),
                account('3', Some("suspended")),
                account('4', Some("active")),
            ],
            hidden: None,
        };
        let Division { read, left } = divided(all, 1);
        let end = |account: &Account| account.sid.as_str().chars().last().expect("a SID");
        assert_eq!(read.all.iter().map(end).collect::<String>(), "02");
        assert_eq!(left.iter().map(|(account, _)| end(account)).collect::<String>(), "34");
        assert!(
            left[0].1.contains("suspended") && left[1].1.contains("max_subaccounts"),
            "{left:?}"
        );
        let closed = Accounts {
            all: vec![account('0', Some("closed"))],
            hidden: None,
        };
        assert_eq!(divided(closed, 1).read.all.len(), 1, "the one that was asked for");
    }

    #[test]
    fn what_a_terminal_obeys_is_taken_out_of_a_finding() {
        let report = Report::from(vec![Finding {
            severity: Severity::Low,
            kind: "api_keys",
            sid: None,
            name: Some("Q\u{1b}[31m red".to_owned()),
            message: "at states\u{1b}[2J".to_owned(),
        }]);
        let parts = Parts::of(vec![(account('0', None), "api_keys", report)]);
        let answer = answer(&parts, std::iter::empty());
        let finding = &answer["findings"][0];
        assert_eq!(finding["name"], "Q[31m red");
        assert_eq!(finding["message"], "at states[2J");
    }

    #[test]
    fn a_suspended_account_is_a_finding_and_one_of_unknown_status_is_not() {
        assert!(judged(&account('0', Some("active"))).is_none());
        assert!(judged(&account('0', None)).is_none());
        let (_, finding) = judged(&account('0', Some("suspended"))).expect("a finding");
        assert_eq!(finding.severity, Severity::High);
    }
}
