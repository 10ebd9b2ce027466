//! An account with its subaccounts, each read on its own, a few at a time.
//!
//! An account that does not let itself be read is named with the reason, and counts as unknown: what it spent is not nothing. Where the
//! way to Twilio fails, nothing is known of any account, and the whole read fails.

use futures::{StreamExt, TryStreamExt, stream};
use serde_json::Value as Json;

use crate::engine::facts::Role::Observed;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Field, Properties, text};
use crate::engine::serve::data_source::Query;
use crate::engine::values::counted_names::and_more;
use crate::framework::diagnostics::Diagnostic;
use crate::resources::accounts_below::{Account, Accounts, refuses, warn_of_hidden};

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
    R: Future<Output = Result<Option<T>, Fault>>,
{
    let reads = accounts.all.into_iter().map(|account| {
        let outcome = read(account.clone());
        async move {
            match outcome.await {
                Ok(Some(found)) => Ok(Ok((account, found))),
                Ok(None) => Ok(Err(Unread::without_figures(&account))),
                Err(Fault::Api(error)) if refuses(&error) && account.sid != *query.account => Ok(Err(Unread {
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
        warn_of_hidden(query, why);
    }
    if unread.is_empty() {
        return;
    }
    let named = unread
        .iter()
        .take(NAMED)
        .map(|one| format!("{} ({})", one.account.sid, one.reason));
    let named = named.collect::<Vec<_>>().join("; ");
    let named = and_more(&named, unread.len().saturating_sub(NAMED));
    query.warnings.add(Diagnostic::warning(
        "What some accounts spent is not known",
        format!("Twilio does not show the usage of {named}. They are not counted as nothing: complete is false, and unread names them."),
    ));
}
