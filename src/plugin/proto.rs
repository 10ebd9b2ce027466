//! Messages, server traits and clients of go-plugin's own services, compiled from `proto/plugin.proto`.

// Written by the compiler of the protocol definition; what there is to say stands in the definition.
#![allow(missing_docs, dead_code, clippy::all)]

tonic::include_proto!("plugin");
