//! Notices that Terraform is gone without having said so, for example killed, so that no process stays behind that holds
//! credentials and waits for nobody.

use std::time::Duration;

/// How often to look: rare enough to cost nothing, and soon enough for a process that does nothing any more.
const PERIOD: Duration = Duration::from_secs(1);

/// The process that started this one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parent {
    id: Option<u32>,
}

impl Parent {
    /// To be asked as early as possible: a parent that is gone already cannot be told from one that never ends.
    pub(super) fn current() -> Self {
        Self { id: parent_id() }
    }

    /// Waits for its end. Never ends where a process does not learn of it.
    pub(super) async fn gone(self) {
        let mut ticks = tokio::time::interval(PERIOD);
        while self.id.is_none() || parent_id() == self.id {
            ticks.tick().await;
        }
    }
}

#[cfg(unix)]
fn parent_id() -> Option<u32> {
    Some(std::os::unix::process::parent_id())
}

/// Windows keeps the number of a parent that is gone.
#[cfg(not(unix))]
fn parent_id() -> Option<u32> {
    None
}
