//! Debug mode: a person starts the plugin, in a debugger perhaps, and tells Terraform by a variable to use that process.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::plugin::listener::Address;

/// The variable in which Terraform and OpenTofu look for running providers.
pub const VARIABLE: &str = "TF_REATTACH_PROVIDERS";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Reattach<'a> {
    protocol: &'static str,
    protocol_version: u32,
    pid: u32,
    /// Without it Terraform takes the protocol to be version 5, and ends the process when it is done.
    test: bool,
    addr: Addr<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Addr<'a> {
    network: &'a str,
    string: String,
}

/// The JSON that makes Terraform use process `pid` at `address` for the provider `provider_address`. Without a host that
/// address stands for the one in the program's own registry, whichever program reads it.
#[must_use]
pub fn value(provider_address: &str, protocol_version: u32, pid: u32, address: &Address) -> String {
    let providers = BTreeMap::from([(
        provider_address,
        Reattach {
            protocol: "grpc",
            protocol_version,
            pid,
            test: true,
            addr: Addr {
                network: address.network(),
                string: address.to_string(),
            },
        },
    )]);
    serde_json::to_string(&providers).expect("strings and numbers always become JSON")
}

/// The assignment for a POSIX shell, or for PowerShell on Windows.
#[must_use]
pub fn assignment(value: &str) -> String {
    if cfg!(windows) {
        format!("$env:{VARIABLE}='{}'", value.replace('\'', "''"))
    } else {
        format!("{VARIABLE}='{}'", value.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_names_process_protocol_and_address() {
        let address = Address::Tcp(([127, 0, 0, 1], 4567).into());
        assert_eq!(
            value("example.com/ns/name", 6, 123, &address),
            r#"{"example.com/ns/name":{"Protocol":"grpc","ProtocolVersion":6,"Pid":123,"Test":true,"Addr":{"Network":"tcp","String":"127.0.0.1:4567"}}}"#
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_quote_in_the_path_does_not_end_the_assignment() {
        assert_eq!(assignment("it's"), r"TF_REATTACH_PROVIDERS='it'\''s'");
    }
}
