//! What stands in the way of closing a subaccount: everything that it still holds ([`super::holdings`]), which closing releases or
//! loses. <https://www.twilio.com/docs/iam/api/subaccounts#closing-a-subaccount>
//!
//! Nothing here changes anything. What cannot be seen cannot be called unused, so an account that does not show what it owns
//! is not closed either, unless `force_close` says so. The plan tells what there is, and refuses nothing: what the same plan destroys
//! goes before the account.

use futures::stream::{self, StreamExt as _};
use jiff::Timestamp;

use super::ephemeral::api_key::has_name_of_a_run;
use super::holdings::{Held, KINDS, held};
use super::snapshot;
use crate::engine::errors::diagnose::label;
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::values::counted_names::and_more;
use crate::engine::values::shown::harmless;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::resources::accounts_below::refuses;
use crate::twilio::{AccountSid, Client, Error};

/// Things that an error names; of more it tells how many there are.
const NAMED: usize = 20;

/// Kinds that are searched for at a time.
const AT_A_TIME: usize = 4;

/// Refuses while the subaccount holds anything, and names it. Costs a request for each kind of thing, and one more for the
/// subaccount's token where it is not known yet. Where a suspended one hides a kind, what was seen before its suspension counts.
///
/// # Errors
/// A diagnostic that names what is owned, or says that it could not be seen.
pub(super) async fn refuse_while_in_use(call: Call<'_>, prior: &Value) -> Result<(), Fault> {
    let Some(child) = sid_of(prior) else {
        return Ok(());
    };
    let seen = look(call, &child).await?;
    if seen.owned.all == 0 {
        return match seen.hidden {
            None => Ok(()),
            Some((nouns, error)) => Err(cannot_be_seen(call, prior, &nouns, &error).into()),
        };
    }
    let more = match &seen.hidden {
        None => String::new(),
        Some((nouns, _)) => format!(" Whether it has a {nouns} Twilio does not show."),
    };
    let (owned, since) = (seen.owned.named(), since(seen.taken.as_deref()));
    Err(Diagnostic::error(
        "The subaccount still owns something",
        format!(
            "Subaccount {} was not closed, because closing would release or lose what it still owns: {owned}.{since}{more} It was left \
             as it is; what this apply destroyed before it is gone. Destroy or move these first, set force_close = true and apply to \
             let them go, or set on_destroy to \"suspend\" or \"retain\".",
            label(call.object, prior),
        ),
    )
    .into())
}

/// That what is said of a suspended account is of before.
fn since(taken: Option<&str>) -> String {
    taken.map_or(String::new(), |taken| {
        format!(
            " What Twilio does not show of a suspended account is as it was just before this provider suspended it ({taken}); what was made in the seconds between is not known: Twilio's events (Monitor) of a suspended account cannot be read either."
        )
    })
}

/// What a plan that closes the subaccount says of what is in it, in sentences. Never in the way of a plan.
pub(super) async fn described(call: Call<'_>) -> String {
    let prior = call.state;
    let Some(child) = sid_of(prior) else {
        return String::new();
    };
    let is_forced = prior.attr("force_close").as_bool() == Some(true);
    match look(call, &child).await {
        Err(_) => "What it holds could not be seen; the apply looks again before it closes anything.".to_owned(),
        Ok(Seen { owned, hidden, taken }) => {
            let since = since(taken.as_deref());
            let mut said = match (owned.all, &hidden, is_forced) {
                (0, None, _) => return format!("{}{since}", holds_none()),
                (0, Some(_), _) => String::new(),
                (_, _, true) => format!("With force_close these are lost with it: {}.", owned.named()),
                (_, _, false) => format!(
                    "It still holds {}. What this plan destroys of that goes first. The close fails while any of it is left, and what \
                     was destroyed by then is gone: see that this plan destroys all of it.",
                    owned.named()
                ),
            };
            said.push_str(&since);
            if let Some((nouns, error)) = hidden {
                said.push_str(&format!(" Whether it has a {nouns} Twilio does not show ({error})."));
                if !is_forced {
                    said.push_str(" The close fails while that is so.");
                    said.push_str(way_out(prior));
                }
            }
            said.trim_start().to_owned()
        }
    }
}

/// What was searched for, of which there is nothing. Other things may be lost all the same.
fn holds_none() -> String {
    let nouns: Vec<_> = KINDS.iter().map(|(_, object)| object.noun).collect();
    format!(
        "It holds no {}. What else it may have (Sync, Conversations, Video, Intelligence, add-ons, Trust Hub, queues, recordings) is not looked \
         for, neither is any other region than the provider's, and is lost with it.",
        one_of(&nouns)
    )
}

