//! From the parameters and answers of the contract to fields.
//!
//! Where the contract does not tell, the choice is the one that does least: a text that may be left out is cleared by an empty
//! one, as everywhere at Twilio; a number, a truth value, a choice or a SID keeps what Twilio has.

use std::collections::BTreeSet;

use twilio_simulator::contract::{
    Content, Field as Published, Kind as PublishedKind, Location, Operation, Spec, snake_case,
};

use super::field::{Absent, Check, Field, Kind, Role};
use super::place::{Begin, Key, Place};

/// Names that every resource has by itself, or that say the same again.
const BY_ITSELF: &[&str] = &[
    "account_sid",
    "date_updated",
    "id",
    "links",
    "sid",
    "subresource_uris",
    "uri",
    "url",
];

/// Words that tell a secret, whole or as the end of several.
const SECRETS: &[&str] = &[
    "secret",
    "token",
    "password",
    "passphrase",
    "private_key",
    "write_key",
    "credentials",
];

/// Names that Terraform keeps for itself in every block.
const RESERVED: &[&str] = &[
    "connection",
    "count",
    "depends_on",
    "for_each",
    "lifecycle",
    "provider",
    "provisioner",
];

/// Fields, and what is in the responses and in none of them.
pub struct Found {
    /// In documentation order: parents, what is set, what is observed; the moment of creation last.
    pub fields: Vec<Field>,
    /// What moves by itself.
    pub moving: Vec<String>,
}

/// The fields of the object at a place.
pub fn of(place: &Place) -> Found {
    let reader = Reader::of(place);
    let mut fields: Vec<Field> = Vec::new();
    for parent in &place.parents {
        let mut field = Field::new(&parent.field, Kind::Text, Role::PathPart);
        field
            .checks
            .extend(parent.prefix.iter().map(|prefix| Check::Sid(vec![prefix.clone()])));
        field.never_returned = reader.answered(&[&parent.field]).is_none();
        fields.push(field);
    }
    let written = reader.written();
    if let Some(key) = reader.key_in_path(&written) {
        fields.push(key);
    }
    for parameter in &written {
        let field = reader.settable(parameter, &[], &[]);
        if !fields.iter().any(|known| known.name == field.name) {
            fields.push(field);
        }
    }
    let (observed, moving) = reader.observed(&fields);
    fields.extend(observed);
    Found { fields, moving }
}

/// A parameter of create, update or both; or several with one beginning, as `Push.IncludeDate`.
struct Parameter {
    name: String,
    create: Option<&'static Published>,
    update: Option<&'static Published>,
    inner: Vec<Parameter>,
}

struct Reader<'a> {
    place: &'a Place,
    spec: &'static Spec,
    is_json: bool,
    /// How names are spelt in responses, and so in JSON.
    is_camel: bool,
}

/// Whether the names in the responses, or in the JSON that is sent, are spelt `likeThis`.
pub fn is_camel(place: &Place) -> bool {
    let capital = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.contains(|c: char| c.is_ascii_uppercase())
    };
    let read = place.read.or(place.list).or(place.update).or(place.create);
    read.is_some_and(|read| place.spec.answer_fields(read).iter().any(|field| capital(&field.name)))
}

/// Whether a table writes JSON.
pub fn is_json(place: &Place) -> bool {
    place
        .create
        .or(place.update)
        .is_some_and(|operation| operation.content == Content::Json)
}

impl<'a> Reader<'a> {
    fn of(place: &'a Place) -> Self {
        Self {
            place,
            spec: place.spec,
            is_json: is_json(place),
            is_camel: is_camel(place),
        }
    }

