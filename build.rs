//! Compiles the two protocol definitions in `proto/`, without needing `protoc`.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    let definitions = protox::compile(["plugin.proto", "tfplugin6.proto"], ["proto"])?;
    tonic_prost_build::configure()
        // The tests play Terraform, so they need the other side too.
        .build_client(true)
        .build_server(true)
        // An rpc that nobody implements answers UNIMPLEMENTED, as gRPC demands.
        .generate_default_stubs(true)
        // Sorted maps: the same schema is the same bytes in every process.
        .btree_map(".")
        .compile_fds(definitions)?;
    Ok(())
}
