//! What stands in the way of closing a subaccount: phone numbers, which closing releases, and messaging services, which are
//! lost with it. <https://www.twilio.com/docs/iam/api/subaccounts#closing-a-subaccount>
//!
//! Nothing here changes anything. What cannot be seen cannot be called unused, so an account that does not show what it owns
//! is not closed either, unless `force_close` says so.

use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::engine::errors::diagnose::label;
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::values::shown::harmless;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Error, ErrorKind, ListRequest, Product, Request};

/// Things that an error names; of more it tells how many there are.
const NAMED: usize = 20;

/// Refuses while the subaccount owns numbers or messaging services, and names them. Costs a request for each, and one more
/// for the subaccount's token where it is not known yet.
///
/// # Errors
/// A diagnostic that names what is owned, or says that it could not be seen.
pub(super) async fn refuse_while_in_use(call: Call<'_>, prior: &Value) -> Result<(), Fault> {
    let Some(child) = prior
        .attr("sid")
        .as_str()
        .and_then(|sid| sid.parse::<AccountSid>().ok())
    else {
        return Ok(());
    };
    let numbers = format!("/2010-04-01/Accounts/{child}/IncomingPhoneNumbers.json");
    let numbers = Request::get(Product::Api, &child, numbers);
    // This product acts on the account that signs in: the client does so as the subaccount.
    let services = Request::get(Product::Messaging, &child, "/v1/Services");
    let lists = [
        (
            "phone number",
            "phone_number",
            ListRequest::new(numbers)
                .key("incoming_phone_numbers")
                .largest_pages()
                .sids("PN"),
        ),
        (
            "messaging service",
            "friendly_name",
            ListRequest::new(services).key("services").largest_pages().sids("MG"),
        ),
    ];
    let mut owned = Owned::default();
    for (noun, name, list) in lists {
        let found = call.client.each(list, |member| {
            owned.add(|| described(noun, name, &member));
            ControlFlow::Continue(())
        });
        match found.await {
            Ok(()) => {}
            Err(error) if error.kind == ErrorKind::NotFound => {}
            Err(error) if hides_what_is_there(&error) => return Err(cannot_be_seen(call, prior, noun, &error).into()),
            Err(error) => return Err(error.into()),
        }
    }
    if owned.all == 0 {
        return Ok(());
    }
    Err(Diagnostic::error(
        "The subaccount still owns something",
        format!(
            "Subaccount {} was not closed, because closing would release or lose what it still owns: {}. Nothing was \
             changed. Destroy or move these first, set force_close = true and apply to let them go, or set on_destroy to \
             \"suspend\" or \"retain\".",
            label(call.object, prior),
            owned.named()
        ),
    )
    .into())
}

fn described(noun: &str, name: &str, member: &Properties) -> String {
    let text = |field: &str| member.get(field).and_then(Json::as_str).unwrap_or_default();
    match harmless(text(name)) {
        Some(number) => format!("{noun} {number} ({})", text("sid")),
        None => format!("{noun} {}", text("sid")),
    }
}

/// What an account owns: some of it by name, all of it by number.
#[derive(Default)]
struct Owned {
    some: Vec<String>,
    all: usize,
}

impl Owned {
    fn add(&mut self, described: impl FnOnce() -> String) {
        self.all += 1;
        if self.some.len() < NAMED {
            self.some.push(described());
        }
    }

    fn named(&self) -> String {
        let mut text = self.some.join(", ");
        let more = self.all - self.some.len();
        if more > 0 {
            text.push_str(&format!(", and {more} more"));
        }
        text
    }
}

fn hides_what_is_there(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::CredentialsUnavailable
    )
}

