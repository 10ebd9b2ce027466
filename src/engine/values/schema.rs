//! From a table to the schema that Terraform sees.

use crate::engine::facts::older::current_version;
use crate::engine::facts::{
    AccountRule, Action, Check, Field, Key, Kind, Literal, Managed, Object, Presence, Removed, Role, Rule, Sent, Source,
};
use crate::engine::values::checks::{between_commas, on_text, spelt_as_known, validator};
use crate::engine::values::paths;
use crate::engine::values::properties::equivalence;
use crate::engine::values::write_only;
use crate::framework::number::Number;
use crate::framework::reason::Reason;
use crate::framework::schema::{
    Attribute as SchemaAttribute, AttributeType, Block, ComputedOnUpdate, CustomCheck, Nesting, Rule as SchemaRule,
    Schema, Validator,
};
use crate::framework::types::Type;
use crate::framework::value::Value;

/// The SID of an account.
const ACCOUNT_SID: &[Check] = &[Check::Sid("AC")];

/// The schema of a resource, with the attributes that follow from its key and account.
pub fn resource_schema(resource: &'static Managed) -> Schema {
    let fields = resource.object.fields.iter();
    let mut attributes: Vec<_> = fields
        .flat_map(|field| {
            let mut attribute = schema_attribute(field);
            attribute.validators.extend(fits_paths(&resource.object, field));
            in_each_way(field, attribute)
        })
        .collect();
    attributes.push(account_attribute(resource.object.account));
    attributes.push(keeps(
        SchemaAttribute::new("id", Type::String)
            .computed()
            .described(id_description(resource)),
    ));
    if resource.object.has_sid() {
        attributes.push(keeps(SchemaAttribute::new("sid", Type::String).computed().described(
            format!("Twilio's SID of the object: `{}…`.", resource.object.sid_prefix()),
        )));
    }
    let rules = resource.rules.iter().map(schema_rule).collect();
    Schema {
        version: current_version(resource.versions),
        block: Block {
            description: resource.doc.into(),
            attributes,
            rules,
            ..Block::default()
        },
    }
}

/// The schema of a data source.
pub fn data_source_schema(doc: &'static str, attributes: &'static [Field], rules: &[Rule]) -> Schema {
    let attributes = attributes
        .iter()
        .map(|attribute| chooses(schema_attribute(attribute)))
        .collect();
    let rules = rules.iter().map(schema_rule).collect();
    Schema {
        version: 0,
        block: Block {
            description: doc.into(),
            attributes,
            rules,
            ..Block::default()
        },
    }
}

/// The schema of an action: nothing is computed, and nothing is there that a change could replace.
pub fn action_schema(action: &'static Action) -> Schema {
    let own = action.fields.iter().map(|field| {
        let mut attribute = chooses(argument(schema_attribute(field)));
        // Every Terraform that has actions keeps what is write-only out of its plans.
        attribute.write_only = field.may_be_write_only;
        attribute
    });
    let mut attributes: Vec<_> = own.collect();
    if action.account != AccountRule::Owned {
        attributes.push(argument(account_attribute(action.account)).described(
            "SID of the account that it is done in: the account that signs in or one of its subaccounts. Default: the provider's \
             `subaccount_sid`, else its `account_sid`.",
        ));
    }
    Schema {
        version: 0,
        block: Block {
            description: action.doc.into(),
            attributes,
            rules: action.rules.iter().map(schema_rule).collect(),
            ..Block::default()
        },
    }
}

/// An attribute that is only ever given.
fn argument(mut attribute: SchemaAttribute) -> SchemaAttribute {
    attribute.optional = !attribute.required;
    attribute.computed = false;
    attribute.default = None;
    attribute.requires_replace = false;
    if let AttributeType::Nested(nested) = &mut attribute.ty {
        nested.attributes = std::mem::take(&mut nested.attributes)
            .into_iter()
            .map(argument)
            .collect();
    }
    attribute
}

/// That a text by which the object is addressed leads nowhere else; what must be a SID has a check of its own.
fn fits_paths(object: &'static Object, field: &'static Field) -> Option<Validator> {
    if !field.is_configurable() || !matches!(field.kind, Kind::Text) || field.name.ends_with("_sid") {
        return None;
    }
    let place = &object.place;
    let templates = [Some(place.instance), Some(place.collection), place.read_path()];
    let templates = templates.into_iter().flatten();
    let templates: Vec<_> = templates
        .filter(|template| paths::attributes(template).contains(&field.name))
        .collect();
    if templates.is_empty() {
        return None;
    }
    Some(on_text(move |text| {
        // An empty text has a refusal of its own.
        if text.is_empty()
            || templates
                .iter()
                .all(|template| paths::takes(template, field.name, text))
        {
            return Ok(());
        }
        Err(Reason::new("It is a part of the address by which Twilio's API finds the ")
            .and(object.noun)
            .and(
                ", and \".\" or \"..\" in it, alone or between slashes, percent-encoded or not, leads to another address. Twilio may \
                 take it elsewhere; here it cannot be managed. Choose another.",
            ))
    }))
}

