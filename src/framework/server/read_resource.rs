//! ReadResource.

use crate::framework::diagnostics::Diagnostics;
use crate::framework::plan::stored;
use crate::framework::proto;
use crate::framework::provider::ReadRequest;
use crate::framework::value::Value;

use super::catalogue::Catalogue;
use super::messages;

pub(super) async fn read(
    catalogue: &Catalogue,
    request: &proto::read_resource::Request,
) -> Result<proto::read_resource::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let described = entry.described();
    let prior = described.decode(request.current_state.as_ref(), "the state")?;
    let answer = entry
        .offer
        .read(ReadRequest {
            state: prior.clone(),
            private: request.private.clone(),
        })
        .await?;
    let mut diagnostics = answer.diagnostics;
    let mut state = match answer.state {
        Some(state) => stored(described.block(), &prior, state),
        None => Value::Null,
    };
    if state.is_known() {
        described.settle_unknowns(&mut state, &mut diagnostics);
    }
    Ok(proto::read_resource::Response {
        new_state: Some(described.encode_as_stored(&state)?),
        private: answer.private,
        diagnostics: messages::diagnostics(diagnostics),
        ..proto::read_resource::Response::default()
    })
}
