//! InvokeAction: one POST, which is sent again only where that is harmless, and what became of it.

use serde_json::Value as Json;

use crate::engine::errors::diagnose::Invoking;
use crate::engine::facts::hooks::Warnings;
use crate::engine::facts::{AccountRule, Action, Answers, Invocation, Properties, Spelling};
use crate::engine::operations::requests::answer_object;
use crate::engine::operations::session::{Session, account_of};
use crate::engine::operations::sign_in::{self, Needs};
use crate::engine::values::{choices, parameters, paths, secrets, shown};
use crate::framework::action::Progress;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, Effect, ErrorKind, Expects, Request};

/// Looks at it before it is approved: whether the provider is signed in, and what the table warns of.
pub(crate) async fn plan(action: &'static Action, session: &Session, config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
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
    let invoking = Invoking { action, config };
    if let Some(done_already) = action.hooks.done_already
        && let Some(line) = done_already(invocation)
            .await
            .map_err(|fault| invoking.diagnose_before(fault))?
    {
        progress.say(line).await;
        return Ok(());
    }
    progress.say(doing(action, config)).await;
    let response = match client.send(request(invocation)).await {
        Ok(response) => answer_object(response),
        Err(error) if error.kind == ErrorKind::Ambiguous && action.hooks.found_done.is_some() => {
            match found_done(invocation, progress).await {
                Some(response) => response,
                None => return Err(invoking.diagnose(error.into())),
            }
        }
        Err(error) => return Err(invoking.diagnose(error.into())),
    };
    let line = (action.hooks.outcome)(config, &response).map_err(|told| *told)?;
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

fn doing(action: &Action, config: &Value) -> String {
    let about = action.words.about.iter();
    let about = about
        .filter_map(|name| shown::harmless(config.attr(name).as_str()?))
        .next();
    match about {
        Some(about) => format!("{} {about}", action.words.doing),
        None => action.words.doing.to_owned(),
    }
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

/// A field of a response as a text.
pub fn said<'a>(response: &'a Properties, name: &str) -> &'a str {
    response.get(name).and_then(Json::as_str).unwrap_or("not shown")
}
