//! In which account an object is that was to be imported, and that Twilio does not find in the account it was searched in.
//!
//! A SID says what an object is, and not whose. Whoever copies one out of the Console of a subaccount has no more than that; so the
//! accounts that these credentials reach are searched for it. Only for an import: the object of a state is known to be in its account.

use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{AccountRule, Object};
use crate::engine::operations::requests;
use crate::engine::operations::session::Session;
use crate::engine::sharing::claims::named;
use crate::engine::values::import_id::likely_id;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, ErrorKind, ListRequest, Product, Request, lenient};

/// How many other accounts are searched for one object. Each costs a request, and where a product has credentials of its own one
/// more for the token.
const MOST_ACCOUNTS: usize = 20;

/// Whether a state has no more than an import puts into it.
pub(crate) fn is_as_imported(object: &Object, state: &Value) -> bool {
    let of_the_id = |name: &str| name == "sid" || object.id_parts().any(|part| part == name);
    object
        .fields
        .iter()
        .all(|field| of_the_id(field.name) || state.attr(field.name).is_null())
}

/// Searches the other accounts that these credentials reach, as many as one run may, for an object that an import names. `None`: it
/// was not found, which is no proof that it is nowhere.
pub(crate) async fn search(call: Call<'_>, session: &Session) -> Option<AccountSid> {
    let is_known_by_sid = call.object.has_sid() && call.object.account != AccountRule::Owned;
    if !is_known_by_sid || !is_as_imported(call.object, call.state) || !session.may_search_accounts() {
        return None;
    }
    for account in others(call).await? {
        let there = Call {
            account: &account,
            ..call
        };
        match requests::seek(there).await {
            Ok(Some(found)) if !call.object.read.is_gone.is_some_and(|is_gone| is_gone(&found)) => {
                return Some(account);
            }
            Ok(_) => {}
            // One that does not let anybody look says nothing of the others.
            Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound || is_closed_to_us(error.kind) => {}
            Err(_) => return None,
        }
    }
    None
}

fn is_closed_to_us(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::CredentialsUnavailable
    )
}

/// The account that signs in and its active subaccounts, without the one that was searched.
async fn others(call: Call<'_>) -> Option<Vec<AccountSid>> {
    let own = call.client.account();
    let request = Request::get(Product::Api, own, "/2010-04-01/Accounts.json").query("Status", "active");
    // Itself and the one that was searched are in the list.
    let most = MOST_ACCOUNTS + 2;
    let list = ListRequest::new(request)
        .key("accounts")
        .of_any_account()
        .page_size(u32::try_from(most).unwrap_or(u32::MAX))
        .limit(most);
    let listed = call.client.list(list).await.ok()?;
    let listed = listed
        .iter()
        .filter_map(|item| lenient::text(item.get("sid")?)?.parse::<AccountSid>().ok());
    let mut accounts = vec![own.clone()];
    accounts.extend(listed.filter(|account| account != own));
    accounts.retain(|account| account != call.account);
    accounts.truncate(MOST_ACCOUNTS);
    Some(accounts)
}

