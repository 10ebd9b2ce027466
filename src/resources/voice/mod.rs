//! Voice.

pub mod twiml_app;
