//! Whole processes of one provider, as Terraform starts, asks and ends them.

use std::path::Path;
use std::time::Instant;

use prost::Message as _;
use prost::bytes::{Buf as _, BufMut as _, Bytes};
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::framework::proto::{get_functions, get_provider_schema};
use tonic::Status;
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::Channel;

use crate::core_client::Core;
use crate::{Budget, Series, milliseconds};

/// Processes; enough for a median that stays.
const STARTS: usize = 50;

/// Calls of one RPC.
const CALLS: usize = 200;

/// All figures of the provider at `binary`, which is told apart by `which`.
pub async fn all(binary: &Path, which: &str) -> Vec<Series> {
    let mut measured = Measured::default();
    for _ in 0..STARTS {
        measured.one(binary).await;
    }
    measured.calls(binary).await;
    let size = std::fs::metadata(binary).expect("the binary is there").len();
    #[allow(clippy::cast_precision_loss, reason = "a binary is smaller than 2^52 bytes")]
    let size = size as f64 / f64::from(1 << 20);
    let named = |name: String, unit, budget, values| Series {
        name: format!("{which}: {name}"),
        unit,
        budget,
        values,
    };
    let (resources, data_sources) = measured.types;
    vec![
        named("stripped binary".to_owned(), "MiB", Budget::AtMost(12.0), vec![size]),
        named(
            "start to handshake line, mutual TLS".to_owned(),
            "ms",
            Budget::AtMost(8.0),
            measured.starts,
        ),
        named(
            "first GetProviderSchema, not decoded".to_owned(),
            "ms",
            Budget::AtMost(15.0),
            measured.first_schemas,
        ),
        named(
            "resident at handshake".to_owned(),
            "MiB",
            Budget::None(String::new()),
            measured.resident_at_start,
        ),
        named(
            "resident after GetProviderSchema".to_owned(),
            "MiB",
            Budget::AtMost(16.0),
            measured.resident,
        ),
        named(
            "peak of resident memory until then".to_owned(),
            "MiB",
            Budget::None(String::new()),
            measured.peak,
        ),
        named("Shutdown to exit".to_owned(), "ms", Budget::AtMost(50.0), measured.ends),
        named(
            format!("GetProviderSchema again ({} kB)", measured.bytes / 1000),
            "ms",
            Budget::None(format!("({resources} resources, {data_sources} data sources)")),
            measured.further_schemas,
        ),
        named(
            "an RPC that does nothing".to_owned(),
            "ms",
            Budget::None("(the connection's share of each RPC)".to_owned()),
            measured.nothings,
        ),
    ]
}

#[derive(Default)]
struct Measured {
    starts: Vec<f64>,
    first_schemas: Vec<f64>,
    resident_at_start: Vec<f64>,
    resident: Vec<f64>,
    peak: Vec<f64>,
    ends: Vec<f64>,
    further_schemas: Vec<f64>,
    nothings: Vec<f64>,
    bytes: usize,
    types: (usize, usize),
}

impl Measured {
    /// The process that Terraform starts for the schema: start, answer, end.
    async fn one(&mut self, binary: &Path) {
        // The identity is made before the clock starts: core has its certificate before it starts the process.
        let core = Core::new().program(binary);
        let start = Instant::now();
        let mut plugin = core.start().await;
        self.starts.push(milliseconds(start.elapsed()));
        let id = plugin.process().id();
        self.resident_at_start.push(mebibytes(id, "VmRSS:"));
        let channel = plugin.channel().await;
        let start = Instant::now();
        schema(channel).await;
        self.first_schemas.push(milliseconds(start.elapsed()));
        self.resident.push(mebibytes(id, "VmRSS:"));
        self.peak.push(mebibytes(id, "VmHWM:"));
        let start = Instant::now();
        let exit = plugin.shutdown().await;
        assert!(exit.status.success(), "{}", exit.stderr);
        self.ends.push(milliseconds(start.elapsed()));
    }

    /// Calls of one process.
    async fn calls(&mut self, binary: &Path) {
        let plugin = Core::new().program(binary).start().await;
        let channel = plugin.channel().await;
        let bytes = schema(channel.clone()).await;
        self.bytes = bytes.len();
        let decoded = get_provider_schema::Response::decode(bytes).expect("a schema");
        self.types = (decoded.resource_schemas.len(), decoded.data_source_schemas.len());
        for _ in 0..CALLS {
            let start = Instant::now();
            schema(channel.clone()).await;
            self.further_schemas.push(milliseconds(start.elapsed()));
        }
        let mut provider = ProviderClient::new(channel);
        for _ in 0..CALLS {
            let start = Instant::now();
            let answer = provider
                .get_functions(get_functions::Request {})
                .await
                .expect("an answer");
            self.nothings.push(milliseconds(start.elapsed()));
            assert!(answer.into_inner().functions.is_empty());
        }
        let exit = plugin.shutdown().await;
        assert!(exit.status.success(), "{}", exit.stderr);
    }
}

/// The response to GetProviderSchema, as bytes: what it takes to decode them is Terraform's.
async fn schema(channel: Channel) -> Bytes {
    let mut grpc = Grpc::new(channel).max_decoding_message_size(64 << 20);
    grpc.ready().await.expect("the provider listens");
    let path = http::uri::PathAndQuery::from_static("/tfplugin6.Provider/GetProviderSchema");
    grpc.unary(tonic::Request::new(Bytes::new()), path, Raw)
        .await
        .expect("a schema")
        .into_inner()
}

/// Messages as bytes.
struct Raw;

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.put(item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}

/// What the kernel says; NaN where there is no `/proc`.
fn mebibytes(id: u32, field: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kibibytes.map_or(f64::NAN, |kibibytes| kibibytes / 1024.0)
}
