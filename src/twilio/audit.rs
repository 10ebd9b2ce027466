//! The audit log: one line of JSON for each try of a write, in a file that several processes may share.
//!
//! A record is appended in one go, under a lock of the file, when the try ends, however it ends. It fails closed: while a
//! record cannot be written no further write is sent, and what could not be written is kept and written first as soon as
//! the file takes it. Reads are not recorded.
//!
//! The file is opened anew for each record, so one that is moved away or removed by whoever looks after logs is begun again.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::error::Attempt;
use super::outcome::Failed;
use super::redact::Redactor;
use super::request::{Effect, Request};
use super::response::Response;

/// Who changes something, and why. Stands in every record as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The person or machine.
    pub actor: Option<String>,
    /// The ticket that asks for the change.
    pub ticket: Option<String>,
    /// The reason in words.
    pub reason: Option<String>,
}

/// An audit log. Cheap to clone; clones share what is still to be written.
#[derive(Debug, Clone)]
pub struct Audit(Arc<Log>);

#[derive(Debug)]
struct Log {
    path: PathBuf,
    change: Change,
    /// Lines that the file has not taken, oldest first.
    unwritten: Mutex<Vec<String>>,
    /// Whether there are any. Apart from the lines, so that looking never waits for a write.
    is_behind: AtomicBool,
}

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

impl Audit {
    /// Opens the file at `path`, which is made if it is not there, readable for its owner alone. A relative path starts at
    /// the working directory of now.
    ///
    /// # Errors
    /// When the file cannot be opened for appending, or not be locked.
    pub fn open(path: &Path, change: Change) -> Result<Self, AuditError> {
        let path = std::path::absolute(path).map_err(|source| unwritable(path, source))?;
        let file = open(&path)?;
        match file.try_lock() {
            // The lock ends with the file. Somebody else's lock shows that there are locks.
            Ok(()) | Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(source)) => return Err(unwritable(&path, source)),
        }
        Ok(Self(Arc::new(Log {
            path,
            change,
            unwritten: Mutex::default(),
            is_behind: AtomicBool::new(false),
        })))
    }

    /// The absolute path of the file.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Whether records could not be written so far, although what they tell of has happened.
    pub fn is_behind(&self) -> bool {
        self.0.is_behind.load(Ordering::Acquire)
    }

    /// The records that could not be written so far, oldest first. They hold no secrets.
    pub fn unwritten(&self) -> Vec<String> {
        let unwritten = self.0.unwritten.lock();
        unwritten.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a request may be sent: always for a read, for a write only when every record so far is written.
    pub(super) async fn admits(&self, request: &Request) -> Result<(), AuditError> {
        if request.effect == Effect::Read || !self.is_behind() {
            return Ok(());
        }
        let log = Arc::clone(&self.0);
        in_the_background(move || log.catch_up()).await
    }

    /// Begins the record of one try; `None` for a read, which has none. It holds no secret that the redactor knows of.
    pub(super) fn begin(
        &self,
        attempt: &Attempt,
        request: &Request,
        redactor: &Redactor,
        now: Timestamp,
    ) -> Option<Entry> {
        if request.effect == Effect::Read {
            return None;
        }
        let Change { actor, ticket, reason } = self.0.change.clone();
        let clean = |text: String| redactor.text(&text);
        let record = Record {
            time: format!("{now:.3}"),
            actor: actor.map(clean),
            change_ticket_id: ticket.map(clean),
            change_reason: reason.map(clean),
            account: attempt.account.to_string(),
            signed_in_as: attempt.signed_in_as.to_string(),
            resource_type: attempt.caller,
            method: attempt.method.as_str(),
            host: attempt.host.clone(),
            path: redactor.text(&attempt.path),
            parameters: redactor.parameters(request),
            attempt: attempt.tries,
            status: None,
            twilio_code: None,
            request_id: None,
            sid: None,
            error: None,
            duration_ms: None,
        };
        Some(Entry {
            log: Arc::clone(&self.0),
            record: Some(record),
        })
    }
}

