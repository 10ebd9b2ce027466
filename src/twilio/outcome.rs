//! What one try came to: a response that can be used, or a failure with all that is known about it.

use std::time::Duration;

use serde_json::Value;

use super::echo::Values;
use super::error::{Attempt, Error, ErrorKind, Source};
use super::error_body::ErrorBody;
use super::expected::{self, Expects};
use super::gone::Gone;
use super::lenient;
use super::redact::Redactor;
use super::request::{Method, Request};
use super::response::Response;
use super::surrogates;
use super::transport::{Answer, Failure};

/// Longest message taken from Twilio, in characters.
const LONGEST_MESSAGE: usize = 1000;

/// Longest id of a request, in characters. Twilio's have 34.
const LONGEST_ID: usize = 64;

/// Longest piece shown of a response that nobody understood, in characters.
const LONGEST_EXCERPT: usize = 120;

/// Whether Twilio did what was requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Execution {
    /// Surely not.
    No,
    /// It may have.
    Unknown,
}

/// A try that failed.
#[derive(Debug)]
pub(super) struct Failed {
    /// What it means if it is the last try of something that may be repeated.
    pub(super) kind: ErrorKind,
    pub(super) execution: Execution,
    /// Whether the reason may pass, so that repeating makes sense.
    pub(super) passes: bool,
    pub(super) retry_after: Option<Duration>,
    pub(super) status: Option<u16>,
    pub(super) request_id: Option<String>,
    /// In a box, because a try that fails is rare and its result is passed around by value.
    body: Box<ErrorBody>,
    /// As [`Error::own_words`], of the message.
    own_words: usize,
    source: Option<Source>,
}

impl Failed {
    pub(super) fn new(kind: ErrorKind, execution: Execution, passes: bool) -> Self {
        Self {
            kind,
            execution,
            passes,
            retry_after: None,
            status: None,
            request_id: None,
            body: Box::default(),
            own_words: 0,
            source: None,
        }
    }

    /// Twilio's own code.
    pub(super) fn twilio_code(&self) -> Option<u32> {
        self.body.code
    }

    /// Twilio's words, or ours where Twilio said nothing.
    pub(super) fn message(&self) -> Option<&str> {
        self.body.message.as_deref()
    }

    /// What we, or the system, have to say, and nothing of it is the response's.
    fn saying(mut self, message: String) -> Self {
        (self.body.message, self.own_words) = (Some(message), usize::MAX);
        self
    }

    /// What the response says.
    fn reading(mut self, body: ErrorBody) -> Self {
        (*self.body, self.own_words) = (body, 0);
        self
    }

    /// What we have to say before what the response says.
    fn saying_first(self, words: &str) -> Self {
        match self.body.message.is_some() {
            true => self.after(&format!("{words}: ")),
            false => self.saying(words.to_owned()),
        }
    }

    /// With our words right before what the response says.
    fn after(mut self, words: &str) -> Self {
        let said = self.body.message.take().unwrap_or_default();
        (self.body.message, self.own_words) = (Some(format!("{words}{said}")), words.len());
        self
    }

    /// In a few words, for a log.
    pub(super) fn reason(&self) -> String {
        match (self.status, &self.body.message) {
            (Some(status), _) => format!("{} (status {status})", self.kind),
            (None, Some(message)) => format!("{}: {message}", self.kind),
            (None, None) => self.kind.to_string(),
        }
    }

    pub(super) fn into_error(self, kind: ErrorKind, attempt: Attempt) -> Error {
        Error {
            kind,
            attempt: Box::new(attempt),
            twilio_code: self.body.code,
            status: self.status,
            message: self.body.message,
            own_words: self.own_words,
            faults: self.body.faults.into_boxed_slice(),
            request_id: self.request_id.map(String::into_boxed_str),
            source: self.source,
            search: None,
        }
    }
}

