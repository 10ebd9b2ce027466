//! What must hold after each case.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use terraform_provider_twilio::framework::proto::Diagnostic;
use terraform_provider_twilio::framework::value::Value;
use xtask::generated::has_secret;

use crate::samples::{End, Sample};
use crate::terraform::{Finding, Outcome, State, Terraform, shown, text};
use crate::twilio::{Object, Twilio};

/// Holds if true; otherwise the finding.
pub fn check(holds: bool, finding: impl FnOnce() -> String) -> Result<(), Finding> {
    match holds {
        true => Ok(()),
        false => Err(finding()),
    }
}

/// What a failed create says about what it made.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Surely nothing.
    Nothing,
    /// Something may have been made, and nobody could find out.
    Unknown,
}

/// The one error of an outcome that has one. It says what was attempted, what became of it and what to do.
pub fn the_error<'a>(outcome: &'a Outcome, verb: &str, sample: &Sample) -> Result<&'a Diagnostic, Finding> {
    let errors = outcome.errors();
    let [error] = errors.as_slice() else {
        let all: Vec<_> = errors.iter().map(|error| text(error)).collect();
        return Err(format!("{} errors instead of one: {all:#?}", errors.len()));
    };
    let said = text(error);
    let resource = sample.resource();
    check(!error.summary.is_empty() && !error.summary.ends_with('.'), || {
        format!("the summary is not a short line: {said}")
    })?;
    check(
        said.contains(verb) && (said.contains(resource.object.name) || said.contains(resource.object.noun)),
        || {
            format!(
                "the error does not say what was attempted ({verb} {}): {said}",
                resource.object.name
            )
        },
    )?;
    let effect = EFFECTS.iter().filter_map(|effect| error.detail.find(effect)).min();
    check(effect.is_some(), || {
        format!("the error does not say what was changed: {said}")
    })?;
    // What is known to be wrong is said first, with what to do about it.
    let advice = &error.detail;
    check(ADVICE.iter().any(|word| advice.contains(word)), || {
        format!("the error does not say what to do: {said}")
    })?;
    Ok(error)
}

/// How texts say what became of the object.
const EFFECTS: &[&str] = &[
    "othing was created",
    "othing was changed",
    "state was left as it is",
    "is as it was",
    "still exists",
    "stays in the state",
    "is not known",
    "exists and is in the state",
];

/// How advice begins.
const ADVICE: &[&str] = &[
    "Apply", "apply", "Check", "Correct", "Look", "Import", "import", "Run", "Sign in", "Try", "try", "Wait", "Choose",
    "Use", "Set", "Ask", "Delete", "Remove", "Give", "Start",
];

/// What the error of a create says it made.
pub fn verdict(error: &Diagnostic) -> Result<Verdict, Finding> {
    let nothing = error.detail.contains("othing was created");
    let unknown = error.detail.contains("not known");
    match (nothing, unknown) {
        (true, false) => Ok(Verdict::Nothing),
        (false, true) => Ok(Verdict::Unknown),
        _ => Err(format!(
            "the error is not clear on whether anything was created: {}",
            text(error)
        )),
    }
}

/// Objects of the sample's kind that were not there before.
pub async fn new_ones(twilio: &Twilio, sample: &Sample, before: &BTreeSet<(String, String, String)>) -> Vec<Object> {
    if sample.resource().lifecycle.is_there_before() {
        // What somebody writes for the first time was there, too.
        return Vec::new();
    }
    let objects = twilio.objects().await.into_iter();
    objects
        .filter(|object| object.is_a(sample.resource()) && !before.contains(&object.place))
        .collect()
}

/// Exactly this object is new, and nothing else but what stands below it or in it.
pub async fn only_new(
    twilio: &Twilio,
    sample: &Sample,
    before: &BTreeSet<(String, String, String)>,
    state: &State,
) -> Result<(), Finding> {
    let resource = sample.resource();
    if resource.lifecycle.is_there_before() {
        return Ok(());
    }
    let new = new_ones(twilio, sample, before).await;
    let labels: Vec<_> = new.iter().map(Object::label).collect();
    let is_it = matches!(new.as_slice(), [one] if one.is_of(resource, &state.value));
    let sid = new.first().map_or("", |one| one.sid.as_str());
    check(is_it, || {
        format!("the state has {:?}, Twilio has {labels:?} anew", state.value.attr("id"))
    })?;
    let path = &new[0].place.2;
    let others: Vec<_> = twilio
        .objects()
        .await
        .into_iter()
        .filter(|object| {
            let (_, account, place) = &object.place;
            let known = before.contains(&object.place) || place == path;
            !known
                && (sid.is_empty() || account != sid)
                && !place.starts_with(&format!("{path}/"))
                && object.body["status"] != "closed"
        })
        .map(|object| object.place)
        .collect();
    // What Twilio makes by itself, as revisions of a flow, stands below.
    check(others.is_empty(), || format!("made besides {sid}: {others:?}"))
}

