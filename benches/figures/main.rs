//! The figures that the project keeps an eye on, of the release build: `cargo xtask bench` prints them as a table.
//!
//! Not a timed test: figures depend on the machine, and are there to be compared with what they were.
//!
//! Two providers are measured: the shipped one, and one of full size, with as many types as all of Twilio takes, which
//! `cargo xtask bench` builds beforehand and names in `FULL_SIZE_PROVIDER`. `QUICK` leaves out what takes minutes.

#![allow(clippy::disallowed_methods, reason = "measuring time is what this is for")]

#[path = "../../tests/wire/core_client.rs"]
#[allow(dead_code, reason = "the wire tests use all of it")]
mod core_client;
mod own_share;
mod process;
mod scale;

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

/// Measured values, in one unit.
struct Series {
    name: String,
    unit: &'static str,
    budget: Budget,
    values: Vec<f64>,
}

/// What the median of a series is measured by.
enum Budget {
    /// It should not be above.
    AtMost(f64),
    /// It should not be below.
    AtLeast(f64, String),
    /// Nothing was promised; a remark.
    None(String),
}

impl Series {
    fn row(&mut self) -> String {
        self.values.sort_by(f64::total_cmp);
        let at = |index: usize| self.values.get(index).copied().unwrap_or(f64::NAN);
        let median = at(self.values.len() / 2);
        let verdict = |is_kept: bool| if is_kept { "" } else { "  MISSED" };
        let budget = match &self.budget {
            Budget::AtMost(most) => format!("(budget: {most}){}", verdict(median <= *most)),
            Budget::AtLeast(least, remark) => format!("(budget: {least}; {remark}){}", verdict(median >= *least)),
            Budget::None(remark) => remark.clone(),
        };
        format!(
            "{:<56} {:>4} {:>10.2} {:>10.2} {:>10.2} {:<4} {budget}",
            self.name,
            self.values.len(),
            at(0),
            median,
            at(self.values.len().saturating_sub(1)),
            self.unit,
        )
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let mut series = Vec::new();
    let shipped = Path::new(env!("CARGO_BIN_EXE_terraform-provider-twilio"));
    series.extend(runtime.block_on(process::all(shipped, "shipped")));
    if let Some(full_size) = std::env::var_os("FULL_SIZE_PROVIDER") {
        series.extend(runtime.block_on(process::all(Path::new(&full_size), "full size")));
    }
    series.extend(runtime.block_on(own_share::plan()));
    if std::env::var_os("QUICK").is_none() {
        series.extend(scale::refresh());
        series.extend(scale::busy());
    }
    let mut out = std::io::stdout().lock();
    let _ = writeln!(
        out,
        "{:<56} {:>4} {:>10} {:>10} {:>10}",
        "figure", "n", "minimum", "median", "maximum"
    );
    for series in &mut series {
        let _ = writeln!(out, "{}", series.row());
    }
}
