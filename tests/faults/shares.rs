//! Which cases of the matrix a run plays: of each operation all for one table of each form, a share of the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use terraform_provider_twilio::engine::facts::{Key, Managed, Read, Role, UpdateStyle};

use crate::operations::{Case, Operation};
use crate::samples::{Sample, samples};

/// Plays only cases whose name contains this, as `twilio_api_key/create/reset_after/once` or a part of it, and all of these.
pub const ONLY: &str = "FAULTS_ONLY";

/// Plays only tables of this product, by the name of its folder; `test_tables` for those.
const PRODUCT: &str = "FAULTS_PRODUCT";

/// Plays every case when it is set.
const ALL: &str = "FAULTS_ALL";

/// The number from which the share follows.
pub const SEED: &str = "FAULTS_SEED";

/// Of a hundred cases of a table whose form another one stands for, so many are played.
const SHARE: u64 = 5;

/// What is to be played.
pub struct Choice {
    only: String,
    product: String,
    all: bool,
    /// The number from which the share follows.
    pub seed: u64,
    /// The table that stands for those of its form, by the form.
    standing: BTreeMap<String, &'static str>,
}

impl Choice {
    /// As the environment has it.
    ///
    /// # Panics
    /// When the seed is no number.
    pub fn of_environment() -> Self {
        let text = |name: &str| env::var(name).unwrap_or_default();
        let seed = match text(SEED) {
            empty if empty.is_empty() => fastrand::u64(..1_000_000),
            text => text.parse().unwrap_or_else(|_| panic!("{SEED} is no number: {text}")),
        };
        let mut standing = BTreeMap::new();
        for sample in samples() {
            for operation in Operation::all(sample) {
                let form = form(sample.resource(), operation);
                standing.entry(form).or_insert(sample.type_name);
            }
        }
        Self {
            only: text(ONLY),
            product: text(PRODUCT),
            all: !text(ALL).is_empty(),
            seed,
            standing,
        }
    }

    /// The samples of which cases are played.
    pub fn samples(&self) -> Vec<&'static Sample> {
        let named = self.only.split('/').next().unwrap_or_default();
        samples()
            .filter(|sample| self.product.is_empty() || product(sample.resource()) == self.product)
            .filter(|sample| !self.only.contains('/') || sample.type_name.ends_with(named))
            .collect()
    }

    /// Whether the table of a case stands for those of its form.
    pub fn stands(&self, case: &Case) -> bool {
        self.standing.get(&form(case.sample.resource(), case.operation)) == Some(&case.sample.type_name)
    }

    /// Whether a case is played.
    pub fn plays(&self, case: &Case) -> bool {
        let name = case.to_string();
        if !self.only.is_empty() {
            return name.contains(&self.only);
        }
        self.all || self.stands(case) || self.is_in_share(&name)
    }

    fn is_in_share(&self, name: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        (self.seed, name).hash(&mut hasher);
        hasher.finish() % 100 < SHARE
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tables = samples().count();
        let forms = self.standing.len();
        match (self.only.is_empty(), self.all) {
            (false, _) => write!(f, "cases with {:?} in their names", self.only)?,
            (true, true) => write!(f, "all cases of {tables} tables")?,
            (true, false) => write!(
                f,
                "all cases of {forms} forms of operations on {tables} tables, and {SHARE} of 100 of the others ({SEED}={})",
                self.seed
            )?,
        }
        match self.product.is_empty() {
            true => Ok(()),
            false => write!(f, ", of {} alone", self.product),
        }
    }
}

/// The product of a table, by the name of its folder.
pub fn product(resource: &Managed) -> &'static str {
    match resource.object.name.starts_with("twilio_test_") {
        true => "test_tables",
        false => resource.object.category.folder(),
    }
}

/// What of a table decides which requests an operation sends and what is made of the responses. Tables of one form differ in
/// names alone. How an object is destroyed, say, is nothing to a read of it.
pub fn form(resource: &Managed, operation: Operation) -> String {
    match operation {
        Operation::Create => format!("create: {}", of_create(resource)),
        Operation::CreateBesideTwin(_) => format!("create beside a twin: {}", of_create(resource)),
        Operation::Read => format!("read: {}", of_read(resource)),
        Operation::Update => format!("update: {}", of_update(resource)),
        Operation::Delete => format!("delete: {}", of_delete(resource)),
    }
}

