//! Around every RPC: a log line, and no panic gets out.

use std::future::Future;
use std::time::Instant;

use tonic::{Response, Status};
use tracing::Instrument as _;

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::proto;
use crate::plugin::panics;

use super::messages;

/// A response that can carry diagnostics and nothing else.
pub(super) trait Failed {
    /// The response that says only what went wrong.
    fn failed(diagnostics: Vec<proto::Diagnostic>) -> Self;

    /// How many of its diagnostics are errors.
    fn errors(&self) -> usize;
}

macro_rules! failed {
    ($($rpc:ident),* $(,)?) => {
        $(impl Failed for proto::$rpc::Response {
            fn failed(diagnostics: Vec<proto::Diagnostic>) -> Self {
                #[allow(clippy::needless_update, reason = "some responses have nothing else")]
                Self { diagnostics, ..Self::default() }
            }

            fn errors(&self) -> usize {
                let error = proto::diagnostic::Severity::Error as i32;
                self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == error).count()
            }
        })*
    };
}

failed!(
    apply_resource_change,
    close_ephemeral_resource,
    configure_provider,
    get_functions,
    get_metadata,
    get_provider_schema,
    import_resource_state,
    move_resource_state,
    open_ephemeral_resource,
    plan_resource_change,
    read_data_source,
    read_resource,
    renew_ephemeral_resource,
    upgrade_resource_state,
    validate_data_resource_config,
    validate_ephemeral_resource_config,
    validate_provider_config,
    validate_resource_config,
);

/// Runs an RPC. Its diagnostics, and a panic, become the response.
pub(super) async fn guard<T: Failed>(
    rpc: &'static str,
    type_name: &str,
    work: impl Future<Output = Result<T, Diagnostics>>,
) -> Result<Response<T>, Status> {
    #[allow(clippy::disallowed_methods, reason = "the duration in a log line is no decision")]
    let start = Instant::now();
    // Tells the lines of calls that run side by side apart; it means nothing beyond the log.
    let id = format!("{:016x}", fastrand::u64(..));
    let span = tracing::debug_span!("rpc", tf_rpc = rpc, tf_req_id = id, tf_resource_type = type_name);
    let response = async {
        let response = match caught(rpc, type_name, work).await {
            Ok(Ok(response)) => response,
            Ok(Err(diagnostics)) => T::failed(messages::diagnostics(diagnostics)),
            Err(panicked) => T::failed(messages::diagnostics(panicked.into())),
        };
        let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(
            tf_req_duration_ms = milliseconds,
            diagnostic_error_count = response.errors(),
            "answered"
        );
        response
    };
    Ok(Response::new(response.instrument(span).await))
}

/// Runs something that may panic.
///
/// # Errors
/// A diagnostic that says where it panicked. The message of the panic goes to the log only: it may quote a value.
pub(super) async fn caught<T>(rpc: &str, subject: &str, work: impl Future<Output = T>) -> Result<T, Diagnostic> {
    panics::catch(work).await.map_err(|panicked| {
        let about = if subject.is_empty() {
            String::new()
        } else {
            format!(" for {subject}")
        };
        Diagnostic::error(
            "The provider failed inside",
            format!(
                "{rpc}{about} panicked at {}. This is a bug in the provider's own code: please report it with this \
                 message. The state is as it was before this call; a change that was under way in the service may have \
                 been made, and the next plan shows it.",
                panicked.location
            ),
        )
    })
}
