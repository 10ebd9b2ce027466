//! One case: one operation on one resource while one fault happens, and what must come of it.

use std::fmt;
use std::time::Duration;

use serde_json::Value as Json;
use terraform_provider_twilio::engine::facts::{Absent, Destroy, Incomplete, Read, Role, Source};
use terraform_provider_twilio::framework::value::Value;

use crate::checks::{Verdict, check, ended, names_all, new_ones, only_new, settled, the_error, verdict};
use crate::samples::{Prepared, Sample};
use crate::shapes::{LOSSES, PROBE, Plays, SHAPES, SWAP, Shape, Spread};
use crate::terraform::{Finding, Outcome, State, Terraform, text, value};
use crate::twilio::{Object, Twilio};

/// When somebody else made a twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twin {
    /// Longer ago than any clock is wrong.
    Old,
    /// An hour ago.
    HourOld,
    /// A minute ago.
    MinuteOld,
    /// Just before.
    SecondsOld,
}

impl Twin {
    fn age(self) -> Duration {
        Duration::from_secs(match self {
            Self::Old => 3 * 24 * 3600,
            Self::HourOld => 3600,
            Self::MinuteOld => 60,
            Self::SecondsOld => 2,
        })
    }
}

/// What Terraform does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Applies a new object.
    Create,
    /// Applies a new object where somebody else's is that is the same in everything.
    CreateBesideTwin(Twin),
    /// Refreshes.
    Read,
    /// Applies a change; where Twilio offers no update, by a new object in place of the old.
    Update,
    /// Applies the end.
    Delete,
}

impl Operation {
    /// All that there are of a sample: of some things there cannot be two of the same.
    pub fn all(sample: &Sample) -> impl Iterator<Item = Self> {
        let twins = [Twin::Old, Twin::HourOld, Twin::MinuteOld, Twin::SecondsOld];
        let twins = twins.into_iter().filter(|_| sample.has_twins);
        [Self::Create, Self::Read, Self::Update, Self::Delete]
            .into_iter()
            .chain(twins.map(Self::CreateBesideTwin))
    }

    /// Whether a shape is played in it.
    pub fn suits(self, shape: &Shape, spread: Spread) -> bool {
        match self {
            Self::Create | Self::CreateBesideTwin(Twin::Old) => true,
            // Whether a twin is taken for ours shows where a response is lost, and nowhere else.
            Self::CreateBesideTwin(_) => LOSSES.contains(&shape.name) && spread == Spread::Once,
            Self::Read | Self::Update | Self::Delete => shape.plays != Plays::Creates,
        }
    }

    /// Whether somebody may have made what is searched for.
    fn is_in_doubt(self) -> bool {
        matches!(self, Self::CreateBesideTwin(twin) if twin != Twin::Old)
    }

    /// As it is called in the name of a case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::CreateBesideTwin(Twin::Old) => "create-beside-twin",
            Self::CreateBesideTwin(Twin::HourOld) => "create-beside-twin-of-an-hour",
            Self::CreateBesideTwin(Twin::MinuteOld) => "create-beside-twin-of-a-minute",
            Self::CreateBesideTwin(Twin::SecondsOld) => "create-beside-twin-of-seconds",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// A case of the matrix.
#[derive(Clone, Copy)]
pub struct Case {
    /// On which resource.
    pub sample: &'static Sample,
    /// What is done.
    pub operation: Operation,
    /// What goes wrong.
    pub shape: &'static Shape,
    /// How often, and with which requests.
    pub spread: Spread,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            sample,
            operation,
            shape,
            spread,
        } = self;
        write!(
            f,
            "{}/{}/{}/{}",
            sample.type_name,
            operation.name(),
            shape.name,
            spread.name()
        )
    }
}

/// How a case that passed ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The operation succeeded in spite of the fault.
    Succeeded,
    /// It failed, said so clearly, and what it left could be taken up again.
    Failed,
}

/// What belongs to somebody else is as it was.
async fn untouched(twilio: &Twilio, theirs: Vec<(Object, Json)>) -> Result<(), Finding> {
    for (object, kept) in theirs {
        let left = twilio.object(&object).await.unwrap_or_default();
        check(left == kept && left.is_object(), || {
            format!("{} of somebody else was touched: {kept} became {left}", object.label())
        })?;
    }
    Ok(())
}

/// A case under way.
struct Scene<'a> {
    case: Case,
    sample: &'static Sample,
    twilio: &'a Twilio,
    terraform: Terraform,
    prepared: Prepared,
    config: Value,
    changed: Value,
}

