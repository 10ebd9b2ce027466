//! Paths, methods, kind of body, page sizes and SID prefixes.

use terraform_provider_twilio::engine::facts::{
    BodyStyle, Destroy, Key, Lifecycle, Managed, Members, Object, Place, Read, UpdateStyle,
};
use terraform_provider_twilio::twilio::{Product, page_size};
use twilio_simulator::contract::{Content, Contract, Location};

use super::{Surface, route};
use crate::walk::{Complaint, compared, compared_at_least, settle, tables};

#[test]
fn every_call_that_a_table_makes_is_published() {
    settle(tables().flat_map(unpublished).collect(), &[]);
}

#[test]
fn bodies_are_sent_as_the_contract_takes_them() {
    settle(tables().flat_map(wrong_body).collect(), &[]);
    compared_at_least(60, "bodies");
}

#[test]
fn lists_ask_for_the_largest_page() {
    settle(tables().filter_map(wrong_page).collect(), &[]);
    compared_at_least(28, "sizes of pages");
}

#[test]
fn lists_name_the_account_where_the_contract_demands_it() {
    settle(tables().filter_map(wrong_account_parameter).collect(), &[]);
    compared_at_least(28, "lists");
}

#[test]
fn sid_prefixes_are_those_of_the_contract() {
    settle(tables().filter_map(wrong_prefix).collect(), &[]);
    compared_at_least(25, "prefixes");
}

fn unpublished(resource: &Managed) -> Vec<Complaint> {
    let surface = Surface::of(resource);
    let host = resource.object.place.product.host();
    let mut complaints = Vec::new();
    let mut complain = |what: String| complaints.push(Complaint::new(resource.object.name, "", what));

    if surface.create.is_none() && !resource.lifecycle.is_there_before() {
        complain(format!(
            "POST {} at {host} is not published",
            resource.object.place.collection
        ));
    }
    if surface.read.is_none() && resource.object.place.read != Read::Nowhere {
        complain(format!(
            "GET {} at {host} is not published",
            resource.object.place.instance
        ));
    }
    match (resource.lifecycle.update(), surface.update.is_some()) {
        (UpdateStyle::Never, true) => complain("Twilio has an update and the table says never".to_owned()),
        (UpdateStyle::Never, false) | (_, true) => {}
        (style, false) => complain(format!(
            "{style:?} {} at {host} is not published",
            resource.object.place.instance
        )),
    }
    let is_accepted = surface.delete.is_some_and(|delete| delete.operation.success() == 202);
    match (resource.lifecycle.destroy(), surface.delete.is_some()) {
        (Destroy::Delete, true) if is_accepted => {
            complain("a DELETE is only accepted (202), and the table says done".to_owned())
        }
        (Destroy::DeleteLater, true) if !is_accepted => {
            complain("a DELETE is done when it is answered, and the table says later".to_owned());
        }
        (Destroy::Delete | Destroy::DeleteLater, false) => complain(format!(
            "DELETE {} at {host} is not published",
            resource.object.place.instance
        )),
        (Destroy::Archive(path), false) => complain(format!("POST {path} at {host} is not published")),
        // What something else made is not removed.
        (Destroy::Forget, true) if !resource.lifecycle.is_there_before() => {
            complain("Twilio has a delete and the table only forgets".to_owned())
        }
        _ => {}
    }
    if let Some(older) = resource.object.place.older {
        for method in ["GET", "POST", "DELETE"] {
            if route(&older.product.host(), method, older.instance).is_err() {
                complain(format!("{method} {} is not published", older.instance));
            }
        }
    }
    complaints
}

#[test]
fn members_are_where_the_contract_has_them() {
    let members = tables().flat_map(|table| table.object.members.iter().map(move |members| (table, members)));
    let complaints: Vec<_> = members
        .flat_map(|(table, members)| wrong_members(table.object.name, members))
        .collect();
    settle(complaints, &[]);
}

fn wrong_members(table: &str, members: &Members) -> Vec<Complaint> {
    let Place {
        product,
        collection,
        instance,
        ..
    } = members.place;
    let at = |method: &str, template: &str| route(&product.host(), method, template).ok();
    let (list, add) = (at("GET", collection), at("POST", collection));
    let mut wrong = Vec::new();
    let items = list
        .and_then(|list| list.operation.list.as_ref())
        .map(|list| list.key.as_str());
    if items != Some(members.items) {
        wrong.push(format!("its list has {items:?} and the table says {}", members.items));
    }
    if let Some(list) = list {
        let fields = list.spec.answer_fields(list.operation);
        if !fields.iter().any(|field| field.name == members.key_property) {
            wrong.push(format!("an item of its list has no {}", members.key_property));
        }
    }
    if add.is_none_or(|add| add.parameter(members.key_parameter).is_none()) {
        wrong.push(format!("adding one does not take {}", members.key_parameter));
    }
    if at("DELETE", instance).is_none() {
        wrong.push(format!("DELETE {instance} is not published"));
    }
    if at("POST", instance).is_some() != members.can_change {
        wrong.push("whether one can be changed is otherwise".to_owned());
    }
    let complain = |what| Complaint::new(table, members.field, what);
    wrong.into_iter().map(complain).collect()
}

