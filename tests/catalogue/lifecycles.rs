//! What of a table must go together: its lifecycle, its key, its paths and the roles of its fields.

use std::collections::BTreeSet;

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::{Fixed, PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Absent, Begin, BulkAnswer, Destroy, Field, Key, Kind, Lifecycle, Managed, Object, Place, Presence, Read, Removed,
    Role, Sent, UpdateStyle, text,
};
use terraform_provider_twilio::engine::operations::requests::returned_key;
use terraform_provider_twilio::engine::values::paths::attributes;
use terraform_provider_twilio::twilio::Product;

use crate::walk::{Complaint, settle, tables};

#[test]
fn each_table_goes_together() {
    settle(tables().flat_map(apart).collect(), &[]);
}

fn apart(resource: &Managed) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    roles(resource, &mut complaints);
    key(resource, &mut complaints);
    paths(resource, &mut complaints);
    ends(resource, &mut complaints);
    complaints
}

/// What no update takes cannot be changed in place, and what is there before the first apply is only changed.
fn roles(resource: &Managed, complaints: &mut Vec<Complaint>) {
    let lifecycle = resource.lifecycle;
    for field in resource.object.fields {
        let mut complain = |what: &str| complaints.push(Complaint::new(resource.object.name, field.name, what));
        let is_changed = matches!(field.role, Role::Setting(_) | Role::Later(_) | Role::OnTheWay);
        if lifecycle.update() == UpdateStyle::Never && is_changed {
            complain("is changed in place, and there is no update");
        }
        if lifecycle.is_there_before() && field.sent() == Sent::OnCreate {
            complain("is sent with a create, and there is none");
        }
    }
}

/// What is known before it is made has its key in a field that the configuration must set and that never changes.
fn key(resource: &Managed, complaints: &mut Vec<Complaint>) {
    let object = &resource.object;
    let mut complain = |name: &str, what: &str| complaints.push(Complaint::new(object.name, name, what));
    if resource.lifecycle.begin() != Begin::Made && object.is_named_by_twilio() {
        complain("key", "is made up by Twilio, and nothing is made");
    }
    let parts = object.parents.iter().copied().chain(match object.key {
        Key::Field(_) if object.is_named_by_twilio() => None,
        Key::Field(name) | Key::Borrowed(name, _) => Some(name),
        Key::Sid(_) | Key::None => None,
    });
    for name in parts {
        match object.field(name) {
            None => complain(name, "is a part of the id and no field"),
            Some(field) if !is_fixed(field) => {
                complain(
                    name,
                    "is a part of the id, and can be left out or changed, or is no text",
                );
            }
            Some(_) => {}
        }
    }
}

fn is_fixed(field: &Field) -> bool {
    // One of two stands in place of the key: which, the rules of the table say.
    let is_given = field.presence() == Presence::Required || field.role == Role::EitherKey;
    matches!(field.kind, Kind::Text) && field.replaces() && is_given
}

/// Paths name what addresses the object, and nothing else.
fn paths(resource: &Managed, complaints: &mut Vec<Complaint>) {
    let object = &resource.object;
    let place = object.place;
    let above: BTreeSet<_> = object.parents.iter().copied().collect();
    let all: BTreeSet<_> = object.id_parts().collect();
    let named = |path: &'static str| {
        let names = attributes(path).into_iter();
        names.filter(|name| *name != "account_sid").collect::<BTreeSet<_>>()
    };
    let mut complain = |what: &str| complaints.push(Complaint::new(object.name, "place", what));
    // What a POST to its own path makes has no collection but that.
    let is_its_own = place.collection == place.instance;
    if place.has_collection() && named(place.collection) != above && !is_its_own {
        complain("the path of the collection does not name exactly the parents");
    }
    match place.read {
        Read::Member(path) | Read::Among { path, .. } if named(path) == above => {}
        // A parameter of the query may narrow it down to the one.
        Read::Among { path, .. } if named(path) == all && path.contains('?') => {}
        Read::Member(_) | Read::Among { .. } => complain("the path of the list does not name exactly the parents"),
        _ => {}
    }
    if resource
        .bulk
        .is_some_and(|bulk| matches!(bulk.answer, BulkAnswer::Each(_)))
        && returned_key(object).is_none()
    {
        complain("a response speaks of many, and nothing in it tells which one it is");
    }
    match place.read_path() {
        Some(path) if named(path) != all => complain("the path that is read does not name exactly parents and key"),
        None if matches!(place.read, Read::Nowhere) && named(place.instance) != all => {
            complain("the path that is written does not name exactly parents and key");
        }
        _ if !named(place.instance).is_subset(&all) => complain("the path that is written names something else"),
        _ => {}
    }
    if resource.lifecycle.begin() == Begin::Made && !place.has_collection() {
        complain("it is made, and there is no collection");
    }
    if matches!(place.read, Read::Member(_) | Read::Among { .. }) && object.key_field().is_none() {
        complain("what is told apart in a list needs a key");
    }
}

fn ends(resource: &Managed, complaints: &mut Vec<Complaint>) {
    let mut complain = |what: &str| complaints.push(Complaint::new(resource.object.name, "lifecycle", what));
    let mut fields = resource.object.fields.iter();
    let can_be_reset = fields.any(|field| {
        matches!(field.sent(), Sent::Always | Sent::OnUpdate)
            && field.role.absent() != Some(Absent::Required)
            && field.removed() != Removed::Keep
    });
    match resource.lifecycle.destroy() {
        Destroy::Archive(_) if resource.object.read.is_gone.is_none() => {
            complain("it is archived, and nothing says that what is archived is gone");
        }
        Destroy::Reset if !can_be_reset => complain("it is reset, and nothing in it can be"),
        Destroy::Hook if resource.write.delete.is_none() => complain("a hook ends it, and there is none"),
        _ => {}
    }
}

#[test]
fn a_table_that_does_not_go_together_is_refused() {
    let names = |resource: &Managed| Vec::from_iter(apart(resource).into_iter().map(|complaint| complaint.name));
    const NEVER: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            place: Place::at(Product::Sync, "/v1/Things", "/v1/Things/{sid}"),
            fields: &[text("a", Setting(Clears)), text("b", Fixed(Clears))],
            ..Object::NEW
        },
        lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Archive("/v1/Things/{sid}/Archive")),
        ..Managed::NEW
    };
    assert_eq!(names(&NEVER), ["a", "lifecycle"]);
    const SETTINGS: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            place: Place::alone(Product::Sync, "/v1/Things/{thing_sid}/Settings"),
            parents: &["service_sid"],
            key: Key::None,
            fields: &[
                text("service_sid", PathPart),
                text("b", Fixed(Clears)),
                text("c", Setting(Absent::Keeps)),
            ],
            ..Object::NEW
        },
        lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Reset),
        ..Managed::NEW
    };
    assert_eq!(names(&SETTINGS), ["b", "place", "lifecycle"]);
    const KEYED: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            place: Place::alone(Product::Sync, "/v1/Things/{name}").read(Read::Member("/v1/{other}")),
            key: Key::Field("name"),
            fields: &[text("name", Setting(Required))],
            ..Object::NEW
        },
        ..Managed::NEW
    };
    assert_eq!(names(&KEYED), ["name", "place", "place"]);
    const UPSERTED: Managed = Managed {
        lifecycle: Lifecycle::upserted(UpdateStyle::Post, Destroy::Delete),
        ..NEVER
    };
    assert_eq!(names(&UPSERTED), ["key"]);
}
