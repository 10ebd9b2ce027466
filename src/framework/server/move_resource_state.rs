//! MoveResourceState: never answers without a state or an error, because Terraform would forget the object.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::proto;
use crate::framework::provider::MoveSource;

use super::catalogue::Catalogue;
use super::identity;
use super::upgrade_resource_state::{decode, parse};

pub(super) fn take_over(
    catalogue: &Catalogue,
    request: &proto::move_resource_state::Request,
) -> Result<proto::move_resource_state::Response, Diagnostics> {
    let entry = catalogue.resource(&request.target_type_name)?;
    let described = entry.described();
    let source = MoveSource {
        provider_address: request.source_provider_address.clone(),
        type_name: request.source_type_name.clone(),
        schema_version: request.source_schema_version,
        state: parse(&request.source_type_name, request.source_state.as_ref())?,
        identity: identity::parse(&request.source_type_name, request.source_identity.as_ref())?,
    };
    let Some(moved) = entry.offer.move_from(&source) else {
        return Err(Diagnostic::error(
            format!("{} cannot take over {}", request.target_type_name, request.source_type_name),
            format!(
                "State of {} (provider {}) cannot become {}. The state was left as it is. Remove the moved block; to hand \
                 the object over, remove it from the state and import it as {}.",
                source.type_name, source.provider_address, request.target_type_name, request.target_type_name
            ),
        )
        .into());
    };
    let state = decode(described, &request.target_type_name, &moved?)?;
    Ok(proto::move_resource_state::Response {
        target_state: Some(described.encode(&state)?),
        target_identity: entry.identity_of(&state)?,
        target_private: request.source_private.clone(),
        ..proto::move_resource_state::Response::default()
    })
}
