//! OpenEphemeralResource, RenewEphemeralResource and CloseEphemeralResource.

use crate::framework::diagnostics::Diagnostics;
use crate::framework::proto;
use crate::framework::value::Value;

use super::catalogue::Catalogue;
use super::messages;
use super::read_data_source::with_configured;

pub(super) async fn open(
    catalogue: &Catalogue,
    request: &proto::open_ephemeral_resource::Request,
    deferred: Option<proto::Deferred>,
) -> Result<proto::open_ephemeral_resource::Response, Diagnostics> {
    let entry = catalogue.ephemeral_resource(&request.type_name)?;
    let described = entry.described();
    let config = described.decode(request.config.as_ref(), "the configuration")?;
    if deferred.is_some() {
        return Ok(proto::open_ephemeral_resource::Response {
            result: Some(described.encode(&Value::UNKNOWN)?),
            deferred,
            ..proto::open_ephemeral_resource::Response::default()
        });
    }
    let answer = entry.offer.open(config.clone()).await?;
    let mut result = with_configured(described.block(), &config, &answer.result);
    let mut diagnostics = answer.diagnostics;
    described.settle_unknowns(&mut result, &mut diagnostics);
    let result = described
        .encode(&result)
        .map_err(|diagnostic| diagnostics.push(diagnostic))
        .ok();
    if diagnostics.has_errors() {
        // Terraform will not close what was opened with an error.
        diagnostics.extend(entry.offer.close(answer.private).await);
        return Err(diagnostics);
    }
    Ok(proto::open_ephemeral_resource::Response {
        result,
        renew_at: answer.renew_at.map(Into::into),
        private: Some(answer.private),
        diagnostics: messages::diagnostics(diagnostics),
        ..proto::open_ephemeral_resource::Response::default()
    })
}

pub(super) async fn renew(
    catalogue: &Catalogue,
    request: &proto::renew_ephemeral_resource::Request,
) -> Result<proto::renew_ephemeral_resource::Response, Diagnostics> {
    let entry = catalogue.ephemeral_resource(&request.type_name)?;
    let answer = entry.offer.renew(request.private.clone().unwrap_or_default()).await?;
    Ok(proto::renew_ephemeral_resource::Response {
        renew_at: answer.renew_at.map(Into::into),
        // OpenTofu hands on whatever a renewal answers, Terraform what the opening did: it is always answered.
        private: Some(answer.private),
        diagnostics: messages::diagnostics(answer.diagnostics),
    })
}

pub(super) async fn close(
    catalogue: &Catalogue,
    request: &proto::close_ephemeral_resource::Request,
) -> Result<proto::close_ephemeral_resource::Response, Diagnostics> {
    let entry = catalogue.ephemeral_resource(&request.type_name)?;
    let diagnostics = entry.offer.close(request.private.clone().unwrap_or_default()).await;
    Ok(proto::close_ephemeral_resource::Response {
        diagnostics: messages::diagnostics(diagnostics),
    })
}
