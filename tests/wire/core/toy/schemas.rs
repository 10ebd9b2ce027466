//! The schemas: all kinds of attributes, nested attributes and nested blocks.

use terraform_provider_twilio::framework::identity::{IdentityAttribute, IdentitySchema};
use terraform_provider_twilio::framework::schema::{
    Attribute, Block, BlockNesting, ComputedOnUpdate, NestedBlock, Nesting, Rule, Schema, Validator,
};
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::framework::value::Value;

fn text(name: &'static str) -> Attribute {
    Attribute::new(name, Type::String)
}

fn number(name: &'static str) -> Attribute {
    Attribute::new(name, Type::Number)
}

fn keeps(mut attribute: Attribute) -> Attribute {
    attribute.on_update = ComputedOnUpdate::Keeps;
    attribute
}

fn defaults(attribute: Attribute, default: impl Into<Value>) -> Attribute {
    let mut attribute = attribute.optional().computed();
    attribute.default = Some(default.into());
    attribute
}

fn block(attributes: Vec<Attribute>) -> Block {
    Block {
        attributes,
        ..Block::default()
    }
}

fn schema(attributes: Vec<Attribute>) -> Schema {
    Schema {
        version: 0,
        block: block(attributes),
    }
}

/// The provider block.
pub fn provider() -> Schema {
    schema(vec![text("token").optional().sensitive()])
}

/// `toy_thing`: one attribute of each behaviour.
pub fn thing() -> Schema {
    let mut zone = text("zone").optional();
    zone.requires_replace = true;
    let mut json = text("json").optional();
    json.equivalent = Some(same_json);
    let mut mode = text("mode").optional();
    mode.validators = vec![Validator::OneOf(&["slow", "fast"])];
    let mut old = text("old").optional();
    old.deprecated = Some("use note instead".into());
    let mut schema = schema(vec![
        keeps(text("id").computed()),
        text("revision").computed(),
        text("name").required(),
        text("note").optional(),
        zone,
        json,
        mode,
        old,
        defaults(number("size"), 5),
        keeps(text("color").optional().computed()),
        Attribute::new("tags", Type::list(Type::String)).optional(),
        Attribute::new("labels", Type::map(Type::String)).optional(),
        Attribute::new("groups", Type::set(Type::String)).optional(),
        Attribute::new("anything", Type::Dynamic).optional(),
        text("secret").optional().sensitive().write_only(),
        number("secret_version").optional(),
        text("left").optional(),
        text("right").optional(),
    ]);
    schema.version = 1;
    schema.block.rules = vec![Rule::AtMostOneOf(&["left", "right"])];
    schema
}

/// What names a `toy_thing`: its id, the zone that it stays in, and the color that it may change. Version 0 had only a `key`.
pub fn thing_identity() -> IdentitySchema {
    IdentitySchema {
        version: 1,
        attributes: vec![
            IdentityAttribute::text("id").described("The id"),
            IdentityAttribute::text("zone").optional_for_import(),
            IdentityAttribute::text("color").optional_for_import().may_change(),
        ],
    }
}

/// What a search for things takes.
pub fn things() -> Schema {
    let mut prefix = text("name_prefix").optional();
    prefix.validators = vec![Validator::NonEmpty];
    let mut schema = schema(vec![prefix, text("left").optional(), text("right").optional()]);
    schema.block.rules = vec![Rule::AtMostOneOf(&["left", "right"])];
    schema
}

/// `toy_nest`: nested attributes and nested blocks of each kind.
pub fn nest() -> Schema {
    let item = || {
        vec![
            text("name").required(),
            text("note").optional(),
            defaults(number("weight"), 1),
            keeps(text("seen").computed()),
        ]
    };
    let part = |name: &'static str, nesting: BlockNesting, max_items: i64, attributes: Vec<Attribute>| NestedBlock {
        name: name.into(),
        nesting,
        min_items: 0,
        max_items,
        block: block(attributes),
    };
    let secret = || text("secret").optional().write_only();
    let mut kept = Attribute::nested("kept", Nesting::Single, item()).optional().computed();
    kept.on_update = ComputedOnUpdate::Keeps;
    let mut schema = schema(vec![
        keeps(text("id").computed()),
        text("revision").computed(),
        text("note").optional(),
        Attribute::nested("single", Nesting::Single, item()).optional(),
        Attribute::nested("list", Nesting::List, item()).optional(),
        Attribute::nested("set", Nesting::Set, item()).optional(),
        Attribute::nested("map", Nesting::Map, item()).optional(),
        kept,
    ]);
    schema.block.blocks = vec![
        part("core", BlockNesting::Single, 0, vec![text("name").required(), secret()]),
        part(
            "part",
            BlockNesting::List,
            3,
            item().into_iter().chain([secret()]).collect(),
        ),
        part("unit", BlockNesting::Set, 0, item()),
    ];
    schema
}

/// `toy_old`: what a `toy_thing` can be moved from.
pub fn old() -> Schema {
    let mut schema = schema(vec![keeps(text("id").computed()), text("title").required()]);
    schema.block.deprecated = Some("use toy_thing instead".into());
    schema
}

/// `toy_lookup`, a data source.
pub fn lookup() -> Schema {
    let filter = vec![text("note").optional(), text("matched").computed()];
    schema(vec![
        text("id").required(),
        Attribute::nested("filter", Nesting::Single, filter).optional(),
        text("name").computed(),
    ])
}

/// `toy_ring`, an action.
pub fn ring() -> Schema {
    let mut times = Attribute::new("times", Type::Number).optional().described("How often.");
    times.validators = vec![Validator::Range { min: 1, max: 100 }];
    schema(vec![
        text("bell").required(),
        times,
        text("word").optional().sensitive().write_only(),
    ])
}

/// `toy_lease`, an ephemeral resource.
pub fn lease() -> Schema {
    schema(vec![text("owner").required(), text("token").computed().sensitive()])
}

fn same_json(a: &Value, b: &Value) -> bool {
    let parsed = |value: &Value| {
        value
            .as_str()
            .and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok())
    };
    parsed(a).is_some_and(|a| parsed(b) == Some(a))
}
