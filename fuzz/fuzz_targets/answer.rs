//! Random bytes for `tests/catalogue/decoders/answer.rs`, which says what must hold of them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use terraform_provider_twilio_fuzz::answer;

fuzz_target!(|input: &[u8]| answer::holds(input));