    /// The shapes of the responses that an attribute must be in: of writes and read alike.
    fn answers(&self) -> Vec<&'static [Published]> {
        let Place {
            create,
            update,
            read,
            list,
            ..
        } = *self.place;
        let read = read.or(list);
        let operations = create.into_iter().chain(update).chain(read);
        operations
            .map(|operation| self.spec.answer_fields(operation))
            .filter(|fields| !fields.is_empty())
            .collect()
    }

    /// What the responses have under one of these names, if all of them do.
    fn answered(&self, names: &[&str]) -> Option<&'static Published> {
        let answers = self.answers();
        let name = names.iter().find(|name| {
            !answers.is_empty()
                && answers
                    .iter()
                    .all(|fields| fields.iter().any(|field| field.name == **name))
        })?;
        // The read knows most of its form.
        let field = answers.last()?.iter().find(|field| field.name == *name)?;
        Some(self.spec.resolve(field))
    }

    /// All parameters of the body, in the order of the create.
    fn written(&self) -> Vec<Parameter> {
        let mut all: Vec<Parameter> = Vec::new();
        let body = |operation: Option<&'static Operation>| {
            operation.into_iter().flat_map(|found| found.params_in(Location::Body))
        };
        for (is_create, field) in body(self.place.create)
            .map(|field| (true, field))
            .chain(body(self.place.update).map(|field| (false, field)))
        {
            if field.name == "AccountSid" || field.read_only {
                continue;
            }
            // In JSON a dot is a part of the name.
            let segments: Vec<&str> = match self.is_json {
                true => vec![&field.name],
                false => field.name.split('.').collect(),
            };
            insert(&mut all, &segments, is_create, field);
        }
        all
    }

    /// The key, where it stands in the path and in no body.
    fn key_in_path(&self, written: &[Parameter]) -> Option<Field> {
        match &self.place.key {
            Key::Borrowed { field, prefix } if self.place.begin != Begin::Made => {
                let mut key = Field::new(field, Kind::Text, Role::PathPart);
                key.checks.push(Check::Sid(vec![prefix.clone()]));
                key.read_as =
                    (self.answered(&[field]).is_none() && self.answered(&["sid"]).is_some()).then(|| "sid".to_owned());
                key.never_returned = key.read_as.is_none() && self.answered(&[field]).is_none();
                Some(key)
            }
            Key::Field(field) if !written.iter().any(|parameter| snake_case(&parameter.name) == *field) => {
                let mut key = Field::new(field, Kind::Text, Role::PathPart);
                key.never_returned = self.answered(&[field]).is_none();
                Some(key)
            }
            _ => None,
        }
    }

    /// The field of a parameter, or of a group of them.
    fn settable(&self, parameter: &Parameter, above: &[&str], read_above: &'static [Published]) -> Field {
        let nested = !above.is_empty();
        let own_name = plain(&snake_case(&parameter.name));
        let several = super::words::plural(&own_name);
        let candidates = [parameter.name.as_str(), own_name.as_str(), several.as_str()];
        // Every resource has a SID by itself: what is sent as one is that of what is put there.
        let name = match own_name.as_str() {
            "sid" | "id" if !nested => format!("{}_{own_name}", self.place.noun()),
            _ => own_name.clone(),
        };
        let read = match nested {
            false => self.answered(&candidates),
            true => read_above
                .iter()
                .find(|field| candidates.contains(&field.name.as_str()))
                .map(|field| self.spec.resolve(field)),
        };
        let is_open = nested && read_above.is_empty();
        let (create, update) = (parameter.create, parameter.update);
        let published = create.or(update).map(|field| self.spec.resolve(field));
        if !parameter.inner.is_empty() {
            return self.group(parameter, name, above, read);
        }
        let Some(shape) = published else {
            return Field::new(name, Kind::Json, Role::Setting(Absent::Keeps));
        };
        let mut kind = self.kind(shape, read, 0);
        // What is answered in a form that no kind of it can be read from is not read.
        let is_readable = read.is_none_or(|read| can_be_read(&kind, read));
        let read = read.filter(|_| is_readable);
        let checks = checks(&kind, shape);
        if let (Kind::Text, Some(Check::OneOf(_))) = (&kind, checks.first())
            && !self.is_json
            && !nested
            && update.is_some()
            && name.ends_with("method")
            && (create.is_some() == self.place.create.is_some())
            && !create.or(update).is_some_and(|field| field.required)
        {
            kind = Kind::HttpMethod;
        }
        let role = self.role(create, update, &kind, &checks, shape);
        let mut field = Field::new(reserved(&name), kind, role);
        field.checks = checks;
        field.comma_separated = matches!(field.kind, Kind::List(_)) && shape.kind == PublishedKind::String;
        field.never_returned = read.is_none() && !is_open;
        field.with_every_update = !nested
            && field.is_updated()
            && update.is_some_and(|field| field.required)
            && self.place.update.is_some_and(|update| update.method != "PUT");
        field.sensitive = sounds_secret(&field);
        self.spell(&mut field, &parameter.name, read.map(|read| read.name.as_str()));
        if let Key::Borrowed { field: key, .. } = &self.place.key
            && *key == field.name
            && !nested
        {
            field.role = Role::Fixed(Absent::Required);
            field.never_returned = false;
            field.read_as = Some("sid".to_owned());
        }
        if let Key::Field(key) = &self.place.key
            && *key == field.name
            && !nested
        {
            field.kind = Kind::Text;
            field.role = Role::Fixed(Absent::Required);
            field.with_every_update = false;
        }
        if field.never_returned
            && matches!(field.kind, Kind::Bool)
            && field.role == Role::Later(Absent::Keeps)
            && !nested
        {
            field.role = Role::OnTheWay;
            field.never_returned = false;
            field.comment = Some(
                "Only an update takes it and nothing shows it: taken for something that is done along with a change.",
            );
        }
        field
    }

    /// An object of parameters with one beginning.
    fn group(&self, parameter: &Parameter, name: String, above: &[&str], read: Option<&'static Published>) -> Field {
        let read = read.filter(|read| matches!(read.kind, PublishedKind::Object | PublishedKind::Any));
        let mut path = above.to_vec();
        path.push(&parameter.name);
        let inside = read.map_or(&[][..], |read| &read.fields[..]);
        let mut fields: Vec<Field> = parameter
            .inner
            .iter()
            .map(|inner| self.settable(inner, &path, inside))
            .collect();
        for field in &mut fields {
            // Within what nobody ever sees, nothing is seen.
            field.never_returned &= !inside.is_empty();
        }
        // It takes part in every call that one of its fields takes part in.
        let taken =
            |of: fn(&Parameter) -> Option<&'static Published>| parameter.inner.iter().any(|inner| any(inner, of));
        let (create, update) = (taken(|inner| inner.create), taken(|inner| inner.update));
        let absent = match &fields[..] {
            fields if fields.iter().any(Field::is_required) => Absent::Required,
            fields if fields.iter().all(|field| field.absent() == Some(&Absent::Clears)) => Absent::Clears,
            _ => Absent::Keeps,
        };
        let role = match (self.place.begin, create, update) {
            (Begin::Made | Begin::Attached, true, true) => Role::Setting(absent),
            (Begin::Made | Begin::Attached, true, false) => Role::Fixed(absent),
            (Begin::Made | Begin::Attached, false, _) => Role::Later(absent),
            _ => Role::Setting(absent),
        };
        let mut field = Field::new(reserved(&name), Kind::Object(fields), role);
        field.never_returned = read.is_none() && above.is_empty();
        self.spell(&mut field, &parameter.name, read.map(|read| read.name.as_str()));
        field
    }

    fn role(
        &self,
        create: Option<&Published>,
        update: Option<&Published>,
        kind: &Kind,
        checks: &[Check],
        shape: &Published,
    ) -> Role {
        let required = |field: Option<&Published>| field.is_some_and(|field| field.required);
        let is_put = self.place.update.is_some_and(|update| update.method == "PUT");
        let absent = |demanded: bool, is_changed: bool| match (demanded, &shape.default) {
            (true, _) => Absent::Required,
            (_, Some(default)) if fits(default, kind, checks) => Absent::DefaultsTo(default.clone()),
            _ if matches!(kind, Kind::HttpMethod) => Absent::DefaultsTo("POST".into()),
            _ if is_changed && is_put && !required(update) => Absent::Clears,
            _ if is_changed && is_put => Absent::Keeps,
            _ if is_changed && self.is_json => match shape.nullable {
                true => Absent::Clears,
                false => Absent::Keeps,
            },
            _ if is_cleared_by_an_empty_text(kind, checks) => Absent::Clears,
            _ => Absent::Keeps,
        };
        match (self.place.begin, create.is_some(), update.is_some()) {
            (Begin::Made | Begin::Attached, true, true) => Role::Setting(absent(required(create), true)),
            (Begin::Made | Begin::Attached, true, false) => Role::Fixed(absent(required(create), false)),
            (Begin::Made | Begin::Attached, false, _) => Role::Later(absent(required(update), true)),
            _ => Role::Setting(absent(required(update), true)),
        }
    }

    /// The kind of what is sent and answered in these forms.
    fn kind(&self, written: &'static Published, read: Option<&'static Published>, depth: usize) -> Kind {
        let answered = read.map(|read| read.kind);
        let is_moment = read.is_some_and(is_moment);
        if !written.any_of.is_empty() {
            return Kind::Json;
        }
        match written.kind {
            PublishedKind::Any => Kind::Json,
            PublishedKind::Boolean => Kind::Bool,
            PublishedKind::Integer => Kind::Int,
            PublishedKind::Number => Kind::Decimal,
            PublishedKind::String => match answered {
                Some(PublishedKind::Array)
                    if read
                        .and_then(|read| read.items.as_deref())
                        .is_some_and(|items| items.kind == PublishedKind::String) =>
                {
                    Kind::List(Box::new(Kind::Text))
                }
                Some(PublishedKind::Array | PublishedKind::Object) => Kind::Json,
                _ if is_moment => Kind::Timestamp,
                _ if is_url(written) => Kind::Url,
                _ => Kind::Text,
            },
            PublishedKind::Array => {
                let items = written.items.as_deref().map(|items| self.spec.resolve(items));
                match items {
                    Some(items) if self.is_json && !items.fields.is_empty() && depth < 4 => {
                        Kind::Objects(self.inside(items, depth))
                    }
                    Some(items)
                        if matches!(
                            items.kind,
                            PublishedKind::Array | PublishedKind::Object | PublishedKind::Any
                        ) =>
                    {
                        Kind::List(Box::new(Kind::Json))
                    }
                    Some(items) => Kind::List(Box::new(match self.kind(items, None, depth + 1) {
                        Kind::Url => Kind::Text,
                        other => other,
                    })),
                    None => Kind::List(Box::new(Kind::Json)),
                }
            }
            PublishedKind::Object if self.is_json && !written.fields.is_empty() && depth < 4 => {
                Kind::Object(self.inside(written, depth))
            }
            PublishedKind::Object => match written.map.as_deref() {
                Some(map) if map.kind == PublishedKind::String => Kind::Map,
                _ => Kind::Json,
            },
        }
    }

    /// The fields of an object in JSON, which is sent whole.
    fn inside(&self, object: &'static Published, depth: usize) -> Vec<Field> {
        let fields = object.fields.iter().filter(|field| !field.read_only);
        fields
            .map(|published| {
                let shape = self.spec.resolve(published);
                let name = plain(&snake_case(&published.name));
                let kind = self.kind(shape, None, depth + 1);
                let checks = checks(&kind, shape);
                let absent = if published.required {
                    Absent::Required
                } else {
                    Absent::Clears
                };
                let mut field = Field::new(name, kind, Role::Setting(absent));
                field.checks = checks;
                field.sensitive = sounds_secret(&field);
                self.spell(&mut field, &published.name, Some(&published.name));
                field
            })
            .collect()
    }

    /// Says how it is spelt where the table's spelling would be another.
    fn spell(&self, field: &mut Field, written: &str, read: Option<&str>) {
        let sent = match (self.is_json, self.is_camel) {
            (false, _) => pascal(&field.name),
            (true, true) => camel(&field.name),
            (true, false) => field.name.clone(),
        };
        let answered = if self.is_camel {
            camel(&field.name)
        } else {
            field.name.clone()
        };
        field.written_as = (sent != written).then(|| written.to_owned());
        field.read_as = read
            .filter(|read| !read.is_empty() && *read != answered)
            .map(str::to_owned);
    }

    /// What is only answered, and the names of what moves by itself.
    fn observed(&self, set: &[Field]) -> (Vec<Field>, Vec<String>) {
        let known: BTreeSet<String> = set
            .iter()
            .flat_map(|field| {
                let answered = if self.is_camel {
                    camel(&field.name)
                } else {
                    field.name.clone()
                };
                [Some(field.name.clone()), Some(answered), field.read_as.clone()]
            })
            .flatten()
            .collect();
        let Some(answer) = self.answers().last().copied() else {
            return (Vec::new(), Vec::new());
        };
        let (mut fields, mut last, mut moving) = (Vec::new(), None, Vec::new());
        for published in answer {
            let name = plain(&snake_case(&published.name));
            let is_known =
                known.contains(&published.name) || known.contains(&name) || BY_ITSELF.contains(&name.as_str());
            if is_known || self.answered(&[&published.name]).is_none() {
                continue;
            }
            let shape = self.spec.resolve(published);
            let mut field = Field::new(reserved(&name), self.observed_kind(shape, 0), Role::Observed);
            if moves(&name, matches!(field.kind, Kind::Timestamp)) {
                moving.push(name);
                continue;
            }
            let stem = name.rsplit_once('_').map_or("", |(stem, _)| stem);
            let follows = !matches!(field.kind, Kind::Timestamp)
                && set
                    .iter()
                    .any(|set| set.is_updated() && !stem.is_empty() && set.name.starts_with(stem) && set.name != name);
            field.volatile = follows
                || ["status", "state", "revision", "etag"]
                    .iter()
                    .any(|word| name == *word || name.ends_with(&format!("_{word}")));
            field.checks = checks(&field.kind, shape)
                .into_iter()
                .filter(|check| matches!(check, Check::Known(_) | Check::OneOf(_)))
                .collect();
            field.sensitive = sounds_secret(&field);
            let answered = if self.is_camel {
                camel(&field.name)
            } else {
                field.name.clone()
            };
            field.read_as = (answered != published.name).then(|| published.name.clone());
            match field.name.as_str() {
                "date_created" | "created_at" => last = Some(field),
                _ => fields.push(field),
            }
        }
        fields.extend(self.secrets(answer));
        fields.extend(last);
        (fields, moving)
    }

    /// Secrets that the response to the create has and no other.
    fn secrets(&self, read: &[Published]) -> Vec<Field> {
        let Some(create) = self.place.create else {
            return Vec::new();
        };
        let only_once = self
            .spec
            .answer_fields(create)
            .iter()
            .filter(|field| !read.iter().any(|known| known.name == field.name));
        only_once
            .map(|published| Field::new(plain(&snake_case(&published.name)), Kind::Text, Role::SecretOnce))
            .filter(sounds_secret)
            .collect()
    }

    fn observed_kind(&self, shape: &'static Published, depth: usize) -> Kind {
        let inside = |shape: &'static Published| -> Vec<Field> {
            let fields = shape.fields.iter();
            fields
                .map(|published| {
                    let name = plain(&snake_case(&published.name));
                    let mut field = Field::new(
                        name,
                        self.observed_kind(self.spec.resolve(published), depth + 1),
                        Role::Observed,
                    );
                    field.sensitive = sounds_secret(&field);
                    let answered = if self.is_camel {
                        camel(&field.name)
                    } else {
                        field.name.clone()
                    };
                    field.read_as = (answered != published.name).then(|| published.name.clone());
                    field
                })
                .collect()
        };
        match shape.kind {
            _ if !shape.any_of.is_empty() => Kind::Json,
            PublishedKind::Any => Kind::Json,
            PublishedKind::String if is_moment(shape) => Kind::Timestamp,
            PublishedKind::String => Kind::Text,
            PublishedKind::Boolean => Kind::Bool,
            PublishedKind::Integer => Kind::Int,
            PublishedKind::Number => Kind::Decimal,
            PublishedKind::Array => match shape.items.as_deref().map(|items| self.spec.resolve(items)) {
                Some(items) if items.kind == PublishedKind::String => Kind::List(Box::new(Kind::Text)),
                Some(items) if !items.fields.is_empty() && depth < 3 => Kind::Objects(inside(items)),
                _ => Kind::Json,
            },
            PublishedKind::Object if !shape.fields.is_empty() && depth < 3 => Kind::Object(inside(shape)),
            PublishedKind::Object => match shape.map.as_deref() {
                Some(map) if map.kind == PublishedKind::String => Kind::Map,
                _ => Kind::Json,
            },
        }
    }
}

