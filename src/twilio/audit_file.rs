//! The file of an audit log: opened anew for each piece, so that one which is moved away or removed by whoever looks after
//! logs is begun again, and appended to in one go under a lock that other processes respect.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Why the file cannot be written. `Display` leaves the system's words to the source; see [`AuditError::reason`].
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The path names a folder.
    #[error("{} is a folder", path.display())]
    Folder {
        /// The absolute path.
        path: PathBuf,
    },
    /// The path names a device, a pipe or a socket, from which nobody can read the records later.
    #[error("{} is not a regular file", path.display())]
    NotAFile {
        /// The absolute path.
        path: PathBuf,
    },
    /// The folder that the file should be in does not exist.
    #[error("the folder {} does not exist", folder.display())]
    NoFolder {
        /// The absolute path of the folder.
        folder: PathBuf,
    },
    /// Somebody else has a lock on it and keeps it.
    #[error("another program holds a lock on {} and does not let go of it", path.display())]
    Locked {
        /// The absolute path.
        path: PathBuf,
    },
    /// The system refuses.
    #[error("{} cannot be written", path.display())]
    Unwritable {
        /// The absolute path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl AuditError {
    /// All of it on one line.
    pub fn reason(&self) -> String {
        match std::error::Error::source(self) {
            Some(source) => format!("{self}: {source}"),
            None => self.to_string(),
        }
    }
}

pub(super) fn unwritable(path: &Path, source: io::Error) -> AuditError {
    AuditError::Unwritable {
        path: path.to_owned(),
        source,
    }
}

/// Checks that the file can be opened and that it can be locked, whoever has it locked now.
pub(super) fn check(path: &Path) -> Result<(), AuditError> {
    // The lock ends with the file. Somebody else's lock shows that there are locks.
    try_lock(path).map(drop)
}

fn open(path: &Path) -> Result<File, AuditError> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(AuditError::Folder { path: path.to_owned() }),
        // Opening a pipe would wait for its reader.
        Ok(there) if !there.is_file() => return Err(AuditError::NotAFile { path: path.to_owned() }),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.append(true).read(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|source| match path.parent() {
        Some(folder) if source.kind() == io::ErrorKind::NotFound && !folder.exists() => AuditError::NoFolder {
            folder: folder.to_owned(),
        },
        _ => unwritable(path, source),
    })
}

/// The file, locked as long as this lives.
pub(super) struct Locked<'a> {
    file: File,
    path: &'a Path,
}

/// Waits for the lock, however long that takes.
pub(super) fn lock(path: &Path) -> Result<Locked<'_>, AuditError> {
    let file = open(path)?;
    file.lock().map_err(|source| unwritable(path, source))?;
    Ok(Locked { file, path })
}

/// Locks it; `None` if somebody else has.
pub(super) fn try_lock(path: &Path) -> Result<Option<Locked<'_>>, AuditError> {
    let file = open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Locked { file, path })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(unwritable(path, source)),
    }
}

impl Drop for Locked<'_> {
    /// Lets go of the lock itself: closing the file would not, as long as a process that was just being started has a copy of it.
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "the lock of the audit log goes only with its file");
        }
    }
}

impl Locked<'_> {
    /// Appends a text of whole lines. What a failure leaves behind is taken away again; what the end of another process left
    /// behind in the middle of a line is closed, so that it spoils no line but its own.
    pub(super) fn append(mut self, mut text: String) -> Result<(), AuditError> {
        let refused = |source| unwritable(self.path, source);
        let file = &mut self.file;
        let before = file.seek(SeekFrom::End(0)).map_err(refused)?;
        if before > 0 {
            let mut last = [0];
            file.seek(SeekFrom::End(-1)).map_err(refused)?;
            file.read_exact(&mut last).map_err(refused)?;
            if last != *b"\n" {
                text.insert(0, '\n');
            }
        }
        // On a network file system only this tells that the disk is full.
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
        written.map_err(|source| {
            if let Err(error) = file.set_len(before) {
                tracing::warn!(%error, "half a record may be left in the audit log");
            }
            refused(source)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_ends_with_what_it_was_taken_for_also_if_another_process_has_a_copy_of_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("audit.log");
        let locked = lock(&path).expect("it can be locked");
        // What a process that this one starts has until it runs its own program.
        let _copy = locked.file.try_clone().expect("a second handle of the same file");
        assert!(try_lock(&path).expect("it can be opened").is_none());
        drop(locked);
        assert!(try_lock(&path).expect("it can be opened").is_some());
    }
}
