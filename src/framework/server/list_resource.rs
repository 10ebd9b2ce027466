//! ListResource: a search, as a stream of what is found.
//!
//! An error in any event makes Terraform end the whole query and forget what was found before. So only a search that cannot go on
//! sends one, as its last event; an object that cannot be shown is a warning without an identity.

use std::sync::Arc;

use tokio::sync::watch;
use tonic::codegen::BoxStream;

use crate::framework::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::framework::list::{Found, ListEnd, ListItem, ListRequest, ListResource, ListSink};
use crate::framework::path::Step;
use crate::framework::plan::stored;
use crate::framework::proto::list_resource::{Event, Request};
use crate::framework::proto::{DynamicValue, ResourceIdentityData};
use crate::framework::provider::ManagedResource;
use crate::framework::value::Value;
use crate::plugin::terminal;

use super::catalogue::{Catalogue, Entry};
use super::guard::guarded_stream;
use super::messages;

pub(super) fn events(
    catalogue: &Arc<Catalogue>,
    request: Request,
    mut stops: watch::Receiver<u64>,
) -> BoxStream<Event> {
    let type_name = request.type_name.clone();
    let limit = usize::try_from(request.limit).ok().filter(|limit| *limit > 0);
    let (sink, found) = {
        let (catalogue, type_name) = (Arc::clone(catalogue), type_name.clone());
        let include = request.include_resource_object;
        ListSink::new(limit, move |found| match found {
            Found::Item(item) => message(&catalogue, &type_name, include, item),
            Found::Remark(diagnostics) => remark(diagnostics),
        })
    };
    let catalogue = Arc::clone(catalogue);
    let work = async move {
        tokio::select! {
            biased;
            ended = search(&catalogue, &request, limit, &sink) => ended.err(),
            _ = stops.changed() => Some(stopped(&request.type_name).into()),
        }
    };
    let failed = |diagnostic| Event {
        diagnostic,
        ..Event::default()
    };
    guarded_stream("ListResource", &type_name, found, work, failed)
}

async fn search(
    catalogue: &Catalogue,
    request: &Request,
    limit: Option<usize>,
    sink: &ListSink,
) -> Result<(), Diagnostics> {
    let entry = catalogue.list_resource(&request.type_name)?;
    // Without a resource of that name nothing that is found could be returned.
    catalogue.resource(&request.type_name)?;
    let request = ListRequest {
        config: configured(entry, request.config.as_ref())?,
        include_resource: request.include_resource_object,
        limit,
    };
    match entry.offer.list(request, sink).await {
        Ok(()) | Err(ListEnd::Closed) => Ok(()),
        Err(ListEnd::Failed(diagnostics)) => Err(in_config_block(diagnostics)),
    }
}

/// The `config` block; one that is left out has nothing set.
pub(super) fn configured(
    entry: &Entry<dyn ListResource>,
    message: Option<&DynamicValue>,
) -> Result<Value, Diagnostics> {
    let config = entry.described().decode(message, "the configuration of a search")?;
    Ok(match config {
        Value::Null => stored(entry.described().block(), &Value::Null, Value::object::<String>([])),
        config => config,
    })
}

/// Diagnostics that point into the configuration, where Terraform looks for it: in the `config` block of the list block.
pub(super) fn in_config_block(diagnostics: Diagnostics) -> Diagnostics {
    let within = |diagnostic: Diagnostic| match diagnostic.path.is_root() {
        true => diagnostic,
        false => {
            let steps = diagnostic.path.steps().iter().cloned();
            let path = [Step::Attribute("config".to_owned())]
                .into_iter()
                .chain(steps)
                .collect();
            diagnostic.at(path)
        }
    };
    diagnostics.into_iter().map(within).collect()
}

fn stopped(type_name: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Search for {type_name} stopped"),
        "The provider was stopped before it had found everything. Nothing was changed. Run the query again.",
    )
}

/// An object as an event: with its identity, or as a warning that says why it has none.
fn message(catalogue: &Catalogue, type_name: &str, include_resource: bool, item: ListItem) -> Event {
    let display_name = terminal::line(&item.display_name).into_owned();
    let mut diagnostics = item.diagnostics;
    let shown = match catalogue.resource(type_name) {
        Ok(entry) if !diagnostics.has_errors() => {
            shown(entry, item.state, include_resource && !item.is_partial).map_err(Diagnostics::from)
        }
        Ok(_) => Err(Diagnostics::new()),
        Err(reported) => Err(reported),
    };
    match shown {
        Ok((identity, resource_object)) => Event {
            identity: Some(identity),
            display_name,
            resource_object,
            diagnostic: messages::diagnostics(diagnostics),
        },
        Err(reported) => {
            diagnostics.extend(reported);
            Event {
                display_name,
                ..remark(diagnostics)
            }
        }
    }
}

/// Something to say without an object, and never an error.
fn remark(diagnostics: Diagnostics) -> Event {
    let warnings = diagnostics.into_iter().map(|diagnostic| Diagnostic {
        severity: Severity::Warning,
        ..diagnostic
    });
    Event {
        diagnostic: messages::diagnostics(warnings.collect()),
        ..Event::default()
    }
}

fn shown(
    entry: &Entry<dyn ManagedResource>,
    state: Value,
    include_resource: bool,
) -> Result<(ResourceIdentityData, Option<DynamicValue>), Diagnostic> {
    let described = entry.described();
    let state = stored(described.block(), &Value::Null, state);
    let Some(identity) = entry.identity_of(&state)? else {
        return Err(left_out(
            entry.offer.type_name(),
            "the provider did not find out what identifies it",
        ));
    };
    if !include_resource {
        return Ok((identity, None));
    }
    if !state.is_wholly_known() {
        return Err(left_out(
            entry.offer.type_name(),
            "the provider did not find out all of it",
        ));
    }
    Ok((identity, Some(described.encode(&state)?)))
}

fn left_out(type_name: &str, reason: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("A {type_name} was left out of the search"),
        format!(
            "An object was found, and {reason}. The others are shown. This is a bug in the provider's own code; import the object \
             by its id."
        ),
    )
}
