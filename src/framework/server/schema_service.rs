//! GetProviderSchema's way past the generated service: its response is bytes already, never a message as large as all schemas.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use http::{Request, Response};
use prost::Message as _;
use prost::bytes::Bytes;
use tonic::Status;
use tonic::body::Body;
use tonic::codec::{BufferSettings, Codec, EncodeBuf, Encoder};
use tonic::codegen::BoxFuture;
use tonic::server::{Grpc, NamedService, UnaryService};
use tonic_prost::{ProstCodec, ProstDecoder};
use tower::Service;

use crate::framework::proto::provider_server::ProviderServer;
use crate::framework::proto::{self, get_provider_schema as rpc};
use crate::framework::provider::Provider;

use super::guard::{Failed, guard};
use super::{MAX_MESSAGE_BYTES, Server, provider_schema};

const PATH: &str = "/tfplugin6.Provider/GetProviderSchema";

/// All RPCs of a provider. The generated service answers every other one.
pub struct ProviderService<P> {
    server: Arc<Server<P>>,
    asked: Arc<Asked>,
    others: ProviderServer<Server<P>>,
}

/// What is kept of a response where a process is asked again: one that Terraform starts is asked once, one in debug mode by each run.
#[derive(Default)]
struct Asked {
    before: AtomicBool,
    kept: OnceLock<Bytes>,
}

impl<P: Provider> ProviderService<P> {
    pub(super) fn new(server: Arc<Server<P>>) -> Self {
        let others = ProviderServer::from_arc(Arc::clone(&server))
            .max_decoding_message_size(MAX_MESSAGE_BYTES)
            .max_encoding_message_size(MAX_MESSAGE_BYTES);
        Self {
            server,
            asked: Arc::default(),
            others,
        }
    }
}

impl<P> Clone for ProviderService<P> {
    fn clone(&self) -> Self {
        Self {
            server: Arc::clone(&self.server),
            asked: Arc::clone(&self.asked),
            others: self.others.clone(),
        }
    }
}

impl<P: Provider> NamedService for ProviderService<P> {
    const NAME: &'static str = <ProviderServer<Server<P>> as NamedService>::NAME;
}

impl<P: Provider> Service<Request<Body>> for ProviderService<P> {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Response<Body>, Infallible>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        if request.uri().path() != PATH {
            return self.others.call(request);
        }
        let schemas = Schemas(Arc::clone(&self.server), Arc::clone(&self.asked));
        Box::pin(async move {
            let mut grpc = Grpc::new(EncodedCodec).max_encoding_message_size(MAX_MESSAGE_BYTES);
            Ok(grpc.unary(schemas, request).await)
        })
    }
}

struct Schemas<P>(Arc<Server<P>>, Arc<Asked>);

impl<P: Provider> UnaryService<rpc::Request> for Schemas<P> {
    type Response = EncodedSchemas;
    type Future = BoxFuture<tonic::Response<EncodedSchemas>, Status>;

    fn call(&mut self, _: tonic::Request<rpc::Request>) -> Self::Future {
        let (server, asked) = (Arc::clone(&self.0), Arc::clone(&self.1));
        Box::pin(async move {
            guard("GetProviderSchema", "", async {
                let whole = || provider_schema::whole(&server.catalogue).into();
                let bytes = match asked.before.swap(true, Ordering::Relaxed) {
                    true => asked.kept.get_or_init(whole).clone(),
                    false => whole(),
                };
                Ok(EncodedSchemas { bytes, errors: 0 })
            })
            .await
        })
    }
}

/// The bytes of a response to GetProviderSchema.
struct EncodedSchemas {
    bytes: Bytes,
    /// How many errors are in it.
    errors: usize,
}

impl Failed for EncodedSchemas {
    fn failed(diagnostics: Vec<proto::Diagnostic>) -> Self {
        let response = rpc::Response::failed(diagnostics);
        Self {
            errors: response.errors(),
            bytes: response.encode_to_vec().into(),
        }
    }

    fn errors(&self) -> usize {
        self.errors
    }
}

/// Takes requests as messages, and answers as the bytes that they are.
struct EncodedCodec;

impl Codec for EncodedCodec {
    type Encode = EncodedSchemas;
    type Decode = rpc::Request;
    type Encoder = Self;
    type Decoder = ProstDecoder<rpc::Request>;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self::Decoder {
        ProstCodec::<rpc::Response, rpc::Request>::raw_decoder(BufferSettings::default())
    }
}

impl Encoder for EncodedCodec {
    type Item = EncodedSchemas;
    type Error = Status;

    fn encode(&mut self, item: EncodedSchemas, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.reserve(item.bytes.len());
        prost::bytes::BufMut::put_slice(to, &item.bytes);
        Ok(())
    }
}