/// Judges one try. What the response says is cleaned of secrets, and of what the request sent, here, once for all uses. What the
/// client and the system say themselves stays as it is, whatever words were sent.
pub(super) fn judge(
    tried: Result<Answer, Failure>,
    request: &Request,
    redactor: &Redactor,
) -> Result<Response, Box<Failed>> {
    let values = std::cell::OnceCell::new();
    let redact = |text: &str| {
        let text = redactor.text_about(request, text);
        values.get_or_init(|| Values::of(request)).taken_out(&text)
    };
    let clean = |text: &str, longest: usize| cut(&redact(text), longest);
    let mut failed = match tried {
        Ok(answer) => {
            match judge_answer(answer, request, &redact).and_then(|response| judge_success(request, response)) {
                Ok(mut response) => {
                    response.request_id = response
                        .request_id
                        .map(|id| cut(&redactor.text_about(request, &id), LONGEST_ID));
                    return Ok(response);
                }
                Err(failed) => failed,
            }
        }
        Err(failure) => judge_failure(failure),
    };
    let clean_id = |id: String| cut(&redactor.text_about(request, &id), LONGEST_ID);
    failed.request_id = failed.request_id.map(clean_id);
    let own_words = failed.own_words;
    failed.body.message = failed.body.message.map(|message| {
        let (own, said) = message
            .split_at_checked(own_words.min(message.len()))
            .unwrap_or(("", &message));
        cut(&format!("{}{}", Redactor::by_form(own), redact(said)), LONGEST_MESSAGE)
    });
    for fault in &mut failed.body.faults {
        *fault = clean(fault, LONGEST_MESSAGE);
    }
    Err(Box::new(failed))
}

fn judge_failure(failure: Failure) -> Failed {
    match failure {
        Failure::NotSent {
            reason,
            permanent,
            source,
        } => {
            let mut failed = Failed::new(ErrorKind::Unreachable, Execution::No, !permanent).saying(reason);
            failed.source = source;
            failed
        }
        Failure::NoAnswer { reason, source } => {
            let mut failed = Failed::new(ErrorKind::UnexpectedAnswer, Execution::Unknown, true).saying(reason);
            failed.source = Some(source);
            failed
        }
        Failure::Truncated {
            status,
            request_id,
            reason,
            source,
        } => {
            let (kind, execution, _) =
                meaning(status).unwrap_or((ErrorKind::UnexpectedAnswer, Execution::Unknown, true));
            // Half a 404 is no proof that an object is gone.
            let kind = if kind == ErrorKind::NotFound {
                ErrorKind::UnexpectedAnswer
            } else {
                kind
            };
            let mut failed = Failed::new(kind, execution, true).saying(reason);
            (failed.status, failed.request_id, failed.source) = (Some(status), request_id, source);
            failed
        }
    }
}

fn judge_answer(mut answer: Answer, request: &Request, redact: &dyn Fn(&str) -> String) -> Result<Response, Failed> {
    let Some((kind, execution, passes)) = meaning(answer.status) else {
        let is_page = request.expects == Expects::Page;
        let body = match is_page && is_object_or_list(&answer.body) {
            true => String::from_utf8(std::mem::take(&mut answer.body))
                .ok()
                .map(Value::String),
            false => parse(&answer.body),
        };
        return match body {
            Some(body) => Ok(Response {
                status: answer.status,
                body,
                request_id: answer.request_id,
                date: answer.date,
            }),
            None => Err(not_understood(answer, Execution::Unknown, true, redact)),
        };
    };
    let parsed = parse(&answer.body);
    let (kind, execution, passes) = match kind {
        _ if is_gone(request, answer.status, parsed.as_ref()) => (ErrorKind::NotFound, Execution::No, false),
        ErrorKind::NotFound => (not_found(answer.status, parsed.as_ref()), execution, passes),
        ErrorKind::Unauthenticated if lacks_permission(answer.status, parsed.as_ref()) => {
            (ErrorKind::Forbidden, execution, passes)
        }
        ErrorKind::RateLimited if is_over_for_good(parsed.as_ref()) => (ErrorKind::Invalid, execution, false),
        kind => (kind, execution, passes),
    };
    let mut failed = match &parsed {
        None => describe(Failed::new(kind, execution, passes), &answer, redact),
        Some(body) => {
            let mut failed = Failed::new(kind, execution, passes).reading(ErrorBody::read(body));
            if kind == ErrorKind::UnexpectedAnswer && is_missing(answer.status) {
                failed = failed.saying_first(NO_PROOF);
            }
            if let (None, Some(location)) = (&failed.body.message, &answer.location) {
                failed = failed.reading(ErrorBody {
                    message: Some(format!("{location}, which is not followed")),
                    ..ErrorBody::default()
                });
                failed = failed.after("redirected to ");
            }
            failed
        }
    };
    failed.retry_after = answer.retry_after;
    failed.status = Some(answer.status);
    failed.request_id = answer.request_id;
    Err(failed)
}

