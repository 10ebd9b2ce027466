//! What changes of an object that is there before Terraform, the first time that Terraform writes it. Its create is an update, and a
//! plan shows only what is configured: not what somebody else configured, and what the first apply takes off.

use crate::engine::facts::hooks::{Planning, Step};
use crate::engine::facts::{Field, Operation, Role};
use crate::engine::operations::unwritten::found_before_first_write;
use crate::engine::values::state::store;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

/// Says in the plan what the first apply takes off and what it changes. Costs one read, while Terraform has not written the object. What
/// cannot be read is for the apply to say.
pub(in crate::resources) fn warn_of_what_changes(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let Some((_, account)) = planning.connection else {
            return Ok(());
        };
        let Some(found) = found_before_first_write(&planning).await else {
            return Ok(());
        };
        let object = &planning.resource.object;
        let planned = &*planning.planned;
        let key = object.id_parts().chain(["account_sid"]);
        let key = Value::object(key.map(|name| (name, planned.attr(name).clone())));
        let (there, _) = store(object, account, found, &key, Operation::Read);
        let (lost, changed) = differing(object.fields, &there, planned);
        if lost.is_empty() && changed.is_empty() {
            return Ok(());
        }
        let mut parts = Vec::new();
        if !lost.is_empty() {
            parts.push(format!(
                "is taken off, since it is not configured here: {}",
                lost.join(", ")
            ));
        }
        if !changed.is_empty() {
            parts.push(format!("is written over: {}", changed.join(", ")));
        }
        planning.warnings.add(Diagnostic::warning(
            format!("The {} is in use as something else configured it", object.noun),
            format!(
                "Terraform takes over what is there. From the first apply on, this {}. To keep a value, configure it as it is: the \
                 data source of the same name shows it.",
                parts.join("; and this ")
            ),
        ));
        Ok(())
    })
}

/// The names of what is there and is not planned, and of what is planned otherwise. Never a value: a URL may have a secret in it.
fn differing(fields: &[Field], there: &Value, planned: &Value) -> (Vec<&'static str>, Vec<&'static str>) {
    let (mut lost, mut changed) = (Vec::new(), Vec::new());
    for field in fields.iter().filter(|field| matches!(field.role, Role::Setting(_))) {
        let (there, planned) = (there.attr(field.name), planned.attr(field.name));
        let is_empty = there.is_null() || there.as_str() == Some("");
        if is_empty || planned.is_unknown() || there == planned {
            continue;
        }
        match planned.is_null() {
            true => lost.push(field.name),
            false => changed.push(field.name),
        }
    }
    (lost, changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::{Clears, Keeps};
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::{text, url};

    const FIELDS: &[Field] = &[
        text("name", Setting(Keeps)),
        url("sms_url", Setting(Clears)),
        url("fallback_url", Setting(Clears)),
        url("voice_url", Setting(Clears)),
        text("digits", Observed),
    ];

    #[test]
    fn what_is_there_and_planned_otherwise_is_named() {
        let there = Value::object([
            ("name", "Main".into()),
            ("sms_url", "https://example.com/?key=hush".into()),
            ("fallback_url", "https://example.com/old".into()),
            ("voice_url", "".into()),
            ("digits", "12345".into()),
        ]);
        let planned = Value::object([
            ("name", Value::UNKNOWN),
            ("sms_url", Value::Null),
            ("fallback_url", "https://example.com/new".into()),
            ("voice_url", "https://example.com/voice".into()),
            ("digits", Value::Null),
        ]);
        assert_eq!(
            differing(FIELDS, &there, &planned),
            (vec!["sms_url"], vec!["fallback_url"])
        );
        assert_eq!(differing(FIELDS, &there, &there), (vec![], vec![]));
    }
}
