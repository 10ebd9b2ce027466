//! What killed plugins left behind: the directory of a socket that nobody listens on any more.
//!
//! A plugin keeps a lock on its directory, and the system takes the lock away with the process, whatever ended it. So a
//! directory that can be locked has no owner. It is removed only if it is one of ours in every respect: its name, its user,
//! and what is in it.

use std::fs::{self, File};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::Path;

/// How the directories' names begin.
pub(super) const PREFIX: &str = "tfplugin-";

/// The one file in them.
pub(super) const SOCKET: &str = "socket";

/// Removes what was left beside `own`, the directory of this process. Whatever goes wrong is no reason to fail.
pub(super) fn remove_beside(own: &Path) {
    let (Some(temp), Ok(about)) = (own.parent(), fs::symlink_metadata(own)) else {
        return;
    };
    let Ok(entries) = fs::read_dir(temp) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with(PREFIX) && path != own && is_left(&path, about.uid()) {
            tracing::debug!(path = %path.display(), "removing the socket of a plugin that was killed");
            let _ = fs::remove_file(path.join(SOCKET));
            // Fails, as it should, if there is anything else in it.
            let _ = fs::remove_dir(&path);
        }
    }
}

fn is_left(dir: &Path, user: u32) -> bool {
    let is_ours = |about: fs::Metadata| about.is_dir() && about.uid() == user;
    let is_socket = |about: fs::Metadata| about.file_type().is_socket();
    // A plugin that is just starting has locked its directory before there is a socket in it.
    fs::symlink_metadata(dir).is_ok_and(is_ours)
        && fs::symlink_metadata(dir.join(SOCKET)).is_ok_and(is_socket)
        && File::open(dir).is_ok_and(|dir| dir.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;

    #[test]
    fn only_what_nobody_owns_any_more_is_removed() {
        let temp = tempfile::tempdir().expect("a directory");
        let make = |name: &str, has_socket: bool| {
            let dir = temp.path().join(name);
            fs::create_dir(&dir).expect("a directory");
            if has_socket {
                drop(UnixListener::bind(dir.join(SOCKET)).expect("a socket"));
            }
            dir
        };
        let own = make("tfplugin-own", true);
        let dead = make("tfplugin-dead", true);
        let living = make("tfplugin-living", true);
        let starting = make("tfplugin-starting", false);
        let foreign = make("something-else", true);
        let used = make("tfplugin-used", true);
        fs::write(used.join("file"), "x").expect("written");
        let lock = File::open(&living).expect("a directory can be opened");
        lock.try_lock().expect("nobody has locked it");
        remove_beside(&own);
        assert!(!dead.exists());
        for kept in [&own, &living, &starting, &foreign, &used] {
            assert!(kept.exists(), "{kept:?}");
        }
        assert!(living.join(SOCKET).exists() && foreign.join(SOCKET).exists());
    }
}