/// Without faults: what the state has is what is there, and there is nothing left to do for this configuration.
pub async fn settled(
    terraform: &Terraform,
    twilio: &Twilio,
    sample: &Sample,
    state: &State,
    config: &Value,
) -> Result<(), Finding> {
    let type_name = sample.type_name;
    let read = terraform.read(type_name, state).await?;
    let read = read.succeeded("a read without faults")?;
    check(read.value == state.value, || {
        format!(
            "the state has not what is there: {}",
            differences(type_name, &state.value, &read.value)
        )
    })?;
    let plan = terraform.plan(type_name, Some(&read), config).await?;
    check(plan.planned == read.value, || {
        format!(
            "the plan after it is not empty: {}",
            differences(type_name, &read.value, &plan.planned)
        )
    })?;
    let stored = shown(type_name, &state.value);
    let objects = twilio.objects().await;
    let object = objects
        .iter()
        .find(|object| object.is_a(sample.resource()) && object.is_of(sample.resource(), &state.value))
        .ok_or_else(|| format!("{:?} of the state is not in Twilio", state.value.attr("id")))?;
    if sample.is_hidden() {
        let secret = config.attr(sample.witness).as_str().unwrap_or_default();
        let is_sent = twilio.has_taken(object, secret).await;
        check(is_sent, || {
            format!("{} was not sent as it is configured", sample.witness)
        })?;
        return keeps_its_secret(twilio, sample, state).await;
    }
    let kept = &stored[sample.witness];
    let there = object.body.get(&*sample.witness_there());
    let there = there.ok_or_else(|| format!("Twilio's object has no {}, the witness", sample.witness_there()))?;
    check(is_shown(sample, kept, there), || {
        format!("{} is {kept} in the state and {there} in Twilio", sample.witness)
    })?;
    keeps_its_secret(twilio, sample, state).await
}

/// Whether the stored witness is what is there. Of one with secrets in it the rest is.
fn is_shown(sample: &Sample, kept: &Json, there: &Json) -> bool {
    let witness = sample.resource().object.field(sample.witness);
    match witness.is_some_and(has_secret) {
        true => is_part(kept, there),
        false => is_same(kept, there),
    }
}

/// Whether all that is stored is there, but for the versions of what is not stored.
fn is_part(kept: &Json, there: &Json) -> bool {
    match (kept, there) {
        (Json::Object(kept), there) => kept
            .iter()
            .filter(|(name, _)| !name.ends_with("_wo_version"))
            .all(|(name, kept)| kept.is_null() || is_part(kept, &there[name])),
        (Json::Array(kept), Json::Array(there)) => {
            kept.len() == there.len() && kept.iter().zip(there).all(|(kept, there)| is_part(kept, there))
        }
        (kept, there) => is_same(kept, there),
    }
}

/// Whether a stored value is what is there: as it is, as JSON, or nothing as an empty text, list or JSON with nothing in it.
fn is_same(kept: &Json, there: &Json) -> bool {
    kept == there
        || (kept.is_null() && ["", "{}", "[]"].iter().any(|nothing| there == nothing))
        || (kept.is_null() && there.as_object().is_some_and(serde_json::Map::is_empty))
        || (kept.is_null() && there.as_array().is_some_and(Vec::is_empty))
        || kept
            .as_str()
            .and_then(|text| serde_json::from_str::<Json>(text).ok())
            .as_ref()
            == Some(there)
}

/// A key is of use only to who has its secret.
async fn keeps_its_secret(twilio: &Twilio, sample: &Sample, state: &State) -> Result<(), Finding> {
    if !sample.has_a_secret() {
        return Ok(());
    }
    let text = |name: &str| state.value.attr(name).as_str().unwrap_or_default().to_owned();
    check(twilio.signs_in(&text("sid"), &text("secret")).await, || {
        format!("key {} does not sign in with the secret of the state", text("sid"))
    })
}

/// Whether the object of a state is not there any more, as its kind ends.
pub async fn ended(twilio: &Twilio, sample: &Sample, state: &State) -> bool {
    let resource = sample.resource();
    let objects = twilio.objects().await;
    let mut own = objects
        .iter()
        .filter(|object| object.is_a(resource) && object.is_of(resource, &state.value));
    match &sample.end {
        End::Gone => own.next().is_none(),
        End::Cleared(none) => {
            let witness = sample.witness_there();
            own.all(|object| object.text(&witness).is_empty() || object.body[&*witness] == *none)
        }
        End::Reset(value) => own.all(|object| object.body[&*sample.witness_there()] == *value),
        End::Forgotten => {
            let stored = &shown(sample.type_name, &state.value)[sample.witness];
            own.any(|object| is_shown(sample, stored, &object.body[&*sample.witness_there()]))
        }
    }
}

/// Attributes that differ, as `name: one / other`.
pub fn differences(type_name: &str, one: &Value, other: &Value) -> String {
    let fields = |value: &Value| value.as_fields().cloned().unwrap_or_default();
    let (one, other) = (fields(one), fields(other));
    let differ = one.iter().filter(|(name, value)| other.get(*name) != Some(value));
    let differ = differ.map(|(name, value)| {
        let other = other.get(name).unwrap_or(&Value::Null);
        format!("{name}: {value:?} / {other:?}")
    });
    let differ: Vec<_> = differ.collect();
    match differ.is_empty() {
        true => format!("nothing of {type_name} differs, but one is null"),
        false => differ.join("; "),
    }
}

/// A SID that an error names, out of those of these objects.
pub fn names_all(error: &Diagnostic, objects: &[Object]) -> bool {
    objects
        .iter()
        .all(|object| error.detail.contains(object.sid.as_str()) && error.detail.contains("import"))
}
