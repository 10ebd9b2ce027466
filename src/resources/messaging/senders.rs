//! What a messaging service sends with: its pool, and the campaign that lets it send in the US. All of it is let go when the service is
//! destroyed. <https://www.twilio.com/docs/messaging/api/service-resource>
//!
//! A sender stays in its account, and a campaign is gone: another one is registered, and paid for, anew.
//! <https://www.twilio.com/docs/messaging/compliance/a2p-10dlc>

use futures::future::join_all;

use super::messaging_service::FORCE_DESTROY;
use crate::engine::errors::diagnose::label;
use crate::engine::facts::hooks::{Call, Planning, Step};
use crate::engine::facts::{Access, Managed, Properties};
use crate::engine::values::counted_names::some_of;
use crate::engine::values::shown::harmless;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::resources::accounts_below::refuses;
use crate::twilio::{
    AccountSid, Client, Error, ErrorKind, ListRequest, PAUSES_BETWEEN_READS, Product, Request, lenient,
};

/// Senders that a text names; of more it tells how many there are.
const NAMED: usize = 20;

/// A kind of sender.
struct Kind {
    noun: &'static str,
    /// Its list.
    path: &'static str,
    /// The array in the response.
    key: &'static str,
    sids: &'static str,
    /// What people know one by.
    name: &'static str,
}

const KINDS: [Kind; 5] = [
    Kind {
        noun: "phone number",
        path: "/v1/Services/{service_sid}/PhoneNumbers",
        key: "phone_numbers",
        sids: "PN",
        name: "phone_number",
    },
    Kind {
        noun: "short code",
        path: "/v1/Services/{service_sid}/ShortCodes",
        key: "short_codes",
        sids: "SC",
        name: "short_code",
    },
    Kind {
        noun: "alphanumeric sender",
        path: "/v1/Services/{service_sid}/AlphaSenders",
        key: "alpha_senders",
        sids: "AI",
        name: "alpha_sender",
    },
    Kind {
        noun: "channel sender",
        path: "/v1/Services/{service_sid}/ChannelSenders",
        key: "senders",
        sids: "XE",
        name: "sender",
    },
    Kind {
        noun: "A2P campaign",
        path: "/v1/Services/{service_sid}/Compliance/Usa2p",
        key: "compliance",
        sids: "QE",
        name: "campaign_id",
    },
];

/// The requests that read them.
pub(super) const READS: [Access; KINDS.len()] = {
    let mut reads = [Access::get(Product::Messaging, ""); KINDS.len()];
    let mut kind = 0;
    while kind < KINDS.len() {
        reads[kind] = Access::get(Product::Messaging, KINDS[kind].path);
        kind += 1;
    }
    reads
};

/// What a service has, as far as Twilio shows it.
#[derive(Debug, Default)]
struct Senders {
    /// As texts name them.
    all: Vec<String>,
    /// Kinds that it does not show, and the first reason.
    hidden: Option<(String, Box<Error>)>,
}

impl Senders {
    fn named(&self) -> String {
        some_of(&self.all, NAMED)
    }
}

