//! What removing an attribute from the configuration sends, clears it. In a form an empty text clears texts, URLs, JSON, maps and
//! lists without further evidence; numbers, truth values, choices and SIDs often not ("'' is not a whole number"), so that a table says
//! what clears them, or that removing them keeps or resets them.

use terraform_provider_twilio::engine::facts::Absent::{ClearedBy, Clears};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Setting};
use terraform_provider_twilio::engine::facts::{
    Absent, BodyStyle, Check, Field, Kind, Literal, Managed, Object, Sent, UpdateStyle, boolean, int, object, sid,
    text, url,
};

use crate::contract::Surface;
use crate::walk::{Complaint, settle, tables};

#[test]
fn what_is_removed_can_be_cleared_the_way_it_is_sent() {
    settle(tables().flat_map(not_clearable).collect(), &[]);
}

fn not_clearable(resource: &Managed) -> Vec<Complaint> {
    match (resource.lifecycle.body(), resource.lifecycle.update()) {
        (_, UpdateStyle::Never) => Vec::new(),
        // What replaces clears by leaving out, where the contract lets it.
        (_, UpdateStyle::Put | UpdateStyle::Whole) => demanded(resource),
        (BodyStyle::Form, _) => {
            let mut complaints = Vec::new();
            for field in resource.object.fields.iter().filter(|field| is_in_updates(field)) {
                in_a_form(resource, field, "", &mut complaints);
            }
            complaints
        }
        (BodyStyle::Json, _) => not_nullable(resource),
    }
}

fn is_in_updates(field: &Field) -> bool {
    matches!(field.sent(), Sent::Always | Sent::OnUpdate) && !field.is_write_only()
}

fn clears(field: &Field) -> bool {
    field.role.absent() == Some(Absent::Clears)
}

fn in_a_form(resource: &Managed, field: &Field, outer: &str, complaints: &mut Vec<Complaint>) {
    let path = format!("{outer}{}", field.name);
    if let (Kind::Object(inner), false) = (field.kind, field.json_text) {
        // Each of them is cleared by itself.
        for child in inner.iter().filter(|child| child.sent() != Sent::Never) {
            in_a_form(resource, child, &format!("{path}."), complaints);
        }
        return;
    }
    let is_chosen = |check: &Check| {
        matches!(
            check,
            Check::OneOf(_)
                | Check::Known(_)
                | Check::Sid(_)
                | Check::SidOf(_)
                | Check::AnySid
                | Check::Range(..)
                | Check::E164
                | Check::Country
        )
    };
    let is_plain = !matches!(field.kind, Kind::Bool | Kind::Int | Kind::Decimal | Kind::Timestamp);
    if clears(field) && (!is_plain || field.checks.iter().any(is_chosen)) {
        complaints.push(Complaint::new(
            resource.object.name,
            path,
            "an empty text need not clear it: say ClearedBy with what Twilio documents, or Keeps, or DefaultsTo",
        ));
    }
}

/// What an update demands cannot be left out of it.
fn demanded(resource: &Managed) -> Vec<Complaint> {
    let Some(update) = Surface::of(resource).update else {
        return Vec::new();
    };
    let fields = resource
        .object
        .fields
        .iter()
        .filter(|field| is_in_updates(field) && clears(field));
    fields
        .filter(|field| update.demands(&field.written_name(resource.spelling())))
        .map(|field| {
            Complaint::new(
                resource.object.name,
                field.name,
                "the update demands it: it cannot be left out",
            )
        })
        .collect()
}

/// What null clears, the contract lets be null.
fn not_nullable(resource: &Managed) -> Vec<Complaint> {
    let Some(update) = Surface::of(resource).update else {
        return Vec::new();
    };
    let fields = resource
        .object
        .fields
        .iter()
        .filter(|field| is_in_updates(field) && clears(field));
    fields
        .filter(|field| {
            let parameter = update.parameter(&field.written_name(resource.spelling()));
            parameter.is_some_and(|parameter| !parameter.nullable)
        })
        .map(|field| {
            Complaint::new(
                resource.object.name,
                field.name,
                "null need not clear it: the contract does not have it",
            )
        })
        .collect()
}

#[test]
fn a_table_that_clears_what_cannot_be_cleared_is_refused() {
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            fields: &[
                text("name", Setting(Clears)),
                url("callback", Setting(Clears)),
                int("timeout", Setting(Clears)),
                int("ttl", Setting(ClearedBy(Literal::Int(0)))),
                boolean("on", Setting(Clears)),
                boolean("at_first", Fixed(Clears)),
                text("method", Setting(Clears)).checks(&[Check::OneOf(&["GET"])]),
                object(
                    "inner",
                    Setting(Clears),
                    &[sid("app_sid", Setting(Clears), &[Check::Sid("AP")])],
                ),
            ],
            ..Object::NEW
        },
        ..Managed::NEW
    };
    let names: Vec<_> = not_clearable(&WRONG)
        .into_iter()
        .map(|complaint| complaint.name)
        .collect();
    assert_eq!(names, ["timeout", "on", "method", "inner.app_sid"]);
}
