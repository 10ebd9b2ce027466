//! Which types of the contract a kind of attribute can be written as and read from.

use terraform_provider_twilio::engine::facts::{Check, Field, Kind, Sent};
use twilio_simulator::contract::{Field as PublishedField, Kind as Published};

/// Why a parameter cannot take the values of an attribute, if it cannot.
pub fn cannot_be_written(attribute: &Field, parameter: &PublishedField) -> Option<String> {
    let published = parameter.kind;
    let fits = match attribute.kind {
        _ if published == Published::Any => true,
        Kind::Text | Kind::Timestamp => published == Published::String,
        // Actions that ride on an update are published as texts and documented as true or false.
        Kind::Bool if attribute.sent() == Sent::OnTheWay => matches!(published, Published::Boolean | Published::String),
        Kind::Bool => published == Published::Boolean,
        Kind::Int => matches!(published, Published::Integer | Published::Number | Published::String),
        Kind::Decimal => matches!(published, Published::Number | Published::String),
        // JSON goes into a form as a text, and may be a list.
        Kind::Json => matches!(published, Published::Object | Published::String | Published::Array),
        Kind::Map(_) | Kind::Object(_) => matches!(published, Published::Object | Published::String),
        _ if attribute.comma_separated => published == Published::String,
        Kind::List(_) | Kind::Set(_) | Kind::Objects(_) | Kind::ObjectSet(_) => published == Published::Array,
    };
    (!fits).then(|| format!("is written as another type than {published:?}"))
}

/// Why an attribute cannot hold what a field of a response says, if it cannot.
pub fn cannot_be_read(attribute: &Field, field: &PublishedField) -> Option<String> {
    let published = field.kind;
    let fits = match attribute.kind {
        _ if published == Published::Any => true,
        Kind::Text => !matches!(published, Published::Array | Published::Object),
        Kind::Timestamp => published == Published::String,
        Kind::Bool => matches!(published, Published::Boolean | Published::String),
        // The classic API answers numbers as texts.
        Kind::Int | Kind::Decimal => !matches!(published, Published::Array | Published::Object | Published::Boolean),
        Kind::Json => true,
        Kind::Map(_) | Kind::Object(_) => published == Published::Object,
        Kind::List(_) | Kind::Set(_) if attribute.comma_separated => {
            matches!(published, Published::Array | Published::String)
        }
        Kind::List(_) | Kind::Set(_) | Kind::Objects(_) | Kind::ObjectSet(_) => published == Published::Array,
    };
    if !fits {
        return Some(format!("is read from another type than {published:?}"));
    }
    let is_date = field
        .format
        .as_deref()
        .is_some_and(|format| format.starts_with("date-time"));
    (is_date && !matches!(attribute.kind, Kind::Timestamp)).then(|| "is a moment and not read as one".to_owned())
}

/// Whether a value is a state that only Twilio brings about.
fn is_twilios(attribute: &Field, value: &str) -> bool {
    let mut satisfied = attribute.satisfied_by.iter().flat_map(|(_, later)| *later);
    satisfied.any(|later| *later == value) || attribute.refused.is_some_and(|refusal| refusal.states.contains(&value))
}

/// What the checks of an attribute say otherwise than the contract.
pub fn wrong_checks(attribute: &Field, parameter: &PublishedField) -> Vec<String> {
    let mut wrong = Vec::new();
    let allowed: Vec<_> = parameter.allowed.iter().filter_map(|value| value.as_str()).collect();
    let mut prefixes: Option<&[&str]> = None;
    let (mut is_url, mut knows_values, mut has_bounds) = (false, false, false);
    for check in attribute.checks {
        match check {
            Check::OneOf(ours) if !allowed.is_empty() => {
                knows_values = true;
                let unknown = ours.iter().filter(|value| !allowed.contains(value));
                wrong.extend(unknown.map(|value| format!("allows {value:?}, and the contract only {allowed:?}")));
                // What the table refuses, nobody can ask for.
                let refused = allowed
                    .iter()
                    .filter(|value| !ours.contains(value) && !is_twilios(attribute, value));
                wrong.extend(refused.map(|value| format!("refuses {value:?}, which the contract allows")));
            }
            Check::Known(ours) if !allowed.is_empty() => {
                knows_values = true;
                let unknown = ours.iter().filter(|value| !allowed.contains(value));
                wrong.extend(unknown.map(|value| format!("knows {value:?}, and the contract only {allowed:?}")));
                let new = allowed.iter().filter(|value| !ours.contains(value));
                wrong.extend(new.map(|value| format!("warns of {value:?}, which the contract has")));
            }
            Check::Range(least, most) => {
                has_bounds = true;
                let bound = |bound: &Option<serde_json::Number>| bound.as_ref().and_then(serde_json::Number::as_i64);
                if bound(&parameter.minimum).is_some_and(|minimum| minimum != *least)
                    || bound(&parameter.maximum).is_some_and(|maximum| maximum != *most)
                {
                    wrong.push(format!(
                        "allows {least} to {most}, and the contract {:?} to {:?}",
                        parameter.minimum, parameter.maximum
                    ));
                }
            }
            Check::Sid(ours) => prefixes = Some(std::slice::from_ref(ours)),
            Check::SidOf(ours) => prefixes = Some(ours),
            Check::AnySid => prefixes = Some(&[]),
            Check::Url => is_url = true,
            // Code of the table's own may look at anything.
            Check::Custom(_) => (knows_values, has_bounds) = (true, true),
            _ => {}
        }
    }
    if !allowed.is_empty() && !knows_values && matches!(attribute.kind, Kind::Text) {
        wrong.push(format!("is not checked as one of {allowed:?}"));
    }
    let bounds = (&parameter.minimum, &parameter.maximum);
    if bounds != (&None, &None) && !has_bounds && matches!(attribute.kind, Kind::Int) {
        wrong.push(format!("is not checked to be within {bounds:?}"));
    }
    let published: Vec<_> = parameter.sid.iter().filter(|prefix| *prefix != "**").collect();
    match prefixes {
        Some(ours) if !published.is_empty() => {
            // What the table refuses, nobody can ask for.
            let refuses = !ours.is_empty() && published.iter().any(|prefix| !ours.contains(&prefix.as_str()));
            let is_unknown = ours
                .iter()
                .any(|ours| !published.iter().any(|prefix| prefix.as_str() == *ours));
            if refuses || is_unknown {
                wrong.push(format!(
                    "asks for a SID of {ours:?}, and the contract for {published:?}"
                ));
            }
        }
        None if !published.is_empty() && matches!(attribute.kind, Kind::Text) => {
            wrong.push(format!("is not checked as a SID of {published:?}"));
        }
        _ => {}
    }
    // `sip:` is a URI that Twilio calls and does not request.
    let is_requested = parameter.format.as_deref() == Some("uri") && !parameter.name.contains("Sip");
    if is_requested && !is_url {
        wrong.push("is not checked as a URL".to_owned());
    }
    wrong
}
