//! The secondary auth token of an account: made, shown once, promoted or deleted.
//! <https://www.twilio.com/docs/iam/api/secondary_authtoken>
//!
//! # Quirks
//! - No request reads it. What there is to know follows from the token itself: an account that signs in with it is shown, with the token
//!   that is its primary one (<https://www.twilio.com/docs/iam/api/account>). That tells a token that is secondary from one that was
//!   promoted, and both from one that is gone. A token that only its reader can read cannot be tried; its hash is compared with the
//!   primary token, where that is shown to who is signed in.
//! - A DELETE names no token. So it is sent only while the token that this resource made is the secondary one, as far as anybody can
//!   tell: otherwise it would hit one that somebody else made since.
//! - What a second create does is documented nowhere: whether it is refused, or takes the place of the first. As nobody knows a token
//!   whose response was lost, the create is repeated after that, and may be refused then.

use serde_json::Value as Json;

use super::codes::ACCOUNTS;
use super::one_reader;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Hint, Local, Observed, SecretOnce};
use crate::engine::facts::hooks::{Call, Fault, Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Consequence, Destroy, Deviation, Field, Impact, Intent, Key, Kind, Lifecycle, Managed, Norm,
    Object, Parameters, Place, Properties, Read, When, boolean, map, text, timestamp,
};
use crate::engine::operations::absence;
use crate::engine::operations::requests::{instance_path, upsert};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, ErrorKind, Product, Request, Secret, sha256};

const TOKEN: &str = "secondary_auth_token";
const ENCRYPTED: &str = "encrypted_auth_token";
const HASH: &str = "token_sha256";
const STATUS: &str = "status";
const QUIET: &str = "suppress_email_notification";

/// How long Twilio may take until a new token is accepted everywhere.
/// <https://www.twilio.com/docs/iam/api/secondary_authtoken> has a minute for Functions.
const SPREADS_WITHIN: jiff::SignedDuration = jiff::SignedDuration::from_mins(2);

