//! Panics: caught ones become an error of one call, all others a crash report that Terraform shows to the user.
//!
//! Terraform recognises a crash by a line on standard error that starts with `panic: `, and shows it with what follows.
//! A panic that [`catch`] turns into a value must not look like that, since nothing crashed, so it goes into the log as
//! one error line instead. The hook tells the two apart by a mark that `catch` keeps on the thread while it polls.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::{Cell, RefCell};
use std::future::{self, Future};
use std::io::{self, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::pin::pin;
use std::task::Poll;

use crate::plugin::terminal;

thread_local! {
    /// Whether this thread is inside of [`catch`].
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    /// Where the last caught panic of this thread happened, left by the hook for [`catch`].
    static LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A panic that was caught.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("panicked at {location}: {message}")]
pub(crate) struct Panicked {
    /// What the panic said.
    pub message: String,
    /// File, line and column, or `an unknown place` when [`install_hook`] was not called.
    pub location: String,
}

/// Replaces Rust's report of panics by one that Terraform understands. `about` is printed with each crash report: the
/// name and version of the program, and where to report the crash.
pub(crate) fn install_hook(about: &'static str) {
    panic::set_hook(Box::new(move |info| {
        let location = info
            .location()
            .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        let message = message(info.payload());
        if CATCHING.get() {
            tracing::error!(%location, panic = message, "a call panicked");
            LOCATION.set(Some(location));
        } else {
            let report = report(message, &location, about, &backtrace());
            let _ = io::stderr().lock().write_all(report.as_bytes());
        }
    }));
}

/// Runs `future`, and makes a panic in it a value. Panics in tasks that it spawns are not caught: they end in the
/// task's `JoinError`, after a crash report.
///
/// # Errors
/// [`Panicked`] when polling the future panicked. What the future shared with others may be half changed then; whoever
/// calls this sees to it that such state is behind a lock that tells (`std::sync::Mutex`) or is not shared.
pub(crate) async fn catch<F: Future>(future: F) -> Result<F::Output, Panicked> {
    let mut future = pin!(future);
    future::poll_fn(|cx| {
        let outer = CATCHING.replace(true);
        let polled = panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        CATCHING.set(outer);
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(payload) => Poll::Ready(Err(Panicked {
                message: message(&*payload).to_owned(),
                location: LOCATION.take().unwrap_or_else(|| "an unknown place".to_owned()),
            })),
        }
    })
    .await
}

fn message(payload: &(dyn Any + Send)) -> &str {
    if let Some(text) = payload.downcast_ref::<&'static str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text
    } else {
        "no message"
    }
}

/// The stack, if RUST_BACKTRACE asks for it.
fn backtrace() -> String {
    let backtrace = Backtrace::capture();
    match backtrace.status() {
        BacktraceStatus::Captured => backtrace.to_string(),
        _ => String::new(),
    }
}

/// Terraform shows up to a hundred lines, and none that looks like a log entry.
fn report(message: &str, location: &str, about: &str, backtrace: &str) -> String {
    let message = terminal::text(message);
    format!("panic: {message}\n\nat {location}\n{about}\n{backtrace}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_caught_panic_is_a_value_and_later_calls_work() {
        let panicked = catch(async {
            tokio::task::yield_now().await;
            panic!("number {}", 7);
        })
        .await;
        let panicked: Result<(), Panicked> = panicked;
        assert_eq!(panicked.expect_err("a panic").message, "number 7");
        assert!(!CATCHING.get());
        assert_eq!(catch(async { 1 }).await, Ok(1));
    }

    #[tokio::test]
    async fn an_inner_catch_leaves_the_outer_one_in_place() {
        let outer = catch(async {
            let inner = catch(async { panic!("inner") }).await;
            let _: Result<(), Panicked> = inner;
            assert!(CATCHING.get());
        });
        assert_eq!(outer.await, Ok(()));
    }

    /// Runs this test program again, in a process of its own since a hook is for all threads, so that it executes only
    /// [`child`]; returns its standard error.
    fn stderr_of_child(case: &str) -> String {
        let output = std::process::Command::new(std::env::current_exe().expect("a test program"))
            .args(["--exact", "plugin::panics::tests::child", "--nocapture"])
            .env(CASE, case)
            .env("RUST_BACKTRACE", "0")
            .env("TF_LOG", "ERROR")
            .output()
            .expect("the test program starts");
        String::from_utf8(output.stderr).expect("UTF-8")
    }

    /// Tells [`child`] what to do; not set in an ordinary run.
    const CASE: &str = "PANICS_TEST_CASE";

    #[test]
    fn child() {
        let Ok(case) = std::env::var(CASE) else { return };
        crate::plugin::logging::init("twilio");
        install_hook("provider 1.2.3, report it");
        if case == "uncaught" {
            panic!("it broke\nfor good");
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        let caught: Result<(), _> = runtime.block_on(catch(async { panic!("only one call") }));
        let caught = caught.expect_err("a panic");
        assert!(caught.location.contains("panics.rs"), "{caught}");
    }

    #[test]
    fn terraform_sees_an_uncaught_panic_as_a_crash() {
        let stderr = stderr_of_child("uncaught");
        assert!(stderr.starts_with("panic: it broke\nfor good\n"), "{stderr}");
        assert!(stderr.contains("provider 1.2.3, report it"), "{stderr}");
    }

    #[test]
    fn terraform_sees_a_caught_panic_as_an_error_in_the_log() {
        let stderr = stderr_of_child("caught");
        let entry: serde_json::Value = serde_json::from_str(stderr.trim_end()).expect("one entry");
        assert_eq!(
            (&entry["@level"], &entry["panic"]),
            (&"error".into(), &"only one call".into())
        );
        assert!(
            entry["location"]
                .as_str()
                .is_some_and(|text| text.contains("panics.rs")),
            "{entry}"
        );
    }

    #[test]
    fn a_report_starts_with_the_word_that_terraform_searches_for() {
        let text = report("it broke", "src/x.rs:1:2", "provider 1.2.3", "");
        assert!(text.starts_with("panic: it broke\n"));
        assert!(text.contains("src/x.rs:1:2") && text.contains("provider 1.2.3"));
    }

    #[test]
    fn payloads_of_any_type_have_a_message() {
        assert_eq!(message(&"text"), "text");
        assert_eq!(message(&"text".to_owned()), "text");
        assert_eq!(message(&7_u8), "no message");
    }
}
