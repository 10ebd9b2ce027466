//! What a person gets who starts the provider by hand.

use crate::core_client::{Core, Exit};
use terraform_provider_twilio::plugin::handshake::COOKIE_NAME;

/// Checks that the program explained itself to a person and did nothing else.
fn assert_explains_itself(exit: &Exit) {
    assert_eq!(exit.status.code(), Some(1));
    assert_eq!(exit.stdout, "");
    assert!(exit.stderr.contains("Terraform provider"), "{}", exit.stderr);
    assert!(
        exit.stderr.contains("not meant to be started by hand"),
        "{}",
        exit.stderr
    );
    assert!(exit.left_nothing());
}

#[tokio::test]
async fn without_the_cookie_it_explains_itself() {
    assert_explains_itself(&Core::new().without(COOKIE_NAME).spawn().exit().await);
}

#[tokio::test]
async fn with_a_wrong_cookie_it_explains_itself() {
    assert_explains_itself(&Core::new().env(COOKIE_NAME, "d602").spawn().exit().await);
}

#[tokio::test]
async fn version_and_help_need_no_cookie() {
    for (flag, expect) in [
        ("--version", env!("CARGO_PKG_VERSION")),
        ("-version", env!("CARGO_PKG_VERSION")),
        ("--help", "--debug"),
    ] {
        let exit = Core::new().without(COOKIE_NAME).arg(flag).spawn().exit().await;
        assert_eq!(exit.status.code(), Some(0), "{flag}");
        assert!(exit.stdout.contains(expect), "{flag}: {}", exit.stdout);
        assert_eq!(exit.stderr, "", "{flag}");
    }
}

#[tokio::test]
async fn an_unknown_flag_is_refused_by_name() {
    let exit = Core::new().arg("--dbug").spawn().exit().await;
    assert_eq!(exit.status.code(), Some(2));
    assert_eq!(exit.stdout, "");
    assert!(exit.stderr.contains("--dbug"), "{}", exit.stderr);
}
