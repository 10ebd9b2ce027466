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
        let takers = takers(catalogue, &request.target_type_name, &source);
        if !takers.is_empty() {
            return Err(another_type(&request.target_type_name, &source, &takers).into());
        }
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
    let moved = moved.map_err(
        |refused| match takers(catalogue, &request.target_type_name, &source).as_slice() {
            [] => refused,
            takers => with_takers(refused, &source, takers),
        },
    );
    let state = decode(described, &request.target_type_name, &moved?)?;
    Ok(proto::move_resource_state::Response {
        target_state: Some(described.encode(&state)?),
        target_identity: entry.identity_of(&state)?,
        target_private: request.source_private.clone(),
        ..proto::move_resource_state::Response::default()
    })
}

/// The other types that take the state over.
fn takers(catalogue: &Catalogue, target: &str, source: &MoveSource) -> Vec<String> {
    let others = catalogue
        .resources
        .values()
        .filter(|other| other.offer.type_name() != target);
    let takers = others.filter(|other| matches!(other.offer.move_from(source), Some(Ok(_))));
    takers.map(|other| other.offer.type_name().to_owned()).collect()
}

/// The state may be meant for this type all the same, and then what the refusal says is the way.
fn with_takers(refused: Diagnostic, source: &MoveSource, takers: &[String]) -> Diagnostic {
    let takes = format!(
        "{} takes over a {}: if that is meant, correct `to` in the moved block.",
        takers.join(" or "),
        source.type_name
    );
    Diagnostic {
        detail: format!("{}\n\n{takes}", refused.detail),
        ..refused
    }
}

fn another_type(target: &str, source: &MoveSource, takers: &[String]) -> Diagnostic {
    let from = &source.type_name;
    let right = takers.join(" or ");
    Diagnostic::error(
        format!("{target} cannot take over {from}"),
        format!(
            "A {from} is another kind of object than a {target}: {right} takes it over. The state was left as it is, and nothing was \
             changed. Correct `to` in the moved block, so that it names a {right}."
        ),
    )
}