/// A success counts only if it is about what was requested. What is about something else is not requested again: whatever
/// mixes answers up must be seen to. Only a delete is, since that is cleared up by Twilio's word that there is nothing.
fn judge_success(request: &Request, mut response: Response) -> Result<Response, Failed> {
    let Err(why) = expected::check(request, response.status, &response.body) else {
        return match expected::own_result(request, response.body.take()) {
            Ok(body) => Ok(Response { body, ..response }),
            // What was sent beside it is none of this request's.
            Err(refusal) => {
                let mut failed = Failed::new(ErrorKind::Invalid, Execution::No, false);
                (*failed.body, failed.status, failed.request_id) =
                    (refusal, Some(response.status), response.request_id);
                Err(failed)
            }
        };
    };
    let passes = request.method == Method::Delete;
    let mut failed =
        Failed::new(ErrorKind::UnexpectedAnswer, Execution::Unknown, passes).saying(format!("the response {why}"));
    // What was requested may be known by a text that is configured.
    if let Expects::Member(_, key) | Expects::Result(_, _, key) = &request.expects
        && let Some(at) = why.find(key.as_str())
    {
        failed.own_words = "the response ".len() + at;
    }
    (failed.status, failed.request_id) = (Some(response.status), response.request_id);
    Err(failed)
}

/// Codes in use at Twilio have five digits. Gateways have codes of their own.
const CODES: std::ops::RangeInclusive<u32> = 10_000..=99_999;

/// Limits of Verify on one recipient or one code, which last ten minutes and longer, or as long as whoever set them says. Twilio
/// answers 429 to these too. <https://www.twilio.com/docs/api/errors/60202>
const LONG_LIMITS: &[u32] = &[60202, 60203, 60207];

/// Whether a 429 is about a limit that no repetition gets by.
fn is_over_for_good(body: Option<&Value>) -> bool {
    code(429, body).is_some_and(|code| LONG_LIMITS.contains(&code))
}

/// Said of a 404 that is not Twilio's.
const NO_PROOF: &str = "this is not Twilio's own response for a missing object, which has one of its codes";

fn is_missing(status: u16) -> bool {
    matches!(status, 404 | 410)
}

/// Twilio's own code in a response, unless that says that it is of another status.
fn code(status: u16, body: Option<&Value>) -> Option<u32> {
    let body = body?.as_object()?;
    let number = |name: &str| body.get(name).and_then(lenient::integer);
    let is_of_another_status = number("status").is_some_and(|returned| returned != i64::from(status));
    let code = number("code").and_then(|code| u32::try_from(code).ok());
    code.filter(|_| !is_of_another_status)
}

/// Whether Twilio knows the credentials and says what they may not do: a restricted key without the permission is refused with 401, as
/// one that does not exist is. <https://www.twilio.com/docs/api/errors/70051>
fn lacks_permission(status: u16, body: Option<&Value>) -> bool {
    code(status, body) == Some(70051)
}

/// Whether Twilio says that there is no such object. A gateway has pages of its own for what it does not know, with an empty
/// body, words or some JSON; only Twilio's own status with its code proves that an object is gone.
fn is_gone(request: &Request, status: u16, body: Option<&Value>) -> bool {
    let rows = Gone::USUAL.iter().chain(request.gone);
    code(status, body).is_some_and(|code| rows.into_iter().any(|gone| *gone == Gone { status, code }))
}

/// What a 404 means that does not say so.
fn not_found(status: u16, body: Option<&Value>) -> ErrorKind {
    match code(status, body) {
        // Twilio refuses for another reason, such as a number that it does not know in a parameter.
        Some(code) if status == 404 && CODES.contains(&code) => ErrorKind::Invalid,
        _ => ErrorKind::UnexpectedAnswer,
    }
}

