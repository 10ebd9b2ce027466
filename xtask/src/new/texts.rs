//! What a field's documentation says before a person has written it: what follows from its name, kind and role, in sentences. It
//! begins with [`MARK`], unless a person would write the same.

use super::field::{Absent, Check, Field, Kind, Role};
use super::words::{capitalised, choices, is_several, words};
use crate::tidy::drafts::MARK;

/// The documentation of a field of a `noun`.
pub fn of(field: &Field, noun: &str) -> String {
    let mut text = match is_final(field) {
        true => subject(field, noun),
        false => format!("{MARK}{}", subject(field, noun)),
    };
    for check in &field.checks {
        text.push_str(&bounds(check, &field.kind));
    }
    text.push('.');
    let has = if is_several(noun) { "have" } else { "has" };
    let keeps = || format!(" Removing it keeps what the {noun} {has}.");
    match field.absent() {
        Some(Absent::Keeps) => text.push_str(&keeps()),
        Some(Absent::DefaultsTo(default)) => {
            let shown = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
            text.push_str(&format!(" Default: `{shown}`."));
        }
        Some(Absent::Required | Absent::Clears) | None => {}
    }
    if matches!(field.role, Role::PathPart | Role::Fixed(_)) {
        text.push_str(&format!(" A change replaces the {noun}."));
    }
    text
}

/// Whether what is derived says all that there is to say: where it stands, when it was made, how an address is requested.
fn is_final(field: &Field) -> bool {
    let is_sid = field.checks.iter().any(|check| matches!(check, Check::Sid(_)));
    match field.kind {
        Kind::Timestamp => field.name == "date_created",
        Kind::HttpMethod => true,
        _ => field.role == Role::PathPart && is_sid,
    }
}

/// The documentation of a filter of a list of `several`.
pub fn of_filter(field: &Field, several: &str) -> String {
    let bounds: String = field.checks.iter().map(|check| bounds(check, &field.kind)).collect();
    match field.kind {
        Kind::Bool => format!(
            "{MARK}Only {several} with this {}: `true` or `false`.",
            words(&field.name)
        ),
        _ => format!("{MARK}Only {several} with this {}{bounds}.", words(&field.name)),
    }
}

fn subject(field: &Field, noun: &str) -> String {
    let label = words(&field.name);
    let capital = capitalised(&label);
    if let Some(of) = label.strip_suffix(" SID")
        && field.checks.iter().any(|check| matches!(check, Check::Sid(_)))
    {
        return format!("SID of the {of}");
    }
    match &field.kind {
        Kind::Bool => format!("{capital}: `true` or `false`"),
        Kind::Timestamp if field.name == "date_created" => "When it was created (RFC 3339, UTC)".to_owned(),
        Kind::Timestamp => format!("{capital} of the {noun} (RFC 3339, UTC)"),
        Kind::Json => format!("{capital} of the {noun}, as JSON"),
        Kind::HttpMethod => match field.name.strip_suffix("_method") {
            Some(of) => format!("HTTP method for `{of}_url`: `GET` or `POST`"),
            None => "HTTP method: `GET` or `POST`".to_owned(),
        },
        _ => format!("{capital} of the {noun}"),
    }
}

fn bounds(check: &Check, kind: &Kind) -> String {
    match check {
        // The subject says it.
        Check::OneOf(_) if matches!(kind, Kind::HttpMethod) => String::new(),
        // For many, see Twilio's page.
        Check::Known(values) if values.len() > 12 => String::new(),
        Check::OneOf(values) | Check::Known(values) => format!(": {}", choices(values)),
        Check::Sid(prefixes) if prefixes.is_empty() => String::new(),
        Check::Sid(prefixes) => {
            let shown: Vec<_> = prefixes.iter().map(|prefix| format!("`{prefix}…`")).collect();
            format!(" ({})", shown.join(", "))
        }
        Check::Range(least, most) => format!(", from `{least}` to `{most}`"),
        Check::Length(0, most) => format!(", up to `{most}` characters"),
        Check::Length(least, most) => format!(", `{least}` to `{most}` characters"),
        Check::E164 => " in E.164 form".to_owned(),
        Check::Each(inner) => bounds(inner, kind),
    }
}
