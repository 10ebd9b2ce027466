//! The figures that the project keeps an eye on, of the release build: `cargo xtask bench` prints them as a table.
//!
//! Not a timed test: figures depend on the machine, and are there to be compared with what they were.

#![allow(clippy::disallowed_methods, reason = "measuring time is what this is for")]

#[path = "../../tests/wire/core_client.rs"]
#[allow(dead_code, reason = "the wire tests use all of it")]
mod core_client;
mod scale;

use std::io::Write as _;
use std::time::{Duration, Instant};

use core_client::Core;
use terraform_provider_twilio::framework::codec::encode_msgpack;
use terraform_provider_twilio::framework::proto::{DynamicValue, get_provider_schema, plan_resource_change};
use terraform_provider_twilio::framework::value::Value;

/// Starts of the process; enough for a median that stays.
const STARTS: usize = 50;

/// Calls of one RPC.
const CALLS: usize = 200;

/// Measured values, in one unit.
struct Series {
    name: String,
    unit: &'static str,
    budget: String,
    values: Vec<f64>,
}

impl Series {
    fn row(&mut self) -> String {
        self.values.sort_by(f64::total_cmp);
        let (min, max) = (
            self.values.first().copied().unwrap_or(f64::NAN),
            self.values.last().copied().unwrap_or(f64::NAN),
        );
        let median = self.values.get(self.values.len() / 2).copied().unwrap_or(f64::NAN);
        format!(
            "{:<46} {:>5} {:>10.2} {:>10.2} {:>10.2} {:<5} {}",
            self.name,
            self.values.len(),
            min,
            median,
            max,
            self.unit,
            self.budget
        )
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn microseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let mut series = runtime.block_on(async {
        let mut series = starts().await;
        series.extend(calls().await);
        series
    });
    series.push(binary_size());
    series.extend(scale::refresh());
    series.extend(scale::busy());
    let mut out = std::io::stdout().lock();
    let _ = writeln!(
        out,
        "{:<46} {:>5} {:>10} {:>10} {:>10}",
        "figure", "n", "minimum", "median", "maximum"
    );
    for series in &mut series {
        let _ = writeln!(out, "{}", series.row());
    }
}

/// Whole processes: start to handshake line, and Shutdown to exit.
async fn starts() -> Vec<Series> {
    let (mut starting, mut ending) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        // The identity is made before the clock starts: core has its certificate before it starts the process.
        let core = Core::new();
        let start = Instant::now();
        let plugin = core.start().await;
        starting.push(milliseconds(start.elapsed()));
        // Connected, as core is when it asks.
        let _provider = plugin.provider().await;
        let start = Instant::now();
        let exit = plugin.shutdown().await;
        assert!(exit.status.success(), "{}", exit.stderr);
        ending.push(milliseconds(start.elapsed()));
    }
    vec![
        Series {
            name: "start to handshake line, mutual TLS".to_owned(),
            unit: "ms",
            budget: "(budget: median 8)".to_owned(),
            values: starting,
        },
        Series {
            name: "Shutdown to exit".to_owned(),
            unit: "ms",
            budget: "(budget: 50)".to_owned(),
            values: ending,
        },
    ]
}

/// One process: memory after the schema, the schema again, and a plan.
async fn calls() -> Vec<Series> {
    let mut plugin = Core::new().start().await;
    let mut provider = plugin.provider().await;
    let schema = provider
        .get_provider_schema(get_provider_schema::Request {})
        .await
        .expect("a schema")
        .into_inner();
    let memory = resident_mebibytes(plugin.process().id());

    let mut schemas = Vec::new();
    for _ in 0..CALLS {
        let start = Instant::now();
        provider
            .get_provider_schema(get_provider_schema::Request {})
            .await
            .expect("a schema");
        schemas.push(microseconds(start.elapsed()));
    }

    let block = schema.resource_schemas["twilio_twiml_app"]
        .block
        .clone()
        .expect("a block");
    let table = terraform_provider_twilio::provider::offered::RESOURCES
        .iter()
        .find(|table| table.object.name == "twilio_twiml_app")
        .expect("it is offered");
    let ty = terraform_provider_twilio::engine::values::schema::resource_schema(table)
        .block
        .value_type();
    let config = Value::object(block.attributes.iter().map(|attribute| {
        let value = if attribute.name == "friendly_name" {
            Value::from("Support")
        } else {
            Value::Null
        };
        (attribute.name.clone(), value)
    }));
    let encoded = DynamicValue {
        msgpack: encode_msgpack(&config, &ty).expect("it conforms"),
        ..DynamicValue::default()
    };
    let mut plans = Vec::new();
    for _ in 0..CALLS {
        let request = plan_resource_change::Request {
            type_name: "twilio_twiml_app".to_owned(),
            proposed_new_state: Some(encoded.clone()),
            config: Some(encoded.clone()),
            ..plan_resource_change::Request::default()
        };
        let start = Instant::now();
        let answer = provider
            .plan_resource_change(request)
            .await
            .expect("a plan")
            .into_inner();
        plans.push(microseconds(start.elapsed()));
        assert!(answer.diagnostics.is_empty(), "{:?}", answer.diagnostics);
    }
    let exit = plugin.shutdown().await;
    assert!(exit.status.success(), "{}", exit.stderr);
    vec![
        Series {
            name: "resident memory after GetProviderSchema".to_owned(),
            unit: "MiB",
            budget: "(budget: 16)".to_owned(),
            values: vec![memory],
        },
        Series {
            name: "GetProviderSchema, whole answer".to_owned(),
            unit: "µs",
            budget: "".to_owned(),
            values: schemas,
        },
        Series {
            name: "PlanResourceChange, one new resource".to_owned(),
            unit: "µs",
            budget: "".to_owned(),
            values: plans,
        },
    ]
}

fn binary_size() -> Series {
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_terraform-provider-twilio"))
        .expect("the binary is there")
        .len();
    #[allow(clippy::cast_precision_loss, reason = "a binary is smaller than 2^52 bytes")]
    let mebibytes = size as f64 / f64::from(1 << 20);
    Series {
        name: "stripped binary".to_owned(),
        unit: "MiB",
        budget: "(budget: 12)".to_owned(),
        values: vec![mebibytes],
    }
}

/// What the kernel says; NaN where there is no `/proc`.
fn resident_mebibytes(id: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kibibytes.map_or(f64::NAN, |kibibytes| kibibytes / 1024.0)
}
