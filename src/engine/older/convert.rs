//! From the stored object of an older provider to the stored object of this one.
//!
//! Theirs has blocks as lists, JSON as text, and `""`, 0 and `[]` where nothing was configured. Kept as they are, those would
//! show as an update in place without any attribute: Terraform does not show a change from an empty text to none.

use serde_json::{Map, Value as Json};

use crate::engine::facts::older::OlderState;
use crate::engine::facts::{
    AccountRule, Field, Key, Kind, Literal, Managed, Object, Presence, Properties, Removed, Source,
};
use crate::engine::values::import_id::expected_prefix;
use crate::twilio::{AccountSid, Sid};

/// The object as this provider stores it, as far as the older state tells. What it does not tell is null; the read that follows
/// fills it in.
///
/// # Errors
/// What does not fit, as the rest of a sentence that begins with "it".
pub(super) fn convert(resource: &Managed, older: &OlderState, mut stored: Properties) -> Result<Properties, String> {
    refuse_another_type(resource, older, &stored)?;
    if let Some(prepare) = older.prepare {
        prepare(&mut stored);
    }
    let source = Stored { older, object: &stored };
    let mut ours = Properties::new();
    for attribute in resource
        .object
        .fields
        .iter()
        .filter(|attribute| !attribute.is_write_only())
    {
        let value = source.attribute(attribute, attribute.name, Some(&stored))?;
        ours.insert(attribute.name.to_owned(), value);
    }
    fill_in_local_defaults(resource, &mut ours);
    identify(resource, older, &stored, &mut ours)?;
    Ok(ours)
}

/// A deposed object keeps the shape of the type that it was, whatever the type it is moved to. So what the configuration had to
/// set and Twilio shows must be there, and something of what has another name there. Not all of that: what a version of the older
/// provider did not know yet, it did not store. A secret that Twilio never shows may have been put together differently there.
fn refuse_another_type(resource: &Managed, older: &OlderState, stored: &Properties) -> Result<(), String> {
    let has_no = |name: &str| Err(format!("has no {name}, which {} has", older.type_name));
    let is_constant = |name| older.constants.iter().any(|(constant, _)| *constant == name);
    let required = resource.object.fields.iter().filter(|attribute| {
        let name = attribute.name;
        attribute.presence() == Presence::Required
            && attribute.source == Source::Response
            && older.name_of(name).is_none()
            && !is_constant(name)
    });
    let mut required = required.map(|attribute| attribute.name);
    if let Some(missing) = required.find(|name| !stored.contains_key(*name)) {
        return has_no(missing);
    }
    let theirs = || older.renamed.iter().filter_map(|(_, theirs)| theirs.split('.').next());
    match theirs().next() {
        Some(first) if !theirs().any(|name| stored.contains_key(name)) => has_no(first),
        _ => Ok(()),
    }
}

/// What an older provider stored, as its table reads it.
struct Stored<'a> {
    older: &'a OlderState,
    object: &'a Properties,
}

impl Stored<'_> {
    /// The attribute at `path`, by names joined with dots. `beside` is where it stands under its own name.
    fn attribute(&self, attribute: &Field, path: &str, beside: Option<&Properties>) -> Result<Json, String> {
        if let Some((_, constant)) = self.older.constants.iter().find(|(name, _)| *name == path) {
            return Ok(json_of(*constant));
        }
        let theirs = self.older.name_of(path);
        if let (None, Kind::Object(inner)) = (theirs, attribute.kind)
            && self.has_parts_of(path)
        {
            return self.put_together(inner, path, beside.and_then(|beside| beside.get(attribute.name)));
        }
        let found = match theirs {
            Some(theirs) => lookup(self.object, theirs)?,
            None => beside.and_then(|beside| beside.get(attribute.name)),
        };
        let value = found.map_or(Some(Json::Null), |found| {
            value(attribute.kind, attribute.presence(), found)
        });
        value.ok_or_else(|| format!("has a {path} of another form"))
    }

    /// Whether parts of an object of ours have names of their own there.
    fn has_parts_of(&self, path: &str) -> bool {
        let is_part = |ours: &str| ours.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        self.older.renamed.iter().any(|(ours, _)| is_part(ours))
    }

    /// An object of ours whose parts stand elsewhere there.
    fn put_together(&self, inner: &'static [Field], path: &str, own: Option<&Json>) -> Result<Json, String> {
        let another_form = || format!("has a {path} of another form");
        let spelled_out = match own {
            Some(Json::String(text)) if !text.is_empty() => {
                Some(spelled_out(Kind::Object(inner), text).ok_or_else(another_form)?)
            }
            _ => None,
        };
        let own = match spelled_out.as_ref().or(own) {
            None | Some(Json::Null) => None,
            Some(Json::String(text)) if text.is_empty() => None,
            Some(block) => one(block).ok_or_else(another_form)?,
        };
        let mut members = Properties::new();
        for attribute in inner {
            let member = self.attribute(attribute, &format!("{path}.{}", attribute.name), own)?;
            members.insert(attribute.name.to_owned(), member);
        }
        Ok(none_if_empty(members))
    }
}

