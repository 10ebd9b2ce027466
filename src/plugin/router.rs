//! Which of the services on the one connection a call is for.

use std::convert::Infallible;
use std::future::{self, Future};
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body_util::BodyExt as _;
use tokio_util::sync::CancellationToken;
use tonic::Status;
use tonic::body::Body;
use tonic::server::NamedService;
use tonic_health::ServingStatus;
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};
use tower::{Service, ServiceExt as _};

use crate::plugin::broker::Broker;
use crate::plugin::calls::Calls;
use crate::plugin::controller::Controller;
use crate::plugin::proto::grpc_broker_server::GrpcBrokerServer;
use crate::plugin::proto::grpc_controller_server::GrpcControllerServer;
use crate::plugin::proto::grpc_stdio_server::GrpcStdioServer;
use crate::plugin::stdio::Stdio;

/// The name under which go-plugin asks for a plugin's health.
const HEALTH_NAME: &str = "plugin";

/// What a call is answered that comes too late.
const ENDS: &str = "the provider received SIGTERM; nothing was done";

/// What a hosted gRPC service has to be: what tonic generates, wrapped in any layers.
pub trait GrpcService:
    Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send>
    + NamedService
    + Clone
    + Send
    + 'static
{
}

impl<S> GrpcService for S where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send>
        + NamedService
        + Clone
        + Send
        + 'static
{
}

/// The hosted service and go-plugin's own, told apart by the first part of the path.
#[derive(Clone)]
pub(super) struct Router<S> {
    hosted: S,
    calls: Calls,
    health: HealthServer<HealthService>,
    stdio: GrpcStdioServer<Stdio>,
    broker: GrpcBrokerServer<Broker>,
    controller: GrpcControllerServer<Controller>,
}

/// Puts `hosted`, whose calls are counted, beside the services of go-plugin, which stop the plugin by, and end with, `stop`.
pub(super) async fn router<S: GrpcService>(hosted: S, calls: Calls, stop: &CancellationToken) -> Router<S> {
    let reporter = HealthReporter::new();
    reporter.set_service_status(HEALTH_NAME, ServingStatus::Serving).await;
    let stop = || stop.clone();
    Router {
        hosted,
        calls,
        health: HealthServer::new(HealthService::from_health_reporter(reporter)),
        stdio: GrpcStdioServer::new(Stdio { stop: stop() }),
        broker: GrpcBrokerServer::new(Broker { stop: stop() }),
        controller: GrpcControllerServer::new(Controller { stop: stop() }),
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

impl<S: GrpcService> Service<Request<Body>> for Router<S> {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Answer {
        match service_name(request.uri().path()) {
            name if name == S::NAME => match self.calls.begin() {
                Some(under_way) => {
                    let answer = self.hosted.clone().oneshot(request);
                    Box::pin(async move {
                        // A call is under way until all of its response is on its way: some have many parts.
                        let counted = |body: Body| {
                            Body::new(body.map_frame(move |frame| {
                                let _ = &under_way;
                                frame
                            }))
                        };
                        Ok(answer.await?.map(counted))
                    })
                }
                None => Box::pin(future::ready(Ok(Status::unavailable(ENDS).into_http()))),
            },
            name if name == <HealthServer<HealthService>>::NAME => Box::pin(self.health.call(request)),
            name if name == <GrpcStdioServer<Stdio>>::NAME => Box::pin(self.stdio.call(request)),
            name if name == <GrpcBrokerServer<Broker>>::NAME => Box::pin(self.broker.call(request)),
            name if name == <GrpcControllerServer<Controller>>::NAME => Box::pin(self.controller.call(request)),
            _ => Box::pin(future::ready(Ok(Status::unimplemented("no such service").into_http()))),
        }
    }
}

/// `plugin.GRPCStdio` of `/plugin.GRPCStdio/StreamStdio`; empty when the path has another form.
fn service_name(path: &str) -> &str {
    path.strip_prefix('/')
        .and_then(|path| path.split_once('/'))
        .map_or("", |(service, _method)| service)
}

#[cfg(test)]
mod tests {
    use futures::future::{Ready, ready};
    use http_body_util::Full;
    use tonic::codegen::Bytes;

    use super::*;

    /// Answers each call with a few bytes.
    #[derive(Clone)]
    struct Hosted;

    impl NamedService for Hosted {
        const NAME: &'static str = "hosted";
    }

    impl Service<Request<Body>> for Hosted {
        type Response = Response<Body>;
        type Error = Infallible;
        type Future = Ready<Result<Response<Body>, Infallible>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _: Request<Body>) -> Self::Future {
            ready(Ok(Response::new(Body::new(Full::new(Bytes::from_static(b"answer"))))))
        }
    }

    #[tokio::test]
    async fn a_call_is_under_way_until_all_of_its_answer_is_taken() {
        let calls = Calls::default();
        let mut router = router(Hosted, calls.clone(), &CancellationToken::new()).await;
        let mut begun = async || {
            let request = Request::builder().uri("/hosted/Call").body(Body::empty());
            let answer = router.call(request.expect("a request")).await;
            answer.expect("it cannot fail")
        };
        let taken = begun().await;
        assert!(!calls.close_if_idle(), "nobody took the answer yet");
        let bytes = taken.into_body().collect().await.expect("bytes").to_bytes();
        assert_eq!(bytes, "answer");
        let dropped = begun().await;
        assert!(!calls.close_if_idle());
        drop(dropped);
        assert!(calls.close_if_idle(), "nobody wants the answer");
        let late = begun().await;
        assert_eq!(late.headers()["grpc-status"], "14");
    }

    #[test]
    fn the_service_is_the_first_part_of_the_path() {
        assert_eq!(service_name("/plugin.GRPCStdio/StreamStdio"), "plugin.GRPCStdio");
        assert_eq!(service_name("/a/b/c"), "a");
        for odd in ["", "/", "no slash", "/only"] {
            assert_eq!(service_name(odd), "");
        }
    }
}
