//! The account that the provider works with, or one of its subaccounts. <https://www.twilio.com/docs/iam/api/account>
//!
//! What surprised us: every answer carries the account's auth token. It is left out here on purpose, so that looking at an
//! account never puts a secret into the state.

use futures::future::BoxFuture;

use crate::engine::call::answer_object;
use crate::engine::data_source::{DataSource, Query};
use crate::engine::flatten::Object;
use crate::engine::hooks::Fault;
use crate::engine::table::{Attribute, text, timestamp};
use crate::twilio::{Product, Request};

use super::ACCOUNT_SID;

/// `data.twilio_account`.
pub const ACCOUNT: DataSource = DataSource {
    name: "twilio_account",
    since: "0.1.0",
    noun: "account",
    doc: "The account that the provider is signed in to, or one of its subaccounts. Its auth token is never read into the \
          state.",
    category: "Accounts",
    api_page: "https://www.twilio.com/docs/iam/api/account",
    attributes: ATTRIBUTES,
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Attribute] = &[
    ACCOUNT_SID,
    text("friendly_name").computed().doc("Name shown in the Console."),
    text("status").computed().doc("`active`, `suspended` or `closed`."),
    text("type")
        .computed()
        .doc("`Full`, or `Trial` for an account that has not been upgraded."),
    text("owner_account_sid")
        .computed()
        .doc("SID of the parent account; the account's own SID when it has no parent."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Object, Fault>> {
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
        assert!(ATTRIBUTES.iter().all(|attribute| attribute.read_path() != "auth_token"));
    }
}