/// # Errors
/// The way to Twilio fails, or it has no such service.
async fn look(client: &Client, account: &AccountSid, service: &str) -> Result<Senders, Error> {
    let lists = KINDS.iter().map(|kind| async move {
        let path = kind.path.replace("{service_sid}", service);
        let list = ListRequest::new(Request::get(Product::Messaging, account, path))
            .key(kind.key)
            .largest_pages()
            .sids(kind.sids);
        (kind, client.list(list).await)
    });
    let (mut found, mut hidden, mut reason) = (Senders::default(), Vec::new(), None);
    for (kind, outcome) in join_all(lists).await {
        match outcome {
            Ok(items) => {
                let text = |item: &Properties, name: &str| item.get(name).and_then(lenient::text);
                found.all.extend(items.iter().map(|item| {
                    let sid = text(item, "sid").unwrap_or_default();
                    match text(item, kind.name).as_deref().and_then(harmless) {
                        Some(name) => format!("{} {name} ({sid})", kind.noun),
                        None => format!("{} {sid}", kind.noun),
                    }
                }));
            }
            // Whether the account is closed, and the service gone with it, is for the engine to find out.
            Err(error)
                if matches!(
                    error.kind,
                    ErrorKind::Unauthenticated | ErrorKind::CredentialsUnavailable
                ) =>
            {
                return Err(error);
            }
            // A list that is not found says nothing where the service is.
            Err(error) if error.kind == ErrorKind::NotFound => {
                let path = format!("/v1/Services/{service}");
                client.send(Request::get(Product::Messaging, account, path)).await?;
                hidden.push(kind.noun);
                reason.get_or_insert(Box::new(error));
            }
            Err(error) if refuses(&error) => {
                hidden.push(kind.noun);
                reason.get_or_insert(Box::new(error));
            }
            Err(error) => return Err(error),
        }
    }
    found.hidden = reason.map(|error| (hidden.join(", "), error));
    Ok(found)
}

/// Warns of what a service that goes still sends with.
pub(super) fn forewarn(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let prior = planning.prior;
        let (Some((client, account)), Some(service), true) =
            (planning.connection, prior.attr("sid").as_str(), planning.destroys)
        else {
            return Ok(());
        };
        // Of what is replaced the block's own value counts.
        let is_forced = is_forced(match planning.planned.is_null() {
            true => prior,
            false => &*planning.planned,
        });
        let detail = match look(client, account, service).await {
            Err(error) if error.kind == ErrorKind::NotFound => return Ok(()),
            Err(_) => {
                "What it sends with could not be seen; the apply looks again before it destroys anything.".to_owned()
            }
            Ok(found) if found.all.is_empty() && (found.hidden.is_none() || is_forced) => return Ok(()),
            Ok(found) => said(&found, is_forced),
        };
        let name = label(&planning.resource.object, prior);
        planning.warnings.add(Diagnostic::warning(
            format!("Messaging service {name} will be destroyed"),
            detail,
        ));
        Ok(())
    })
}

fn said(found: &Senders, is_forced: bool) -> String {
    let mut parts = Vec::new();
    if !found.all.is_empty() {
        parts.push(format!(
            "It still has {}. Messages that are sent by its SID fail from then on; numbers and short codes stay in the account, and an \
             A2P campaign is gone.",
            found.named()
        ));
    }
    if let Some((nouns, error)) = &found.hidden {
        parts.push(format!("Not checked, as Twilio does not show them: {nouns} ({error})."));
    }
    parts.push(match is_forced {
        true => "With force_destroy it is destroyed all the same.".to_owned(),
        false => "What this plan takes out of the pool goes first. If anything else is left then, the destroy fails and the service stays: \
                  take that out, too, or set force_destroy = true and apply first."
            .to_owned(),
    });
    parts.join(" ")
}

/// Refuses to destroy a service that still sends with something, and names it. Where something is in its pool it looks once more
/// after a moment: what the same apply took out may be in the list for that long.
pub(super) fn refuse_while_in_use<'a>(call: Call<'a>, _: &'static Managed) -> Step<'a> {
    Box::pin(async move {
        let Some(service) = call.state.attr("sid").as_str().filter(|_| !is_forced(call.state)) else {
            return Ok(());
        };
        let mut found = look(call.client, call.account, service).await?;
        if let (false, Some(pause)) = (found.all.is_empty(), PAUSES_BETWEEN_READS.first())
            && call.client.pause(*pause).await
        {
            found = look(call.client, call.account, service).await?;
        }
        if found.all.is_empty() && found.hidden.is_none() {
            return Ok(());
        }
        Err(refusal(call, &found).into())
    })
}

