//! OpenAPI schemas in the contract's form: types and limits stay, prose goes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use anyhow::{Context as _, ensure};
use regex::Regex;
use serde_json::{Map, Value};
use twilio_simulator::contract::{Discriminator, Field, Kind};

/// Reads the schemas of one OpenAPI document and remembers which named ones were referred to.
pub struct Schemas<'a> {
    document: &'a Value,
    wanted: BTreeSet<String>,
}

impl<'a> Schemas<'a> {
    pub fn new(document: &'a Value) -> Self {
        Self {
            document,
            wanted: BTreeSet::new(),
        }
    }

    /// The target of a JSON pointer such as `#/components/schemas/x`.
    pub fn target(&self, reference: &str) -> anyhow::Result<&'a Value> {
        let pointer = reference
            .strip_prefix('#')
            .context("references stay inside their file")?;
        self.document
            .pointer(pointer)
            .with_context(|| format!("{reference} leads nowhere"))
    }

    /// Follows references until there is none.
    pub fn follow(&self, schema: &'a Value) -> anyhow::Result<&'a Value> {
        let mut schema = schema;
        for _ in 0..16 {
            match schema["$ref"].as_str() {
                Some(reference) => schema = self.target(reference)?,
                None => return Ok(schema),
            }
        }
        anyhow::bail!("references in a circle")
    }

    /// A schema with a name.
    pub fn field(&mut self, name: &str, schema: &'a Value) -> anyhow::Result<Field> {
        let mut field = self.shape(schema).with_context(|| format!("field {name}"))?;
        name.clone_into(&mut field.name);
        Ok(field)
    }

    /// An anonymous schema. A named object stays a reference; a named scalar or enum is written out.
    pub fn shape(&mut self, schema: &'a Value) -> anyhow::Result<Field> {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.referred(reference, schema);
        }
        let mut field = Field {
            kind: kind(schema)?,
            ..Field::default()
        };
        self.limits(schema, &mut field);
        if let Some(items) = schema.get("items") {
            field.items = Some(Box::new(self.shape(items)?));
        }
        self.members(schema, &mut field)?;
        for part in array(schema, "allOf") {
            self.merge(part, &mut field)?;
        }
        for name in ["oneOf", "anyOf"] {
            for alternative in array(schema, name) {
                field.any_of.push(self.shape(alternative)?);
            }
        }
        if let Some(property) = schema["discriminator"]["propertyName"].as_str() {
            let values = schema["discriminator"]["mapping"].as_object().into_iter().flatten();
            let values = values
                .filter_map(|(value, target)| Some((value.clone(), target.as_str()?.rsplit('/').next()?.to_owned())))
                .collect();
            field.discriminator = Some(Discriminator {
                field: property.to_owned(),
                values,
            });
        }
        Ok(field)
    }

    /// The named shapes that were referred to, with those that they refer to in turn.
    pub fn named(&mut self) -> anyhow::Result<BTreeMap<String, Field>> {
        let mut done = BTreeMap::new();
        while let Some(name) = self.wanted.iter().find(|name| !done.contains_key(*name)).cloned() {
            let schema = self.target(&format!("#/components/schemas/{name}"))?;
            let shape = self.shape(schema).with_context(|| format!("schema {name}"))?;
            done.insert(name, shape);
        }
        Ok(done)
    }

    fn referred(&mut self, reference: &str, schema: &'a Value) -> anyhow::Result<Field> {
        let target = self.target(reference)?;
        let followed = self.follow(target)?;
        let structured = ["properties", "allOf", "oneOf", "anyOf", "additionalProperties"]
            .iter()
            .any(|name| followed.get(*name).is_some());
        let mut field = if structured {
            let name = reference.rsplit('/').next().unwrap_or_default().to_owned();
            self.wanted.insert(name.clone());
            Field {
                reference: Some(name),
                kind: Kind::Object,
                ..Field::default()
            }
        } else {
            self.shape(target)?
        };
        field.nullable |=
            schema["nullable"].as_bool().unwrap_or(false) || followed["nullable"].as_bool().unwrap_or(false);
        if field.default.is_none() {
            field.default = schema.get("default").cloned();
        }
        Ok(field)
    }

    fn members(&mut self, schema: &'a Value, field: &mut Field) -> anyhow::Result<()> {
        let required: Vec<&str> = array(schema, "required").filter_map(Value::as_str).collect();
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let mut member = self.field(name, member)?;
            member.required = required.contains(&name.as_str());
            match field.fields.iter_mut().find(|known| known.name == *name) {
                Some(known) => *known = member,
                None => field.fields.push(member),
            }
        }
        match schema.get("additionalProperties") {
            Some(Value::Bool(true)) => field.map = Some(Box::default()),
            Some(Value::Object(_)) => field.map = Some(Box::new(self.shape(&schema["additionalProperties"])?)),
            _ => {}
        }
        Ok(())
    }

    fn merge(&mut self, part: &'a Value, field: &mut Field) -> anyhow::Result<()> {
        let part = self.follow(part)?;
        for inner in array(part, "allOf") {
            self.merge(inner, field)?;
        }
        if field.kind == Kind::Any {
            field.kind = if part.get("properties").is_some() {
                Kind::Object
            } else {
                kind(part)?
            };
        }
        self.limits(part, field);
        self.members(part, field)
    }

    fn limits(&self, schema: &Value, field: &mut Field) {
        let text = |name: &str| schema[name].as_str().map(str::to_owned);
        let count = |name: &str| schema[name].as_u64();
        let number = |name: &str| schema[name].as_number().cloned();
        field.format = text("format").or(field.format.take());
        field.nullable |= schema["nullable"].as_bool().unwrap_or(false);
        field.read_only |= schema["readOnly"].as_bool().unwrap_or(false);
        field
            .allowed
            .extend(array(schema, "enum").filter(|value| !value.is_null()).cloned());
        field.default = schema
            .get("default")
            .filter(|value| !value.is_null())
            .cloned()
            .or(field.default.take());
        field.pii = schema
            .pointer("/x-twilio/pii/handling")
            .and_then(Value::as_str)
            .map(str::to_owned);
        field.minimum = number("minimum");
        field.maximum = number("maximum");
        field.min_items = count("minItems");
        field.max_items = count("maxItems");
        match schema["pattern"]
            .as_str()
            .map(|pattern| (sid_prefixes(pattern), pattern))
        {
            Some((Some(prefixes), _)) => field.sid = prefixes,
            Some((None, pattern)) => {
                field.pattern = Some(pattern.to_owned());
                (field.min_length, field.max_length) = (count("minLength"), count("maxLength"));
            }
            None => (field.min_length, field.max_length) = (count("minLength"), count("maxLength")),
        }
    }
}

