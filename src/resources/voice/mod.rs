//! Voice.

pub mod codes;
mod older;
pub mod twiml_app;