/// A value by its name, or by the names of blocks and a name in the last. A block is a list of one at most.
///
/// # Errors
/// When a block has another form.
fn lookup<'a>(stored: &'a Properties, path: &str) -> Result<Option<&'a Json>, String> {
    let Some((block, rest)) = path.split_once('.') else {
        return Ok(stored.get(path));
    };
    let fields = match stored.get(block) {
        None | Some(Json::Null) => None,
        Some(found) => one(found).ok_or_else(|| format!("has a {block} of another form"))?,
    };
    fields.map_or(Ok(None), |fields| lookup(fields, rest))
}

/// `None` where the stored value has another form than the kind.
fn value(kind: Kind, presence: Presence, stored: &Json) -> Option<Json> {
    let is_required = presence == Presence::Required;
    Some(match (kind, stored) {
        (_, Json::Null) => Json::Null,
        (_, Json::String(text)) if text.is_empty() && !is_required => Json::Null,
        (Kind::Text | Kind::Json | Kind::Timestamp, Json::String(_)) | (Kind::Bool, Json::Bool(_)) => stored.clone(),
        (Kind::Text, Json::Number(number)) => Json::String(number.to_string()),
        (Kind::Json, Json::Object(_) | Json::Array(_)) => Json::String(stored.to_string()),
        (Kind::Bool, Json::String(text)) => text.parse::<bool>().ok()?.into(),
        (Kind::Int | Kind::Decimal, Json::Number(number)) => match number.as_f64() {
            Some(number) if number == 0.0 && presence == Presence::Optional => Json::Null,
            _ => stored.clone(),
        },
        (Kind::Int | Kind::Decimal, Json::String(text)) => {
            let number: serde_json::Number = text.parse().ok()?;
            value(kind, presence, &Json::Number(number))?
        }
        (_, Json::String(text)) => value(kind, presence, &spelled_out(kind, text)?)?,
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
            let items = items.iter().map(|item| match item {
                // Each of them may be JSON as text, too.
                Json::String(text) => object(inner, spelled_out(Kind::Object(inner), text)?.as_object()?),
                item => object(inner, item.as_object()?),
            });
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
            Some(fields) => none_if_empty(object(inner, fields)?),
        },
        _ => return None,
    })
}

/// What a text stands for where there is none here: JSON, or several texts with commas between them.
fn spelled_out(kind: Kind, text: &str) -> Option<Json> {
    match (kind, serde_json::from_str(text)) {
        (_, Ok(structure @ (Json::Object(_) | Json::Array(_)))) => Some(structure),
        (Kind::List(Kind::Text) | Kind::Set(Kind::Text), _) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Some(items.map(Json::from).collect())
        }
        _ => None,
    }
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

/// A block of which nothing was configured is none.
fn none_if_empty(members: Properties) -> Json {
    match members.values().all(Json::is_null) {
        true => Json::Null,
        false => Json::Object(members),
    }
}

/// The fields of an object, or of a block that stands once at most.
fn one(stored: &Json) -> Option<Option<&Map<String, Json>>> {
    match stored {
        Json::Object(fields) => Some(Some(fields)),
        Json::Array(blocks) => match blocks.as_slice() {
            // The block of which nothing was configured is stored as null.
            [] | [Json::Null] => Some(None),
            [Json::Object(fields)] => Some(Some(fields)),
            _ => None,
        },
        _ => None,
    }
}

