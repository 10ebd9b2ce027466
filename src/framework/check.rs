//! Checks on single known values. What they say never repeats the value: see [`super::reason`].

use super::diagnostics::Severity;
use super::nearest::nearest;
use super::path::Step;
use super::reason::Reason;
use super::schema::Validator;
use super::value::Value;

/// Known words up to this many are all shown; of more, the nearest.
const FEW: usize = 12;

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// Whether the value is refused or only odd.
    pub severity: Severity,
    /// The element that is meant, where it is one of a list or map.
    pub step: Option<Step>,
    /// What is wrong, and what would be right.
    pub reason: Reason,
}

fn refused(reason: impl Into<Reason>) -> Result<(), Finding> {
    Err(Finding {
        severity: Severity::Error,
        step: None,
        reason: reason.into(),
    })
}

/// Why a value is refused that comes from elsewhere than a configuration, such as a part of an import id. What is only odd passes.
pub fn refusal(validator: &Validator, value: &Value) -> Option<Reason> {
    let finding = check(validator, value).err()?;
    (finding.severity == Severity::Error).then_some(finding.reason)
}

/// Whether `value` passes.
pub(super) fn check(validator: &Validator, value: &Value) -> Result<(), Finding> {
    match validator {
        Validator::NonEmpty => match value {
            Value::String(text) if text.is_empty() => refused(EMPTY_TEXT),
            Value::String(text) if text.trim().is_empty() => refused(BLANK_TEXT),
            _ if size(value) == Some(0) => refused(NO_ELEMENTS),
            _ => Ok(()),
        },
        Validator::OneOf(allowed) => match value.as_str() {
            Some(text) if !allowed.contains(&text) => refused(no_choice(text, allowed)),
            _ => Ok(()),
        },
        Validator::Known(known) => match value.as_str() {
            Some(text) if !text.is_empty() && !known.contains(&text) => Err(Finding {
                severity: Severity::Warning,
                step: None,
                reason: unknown_word(text, known),
            }),
            _ => Ok(()),
        },
        Validator::Range { min, max } => match value.as_number() {
            Some(number) if *number < (*min).into() || *number > (*max).into() => refused(
                Reason::new("It must be between ")
                    .number(*min)
                    .and(" and ")
                    .number(*max)
                    .and("."),
            ),
            _ => Ok(()),
        },
        Validator::Whole => match value.as_number() {
            Some(number) if number.to_i64().is_none() => {
                refused("It must be a whole number, without a fraction, and not larger than a computer counts.")
            }
            _ => Ok(()),
        },
        Validator::Length { min, max } => match size(value) {
            Some(length) if length < *min || length > *max => refused(wrong_length(value, length, *min, *max)),
            _ => Ok(()),
        },
        Validator::Each(inner) => each(inner, value),
        Validator::Custom(custom) => custom.check(value).or_else(refused),
    }
}

/// What is said of a text that is set and empty.
pub(crate) const EMPTY_TEXT: &str = "It is set and empty. Give it a value, or leave it out (or set it to null).";

const BLANK_TEXT: &str = "It has only white space. Give it a value, or leave it out (or set it to null).";

const NO_ELEMENTS: &str = "It is set and has no elements. Give it one, or leave it out (or set it to null).";

/// What is said instead where it cannot be left out.
const WHERE_REQUIRED: &[(&str, &str)] = &[
    (EMPTY_TEXT, "It is set and empty. Give it a value."),
    (BLANK_TEXT, "It has only white space. Give it a value."),
    (NO_ELEMENTS, "It is set and has no elements. Give it one."),
];

/// The reason why a required value is refused: without the advice to leave it out.
pub(super) fn where_required(reason: Reason) -> Reason {
    let said = WHERE_REQUIRED
        .iter()
        .find(|(optional, _)| reason == Reason::new(optional));
    said.map_or(reason, |(_, required)| Reason::new(required))
}

fn each(inner: &Validator, value: &Value) -> Result<(), Finding> {
    let with_step = |step: Option<Step>, item: &Value| match item.is_known() {
        true => check(inner, item).map_err(|finding| Finding { step, ..finding }),
        false => Ok(()),
    };
    match value {
        Value::Map(fields) => fields
            .iter()
            .try_for_each(|(key, item)| with_step(Some(Step::Key(key.clone())), item)),
        Value::Set(items) => items.iter().try_for_each(|item| with_step(None, item)),
        other => other
            .as_elements()
            .unwrap_or_default()
            .iter()
            .zip(0_i64..)
            .try_for_each(|(item, index)| with_step(Some(Step::Index(index)), item)),
    }
}

fn no_choice(text: &str, allowed: &'static [&'static str]) -> Reason {
    let reason = match text {
        "" => Reason::new("It is set and empty, and must be one of "),
        _ => Reason::new("It must be one of "),
    };
    let reason = reason.list(allowed).and(".");
    match nearest(text, allowed).first() {
        Some(meant) => reason.and(" Perhaps ").and(meant).and(" was meant."),
        None => reason,
    }
}