#[test]
fn members_in_the_wrong_place_are_reported() {
    const WRONG: Members = Members {
        field: "numbers",
        place: Place::at(
            Product::Messaging,
            "/v1/Services/{sid}/PhoneNumbers",
            "/v1/Nowhere/{member}",
        ),
        items: "numbers",
        key: None,
        key_property: "number",
        key_parameter: "Number",
        can_change: true,
    };
    assert_eq!(wrong_members("twilio_wrong", &WRONG).len(), 5);
}

fn wrong_body(resource: &Managed) -> Vec<Complaint> {
    let surface = Surface::of(resource);
    let taken = match resource.lifecycle.body() {
        BodyStyle::Form => Content::Form,
        BodyStyle::Json => Content::Json,
    };
    let writes = surface.writes(resource).into_iter().inspect(|_| compared());
    writes
        // What takes no parameters is sent none.
        .filter(|found| found.operation.content != taken && found.operation.content != Content::None)
        .map(|found| {
            let what = format!(
                "the table sends {taken:?} and the contract takes {:?}",
                found.operation.content
            );
            Complaint::new(resource.object.name, &found.operation.id, what)
        })
        .collect()
}

/// A page larger than the contract allows is refused, and smaller ones are more requests. Where no size is asked for,
/// `src/twilio/page_size.rs` says why.
fn wrong_page(resource: &Managed) -> Option<Complaint> {
    let largest = Surface::of(resource).list?.operation.list.as_ref()?.max_page_size?;
    compared();
    let asked = page_size(resource.object.place.product, resource.object.place.collection);
    asked.is_some_and(|asked| u64::from(asked) != largest).then(|| {
        let what = format!("its lists ask for {asked:?} and the contract allows {largest}");
        Complaint::new(resource.object.name, "page_size", what)
    })
}

/// A list that must be told the account in its query, and is not, or the other way round.
fn wrong_account_parameter(resource: &Managed) -> Option<Complaint> {
    let list = Surface::of(resource).list?;
    compared();
    let demanded = list
        .operation
        .params_in(Location::Query)
        .find(|field| field.required)
        .map(|field| field.name.as_str());
    let sent = resource.object.place.account_parameter;
    (demanded != sent).then(|| {
        let what = format!("the table sends {sent:?} with a list and the contract demands {demanded:?}");
        Complaint::new(resource.object.name, "listing", what)
    })
}

fn wrong_prefix(resource: &Managed) -> Option<Complaint> {
    let published = Contract::published().resource(
        &resource.object.place.product.host(),
        resource.object.place.collection.trim_end_matches(".json"),
    )?;
    let prefix = published.key_prefix.as_deref().filter(|_| resource.object.has_sid())?;
    compared();
    (prefix != resource.object.sid_prefix()).then(|| {
        let what = format!(
            "the table says {} and the contract {prefix}",
            resource.object.sid_prefix()
        );
        Complaint::new(resource.object.name, "sid_prefix", what)
    })
}

#[test]
fn a_table_that_is_wrong_about_its_paths_is_refused() {
    const WRONG: Managed = Managed {
        object: Object {
            name: "twilio_wrong",
            place: Place::at(Product::Messaging, "/v1/Services", "/v1/Services/{sid}"),
            key: Key::Sid("PN"),
            ..Object::NEW
        },
        since: "0.1.0",
        lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Forget).sending(BodyStyle::Json),
        ..Managed::NEW
    };
    const NOWHERE: Managed = Managed {
        object: Object {
            name: "twilio_nowhere",
            place: Place::at(Product::Messaging, "/v1/Nowhere", "/v1/Nowhere/{sid}"),
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };
    assert_eq!(unpublished(&WRONG).len(), 2);
    assert_eq!(unpublished(&NOWHERE).len(), 4);
    assert_eq!(wrong_body(&WRONG).len(), 1);
    const UNTOLD: Managed = Managed {
        object: Object {
            name: "twilio_untold",
            place: Place::at(Product::Iam, "/v1/Keys", "/v1/Keys/{sid}"),
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };
    assert!(wrong_account_parameter(&UNTOLD).is_some());
    assert!(wrong_prefix(&WRONG).is_some());
    const SMALL_PAGES: Managed = Managed {
        object: Object {
            name: "twilio_small_pages",
            place: Place::at(
                Product::Api,
                "/2010-04-01/Accounts/{account_sid}/Usage/Records.json",
                "/2010-04-01/Accounts/{account_sid}/Usage/Records/{sid}.json",
            ),
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };
    assert!(wrong_page(&SMALL_PAGES).is_some() && wrong_page(&WRONG).is_none());
}