/// Prefixes of a pattern that describes a SID, `**` for any two letters.
fn sid_prefixes(pattern: &str) -> Option<Vec<String>> {
    static SID: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^\^?(?:([A-Za-z]{2})|\(([A-Z]{2}(?:\|[A-Z]{2})*)\)|(\[[A-Za-z-]+\]\{2\}))\[[0-9A-Za-z-]+\]\{32\}\$?$",
        )
        .expect("the pattern of SID patterns is valid")
    });
    let found = SID.captures(pattern)?;
    if found.get(3).is_some() {
        return Some(vec!["**".to_owned()]);
    }
    let prefixes = found.get(1).or(found.get(2))?.as_str();
    Some(prefixes.split('|').map(str::to_owned).collect())
}

fn kind(schema: &Value) -> anyhow::Result<Kind> {
    Ok(match schema.get("type") {
        None if schema.get("properties").is_some() => Kind::Object,
        None => Kind::Any,
        Some(name) => {
            let name = name.as_str().with_context(|| format!("type is {name}"))?;
            match name {
                "string" => Kind::String,
                "integer" => Kind::Integer,
                "number" => Kind::Number,
                "boolean" => Kind::Boolean,
                "array" => Kind::Array,
                "object" => Kind::Object,
                other => {
                    ensure!(other == "null", "unknown type {other}");
                    Kind::Any
                }
            }
        }
    })
}

/// Items of an array member; nothing if it is absent.
pub fn array<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// Members of an object member; nothing if it is absent.
pub fn object<'a>(value: &'a Value, name: &str) -> Option<&'a Map<String, Value>> {
    value.get(name).and_then(Value::as_object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sid_patterns_become_prefixes_and_others_stay_patterns() {
        let check = |pattern: &str, expected: Option<&[&str]>| {
            assert_eq!(
                sid_prefixes(pattern).as_deref(),
                expected
                    .map(|list| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
                    .as_deref()
            );
        };
        check("^MG[0-9a-fA-F]{32}$", Some(&["MG"]));
        check("OR[0-9a-f]{32}", Some(&["OR"]));
        check("^(SM|MM)[0-9a-fA-F]{32}$", Some(&["SM", "MM"]));
        check("^[a-zA-Z]{2}[0-9a-fA-F]{32}$", Some(&["**"]));
        check("^BU[0-9a-fA-F]{32}(,BU[0-9a-fA-F]{32}){0,19}$", None);
        check("^[A-Z]{2}$", None);
    }

    #[test]
    fn named_objects_stay_references_and_named_enums_are_written_out() {
        let document = json!({"components": {"schemas": {
            "thing": {"type": "object", "properties": {"status": {"$ref": "#/components/schemas/status"}}},
            "status": {"type": "string", "enum": ["on", "off"], "description": "prose"},
        }}});
        let schema = json!({"$ref": "#/components/schemas/thing"});
        let mut schemas = Schemas::new(&document);
        assert_eq!(
            schemas.shape(&schema).expect("valid").reference.as_deref(),
            Some("thing")
        );
        let named = schemas.named().expect("valid");
        assert_eq!(named["thing"].fields[0].allowed, [json!("on"), json!("off")]);
        assert!(!named.contains_key("status"));
    }

    #[test]
    fn parts_of_all_of_are_merged() {
        let document = json!({"components": {"schemas": {
            "base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        }}});
        let schema =
            json!({"allOf": [{"$ref": "#/components/schemas/base"}, {"properties": {"name": {"type": "string"}}}]});
        let shape = Schemas::new(&document).shape(&schema).expect("valid");
        assert_eq!(shape.kind, Kind::Object);
        assert_eq!(
            shape.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(),
            ["id", "name"]
        );
        assert!(shape.fields[0].required);
    }
}
