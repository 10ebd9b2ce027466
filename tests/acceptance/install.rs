//! How people get the provider that they built: by `init` from a mirror, beside modules, and again after another build.

use std::fs;
use std::path::Path;

use xtask::mirror::Mirror;
use xtask::terraform::{REQUIRED_PROVIDERS, Workspace};

use crate::sandbox::{Sandbox, provider_binary};

/// A folder for a mirror, and a workspace that installs this provider from it and everything else from where it always does.
fn with_mirror(sandbox: &Sandbox, provider: &Path, folder: &Path) -> Workspace {
    let mirror = Mirror::write(provider, folder).expect("a mirror can be written");
    let mut workspace = Workspace::with_cli_config(&mirror.beside_registries()).expect("a workspace can be made");
    workspace.set_env("TWILIO_BASE_URL", &sandbox.handle.url);
    workspace.set_env("TWILIO_ACCOUNT_SID", &sandbox.handle.account_sid);
    workspace.set_env("TWILIO_AUTH_TOKEN", &sandbox.handle.auth_token);
    workspace
}

#[test]
fn init_installs_it_for_a_configuration_with_modules() {
    let sandbox = Sandbox::new();
    let folder = tempfile::tempdir().expect("a folder");
    let workspace = with_mirror(&sandbox, provider_binary(), &folder.path().join("mirror"));
    fs::create_dir(workspace.path().join("alerts")).expect("a folder");
    workspace
        .write("main.tf", "module \"alerts\" {\n  source = \"./alerts\"\n}\n")
        .expect("a file");
    let module = "resource \"twilio_messaging_service\" \"alerts\" {\n  friendly_name = \"Alerts\"\n}\n";
    workspace
        .write("alerts/main.tf", &format!("{REQUIRED_PROVIDERS}{module}"))
        .expect("a file");
    for command in [
        &["init", "-no-color"][..],
        &["apply", "-auto-approve", "-no-color"],
        &["plan", "-detailed-exitcode", "-no-color"],
    ] {
        workspace.succeed(command).unwrap_or_else(|error| panic!("{error}"));
    }
    let lock = fs::read_to_string(workspace.path().join(".terraform.lock.hcl")).expect("init writes a lock file");
    assert!(lock.contains("twilio-community/twilio"), "{lock}");
}

#[test]
fn another_build_is_installed_once_the_lock_file_is_gone() {
    let sandbox = Sandbox::new();
    let folder = tempfile::tempdir().expect("a folder");
    let mirror = folder.path().join("mirror");
    let workspace = with_mirror(&sandbox, provider_binary(), &mirror);
    workspace.write("main.tf", REQUIRED_PROVIDERS).expect("a file");
    workspace.succeed(&["init", "-no-color"]).expect("it is there");
    // The same program with other bytes.
    let other = folder.path().join("other");
    let mut bytes = fs::read(provider_binary()).expect("the provider was built");
    bytes.extend(b"another build");
    fs::write(&other, bytes).expect("a file");
    fs::set_permissions(&other, fs::metadata(provider_binary()).expect("a file").permissions()).expect("it can be run");
    Mirror::write(&other, &mirror).expect("a mirror can be written again");
    let refused = workspace.run(&["init", "-no-color"]).expect("terraform starts");
    assert_ne!(refused.code, 0, "the lock file has the checksum of the first build");
    workspace.remove(".terraform.lock.hcl").expect("it was written");
    workspace.succeed(&["init", "-no-color"]).expect("it is there");
}
