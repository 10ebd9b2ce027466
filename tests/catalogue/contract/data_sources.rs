//! Data sources with tables of their own: what they read, under which names, and by which filters.

use std::collections::BTreeSet;

use terraform_provider_twilio::engine::facts::Role::Observed;
use terraform_provider_twilio::engine::facts::{Category, Field, Norm, Properties, Spelling, int, objects, text};
use terraform_provider_twilio::engine::serve::data_source::{DataSource, ReadPlace};
use terraform_provider_twilio::provider::offered::DATA_SOURCES;
use terraform_provider_twilio::twilio::{Product, page_size};
use twilio_simulator::contract::Location;

use super::answers::unread_in;
use super::types::{cannot_be_written, wrong_checks};
use super::{Found, route};
use crate::walk::{Complaint, compared, compared_at_least, deviations_of_data_sources, settle};

#[test]
fn what_data_sources_read_is_published() {
    let mut compared = 0;
    let complaints = DATA_SOURCES
        .iter()
        .flat_map(|table| unread(table, &mut compared))
        .collect();
    settle(complaints, &deviations_of_data_sources(Norm::Responses));
    assert!(compared >= 200, "only {compared} attributes were compared");
}

#[test]
fn filters_of_data_sources_are_those_of_the_contract() {
    let mut compared = 0;
    let complaints = DATA_SOURCES
        .iter()
        .flat_map(|table| wrong_filters(table, &mut compared))
        .collect();
    settle(complaints, &deviations_of_data_sources(Norm::Parameters));
    assert!(compared >= 150, "only {compared} filters were compared");
}

#[test]
fn lists_of_data_sources_ask_for_pages_that_the_contract_allows() {
    settle(DATA_SOURCES.iter().flat_map(wrong_pages).collect(), &[]);
    compared_at_least(8, "sizes of pages");
}

/// A page larger than the contract allows is refused. Where smaller ones are asked for, `src/twilio/page_size.rs` says why.
fn wrong_pages(table: &DataSource) -> Vec<Complaint> {
    let host = table.place.product.host();
    let mut complaints = Vec::new();
    for path in table.place.paths {
        let list = route(&host, "GET", path)
            .ok()
            .and_then(|found| found.operation.list.as_ref());
        let Some(largest) = list.and_then(|list| list.max_page_size) else {
            continue;
        };
        compared();
        let asked = page_size(table.place.product, path);
        if asked.is_some_and(|asked| u64::from(asked) > largest) {
            let what = format!("asks for {asked:?}, and the contract allows {largest}");
            complaints.push(complain(table, path, what));
        }
    }
    complaints
}

fn complain(table: &DataSource, name: &str, what: impl Into<String>) -> Complaint {
    Complaint::new(table.name, name, what)
}

/// The operations of a data source, and a complaint for each path that is not published.
fn operations(table: &DataSource) -> (Vec<Found>, Vec<Complaint>) {
    let host = table.place.product.host();
    let mut found = Vec::new();
    let mut complaints = Vec::new();
    for path in table.place.paths {
        match route(&host, "GET", path) {
            Ok(operation) => found.push(operation),
            Err(_) => complaints.push(complain(table, path, "is not published")),
        }
    }
    // What is worked out may be worked out of nothing but the configuration.
    if table.place.paths.is_empty() && !table.place.is_worked_out {
        complaints.push(complain(table, "paths", "says not what it reads"));
    }
    (found, complaints)
}

fn keep_each_once(complaints: Vec<Complaint>) -> Vec<Complaint> {
    let mut kept: Vec<Complaint> = Vec::new();
    for complaint in complaints {
        if !kept.contains(&complaint) {
            kept.push(complaint);
        }
    }
    kept
}

/// What is read, of the object or of each item.
fn read_fields(table: &DataSource) -> &'static [Field] {
    match table.place.items {
        Some(items) => {
            let items = table.attributes.iter().find(|attribute| attribute.name == items);
            items.map_or(&[], |items| items.kind.inner())
        }
        None => table.attributes,
    }
}

