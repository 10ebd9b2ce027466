//! Whether what is planned, and what is about to be done, is allowed.
//!
//! A plan is refused so that nobody approves what an apply would refuse, and the apply asks again: a plan may be of yesterday,
//! made without this policy, or not know everything. What is refused at apply is refused before anything is sent.

use std::collections::BTreeSet;

use crate::engine::facts::hooks::{Reviewed, Warnings};
use crate::engine::facts::{
    Action, Begin, Destroy, Ephemeral, Field, Impact, Literal, Managed, Policy, Removed, Rules, When,
};
use crate::engine::operations::delete::ON_DESTROY;
use crate::engine::operations::unwritten::first_write;
use crate::engine::sharing::claims;
use crate::engine::values::doubtful_webhooks;
use crate::engine::values::webhooks::{self, Webhook};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client};

/// A change of an object, in a plan or about to be made.
#[derive(Clone, Copy)]
pub(crate) struct Change<'a> {
    /// The table.
    pub resource: &'static Managed,
    /// The object as stored; null for what is new.
    pub prior: &'a Value,
    /// The object as it is to be; null for what goes.
    pub planned: &'a Value,
    /// The configuration; null for what goes.
    pub config: &'a Value,
    /// The object that makes room.
    pub replaced: Option<Going<'a>>,
    /// Whether it is about to be made.
    pub is_apply: bool,
}

/// What is known of an object that makes room for another.
#[derive(Clone, Copy)]
pub(crate) struct Going<'a> {
    /// Its id, which is its SID where it has one.
    pub id: Option<&'a str>,
    /// Its name.
    pub label: &'a str,
    /// Its `on_destroy`.
    pub on_destroy: Option<&'a str>,
}

/// What is to be done, as far as rules ask.
struct Matter<'a> {
    type_name: &'a str,
    /// What it is about, within sentences.
    named: String,
    impacts: BTreeSet<Impact>,
    webhooks: Vec<Webhook>,
    is_apply: bool,
    outcome: &'static str,
    /// Whether it goes, or is brought to its defaults where Twilio always has it.
    destroys: bool,
    /// Whether it is new to Terraform: a webhook that it has is somebody else's.
    takes_over: bool,
}

/// What the policy has against the change: a diagnostic for each rule that it breaks.
pub(crate) async fn review(
    policy: &Policy,
    change: Change<'_>,
    connection: Option<(&Client, &AccountSid)>,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if policy.is_empty() || change.prior == change.planned {
        return diagnostics;
    }
    let there = there(policy, change, connection).await;
    let impacts = impacts_of(change, there.as_ref());
    if change.planned.is_null() && impacts.is_empty() {
        // It is only taken out of the state.
        return diagnostics;
    }
    let fields = change.resource.object.fields;
    let subject = match change.prior.is_null() {
        true => change.planned,
        false => change.prior,
    };
    let named = match (change.replaced, change.prior.is_null()) {
        (Some(going), true) => going.label.to_owned(),
        _ => claims::named(&change.resource.object, subject),
    };
    let gone = gone(change);
    let matter = Matter {
        type_name: change.resource.object.name,
        named,
        webhooks: webhooks::changed(fields, there.as_ref().unwrap_or(change.prior), change.planned),
        is_apply: change.is_apply,
        takes_over: change.prior.is_null(),
        destroys: change.planned.is_null(),
        outcome: match (change.planned.is_null(), change.prior.is_null()) {
            (true, _) => "Nothing was destroyed.",
            (false, true) => "Nothing was created.",
            (false, false) => "Nothing was changed.",
        },
        impacts,
    };
    diagnostics.extend(refusals(policy, &matter));
    if let (Some(hook), false) = (change.resource.write.policy, diagnostics.has_errors()) {
        let warnings = Warnings::default();
        let reviewed = Reviewed {
            policy,
            connection,
            prior: change.prior,
            planned: change.planned,
            gone: &gone,
            config: change.config,
            type_name: change.resource.object.name,
            impacts: &matter.impacts,
            named: &matter.named,
            replaces: change.replaced.is_some(),
            is_apply: change.is_apply,
            outcome: matter.outcome,
            warnings: &warnings,
        };
        let refused = hook(reviewed).await;
        diagnostics.extend(warnings.take());
        diagnostics.extend(refused.err().map(|refused| *refused));
    }
    diagnostics
}

