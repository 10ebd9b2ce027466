//! The samples of all resources and test tables, evaluated: what they depend on is made first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::{
    AccountRule, Begin, Destroy, Field, Incomplete, Literal, Managed, Removed, Role, UpdateStyle,
};
use terraform_provider_twilio::provider::offered::RESOURCES;
use terraform_provider_twilio::twilio::{Clock as _, SystemClock};
use xtask::samples::{Before, Block, Sample as Files, Samples, Scope};

use crate::shapes::WINDOW;
use crate::tables::TABLES;
use crate::terraform::{Terraform, shown, value};
use crate::twilio::Twilio;

/// Where samples are.
const FOLDERS: [&str; 2] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/examples/resources"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables/samples"),
];

static FILES: LazyLock<Samples> = LazyLock::new(|| {
    let samples = Samples::read(&FOLDERS.map(Path::new));
    samples.unwrap_or_else(|error| panic!("{error:#}"))
});

static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| resources().map(Sample::of).collect());

/// Attributes that keep an object from going. A page may advise to set them; at the end of a test everything goes.
pub const KEEPING: &[&str] = &["on_destroy", "deletion_protection"];

/// A resource with something to configure.
pub struct Sample {
    /// Its type.
    pub type_name: &'static str,
    /// An attribute that the change changes, under the name that Twilio has for it too.
    pub witness: &'static str,
    /// What is so after a destroy.
    pub end: End,
    /// Whether Twilio has a second one that is the same in everything.
    pub has_twins: bool,
    /// The files.
    pub files: &'static Files,
    resource: &'static Managed,
}

/// What is so after a destroy.
#[derive(Clone, PartialEq, Eq)]
pub enum End {
    /// The object is gone, or closed as an account is.
    Gone,
    /// The object is always there, or somebody else's: the witness is empty again, or is what takes it off.
    Cleared(Json),
    /// The object is always there: the witness has this default again.
    Reset(Json),
    /// The object stays as it is.
    Forgotten,
}

/// The configurations of a sample, with what they depend on made.
pub struct Prepared {
    /// The first.
    pub config: Json,
    /// With the change. In place, unless Twilio offers no update.
    pub changed: Json,
    /// With something taken out, where something can be.
    pub removed: Option<Json>,
    /// Something else in the same collection. `None` where what it depends on is that.
    pub neighbour: Option<Json>,
}

/// What is offered, and the test tables.
pub fn resources() -> impl Iterator<Item = &'static Managed> {
    RESOURCES.iter().chain(TABLES)
}

/// The samples of both.
pub fn samples() -> impl Iterator<Item = &'static Sample> {
    SAMPLES.iter()
}

/// The sample of a resource.
///
/// # Panics
/// When there is none: a resource without one is not proven.
pub fn sample_of(type_name: &str) -> &'static Sample {
    let mut samples = samples();
    let found = samples.find(|sample| sample.type_name == type_name);
    found.unwrap_or_else(|| panic!("{type_name} is not offered"))
}

impl Sample {
    fn of(resource: &'static Managed) -> Self {
        let object = &resource.object;
        let files = FILES.of(object.name).unwrap_or_else(|| {
            panic!(
                "{} has no sample: write examples/resources/{0}/resource.tf and changed.tf",
                object.name
            )
        });
        let witness = files.witness();
        assert!(
            object.field(witness).is_some() || secret_of(resource, witness).is_some(),
            "{}: the witness {witness:?} is no attribute; sample.hcl names it, or it is the first one in changed.tf",
            object.name
        );
        let can_have_twins = object.is_named_by_twilio() && !object.key_is_unique;
        Self {
            type_name: object.name,
            witness,
            end: End::of(resource, witness),
            has_twins: files.special.twins.unwrap_or(can_have_twins),
            files,
            resource,
        }
    }

