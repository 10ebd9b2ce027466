//! Whether a configuration fits the schemas, as far as that can be said without Terraform: names of attributes, types of values, what
//! must be set, and whatever the provider itself checks. What a reference, a variable or a function stands for is unknown.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use hcl::expr::{Traversal, TraversalOperator};
use hcl::{Block as HclBlock, Body, Expression, ObjectKey, Structure};
use terraform_provider_twilio::framework::diagnostics::Severity;
use terraform_provider_twilio::framework::number::Number;
use terraform_provider_twilio::framework::schema::{Attribute, AttributeType, Block as Schema, Nesting};
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::validate::validate;
use terraform_provider_twilio::framework::value::Value;

/// What a block configures: its kind, such as `resource` or `data`, and its type.
pub type Of<'a> = (&'a str, &'a str);

/// The schemas of everything that is offered.
pub type Schemas<'a> = &'a dyn Fn(Of<'_>) -> Option<Schema>;

/// Kinds of blocks whose arguments stand in a block `config`.
const IN_CONFIG: &[&str] = &["action", "list"];

/// Arguments that are Terraform's own, in any block.
const OF_TERRAFORM: &[&str] = &["count", "for_each", "provider", "depends_on", "lifecycle"];

/// What does not fit in the text of a file: a line for each, with the block that it is about. Blocks that are not this provider's are
/// left alone.
///
/// # Errors
/// When the text is no HCL.
pub fn in_text(text: &str, schemas: Schemas<'_>) -> Result<Vec<String>> {
    let body: Body = hcl::parse(text).context("this is no HCL")?;
    let mut complaints = Vec::new();
    for block in body.blocks() {
        let kind = block.identifier();
        let [type_name, name] = block.labels() else { continue };
        if !type_name.as_str().starts_with("twilio_") {
            continue;
        }
        let found = of_block((kind, type_name.as_str()), &arguments(block), schemas);
        let place = format!("{kind} {}.{}", type_name.as_str(), name.as_str());
        complaints.extend(found.into_iter().map(|what| format!("{place}: {what}")));
    }
    Ok(complaints)
}

fn arguments(block: &HclBlock) -> Vec<(String, Expression)> {
    let of = |body: &Body| {
        let attributes = body.attributes().filter(|one| !OF_TERRAFORM.contains(&one.key()));
        attributes
            .map(|one| (one.key().to_owned(), one.expr().clone()))
            .collect::<Vec<_>>()
    };
    if !IN_CONFIG.contains(&block.identifier()) {
        return of(block.body());
    }
    let mut inner = block.body().iter().filter_map(|structure| match structure {
        Structure::Block(inner) if inner.identifier() == "config" => Some(of(inner.body())),
        _ => None,
    });
    inner.next().unwrap_or_default()
}

/// What of these arguments does not fit the schema of their block.
pub fn of_block(of: Of<'_>, arguments: &[(String, Expression)], schemas: Schemas<'_>) -> Vec<String> {
    let Some(schema) = schemas(of) else {
        return vec![format!("there is no {} {}", of.0, of.1)];
    };
    let mut reader = Reader {
        schemas,
        complaints: Vec::new(),
    };
    let arguments = arguments.iter().map(|(name, expression)| (name.as_str(), expression));
    let config = reader.object("", &schema.attributes, arguments);
    let mut complaints = reader.complaints;
    let checked = validate(&schema, &config, true);
    let errors = checked.iter().filter(|one| one.severity == Severity::Error);
    complaints.extend(errors.map(|one| format!("{}: {}", one.summary, one.detail)));
    complaints
}

struct Reader<'a> {
    schemas: Schemas<'a>,
    complaints: Vec<String>,
}

