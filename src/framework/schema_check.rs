//! What a schema must be for Terraform to load it, and for the plan rules to make sense of it.
//!
//! Terraform refuses a whole provider for one broken schema, so tests run this over everything that is offered, and debug
//! builds over each schema when it is first used. Rules that Terraform does not check itself, but whose breach leads to
//! an argument that cannot be set or to a replacement with every update, are here too.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::codec::encode_msgpack;
use super::identity::IdentitySchema;
use super::provider::{FunctionSignature, ManagedResource, Provider};
use super::schema::{
    Attribute, AttributeType, Block, BlockNesting, ComputedOnUpdate, NestedBlock, Nesting, Rule, Schema,
};
use super::types::Type;

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The provider block.
    Provider,
    /// A managed resource.
    Resource,
    /// A data source.
    DataSource,
    /// An ephemeral resource.
    EphemeralResource,
    /// What a search takes: the `config` block of a list resource.
    ListResource,
    /// What an action takes: the `config` block of an action.
    Action,
}

/// Names that mean something to Terraform itself at the root of a resource, data source or ephemeral resource.
const RESERVED: &[&str] = &[
    "connection",
    "count",
    "depends_on",
    "for_each",
    "lifecycle",
    "provider",
    "provisioner",
];

/// Names that mean something to Terraform itself at the root of a provider block.
const RESERVED_IN_PROVIDER: &[&str] = &["alias", "version"];

/// A breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Attribute or block at fault, from the type's name down.
    pub place: String,
    /// What is wrong, as half a sentence.
    pub problem: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

/// Checks everything that a provider offers. `name` is the provider's, with which each type name must begin.
pub fn provider_violations(name: &str, provider: &impl Provider) -> Vec<Violation> {
    let mut checker = Checker::default();
    checker.schema(Kind::Provider, name, &provider.schema());
    let resources = provider.resources();
    for resource in &resources {
        checker.schema(Kind::Resource, resource.type_name(), &resource.schema());
    }
    checker.type_names(name, resources.iter().map(|resource| resource.type_name()));
    let data_sources = provider.data_sources();
    for data_source in &data_sources {
        checker.schema(Kind::DataSource, data_source.type_name(), &data_source.schema());
    }
    checker.type_names(name, data_sources.iter().map(|data_source| data_source.type_name()));
    let ephemeral_resources = provider.ephemeral_resources();
    for ephemeral in &ephemeral_resources {
        checker.schema(Kind::EphemeralResource, ephemeral.type_name(), &ephemeral.schema());
    }
    checker.type_names(name, ephemeral_resources.iter().map(|ephemeral| ephemeral.type_name()));
    for resource in &resources {
        if let Some(identity) = resource.identity() {
            checker.identity(resource.type_name(), &resource.schema().block, &identity);
        }
    }
    let list_resources = provider.list_resources();
    for list in &list_resources {
        let type_name = list.type_name();
        checker.schema(Kind::ListResource, type_name, &list.schema());
        let has_identity =
            |resource: &Arc<dyn ManagedResource>| resource.type_name() == type_name && resource.identity().is_some();
        checker.demand(
            type_name,
            resources.iter().any(has_identity),
            "a list resource needs a managed resource of its name that has an identity",
        );
    }
    checker.type_names(name, list_resources.iter().map(|list| list.type_name()));
    let actions = provider.actions();
    for action in &actions {
        checker.schema(Kind::Action, action.type_name(), &action.schema());
    }
    checker.type_names(name, actions.iter().map(|action| action.type_name()));
    for function in provider.functions() {
        checker.function(function.name(), &function.signature());
    }
    checker.found
}

/// Checks one schema, which describes `type_name`.
pub fn violations(kind: Kind, type_name: &str, schema: &Schema) -> Vec<Violation> {
    let mut checker = Checker::default();
    checker.schema(kind, type_name, schema);
    checker.found
}

/// Checks the identity of a resource with this schema.
pub fn identity_violations(type_name: &str, schema: &Schema, identity: &IdentitySchema) -> Vec<Violation> {
    let mut checker = Checker::default();
    checker.identity(type_name, &schema.block, identity);
    checker.found
}

