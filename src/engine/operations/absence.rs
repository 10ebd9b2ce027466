//! Whether an object is gone, where Twilio refuses to show it: by itself, or with the account that it was in.
//!
//! "Not found" means gone only where the credentials can see the account: through the wrong ones everything looks so. And what
//! was in an account that is closed is gone with it, though Twilio says so in other words: it accepts the credentials no more.
//! Both are settled by the account's own word, or its parent's.

use crate::engine::errors::diagnose::heading;
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{AccountRule, Object};
use crate::engine::operations::requests;
use crate::engine::sharing::claims::named;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountStatus, Effect, Error, ErrorKind, ListRequest, Product, Request};

/// How an object is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gone {
    /// Alone.
    Alone,
    /// With its account, which is closed.
    WithItsAccount,
}

impl Gone {
    /// What there is to say about it besides.
    pub(crate) fn warning(self, object: &Object, state: &Value) -> Option<Diagnostic> {
        (self == Self::WithItsAccount).then(|| {
            Diagnostic::warning(
                format!("{} is gone with its account", heading(object, state)),
                format!(
                    "Account {} is closed, and what was in it is gone with it, the {} too. It is taken out of the state. \
                     If it is still configured, and its account_sid follows from a twilio_subaccount that the plan makes anew, \
                     it is made there. Otherwise give it another account_sid, or take it out of the configuration: nothing can be \
                     made in a closed account.",
                    state.attr("account_sid").as_str().unwrap_or("of the subaccount"),
                    named(object, state)
                ),
            )
        })
    }
}

/// Whether a refusal means that the object is gone. Costs a request for its account.
///
/// # Errors
/// The fault, when it means something else, or says more: that the account is suspended, or out of sight.
pub(crate) async fn gone(call: Call<'_>, fault: Fault) -> Result<Gone, Fault> {
    match fault {
        Fault::Api(error) if error.kind == ErrorKind::NotFound => confirm(call).await,
        Fault::Api(error) if is_refused_account(call, &error) => match call.client.standing(call.account).await {
            Ok(AccountStatus::Closed) => Ok(Gone::WithItsAccount),
            Ok(AccountStatus::Suspended) => Err(suspended(call, Some(&error)).into()),
            // What refused the object says more than what refuses the account, too.
            Ok(AccountStatus::Active) | Err(_) => Err(Fault::Api(error)),
        },
        fault => Err(fault),
    }
}

/// A fault in the words that fit the account: that it is suspended or closed.
pub(crate) async fn explained(call: Call<'_>, fault: Fault) -> Fault {
    match fault {
        Fault::Api(error) if is_refused_account(call, &error) => match call.client.standing(call.account).await {
            Ok(AccountStatus::Closed) => closed(call, &error).into(),
            Ok(AccountStatus::Suspended) => suspended(call, Some(&error)).into(),
            Ok(AccountStatus::Active) | Err(_) => Fault::Api(error),
        },
        fault => fault,
    }
}

/// Confirms that an object which Twilio does not find is gone.
///
/// # Errors
/// When the account is suspended, is out of sight, or does not answer.
pub(crate) async fn confirm(call: Call<'_>) -> Result<Gone, Fault> {
    let own = call.account == call.client.account();
    match call.client.standing(call.account).await {
        Ok(AccountStatus::Active) => Ok(Gone::Alone),
        Ok(AccountStatus::Closed) if !own => Ok(Gone::WithItsAccount),
        Ok(_) => Err(suspended(call, None).into()),
        // A standard key may not see its own account. That it is signed in shows in what any key may ask for.
        Err(error) if own && is_refusal(error.kind) => is_signed_in(call).await.map(|()| Gone::Alone),
        Err(error) if is_refusal(error.kind) || error.kind == ErrorKind::NotFound => Err(out_of_sight(call).into()),
        Err(error) => Err(error.into()),
    }
}

