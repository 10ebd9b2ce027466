//! The audit log as it is configured: which file, who changes something and why, and what is said about a file that cannot be
//! written before anything is planned.

use std::path::PathBuf;

use crate::framework::diagnostics::Diagnostic;
use crate::framework::path::AttributePath;
use crate::framework::value::Value;
use crate::twilio::{AuditError, Change};

use super::settings::{Environment, variable_name, wrong};

/// The file that the provider block names, else the environment.
///
/// # Errors
/// A diagnostic when the block names none.
pub(super) fn path(config: &Value, environment: Environment<'_>) -> Result<Option<PathBuf>, Box<Diagnostic>> {
    let block = config.attr("audit_log");
    if block.is_null() {
        let named = environment(&variable_name("audit_log")).filter(|path| !path.is_empty());
        return Ok(named.map(PathBuf::from));
    }
    match block.attr("path").as_str() {
        Some(path) if !path.trim().is_empty() => Ok(Some(PathBuf::from(path))),
        _ => {
            let detail = "path is empty. Name a file, for example audit/twilio.jsonl, or leave audit_log out.";
            let diagnostic = wrong("audit_log", "The audit log has no path", detail);
            Err(Box::new(
                diagnostic.within(&AttributePath::attribute("audit_log").and_attribute("path")),
            ))
        }
    }
}

/// Who changes something, and why. These are not Twilio's variables: pipelines set them for every tool that keeps records.
pub(super) fn change(environment: Environment<'_>) -> Change {
    let text = |name: &str| environment(name).filter(|text| !text.trim().is_empty());
    let user = || ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(text);
    Change {
        actor: text("CHANGE_ACTOR").or_else(user),
        ticket: text("CHANGE_TICKET_ID"),
        reason: text("CHANGE_REASON"),
    }
}

/// The diagnostic for a file that could not be opened.
pub(super) fn unusable(error: &AuditError) -> Diagnostic {
    let remedy = match error {
        AuditError::Folder { .. } => "Name a file in it, for example twilio.jsonl.",
        AuditError::NotAFile { .. } => "Name a regular file, or one that is not there yet.",
        AuditError::NoFolder { .. } => {
            "Make the folder first, or correct the path: a relative one starts in the directory in which Terraform runs."
        }
        AuditError::Locked { .. } => {
            "Find the program that holds the lock (for example with fuser or lsof), or name another path."
        }
        AuditError::Unwritable { .. } => {
            "Give the user that runs Terraform the right to make and write the file, on a disk that takes it and can lock \
             files; or name another path."
        }
    };
    Diagnostic::error(
        "The audit log cannot be written",
        format!(
            "audit_log (TWILIO_AUDIT_LOG): {}. Nothing was changed, and nothing is while changes cannot be recorded. {remedy} \
             To go without records, take audit_log out of the provider block and unset TWILIO_AUDIT_LOG.",
            error.reason()
        ),
    )
    .at_attribute("audit_log")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_comes_from_the_block_or_the_environment_and_an_empty_path_is_an_error() {
        let named = |block: Option<&str>, variable: Option<&str>| {
            let block = block.map_or(Value::Null, |path| Value::object([("path", Value::from(path))]));
            let config = Value::object([("audit_log", block)]);
            path(&config, &|name| {
                (name == "TWILIO_AUDIT_LOG").then_some(variable?.to_owned())
            })
        };
        assert_eq!(named(None, None), Ok(None));
        assert_eq!(named(None, Some("")), Ok(None));
        assert_eq!(named(None, Some("b")), Ok(Some(PathBuf::from("b"))));
        assert_eq!(named(Some("a"), Some("b")), Ok(Some(PathBuf::from("a"))));
        let wrong = named(Some(" "), Some("b")).expect_err("it names no file");
        assert_eq!(wrong.path.to_string(), "audit_log");
        assert!(wrong.detail.contains("Name a file"), "{}", wrong.detail);
    }

    #[test]
    fn who_changes_something_and_why_comes_from_the_environment() {
        let change = |variables: &[(&str, &str)]| {
            change(&|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, text)| (*text).to_owned())
            })
        };
        assert_eq!(change(&[]), Change::default());
        assert_eq!(
            change(&[("LOGNAME", "ann"), ("USER", "")]).actor.as_deref(),
            Some("ann")
        );
        let all = change(&[
            ("USER", "ann"),
            ("CHANGE_ACTOR", "deploy-bot"),
            ("CHANGE_TICKET_ID", "OPS-7"),
            ("CHANGE_REASON", "new line"),
        ]);
        assert_eq!(all.actor.as_deref(), Some("deploy-bot"));
        assert_eq!(all.ticket.as_deref(), Some("OPS-7"));
        assert_eq!(all.reason.as_deref(), Some("new line"));
    }
}
