//! The host's way to end the plugin.

use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

use crate::plugin::proto::Empty;
use crate::plugin::proto::grpc_controller_server::GrpcController;

/// Stops the plugin when told to. The response still goes out: the server lets calls under way finish.
#[derive(Debug, Clone)]
pub(super) struct Controller {
    pub(super) stop: CancellationToken,
}

#[tonic::async_trait]
impl GrpcController for Controller {
    async fn shutdown(&self, _request: Request<Empty>) -> Result<Response<Empty>, Status> {
        tracing::debug!("shutdown requested");
        self.stop.cancel();
        Ok(Response::new(Empty {}))
    }
}
