//! go-plugin's way to carry a plugin's standard output and error over the connection. Nothing is ever sent: the log goes
//! to standard error itself, and Terraform warns of anything that comes this way.

use futures::stream::{self, StreamExt as _};
use tokio_util::sync::CancellationToken;
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status};

use crate::plugin::proto::StdioData;
use crate::plugin::proto::grpc_stdio_server::GrpcStdio;

/// Holds the stream open, and silent, until the plugin stops.
#[derive(Debug, Clone)]
pub(super) struct Stdio {
    pub(super) stop: CancellationToken,
}

#[tonic::async_trait]
impl GrpcStdio for Stdio {
    async fn stream_stdio(&self, _request: Request<()>) -> Result<Response<BoxStream<StdioData>>, Status> {
        let held = self.stop.clone().cancelled_owned();
        Ok(Response::new(
            stream::once(held).filter_map(|()| async { None }).boxed(),
        ))
    }
}