fn unknown_word(text: &str, known: &'static [&'static str]) -> Reason {
    let reason = Reason::new("This is none of the documented values. ");
    let near = nearest(text, known);
    // Twilio compares letter by letter, and small letters for capitals are a slip and no new value.
    let meant = known.iter().find(|word| word.eq_ignore_ascii_case(text));
    let reason = if let Some(meant) = meant {
        reason
            .and("Perhaps ")
            .and(meant)
            .and(" was meant: capital and small letters count.")
    } else if known.len() <= FEW {
        reason.and("There are ").list(known).and(".")
    } else if near.is_empty() {
        reason.and("None of them is like it; the documentation lists them.")
    } else {
        reason.and("The nearest of them: ").list(&near).and(".")
    };
    reason.and(" The value is sent as it is, in case there is such a value by now; if it is misspelt, correct it.")
}

fn wrong_length(value: &Value, length: usize, min: usize, max: usize) -> Reason {
    let is_text = matches!(value, Value::String(_));
    if length == 0 && is_text {
        return Reason::new(EMPTY_TEXT);
    }
    let unit = match (is_text, length) {
        (true, 1) => " character",
        (true, _) => " characters",
        (false, 1) => " element",
        (false, _) => " elements",
    };
    let reason = Reason::new("It has ").number(length).and(unit);
    match (length < min, min) {
        (true, _) => reason.and(", and needs at least ").number(min).and("."),
        (false, _) => reason.and(", and may have at most ").number(max).and("."),
    }
}

fn size(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Map(fields) => Some(fields.len()),
        other => other.as_elements().map(<[Value]>::len),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn said(validator: &Validator, value: impl Into<Value>) -> String {
        let finding = check(validator, &value.into()).expect_err("it does not pass");
        finding.reason.to_string()
    }

    #[test]
    fn sizes_and_ranges_include_their_bounds() {
        assert!(check(&Validator::Range { min: 1, max: 3 }, &Value::int(3)).is_ok());
        assert_eq!(
            said(&Validator::Range { min: 1, max: 3 }, 4),
            "It must be between 1 and 3."
        );
        let length = Validator::Length { min: 2, max: 3 };
        assert!(check(&length, &"äöü".into()).is_ok());
        assert_eq!(said(&length, "abcd"), "It has 4 characters, and may have at most 3.");
        let one = Value::Set(vec!["a".into()]);
        assert_eq!(said(&length, one), "It has 1 element, and needs at least 2.");
    }

    #[test]
    fn a_fraction_is_no_whole_number() {
        let fraction = Value::Number("6.5".parse().expect("it is a number"));
        assert!(said(&Validator::Whole, fraction).contains("whole number"));
        let huge = Value::Number("1e400".parse().expect("it is a number"));
        assert!(said(&Validator::Whole, huge).contains("whole number"));
        assert!(
            check(
                &Validator::Whole,
                &Value::Number("6.0".parse().expect("it is a number"))
            )
            .is_ok()
        );
    }

    #[test]
    fn what_is_set_and_empty_is_called_so() {
        for validator in [
            Validator::NonEmpty,
            Validator::OneOf(&["a"]),
            Validator::Length { min: 1, max: 2 },
        ] {
            assert!(said(&validator, "").contains("set and empty"), "{validator:?}");
        }
        assert!(said(&Validator::NonEmpty, " \n").contains("white space"));
        assert!(check(&Validator::NonEmpty, &Value::Set(Vec::new())).is_err());
    }

    #[test]
    fn a_word_that_is_not_known_is_a_warning_with_the_nearest() {
        const MANY: &[&str] = &[
            "sms",
            "mms",
            "calls",
            "a1",
            "a2",
            "a3",
            "a4",
            "a5",
            "a6",
            "a7",
            "a8",
            "a9",
            "totalprice",
        ];
        let finding = check(&Validator::Known(MANY), &"smss".into()).expect_err("it is not known");
        assert_eq!(finding.severity, Severity::Warning);
        let text = finding.reason.to_string();
        assert!(
            text.contains("sms") && !text.contains("smss") && !text.contains("totalprice"),
            "{text}"
        );
        assert!(said(&Validator::Known(&["http", "web"]), "x").contains("http, web"));
        assert!(check(&Validator::Known(MANY), &"".into()).is_ok());
        for (validator, meant) in [
            (Validator::Known(MANY), "totalprice"),
            (Validator::Known(&["TotalPrice", "web"]), "TotalPrice"),
        ] {
            let text = said(&validator, "TOTALPRICE");
            assert!(text.contains(&format!("Perhaps {meant} was meant")), "{text}");
        }
    }

    #[test]
    fn an_element_is_named_by_its_place_in_a_list() {
        let each = Validator::Each(Box::new(Validator::NonEmpty));
        let list = Value::List(vec!["a".into(), "".into()]);
        let finding = check(&each, &list).expect_err("one is empty");
        assert_eq!(finding.step, Some(Step::Index(1)));
    }
}
