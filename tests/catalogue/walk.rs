//! All attributes of a table, at every depth, and what comes of a rule.

use std::cell::Cell;
use std::collections::BTreeSet;

use terraform_provider_twilio::engine::facts::{Action, Deviation, Field, Kind, Managed, Norm};
use terraform_provider_twilio::engine::serve::data_source::DataSource;
use terraform_provider_twilio::provider::offered::{ACTIONS, DATA_SOURCES, RESOURCES};

/// An attribute, and where it stands.
#[derive(Clone)]
pub struct Located {
    /// Terraform's name of the table.
    pub table: &'static str,
    /// Dotted path within the table.
    pub path: String,
    /// The attribute.
    pub attribute: &'static Field,
}

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Terraform's name of the table.
    pub table: String,
    /// The attribute or parameter at fault; empty for the table itself.
    pub name: String,
    /// What is wrong, as half a sentence.
    pub what: String,
}

/// A break of a rule that is right, with the reason: table, name, why. It stands in the table: [`deviations`].
pub type Exception = (&'static str, &'static str, &'static str);

/// What the tables themselves say of a rule that they break.
pub fn deviations(from: Norm) -> Vec<Exception> {
    let of_tables = tables().map(|table| (table.object.name, table.object.deviations));
    exceptions(of_tables, from)
}

/// The same of the data sources that have tables of their own.
pub fn deviations_of_data_sources(from: Norm) -> Vec<Exception> {
    exceptions(
        DATA_SOURCES.iter().map(|table| (table.name, table.place.deviations)),
        from,
    )
}

fn exceptions(tables: impl Iterator<Item = (&'static str, &'static [Deviation])>, from: Norm) -> Vec<Exception> {
    let named = tables.flat_map(|(table, deviations)| deviations.iter().map(move |deviation| (table, deviation)));
    let meant = named.filter(|(_, deviation)| deviation.from == from);
    meant
        .map(|(table, deviation)| (table, deviation.name, deviation.reason))
        .collect()
}

impl Complaint {
    /// About one attribute or parameter.
    pub fn new(table: &str, name: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            table: table.to_owned(),
            name: name.into(),
            what: what.into(),
        }
    }
}

impl Located {
    /// A complaint about this attribute.
    pub fn complaint(&self, what: impl Into<String>) -> Complaint {
        Complaint::new(self.table, &self.path, what)
    }
}

thread_local! {
    /// Each test has a thread of its own.
    static COMPARED: Cell<usize> = const { Cell::new(0) };
}

/// Notes that something of a table met its counterpart. Where a table says something of which the contract has nothing, nothing
/// was compared, and nothing proven.
pub fn compared() {
    COMPARED.set(COMPARED.get() + 1);
}

/// What this test compared is no less than it was when this was written.
#[track_caller]
pub fn compared_at_least(fewest: usize, what: &str) {
    let compared = COMPARED.get();
    assert!(compared >= fewest, "only {compared} {what} were compared");
}

/// What is offered, and the test tables.
pub fn tables() -> impl Iterator<Item = &'static Managed> {
    RESOURCES.iter().chain(crate::tables::TABLES)
}

/// Every attribute of everything offered, and every filter of a list.
pub fn everything() -> Vec<Located> {
    let resources = tables().flat_map(of_resource);
    let data_sources = DATA_SOURCES.iter().flat_map(of_data_source);
    let filters = tables().flat_map(filters_of);
    let actions = ACTIONS.iter().flat_map(of_action);
    resources.chain(data_sources).chain(filters).chain(actions).collect()
}

/// The filters of the list of a resource's objects: arguments of the data source of several.
pub fn filters_of(resource: &Managed) -> Vec<Located> {
    let name = resource
        .object
        .plural
        .map_or(resource.object.name, |plural| plural.name);
    let filters = resource.object.list.filters.iter();
    filters
        .map(|filter| Located {
            table: name,
            path: filter.field.name.to_owned(),
            attribute: &filter.field,
        })
        .collect()
}

/// The names of all data sources that are offered: those with tables of their own, and those that follow from a resource.
pub fn data_sources() -> BTreeSet<&'static str> {
    let followed = RESOURCES.iter().flat_map(|table| {
        let plural = table.object.plural.map(|plural| plural.name);
        [Some(table.object.name), plural].into_iter().flatten()
    });
    DATA_SOURCES.iter().map(|table| table.name).chain(followed).collect()
}

/// Every attribute of a resource.
pub fn of_resource(resource: &Managed) -> Vec<Located> {
    below(resource.object.name, "", resource.object.fields)
}

/// Every attribute of a data source.
pub fn of_data_source(data_source: &DataSource) -> Vec<Located> {
    below(data_source.name, "", data_source.attributes)
}

/// Every field of an action.
pub fn of_action(action: &Action) -> Vec<Located> {
    below(action.name, "", action.fields)
}

fn below(table: &'static str, outer: &str, attributes: &'static [Field]) -> Vec<Located> {
    let mut places = Vec::new();
    for attribute in attributes {
        let path = if outer.is_empty() {
            attribute.name.to_owned()
        } else {
            format!("{outer}.{}", attribute.name)
        };
        if let Some(inner) = inner(attribute.kind) {
            places.extend(below(table, &path, inner));
        }
        places.push(Located { table, path, attribute });
    }
    places
}

/// The attributes inside an attribute that has some.
pub fn inner(kind: Kind) -> Option<&'static [Field]> {
    match kind {
        Kind::Object(inner) | Kind::Objects(inner) | Kind::ObjectSet(inner) => Some(inner),
        Kind::List(element) | Kind::Set(element) | Kind::Map(element) => inner_of(element),
        _ => None,
    }
}

fn inner_of(element: &'static Kind) -> Option<&'static [Field]> {
    inner(*element)
}

/// Fails with every complaint that no exception explains, and with every exception that explains none.
#[track_caller]
pub fn settle(complaints: Vec<Complaint>, exceptions: &[Exception]) {
    let explains =
        |exception: &Exception, complaint: &Complaint| complaint.table == exception.0 && complaint.name == exception.1;
    let mut lines: Vec<_> = complaints
        .iter()
        .filter(|complaint| !exceptions.iter().any(|exception| explains(exception, complaint)))
        .map(|complaint| format!("{} {}: {}", complaint.table, complaint.name, complaint.what))
        .collect();
    let idle = exceptions
        .iter()
        .filter(|exception| !complaints.iter().any(|complaint| explains(exception, complaint)));
    lines.extend(idle.map(|(table, name, why)| format!("{table} {name}: an exception that nothing needs ({why})")));
    assert!(lines.is_empty(), "{} complaints:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn there_is_something_to_walk() {
    let places = everything();
    assert!(places.len() > 200, "{} attributes", places.len());
    assert!(places.iter().any(|place| place.path == "passkeys.relying_party.id"));
    assert!(places.iter().any(|place| place.path == "records.price"));
}

#[test]
#[should_panic(expected = "an exception that nothing needs")]
fn an_exception_that_nothing_needs_fails() {
    settle(Vec::new(), &[("twilio_x", "a", "it was once")]);
}

#[test]
#[should_panic(expected = "twilio_x b: is odd")]
fn a_complaint_without_an_exception_fails() {
    settle(
        vec![
            Complaint::new("twilio_x", "a", "is odd"),
            Complaint::new("twilio_x", "b", "is odd"),
        ],
        &[("twilio_x", "a", "because")],
    );
}