impl Reader<'_> {
    fn complain(&mut self, path: &str, what: &str) {
        self.complaints.push(format!("{path}: {what}"));
    }

    /// An object of these attributes.
    fn object<'e>(
        &mut self,
        above: &str,
        attributes: &[Attribute],
        arguments: impl Iterator<Item = (&'e str, &'e Expression)>,
    ) -> Value {
        let mut fields: BTreeMap<String, Value> = attributes
            .iter()
            .map(|attribute| (attribute.name.to_string(), Value::Null))
            .collect();
        for (name, expression) in arguments {
            let path = below(above, name);
            match attributes.iter().find(|attribute| attribute.name == name) {
                Some(attribute) => {
                    let value = self.attribute(&path, attribute, expression);
                    fields.insert(name.to_owned(), value);
                }
                None => {
                    let near = attributes.iter().map(|attribute| &*attribute.name);
                    let near = near
                        .min_by_key(|known| strsim::levenshtein(known, name))
                        .unwrap_or_default();
                    self.complain(&path, &format!("there is no such attribute; the nearest is {near}"));
                }
            }
        }
        Value::Object(fields)
    }

    fn attribute(&mut self, path: &str, attribute: &Attribute, expression: &Expression) -> Value {
        let nested = match &attribute.ty {
            AttributeType::Plain(ty) => return self.value(path, ty, expression),
            AttributeType::Nested(nested) => nested,
        };
        match (nested.nesting, expression) {
            (_, Expression::Parenthesis(inner)) => self.attribute(path, attribute, inner),
            (Nesting::Single, Expression::Object(members)) => self.object(path, &nested.attributes, named(members)),
            (Nesting::List | Nesting::Set, Expression::Array(items)) => {
                let mut values = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    let path = format!("{path}[{index}]");
                    values.push(match item {
                        Expression::Object(members) => self.object(&path, &nested.attributes, named(members)),
                        other => self.value(&path, &nested.object_type(), other),
                    });
                }
                match nested.nesting {
                    Nesting::Set => Value::Set(values),
                    _ => Value::List(values),
                }
            }
            (Nesting::Map, Expression::Object(members)) => {
                let mut values = BTreeMap::new();
                for (key, member) in named(members) {
                    let path = format!("{path}[{key:?}]");
                    let value = match member {
                        Expression::Object(members) => self.object(&path, &nested.attributes, named(members)),
                        other => self.value(&path, &nested.object_type(), other),
                    };
                    values.insert(key.to_owned(), value);
                }
                Value::Map(values)
            }
            _ => self.value(path, &attribute.value_type(), expression),
        }
    }

    /// A value of a type, as Terraform converts what is written into it.
    fn value(&mut self, path: &str, wanted: &Type, expression: &Expression) -> Value {
        match (wanted, expression) {
            (_, Expression::Null) => Value::Null,
            (Type::Dynamic, _) => Value::UNKNOWN,
            (_, Expression::Parenthesis(inner)) => self.value(path, wanted, inner),
            (Type::Bool, Expression::Bool(truth)) => Value::Bool(*truth),
            (Type::String, Expression::Bool(truth)) => Value::string(truth.to_string()),
            (Type::String, Expression::Number(number)) => Value::string(number.to_string()),
            (Type::String, Expression::String(text)) => Value::string(text.as_str()),
            (Type::Number, Expression::Number(number)) => self.number(path, &number.to_string()),
            (Type::Number, Expression::String(text)) => self.number(path, text),
            (Type::Bool, Expression::String(text)) if ["true", "false"].contains(&text.as_str()) => {
                Value::Bool(text == "true")
            }
            (Type::List(element), Expression::Array(items)) => Value::List(self.elements(path, element, items)),
            (Type::Set(element), Expression::Array(items)) => Value::Set(self.elements(path, element, items)),
            (Type::Map(element), Expression::Object(members)) => {
                let members = named(members).map(|(key, member)| {
                    let value = self.value(&format!("{path}[{key:?}]"), element, member);
                    (key.to_owned(), value)
                });
                Value::Map(members.collect())
            }
            (Type::Object(attributes), Expression::Object(members)) => {
                let given: BTreeMap<_, _> = named(members).collect();
                let fields = attributes.iter().map(|(name, ty)| {
                    let value = match given.get(name.as_str()) {
                        Some(expression) => self.value(&below(path, name), ty, expression),
                        None => Value::Null,
                    };
                    (name.clone(), value)
                });
                Value::Object(fields.collect())
            }
            (wanted, expression) => {
                match self.is(expression) {
                    Err(what) => self.complain(path, &what),
                    Ok(Some(is)) if !may_become(is, shape(wanted)) => {
                        self.complain(
                            path,
                            &format!("takes {}, and this is {}", words(shape(wanted)), words(is)),
                        );
                    }
                    Ok(_) => {}
                }
                Value::UNKNOWN
            }
        }
    }

    fn number(&mut self, path: &str, text: &str) -> Value {
        match text.parse::<Number>() {
            Ok(number) => Value::Number(number),
            Err(_) => {
                self.complain(path, &format!("takes a number, and {text:?} is none"));
                Value::UNKNOWN
            }
        }
    }

    fn elements(&mut self, path: &str, element: &Type, items: &[Expression]) -> Vec<Value> {
        let items = items.iter().enumerate();
        items
            .map(|(index, item)| self.value(&format!("{path}[{index}]"), element, item))
            .collect()
    }

    /// The shape of what an expression gives; none where only Terraform knows.
    fn is(&self, expression: &Expression) -> Result<Option<Shape>, String> {
        Ok(match expression {
            Expression::Bool(_) => Some(Shape::Bool),
            Expression::Number(_) => Some(Shape::Number),
            Expression::String(_) | Expression::TemplateExpr(_) => Some(Shape::Text),
            Expression::Array(_) => Some(Shape::List),
            Expression::Object(_) => Some(Shape::Object),
            Expression::FuncCall(call) if ["jsonencode", "file"].contains(&call.name.name.as_str()) => {
                Some(Shape::Text)
            }
            Expression::Traversal(traversal) => self.referred(traversal)?.as_ref().map(shape),
            _ => None,
        })
    }

    /// The type of the attribute that a reference leads to; none where that is no attribute of something that is offered.
    ///
    /// # Errors
    /// When what is offered has no such attribute.
    fn referred(&self, traversal: &Traversal) -> Result<Option<Type>, String> {
        let Expression::Variable(root) = &traversal.expr else {
            return Ok(None);
        };
        let mut steps = traversal.operators.iter().map(|operator| match operator {
            TraversalOperator::GetAttr(name) => Some(name.as_str()),
            _ => None,
        });
        let (kind, type_name) = match root.as_str() {
            kind @ ("data" | "ephemeral") => (kind, steps.next().flatten().unwrap_or_default()),
            type_name => ("resource", type_name),
        };
        if !type_name.starts_with("twilio_") {
            return Ok(None);
        }
        let schema = (self.schemas)((kind, type_name)).ok_or_else(|| format!("there is no {kind} {type_name}"))?;
        // The label, and behind it the attribute; with `count` there is an index in between.
        let (_label, Some(Some(name))) = (steps.next(), steps.next()) else {
            return Ok(None);
        };
        let attribute = schema.attributes.iter().find(|attribute| attribute.name == name);
        let attribute = attribute.ok_or_else(|| format!("{type_name} has no attribute {name}"))?;
        // What is further inside is Terraform's to find.
        Ok(steps.next().is_none().then(|| attribute.value_type()))
    }
}