    /// The witness as Twilio calls it.
    pub fn witness_there(&self) -> Cow<'static, str> {
        let object = &self.resource().object;
        let field = object.field(self.witness);
        field.map_or(Cow::Borrowed(self.witness), |field| field.read_path(object.spelling))
    }

    /// Whether the witness is given write-only, so that neither the state nor Twilio shows it.
    pub fn is_hidden(&self) -> bool {
        secret_of(self.resource(), self.witness).is_some()
    }

    /// Its table.
    pub fn resource(&self) -> &'static Managed {
        self.resource
    }

    /// The method that changes the object.
    pub fn update_method(&self) -> &'static str {
        match self.resource().lifecycle.update() {
            UpdateStyle::Put => "PUT",
            UpdateStyle::Patch | UpdateStyle::Merge => "PATCH",
            UpdateStyle::Post | UpdateStyle::Whole | UpdateStyle::Never => "POST",
        }
    }

    /// The method that ends the object: where the API offers no DELETE of what the table describes, an update.
    pub fn delete_method(&self) -> &'static str {
        match (self.resource().lifecycle.destroy(), self.resource().object.account) {
            // An account is closed.
            (Destroy::Hook, AccountRule::Owned) | (Destroy::Archive(_), _) => "POST",
            (Destroy::Reset, _) => self.update_method(),
            _ => "DELETE",
        }
    }

    /// Whether there is a create that makes something: neither is it there before, nor is what is there written over.
    pub fn is_made(&self) -> bool {
        self.resource().lifecycle.begin() == Begin::Made
    }

    /// Whether Twilio says when it was made, or there is nothing to make.
    pub fn shows_its_age(&self) -> bool {
        let mut fields = self.resource().object.fields.iter();
        !self.is_made() || fields.any(|field| field.name == "date_created")
    }

    /// Whether the response to its create has what no other response has.
    pub fn has_a_secret(&self) -> bool {
        let mut fields = self.resource().object.fields.iter();
        fields.any(|field| field.role == Role::SecretOnce)
    }

    /// The first configuration and the changed one, where they depend on nothing.
    pub fn alone(&self) -> Option<[Json; 2]> {
        let files = self.files;
        let blocks = [files.first(), &files.changed()];
        let evaluated = blocks.map(|block| {
            let needs_nothing = block.references().is_ok_and(|references| references.is_empty());
            needs_nothing.then(|| block.evaluate(&Scope::default(), &files.folder).ok())?
        });
        match evaluated {
            [Some(first), Some(changed)] => Some([going(first), going(changed)]),
            _ => None,
        }
    }

    /// Makes what it depends on, and lets it grow older than Twilio's faults mean by new.
    pub async fn prepare(&self, twilio: &Twilio) -> Prepared {
        if !self.resource().waits.is_empty() {
            // Or it would happen between two reads of a case; `waits.rs` is about that.
            twilio.nothing_moves().await;
        }
        if self.resource().incomplete == Incomplete::MadeAnew {
            // It waits for its parts, and the log has as many requests each time.
            twilio.all_moves_soon().await;
        }
        let files = self.files;
        let (changed, removed, another) = (files.changed(), files.removed(), files.another());
        let blocks = [Some(files.first()), Some(&changed), removed.as_ref(), another.as_ref()];
        let blocks: Vec<_> = blocks.into_iter().flatten().collect();
        let scope = Making::of(twilio, files).before(&blocks).await;
        let config_of = |block: &Block| {
            let config = block.evaluate(&scope, &files.folder);
            let mut config =
                going(config.unwrap_or_else(|error| panic!("the sample of {}: {error:#}", self.type_name)));
            for wait in self.resource().waits {
                let field = self.resource().object.field(wait.argument);
                if field.is_some_and(|field| field.removed() == Removed::Default(Literal::Bool(true))) {
                    config[wait.argument] = json!(false);
                }
            }
            config
        };
        let config = config_of(files.first());
        let changed = config_of(&changed);
        let neighbour = match &another {
            Some(another) => Some(config_of(another)),
            None if self.resource().lifecycle.is_there_before() => None,
            None => Some(self.renamed(&config).unwrap_or_else(|| changed.clone())),
        };
        Prepared {
            removed: removed.as_ref().map(config_of),
            config,
            changed,
            neighbour,
        }
    }

    /// The same under another name.
    fn renamed(&self, config: &Json) -> Option<Json> {
        let mut names = self.resource().object.natural_key.iter();
        let name = names.find(|name| config[**name].is_string())?;
        let mut config = config.clone();
        config[*name] = json!("Neighbour");
        Some(config)
    }
}

/// The secret of a table that this attribute takes write-only.
fn secret_of(resource: &'static Managed, name: &str) -> Option<&'static Field> {
    let plain = name.strip_suffix("_wo")?;
    resource.object.field(plain).filter(|field| field.may_be_write_only)
}

/// A configuration of what goes when it is destroyed.
fn going(mut config: Json) -> Json {
    for name in KEEPING {
        config.as_object_mut().map(|fields| fields.remove(*name));
    }
    config
}

impl End {
    fn of(resource: &Managed, witness: &str) -> Self {
        let removed = resource.object.field(witness).map(|field| field.removed());
        match (resource.lifecycle.destroy(), removed) {
            (Destroy::Reset, Some(Removed::Default(literal))) => Self::Reset(as_json(literal)),
            (Destroy::Reset, Some(Removed::Clear(Some(literal)))) => Self::Cleared(as_json(literal)),
            (Destroy::Reset, _) => Self::Cleared(Json::Null),
            (Destroy::Forget, _) => Self::Forgotten,
            (Destroy::Hook, _) if resource.lifecycle.is_there_before() => Self::Cleared(Json::Null),
            (Destroy::Delete | Destroy::DeleteLater | Destroy::Archive(_) | Destroy::Hook, _) => Self::Gone,
        }
    }
}

fn as_json(literal: Literal) -> Json {
    match literal {
        Literal::Text(text) => json!(text),
        Literal::Bool(truth) => json!(truth),
        Literal::Int(number) => json!(number),
        Literal::EmptyObject => json!({}),
        Literal::EmptyList => json!([]),
    }
}

/// What a sample depends on, while it is made.
struct Making<'a> {
    twilio: &'a Twilio,
    files: &'static Files,
    scope: Scope,
    /// The variables of each sample that is needed.
    variables: BTreeMap<&'static str, BTreeMap<String, Json>>,
    made: bool,
}

