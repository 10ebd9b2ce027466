//! What tables say of states that move by themselves, against themselves and against the contract.

use terraform_provider_twilio::engine::facts::{Absent, Field, Kind, Literal, Managed, Role, Wait};
use terraform_provider_twilio::engine::values::duration;
use twilio_simulator::contract::Field as PublishedField;

use crate::contract::Surface;
use crate::walk::{Complaint, settle, tables};

#[test]
fn a_configured_wait_has_a_deadline_and_says_it() {
    settle(tables().flat_map(half_said).collect(), &[]);
}

#[test]
fn states_are_those_of_the_contract() {
    settle(tables().flat_map(unpublished).collect(), &[]);
}

#[test]
fn a_table_that_waits_for_nothing_is_refused() {
    use std::time::Duration;
    use terraform_provider_twilio::engine::facts::{After, Object, Refusal, text};

    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            fields: &[text("wait_for_end", Role::Local(Absent::Clears))],
            ..Object::NEW
        },
        waits: &[Wait {
            argument: "wait_for_end",
            after: After::Both,
            field: "status",
            until: &["done"],
            fails_on: Refusal {
                states: &["done"],
                reason: &[],
                look: "",
            },
            goal: "done",
            pause: Duration::from_secs(5),
            at_most: Duration::from_secs(60),
        }],
        ..Managed::NEW
    };
    let whats: Vec<_> = half_said(&WRONG).into_iter().map(|complaint| complaint.what).collect();
    assert_eq!(whats.len(), 4, "{whats:#?}");
}

fn half_said(table: &Managed) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut complain = |name: &str, what: String| complaints.push(Complaint::new(table.object.name, name, what));
    for wait in table.waits {
        let asks = |field: &Field| matches!(field.role, Role::Local(Absent::DefaultsTo(Literal::Bool(_))));
        if !table.object.field(wait.argument).is_some_and(asks) {
            complain(
                wait.argument,
                "asks for a wait and is not a local truth value with a default".to_owned(),
            );
        }
        if wait.until.iter().any(|done| wait.fails_on.states.contains(done)) {
            complain(wait.field, "is done and has failed in the same state".to_owned());
        }
        if wait.pause.is_zero() || wait.pause >= wait.at_most {
            complain(
                wait.argument,
                "does not look between the beginning and the deadline".to_owned(),
            );
        }
    }
    let children = match table.object.field("timeouts").map(|field| field.kind) {
        Some(Kind::Object(children)) => children,
        _ => &[],
    };
    for (operation, waits) in [("create", table.waits), ("update", table.waits)] {
        let is_it = |wait: &&Wait| match operation {
            "create" => wait.after.is_after_create(),
            _ => wait.after.is_after_update(),
        };
        let longest = waits.iter().filter(is_it).map(|wait| wait.at_most).max();
        match (longest, children.iter().find(|child| child.name == operation)) {
            (None, Some(_)) => complain(operation, "has a timeout and nothing to wait for".to_owned()),
            (Some(_), None) => complain(operation, "waits and has no timeout".to_owned()),
            (Some(longest), Some(child)) => {
                let shown = format!("`{}`", duration::shown(longest));
                if !child.doc.contains(&shown) {
                    complain(
                        operation,
                        format!("the documentation of its timeout does not say {shown}"),
                    );
                }
            }
            (None, None) => {}
        }
    }
    complaints
}

fn unpublished(table: &Managed) -> Vec<Complaint> {
    let Some(read) = Surface::of(table).read else {
        return Vec::new();
    };
    let fields = read.spec.answer_fields(read.operation);
    let published = |path: &str| {
        let name = path.split('.').next().unwrap_or(path);
        let found: Option<&PublishedField> = fields.iter().find(|field| field.name == name);
        found.map(|field| read.spec.resolve(field))
    };
    let mut complaints = Vec::new();
    let mut check = |path: &str, states: &mut dyn Iterator<Item = &'static str>| {
        let Some(field) = published(path) else {
            complaints.push(Complaint::new(table.object.name, path, "is in no answer"));
            return;
        };
        let allowed: Vec<_> = field.allowed.iter().filter_map(|value| value.as_str()).collect();
        for state in states.filter(|state| !allowed.is_empty() && !allowed.contains(state)) {
            complaints.push(Complaint::new(table.object.name, path, format!("is never {state}")));
        }
    };
    for wait in table.waits {
        check(wait.field, &mut wait.until.iter().chain(wait.fails_on.states).copied());
        wait.fails_on
            .reason
            .iter()
            .for_each(|path| check(path, &mut std::iter::empty()));
    }
    for field in table.object.fields {
        if !field.satisfied_by.is_empty() {
            let all = field.satisfied_by.iter();
            let mut states = all.flat_map(|(word, later)| later.iter().chain([word]).copied());
            check(&field.read_path(table.object.spelling), &mut states);
        }
        if let Some(refusal) = field.refused {
            check(
                &field.read_path(table.object.spelling),
                &mut refusal.states.iter().copied(),
            );
            refusal
                .reason
                .iter()
                .for_each(|path| check(path, &mut std::iter::empty()));
        }
    }
    complaints
}
