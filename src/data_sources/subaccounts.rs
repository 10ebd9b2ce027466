//! The subaccounts of the provider's account. <https://www.twilio.com/docs/iam/api/account>
//!
//! What surprised us: the list holds the parent itself, and the auth token of each account. Neither is passed on.

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Field, Properties, objects, text, timestamp};
use futures::future::BoxFuture;
use serde_json::Value as Json;

use crate::engine::serve::data_source::{DataSource, Query};
use crate::resources::accounts::codes::ACCOUNTS;
use crate::twilio::{ListRequest, Product, Request};

use super::{shown, sorted_by};

/// `data.twilio_subaccounts`.
pub const SUBACCOUNTS: DataSource = DataSource {
    name: "twilio_subaccounts",
    since: "0.1.0",
    noun: "list of subaccounts",
    doc: "The subaccounts of the account that the provider is signed in to, closed ones included unless `status` says otherwise. Their auth tokens \
          are never read into the state.",
    category: "Accounts",
    api_page: "https://www.twilio.com/docs/iam/api/account",
    attributes: ATTRIBUTES,
    codes: &[ACCOUNTS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("friendly_name", Setting(Clears)).doc("Only subaccounts with exactly this name. Names need not be unique."),
    text("status", Setting(Clears)).doc("Only subaccounts in this state: `active`, `suspended` or `closed`."),
    objects("subaccounts", Observed, SUBACCOUNT).doc("The subaccounts, sorted by SID."),
];

const SUBACCOUNT: &[Field] = &[
    text("sid", Observed).doc("SID of the subaccount (`AC…`)."),
    text("friendly_name", Observed).doc("Name shown in the Console."),
    text("status", Observed).doc("`active`, `suspended` or `closed`."),
    text("type", Observed).doc("`Trial` or `Full`."),
    text("owner_account_sid", Observed).doc("SID of the parent account."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        // Subaccounts belong to who signs in, whatever the account that resources go into.
        let parent = query.client.account();
        let mut request = Request::get(Product::Api, parent, "/2010-04-01/Accounts.json");
        for (parameter, attribute) in [("FriendlyName", "friendly_name"), ("Status", "status")] {
            if let Some(text) = query.config.attr(attribute).as_str() {
                request = request.query(parameter, text);
            }
        }
        let list = ListRequest::new(request).key("accounts").largest_pages().sids("AC");
        let is_child = |account: &Properties| is_child_of(parent.as_str(), account);
        let children = shown(query.client, list, SUBACCOUNT, is_child).await?;
        Ok(Properties::from_iter([(
            "subaccounts".to_owned(),
            sorted_by("sid", children),
        )]))
    })
}

/// The list has the account itself, too.
fn is_child_of(parent: &str, account: &Properties) -> bool {
    account.get("sid").and_then(Json::as_str) != Some(parent)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::hooks::Warnings;
    use crate::framework::value::Value;
    use crate::twilio::tests::server::{Server, child, ok, parent};

    #[tokio::test]
    async fn the_parent_and_all_tokens_are_left_out() {
        let account = |sid: &str| json!({"sid": sid, "auth_token": "t"});
        let page = json!({"accounts": [account(parent().as_str()), account(child().as_str())]});
        let server = Server::start(move |_, _| ok(&page)).await;
        let (client, _) = server.client();
        let (account, config, warnings) = (parent(), Value::Null, Warnings::default());
        let query = Query {
            client: &client,
            account: &account,
            config: &config,
            warnings: &warnings,
        };
        let answer = read(query).await.expect("a list");
        assert_eq!(json!(answer), json!({"subaccounts": [{"sid": child().as_str()}]}));
    }
}
