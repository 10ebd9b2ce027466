//! What a person does with a configuration that Terraform generated: it leaves out what is sensitive, and they fill it in.

use anyhow::{Context as _, Result};
use hcl::expr::{Object, ObjectKey};
use hcl::{Attribute, Body, Expression, Structure};
use serde_json::Value as Json;
use terraform_provider_twilio::engine::facts::{Field, Presence, Role, Source};
use terraform_provider_twilio::framework::write_only::{version_name, write_only_name};

/// What somebody knows of a resource: its fields, and the arguments that they have for it.
pub type Known<'a> = (&'static [Field], &'a Json);

/// The configuration with the secrets in it that `known` has for an address: `x`, or `x_wo` with its version.
///
/// # Errors
/// When it is no configuration.
pub fn with_secrets<'a>(generated: &str, known: impl Fn(&str) -> Option<Known<'a>>) -> Result<String> {
    let mut body: Body = hcl::parse(generated).context("what was generated")?;
    for structure in body.iter_mut() {
        let Structure::Block(block) = structure else { continue };
        let address: Vec<_> = block.labels().iter().map(|label| label.as_str()).collect();
        let Some((fields, known)) = known(&address.join(".")) else {
            continue;
        };
        let attributes = block.body.iter_mut().filter_map(|structure| match structure {
            Structure::Attribute(Attribute { key, expr }) => Some((key.as_str().to_owned(), expr)),
            Structure::Block(_) => None,
        });
        fill(fields, &mut attributes.collect::<Vec<_>>(), known);
    }
    hcl::to_string(&body).context("what was generated, with secrets")
}

/// Whether only a create takes a field and no response has it, so that an object which is imported notes it.
pub fn is_only_noted(field: &Field) -> bool {
    matches!(field.role, Role::Fixed(_)) && field.source == Source::Configuration
}

/// Whether a field or one in it may be given write-only, or is shown as little as that.
pub fn has_secret(field: &Field) -> bool {
    field.may_be_write_only || is_only_noted(field) || field.kind.inner().iter().any(has_secret)
}

/// Whether a resource cannot be without a secret.
pub fn needs_secret(fields: &[Field]) -> bool {
    let is_needed = |field: &Field| field.may_be_write_only || is_only_noted(field) || needs_secret(field.kind.inner());
    let mut required = fields.iter().filter(|field| field.presence() == Presence::Required);
    required.any(is_needed)
}

/// Whether these arguments give some secret write-only.
pub fn gives_write_only(fields: &[Field], config: &Json) -> bool {
    fields.iter().any(|field| {
        let inner = field.kind.inner();
        let is_in = match &config[field.name] {
            Json::Array(items) => items.iter().any(|item| gives_write_only(inner, item)),
            part => gives_write_only(inner, part),
        };
        is_in || (field.may_be_write_only && !config[version_name(field.name)].is_null())
    })
}

fn fill(fields: &[Field], attributes: &mut [(String, &mut Expression)], known: &Json) {
    for field in fields.iter().filter(|field| has_secret(field)) {
        let mut set = |name: &str, value: &Json| {
            let own = attributes.iter_mut().find(|(own, _)| own == name);
            if let (Some((_, expression)), false) = (own, value.is_null()) {
                **expression = expression_of(value);
            }
        };
        if field.may_be_write_only || is_only_noted(field) {
            for name in [
                field.name.to_owned(),
                write_only_name(field.name),
                version_name(field.name),
            ] {
                set(&name, &known[&name]);
            }
            continue;
        }
        let inner = field.kind.inner();
        let own = attributes.iter_mut().find(|(own, _)| own == field.name);
        match (own, &known[field.name]) {
            (Some((_, Expression::Object(object))), known) => fill_object(inner, object, known),
            (Some((_, Expression::Array(items))), Json::Array(known)) => {
                for (item, known) in items.iter_mut().zip(known) {
                    if let Expression::Object(object) = item {
                        fill_object(inner, object, known);
                    }
                }
            }
            _ => {}
        }
    }
}

fn fill_object(fields: &[Field], object: &mut Object<ObjectKey, Expression>, known: &Json) {
    let members = object
        .iter_mut()
        .map(|(key, expression)| (String::from(key.clone()), expression));
    fill(fields, &mut members.collect::<Vec<_>>(), known);
}

fn expression_of(value: &Json) -> Expression {
    match value {
        Json::Null => Expression::Null,
        Json::Bool(truth) => Expression::Bool(*truth),
        Json::Number(number) => number.as_i64().map_or(Expression::Null, Expression::from),
        Json::String(text) => Expression::String(text.clone()),
        Json::Array(items) => Expression::Array(items.iter().map(expression_of).collect()),
        Json::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), expression_of(member)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
    use terraform_provider_twilio::engine::facts::Role::Setting;
    use terraform_provider_twilio::engine::facts::{object, objects, text};

    use super::*;

    const INNER: &[Field] = &[
        text("title", Setting(Required)),
        text("id", Setting(Clears)).write_only(),
    ];
    const FIELDS: &[Field] = &[
        text("name", Setting(Required)),
        text("key", Setting(Clears)).write_only(),
        object("one", Setting(Clears), INNER),
        objects("many", Setting(Clears), INNER),
    ];

    #[test]
    fn secrets_are_filled_in_where_they_belong_and_the_rest_stays() {
        let generated = r#"
            # __generated__ by Terraform
            resource "a" "b" {
              key            = null # sensitive
              key_wo         = null # sensitive
              key_wo_version = null
              many = [
                { id = null, title = "Yes" },
                { id = null, title = "No" },
              ]
              name = "theirs"
              one  = { id = null, id_wo = null, id_wo_version = null, title = "One" }
            }
            resource "a" "c" {
              key = null
            }
        "#;
        let known = json!({
            "name": "ours", "key_wo": "hush", "key_wo_version": 2, "many": [{"id": "yes"}, {}],
            "one": {"title": "ours", "id_wo": "one", "id_wo_version": 1},
        });
        let of = |address: &str| (address == "a.b").then_some((FIELDS, &known));
        let filled: Body = hcl::parse(&with_secrets(generated, of).expect("it is one")).expect("it still is");
        let expected: Body = hcl::parse(
            r#"
            resource "a" "b" {
              key            = null
              key_wo         = "hush"
              key_wo_version = 2
              many = [
                { id = "yes", title = "Yes" },
                { id = null, title = "No" },
              ]
              name = "theirs"
              one  = { id = null, id_wo = "one", id_wo_version = 1, title = "One" }
            }
            resource "a" "c" {
              key = null
            }
            "#,
        )
        .expect("it is HCL");
        assert_eq!(filled, expected);
        assert!(gives_write_only(FIELDS, &known) && !gives_write_only(FIELDS, &json!({"key": "hush"})));
        assert!(gives_write_only(FIELDS, &json!({"many": [{"id_wo_version": 1}]})));
        assert!(!needs_secret(FIELDS));
        const NEEDED: &[Field] = &[text("x", Setting(Required)).write_only()];
        assert!(needs_secret(&[object("o", Setting(Required), NEEDED)]));
        assert!(!needs_secret(&[object("o", Setting(Clears), NEEDED)]));
    }
}
