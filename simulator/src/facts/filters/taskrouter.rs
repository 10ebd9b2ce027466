//! TaskRouter's filters that go by expressions: over the attributes of workers and tasks, and over what a queue takes.
//! <https://www.twilio.com/docs/taskrouter/api/worker>, <https://www.twilio.com/docs/taskrouter/expression-syntax>

use serde_json::Value;

use super::passing::Test;
use crate::behaviour::{Ctx, Outcome};
use crate::error::ApiError;
use crate::expression::Expression;
use crate::store::{Body, Object};

/// What is evaluated for each object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Is the expression true of the worker?
    WorkerMatches,
    /// Does a queue with this value of the field take the worker?
    WorkerOfQueue(&'static str),
    /// Is the expression true of the task?
    TaskMatches,
    /// Has the task what an add-on found?
    TaskHasAddons,
    /// Does the queue take a worker of these attributes, or one of whom the expression is true?
    QueueOfMatching,
    /// Does the queue take the worker?
    QueueOfWorker,
}

impl Question {
    /// The question with what is wanted.
    pub(super) fn ready<'c>(self, ctx: &'c Ctx<'_>, name: &str, wanted: &'c Value) -> Outcome<Test<'c>> {
        let text = wanted.as_str().unwrap_or_default();
        match self {
            Self::WorkerMatches => {
                let (expression, now) = (parsed(name, text)?, ctx.now);
                Ok(Box::new(move |worker| {
                    expression.is_true_of(&at(now, of_worker(worker)))
                }))
            }
            Self::TaskMatches => {
                let (expression, now) = (parsed(name, text)?, ctx.now);
                Ok(Box::new(move |task| expression.is_true_of(&at(now, attributes(task)))))
            }
            Self::TaskHasAddons => Ok(Box::new(move |task| {
                let shown = task.text("addons").is_some_and(|addons| !matches!(addons, "" | "{}"));
                Some(shown || attributes(task).contains_key("addons")) == wanted.as_bool()
            })),
            Self::WorkerOfQueue(field) => {
                let collection = beside(ctx, "TaskQueues");
                let (store, host) = (&ctx.state.store, &ctx.route.host);
                let named = store.members_with(host, ctx.account, &collection, field, text);
                let taken = named.map(takes).collect::<Outcome<Vec<_>>>()?;
                let now = ctx.now;
                Ok(Box::new(move |worker| {
                    let worker = at(now, of_worker(worker));
                    taken.iter().any(|taken| taken.is_true_of(&worker))
                }))
            }
            Self::QueueOfMatching => {
                // The contract's text on the parameter: the attributes of the workers to read; answered with the queues whose target
                // workers they match. Twilio's template of a Flex project sends them as JSON.
                if let Ok(attributes) = serde_json::from_str::<Body>(text) {
                    let attributes = at(ctx.now, attributes);
                    return Ok(Box::new(move |queue| {
                        takes(queue).is_ok_and(|taken| taken.is_true_of(&attributes))
                    }));
                }
                let expression = parsed(name, text)?;
                let workers = workers(ctx, |worker| expression.is_true_of(&at(ctx.now, of_worker(worker))));
                Ok(Box::new(move |queue| {
                    takes(queue).is_ok_and(|taken| workers.iter().any(|worker| taken.is_true_of(worker)))
                }))
            }
            Self::QueueOfWorker => {
                let workers = workers(ctx, |worker| worker.key == text);
                Ok(Box::new(move |queue| {
                    takes(queue).is_ok_and(|taken| workers.iter().any(|worker| taken.is_true_of(worker)))
                }))
            }
        }
    }
}

fn parsed(name: &str, text: &str) -> Outcome<Expression> {
    Expression::parse(text)
        .map_err(|why| ApiError::invalid_parameter(name, format_args!("'{text}' is no expression: {why}")))
}

/// What a queue takes. Without an expression it takes nobody: tasks wait until they are moved
/// (<https://www.twilio.com/docs/taskrouter/api/task-queue>).
pub(crate) fn takes(queue: &Object) -> Outcome<Expression> {
    match queue.text("target_workers") {
        None | Some("") => parsed("TargetWorkers", "1 == 2"),
        Some(text) => parsed("TargetWorkers", text),
    }
}

/// The collection beside the one that is listed.
fn beside(ctx: &Ctx<'_>, name: &str) -> String {
    let (above, _) = ctx.route.path.rsplit_once('/').unwrap_or_default();
    format!("{above}/{name}")
}

fn workers(ctx: &Ctx<'_>, wanted: impl Fn(&Object) -> bool) -> Vec<Body> {
    let collection = beside(ctx, "Workers");
    let all = ctx.state.store.members(&ctx.route.host, ctx.account, &collection);
    let wanted = all.filter(|worker| wanted(worker));
    wanted.map(|worker| at(ctx.now, of_worker(worker))).collect()
}

/// Attributes, which are a text of JSON.
pub(crate) fn attributes(object: &Object) -> Body {
    let text = object.text("attributes").unwrap_or_default();
    serde_json::from_str(text).unwrap_or_default()
}

/// The time of day beside what is known: <https://www.twilio.com/docs/taskrouter/time-of-day-routing>. The page calls the hour a text and
/// compares it with numbers; it is a number here.
pub(crate) fn at(now: jiff::Timestamp, mut known: Body) -> Body {
    for (name, value) in time_of_day(now) {
        known.entry(name).or_insert(value);
    }
    known
}

/// The same by itself.
pub(crate) fn time_of_day(now: jiff::Timestamp) -> Body {
    let now = now.to_zoned(jiff::tz::TimeZone::UTC);
    let (hour, minute) = (i64::from(now.hour()), i64::from(now.minute()));
    let day = now.strftime("%a").to_string();
    let time = serde_json::json!({
        "currentTime": hour * 100 + minute,
        "currentHour": hour,
        "currentMin": minute,
        "dayOfWeek": day,
    });
    Body::from_iter([("taskrouter".to_owned(), time)])
}

/// What an expression sees of a worker: its attributes, and four of its fields.
pub(crate) fn of_worker(worker: &Object) -> Body {
    let mut known = attributes(worker);
    for name in ["sid", "friendly_name", "activity_sid", "activity_name"] {
        let value = worker.body.get(name).cloned().unwrap_or_default();
        known.entry(name).or_insert(value);
    }
    known
}
