//! What a plan says before it is done: the forewarnings of the table, and of an object that was there before Terraform what its first
//! apply takes off and writes over. Its create is an update, and a plan shows only what is configured: not what somebody else did.

use crate::engine::errors::diagnose::heading;
use crate::engine::facts::hooks::Planning;
use crate::engine::facts::{Managed, Moment, Operation, Role};
use crate::engine::operations::adopt::{is_nothing, sameness};
use crate::engine::operations::unwritten::found_before_first_write;
use crate::engine::values::import_id::likely_id;
use crate::engine::values::state::store;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

/// Says all of it. Costs one read while Terraform has not written an object that is there before; what cannot be read is for the apply
/// to say.
pub(crate) async fn forewarn(planning: &Planning<'_>) {
    let resource = planning.resource;
    let there = there(planning).await;
    // A table with code for its plan says itself what changes.
    if let (Some((there, id)), None) = (&there, resource.write.plan) {
        planning
            .warnings
            .add_all(taking_over(resource, there, planning.planned, id));
    }
    let before = there.as_ref().map_or(planning.prior, |(there, _)| there);
    let planned = &*planning.planned;
    planning
        .warnings
        .add_all(said(resource, planning.prior, before, planned, planning.destroys));
}

/// What Twilio has of an object that Terraform has not written yet, with its id.
async fn there(planning: &Planning<'_>) -> Option<(Value, String)> {
    let resource = planning.resource;
    let is_of_use = resource.write.plan.is_none() || !resource.forewarnings.is_empty();
    if !resource.lifecycle.is_there_before() || !is_of_use {
        return None;
    }
    let (_, account) = planning.connection?;
    let found = found_before_first_write(planning).await?;
    let object = &resource.object;
    let planned = &*planning.planned;
    let key = object.id_parts().chain(["account_sid"]);
    let key = Value::object(key.map(|name| (name, planned.attr(name).clone())));
    let (there, _) = store(object, account, found, &key, Operation::Read);
    let id = likely_id(object, account, &key);
    Some((there, id))
}

/// What the table says of this change.
fn said(
    resource: &Managed,
    prior: &Value,
    before: &Value,
    planned: &Value,
    destroys: bool,
) -> impl Iterator<Item = Diagnostic> {
    let is_new = prior.is_null() || destroys;
    let is_one = |moment| match moment {
        Moment::Made => !planned.is_null() && is_new,
        Moment::Destroyed => planned.is_null(),
        Moment::Replaced => !planned.is_null() && !prior.is_null() && destroys,
        Moment::Begins(name, on) => !planned.is_null() && on.is(planned.attr(name)) && !on.is(before.attr(name)),
        Moment::Stays(name, on) => !prior.is_null() && (planned.is_null() || destroys) && on.is(prior.attr(name)),
    };
    let ones = resource.forewarnings.iter().filter(move |one| is_one(one.moment));
    let state = if prior.is_null() { planned } else { prior };
    let heading = heading(&resource.object, state);
    Vec::from_iter(ones.map(|one| {
        let said = Diagnostic::warning(format!("{heading} {}", one.summary), one.detail);
        match one.moment {
            Moment::Begins(name, _) => said.at_attribute(name),
            _ => said,
        }
    }))
    .into_iter()
}

/// What the first apply takes off, and what it changes.
fn taking_over(resource: &Managed, there: &Value, planned: &Value, id: &str) -> Option<Diagnostic> {
    let (lost, changed) = differing(resource, there, planned);
    let mut parts = Vec::new();
    if !lost.is_empty() {
        parts.push(format!(
            "is taken off, since it is not configured here: {}",
            lost.join(", ")
        ));
    }
    if !changed.is_empty() {
        parts.push(format!("is written over: {}", changed.join(", ")));
    }
    (!parts.is_empty()).then(|| {
        let object = &resource.object;
        Diagnostic::warning(
            format!("The {} {id} is there already, and has other values", object.noun),
            format!(
                "Terraform takes over what is there, whether somebody has configured it or Twilio began it so. From the first apply on, this {}. To keep a value, configure it as it is: the data \
                 source of the same name shows it. Imported before the apply, it has each difference in its plan:\n\n  terraform import \
                 {}.NAME {id}",
                parts.join("; and this "),
                object.name
            ),
        )
    })
}

