//! What the simulator costs: `cargo bench -p twilio-simulator`, or `cargo xtask bench` with everything else.
//!
//! Prints a table and asserts nothing: time depends on the machine. That nothing costs more because of what is there is asserted by
//! counted work in `tests/conformance/walk/cost.rs`. `QUICK=1` leaves out what is beyond 10,000 objects.

#![allow(clippy::disallowed_methods, reason = "measuring time is what this is for")]

mod connection;
mod kinds;
mod process;

use std::io::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use self::connection::Connection;
use self::kinds::{KINDS, Kind};
use self::process::Running;

/// Connections that send at once.
const CONNECTIONS: usize = 4;

/// Requests of one measurement.
const SAMPLE: usize = 4_000;

fn main() -> Result<()> {
    let quick = std::env::var_os("QUICK").is_some();
    say("| what | | figure | budget |\n|---|---|---|---|")?;
    starts()?;
    for kind in KINDS {
        growth(kind, quick)?;
    }
    Ok(())
}

/// What a figure is measured by.
enum Budget {
    AtMost(f64),
    AtLeast(f64),
    None,
}

fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush().context("stdout")
}

fn figure(what: &str, name: &str, value: f64, unit: &str, budget: Budget) -> Result<()> {
    let budget = match budget {
        Budget::AtMost(most) if value > most => format!("at most {most}: MISSED"),
        Budget::AtMost(most) => format!("at most {most}"),
        Budget::AtLeast(least) if value < least => format!("at least {least}: MISSED"),
        Budget::AtLeast(least) => format!("at least {least}"),
        Budget::None => String::new(),
    };
    let value = if value < 100.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    };
    say(&format!("| {what} | {name} | {value} {unit} | {budget} |"))
}

fn starts() -> Result<()> {
    let mut ready: Vec<Duration> = Vec::new();
    for _ in 0..9 {
        ready.push(Running::start()?.ready);
    }
    ready.sort();
    let ready = ready[ready.len() / 2].as_secs_f64() * 1e3;
    figure("a start", "to ready, median of 9", ready, "ms", Budget::AtMost(50.0))?;
    let resident = Running::start()?.resident().unwrap_or_default();
    figure("a start", "resident then", resident, "MiB", Budget::None)
}

/// Creates at 0, 10,000 and 100,000 objects, then reads and pages.
fn growth(kind: &Kind, quick: bool) -> Result<()> {
    let running = Running::start()?;
    let place = (kind.prepare)(&mut Connection::to(&running)?, &running)?;
    let create = |connection: &mut Connection, n: usize| (kind.create)(connection, &place, n);
    let mut made = 0;
    let sizes = [0, 10_000, 100_000];
    for objects in sizes.into_iter().filter(|objects| !quick || *objects <= 10_000) {
        let size = objects / kind.objects;
        let gap = size.saturating_sub(made);
        rate(&running, made, gap, &create)?;
        made += gap;
        if made > 0 && made * kind.objects <= 10_000 {
            let resident = running.resident().unwrap_or_default();
            figure(
                kind.name,
                &format!("resident with {made}"),
                resident,
                "MiB",
                Budget::AtMost(64.0),
            )?;
        }
        let sample = SAMPLE / kind.objects;
        let rate = rate(&running, made, sample, &create)? * kind.creates as f64;
        figure(
            kind.name,
            &format!("creates among {made}"),
            rate,
            "a second",
            Budget::AtLeast(2000.0),
        )?;
        made += sample;
    }
    let read = |connection: &mut Connection, n: usize| (kind.read)(connection, &place, n * 7919 % made);
    let reads = rate(&running, 0, SAMPLE, &read)?;
    figure(
        kind.name,
        &format!("reads among {made}"),
        reads,
        "a second",
        Budget::AtLeast(5000.0),
    )?;
    // Every connection follows the pages from the first.
    let pages = |connection: &mut Connection, _: usize| follow(connection, kind, &place.list, 25);
    let pages = rate(&running, 0, 4 * CONNECTIONS, &pages)? * 25.0;
    figure(
        kind.name,
        &format!("pages of 50 among {made}"),
        pages,
        "a second",
        Budget::None,
    )?;
    if let Some(filter) = kind.filter {
        let filtered = |connection: &mut Connection, n: usize| {
            let name = filter(n * 7919 % made);
            let joined = format!("{}?{name}", place.list);
            connection.send("GET", kind.host, &joined, "").map(drop)
        };
        let filtered = rate(&running, 0, SAMPLE, &filtered)?;
        let name = format!("lists filtered by name among {made}");
        figure(kind.name, &name, filtered, "a second", Budget::AtLeast(5000.0))?;
    }
    let resident = running.resident().unwrap_or_default();
    figure(
        kind.name,
        &format!("resident with {made}"),
        resident,
        "MiB",
        Budget::None,
    )
}

/// Reads so many pages, each from the address that the one before has.
fn follow(connection: &mut Connection, kind: &Kind, list: &str, pages: usize) -> Result<()> {
    let mut next = format!("{list}?PageSize=50");
    for _ in 0..pages {
        let page = connection.json("GET", kind.host, &next, "")?;
        let relative = page["next_page_uri"].as_str();
        let absolute = || page["meta"]["next_page_url"].as_str()?.split_once(".com");
        next = match relative.or_else(|| Some(absolute()?.1)) {
            Some(address) => address.to_owned(),
            None => format!("{list}?PageSize=50"),
        };
    }
    Ok(())
}

/// Does something so often, with numbers from `first` on, over all connections at once; how often a second.
fn rate(
    running: &Running,
    first: usize,
    count: usize,
    work: &(impl Fn(&mut Connection, usize) -> Result<()> + Sync),
) -> Result<f64> {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(Connection::to(running)?);
    }
    let started = Instant::now();
    thread::scope(|scope| {
        let mut workers = Vec::new();
        for (index, mut connection) in connections.into_iter().enumerate() {
            workers.push(scope.spawn(move || -> Result<()> {
                let mut own = (first..first + count).skip(index).step_by(CONNECTIONS);
                own.try_for_each(|n| work(&mut connection, n))
            }));
        }
        for worker in workers {
            worker.join().map_err(|_| anyhow::anyhow!("a connection gave up"))??;
        }
        anyhow::Ok(())
    })?;
    Ok(count as f64 / started.elapsed().as_secs_f64())
}
