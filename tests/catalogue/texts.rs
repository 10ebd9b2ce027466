//! Documentation: everything has some, and it says what the table does.

use terraform_provider_twilio::engine::facts::Absent::{Clears, DefaultsTo, Keeps};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Field, Literal, Managed, Object, Presence, Removed, Role, int, text,
};
use terraform_provider_twilio::provider::offered::{ACTIONS, DATA_SOURCES, RESOURCES};

use crate::walk::{Complaint, Located, everything, of_resource, settle};

/// Where Twilio documents what the tables are about.
pub const TWILIOS_PAGES: &str = "https://www.twilio.com/docs/";

#[test]
fn every_table_says_what_it_is() {
    let resources = RESOURCES.iter().map(|table| {
        (
            table.object.name,
            table.object.noun,
            table.doc,
            table.quirks,
            table.object.api_page,
            table.since,
        )
    });
    let data_sources = DATA_SOURCES.iter().map(|table| {
        (
            table.name,
            table.noun,
            table.doc,
            table.quirks,
            table.api_page,
            table.since,
        )
    });
    let actions = ACTIONS.iter().map(|table| {
        (
            table.name,
            table.noun,
            table.doc,
            table.quirks,
            table.api_page,
            table.since,
        )
    });
    let mut complaints = Vec::new();
    for (table, noun, doc, quirks, api_page, since) in resources.chain(data_sources).chain(actions) {
        let mut complain = |name: &str, wrong: bool, what: &str| {
            if wrong {
                complaints.push(Complaint::new(table, name, what));
            }
        };
        complain("noun", noun.is_empty() || noun.ends_with('.'), "is no noun phrase");
        complain("doc", !is_prose(doc), "is not made of sentences");
        for quirk in quirks {
            complain("quirks", !is_prose(quirk), "has one that is not made of sentences");
            complain("quirks", doc.contains(quirk), "repeats what the documentation says");
        }
        complain(
            "api_page",
            !api_page.starts_with(TWILIOS_PAGES),
            "is no page of Twilio's documentation",
        );
        let numbers: Vec<_> = since.split('.').map(str::parse::<u32>).collect();
        complain(
            "since",
            numbers.len() != 3 || numbers.iter().any(Result::is_err),
            "is no version",
        );
    }
    settle(complaints, &[]);
}

#[test]
fn every_attribute_is_documented_in_sentences() {
    settle(everything().iter().filter_map(no_prose).collect(), &[]);
}

#[test]
fn documentation_names_defaults_values_bounds_and_replacement() {
    settle(everything().iter().flat_map(unsaid).collect(), &[]);
}

/// Texts that no check of a form takes, and what the reasons against them say must not be read as what they are.
const NONSENSE: &[&str] = &["", "!", "nonsense", "198.51.100.0/24", "example.com", "\u{1} \u{1}"];

#[test]
fn a_reason_against_a_value_says_what_it_must_be_and_not_what_it_is() {
    settle(
        everything()
            .iter()
            .flat_map(states_of_the_wrong_what_is_right)
            .collect(),
        &[],
    );
    const STATES: Field = text("domain", Setting(Clears)).checks(&[Check::Each(&Check::Custom(|_| {
        Err("It is a name of your own below example.com.".into())
    }))]);
    let wrong = Located {
        table: "twilio_test",
        path: "domain".to_owned(),
        attribute: &STATES,
    };
    assert_eq!(states_of_the_wrong_what_is_right(&wrong).len(), 1);
}

fn states_of_the_wrong_what_is_right(place: &Located) -> Vec<Complaint> {
    let checks = place.attribute.checks.iter().filter_map(|check| match check {
        Check::Custom(check) | Check::Each(Check::Custom(check)) => Some(check),
        _ => None,
    });
    let refused = checks.flat_map(|check| NONSENSE.iter().filter_map(move |text| check(text).err()));
    let states = |said: &str| {
        let begins = ["It is a ", "It is an ", "It begins ", "It starts ", "It has a "];
        begins.iter().any(|begin| said.starts_with(begin))
    };
    let said = refused.map(|reason| reason.to_string()).find(|said| states(said));
    said.map(|said| place.complaint(format!("says of what is wrong: {said}")))
        .into_iter()
        .collect()
}

#[test]
fn what_is_removed_does_what_its_documentation_says() {
    let places = RESOURCES.iter().flat_map(of_resource);
    settle(places.flat_map(|place| broken_promises(&place)).collect(), &[]);
}

#[test]
fn what_is_left_out_has_a_reason() {
    let left_out = RESOURCES
        .iter()
        .flat_map(|table| table.omitted.iter().map(move |omitted| (table, omitted)));
    let complaints = left_out
        .filter(|(_, omitted)| omitted.reason.len() < 10)
        .map(|(table, omitted)| Complaint::new(table.object.name, omitted.parameter, "is left out without a reason"));
    settle(complaints.collect(), &[]);
}

