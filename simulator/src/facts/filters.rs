//! What the filters of lists compare, where it is not simply the field of the same name.
//!
//! A filter `DateSent<` or `DateSent>` is about the date `date_sent`, one that ends in `After` or `Before` about the date before it,
//! one that has the name of a field about that field. What else a filter does stands here; a filter that is none of this is not
//! modelled, and is refused when the simulator is strict.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::{At, is_at};
use crate::contract::{Resource, snake_case};
use crate::store::Object;

/// What a filter compares.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    /// The field is it.
    Equals(String),
    /// The field is one of several, written with commas.
    OneOf(&'static str),
    /// The field begins with it and a colon.
    Channel(&'static str),
    /// The list holds it.
    Holds(&'static str),
    /// The member of the object is it.
    Member(&'static str, &'static str),
    /// The parameter was written so, which no answer shows.
    Written(&'static str),
    /// The field has a value, or has none.
    IsSet(&'static str),
    /// The date is not before it.
    After(String),
    /// The date is before it.
    Before(String),
    /// The date is not after it.
    UpTo(String),
    /// It only takes `false`, which changes nothing.
    Off,
    /// A behaviour decides.
    Decided,
}

type Line = (At, &'static str, Filter);

const BUNDLES: At = ("numbers.twilio.com", "/v2/RegulatoryCompliance/Bundles");

const FILTERS: &[Line] = &[
    (("events.twilio.com", "/v1/Sinks"), "InUse", Filter::Decided),
    (("iam.twilio.com", "/v1/Keys"), "AccountSid", Filter::Decided),
    // https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles
    (BUNDLES, "BundleSids", Filter::OneOf("sid")),
    (BUNDLES, "IsoCountry", Filter::Written("IsoCountry")),
    (BUNDLES, "NumberType", Filter::Written("NumberType")),
    (BUNDLES, "EndUserType", Filter::Written("EndUserType")),
    (BUNDLES, "HasValidUntilDate", Filter::IsSet("valid_until")),
    // https://www.twilio.com/docs/phone-numbers/hosted-numbers/hosted-numbers-api/hosted-number-order-resource
    (
        ("numbers.twilio.com", "/v2/HostedNumber/Orders"),
        "SmsCapability",
        Filter::Member("capabilities", "sms"),
    ),
    // https://www.twilio.com/docs/whatsapp/api/senders: `whatsapp:+14155550100`.
    (
        ("messaging.twilio.com", "/v2/Channels/Senders"),
        "Channel",
        Filter::Channel("sender_id"),
    ),
    // https://www.twilio.com/docs/messaging/api/tollfree-verification-resource
    (
        ("messaging.twilio.com", "/v1/Tollfree/Verifications"),
        "IncludeSubAccounts",
        Filter::Off,
    ),
    (
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Recordings"),
        "IncludeSoftDeleted",
        Filter::Off,
    ),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    (
        (
            "trusthub.twilio.com",
            "/v1/CustomerProfiles/{CustomerProfileSid}/ChannelEndpointAssignments",
        ),
        "ChannelEndpointSids",
        Filter::OneOf("channel_endpoint_sid"),
    ),
    (
        (
            "trusthub.twilio.com",
            "/v1/TrustProducts/{TrustProductSid}/ChannelEndpointAssignments",
        ),
        "ChannelEndpointSids",
        Filter::OneOf("channel_endpoint_sid"),
    ),
    // https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource
    (
        ("voice.twilio.com", "/v1/DialingPermissions/Countries"),
        "CountryCode",
        Filter::Holds("country_codes"),
    ),
];

/// Filters by dates whose names say nothing of the field: host, collection, filter for the first day, filter for the last, field.
const BETWEEN: &[(At, &str, &str, &str)] = &[
    // https://www.twilio.com/docs/conversations/api/conversation-resource
    (
        ("conversations.twilio.com", "/v1/Conversations"),
        "StartDate",
        "EndDate",
        "date_created",
    ),
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations",
        ),
        "StartDate",
        "EndDate",
        "date_created",
    ),
    (BUNDLES, "ValidUntilDate>", "ValidUntilDate<", "valid_until"),
];

/// Filters that are called otherwise than the field: host, collection, filter, field.
const CALLED_OTHERWISE: &[(At, &str, &str)] = &[
    (("numbers.twilio.com", "/v2/ShortCodes/Applications"), "Status", "state"),
    (BUNDLES, "ValidUntilDate", "valid_until"),
];

/// What a filter of a list compares; `None` if that is not modelled.
pub(crate) fn of(resource: &Resource, has: impl Fn(&str) -> bool, name: &str) -> Option<Filter> {
    let renamed = CALLED_OTHERWISE
        .iter()
        .find(|(at, filter, _)| *filter == name && is_at(*at, resource));
    if let Some((.., field)) = renamed {
        return Some(Filter::Equals((*field).to_owned()));
    }
    for (_, first, last, field) in BETWEEN.iter().filter(|(at, ..)| is_at(*at, resource)) {
        match name {
            _ if name == *first => return Some(Filter::After((*field).to_owned())),
            _ if name == *last => return Some(Filter::UpTo((*field).to_owned())),
            _ => {}
        }
    }
    let listed = FILTERS
        .iter()
        .find(|(at, filter, _)| *filter == name && is_at(*at, resource));
    if let Some((.., filter)) = listed {
        return Some(filter.clone());
    }
    // `DateCreatedAfter` → `date_created`; newer products write `createdAfter` and answer `createdAt`.
    let date = |base: &str| {
        let names = [
            snake_case(base),
            base.to_owned(),
            format!("date_{}", snake_case(base)),
            format!("{base}At"),
        ];
        names.into_iter().find(|name| has(name))
    };
    if let Some(base) = name.strip_suffix('>') {
        return date(base).map(Filter::After);
    }
    if let Some(base) = name.strip_suffix('<') {
        return date(base).map(Filter::UpTo);
    }
    for field in [snake_case(name), name.to_owned()] {
        if has(&field) {
            return Some(Filter::Equals(field));
        }
    }
    if let Some(base) = name.strip_suffix("OnOrBefore") {
        return date(base).map(Filter::UpTo);
    }
    if let Some(base) = name.strip_suffix("Before") {
        return date(base).map(Filter::Before);
    }
    let base = name.strip_suffix("After")?;
    date(base).map(Filter::After)
}

impl Filter {
    /// Whether an object passes.
    pub(crate) fn passes(&self, object: &Object, wanted: &Value) -> bool {
        let field = |name: &str| object.body.get(name).unwrap_or(&Value::Null);
        match self {
            Self::Equals(name) => is(field(name), wanted),
            Self::OneOf(name) => {
                let mut all = wanted.as_str().unwrap_or_default().split(',');
                all.any(|one| is(field(name), &Value::from(one.trim())))
            }
            Self::Channel(name) => {
                let (actual, wanted) = (field(name).as_str(), wanted.as_str());
                let channel = actual
                    .and_then(|actual| actual.split_once(':'))
                    .map(|(channel, _)| channel);
                channel.zip(wanted).is_some_and(|(channel, wanted)| channel == wanted)
            }
            Self::Holds(name) => field(name).as_array().is_some_and(|items| items.contains(wanted)),
            Self::Member(name, member) => is(field(name).get(member).unwrap_or(&Value::Null), wanted),
            Self::Written(name) => is(object.hidden.get(*name).unwrap_or(&Value::Null), wanted),
            Self::IsSet(name) => Some(!field(name).is_null()) == wanted.as_bool(),
            Self::After(name) => day_or_time(field(name), wanted).is_some_and(|(actual, bound)| actual >= bound),
            Self::Before(name) => day_or_time(field(name), wanted).is_some_and(|(actual, bound)| actual < bound),
            Self::UpTo(name) => day_or_time(field(name), wanted).is_some_and(|(actual, bound)| actual <= bound),
            Self::Off | Self::Decided => true,
        }
    }
}

/// Whether a field is what is wanted; a date is where only its day is named.
fn is(actual: &Value, wanted: &Value) -> bool {
    if let (Some(text), Some(day)) = (actual.as_str(), wanted.as_str().and_then(day))
        && let Some(at) = time(text)
    {
        return in_utc(at) == day;
    }
    match (actual, wanted) {
        (Value::String(actual), Value::String(wanted)) => actual == wanted,
        (Value::Array(items), wanted) => items.contains(wanted),
        (Value::Null, Value::String(wanted)) => wanted.is_empty(),
        // Numbers and booleans are written into a query as texts.
        (actual, Value::String(wanted)) => serde_json::from_str(wanted).is_ok_and(|wanted: Value| *actual == wanted),
        (Value::String(actual), wanted) => serde_json::from_str(actual).is_ok_and(|actual: Value| actual == *wanted),
        (actual, wanted) => actual == wanted,
    }
}

/// Both as days if only a day is wanted, else as seconds.
fn day_or_time(actual: &Value, wanted: &Value) -> Option<(i64, i64)> {
    let (actual, wanted) = (time(actual.as_str()?)?, wanted.as_str()?);
    match day(wanted) {
        Some(day) => Some((days(in_utc(actual)), days(day))),
        None => Some((actual.as_second(), time(wanted)?.as_second())),
    }
}

fn days(date: Date) -> i64 {
    let since = date.since(jiff::civil::date(1970, 1, 1)).ok();
    since.map_or(0, |span| i64::from(span.get_days()))
}

fn in_utc(at: Timestamp) -> Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn day(text: &str) -> Option<Date> {
    // A time begins with a date too, so the length tells them apart.
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// A time in either of Twilio's two styles.
fn time(text: &str) -> Option<Timestamp> {
    let iso = text.parse::<Timestamp>().ok();
    let midnight = || format!("{text}T00:00:00Z").parse().ok();
    iso.or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
        .or_else(midnight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Location, OperationKind};
    use crate::facts::assert_published;
    use serde_json::json;

    #[test]
    fn each_line_is_about_a_published_filter() {
        let listed = FILTERS.iter().map(|(at, name, _)| (*at, *name));
        let between = BETWEEN
            .iter()
            .flat_map(|(at, first, last, _)| [(*at, *first), (*at, *last)]);
        let otherwise = CALLED_OTHERWISE.iter().map(|(at, name, _)| (*at, *name));
        for (at, name) in listed.chain(between).chain(otherwise) {
            let list = assert_published(at).operation(OperationKind::List).expect("a list");
            assert!(
                list.params_in(Location::Query).any(|param| param.name == name),
                "{at:?} {name}"
            );
        }
        let fields = BETWEEN.iter().map(|(at, .., field)| (*at, *field));
        for (at, field) in fields.chain(CALLED_OTHERWISE.iter().map(|(at, _, field)| (*at, *field))) {
            let mut known = assert_published(at).object_fields().iter();
            assert!(known.any(|known| known.name == field), "{at:?} {field}");
        }
    }

    #[test]
    fn days_and_times_are_compared_in_both_styles() {
        let rfc = json!("Tue, 03 Mar 2026 09:08:07 +0000");
        let iso = json!("2026-03-03T09:08:07Z");
        for actual in [&rfc, &iso] {
            assert!(is(actual, &json!("2026-03-03")));
            assert!(!is(actual, &json!("2026-03-04")));
            let order = |wanted: &str| {
                let (actual, wanted) = day_or_time(actual, &json!(wanted)).expect("dates");
                actual.cmp(&wanted)
            };
            assert_eq!(order("2026-03-03"), std::cmp::Ordering::Equal);
            assert_eq!(order("2025-12-31"), std::cmp::Ordering::Greater);
            assert_eq!(order("2026-03-03T09:08:08Z"), std::cmp::Ordering::Less);
        }
        assert_eq!(day_or_time(&Value::Null, &json!("2026-03-03")), None);
    }

    #[test]
    fn values_are_compared_as_they_are_written() {
        for (actual, wanted) in [
            (json!(true), json!("true")),
            (json!(5), json!("5")),
            (json!("5"), json!(5)),
            (json!(["a", "b"]), json!("b")),
            (Value::Null, json!("")),
        ] {
            assert!(is(&actual, &wanted), "{actual} {wanted}");
        }
        for (actual, wanted) in [
            (json!("a"), json!("ab")),
            (json!(false), json!("true")),
            (Value::Null, json!("x")),
        ] {
            assert!(!is(&actual, &wanted), "{actual} {wanted}");
        }
    }
}
