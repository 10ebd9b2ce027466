//! ReadDataSource.

use crate::framework::diagnostics::Diagnostics;
use crate::framework::plan::{Members, Shape, each_object};
use crate::framework::proto;
use crate::framework::schema::Block;
use crate::framework::value::Value;

use super::catalogue::Catalogue;
use super::messages;

pub(super) async fn read(
    catalogue: &Catalogue,
    request: &proto::read_data_source::Request,
    deferred: Option<proto::Deferred>,
) -> Result<proto::read_data_source::Response, Diagnostics> {
    let entry = catalogue.data_source(&request.type_name)?;
    let described = entry.described();
    let config = described.decode(request.config.as_ref(), "the configuration")?;
    if deferred.is_some() {
        return Ok(proto::read_data_source::Response {
            state: Some(described.encode(&Value::UNKNOWN)?),
            deferred,
            ..proto::read_data_source::Response::default()
        });
    }
    let answer = entry.offer.read(config.clone()).await?;
    let mut state = with_configured(described.block(), &config, &answer.state);
    let mut diagnostics = answer.diagnostics;
    described.settle_unknowns(&mut state, &mut diagnostics);
    Ok(proto::read_data_source::Response {
        state: Some(described.encode(&state)?),
        diagnostics: messages::diagnostics(diagnostics),
        ..proto::read_data_source::Response::default()
    })
}

/// What was configured stands in the result as it was configured, with computed parts filled in from `state`. Terraform
/// does not compare, and a changed value would go unnoticed.
pub(super) fn with_configured(block: &Block, config: &Value, state: &Value) -> Value {
    merge(Members::of_block(block), config, state)
}

fn merge(members: Members<'_>, config: &Value, state: &Value) -> Value {
    let Value::Object(_) = state else {
        return state.clone();
    };
    let attributes = members.attributes.iter().map(|attribute| {
        let name = attribute.name.as_ref();
        let (config, state) = (config.attr(name), state.attr(name));
        let value = match Members::of_attribute(attribute) {
            _ if config.is_null() => state.clone(),
            None => config.clone(),
            Some(inner) => merge_nested(inner, config, state),
        };
        (name, value)
    });
    let blocks = members.blocks.iter().map(|nested| {
        let name = nested.name.as_ref();
        let inner = Members::of_nested_block(nested);
        (name, merge_nested(inner, config.attr(name), state.attr(name)))
    });
    Value::object(attributes.chain(blocks))
}

fn merge_nested(inner: (Shape, Members<'_>), config: &Value, state: &Value) -> Value {
    each_object(inner, config, state, config.clone(), |_, state, config| match state {
        Value::Object(_) => merge(inner.1, &config, state),
        _ => config,
    })
}
