//! Lists: which there are, and their filters, each with its name and type; none is forgotten.

use std::borrow::Cow;
use std::collections::BTreeSet;

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::Setting;
use terraform_provider_twilio::engine::facts::{
    Check, Field, Filter, Items, Key, Kind, List, Managed, Matches, Norm, Object, Omitted, Place, Plural, Presence,
    boolean, sid, text,
};
use terraform_provider_twilio::twilio::Product;
use twilio_simulator::contract::{Field as PublishedField, Location};

use super::types::{cannot_be_written, wrong_checks};
use super::{Found, Surface};
use crate::walk::{Complaint, deviations, settle, tables};

/// What the client says itself in each list.
const OF_EVERY_LIST: &[&str] = &["Page", "PageSize", "PageToken"];

#[test]
fn every_list_has_a_name() {
    settle(tables().filter_map(nameless).collect(), &deviations(Norm::Plural));
}

#[test]
fn every_filter_of_the_contract_is_offered_or_left_out_with_a_reason() {
    settle(tables().flat_map(forgotten).collect(), &[]);
}

#[test]
fn filters_have_the_types_and_words_of_the_contract() {
    settle(tables().flat_map(wrong_filters).collect(), &deviations(Norm::Filters));
    let compared: usize = tables().map(|table| table.object.list.filters.len()).sum();
    assert!(compared >= 16, "only {compared} filters were compared");
}

/// What is looked up by its natural key is looked up in the list.
#[test]
fn list_items_have_what_objects_are_looked_up_by() {
    settle(tables().flat_map(without_natural_key).collect(), &[]);
    let compared: usize = tables().map(|table| table.object.lookup_fields().len()).sum();
    assert!(compared >= 12, "only {compared} fields were compared");
}

/// The parameter of a filter.
fn written(resource: &Managed, filter: &Filter) -> Cow<'static, str> {
    filter.field.written_name(resource.object.spelling.in_queries())
}

fn complain(resource: &Managed, name: &str, what: impl Into<String>) -> Complaint {
    Complaint::new(resource.object.name, name, what)
}

fn nameless(resource: &Managed) -> Option<Complaint> {
    let list = Surface::of(resource).list;
    match (list, resource.object.plural) {
        (Some(_), None) => Some(complain(resource, "plural", "has a list without a name")),
        (None, Some(_)) => Some(complain(resource, "plural", "names a list that is not published")),
        _ => None,
    }
}

/// The parameters of a list, without what every list takes and the account.
fn parameters(resource: &Managed, list: Found) -> impl Iterator<Item = (&'static str, &'static PublishedField, bool)> {
    let account = resource.object.place.account_parameter;
    let all = list.operation.params_in(Location::Query);
    all.map(move |field| (field.name.as_str(), list.spec.resolve(field), field.required))
        .filter(move |(name, ..)| !OF_EVERY_LIST.contains(name) && Some(*name) != account)
}

fn forgotten(resource: &Managed) -> Vec<Complaint> {
    let List { filters, omitted, .. } = resource.object.list;
    let offered: BTreeSet<String> = filters
        .iter()
        .map(|filter| written(resource, filter).into_owned())
        .collect();
    let left_out: BTreeSet<&str> = omitted.iter().map(|omitted| omitted.parameter).collect();
    let published: BTreeSet<&str> = match Surface::of(resource).list {
        Some(list) => parameters(resource, list).map(|(name, ..)| name).collect(),
        None => BTreeSet::new(),
    };
    let missing = published
        .iter()
        .filter(|name| !offered.contains(**name) && !left_out.contains(*name))
        .map(|name| {
            complain(
                resource,
                name,
                "is a filter of the list, and the table neither offers nor omits it",
            )
        });
    let invented = offered
        .iter()
        .map(String::as_str)
        .chain(left_out.iter().copied())
        .filter(|name| !published.contains(name))
        .map(|name| complain(resource, name, "is no filter of the list"));
    let both = left_out
        .iter()
        .filter(|name| offered.contains(**name))
        .map(|name| complain(resource, name, "is offered and left out"));
    let reasons = omitted
        .iter()
        .filter(|omitted| omitted.reason.len() < 10)
        .map(|omitted| complain(resource, omitted.parameter, "is left out without a reason"));
    missing.chain(invented).chain(both).chain(reasons).collect()
}

