//! An account with its subaccounts, each read on its own, a few at a time.
//!
//! An account that does not let itself be read is named with the reason, and counts as unknown: what it spent is not nothing. Where the
//! way to Twilio fails, nothing is known of any account, and the whole read fails.

use std::ops::ControlFlow;

use futures::{StreamExt, TryStreamExt, stream};
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::spend::day_of;
use crate::engine::facts::Role::Observed;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Field, Properties, text};
use crate::engine::operations::requests::answer_object;
use crate::engine::serve::data_source::Query;
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{AccountSid, Error, ErrorKind, Expects, ListRequest, Product, Request, lenient};

/// How many accounts are read at a time. The client has limits of its own; this one bounds what waits for them.
const AT_A_TIME: usize = 8;

/// Accounts that a warning names; of more it tells how many there are.
const NAMED: usize = 5;

/// What a data source shows of each account that could not be read.
pub(super) const UNREAD: &[Field] = &[
    text("account_sid", Observed).doc("SID of the account."),
    text("friendly_name", Observed).doc("Its name, as far as that could be read."),
    text("status", Observed).doc("`active`, `suspended` or `closed`, as far as that could be read."),
    text("reason", Observed).doc("Why it could not be read."),
];

/// An account, as its parent sees it.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) sid: AccountSid,
    pub(super) name: Option<String>,
    pub(super) status: Option<String>,
    /// The day on which it was made.
    pub(super) made: Option<Date>,
}

impl Account {
    fn bare(sid: &AccountSid) -> Self {
        Self {
            sid: sid.clone(),
            name: None,
            status: None,
            made: None,
        }
    }

    fn of(answer: &Properties) -> Option<Self> {
        let field = |name: &str| lenient::text(answer.get(name)?);
        let sid = field("sid")?.parse().ok()?;
        Some(Self {
            sid,
            name: field("friendly_name"),
            status: field("status"),
            made: field("date_created")
                .and_then(|text| lenient::moment(&text))
                .map(day_of),
        })
    }

    /// What every row about it begins with.
    pub(super) fn row(&self) -> Properties {
        Properties::from_iter([
            ("account_sid".to_owned(), self.sid.as_str().into()),
            ("friendly_name".to_owned(), json!(self.name)),
            ("status".to_owned(), json!(self.status)),
        ])
    }
}

/// An account that could not be read, with the reason.
pub(super) struct Unread {
    account: Account,
    reason: String,
}

impl Unread {
    /// The account.
    pub(super) fn account(&self) -> &Account {
        &self.account
    }

    /// An account that was answered for without the figures that were asked for.
    pub(super) fn without_figures(account: &Account) -> Self {
        Self {
            account: account.clone(),
            reason: "Twilio returned no figure of it".to_owned(),
        }
    }
}

/// The accounts to read, and why others are not known.
pub(super) struct Accounts {
    pub(super) all: Vec<Account>,
    /// Why Twilio does not show which subaccounts there are.
    hidden: Option<String>,
}

/// The account of the query, and with `include_subaccounts` those below it, in Twilio's order after it.
///
/// # Errors
/// What Twilio or the way to it answered, unless it is that these credentials may not see it.
pub(super) async fn accounts(query: Query<'_>, include_subaccounts: bool) -> Result<Accounts, Fault> {
    let own = query.account;
    // Only the main account has others below it, and the list has that one, too.
    let seen = match include_subaccounts && own == query.client.account() {
        true => listed(query).await,
        false => single(query).await.map(|account| vec![account]),
    };
    match seen {
        Ok(mut all) => {
            if !all.iter().any(|account| account.sid == *own) {
                all.insert(0, Account::bare(own));
            }
            // `false` comes first.
            all.sort_by_key(|account| account.sid != *own);
            Ok(Accounts { all, hidden: None })
        }
        // API keys do not get to see accounts: https://www.twilio.com/docs/iam/api-keys
        Err(error) if refuses(&error) => Ok(Accounts {
            all: vec![Account::bare(own)],
            hidden: include_subaccounts.then(|| error.to_string()),
        }),
        Err(error) => Err(error.into()),
    }
}

