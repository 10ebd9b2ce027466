//! Every fault that the simulator has, in the shapes that matter, and to which requests it happens.

use serde_json::{Value as Json, json};

/// One fault as a rule without its conditions.
pub struct Shape {
    /// Its name in reports.
    pub name: &'static str,
    /// The rule.
    pub fault: fn() -> Json,
    /// Whether it is played without end too: the worst of them.
    pub lasting: bool,
    /// Whether each request that it hits takes a second of real time.
    pub slow: bool,
    /// Whether it is a response that repeating does not change, so that an error is right.
    pub refuses: bool,
    /// Whether a create that is answered so is found out about, whatever else `refuses` says.
    pub is_found: bool,
    /// Whether what is shown is true, and of another time.
    pub is_an_old_picture: bool,
    /// To which operations and requests it happens.
    pub plays: Plays,
    /// What else happens, to all other requests.
    pub besides: Option<fn() -> Json>,
}

impl Shape {
    /// Whether the request is carried out and its response lost.
    pub fn is_carried_out(&self) -> bool {
        let fault = (self.fault)();
        fault["executed"] == true
            || [
                "reset_after",
                "timeout_after",
                "html_502_after",
                "truncate_after",
                "garbage",
                "swap",
                "altered",
            ]
            .iter()
            .any(|name| fault["fault"] == *name)
    }

    /// What the client makes of it, whichever it is: of several of a kind one is as the other to what an operation goes on with.
    pub fn kind(&self) -> &'static str {
        let is_carried_out = self.is_carried_out();
        match self.plays {
            Plays::Creates => "lost at another time",
            Plays::TheWork if self.is_found => "another's response",
            Plays::TheWork => "no response of Twilio",
            Plays::Everywhere if self.refuses => "a refusal",
            Plays::Everywhere if is_carried_out && self.slow => "lost slowly",
            Plays::Everywhere if is_carried_out => "lost",
            Plays::Everywhere if self.slow => "not sent, slowly",
            Plays::Everywhere if self.is_an_old_picture => "an old picture",
            Plays::Everywhere => "not done",
        }
    }
}

/// To which operations and requests a shape happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plays {
    /// To all operations, and to each request in turn.
    Everywhere,
    /// To the request that does the work, once.
    TheWork,
    /// To the request that makes something, once. The response is then lost.
    Creates,
}

/// How long, in real milliseconds, Twilio shows an old picture under faults. Shorter than the client's patience of 15
/// seconds, which are 75 ms on its clock, and long enough that what was just written is surely affected.
pub const WINDOW: u64 = 30;

const fn shape(name: &'static str, fault: fn() -> Json) -> Shape {
    Shape {
        name,
        fault,
        lasting: false,
        slow: false,
        refuses: false,
        is_found: false,
        is_an_old_picture: false,
        plays: Plays::Everywhere,
        besides: None,
    }
}

/// A response that is not about what was requested, while that was done. Nothing that is there is changed or lost for it.
const fn mixed_up(name: &'static str, fault: fn() -> Json) -> Shape {
    Shape {
        is_found: true,
        ..not_twilios(name, fault)
    }
}

/// A response of something before Twilio.
const fn not_twilios(name: &'static str, fault: fn() -> Json) -> Shape {
    Shape {
        refuses: true,
        plays: Plays::TheWork,
        ..shape(name, fault)
    }
}

/// A create that loses its answer while `Date` is not what the simulator's and this machine's clocks say.
const fn at_another_time(name: &'static str, besides: fn() -> Json) -> Shape {
    Shape {
        refuses: true,
        plays: Plays::Creates,
        besides: Some(besides),
        ..shape(name, || json!({"fault": "reset_after"}))
    }
}

const fn lasting(name: &'static str, fault: fn() -> Json) -> Shape {
    Shape {
        lasting: true,
        ..shape(name, fault)
    }
}

/// Twilio's databases follow each other: what was just written is not there yet, or as it was before.
const fn old_picture(name: &'static str, fault: fn() -> Json) -> Shape {
    Shape {
        is_an_old_picture: true,
        ..lasting(name, fault)
    }
}

const fn refusal(shape: Shape) -> Shape {
    Shape { refuses: true, ..shape }
}

const fn slow(shape: Shape) -> Shape {
    Shape { slow: true, ..shape }
}

