//! Rates that Twilio tells in headers. TaskRouter and Intelligence answer `X-Rate-Limit-Remaining` with each request: how
//! many more of the same kind are served in this second.
//! <https://www.twilio.com/docs/taskrouter/limits>,
//! <https://www.twilio.com/en-us/changelog/taskrouter-endpoint-rate-limit-correction>

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::request::Request;

/// Twilio's rates are per second, and no header says when the second ends.
const PERIOD: Duration = Duration::from_secs(1);

/// When which kind of request is served again.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<HashMap<String, Duration>>);

impl Pace {
    /// How long a request like this has to wait; `None` when it need not.
    pub(super) fn wait(&self, request: &Request, now: Duration) -> Option<Duration> {
        let mut until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if until.is_empty() {
            return None;
        }
        until.retain(|_, until| *until > now);
        until.get(&kind(request)).map(|until| until.saturating_sub(now))
    }

    /// Takes in how many more Twilio serves.
    pub(super) fn learn(&self, request: &Request, remaining: Option<u32>, now: Duration) {
        if remaining == Some(0) {
            let mut until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            until.insert(kind(request), now + PERIOD);
        }
    }
}

/// What Twilio counts together: the method on the same kind of object of one account, whichever object it is.
fn kind(request: &Request) -> String {
    let path = request.path.split('/').map(|segment| {
        let is_sid = segment.len() == 34 && segment.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit());
        if is_sid { "*" } else { segment }
    });
    let path = path.collect::<Vec<_>>().join("/");
    format!("{} {} {} {path}", request.account, request.product, request.method)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{AccountSid, Product};

    fn read(path: &str) -> Request {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        Request::get(Product::Taskrouter, &account, path)
    }

    #[test]
    fn an_exhausted_rate_holds_back_the_same_kind_for_a_second() {
        let pace = Pace::default();
        let worker = |digit: &str| {
            read(&format!(
                "/v1/Workspaces/WS{}/Workers/WK{}",
                "0".repeat(32),
                digit.repeat(32)
            ))
        };
        let at = Duration::from_millis;
        pace.learn(&worker("1"), Some(1), at(0));
        assert_eq!(pace.wait(&worker("1"), at(1)), None);
        pace.learn(&worker("1"), Some(0), at(10));
        assert_eq!(pace.wait(&worker("2"), at(110)), Some(at(900)));
        assert_eq!(pace.wait(&read("/v1/Workspaces"), at(110)), None);
        assert_eq!(pace.wait(&worker("2"), at(1010)), None);
    }
}
