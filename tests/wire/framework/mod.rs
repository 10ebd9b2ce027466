//! The framework, under a provider that keeps its objects in memory: through the real Terraform, and over plain gRPC where
//! Terraform cannot be made to ask.

mod grpc;
mod host;
mod terraform;
mod toy;
