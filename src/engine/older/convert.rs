//! From the stored object of an older provider to the stored object of this one.
//!
//! Theirs has blocks as lists, and `""`, 0 and `[]` where nothing was configured. Kept as they are, those would show as an
//! update in place without any attribute: Terraform does not show a change from an empty text to none.

use crate::engine::facts::{AccountRule, Field, Kind, Literal, Managed, Presence, Properties, Removed, Source};
use serde_json::{Map, Value as Json};

use crate::engine::values::import_id::expected_prefix;
use crate::twilio::{AccountSid, Sid};

use super::OlderState;

/// The object as this provider stores it, as far as the older state tells.
///
/// # Errors
/// What does not fit, as the rest of a sentence that begins with "it".
pub(super) fn convert(resource: &Managed, older: &OlderState, mut stored: Properties) -> Result<Properties, String> {
    refuse_another_type(resource, older, &stored)?;
    if let Some(prepare) = older.prepare {
        prepare(&mut stored);
    }
    let mut ours = Properties::new();
    for attribute in resource
        .object
        .fields
        .iter()
        .filter(|attribute| !attribute.is_write_only())
    {
        let renamed = older.renamed.iter().find(|(our, _)| *our == attribute.name);
        let theirs = renamed.map_or(attribute.name, |(_, theirs)| theirs);
        let value = match lookup(&stored, theirs)? {
            Some(value) => converted(attribute, value)?,
            None => Json::Null,
        };
        ours.insert(attribute.name.to_owned(), value);
    }
    fill_in_local_defaults(resource, &mut ours);
    identify(resource, &stored, &mut ours)?;
    Ok(ours)
}

/// A deposed object keeps the shape of the type that it was, whatever the type it is moved to.
fn refuse_another_type(resource: &Managed, older: &OlderState, stored: &Properties) -> Result<(), String> {
    let blocks = older.renamed.iter().filter_map(|(_, theirs)| theirs.split('.').next());
    let required = resource.object.fields.iter().filter(|attribute| {
        attribute.presence() == Presence::Required && !older.renamed.iter().any(|(our, _)| *our == attribute.name)
    });
    let mut needed = blocks.chain(required.map(|attribute| attribute.name));
    match needed.find(|name| !stored.contains_key(*name)) {
        Some(missing) => Err(format!("has no {missing}, which {} has", older.type_name)),
        None => Ok(()),
    }
}

/// A value by its name, or by the name of a block and a name in it. A block is a list of one at most.
///
/// # Errors
/// When the block has another form.
fn lookup<'a>(stored: &'a Properties, path: &str) -> Result<Option<&'a Json>, String> {
    let Some((block, name)) = path.split_once('.') else {
        return Ok(stored.get(path));
    };
    let fields = match stored.get(block) {
        None | Some(Json::Null) => None,
        Some(block_value) => one(block_value).ok_or_else(|| format!("has a {block} of another form"))?,
    };
    Ok(fields.and_then(|fields| fields.get(name)))
}

fn converted(attribute: &Field, stored: &Json) -> Result<Json, String> {
    value(attribute.kind, attribute.presence(), stored)
        .ok_or_else(|| format!("has a {} of another form", attribute.name))
}

/// `None` where the stored value has another form than the kind.
fn value(kind: Kind, presence: Presence, stored: &Json) -> Option<Json> {
    let is_required = presence == Presence::Required;
    Some(match (kind, stored) {
        (_, Json::Null) => Json::Null,
        (Kind::Text | Kind::Json | Kind::Timestamp, Json::String(text)) if text.is_empty() && !is_required => {
            Json::Null
        }
        (Kind::Text | Kind::Json | Kind::Timestamp, Json::String(_)) | (Kind::Bool, Json::Bool(_)) => stored.clone(),
        (Kind::Text, Json::Number(number)) => Json::String(number.to_string()),
        (Kind::Int | Kind::Decimal, Json::Number(number)) => match number.as_f64() {
            Some(number) if number == 0.0 && presence == Presence::Optional => Json::Null,
            _ => stored.clone(),
        },
        (Kind::List(_) | Kind::Set(_) | Kind::Objects(_) | Kind::ObjectSet(_), Json::Array(items))
            if items.is_empty() && !is_required =>
        {
            Json::Null
        }
        (Kind::List(element) | Kind::Set(element), Json::Array(items)) => {
            let items = items.iter().map(|item| value(*element, Presence::Required, item));
            Json::Array(items.collect::<Option<_>>()?)
        }
        (Kind::Objects(inner) | Kind::ObjectSet(inner), Json::Array(items)) => {
            let items = items.iter().map(|item| object(inner, item.as_object()?));
            Json::Array(items.map(|item| item.map(Json::Object)).collect::<Option<_>>()?)
        }
        (Kind::Map(element), stored) => match one(stored)? {
            None => Json::Null,
            Some(fields) => {
                let fields = fields
                    .iter()
                    .map(|(key, item)| Some((key.clone(), value(*element, Presence::Required, item)?)));
                Json::Object(fields.collect::<Option<_>>()?)
            }
        },
        (Kind::Object(inner), stored) => match one(stored)? {
            None => Json::Null,
            Some(fields) => match object(inner, fields)? {
                nothing if nothing.values().all(Json::is_null) => Json::Null,
                fields => Json::Object(fields),
            },
        },
        _ => return None,
    })
}