/// What a status says. None for success.
fn meaning(status: u16) -> Option<(ErrorKind, Execution, bool)> {
    let (kind, execution, passes) = match status {
        200..=299 => return None,
        401 => (ErrorKind::Unauthenticated, Execution::No, false),
        403 => (ErrorKind::Forbidden, Execution::No, false),
        404 | 410 => (ErrorKind::NotFound, Execution::No, false),
        // The server, or something before it, gave up waiting; how far it came is not said.
        408 => (ErrorKind::Server, Execution::Unknown, true),
        409 | 412 => (ErrorKind::Conflict, Execution::No, false),
        // "Was not processed and is always safe to retry": https://www.twilio.com/docs/api/errors/20429
        429 => (ErrorKind::RateLimited, Execution::No, true),
        400..=499 => (ErrorKind::Invalid, Execution::No, false),
        501 | 505 => (ErrorKind::Server, Execution::No, false),
        500..=599 => (ErrorKind::Server, Execution::Unknown, true),
        // Informational and redirects.
        _ => (ErrorKind::UnexpectedAnswer, Execution::No, false),
    };
    Some((kind, execution, passes))
}

fn not_understood(answer: Answer, execution: Execution, passes: bool, redact: &dyn Fn(&str) -> String) -> Failed {
    let failed = Failed::new(ErrorKind::UnexpectedAnswer, execution, passes);
    let mut failed = describe(failed, &answer, redact);
    (failed.status, failed.request_id) = (Some(answer.status), answer.request_id);
    failed
}

/// Whether a body begins and ends as an object or a list does. What is between is read once, by whoever needs it.
fn is_object_or_list(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    (body.starts_with(b"{") && body.ends_with(b"}")) || (body.starts_with(b"[") && body.ends_with(b"]"))
}

/// The JSON of a body; no body is `Null`.
fn parse(body: &[u8]) -> Option<Value> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Some(Value::Null);
    }
    let lenient = || serde_json::from_slice(&surrogates::mended(body)?).ok();
    serde_json::from_slice(body).ok().or_else(lenient)
}

fn describe(failed: Failed, answer: &Answer, redact: &dyn Fn(&str) -> String) -> Failed {
    let kind = if answer.is_html {
        "an HTML page"
    } else {
        "something that is not JSON"
    };
    // Redacted before it is cut, so that no half of a secret is left at the end.
    let excerpt = cut(&redact(&excerpt(&answer.body)), LONGEST_EXCERPT);
    let own = format!("got {kind}");
    if excerpt.is_empty() {
        return failed.saying(own);
    }
    let said = ErrorBody {
        message: Some(format!("{excerpt:?}")),
        ..ErrorBody::default()
    };
    failed.reading(said).after(&format!("{own}: "))
}

