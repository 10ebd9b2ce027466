//! The whole client against a server in the same process.
