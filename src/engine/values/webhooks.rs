//! The URLs that Twilio requests, wherever they stand in an object: what a policy about webhooks is about.

use crate::engine::facts::{Check, Field, Kind};
use crate::framework::path::AttributePath;
use crate::framework::value::Value;

/// A webhook of an object: where it stands, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Webhook {
    /// Where it stands.
    pub path: AttributePath,
    /// The URL.
    pub url: String,
}

/// Those that `now` has and `before` has not at the same place. What is not known yet is left out.
pub(crate) fn changed(fields: &[Field], before: &Value, now: &Value) -> Vec<Webhook> {
    let old = all(fields, before);
    let mut new = all(fields, now);
    new.retain(|webhook| !old.contains(webhook));
    new
}

/// Whether what `before` has is taken off, replaced, or may be.
pub(crate) fn is_touched(fields: &[Field], before: &Value, now: &Value) -> bool {
    let (old, new) = (all(fields, before), all(fields, now));
    old != new || has_unknown(fields, now)
}

/// All that are known, in the order of the table.
pub(crate) fn all(fields: &[Field], object: &Value) -> Vec<Webhook> {
    let mut found = Vec::new();
    collect(fields, object, &AttributePath::root(), &mut |path, value| {
        if let Some(url) = value.as_str().filter(|url| !url.is_empty()) {
            found.push(Webhook {
                path,
                url: url.to_owned(),
            });
        }
    });
    found
}

/// Whether there may be any in an object of these fields.
#[cfg(test)]
pub(crate) fn are_in(fields: &[Field]) -> bool {
    fields.iter().filter(|field| field.is_configurable()).any(|field| {
        let is_url = matches!(field.kind, Kind::Text) && field.checks.iter().any(|check| matches!(check, Check::Url));
        is_url || are_in(field.kind.inner())
    })
}

fn has_unknown(fields: &[Field], object: &Value) -> bool {
    let mut is_unknown = false;
    collect(fields, object, &AttributePath::root(), &mut |_, value| {
        is_unknown |= value.is_unknown();
    });
    is_unknown
}

fn collect(fields: &[Field], object: &Value, at: &AttributePath, found: &mut dyn FnMut(AttributePath, &Value)) {
    for field in fields.iter().filter(|field| field.is_configurable()) {
        let (value, path) = (object.attr(field.name), at.and_attribute(field.name));
        match field.kind {
            Kind::Text if field.checks.iter().any(|check| matches!(check, Check::Url)) => found(path, value),
            Kind::Object(inner) => collect(inner, value, &path, found),
            Kind::Objects(inner) | Kind::ObjectSet(inner) => {
                let elements = value.as_elements().unwrap_or_default();
                for (index, element) in elements.iter().enumerate() {
                    collect(inner, element, &path.and_index(index), found);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::{object, objects, text, url};

    const INNER: &[Field] = &[url("url", Setting(Clears)), text("name", Setting(Clears))];
    const FIELDS: &[Field] = &[
        url("voice_url", Setting(Clears)),
        text("friendly_name", Setting(Clears)),
        url("shown_url", Observed),
        object("one", Setting(Clears), INNER),
        objects("many", Setting(Clears), INNER),
    ];

    fn with(voice: Value, one: &str) -> Value {
        let inner = |url: &str| Value::object([("url", Value::string(url)), ("name", Value::string("https://name"))]);
        Value::object([
            ("voice_url", voice),
            ("friendly_name", Value::string("https://name.example")),
            ("shown_url", Value::string("https://shown.example")),
            ("one", inner(one)),
            ("many", Value::List(vec![inner("https://first.example"), inner("")])),
        ])
    }

    #[test]
    fn every_configured_url_is_found_however_deep_and_nothing_else() {
        let urls = |webhooks: Vec<Webhook>| webhooks.into_iter().map(|webhook| webhook.url).collect::<Vec<_>>();
        let before = with(Value::string("https://a.example"), "https://b.example");
        assert_eq!(
            urls(all(FIELDS, &before)),
            ["https://a.example", "https://b.example", "https://first.example"]
        );
        let now = with(Value::string("https://a.example"), "https://c.example");
        assert_eq!(urls(changed(FIELDS, &before, &now)), ["https://c.example"]);
        assert!(is_touched(FIELDS, &before, &now));
        assert!(!is_touched(FIELDS, &before, &before));
        assert!(
            is_touched(FIELDS, &before, &with(Value::Null, "https://b.example")),
            "taken off"
        );
        let unknown = with(Value::UNKNOWN, "https://b.example");
        assert!(is_touched(FIELDS, &unknown, &unknown), "nobody knows yet");
        assert_eq!(urls(changed(FIELDS, &Value::Null, &before)).len(), 3);
    }
}
