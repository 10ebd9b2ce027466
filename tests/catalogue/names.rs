//! Names: sorted, unique, Twilio's own in snake case; and what sounds like a secret is treated as one.

use std::collections::HashSet;

use terraform_provider_twilio::engine::facts::Absent::Clears;
use terraform_provider_twilio::engine::facts::Role::Setting;
use terraform_provider_twilio::engine::facts::{Field, Kind, Managed, Norm, Object, Place, Rule, boolean, sid, text};
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};
use terraform_provider_twilio::twilio::Product;

use crate::walk::{Complaint, Located, data_sources, deviations, everything, inner, of_resource, settle};

/// What every resource has by itself, so that no table may.
const EVERYWHERE: &[&str] = &["id", "sid", "account_sid"];

/// Words that tell a secret, whole or as the end of several.
const SECRETS: &[&str] = &[
    "secret",
    "token",
    "password",
    "passphrase",
    "private_key",
    "write_key",
    "credentials",
];

#[test]
fn names_are_unique() {
    let resources: Vec<_> = RESOURCES.iter().map(|table| table.object.name).collect();
    let data_sources: Vec<_> = DATA_SOURCES.iter().map(|table| table.name).collect();
    for names in [resources, data_sources] {
        assert!(names.iter().all(|name| name.starts_with("twilio_")), "{names:?}");
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{names:?}");
    }
}

#[test]
fn no_two_data_sources_have_one_name() {
    let followed = RESOURCES
        .iter()
        .map(|table| 1 + usize::from(table.object.plural.is_some()));
    assert_eq!(data_sources().len(), DATA_SOURCES.len() + followed.sum::<usize>());
    assert!(data_sources().iter().all(|name| name.starts_with("twilio_")));
}

#[test]
fn names_are_snake_case_and_free() {
    let mut complaints: Vec<_> = everything().iter().filter_map(odd_name).collect();
    for resource in RESOURCES {
        complaints.extend(taken_names(resource));
    }
    settle(complaints, &[]);
}

#[test]
fn no_name_stands_twice_in_one_place() {
    let mut complaints = Vec::new();
    let tables = RESOURCES.iter().map(|table| (table.object.name, table.object.fields));
    for (table, attributes) in tables.chain(DATA_SOURCES.iter().map(|table| (table.name, table.attributes))) {
        complaints.extend(twice(table, attributes));
    }
    settle(complaints, &[]);
}

#[test]
fn what_sounds_like_a_secret_is_sensitive() {
    let exceptions = deviations(Norm::Secrecy);
    settle(everything().iter().filter_map(open_secret).collect(), &exceptions);
}

#[test]
fn attributes_that_tables_refer_to_exist() {
    settle(RESOURCES.iter().flat_map(dangling).collect(), &[]);
}

fn odd_name(place: &Located) -> Option<Complaint> {
    let name = place.attribute.name;
    let snake = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__");
    (!snake).then(|| place.complaint("is not in snake case"))
}

fn taken_names(resource: &Managed) -> Vec<Complaint> {
    let taken = resource
        .object
        .fields
        .iter()
        .filter(|attribute| EVERYWHERE.contains(&attribute.name));
    taken
        .map(|attribute| {
            Complaint::new(
                resource.object.name,
                attribute.name,
                "every resource has this by itself",
            )
        })
        .collect()
}

fn twice(table: &str, attributes: &'static [Field]) -> Vec<Complaint> {
    let mut seen = HashSet::new();
    let mut complaints = Vec::new();
    for attribute in attributes {
        if !seen.insert(attribute.name) {
            complaints.push(Complaint::new(table, attribute.name, "stands twice"));
        }
        complaints.extend(
            inner(attribute.kind)
                .map(|inner| twice(table, inner))
                .unwrap_or_default(),
        );
    }
    complaints
}

fn open_secret(place: &Located) -> Option<Complaint> {
    let attribute = place.attribute;
    // A truth value or the SID of a secret is none.
    let holds = !matches!(attribute.kind, Kind::Bool) && !attribute.name.ends_with("_sid");
    let sounds = SECRETS
        .iter()
        .any(|word| attribute.name == *word || attribute.name.ends_with(&format!("_{word}")));
    (holds && sounds && !attribute.sensitive && !attribute.is_write_only())
        .then(|| place.complaint("sounds like a secret and is not sensitive"))
}

/// Names in paths, keys and rules that are no attributes.
fn dangling(resource: &Managed) -> Vec<Complaint> {
    use terraform_provider_twilio::engine::values::paths;

    let mut named: Vec<&str> = Vec::new();
    named.extend(paths::attributes(resource.object.place.collection));
    named.extend(paths::attributes(resource.object.place.instance));
    named.extend(
        resource
            .object
            .place
            .older
            .iter()
            .flat_map(|older| paths::attributes(older.instance)),
    );
    named.extend(resource.object.id_parts());
    named.extend(resource.object.natural_key);
    for rule in resource.rules {
        match rule {
            Rule::AtMostOneOf(names) | Rule::AtLeastOneOf(names) | Rule::ExactlyOneOf(names) => named.extend(*names),
            Rule::Requires(first, second) => named.extend([*first, *second]),
        }
    }
    named
        .into_iter()
        .filter(|name| !EVERYWHERE.contains(name) && resource.object.field(name).is_none())
        .map(|name| Complaint::new(resource.object.name, name, "is referred to and is no attribute"))
        .collect()
}

#[test]
fn a_table_that_breaks_the_rules_of_names_is_refused() {
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            place: Place::at(Product::Api, "", "/v1/Wrongs/{wrong_sid}"),
            natural_key: &["unique_name"],
            fields: &[
                text("Name", Setting(Clears)),
                text("sid", Setting(Clears)),
                text("a", Setting(Clears)),
                text("a", Setting(Clears)),
                text("api_secret", Setting(Clears)),
                boolean("expose_auth_token", Setting(Clears)),
                sid("credentials_sid", Setting(Clears), &[]),
            ],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };
    let names = |complaints: Vec<Complaint>| complaints.into_iter().map(|one| one.name).collect::<Vec<_>>();
    let places = of_resource(&WRONG);
    assert_eq!(names(places.iter().filter_map(odd_name).collect()), ["Name"]);
    assert_eq!(names(taken_names(&WRONG)), ["sid"]);
    assert_eq!(names(twice(WRONG.object.name, WRONG.object.fields)), ["a"]);
    assert_eq!(names(places.iter().filter_map(open_secret).collect()), ["api_secret"]);
    assert_eq!(names(dangling(&WRONG)), ["wrong_sid", "unique_name"]);
}
