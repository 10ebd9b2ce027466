//! An account and those below it, as their parent sees them: what data sources of a whole organisation begin with.

use std::collections::HashSet;
use std::ops::ControlFlow;

use jiff::Timestamp;
use serde_json::json;

use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Fault;
use crate::engine::operations::requests::answer_object;
use crate::engine::serve::data_source::Query;
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{AccountSid, Error, ErrorKind, Expects, ListRequest, Product, Request, lenient};

/// An account, as its parent sees it.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) sid: AccountSid,
    pub(super) name: Option<String>,
    pub(super) status: Option<String>,
    /// When it was made.
    pub(super) made: Option<Timestamp>,
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
            made: field("date_created").and_then(|text| lenient::moment(&text)),
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

/// The accounts to read, and why others are not known.
pub(super) struct Accounts {
    pub(super) all: Vec<Account>,
    /// Why Twilio does not show which subaccounts there are.
    pub(super) hidden: Option<String>,
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
            let mut seen = HashSet::new();
            all.retain(|account| seen.insert(account.sid.clone()));
            // A list of accounts has the one that asks. Where it has not, who knows what else it lacks.
            let is_whole = seen.contains(own);
            if !is_whole {
                all.insert(0, Account::bare(own));
            }
            // `false` comes first.
            all.sort_by_key(|account| account.sid != *own);
            let hidden = (!is_whole).then(|| "its list of accounts does not have the account itself".to_owned());
            Ok(Accounts { all, hidden })
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

/// Whether Twilio refuses to show something, rather than that the way there failed.
pub(super) fn refuses(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::NotFound | ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::CredentialsUnavailable
    )
}

/// Warns that only the account itself was read.
pub(super) fn warn_of_hidden(query: Query<'_>, why: &str) {
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