/// What the policy has against an action.
pub(crate) fn review_action(policy: &Policy, action: &Action, config: &Value, is_apply: bool) -> Diagnostics {
    let matter = Matter {
        type_name: action.name,
        named: action.name.to_owned(),
        impacts: action.impacts.iter().copied().collect(),
        webhooks: webhooks::all(action.fields, config),
        is_apply,
        outcome: action.words.nothing,
        destroys: false,
        takes_over: false,
    };
    let mut diagnostics = Diagnostics::new();
    diagnostics.extend(refusals(policy, &matter));
    diagnostics
}

/// What the policy has against opening something for one run.
pub(crate) fn review_open(policy: &Policy, table: &Ephemeral) -> Diagnostics {
    let matter = Matter {
        type_name: table.name,
        named: table.name.to_owned(),
        impacts: BTreeSet::new(),
        webhooks: Vec::new(),
        // What is fetched is not written; what is made is, also while planning.
        is_apply: table.called.is_some(),
        outcome: "Nothing was opened.",
        destroys: false,
        takes_over: false,
    };
    let mut diagnostics = Diagnostics::new();
    diagnostics.extend(refusals(policy, &matter));
    diagnostics
}

/// The object that goes.
fn gone(change: Change<'_>) -> Value {
    let sid = |id: &str| Value::object([("sid", Value::string(id))]);
    match (change.replaced, change.prior.is_null()) {
        (Some(going), true) if change.resource.object.has_sid() => going.id.map_or(Value::Null, sid),
        (None, false) if !change.planned.is_null() => Value::Null,
        _ => change.prior.clone(),
    }
}

/// What Twilio has of an object that is there before Terraform writes it, where a rule is about its webhooks: one that stays as it is
/// is no other. Costs one read then; what cannot be read may be anything.
async fn there(policy: &Policy, change: Change<'_>, connection: Option<(&Client, &AccountSid)>) -> Option<Value> {
    let resource = change.resource;
    let is_asked = policy.asks_about(Impact::Webhook)
        || policy
            .rules
            .iter()
            .any(|rules| rules.require_https || rules.allowed_webhook_hosts.is_some());
    let is_new = change.prior.is_null() && resource.lifecycle.is_there_before();
    if !is_asked || !is_new || webhooks::all(resource.object.fields, change.planned).is_empty() {
        return None;
    }
    let (client, account) = connection?;
    first_write(resource, client, account, change.planned).await
}

/// What a policy has against `named` with this impact, beside what the change itself is.
pub(crate) fn also(reviewed: &Reviewed<'_>, impact: Impact, named: &str) -> Option<Diagnostic> {
    let matter = Matter {
        type_name: reviewed.type_name,
        named: named.to_owned(),
        impacts: BTreeSet::from([impact]),
        webhooks: Vec::new(),
        is_apply: reviewed.is_apply,
        outcome: reviewed.outcome,
        destroys: true,
        takes_over: false,
    };
    refusals(reviewed.policy, &matter).into_iter().next()
}

/// What the policy has against reading something: that a type is not read here, and where nothing may be written, that a read is paid
/// for.
pub(crate) fn review_read(policy: &Policy, type_name: &str, costs: bool) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for rules in &policy.rules {
        let (rule, what, next) = match (rules.forbidden_types.contains(type_name), rules.read_only && costs) {
            (true, _) => ("forbid", format!("{type_name} may not be read here"), ASK),
            (false, true) => (
                "read_only",
                format!("{type_name} is to be read, which costs money each time"),
                "Read it without what is paid for, or with a policy that may write.",
            ),
            (false, false) => continue,
        };
        diagnostics.push(refused(rules, rule, &what, "Nothing was read.", next));
    }
    diagnostics
}