impl Case {
    /// All that there are of an operation that takes so many requests when nothing goes wrong.
    pub fn all(sample: &'static Sample, operation: Operation, requests: usize) -> impl Iterator<Item = Self> {
        Spread::all(requests).flat_map(move |spread| {
            let shapes = SHAPES.iter();
            let suited = shapes.filter(move |shape| spread.suits(shape) && operation.suits(shape, spread));
            suited.map(move |shape| Self {
                sample,
                operation,
                shape,
                spread,
            })
        })
    }

    /// Plays it with a Twilio of its own for the time.
    pub async fn play(self, twilio: &Twilio, seed: u64) -> Result<Ending, Finding> {
        twilio.reset().await;
        let prepared = self.sample.prepare(twilio).await;
        let scene = Scene {
            case: self,
            sample: self.sample,
            twilio,
            terraform: match (self.shape.slow, self.spread.passes()) {
                (true, false) => Terraform::hasty(twilio, seed).await,
                (true, true) => Terraform::hasty_once(twilio, seed).await,
                (false, _) => Terraform::start(twilio, seed).await,
            },
            config: value(self.sample.type_name, &prepared.config),
            changed: value(self.sample.type_name, &prepared.changed),
            prepared,
        };
        let strangers = match self.shape.name {
            SWAP => scene.neighbour(seed).await?,
            _ => Vec::new(),
        };
        let ending = match self.operation {
            Operation::Create => scene.create().await,
            Operation::CreateBesideTwin(twin) => scene.create_beside_twin(twin, seed).await,
            Operation::Read => scene.read().await,
            Operation::Update => scene.update().await,
            Operation::Delete => scene.delete().await,
        }?;
        untouched(twilio, strangers).await?;
        Ok(ending)
    }

    /// How many requests an operation takes when nothing goes wrong.
    pub async fn requests(sample: &'static Sample, operation: Operation, twilio: &Twilio) -> Result<usize, Finding> {
        let probe = Self {
            sample,
            operation,
            shape: &PROBE,
            spread: Spread::AnyAlways,
        };
        probe
            .play(twilio, 0)
            .await
            .map_err(|finding| format!("{probe}: {finding}"))?;
        let log = twilio.requests().await;
        Ok(log.iter().filter(|line| line["fault"].is_string()).count())
    }

    /// Whether the fault must be overcome: it passes, and repeating helps.
    fn must_be_overcome(self) -> bool {
        // Where there is no create, only an update of what is there, a response that names something else is all there is.
        let is_found = self.shape.is_found && self.operation == Operation::Create && self.sample.is_made();
        self.spread.passes()
            && (!self.shape.refuses || is_found)
            && !self.operation.is_in_doubt()
            && !self.loses_an_upload()
            && !self.is_sent_once()
    }

    /// Whether a create is sent once, whatever comes of it: its object has neither a SID nor a key that was known, so nothing that
    /// Twilio shows is proof of it.
    fn is_sent_once(self) -> bool {
        let object = &self.sample.resource().object;
        let is_a_create = !matches!(self.operation, Operation::Read | Operation::Update | Operation::Delete);
        is_a_create && object.is_named_by_twilio() && !object.has_sid()
    }

    /// Whether a file was taken and the response lost, by a create that is the upload: nothing that Twilio shows tells its object
    /// from somebody else's with another file.
    fn loses_an_upload(self) -> bool {
        let resource = self.sample.resource();
        let is_an_upload = resource.upload.is_some() && resource.object.content.is_none();
        // Of a credential nothing but a name is ever read.
        let mut fields = resource.object.fields.iter();
        let is_unseen = fields
            .any(|field| matches!(field.role, Role::Fixed(Absent::Required)) && field.source == Source::Configuration);
        (is_an_upload || is_unseen)
            && self.shape.is_carried_out()
            && !matches!(self.operation, Operation::Read | Operation::Delete)
    }
}

