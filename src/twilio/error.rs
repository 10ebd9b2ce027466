//! What can go wrong, by meaning, with what was tried. No text in here ever contains a secret.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;

use super::credentials::Means;
use super::product::Product;
use super::request::{Effect, Method, Request};
use super::sid::AccountSid;

/// What an error means to a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Twilio says that there is no such object: a 404 with its own code. It proves that the object is gone only if
    /// [`Attempt::signed_in_as`] is the account that owns it.
    NotFound,
    /// Twilio does not accept the credentials for this request (401).
    Unauthenticated,
    /// Twilio does not accept the credentials that the client signs in with, whatever the request: nothing is sent with them any
    /// more. Status, code and request id are of the response that said so; the message is the client's own, on what is unusual
    /// about them.
    NotAccepted,
    /// The first request of all did not reach Twilio, however often it was repeated, and nothing else is sent. The message
    /// is about that one.
    NotReached,
    /// The credentials may not do this (403).
    Forbidden,
    /// Still throttled (429) when the retry budget was spent. Nothing was executed.
    RateLimited,
    /// Twilio refuses the request as it is (400 and other 4xx). Nothing was executed.
    Invalid,
    /// The object is in a state that does not allow this (409, 412).
    Conflict,
    /// Twilio failed (5xx), and the request was a read or could be repeated.
    Server,
    /// The request never left: name resolution, connection or TLS handshake failed. Nothing was executed.
    Unreachable,
    /// The outcome is unknown: the request was sent, and no response that could be understood came back. For a create it
    /// may have made an object, which is why it was not repeated.
    Ambiguous,
    /// A response that is not Twilio's, or not about what was requested: HTML, a redirect, truncated or malformed JSON, another
    /// object, a "not found" without Twilio's code.
    UnexpectedAnswer,
    /// No credentials for the account that owns the object could be had.
    CredentialsUnavailable,
    /// A write was not sent, because the audit log does not take the records of earlier ones.
    NotAudited,
    /// A write was not sent, because the client may write nothing ([`super::ClientConfig::read_only`]).
    ReadOnly,
    /// There was a stop before the request was done. [`Attempt::tries`] says whether it was sent, `source` what came before.
    Stopped,
}

impl ErrorKind {
    /// What it means in a few words, lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not found",
            Self::Unauthenticated => "credentials not accepted",
            Self::NotReached => "twilio not reachable",
            Self::NotAccepted => "credentials of the client not accepted",
            Self::Forbidden => "not permitted",
            Self::RateLimited => "too many requests",
            Self::Invalid => "request refused",
            Self::Conflict => "conflict with the state of the object",
            Self::Server => "twilio failed",
            Self::Unreachable => "host not reachable",
            Self::Ambiguous => "outcome unknown",
            Self::UnexpectedAnswer => "response not understood",
            Self::CredentialsUnavailable => "no credentials for the account",
            Self::NotAudited => "audit log cannot be written",
            Self::ReadOnly => "nothing may be written",
            Self::Stopped => "stopped",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// HTTP method.
    pub method: Method,
    /// Product of the request.
    pub product: Product,
    /// Host of the request, with region and edge.
    pub host: String,
    /// Path without query.
    pub path: String,
    /// What repeating the request would do.
    pub effect: Effect,
    /// Account the request is about.
    pub account: AccountSid,
    /// Who sent it, as given to [`super::Client::on_behalf_of`].
    pub caller: Option<&'static str>,
    /// Account whose credentials were used. Differs from `account` where a parent acts on a child.
    pub signed_in_as: AccountSid,
    /// What these are.
    pub means: Means,
    /// Requests sent, or tried to be sent.
    pub tries: u32,
    /// Time from the first try to the end, waits included.
    pub elapsed: Duration,
    /// When the first try started, on Twilio's clock as far as its `Date` headers have shown it: what a create may have made
    /// was made no earlier. Accurate to about a second.
    pub started: Timestamp,
}

impl Attempt {
    pub(super) fn new(request: &Request, host: &str, signed_in_as: &AccountSid, started: Timestamp) -> Self {
        Self {
            method: request.method,
            product: request.product,
            host: host.to_owned(),
            path: request.path.clone(),
            effect: request.effect,
            account: request.account.clone(),
            caller: request.caller,
            signed_in_as: signed_in_as.clone(),
            means: Means::AuthToken,
            tries: 0,
            elapsed: Duration::ZERO,
            started,
        }
    }
}

