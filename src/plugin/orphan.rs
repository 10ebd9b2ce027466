//! Notices that Terraform is gone without having said so, for example killed, so that no process stays behind that holds
//! credentials and waits for nobody.

/// Looks for the parent's end until it comes. Never ends on Windows, where a process does not learn of it.
#[cfg(unix)]
pub(super) async fn orphaned() {
    use std::os::unix::process::parent_id;
    use std::time::Duration;

    /// Rare enough to cost nothing, and soon enough for a process that does nothing any more.
    const PERIOD: Duration = Duration::from_secs(1);

    let parent = parent_id();
    let mut ticks = tokio::time::interval(PERIOD);
    while parent_id() == parent {
        ticks.tick().await;
    }
}

#[cfg(not(unix))]
pub(super) async fn orphaned() {
    std::future::pending().await
}