fn id_description(resource: &Managed) -> String {
    match resource.object.key {
        Key::Sid(_) if resource.object.parents.is_empty() => {
            "The same as `sid`. `terraform import` takes it.".to_owned()
        }
        Key::None if resource.object.is_of_the_account() => {
            "The SID of the account. `terraform import` takes it.".to_owned()
        }
        Key::Sid(_) | Key::Borrowed(..) | Key::Field(_) | Key::None => format!(
            "Identifies it within its account: `{}`. `terraform import` takes it.",
            resource.object.id_shape()
        ),
    }
}

fn keeps(mut attribute: SchemaAttribute) -> SchemaAttribute {
    attribute.on_update = ComputedOnUpdate::Keeps;
    attribute
}

fn account_attribute(rule: AccountRule) -> SchemaAttribute {
    let attribute = keeps(SchemaAttribute::new("account_sid", Type::String).computed());
    if rule == AccountRule::Owned {
        return attribute.described("SID of the account that owns this one.");
    }
    let mut attribute = attribute.optional().described(match rule {
        AccountRule::Movable => {
            "SID of the account that the object belongs to: the account that signs in or one of its subaccounts. Default: \
             the provider's `subaccount_sid`, else its `account_sid`. A change moves the object to the other account in place; \
             removing it keeps the object where it is."
        }
        AccountRule::Fixed | AccountRule::Owned => {
            "SID of the account that the object belongs to: the account that signs in or one of its subaccounts. Default: \
             the provider's `subaccount_sid`, else its `account_sid`. A change replaces the object; removing it keeps the object \
             where it is."
        }
    });
    attribute.requires_replace = rule == AccountRule::Fixed;
    attribute.validators = vec![Validator::Custom(CustomCheck::new(names_an_account))];
    attribute.validators.extend(ACCOUNT_SID.iter().map(validator));
    attribute
}

/// An attribute as its field says.
pub(super) fn schema_attribute(table: &'static Field) -> SchemaAttribute {
    let mut attribute = match table.kind {
        Kind::Object(inner) => nested(table, Nesting::Single, inner),
        Kind::Objects(inner) => nested(table, Nesting::List, inner),
        Kind::ObjectSet(inner) => nested(table, Nesting::Set, inner),
        kind => SchemaAttribute::new(table.name, value_type(kind)),
    };
    attribute.required = table.presence() == Presence::Required;
    attribute.optional = matches!(table.presence(), Presence::Optional | Presence::OptionalComputed);
    attribute.computed = matches!(table.presence(), Presence::Computed | Presence::OptionalComputed);
    attribute.sensitive = table.sensitive;
    attribute.write_only = table.is_write_only();
    attribute.description = table.doc.into();
    attribute.deprecated = table.deprecated.map(Into::into);
    attribute.requires_replace = table.replaces();
    attribute.never_shown = write_only::is_only_noted(table);
    attribute.on_update = if table.volatile {
        ComputedOnUpdate::MayChange
    } else {
        ComputedOnUpdate::Keeps
    };
    attribute.default = default_value(table);
    attribute.equivalent = equivalence(table);
    attribute.validators = validators(table);
    attribute
}

/// The arguments by which a field can be given.
fn in_each_way(field: &Field, attribute: SchemaAttribute) -> Vec<SchemaAttribute> {
    match field.may_be_write_only {
        true => attribute.with_write_only().into(),
        false => vec![attribute],
    }
}

/// An empty text is what a module's variable is by default, and means the provider's account to nobody but its author.
fn names_an_account(value: &Value) -> Result<(), Reason> {
    match value.as_str() {
        Some("") => Err(
            "It is set and empty, which names no account. Leave it out, or set it to null, for the account of the \
                         provider block."
                .into(),
        ),
        _ => Ok(()),
    }
}

/// Longest text that anything is called or described with, in characters: what is longer got there by mistake, and would be
/// sent in full before Twilio refuses it.
const LONGEST_TEXT: usize = 65_536;

/// The table's checks, and those that the kind of attribute brings along.
fn validators(table: &'static Field) -> Vec<Validator> {
    let mut validators: Vec<_> = table.checks.iter().map(validator).collect();
    if table.role == Role::PathPart {
        validators.extend(table.checks.iter().filter_map(spelt_as_known));
    }
    if !table.is_configurable() {
        return validators;
    }
    let has = |is: fn(&Check) -> bool| table.checks.iter().any(is);
    let longest = || Validator::Length {
        min: 0,
        max: LONGEST_TEXT,
    };
    match table.kind {
        Kind::Int => validators.insert(0, Validator::Whole),
        Kind::List(Kind::Int) | Kind::Set(Kind::Int) | Kind::Map(Kind::Int) => {
            validators.insert(0, Validator::Each(Box::new(Validator::Whole)));
        }
        Kind::Text | Kind::Json => {
            // These say themselves what is wrong with an empty text.
            let has_format = has(|check| matches!(check, Check::OneOf(_) | Check::E164));
            // An empty secret is none, and most likely a variable that nobody has set.
            if !has_format && (table.may_be_write_only || !empty_means_none(table)) {
                validators.insert(0, Validator::NonEmpty);
            }
            if matches!(table.kind, Kind::Text) && !has(|check| matches!(check, Check::Length(..))) {
                validators.push(longest());
            }
        }
        Kind::List(Kind::Text) | Kind::Set(Kind::Text) if table.sent() != Sent::Never => {
            if table.comma_separated {
                validators.push(Validator::Each(Box::new(on_text(between_commas))));
            }
            validators.push(Validator::Each(Box::new(longest())));
        }
        _ => {}
    }
    validators
}