impl fmt::Display for Attempt {
    /// `POST https://messaging.twilio.com/v1/Services (3 tries in 4.2 s)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} https://{}{}", self.method, self.host, self.path)?;
        match self.tries {
            0 => f.write_str(" (not sent)"),
            1 => Ok(()),
            tries => write!(f, " ({tries} tries in {:.1} s)", self.elapsed.as_secs_f64()),
        }
    }
}

/// Foreign or earlier error behind an [`Error`]; shared, so that waiters for one fetch all get it.
pub(super) type Source = Arc<dyn std::error::Error + Send + Sync>;

/// A request that did not succeed.
#[derive(Debug, Clone)]
pub struct Error {
    /// What it means.
    pub kind: ErrorKind,
    /// What was tried.
    pub attempt: Box<Attempt>,
    /// Twilio's own code, as listed at <https://www.twilio.com/docs/api/errors>.
    pub twilio_code: Option<u32>,
    /// HTTP status of the last response, if there was one.
    pub status: Option<u16>,
    /// Twilio's words, or the client's where Twilio said nothing.
    pub message: Option<String>,
    /// How many bytes of the message, from its beginning, are the client's and the system's own words. Nothing of them is a value.
    pub(crate) own_words: usize,
    /// Single faults that Twilio lists in `details` beside its message, each with the place it is at. At most
    /// a hundred.
    pub faults: Box<[String]>,
    /// Twilio's id of the request, for its support.
    pub request_id: Option<Box<str>>,
    /// What caused it.
    pub source: Option<Source>,
    /// The result of the search for what a create with a lost response made. `None` where there was no search.
    pub search: Option<Box<Search>>,
}

/// What came of looking for what a create with a lost response made.
#[derive(Debug, Clone)]
pub enum Search {
    /// It was not there, as often as it was searched for and sent again.
    Nothing,
    /// These objects may be it, and nobody can tell.
    Found(Vec<Candidate>),
    /// It could not be searched for.
    Failed(Box<Error>),
}

/// An object that a create with a lost response may have made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its SID, or the key that it is known by.
    pub sid: String,
    /// When it was made, on Twilio's clock.
    pub created: Option<Timestamp>,
}

impl Candidate {
    pub(super) fn new(sid: &str, created: Option<Timestamp>) -> Self {
        Self {
            sid: sid.to_owned(),
            created,
        }
    }
}

/// What a client has found out once and all its errors say from then on, as that it is not signed in.
#[derive(Debug, Default)]
struct FoundOnce {
    is_reported: AtomicBool,
    source: Option<Source>,
}

impl fmt::Display for FoundOnce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("found out once for all requests of the client")
    }
}

impl std::error::Error for FoundOnce {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_ref()
            .map(|source| source.as_ref() as &(dyn std::error::Error + 'static))
    }
}

impl Error {
    pub(super) fn new(kind: ErrorKind, attempt: Attempt) -> Self {
        Self {
            kind,
            attempt: Box::new(attempt),
            twilio_code: None,
            status: None,
            message: None,
            own_words: usize::MAX,
            faults: Box::default(),
            request_id: None,
            source: None,
            search: None,
        }
    }

    #[must_use]
    pub(super) fn with_message(mut self, message: impl Into<String>) -> Self {
        (self.message, self.own_words) = (Some(message.into()), usize::MAX);
        self
    }

    /// The same error, with what Twilio says passed through `clean`, and the words of the client and the system as they are.
    #[must_use]
    pub(crate) fn cleaned(mut self, clean: impl Fn(&str) -> String) -> Self {
        self.message = self.message.map(|message| {
            let (own, said) = message
                .split_at_checked(self.own_words.min(message.len()))
                .unwrap_or(("", &message));
            format!("{own}{}", clean(said))
        });
        self.faults = self.faults.iter().map(|fault| clean(fault)).collect();
        self
    }

