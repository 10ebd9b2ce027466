//! What several accounts have, read kind by kind, a few reads at a time.
//!
//! A kind that cannot be read in an account is a part that is not known: it is named with the reason, and never shown as one of which
//! there is nothing. Only where nothing at all could be read does the whole read fail.

use futures::{StreamExt, stream};
use serde_json::Value as Json;

use crate::engine::facts::Role::Observed;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Field, Properties, text};
use crate::engine::serve::data_source::Query;
use crate::engine::values::counted_names::and_more;
use crate::framework::diagnostics::Diagnostic;
use crate::resources::accounts_below::{Account, Accounts, warn_of_hidden};
use crate::twilio::{AccountSid, ErrorKind};

/// How many kinds are read at a time. The client has limits of its own; this one bounds what waits for them.
const AT_A_TIME: usize = 8;

/// Parts that a warning names; of more it tells how many there are.
const NAMED: usize = 5;

/// What a data source shows of each part that could not be read.
pub(super) const UNREAD: &[Field] = &[
    text("account_sid", Observed).doc("SID of the account."),
    text("friendly_name", Observed).doc("Its name, as far as that could be read."),
    text("status", Observed).doc("`active`, `suspended` or `closed`, as far as that could be read."),
    text("kind", Observed).doc("What could not be read in it."),
    text("reason", Observed).doc("Why."),
];

/// What was read, and what was not.
pub(super) struct Parts<T> {
    /// Account, name of the kind, and what was read.
    pub(super) found: Vec<(Account, &'static str, T)>,
    unread: Vec<Unread>,
    hidden: Option<String>,
}

struct Unread {
    account: Account,
    kind: &'static str,
    reason: String,
}

/// Reads each kind in each account that is not closed; what is closed has nothing any more. The account of the query is read
/// whatever it is.
///
/// # Errors
/// Nothing at all could be read, or it is of no use to go on.
pub(super) async fn read_parts<K, T, R>(
    query: Query<'_>,
    accounts: Accounts,
    kinds: &[(&'static str, K)],
    read: impl Fn(AccountSid, K) -> R,
) -> Result<Parts<T>, Fault>
where
    K: Copy,
    R: Future<Output = Result<T, Fault>>,
{
    let is_open = |account: &Account| account.sid == *query.account || account.status.as_deref() != Some("closed");
    let mut reads = Vec::new();
    for account in accounts.all.into_iter().filter(is_open) {
        for (name, kind) in kinds {
            let (account, name, outcome) = (account.clone(), *name, read(account.sid.clone(), *kind));
            reads.push(async move { (account, name, outcome.await) });
        }
    }
    let outcomes: Vec<_> = stream::iter(reads).buffered(AT_A_TIME).collect().await;
    let (mut found, mut unread, mut first) = (Vec::new(), Vec::new(), None);
    for (account, kind, outcome) in outcomes {
        match outcome {
            Ok(part) => found.push((account, kind, part)),
            Err(fault) if ends_everything(&fault) => return Err(fault),
            Err(fault) => {
                let reason = reason(&fault);
                unread.push(Unread { account, kind, reason });
                first.get_or_insert(fault);
            }
        }
    }
    match first {
        Some(fault) if found.is_empty() => Err(fault),
        _ => Ok(Parts {
            found,
            unread,
            hidden: accounts.hidden,
        }),
    }
}

/// A fault in a few words.
pub(super) fn reason(fault: &Fault) -> String {
    match fault {
        Fault::Api(error) => error.to_string(),
        Fault::Diagnostic(diagnostic) => diagnostic.summary.clone(),
    }
}

/// Whether nothing else will be sent either.
pub(super) fn ends_everything(fault: &Fault) -> bool {
    let Fault::Api(error) = fault else {
        return false;
    };
    matches!(
        error.kind,
        ErrorKind::NotAccepted | ErrorKind::NotReached | ErrorKind::Stopped
    )
}

impl<T> Parts<T> {
    /// What was read, and nothing that was not.
    #[cfg(test)]
    pub(super) fn of(found: Vec<(Account, &'static str, T)>) -> Self {
        Self {
            found,
            unread: Vec::new(),
            hidden: None,
        }
    }

    /// Names what is not known though something else of its kind is.
    pub(super) fn lacks(&mut self, account: Account, kind: &'static str, reason: String) {
        self.unread.push(Unread { account, kind, reason });
    }

    /// Whether everything was read.
    pub(super) fn are_complete(&self) -> bool {
        self.unread.is_empty() && self.hidden.is_none()
    }

    /// Puts `complete` and `unread` into the data, and warns where something is missing.
    pub(super) fn tell_what_is_missing(&self, query: Query<'_>, answer: &mut Properties) {
        let rows = self.unread.iter().map(|one| {
            let mut row = one.account.row();
            row.insert("kind".to_owned(), one.kind.into());
            row.insert("reason".to_owned(), one.reason.clone().into());
            Json::Object(row)
        });
        answer.insert("unread".to_owned(), rows.collect());
        answer.insert("complete".to_owned(), self.are_complete().into());
        if let Some(why) = &self.hidden {
            warn_of_hidden(query, why);
        }
        if self.unread.is_empty() {
            return;
        }
        let named = self.unread.iter().take(NAMED);
        let named = named.map(|one| format!("{} of {} ({})", one.kind, one.account.sid, one.reason));
        let named = named.collect::<Vec<_>>().join("; ");
        let named = and_more(&named, self.unread.len().saturating_sub(NAMED));
        query.warnings.add(Diagnostic::warning(
            "A part could not be read",
            format!("Twilio did not show {named}. That does not mean that there is nothing: complete is false, and unread names them."),
        ));
    }
}