/// What surrounds an attribute or block.
#[derive(Clone, Copy)]
struct Scope {
    kind: Kind,
    is_root: bool,
    in_set: bool,
    in_repeated_block: bool,
}

#[derive(Default)]
struct Checker {
    found: Vec<Violation>,
}

impl Checker {
    fn fault(&mut self, place: &str, problem: impl Into<String>) {
        self.found.push(Violation {
            place: place.to_owned(),
            problem: problem.into(),
        });
    }

    fn demand(&mut self, place: &str, holds: bool, problem: &str) {
        if !holds {
            self.fault(place, problem);
        }
    }

    fn type_names<'a>(&mut self, provider: &str, names: impl Iterator<Item = &'a str>) {
        let mut last = "";
        for name in names {
            let rest = name.strip_prefix(provider).and_then(|rest| rest.strip_prefix('_'));
            self.demand(
                name,
                rest.is_some_and(is_name),
                "the type name must be the provider's name, an underscore and lower-case letters, digits or underscores",
            );
            self.demand(name, last < name, "types are sorted by name, each of them once");
            last = name;
        }
    }

    fn schema(&mut self, kind: Kind, type_name: &str, schema: &Schema) {
        self.demand(type_name, schema.version >= 0, "the version is negative");
        self.demand(
            type_name,
            kind == Kind::Resource || schema.version == 0,
            "only the state of resources has versions",
        );
        let scope = Scope {
            kind,
            is_root: true,
            in_set: false,
            in_repeated_block: false,
        };
        self.block(scope, type_name, &schema.block);
    }

    fn block(&mut self, scope: Scope, place: &str, block: &Block) {
        self.deprecation(place, block.deprecated.as_deref());
        let names: Vec<&str> = block
            .attributes
            .iter()
            .map(|attribute| attribute.name.as_ref())
            .collect();
        let block_names = block.blocks.iter().map(|nested| nested.name.as_ref());
        let all: Vec<&str> = names.iter().copied().chain(block_names).collect();
        self.names(scope, place, &all);
        for attribute in &block.attributes {
            self.attribute(scope, place, attribute);
        }
        for nested in &block.blocks {
            self.nested_block(scope, place, nested);
        }
        for rule in &block.rules {
            for name in rule_names(rule) {
                self.demand(
                    place,
                    all.contains(&name),
                    &format!("a rule names {name}, which is not there"),
                );
            }
        }
    }

    fn names(&mut self, scope: Scope, place: &str, names: &[&str]) {
        let reserved = match scope.kind {
            Kind::Provider => RESERVED_IN_PROVIDER,
            Kind::Resource | Kind::DataSource | Kind::EphemeralResource => RESERVED,
            // It stands in a block of its own, `config`.
            Kind::ListResource | Kind::Action => &[],
        };
        let mut seen = BTreeSet::new();
        for name in names {
            let place = format!("{place}.{name}");
            self.demand(&place, seen.insert(name), "the name is used twice");
            self.demand(
                &place,
                is_name(name),
                "a name is lower-case letters, digits and underscores, not beginning with a digit",
            );
            self.demand(
                &place,
                !scope.is_root || !reserved.contains(name),
                "Terraform keeps this name for itself",
            );
        }
    }

    fn nested_block(&mut self, scope: Scope, place: &str, nested: &NestedBlock) {
        let place = format!("{place}.{}", nested.name);
        let (min, max) = (nested.min_items, nested.max_items);
        self.demand(&place, min >= 0 && max >= 0, "item limits are negative");
        match nested.nesting {
            BlockNesting::Single => self.demand(
                &place,
                min == max && max <= 1,
                "limits of a single block must both be 0 or both be 1",
            ),
            BlockNesting::Group | BlockNesting::Map => {
                self.demand(
                    &place,
                    min == 0 && max == 0,
                    "this kind of block cannot have item limits",
                );
            }
            BlockNesting::List | BlockNesting::Set => {
                self.demand(&place, max == 0 || min <= max, "fewest items are more than most items");
            }
        }
        let scope = Scope {
            is_root: false,
            in_set: scope.in_set || nested.nesting == BlockNesting::Set,
            in_repeated_block: scope.in_repeated_block
                || matches!(nested.nesting, BlockNesting::List | BlockNesting::Map),
            ..scope
        };
        self.block(scope, &place, &nested.block);
    }

    fn attribute(&mut self, scope: Scope, place: &str, attribute: &Attribute) {
        let place = format!("{place}.{}", attribute.name);
        let place = place.as_str();
        self.deprecation(place, attribute.deprecated.as_deref());
        self.demand(
            place,
            attribute.required || attribute.optional || attribute.computed,
            "an attribute is required, optional or computed",
        );
        self.demand(
            place,
            !attribute.required || !(attribute.optional || attribute.computed),
            "a required attribute is neither optional nor computed",
        );
        self.demand(
            place,
            !attribute.computed || scope.kind != Kind::ListResource,
            "nothing returns what a search computes",
        );
        self.demand(
            place,
            !(attribute.computed || attribute.requires_replace) || scope.kind != Kind::Action,
            "an action has no object, so nothing returns what it computes and nothing is replaced",
        );
        if attribute.write_only {
            self.write_only(scope, place, attribute);
        }
        self.demand(
            place,
            attribute.pair.is_none() || (attribute.sensitive && attribute.default.is_none()),
            "what may be given write-only is a secret, and has no default",
        );
        if let Some(default) = &attribute.default {
            self.demand(
                place,
                attribute.optional && attribute.computed,
                "an attribute with a default is optional and computed",
            );
            self.demand(
                place,
                default.is_known() && default.is_wholly_known(),
                "the default must be a known value",
            );
            self.demand(
                place,
                encode_msgpack(default, &attribute.value_type()).is_ok(),
                "the default is of another type than the attribute",
            );
        }
        self.demand(
            place,
            !attribute.requires_replace
                || !attribute.computed
                || attribute.default.is_some()
                || attribute.on_update == ComputedOnUpdate::Keeps,
            "a computed attribute that any update may change would replace the object with every update",
        );
        match &attribute.ty {
            AttributeType::Plain(ty) => {
                self.demand(
                    place,
                    *ty == Type::Dynamic || !holds_dynamic(ty),
                    "the elements of a collection cannot be of any type",
                );
                if holds_dynamic(ty) {
                    self.demand(place, !scope.in_set, "a value of any type cannot be in a set");
                    self.demand(
                        place,
                        !scope.in_repeated_block,
                        "a value of any type cannot be in a block that repeats",
                    );
                }
            }
            AttributeType::Nested(nested) => {
                let names: Vec<&str> = nested.attributes.iter().map(|inner| inner.name.as_ref()).collect();
                let scope = Scope {
                    is_root: false,
                    in_set: scope.in_set || nested.nesting == Nesting::Set,
                    ..scope
                };
                self.names(scope, place, &names);
                for inner in &nested.attributes {
                    self.attribute(scope, place, inner);
                }
            }
        }
    }

    fn identity(&mut self, type_name: &str, block: &Block, identity: &IdentitySchema) {
        let place = format!("{type_name} (identity)");
        self.demand(&place, identity.version >= 0, "the version is negative");
        self.demand(
            &place,
            !identity.attributes.is_empty(),
            "an identity without attributes names nothing",
        );
        let mut seen = BTreeSet::new();
        for part in &identity.attributes {
            let place = format!("{place}.{}", part.name);
            self.demand(&place, seen.insert(part.name.as_ref()), "the name is used twice");
            let is_allowed = |ty: &Type| matches!(ty, Type::String | Type::Number | Type::Bool);
            self.demand(
                &place,
                match &part.ty {
                    Type::List(element) => is_allowed(element),
                    ty => is_allowed(ty),
                },
                "a part of an identity is text, a number, a truth value, or a list of these",
            );
            let Some(attribute) = block.attribute(&part.name) else {
                self.fault(&place, "the state has no attribute of that name");
                continue;
            };
            self.demand(
                &place,
                attribute.value_type() == part.ty,
                "the attribute of the state is of another type",
            );
            self.demand(
                &place,
                !attribute.sensitive && !attribute.write_only,
                "an identity is shown to everybody, so a secret cannot be a part of it",
            );
            let keeps = attribute.computed && attribute.on_update == ComputedOnUpdate::Keeps;
            let is_fixed = attribute.requires_replace || (keeps && !attribute.optional);
            self.demand(
                &place,
                is_fixed || part.may_change,
                "an update may change it, so the identity would be another object's",
            );
        }
    }

    fn write_only(&mut self, scope: Scope, place: &str, attribute: &Attribute) {
        self.demand(
            place,
            matches!(scope.kind, Kind::Resource | Kind::Action),
            "only resources and actions have write-only attributes",
        );
        self.demand(
            place,
            !attribute.computed,
            "what is never stored cannot be computed, nor have a default",
        );
        self.demand(place, !scope.in_set, "a write-only attribute cannot be in a set");
        self.demand(
            place,
            !attribute.requires_replace,
            "a write-only attribute that replaces would do so with every plan",
        );
    }

    fn deprecation(&mut self, place: &str, reason: Option<&str>) {
        self.demand(
            place,
            reason.is_none_or(|reason| !reason.trim().is_empty()),
            "a deprecation says what to use instead",
        );
    }

    fn function(&mut self, name: &str, signature: &FunctionSignature) {
        self.demand(name, is_name(name), "the function's name is not an identifier");
        let mut seen = BTreeSet::new();
        for parameter in signature.parameters.iter().chain(&signature.variadic) {
            let place = format!("{name}({})", parameter.name);
            self.demand(&place, is_name(&parameter.name), "the name is not an identifier");
            self.demand(&place, seen.insert(&parameter.name), "the name is used twice");
        }
    }
}

fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_lowercase() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn holds_dynamic(ty: &Type) -> bool {
    match ty {
        Type::Dynamic => true,
        Type::List(element) | Type::Set(element) | Type::Map(element) => holds_dynamic(element),
        Type::Object(attributes) => attributes.values().any(holds_dynamic),
        Type::Tuple(elements) => elements.iter().any(holds_dynamic),
        Type::String | Type::Number | Type::Bool => false,
    }
}

fn rule_names(rule: &Rule) -> Vec<&'static str> {
    match rule {
        Rule::ExactlyOneOf(names) | Rule::AtMostOneOf(names) | Rule::AtLeastOneOf(names) | Rule::AllOrNone(names) => {
            names.to_vec()
        }
        Rule::Requires(first, second) => vec![first, second],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::identity::IdentityAttribute;
    use crate::framework::provider::Parameter;
    use crate::framework::value::Value;

    fn text(name: &'static str) -> Attribute {
        Attribute::new(name, Type::String)
    }

    fn any(name: &'static str) -> Attribute {
        Attribute::new(name, Type::Dynamic).optional()
    }

    fn of(attributes: Vec<Attribute>, blocks: Vec<NestedBlock>) -> Schema {
        let block = Block {
            attributes,
            blocks,
            ..Block::default()
        };
        Schema { version: 0, block }
    }

    fn nested_block(nesting: BlockNesting, limits: (i64, i64), attributes: Vec<Attribute>) -> NestedBlock {
        NestedBlock {
            name: "part".into(),
            nesting,
            min_items: limits.0,
            max_items: limits.1,
            block: Block {
                attributes,
                ..Block::default()
            },
        }
    }

    /// The places at fault in a resource.
    #[track_caller]
    fn check(schema: &Schema, places: &[&str]) {
        let found = violations(Kind::Resource, "toy_thing", schema);
        let found: Vec<&str> = found.iter().map(|violation| violation.place.as_str()).collect();
        assert_eq!(found, places);
    }

    #[track_caller]
    fn check_attribute(attribute: Attribute, is_sound: bool) {
        let place = format!("toy_thing.{}", attribute.name);
        let places: &[&str] = if is_sound { &[] } else { &[&place] };
        check(&of(vec![attribute], Vec::new()), places);
    }

    #[test]
    fn an_attribute_says_who_sets_it() {
        check_attribute(text("a"), false);
        check_attribute(text("a").required(), true);
        check_attribute(text("a").optional().computed(), true);
        check_attribute(text("a").required().optional(), false);
        check_attribute(text("a").required().computed(), false);
    }

    #[test]
    fn names_are_plain_unique_and_not_terraforms_own() {
        for name in ["Name", "1st", "a-b", "", "n\u{e4}me", "count", "provisioner"] {
            check_attribute(text(name).optional(), false);
        }
        check_attribute(text("_x1").optional(), true);
        check_attribute(text("alias").optional(), true);
        let alias = of(vec![text("alias").optional()], Vec::new());
        assert_eq!(violations(Kind::Provider, "toy", &alias).len(), 1);
        let inner = Attribute::nested("a", Nesting::Single, vec![text("count").optional()]);
        check_attribute(inner.optional(), true);
        let twice = vec![text("part").optional()];
        let block = nested_block(BlockNesting::List, (0, 0), Vec::new());
        check(&of(twice, vec![block]), &["toy_thing.part"]);
    }

    #[test]
    fn values_of_any_type_stand_where_the_protocol_has_room_for_them() {
        check_attribute(any("a"), true);
        check_attribute(Attribute::new("a", Type::list(Type::Dynamic)).optional(), false);
        let inner = Attribute::nested("a", Nesting::Set, vec![any("b")]).optional();
        check(&of(vec![inner], Vec::new()), &["toy_thing.a.b"]);
        for (nesting, places) in [
            (BlockNesting::Single, &[][..]),
            (BlockNesting::List, &["toy_thing.part.b"][..]),
            (BlockNesting::Set, &["toy_thing.part.b"][..]),
        ] {
            check(
                &of(Vec::new(), vec![nested_block(nesting, (0, 0), vec![any("b")])]),
                places,
            );
        }
    }

    #[test]
    fn write_only_attributes_are_a_resources_own_and_in_no_set() {
        let secret = || text("a").optional().write_only();
        check_attribute(secret(), true);
        check_attribute(secret().computed(), false);
        let mut replacing = secret();
        replacing.requires_replace = true;
        check_attribute(replacing, false);
        let inner = Attribute::nested("s", Nesting::Set, vec![secret()]).optional();
        check(&of(vec![inner], Vec::new()), &["toy_thing.s.a"]);
        let block = nested_block(BlockNesting::Set, (0, 0), vec![secret()]);
        check(&of(Vec::new(), vec![block]), &["toy_thing.part.a"]);
        for kind in [Kind::Provider, Kind::DataSource, Kind::EphemeralResource] {
            assert_eq!(violations(kind, "toy_thing", &of(vec![secret()], Vec::new())).len(), 1);
        }
    }

    #[test]
    fn item_limits_suit_the_kind_of_block() {
        use BlockNesting::{Group, List, Map, Set, Single};
        for (nesting, limits, is_sound) in [
            (Single, (0, 0), true),
            (Single, (1, 1), true),
            (Single, (0, 1), false),
            (Single, (2, 2), false),
            (Group, (0, 0), true),
            (Group, (1, 1), false),
            (Map, (0, 0), true),
            (Map, (0, 3), false),
            (List, (1, 0), true),
            (List, (2, 1), false),
            (Set, (1, 2), true),
            (Set, (-1, 0), false),
        ] {
            let places: &[&str] = if is_sound { &[] } else { &["toy_thing.part"] };
            check(&of(Vec::new(), vec![nested_block(nesting, limits, Vec::new())]), places);
        }
    }

    #[test]
    fn defaults_are_of_the_attributes_type_and_need_an_attribute_that_is_computed() {
        let with = |mut attribute: Attribute, default: Value| {
            attribute.default = Some(default);
            attribute
        };
        check_attribute(with(text("a").optional().computed(), "x".into()), true);
        check_attribute(with(text("a").optional(), "x".into()), false);
        check_attribute(with(text("a").optional().computed(), 1.into()), false);
        check_attribute(with(text("a").optional().computed(), Value::UNKNOWN), false);
    }

    #[test]
    fn a_computed_value_that_replaces_must_keep() {
        let mut zone = text("zone").optional().computed();
        zone.requires_replace = true;
        check_attribute(zone.clone(), false);
        zone.on_update = ComputedOnUpdate::Keeps;
        check_attribute(zone, true);
    }

    #[test]
    fn an_identity_is_made_of_what_the_state_has_and_keeps() {
        let keeps = |mut attribute: Attribute| {
            attribute.on_update = ComputedOnUpdate::Keeps;
            attribute
        };
        let mut zone = text("zone").required();
        zone.requires_replace = true;
        let mut numbers = Attribute::new("numbers", Type::list(Type::Number)).optional();
        numbers.requires_replace = true;
        let mut labels = Attribute::new("labels", Type::map(Type::String)).optional();
        labels.requires_replace = true;
        let mut secret = text("secret").optional().sensitive();
        secret.requires_replace = true;
        let schema = of(
            vec![
                keeps(text("id").computed()),
                zone,
                numbers,
                labels,
                secret,
                text("revision").computed(),
                keeps(text("color").optional().computed()),
                text("note").optional(),
            ],
            vec![nested_block(BlockNesting::List, (0, 0), Vec::new())],
        );
        let part = |name: &'static str| IdentityAttribute::text(name);
        let check = |attributes: Vec<IdentityAttribute>, places: &[&str]| {
            let identity = IdentitySchema::new(attributes);
            let found = identity_violations("toy_thing", &schema, &identity);
            let found: Vec<&str> = found.iter().map(|violation| violation.place.as_str()).collect();
            assert_eq!(found, places);
        };
        let list = IdentityAttribute::of_type("numbers", Type::list(Type::Number)).optional_for_import();
        check(vec![part("id"), part("zone"), list, part("color").may_change()], &[]);
        check(vec![part("note").may_change()], &[]);
        check(Vec::new(), &["toy_thing (identity)"]);
        check(vec![part("id"), part("id")], &["toy_thing (identity).id"]);
        for (wrong, place) in [
            (part("nothing"), "toy_thing (identity).nothing"),
            (part("part"), "toy_thing (identity).part"),
            (part("numbers"), "toy_thing (identity).numbers"),
            (part("secret"), "toy_thing (identity).secret"),
            (part("revision"), "toy_thing (identity).revision"),
            (part("color"), "toy_thing (identity).color"),
            (part("note"), "toy_thing (identity).note"),
            (
                IdentityAttribute::of_type("labels", Type::map(Type::String)),
                "toy_thing (identity).labels",
            ),
        ] {
            check(vec![wrong], &[place]);
        }
        let negative = IdentitySchema {
            version: -1,
            ..IdentitySchema::new(vec![part("id")])
        };
        assert_eq!(identity_violations("toy_thing", &schema, &negative).len(), 1);
    }

    #[test]
    fn a_search_computes_nothing() {
        let found =
            |attribute: Attribute| violations(Kind::ListResource, "toy_thing", &of(vec![attribute], Vec::new()));
        assert!(
            found(text("count").optional()).is_empty(),
            "its block is within another"
        );
        assert_eq!(found(text("a").computed()).len(), 1);
        assert_eq!(found(text("a").optional().write_only()).len(), 1);
    }

    #[test]
    fn rules_name_siblings() {
        let mut schema = of(vec![text("a").optional()], Vec::new());
        schema.block.rules = vec![Rule::Requires("a", "b")];
        check(&schema, &["toy_thing"]);
    }

    #[test]
    fn functions_have_identifiers() {
        let parameter = |name: &str| Parameter {
            name: name.to_owned(),
            ty: Type::String,
            description: String::new(),
            allow_null: false,
            allow_unknown: false,
        };
        let signature = |names: &[&str]| FunctionSignature {
            parameters: names.iter().map(|name| parameter(name)).collect(),
            variadic: Some(parameter("rest")),
            result: Type::String,
            summary: String::new(),
            description: String::new(),
        };
        let found = |name: &str, names: &[&str]| {
            let mut checker = Checker::default();
            checker.function(name, &signature(names));
            checker.found.len()
        };
        assert_eq!(found("join", &["a", "b"]), 0);
        assert_eq!(found("Join", &["a"]), 1);
        assert_eq!(found("join", &["a", "a"]), 1);
        assert_eq!(found("join", &["rest"]), 1);
    }

    #[test]
    fn types_are_sorted_and_begin_with_the_providers_name() {
        let found = |names: &[&str]| {
            let mut checker = Checker::default();
            checker.type_names("toy", names.iter().copied());
            checker.found.len()
        };
        assert_eq!(found(&["toy_a", "toy_b"]), 0);
        assert_eq!(found(&["toy_b", "toy_a"]), 1);
        assert_eq!(found(&["toy_a", "toy_a"]), 1);
        assert_eq!(found(&["thing"]), 1);
        assert_eq!(found(&["toy_"]), 1);
    }
}
