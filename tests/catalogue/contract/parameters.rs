//! What tables send: every parameter under its name, with its type, in the calls that take it; and none forgotten.

use std::collections::BTreeSet;

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Initial, Setting};
use terraform_provider_twilio::engine::facts::{
    AccountRule, Field, Kind, Managed, Norm, Object, Omitted, Place, Presence, Removed, Sent, Source, Spelling,
    UpdateStyle, boolean, int, text,
};
use terraform_provider_twilio::engine::values::schema::literal_value;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::twilio::Product;

use super::types::{cannot_be_written, wrong_checks};
use super::{Found, Surface, route};
use crate::walk::{Complaint, compared, compared_at_least, deviations, settle, tables};

/// A parameter that a table sends.
struct Written {
    name: String,
    attribute: &'static Field,
    /// The outermost attribute that it is in, which decides in which calls it is sent.
    outer: &'static Field,
}

#[test]
fn every_parameter_is_sent_in_the_calls_that_take_it() {
    settle(tables().flat_map(wrong_calls).collect(), &[]);
    compared_at_least(190, "parameters");
}

#[test]
fn every_parameter_is_sent_with_its_type() {
    settle(tables().flat_map(wrong_types).collect(), &[]);
    compared_at_least(325, "types");
}

#[test]
fn every_parameter_is_checked_as_the_contract_says() {
    settle(tables().flat_map(wrong_facts).collect(), &deviations(Norm::Parameters));
    compared_at_least(325, "parameters");
}

#[test]
fn every_parameter_of_the_contract_is_offered_or_left_out_with_a_reason() {
    settle(tables().flat_map(forgotten).collect(), &[]);
    compared_at_least(385, "parameters");
}

#[test]
fn what_the_contract_demands_is_always_sent() {
    settle(tables().flat_map(not_always_sent).collect(), &deviations(Norm::Demands));
    compared_at_least(48, "parameters that are demanded");
}

#[test]
fn what_only_create_takes_replaces_or_is_changed_by_a_hook() {
    settle(tables().flat_map(changes_nothing).collect(), &[]);
}

/// Attributes whose change would be planned, reported as done, and never sent.
fn changes_nothing(resource: &Managed) -> Vec<Complaint> {
    let ignored = resource.object.fields.iter().filter(|attribute| {
        attribute.sent() == Sent::OnCreate
            && !attribute.replaces()
            && attribute.source != Source::Configuration
            && !resource
                .object
                .members
                .iter()
                .any(|members| members.field == attribute.name)
    });
    ignored
        .map(|attribute| Complaint::new(resource.object.name, attribute.name, "a change of it reaches nobody"))
        .collect()
}

/// The parameters that a table sends, nested ones by their dotted names. Where one names many objects, the contract does not say
/// what is in it.
fn written(resource: &Managed) -> Vec<Written> {
    let mut all = Vec::new();
    if resource.bulk.is_some() {
        return all;
    }
    for attribute in resource.object.fields {
        // What goes with a file goes into a form.
        let spelling = match attribute.sent() {
            Sent::WithFile => Spelling::Pascal,
            _ => resource.spelling(),
        };
        let name = attribute.written_name(spelling).into_owned();
        add_written(spelling, attribute, attribute, name, &mut all);
    }
    all
}

fn add_written(
    spelling: Spelling,
    outer: &'static Field,
    attribute: &'static Field,
    name: String,
    all: &mut Vec<Written>,
) {
    if attribute.sent() == Sent::Never || !attribute.is_configurable() {
        return;
    }
    match attribute.kind {
        Kind::Object(inner) if !attribute.json_text && spelling == Spelling::Pascal => {
            for child in inner {
                add_written(
                    spelling,
                    outer,
                    child,
                    format!("{name}.{}", child.written_name(spelling)),
                    all,
                );
            }
        }
        _ => all.push(Written { name, attribute, outer }),
    }
}