/// Whether an empty text stands for "none": where there can be none, and what is there can be cleared. Twilio puts something of
/// its own in place of any other, or another object would have to be made for the sake of nothing.
fn empty_means_none(table: &Field) -> bool {
    // No path leads to no file.
    if matches!(table.role, Role::FilePath | Role::FileContent | Role::FileType) {
        return false;
    }
    match table.presence() {
        Presence::Optional => !table.replaces(),
        Presence::OptionalComputed => table.starts_empty(),
        Presence::Required | Presence::Computed => false,
    }
}

fn nested(table: &'static Field, nesting: Nesting, inner: &'static [Field]) -> SchemaAttribute {
    let inner = inner
        .iter()
        .flat_map(|field| in_each_way(field, schema_attribute(field)));
    let inner = match table.source {
        Source::Configuration => inner.map(chooses).collect(),
        _ => inner.collect(),
    };
    SchemaAttribute::nested(table.name, nesting, inner)
}

/// What chooses among things that are there. An empty text chooses nothing, and Twilio would answer with everything.
pub(super) fn chooses(mut attribute: SchemaAttribute) -> SchemaAttribute {
    let is_text = matches!(&attribute.ty, AttributeType::Plain(Type::String));
    if is_text && attribute.optional && attribute.validators.iter().all(|known| !refuses_empty(known)) {
        attribute.validators.insert(0, Validator::NonEmpty);
    }
    attribute
}

/// Whether a check says itself what is wrong with an empty text.
fn refuses_empty(validator: &Validator) -> bool {
    matches!(
        validator,
        Validator::NonEmpty | Validator::OneOf(_) | Validator::Length { min: 1.., .. }
    )
}

/// The type of a value without attributes of its own.
fn value_type(kind: Kind) -> Type {
    match kind {
        Kind::Text | Kind::Json | Kind::Timestamp => Type::String,
        Kind::Bool => Type::Bool,
        Kind::Int | Kind::Decimal => Type::Number,
        Kind::List(element) => Type::list(value_type(*element)),
        Kind::Set(element) => Type::set(value_type(*element)),
        Kind::Map(element) => Type::map(value_type(*element)),
        Kind::Object(inner) => object_type(inner),
        Kind::Objects(inner) => Type::list(object_type(inner)),
        Kind::ObjectSet(inner) => Type::set(object_type(inner)),
    }
}

fn object_type(attributes: &[Field]) -> Type {
    Type::object(
        attributes
            .iter()
            .map(|attribute| (attribute.name, value_type(attribute.kind))),
    )
}

/// What stands in the plan for an attribute that is not configured; `None` where its table names no default.
pub fn default_value(table: &Field) -> Option<Value> {
    match (table.removed(), table.kind) {
        (Removed::Default(literal), kind) => Some(literal_value(literal, kind)),
        (Removed::DefaultsInside, Kind::Object(inner)) => {
            Some(Value::object(inner.iter().map(|attribute| {
                (attribute.name, default_value(attribute).unwrap_or_default())
            })))
        }
        (Removed::DefaultsInside | Removed::Keep | Removed::Clear(_), _) => None,
    }
}

/// A constant as a value of this kind.
pub fn literal_value(literal: Literal, kind: Kind) -> Value {
    match (literal, kind) {
        (Literal::Text(text), _) => Value::string(text),
        (Literal::Bool(truth), _) => Value::Bool(truth),
        (Literal::Int(number), _) => Value::Number(Number::from(number)),
        (Literal::EmptyObject, Kind::Json) => Value::string("{}"),
        (Literal::EmptyObject, Kind::Object(inner)) => {
            Value::object(inner.iter().map(|field| (field.name, Value::Null)))
        }
        (Literal::EmptyObject, _) => Value::Map(std::collections::BTreeMap::new()),
        (Literal::EmptyList, Kind::Json) => Value::string("[]"),
        (Literal::EmptyList, Kind::Set(_) | Kind::ObjectSet(_)) => Value::Set(Vec::new()),
        (Literal::EmptyList, _) => Value::List(Vec::new()),
    }
}

fn schema_rule(rule: &Rule) -> SchemaRule {
    match rule {
        Rule::AtMostOneOf(names) => SchemaRule::AtMostOneOf(names),
        Rule::AtLeastOneOf(names) => SchemaRule::AtLeastOneOf(names),
        Rule::ExactlyOneOf(names) => SchemaRule::ExactlyOneOf(names),
        Rule::Requires(first, second) => SchemaRule::Requires(first, second),
    }
}
