//! Flags that are written in words: `true`, `1` and `yes` mean that it is so, and whatever else is sent means that it is not. All other flags
//! of forms take `true` and `false` alone.

use super::{At, is_place};
use crate::contract::{OperationKind, Route};

/// Collections and parameters of their creates. What each line is from: the contract's text on the parameter.
const IN_WORDS: &[(At, &str)] = &[
    // The contract's text on the parameter.
    (
        ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Activities"),
        "Available",
    ),
    // The contract's text on the parameter, and https://www.twilio.com/docs/taskrouter/api/task
    (
        ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Tasks"),
        "IgnoreCapacity",
    ),
];

/// What a text of the body means: the flag where the parameter is one of these, else the text itself.
pub(crate) fn meant<'t>(route: &Route, parameter: &str, text: &'t str) -> &'t str {
    let mut lines = IN_WORDS.iter();
    let is_one = lines.any(|(at, known)| {
        *known == parameter
            && route.operation.kind == OperationKind::Create
            && is_place(*at, &route.host, route.operation.template())
    });
    match text.to_ascii_lowercase().as_str() {
        _ if !is_one => text,
        "true" | "1" | "yes" => "true",
        _ => "false",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_line_is_about_a_parameter_of_a_create() {
        for (at, parameter) in IN_WORDS {
            let create = assert_published(*at).operation(OperationKind::Create);
            let mut params = create.expect("a create").params.iter();
            assert!(params.any(|param| param.name == *parameter), "{at:?} {parameter}");
        }
    }
}
