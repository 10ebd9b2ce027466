//! The audit log: one line of JSON for each try of a write, in a file that several processes may share.
//!
//! A record is appended in one go, under a lock of the file, when the try ends, however it ends. It fails closed: while a
//! record cannot be written, or somebody else keeps the file locked, no further write is sent, and what could not be written
//! is kept and written first as soon as the file takes it. Reads are not recorded.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::audit_file::{self, Locked, unwritable};
use super::clock::Clock;
use super::error::Attempt;
use super::outcome::Failed;
use super::redact::Redactor;
use super::request::{Effect, Request};
use super::response::Response;
use super::sid::AccountSid;
use super::stop::{Epoch, Stop};

pub use super::audit_file::AuditError;

/// How long somebody else may hold the lock. Appending takes milliseconds.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How long is waited for the lock whatever happens, since other runs may be appending at this moment.
const LEAST_WAIT: Duration = Duration::from_millis(500);

/// How often, and after which pause, somebody tries who cannot wait properly.
const HASTY: (usize, Duration) = (10, Duration::from_millis(10));

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
    /// Whether the lock was waited for in vain the last time, so that others do not wait as long again.
    is_locked: AtomicBool,
}

/// What a wait for the lock goes by.
pub(super) struct Patience<'a> {
    pub(super) clock: &'a dyn Clock,
    pub(super) stop: &'a Stop,
    pub(super) began: Epoch,
}

