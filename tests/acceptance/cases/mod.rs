//! One module per resource: its configurations, the drift to make, and what is special about it.

mod twiml_app;
