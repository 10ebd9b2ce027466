//! The schemas of the data sources that follow from a table: one object by what it goes by, and the objects of a list.
//!
//! What a resource has and a read tells is there with the same names, types and secrets, all of it computed; what says which
//! object is meant can be set.

use std::borrow::Cow;

use crate::engine::facts::{AccountRule, Field, Items, Key, Kind, Managed, Object, Presence};
use crate::engine::values::checks::sid_validator;
use crate::engine::values::paths;
use crate::engine::values::schema::{chooses, resource_schema, schema_attribute};
use crate::framework::schema::{Attribute, AttributeType, Block, Nesting, Schema, Text};
use crate::framework::types::Type;
use crate::framework::value::Value;
use crate::framework::write_only::{version_name, write_only_name};

/// What an account that is read is called.
pub const ACCOUNT_DOC: &str = "SID of the account to read from: the account that signs in or one of its subaccounts. \
                               Default: the provider's `subaccount_sid`, else its `account_sid`.";

/// The data source of one object.
pub fn one_schema(table: &'static Managed) -> Schema {
    let object = &table.object;
    let (arguments, names) = (Vec::from_iter(object.id_parts()), object.lookup_fields());
    let mut attributes: Vec<Attribute> = Vec::new();
    for attribute in shown_by(table) {
        let name: &str = &attribute.name;
        let is_key = object.key_field() == Some(name);
        match object.field(name) {
            _ if is_key => {
                let by_others = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
                let description = match by_others.is_empty() {
                    true => key_doc(object, &attribute),
                    false => format!("{} Set this, or {}.", key_doc(object, &attribute), by_others.join(", ")),
                };
                let presence = if names.is_empty() {
                    Presence::Required
                } else {
                    Presence::OptionalComputed
                };
                let mut key = argument(attribute, presence).described(description);
                if let (Key::Sid(prefix), true) = (object.key, object.field("sid").is_none()) {
                    key.validators.push(sid_validator(prefix));
                }
                attributes.push(key);
            }
            Some(field) if arguments.contains(&name) => {
                let description = as_read(field.doc);
                attributes.push(argument(attribute, Presence::Required).described(description));
            }
            Some(field) if names.contains(&name) => {
                let description = format!(
                    "{} Set in place of `{}`, it says which one.",
                    as_read(field.doc),
                    key_name(object)
                );
                attributes.push(argument(attribute, Presence::OptionalComputed).described(description));
            }
            Some(field) => attributes.extend(field.is_readable().then(|| read_only(attribute, field))),
            None => attributes.push(of_every_object(object, attribute)),
        }
    }
    if object.account != AccountRule::Owned {
        attributes.retain(|attribute| attribute.name != "account_sid");
        attributes.push(account(table));
    }
    schema(one_doc(object), attributes)
}

/// The attributes of the resource, without what only a configuration gives: the write-only argument of a secret and its version.
fn shown_by(table: &'static Managed) -> Vec<Attribute> {
    let mut attributes = resource_schema(table).block.attributes;
    let given: Vec<String> = attributes
        .iter()
        .filter(|attribute| attribute.pair.is_some())
        .flat_map(|attribute| [write_only_name(&attribute.name), version_name(&attribute.name)])
        .collect();
    attributes.retain(|attribute| !given.iter().any(|name| *name == attribute.name));
    attributes
}

/// The data source of the objects of a list; `None` where there is no list.
pub fn all_schema(table: &'static Managed) -> Option<Schema> {
    let object = &table.object;
    let plural = object.plural?;
    let mut attributes = arguments_of_list(table);
    let mut items = Vec::new();
    for attribute in shown_by(table) {
        match object.field(&attribute.name) {
            Some(field) => items.extend(field.is_readable().then(|| read_only(attribute, field))),
            None => items.push(of_every_object(object, attribute)),
        }
    }
    let keys = keys_name(object);
    attributes.push(
        Attribute::nested(items_name(object), Nesting::List, items)
            .computed()
            .described(format!(
                "The {}, sorted by `id`; empty when there is none.",
                plural.noun
            )),
    );
    attributes.push(
        Attribute::new(keys, Type::list(Type::String))
            .computed()
            .described(format!("The `{}` of each, in the same order.", &keys[..keys.len() - 1])),
    );
    Some(schema(all_doc(object, plural.noun), attributes))
}

