//! What is wrong with credentials before Twilio is asked, and where a setting came from, so that an error names the argument or
//! the variable at fault. Nothing of a value is repeated.

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::white_space_around;

use super::settings::{Environment, variable_name, wrong};

/// Where a setting was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// In the provider block.
    Argument,
    /// In the environment variable that goes with the argument.
    Variable,
    /// In a profile of Twilio's CLI.
    Profile,
}

impl Origin {
    /// Of the argument `name`.
    pub(crate) fn of(name: &str, config: &Value, environment: Environment<'_>) -> Self {
        let is_set = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
        if is_set(config.attr(name).as_str()) {
            Self::Argument
        } else if is_set(environment(&variable_name(name)).as_deref()) {
            Self::Variable
        } else {
            Self::Profile
        }
    }

    /// A diagnostic about the setting `name`, which points at it where the provider block has it.
    pub(crate) fn diagnostic(self, name: &str, summary: &str, reason: &str) -> Diagnostic {
        let (at, place) = match self {
            Self::Argument => (true, format!("The argument {name}")),
            Self::Variable => (false, format!("The environment variable {}", variable_name(name))),
            Self::Profile => (false, format!("The {name} in the profile of Twilio's CLI")),
        };
        let diagnostic = Diagnostic::error(summary, format!("{place} {reason} Nothing was changed."));
        if at { diagnostic.at_attribute(name) } else { diagnostic }
    }
}

/// Refuses white space around a secret or SID: no secret of Twilio's has any, and what `echo` writes into a secret store ends
/// with a line break.
///
/// # Errors
/// A diagnostic at the argument.
pub(super) fn trimmed(name: &str, text: Option<&str>) -> Result<(), Box<Diagnostic>> {
    match text.and_then(white_space_around) {
        None => Ok(()),
        Some(place) => Err(wrong(
            name,
            &format!("White space around {name}"),
            &format!(
                "{name} or {} has white space {place}. It does not belong to it: take it out, for example with trimspace(…) or, \
                 where a secret is stored with echo, with echo -n.",
                variable_name(name)
            ),
        )),
    }
}

/// Which variables are set and empty, as a sentence to add to an error about something that is missing.
pub(super) fn set_and_empty(environment: Environment<'_>) -> Option<String> {
    let names = [
        "account_sid",
        "auth_token",
        "api_key",
        "api_secret",
        "client_id",
        "client_secret",
        "profile",
    ];
    let empty: Vec<_> = names
        .map(variable_name)
        .into_iter()
        .filter(|name| environment(name).is_some_and(|text| text.is_empty()))
        .collect();
    let verb = if empty.len() == 1 { "is" } else { "are" };
    (!empty.is_empty()).then(|| format!("{} {verb} set and empty, which counts as not set.", empty.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_a_secret_is_refused_at_its_argument() {
        let diagnostic = trimmed("auth_token", Some("hush\n")).expect_err("a line break");
        assert_eq!(diagnostic.path.to_string(), "auth_token");
        assert!(diagnostic.detail.contains("TWILIO_AUTH_TOKEN") && diagnostic.detail.contains("line break"));
        assert!(!diagnostic.detail.contains("hush"));
        assert!(trimmed("auth_token", Some("hush")).is_ok() && trimmed("auth_token", None).is_ok());
    }
}