/// `twilio_secondary_auth_token`.
pub const SECONDARY_AUTH_TOKEN: Managed = Managed {
    object: Object {
        name: "twilio_secondary_auth_token",
        noun: "secondary auth token",
        category: Category::Accounts,
        api_page: "https://www.twilio.com/docs/iam/api/secondary_authtoken",
        place: Place::alone(Product::Accounts, "/v1/AuthTokens/Secondary").read(Read::Nowhere),
        key: Key::None,
        deviations: &[
            Deviation {
                from: Norm::Responses,
                name: ENCRYPTED,
                reason: "the create hook makes it of the token in the response",
            },
            Deviation {
                from: Norm::Secrecy,
                name: ENCRYPTED,
                reason: "only its recipient can read it, and it is there to be handed on",
            },
            Deviation {
                from: Norm::Responses,
                name: HASH,
                reason: "the create hook makes it of the token in the response",
            },
            Deviation {
                from: Norm::Responses,
                name: STATUS,
                reason: "the probe finds it out: no response has it",
            },
        ],
        fields: FIELDS,
        read: ReadHooks {
            probe: Some(probe),
            ..ReadHooks::NONE
        },
        codes: &[ACCOUNTS],
        ..Object::NEW
    },
    since: "0.1.0",
    consequences: &[Consequence {
        impact: Impact::Revoke,
        when: When::Destroyed,
    }],
    doc: "The secondary auth token of an account, which signs in beside the primary one until it is promoted or deleted: for a rotation \
          in which nothing stops working. `twilio_promote_auth_token` makes it the primary one. To rotate again change `keepers`. \
          Destroying it deletes the token while it is the secondary one, and leaves alone what was promoted.",
    quirks: &[
        "It signs in to the whole account, and to its subaccounts. Without `secret_recipient` it is in the state in plain text.",
        "An account has one secondary token, and Twilio shows nobody whether it has one: look in the Console first. Twilio documents \
         nowhere what becomes of an earlier one, so it may stop working when this one is created.",
        "A refresh signs in with the token, and so finds out whether it was promoted or deleted elsewhere. With `secret_recipient` the \
         provider does not know the token: it notices a promotion only while it is signed in with the auth token of the account or of \
         its parent, and does not notice that the token was deleted.",
        "Only the account's own auth token, its parent's, or a main API key makes and deletes it. A standard or restricted key may not.",
        "An import says only that there is one: its token stays unknown, and destroying it deletes whichever secondary token the account \
         has then.",
    ],
    lifecycle: Lifecycle::attached(Destroy::Hook),
    write: WriteHooks {
        plan: Some(plan),
        create: Some(create),
        delete: Some(delete),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    map("keepers", Local(Clears), &Kind::Text).doc(
        "Any values: when one changes, the token is replaced. For the next rotation, for example by date. Setting them for the first \
         time replaces nothing.",
    ),
    text("secret_recipient", Local(Clears))
        .checks(&[Check::NonEmpty, Check::Custom(one_reader::is_recipient)])
        .doc(
            "Public key of [age](https://age-encryption.org) that may read the token, as `age-keygen` prints it: `age1…`. The state \
             then has the token in `encrypted_auth_token` alone. Twilio shows a token once, so another recipient, or none, replaces \
             it, and so does a recipient for a token that is in the state already.",
        ),
    boolean(QUIET, Hint).doc(
        "Send no e-mail to the owner and the administrators of the account when the token is created or deleted. Without it they get one.",
    ),
    text(TOKEN, SecretOnce)
        .doc("The token. Twilio shows it once, so it is null after an import; with `secret_recipient` it is null, too."),
    text(ENCRYPTED, SecretOnce).for_one_reader().doc(
        "The token as a text file of age, for the holder of the private key of `secret_recipient` alone: `age --decrypt` reads it. \
         Null without a recipient, and after an import.",
    ),
    text(HASH, Observed).doc(
        "SHA-256 of the token, in hexadecimal: to see which token something has without showing it. Null after an import.",
    ),
    text(STATUS, Observed).doc(
        "`secondary`, or `primary` once it was promoted: then it is the auth token of the account, and destroying this resource \
         leaves it alone. Null after an import.",
    ),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// What became of the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TokenStatus {
    Secondary,
    Primary,
    /// Twilio does not accept it: it is gone, or its account is not active.
    Refused,
    /// It cannot be tried.
    Unknown,
}

/// The token of a state, if it is there in plain text.
fn token_in(state: &Value) -> Option<Secret> {
    state.attr(TOKEN).as_str().map(Secret::from)
}

/// The token that Twilio calls the account's, where a response about the account shows it.
fn primary_of(answer: &crate::twilio::Response) -> Option<Secret> {
    let shown = answer.member("auth_token").and_then(Json::as_str).map(Secret::from);
    shown.filter(|token| !token.is_blank() && !token.expose().chars().all(|character| character == '*'))
}

async fn token_status(call: Call<'_>) -> Result<TokenStatus, Fault> {
    if let Some(token) = token_in(call.state) {
        return match call.client.account_as(call.account, &token).await {
            Ok(answer) => Ok(match primary_of(&answer) {
                Some(primary) if primary.expose() == token.expose() => TokenStatus::Primary,
                Some(_) => TokenStatus::Secondary,
                None => as_stored(call.state).unwrap_or(TokenStatus::Secondary),
            }),
            Err(error) if error.kind == ErrorKind::Unauthenticated => Ok(TokenStatus::Refused),
            Err(error) => Err(error.into()),
        };
    }
    let Some(hash) = call.state.attr(HASH).as_str() else {
        return Ok(TokenStatus::Unknown);
    };
    let path = format!("/2010-04-01/Accounts/{}.json", call.account);
    match call.client.send(Request::get(Product::Api, call.account, path)).await {
        Ok(answer) => Ok(match primary_of(&answer) {
            Some(primary) if sha256(primary.expose().as_bytes()) == hash => TokenStatus::Primary,
            // It is none of the primary one any more: whoever promoted it has promoted another one since.
            Some(_) if as_stored(call.state) == Some(TokenStatus::Primary) => TokenStatus::Refused,
            _ => TokenStatus::Unknown,
        }),
        // A key is not shown its own account.
        Err(error) if matches!(error.kind, ErrorKind::Unauthenticated | ErrorKind::Forbidden) => {
            Ok(as_stored(call.state)
                .filter(|stored| *stored == TokenStatus::Primary)
                .unwrap_or(TokenStatus::Unknown))
        }
        Err(error) => Err(error.into()),
    }
}

fn as_stored(state: &Value) -> Option<TokenStatus> {
    match state.attr(STATUS).as_str()? {
        "primary" => Some(TokenStatus::Primary),
        _ => Some(TokenStatus::Secondary),
    }
}

fn probe(call: Call<'_>) -> Step<'_, Option<Properties>> {
    Box::pin(async move {
        let status = match token_status(call).await? {
            TokenStatus::Refused => return Ok(None),
            TokenStatus::Primary => Some("primary"),
            TokenStatus::Secondary => Some("secondary"),
            TokenStatus::Unknown => call.state.attr(STATUS).as_str(),
        };
        let kept = [HASH, "date_created"].map(|name| (name, call.state.attr(name).as_str()));
        let known = kept.into_iter().chain([(STATUS, status)]);
        Ok(Some(
            known
                .filter_map(|(name, text)| Some((name.to_owned(), text?.into())))
                .collect(),
        ))
    })
}

fn create<'a>(call: Call<'a>, intent: Intent<'a>, parameters: Parameters) -> Step<'a, Properties> {
    Box::pin(async move {
        let reader = one_reader::reader(&intent, "No token was created.")?;
        let mut made = upsert(call, intent.resource, parameters).await?;
        let of = made.get("account_sid").and_then(Json::as_str);
        let token = made.get(TOKEN).and_then(Json::as_str).map(Secret::from);
        let token = match (of == Some(call.account.as_str()), token) {
            (true, Some(token)) if !token.is_blank() => token,
            (is_own, _) => return Err(not_shown(call.account, is_own)),
        };
        call.client.keep_secret(&token);
        made.insert(HASH.to_owned(), sha256(token.expose().as_bytes()).into());
        made.insert(STATUS.to_owned(), "secondary".into());
        if let Some(reader) = reader
            && !one_reader::encrypt(&mut made, TOKEN, ENCRYPTED, &reader)
        {
            call.warnings.add(not_encrypted(call.account));
        }
        Ok(made)
    })
}

fn not_shown(account: &AccountSid, is_own: bool) -> Fault {
    let why = match is_own {
        true => "has no token",
        false => "is about another account",
    };
    Diagnostic::error(
        "The secondary auth token was not shown",
        format!(
            "Twilio's response to the create {why}, and Twilio shows a token once. Account {account} may have a secondary auth token now whose \
             value is lost. Nothing was stored. Delete it in the Console, at Admin > Account management > Auth tokens, and apply again. A \
             proxy may also be in between."
        ),
    )
    .into()
}

fn not_encrypted(account: &AccountSid) -> Diagnostic {
    Diagnostic::warning(
        "The secondary auth token is lost",
        format!(
            "The token of account {account} was created, and could not be encrypted for secret_recipient. It was not stored in any other \
             way. Replace it: terraform apply -replace with its address."
        ),
    )
}

/// Whether the token was made so short a time ago that Twilio may not accept it everywhere yet.
fn is_new(call: Call<'_>) -> bool {
    let created = call.state.attr("date_created").as_str();
    let created = created.and_then(|text| text.parse::<jiff::Timestamp>().ok());
    created.is_some_and(|created| call.client.server_time().duration_since(created) < SPREADS_WITHIN)
}

fn delete<'a>(call: Call<'a>, _: &'static Managed) -> Step<'a> {
    Box::pin(async move {
        let status = token_status(call).await?;
        match status {
            TokenStatus::Primary => return Ok(()),
            // Nothing to delete, and what the account may have as its secondary token by now is not this one.
            TokenStatus::Refused if !is_new(call) => return absence::confirm(call).await.map(drop),
            TokenStatus::Secondary | TokenStatus::Refused | TokenStatus::Unknown => {}
        }
        refuse_own_token(call.client, call.state)?;
        let path = instance_path(call.object, call.account, call.state)?;
        let mut request = Request::delete(call.object.place.product, call.account, path);
        if let Some(quiet) = call.state.attr(QUIET).as_bool() {
            request = request.query("SuppressEmailNotification", quiet.to_string());
        }
        Ok(call.client.send(request).await.map(drop)?)
    })
}

/// Without the token that the provider itself is signed in with, the rest of the run would be refused, and so would the next.
fn refuse_own_token(client: &Client, state: &Value) -> Result<(), Diagnostic> {
    if !token_in(state).is_some_and(|token| client.is_own_secret(&token)) {
        return Ok(());
    }
    Err(Diagnostic::error(
        "The provider is signed in with this secondary auth token",
        "Deleting it would end the access of the provider itself, in the middle of the run. It was not deleted. Promote it first with \
         twilio_promote_auth_token, after which destroying this resource leaves it alone; or sign in with another token \
         (TWILIO_AUTH_TOKEN) or a main API key.",
    ))
}

fn plan(mut planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        if planning.planned.is_known() {
            one_reader::replace_for_keepers(&mut planning);
            one_reader::plan_recipient(&mut planning, TOKEN, ENCRYPTED);
        }
        let goes = planning.destroys || !planning.requires_replace.is_empty();
        let is_promoted = as_stored(planning.prior) == Some(TokenStatus::Primary);
        if !planning.prior.is_null() && goes && !is_promoted {
            if let Some((client, _)) = planning.connection {
                refuse_own_token(client, planning.prior)?;
            }
            planning.warnings.add(will_be_deleted(planning.prior));
        }
        if planning.prior.is_null()
            && !planning.planned.is_null()
            && planning.planned.attr("secret_recipient").is_null()
        {
            planning.warnings.add(in_plain_text());
        }
        Ok(())
    })
}

