//! GenerateResourceConfig: what `plan -generate-config-out` and `query -generate-config-out` write for an object.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::generate::configuration;
use crate::framework::proto;

use super::catalogue::Catalogue;

pub(super) fn generate(
    catalogue: &Catalogue,
    request: &proto::generate_resource_config::Request,
) -> Result<proto::generate_resource_config::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let described = entry.described();
    let state = described.decode(request.state.as_ref(), "the state")?;
    if !state.is_known() {
        return Err(Diagnostic::error(
            format!("No configuration for {}", request.type_name),
            "Terraform requested the configuration of an object and sent no object. It does so for one that a query found \
             and could not read: a warning names it, with the reason. Nothing was changed, and the others are not \
             affected. Run it again once that one can be read, or write its resource block yourself."
        )
        .into());
    }
    let config = entry
        .offer
        .modify_generated_config(&state, configuration(described.block(), &state));
    Ok(proto::generate_resource_config::Response {
        config: Some(described.encode(&config)?),
        ..proto::generate_resource_config::Response::default()
    })
}