/// The shapes.
pub const SHAPES: &[Shape] = &[
    lasting("refuse", || json!({"fault": "refuse"})),
    lasting("reset_before", || json!({"fault": "reset_before"})),
    lasting("reset_after", || json!({"fault": "reset_after"})),
    slow(lasting("timeout_after", || json!({"fault": "timeout_after"}))),
    shape("500", || json!({"fault": "status", "status": 500})),
    lasting(
        "500-executed",
        || json!({"fault": "status", "status": 500, "executed": true}),
    ),
    lasting("503", || json!({"fault": "status", "status": 503})),
    shape(
        "503-executed-html",
        || json!({"fault": "status", "status": 503, "executed": true, "body": "<html><h1>Service Unavailable</h1></html>"}),
    ),
    lasting("429", || json!({"fault": "status", "status": 429, "code": 20429})),
    lasting(
        "429-retry-after",
        || json!({"fault": "status", "status": 429, "code": 20429, "headers": {"Retry-After": "2"}}),
    ),
    refusal(lasting(
        "401",
        || json!({"fault": "status", "status": 401, "code": 20003}),
    )),
    refusal(shape(
        "403",
        || json!({"fault": "status", "status": 403, "code": 20403}),
    )),
    refusal(lasting(
        "404-html",
        || json!({"fault": "status", "status": 404, "body": "<html><title>Not Found</title></html>"}),
    )),
    refusal(shape(
        "400",
        || json!({"fault": "status", "status": 400, "code": 20001}),
    )),
    refusal(shape(
        "409",
        || json!({"fault": "status", "status": 409, "code": 20409}),
    )),
    refusal(shape(
        "302",
        || json!({"fault": "status", "status": 302, "body": "", "headers": {"Location": "https://example.com/login"}}),
    )),
    shape(
        "408-executed",
        || json!({"fault": "status", "status": 408, "executed": true, "body": ""}),
    ),
    shape(
        "200-captive-portal",
        || json!({"fault": "status", "status": 200, "body": "<html>Please sign in to the network</html>"}),
    ),
    lasting("html_502_after", || json!({"fault": "html_502_after"})),
    lasting("truncate_after", || json!({"fault": "truncate_after"})),
    lasting("garbage", || json!({"fault": "garbage"})),
    shape("delay", || json!({"fault": "delay", "ms": 40})),
    slow(shape(
        "delay-past-the-timeout",
        // Far past it: the request is dropped when the client closes its connection, however late a loaded machine sees that. A
        // request that is carried out long after it was given up is another fault than this.
        || json!({"fault": "delay", "ms": 60_000}),
    )),
    old_picture("stale_read", || json!({"fault": "stale_read", "ms": WINDOW})),
    old_picture("missing_read", || json!({"fault": "missing_read", "ms": WINDOW})),
    old_picture("missing_in_list", || json!({"fault": "missing_in_list", "ms": WINDOW})),
    mixed_up(SWAP, || json!({"fault": "swap"})),
    mixed_up("other-account", || {
        let other = "AC0000000000000000000000000000ffff";
        json!({"fault": "altered", "set": {"account_sid": other, "owner_account_sid": other}})
    }),
    mixed_up(
        "other-kind",
        || json!({"fault": "altered", "set": {"sid": "RE00000000000000000000000000000001"}}),
    ),
    mixed_up(
        "sid-that-climbs",
        || json!({"fault": "altered", "set": {"sid": "AP/../../Accounts/x"}}),
    ),
    mixed_up("sid-null", || json!({"fault": "altered", "set": {"sid": null}})),
    mixed_up(
        "200-empty",
        || json!({"fault": "status", "status": 200, "executed": true, "body": ""}),
    ),
    mixed_up(
        "204",
        || json!({"fault": "status", "status": 204, "executed": true, "body": ""}),
    ),
    mixed_up(
        "200-null",
        || json!({"fault": "status", "status": 200, "executed": true, "body": "null"}),
    ),
    mixed_up(
        "200-list",
        || json!({"fault": "status", "status": 200, "executed": true, "body": []}),
    ),
    mixed_up(
        "201-nothing-in-it",
        || json!({"fault": "status", "status": 201, "executed": true, "body": {}}),
    ),
    mixed_up("200-error", || {
        let error = json!({"code": 20500, "message": "An internal error", "status": 500});
        json!({"fault": "status", "status": 200, "executed": true, "body": error})
    }),
    not_twilios("404-empty", || json!({"fault": "status", "status": 404, "body": ""})),
    not_twilios(
        "404-gateway",
        || json!({"fault": "status", "status": 404, "body": {"message": "no Route matched"}}),
    ),
    not_twilios("410-empty", || json!({"fault": "status", "status": 410, "body": ""})),
    at_another_time("date-2h-ahead", || json!({"fault": "date", "ahead": 7200})),
    at_another_time("date-2h-behind", || json!({"fault": "date", "ahead": -7200})),
    at_another_time("date-90s-ahead", || json!({"fault": "date", "ahead": 90})),
    at_another_time("date-90s-behind", || json!({"fault": "date", "ahead": -90})),
    at_another_time("date-missing", || json!({"fault": "date"})),
    shape("limit", || json!({"fault": "limit", "limit": 0})),
    shape(
        "limit-retry-after",
        || json!({"fault": "limit", "limit": 0, "retry_after": 1}),
    ),
];