    #[must_use]
    pub(super) fn with_source(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    /// Makes the copies of this error, for whichever requests, one finding: [`Error::is_news`] is true for one of them.
    #[must_use]
    pub(super) fn found_once(mut self) -> Self {
        if self.finding().is_none() {
            self.source = Some(Arc::new(FoundOnce {
                source: self.source.take(),
                ..FoundOnce::default()
            }));
        }
        self
    }

    fn finding(&self) -> Option<&FoundOnce> {
        self.source.as_ref()?.downcast_ref()
    }

    /// Whether what this error has in common with others has not been reported yet. Of those that say the same, because it was
    /// found out once, only the first is news; an error by itself always is.
    pub fn is_news(&self) -> bool {
        self.finding()
            .is_none_or(|finding| !finding.is_reported.swap(true, Ordering::Relaxed))
    }

    /// Adds to the message, for what only the caller of a lower layer knows.
    pub(super) fn add_hint(&mut self, hint: &str) {
        self.message = Some(match self.message.take() {
            Some(message) => format!("{message}; {hint}"),
            None => hint.to_owned(),
        });
    }

    /// What failed before an interruption, in a sentence: whose wait it was that was interrupted.
    pub fn failed_before(&self) -> Option<String> {
        let last = self.source.as_ref()?.downcast_ref::<Self>()?;
        let why = match (&last.message, last.status) {
            (Some(message), None) => message.trim_end_matches('.').to_owned(),
            (Some(message), Some(status)) => format!("{status}, {}", message.trim_end_matches('.')),
            (None, Some(status)) => format!("the response was {status}"),
            (None, None) => last.kind.to_string(),
        };
        Some(format!(
            "The last try before that, at {}, failed: {why}.",
            last.attempt.host
        ))
    }

    /// Whether Twilio surely did nothing because of this request.
    pub fn surely_not_executed(&self) -> bool {
        match self.kind {
            ErrorKind::Ambiguous => false,
            ErrorKind::NotReached => true,
            // What must not be repeated ends like this only when no try of it was executed.
            ErrorKind::Server | ErrorKind::UnexpectedAnswer | ErrorKind::Stopped | ErrorKind::NotAudited => {
                self.attempt.tries == 0 || !self.attempt.effect.is_repeatable()
            }
            // An earlier try of something repeatable may have been executed before the last one was refused.
            _ => self.attempt.tries <= 1 || !self.attempt.effect.is_repeatable(),
        }
    }
}

impl fmt::Display for Error {
    /// `request refused (status 400, code 21211): the 'To' number is not valid`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        match (self.status, self.twilio_code) {
            (Some(status), Some(code)) => write!(f, " (status {status}, code {code})")?,
            (Some(status), None) => write!(f, " (status {status})")?,
            (None, Some(code)) => write!(f, " (code {code})")?,
            (None, None) => {}
        }
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_ref()
            .map(|source| source.as_ref() as &(dyn std::error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: ErrorKind) -> Error {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let request = Request::get(Product::Api, &account, "/x").query("Token", "hidden");
        Error::new(
            kind,
            Attempt::new(&request, "api.twilio.com", &account, Timestamp::UNIX_EPOCH),
        )
    }

    #[test]
    fn display_is_one_short_line() {
        let mut error = error(ErrorKind::Invalid).with_message("name too long");
        error.status = Some(400);
        error.twilio_code = Some(20001);
        assert_eq!(
            error.to_string(),
            "request refused (status 400, code 20001): name too long"
        );
    }

    #[test]
    fn an_attempt_shows_method_and_path_and_no_query() {
        let mut attempt = *error(ErrorKind::NotFound).attempt;
        assert_eq!(attempt.to_string(), "GET https://api.twilio.com/x (not sent)");
        attempt.tries = 3;
        attempt.elapsed = Duration::from_millis(4210);
        assert_eq!(attempt.to_string(), "GET https://api.twilio.com/x (3 tries in 4.2 s)");
    }

    #[test]
    fn of_copies_of_what_was_found_once_exactly_one_is_news() {
        let found = error(ErrorKind::NotAccepted).found_once();
        let copies = vec![found.clone().found_once(); 30];
        let news = std::thread::scope(|scope| {
            let threads: Vec<_> = copies.iter().map(|copy| scope.spawn(|| copy.is_news())).collect();
            let said = threads
                .into_iter()
                .map(|threads| threads.join().expect("it does not panic"));
            said.filter(|is_news| *is_news).count()
        });
        assert_eq!(news, 1);
        assert!(!found.is_news());
        let alone = error(ErrorKind::NotFound);
        assert!(alone.is_news() && alone.is_news());
    }

    #[test]
    fn only_a_known_refusal_counts_as_not_executed() {
        assert!(error(ErrorKind::RateLimited).surely_not_executed());
        assert!(error(ErrorKind::Unreachable).surely_not_executed());
        assert!(!error(ErrorKind::Ambiguous).surely_not_executed());
        let mut sent = error(ErrorKind::Server);
        sent.attempt.tries = 1;
        assert!(!sent.surely_not_executed());
        sent.kind = ErrorKind::Invalid;
        assert!(sent.surely_not_executed());
    }
}
