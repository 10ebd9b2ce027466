//! Random bytes for `tests/catalogue/decoders/msgpack.rs`, which says what must hold of them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use terraform_provider_twilio_fuzz::msgpack;

fuzz_target!(|input: &[u8]| msgpack::holds(input));