/// One line. The order is that of the members.
#[derive(Debug, Serialize)]
struct Record {
    /// When it was sent.
    time: String,
    actor: Option<String>,
    change_ticket_id: Option<String>,
    change_reason: Option<String>,
    account: String,
    signed_in_as: String,
    resource_type: Option<&'static str>,
    method: &'static str,
    host: String,
    path: String,
    parameters: Value,
    attempt: u32,
    status: Option<u16>,
    twilio_code: Option<u32>,
    request_id: Option<String>,
    /// SID in the answer: of what was made, mostly.
    sid: Option<String>,
    error: Option<String>,
    duration_ms: Option<u64>,
}

/// The record of a try that has not ended. Written when it ends, also if nobody waits for the end any more.
pub(super) struct Entry {
    log: Arc<Log>,
    /// `None` once it is written.
    record: Option<Record>,
}

impl Entry {
    /// Writes how the try ended. A record that cannot be written is no error of the try: it is kept, and shows in
    /// [`Audit::is_behind`].
    pub(super) async fn end(mut self, outcome: &Result<Response, Box<Failed>>, took: Duration) {
        let Some(mut record) = self.record.take() else { return };
        record.duration_ms = Some(u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        match outcome {
            Ok(response) => {
                record.status = Some(response.status);
                record.request_id.clone_from(&response.request_id);
                record.sid = response.member("sid").and_then(Value::as_str).map(str::to_owned);
            }
            Err(failed) => {
                record.status = failed.status;
                record.request_id.clone_from(&failed.request_id);
                record.twilio_code = failed.twilio_code();
                record.error = Some(failed.message().unwrap_or(failed.kind.as_str()).to_owned());
            }
        }
        let log = Arc::clone(&self.log);
        let written = in_the_background(move || {
            log.write(&record);
            Ok(())
        });
        if let Err(error) = written.await {
            tracing::error!(%error, "writing the audit log ended in a panic");
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if let Some(mut record) = self.record.take() {
            record.error = Some("given up before an answer came; whether it was carried out is not known".to_owned());
            self.log.write(&record);
        }
    }
}

/// Waiting for the lock of a file may take as long as somebody else holds it, which must not keep other requests waiting.
async fn in_the_background(work: impl FnOnce() -> Result<(), AuditError> + Send + 'static) -> Result<(), AuditError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|panic| {
        let source = io::Error::other(panic.to_string());
        Err(unwritable(Path::new("the audit log"), source))
    })
}

impl Log {
    /// Writes a record behind those that are still to be written; keeps it if the file does not take it.
    fn write(&self, record: &Record) {
        let line = serde_json::to_string(record).expect("texts, numbers and maps from text can be written as JSON");
        let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
        unwritten.push(line);
        if let Err(error) = self.append(&mut unwritten) {
            let record = unwritten.last().map(String::as_str).unwrap_or_default();
            let reason = error.reason();
            tracing::error!(
                reason,
                record,
                "a write was done, and the audit log does not take its record"
            );
        }
    }

    /// Writes what is still to be written.
    fn catch_up(&self) -> Result<(), AuditError> {
        let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
        if unwritten.is_empty() {
            return Ok(());
        }
        self.append(&mut unwritten)?;
        tracing::warn!(path = %self.path.display(), "the audit log takes records again, and has those that were missing");
        Ok(())
    }

    /// Appends these lines, all or none, and forgets them.
    fn append(&self, lines: &mut Vec<String>) -> Result<(), AuditError> {
        let mut text = lines.join("\n");
        text.push('\n');
        let appended = append(&self.path, text);
        self.is_behind.store(appended.is_err(), Ordering::Release);
        appended.map(|()| lines.clear())
    }
}

fn unwritable(path: &Path, source: io::Error) -> AuditError {
    AuditError::Unwritable {
        path: path.to_owned(),
        source,
    }
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

/// Appends a text of whole lines. What a failure leaves behind is taken away again; what the end of another process left
/// behind in the middle of a line is closed, so that it spoils no line but its own.
fn append(path: &Path, mut text: String) -> Result<(), AuditError> {
    let mut file = open(path)?;
    let refused = |source| unwritable(path, source);
    file.lock().map_err(refused)?;
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
