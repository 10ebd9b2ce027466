//! What of a table decides which requests an operation sends and what is made of the responses, and the tables that have it all.

use std::collections::{BTreeMap, BTreeSet};

use terraform_provider_twilio::engine::facts::{Key, Managed, Read, Role, UpdateStyle};

use crate::operations::Operation;
use crate::samples::{Sample, samples};

/// A fact about an operation on a table, as a name. How an object is destroyed, say, is nothing to a read of it.
type Fact = String;

/// Facts that meet, two by two.
type Pairs = BTreeSet<(Fact, Fact)>;

/// The tables that stand for all others, by operation: whichever two facts meet in some table meet in one of these. A fault that
/// shows only where three meet is found by the share of the others, and by `--all`.
///
/// Tables with few facts in common are many, and their facts are few: taking one table for each set of facts that occurs is three
/// times as much to play.
pub struct Representatives(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Representatives {
    /// Of all samples. The table that has the most pairs which no other has yet is taken, until there are none left.
    pub fn of_samples() -> Self {
        let mut open = BTreeMap::<_, Vec<(&Sample, Pairs)>>::new();
        for sample in samples() {
            for operation in Operation::all(sample) {
                let all = open.entry(operation.name()).or_default();
                all.push((sample, pairs(&facts(sample.resource(), operation))));
            }
        }
        let standing = open.into_iter().map(|(operation, tables)| (operation, cover(tables)));
        Self(standing.collect())
    }

    /// Whether a table stands for others in an operation.
    pub fn has(&self, sample: &Sample, operation: Operation) -> bool {
        let tables = self.0.get(operation.name());
        tables.is_some_and(|tables| tables.contains(sample.type_name))
    }

    /// How many tables stand for others, counted in each operation.
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeSet::len).sum()
    }
}

fn cover(mut tables: Vec<(&'static Sample, Pairs)>) -> BTreeSet<&'static str> {
    let mut taken = BTreeSet::new();
    loop {
        // The first of several with as many.
        let best = tables.iter().rev().max_by_key(|(_, pairs)| pairs.len());
        let Some((sample, covered)) = best.filter(|(_, pairs)| !pairs.is_empty()).cloned() else {
            return taken;
        };
        taken.insert(sample.type_name);
        for (_, pairs) in &mut tables {
            pairs.retain(|pair| !covered.contains(pair));
        }
    }
}

/// All two of them, and each with itself.
fn pairs(facts: &[Fact]) -> Pairs {
    let with_those_after = |(at, fact): (usize, &Fact)| -> Vec<_> {
        facts[at..].iter().map(|other| (fact.clone(), other.clone())).collect()
    };
    facts.iter().enumerate().flat_map(with_those_after).collect()
}

/// What decides.
fn facts(resource: &Managed, operation: Operation) -> Vec<Fact> {
    match operation {
        Operation::Create | Operation::CreateBesideTwin(_) => of_create(resource),
        Operation::Read => of_read(resource),
        Operation::Update => of_update(resource),
        Operation::Delete => of_delete(resource),
    }
}

/// Where an object is found.
fn of_place(resource: &Managed) -> [Fact; 1] {
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
    // These hang together: which of them there are with which is one fact.
    [format!("{:?} {key} {read} {older}", object.account)]
}

/// What becomes of a response.
fn of_response(resource: &Managed) -> Vec<Fact> {
    let object = &resource.object;
    said(&[
        ("normalised", object.fields.iter().any(|field| field.normalised)),
        ("members", !object.members.is_empty()),
        ("content", object.content.is_some()),
        ("after_read", object.read.after_read.is_some()),
    ])
}

/// What every write of the configuration has.
fn of_write(resource: &Managed) -> Vec<Fact> {
    let writing = &resource.write;
    let facts = said(&[
        ("upload", resource.upload.is_some()),
        ("bulk", resource.bulk.is_some()),
        ("waits", !resource.waits.is_empty()),
        ("after_write", writing.after_write.is_some()),
        ("same_as_returned", writing.same_as_returned.is_some()),
    ]);
    let body = format!("{:?}", resource.lifecycle.body());
    [vec![body], facts, of_response(resource)].concat()
}

fn of_create(resource: &Managed) -> Vec<Fact> {
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
    let begin = format!("{:?}", resource.lifecycle.begin());
    [vec![begin], of_place(resource).into(), facts, of_write(resource)].concat()
}

fn of_read(resource: &Managed) -> Vec<Fact> {
    let waits = said(&[("waits", !resource.waits.is_empty())]);
    [of_place(resource).into(), of_response(resource), waits].concat()
}

fn of_update(resource: &Managed) -> Vec<Fact> {
    match resource.lifecycle.update() {
        // Another object takes its place.
        UpdateStyle::Never => {
            let old = of_delete(resource).into_iter().map(|fact| format!("old: {fact}"));
            of_create(resource).into_iter().chain(old).collect()
        }
        update => [
            vec![format!("{update:?}")],
            of_place(resource).into(),
            of_write(resource),
        ]
        .concat(),
    }
}

fn of_delete(resource: &Managed) -> Vec<Fact> {
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
    [vec![destroy], of_place(resource).into(), facts].concat()
}

/// What is so and what is not, each by name.
fn said(facts: &[(&str, bool)]) -> Vec<Fact> {
    let said = |(name, is_so): &(&str, bool)| match is_so {
        true => (*name).to_owned(),
        false => format!("not {name}"),
    };
    facts.iter().map(said).collect()
}

#[test]
fn whatever_two_facts_meet_in_a_table_meet_in_one_that_stands_for_others() {
    let standing = Representatives::of_samples();
    let mut all = BTreeMap::<_, BTreeSet<_>>::new();
    let mut played = BTreeMap::<_, BTreeSet<_>>::new();
    let mut count = 0;
    for sample in samples() {
        for operation in Operation::all(sample) {
            let pairs = pairs(&facts(sample.resource(), operation));
            if standing.has(sample, operation) {
                played.entry(operation.name()).or_default().extend(pairs.clone());
            }
            all.entry(operation.name()).or_default().extend(pairs);
            count += 1;
        }
    }
    assert_eq!(played, all);
    // Each fact is met with each other that it is found with: a create has more than a read.
    assert!(
        all["create"].len() > all["read"].len() && all["read"].len() > 50,
        "{all:#?}"
    );
    assert!(
        standing.len() * 2 < count,
        "{} of {count} are played in full",
        standing.len()
    );
}

#[test]
fn tables_that_differ_in_what_is_sent_differ_in_their_facts() {
    let facts_of = |name: &str| facts(crate::samples::sample_of(name).resource(), Operation::Update);
    // A PUT of JSON, a POST of a form, a set of members, settings.
    let all: BTreeSet<_> = [
        "twilio_test_content_template",
        "twilio_test_workspace",
        "twilio_test_pooled_service",
        "twilio_trunk_recording",
        "twilio_phone_number",
    ]
    .map(facts_of)
    .into();
    assert_eq!(all.len(), 5, "{all:#?}");
    assert_eq!(facts_of("twilio_test_workspace"), facts_of("twilio_test_workspace"));
}
