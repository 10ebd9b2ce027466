//! The value of a block, as Terraform would evaluate it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use hcl::eval::{Context, Evaluate as _, FuncArgs, FuncDef, ParamType};
use hcl::{Map, Value};
use serde_json::{Map as JsonMap, Value as Json};

use super::{Address, Block};

/// What the expressions of a block can refer to.
#[derive(Debug, Default, Clone)]
pub struct Scope {
    /// Values of variables.
    pub variables: BTreeMap<String, Json>,
    /// States of resources, and what data sources have read.
    pub objects: BTreeMap<Address, Json>,
}

impl Block {
    /// Its arguments. `folder` is where the file is that has it: `path.module`.
    ///
    /// # Errors
    /// When an expression refers to what is not in scope or does what a sample need not.
    pub fn evaluate(&self, scope: &Scope, folder: &Path) -> Result<Json> {
        let context = scope.context(folder);
        let mut values = JsonMap::new();
        for (name, expression) in &self.attributes {
            let value = expression.evaluate(&context);
            let value = value.map_err(|error| anyhow!("{error}"));
            let value = value.with_context(|| format!("{name} of {}", self.address))?;
            values.insert(name.clone(), json(&value));
        }
        Ok(Json::Object(values))
    }
}

impl Scope {
    fn context(&self, folder: &Path) -> Context<'static> {
        let mut context = Context::new();
        let mut types: BTreeMap<(bool, &str), Map<String, Value>> = BTreeMap::new();
        for (address, object) in &self.objects {
            let names = types.entry((address.is_data, &address.type_name)).or_default();
            names.insert(address.name.clone(), value(object));
        }
        let mut data = Map::new();
        for ((is_data, type_name), names) in types {
            match is_data {
                true => drop(data.insert(type_name.to_owned(), Value::Object(names))),
                false => context.declare_var(hcl::Identifier::sanitized(type_name), Value::Object(names)),
            }
        }
        let variables = self.variables.iter();
        let variables: Map<String, Value> = variables.map(|(name, known)| (name.clone(), value(known))).collect();
        let module = Map::from_iter([("module".to_owned(), Value::from(folder.to_string_lossy().into_owned()))]);
        for (name, fields) in [("data", data), ("var", variables), ("path", module)] {
            context.declare_var(name, Value::Object(fields));
        }
        context.declare_func("jsonencode", FuncDef::new(jsonencode, [ParamType::Any]));
        context.declare_func("file", FuncDef::new(file, [ParamType::String]));
        context
    }
}

/// As Terraform does: without white space, and with the keys in order.
fn jsonencode(arguments: FuncArgs) -> Result<Value, String> {
    Ok(Value::String(in_order(&json(&arguments[0])).to_string()))
}

fn file(arguments: FuncArgs) -> Result<Value, String> {
    let path = arguments[0].as_str().unwrap_or_default();
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    Ok(Value::String(text))
}

fn in_order(json: &Json) -> Json {
    match json {
        Json::Array(items) => items.iter().map(in_order).collect(),
        Json::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().collect();
            let fields = fields.into_iter();
            Json::Object(fields.map(|(name, field)| (name.clone(), in_order(field))).collect())
        }
        other => other.clone(),
    }
}

/// By hand, for `serde_json` writes numbers of any size in a way of its own.
fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or(Json::Null),
        Value::String(text) => Json::String(text.clone()),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Object(fields) => Json::Object(fields.iter().map(|(name, field)| (name.clone(), json(field))).collect()),
    }
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::from(whole),
            (None, Some(float)) => Value::from(float),
            (None, None) => Value::Null,
        },
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::Array(items.iter().map(value).collect()),
        Json::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, field)| (name.clone(), value(field)))
                .collect(),
        ),
    }
}