fn object(attributes: &[Field], fields: &Properties) -> Option<Properties> {
    let members = attributes.iter().map(|attribute| {
        let stored = fields.get(attribute.name).unwrap_or(&Json::Null);
        Some((
            attribute.name.to_owned(),
            value(attribute.kind, attribute.presence(), stored)?,
        ))
    });
    members.collect()
}

/// The fields of an object, or of a block that stands once at most.
fn one(stored: &Json) -> Option<Option<&Map<String, Json>>> {
    match stored {
        Json::Object(fields) => Some(Some(fields)),
        Json::Array(blocks) => match blocks.as_slice() {
            [] => Some(None),
            [Json::Object(fields)] => Some(Some(fields)),
            _ => None,
        },
        _ => None,
    }
}

/// What tells the provider what to do was never in an older state.
fn fill_in_local_defaults(resource: &Managed, ours: &mut Properties) {
    for attribute in resource.object.fields {
        if let (Source::Configuration, Removed::Default(literal)) = (attribute.source, attribute.removed())
            && ours.get(attribute.name).is_none_or(Json::is_null)
        {
            let value = match literal {
                Literal::Text(text) => text.into(),
                Literal::Bool(truth) => truth.into(),
                Literal::Int(number) => number.into(),
            };
            ours.insert(attribute.name.to_owned(), value);
        }
    }
}

/// `sid`, `account_sid` and `id`. An object that cannot be found again, or would be looked for in another account than its
/// own, would seem to be gone, and be made or bought a second time.
fn identify(resource: &Managed, stored: &Properties, ours: &mut Properties) -> Result<(), String> {
    let sid = sid_of(resource, stored)
        .ok_or_else(|| format!("has no sid that starts with {}", resource.object.sid_prefix()))?;
    let account = account_of(resource, stored).ok_or("does not say which account it is in")?;
    ours.insert("sid".to_owned(), sid.into());
    ours.insert("account_sid".to_owned(), account.into());
    let parts = resource.object.id_parts().map(|name| {
        let part = ours.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        part.ok_or_else(|| format!("has no {name}"))
    });
    let id = parts.collect::<Result<Vec<_>, _>>()?.join("/");
    ours.insert("id".to_owned(), id.into());
    Ok(())
}

/// The object's own SID, where it has one of the right kind.
pub(super) fn sid_of(resource: &Managed, stored: &Properties) -> Option<String> {
    let sid: Sid = stored.get("sid")?.as_str()?.parse().ok()?;
    (sid.prefix() == resource.object.sid_prefix()).then(|| sid.to_string())
}

/// The account that an older state says the object is in.
pub(super) fn account_of(resource: &Managed, stored: &Properties) -> Option<String> {
    let names: &[&str] = match resource.object.account {
        AccountRule::Owned => &["owner_account_sid"],
        AccountRule::Fixed | AccountRule::Movable => &["path_account_sid", "account_sid"],
    };
    let accounts = names.iter().filter_map(|name| stored.get(*name)?.as_str());
    let mut accounts = accounts.filter_map(|text| text.parse::<AccountSid>().ok());
    accounts.next().map(|account| account.to_string())
}

/// A part of the import id, as far as an older state has it under that name, or as its own SID.
pub(super) fn part_of(resource: &Managed, stored: &Properties, name: &str) -> Option<String> {
    let prefix = match name {
        "sid" => Some(resource.object.sid_prefix()),
        name => expected_prefix(&resource.object, name),
    };
    let candidates = [name, "sid", "id"].into_iter();
    let mut candidates = candidates.filter_map(|name| stored.get(name)?.as_str()?.parse::<Sid>().ok());
    candidates
        .find(|sid| Some(sid.prefix()) == prefix)
        .map(|sid| sid.to_string())
}