fn wrong_calls(resource: &Managed) -> Vec<Complaint> {
    let surface = Surface::of(resource);
    let taken_by = |found: Option<Found>, name: &str| found.is_some_and(|found| found.parameter(name).is_some());
    let updates = resource.lifecycle.update() != UpdateStyle::Never;
    let creates = !resource.lifecycle.is_there_before();
    let mut complaints = Vec::new();
    if let Some(bulk) = resource.bulk {
        compared();
        for (call, found) in [("create", surface.create), ("update", surface.update)] {
            if found.is_some() && !taken_by(found, bulk.parameter) {
                let what = format!("is sent on {call}, which does not take it");
                complaints.push(Complaint::new(resource.object.name, bulk.parameter, what));
            }
        }
    }
    for Written { name, outer, .. } in written(resource) {
        if outer.sent() == Sent::WithFile {
            if !taken_by(surface.upload, &name) {
                complaints.push(Complaint::new(
                    resource.object.name,
                    name,
                    "is sent with a file, and the upload does not take it",
                ));
            }
            continue;
        }
        compared();
        let (create, update) = (
            taken_by(surface.create, &name),
            updates && taken_by(surface.update, &name),
        );
        let (sent_on_create, sent_on_update) = match outer.sent() {
            Sent::Always => (creates, updates),
            Sent::OnCreate => (true, false),
            Sent::OnUpdate => (false, true),
            Sent::OnTheWay => (false, true),
            Sent::WithFile | Sent::Never => (false, false),
        };
        let what = match (sent_on_create, create, sent_on_update, update) {
            (true, false, ..) => "is sent on create, which does not take it",
            (_, _, true, false) => "is sent on update, which does not take it",
            (_, _, false, true) => "is not sent on update, which would take it: a change need not replace the object",
            (false, true, ..) if creates => "is sent after the create, which would take it at once",
            _ => continue,
        };
        complaints.push(Complaint::new(resource.object.name, name, what));
    }
    complaints
}

fn wrong_types(resource: &Managed) -> Vec<Complaint> {
    compare(resource, |attribute, parameter| {
        cannot_be_written(attribute, parameter).into_iter().collect()
    })
}

fn wrong_facts(resource: &Managed) -> Vec<Complaint> {
    compare(resource, |attribute, parameter| {
        let mut wrong = wrong_checks(attribute, parameter);
        if let Removed::Default(literal) = attribute.removed() {
            let ours = match literal_value(literal, attribute.kind) {
                Value::String(text) => serde_json::Value::String(text),
                Value::Bool(truth) => serde_json::Value::Bool(truth),
                other => other
                    .as_number()
                    .and_then(|number| number.to_i64())
                    .map_or(serde_json::Value::Null, Into::into),
            };
            if parameter.default.as_ref().is_some_and(|default| *default != ours) {
                wrong.push(format!(
                    "has the default {ours}, and the contract {:?}",
                    parameter.default
                ));
            }
            if !parameter.allowed.is_empty() && !parameter.allowed.contains(&ours) {
                wrong.push(format!("has the default {ours}, which the contract does not allow"));
            }
        }
        wrong
    })
}

/// Compares each attribute with its parameter in create and update; the same complaint is made once.
fn compare(
    resource: &Managed,
    wrong: impl Fn(&Field, &twilio_simulator::contract::Field) -> Vec<String>,
) -> Vec<Complaint> {
    let surface = Surface::of(resource);
    let mut complaints: Vec<Complaint> = Vec::new();
    for Written { name, attribute, .. } in written(resource) {
        for found in surface.writes(resource).into_iter().chain(surface.upload) {
            let said = found
                .parameter(&name)
                .inspect(|_| compared())
                .map(|parameter| wrong(attribute, parameter))
                .unwrap_or_default();
            for what in said {
                let complaint = Complaint::new(resource.object.name, &name, what);
                if !complaints.contains(&complaint) {
                    complaints.push(complaint);
                }
            }
        }
    }
    complaints
}

