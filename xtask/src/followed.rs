//! The data sources and searches that follow from the tables of resources, with an example of each.

use std::fmt::Write as _;

use terraform_provider_twilio::engine::facts::{Check, Field, Kind, Managed, Object};
use terraform_provider_twilio::engine::values::lookup_schema::{
    all_schema, key_name, one_schema, parents_of_list, search_schema,
};
use terraform_provider_twilio::framework::schema::Schema;

/// A data source or search that follows from a table.
pub struct Followed {
    /// Terraform's type name.
    pub name: &'static str,
    /// Its schema.
    pub schema: Schema,
    /// A configuration that reads it.
    pub example: String,
}

/// The data sources of a table.
pub fn followed(table: &'static Managed) -> Vec<Followed> {
    let object = &table.object;
    let mut sources = vec![Followed {
        name: object.name,
        schema: one_schema(table),
        example: one_example(object),
    }];
    if let (Some(plural), Some(schema)) = (object.plural, all_schema(table)) {
        sources.push(Followed {
            name: plural.name,
            schema,
            example: all_example(object, plural.name),
        });
    }
    sources
}

/// The search for the objects of a table (`terraform query`); `None` where there is no list.
pub fn search(table: &'static Managed) -> Option<Followed> {
    let object = &table.object;
    Some(Followed {
        name: object.name,
        schema: search_schema(table)?,
        example: search_example(object),
    })
}

fn search_example(object: &Object) -> String {
    let parents = parents_of_list(object).into_iter();
    let parents: Vec<_> = parents.map(|name| (name, value(object, name))).collect();
    let provider = ("provider", "twilio".to_owned());
    let mut text = String::new();
    search_block(
        &mut text,
        object.name,
        "all",
        &[provider.clone(), ("limit", "1000".to_owned())],
        &parents,
    );
    let filter = object.list.filters.first();
    let filter = filter.map(|filter| (filter.field.name, of_field(&filter.field)));
    let filtered: Vec<_> = parents.into_iter().chain(filter).collect();
    text.push('\n');
    let whole = ("include_resource", "true".to_owned());
    search_block(&mut text, object.name, "whole", &[provider, whole], &filtered);
    text
}

fn search_block(text: &mut String, name: &str, label: &str, arguments: &[(&str, String)], config: &[(&str, String)]) {
    let _ = writeln!(text, "list \"{name}\" \"{label}\" {{");
    lines(text, "  ", arguments);
    if !config.is_empty() {
        text.push_str("\n  config {\n");
        lines(text, "    ", config);
        text.push_str("  }\n");
    }
    text.push_str("}\n");
}

fn one_example(object: &Object) -> String {
    let key = key_name(object);
    let of_parents = object.parents.iter().map(|name| (*name, value(object, name)));
    let mut text = String::new();
    // Settings of an account are those of the provider's, unless another is named; those of a parent go by the parent.
    let has_own_key = !object.is_of_the_account() && !object.parents.contains(&key);
    let own_key = has_own_key.then(|| (key, value(object, key)));
    let by_key = of_parents.clone().chain(own_key);
    block(&mut text, object.name, "example", &Vec::from_iter(by_key));
    let names = object.lookup_fields();
    if !names.is_empty() {
        let by_name = of_parents.chain(names.iter().map(|name| (*name, value(object, name))));
        text.push('\n');
        // `by_name` for `friendly_name`, `by_number` for `phone_number`.
        let word = names[0].rsplit('_').next().unwrap_or("name");
        block(&mut text, object.name, &format!("by_{word}"), &Vec::from_iter(by_name));
    }
    text
}

fn all_example(object: &Object, name: &str) -> String {
    let parents = parents_of_list(object)
        .into_iter()
        .map(|name| (name, value(object, name)));
    let mut text = String::new();
    block(&mut text, name, "all", &Vec::from_iter(parents.clone()));
    if let Some(filter) = object.list.filters.first() {
        let filtered = parents.chain([(filter.field.name, of_field(&filter.field))]);
        text.push('\n');
        block(&mut text, name, "some", &Vec::from_iter(filtered));
    }
    text
}

fn block(text: &mut String, name: &str, label: &str, arguments: &[(&str, String)]) {
    if arguments.is_empty() {
        let _ = writeln!(text, "data \"{name}\" \"{label}\" {{}}");
        return;
    }
    let _ = writeln!(text, "data \"{name}\" \"{label}\" {{");
    lines(text, "  ", arguments);
    text.push_str("}\n");
}

/// Arguments, one a line, with their values below each other.
fn lines(text: &mut String, indent: &str, arguments: &[(&str, String)]) {
    let width = arguments.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, value) in arguments {
        let _ = writeln!(text, "{indent}{name:width$} = {value}");
    }
}

/// A value that an argument may have.
fn value(object: &Object, name: &str) -> String {
    match object.field(name) {
        Some(field) => of_field(field),
        None => quoted(&sid(object.sid_prefix())),
    }
}

fn of_field(field: &Field) -> String {
    match field.kind {
        Kind::Bool => return "true".to_owned(),
        Kind::Int | Kind::Decimal => return "1".to_owned(),
        _ => {}
    }
    let checked = field.checks.iter().find_map(|check| match check {
        Check::Sid(prefix) => Some(sid(prefix)),
        Check::E164 => Some("+14155550100".to_owned()),
        Check::Country => Some("US".to_owned()),
        Check::Url => Some("https://example.com".to_owned()),
        Check::OneOf(allowed) | Check::Known(allowed) => allowed.first().map(|text| (*text).to_owned()),
        _ => None,
    });
    let named = match field.name {
        name if name.ends_with("_value") => "1000",
        "phone_number" => "+14155550100",
        _ => "Example",
    };
    let fitting = std::iter::once(named)
        .chain(FORMS.iter().copied())
        .find(|text| passes(field, text));
    quoted(&checked.unwrap_or_else(|| fitting.unwrap_or(named).to_owned()))
}

/// Something that a field with a check of its own lets through.
pub fn fitting(field: &Field) -> Option<&'static str> {
    let has_own = field.checks.iter().any(|check| matches!(check, Check::Custom(_)));
    FORMS.iter().copied().find(|text| has_own && passes(field, text))
}

fn passes(field: &Field, text: &str) -> bool {
    field.checks.iter().all(|check| match check {
        Check::Custom(check) => check(text).is_ok(),
        _ => true,
    })
}

/// What a field may want that has a check of its own.
const FORMS: &[&str] = &[
    "US",
    "example",
    "example.sip.twilio.com",
    "example.pstn.twilio.com",
    "https://example.com",
    "sip:example.com",
    "203.0.113.10",
    "+14155550142",
    "1000",
];

fn sid(prefix: &str) -> String {
    format!("{prefix}0123456789abcdef0123456789abcdef")
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use terraform_provider_twilio::engine::facts::{Check, Field, Key, Object, Place, Role, sid};
    use terraform_provider_twilio::twilio::Product;

    use super::one_example;

    const FIELDS: &[Field] = &[sid("chat_service_sid", Role::PathPart, &[Check::Sid("IS")])];

    /// Settings of something that is not the account.
    const SETTINGS: Object = Object {
        name: "twilio_settings_of_a_service",
        place: Place::alone(Product::Conversations, "/v1/Services/{chat_service_sid}/Configuration"),
        parents: &["chat_service_sid"],
        key: Key::None,
        fields: FIELDS,
        ..Object::NEW
    };

    #[test]
    fn settings_of_a_parent_name_it_once() {
        let example = one_example(&SETTINGS);
        assert_eq!(example.matches("chat_service_sid").count(), 1, "{example}");
    }
}
