//! The account that the provider works with, or one of its subaccounts. <https://www.twilio.com/docs/iam/api/account>
//!
//! # Quirks
//! - Every response carries the account's auth token. It is left out on purpose, so that reading an account never puts a secret into
//!   the state.

use futures::future::BoxFuture;

use crate::engine::facts::Role::Observed;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Field, Properties, text, timestamp};
use crate::engine::operations::requests::answer_object;
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::accounts::codes::ACCOUNTS;
use crate::resources::reading::ACCOUNT_SID;
use crate::twilio::{Product, Request};

/// `data.twilio_account`.
pub const ACCOUNT: DataSource = DataSource {
    name: "twilio_account",
    since: "0.1.0",
    noun: "account",
    doc: "The account that the provider is signed in to, or one of its subaccounts. Its auth token is never read into the \
          state.",
    quirks: &[],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/api/account",
    attributes: ATTRIBUTES,
    place: ReadPlace::object(Product::Api, &["/2010-04-01/Accounts/{account_sid}.json"]),
    codes: &[ACCOUNTS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    ACCOUNT_SID,
    text("friendly_name", Observed).doc("Name shown in the Console."),
    text("status", Observed).doc("`active`, `suspended` or `closed`."),
    text("type", Observed).doc("`Full`, or `Trial` for an account that has not been upgraded."),
    text("owner_account_sid", Observed).doc("SID of the parent account; the account's own SID when it has no parent."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let path = format!("/2010-04-01/Accounts/{}.json", query.account);
        let request = Request::get(Product::Api, query.account, path);
        Ok(answer_object(query.client.send(request).await?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_auth_token_is_no_attribute() {
        assert!(
            ATTRIBUTES
                .iter()
                .all(|attribute| attribute.read_path(crate::engine::facts::Spelling::Snake) != "auth_token")
        );
    }
}
