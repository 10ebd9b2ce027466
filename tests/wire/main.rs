//! The provider's own process, driven over its real connection by a client that plays Terraform.

mod core_client;
mod transport;
