//! What of a table decides which requests an operation sends and what is made of the responses, and the cases that show it all.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use terraform_provider_twilio::engine::facts::{Key, Managed, Read, Role, UpdateStyle};

use crate::operations::{Case, Operation};
use crate::samples::samples;
use crate::shapes::Spread;

/// A fact about an operation on a table, as a name. How an object is destroyed, say, is nothing to a read of it.
type Fact = String;

/// The cases that stand for all others, by their place in a list: in them each fact about an operation meets every fault, and every kind
/// of fault in every spread, and whichever two facts meet in some table meet in every kind of fault. What shows only where more than
/// that meet is found by the share of the others, and by `--all`.
///
/// Taking all cases of the tables in which any two facts meet is three times as much to play, and what is more in it are facts that meet
/// a fault again and again.
pub fn cover(cases: &[Case], seed: u64) -> BTreeSet<usize> {
    let mut random = fastrand::Rng::with_seed(seed);
    let tables = Tables::of(cases, &mut random);
    let mut met = Met::default();
    let order = in_order(cases, &tables, &mut random).into_iter();
    order.filter(|at| met.is_first(&tables, &cases[*at])).collect()
}

/// What has met, by operation and fault or kind of fault.
#[derive(Default)]
struct Met(BTreeMap<(&'static str, &'static str), Vec<bool>>);

impl Met {
    /// Whether a case shows what none before it has shown: each of its facts in its fault, and in its kind of fault with its spread and
    /// with each other of its facts.
    fn is_first(&mut self, tables: &Tables, case: &Case) -> bool {
        let count = tables.numbers.len();
        let facts = &tables.of_case(case).facts;
        let spread = tables.numbers[case.spread.kind()];
        let alone = facts.iter().map(|fact| fact * count);
        let in_spread = facts.iter().map(|fact| fact * count + spread);
        let of_two = two_of(facts).map(|[fact, other]| fact * count + other);
        let is_first = self.meet(case, case.shape.name, alone, count);
        self.meet(case, case.shape.kind(), in_spread.chain(of_two), count) || is_first
    }

    fn meet(&mut self, case: &Case, fault: &'static str, places: impl Iterator<Item = usize>, count: usize) -> bool {
        let met = self.0.entry((case.operation.name(), fault));
        let met = met.or_insert_with(|| vec![false; count * count]);
        // All of them, whatever the first is.
        places.fold(false, |is_first, at| is_first | !std::mem::replace(&mut met[at], true))
    }
}

/// Of each operation the tables first in which most facts meet that meet in none before; of a table first what happens once to the
/// request that does the work, then the rest as it comes.
fn in_order(cases: &[Case], tables: &Tables, random: &mut fastrand::Rng) -> Vec<usize> {
    let mut order: Vec<_> = cases
        .iter()
        .enumerate()
        .map(|(at, case)| {
            (
                tables.of_case(case).rank,
                case.spread != Spread::Once,
                random.u64(..),
                at,
            )
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(.., at)| at).collect()
}

/// The tables of each operation, and a number for each fact and spread: their names would be compared millions of times.
#[derive(Default)]
struct Tables {
    tables: BTreeMap<(&'static str, &'static str), Table>,
    numbers: BTreeMap<String, usize>,
}

struct Table {
    facts: Vec<usize>,
    /// Which comes first.
    rank: usize,
}

impl Tables {
    fn of(cases: &[Case], random: &mut fastrand::Rng) -> Self {
        let mut all = Self::default();
        let mut operations = BTreeMap::<_, BTreeMap<_, _>>::new();
        for case in cases {
            all.number(case.spread.kind());
            let tables = operations.entry(case.operation.name()).or_default();
            tables.entry(case.sample.type_name).or_insert_with(|| {
                let facts = facts(case.sample.resource(), case.operation);
                facts.iter().map(|fact| all.number(fact)).collect()
            });
        }
        for (operation, tables) in operations {
            let mut tables = Vec::from_iter(tables);
            // Of several with as many any may come first.
            random.shuffle(&mut tables);
            let mut met = HashSet::new();
            while let Some(at) = most(&tables, &met) {
                let (type_name, facts) = tables.swap_remove(at);
                met.extend(two_of(&facts));
                let rank = all.tables.len();
                all.tables.insert((operation, type_name), Table { facts, rank });
            }
        }
        all
    }

    fn number(&mut self, name: &str) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(name.to_owned()).or_insert(next)
    }

    fn of_case(&self, case: &Case) -> &Table {
        &self.tables[&(case.operation.name(), case.sample.type_name)]
    }
}

/// The table in which most facts meet that have not met.
fn most(tables: &[(&'static str, Vec<usize>)], met: &HashSet<[usize; 2]>) -> Option<usize> {
    let new = |at: &usize| two_of(&tables[*at].1).filter(|two| !met.contains(two)).count();
    (0..tables.len()).max_by_key(new)
}

/// All two of them.
fn two_of(facts: &[usize]) -> impl Iterator<Item = [usize; 2]> {
    let with_those_after = |(at, fact): (usize, &usize)| {
        let fact = *fact;
        facts[at + 1..].iter().map(move |other| [fact, *other])
    };
    facts.iter().enumerate().flat_map(with_those_after)
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
fn whatever_meets_in_any_case_meets_in_one_that_stands_for_others() {
    // What each really takes is found by playing.
    const REQUESTS: usize = 5;
    let cases: Vec<_> = samples()
        .flat_map(|sample| Operation::all(sample).map(move |operation| (sample, operation)))
        .flat_map(|(sample, operation)| Case::all(sample, operation, REQUESTS))
        .collect();
    let tables = Tables::of(&cases, &mut fastrand::Rng::with_seed(1));
    let standing = cover(&cases, 1);
    let mut met = Met::default();
    for at in &standing {
        met.is_first(&tables, &cases[*at]);
    }
    let missed = cases.iter().find(|case| met.is_first(&tables, case));
    assert!(missed.is_none(), "{}", missed.expect("one"));
    assert!(
        (2_000..cases.len() / 8).contains(&standing.len()),
        "{} of {}",
        standing.len(),
        cases.len()
    );
    assert!(standing != cover(&cases, 2), "it is always the same of several");
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
