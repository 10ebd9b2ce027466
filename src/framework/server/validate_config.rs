//! ValidateProviderConfig, ValidateResourceConfig, ValidateDataResourceConfig, ValidateEphemeralResourceConfig,
//! ValidateListResourceConfig and ValidateActionConfig: what the schema demands, then what the offer itself demands.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::proto;
use crate::framework::provider::Provider;
use crate::framework::schema::Block;
use crate::framework::validate::validate;

use super::catalogue::Catalogue;
use super::messages;

pub(super) fn provider(
    provider: &impl Provider,
    catalogue: &Catalogue,
    request: &proto::validate_provider_config::Request,
) -> Result<proto::validate_provider_config::Response, Diagnostics> {
    let config = catalogue
        .provider
        .decode(request.config.as_ref(), "the provider configuration")?;
    let mut diagnostics = validate(catalogue.provider.block(), &config, true);
    diagnostics.extend(provider.validate(&config));
    Ok(proto::validate_provider_config::Response {
        diagnostics: messages::diagnostics(diagnostics),
    })
}

pub(super) fn resource(
    catalogue: &Catalogue,
    request: &proto::validate_resource_config::Request,
) -> Result<proto::validate_resource_config::Response, Diagnostics> {
    let entry = catalogue.resource(&request.type_name)?;
    let config = entry.described().decode(request.config.as_ref(), "the configuration")?;
    let write_only_allowed = request
        .client_capabilities
        .is_some_and(|capabilities| capabilities.write_only_attributes_allowed);
    let mut diagnostics = deprecation("resource", &request.type_name, entry.described().block());
    diagnostics.extend(validate(entry.described().block(), &config, write_only_allowed));
    diagnostics.extend(entry.offer.validate(&config));
    Ok(proto::validate_resource_config::Response {
        diagnostics: messages::diagnostics(diagnostics),
    })
}

pub(super) fn data_source(
    catalogue: &Catalogue,
    request: &proto::validate_data_resource_config::Request,
) -> Result<proto::validate_data_resource_config::Response, Diagnostics> {
    let entry = catalogue.data_source(&request.type_name)?;
    let config = entry.described().decode(request.config.as_ref(), "the configuration")?;
    let mut diagnostics = deprecation("data source", &request.type_name, entry.described().block());
    diagnostics.extend(validate(entry.described().block(), &config, true));
    diagnostics.extend(entry.offer.validate(&config));
    Ok(proto::validate_data_resource_config::Response {
        diagnostics: messages::diagnostics(diagnostics),
    })
}

pub(super) fn ephemeral_resource(
    catalogue: &Catalogue,
    request: &proto::validate_ephemeral_resource_config::Request,
) -> Result<proto::validate_ephemeral_resource_config::Response, Diagnostics> {
    let entry = catalogue.ephemeral_resource(&request.type_name)?;
    let config = entry.described().decode(request.config.as_ref(), "the configuration")?;
    let mut diagnostics = deprecation("ephemeral resource", &request.type_name, entry.described().block());
    diagnostics.extend(validate(entry.described().block(), &config, true));
    diagnostics.extend(entry.offer.validate(&config));
    Ok(proto::validate_ephemeral_resource_config::Response {
        diagnostics: messages::diagnostics(diagnostics),
    })
}

pub(super) fn list_resource(
    catalogue: &Catalogue,
    request: &proto::validate_list_resource_config::Request,
) -> Result<proto::validate_list_resource_config::Response, Diagnostics> {
    let entry = catalogue.list_resource(&request.type_name)?;
    let config = super::list_resource::configured(entry, request.config.as_ref())?;
    let mut diagnostics = deprecation("list resource", &request.type_name, entry.described().block());
    diagnostics.extend(validate(entry.described().block(), &config, true));
    diagnostics.extend(entry.offer.validate(&config));
    Ok(proto::validate_list_resource_config::Response {
        diagnostics: messages::diagnostics(super::list_resource::in_config_block(diagnostics)),
    })
}

pub(super) fn action(
    catalogue: &Catalogue,
    request: &proto::validate_action_config::Request,
) -> Result<proto::validate_action_config::Response, Diagnostics> {
    let entry = catalogue.action(&request.action_type)?;
    let config = super::actions::configured(entry, request.config.as_ref())?;
    let mut diagnostics = deprecation("action", &request.action_type, entry.described().block());
    diagnostics.extend(validate(entry.described().block(), &config, true));
    diagnostics.extend(entry.offer.validate(&config));
    Ok(proto::validate_action_config::Response {
        diagnostics: messages::diagnostics(diagnostics),
    })
}

/// What Terraform does not say of a type that should no longer be used, though its schema does.
fn deprecation(what: &str, type_name: &str, block: &Block) -> Diagnostics {
    let reason = block.deprecated.iter();
    reason
        .map(|reason| {
            Diagnostic::warning(
                format!("Deprecated {what} {type_name}"),
                format!("{type_name} is deprecated: {reason}"),
            )
        })
        .collect()
}