async fn listed(query: Query<'_>) -> Result<Vec<Account>, Error> {
    let request = Request::get(Product::Api, query.account, "/2010-04-01/Accounts.json");
    let list = ListRequest::new(request)
        .key("accounts")
        .of_any_account()
        .largest_pages()
        .sids("AC");
    let mut all = Vec::new();
    let each = query.client.each(list, |item| {
        all.extend(Account::of(&item));
        ControlFlow::Continue(())
    });
    each.await?;
    Ok(all)
}

async fn single(query: Query<'_>) -> Result<Account, Error> {
    let path = format!("/2010-04-01/Accounts/{}.json", query.account);
    let request = Request::get(Product::Api, query.account, path).expects(Expects::Object);
    let answer = answer_object(query.client.send(request).await?);
    Ok(Account::of(&answer).unwrap_or_else(|| Account::bare(query.account)))
}

/// Reads each account. `read` gives what is wanted of one, or `None` where Twilio has no figure.
///
/// # Errors
/// The account of the query itself cannot be read, or the way to Twilio fails.
pub(super) async fn read_each<T, R>(
    query: Query<'_>,
    accounts: Accounts,
    read: impl Fn(Account) -> R,
) -> Result<(Vec<(Account, T)>, Vec<Unread>, Option<String>), Fault>
where
    R: Future<Output = Result<Option<T>, Error>>,
{
    let reads = accounts.all.into_iter().map(|account| {
        let outcome = read(account.clone());
        async move {
            match outcome.await {
                Ok(Some(found)) => Ok(Ok((account, found))),
                Ok(None) => Ok(Err(Unread::without_figures(&account))),
                Err(error) if refuses(&error) && account.sid != *query.account => Ok(Err(Unread {
                    account,
                    reason: error.to_string(),
                })),
                Err(error) => Err(error),
            }
        }
    });
    let outcomes: Vec<Result<(Account, T), Unread>> = stream::iter(reads).buffered(AT_A_TIME).try_collect().await?;
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Ok(one) => found.push(one),
            Err(one) => unread.push(one),
        }
    }
    Ok((found, unread, accounts.hidden))
}

/// Puts `complete` and `unread` into the data, and warns where something is missing.
pub(super) fn tell_what_is_missing(query: Query<'_>, unread: &[Unread], hidden: Option<&str>, answer: &mut Properties) {
    let rows = unread.iter().map(|one| {
        let mut row = one.account.row();
        row.insert("reason".to_owned(), one.reason.clone().into());
        Json::Object(row)
    });
    answer.insert("unread".to_owned(), rows.collect());
    answer.insert("complete".to_owned(), (unread.is_empty() && hidden.is_none()).into());
    if let Some(why) = hidden {
        query.warnings.add(Diagnostic::warning(
            "Subaccounts are not counted in",
            format!(
                "Twilio does not show the subaccounts of {} to these credentials: {why}. Only the account itself was read, and complete \
                 is false. To have them counted in sign in with the auth token of the account: API keys do not get to see \
                 subaccounts. Without any set include_subaccounts = false.",
                query.account
            ),
        ));
    }
    if unread.is_empty() {
        return;
    }
    let named = unread
        .iter()
        .take(NAMED)
        .map(|one| format!("{} ({})", one.account.sid, one.reason));
    let mut named = named.collect::<Vec<_>>().join("; ");
    if unread.len() > NAMED {
        named.push_str(&format!("; and {} more, which unread lists", unread.len() - NAMED));
    }
    query.warnings.add(Diagnostic::warning(
        "What some accounts spent is not known",
        format!("Twilio does not show the usage of {named}. They are not counted as nothing: complete is false, and unread names them."),
    ));
}

/// Whether Twilio refuses to show something, rather than that the way there failed.
fn refuses(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::NotFound | ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::CredentialsUnavailable
    )
}