/// As with a suspended account, whose own credentials are refused, or a provider that is signed in with an API key, which
/// does not get to see the subaccount's token.
fn cannot_be_seen(call: Call<'_>, prior: &Value, noun: &str, error: &Error) -> Diagnostic {
    Diagnostic::error(
        "What the subaccount owns cannot be seen",
        format!(
            "Subaccount {} was not closed, because Twilio does not show whether it owns a {noun}: {error} ({}). Nothing was \
             changed. If it is suspended set status = \"active\" and apply; if the provider is signed in with an API key use \
             the parent account's auth_token. To close it whatever it owns, set force_close = true, apply, and destroy again.",
            label(call.object, prior),
            error.attempt
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::hooks::Warnings;
    use crate::resources::accounts::subaccount::SUBACCOUNT;
    use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, child, ok, parent, status};

    /// What is said about closing the child account while the server answers like this; the server sees reads only.
    async fn check(reply: impl Fn(&ReceivedRequest, usize) -> Reply + Send + Sync + 'static) -> String {
        let server = Server::start(reply).await;
        let (client, _clock) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let prior = Value::object([
            ("sid", Value::string(child().as_str())),
            ("friendly_name", "Customer".into()),
        ]);
        let call = Call {
            object: &SUBACCOUNT.object,
            client: &client,
            account: &account,
            state: &prior,
            warnings: &warnings,
        };
        let outcome = refuse_while_in_use(call, &prior).await;
        assert!(
            server.seen().iter().all(|seen| seen.method == "GET"),
            "nothing was changed"
        );
        match outcome {
            Ok(()) => "free".to_owned(),
            Err(Fault::Diagnostic(diagnostic)) => format!("{}: {}", diagnostic.summary, diagnostic.detail),
            Err(Fault::Api(error)) => error.to_string(),
        }
    }

    fn sid(prefix: &str, number: u32) -> String {
        format!("{prefix}{number:032}")
    }

    fn answer(seen: &ReceivedRequest, numbers: &[Json], services: &[Json]) -> Reply {
        if seen.target.contains("IncomingPhoneNumbers") {
            return ok(json!({"incoming_phone_numbers": numbers, "next_page_uri": null}));
        }
        if seen.target.starts_with("/v1/Services") {
            assert!(
                seen.signed_in().ends_with(":child-token"),
                "signed in as the subaccount"
            );
            return ok(json!({"services": services, "meta": {"key": "services", "next_page_url": null}}));
        }
        ok(json!({"sid": child().as_str(), "auth_token": "child-token"}))
    }

    #[tokio::test]
    async fn an_empty_subaccount_is_free_to_close() {
        assert_eq!(check(|seen, _| answer(seen, &[], &[])).await, "free");
    }

    #[tokio::test]
    async fn numbers_and_services_are_named() {
        let number = json!({"sid": sid("PN", 1), "phone_number": "+14155550100"});
        let service = json!({"sid": sid("MG", 1), "friendly_name": "Alerts"});
        let said =
            check(move |seen, _| answer(seen, std::slice::from_ref(&number), std::slice::from_ref(&service))).await;
        for needle in [
            format!("phone number +14155550100 ({})", sid("PN", 1)),
            format!("messaging service {}", sid("MG", 1)),
            "force_close".to_owned(),
        ] {
            assert!(said.contains(&needle), "{needle}: {said}");
        }
    }

    #[tokio::test]
    async fn of_many_things_some_are_named_and_the_rest_counted() {
        let numbers: Vec<_> = (0..25)
            .map(|n| json!({"sid": sid("PN", n), "phone_number": "+14155550100"}))
            .collect();
        let said = check(move |seen, _| answer(seen, &numbers, &[])).await;
        assert!(said.contains(&format!("({}), and 5 more", sid("PN", 19))), "{said}");
    }

    #[tokio::test]
    async fn what_cannot_be_seen_is_not_called_unused() {
        let refusal = || status(403, json!({"code": 20003, "message": "suspended", "status": 403}));
        let said = check(move |seen, _| match seen.target.starts_with("/v1/Services") {
            true => refusal(),
            false => answer(seen, &[], &[]),
        })
        .await;
        for needle in ["cannot be seen", "messaging service", "suspended", "force_close = true"] {
            assert!(said.contains(needle), "{needle}: {said}");
        }
    }
}
