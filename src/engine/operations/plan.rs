//! PlanResourceChange, after the framework's rules.

use crate::engine::errors::diagnose::{Attempt, heading};
use crate::engine::facts::hooks::{Planning, Warnings};
use crate::engine::facts::{AccountRule, Field, Managed, Object, Operation, Properties};
use crate::engine::operations::arrival::{self, Planned};
use crate::engine::operations::delete::ON_DESTROY;
use crate::engine::operations::forewarn::forewarn;
use crate::engine::operations::key_in_plan;
use crate::engine::operations::policy::{self, Change, Going};
use crate::engine::operations::session::{Session, account_of, refuse_an_account_in_a_subaccount};
use crate::engine::operations::upload;
use crate::engine::sharing::ledger::Destroying;
use crate::engine::sharing::{claims, protection};
use crate::engine::values::last_write::LastWrite;
use crate::engine::values::matching::natural_key;
use crate::engine::values::private::{PlannedCreate, Replaced, Stored};
use crate::engine::values::{doubtful_webhooks, secrets, write_only};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::{PlanAnswer, PlanRequest};
use crate::framework::value::Value;
use crate::twilio::Client;

/// The last word on a plan: the account it will be in, protection, and the resource's own rules.
pub(crate) async fn plan(resource: &'static Managed, session: &Session, request: PlanRequest<'_>) -> PlanAnswer {
    let mut answer = PlanAnswer::unchanged(&request);
    let on_behalf = |client: Client| {
        let hidden = secrets::names(resource.object.fields);
        client.on_behalf_of(resource.object.name).hiding(hidden)
    };
    let client = session.client().map(on_behalf);
    if !request.planned.is_null() {
        plan_account(resource, client.as_ref(), &request, &mut answer.planned);
        if request.prior.is_null() {
            leave_empty(resource, request.config, &mut answer.planned);
        }
    }

    let mut diagnostics = Diagnostics::new();
    // Before anything asks which object it is.
    let known = key_in_plan::look_up(resource, client.as_ref(), &request, &mut answer.planned).await;
    diagnostics.extend(known.err());
    let ledger = session.ledger();
    let stored = Stored::decode(request.private);
    // What is noted of something is no note of what replaces it.
    let notes = match request.prior.is_null() {
        true => Properties::new(),
        false => stored.notes(),
    };
    let before = stored.replaced().filter(|_| request.prior.is_null());
    let own = client.as_ref().map(Client::default_account);
    if let (true, Some(client)) = (request.prior.is_null(), &client) {
        let refused = refuse_an_account_in_a_subaccount(resource, client, "Nothing was created.");
        diagnostics.extend(refused.err());
    }
    let replaces = &mut answer.requires_replace;
    match upload::plan(resource, &request, &stored, &mut answer.planned, replaces).await {
        Ok(warning) => diagnostics.extend(warning),
        Err(refused) => diagnostics.push(refused),
    }
    let destroys = request.destroys() || (!request.prior.is_null() && !answer.requires_replace.is_empty());
    if request.planned.is_null() {
        let key = claims::key_of(resource, request.prior);
        let is_taken = |key| ledger.destroying(key, stored.holder()) == Destroying::Taken;
        if key.as_ref().is_some_and(is_taken) {
            // The destroy drops it, and says so.
            return answer;
        }
        if !claims::plan_destroy(resource, &ledger, own, request.prior, &stored, &mut diagnostics) {
            answer.diagnostics = diagnostics;
            return answer;
        }
        diagnostics.extend(refuse_unread(&resource.object, &stored, request.prior, Planned::Change).err());
        diagnostics.extend(protection::refuse_removal(resource, &ledger, key.as_ref(), &stored, request.prior).err());
        diagnostics.extend(may_go(resource, client.as_ref(), key.map(|(_, id)| id)).err());
    } else {
        if !request.prior.is_null() && !destroys && LastWrite::from_private(request.private).is_none() {
            diagnostics.extend(only_noted(resource, request.prior, &answer.planned));
        }
        let setting = protection::setting(request.config);
        let replaced = match request.prior.is_null() {
            true => stored.replaced(),
            false => claims::address(&resource.object, request.prior).map(|id| Replaced {
                id,
                account: request.prior.attr("account_sid").as_str().map(str::to_owned),
                holder: stored.holder().map(str::to_owned),
                label: claims::named(&resource.object, request.prior),
                is_protected: protection::is_protected(request.prior),
                key: unique_key(resource, request.prior),
                on_destroy: request.prior.attr(ON_DESTROY.name).as_str().map(str::to_owned),
            }),
        };
        // The second plan of a replacement has no warnings, and its errors count.
        if let Some(replaced) = replaced.as_ref().filter(|_| destroys || request.prior.is_null()) {
            let (is_awaited, label) = (replaced.holder.is_none(), replaced.label.as_str());
            let planned = Planned::Replacement;
            let refused = arrival::refuse_unread(&resource.object, is_awaited, request.prior, label, planned);
            diagnostics.extend(refused.err());
            diagnostics.extend(protection::refuse_replacement(resource, replaced, setting).err());
            diagnostics.extend(refuse_another_account(resource, client.as_ref(), replaced, request.config).err());
            diagnostics.extend(may_go(resource, client.as_ref(), Some(replaced.id.clone())).err());
        }
        if !request.prior.is_null() && !destroys && answer.planned != *request.prior {
            diagnostics.extend(refuse_unread(&resource.object, &stored, request.prior, Planned::Change).err());
        }
        if !diagnostics.has_errors() {
            let replaced = replaced.as_ref();
            let (said, needs_apply) = claims::plan(resource, &ledger, own, &request, &answer.planned, replaced);
            diagnostics.extend(said);
            if needs_apply && answer.planned == *request.prior {
                force_apply(resource, &mut answer.planned);
            }
        }
        let makes = makes(resource, &request, &answer.planned);
        let left = match request.prior.is_null() {
            true => Stored::default().planned(replaced.as_ref(), setting).making(&makes),
            false => stored.planned(replaced.as_ref(), setting),
        };
        let is_forced = resource
            .forced_by
            .map(|name| answer.planned.attr(name).as_bool() == Some(true));
        answer.private = left.forcing(is_forced).encode();
        if let (true, Some(replaced)) = (request.prior.is_null(), &replaced) {
            diagnostics.extend(refuse_the_same_again(resource, &replaced.label, replaced.key.as_deref(), &makes).err());
        }
    }
    let mut connection = None;
    if !diagnostics.has_errors() {
        let object = match request.planned.is_null() {
            true => request.prior.clone(),
            false => answer.planned.clone(),
        };
        let account = client
            .as_ref()
            .filter(|_| !object.attr("account_sid").is_unknown())
            .and_then(|client| {
                account_of(&object, client)
                    .map_err(|diagnostic| diagnostics.push(diagnostic))
                    .ok()
            });
        connection = client.as_ref().zip(account);
        let (warnings, memory) = (Warnings::beside(notes), session.memory());
        let planning = Planning {
            resource,
            connection: connection.as_ref().map(|(client, account)| (*client, account)),
            prior: request.prior,
            config: request.config,
            planned: &mut answer.planned,
            requires_replace: &mut answer.requires_replace,
            destroys,
            memory: &memory,
            warnings: &warnings,
        };
        forewarn(&planning).await;
        let outcome = match resource.write.plan {
            Some(hook) => hook(planning).await,
            None => Ok(()),
        };
        if request.prior.is_null() && outcome.is_ok() {
            answer.private = Stored::decode(&answer.private).foreseeing(warnings.notes()).encode();
        }
        diagnostics.extend(warnings.take());
        if let Err(fault) = outcome {
            let attempt = Attempt {
                object: &resource.object,
                operation: Operation::Plan,
                state: &object,
            };
            diagnostics.push(attempt.diagnose(fault));
        }
    }
    if !diagnostics.has_errors() {
        let label = claims::named(&resource.object, request.prior);
        let replaced = match (&before, request.prior.is_null()) {
            (Some(before), _) => Some(Going {
                id: Some(before.id.as_str()),
                label: before.label.as_str(),
                on_destroy: before.on_destroy.as_deref(),
            }),
            (None, false) if !answer.requires_replace.is_empty() && !request.planned.is_null() => Some(Going {
                id: None,
                label: label.as_str(),
                on_destroy: request.prior.attr(ON_DESTROY.name).as_str(),
            }),
            _ => None,
        };
        let change = Change {
            resource,
            prior: request.prior,
            planned: &answer.planned,
            config: request.config,
            replaced,
            is_apply: false,
        };
        let connection = connection.as_ref().map(|(client, account)| (*client, account));
        diagnostics.extend(policy::review(&session.policy(), change, connection).await);
    }
    if !request.planned.is_null() && !diagnostics.has_errors() {
        diagnostics.extend(doubted_webhooks(resource, request.prior, &answer.planned));
    }
    answer.diagnostics = diagnostics;
    answer
}

