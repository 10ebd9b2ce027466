//! What an object has beyond its table, where an update replaces it: what is not sent is taken off then, and no plan can show
//! what no attribute has. So a refresh says it before.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::engine::errors::diagnose::label;
use crate::engine::facts::{Field, Kind, Managed, Properties, Sent, Spelling};
use crate::engine::values::counted_names::and_more;
use crate::engine::values::properties::field as property;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

/// The most names that a warning has.
const MOST_NAMED: usize = 10;

/// A warning about what the next update takes off `object`, as it was just read, and no plan shows.
pub(crate) fn warning(resource: &Managed, object: &Properties, state: &Value) -> Option<Diagnostic> {
    if !resource.lifecycle.update().replaces() {
        return None;
    }
    let mut found = BTreeSet::new();
    let is_sent = |field: &&Field| matches!(field.sent(), Sent::Always | Sent::OnUpdate);
    for field in resource.object.fields.iter().filter(is_sent) {
        let spelling = resource.object.spelling;
        if let Some(returned) = property(object, &field.read_path(spelling)) {
            collect(field, returned, spelling, field.name, &mut found);
        }
    }
    if found.is_empty() {
        return None;
    }
    let more = found.len().saturating_sub(MOST_NAMED);
    let names: Vec<_> = found.into_iter().take(MOST_NAMED).collect();
    let subject = format!("{} {}", resource.object.noun, label(&resource.object, state));
    Some(Diagnostic::warning(
        format!("{} has more than this provider knows", resource.object.name),
        format!(
            "In Twilio the {} has {}, which cannot be configured here. An update sends the whole object, so the next change of it \
             takes that off. To keep it, change the object where that was made; a later version of this provider may know it.",
            subject.trim_end(),
            and_more(&names.join(", "), more)
        ),
    ))
}

/// Notes the members of objects that no field reads, and that say something.
fn collect(field: &Field, returned: &Json, spelling: Spelling, place: &str, found: &mut BTreeSet<String>) {
    match (field.kind, returned) {
        (Kind::Object(fields), Json::Object(members)) => {
            for (name, member) in members.iter().filter(|(_, member)| !says_nothing(member)) {
                // A dotted path leads through members, none of which is unknown.
                let read = fields.iter().find(|field| {
                    let path = field.read_path(spelling);
                    path == name.as_str() || path.split('.').next() == Some(name)
                });
                match read {
                    Some(read) if read.read_path(spelling) == name.as_str() => {
                        collect(read, member, spelling, &format!("{place}.{}", read.name), found);
                    }
                    Some(_) => {}
                    None => drop(found.insert(format!("{place}.{}", shown(name)))),
                }
            }
        }
        (Kind::Objects(fields) | Kind::ObjectSet(fields), Json::Array(items)) => {
            let one = Field {
                kind: Kind::Object(fields),
                ..*field
            };
            for item in items {
                collect(&one, item, spelling, place, found);
            }
        }
        _ => {}
    }
}

fn says_nothing(returned: &Json) -> bool {
    match returned {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        Json::Bool(_) | Json::Number(_) => false,
    }
}

/// A name of Twilio's; what looks like none is not repeated.
fn shown(name: &str) -> &str {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/');
    match name.len() <= 60 && name.bytes().all(is_name) {
        true => name,
        false => "…",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Absent::{Clears, Required};
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::{BodyStyle, Destroy, Lifecycle, Object, UpdateStyle, map, object, objects, text};

    const ACTION: &[Field] = &[
        text("title", Setting(Required)),
        text("link", Setting(Clears)).read_as("target.url"),
    ];
    const REPLY: &[Field] = &[
        text("body", Setting(Required)),
        objects("actions", Setting(Clears), ACTION),
    ];
    const TYPES: &[Field] = &[
        object("text", Setting(Clears), REPLY).read_as("twilio/text"),
        map("other", Setting(Clears), &Kind::Text),
    ];
    const PUT: Managed = Managed {
        object: Object {
            name: "twilio_template",
            noun: "template",
            fields: &[object("types", Setting(Required), TYPES), text("status", Observed)],
            ..Object::NEW
        },
        lifecycle: Lifecycle::made(UpdateStyle::Put, Destroy::Delete).sending(BodyStyle::Json),
        ..Managed::NEW
    };
    const POST: Managed = Managed {
        lifecycle: Lifecycle::made(UpdateStyle::Post, Destroy::Delete),
        ..PUT
    };

    fn said(resource: &Managed, types: Json) -> Option<String> {
        let answer = json!({"types": types, "status": "ok", "url": "https://example.com"});
        let answer = answer.as_object().cloned().unwrap_or_default();
        warning(resource, &answer, &Value::Null).map(|warning| warning.detail)
    }

    #[test]
    fn what_an_update_would_take_off_unseen_is_named_before() {
        let known = json!({
            "twilio/text": {"body": "a", "actions": [{"title": "b", "target": {"url": "c"}}], "more": null, "rest": []},
            "other": {"x": "y"}, "twilio/card": {},
        });
        assert_eq!(said(&PUT, known), None);
        let more = json!({
            "twilio/media": {"media": ["x"]},
            "twilio/text": {"body": "a", "footer": false, "actions": [{"title": "b"}, {"title": "c", "id": "hush"}]},
            "what somebody wrote": 1,
        });
        let detail = said(&PUT, more.clone()).expect("it is said");
        for name in [
            "types.twilio/media",
            "types.text.footer",
            "types.text.actions.id",
            "types.…",
        ] {
            assert!(detail.contains(name), "{name}: {detail}");
        }
        assert!(!detail.contains("hush") && !detail.contains("somebody"), "{detail}");
        assert_eq!(said(&POST, more), None, "what is not sent stays");
    }
}