/// The search for the objects of a list (`terraform query`): what the data source of the list takes. `None` where there is no
/// list.
pub fn search_schema(table: &'static Managed) -> Option<Schema> {
    let object = &table.object;
    let plural = object.plural?;
    let mut attributes = arguments_of_list(table);
    for attribute in &mut attributes {
        // A search answers objects, and nothing about itself.
        attribute.computed = false;
    }
    Some(schema(search_doc(object, plural.noun), attributes))
}

/// What a list takes: its parents, its filters and the account.
fn arguments_of_list(table: &'static Managed) -> Vec<Attribute> {
    let object = &table.object;
    let mut attributes = Vec::new();
    for name in parents_of_list(object) {
        let parent = resource_schema(table)
            .block
            .attributes
            .into_iter()
            .find(|known| known.name == name);
        let description = object.field(name).map_or(Cow::Borrowed(""), |field| as_read(field.doc));
        attributes.extend(parent.map(|parent| argument(parent, Presence::Required).described(description)));
    }
    attributes.extend(
        object
            .list
            .filters
            .iter()
            .map(|filter| chooses(schema_attribute(&filter.field))),
    );
    if object.account != AccountRule::Owned {
        attributes.push(account(table));
    }
    attributes
}

/// What a data source is for, as its page says.
fn one_doc(object: &Object) -> String {
    if object.is_of_the_account() {
        return format!("The {} of an account.", object.noun);
    }
    let ways: Vec<_> = match object.lookup_fields() {
        [] => vec![format!("`{}`", key_name(object))],
        names => {
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            vec![format!("`{}`", key_name(object)), names.join(" and ")]
        }
    };
    let several = match ways.len() {
        1 => "",
        _ => ", and so are several with the same",
    };
    format!(
        "One {} that exists, by {}. It is an error when there is none{several}.",
        object.noun,
        ways.join(" or by ")
    )
}

/// Where the objects of a list are.
fn place_of(object: &Object) -> String {
    match (object.account, parents_of_list(object).last()) {
        (AccountRule::Owned, _) => "of the account that the provider is signed in to".to_owned(),
        (_, Some(parent)) => format!("below `{parent}`"),
        (_, None) => "of an account".to_owned(),
    }
}

fn all_doc(object: &Object, noun: &str) -> String {
    let filters = match object.list.filters.is_empty() {
        true => "",
        false => ", or those that match the filters",
    };
    let cost = match object.list.items {
        Items::Partial(why) => format!(" Each is read by a request of its own, because {why}."),
        Items::Whole if !object.members.is_empty() => " Each is completed by a request of its own.".to_owned(),
        Items::Whole => String::new(),
    };
    format!("All {noun} {}{filters}.{cost}", place_of(object))
}

fn search_doc(object: &Object, noun: &str) -> String {
    let cost = match (object.list.items, object.members) {
        (Items::Partial(why), _) => {
            format!(" With `include_resource` each is read by a request of its own, because {why}.")
        }
        (Items::Whole, [_, ..]) => " With `include_resource` each is completed by a request of its own.".to_owned(),
        (Items::Whole, []) => String::new(),
    };
    format!(
        "Finds {noun} {}, for `terraform query` (Terraform 1.14 or newer).{cost}",
        place_of(object)
    )
}

fn schema(doc: String, attributes: Vec<Attribute>) -> Schema {
    Schema {
        version: 0,
        block: Block {
            description: doc.into(),
            attributes,
            ..Block::default()
        },
    }
}

