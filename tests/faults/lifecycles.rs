//! The whole lifecycle of every resource and test table, in this process: made, changed, drifted, with something taken out, lost and
//! adopted, gone behind Terraform's back, imported, destroyed. After each step the state is what is there, and the plan is empty.

use std::collections::BTreeSet;
use std::env;

use futures::stream::{self, StreamExt as _};
use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::{AccountRule, Presence, Read, Role, Source, UpdateStyle};
use terraform_provider_twilio::framework::value::Value;
use xtask::generated;

use crate::checks::{check, ended, new_ones, only_new, settled};
use crate::needs::beyond;
use crate::samples::{End, KEEPING, Prepared, Sample, samples};
use crate::shares::ONLY;
use crate::terraform::{Finding, State, Terraform, shown, value};
use crate::twilio::{Object, Twilio};

/// Lifecycles at a time.
const AT_A_TIME: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn every_resource_lives_from_create_to_destroy() {
    // The name of a case begins with a type, and may be a part of one that has nothing to do with lifecycles.
    let only = env::var(ONLY).unwrap_or_default();
    let named = only.split('/').next().unwrap_or_default();
    let samples: Vec<_> = samples().filter(|sample| sample.type_name.contains(named)).collect();
    assert!(
        !samples.is_empty(),
        "no type has {named:?} in its name, which {ONLY} says"
    );
    let lifecycles = samples.iter().copied().map(|sample| {
        tokio::spawn(async move {
            let twilio = Twilio::start(15).await;
            let prepared = sample.prepare(&twilio).await;
            let lifecycle = Lifecycle {
                twilio,
                sample,
                prepared,
            };
            lifecycle.live().await
        })
    });
    let mut ended = stream::iter(samples.iter().zip(lifecycles))
        .map(async |(sample, lifecycle)| (sample.type_name, lifecycle.await))
        .buffered(AT_A_TIME);
    let (mut failed, mut drifted, mut imported) = (Vec::new(), 0, 0);
    while let Some((name, lifecycle)) = ended.next().await {
        match lifecycle {
            Ok(Ok(seen)) => {
                drifted += usize::from(seen.drifted);
                imported += seen.imported;
            }
            Ok(Err(finding)) => failed.push(format!("{name}: {finding}")),
            Err(panic) => failed.push(format!("{name}: {panic}")),
        }
    }
    assert!(
        failed.is_empty(),
        "{} of the lifecycles failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
    // Otherwise little was proven: almost everything can change behind Terraform's back, and all can be imported.
    let count = samples.len();
    assert!(drifted * 4 >= count * 3, "{drifted} of {count} drifted");
    assert!(imported >= count, "{imported} imports");
}

/// What a lifecycle came by.
#[derive(Default)]
struct Seen {
    drifted: bool,
    imported: usize,
}

struct Lifecycle {
    sample: &'static Sample,
    twilio: Twilio,
    prepared: Prepared,
}

impl Lifecycle {
    async fn live(&self) -> Result<Seen, Finding> {
        let mut seen = Seen::default();
        let before = self.twilio.places().await;
        let prepared = self.twilio.requests().await.len();
        let state = self.apply(None, &self.prepared.config, "the create").await?;
        only_new(&self.twilio, self.sample, &before, &state).await?;

        let config = &self.prepared.changed;
        let at_first = shown(self.sample.type_name, &state.value)[self.sample.witness].clone();
        let (mut state, is_replaced) = self.change(state).await?;
        let changed = &shown(self.sample.type_name, &state.value)[self.sample.witness];
        let is_seen = match self.sample.is_hidden() {
            true => self.prepared.config[self.sample.witness] != config[self.sample.witness],
            false => *changed != at_first,
        };
        check(is_seen, || {
            format!(
                "{} shows no change: it is {changed} before and after",
                self.sample.witness
            )
        })?;
        if !is_replaced && let Some(drifted) = self.drift(&state).await? {
            seen.drifted = true;
            state = drifted;
        }
        let (state, config) = match &self.prepared.removed {
            None => (state, config),
            Some(removed) => (self.take_out(&state, removed).await?, removed),
        };
        let state = self.adopt(state, config).await?;
        seen.drifted |= self.lose().await?;
        seen.imported = self.import(&state, config).await?;

        let gone = self
            .process()
            .await
            .change(self.sample.type_name, Some(&state), &Value::Null)
            .await?;
        check(gone.errors().is_empty() && gone.state.is_none(), || {
            format!("it cannot be destroyed: {:?}", gone.diagnostics)
        })?;
        check(ended(&self.twilio, self.sample, &state).await, || {
            "it still exists".to_owned()
        })?;
        if self.sample.end == End::Gone {
            let left = new_ones(&self.twilio, self.sample, &before).await;
            check(left.is_empty(), || format!("left in Twilio: {left:?}"))?;
        }
        let log = self.twilio.requests().await;
        let beyond = beyond(self.sample.resource(), log.get(prepared..).unwrap_or(&log));
        check(beyond.is_empty(), || {
            format!("it requests what its table does not say: {beyond:?}")
        })?;
        Ok(seen)
    }

    /// As each command of Terraform has: a process that knows nothing of the one before.
    async fn process(&self) -> Terraform {
        Terraform::patient(&self.twilio, 15).await
    }

    fn value(&self, config: &Json) -> Value {
        value(self.sample.type_name, config)
    }

    /// Applies, after which there is nothing to do.
    async fn apply(&self, prior: Option<&State>, config: &Json, what: &str) -> Result<State, Finding> {
        let config = self.value(config);
        let outcome = self.process().await.change(self.sample.type_name, prior, &config).await;
        let state = outcome.and_then(|outcome| outcome.succeeded(what))?;
        self.settles(&state, &config, what).await?;
        Ok(state)
    }

    async fn settles(&self, state: &State, config: &Value, what: &str) -> Result<(), Finding> {
        settled(&self.process().await, &self.twilio, self.sample, state, config)
            .await
            .map_err(|finding| format!("after {what}: {finding}"))
    }

    /// What a plan changes of what a configuration can set.
    fn planned(&self, from: &Value, to: &Value) -> BTreeSet<&'static str> {
        let fields = self.sample.resource().object.fields.iter();
        let changed = fields.filter(|field| from.attr(field.name) != to.attr(field.name));
        changed
            .filter(|field| field.presence() != Presence::Computed)
            .map(|field| field.name)
            .collect()
    }

    /// The change: in place and of nothing else, or by another object where the table has no other way.
    async fn change(&self, made: State) -> Result<(State, bool), Finding> {
        let type_name = self.sample.type_name;
        let changed = self.value(&self.prepared.changed);
        let plan = self.process().await.plan(type_name, Some(&made), &changed).await?;
        let resource = self.sample.resource();
        let mut fields = resource.object.fields.iter();
        let changes: BTreeSet<_> = self.sample.files.changes().collect();
        let must_replace = resource.lifecycle.update() == UpdateStyle::Never
            || fields.any(|field| field.replaces() && changes.contains(field.name));
        check(plan.replaces == must_replace, || {
            format!("the change of {changes:?} replaces: {}", plan.replaces)
        })?;
        if plan.replaces {
            let gone = self
                .process()
                .await
                .change(type_name, Some(&made), &Value::Null)
                .await?;
            check(gone.state.is_none(), || {
                format!("it was not replaced: {:?}", gone.diagnostics)
            })?;
            return Ok((self.apply(None, &self.prepared.changed, "the replacement").await?, true));
        }
        // What is stored nowhere shows in the hash of it alone.
        let is_stored = |name: &&str| {
            let field = resource.object.field(name);
            field.is_some_and(|field| field.role != Role::FileContent)
        };
        let changes: BTreeSet<_> = changes.into_iter().filter(is_stored).collect();
        let planned = self.planned(&made.value, &plan.planned);
        check(planned == changes, || {
            format!("changed.tf changes {changes:?}, the plan {planned:?}")
        })?;
        let state = self
            .process()
            .await
            .apply(type_name, plan)
            .await?
            .succeeded("the change")?;
        self.settles(&state, &changed, "the change").await?;
        Ok((state, false))
    }

    /// The object as Twilio has it.
    async fn object(&self, state: &State) -> Result<Object, Finding> {
        let resource = self.sample.resource();
        let objects = self.twilio.objects().await.into_iter();
        let mut own = objects.filter(|object| object.is_a(resource) && object.is_of(resource, &state.value));
        own.next().ok_or_else(|| "it is not in Twilio".to_owned())
    }

    /// Somebody changes it in the Console. Nothing where nothing that changes is at Twilio as the configuration has it.
    async fn drift(&self, state: &State) -> Result<Option<State>, Finding> {
        let object = self.object(state).await?;
        let drift = match self.sample.resource().object.place.read {
            Read::Nowhere => None,
            _ => self.sample.files.drift(&self.prepared.config, &object.body),
        };
        let Some(drift) = drift else {
            return Ok(None);
        };
        let shows: BTreeSet<&str> = drift.shows.iter().map(String::as_str).collect();
        self.twilio.change(&object, &Json::Object(drift.fields)).await;
        let type_name = self.sample.type_name;
        let read = self
            .process()
            .await
            .read(type_name, state)
            .await?
            .succeeded("the refresh")?;
        let config = self.value(&self.prepared.changed);
        let plan = self.process().await.plan(type_name, Some(&read), &config).await?;
        let planned = self.planned(&read.value, &plan.planned);
        check(planned == shows, || {
            format!("{shows:?} drifted, the plan changes {planned:?}")
        })?;
        let state = self
            .process()
            .await
            .apply(type_name, plan)
            .await?
            .succeeded("the repair")?;
        self.settles(&state, &config, "the repair").await?;
        Ok(Some(state))
    }

    /// Takes out what `removed.tf` takes out.
    async fn take_out(&self, state: &State, removed: &Json) -> Result<State, Finding> {
        let type_name = self.sample.type_name;
        let config = self.value(removed);
        let plan = self.process().await.plan(type_name, Some(state), &config).await?;
        check(!plan.replaces, || "the removal replaces it".to_owned())?;
        let planned = self.planned(&state.value, &plan.planned);
        let removes = self.sample.files.removes().filter(|name| !KEEPING.contains(name));
        let removes: BTreeSet<_> = removes.collect();
        check(planned == removes, || {
            format!("removed.tf takes out of {removes:?}, the plan changes {planned:?}")
        })?;
        let state = self
            .process()
            .await
            .apply(type_name, plan)
            .await?
            .succeeded("the removal")?;
        self.settles(&state, &config, "the removal").await?;
        Ok(state)
    }

    /// Loses the state, as a process does that dies before it is written, and takes the object over by its name.
    async fn adopt(&self, state: State, config: &Json) -> Result<State, Finding> {
        let resource = self.sample.resource();
        if resource.object.field("adopt_existing").is_none() {
            return Ok(state);
        }
        // What is in a version that Twilio does not show, nobody can compare: the file is uploaded once more.
        let is_shown = resource
            .object
            .content
            .is_none_or(|versions| versions.content.is_some());
        let places = || async {
            let mut places = self.twilio.places().await;
            places.retain(|(_, _, path)| is_shown || !path.contains("/Versions/"));
            places
        };
        let without = config;
        let mut config = config.clone();
        // What was taken out may be the name that it is found by: it gets that back first.
        let named = &self.prepared.config;
        let names = resource.object.natural_key.iter().copied();
        let missing: Vec<_> = names
            .filter(|name| config[*name].is_null() && !named[*name].is_null())
            .collect();
        for name in &missing {
            config[*name] = named[*name].clone();
        }
        let state = match missing.is_empty() {
            true => state,
            false => self.apply(Some(&state), &config, "its name").await?,
        };
        let before = places().await;
        config["adopt_existing"] = json!(true);
        let adopted = self.apply(None, &config, "the adoption").await?;
        check(adopted.value.attr("id") == state.value.attr("id"), || {
            format!("another one was adopted: {:?}", adopted.value.attr("id"))
        })?;
        check(places().await == before, || "a second one was made".to_owned())?;
        match missing.is_empty() {
            true => Ok(adopted),
            false => self.apply(Some(&adopted), without, "the removal of its name").await,
        }
    }

    /// Somebody removes another one: it is planned anew, and destroying it succeeds. Returns whether it can go.
    async fn lose(&self) -> Result<bool, Finding> {
        let object = &self.sample.resource().object;
        let neighbour = match &self.prepared.neighbour {
            Some(neighbour) if object.place.read != Read::Nowhere => neighbour,
            _ => return Ok(false),
        };
        let type_name = self.sample.type_name;
        let state = self.apply(None, neighbour, "the create of another one").await?;
        let there = self.object(&state).await?;
        match object.account {
            // An account stays in sight.
            AccountRule::Owned => self.twilio.change(&there, &json!({"status": "closed"})).await,
            AccountRule::Fixed | AccountRule::Movable => self.twilio.remove(&there).await,
        }
        let read = self.process().await.read(type_name, &state).await?;
        check(read.errors().is_empty() && read.state.is_none(), || {
            format!("what is gone is still in the state: {:?}", read.diagnostics)
        })?;
        let gone = self
            .process()
            .await
            .change(type_name, Some(&state), &Value::Null)
            .await?;
        check(gone.errors().is_empty() && gone.state.is_none(), || {
            format!("destroying what is gone: {:?}", gone.diagnostics)
        })?;
        Ok(true)
    }

    /// Imports it by each of its ids. What Twilio does not show is all that is left to do. Returns how many there are.
    async fn import(&self, state: &State, config: &Json) -> Result<usize, Finding> {
        let type_name = self.sample.type_name;
        let stored = shown(type_name, &state.value);
        let ids = self.sample.files.import_ids(&stored, &self.twilio.handle.account_sid);
        let config = self.value(config);
        let fields = self.sample.resource().object.fields;
        // What is given write-only moves out of the state, as far as Twilio shows it.
        let moves = generated::gives_write_only(fields, &shown(type_name, &config));
        let is_hidden = |name: &str| {
            let mut fields = fields.iter().filter(|field| field.name == name);
            fields.any(|field| {
                field.normalised || is_not_shown(field.source, field.role) || (moves && generated::has_secret(field))
            })
        };
        for id in &ids {
            let after = |finding| format!("importing {id}: {finding}");
            let imported = self.process().await.import(type_name, id).await.map_err(after)?;
            check(imported.value.attr("id") == state.value.attr("id"), || {
                after(format!("it has the id {:?}", imported.value.attr("id")))
            })?;
            let plan = self
                .process()
                .await
                .plan(type_name, Some(&imported), &config)
                .await
                .map_err(after)?;
            let planned = self.planned(&imported.value, &plan.planned);
            check(!plan.replaces && planned.iter().all(|name| is_hidden(name)), || {
                after(format!("the plan changes {planned:?} and replaces: {}", plan.replaces))
            })?;
            let applied = self.process().await.apply(type_name, plan).await.map_err(after)?;
            let applied = applied.succeeded("the apply after the import").map_err(after)?;
            self.without_secrets(&applied, &config).await.map_err(after)?;
        }
        Ok(ids.len())
    }

    /// As [`settled`], but what only the create told is lost.
    async fn without_secrets(&self, state: &State, config: &Value) -> Result<(), Finding> {
        let plan = self
            .process()
            .await
            .plan(self.sample.type_name, Some(state), config)
            .await?;
        check(plan.planned == state.value, || {
            "the plan after it is not empty".to_owned()
        })
    }
}

/// Whether an import cannot know it.
fn is_not_shown(source: Source, role: Role) -> bool {
    source != Source::Response
        || matches!(
            role,
            Role::FileHash | Role::FilePath | Role::FileContent | Role::FileType
        )
}