/// What a change is.
fn impacts_of(change: Change<'_>, there: Option<&Value>) -> BTreeSet<Impact> {
    let resource = change.resource;
    let fields = resource.object.fields;
    let mut impacts = BTreeSet::new();
    if change.planned.is_null() {
        impacts = when_destroyed(resource, change.prior.attr(ON_DESTROY.name).as_str());
        let resets = resource.lifecycle.destroy() == Destroy::Reset;
        if resets && !impacts.is_empty() && !webhooks::all(fields, change.prior).is_empty() {
            impacts.insert(Impact::Webhook);
        }
        return impacts;
    }
    if let Some(going) = change.replaced {
        impacts = when_destroyed(resource, going.on_destroy);
        impacts.insert(Impact::Replace);
    }
    let is_there = match (there, change.prior.is_null()) {
        (Some(there), true) => webhooks::is_touched(fields, there, change.planned),
        // What is taken over, and settings, which are always there, may have had another.
        (None, true) => {
            let adopts = change.planned.attr("adopt_existing").as_bool() == Some(true);
            let is_there = adopts || !matches!(resource.lifecycle.begin(), Begin::Made);
            is_there && !webhooks::all(fields, change.planned).is_empty()
        }
        (_, false) => change.replaced.is_none() && webhooks::is_touched(fields, change.prior, change.planned),
    };
    if is_there {
        impacts.insert(Impact::Webhook);
    }
    for consequence in resource.consequences {
        if let When::Becomes(name, value) = consequence.when {
            let has = |object: &Value| object.attr(name).as_str() == Some(value);
            if !change.prior.is_null() && has(change.planned) && !has(change.prior) {
                impacts.insert(consequence.impact);
            }
        }
    }
    impacts
}

/// What destroying is, with this `on_destroy`; nothing where the object stays as it is.
fn when_destroyed(resource: &Managed, on_destroy: Option<&str>) -> BTreeSet<Impact> {
    let default = resource.object.field(ON_DESTROY.name).and_then(default_text);
    let choice = on_destroy.or(default);
    if choice == Some("retain") || resource.lifecycle.destroy() == Destroy::Forget {
        return BTreeSet::new();
    }
    let follows = resource
        .consequences
        .iter()
        .filter(|consequence| match consequence.when {
            When::Destroyed => true,
            When::DestroyedBy(value) => choice == Some(value),
            When::Becomes(..) => false,
        });
    let mut impacts: BTreeSet<Impact> = follows.map(|consequence| consequence.impact).collect();
    // What is only suspended is still there.
    if !impacts.contains(&Impact::Suspend) {
        impacts.insert(Impact::Delete);
    }
    impacts
}

fn default_text(field: &Field) -> Option<&'static str> {
    match field.removed() {
        Removed::Default(Literal::Text(text)) => Some(text),
        _ => None,
    }
}

/// One diagnostic for each rule that is broken, at each place that has it.
fn refusals(policy: &Policy, matter: &Matter<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rules in &policy.rules {
        if rules.read_only && matter.is_apply {
            found.push(refuse(
                rules,
                "read_only",
                matter,
                "Nothing may be written",
                "Use credentials and a policy that may write, where this is meant to be applied.",
            ));
        }
        if rules.forbidden_types.contains(matter.type_name) {
            let what = format!("{} may not be changed here", matter.type_name);
            found.push(refuse(rules, "forbid", matter, &what, ASK));
        }
        if let Some(impact) = first(&rules.forbidden_impacts, &matter.impacts) {
            found.push(refuse(rules, "forbid", matter, &is_to_be(matter, impact), ASK));
        }
        found.extend(without_ticket(policy, rules, matter));
        if let (Some(impact), None) = (first(&rules.require_reason_for, &matter.impacts), &policy.reason) {
            let what = format!(
                "{}, which needs a reason. CHANGE_REASON is not set",
                is_to_be(matter, impact)
            );
            let next = "Set the environment variable CHANGE_REASON to why this is done, and run it again.";
            found.push(refuse(rules, "require_reason_for", matter, &what, next));
        }
        found.extend(
            matter
                .webhooks
                .iter()
                .filter_map(|webhook| wrong_webhook(rules, matter, webhook)),
        );
    }
    found
}

const ASK: &str = "Whoever answers for the policy can allow it.";

