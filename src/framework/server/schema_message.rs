//! Schemas as messages.

use crate::framework::codec::type_to_json;
use crate::framework::proto;
use crate::framework::schema::{Attribute, AttributeType, Block, BlockNesting, NestedBlock, Nesting, Schema};

pub(super) fn schema(schema: &Schema) -> proto::Schema {
    proto::Schema {
        version: schema.version,
        block: Some(block(&schema.block)),
    }
}

fn block(of: &Block) -> proto::schema::Block {
    proto::schema::Block {
        attributes: of.attributes.iter().map(attribute).collect(),
        block_types: of.blocks.iter().map(nested_block).collect(),
        description: of.description.clone().into_owned(),
        description_kind: proto::StringKind::Markdown.into(),
        deprecated: of.deprecated.is_some(),
        deprecation_message: of.deprecated.clone().unwrap_or_default().into_owned(),
        ..proto::schema::Block::default()
    }
}

fn attribute(of: &Attribute) -> proto::schema::Attribute {
    let (ty, nested_type) = match &of.ty {
        AttributeType::Plain(ty) => (type_to_json(ty), None),
        AttributeType::Nested(nested) => {
            let nesting = match nested.nesting {
                Nesting::Single => proto::schema::object::NestingMode::Single,
                Nesting::List => proto::schema::object::NestingMode::List,
                Nesting::Set => proto::schema::object::NestingMode::Set,
                Nesting::Map => proto::schema::object::NestingMode::Map,
            };
            let object = proto::schema::Object {
                attributes: nested.attributes.iter().map(attribute).collect(),
                nesting: nesting.into(),
                ..proto::schema::Object::default()
            };
            (Vec::new(), Some(object))
        }
    };
    proto::schema::Attribute {
        name: of.name.clone().into_owned(),
        r#type: ty,
        nested_type,
        description: of.description.clone().into_owned(),
        description_kind: proto::StringKind::Markdown.into(),
        required: of.required,
        optional: of.optional,
        computed: of.computed,
        sensitive: of.sensitive,
        write_only: of.write_only,
        deprecated: of.deprecated.is_some(),
        deprecation_message: of.deprecated.clone().unwrap_or_default().into_owned(),
    }
}

fn nested_block(of: &NestedBlock) -> proto::schema::NestedBlock {
    let nesting = match of.nesting {
        BlockNesting::Single => proto::schema::nested_block::NestingMode::Single,
        BlockNesting::Group => proto::schema::nested_block::NestingMode::Group,
        BlockNesting::List => proto::schema::nested_block::NestingMode::List,
        BlockNesting::Set => proto::schema::nested_block::NestingMode::Set,
        BlockNesting::Map => proto::schema::nested_block::NestingMode::Map,
    };
    proto::schema::NestedBlock {
        type_name: of.name.clone().into_owned(),
        block: Some(block(&of.block)),
        nesting: nesting.into(),
        min_items: of.min_items,
        max_items: of.max_items,
    }
}