/// How an account that hides what it has can be closed.
fn way_out(prior: &Value) -> &'static str {
    match prior.attr("status").as_str() {
        Some("suspended") => {
            " It is suspended, and was not suspended by this provider, or was changed since, so that it is not known what it holds. \
             Either set status = \"active\" and apply, and then status = \"suspended\" and apply: what it holds is noted before that, \
             and where a policy wants it suspended for some time, that begins anew. Or set force_close = true and apply first, which \
             closes it whatever it holds."
        }
        _ => {
            " If the provider is signed in with an API key, use the parent account's auth_token. Or set force_close = true and apply \
             first, which closes it whatever it holds."
        }
    }
}

fn sid_of(prior: &Value) -> Option<AccountSid> {
    prior.attr("sid").as_str()?.parse().ok()
}

/// What an account lets itself be seen to own, and what it hides, with the first reason.
struct Seen {
    owned: Owned,
    hidden: Option<(String, Error)>,
    /// When what it hides was seen, where that counts.
    taken: Option<String>,
}

/// All kinds, each with what the account holds of it, or why it does not show that.
///
/// # Errors
/// The way to Twilio fails.
pub(super) async fn look_at_all(
    client: &Client,
    child: &AccountSid,
) -> Result<Vec<(&'static str, Result<Vec<Held>, Error>)>, Fault> {
    // All but the classic API acts on the account that signs in: the client does so as the subaccount.
    let looks = KINDS
        .iter()
        .map(|(_, object)| async move { (object.noun, held(client, child, object).await) });
    let looks = looks.collect::<Vec<_>>();
    let outcomes: Vec<_> = stream::iter(looks).buffered(AT_A_TIME).collect().await;
    let mut all = Vec::new();
    for (noun, outcome) in outcomes {
        match outcome {
            Ok(held) => {
                let now = client.server_time();
                let lost = held.into_iter().filter(|one| !ends_with_a_run(one, now));
                all.push((noun, Ok(lost.collect())));
            }
            Err(Fault::Api(error)) if refuses(&error) => all.push((noun, Err(*error))),
            Err(fault) => return Err(fault),
        }
    }
    Ok(all)
}

/// # Errors
/// The way to Twilio fails.
async fn look(call: Call<'_>, child: &AccountSid) -> Result<Seen, Fault> {
    let found = look_at_all(call.client, child).await?;
    let snapshot = match found.iter().any(|(_, held)| held.is_err()) {
        true => snapshot::believed(call).await,
        false => None,
    };
    let (mut owned, mut hidden, mut reason, mut taken) = (Owned::default(), Vec::new(), None, None);
    for (noun, held) in found {
        let before = snapshot.as_ref().and_then(|snapshot| snapshot.held(noun));
        match (held, before) {
            (Ok(all), _) => all.iter().for_each(|one| owned.add(|| named(noun, one))),
            (Err(_), Some((some, count))) => {
                some.iter().for_each(|one| owned.add(|| named(noun, one)));
                owned.all += count.saturating_sub(some.len());
                taken = snapshot.as_ref().map(|snapshot| snapshot.taken.clone());
            }
            (Err(error), None) => {
                hidden.push(noun);
                reason.get_or_insert(error);
            }
        }
    }
    Ok(Seen {
        owned,
        hidden: reason.map(|error| (one_of(&hidden), error)),
        taken,
    })
}

/// A key that this run made, and revokes at its end, is there while the account is closed.
fn ends_with_a_run(one: &Held, now: Timestamp) -> bool {
    one.sid.starts_with("SK") && one.name.as_deref().is_some_and(|name| has_name_of_a_run(name, now))
}

fn named(noun: &str, one: &Held) -> String {
    match one.name.as_deref().and_then(harmless) {
        Some(number) => format!("{noun} {number} ({})", one.sid),
        None => format!("{noun} {}", one.sid),
    }
}

/// `phone number`, or `phone number, trunk or flow`.
fn one_of(nouns: &[&str]) -> String {
    match nouns {
        [] => String::new(),
        [noun] => (*noun).to_owned(),
        [nouns @ .., last] => format!("{} or {last}", nouns.join(", ")),
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
        and_more(&self.some.join(", "), self.all - self.some.len())
    }
}