/// Asks for one phone number; a key that may not see numbers is refused as one that is known.
async fn is_signed_in(call: Call<'_>) -> Result<(), Fault> {
    let path = format!("/2010-04-01/Accounts/{}/IncomingPhoneNumbers.json", call.account);
    let request = Request::get(Product::Api, call.account, path);
    let list = ListRequest::new(request)
        .key("incoming_phone_numbers")
        .page_size(1)
        .limit(1);
    match call.client.list(list).await {
        Ok(_) => Ok(()),
        Err(error) if error.kind == ErrorKind::Forbidden => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether it was the subaccount that an object is in which was refused. A subaccount itself is in no account but its parent.
fn is_refused_account(call: Call<'_>, error: &Error) -> bool {
    call.object.account != AccountRule::Owned
        && call.account != call.client.account()
        && (is_refusal(error.kind) || error.kind == ErrorKind::CredentialsUnavailable)
}

fn is_refusal(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Unauthenticated | ErrorKind::Forbidden)
}

/// What Twilio responded, where it is known to have.
pub(crate) fn response(fault: &Fault) -> Option<String> {
    match fault {
        Fault::Api(error) => Some(said(error)),
        Fault::Diagnostic(_) => None,
    }
}

/// What Twilio says of an object that it does not find, if it is asked once more.
pub(crate) async fn not_found_by(call: Call<'_>) -> Option<String> {
    match requests::fetch(call).await {
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => Some(said(&error)),
        _ => None,
    }
}

/// What Twilio responded to a request.
pub(crate) fn said(error: &Error) -> String {
    let mut text = format!("{} {}", error.attempt.method, error.attempt.path);
    match error.status {
        Some(status) => text.push_str(&format!(" answered {status}")),
        None => text.push_str(" was refused"),
    }
    if let Some(code) = error.twilio_code {
        text.push_str(&format!(", Twilio code {code}"));
    }
    if let Some(request_id) = &error.request_id {
        text.push_str(&format!(" (request {request_id})"));
    }
    text
}

fn suspended(call: Call<'_>, error: Option<&Error>) -> Diagnostic {
    let said = error.map_or_else(|| "Twilio did not show it".to_owned(), said);
    Diagnostic::error(
        format!("The account of {} is suspended", call.object.name),
        format!(
            "The account of the {}, {}, is suspended: {said}. Nothing was changed, and the state was left as it is. \
             Activate the account first: in Twilio's Console, or with status = \"active\" on its twilio_subaccount, applied by \
             itself (terraform apply -target with its address, since reading what is in the account is refused until then). Then \
             run this again.",
            named(call.object, call.state),
            call.account
        ),
    )
    .at_attribute("account_sid")
}

fn closed(call: Call<'_>, error: &Error) -> Diagnostic {
    let (is_so, way) = match error.attempt.effect {
        Effect::Read => (
            "nothing in it can be read any more",
            "Look into another account_sid".to_owned(),
        ),
        _ => (
            "nothing can be made or changed in it",
            format!("Give the {} another account_sid", call.object.noun),
        ),
    };
    Diagnostic::error(
        format!("The account of {} is closed", call.object.name),
        format!(
            "Account {} is closed for good, and {}: {}. Nothing was changed. {}, or take it out of the configuration.",
            call.account,
            is_so,
            said(error),
            way
        ),
    )
    .at_attribute("account_sid")
}

/// A child account's object looks "not found" through the wrong credentials too. Believing that would plan to buy or make it a
/// second time.
fn out_of_sight(call: Call<'_>) -> Diagnostic {
    Diagnostic::error(
        format!("{} belongs to an account that these credentials cannot see", call.object.name),
        format!(
            "The state says that the {} is in account {}, and the provider is signed in to account {}, which is not its \
             parent. \"Not found\" therefore does not mean that it is gone: the state was left as it is. Sign in to {} or to \
             its parent account.",
            call.object.noun,
            call.account,
            call.client.account(),
            call.account
        ),
    )
    .at_attribute("account_sid")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::hooks::Warnings;
    use crate::engine::facts::{Managed, Object, Place};
    use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, child, ok, parent, status};
    use crate::twilio::{AccountSid, ClientConfig, Credentials, Secret};

    const THING: Managed = Managed {
        object: Object {
            name: "twilio_thing",
            noun: "thing",
            place: Place::at(Product::Messaging, "", "/v1/Things/{sid}"),
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };

    const SID: &str = "XX00000000000000000000000000000001";

    fn refused(code: u16, twilio: u32) -> Reply {
        status(code, json!({"code": twilio, "message": "no", "status": code}))
    }

    /// What comes of the read of an object in `account`, with a key or a token, while the server answers like this.
    async fn outcome(
        account: AccountSid,
        with_key: bool,
        reply: impl Fn(&ReceivedRequest, usize) -> Reply + Send + Sync + 'static,
    ) -> (Result<Gone, String>, usize) {
        let server = Server::start(reply).await;
        let key =
            Credentials::api_key(parent(), "SK00000000000000000000000000000009", Secret::new("s")).expect("valid");
        let config = match with_key {
            true => ClientConfig {
                credentials: key,
                ..server.config()
            },
            false => server.config(),
        };
        let (client, _clock) = crate::twilio::tests::server::client(config);
        let (object, warnings) = (Value::object([("sid", SID.into())]), Warnings::default());
        let call = Call {
            object: &THING.object,
            client: &client,
            account: &account,
            state: &object,
            warnings: &warnings,
        };
        let fault = crate::engine::operations::requests::fetch(call)
            .await
            .expect_err("it is refused");
        let outcome = gone(call, fault).await.map_err(|fault| match fault {
            Fault::Diagnostic(diagnostic) => format!("{}: {}", diagnostic.summary, diagnostic.detail),
            Fault::Api(error) => error.to_string(),
        });
        (outcome, server.count())
    }

    fn is_account(seen: &ReceivedRequest) -> bool {
        seen.target.starts_with("/2010-04-01/Accounts/AC") && seen.target.matches('/').count() == 3
    }

    fn account(sid: &AccountSid, state: &str) -> Reply {
        ok(json!({"sid": sid.as_str(), "status": state, "auth_token": "child-token"}))
    }

    #[tokio::test]
    async fn in_the_own_account_gone_is_confirmed_by_the_account_too() {
        let answered = |reply: fn() -> Reply| async move {
            outcome(parent(), false, move |seen, _| match is_account(seen) {
                true => reply(),
                false => refused(404, 20404),
            })
            .await
        };
        assert_eq!(answered(|| account(&parent(), "active")).await, (Ok(Gone::Alone), 2));
        for reply in [
            || account(&child(), "active"),
            || ok(""),
            || ok("{}"),
            || status(404, ""),
            || account(&parent(), "suspended"),
        ] as [fn() -> Reply; 5]
        {
            assert!(answered(reply).await.0.is_err());
        }
    }

    #[tokio::test]
    async fn a_key_that_may_not_see_its_account_is_confirmed_by_what_it_may_see() {
        let answered = |reply: fn() -> Reply| async move {
            let outcome = outcome(parent(), true, move |seen, _| match seen.target.as_str() {
                _ if is_account(seen) => refused(401, 20003),
                target if target.contains("IncomingPhoneNumbers") => reply(),
                _ => refused(404, 20404),
            });
            outcome.await.0
        };
        let page = || ok(json!({"incoming_phone_numbers": [], "next_page_uri": null}));
        assert_eq!(answered(page).await, Ok(Gone::Alone));
        assert_eq!(answered(|| refused(403, 20403)).await, Ok(Gone::Alone));
        for reply in [|| refused(401, 20003), || ok("[]"), || status(404, "")] as [fn() -> Reply; 3] {
            assert!(answered(reply).await.is_err());
        }
    }

    #[tokio::test]
    async fn what_a_closed_account_refuses_is_gone_and_a_suspended_one_is_named() {
        for (code, twilio) in [(401, 20003), (403, 20403), (404, 20404)] {
            let answered = |state: &'static str| async move {
                let outcome = outcome(child(), false, move |seen, _| match is_account(seen) {
                    true => account(&child(), state),
                    false => refused(code, twilio),
                });
                outcome.await.0
            };
            assert_eq!(answered("closed").await, Ok(Gone::WithItsAccount), "{code}");
            let said = answered("suspended").await.expect_err("it is there");
            assert!(
                said.contains("is suspended") && said.contains("status = \"active\""),
                "{said}"
            );
            match code {
                404 => assert_eq!(answered("active").await, Ok(Gone::Alone)),
                _ => assert!(answered("active").await.is_err()),
            }
        }
    }

    #[tokio::test]
    async fn what_does_not_exist_yet_is_reported_without_a_hole_in_the_sentence() {
        let server = Server::start(|seen, _| match is_account(seen) {
            true => account(&child(), "suspended"),
            false => refused(403, 20403),
        })
        .await;
        let (client, _clock) = crate::twilio::tests::server::client(server.config());
        let (object, warnings, account) = (Value::object([("sid", Value::UNKNOWN)]), Warnings::default(), child());
        let call = Call {
            object: &THING.object,
            client: &client,
            account: &account,
            state: &object,
            warnings: &warnings,
        };
        let fault = client
            .send(Request::post(Product::Messaging, &account, "/v1/Things"))
            .await
            .expect_err("it is refused");
        let Fault::Diagnostic(diagnostic) = explained(call, fault.into()).await else {
            unreachable!("a suspended account is told of")
        };
        let expected = format!("The account of the thing, {account}, is suspended");
        assert!(diagnostic.detail.starts_with(&expected), "{}", diagnostic.detail);
        assert!(!diagnostic.detail.contains("  "), "{}", diagnostic.detail);
    }

    #[tokio::test]
    async fn a_closed_account_that_shows_no_token_is_closed() {
        let (outcome, requests) = outcome(child(), false, |seen, _| match is_account(seen) {
            true => ok(json!({"sid": child().as_str(), "status": "closed", "auth_token": null})),
            false => refused(401, 20003),
        })
        .await;
        assert_eq!((outcome, requests), (Ok(Gone::WithItsAccount), 2));
    }

    #[tokio::test]
    async fn the_word_of_another_account_does_not_count() {
        let (said, _) = outcome(child(), false, |seen, before| match (is_account(seen), before) {
            // The token is returned, and then a response about something else.
            (true, 0) => account(&child(), "active"),
            (true, _) => account(&parent(), "closed"),
            _ => refused(403, 20403),
        })
        .await;
        assert!(said.expect_err("nobody knows").contains("20403"));
    }
}