/// The parents that a list is below, beside the account.
pub fn parents_of_list(object: &Object) -> Vec<&'static str> {
    let mut parents = paths::attributes(object.list_path());
    parents.retain(|name| *name != "account_sid");
    parents
}

/// The attribute that has the objects of a list.
pub fn items_name(object: &Object) -> &'static str {
    let name = object.plural.map_or("", |plural| plural.name);
    name.split_once('_').map_or(name, |(_, items)| items)
}

/// The attribute that has what the objects of a list go by.
pub fn keys_name(object: &Object) -> &'static str {
    match object.has_sid() {
        true => "sids",
        false => "ids",
    }
}

/// What says which object is meant, where names do: its key, or the last of what it is below. Settings of an account have none.
pub fn key_name(object: &Object) -> &'static str {
    object
        .key_field()
        .or(object.parents.last().copied())
        .unwrap_or("account_sid")
}

/// The value without what may not be shown: what [`read_only`] keeps of its attributes.
pub fn projected(fields: &[Field], value: &Value) -> Value {
    let Value::Object(_) = value else { return value.clone() };
    let readable = fields.iter().filter(|field| field.is_readable());
    Value::object(readable.map(|field| (field.name, inside(field.kind, value.attr(field.name)))))
}

fn inside(kind: Kind, value: &Value) -> Value {
    let all = |fields: &'static [Field], items: &[Value]| items.iter().map(|item| projected(fields, item)).collect();
    match (kind, value) {
        (Kind::Object(fields), value) => projected(fields, value),
        (Kind::Objects(fields), Value::List(items)) => Value::List(all(fields, items)),
        (Kind::ObjectSet(fields), Value::Set(items)) => Value::Set(all(fields, items)),
        (_, value) => value.clone(),
    }
}

/// What every object has beside its fields.
fn of_every_object(object: &Object, attribute: Attribute) -> Attribute {
    let description = match attribute.name.as_ref() {
        "id" if matches!(object.key, Key::Sid(_)) => "The same as `sid`.".to_owned(),
        "id" if object.is_of_the_account() => "The SID of the account.".to_owned(),
        "id" => format!("Identifies it within its account: `{}`.", object.id_shape()),
        "account_sid" if object.account == AccountRule::Owned => "SID of the account that owns it.".to_owned(),
        "account_sid" => "SID of the account that it is in.".to_owned(),
        _ => attribute.description.clone().into_owned(),
    };
    computed(attribute).described(description)
}

/// The account that is read.
fn account(table: &'static Managed) -> Attribute {
    let of_resource = resource_schema(table).block.attributes;
    let checks = of_resource
        .into_iter()
        .find(|attribute| attribute.name == "account_sid");
    Attribute {
        validators: checks.map(|attribute| attribute.validators).unwrap_or_default(),
        ..Attribute::new("account_sid", Type::String)
            .optional()
            .computed()
            .described(ACCOUNT_DOC)
    }
}

/// What says which object is meant, with the checks that the resource has for it.
fn argument(attribute: Attribute, presence: Presence) -> Attribute {
    let validators = attribute.validators.clone();
    let mut argument = computed(attribute);
    argument.validators = validators;
    argument.required = presence == Presence::Required;
    argument.optional = presence != Presence::Required;
    argument.computed = presence != Presence::Required;
    chooses(argument)
}

fn key_doc(object: &Object, attribute: &Attribute) -> String {
    match object.key {
        Key::Sid(prefix) => format!("SID of the {}: `{prefix}…`.", object.noun),
        Key::Borrowed(..) | Key::Field(_) | Key::None => as_read(&attribute.description).into_owned(),
    }
}

fn computed(mut attribute: Attribute) -> Attribute {
    (attribute.required, attribute.optional, attribute.computed) = (false, false, true);
    (attribute.default, attribute.equivalent, attribute.requires_replace) = (None, None, false);
    (attribute.write_only, attribute.pair) = (false, None);
    attribute.validators.clear();
    attribute
}

