//! InvokeAction: one POST, which is sent again only where that is harmless, and what became of it.

use std::pin::pin;
use std::time::Duration;

use serde_json::Value as Json;

use crate::engine::errors::diagnose::Invoking;
use crate::engine::facts::hooks::Warnings;
use crate::engine::facts::{AccountRule, Action, Answers, Invocation, Properties, Spelling};
use crate::engine::operations::policy;
use crate::engine::operations::requests::answer_object;
use crate::engine::operations::session::{Session, account_of};
use crate::engine::operations::sign_in::{self, Needs};
use crate::engine::values::{choices, doubtful_webhooks, parameters, paths, secrets, shown};
use crate::framework::action::Progress;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, Effect, Error, ErrorKind, Expects, Request};

/// Looks at it before it is approved: whether the provider is signed in, and what the table warns of.
pub(crate) async fn plan(action: &'static Action, session: &Session, config: &Value) -> Diagnostics {
    let mut diagnostics = policy::review_action(&session.policy(), action, config, false);
    if diagnostics.has_errors() {
        return diagnostics;
    }
    let doubted = doubtful_webhooks::warning(action.fields, &Value::Null, config, action.name);
    diagnostics.extend(doubted);
    // A provider block that is not known yet is a matter of the apply.
    let Some(client) = session.client().map(|client| on_behalf(action, &client)) else {
        return diagnostics;
    };
    let goes_to_default = action.account != AccountRule::Owned && config.attr("account_sid").is_null();
    let needs = match goes_to_default {
        true => Needs::DefaultAccount,
        false => Needs::SignIn,
    };
    match sign_in::ensure(&client, needs).await {
        Ok(warning) => diagnostics.extend(warning),
        Err(diagnostic) => return diagnostic.into(),
    }
    let account = config.attr("account_sid");
    if let (Some(warn), false) = (action.hooks.plan, account.is_unknown())
        && let Ok(account) = account_in(action, config, &client)
    {
        let warnings = Warnings::default();
        warn(&client, &account, config, &warnings);
        diagnostics.extend(warnings.take());
    }
    diagnostics
}

/// Does it, and says how far it is.
///
/// # Errors
/// One diagnostic: what was tried, what is known of it, and how to go on.
pub(crate) async fn invoke(
    action: &'static Action,
    session: &Session,
    config: &Value,
    progress: &Progress,
) -> Result<(), Diagnostics> {
    let against = policy::review_action(&session.policy(), action, config, true);
    match against.has_errors() {
        true => Err(against),
        false => post(action, session, config, progress).await.map_err(Diagnostics::from),
    }
}

async fn post(
    action: &'static Action,
    session: &Session,
    config: &Value,
    progress: &Progress,
) -> Result<(), Diagnostic> {
    let client = session.require(&format!("invoke {}", action.name))?;
    let client = on_behalf(action, &client);
    let account = account_in(action, config, &client)?;
    let path = paths::expand(action.path_for(config), &account, config).map_err(|missing| {
        Diagnostic::error(
            format!("{} cannot be sent", action.name),
            format!("{missing}. {} Choose another value.", action.words.nothing),
        )
        .at_attribute(missing.name.as_str())
    })?;
    let invocation = Invocation {
        action,
        client: &client,
        account: &account,
        config,
        path: &path,
    };
    let invoking = Invoking {
        action,
        config,
        account: &account,
    };
    if let Some(done_already) = action.hooks.done_already
        && let Some(line) = done_already(invocation)
            .await
            .map_err(|fault| invoking.diagnose_before(fault))?
    {
        progress.say(line).await;
        return Ok(());
    }
    if let Some(look_before) = action.hooks.look_before
        && let Some(line) = look_before(invocation).await
    {
        progress.say(line).await;
    }
    let doing = doing(action, config, &account);
    progress.say(doing.clone()).await;
    let mut request_id = None;
    let response = match patiently(client.send(request(invocation)), &doing, progress).await {
        Ok(response) => {
            request_id.clone_from(&response.request_id);
            answer_object(response)
        }
        Err(error) if error.kind == ErrorKind::NotFound && action.words.missing.is_some() => {
            return Err(missing(invocation, &invoking, error).await);
        }
        Err(error) if error.kind == ErrorKind::Ambiguous && action.hooks.found_done.is_some() => {
            match found_done(invocation, progress).await {
                Some(response) => response,
                None => return Err(invoking.diagnose(error.into())),
            }
        }
        Err(error) => return Err(invoking.diagnose(error.into())),
    };
    let line = (action.hooks.outcome)(config, &response);
    let line = line.map_err(|told| invoking.in_vain(*told, request_id.as_deref()))?;
    progress.say(line).await;
    Ok(())
}

/// The client for this action, which says of no request what the action's fields hide.
fn on_behalf(action: &'static Action, client: &Client) -> Client {
    client.on_behalf_of(action.name).hiding(secrets::names(action.fields))
}

fn account_in(action: &Action, config: &Value, client: &Client) -> Result<AccountSid, Diagnostic> {
    match action.account {
        // An account is changed by its owner.
        AccountRule::Owned => Ok(client.account().clone()),
        AccountRule::Fixed | AccountRule::Movable => account_of(config, client),
    }
}