fn wrong_filters(resource: &Managed) -> Vec<Complaint> {
    let Some(list) = Surface::of(resource).list else {
        return Vec::new();
    };
    let published: Vec<_> = parameters(resource, list).collect();
    let mut complaints = Vec::new();
    for filter in resource.object.list.filters {
        let name = written(resource, filter);
        if let Some((_, parameter, required)) = published.iter().find(|(known, ..)| *known == name) {
            complaints.extend(cannot_be_written(&filter.field, parameter).map(|what| complain(resource, &name, what)));
            complaints.extend(
                wrong_checks(&filter.field, parameter)
                    .into_iter()
                    .map(|what| complain(resource, &name, what)),
            );
            if *required != (filter.field.presence() == Presence::Required) {
                complaints.push(complain(
                    resource,
                    &name,
                    format!("is required: {required}, says the contract"),
                ));
            }
        }
        if let Matches::Exactly(field) | Matches::AtLeast(field) = filter.matches
            && !resource.object.field(field).is_some_and(|field| field.is_readable())
        {
            complaints.push(complain(resource, field, "is filtered by, and nobody reads it"));
        }
    }
    complaints
}

/// The words in code quotes of a text: `daily`, `in-review`.
fn quoted_words(text: &str) -> Vec<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    let is_word = |word: &&str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || b"-_".contains(&byte))
    };
    quoted.filter(is_word).collect()
}

/// A typo in a filter is an empty list, and nobody is told. So what it says of its words is checked, and what the field itself
/// takes is.
fn unchecked_filters(resource: &Managed) -> Vec<Complaint> {
    let is_closed = |check: &Check| {
        matches!(
            check,
            Check::OneOf(_) | Check::Known(_) | Check::Sid(_) | Check::SidOf(_)
        )
    };
    let filters = resource.object.list.filters.iter();
    filters
        .filter(|filter| matches!(filter.field.kind, Kind::Text) && filter.field.checks.is_empty())
        .filter_map(|filter| {
            let why = match (
                quoted_words(filter.field.doc).len(),
                resource.object.field(filter.field.name),
            ) {
                (2.., _) => "names the words that it takes, and checks none",
                (_, Some(field)) if field.checks.iter().any(is_closed) => {
                    "checks less than the field that it filters by"
                }
                _ => return None,
            };
            Some(complain(resource, filter.field.name, why))
        })
        .collect()
}

#[test]
fn filters_check_the_words_that_they_name() {
    settle(tables().flat_map(unchecked_filters).collect(), &[]);
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            list: List {
                filters: &[
                    Filter::exact(text("origin", Setting(Clears)).doc("Only from `twilio`, or `hosted` ones.")),
                    Filter::exact(text("state", Setting(Clears)).doc("Only in this state.")),
                    Filter::exact(text("name", Setting(Clears)).doc("Only with this name, as `sales`.")),
                ],
                ..List::WHOLE
            },
            fields: &[text("state", Setting(Clears)).checks(&[Check::OneOf(&["on", "off"])])],
            ..Object::NEW
        },
        ..Managed::NEW
    };
    let found: Vec<_> = unchecked_filters(&WRONG).into_iter().map(|one| one.name).collect();
    assert_eq!(found, ["origin", "state"]);
}

/// A search names what it finds. The SID of another object names nothing to anybody.
fn named_by_a_sid(resource: &Managed) -> Option<Complaint> {
    let object = &resource.object;
    let is_sid = |name: &&str| name.ends_with("sid");
    let shows = |field: &&Field| field.is_readable() && !field.sensitive && matches!(field.kind, Kind::Text);
    let names: Vec<_> = match object.natural_key {
        [] => object.key_field().into_iter().collect(),
        names => names.to_vec(),
    };
    let tells = |field: &Field| shows(&field) && !is_sid(&field.name);
    match object.label {
        Some(label) if !object.field(label).is_some_and(tells) => {
            Some(complain(resource, label, "is a label that tells nobody anything"))
        }
        None if object.plural.is_some()
            && names.iter().all(is_sid)
            && object
                .fields
                .iter()
                .any(|field| tells(field) && (field.name == "phone_number" || field.name.ends_with("name"))) =>
        {
            Some(complain(
                resource,
                "label",
                "goes by the SID of another object, and has something to be known by",
            ))
        }
        _ => None,
    }
}

