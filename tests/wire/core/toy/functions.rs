//! Functions: one of each kind of parameter.

use std::sync::Arc;

use terraform_provider_twilio::framework::provider::{Function, FunctionError, FunctionSignature, Parameter};
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;

type Compute = fn(&[Value]) -> Result<Value, FunctionError>;

struct Of {
    name: &'static str,
    signature: FunctionSignature,
    compute: Compute,
}

impl Function for Of {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> FunctionSignature {
        self.signature.clone()
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        (self.compute)(arguments)
    }
}

pub(super) fn all() -> Vec<Arc<dyn Function>> {
    vec![
        // Gives back what it is given, whatever that is.
        function(
            "echo",
            vec![parameter("value", Type::Dynamic)],
            None,
            Type::Dynamic,
            |arguments| Ok(arguments[0].clone()),
        ),
        function(
            "half",
            vec![parameter("number", Type::Number)],
            None,
            Type::Number,
            half,
        ),
        function("is_null", vec![nullable("value")], None, Type::Bool, |arguments| {
            Ok(arguments[0].is_null().into())
        }),
        function(
            "join",
            vec![parameter("separator", Type::String)],
            Some(parameter("parts", Type::String)),
            Type::String,
            join,
        ),
    ]
}

fn function(
    name: &'static str,
    parameters: Vec<Parameter>,
    variadic: Option<Parameter>,
    result: Type,
    compute: Compute,
) -> Arc<dyn Function> {
    Arc::new(Of {
        name,
        signature: FunctionSignature {
            parameters,
            variadic,
            result,
            summary: "A toy.".to_owned(),
            description: String::new(),
        },
        compute,
    })
}

fn parameter(name: &str, ty: Type) -> Parameter {
    Parameter {
        name: name.to_owned(),
        ty,
        description: String::new(),
        allow_null: false,
        allow_unknown: false,
    }
}

fn nullable(name: &str) -> Parameter {
    Parameter {
        allow_null: true,
        ..parameter(name, Type::String)
    }
}

fn half(arguments: &[Value]) -> Result<Value, FunctionError> {
    let number = arguments[0].as_number().and_then(|number| number.to_i64());
    match number {
        Some(number) if number % 2 == 0 => Ok(Value::int(number / 2)),
        _ => Err(FunctionError {
            text: "It must be an even whole number.".to_owned(),
            argument: Some(0),
        }),
    }
}

fn join(arguments: &[Value]) -> Result<Value, FunctionError> {
    let texts: Vec<&str> = arguments.iter().filter_map(Value::as_str).collect();
    match texts.iter().position(|text| text.contains('!')) {
        Some(position) => Err(FunctionError {
            text: "It must not shout.".to_owned(),
            argument: Some(position),
        }),
        None => Ok(texts[1..].join(texts[0]).into()),
    }
}