/// The beginning of a body as plain words: no tags, no control characters, single spaces.
fn excerpt(body: &[u8]) -> String {
    let begin = match body.get(..4096) {
        // A secret of which only the beginning is here would not be recognised.
        Some(begin) => begin
            .rsplitn(2, |byte| byte.is_ascii_whitespace() || b"<>".contains(byte))
            .last(),
        None => Some(body),
    };
    let body = String::from_utf8_lossy(begin.unwrap_or_default());
    let mut plain = String::new();
    let mut in_tag = false;
    for character in body.chars() {
        match character {
            '<' => {
                in_tag = true;
                plain.push(' ');
            }
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            _ if character.is_control() => plain.push(' '),
            _ => plain.push(character),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, longest: usize) -> String {
    let clean = |character: char| if character.is_control() { ' ' } else { character };
    let mut cut: String = text.chars().take(longest).map(clean).collect();
    if text.chars().nth(longest).is_some() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{AccountSid, Product};
    use proptest::prelude::*;

    fn request() -> Request {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        Request::get(Product::Api, &account, "/x")
    }

    fn answer(status: u16, body: &[u8]) -> Answer {
        Answer {
            status,
            body: body.to_vec(),
            is_html: body.starts_with(b"<"),
            request_id: None,
            date: None,
            retry_after: None,
            location: None,
            concurrent: None,
            remaining: None,
        }
    }

    fn failed(status: u16, body: &str) -> Failed {
        *judge(Ok(answer(status, body.as_bytes())), &request(), &Redactor::default()).expect_err("must fail")
    }

    #[test]
    fn no_word_of_the_client_or_the_system_is_taken_for_a_value() {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let lost = "the connection broke before a response came: Connection reset by peer (os error 104)";
        let io = || -> Source { std::sync::Arc::new(std::io::Error::other(lost)) };
        for value in [
            "<Response/>",
            "response",
            "connection",
            lost,
            "The connection to the provider broke: os error 104",
            "has a sid that cannot be",
            "something that is not JSON",
            "redirected",
        ] {
            for name in ["Body", "Twiml", "FriendlyName", "Password", "Url"] {
                let request = Request::post(Product::Api, &account, "/x")
                    .form([(name, value)])
                    .expects(Expects::New("QU"))
                    .creates();
                let redactor = Redactor::default();
                redactor.learn_from(&request);
                let said = |tried| {
                    let failed = judge(tried, &request, &redactor).expect_err("it failed");
                    failed.message().unwrap_or_default().to_owned()
                };
                let reason = lost.to_owned();
                assert_eq!(
                    said(Err(Failure::NoAnswer { reason, source: io() })),
                    lost,
                    "{name} {value}"
                );
                let reason = lost.to_owned();
                let (permanent, source) = (false, None);
                let not_sent = Failure::NotSent {
                    reason,
                    permanent,
                    source,
                };
                assert_eq!(said(Err(not_sent)), lost, "{name} {value}");
                let other = said(Ok(answer(201, br#"{"sid": "SM1"}"#)));
                assert!(
                    other.starts_with("the response has a sid that cannot be: "),
                    "{name} {value}: {other}"
                );
                let page = said(Ok(answer(500, b"oops")));
                assert_eq!(page, "got something that is not JSON: \"oops\"", "{name} {value}");
            }
        }
        // What the response says is looked at, behind our words too.
        let request = Request::post(Product::Api, &account, "/x").form([("Note", "hush-7731-hush")]);
        let mut moved = answer(302, b"{}");
        moved.location = Some("https://example.com/hush-7731-hush".to_owned());
        for (answer, words) in [
            (answer(500, b"hush-7731-hush"), "got something that is not JSON: "),
            (answer(404, br#"{"message": "hush-7731-hush"}"#), NO_PROOF),
            (moved, "redirected to https://example.com/"),
        ] {
            let failed = judge(Ok(answer), &request, &Redactor::default()).expect_err("it failed");
            let said = failed.message().unwrap_or_default();
            assert!(
                said.starts_with(words) && said.contains("(the value of Note)"),
                "{said}"
            );
        }
    }

    #[track_caller]
    fn check(status: u16, body: &str, kind: ErrorKind, execution: Execution, passes: bool) {
        let failed = failed(status, body);
        assert_eq!(
            (failed.kind, failed.execution, failed.passes),
            (kind, execution, passes),
            "{status} {body}"
        );
    }

    #[test]
    fn a_status_has_one_meaning() {
        use Execution::{No, Unknown};
        check(400, "{}", ErrorKind::Invalid, No, false);
        check(401, "{}", ErrorKind::Unauthenticated, No, false);
        check(
            401,
            r#"{"code": 70051, "status": 401}"#,
            ErrorKind::Forbidden,
            No,
            false,
        );
        check(
            401,
            r#"{"code": 70051, "status": 403}"#,
            ErrorKind::Unauthenticated,
            No,
            false,
        );
        check(401, r#"{"code": 20003}"#, ErrorKind::Unauthenticated, No, false);
        check(403, "{}", ErrorKind::Forbidden, No, false);
        check(404, r#"{"code": 20404}"#, ErrorKind::NotFound, No, false);
        check(409, "{}", ErrorKind::Conflict, No, false);
        check(412, "{}", ErrorKind::Conflict, No, false);
        check(422, "{}", ErrorKind::Invalid, No, false);
        check(429, "", ErrorKind::RateLimited, No, true);
        check(500, "{}", ErrorKind::Server, Unknown, true);
        check(503, "<html>", ErrorKind::Server, Unknown, true);
        check(307, "", ErrorKind::UnexpectedAnswer, No, false);
    }

    #[test]
    fn success_that_cannot_be_read_has_an_unknown_outcome() {
        for body in ["<html>hello</html>", "{\"sid\": \"AP", "garbage"] {
            check(201, body, ErrorKind::UnexpectedAnswer, Execution::Unknown, true);
        }
    }

    #[test]
    fn a_page_that_says_404_is_no_proof_that_an_object_is_gone() {
        check(
            404,
            "<html><title>Not Found</title></html>",
            ErrorKind::UnexpectedAnswer,
            Execution::No,
            false,
        );
        let half = Failure::Truncated {
            status: 404,
            request_id: None,
            reason: "half".to_owned(),
            source: None,
        };
        let failed = judge(Err(half), &request(), &Redactor::default()).expect_err("must fail");
        assert_eq!(failed.kind, ErrorKind::UnexpectedAnswer);
    }

    #[test]
    fn only_twilios_own_404_says_that_an_object_is_gone() {
        for body in [
            r#"{"code": 20404, "message": "The requested resource was not found", "status": 404}"#,
            r#"{"code": "20404", "message": "m"}"#,
            r#"{"type": "t", "title": "Not Found", "status": 404, "code": 20404, "detail": "d"}"#,
        ] {
            assert_eq!(failed(404, body).kind, ErrorKind::NotFound, "{body}");
            assert_eq!(failed(410, body).kind, ErrorKind::UnexpectedAnswer, "{body}");
        }
        for body in [
            "",
            " ",
            "null",
            "[]",
            "\"no\"",
            "{}",
            r#"{"message": "Not Found"}"#,
            r#"{"code": 5, "message": "Not Found", "details": []}"#,
            r#"{"code": 404, "message": "no route"}"#,
            r#"{"code": 20404, "status": 500}"#,
            r#"{"code": null}"#,
            r#"[{"code": 20404}]"#,
            r#"{"errors": [{"code": 20404}]}"#,
            r#"{"error": {"code": 20404}}"#,
        ] {
            let failed = failed(404, body);
            assert_eq!(
                (failed.kind, failed.passes),
                (ErrorKind::UnexpectedAnswer, false),
                "{body}"
            );
        }
        assert_eq!(
            failed(404, r#"{"code": 21421, "message": "m"}"#).kind,
            ErrorKind::Invalid
        );
    }

    #[test]
    fn a_success_about_something_else_has_an_unknown_outcome() {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let path = "/v1/Services/MG0123456789abcdef0123456789abcdef";
        let (get, delete) = (
            Request::get(Product::Messaging, &account, path),
            Request::delete(Product::Messaging, &account, path),
        );
        for (request, passes) in [(get, false), (delete, true)] {
            let failed = judge(Ok(answer(200, b"")), &request, &Redactor::default()).expect_err("nothing is said");
            assert_eq!(
                (failed.kind, failed.execution, failed.passes, failed.status),
                (ErrorKind::UnexpectedAnswer, Execution::Unknown, passes, Some(200))
            );
        }
    }

    #[test]
    fn no_content_is_a_success_without_a_body() {
        let response = judge(Ok(answer(204, b"")), &request(), &Redactor::default()).expect("success");
        assert_eq!((response.status, response.body), (204, Value::Null));
    }

    #[test]
    fn an_excerpt_is_plain_and_short() {
        let page = format!("<html>\n<title>502\u{7} Bad</title> <b>Gate&way</b>{}", "x".repeat(500));
        let failed = Failed::new(ErrorKind::UnexpectedAnswer, Execution::Unknown, true);
        let failed = describe(failed, &answer(200, page.as_bytes()), &str::to_owned);
        let text = failed.message().unwrap_or_default();
        assert!(text.starts_with("got an HTML page: \"502 Bad Gate&way"), "{text}");
        assert_eq!(
            text.chars().count(),
            LONGEST_EXCERPT + "got an HTML page: \"…\"".chars().count()
        );
    }

    proptest! {
        #[test]
        fn no_answer_panics_the_decoder(status in 100_u16..1000, body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = judge(Ok(answer(status, &body)), &request(), &Redactor::default());
        }

        #[test]
        fn no_json_panics_the_decoder(
            status in prop_oneof![Just(200_u16), Just(400), Just(500)],
            body in "[\\[\\]{}:,\"a-z0-9 .eE+-]{0,80}",
        ) {
            let _ = judge(Ok(answer(status, body.as_bytes())), &request(), &Redactor::default());
        }
    }
}