impl Scene<'_> {
    async fn create(&self) -> Result<Ending, Finding> {
        let type_name = self.sample.type_name;
        let before = self.twilio.places().await;
        let plan = self.terraform.plan(type_name, None, &self.config).await?;
        self.faults("POST").await;
        let outcome = self.terraform.apply(type_name, plan).await;
        self.no_faults().await;
        let outcome = outcome?;
        if outcome.errors().is_empty() {
            let state = outcome.succeeded("the create")?;
            only_new(self.twilio, self.sample, &before, &state).await?;
            let state = self.finished(state, &self.config).await?;
            only_new(self.twilio, self.sample, &before, &state).await?;
            return Ok(Ending::Succeeded);
        }
        let made = new_ones(self.twilio, self.sample, &before).await;
        self.create_may_fail(&outcome, &made)?;
        let error = the_error(&outcome, "create", self.sample)?;
        if let (Some(tainted), Incomplete::MadeAnew) = (&outcome.state, self.sample.resource().incomplete) {
            return self.made_anew(tainted).await;
        }
        check(outcome.state.is_none(), || {
            format!(
                "the create left a tainted object, which Terraform would make again: {}",
                text(error)
            )
        })?;
        let told = match self.sample.resource().object.has_sid() {
            true => names_all(error, &made),
            // A key that is free text is not repeated.
            false => error.detail.contains("terraform import"),
        };
        let state = match (made.as_slice(), verdict(error)?) {
            ([], _) => self.make_again().await?,
            ([one], Verdict::Unknown) if told || self.case.spread == Spread::AnyAlways => {
                // Whoever reads the error finds it, by its SID or in the Console, and imports it or, where its secret is
                // lost, deletes it.
                check(error.detail.contains("import"), || {
                    format!("the error does not say how to keep what was made: {}", text(error))
                })?;
                self.take_up(one, &self.config).await?
            }
            (made, verdict) => {
                let sids: Vec<_> = made.iter().map(Object::label).collect();
                return Err(format!(
                    "{sids:?} was made and the error says {verdict:?}: {}",
                    text(error)
                ));
            }
        };
        only_new(self.twilio, self.sample, &before, &state).await?;
        settled(&self.terraform, self.twilio, self.sample, &state, &self.config).await?;
        Ok(Ending::Failed)
    }

    /// What Terraform does with a tainted object: it goes, and is made anew.
    async fn made_anew(&self, tainted: &State) -> Result<Ending, Finding> {
        let gone = self
            .terraform
            .change(self.sample.type_name, Some(tainted), &Value::Null)
            .await?;
        check(gone.errors().is_empty() && gone.state.is_none(), || {
            format!("what is tainted cannot go: {:?}", gone.diagnostics.first().map(text))
        })?;
        let state = self.make_again().await?;
        settled(&self.terraform, self.twilio, self.sample, &state, &self.config).await?;
        Ok(Ending::Failed)
    }

    async fn create_beside_twin(&self, twin: Twin, seed: u64) -> Result<Ending, Finding> {
        let theirs = self.stranger(&self.config, seed).await?;
        for object in &theirs {
            self.twilio.make_older(object, twin.age()).await;
        }
        let theirs = self.as_they_are(theirs).await;
        let ending = self.create().await?;
        untouched(self.twilio, theirs).await?;
        Ok(ending)
    }

    /// What somebody else has in the same collection, under another name.
    async fn neighbour(&self, seed: u64) -> Result<Vec<(Object, Json)>, Finding> {
        let Some(neighbour) = &self.prepared.neighbour else {
            return Ok(Vec::new());
        };
        let theirs = self.stranger(&value(self.sample.type_name, neighbour), seed).await?;
        Ok(self.as_they_are(theirs).await)
    }

    /// Lets somebody else make something.
    async fn stranger(&self, config: &Value, seed: u64) -> Result<Vec<Object>, Finding> {
        let before = self.twilio.places().await;
        let stranger = Terraform::start(self.twilio, seed).await;
        let theirs = stranger.change(self.sample.type_name, None, config).await?;
        theirs.succeeded("a create without faults")?;
        let made = new_ones(self.twilio, self.sample, &before).await;
        check(made.len() == 1, || {
            format!("{} objects were made instead of one", made.len())
        })?;
        Ok(made)
    }

    async fn as_they_are(&self, objects: Vec<Object>) -> Vec<(Object, Json)> {
        let mut kept = Vec::new();
        for object in objects {
            let now = self.twilio.object(&object).await.unwrap_or_default();
            kept.push((object, now));
        }
        kept
    }

    async fn read(&self) -> Result<Ending, Finding> {
        // Written by this very process a moment ago, which is when Twilio may show an old picture of it.
        let made = self.make_again().await?;
        let changed = self
            .terraform
            .change(self.sample.type_name, Some(&made), &self.changed)
            .await;
        let state = match self.is_replaced(&made).await? {
            true => made,
            false => changed?.succeeded("the change")?,
        };
        self.faults("GET").await;
        let outcome = self.terraform.read(self.sample.type_name, &state).await;
        self.no_faults().await;
        let outcome = outcome?;
        // What is in the files that the state names is noted for the plan.
        let without_notes = |state: &State| {
            let mut private: Json = serde_json::from_slice(&state.private).unwrap_or_default();
            private.as_object_mut().map(|stored| stored.remove("notes"));
            (state.value.clone(), private)
        };
        check(
            outcome.state.as_ref().map(without_notes) == Some(without_notes(&state)),
            || match &outcome.state {
                None => format!("the state is lost: {:?}", outcome.diagnostics.first().map(text)),
                Some(read) => {
                    let differences = crate::checks::differences(self.sample.type_name, &state.value, &read.value);
                    format!("the read changed the state: {differences}")
                }
            },
        )?;
        if outcome.errors().is_empty() {
            return Ok(Ending::Succeeded);
        }
        self.may_fail(&outcome)?;
        the_error(&outcome, "read", self.sample)?;
        Ok(Ending::Failed)
    }

    async fn update(&self) -> Result<Ending, Finding> {
        let type_name = self.sample.type_name;
        let before = self.twilio.places().await;
        let made = self.make_again().await?;
        let plan = self.terraform.plan(type_name, Some(&made), &self.changed).await?;
        if plan.replaces {
            return self.replace(&made).await;
        }
        self.faults(self.sample.update_method()).await;
        let outcome = self.terraform.apply(type_name, plan).await;
        self.no_faults().await;
        let outcome = outcome?;
        let failed = !outcome.errors().is_empty();
        if failed {
            self.may_fail(&outcome)?;
            the_error(&outcome, "update", self.sample)?;
        }
        let state = outcome.state.ok_or("the update lost the state")?;
        let state = self.finished(state, &self.changed).await?;
        only_new(self.twilio, self.sample, &before, &state).await?;
        match failed {
            true => Ok(Ending::Failed),
            false => Ok(Ending::Succeeded),
        }
    }

    /// The old object goes, a new one comes; each half may fail and is done again.
    async fn replace(&self, made: &State) -> Result<Ending, Finding> {
        let type_name = self.sample.type_name;
        self.faults(self.sample.delete_method()).await;
        let gone = self.terraform.change(type_name, Some(made), &Value::Null).await?;
        let mut ending = Ending::Succeeded;
        if gone.state.is_some() {
            self.no_faults().await;
            self.may_fail(&gone)?;
            the_error(&gone, "destroy", self.sample)?;
            let again = self.terraform.change(type_name, Some(made), &Value::Null).await?;
            check(again.state.is_none(), || "the second delete left the state".to_owned())?;
            ending = Ending::Failed;
        }
        check(ended(self.twilio, self.sample, made).await, || {
            "the replaced object still exists".to_owned()
        })?;
        let before = self.twilio.places().await;
        self.faults("POST").await;
        let outcome = self.terraform.change(type_name, None, &self.changed).await;
        self.no_faults().await;
        let outcome = outcome?;
        if !outcome.errors().is_empty() {
            let made = new_ones(self.twilio, self.sample, &before).await;
            self.create_may_fail(&outcome, &made)?;
            the_error(&outcome, "create", self.sample)?;
            ending = Ending::Failed;
        }
        let state = match outcome.state {
            Some(state) => state,
            None => match new_ones(self.twilio, self.sample, &before).await.as_slice() {
                [] => self
                    .terraform
                    .change(type_name, None, &self.changed)
                    .await?
                    .succeeded("the create")?,
                [one] => self.take_up(one, &self.changed).await?,
                many => return Err(format!("{} objects were made", many.len())),
            },
        };
        only_new(self.twilio, self.sample, &before, &state).await?;
        self.finished(state, &self.changed).await?;
        Ok(ending)
    }

    async fn delete(&self) -> Result<Ending, Finding> {
        let type_name = self.sample.type_name;
        let made = self.make_again().await?;
        let plan = self.terraform.plan(type_name, Some(&made), &Value::Null).await?;
        self.faults(self.sample.delete_method()).await;
        let outcome = self.terraform.apply(type_name, plan).await;
        self.no_faults().await;
        let outcome = outcome?;
        if outcome.errors().is_empty() {
            check(outcome.state.is_none(), || "the delete left a state".to_owned())?;
            check(ended(self.twilio, self.sample, &made).await, || {
                "what was deleted still exists".to_owned()
            })?;
            return Ok(Ending::Succeeded);
        }
        self.may_fail(&outcome)?;
        let error = the_error(&outcome, "destroy", self.sample)?;
        check(
            outcome.state.as_ref().map(|state| &state.value) == Some(&made.value),
            || format!("the state is lost though the delete failed: {}", text(error)),
        )?;
        let again = self.terraform.change(type_name, Some(&made), &Value::Null).await?;
        check(again.errors().is_empty() && again.state.is_none(), || {
            format!("the second delete failed: {:?}", again.diagnostics.first().map(text))
        })?;
        check(ended(self.twilio, self.sample, &made).await, || {
            "what was deleted still exists".to_owned()
        })?;
        Ok(Ending::Failed)
    }

    /// An error is right only where the fault lasts or is a refusal.
    fn may_fail(&self, outcome: &Outcome) -> Result<(), Finding> {
        let said: Vec<_> = outcome.diagnostics.iter().map(text).collect();
        // Of a version that Twilio does not show, nobody can tell whether it has the file: the next apply uploads it once more.
        let versions = self.sample.resource().object.content;
        let is_hidden = versions.is_some_and(|versions| versions.content.is_none())
            && said
                .iter()
                .any(|text| text.contains("/Versions ") && text.contains("was lost"));
        check(is_hidden || !self.case.must_be_overcome(), || {
            format!("a fault that passes was not overcome: {said:#?}")
        })
    }

    /// As [`Self::may_fail`], of a create that left `made`. Nothing shows who made what is there without a date, so that a
    /// person is asked.
    fn create_may_fail(&self, outcome: &Outcome, made: &[Object]) -> Result<(), Finding> {
        match made.is_empty() || self.sample.shows_its_age() {
            true => self.may_fail(outcome),
            false => Ok(()),
        }
    }

    /// Creates without faults.
    async fn make_again(&self) -> Result<State, Finding> {
        let outcome = self.terraform.change(self.sample.type_name, None, &self.config).await?;
        outcome.succeeded("a create without faults")
    }

    /// By which an object is imported.
    fn import_id(&self, object: &Object, config: &Value) -> String {
        let table = &self.sample.resource().object;
        let parts = table.id_parts().map(|part| match part {
            "sid" => object.label(),
            part if table.is_named_by_twilio() && table.key_field() == Some(part) => object.label(),
            part => config.attr(part).as_str().unwrap_or_default(),
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// Does with an object of no state what the error advises.
    async fn take_up(&self, object: &Object, config: &Value) -> Result<State, Finding> {
        let type_name = self.sample.type_name;
        let imported = self
            .terraform
            .import(type_name, &self.import_id(object, config))
            .await?;
        if self.sample.has_a_secret() {
            // It is lost.
            self.terraform.change(type_name, Some(&imported), &Value::Null).await?;
            return self.make_again().await;
        }
        // What is only noted in the state comes with the first apply.
        let outcome = self.terraform.change(type_name, Some(&imported), config).await?;
        outcome.succeeded("the apply after the import")
    }

    /// Plans and applies until the object is what is configured, which it must be after one more apply at most.
    async fn finished(&self, state: State, config: &Value) -> Result<State, Finding> {
        let type_name = self.sample.type_name;
        let read = self
            .terraform
            .read(type_name, &state)
            .await?
            .succeeded("a read without faults")?;
        let plan = self.terraform.plan(type_name, Some(&read), config).await?;
        check(!plan.replaces, || "the next plan would replace it".to_owned())?;
        let done = match plan.planned == read.value {
            true => read,
            false => self
                .terraform
                .apply(type_name, plan)
                .await?
                .succeeded("the apply that completes it")?,
        };
        settled(&self.terraform, self.twilio, self.sample, &done, config).await?;
        Ok(done)
    }

    async fn is_replaced(&self, made: &State) -> Result<bool, Finding> {
        let plan = self
            .terraform
            .plan(self.sample.type_name, Some(made), &self.changed)
            .await?;
        Ok(plan.replaces)
    }

    async fn faults(&self, method: &str) {
        let resource = self.sample.resource();
        let pattern = |path: &str| {
            // The log has a key in the query elsewhere.
            let (path, _) = path.split_once('?').unwrap_or((path, ""));
            let parts = path.split('/').map(|part| match part.split_once('}') {
                Some((_, end)) if part.starts_with('{') => format!("[^/]+{}", regex::escape(end)),
                _ => regex::escape(part),
            });
            format!("^{}$", parts.collect::<Vec<_>>().join("/"))
        };
        let place = resource.object.place;
        let read = match place.read {
            Read::Elsewhere { path, .. } | Read::Member(path) | Read::Among { path, .. } => path,
            Read::Instance | Read::Nowhere => place.instance,
        };
        let end = match resource.lifecycle.destroy() {
            Destroy::Archive(path) => path,
            _ => place.instance,
        };
        let paths = [place.collection, place.instance, read, end]
            .into_iter()
            .filter(|path| !path.is_empty());
        let path = paths.map(pattern).collect::<Vec<_>>().join("|");
        let rules = self.case.spread.rules(self.case.shape, method, &path);
        self.twilio.faults(&rules).await;
    }

    async fn no_faults(&self) {
        self.twilio.faults(&serde_json::json!([])).await;
    }
}
