//! A create that lost its response where clocks disagree: this machine's, the one of `Date`, and the one of `date_created`.
//!
//! This machine's stands at 10:00:00 always, so a machine that is behind is a Twilio that is ahead.

use jiff::{SignedDuration, Timestamp};

use super::lost::{candidates, count, create, prove, service, sid};
use super::server::{ReceivedRequest, Reply, Server};
use crate::twilio::{AfterLoss, Error, Proof, Response, Search};

const SECOND: i64 = 1;
const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Taken,
    Stopped,
    SentAgain,
}

fn at(seconds: i64) -> Timestamp {
    let now: Timestamp = "2026-05-01T10:00:00Z".parse().expect("valid");
    now + SignedDuration::from_secs(seconds)
}

/// A Twilio with one object that is what is requested, made so many seconds after our request by the clock that writes
/// `date_created`, and with a `Date` that is so many seconds ahead. The first create gets no response.
async fn outcome(date: Option<i64>, created: i64, proof: Proof) -> Outcome {
    let header: &str = match date {
        Some(ahead) => format!("Date: {}\r\n", at(ahead).strftime("%a, %d %b %Y %H:%M:%S GMT")).leak(),
        None => "",
    };
    let item = service("MG1", "ours", 1, &at(created).to_string());
    let server = Server::start(
        move |seen: &ReceivedRequest, before| match (seen.method.as_str(), before) {
            ("POST", 0) => Reply::Close,
            ("POST", _) => {
                let made = at(date.unwrap_or_default()).to_string();
                Reply::Answer(201, header, service("MG9", "ours", 1, &made).to_string())
            }
            _ if seen.target == "/v1/Services" => Reply::Answer(
                200,
                header,
                serde_json::json!({"services": [item], "meta": {"key": "services"}}).to_string(),
            ),
            _ => Reply::Answer(200, header, item.to_string()),
        },
    )
    .await;
    let (client, _) = server.client();
    let result: Result<Response, Error> = prove(&client, "ours", AfterLoss::Keep, proof).await;
    assert_eq!(count(&server, "DELETE"), 0);
    if let Err(error) = &result
        && matches!(error.search.as_deref(), Some(Search::Found(_)))
    {
        assert_eq!(candidates(result), ["MG1"]);
        assert_eq!(count(&server, "POST"), 1);
        return Outcome::Stopped;
    }
    match (sid(&result), count(&server, "POST")) {
        ("MG1", 1) => Outcome::Taken,
        ("MG9", 2) => Outcome::SentAgain,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn only_what_was_made_meanwhile_by_all_clocks_is_taken_and_only_what_is_old_whatever_is_wrong_is_ignored() {
    use Outcome::{SentAgain, Stopped, Taken};
    for (date, created, expected) in [
        // All clocks agree: ours, and what somebody made before.
        (Some(0), 0, Taken),
        (Some(0), SECOND, Taken),
        (Some(0), -SECOND, Stopped),
        (Some(0), -2 * SECOND, Stopped),
        (Some(0), -MINUTE, Stopped),
        (Some(0), -HOUR, Stopped),
        (Some(0), -2 * DAY, SentAgain),
        // `Date` has whole seconds, and this machine is a little ahead.
        (Some(-1), 0, Taken),
        (Some(-1), -SECOND, Stopped),
        // `Date` is behind: ours, and what somebody made a while ago.
        (Some(-90), 0, Stopped),
        (Some(-90), -MINUTE, Stopped),
        (Some(-2 * HOUR), 0, Stopped),
        (Some(-2 * HOUR), -HOUR, Stopped),
        (Some(-2 * HOUR), -2 * HOUR, Stopped),
        (Some(-2 * HOUR), -2 * DAY, SentAgain),
        // `Date` is ahead: ours, and what somebody made a while ago.
        (Some(10), 0, Stopped),
        (Some(90), 0, Stopped),
        (Some(90), -MINUTE, Stopped),
        (Some(2 * HOUR), 0, Stopped),
        (Some(2 * HOUR), -HOUR, Stopped),
        (Some(2 * HOUR), -2 * DAY, SentAgain),
        // No `Date`: this machine's clock alone proves nothing.
        (None, 0, Stopped),
        (None, -2 * SECOND, Stopped),
        (None, -HOUR, Stopped),
        (None, -2 * DAY, Stopped),
        // This machine is behind or ahead, and Twilio's clocks agree.
        (Some(2 * HOUR), 2 * HOUR, Stopped),
        (Some(2 * HOUR), HOUR, Stopped),
        (Some(90), 90, Stopped),
        (Some(-90), -90, Stopped),
        (Some(-2 * HOUR), -2 * HOUR, Stopped),
        // This machine and `Date` are behind or ahead together, as behind a proxy on this machine.
        (Some(0), 2 * HOUR, Stopped),
        (Some(0), HOUR, Stopped),
        (Some(0), 90, Stopped),
        (Some(0), -90, Stopped),
        (Some(0), -2 * HOUR, Stopped),
        // Another time zone.
        (Some(0), -26 * HOUR, Stopped),
        (Some(0), 26 * HOUR, Stopped),
    ] {
        let found = outcome(date, created, Proof::Time).await;
        assert_eq!(
            found, expected,
            "Date {date:?} s ahead, made {created} s after the request left"
        );
    }
}

#[tokio::test]
async fn what_there_is_only_one_of_and_was_not_there_is_taken_unless_all_clocks_say_that_it_was() {
    use Outcome::{Stopped, Taken};
    for (date, created, expected) in [
        (Some(0), 0, Taken),
        (Some(0), -2 * SECOND, Taken),
        (Some(0), -HOUR, Stopped),
        (Some(0), 2 * HOUR, Taken),
        (Some(90), 0, Taken),
        (Some(2 * HOUR), 0, Taken),
        (Some(-2 * HOUR), 0, Taken),
        (Some(-2 * HOUR), -2 * HOUR, Taken),
        (Some(2 * HOUR), 2 * HOUR, Taken),
        (None, 0, Taken),
        (None, -SECOND, Taken),
        (None, -2 * HOUR, Stopped),
        (None, -2 * DAY, Stopped),
    ] {
        let found = outcome(date, created, Proof::Unique).await;
        assert_eq!(
            found, expected,
            "Date {date:?} s ahead, made {created} s after the request left"
        );
    }
}

#[tokio::test]
async fn a_time_that_cannot_be_read_is_in_doubt() {
    for created in ["", "nonsense", "10:00:00", "9999-99-99T10:00:00Z"] {
        let server = Server::start(move |seen: &ReceivedRequest, _| match seen.method.as_str() {
            "POST" => Reply::Close,
            _ => super::lost::page(&[service("MG1", "ours", 1, created)]),
        })
        .await;
        let (client, _) = server.client();
        assert_eq!(
            candidates(create(&client, "ours", AfterLoss::Keep).await),
            ["MG1"],
            "{created}"
        );
    }
}
