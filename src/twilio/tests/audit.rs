//! The audit log: what is recorded, that nothing is missing, and that no secret is in it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Semaphore;

use super::server::{ReceivedRequest, Reply, Server, TOKEN, child, client, ok, parent, status};
use crate::twilio::audit::Patience;
use crate::twilio::error::Attempt;
use crate::twilio::redact::Redactor;
use crate::twilio::{Audit, AuditError, Change, Client, ErrorKind, Product, Request, Response, Stop, SystemClock};

/// Names the file to a process that a test starts.
const FILE: &str = "AUDIT_TEST_FILE";

/// Lines that each of several processes writes.
const LINES: usize = 1000;

struct Sandbox {
    server: Server,
    folder: TempDir,
    client: Client,
}

impl Sandbox {
    async fn new(reply: impl Fn(&ReceivedRequest, usize) -> Reply + Send + Sync + 'static) -> Self {
        let server = Server::start(reply).await;
        let folder = tempfile::tempdir().expect("a folder");
        let change = Change {
            actor: Some("ann".to_owned()),
            ticket: Some("OPS-7".to_owned()),
            reason: Some("say \"hello\"\nand more".to_owned()),
        };
        let mut config = server.config();
        config.audit = Some(Audit::open(&folder.path().join("audit.jsonl"), change).expect("it opens"));
        let (client, _clock) = client(config);
        Self {
            server,
            folder,
            client: client.on_behalf_of("twilio_thing"),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("audit.jsonl")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.path()).expect("it is there")
    }

    fn lines(&self) -> Vec<Value> {
        lines(&self.text())
    }
}