fn json_of(literal: Literal) -> Json {
    match literal {
        Literal::Text(text) => text.into(),
        Literal::Bool(truth) => truth.into(),
        Literal::Int(number) => number.into(),
        Literal::EmptyObject => Json::Object(Map::new()),
        Literal::EmptyList => Json::Array(Vec::new()),
    }
}

/// What tells the provider what to do was never in an older state.
fn fill_in_local_defaults(resource: &Managed, ours: &mut Properties) {
    for attribute in resource.object.fields {
        if let (Source::Configuration, Removed::Default(literal)) = (attribute.source, attribute.removed())
            && ours.get(attribute.name).is_none_or(Json::is_null)
        {
            ours.insert(attribute.name.to_owned(), json_of(literal));
        }
    }
}

/// `sid`, `account_sid` and `id`. Where nothing says the account it is left open: the read then uses the account that the
/// provider is set up for, and what it finds says where it is. Not so with what Twilio moves between accounts, and with accounts
/// themselves: their account decides what is done to them.
fn identify(resource: &Managed, older: &OlderState, stored: &Properties, ours: &mut Properties) -> Result<(), String> {
    let object = &resource.object;
    if object.has_sid() {
        let sid = sid_of(object, stored);
        let sid = sid.ok_or_else(|| format!("has no sid that starts with {}", object.sid_prefix()))?;
        ours.insert("sid".to_owned(), sid.into());
    }
    let account = account_of(resource, older.accounts(), stored)?;
    // Settings of an account are nothing without it.
    if account.is_none() && (object.account != AccountRule::Fixed || object.is_of_the_account()) {
        return Err("does not say which account it is in".to_owned());
    }
    ours.insert("account_sid".to_owned(), account.clone().into());
    if object.is_of_the_account() {
        ours.insert("id".to_owned(), account.into());
        return Ok(());
    }
    let parts = object.id_parts().map(|name| {
        let part = ours.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        part.ok_or_else(|| format!("has no {name}"))
    });
    let id = parts.collect::<Result<Vec<_>, _>>()?.join("/");
    ours.insert("id".to_owned(), id.into());
    Ok(())
}

/// The object's own SID, or the one that it goes by, where it has one of the right kind. Some types store it as the last part of
/// their id alone, with no name of its own.
fn sid_of(object: &Object, stored: &Properties) -> Option<String> {
    let borrowed = match object.key {
        Key::Borrowed(field, _) => Some(field),
        Key::Sid(_) | Key::Field(_) | Key::None => None,
    };
    let text = |name| stored.get(name)?.as_str();
    let own = match stored.get("sid") {
        Some(stored) if !stored.is_null() && stored != "" => stored.as_str(),
        _ => text("id").and_then(|id| id.rsplit('/').next()),
    };
    let candidates = own.into_iter().chain(borrowed.and_then(text));
    let mut sids = candidates.filter_map(|sid| sid.parse::<Sid>().ok());
    let sid = sids.find(|sid| sid.prefix() == object.sid_prefix());
    sid.map(|sid| sid.to_string())
}

/// The account that an older state says the object is in; `None` where it says nothing.
///
/// # Errors
/// When what it says is not the SID of an account.
pub(super) fn account_of(
    resource: &Managed,
    names: impl Iterator<Item = &'static str>,
    stored: &Properties,
) -> Result<Option<String>, String> {
    for name in names {
        match stored.get(name) {
            None | Some(Json::Null) => {}
            Some(Json::String(text)) if text.is_empty() => {}
            Some(returned) => {
                let account = returned.as_str().and_then(|text| text.parse::<AccountSid>().ok());
                let account = account.ok_or_else(|| format!("has a {name} that is not the SID of an account"))?;
                return Ok(Some(account.to_string()));
            }
        }
    }
    // The settings of an account go by its SID.
    let id = stored.get("id").and_then(Json::as_str);
    let account = id.filter(|_| resource.object.account != AccountRule::Owned);
    let account = account.and_then(|id| id.parse::<AccountSid>().ok());
    Ok(account.map(|account| account.to_string()))
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