/// The names of what is there and is not planned, and of what is planned otherwise. Never a value: a URL may have a secret in it.
pub(crate) fn differing(resource: &Managed, there: &Value, planned: &Value) -> (Vec<&'static str>, Vec<&'static str>) {
    let (mut lost, mut changed) = (Vec::new(), Vec::new());
    let settings = resource.object.fields.iter();
    for field in settings.filter(|field| matches!(field.role, Role::Setting(_))) {
        let (there, planned) = (there.attr(field.name), planned.attr(field.name));
        if is_nothing(there) && (is_nothing(planned) || there.is_null()) {
            continue;
        }
        if !planned.is_wholly_known() || sameness(resource, field, planned, there) != Some(false) {
            continue;
        }
        match is_nothing(planned) && !is_nothing(there) && planned.as_bool().is_none() {
            true => lost.push(field.name),
            false => changed.push(field.name),
        }
    }
    (lost, changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps};
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::{
        Destroy, Field, Forewarning, Kind, Lifecycle, Literal, Object, On, UpdateStyle, boolean, json, set, text, url,
    };

    const FIELDS: &[Field] = &[
        text("name", Setting(Keeps)),
        url("sms_url", Setting(Clears)),
        url("fallback_url", Setting(Clears)),
        url("voice_url", Setting(Clears)),
        boolean("encrypted", Setting(DefaultsTo(Literal::Bool(false)))),
        boolean("is_open", Setting(DefaultsTo(Literal::Bool(false)))),
        json("pricing", Setting(Keeps)),
        set("rights", Setting(Keeps), &Kind::Text),
        text("digits", Observed),
    ];

    const fn forewarning(moment: Moment, summary: &'static str) -> Forewarning {
        Forewarning {
            moment,
            summary,
            detail: "So it is.",
        }
    }

    const SETTINGS: Managed = Managed {
        object: Object {
            name: "twilio_settings",
            noun: "settings",
            fields: FIELDS,
            ..Object::NEW
        },
        lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
        forewarnings: &[
            forewarning(Moment::Made, "is made"),
            forewarning(Moment::Destroyed, "goes"),
            forewarning(Moment::Replaced, "is replaced"),
            forewarning(Moment::Begins("is_open", On::True), "opens"),
            forewarning(Moment::Stays("is_open", On::True), "stays open"),
            forewarning(
                Moment::Begins("rights", On::Having("post-all")),
                "may change everything",
            ),
        ],
        ..Managed::NEW
    };

    #[test]
    fn what_is_there_and_planned_otherwise_is_named() {
        let there = Value::object([
            ("name", "Main".into()),
            ("sms_url", "https://example.com/?key=hush".into()),
            ("fallback_url", "https://example.com/old".into()),
            ("voice_url", "".into()),
            ("encrypted", true.into()),
            ("is_open", false.into()),
            ("pricing", "{\"free\":true}".into()),
            ("digits", "12345".into()),
        ]);
        let planned = |pricing: &str| {
            Value::object([
                ("name", Value::UNKNOWN),
                ("sms_url", Value::Null),
                ("fallback_url", "https://example.com/new".into()),
                ("voice_url", "".into()),
                ("encrypted", false.into()),
                ("is_open", false.into()),
                ("pricing", pricing.into()),
                ("digits", Value::Null),
            ])
        };
        assert_eq!(
            differing(&SETTINGS, &there, &planned("{ \"free\": true }")),
            (vec!["sms_url"], vec!["fallback_url", "encrypted"]),
            "the same JSON is no difference"
        );
        assert_eq!(
            differing(&SETTINGS, &there, &planned("{\"per_use\":1}")),
            (vec!["sms_url"], vec!["fallback_url", "encrypted", "pricing"])
        );
        assert_eq!(differing(&SETTINGS, &there, &there), (vec![], vec![]));
        let warning = taking_over(&SETTINGS, &there, &planned("{}"), "Messages").expect("a warning");
        assert!(warning.summary.contains("Messages"), "{}", warning.summary);
        assert!(!warning.detail.contains("hush"), "{}", warning.detail);
        assert_eq!(taking_over(&SETTINGS, &there, &there, "Messages"), None);
    }

    #[test]
    fn each_moment_is_said_in_its_time() {
        let rights = |rights: &[&str]| Value::Set(rights.iter().map(|right| Value::from(*right)).collect());
        let state = |is_open: bool, all: &[&str]| {
            Value::object([
                ("account_sid", "AC0123456789abcdef0123456789abcdef".into()),
                ("is_open", is_open.into()),
                ("rights", rights(all)),
            ])
        };
        let (open, shut, all) = (
            state(true, &[]),
            state(false, &[]),
            state(false, &["get-all", "post-all"]),
        );
        let heard = |prior: &Value, before: &Value, planned: &Value, destroys: bool| {
            let heard = said(&SETTINGS, prior, before, planned, destroys);
            let prefix = "twilio_settings ";
            Vec::from_iter(heard.map(|one| {
                one.summary
                    .strip_prefix(prefix)
                    .map(str::to_owned)
                    .unwrap_or(one.summary)
            }))
        };
        let none = &Value::Null;
        let nothing: [&str; 0] = [];
        assert_eq!(heard(none, none, &open, false), ["is made", "opens"]);
        assert_eq!(heard(none, &open, &open, false), ["is made"], "it is open already");
        assert_eq!(heard(&shut, &shut, &open, false), ["opens"]);
        assert_eq!(heard(&open, &open, &shut, false), nothing);
        assert_eq!(heard(&shut, &shut, &all, false), ["may change everything"]);
        assert_eq!(heard(&all, &all, &all, false), nothing);
        assert_eq!(heard(&open, &open, none, true), ["goes", "stays open"]);
        assert_eq!(heard(&shut, &shut, none, true), ["goes"]);
        assert_eq!(heard(&shut, &shut, &shut, true), ["is made", "is replaced"]);
    }
}
