//! What must hold of any bytes, as the tests of the workspace have it: there for the neighbours of the seeds, here for what
//! instrumentation finds.

#[path = "../../tests/catalogue/decoders/answer.rs"]
pub mod answer;
#[path = "../../tests/catalogue/decoders/json_state.rs"]
pub mod json_state;
#[path = "../../tests/catalogue/decoders/msgpack.rs"]
pub mod msgpack;
#[path = "../../tests/catalogue/decoders/types.rs"]
mod types;