#[track_caller]
fn lines(text: &str) -> Vec<Value> {
    assert!(text.is_empty() || text.ends_with('\n'), "the last line is whole");
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

fn create() -> Request {
    Request::post(Product::Messaging, &parent(), "/v1/Services")
        .creates()
        .form([("FriendlyName", "Alerts"), ("Types", "a"), ("Types", "b")])
}

fn update() -> Request {
    Request::post(Product::Messaging, &parent(), "/v1/Services/MG1").form([("FriendlyName", "x")])
}

fn delete() -> Request {
    Request::delete(Product::Messaging, &parent(), "/v1/Services/MG1")
}

#[tokio::test]
async fn a_line_says_who_did_what_where_why_and_what_came_of_it() {
    let answered =
        |_: &ReceivedRequest, _| Reply::Answer(201, "Twilio-Request-Id: RQ1\r\n", json!({"sid": "MG1"}).to_string());
    let sandbox = Sandbox::new(answered).await;
    sandbox.client.send(create()).await.expect("made");
    assert_eq!(
        sandbox.text(),
        "{\"time\":\"2026-05-01T10:00:00.000Z\",\"actor\":\"ann\",\"change_ticket_id\":\"OPS-7\",\
         \"change_reason\":\"say \\\"hello\\\"\\nand more\",\"account\":\"AC00000000000000000000000000000001\",\
         \"signed_in_as\":\"AC00000000000000000000000000000001\",\"resource_type\":\"twilio_thing\",\"method\":\"POST\",\
         \"host\":\"messaging.twilio.com\",\"path\":\"/v1/Services\",\
         \"parameters\":{\"FriendlyName\":\"Alerts\",\"Types\":[\"a\",\"b\"]},\"attempt\":1,\"status\":201,\
         \"twilio_code\":null,\"request_id\":\"RQ1\",\"sid\":\"MG1\",\"error\":null,\"duration_ms\":0}\n"
    );
}

#[tokio::test]
async fn each_write_has_a_line_and_no_read_has_one() {
    let sandbox = Sandbox::new(|seen, _| match seen.method.as_str() {
        "DELETE" => status(204, ""),
        _ => ok(json!({"sid": "MG1", "valid": true})),
    })
    .await;
    let read = Request::get(Product::Messaging, &parent(), "/v1/Services/MG1");
    let check = Request::post(Product::Messaging, &parent(), "/v1/Services/Check").reads();
    for request in [create(), read, update(), check, delete()] {
        sandbox.client.send(request).await.expect("success");
    }
    let recorded: Vec<_> = sandbox
        .lines()
        .iter()
        .map(|line| format!("{} {} {}", line["method"], line["path"], line["status"]))
        .collect();
    assert_eq!(
        recorded,
        [
            r#""POST" "/v1/Services" 200"#,
            r#""POST" "/v1/Services/MG1" 200"#,
            r#""DELETE" "/v1/Services/MG1" 204"#
        ]
    );
}

#[tokio::test]
async fn each_try_has_a_line_whatever_its_end() {
    let sandbox = Sandbox::new(|_, before| match before {
        0 => status(429, json!({"code": 20429, "message": "Too many"})),
        1 => ok(json!({"sid": "MG1"})),
        2 => status(400, json!({"code": 21402, "message": "Invalid URL"})),
        _ => Reply::Close,
    })
    .await;
    sandbox.client.send(create()).await.expect("made");
    sandbox.client.send(update()).await.expect_err("refused");
    let lost = sandbox.client.send(create()).await.expect_err("lost");
    assert_eq!(lost.kind, ErrorKind::Ambiguous);
    let lines = sandbox.lines();
    let recorded: Vec<_> = lines
        .iter()
        .map(|line| (&line["attempt"], &line["status"], &line["twilio_code"]))
        .collect();
    let null = &Value::Null;
    assert_eq!(
        recorded,
        [
            (&json!(1), &json!(429), &json!(20429)),
            (&json!(2), &json!(200), null),
            (&json!(1), &json!(400), &json!(21402)),
            (&json!(1), null, null)
        ]
    );
    let errors: Vec<_> = lines.iter().map(|line| line["error"].as_str()).collect();
    assert_eq!(errors[..3], [Some("Too many"), None, Some("Invalid URL")]);
    assert!(errors[3].is_some_and(|text| text.contains("broke")), "{errors:?}");
}

#[tokio::test]
async fn a_try_that_nobody_waits_for_any_more_has_its_line() {
    let never = Arc::new(Semaphore::new(0));
    let sandbox = Sandbox::new(move |_, _| Reply::Held(Arc::clone(&never))).await;
    let sending = sandbox.client.send(create());
    tokio::select! {
        _ = sending => unreachable!("it is never answered"),
        () = async { while sandbox.server.count() == 0 { tokio::task::yield_now().await } } => {}
    }
    let lines = sandbox.lines();
    assert_eq!((lines.len(), &lines[0]["status"]), (1, &Value::Null));
    let error = lines[0]["error"].as_str().unwrap_or_default();
    assert!(error.contains("not known"), "{error}");
}

#[tokio::test]
async fn no_secret_is_in_any_line() {
    const CHILD_TOKEN: &str = "child-token-fedcba9876543210";
    let sandbox = Sandbox::new(|seen, _| {
        if seen.target.ends_with("2.json") {
            return ok(json!({"sid": child().as_str(), "auth_token": CHILD_TOKEN}));
        }
        let echo = format!("no: {} {TOKEN} {CHILD_TOKEN}", seen.body);
        status(400, json!({"code": 1, "message": echo}))
    })
    .await;
    let sink = json!({"write_key": "hidden-1", "arn": "shown-1", "auth": {"password": "hidden-2"}});
    let form = Request::post(Product::Events, &child(), "/v1/Sinks").creates().form([
        ("SinkConfiguration", sink.to_string()),
        ("Url", "https://user:hidden-3@example.com/".to_owned()),
        ("Note", format!("shown-2 {TOKEN} {CHILD_TOKEN} hidden-4")),
        ("ApiSecret", "hidden-4".to_owned()),
    ]);
    let body = Request::post(Product::Iam, &parent(), "/v1/Apps")
        .query("Token", "hidden-5")
        .json(json!({"client_secret": "hidden-6", "nested": [{"private_key": "hidden-7", "name": TOKEN}], "n": 1}));
    for request in [form.sensitive(["write_key"]), body] {
        sandbox.client.send(request).await.expect_err("refused");
    }
    let text = sandbox.text();
    for secret in [TOKEN, CHILD_TOKEN, "hidden-", "Basic "] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let lines = sandbox.lines();
    assert_eq!(lines.len(), 2, "{text}");
    assert_eq!(lines[0]["parameters"]["ApiSecret"], "(redacted)");
    assert_eq!(
        lines[0]["parameters"]["SinkConfiguration"],
        r#"{"write_key":"(redacted)","arn":"shown-1","auth":{"password":"(redacted)"}}"#
    );
    assert_eq!(lines[1]["parameters"]["n"], 1);
    assert!(text.contains("shown-2"), "{text}");
}

#[tokio::test]
async fn nothing_is_sent_while_a_record_is_missing_and_none_is_missing_in_the_end() {
    let sandbox = Sandbox::new(|seen, _| match seen.method.as_str() {
        "DELETE" => status(204, ""),
        _ => ok(json!({"sid": "MG1"})),
    })
    .await;
    let read = || Request::get(Product::Messaging, &parent(), "/v1/Services/MG1");
    let kept = sandbox.folder.path().join("kept");
    sandbox.client.send(create()).await.expect("made");
    // A folder in the file's place is in the way of everybody, also of an administrator.
    std::fs::rename(sandbox.path(), &kept).expect("it can be moved");
    std::fs::create_dir(sandbox.path()).expect("a folder");

    let answer = sandbox.client.send(update()).await.expect("what was done is answered");
    assert_eq!(answer.status, 200);
    let audit = sandbox.client.audit().expect("there is one");
    assert!(audit.is_behind() && audit.unwritten().len() == 1);
    let sent = sandbox.server.count();
    let refused = sandbox.client.send(delete()).await.expect_err("it is not sent");
    assert_eq!(refused.kind, ErrorKind::NotAudited);
    assert!(refused.surely_not_executed(), "{refused:?}");
    assert!(refused.to_string().contains("is a folder"), "{refused}");
    sandbox.client.send(read()).await.expect("reads go on");
    assert_eq!(sandbox.server.count(), sent + 1);

    std::fs::remove_dir(sandbox.path()).expect("it is empty");
    std::fs::rename(&kept, sandbox.path()).expect("it can be moved back");
    sandbox.client.send(delete()).await.expect("sent");
    assert!(!audit.is_behind() && audit.unwritten().is_empty());
    let lines = sandbox.lines();
    let methods: Vec<_> = lines.iter().map(|line| line["method"].as_str()).collect();
    assert_eq!(methods, [Some("POST"), Some("POST"), Some("DELETE")]);
}

/// Somebody else's lock on a file, until it is dropped.
fn lock(path: &Path) -> std::fs::File {
    let file = std::fs::File::open(path).expect("it is there");
    file.lock().expect("it can be locked");
    file
}

#[tokio::test]
async fn a_lock_that_somebody_keeps_is_an_error_before_anything_is_sent() {
    let sandbox = Sandbox::new(|_, _| ok(json!({"sid": "MG1"}))).await;
    let held = lock(&sandbox.path());
    for request in [create(), update(), delete()] {
        let error = sandbox.client.send(request).await.expect_err("it is not sent");
        assert_eq!((error.kind, error.attempt.tries), (ErrorKind::NotAudited, 0));
        assert!(error.surely_not_executed());
        assert!(error.to_string().contains("another program holds a lock on"), "{error}");
    }
    let read = Request::get(Product::Messaging, &parent(), "/v1/Services/MG1");
    sandbox.client.send(read).await.expect("reads go on");
    assert_eq!((sandbox.server.count(), sandbox.text().as_str()), (1, ""));
    drop(held);
    sandbox.client.send(update()).await.expect("sent");
    assert_eq!(sandbox.lines().len(), 1);
}

#[tokio::test]
async fn a_lock_that_comes_during_a_request_loses_neither_its_answer_nor_its_record() {
    let held = Arc::new(std::sync::Mutex::new(None));
    let path = Arc::new(std::sync::OnceLock::<PathBuf>::new());
    let (holder, locked) = (Arc::clone(&held), Arc::clone(&path));
    let sandbox = Sandbox::new(move |_, before| {
        if before == 0 {
            *holder.lock().expect("not poisoned") = Some(lock(locked.get().expect("set")));
        }
        ok(json!({"sid": "MG1"}))
    })
    .await;
    path.set(sandbox.path()).expect("once");
    let answer = sandbox.client.send(create()).await.expect("what was done is answered");
    assert_eq!(answer.member("sid"), Some(&json!("MG1")));
    let audit = sandbox.client.audit().expect("there is one");
    assert!(audit.is_behind());
    assert_eq!(lines(&format!("{}\n", audit.unwritten().join("\n")))[0]["sid"], "MG1");
    let refused = sandbox.client.send(update()).await.expect_err("it is not sent");
    assert_eq!((refused.kind, sandbox.server.count()), (ErrorKind::NotAudited, 1));
    held.lock().expect("not poisoned").take();
    sandbox.client.send(update()).await.expect("sent");
    assert!(!audit.is_behind() && audit.unwritten().is_empty());
    let paths: Vec<_> = sandbox.lines().iter().map(|line| line["path"].clone()).collect();
    assert_eq!(paths, [json!("/v1/Services"), json!("/v1/Services/MG1")]);
}

#[tokio::test]
async fn a_lock_that_is_let_go_of_in_time_is_waited_for() {
    let server = Server::start(|_, _| ok("{}")).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.jsonl");
    let mut config = server.config();
    config.audit = Some(Audit::open(&path, Change::default()).expect("it opens"));
    // Real time, of which the moment that the lock is held takes as little as it takes to begin to wait.
    let client = Client::new(config).expect("valid");
    let held = lock(&path);
    let (sent, ()) = tokio::join!(client.send(update()), async {
        tokio::task::yield_now().await;
        drop(held);
    });
    sent.expect("sent");
    assert_eq!(lines(&std::fs::read_to_string(&path).expect("it is there")).len(), 1);
}

#[tokio::test]
async fn a_stop_ends_the_wait_for_the_lock() {
    let server = Server::start(|_, _| ok("{}")).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.jsonl");
    let mut config = server.config();
    config.audit = Some(Audit::open(&path, Change::default()).expect("it opens"));
    let (client, clock) = client(config);
    clock.endless.store(true, std::sync::atomic::Ordering::Relaxed);
    let _held = lock(&path);
    let (sent, ()) = tokio::join!(client.send(update()), async {
        while clock.slept().is_empty() {
            tokio::task::yield_now().await;
        }
        client.stop();
    });
    let error = sent.expect_err("stopped");
    assert_eq!(
        (error.kind, error.attempt.tries, server.count()),
        (ErrorKind::Stopped, 0, 0)
    );
}

#[tokio::test]
async fn a_repetition_is_not_sent_when_the_first_try_could_not_be_recorded() {
    let path = Arc::new(std::sync::OnceLock::<PathBuf>::new());
    let seen = Arc::clone(&path);
    let sandbox = Sandbox::new(move |_, _| {
        let path = seen.get().expect("set");
        if path.is_file() {
            std::fs::remove_file(path).expect("it can be removed");
            std::fs::create_dir(path).expect("a folder");
        }
        status(503, "{}")
    })
    .await;
    path.set(sandbox.path()).expect("once");
    let error = sandbox.client.send(update()).await.expect_err("it is not repeated");
    assert_eq!((error.kind, sandbox.server.count()), (ErrorKind::NotAudited, 1));
    assert!(!error.surely_not_executed(), "the first try may have been carried out");
}

#[tokio::test]
async fn a_file_that_is_taken_away_is_begun_again() {
    let sandbox = Sandbox::new(|_, _| ok("{}")).await;
    sandbox.client.send(create()).await.expect("made");
    let rotated = sandbox.folder.path().join("audit.jsonl.1");
    std::fs::rename(sandbox.path(), &rotated).expect("it can be moved");
    sandbox.client.send(update()).await.expect("changed");
    let first = std::fs::read_to_string(rotated).expect("it is there");
    assert_eq!((lines(&first).len(), sandbox.lines().len()), (1, 1));
}

#[tokio::test]
async fn half_a_line_that_another_process_left_spoils_no_other() {
    let sandbox = Sandbox::new(|_, _| ok("{}")).await;
    std::fs::write(sandbox.path(), "{\"time\":").expect("it can be written");
    sandbox.client.send(update()).await.expect("changed");
    let text = sandbox.text();
    let (half, rest) = text.split_once('\n').expect("two lines");
    assert_eq!((half, lines(rest).len()), ("{\"time\":", 1));
}

#[test]
fn what_cannot_be_written_is_reported_when_it_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = |path: &Path| Audit::open(path, Change::default());
    assert!(matches!(open(folder.path()), Err(AuditError::Folder { .. })));
    let missing = folder.path().join("none/audit.jsonl");
    let error = open(&missing).expect_err("there is no folder");
    assert!(matches!(error, AuditError::NoFolder { .. }), "{error:?}");
    assert!(error.reason().ends_with("none does not exist"), "{}", error.reason());
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("it can be written");
    let error = open(&file.join("audit.jsonl")).expect_err("a file is no folder");
    assert!(matches!(error, AuditError::Unwritable { .. }), "{error:?}");
    #[cfg(unix)]
    assert!(matches!(open(Path::new("/dev/null")), Err(AuditError::NotAFile { .. })));
}