fn insert(all: &mut Vec<Parameter>, segments: &[&str], is_create: bool, field: &'static Published) {
    let Some((first, rest)) = segments.split_first() else {
        return;
    };
    let index = all
        .iter()
        .position(|known| known.name == *first && known.inner.is_empty() == rest.is_empty());
    let index = index.unwrap_or_else(|| {
        all.push(Parameter {
            name: (*first).to_owned(),
            create: None,
            update: None,
            inner: Vec::new(),
        });
        all.len() - 1
    });
    let found = &mut all[index];
    match (rest.is_empty(), is_create) {
        (false, _) => insert(&mut found.inner, rest, is_create, field),
        (true, true) => found.create = Some(field),
        (true, false) => found.update = Some(field),
    }
}

fn any(parameter: &Parameter, of: fn(&Parameter) -> Option<&'static Published>) -> bool {
    of(parameter).is_some() || parameter.inner.iter().any(|inner| any(inner, of))
}

/// The checks on the values of a parameter, or of a filter.
pub fn checks(kind: &Kind, shape: &Published) -> Vec<Check> {
    let words = |shape: &Published| -> Vec<String> {
        let values = shape
            .allowed
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned));
        values.collect()
    };
    let of = |shape: &Published| -> Option<Check> {
        let allowed = words(shape);
        if !shape.sid.is_empty() {
            let prefixes = shape.sid.iter().filter(|prefix| *prefix != "**").cloned().collect();
            return Some(Check::Sid(prefixes));
        }
        if !allowed.is_empty() {
            let is_method = allowed.iter().all(|word| ["GET", "POST"].contains(&word.as_str()));
            return Some(if is_method {
                Check::OneOf(allowed)
            } else {
                Check::Known(allowed)
            });
        }
        match (shape.format.as_deref(), shape.max_length) {
            (Some("phone-number"), _) => Some(Check::E164),
            (_, Some(most)) => Some(Check::Length(shape.min_length.unwrap_or(0), most)),
            _ => None,
        }
    };
    match kind {
        Kind::Text => of(shape).into_iter().collect(),
        Kind::Int | Kind::Decimal => {
            let bound = |bound: &Option<serde_json::Number>| bound.as_ref().and_then(serde_json::Number::as_i64);
            let range = bound(&shape.minimum).zip(bound(&shape.maximum));
            range
                .map(|(least, most)| Check::Range(least, most))
                .into_iter()
                .collect()
        }
        Kind::List(element) if matches!(**element, Kind::Text) => {
            let items = shape.items.as_deref();
            items
                .and_then(of)
                .map(|check| Check::Each(Box::new(check)))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What an empty text in a form clears without further evidence: see `tests/catalogue/clearing.rs`.
fn is_cleared_by_an_empty_text(kind: &Kind, checks: &[Check]) -> bool {
    let is_chosen = checks
        .iter()
        .any(|check| !matches!(check, Check::Length(..) | Check::Each(_)));
    !is_chosen
        && !matches!(
            kind,
            Kind::Bool | Kind::Int | Kind::Decimal | Kind::Timestamp | Kind::HttpMethod
        )
}

fn fits(default: &serde_json::Value, kind: &Kind, checks: &[Check]) -> bool {
    let is_allowed = checks.iter().all(|check| match check {
        Check::OneOf(words) | Check::Known(words) => default
            .as_str()
            .is_some_and(|text| words.iter().any(|word| word == text)),
        _ => true,
    });
    let is_of_kind = match kind {
        Kind::Text | Kind::Url => default.is_string(),
        Kind::Bool => default.is_boolean(),
        Kind::Int | Kind::Decimal => default.is_i64(),
        _ => false,
    };
    is_allowed && is_of_kind
}

fn can_be_read(kind: &Kind, read: &Published) -> bool {
    use PublishedKind::{Any, Array, Boolean, Integer, Number, Object, String};
    match kind {
        _ if read.kind == Any => true,
        Kind::Json => true,
        // A moment is read as one, whatever it is written as.
        Kind::Text | Kind::Url | Kind::HttpMethod => !matches!(read.kind, Array | Object) && !is_moment(read),
        Kind::Timestamp => read.kind == String,
        Kind::Bool => matches!(read.kind, Boolean | String),
        Kind::Int | Kind::Decimal => matches!(read.kind, Integer | Number | String) && !is_moment(read),
        Kind::List(_) | Kind::Objects(_) => read.kind == Array,
        Kind::Map | Kind::Object(_) => read.kind == Object,
    }
}

fn is_moment(shape: &Published) -> bool {
    shape
        .format
        .as_deref()
        .is_some_and(|format| format.starts_with("date-time"))
}

/// Whether it is the address of something that Twilio requests: `sip:` is a URI that it does not.
fn is_url(shape: &Published) -> bool {
    shape.format.as_deref() == Some("uri") && !snake_case(&shape.name).split('_').any(|word| word == "sip")
}

fn sounds_secret(field: &Field) -> bool {
    let holds = !matches!(field.kind, Kind::Bool | Kind::Object(_) | Kind::Objects(_)) && !field.name.ends_with("_sid");
    holds
        && SECRETS
            .iter()
            .any(|word| field.name == *word || field.name.ends_with(&format!("_{word}")))
}

/// Names of what changes without anybody changing it, so that each plan would find something.
fn moves(name: &str, is_moment: bool) -> bool {
    let any = |words: &[&str]| name.split('_').any(|word| words.contains(&word));
    match is_moment {
        true => any(&["updated", "changed", "fired", "used", "last", "latest", "accessed"]),
        false => {
            any(&["current", "average", "latest", "last"]) || name.ends_with("_count") || name.ends_with("_counts")
        }
    }
}

/// A name without what Terraform's names cannot have: `twilio/quick-reply` is `twilio_quick_reply`.
fn plain(name: &str) -> String {
    let letters = name.chars().map(|letter| {
        if letter.is_ascii_alphanumeric() {
            letter.to_ascii_lowercase()
        } else {
            '_'
        }
    });
    let mut plain: String = letters.collect();
    while plain.contains("__") {
        plain = plain.replace("__", "_");
    }
    plain.trim_matches('_').to_owned()
}

/// A name that Terraform keeps for itself gets a word before it.
fn reserved(name: &str) -> String {
    match RESERVED.contains(&name) {
        true => format!("twilio_{name}"),
        false => name.to_owned(),
    }
}

/// `voice_url` → `VoiceUrl`, as a table does.
pub fn pascal(name: &str) -> String {
    name.split('_').map(super::words::capitalised).collect()
}

/// `voice_url` → `voiceUrl`, as a table does.
pub fn camel(name: &str) -> String {
    match name.split_once('_') {
        Some((first, rest)) => first.to_owned() + &pascal(rest),
        None => name.to_owned(),
    }
}
