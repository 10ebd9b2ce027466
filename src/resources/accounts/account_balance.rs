//! What is left on the account. <https://www.twilio.com/docs/usage/api/balance>
//!
//! # Quirks
//! - Subaccounts have no balance, since the parent pays for them.
//! - The amount is a text.

use futures::future::BoxFuture;

use crate::engine::facts::Role::Observed;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Field, Properties, decimal, text};
use crate::engine::operations::requests::answer_object;
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::diagnostics::Diagnostic;
use crate::resources::accounts::codes::ACCOUNTS;
use crate::twilio::{ErrorKind, Expects, Product, Request};

/// `data.twilio_account_balance`.
pub const ACCOUNT_BALANCE: DataSource = DataSource {
    name: "twilio_account_balance",
    since: "0.1.0",
    noun: "account balance",
    doc: "The balance of the provider's account. Subaccounts have none: their parent pays. Use it in a \
          postcondition or an assertion, to be warned before the money runs out; it differs with each read. Let it stand beside \
          a `check` block, as here: inside of one Terraform reads it again with each apply, and `plan -detailed-exitcode` always \
          ends with 2.",
    quirks: &[],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/usage/api/balance",
    attributes: ATTRIBUTES,
    place: ReadPlace::object(Product::Api, &["/2010-04-01/Accounts/{account_sid}/Balance.json"]),
    codes: &[ACCOUNTS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("account_sid", Observed)
        .doc("SID of the account: the one that the provider is signed in to."),
    decimal("balance", Observed).doc(
        "The amount, in units of `currency`, negative when something is owed. Twilio takes a while to count in the latest \
         charges.",
    ),
    text("currency", Observed).doc("ISO 4217 code of the currency, for example `USD`."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let path = format!("/2010-04-01/Accounts/{}/Balance.json", query.account);
        let request = Request::get(Product::Api, query.account, path).expects(Expects::Object);
        match query.client.send(request).await {
            Ok(answer) => Ok(answer_object(answer)),
            Err(error) if error.kind == ErrorKind::NotFound => Err(no_balance(query).into()),
            Err(error) => Err(error.into()),
        }
    })
}

fn no_balance(query: Query<'_>) -> Diagnostic {
    Diagnostic::error(
        "The account has no balance of its own",
        format!(
            "Twilio has no balance for account {}. Subaccounts have none: their parent pays for them. Sign in to the \
             parent account, if need be in a provider block of its own.",
            query.account
        ),
    )
}
