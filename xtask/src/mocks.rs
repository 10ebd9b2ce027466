//! `examples/testing/twilio.tfmock.hcl`: what Terraform's `mock_provider` needs to know of the resources.
//!
//! Terraform makes up eight letters for each text that only a provider knows, and the provider, which still checks the
//! configuration, takes none of them for a SID, an address or a number. So each computed attribute has a value of the right shape
//! here: what the sample of the resource has in it, else what its default or its checks say. Lists of objects are empty:
//! Terraform takes no defaults for them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::{
    AccountRule, Check, Field, Kind, Literal, Managed, Object, Presence, Removed,
};
use terraform_provider_twilio::engine::values::lookup_schema::keys_name;
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};

use xtask::samples::{Block, Sample, Samples, Scope};

use crate::followed::fitting;
use crate::process::root;

/// A value for each attribute of a type that has one.
type Values = Vec<(&'static str, Json)>;

/// The file.
///
/// # Errors
/// When a sample is missing or cannot be evaluated.
pub fn file() -> Result<String> {
    let mut text = String::from(
        "# Values for `mock_provider \"twilio\"` in `terraform test`: see the guide to testing. Written by `cargo xtask docs`.\n\
         #\n\
         # Objects of one kind all get the same SID. Where a test tells them apart, override one with override_resource.\n",
    );
    let samples = Samples::read(&[&root().join("examples/resources")])?;
    let mut shown = BTreeMap::new();
    for resource in RESOURCES {
        let name = resource.object.name;
        let sample = samples.of(name).with_context(|| format!("{name} has no sample"))?;
        shown.insert(name, in_sample(&samples, sample, resource)?);
    }
    for resource in RESOURCES {
        let object = &resource.object;
        let sample = &shown[object.name];
        let mut values = of_every_object(object, sample);
        let set = object.fields.iter().filter(|field| may_be_computed(field));
        values.extend(set.filter_map(|field| {
            let value = default(field)
                .or_else(|| in_configuration(field, sample))
                .or_else(|| shape(field));
            Some((field.name, value?))
        }));
        block(&mut text, "mock_resource", object.name, &values);
    }
    for resource in RESOURCES {
        let object = &resource.object;
        let sample = &shown[object.name];
        let mut values = of_every_object(object, sample);
        values.extend(object.readable().filter_map(|field| {
            let value = in_configuration(field, sample)
                .or_else(|| default(field))
                .or_else(|| shape(field));
            Some((field.name, value?))
        }));
        block(&mut text, "mock_data", object.name, &values);
        if let Some(plural) = object.plural {
            let keys = keys_name(object);
            let key = of_every_object(object, sample)
                .into_iter()
                .find(|(name, _)| *name == &keys[..keys.len() - 1]);
            let mut all = Vec::new();
            if object.account != AccountRule::Owned {
                all.push(("account_sid", sid("AC")));
            }
            all.extend(key.map(|(_, key)| (keys, json!([key]))));
            block(&mut text, "mock_data", plural.name, &all);
        }
    }
    for data_source in DATA_SOURCES {
        let computed = data_source.attributes.iter().filter(|field| may_be_computed(field));
        let values = computed.filter_map(|field| {
            let value = default(field).or_else(|| shape(field));
            Some((field.name, value.or_else(|| as_an_argument(field))?))
        });
        block(&mut text, "mock_data", data_source.name, &values.collect::<Vec<_>>());
    }
    Ok(text)
}

/// What the configuration of a sample has, with the mocked objects in the place of those that it refers to.
fn in_sample(samples: &Samples, sample: &Sample, resource: &Managed) -> Result<Json> {
    let first = sample.first();
    let mut scope = Scope::default();
    for before in &sample.special.before {
        scope.variables.insert(before.name.clone(), Json::Null);
    }
    scope.variables.insert("account_sid".to_owned(), sid("AC"));
    for (owner, block) in samples.before(sample, &[first])? {
        let mut object = evaluated(block, &scope, owner)?;
        let type_name = &block.address.type_name;
        if let Some(table) = RESOURCES.iter().find(|table| table.object.name == *type_name) {
            for (name, value) in of_every_object(&table.object, &object.clone()) {
                object[name] = value;
            }
            for field in table.object.fields.iter().filter(|field| may_be_computed(field)) {
                if let (true, Some(value)) = (object[field.name].is_null(), shape(field)) {
                    object[field.name] = value;
                }
            }
        }
        scope.objects.insert(block.address.clone(), object);
    }
    let mut values = evaluated(first, &scope, sample)?;
    for field in resource.object.fields {
        // What has no resource yet is a variable, whose value is some SID.
        if values[field.name].is_null()
            && let Some(sid) = expected_sid(field)
            && first.attributes.iter().any(|(name, _)| name == field.name)
        {
            values[field.name] = sid;
        }
    }
    Ok(values)
}

fn evaluated(block: &Block, scope: &Scope, sample: &Sample) -> Result<Json> {
    block.evaluate(scope, &sample.folder)
}

fn block(text: &mut String, kind: &str, name: &str, values: &[(&str, Json)]) {
    let width = values.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let _ = write!(text, "\n{kind} \"{name}\" {{\n  defaults = {{\n");
    for (name, value) in values {
        let _ = writeln!(text, "    {name:width$} = {}", hcl(value));
    }
    text.push_str("  }\n}\n");
}

/// A value as it is written in a configuration.
fn hcl(value: &Json) -> String {
    match value {
        Json::String(text) => hcl_text(text),
        Json::Array(items) => format!("[{}]", items.iter().map(hcl).collect::<Vec<_>>().join(", ")),
        Json::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Json::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| format!("{} = {}", hcl_name(name), hcl(value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// The name of a field, in quotes where it needs some.
fn hcl_name(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    match name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.chars().all(is_plain) {
        true => name.to_owned(),
        false => hcl_text(name),
    }
}

/// A text in quotes, in which nothing is a template.
fn hcl_text(text: &str) -> String {
    json!(text).to_string().replace("${", "$${").replace("%{", "%%{")
}

/// What every object has beside its fields.
fn of_every_object(object: &Object, sample: &Json) -> Values {
    let mut values = Vec::new();
    if object.has_sid() {
        values.push(("sid", sid(object.sid_prefix())));
    }
    values.extend(id(object, sample).map(|id| ("id", json!(id))));
    let account = match object.account {
        AccountRule::Owned => json!(format!("AC{:032}", 2)),
        AccountRule::Fixed | AccountRule::Movable => sid("AC"),
    };
    values.push(("account_sid", account));
    values
}

/// Whether Twilio may be who sets it.
fn may_be_computed(field: &Field) -> bool {
    matches!(field.presence(), Presence::Computed | Presence::OptionalComputed)
}

/// What is planned where nothing is configured.
fn default(field: &Field) -> Option<Json> {
    let Removed::Default(literal) = field.removed() else {
        return None;
    };
    Some(match literal {
        Literal::Text(text) => json!(text),
        Literal::Bool(truth) => json!(truth),
        Literal::Int(number) => json!(number),
        Literal::EmptyObject => json!({}),
        Literal::EmptyList => json!([]),
    })
}

/// What the sample has in a field, as far as Terraform takes it for a default.
fn in_configuration(field: &Field, sample: &Json) -> Option<Json> {
    let value = &sample[field.name];
    match field.kind {
        Kind::Objects(_) | Kind::ObjectSet(_) => None,
        Kind::Object(fields) => {
            let mut members = serde_json::Map::new();
            for field in fields.iter().filter(|field| field.is_readable()) {
                members.extend(in_configuration(field, value).map(|value| (field.name.to_owned(), value)));
            }
            (!members.is_empty()).then_some(Json::Object(members))
        }
        _ => Some(value.clone()).filter(|value| !value.is_null()),
    }
}

/// An object that is made to be the argument of a resource, which checks it: a policy allows something.
fn as_an_argument(field: &Field) -> Option<Json> {
    match (field.kind, field.name) {
        (Kind::Object(_), "policy") => Some(json!({"allow": ["/twilio/messaging/messages/read"]})),
        _ => None,
    }
}

/// Something of the shape that a field has, where that is known.
fn shape(field: &Field) -> Option<Json> {
    let checked = field.checks.iter().find_map(|check| match check {
        Check::E164 => Some(json!(NUMBER)),
        Check::Country => Some(json!("US")),
        Check::Url => Some(json!(ADDRESS)),
        Check::OneOf(allowed) | Check::Known(allowed) => allowed.first().map(|text| json!(text)),
        _ => None,
    });
    match (field.kind, field.name) {
        (Kind::Text, name) => expected_sid(field).or(checked).or_else(|| match name {
            "account_sid" | "owner_account_sid" => Some(sid("AC")),
            "phone_number" => Some(json!(NUMBER)),
            "country_code" | "iso_country" => Some(json!("US")),
            "currency" => Some(json!("USD")),
            "price_unit" => Some(json!("usd")),
            name if name.ends_with("_url") => Some(json!(ADDRESS)),
            _ => fitting(field).map(|text| json!(text)),
        }),
        (Kind::Timestamp, _) => Some(json!("2026-01-01T00:00:00Z")),
        // An account that has run out of money is not what a module is tested with.
        (Kind::Decimal, "balance") => Some(json!(100)),
        // Nor is a part of the accounts.
        (Kind::Bool, "complete") => Some(json!(true)),
        _ => None,
    }
}

const NUMBER: &str = "+14155550100";
const ADDRESS: &str = "https://example.com/mock";

fn sid(prefix: &str) -> Json {
    json!(format!("{prefix}{:032}", 1))
}

/// A SID, where the checks of a field ask for one.
fn expected_sid(field: &Field) -> Option<Json> {
    field.checks.iter().find_map(|check| match check {
        Check::Sid(prefix) => Some(sid(prefix)),
        Check::SidOf(prefixes) => prefixes.first().map(|prefix| sid(prefix)),
        _ => None,
    })
}

/// The `id`, which is the SID or the shortest key below the account.
fn id(object: &Object, sample: &Json) -> Option<String> {
    let text = |value: Json| value.as_str().map(str::to_owned);
    if object.is_of_the_account() {
        return text(sid("AC"));
    }
    let parts = object.id_parts().map(|name| match name {
        "sid" => text(sid(object.sid_prefix())),
        name => {
            let field = object.field(name)?;
            let known = text(expected_sid(field).unwrap_or_else(|| sample[name].clone()));
            known.or_else(|| fitting(field).map(str::to_owned))
        }
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}