/// Who has the token finds out by being refused, so a plan says it.
fn will_be_deleted(prior: &Value) -> Diagnostic {
    let account = prior.attr("account_sid").as_str().unwrap_or("of the provider");
    let which = match token_in(prior) {
        Some(_) => "",
        None => {
            " The state does not have the token itself, so whether it is still the secondary one cannot be tried: the secondary token that \
             the account has by then is deleted, whoever made it."
        }
    };
    Diagnostic::warning(
        format!("The secondary auth token of account {account} will be deleted"),
        format!(
            "Whatever signs in with it is refused from that moment on, and it cannot be had back. Make sure that everything which has it \
             uses another one by then, or promote it first.{which}"
        ),
    )
}

fn in_plain_text() -> Diagnostic {
    Diagnostic::warning(
        "The secondary auth token will be in the state in plain text",
        "It signs in to the whole account: whoever can read the state can do everything with the account. Set secret_recipient to the public key \
         of the one who is to have it, and the state has it encrypted. If the account has a secondary token already, it may stop working: \
         Twilio shows nobody whether there is one, so look in the Console.",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::hooks::Warnings;
    use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, ok, parent, status};

    const OURS: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const THEIRS: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    fn plain() -> Vec<(&'static str, Value)> {
        vec![(TOKEN, OURS.into()), (STATUS, "secondary".into())]
    }

    fn encrypted(status: &str) -> Vec<(&'static str, Value)> {
        vec![(HASH, sha256(OURS.as_bytes()).as_str().into()), (STATUS, status.into())]
    }

    fn shows(token: &str) -> Reply {
        ok(json!({"sid": parent().as_str(), "status": "active", "auth_token": token}))
    }

    fn refuses() -> Reply {
        status(401, json!({"code": 20003, "message": "Authenticate", "status": 401}))
    }

    async fn found(
        state: Vec<(&'static str, Value)>,
        reply: impl Fn() -> Reply + Send + Sync + 'static,
    ) -> TokenStatus {
        let server = Server::start(move |_: &ReceivedRequest, _| reply()).await;
        let (client, _clock) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let state = Value::object(state);
        let call = Call {
            object: &SECONDARY_AUTH_TOKEN.object,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        token_status(call).await.expect("it is found out")
    }

    #[tokio::test]
    async fn a_token_that_signs_in_is_secondary_or_was_promoted_and_another_is_gone() {
        assert_eq!(found(plain(), || shows(THEIRS)).await, TokenStatus::Secondary);
        assert_eq!(found(plain(), || shows(OURS)).await, TokenStatus::Primary);
        assert_eq!(found(plain(), refuses).await, TokenStatus::Refused);
        // Nobody says which one is the primary token.
        assert_eq!(found(plain(), || shows("********")).await, TokenStatus::Secondary);
    }

    #[tokio::test]
    async fn of_a_token_that_only_its_reader_knows_a_promotion_is_seen_where_the_primary_one_is_shown() {
        assert_eq!(
            found(encrypted("secondary"), || shows(OURS)).await,
            TokenStatus::Primary
        );
        assert_eq!(
            found(encrypted("secondary"), || shows(THEIRS)).await,
            TokenStatus::Unknown
        );
        assert_eq!(found(encrypted("secondary"), refuses).await, TokenStatus::Unknown);
        // A promoted token is not taken for a secondary one because a key may not look.
        assert_eq!(found(encrypted("primary"), refuses).await, TokenStatus::Primary);
        assert_eq!(
            found(encrypted("primary"), || shows(THEIRS)).await,
            TokenStatus::Refused
        );
        assert_eq!(found(Vec::new(), || shows(THEIRS)).await, TokenStatus::Unknown);
    }
}
