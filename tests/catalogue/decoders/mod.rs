//! No bytes make a decoder panic: every seed of `fuzz/seeds/`, and neighbours of them, against what must hold of any input.
//!
//! What instrumentation finds beyond that is for `cargo xtask fuzz`, which begins with the same seeds and asks the same.

mod answer;
mod json_state;
mod msgpack;
mod neighbours;
mod types;

use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;

use neighbours::Neighbours;

/// The number from which the neighbours follow; each run takes another and prints it.
const SEED: &str = "NEIGHBOURS_SEED";

/// How many neighbours are tried of all seeds of a decoder together.
const NEIGHBOURS: usize = 2_000;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// Tries the seeds in `fuzz/seeds/NAME` and their neighbours.
///
/// # Panics
/// Where something does not hold, with the input as Rust writes bytes: a unit test of the decoder can begin with it.
fn try_all(name: &str, holds: fn(&[u8])) {
    let mut seeds: Vec<_> = fs::read_dir(folder().join("seeds").join(name))
        .expect("the decoder has seeds")
        .map(|entry| fs::read(entry.expect("an entry").path()).expect("a seed can be read"))
        .collect();
    seeds.sort();
    assert!(seeds.len() > 5, "{name} has {} seeds", seeds.len());
    let words = fs::read_to_string(folder().join("words.dict")).expect("the words can be read");
    let number = match std::env::var(SEED) {
        Ok(text) => text.parse().expect("the seed is a number"),
        Err(_) => fastrand::u64(..1_000_000),
    };
    let neighbours = Neighbours::of(seeds.clone(), &words, number);
    for input in seeds.into_iter().chain(neighbours.take(NEIGHBOURS)) {
        tried(name, number, &input, holds);
    }
}

fn tried(name: &str, number: u64, input: &[u8], holds: fn(&[u8])) {
    let tried = catch_unwind(|| holds(input));
    assert!(tried.is_ok(), "{name} ({SEED}={number}): b\"{}\"", input.escape_ascii());
}

#[test]
fn any_response_is_read_without_a_panic_a_secret_or_a_strangers_link() {
    try_all("answer", answer::holds);
}

#[test]
fn any_stored_state_becomes_a_state_that_stays_or_an_error() {
    try_all("json_state", json_state::holds);
}

#[test]
fn any_message_is_refused_or_written_as_it_was_read() {
    try_all("msgpack", msgpack::holds);
}

#[test]
#[should_panic(expected = "msgpack (NEIGHBOURS_SEED=7): b\"")]
fn what_does_not_hold_is_shown_with_what_plays_it_again() {
    tried("msgpack", 7, b"\x00", |_| panic!("it does not hold"));
}