fn first(rule: &BTreeSet<Impact>, impacts: &BTreeSet<Impact>) -> Option<Impact> {
    Impact::ALL
        .iter()
        .copied()
        .find(|impact| rule.contains(impact) && impacts.contains(impact))
}

fn is_to_be(matter: &Matter<'_>, impact: Impact) -> String {
    let participle = match (matter.destroys, matter.takes_over, impact) {
        (true, _, Impact::Webhook) => "destroyed, which takes its webhook off",
        (_, true, Impact::Webhook) => "taken over, which may point it at another webhook",
        _ => impact.participle(),
    };
    format!("The {} is to be {participle} ({})", matter.named, impact.as_str())
}

/// A ticket that is missing, or looks like none of theirs: of a ticket that any place wants, all say what it looks like.
fn without_ticket(policy: &Policy, rules: &Rules, matter: &Matter<'_>) -> Option<Diagnostic> {
    let next = "Set the environment variable CHANGE_TICKET_ID to the ticket of this change, and run it again.";
    let Some(ticket) = &policy.ticket else {
        let impact = first(&rules.require_ticket_for, &matter.impacts)?;
        let what = format!(
            "{}, which needs a ticket. CHANGE_TICKET_ID is not set",
            is_to_be(matter, impact)
        );
        return Some(refuse(rules, "require_ticket_for", matter, &what, next));
    };
    let pattern = rules.ticket_pattern.as_ref()?;
    let wanted = |rules: &Rules| first(&rules.require_ticket_for, &matter.impacts);
    let impact = policy.rules.iter().find_map(wanted)?;
    if pattern.is_match(ticket) {
        return None;
    }
    let what = format!(
        "{}, which needs a ticket. CHANGE_TICKET_ID is set, and does not match {}",
        is_to_be(matter, impact),
        pattern.as_str()
    );
    Some(refuse(rules, "ticket_pattern", matter, &what, next))
}

fn wrong_webhook(rules: &Rules, matter: &Matter<'_>, webhook: &Webhook) -> Option<Diagnostic> {
    let at = format!("{}{}", webhook.path, webhook.inside);
    let begins = webhook
        .url
        .get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    if rules.require_https && !begins && !webhooks::is_sip(&webhook.url) {
        let what = format!("{at} of the {} is not an https URL", matter.named);
        let next = "Write the URL with https, on a host that has a certificate.";
        return Some(pointing_at(
            webhook,
            refuse(rules, "require_https", matter, &what, next),
        ));
    }
    let allowed = rules.allowed_webhook_hosts.as_ref()?;
    let host = webhooks::host_of(&webhook.url);
    if host.is_some_and(|host| allowed.iter().any(|pattern| pattern.matches(&host))) {
        return None;
    }
    let hosts: Vec<_> = allowed.iter().map(ToString::to_string).collect();
    let which = match hosts.is_empty() {
        true => "it allows none".to_owned(),
        false => format!("it allows {}", hosts.join(", ")),
    };
    let what = format!(
        "{at} of the {} is on a host that the policy does not allow: {which}",
        matter.named
    );
    let next = "Use one of them, or have the host added to the policy.";
    Some(pointing_at(
        webhook,
        refuse(rules, "allowed_webhook_hosts", matter, &what, next),
    ))
}

/// Points at the webhook, whose line Terraform then shows: not where a password is in it.
fn pointing_at(webhook: &Webhook, said: Diagnostic) -> Diagnostic {
    match doubtful_webhooks::has_user(&webhook.url) {
        true => said,
        false => said.within(&webhook.path),
    }
}

/// The diagnostic for a rule that is broken.
fn refuse(rules: &Rules, rule: &str, matter: &Matter<'_>, what: &str, next: &str) -> Diagnostic {
    refused(rules, rule, what, matter.outcome, next)
}

/// The diagnostic for a rule of `rules` that is broken: what breaks it without a full stop, what was not done, and what to do.
pub(crate) fn refused(rules: &Rules, rule: &str, what: &str, outcome: &str, next: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Refused by policy: {rule}"),
        format!("{what}. The rule is {rule} of {}. {outcome} {next}", rules.source),
    )
}
