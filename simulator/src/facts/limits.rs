//! Lengths, alphabets, ranges and counts that Twilio documents outside of its contract's types, each with the code that it is
//! refused with. Only what is documented or was observed: a name that is nowhere limited is taken as it is.

mod counts;
mod json;
mod keys;
mod lines;
mod talk;
mod worded;

use serde_json::Value;

use super::{At, Refusal, is_at};
use crate::contract::Resource;
use crate::params::Params;

pub(crate) use counts::refuse_more;
pub(crate) use worded::refuse_worded;

/// One limit of one parameter.
struct Limit {
    at: At,
    parameter: &'static str,
    /// Which writes it is about.
    on: On,
    is: Is,
    refusal: Refusal,
}

impl Limit {
    /// Whether it is about a create, or about an update.
    fn counts(&self, creates: bool) -> bool {
        match self.on {
            On::Each => true,
            On::Create => creates,
            On::Update => !creates,
        }
    }
}

/// Which writes a limit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    Each,
    Create,
    Update,
}

/// What a value must be.
#[derive(Clone, Copy)]
enum Is {
    /// A text of so many characters.
    Characters(usize, usize),
    /// A text, or JSON, of no more bytes.
    Bytes(usize),
    /// A text for which this is true.
    Text(fn(&str) -> bool),
    /// A number between these.
    Between(i64, i64),
    /// A list, each text of which is this.
    Each(fn(&str) -> bool),
    /// A list of so many texts, each of so many characters.
    Texts((usize, usize), (usize, usize)),
}

impl Is {
    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Characters(least, most) => value
                .as_str()
                .is_none_or(|text| (least..=most).contains(&text.chars().count())),
            Self::Bytes(most) => match value {
                Value::Null => true,
                Value::String(text) => text.len() <= most,
                json => json.to_string().len() <= most,
            },
            Self::Text(is_right) => value.as_str().is_none_or(is_right),
            Self::Each(is_right) => {
                let texts = value.as_array().map(Vec::as_slice).unwrap_or_default();
                texts.iter().filter_map(Value::as_str).all(is_right)
            }
            Self::Between(least, most) => value.as_i64().is_none_or(|number| (least..=most).contains(&number)),
            Self::Texts((fewest, most), (shortest, longest)) => {
                let texts = value.as_array().map(Vec::as_slice).unwrap_or_default();
                let mut lengths = texts.iter().filter_map(Value::as_str).map(|text| text.chars().count());
                (fewest..=most).contains(&texts.len()) && lengths.all(|length| (shortest..=longest).contains(&length))
            }
        }
    }
}

/// All limits.
fn all() -> impl Iterator<Item = &'static Limit> {
    lines::all().chain(json::JSON).chain(keys::KEYS).chain(talk::TALK)
}

/// Refuses parameters that are beyond a limit.
///
/// # Errors
/// With the code of the first limit.
pub(crate) fn refuse(resource: &Resource, creates: bool, params: &Params) -> Result<(), crate::error::ApiError> {
    for limit in all().filter(|limit| limit.counts(creates) && is_at(limit.at, resource)) {
        if params.value(limit.parameter).is_some_and(|value| !limit.is.fits(value)) {
            return Err(limit.refusal.about(limit.parameter));
        }
    }
    Ok(())
}

/// Texts that are cut and not refused: host, collection, parameter, characters that stay.
const CUT: &[(At, &str, usize)] = &[
    // Recorded answers have names of exactly 64 characters, cut in a word: https://github.com/airbytehq/airbyte, `expected_records`
    // of the Twilio connector.
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
        ),
        "FriendlyName",
        64,
    ),
];

/// Cuts what Twilio cuts.
pub(crate) fn cut(resource: &Resource, params: &mut Params) {
    for (_, parameter, most) in CUT.iter().filter(|(at, ..)| is_at(*at, resource)) {
        if let Some(text) = params.text(parameter).filter(|text| text.chars().count() > *most) {
            let text: String = text.chars().take(*most).collect();
            params.set(parameter, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::OperationKind;
    use crate::facts::assert_published;

    #[test]
    fn each_limit_is_about_a_published_parameter() {
        for limit in all() {
            let resource = assert_published(limit.at);
            let wanted: &[OperationKind] = match limit.on {
                On::Each => &[OperationKind::Create, OperationKind::Update, OperationKind::Action],
                On::Create => &[OperationKind::Create],
                On::Update => &[OperationKind::Update],
            };
            let mut operations = wanted.iter().filter_map(|kind| resource.operation(*kind));
            let known = operations.any(|one| one.params.iter().any(|param| param.name == limit.parameter));
            assert!(known, "{:?} {}", limit.at, limit.parameter);
        }
        for (at, parameter, _) in CUT {
            let mut params = assert_published(*at)
                .operations()
                .flat_map(|operation| &operation.params);
            assert!(params.any(|param| param.name == *parameter), "{at:?} {parameter}");
        }
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert!(Is::Characters(1, 2).fits(&"éé".into()));
        assert!(!Is::Characters(1, 2).fits(&"abc".into()));
        assert!(!Is::Characters(1, 2).fits(&"".into()));
        assert!(!Is::Bytes(3).fits(&"éé".into()));
        assert!(Is::Bytes(7).fits(&serde_json::json!({"a": 1})));
    }
}