/// What a read tells of a field, at every depth.
fn read_only(attribute: Attribute, field: &'static Field) -> Attribute {
    let mut attribute = computed(attribute);
    attribute.description = as_read_text(field.doc);
    if let AttributeType::Nested(nested) = &mut attribute.ty {
        let fields = field.kind.inner();
        let inner = std::mem::take(&mut nested.attributes).into_iter();
        nested.attributes = inner
            .filter_map(|attribute| {
                let field = fields.iter().find(|field| field.name == attribute.name)?;
                field.is_readable().then(|| read_only(attribute, field))
            })
            .collect();
    }
    attribute
}

fn as_read_text(doc: &'static str) -> Text {
    as_read(doc)
}

/// Sentences begin like this that say what the configuration of a resource may hold, and what becomes of changes.
const ABOUT_CHANGES: &[&str] = &[
    "A change",
    "Another ",
    "Changes in place",
    "Default",
    "Left out",
    "Removing",
    "Twilio's default",
    "Needs ",
];

/// The documentation of an attribute as far as it is about what is there.
fn as_read(doc: &str) -> Cow<'_, str> {
    let is_about_changes = |sentence: &str| ABOUT_CHANGES.iter().any(|begin| sentence.starts_with(begin));
    let mut sentences = sentences(doc);
    if !sentences.iter().skip(1).any(|sentence| is_about_changes(sentence)) {
        return Cow::Borrowed(doc);
    }
    let mut first = true;
    sentences.retain(|sentence| std::mem::take(&mut first) || !is_about_changes(sentence));
    Cow::Owned(sentences.join(" "))
}