/// Where an object is found.
fn of_place(resource: &Managed) -> String {
    let object = &resource.object;
    let key = match object.key {
        Key::Sid(_) => "sid",
        Key::Borrowed(..) => "borrowed",
        Key::Field(_) if object.is_named_by_twilio() => "given",
        Key::Field(_) => "field",
        Key::None => "none",
    };
    let read = match object.place.read {
        Read::Instance => "instance",
        Read::Elsewhere { within: None, .. } => "elsewhere",
        Read::Elsewhere { within: Some(_), .. } => "within",
        Read::Member(_) => "member",
        Read::Among { .. } => "among",
        Read::Nowhere => "nowhere",
    };
    let older = object.place.older.map_or("", |_| "older");
    format!("{:?} {key} {read} {older}", object.account)
}

/// What becomes of a response.
fn of_response(resource: &Managed) -> String {
    let object = &resource.object;
    said(&[
        ("normalised", object.fields.iter().any(|field| field.normalised)),
        ("members", !object.members.is_empty()),
        ("content", object.content.is_some()),
        ("after_read", object.read.after_read.is_some()),
    ])
}

/// What every write of the configuration has.
fn of_write(resource: &Managed) -> String {
    let writing = &resource.write;
    let facts = said(&[
        ("upload", resource.upload.is_some()),
        ("bulk", resource.bulk.is_some()),
        ("waits", !resource.waits.is_empty()),
        ("after_write", writing.after_write.is_some()),
        ("same_as_returned", writing.same_as_returned.is_some()),
    ]);
    let body = resource.lifecycle.body();
    format!("{body:?} {facts} {}", of_response(resource))
}

fn of_create(resource: &Managed) -> String {
    let (object, writing) = (&resource.object, &resource.write);
    let has_role = |wanted: fn(Role) -> bool| object.fields.iter().any(|field| wanted(field.role));
    let facts = said(&[
        ("named", !object.natural_key.is_empty()),
        ("dated", object.fields.iter().any(|field| field.name == "date_created")),
        ("later", has_role(|role| matches!(role, Role::Later(_)))),
        ("secret", has_role(|role| role == Role::SecretOnce)),
        ("create", writing.create.is_some()),
        ("could_be", writing.could_be.is_some()),
    ]);
    let (begin, place) = (resource.lifecycle.begin(), of_place(resource));
    format!("{begin:?} {place} {facts} {}", of_write(resource))
}

fn of_read(resource: &Managed) -> String {
    let waits = said(&[("waits", !resource.waits.is_empty())]);
    format!("{} {} {waits}", of_place(resource), of_response(resource))
}

fn of_update(resource: &Managed) -> String {
    match resource.lifecycle.update() {
        // Another object takes its place.
        UpdateStyle::Never => format!("{} {}", of_create(resource), of_delete(resource)),
        update => format!("{update:?} {} {}", of_place(resource), of_write(resource)),
    }
}

fn of_delete(resource: &Managed) -> String {
    let writing = &resource.write;
    let facts = said(&[
        ("waits", !resource.waits.is_empty()),
        ("members", !resource.object.members.is_empty()),
        ("may_go", writing.may_go.is_some()),
        ("before_delete", writing.before_delete.is_some()),
        ("delete", writing.delete.is_some()),
    ]);
    let destroy = format!("{:?}", resource.lifecycle.destroy());
    // Where to is a name.
    let destroy = destroy.split('(').next().unwrap_or_default().to_owned();
    format!("{destroy} {} {facts}", of_place(resource))
}

/// The names of what is so.
fn said(facts: &[(&str, bool)]) -> String {
    let so = facts.iter().filter(|(_, is_so)| *is_so);
    so.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

#[test]
fn tables_that_differ_in_what_is_sent_are_of_different_forms() {
    let form_of = |name: &str| form(crate::samples::sample_of(name).resource(), Operation::Update);
    // A PUT of JSON, a POST of a form, a set of members, settings.
    let all: BTreeSet<_> = [
        "twilio_test_content_template",
        "twilio_test_workspace",
        "twilio_test_pooled_service",
        "twilio_trunk_recording",
        "twilio_phone_number",
    ]
    .map(form_of)
    .into();
    assert_eq!(all.len(), 5, "{all:#?}");
    assert_eq!(form_of("twilio_test_workspace"), form_of("twilio_test_workspace"));
    // A table that stands for how others are made need not stand for how they go.
    let choice = Choice::of_environment();
    let standing: BTreeSet<_> = choice.standing.values().collect();
    assert!(
        choice.standing.len() > standing.len() && choice.standing.len() > 4 * all.len(),
        "{} forms, {} tables",
        choice.standing.len(),
        standing.len()
    );
}
