//! Where the provider listens, and who can get there.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::core_client::{Address, Core, Plugin, within};
use terraform_provider_twilio::framework::proto::get_provider_schema;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("the file").permissions().mode() & 0o777
}

#[tokio::test]
async fn only_the_own_user_can_reach_the_socket_and_it_is_gone_afterwards() {
    let plugin = Core::new().start().await;
    let address = plugin.handshake.address();
    let dir = address.path().parent().expect("a directory").to_owned();
    assert_eq!((mode(&dir), mode(address.path())), (0o700, 0o600));
    let exit = plugin.shutdown().await;
    assert!(dir.starts_with(exit.temp.path()), "{dir:?}");
    assert!(exit.left_nothing());
}

#[tokio::test]
async fn the_host_may_choose_the_directory_and_keeps_it() {
    let dir = tempfile::tempdir().expect("a directory");
    let plugin = Core::new().env("PLUGIN_UNIX_SOCKET_DIR", dir.path()).start().await;
    let address = plugin.handshake.address();
    assert_eq!(address.path().parent(), Some(dir.path()));
    assert_eq!(mode(address.path()), 0o600);
    let exit = plugin.shutdown().await;
    assert!(exit.left_nothing());
    assert_eq!(fs::read_dir(dir.path()).expect("the directory").count(), 0);
}

#[tokio::test]
async fn without_a_temp_directory_the_socket_is_elsewhere() {
    let temp = tempfile::tempdir().expect("a directory");
    let missing = temp.path().join("missing");
    let file = temp.path().join("file");
    fs::write(&file, "").expect("a file");
    for unusable in [missing, file, temp.path().join("a|b")] {
        let plugin = Core::new().env("TMPDIR", &unusable).start().await;
        let mut provider = plugin.provider().await;
        within(provider.get_provider_schema(get_provider_schema::Request {}))
            .await
            .expect("a schema");
        let address = plugin.handshake.address();
        if let Address::Unix(path) = &address {
            let dir = path.parent().expect("a directory").to_owned();
            assert_eq!((mode(&dir), mode(path)), (0o700, 0o600));
            assert!(plugin.shutdown().await.status.success());
            assert!(!dir.exists(), "{dir:?}");
        } else {
            assert!(plugin.shutdown().await.status.success());
        }
    }
}

#[tokio::test]
async fn the_directory_of_a_killed_process_is_removed_by_the_next() {
    let temp = tempfile::tempdir().expect("a directory");
    let start = || Core::new().env("TMPDIR", temp.path()).start();
    let mut dead = start().await;
    let dir_of = |plugin: &Plugin| {
        plugin
            .handshake
            .address()
            .path()
            .parent()
            .expect("a directory")
            .to_owned()
    };
    let left = dir_of(&dead);
    dead.process().signal("KILL").await;
    dead.exit().await;
    assert!(left.exists());
    // Whichever of them looks first removes it, and neither the other's.
    let (living, next) = (start().await, start().await);
    let kept = [dir_of(&living), dir_of(&next)];
    within(async {
        while left.exists() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(kept.iter().all(|dir| dir.exists()));
    assert!(living.shutdown().await.status.success());
    assert!(next.shutdown().await.status.success());
    assert_eq!(fs::read_dir(temp.path()).expect("the directory").count(), 0);
}

#[tokio::test]
async fn a_directory_that_does_not_exist_ends_the_start() {
    let exit = Core::new()
        .env("PLUGIN_UNIX_SOCKET_DIR", "/nonexistent/dir")
        .spawn()
        .exit()
        .await;
    assert_eq!((exit.status.code(), exit.stdout.as_str()), (Some(1), ""));
    assert!(exit.stderr.contains("/nonexistent/dir"), "{}", exit.stderr);
}

#[tokio::test]
async fn tcp_stays_on_loopback_and_in_the_range_of_the_host() {
    let plugin = Core::new()
        .arg("--tcp")
        .env("PLUGIN_MIN_PORT", "20000")
        .env("PLUGIN_MAX_PORT", "24999")
        .start()
        .await;
    let Address::Tcp(address) = plugin.handshake.address() else {
        panic!("{} is not TCP", plugin.handshake.line);
    };
    assert!(address.ip().is_loopback());
    assert!((20000..=24999).contains(&address.port()), "{address}");
    let mut provider = plugin.provider().await;
    within(provider.get_provider_schema(get_provider_schema::Request {}))
        .await
        .expect("a schema");
    assert!(plugin.shutdown().await.status.success());
}

#[tokio::test]
async fn two_providers_in_one_range_take_different_ports() {
    let start = || Core::plaintext().arg("--tcp").start();
    let (one, two) = (start().await, start().await);
    assert_ne!(one.handshake.address(), two.handshake.address());
    one.shutdown().await;
    two.shutdown().await;
}

#[tokio::test]
async fn a_taken_port_alone_in_its_range_ends_the_start() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let core = Core::new()
        .arg("--tcp")
        .env("PLUGIN_MIN_PORT", &port)
        .env("PLUGIN_MAX_PORT", &port);
    let exit = core.spawn().exit().await;
    assert_eq!((exit.status.code(), exit.stdout.as_str()), (Some(1), ""));
    assert!(exit.stderr.contains(&port), "{}", exit.stderr);
}

#[tokio::test]
async fn ports_that_are_no_range_end_the_start() {
    for (min, max) in [("25000", "10000"), ("ten", "20"), ("1", "70000")] {
        let core = Core::new()
            .arg("--tcp")
            .env("PLUGIN_MIN_PORT", min)
            .env("PLUGIN_MAX_PORT", max);
        let exit = core.spawn().exit().await;
        assert_eq!(
            (exit.status.code(), exit.stdout.as_str()),
            (Some(1), ""),
            "{min}..{max}"
        );
        assert!(exit.stderr.contains("not a range of ports"), "{}", exit.stderr);
    }
}