/// Parameters of the contract that the table does not send, and reasons for leaving out what is no parameter or is sent.
fn forgotten(resource: &Managed) -> Vec<Complaint> {
    let bulk = resource.bulk.map(|bulk| bulk.parameter.to_owned());
    let named = written(resource).into_iter().map(|written| written.name);
    let sent: BTreeSet<_> = named.chain(bulk).collect();
    let surface = Surface::of(resource);
    let file = resource.upload.map(|upload| upload.part);
    let writes = surface.writes(resource).into_iter().chain(surface.upload);
    let published: BTreeSet<_> = writes
        .flat_map(|found| found.parameters())
        .map(|(name, _)| name.to_owned())
        .filter(|name| file != Some(name))
        .inspect(|_| compared())
        .collect();
    // A table that never creates may still say why it leaves out what create takes.
    let create = route(
        &resource.object.place.product.host(),
        "POST",
        resource.object.place.collection,
    )
    .ok();
    let known: BTreeSet<_> = create
        .iter()
        .flat_map(Found::parameters)
        .map(|(name, _)| name.to_owned())
        .chain(published.iter().cloned())
        .collect();
    let left_out: BTreeSet<_> = resource
        .omitted
        .iter()
        .map(|omitted| omitted.parameter.to_owned())
        .collect();
    // The account is an attribute of every resource and not of its table.
    let by_itself = |name: &str| name == "AccountSid" && resource.object.account != AccountRule::Owned;
    let complain = |name: &String, what: &str| Complaint::new(resource.object.name, name, what);

    let missing = published
        .iter()
        .filter(|name| !sent.contains(*name) && !left_out.contains(*name) && !by_itself(name))
        .map(|name| complain(name, "is neither offered nor left out with a reason"));
    let stale = left_out
        .iter()
        .filter(|name| !known.contains(*name))
        .map(|name| complain(name, "is left out, and the contract has no such parameter"));
    let both = left_out
        .iter()
        .filter(|name| sent.contains(*name))
        .map(|name| complain(name, "is left out and sent"));
    missing.chain(stale).chain(both).collect()
}

fn not_always_sent(resource: &Managed) -> Vec<Complaint> {
    let surface = Surface::of(resource);
    let mut complaints = Vec::new();
    for Written { name, attribute, outer } in written(resource) {
        let always_there =
            attribute.presence() == Presence::Required || matches!(attribute.removed(), Removed::Default(_));
        let demanded = surface.create.is_some_and(|create| create.demands(&name));
        if demanded {
            compared();
        }
        if demanded && !always_there {
            complaints.push(Complaint::new(
                resource.object.name,
                &name,
                "is demanded by create and may be missing",
            ));
        }
        let update = surface
            .update
            .filter(|_| resource.lifecycle.update() != UpdateStyle::Never);
        if update.is_some_and(|update| update.demands(&name))
            && !outer.with_every_update
            && !resource.lifecycle.update().replaces()
        {
            complaints.push(Complaint::new(
                resource.object.name,
                &name,
                "is demanded by update and not sent with each",
            ));
        }
    }
    complaints
}

#[test]
fn a_table_that_is_wrong_about_its_parameters_is_refused() {
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            place: Place::at(Product::Studio, "/v2/Flows", "/v2/Flows/{sid}"),
            fields: &[
                text("friendly_name", Fixed(Required)),
                text("status", Setting(Clears)),
                int("commit_message", Setting(Clears)),
                text("author_sid", Initial(Clears)),
                boolean("misspelt", Setting(Clears)),
            ],
            ..Object::NEW
        },
        since: "0.1.0",
        omitted: &[Omitted {
            parameter: "Gone",
            reason: "it is gone",
        }],
        ..Managed::NEW
    };
    let names = |complaints: Vec<Complaint>| complaints.into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(names(wrong_calls(&WRONG)), ["FriendlyName", "AuthorSid", "Misspelt"]);
    assert_eq!(names(changes_nothing(&WRONG)), ["author_sid"]);
    assert_eq!(
        names(wrong_types(&WRONG)),
        Vec::<String>::new(),
        "a number can be written as a text"
    );
    assert_eq!(names(wrong_facts(&WRONG)), ["Status", "AuthorSid"]);
    assert_eq!(names(forgotten(&WRONG)), ["Definition", "Gone"]);
    assert_eq!(names(not_always_sent(&WRONG)), ["Status", "Status"]);
}