fn doing(action: &Action, config: &Value, account: &AccountSid) -> String {
    let about = action.words.about.iter();
    let about = about
        .filter_map(|name| match *name {
            // Whoever names none means this one.
            "account_sid" => Some(account.as_str()),
            name => address(config.attr(name).as_str()?),
        })
        .next();
    let is_named = action.words.about.iter().any(|name| config.attr(name).is_known());
    match about {
        Some(about) => format!("{} {about}", action.words.doing),
        // Who it is stands in the configuration, and may be nobody else's business.
        None if is_named => format!("{} whom the configuration names", action.words.doing),
        None => action.words.doing.to_owned(),
    }
}

/// What may be shown: a SID, a phone number, or one behind the name of a channel.
fn address(text: &str) -> Option<&str> {
    let (channel, number) = text.split_once(':').unwrap_or(("", text));
    let is_channel = channel.chars().all(|letter| letter.is_ascii_lowercase());
    (is_channel && shown::harmless(number).is_some()).then_some(text)
}

/// How often it is said that something is still under way.
const SAID_EVERY: Duration = Duration::from_secs(10);

/// Waits for a response, and says now and then that it does: Twilio may have asked to wait.
async fn patiently<T>(request: impl Future<Output = T>, doing: &str, progress: &Progress) -> T {
    let mut request = pin!(request);
    let mut waited = Duration::ZERO;
    loop {
        match tokio::time::timeout(SAID_EVERY, &mut request).await {
            Ok(response) => return response,
            Err(_) => {
                waited += SAID_EVERY;
                let line = format!(
                    "{doing}: no result yet after {} s; it is waited for, or tried again when Twilio takes requests",
                    waited.as_secs()
                );
                progress.say(line).await;
            }
        }
    }
}

/// The diagnostic for a 404: what the path names is missing, or what the action needs beside it.
async fn missing(invocation: Invocation<'_>, invoking: &Invoking<'_>, error: Error) -> Diagnostic {
    let Invocation {
        action,
        client,
        account,
        config,
        ..
    } = invocation;
    let Some(missing) = action.words.missing else {
        return invoking.diagnose(error.into());
    };
    if let Some(parent) = missing.parent
        && let Ok(path) = paths::expand(parent, account, config)
        && client.send(Request::get(action.product, account, path)).await.is_err()
    {
        return invoking.diagnose(error.into());
    }
    invoking.diagnose_missing(error, missing)
}

fn request(invocation: Invocation<'_>) -> Request {
    let Invocation { action, config, .. } = invocation;
    let mut parameters = parameters::of_action(action.fields, config);
    if let Some(encode) = action.hooks.encode {
        encode(config, &mut parameters);
    }
    let post = Request::post(action.product, invocation.account, invocation.path);
    let post = match action.effect {
        Effect::Create => post.creates(),
        Effect::Upsert => post.upserts(),
        Effect::Once => post.once(),
        Effect::Idempotent => post,
        Effect::Read => post.reads(),
    };
    let mut post = post.expects(match action.answers {
        Answers::New(prefixes) => Expects::NewOf(prefixes),
        Answers::Named => Expects::Named,
        Answers::Object => Expects::Object,
        Answers::Nothing => Expects::Nothing,
    });
    post.choices = choices::of_parameters(action.fields, Spelling::Pascal);
    post.names = choices::names(action.fields);
    post.body = parameters.into_body(crate::engine::facts::BodyStyle::Form);
    post
}

/// What is found where the response was lost. That nobody can tell is no error: what is said then is that it was lost.
async fn found_done(invocation: Invocation<'_>, progress: &Progress) -> Option<Properties> {
    let look = invocation.action.hooks.found_done?;
    progress.say("the response was lost; looking whether it was done").await;
    look(invocation).await.ok().flatten()
}

/// The line that says what became of it, unless Twilio's answer says in a `field` that it was not done: whatever waits for it must not
/// go on.
///
/// # Errors
/// Then.
pub fn unless_undone(
    response: &Properties,
    field: &str,
    is_done: impl Fn(&str) -> bool,
    line: String,
) -> Result<String, Box<Diagnostic>> {
    let status = said(response, field);
    if is_done(status) {
        return Ok(line);
    }
    let code = response.get("error_code").filter(|code| !code.is_null());
    let code = code
        .map(|code| format!(" and the error code {code}"))
        .unwrap_or_default();
    let sid = response.get("sid").and_then(Json::as_str).and_then(shown::harmless);
    let sid = sid.map(|sid| format!(" about {sid}")).unwrap_or_default();
    Err(Box::new(Diagnostic::error(
        "Twilio took the request and says that it was not done",
        format!(
            "Twilio's answer{sid} has the {field} {status:?}{code}. Look in the Console what became of it before it is invoked again."
        ),
    )))
}

/// A field of a response as a text.
pub fn said<'a>(response: &'a Properties, name: &str) -> &'a str {
    response.get(name).and_then(Json::as_str).unwrap_or("not shown")
}
