//! `examples/testing/twilio.tfmock.hcl`: what Terraform's `mock_provider` needs to know of the resources.
//!
//! Terraform makes up eight letters for each text that only a provider knows, and the provider, which still checks the
//! configuration, takes none of them for a SID, an address or a number. So each computed attribute that another resource may
//! refer to has a value of the right shape here. Lists of objects are empty: Terraform takes no defaults for them.

use std::fmt::Write as _;

use terraform_provider_twilio::engine::facts::{AccountRule, Check, Field, Kind, Literal, Object, Presence, Removed};
use terraform_provider_twilio::engine::values::lookup_schema::keys_name;
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};

/// The file.
pub fn file() -> String {
    let mut text = String::from(
        "# Values for `mock_provider \"twilio\"` in `terraform test`: see the guide to testing. Written by `cargo xtask docs`.\n\
         #\n\
         # Objects of one kind all get the same SID. Where a test tells them apart, override one with override_resource.\n",
    );
    for resource in RESOURCES {
        let mut values = of_every_object(&resource.object);
        values.extend(known(resource.object.fields.iter()));
        block(&mut text, "mock_resource", resource.object.name, &values);
    }
    for resource in RESOURCES {
        let object = &resource.object;
        let mut values = of_every_object(object);
        values.extend(read(object));
        block(&mut text, "mock_data", object.name, &values);
        if let Some(plural) = object.plural {
            let keys = keys_name(object);
            let key = of_every_object(object)
                .into_iter()
                .find(|(name, _)| *name == &keys[..keys.len() - 1]);
            let mut all = Vec::new();
            if object.account != AccountRule::Owned {
                all.push(("account_sid", quoted(&sid("AC"))));
            }
            all.extend(key.map(|(_, key)| (keys, format!("[{key}]"))));
            block(&mut text, "mock_data", plural.name, &all);
        }
    }
    for data_source in DATA_SOURCES {
        let values = known(data_source.attributes.iter());
        if !values.is_empty() {
            block(&mut text, "mock_data", data_source.name, &values);
        }
    }
    text
}

fn block(text: &mut String, kind: &str, name: &str, values: &[(&str, String)]) {
    let width = values.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let _ = write!(text, "\n{kind} \"{name}\" {{\n  defaults = {{\n");
    for (name, value) in values {
        let _ = writeln!(text, "    {name:width$} = {value}");
    }
    text.push_str("  }\n}\n");
}

/// What every object has beside its fields.
fn of_every_object(object: &Object) -> Vec<(&'static str, String)> {
    let mut values = Vec::new();
    if object.has_sid() {
        values.push(("sid", quoted(&sid(object.sid_prefix()))));
    }
    values.extend(id(object).map(|id| ("id", quoted(&id))));
    let account = match object.account {
        AccountRule::Owned => sid("AC").replace("0001", "0002"),
        AccountRule::Fixed | AccountRule::Movable => sid("AC"),
    };
    values.push(("account_sid", quoted(&account)));
    values
}

/// The attributes that a read tells and whose shape is known.
fn read(object: &Object) -> Vec<(&'static str, String)> {
    let values = object.readable().filter_map(|field| Some((field.name, value(field)?)));
    values.collect()
}

/// The attributes that Twilio may set and whose shape is known.
fn known(attributes: impl Iterator<Item = &'static Field>) -> Vec<(&'static str, String)> {
    let computed =
        attributes.filter(|attribute| matches!(attribute.presence(), Presence::Computed | Presence::OptionalComputed));
    computed
        .filter_map(|attribute| Some((attribute.name, value(attribute)?)))
        .collect()
}

fn value(attribute: &Field) -> Option<String> {
    if let Removed::Default(literal) = attribute.removed() {
        return Some(match literal {
            Literal::Text(text) => quoted(text),
            Literal::Bool(truth) => truth.to_string(),
            Literal::Int(number) => number.to_string(),
            Literal::EmptyObject => "{}".to_owned(),
            Literal::EmptyList => "[]".to_owned(),
        });
    }
    let checked = attribute.checks.iter().find_map(|check| match check {
        Check::Sid(prefix) => Some(sid(prefix)),
        Check::SidOf(prefixes) => prefixes.first().map(|prefix| sid(prefix)),
        Check::E164 => Some(NUMBER.to_owned()),
        Check::Country => Some("US".to_owned()),
        Check::Url => Some(ADDRESS.to_owned()),
        Check::OneOf(allowed) | Check::Known(allowed) => allowed.first().map(|text| (*text).to_owned()),
        _ => None,
    });
    let text = match (attribute.kind, attribute.name) {
        (Kind::Text, _) if checked.is_some() => checked?,
        (Kind::Timestamp, _) => "2026-01-01T00:00:00Z".to_owned(),
        (Kind::Text, "account_sid" | "owner_account_sid") => sid("AC"),
        (Kind::Text, "phone_number") => NUMBER.to_owned(),
        (Kind::Text, name) if name.ends_with("_url") => ADDRESS.to_owned(),
        (Kind::Text, "country_code" | "iso_country") => "US".to_owned(),
        _ => return None,
    };
    Some(quoted(&text))
}

const NUMBER: &str = "+14155550100";
const ADDRESS: &str = "https://example.com/mock";

fn sid(prefix: &str) -> String {
    format!("{prefix}{:032}", 1)
}

/// The `id`, which is the SID or the shortest key below the account.
fn id(object: &Object) -> Option<String> {
    if object.is_of_the_account() {
        return Some(sid("AC"));
    }
    let parts = object.id_parts().map(|name| match name {
        "sid" => Some(sid(object.sid_prefix())),
        name => object.field(name)?.checks.iter().find_map(|check| match check {
            Check::Sid(prefix) => Some(sid(prefix)),
            Check::SidOf(prefixes) => prefixes.first().map(|prefix| sid(prefix)),
            _ => None,
        }),
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
