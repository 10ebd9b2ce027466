//! ImportResourceState.

use crate::framework::diagnostics::Diagnostics;
use crate::framework::plan::stored;
use crate::framework::proto;
use crate::framework::value::Value;

use super::catalogue::Catalogue;
use super::messages;

pub(super) async fn import(
    catalogue: &Catalogue,
    request: &proto::import_resource_state::Request,
) -> Result<proto::import_resource_state::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let described = entry.described();
    let answer = entry.offer.import(&request.id).await?;
    let state = stored(described.block(), &Value::Null, answer.state);
    Ok(proto::import_resource_state::Response {
        imported_resources: vec![proto::import_resource_state::ImportedResource {
            type_name: request.type_name.clone(),
            state: Some(described.encode(&state)?),
            private: answer.private,
            ..proto::import_resource_state::ImportedResource::default()
        }],
        diagnostics: messages::diagnostics(answer.diagnostics),
        ..proto::import_resource_state::Response::default()
    })
}
