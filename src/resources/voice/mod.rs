//! Voice.

mod older;
pub mod twiml_app;