/// Types as far as what is written shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    Number,
    Bool,
    List,
    Object,
    Any,
}

fn shape(ty: &Type) -> Shape {
    match ty {
        Type::String => Shape::Text,
        Type::Number => Shape::Number,
        Type::Bool => Shape::Bool,
        Type::List(_) | Type::Set(_) | Type::Tuple(_) => Shape::List,
        Type::Map(_) | Type::Object(_) => Shape::Object,
        Type::Dynamic => Shape::Any,
    }
}

fn words(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "a text",
        Shape::Number => "a number",
        Shape::Bool => "true or false",
        Shape::List => "a list",
        Shape::Object => "an object",
        Shape::Any => "anything",
    }
}

/// Whether Terraform converts the one into the other. Whether a text is a number shows when it is known.
fn may_become(is: Shape, wanted: Shape) -> bool {
    match (is, wanted) {
        (Shape::Any, _) | (_, Shape::Any) => true,
        (Shape::Number, Shape::Bool) | (Shape::Bool, Shape::Number) => false,
        (Shape::List | Shape::Object, _) | (_, Shape::List | Shape::Object) => is == wanted,
        _ => true,
    }
}

fn below(above: &str, name: &str) -> String {
    match above {
        "" => name.to_owned(),
        above => format!("{above}.{name}"),
    }
}