fn unread(table: &DataSource, compared: &mut usize) -> Vec<Complaint> {
    let (operations, mut complaints) = operations(table);
    if table.place.is_worked_out {
        return complaints;
    }
    let fields = read_fields(table);
    if fields.is_empty() {
        complaints.push(complain(table, "items", "there is nothing in it"));
    }
    for Found { spec, operation } in operations {
        let published = spec.answer_fields(operation);
        for field in fields {
            // The account that is requested is repeated where the response does not name it.
            if field.name == "account_sid" && table.place.items.is_none() {
                continue;
            }
            // What is only sent stays as it was configured.
            if !field.is_readable() && table.place.filters.contains(&field.name) {
                continue;
            }
            *compared += 1;
            let wrong = unread_in(spec, Spelling::Snake, published, field, "");
            complaints.extend(wrong.into_iter().map(|(name, what)| complain(table, &name, what)));
        }
    }
    keep_each_once(complaints)
}

fn wrong_filters(table: &DataSource, compared: &mut usize) -> Vec<Complaint> {
    if table.place.is_worked_out {
        return Vec::new();
    }
    let (operations, _) = operations(table);
    let mut complaints = Vec::new();
    let left_out: BTreeSet<&str> = table.place.omitted.iter().map(|omitted| omitted.parameter).collect();
    let attribute = |name: &str| table.attributes.iter().find(|attribute| attribute.name == name);
    for name in table.place.filters.iter().filter(|name| attribute(name).is_none()) {
        complaints.push(complain(table, name, "is a filter and no attribute"));
    }
    let filters: Vec<&Field> = table.place.filters.iter().filter_map(|name| attribute(name)).collect();
    for Found { spec, operation } in operations {
        let published = operation
            .params_in(Location::Query)
            .map(|field| (field.name.as_str(), spec.resolve(field)));
        let published: Vec<_> = published
            .filter(|(name, _)| !["Page", "PageSize", "PageToken"].contains(name))
            .collect();
        for (name, parameter) in &published {
            match filters
                .iter()
                .find(|filter| filter.written_name(Spelling::Pascal) == *name)
            {
                Some(filter) => {
                    *compared += 1;
                    complaints.extend(cannot_be_written(filter, parameter).map(|what| complain(table, name, what)));
                    complaints.extend(
                        wrong_checks(filter, parameter)
                            .into_iter()
                            .map(|what| complain(table, name, what)),
                    );
                }
                None if left_out.contains(name) => {}
                None => complaints.push(complain(
                    table,
                    name,
                    "is a filter of the contract, neither offered nor omitted",
                )),
            }
        }
        let is_published = |name: &str| published.iter().any(|(known, _)| *known == name);
        for filter in filters
            .iter()
            .filter(|filter| !is_published(&filter.written_name(Spelling::Pascal)))
        {
            complaints.push(complain(table, filter.name, "is no filter of the contract"));
        }
        for name in left_out.iter().filter(|name| !is_published(name)) {
            complaints.push(complain(
                table,
                name,
                "is left out, and the contract has no such filter",
            ));
        }
    }
    keep_each_once(complaints)
}

#[test]
fn a_data_source_that_is_wrong_about_what_it_reads_is_refused() {
    const WRONG: DataSource = DataSource {
        name: "twilio_wrong",
        since: "0.1.0",
        noun: "wrong",
        doc: "",
        category: Category::Accounts,
        quirks: &[],
        api_page: "",
        attributes: &[
            int(
                "in_use",
                terraform_provider_twilio::engine::facts::Role::Setting(
                    terraform_provider_twilio::engine::facts::Absent::Clears,
                ),
            ),
            text("status_of_it", Observed),
            objects(
                "sinks",
                Observed,
                &[text("description", Observed), text("misspelt", Observed)],
            ),
        ],
        place: ReadPlace {
            product: Product::Events,
            paths: &["/v1/Sinks", "/v1/Nowhere"],
            also: &[],
            is_paid: None,
            items: Some("sinks"),
            filters: &["in_use", "nothing"],
            omitted: &[],
            deviations: &[],
            is_worked_out: false,
        },
        codes: &[],
        rules: &[],
        validate: None,
        read: |_| Box::pin(async { Ok(Properties::new()) }),
    };
    let names = |complaints: Vec<Complaint>| complaints.into_iter().map(|one| one.name).collect::<Vec<_>>();
    let mut compared = 0;
    assert_eq!(names(unread(&WRONG, &mut compared)), ["/v1/Nowhere", "misspelt"]);
    assert_eq!(
        names(wrong_filters(&WRONG, &mut compared)),
        ["nothing", "InUse", "Status"]
    );
    assert_eq!(compared, 3);
}