/// What may be wrong with webhooks that are new, or get another URL.
fn doubted_webhooks(resource: &Managed, prior: &Value, planned: &Value) -> Option<Diagnostic> {
    let known = if prior.is_null() { planned } else { prior };
    let heading = heading(&resource.object, known);
    doubtful_webhooks::warning(resource.object.fields, prior, planned, &heading)
}

/// Says of each secret, or other value that no response has, that comes to an object which was made elsewhere: it is taken for the
/// one that the object has.
fn only_noted(resource: &Managed, prior: &Value, planned: &Value) -> Vec<Diagnostic> {
    let paths = write_only::first_noted(resource.object.fields, prior, planned).into_iter();
    let object = claims::named(&resource.object, prior);
    let said = paths.map(|path| {
        // The version is Terraform's own: what Twilio does not show is the secret beside it.
        let shown = path.to_string();
        let shown = shown.strip_suffix("_wo_version").map_or(shown.clone(), |name| format!("{name}_wo"));
        Diagnostic::warning(
            "What Twilio does not show is only noted",
            format!(
                "Twilio does not show {shown} of the {object}, which was not created here, and takes it only while an object is \
                 created. So what is configured is taken for what it has: the state notes it, and nothing is sent. If it has \
                 another, make it anew: terraform apply -replace with its address. A later change replaces it as usual.",
            ),
        )
        .within(&path)
    });
    said.collect()
}

