//! GetFunctions and CallFunction.

use crate::framework::codec::{from_proto, to_proto, type_to_json};
use crate::framework::proto;
use crate::framework::provider::{FunctionSignature, Parameter};
use crate::framework::types::Type;
use crate::framework::value::Value;
use crate::plugin::terminal;

use super::catalogue::Catalogue;

pub(super) fn all(catalogue: &Catalogue) -> proto::get_functions::Response {
    let functions = catalogue
        .functions
        .iter()
        .map(|(name, function)| (name.clone(), message(function.signature())));
    proto::get_functions::Response {
        functions: functions.collect(),
        ..proto::get_functions::Response::default()
    }
}

fn message(signature: FunctionSignature) -> proto::Function {
    proto::Function {
        parameters: signature.parameters.into_iter().map(parameter).collect(),
        variadic_parameter: signature.variadic.map(parameter),
        r#return: Some(proto::function::Return {
            r#type: type_to_json(&signature.result),
        }),
        summary: signature.summary,
        description: signature.description,
        description_kind: proto::StringKind::Markdown.into(),
        deprecation_message: String::new(),
    }
}

fn parameter(parameter: Parameter) -> proto::function::Parameter {
    proto::function::Parameter {
        name: parameter.name,
        r#type: type_to_json(&parameter.ty),
        allow_null_value: parameter.allow_null,
        allow_unknown_values: parameter.allow_unknown,
        description: parameter.description,
        description_kind: proto::StringKind::Markdown.into(),
    }
}

pub(super) fn call(catalogue: &Catalogue, request: &proto::call_function::Request) -> proto::call_function::Response {
    let Some(function) = catalogue.functions.get(&request.name) else {
        return failure(
            &format!("This version of the provider has no function {}.", request.name),
            None,
        );
    };
    let signature = function.signature();
    let arguments = match arguments(&signature, request) {
        Ok(arguments) => arguments,
        Err((text, position)) => return failure(&text, Some(position)),
    };
    if leaves_open(&signature, &arguments) {
        return answer(&Value::UNKNOWN, &signature.result);
    }
    match function.call(&arguments) {
        Ok(value) => answer(&value, &signature.result),
        Err(error) => failure(&error.text, error.argument),
    }
}

/// The decoded arguments, or what is wrong with one of them. What follows the parameters belongs to the variadic one.
fn arguments(
    signature: &FunctionSignature,
    request: &proto::call_function::Request,
) -> Result<Vec<Value>, (String, usize)> {
    let expected = signature.parameters.len();
    if request.arguments.len() < expected {
        return Err((format!("{expected} arguments are needed."), request.arguments.len()));
    }
    let decoded = request.arguments.iter().enumerate().map(|(position, message)| {
        let parameter = signature.parameters.get(position).or(signature.variadic.as_ref());
        let parameter = parameter.ok_or_else(|| (format!("Only {expected} arguments are taken."), position))?;
        let value = from_proto(Some(message), &parameter.ty).map_err(|error| (format!("{error}."), position))?;
        if value.is_null() && !parameter.allow_null {
            return Err((format!("{} must not be null.", parameter.name), position));
        }
        Ok(value)
    });
    decoded.collect()
}

/// Whether an argument is not known yet, wholly or in part, whose parameter wants it known. Terraform does not call then.
fn leaves_open(signature: &FunctionSignature, arguments: &[Value]) -> bool {
    let parameters = signature.parameters.iter().chain(signature.variadic.iter().cycle());
    parameters
        .zip(arguments)
        .any(|(parameter, argument)| !parameter.allow_unknown && !argument.is_wholly_known())
}

fn answer(value: &Value, result: &Type) -> proto::call_function::Response {
    match to_proto(value, result) {
        Ok(value) => proto::call_function::Response {
            result: Some(value),
            error: None,
        },
        Err(error) => failure(
            &format!("The result does not fit its type: {error}. This is a bug in the provider's own code."),
            None,
        ),
    }
}

/// A response that is an error, blaming the argument at `position` if there is one.
pub(super) fn failure(text: &str, position: Option<usize>) -> proto::call_function::Response {
    let function_argument = position.and_then(|position| i64::try_from(position).ok());
    let error = proto::FunctionError {
        // Terraform ends the sentence itself.
        text: terminal::text(text.trim_end_matches('.')).into_owned(),
        function_argument,
    };
    proto::call_function::Response {
        result: None,
        error: Some(error),
    }
}