/// As with a suspended account, whose own credentials are refused, or a provider that is signed in with an API key, which
/// does not get to see the subaccount's token.
fn cannot_be_seen(call: Call<'_>, prior: &Value, nouns: &str, error: &Error) -> Diagnostic {
    Diagnostic::error(
        "What the subaccount owns cannot be seen",
        format!(
            "The provider was to destroy subaccount {}, that is, to close it. It was not closed, because Twilio does not show whether \
             it owns a {nouns}: {error} ({}). It was left as it is and stays in the state.{}",
            label(call.object, prior),
            error.attempt,
            way_out(prior)
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

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

    #[test]
    fn a_key_of_a_run_ends_with_it_and_any_other_is_lost() {
        let held = |sid: &str, name: &str| Held {
            sid: sid.to_owned(),
            name: Some(name.to_owned()),
        };
        let of_a_run = "terraform-run 4f1c9a2e77b01d35 2026-11-29T08:45:43Z 00ff";
        let now = "2026-11-29T09:00:00Z".parse().expect("a moment");
        assert!(ends_with_a_run(&held("SK1", of_a_run), now));
        assert!(!ends_with_a_run(&held("SK1", "Application"), now) && !ends_with_a_run(&held("PN1", of_a_run), now));
        for other in [
            "terraform-run 4f1c9a2e77b01d35 2020-11-29T08:45:43Z 00ff",
            "terraform-run by hand",
        ] {
            assert!(!ends_with_a_run(&held("SK1", other), now), "{other}");
        }
    }

    fn sid(prefix: &str, number: u32) -> String {
        format!("{prefix}{number:032}")
    }

    /// A Twilio whose subaccount has these numbers and messaging services, and nothing else.
    fn answer(seen: &ReceivedRequest, numbers: &[Json], services: &[Json]) -> Reply {
        if seen.target.contains("IncomingPhoneNumbers") {
            return ok(json!({"incoming_phone_numbers": numbers, "next_page_uri": null}));
        }
        if seen
            .target
            .starts_with(&format!("/2010-04-01/Accounts/{}.json", child()))
        {
            return ok(json!({"sid": child().as_str(), "auth_token": "child-token"}));
        }
        if seen.target.starts_with("/2010-04-01/") {
            return ok(json!({"items": [], "next_page_uri": null}));
        }
        assert!(
            seen.signed_in().ends_with(":child-token"),
            "signed in as the subaccount"
        );
        let items = match is_messaging(seen) {
            true => services,
            false => &[],
        };
        ok(json!({"items": items, "meta": {"key": "items", "next_page_url": null}}))
    }

    fn is_messaging(seen: &ReceivedRequest) -> bool {
        let host = seen.headers.get("host");
        host.is_some_and(|host| host.starts_with("messaging.")) && seen.target.starts_with("/v1/Services")
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
        assert!(said.contains(&format!("({}) and 5 more", sid("PN", 19))), "{said}");
    }

    #[tokio::test]
    async fn what_cannot_be_seen_is_not_called_unused() {
        let refusal = || status(403, json!({"code": 20003, "message": "suspended", "status": 403}));
        let said = check(move |seen, _| match is_messaging(seen) {
            true => refusal(),
            false => answer(seen, &[], &[]),
        })
        .await;
        for needle in ["cannot be seen", "messaging service", "suspended", "force_close = true"] {
            assert!(said.contains(needle), "{needle}: {said}");
        }
    }

    /// What a plan says while the server answers like this.
    async fn planned(force: bool, reply: impl Fn(&ReceivedRequest, usize) -> Reply + Send + Sync + 'static) -> String {
        let server = Server::start(reply).await;
        let (client, _clock) = server.client();
        let prior = Value::object([("sid", Value::string(child().as_str())), ("force_close", force.into())]);
        let (account, warnings) = (parent(), Warnings::default());
        described(Call {
            object: &SUBACCOUNT.object,
            client: &client,
            account: &account,
            state: &prior,
            warnings: &warnings,
        })
        .await
    }

    #[tokio::test]
    async fn a_plan_tells_what_there_is_and_what_becomes_of_it() {
        assert!(
            planned(false, |seen, _| answer(seen, &[], &[]))
                .await
                .contains("It holds no phone number, short code")
        );
        let service = json!({"sid": sid("MG", 1), "friendly_name": "Alerts"});
        let with = move |seen: &ReceivedRequest, _: usize| answer(seen, &[], std::slice::from_ref(&service));
        let said = planned(false, with.clone()).await;
        assert!(
            said.contains(&sid("MG", 1)) && said.contains("The close fails while any of it is left"),
            "{said}"
        );
        assert!(!said.contains("Alerts"), "a name is free text: {said}");
        let said = planned(true, with).await;
        assert!(said.contains(&sid("MG", 1)) && said.contains("lost with it"), "{said}");
    }

    #[tokio::test]
    async fn a_plan_names_what_it_could_not_see() {
        let suspended = |seen: &ReceivedRequest, _: usize| match seen.target.starts_with("/2010-04-01/") {
            true => answer(seen, &[], &[]),
            false => status(
                401,
                json!({"code": 20003, "message": "account is not active", "status": 401}),
            ),
        };
        let said = planned(false, suspended).await;
        for needle in [
            "messaging service",
            "Verify service",
            "not active",
            "The close fails while that is so",
            "force_close = true",
        ] {
            assert!(said.contains(needle), "{needle}: {said}");
        }
        assert!(!said.contains("phone number"), "{said}");
        let said = planned(false, |_, _| status(500, "down")).await;
        assert!(said.contains("could not be seen"), "{said}");
    }
}
