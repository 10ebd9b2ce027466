//! Whether an object passes a filter.

use serde_json::Value;

use super::Filter;
use super::compare::{day, day_or_time, is, time};
use crate::behaviour::{Ctx, Outcome};
use crate::error::ApiError;
use crate::store::Object;

/// A filter of one request, ready to be asked about object after object.
pub(crate) type Test<'c> = Box<dyn Fn(&Object) -> bool + 'c>;

impl Filter {
    /// Field and text, if it is whether the field has that text: what an index of the field tells, but for values that are no texts.
    pub(crate) fn exact<'c>(&self, wanted: &'c Value) -> Option<(String, &'c str)> {
        let Self::Equals(field) = self else { return None };
        // Nothing is an empty text too, and a day is any time of it.
        let text = wanted.as_str().filter(|text| !text.is_empty() && day(text).is_none())?;
        Some((field.clone().into_owned(), text))
    }

    /// The filter with what is wanted.
    ///
    /// # Errors
    /// 400/20001 for a text that is no expression where one is wanted.
    pub(crate) fn ready<'c>(self, ctx: &'c Ctx<'_>, name: &str, wanted: &'c Value) -> Outcome<Test<'c>> {
        match self {
            Self::TaskRouter(question) => question.ready(ctx, name, wanted),
            Self::Matches(field) => {
                let text = wanted.as_str().unwrap_or_default();
                let pattern = regex::Regex::new(text).map_err(|_| {
                    ApiError::invalid_parameter(name, format_args!("'{text}' is no regular expression"))
                })?;
                Ok(Box::new(move |object| {
                    pattern.is_match(&written(field_of(object, field)))
                }))
            }
            Self::SidOrName(field, collection) => {
                let (store, host) = (&ctx.state.store, &ctx.route.host);
                let mut named = store.members_with(host, ctx.account, collection, "unique_name", wanted.clone());
                let wanted = named
                    .next()
                    .map_or_else(|| wanted.clone(), |named| Value::from(named.key.as_str()));
                Ok(Box::new(move |object| is(field_of(object, field), &wanted)))
            }
            Self::TypeOf(field, collections) => Ok(Box::new(move |object| {
                let sid = object.text(field).unwrap_or_default();
                let mut found = collections.iter().filter_map(|collection| {
                    let path = format!("{collection}/{sid}");
                    ctx.state.store.find(&ctx.route.host, ctx.account, &path)
                });
                found.any(|named| is(field_of(named, "type"), wanted))
            })),
            Self::Minutes(field) => {
                let minutes = wanted.as_i64().unwrap_or_default();
                let since = ctx.now.as_second() - minutes.saturating_mul(60);
                Ok(Box::new(move |object| {
                    let at = object.text(field).and_then(time);
                    at.is_some_and(|at| at.as_second() >= since)
                }))
            }
            Self::From(field, bounds) => {
                let descending = ctx.query.text("Order") == Some("desc");
                let exclusive = ctx.query.text(bounds) == Some("exclusive");
                Ok(Box::new(move |object| {
                    let order = ordered(field_of(object, field), wanted);
                    let order = if descending { order.reverse() } else { order };
                    order.is_gt() || (order.is_eq() && !exclusive)
                }))
            }
            filter => Ok(Box::new(move |object| filter.passes(object, wanted))),
        }
    }

    /// Whether an object passes, for filters that need nothing but the object.
    pub(crate) fn passes(&self, object: &Object, wanted: &Value) -> bool {
        let field = |name: &str| field_of(object, name);
        let day_or_time = |name: &str| day_or_time(field(name), wanted);
        match self {
            Self::Equals(name) => is(field(name), wanted),
            Self::OneOf(name) => {
                let texts = match wanted {
                    Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
                    text => Vec::from_iter(text.as_str()),
                };
                let mut all = texts.into_iter().flat_map(|text| text.split(','));
                all.any(|one| is(field(name), &Value::from(one.trim())))
            }
            Self::Flag(name) => {
                let wanted = wanted.as_bool().unwrap_or_else(|| {
                    let text = wanted.as_str().unwrap_or_default();
                    ["true", "1", "yes"].iter().any(|yes| text.eq_ignore_ascii_case(yes))
                });
                field(name).as_bool() == Some(wanted)
            }
            Self::Including(name) => wanted.as_bool() == Some(true) || field(name).as_bool() == Some(true),
            Self::Channel(name) => {
                let (actual, wanted) = (field(name).as_str(), wanted.as_str());
                let channel = actual
                    .and_then(|actual| actual.split_once(':'))
                    .map(|(channel, _)| channel);
                channel.zip(wanted).is_some_and(|(channel, wanted)| channel == wanted)
            }
            Self::Holds(name) => {
                let mut items = field(name).as_array().into_iter().flatten();
                items.any(|item| is(item, wanted))
            }
            Self::HoldsAll(name) => {
                let items = field(name).as_array().map(Vec::as_slice).unwrap_or_default();
                let all = wanted
                    .as_array()
                    .map_or_else(|| vec![wanted], |all| all.iter().collect());
                all.into_iter().all(|one| items.iter().any(|item| is(item, one)))
            }
            Self::At(path) => {
                let (first, rest) = path
                    .split_first()
                    .map_or(("", &path[..0]), |(first, rest)| (*first, rest));
                let value = rest.iter().try_fold(field(first), |value, name| value.get(*name));
                is(value.unwrap_or(&Value::Null), wanted)
            }
            Self::AnyMember(name) => {
                let mut members = field(name).as_object().into_iter().flat_map(serde_json::Map::values);
                members.any(|value| is(value, wanted))
            }
            Self::MemberName(name) => {
                let mut members = field(name).as_object().into_iter().flat_map(serde_json::Map::keys);
                members.any(|name| is(&Value::from(name.as_str()), wanted))
            }
            Self::AnyItem(name, member) => {
                let mut items = field(name).as_array().into_iter().flatten();
                items.any(|item| is(item.get(member).unwrap_or(&Value::Null), wanted))
            }
            Self::Written(name) => is(object.hidden.get(*name).unwrap_or(&Value::Null), wanted),
            Self::IsSet(name) => Some(!field(name).is_null()) == wanted.as_bool(),
            Self::Like(name) => {
                let text = field(name).as_str().unwrap_or_default().to_lowercase();
                let wanted = wanted.as_str().unwrap_or_default().to_lowercase();
                fits(&wanted, "(?s).*").is_some_and(|pattern| pattern.is_match(&text))
            }
            Self::Digits(name) => {
                let text = field(name).as_str().unwrap_or_default();
                let mut parts = wanted.as_str().unwrap_or_default().split('*').map(regex::escape);
                let pattern = parts.by_ref().collect::<Vec<_>>().join("[0-9]");
                regex::Regex::new(&pattern).is_ok_and(|pattern| pattern.is_match(text))
            }
            Self::After(name) => day_or_time(name).is_some_and(|(actual, bound)| actual >= bound),
            Self::Before(name) => day_or_time(name).is_some_and(|(actual, bound)| actual < bound),
            Self::UpTo(name) => day_or_time(name).is_some_and(|(actual, bound)| actual <= bound),
            // These are made ready above, or say nothing of an object.
            Self::Matches(_)
            | Self::SidOrName(..)
            | Self::TypeOf(..)
            | Self::Minutes(_)
            | Self::From(..)
            | Self::TaskRouter(_)
            | Self::OfAnother
            | Self::Off
            | Self::Decided => true,
        }
    }
}

fn field_of<'o>(object: &'o Object, name: &str) -> &'o Value {
    object.body.get(name).unwrap_or(&Value::Null)
}

/// A whole text with `*` for anything, as a regular expression.
fn fits(wanted: &str, anything: &str) -> Option<regex::Regex> {
    let parts: Vec<String> = wanted.split('*').map(regex::escape).collect();
    regex::Regex::new(&format!("^{}$", parts.join(anything))).ok()
}

fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Numbers by their value, all else by its text.
fn ordered(actual: &Value, wanted: &Value) -> std::cmp::Ordering {
    let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
    match (actual.as_f64(), number(wanted)) {
        (Some(actual), Some(wanted)) => actual.total_cmp(&wanted),
        _ => written(actual).cmp(&written(wanted)),
    }
}