impl<'a> Making<'a> {
    fn of(twilio: &'a Twilio, files: &'static Files) -> Self {
        Self {
            twilio,
            files,
            scope: Scope::default(),
            variables: BTreeMap::new(),
            made: false,
        }
    }

    /// Everything that these blocks refer to.
    async fn before(mut self, blocks: &[&Block]) -> Scope {
        let order = FILES.before(self.files, blocks);
        let terraform = Terraform::patient(self.twilio, 0).await;
        for (owner, block) in order.unwrap_or_else(|error| panic!("{error:#}")) {
            self.variables_of(owner).await;
            let config = block.evaluate(&self.scope, &owner.folder);
            let config = config.unwrap_or_else(|error| panic!("the sample of {}: {error:#}", owner.type_name));
            let type_name = &block.address.type_name;
            let object = match block.address.is_data {
                true => terraform.read_data(type_name, &config).await,
                false => {
                    self.made = true;
                    let made = terraform.change(type_name, None, &value(type_name, &config)).await;
                    let made = made.and_then(|made| made.succeeded("the create"));
                    made.map(|state| shown(type_name, &state.value))
                }
            };
            let object = object.unwrap_or_else(|finding| panic!("{}: {finding}", block.address));
            self.scope.objects.insert(block.address.clone(), object);
        }
        self.variables_of(self.files).await;
        if self.made {
            // Somebody else made these, a while ago: the provider has no reason to wait for them.
            SystemClock::new().sleep(Duration::from_millis(WINDOW + 1)).await;
        }
        self.scope
    }

    /// Puts the variables of a sample in scope, and makes in Twilio what they are about.
    async fn variables_of(&mut self, owner: &'static Files) {
        if !self.variables.contains_key(&*owner.type_name) {
            let account = json!(self.twilio.handle.account_sid);
            let mut variables = BTreeMap::from([("account_sid".to_owned(), account)]);
            for before in &owner.special.before {
                self.made = true;
                let sid = make(self.twilio, before, &variables).await;
                variables.insert(before.name.clone(), sid);
            }
            self.variables.insert(&owner.type_name, variables);
        }
        self.scope.variables.clone_from(&self.variables[&*owner.type_name]);
    }
}

/// Makes something that no resource makes. Returns what it goes by.
async fn make(twilio: &Twilio, before: &Before, variables: &BTreeMap<String, Json>) -> Json {
    let path = before.path(variables);
    let form: Vec<_> = before.form.iter().map(|(name, value)| (&**name, &**value)).collect();
    let made = match before.put_there {
        true => twilio.put_there(&before.host, &path, &form).await,
        false => twilio.make(&before.host, &path, &form).await,
    };
    let key = made["sid"].as_str().or(made["id"].as_str());
    json!(key.unwrap_or_else(|| panic!("{} goes by nothing: {made}", before.name)))
}

/// What says that it has no twins is refused a second time.
#[tokio::test(flavor = "multi_thread")]
async fn twilio_refuses_the_twins_that_a_sample_says_it_refuses() {
    let without = |sample: &&Sample| sample.files.special.twins == Some(false);
    let mut refused = 0;
    for sample in samples().filter(without) {
        let twilio = Twilio::start(0).await;
        let terraform = Terraform::start(&twilio, 0).await;
        let config = value(sample.type_name, &sample.prepare(&twilio).await.config);
        let first = terraform.change(sample.type_name, None, &config).await;
        first
            .and_then(|made| made.succeeded("the first"))
            .unwrap_or_else(|finding| panic!("{}: {finding}", sample.type_name));
        let second = terraform.change(sample.type_name, None, &config).await;
        // A part that is refused once the object is there is a warning.
        let refusals = second.map_or(0, |second| second.diagnostics.len());
        assert_eq!(
            refusals, 1,
            "{}: a second one is made beside the first",
            sample.type_name
        );
        refused += 1;
    }
    assert!(refused >= 2, "{refused}");
}

#[test]
fn every_sample_is_of_a_resource() {
    let without: Vec<_> = FILES
        .iter()
        .map(|files| &*files.type_name)
        .filter(|name| !resources().any(|resource| resource.object.name == *name))
        .collect();
    assert!(without.is_empty(), "samples of what is not offered: {without:?}");
    assert_eq!(samples().count(), resources().count());
}