fn refusal(call: Call<'_>, found: &Senders) -> Diagnostic {
    let name = label(call.object, call.state);
    let force = "set force_destroy = true in its block (put it back if it is not there), apply, and destroy it again. A deposed object, \
                 as the plan calls what was replaced with create_before_destroy, has no block: take out of its pool what is in it, by \
                 hand";
    match (&found.hidden, found.all.is_empty()) {
        (Some((nouns, error)), true) => Diagnostic::error(
            "What the messaging service sends with cannot be seen",
            format!(
                "Messaging service {name} was not destroyed, because Twilio does not show whether it has one of these: {nouns}. \
                 {error} ({}). Nothing was changed. Let the key list them (see Permissions on the page of this resource), or, to \
                 destroy it whatever it has, {force}.",
                error.attempt
            ),
        ),
        (hidden, _) => {
            let more = hidden.as_ref().map_or(String::new(), |(nouns, _)| {
                format!(" Not shown by Twilio, and so not known: {nouns}.")
            });
            Diagnostic::error(
                "The messaging service still has senders",
                format!(
                    "Messaging service {name} was not destroyed, because it still has {}.{more} Without it messages that are sent by \
                     its SID fail. Nothing was changed. Take these out of the pool first. Or, to destroy it with them in it, {force}. \
                     Numbers and short codes stay in the account, and an A2P campaign would be gone.",
                    found.named()
                ),
            )
        }
    }
}

fn is_forced(state: &Value) -> bool {
    state.attr(FORCE_DESTROY.name).as_bool() == Some(true)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::hooks::{Fault, Warnings};
    use crate::resources::messaging::messaging_service::MESSAGING_SERVICE;
    use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, ok, parent, status};

    const SERVICE: &str = "MG00000000000000000000000000000001";

    /// What becomes of the service before it is destroyed, while the server answers like this; the server sees reads only.
    async fn check(reply: impl Fn(&ReceivedRequest) -> Reply + Send + Sync + 'static) -> Result<(), Fault> {
        let server = Server::start(move |seen: &ReceivedRequest, _| reply(seen)).await;
        let (client, _clock) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let state = Value::object([("sid", SERVICE.into()), ("friendly_name", "Alerts".into())]);
        let call = Call {
            object: &MESSAGING_SERVICE.object,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        let outcome = refuse_while_in_use(call, &MESSAGING_SERVICE).await;
        assert!(
            server.seen().iter().all(|seen| seen.method == "GET"),
            "{:?}",
            server.seen()
        );
        outcome
    }

    fn not_found() -> Reply {
        status(
            404,
            json!({"code": 20404, "message": "The requested resource was not found", "status": 404}),
        )
    }

    fn list(seen: &ReceivedRequest) -> Reply {
        let kind = KINDS
            .iter()
            .find(|kind| seen.target.contains(kind.path.rsplit('/').next().unwrap_or_default()));
        let key = kind.map_or("phone_numbers", |kind| kind.key);
        ok(json!({key: [], "meta": {"key": key, "next_page_url": null}}))
    }

    #[tokio::test]
    async fn a_service_without_senders_may_go() {
        assert!(check(list).await.is_ok());
    }

    #[tokio::test]
    async fn a_list_that_is_not_found_is_no_empty_one_where_the_service_is() {
        let outcome = check(|seen| match seen.target.split('?').next().unwrap_or_default() {
            path if path.ends_with("/PhoneNumbers") => not_found(),
            path if path.ends_with(SERVICE) => ok(json!({"sid": SERVICE})),
            _ => list(seen),
        });
        let Err(Fault::Diagnostic(said)) = outcome.await else {
            panic!("it may not go");
        };
        assert!(
            said.summary.contains("cannot be seen") && said.detail.contains("phone number"),
            "{said:?}"
        );
    }

    #[tokio::test]
    async fn what_refuses_the_account_or_has_no_such_service_is_for_the_engine() {
        for (code, kind) in [(404, ErrorKind::NotFound), (401, ErrorKind::Unauthenticated)] {
            let outcome = check(move |_| match code {
                404 => not_found(),
                _ => status(401, json!({"code": 20003, "message": "Authenticate", "status": 401})),
            });
            match outcome.await {
                Err(Fault::Api(error)) => assert_eq!(error.kind, kind),
                other => panic!("{code}: {other:?}"),
            }
        }
    }
}