/// As [`arrival::refuse_unread`], for an object that exists.
fn refuse_unread(object: &Object, stored: &Stored, prior: &Value, planned: Planned) -> Result<(), Diagnostic> {
    let label = claims::named(object, prior);
    arrival::refuse_unread(object, arrival::is_awaited(stored), prior, &label, planned)
}

/// A plan should say in which account something will be.
fn plan_account(resource: &Managed, client: Option<&Client>, request: &PlanRequest<'_>, planned: &mut Value) {
    let Some(client) = client else { return };
    if resource.object.account == AccountRule::Owned {
        if request.prior.is_null() {
            planned.set_attr("account_sid", Value::string(client.account().as_str()));
        }
        return;
    }
    let configured = request.config.attr("account_sid");
    // Something that exists stays in the account it is in, whatever the provider block says now and when account_sid is
    // taken out of the configuration.
    if configured.is_null() && request.prior.is_null() {
        planned.set_attr("account_sid", Value::string(client.default_account().as_str()));
    }
}

/// What nothing changes is not applied, and an apply that does not hear of it cannot know whose a deposed object is. So
/// something that only Twilio sets is planned to be read again.
fn force_apply(resource: &Managed, planned: &mut Value) {
    let is_fit = |attribute: &&Field| !attribute.is_configurable() && !attribute.sensitive;
    let fit: Vec<_> = resource.object.fields.iter().filter(is_fit).collect();
    let date = fit.iter().find(|attribute| attribute.name.starts_with("date_"));
    if let Some(attribute) = date.or_else(|| fit.last()) {
        planned.set_attr(attribute.name, Value::UNKNOWN);
    }
}

/// What an object goes by, where nothing else in Twilio can have that.
fn unique_key(resource: &Managed, object: &Value) -> Option<String> {
    let key = Some(natural_key(&resource.object, object)).filter(|key| !key.is_empty());
    key.filter(|_| resource.object.key_is_unique)
}

/// What a plan of something new makes.
fn makes(resource: &Managed, request: &PlanRequest<'_>, planned: &Value) -> PlannedCreate {
    let account = planned.attr("account_sid").as_str();
    let is_default = resource.object.account != AccountRule::Owned && request.config.attr("account_sid").is_null();
    PlannedCreate {
        account: account.filter(|_| is_default).map(str::to_owned),
        key: unique_key(resource, planned),
        adopts: planned.attr("adopt_existing").as_bool() == Some(true),
    }
}