/// An import out of the wrong account.
pub(crate) fn in_another_account(call: Call<'_>, owner: &AccountSid) -> Diagnostic {
    let object = call.object;
    let is_own = owner == call.client.account();
    Diagnostic::error(
        format!("The {} is in another account", object.noun),
        format!(
            "The {} is not in account {}, in which it was to be found, but in {owner}, {}. Nothing was imported.\n\nImport it from \
             there, and set account_sid = \"{owner}\" in its configuration:\n\n  terraform import {}.NAME {}\n\nIn an import block \
             this is the id.",
            named(object, call.state),
            call.account,
            match is_own {
                true => "which the provider is signed in to",
                false => "a subaccount of the one that the provider is signed in to",
            },
            object.name,
            likely_id(object, owner, call.state)
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::Setting;
    use crate::engine::facts::hooks::Warnings;
    use crate::engine::facts::{Key, Managed, Place, Policy, text};
    use crate::engine::operations::session::Connection;
    use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, child, ok, parent, status};

    const THING: Managed = Managed {
        object: Object {
            name: "twilio_thing",
            noun: "thing",
            key: Key::Sid("XX"),
            place: Place::at(
                Product::Api,
                "/2010-04-01/Accounts/{account_sid}/Things.json",
                "/2010-04-01/Accounts/{account_sid}/Things/{sid}.json",
            ),
            fields: &[text("friendly_name", Setting(Clears))],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };

    const SID: &str = "XX00000000000000000000000000000001";

    fn missing() -> Reply {
        status(404, json!({"code": 20404, "message": "no", "status": 404}))
    }

    fn account(number: usize) -> String {
        format!("AC{number:032}")
    }

    /// What comes of the search from the child's account, where `accounts` are listed, and of how many requests.
    async fn searched(
        state: Value,
        accounts: usize,
        thing: impl Fn(&ReceivedRequest) -> Reply + Send + Sync + 'static,
    ) -> (Option<AccountSid>, usize) {
        let server = Server::start(move |seen, _| match seen.target.contains("/Accounts.json") {
            true => {
                let listed = (100..100 + accounts).map(|number| json!({"sid": account(number), "status": "active"}));
                let listed: Vec<_> = listed.collect();
                ok(json!({"accounts": listed, "next_page_uri": null}))
            }
            false => thing(seen),
        })
        .await;
        let (client, _clock) = server.client();
        let session = Session::default();
        session.set(Connection::Ready(client.clone()), Policy::default());
        let (warnings, account) = (Warnings::default(), child());
        let call = Call {
            object: &THING.object,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        let found = search(call, &session).await;
        (found, server.count())
    }

    fn imported() -> Value {
        Value::object([
            ("sid", Value::from(SID)),
            ("account_sid", child().as_str().into()),
            ("friendly_name", Value::Null),
        ])
    }

    #[tokio::test]
    async fn the_account_that_has_it_is_found() {
        let owner = account(102);
        let (found, _) = searched(imported(), 5, move |seen| match seen.target.contains(&owner) {
            true => ok(json!({"sid": SID, "account_sid": owner})),
            false => missing(),
        })
        .await;
        assert_eq!(found, Some(account(102).parse().expect("an account")));
        let (found, count) = searched(imported(), 5, |seen| match seen.target.contains(parent().as_str()) {
            true => ok(json!({"sid": SID, "account_sid": parent().as_str()})),
            false => missing(),
        })
        .await;
        assert_eq!((found, count), (Some(parent()), 2));
    }

    #[tokio::test]
    async fn no_more_than_so_many_accounts_are_searched() {
        assert_eq!(searched(imported(), 3, |_| missing()).await, (None, 5));
        let many = searched(imported(), MOST_ACCOUNTS + 3, |_| missing()).await;
        assert_eq!(many, (None, MOST_ACCOUNTS + 1));
    }

    #[tokio::test]
    async fn an_account_that_lets_nobody_look_does_not_end_the_search() {
        let (found, _) = searched(imported(), 3, |seen| {
            if seen.target.contains(&account(100)) {
                return status(403, json!({"code": 20403, "message": "no", "status": 403}));
            }
            match seen.target.contains(&account(101)) {
                true => ok(json!({"sid": SID, "account_sid": account(101)})),
                false => missing(),
            }
        })
        .await;
        assert_eq!(found, Some(account(101).parse().expect("an account")));
        // What says nothing at all does: it would be asked again and again.
        let (found, _) = searched(imported(), 3, |seen| match seen.target.contains(&account(101)) {
            true => ok(json!({"sid": SID, "account_sid": account(101)})),
            false => ok("not JSON"),
        })
        .await;
        assert_eq!(found, None);
    }

    #[tokio::test]
    async fn what_is_in_a_state_is_searched_nowhere_else() {
        let mut state = imported();
        state.set_attr("friendly_name", "Known".into());
        assert_eq!(searched(state, 3, |_| missing()).await, (None, 0));
    }

    #[tokio::test]
    async fn a_run_searches_for_a_few_objects_only() {
        let session = Session::default();
        let allowed = (0..50).filter(|_| session.may_search_accounts()).count();
        assert!((1..=10).contains(&allowed), "{allowed}");
    }
}