/// Starts like a sentence, ends like one, and has no stray white space of a broken line.
pub fn is_prose(doc: &str) -> bool {
    doc.starts_with(|first: char| first.is_uppercase() || first == '`')
        && doc.ends_with('.')
        && !doc.contains("  ")
        && !doc.contains('\n')
}

fn no_prose(place: &Located) -> Option<Complaint> {
    let doc = place.attribute.doc;
    if doc.is_empty() {
        return Some(place.complaint("is not documented"));
    }
    (!is_prose(doc)).then(|| place.complaint(format!("is not documented in sentences: {doc:?}")))
}

/// Facts of the table that the text keeps to itself.
fn unsaid(place: &Located) -> Vec<Complaint> {
    let Field { doc, checks, .. } = *place.attribute;
    let removed = place.attribute.removed();
    let mut complaints = Vec::new();
    if let Removed::Default(literal) = removed {
        let default = format!("`{}`", shown(literal));
        if !doc.contains("efault") || !doc.contains(&default) {
            complaints.push(place.complaint(format!("the documentation does not say that its default is {default}")));
        }
    }
    for check in checks {
        let values: Vec<String> = match check {
            // Of hundreds the page of Twilio's tells.
            Check::Known(known) if known.len() > 12 => Vec::new(),
            Check::OneOf(allowed) | Check::Known(allowed) => allowed.iter().map(|value| format!("`{value}`")).collect(),
            Check::Range(least, most) => vec![format!("`{least}`"), format!("`{most}`")],
            // In backticks or within a sentence: "up to 64 characters".
            Check::Length(_, most) => vec![most.to_string()],
            _ => Vec::new(),
        };
        for value in values.into_iter().filter(|value| !doc.contains(value.as_str())) {
            complaints.push(place.complaint(format!("the documentation does not mention {value}")));
        }
    }
    // An action has no object that a change could replace.
    if place.attribute.replaces()
        && !ACTIONS.iter().any(|action| action.name == place.table)
        && !["replace", "another", "Another", "A change takes"]
            .iter()
            .any(|word| doc.contains(word))
    {
        complaints.push(place.complaint("the documentation does not say that a change makes another object"));
    }
    complaints
}

/// What the text says about defaults and about taking the attribute out, against what the table plans.
fn broken_promises(place: &Located) -> Vec<Complaint> {
    let (doc, removed) = (place.attribute.doc, place.attribute.removed());
    if !place.attribute.is_configurable() {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    if doc.contains("Default: ") && !matches!(removed, Removed::Default(_)) {
        complaints.push(place.complaint("names a default, which is not what is planned"));
    }
    let says_keeps = doc.contains("Removing it keeps");
    // What stands in place of the key is not taken off the object: the other one says the same.
    let is_of_the_object = place.attribute.role != Role::EitherKey;
    if is_of_the_object
        && place.attribute.presence() == Presence::OptionalComputed
        && (removed == Removed::Keep) != says_keeps
    {
        complaints.push(place.complaint("does not say that removing it keeps what Twilio has, or says so wrongly"));
    }
    if place.attribute.starts_empty() && place.path.contains('.') {
        complaints.push(place.complaint("starts empty, which only attributes of the resource itself can"));
    }
    complaints
}

fn shown(literal: Literal) -> String {
    match literal {
        Literal::Text(text) => text.to_owned(),
        Literal::Bool(truth) => truth.to_string(),
        Literal::Int(number) => number.to_string(),
        Literal::EmptyObject => "{}".to_owned(),
        Literal::EmptyList => "[]".to_owned(),
    }
}

#[test]
fn a_table_that_keeps_its_facts_to_itself_is_refused() {
    const SILENT: Managed = Managed {
        object: Object {
            name: "twilio_silent",
            fields: &[
                text("undocumented", Setting(Clears)),
                text("fragment", Setting(Clears)).doc("the name"),
                text("mode", Setting(Clears))
                    .checks(&[Check::OneOf(&["on", "off"])])
                    .doc("On or `off`."),
                int("size", Setting(DefaultsTo(Literal::Int(7))))
                    .checks(&[Check::Range(1, 9)])
                    .doc("From `1` to `9`."),
                text("use", Setting(Clears))
                    .checks(&[Check::Known(&["a", "b"])])
                    .doc("For `a`."),
                text("name", Setting(Clears))
                    .checks(&[Check::Length(1, 64)])
                    .doc("The name."),
                text("region", Fixed(Clears)).doc("Where it is."),
                text("colour", Setting(Keeps)).doc("Default: `red`."),
            ],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };
    let places = of_resource(&SILENT);
    let prose: Vec<_> = places.iter().filter_map(no_prose).map(|one| one.name).collect();
    assert_eq!(prose, ["undocumented", "fragment"]);
    let silent: Vec<_> = places.iter().flat_map(unsaid).map(|one| one.name).collect();
    assert_eq!(silent, ["mode", "size", "use", "name", "region"]);
    let broken: Vec<_> = places.iter().flat_map(broken_promises).map(|one| one.name).collect();
    assert_eq!(broken, ["colour", "colour"]);
}