/// Refuses to replace an object by itself where nothing else can have its name: after it is released nobody can have it for a
/// while, and before that nobody can make it a second time. One that adopts takes over what it replaces, if it is made first.
fn refuse_the_same_again(
    resource: &Managed,
    label: &str,
    key: Option<&str>,
    makes: &PlannedCreate,
) -> Result<(), Diagnostic> {
    if key.is_none() || key != makes.key.as_deref() || makes.adopts {
        return Ok(());
    }
    Err(the_same_again(resource, label, "Nothing was changed."))
}

fn the_same_again(resource: &Managed, label: &str, outcome: &str) -> Diagnostic {
    let key = resource.object.natural_key.join(" and ");
    Diagnostic::error(
        format!("{} cannot be replaced by itself", resource.object.name),
        format!(
            "The {label} would be destroyed, and created again with the same {key}. What was released cannot be had again \
             at once (21422), and what stays cannot be created a second time. {outcome} If it is tainted, run terraform \
             untaint with its address. If the plan asks for it, take -replace back, or what replace_triggered_by names. To \
             set it up again, change its arguments: that is done in place. For another one, configure another {key}."
        ),
    )
    .at_attribute(resource.object.natural_key.first().copied().unwrap_or("id"))
}

/// Refuses the destroy that comes before a create where that create cannot end well. Of a tainted object no plan says so.
///
/// # Errors
/// A diagnostic that names the object and the way on.
pub(crate) fn refuse_to_make_room(
    resource: &Managed,
    client: &Client,
    stored: &Stored,
    prior: &Value,
) -> Result<(), Diagnostic> {
    let makes = stored.makes();
    let label = claims::named(&resource.object, prior);
    let key = unique_key(resource, prior);
    let is_left = prior.attr("on_destroy").as_str() == Some("retain");
    if key.is_some() && key == makes.key && !(is_left && makes.adopts) {
        return Err(the_same_again(
            resource,
            &label,
            "It was not destroyed, and nothing was made.",
        ));
    }
    match (prior.attr("account_sid").as_str(), makes.account) {
        (Some(account), Some(other)) if account != other => Err(in_another_account(
            resource,
            &label,
            account,
            client.default_account().as_str(),
        )),
        _ => Ok(()),
    }
}

/// What replaces an object goes where anything new goes: the create knows nothing of the object that it replaces. Where that
/// is another account, somebody has to say which of the two is meant.
fn refuse_another_account(
    resource: &Managed,
    client: Option<&Client>,
    replaced: &Replaced,
    config: &Value,
) -> Result<(), Diagnostic> {
    let (Some(client), Some(account)) = (client, replaced.account.as_deref()) else {
        return Ok(());
    };
    let default = client.default_account().as_str();
    if resource.object.account == AccountRule::Owned || account == default || !config.attr("account_sid").is_null() {
        return Ok(());
    }
    Err(in_another_account(resource, &replaced.label, account, default))
}

fn in_another_account(resource: &Managed, label: &str, account: &str, default: &str) -> Diagnostic {
    Diagnostic::error(
        format!("{} would be replaced in another account", resource.object.name),
        format!(
            "The {label} is in account {account}, and what replaces it would go into account {default}, where this \
             provider creates new objects (its subaccount_sid, else its account_sid). Nothing was changed. Set account_sid \
             = \"{account}\" to keep it where it is, or account_sid = \"{default}\" to have it there from now on."
        ),
    )
    .at_attribute("account_sid")
}

/// A new object does not have what nobody configured and Twilio does not make up. One that is adopted may have it.
fn leave_empty(resource: &Managed, config: &Value, planned: &mut Value) {
    let may_be_adopted = planned.attr("adopt_existing").as_bool() != Some(false);
    let is_new = !may_be_adopted || resource.object.field("adopt_existing").is_none();
    let empty = resource
        .object
        .fields
        .iter()
        .filter(|attribute| attribute.starts_empty());
    for attribute in empty.filter(|attribute| is_new && config.attr(attribute.name).is_null()) {
        planned.set_attr(attribute.name, Value::Null);
    }
}

/// What the resource itself has against that the object of this id goes.
fn may_go(resource: &Managed, client: Option<&Client>, id: Option<String>) -> Result<(), Diagnostic> {
    match (resource.write.may_go, client, id) {
        (Some(may_go), Some(client), Some(id)) => may_go(client, &id),
        _ => Ok(()),
    }
}
