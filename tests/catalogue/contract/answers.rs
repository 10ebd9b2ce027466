//! What tables read: every path exists in the responses of create, read and update, with a type that the attribute can hold.

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::{Local, Observed, Setting};
use terraform_provider_twilio::engine::facts::{
    BulkAnswer, ContentVersions, Field, Items, Kind, Managed, Norm, Object, Place, Read, Role, Source, Spelling,
    boolean, int, object, text, timestamp,
};
use terraform_provider_twilio::twilio::Product;
use twilio_simulator::contract::{Field as PublishedField, Spec};

use super::types::cannot_be_read;
use super::{Found, Surface};
use crate::walk::{Complaint, compared, compared_at_least, deviations, settle, tables};

#[test]
fn everything_that_is_read_is_in_the_answers() {
    settle(tables().flat_map(unread).collect(), &deviations(Norm::Responses));
    compared_at_least(690, "fields");
}

/// A read that is answered from a list must find there what the object itself tells.
#[test]
fn whole_list_items_have_everything_that_is_read() {
    settle(
        tables().flat_map(untold_by_lists).collect(),
        &deviations(Norm::ListItems),
    );
    compared_at_least(210, "fields");
}

fn untold_by_lists(resource: &Managed) -> Vec<Complaint> {
    let complain = |name: String, what| Complaint::new(resource.object.name, name, what);
    if let Items::Partial(_) = resource.object.list.items {
        return Vec::new();
    }
    if !resource.object.place.has_collection() || resource.object.place.read != Read::Instance {
        // It is never answered from a list, or always.
        return Vec::new();
    }
    let Some(list) = Surface::of(resource).list else {
        return vec![complain("listing".to_owned(), "there is no list".to_owned())];
    };
    let fields = list.spec.answer_fields(list.operation);
    let read = resource.object.fields.iter().filter(|attribute| {
        attribute.source == Source::Response
            && !is_of_members(resource, attribute)
            && !matches!(attribute.role, Role::FileHash)
    });
    read.flat_map(|attribute| unread_in(list.spec, resource.object.spelling, fields, attribute, ""))
        .map(|(name, what)| complain(name, what))
        .collect()
}

#[test]
fn a_table_that_expects_too_much_of_a_list_is_refused() {
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            place: Place::at(Product::Iam, "/v1/Keys", "/v1/Keys/{sid}"),
            fields: &[text("friendly_name", Setting(Clears)), text("policy", Setting(Clears))],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };
    let complaints = untold_by_lists(&WRONG);
    assert_eq!(complaints.len(), 1, "a list of keys has no policies: {complaints:?}");
}

/// A field of a response at a dotted path.
enum Sought<'a> {
    Field(&'a PublishedField),
    /// The contract does not say what is in the object that the path leads through.
    Open,
    Missing,
}

fn seek<'a>(spec: &'a Spec, fields: &'a [PublishedField], path: &str) -> Sought<'a> {
    let (first, rest) = path
        .split_once('.')
        .map_or((path, None), |(first, rest)| (first, Some(rest)));
    let Some(field) = fields.iter().find(|field| field.name == first) else {
        return Sought::Missing;
    };
    let shape = spec.resolve(field);
    match rest {
        None => Sought::Field(shape),
        Some(_) if shape.fields.is_empty() => Sought::Open,
        Some(rest) => seek(spec, &shape.fields, rest),
    }
}