/// The sentences of a text: each ends with a full stop before a space and what begins another.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find(". ")).map(|at| at + from) {
        let begins = rest[at + 2..].starts_with(|c: char| c.is_uppercase() || c == '`');
        if begins {
            sentences.push(&rest[..=at]);
            rest = &rest[at + 2..];
            from = 0;
        } else {
            from = at + 2;
        }
    }
    sentences.push(rest);
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
    use crate::engine::facts::Role::{Fixed, Local, Observed, PathPart, SecretOnce, Setting};
    use crate::engine::facts::{Check, Filter, List, Literal, Place, Plural, boolean, object, sid, text};
    use crate::framework::schema_check::{Kind as Checked, violations};
    use crate::twilio::Product;

    const INNER: &[Field] = &[
        text("shown", Setting(Clears)).sensitive().doc("Shown."),
        text("hidden", Setting(Clears)).never_returned().doc("Hidden."),
    ];

    const THING: Managed = Managed {
        object: Object {
            name: "twilio_thing",
            noun: "thing",
            plural: Some(Plural {
                name: "twilio_things",
                noun: "things",
            }),
            place: Place::at(
                Product::Sync,
                "/v1/Services/{service_sid}/Things",
                "/v1/Services/{service_sid}/Things/{sid}",
            ),
            parents: &["service_sid"],
            key: Key::Sid("ET"),
            natural_key: &["unique_name"],
            list: List {
                filters: &[Filter::loose(
                    boolean("in_use", Setting(Clears)).doc("Only those in use."),
                )],
                ..List::WHOLE
            },
            fields: &[
                sid("service_sid", PathPart, &[Check::Sid("IS")])
                    .doc("SID of the service. A change replaces the thing."),
                text("unique_name", Fixed(Required))
                    .doc("Name, e.g. `x`. Up to 64. A change replaces it. Default: none."),
                object("settings", Setting(Clears), INNER).doc("Settings."),
                text("colour", Setting(DefaultsTo(Literal::Text("red")))).doc("Colour. Default: `red`."),
                boolean("on", Local(Clears)).doc("Local."),
                text("token", Setting(Clears))
                    .never_returned()
                    .write_only()
                    .doc("Token."),
                text("secret", SecretOnce).doc("Secret."),
                text("key", Observed).for_managers().doc("Key."),
            ],
            ..Object::NEW
        },
        ..Managed::NEW
    };

    /// Name, and `r`, `o` or `c` for required, optional and computed.
    fn shape(attributes: &[Attribute]) -> Vec<String> {
        let letters = |attribute: &Attribute| {
            let all = [
                (attribute.required, 'r'),
                (attribute.optional, 'o'),
                (attribute.computed, 'c'),
            ];
            all.into_iter()
                .filter(|(is, _)| *is)
                .map(|(_, letter)| letter)
                .collect::<String>()
        };
        let mut shape: Vec<_> = attributes
            .iter()
            .map(|one| format!("{} {}", one.name, letters(one)))
            .collect();
        shape.sort();
        shape
    }

    fn inner<'a>(attributes: &'a [Attribute], name: &str) -> &'a [Attribute] {
        let found = attributes.iter().find(|attribute| attribute.name == name).expect(name);
        match &found.ty {
            AttributeType::Nested(nested) => &nested.attributes,
            AttributeType::Plain(_) => unreachable!("{name} has attributes"),
        }
    }

    #[test]
    fn one_has_what_can_be_read_and_what_says_which() {
        let schema = one_schema(&THING);
        let attributes = &schema.block.attributes;
        assert_eq!(
            shape(attributes),
            [
                "account_sid oc",
                "colour c",
                "id c",
                "service_sid r",
                "settings c",
                "sid oc",
                "unique_name oc"
            ]
        );
        let settings = inner(attributes, "settings");
        assert_eq!(shape(settings), ["shown c"]);
        assert!(settings[0].sensitive);
        assert_eq!(violations(Checked::DataSource, "twilio_thing", &schema).len(), 0);
    }

    #[test]
    fn all_has_its_filters_its_parents_and_the_same_objects() {
        let schema = all_schema(&THING).expect("there is a list");
        let attributes = &schema.block.attributes;
        assert_eq!(
            shape(attributes),
            ["account_sid oc", "in_use o", "service_sid r", "sids c", "things c"]
        );
        assert_eq!(
            shape(inner(attributes, "things")),
            [
                "account_sid c",
                "colour c",
                "id c",
                "service_sid c",
                "settings c",
                "sid c",
                "unique_name c"
            ]
        );
        assert_eq!(violations(Checked::DataSource, "twilio_things", &schema).len(), 0);
    }

    #[test]
    fn a_search_has_the_arguments_of_the_list_and_nothing_computed() {
        let schema = search_schema(&THING).expect("there is a list");
        assert_eq!(
            shape(&schema.block.attributes),
            ["account_sid o", "in_use o", "service_sid r"]
        );
        let unlisted = Object {
            plural: None,
            ..THING.object
        };
        assert!(
            search_schema(Box::leak(Box::new(Managed {
                object: unlisted,
                ..THING
            })))
            .is_none()
        );
    }

    #[test]
    fn what_is_read_says_nothing_of_changes() {
        let schema = one_schema(&THING);
        let doc = |name: &str| schema.block.attribute(name).expect(name).description.clone();
        assert_eq!(doc("service_sid"), "SID of the service.");
        assert_eq!(doc("colour"), "Colour.");
        assert_eq!(
            doc("unique_name"),
            "Name, e.g. `x`. Up to 64. Set in place of `sid`, it says which one."
        );
    }

    #[test]
    fn a_value_is_shown_as_its_schema_is() {
        let state = Value::object([
            ("service_sid", "IS1".into()),
            (
                "settings",
                Value::object([("shown", "a".into()), ("hidden", "b".into())]),
            ),
            ("secret", "s".into()),
            ("key", "k".into()),
        ]);
        let shown = projected(THING.object.fields, &state);
        assert_eq!(shown.attr("settings"), &Value::object([("shown", "a".into())]));
        let Value::Object(fields) = shown else {
            unreachable!("an object stays one")
        };
        assert!(
            fields
                .keys()
                .eq(["colour", "service_sid", "settings", "unique_name"].iter()),
            "{fields:?}"
        );
    }
}
