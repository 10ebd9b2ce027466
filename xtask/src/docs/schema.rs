//! A schema as templates see it: sections, one for the block and one for each nested object, with the attributes by what a
//! person has to do about them.

use minijinja::{Value, context};
use terraform_provider_twilio::framework::schema::{Attribute, AttributeType, Nesting, Schema};
use terraform_provider_twilio::framework::types::Type;

/// The sections: the block first, then each nested object behind the section that has it.
pub fn sections(schema: &Schema) -> Value {
    let mut sections = Vec::new();
    add(&mut sections, None, &schema.block.attributes);
    sections.into()
}

/// A heading, and which attributes stand under it.
type Group = (&'static str, fn(&Attribute) -> bool);

const GROUPS: [Group; 3] = [
    ("Required", |attribute| attribute.required),
    ("Optional", |attribute| attribute.optional),
    ("Read-Only", |attribute| !attribute.required && !attribute.optional),
];

fn add(sections: &mut Vec<Value>, path: Option<&str>, attributes: &[Attribute]) {
    let mut groups = Vec::new();
    let mut nested = Vec::new();
    for (title, belongs) in GROUPS {
        let mut lines = Vec::new();
        for attribute in attributes.iter().filter(|attribute| belongs(attribute)) {
            let path = match path {
                Some(parent) => format!("{parent}.{}", attribute.name),
                None => attribute.name.to_string(),
            };
            lines.push(line(attribute, &path));
            if let AttributeType::Nested(inner) = &attribute.ty {
                nested.push((path, inner.attributes.as_slice()));
            }
        }
        if !lines.is_empty() {
            groups.push(context! { title, attributes => lines });
        }
    }
    sections.push(context! { path, anchor => path.map(anchor), groups });
    for (path, attributes) in nested {
        add(sections, Some(&path), attributes);
    }
}

fn line(attribute: &Attribute, path: &str) -> Value {
    let is_nested = matches!(attribute.ty, AttributeType::Nested(_));
    context! {
        name => attribute.name.as_ref(),
        type => type_name(attribute),
        description => attribute.description.trim(),
        deprecated => attribute.deprecated.as_deref(),
        anchor => is_nested.then(|| anchor(path)),
    }
}

fn anchor(path: &str) -> String {
    path.replace('.', "--")
}

fn type_name(attribute: &Attribute) -> String {
    let mut name = match &attribute.ty {
        AttributeType::Plain(ty) => plain_type_name(ty),
        AttributeType::Nested(nested) => match nested.nesting {
            Nesting::Single => "Attributes".to_owned(),
            Nesting::List => "Attributes List".to_owned(),
            Nesting::Set => "Attributes Set".to_owned(),
            Nesting::Map => "Attributes Map".to_owned(),
        },
    };
    for (is_so, word) in [
        (attribute.sensitive, ", Sensitive"),
        (attribute.write_only, ", Write-only"),
        (attribute.deprecated.is_some(), ", Deprecated"),
    ] {
        if is_so {
            name.push_str(word);
        }
    }
    name
}

fn plain_type_name(ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Dynamic => "Dynamic".to_owned(),
        Type::List(element) => format!("List of {}", plain_type_name(element)),
        Type::Set(element) => format!("Set of {}", plain_type_name(element)),
        Type::Map(element) => format!("Map of {}", plain_type_name(element)),
        Type::Object(_) => "Object".to_owned(),
        Type::Tuple(_) => "Tuple".to_owned(),
    }
}
