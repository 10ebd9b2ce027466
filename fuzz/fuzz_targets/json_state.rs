//! Random bytes for `tests/catalogue/decoders/json_state.rs`, which says what must hold of them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use terraform_provider_twilio_fuzz::json_state;

fuzz_target!(|input: &[u8]| json_state::holds(input));