impl Audit {
    /// Opens the file at `path`, which is made if it is not there, readable for its owner alone. A relative path starts at
    /// the working directory of now.
    ///
    /// # Errors
    /// When the file cannot be opened for appending, or not be locked.
    pub fn open(path: &Path, change: Change) -> Result<Self, AuditError> {
        let path = std::path::absolute(path).map_err(|source| unwritable(path, source))?;
        audit_file::check(&path)?;
        Ok(Self(Arc::new(Log {
            path,
            change,
            unwritten: Mutex::default(),
            is_behind: AtomicBool::new(false),
            is_locked: AtomicBool::new(false),
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

    /// Whether a request may be sent: always for a read, for a write only when every record so far is written and nobody
    /// keeps the file locked.
    pub(super) async fn admits(&self, request: &Request, patience: &Patience<'_>) -> Result<(), AuditError> {
        if request.effect == Effect::Read {
            return Ok(());
        }
        let was_behind = self.is_behind();
        match self.0.flush(patience).await {
            Ok(()) if was_behind => {
                let path = self.0.path.display();
                tracing::warn!(%path, "the audit log takes records again, and has those that were missing");
                Ok(())
            }
            // What else is in the way shows when there is something to write.
            Err(error) if was_behind || matches!(error, AuditError::Locked { .. }) => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
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
        let clean = |text: String| redactor.recorded(redactor.text(&text));
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
            path: redactor.recorded(redactor.text(&attempt.path)),
            parameters: redactor.recorded_json(redactor.parameters(request)),
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
            is_added: false,
        })
    }

    /// Writes what was found out before a write, as a line of its own. One that the file does not take is kept and written first, as a
    /// record is, and holds up the writes that follow.
    pub(super) async fn note(
        &self,
        (account, resource_type): (&AccountSid, Option<&'static str>),
        (note, data): (&str, Value),
        redactor: &Redactor,
        now: Timestamp,
        patience: &Patience<'_>,
    ) {
        let Change { actor, ticket, reason } = self.0.change.clone();
        let clean = |text: String| redactor.text(&text);
        let written = line(&Note {
            time: format!("{now:.3}"),
            actor: actor.map(clean),
            change_ticket_id: ticket.map(clean),
            change_reason: reason.map(clean),
            account: account.to_string(),
            resource_type,
            note,
            data: cleaned(data, &clean),
        });
        self.0.add(written.clone());
        if let Err(error) = self.0.flush(patience).await {
            self.0.fall_behind(&written, &error);
        }
    }
}

/// The same with every text cleaned.
fn cleaned(value: Value, clean: &dyn Fn(String) -> String) -> Value {
    match value {
        Value::String(text) => clean(text).into(),
        Value::Array(items) => items.into_iter().map(|item| cleaned(item, clean)).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            Value::Object(members.map(|(name, member)| (name, cleaned(member, clean))).collect())
        }
        other => other,
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
    /// SID in the response: of what was made, mostly.
    sid: Option<String>,
    error: Option<String>,
    duration_ms: Option<u64>,
}

/// A line that is about no request: what was found before one.
#[derive(Debug, Serialize)]
struct Note<'a> {
    time: String,
    actor: Option<String>,
    change_ticket_id: Option<String>,
    change_reason: Option<String>,
    account: String,
    resource_type: Option<&'static str>,
    note: &'a str,
    data: Value,
}

/// The record of a try that has not ended. Written when it ends, also if nobody waits for the end any more.
pub(super) struct Entry {
    log: Arc<Log>,
    /// `None` once it is written, or given up with a word about it.
    record: Option<Record>,
    /// Whether it is among the lines to be written.
    is_added: bool,
}

impl Entry {
    /// Writes how the try ended. A record that cannot be written is no error of the try: it is kept, and shows in
    /// [`Audit::is_behind`].
    pub(super) async fn end(
        mut self,
        outcome: &Result<Response, Box<Failed>>,
        took: Duration,
        redactor: &Redactor,
        patience: &Patience<'_>,
    ) {
        let Some(record) = self.record.as_mut() else { return };
        record.duration_ms = Some(u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        match outcome {
            Ok(response) => {
                record.status = Some(response.status);
                record.request_id.clone_from(&response.request_id);
                let sid = response.member("sid").and_then(Value::as_str);
                record.sid = sid.map(|sid| redactor.text(sid));
            }
            Err(failed) => {
                record.status = failed.status;
                record.request_id.clone_from(&failed.request_id);
                record.twilio_code = failed.twilio_code();
                record.error = Some(redactor.recorded(failed.message().unwrap_or(failed.kind.as_str()).to_owned()));
            }
        }
        self.log.add(line(record));
        self.is_added = true;
        let flushed = self.log.flush(patience).await;
        if let (Err(error), Some(record)) = (flushed, self.record.take()) {
            self.log.fall_behind(&line(&record), &error);
        }
        self.record = None;
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if let Some(mut record) = self.record.take() {
            if !self.is_added {
                record.error =
                    Some("given up before a response came; whether it was carried out is not known".to_owned());
                self.log.add(line(&record));
            }
            if let Err(error) = self.log.flush_now() {
                self.log.fall_behind(&line(&record), &error);
            }
        }
    }
}

impl Log {
    fn lines(&self) -> MutexGuard<'_, Vec<String>> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a record behind those that are still to be written.
    fn add(&self, line: String) {
        self.lines().push(line);
    }

    /// Writes what is still to be written, all or nothing; with nothing to write, finds out whether it could. Waits for the
    /// lock as long as is reasonable.
    async fn flush(self: &Arc<Self>, patience: &Patience<'_>) -> Result<(), AuditError> {
        if self.in_the_background(Self::try_flush).await? {
            return Ok(());
        }
        // A thread of its own stands in line for the lock: who only asks now and then comes too late when several runs write
        // much. If it is not waited for any more, it writes what is missing when its turn comes. One such wait is enough.
        let (longest, in_line) = match self.is_locked.load(Ordering::Acquire) {
            true => (LEAST_WAIT, None),
            false => (LONGEST_WAIT, Some(self.in_the_background(Self::flush_in_turn))),
        };
        let patient = async {
            patience.clock.sleep(LEAST_WAIT).await;
            let rest = patience.clock.sleep(longest.saturating_sub(LEAST_WAIT));
            let _ = patience.stop.or(patience.began, rest).await;
        };
        let written = match in_line {
            Some(in_line) => tokio::select! {
                biased;
                written = in_line => written?,
                () = patient => false,
            },
            None => {
                patient.await;
                self.in_the_background(Self::try_flush).await?
            }
        };
        if written {
            return Ok(());
        }
        self.is_locked.store(true, Ordering::Release);
        Err(self.locked())
    }

    /// A file may be far away, which must not keep other requests waiting.
    async fn in_the_background(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<bool, AuditError> + Send + 'static,
    ) -> Result<bool, AuditError> {
        let log = Arc::clone(self);
        let worked = tokio::task::spawn_blocking(move || work(&log)).await;
        worked.unwrap_or_else(|panic| Err(unwritable(&self.path, io::Error::other(panic.to_string()))))
    }

    /// As [`Self::flush`], where nothing can be awaited.
    fn flush_now(&self) -> Result<(), AuditError> {
        let (tries, pause) = HASTY;
        for _ in 0..tries {
            if self.try_flush()? {
                return Ok(());
            }
            if self.is_locked.load(Ordering::Acquire) {
                break;
            }
            std::thread::sleep(pause);
        }
        Err(self.locked())
    }

    /// Whether it could be written now. The lines are kept for the time, so that this process is never in its own way.
    fn try_flush(&self) -> Result<bool, AuditError> {
        let mut lines = self.lines();
        match audit_file::try_lock(&self.path)? {
            Some(file) => self.put(file, &mut lines).map(|()| true),
            None => Ok(false),
        }
    }

    fn flush_in_turn(&self) -> Result<bool, AuditError> {
        let file = audit_file::lock(&self.path)?;
        self.put(file, &mut self.lines()).map(|()| true)
    }

    fn put(&self, file: Locked<'_>, lines: &mut Vec<String>) -> Result<(), AuditError> {
        if !lines.is_empty() {
            file.append(lines.iter().map(|line| format!("{line}\n")).collect())?;
            lines.clear();
        }
        self.is_locked.store(false, Ordering::Release);
        self.is_behind.store(false, Ordering::Release);
        Ok(())
    }

    fn fall_behind(&self, record: &str, error: &AuditError) {
        // Somebody else may have written all lines meanwhile.
        self.is_behind.store(!self.lines().is_empty(), Ordering::Release);
        tracing::error!(
            reason = error.reason(),
            record,
            "a write was done, and the audit log does not take its record"
        );
    }

    fn locked(&self) -> AuditError {
        AuditError::Locked {
            path: self.path.clone(),
        }
    }
}

fn line(record: &impl Serialize) -> String {
    serde_json::to_string(record).expect("texts, numbers and maps from text can be written as JSON")
}