/// The members of an object whose names are written out.
fn named(members: &hcl::expr::Object<ObjectKey, Expression>) -> impl Iterator<Item = (&str, &Expression)> {
    members.iter().filter_map(|(key, member)| match key {
        ObjectKey::Identifier(name) => Some((name.as_str(), member)),
        ObjectKey::Expression(Expression::String(name)) => Some((name.as_str(), member)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(_: Of<'_>) -> Option<Schema> {
        let inner = vec![Attribute::new("issuer", Type::String).required()];
        Some(Schema {
            attributes: vec![
                Attribute::new("unique_name", Type::String).required(),
                Attribute::new("size", Type::Number).optional(),
                Attribute::new("enabled", Type::Bool).optional(),
                Attribute::new("names", Type::set(Type::String)).optional(),
                Attribute::new("labels", Type::map(Type::String)).optional(),
                Attribute::nested("totp", Nesting::Single, inner).optional(),
                Attribute::new("sid", Type::String).computed(),
            ],
            ..Schema::default()
        })
    }

    #[track_caller]
    fn complaints(arguments: &str) -> Vec<String> {
        let text = format!("resource \"twilio_x\" \"y\" {{\n{arguments}\n}}\n");
        in_text(&text, &schema).expect("HCL")
    }

    #[test]
    fn what_fits_is_not_complained_of() {
        for arguments in [
            "unique_name = \"a\"",
            "unique_name = 7\nsize = \"7\"\nenabled = \"true\"\nnames = [\"a\", 1]\nlabels = { a = 1, \"b c\" = true }",
            "unique_name = twilio_x.z.sid\nsize = twilio_x.z[0].size\ntotp = { issuer = \"${var.a} b\" }\ncount = 2",
            "unique_name = data.other_x.z.anything\nnames = toset(var.names)\nsize = var.a ? 1 : 2\nlifecycle { prevent_destroy = true }",
            "unique_name = jsonencode([1])\nenabled = null\nnames = twilio_x.z.names",
        ] {
            assert_eq!(complaints(arguments), Vec::<String>::new(), "{arguments}");
        }
        let other = "resource \"other_x\" \"y\" {\n  a = 1\n}\nvariable \"a\" {}\n";
        assert_eq!(in_text(other, &schema).expect("HCL"), Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_block_and_attribute() {
        for (arguments, said) in [
            (
                "uniqe_name = \"a\"\nunique_name = \"b\"",
                "uniqe_name: there is no such attribute; the nearest is unique_name",
            ),
            ("size = 1", "Missing required argument"),
            ("unique_name = \"a\"\nsid = \"b\"", "Read-only attribute"),
            ("unique_name = \"a\"\nsize = \"many\"", "takes a number"),
            (
                "unique_name = \"a\"\nsize = true",
                "size: takes a number, and this is true or false",
            ),
            (
                "unique_name = \"a\"\nenabled = 1",
                "enabled: takes true or false, and this is a number",
            ),
            (
                "unique_name = \"a\"\nnames = \"a\"",
                "names: takes a list, and this is a text",
            ),
            (
                "unique_name = \"a\"\nnames = [[\"a\"]]",
                "names[0]: takes a text, and this is a list",
            ),
            ("unique_name = [\"a\"]", "unique_name: takes a text, and this is a list"),
            (
                "unique_name = \"a\"\nlabels = jsonencode({})",
                "labels: takes an object, and this is a text",
            ),
            (
                "unique_name = \"a\"\ntotp = { isuer = \"a\", issuer = \"b\" }",
                "totp.isuer: there is no such attribute",
            ),
            ("unique_name = \"a\"\ntotp = {}", "totp.issuer"),
            ("unique_name = twilio_x.z.side", "twilio_x has no attribute side"),
            (
                "unique_name = twilio_x.z.names",
                "unique_name: takes a text, and this is a list",
            ),
        ] {
            let found = complaints(arguments);
            assert_eq!(found.len(), 1, "{arguments}: {found:?}");
            assert!(
                found[0].starts_with("resource twilio_x.y: ") && found[0].contains(said),
                "{found:?}"
            );
        }
        assert_eq!(
            in_text("data \"twilio_x\" \"y\" {}\n", &|_| None).expect("HCL"),
            ["data twilio_x.y: there is no data twilio_x"]
        );
    }
}