#[test]
fn what_a_search_finds_is_named_by_more_than_a_sid() {
    settle(tables().filter_map(named_by_a_sid).collect(), &[]);
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            plural: Some(Plural {
                name: "twilio_wrongs",
                noun: "wrongs",
            }),
            natural_key: &["phone_number_sid"],
            key: Key::Borrowed("phone_number_sid", "PN"),
            fields: &[text("phone_number", Setting(Clears))],
            ..Object::NEW
        },
        ..Managed::NEW
    };
    const LABELLED: Managed = Managed {
        object: Object {
            label: Some("phone_number"),
            ..WRONG.object
        },
        ..WRONG
    };
    assert!(named_by_a_sid(&WRONG).is_some() && named_by_a_sid(&LABELLED).is_none());
}

fn without_natural_key(resource: &Managed) -> Vec<Complaint> {
    let names = resource.object.lookup_fields();
    let Some(list) = Surface::of(resource).list else {
        let all = names
            .iter()
            .map(|name| complain(resource, name, "is looked up without a list"));
        return all.collect();
    };
    let told = list.spec.answer_fields(list.operation);
    let fields = names.iter().filter_map(|name| resource.object.field(name));
    fields
        .filter(|field| {
            let path = field.read_path(resource.object.spelling);
            let first = path.split('.').next().unwrap_or_default();
            !told.iter().any(|published| published.name == first)
        })
        .map(|field| complain(resource, field.name, "is looked up in a list that does not tell it"))
        .collect()
}

#[test]
fn a_table_that_is_wrong_about_its_list_is_refused() {
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            place: Place::at(Product::Events, "/v1/Subscriptions", "/v1/Subscriptions/{sid}"),
            key: Key::Sid("DF"),
            natural_key: &["colour"],
            list: List {
                items: Items::Whole,
                filters: &[
                    Filter::exact(boolean("sink_sid", Setting(Required))),
                    Filter::loose(text("misspelt", Setting(Clears))),
                ],
                omitted: &[Omitted {
                    parameter: "SinkSid",
                    reason: "short",
                }],
            },
            fields: &[text("colour", Setting(Clears))],
            ..Object::NEW
        },
        ..Managed::NEW
    };
    const EMPTY: Managed = Managed {
        object: Object {
            name: "twilio_empty",
            plural: Some(Plural {
                name: "twilio_empties",
                noun: "empties",
            }),
            place: Place::at(Product::Events, "/v1/Nowhere", "/v1/Nowhere/{sid}"),
            natural_key: &["colour"],
            fields: &[text("colour", Setting(Clears))],
            ..Object::NEW
        },
        ..Managed::NEW
    };
    const UNCHECKED: Managed = Managed {
        object: Object {
            list: List {
                filters: &[Filter::loose(sid("sink_sid", Setting(Clears), &[Check::Sid("XX")]))],
                ..List::WHOLE
            },
            ..WRONG.object
        },
        ..Managed::NEW
    };
    const SILENT: Managed = Managed {
        object: Object {
            list: List::WHOLE,
            ..WRONG.object
        },
        ..Managed::NEW
    };
    let names = |complaints: Vec<Complaint>| complaints.into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert!(nameless(&WRONG).is_some() && nameless(&EMPTY).is_some());
    assert_eq!(names(forgotten(&WRONG)), ["Misspelt", "SinkSid", "SinkSid"]);
    assert_eq!(names(forgotten(&SILENT)), ["SinkSid"]);
    assert_eq!(
        names(wrong_filters(&WRONG)),
        ["SinkSid", "SinkSid", "SinkSid", "sink_sid"][1..].to_vec()
    );
    assert_eq!(names(wrong_filters(&UNCHECKED)), ["SinkSid"]);
    assert_eq!(names(without_natural_key(&WRONG)), ["colour"]);
    assert_eq!(names(without_natural_key(&EMPTY)), ["colour"]);
}