/// The shape that needs a neighbour to be mixed up with.
pub const SWAP: &str = "swap";

/// Shapes after which nobody knows whether something was made.
pub const LOSSES: &[&str] = &["reset_before", "reset_after", "503", "html_502_after", SWAP];

/// Nothing goes wrong, and the log shows which requests an operation takes.
pub const PROBE: Shape = shape("nothing", || json!({"fault": "delay", "ms": 0}));

/// To which requests, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// The request that does the work, once.
    Once,
    /// The request that does the work, always.
    Always,
    /// Whatever comes first, three times: what is requested to find out what happened is hit as well.
    AnyThrice,
    /// One request after the first, by its number.
    Later(usize),
    /// Every request.
    AnyAlways,
}

impl Spread {
    /// All of them for an operation that takes so many requests when nothing goes wrong.
    pub fn all(requests: usize) -> impl Iterator<Item = Self> {
        let later = (2..=requests).map(Self::Later);
        [Self::Once, Self::Always, Self::AnyThrice, Self::AnyAlways]
            .into_iter()
            .chain(later)
    }

    /// Its name in reports.
    pub fn name(self) -> String {
        match self {
            Self::Once => "once".to_owned(),
            Self::Always => "always".to_owned(),
            Self::AnyThrice => "any-thrice".to_owned(),
            Self::AnyAlways => "any-always".to_owned(),
            Self::Later(number) => format!("request-{number}"),
        }
    }

    /// What of it decides: of the requests after the third, of which an operation has many where it waits, one is as the other.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Always => "always",
            Self::AnyThrice => "any thrice",
            Self::AnyAlways => "any always",
            Self::Later(2) => "the second",
            Self::Later(3) => "the third",
            Self::Later(_) => "a later one",
        }
    }

    /// Whether it ends by itself.
    pub fn passes(self) -> bool {
        !matches!(self, Self::Always | Self::AnyAlways)
    }

    /// Whether a shape is played so. Shapes that take a second at a time are left out where they would take several.
    pub fn suits(self, shape: &Shape) -> bool {
        match self {
            Self::Once => true,
            _ if shape.plays != Plays::Everywhere => false,
            Self::Later(_) => true,
            Self::AnyThrice => !shape.slow,
            Self::Always | Self::AnyAlways => shape.lasting,
        }
    }

    /// The rules for a shape that happens to requests with this method whose path matches.
    pub fn rules(self, shape: &Shape, method: &str, path: &str) -> Json {
        let mut rule = (shape.fault)();
        let (times, after) = match self {
            Self::Once => (Some(1), 0),
            Self::AnyThrice => (Some(3), 0),
            Self::Later(number) => (Some(1), number - 1),
            Self::Always | Self::AnyAlways => (None, 0),
        };
        if matches!(self, Self::Once | Self::Always) {
            rule["match"] = json!({"method": method, "path": path});
        }
        if let Some(times) = times {
            rule["times"] = json!(times);
        }
        rule["after"] = json!(after);
        let besides = shape.besides.map(|besides| besides());
        std::iter::once(rule).chain(besides).collect()
    }
}
