//! Messages, server trait and client of Terraform's plugin protocol 6, compiled from `proto/tfplugin6.proto`.

// Written by the compiler of the protocol definition; what there is to say stands in the definition.
#![allow(missing_docs, dead_code, clippy::all)]

tonic::include_proto!("tfplugin6");