#[cfg(unix)]
#[test]
fn a_new_file_is_for_its_owner_alone_and_an_old_one_keeps_what_is_in_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.jsonl");
    let audit = Audit::open(&path, Change::default()).expect("it opens");
    assert!(audit.path().is_absolute());
    let mode = std::fs::metadata(&path).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    std::fs::write(&path, "{}\n").expect("it can be written");
    Audit::open(&path, Change::default()).expect("it opens");
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "{}\n");
}

/// Writes as a process of its own when [`several_processes_share_a_file`] starts it; has nothing to do otherwise.
#[tokio::test]
async fn a_process_that_shares_a_file() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let audit = Audit::open(Path::new(&path), Change::default()).expect("it opens");
    let answer = Ok(Response {
        status: 200,
        body: Value::Null,
        request_id: None,
        date: None,
    });
    let stop = Stop::default();
    for number in 0..LINES {
        // Some are longer than anything that a system writes in one piece.
        let name = number.to_string() + &"x".repeat(if number % 50 == 0 { 100_000 } else { number % 7 });
        let request = update().form([("Process", std::process::id().to_string()), ("Name", name)]);
        let attempt = Attempt::new(&request, "messaging.twilio.com", &parent(), Timestamp::UNIX_EPOCH);
        let entry = audit.begin(&attempt, &request, &Redactor::default(), Timestamp::UNIX_EPOCH);
        let patience = Patience {
            clock: &SystemClock::new(),
            stop: &stop,
            began: stop.epoch(),
        };
        let entry = entry.expect("an update is recorded");
        entry
            .end(&answer, Duration::ZERO, &Redactor::default(), &patience)
            .await;
    }
    assert!(!audit.is_behind());
}

#[test]
fn several_processes_share_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.jsonl");
    let own_name = "twilio::tests::audit::a_process_that_shares_a_file";
    let start = || {
        Command::new(std::env::current_exe().expect("a test is a program"))
            .args(["--exact", own_name, "--quiet"])
            .env(FILE, &path)
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("it starts")
    };
    let mut processes = [start(), start(), start()];
    let ids = processes.each_ref().map(|process| process.id().to_string());
    for process in &mut processes {
        assert!(process.wait().expect("it ends").success());
    }
    let lines = lines(&std::fs::read_to_string(&path).expect("it is there"));
    assert_eq!(lines.len(), ids.len() * LINES);
    for id in ids {
        let of_one = lines.iter().filter(|line| line["parameters"]["Process"] == id.as_str());
        let numbers = of_one.map(|line| {
            let name = line["parameters"]["Name"].as_str().unwrap_or_default();
            name.trim_end_matches('x').parse::<usize>().unwrap_or(usize::MAX)
        });
        assert!(numbers.eq(0..LINES), "each process's lines are there, in its order");
    }
}
