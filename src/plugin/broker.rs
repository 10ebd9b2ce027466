//! go-plugin's broker, by which the two sides could open further connections. Providers never do, but the host opens the
//! stream as soon as it connects and expects it to stay.

use futures::stream::{self, StreamExt as _};
use tokio_util::sync::CancellationToken;
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status, Streaming};

use crate::plugin::proto::ConnInfo;
use crate::plugin::proto::grpc_broker_server::GrpcBroker;

/// Holds the stream open until the plugin stops or the host ends it; whatever arrives is read and dropped.
#[derive(Debug, Clone)]
pub(super) struct Broker {
    pub(super) stop: CancellationToken,
}

#[tonic::async_trait]
impl GrpcBroker for Broker {
    async fn start_stream(
        &self,
        request: Request<Streaming<ConnInfo>>,
    ) -> Result<Response<BoxStream<ConnInfo>>, Status> {
        let mut offers = request.into_inner();
        let stop = self.stop.clone();
        let held = async move {
            let drained = async { while let Ok(Some(_)) = offers.message().await {} };
            stop.run_until_cancelled(drained).await;
        };
        Ok(Response::new(
            stream::once(held).filter_map(|()| async { None }).boxed(),
        ))
    }
}
