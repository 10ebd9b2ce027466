//! Phone numbers, by the numbering plans of libphonenumber. Its metadata is read when a number is first looked at, so a process
//! that never does pays nothing.

use rlibphonenumber::{
    NotANumberError, NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, Region,
    ValidationError,
};

use crate::framework::provider::FunctionError;
use crate::framework::reason::Reason;

use super::table::wrong;

/// What people write in a number beside its digits: spaces, hyphens and dashes, dots, brackets, slashes and tildes.
fn is_punctuation(character: char) -> bool {
    character.is_whitespace()
        || "+＋-.()/[]~（）／．".contains(character)
        || ('\u{2010}'..='\u{2015}').contains(&character)
        || matches!(
            character,
            '\u{2212}' | '\u{30fc}' | '\u{ff0d}' | '\u{2060}' | '\u{200b}' | '\u{ad}'
        )
}

/// A region by its two letters.
///
/// # Errors
/// When there is none, at the argument that it is.
pub(super) fn region(text: &str, argument: usize) -> Result<Region, FunctionError> {
    let known = text.parse::<Region>().ok();
    let known = known.filter(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(*region).is_some());
    let reason = match text {
        "UK" | "uk" => "It is no region with phone numbers. The United Kingdom is GB.",
        _ => {
            "It is no region with phone numbers. Write the two letters of ISO 3166-1, for example US, GB or DE, or null for a \
             number that starts with a plus sign."
        }
    };
    known.ok_or_else(|| wrong(argument, reason))
}

/// The number that a text is, if a numbering plan has it. `region` is that of a number without a plus sign.
///
/// # Errors
/// What is wrong with it, at the argument that it is.
pub(super) fn number(text: &str, region: Option<Region>, argument: usize) -> Result<PhoneNumber, FunctionError> {
    let refuse = |reason: Reason| Err(wrong(argument, reason));
    let text = text.trim();
    if text.is_empty() {
        return refuse("It is empty.".into());
    }
    let is_letter = |character: char| character.is_ascii_alphabetic();
    let is_known = |character: char| character.is_numeric() || is_letter(character) || is_punctuation(character);
    // Beyond these libphonenumber drops what it does not understand: an extension, a second number, words around it.
    if let Some(position) = text.chars().position(|character| !is_known(character)) {
        return refuse(
            Reason::new("Character ")
                .number(position + 1)
                .and(" does not belong into a phone number. Extensions are not a part of E.164: leave them out."),
        );
    }
    let is_alpha = || PHONE_NUMBER_UTIL.is_alpha_number(text) && !is_number_before_letters(text, region);
    if text.starts_with(is_letter) || (text.contains(is_letter) && !is_alpha()) {
        return refuse(
            "There are letters in it, and it is no number with letters for digits such as 1-800-FLOWERS. Extensions are not a \
             part of E.164: leave them out."
                .into(),
        );
    }
    let number = match PHONE_NUMBER_UTIL.parse(text, region) {
        Ok(number) => number,
        Err(error) => return refuse(unreadable(&error, text.starts_with(['+', '＋']) || region.is_some())),
    };
    if number.extension.is_some() {
        return refuse("It has an extension, which is not a part of E.164. Leave it out.".into());
    }
    if PHONE_NUMBER_UTIL.is_valid_number(&number) {
        return Ok(number);
    }
    refuse(match PHONE_NUMBER_UTIL.is_possible_number_with_reason(&number) {
        Err(ValidationError::TooShort) => "It has too few digits for a phone number of its country.".into(),
        Err(ValidationError::TooLong) => "It has too many digits for a phone number of its country.".into(),
        Err(ValidationError::InvalidLength) => "No phone number of its country has this many digits.".into(),
        Err(_) => NO_COUNTRY_CODE.into(),
        Ok(_) => Reason::new(
            "It has the length of a phone number, and the numbering plan of its country has none that begins like this.",
        ),
    })
}

const NO_COUNTRY_CODE: &str = "There is no such country code.";

/// Whether what stands before the first letter could be a whole number, so that the letters are a word behind it: in countries whose
/// numbers have no fixed length, they would be taken for more digits.
fn is_number_before_letters(text: &str, region: Option<Region>) -> bool {
    let digits = text.split(|character: char| character.is_ascii_alphabetic()).next();
    let number = digits.and_then(|digits| PHONE_NUMBER_UTIL.parse(digits, region).ok());
    number.is_some_and(|number| {
        let length = PHONE_NUMBER_UTIL.is_possible_number_with_reason(&number);
        matches!(length, Ok(NumberLengthType::IsPossible))
    })
}

/// `has_country` is whether it is known of which country the number should be: by itself, or by the region.
fn unreadable(error: &ParseError, has_country: bool) -> Reason {
    match error {
        ParseError::InvalidCountryCode if !has_country => {
            Reason::new("It does not start with a plus sign and a country code, as in +14155550142.")
        }
        ParseError::InvalidCountryCode => NO_COUNTRY_CODE.into(),
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => "It has too few digits for a phone number.".into(),
        ParseError::TooLongNsn | ParseError::NotANumber(NotANumberError::FailedToParseNumberAsInt(_)) => {
            "It has too many digits for a phone number.".into()
        }
        ParseError::NotANumber(_) => "It is no phone number.".into(),
    }
}

/// In E.164 form.
pub(super) fn e164(number: &PhoneNumber) -> String {
    PHONE_NUMBER_UTIL.format(number, PhoneNumberFormat::E164).into_owned()
}

/// The region of a number; none where its country code is not of one, such as +800.
pub(super) fn region_of(number: &PhoneNumber) -> Option<String> {
    let region = PHONE_NUMBER_UTIL.get_region_for_number(number)?;
    (region != Region::World).then(|| region.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn any_text_is_answered_and_what_is_a_number_is_one_again(
            text in "[0-9+() ./x*#;=a-c\u{ff10}-\u{ff19}-]{0,24}|\\PC{0,12}",
            region in "[A-Z]{2}|\\PC{0,3}",
        ) {
            let region = region_at(&region);
            if let Ok(found) = number(&text, region, 0) {
                let written = e164(&found);
                prop_assert!(crate::engine::values::checks::e164(&written).is_ok(), "{written}");
                let again = number(&written, None, 0).map(|number| e164(&number));
                prop_assert_eq!(again, Ok(written));
            }
        }
    }

    fn region_at(text: &str) -> Option<Region> {
        region(text, 1).ok()
    }
}
