//! ReadDataSource.

use crate::framework::diagnostics::Diagnostics;
use crate::framework::proto;
use crate::framework::value::Value;

use super::catalogue::Catalogue;
use super::messages;

pub(super) async fn read(
    catalogue: &Catalogue,
    request: &proto::read_data_source::Request,
) -> Result<proto::read_data_source::Response, Diagnostics> {
    let entry = catalogue.data_source(&request.type_name)?;
    let described = entry.described();
    let config = described.decode(request.config.as_ref(), "the configuration")?;
    let answer = entry.offer.read(config.clone()).await?;
    let mut state = with_configured(&config, answer.state);
    let mut diagnostics = answer.diagnostics;
    described.settle_unknowns(&mut state, &mut diagnostics);
    Ok(proto::read_data_source::Response {
        state: Some(described.encode(&state)?),
        diagnostics: messages::diagnostics(diagnostics),
        ..proto::read_data_source::Response::default()
    })
}

/// What was configured stands in the result as it was configured; Terraform does not compare, and a changed value would
/// go unnoticed.
pub(super) fn with_configured(config: &Value, mut state: Value) -> Value {
    for (name, configured) in config.as_fields().into_iter().flatten() {
        if !configured.is_null() {
            state.set_attr(name, configured.clone());
        }
    }
    state
}