fn unread(resource: &Managed) -> Vec<Complaint> {
    let surface = Surface::of(resource);
    let mut complaints = Vec::new();
    for attribute in resource.object.fields {
        let answers: Vec<Found> = match attribute.source {
            // The engine itself says what was uploaded.
            _ if matches!(attribute.role, Role::FileHash) => continue,
            _ if attribute.read_as.is_some_and(is_of_the_version) => surface.version.into_iter().collect(),
            Source::Configuration => continue,
            _ if is_of_members(resource, attribute) => continue,
            // The response to create alone.
            Source::CreateResponse => surface.create.into_iter().collect(),
            Source::Response => match resource.object.place.read {
                // The response to a write is another object, or the same in another form.
                Read::Elsewhere { .. } => surface.read.into_iter().collect(),
                // What is read has nothing but keys, or the object.
                Read::Among { .. } => surface.writes(resource),
                _ => surface.writes(resource).into_iter().chain(surface.read).collect(),
            },
        };
        for answer in answers {
            let fields = match resource.object.place.read {
                Read::Elsewhere { within: Some(name), .. } => {
                    match seek(answer.spec, answer.spec.answer_fields(answer.operation), name) {
                        Sought::Field(field) if !field.fields.is_empty() => &field.fields,
                        // Anything may be in it.
                        Sought::Field(_) | Sought::Open => continue,
                        Sought::Missing => {
                            complaints.push(Complaint::new(resource.object.name, name, "is in no answer"));
                            continue;
                        }
                    }
                }
                _ => match resource.bulk.map(|bulk| bulk.answer) {
                    Some(BulkAnswer::Each(results)) => {
                        let fields = answer.spec.answer_fields(answer.operation);
                        let Sought::Field(array) = seek(answer.spec, fields, results.array) else {
                            complaints.push(Complaint::new(resource.object.name, results.array, "is in no answer"));
                            continue;
                        };
                        match array.items.as_deref().map(|items| answer.spec.resolve(items)) {
                            Some(items) if !items.fields.is_empty() => &items.fields,
                            // Anything may be in it.
                            _ => continue,
                        }
                    }
                    Some(BulkAnswer::Count(_)) | None => answer.spec.answer_fields(answer.operation),
                },
            };
            for (name, what) in unread_in(answer.spec, resource.object.spelling, fields, attribute, "") {
                let complaint = Complaint::new(resource.object.name, name, what);
                if !complaints.contains(&complaint) {
                    complaints.push(complaint);
                }
            }
        }
    }
    complaints
}

/// Whether the attribute is a collection below the object, which is read from its own path.
fn is_of_members(resource: &Managed, attribute: &Field) -> bool {
    let mut members = resource.object.members.iter();
    members.any(|members| members.field == attribute.name)
}

/// Whether a field is read from the version that an upload made.
fn is_of_the_version(path: &str) -> bool {
    path.split('.').next() == Some(ContentVersions::PROPERTY)
}

/// What is wrong with a field that is read, or with what is in it.
pub fn unread_in(
    spec: &Spec,
    spelling: Spelling,
    fields: &[PublishedField],
    attribute: &Field,
    outer: &str,
) -> Vec<(String, String)> {
    let name = format!("{outer}{}", attribute.name);
    let path = attribute.read_path(spelling);
    let path = match path.split_once('.') {
        Some((ContentVersions::PROPERTY, rest)) => rest,
        _ => &path,
    };
    let field = match seek(spec, fields, path) {
        Sought::Field(field) => field,
        Sought::Open => return Vec::new(),
        Sought::Missing => return vec![(name, format!("{path} is in no answer"))],
    };
    compared();
    if let Some(what) = cannot_be_read(attribute, field) {
        return vec![(name, what)];
    }
    let (inner, shape) = match attribute.kind {
        Kind::Object(inner) => (inner, field),
        Kind::Objects(inner) | Kind::ObjectSet(inner) => match field.items.as_deref() {
            Some(items) => (inner, spec.resolve(items)),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    // Where the contract leaves an object open, anything may be in it.
    if shape.fields.is_empty() {
        return Vec::new();
    }
    inner
        .iter()
        .filter(|child| child.source != Source::Configuration)
        .flat_map(|child| unread_in(spec, spelling, &shape.fields, child, &format!("{name}.")))
        .collect()
}

#[test]
fn a_table_that_is_wrong_about_its_answers_is_refused() {
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            place: Place::at(Product::Messaging, "/v1/Services", "/v1/Services/{sid}"),
            fields: &[
                text("friendly_name", Setting(Required)),
                text("misspelt", Observed),
                boolean("hint", Local(Clears)),
                text("date_created", Observed),
                timestamp("date_updated"),
                int("sticky_sender", Observed),
                object("area_code_geomatch", Observed, &[text("inside", Setting(Clears))]),
            ],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };
    let names: Vec<_> = unread(&WRONG).into_iter().map(|complaint| complaint.name).collect();
    assert_eq!(
        names,
        ["misspelt", "date_created", "sticky_sender", "area_code_geomatch"]
    );
}
