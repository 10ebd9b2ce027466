//! Around every RPC: a log line, and no panic gets out.

use std::future::Future;
use std::time::Instant;

use futures::future::BoxFuture;
use futures::stream;
use tokio::sync::mpsc;
use tonic::codegen::BoxStream;
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
    generate_resource_config,
    get_functions,
    get_metadata,
    get_provider_schema,
    get_resource_identity_schemas,
    import_resource_state,
    move_resource_state,
    open_ephemeral_resource,
    plan_action,
    plan_resource_change,
    read_data_source,
    read_resource,
    renew_ephemeral_resource,
    upgrade_resource_identity,
    upgrade_resource_state,
    validate_action_config,
    validate_data_resource_config,
    validate_ephemeral_resource_config,
    validate_list_resource_config,
    validate_provider_config,
    validate_resource_config,
);

/// The log lines of one call.
struct Log {
    span: tracing::Span,
    start: Instant,
}

impl Log {
    fn begin(rpc: &'static str, type_name: &str) -> Self {
        #[allow(clippy::disallowed_methods, reason = "the duration in a log line is no decision")]
        let start = Instant::now();
        // Tells the lines of calls that run side by side apart; it means nothing beyond the log.
        let id = format!("{:016x}", fastrand::u64(..));
        let span = tracing::debug_span!("rpc", tf_rpc = rpc, tf_req_id = id, tf_resource_type = type_name);
        Self { span, start }
    }

    fn milliseconds(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Runs an RPC. Its diagnostics, and a panic, become the response.
pub(super) async fn guard<T: Failed>(
    rpc: &'static str,
    type_name: &str,
    work: impl Future<Output = Result<T, Diagnostics>>,
) -> Result<Response<T>, Status> {
    let log = Log::begin(rpc, type_name);
    let response = async {
        let response = match caught(rpc, type_name, work).await {
            Ok(Ok(response)) => response,
            Ok(Err(diagnostics)) => T::failed(messages::diagnostics(diagnostics)),
            Err(panicked) => T::failed(messages::diagnostics(panicked.into())),
        };
        tracing::debug!(
            tf_req_duration_ms = log.milliseconds(),
            diagnostic_error_count = response.errors(),
            "answered"
        );
        response
    };
    Ok(Response::new(response.instrument(log.span.clone()).await))
}

/// The events of an RPC that answers with many. They are what `work` sends to the other end of `events`, which it drops when it
/// is through; the diagnostics that it answers, if any, and a panic, become the `last` event.
///
/// `work` goes on only while the host takes events, and is dropped with the stream when the host goes away.
pub(super) fn guarded_stream<E: Send + 'static>(
    rpc: &'static str,
    type_name: &str,
    events: mpsc::Receiver<E>,
    work: impl Future<Output = Option<Diagnostics>> + Send + 'static,
    last: fn(Vec<proto::Diagnostic>) -> E,
) -> BoxStream<E> {
    let log = Log::begin(rpc, type_name);
    let (span, type_name) = (log.span.clone(), type_name.to_owned());
    let work = async move {
        let reported = match caught(rpc, &type_name, work).await {
            Ok(None) => return None,
            Ok(Some(diagnostics)) => diagnostics,
            Err(panicked) => panicked.into(),
        };
        Some(messages::diagnostics(reported))
    };
    let state = Streaming {
        events,
        work: Some(Box::pin(work.instrument(span))),
        reported: None,
        log: StreamLog {
            log,
            events: 0,
            is_through: false,
        },
    };
    Box::pin(stream::unfold(state, move |mut state| async move {
        let event = state.next().await;
        state.log.events += usize::from(event.is_some());
        state.log.is_through |= event.is_none();
        let event = match event {
            Some(event) => event,
            None => last(state.reported.take()?),
        };
        Some((Ok(event), state))
    }))
}

/// A stream of events under way.
struct Streaming<E> {
    events: mpsc::Receiver<E>,
    /// Answers what the last event says, if there is one more.
    work: Option<BoxFuture<'static, Option<Vec<proto::Diagnostic>>>>,
    reported: Option<Vec<proto::Diagnostic>>,
    log: StreamLog,
}

impl<E> Streaming<E> {
    /// The next event that the work sends; `None` when it is through.
    async fn next(&mut self) -> Option<E> {
        loop {
            let Some(work) = &mut self.work else {
                return self.events.recv().await;
            };
            tokio::select! {
                biased;
                Some(event) = self.events.recv() => return Some(event),
                reported = work => {
                    self.reported = reported;
                    self.work = None;
                }
            }
        }
    }
}

/// Logs the end of a stream, also of one that nobody wants any more.
struct StreamLog {
    log: Log,
    events: usize,
    is_through: bool,
}

impl Drop for StreamLog {
    fn drop(&mut self) {
        self.log.span.in_scope(|| {
            tracing::debug!(
                tf_req_duration_ms = self.log.milliseconds(),
                events = self.events,
                is_through = self.is_through,
                "ended"
            );
        });
    }
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
