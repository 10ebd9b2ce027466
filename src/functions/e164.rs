//! A phone number in the form that Twilio takes. <https://www.twilio.com/docs/glossary/what-e164>

use super::phone;
use super::table::{Function, Parameter, Shape, text};
use crate::framework::provider::FunctionError;
use crate::framework::value::Value;

/// `e164`.
pub const E164: Function = Function {
    name: "e164",
    since: "0.1.0",
    doc: "Writes a phone number in E.164 form: a plus sign, the country code and the number, without spaces. The number may be as \
          people write it, `(415) 555-0142`. It must be one that the numbering plan of its country has, so a digit too few or too \
          many is an error.",
    quirks: &[
        "Numbering plans are those of the provider's version. They change a few times a year, so a number from a range that is new \
         may need a newer provider.",
        "That the plan has a number does not mean that somebody has it. `twilio_phone_number` and Twilio's Lookup know more.",
        "Short codes are no phone numbers, and are refused.",
    ],
    api_page: "https://www.twilio.com/docs/glossary/what-e164",
    parameters: &[
        Parameter::new(
            "number",
            Shape::Text,
            "The number, with spaces, hyphens, dots, slashes or brackets if there are some. Letters stand for digits, as in \
             `1-800-FLOWERS`. Without a plus sign it is as it is dialled in the region.",
        ),
        Parameter::new(
            "region",
            Shape::Text,
            "The two letters (ISO 3166-1) of the region in which the number is dialled, for example `US`. Of no effect on a \
             number that starts with a plus sign, where it may be null.",
        )
        .nullable(),
    ],
    variadic: None,
    result: Shape::Text,
    returns: "It is the number in E.164 form, for example `+14155550142`.",
    call,
};

fn call(arguments: &[Value]) -> Result<Value, FunctionError> {
    let region = text(arguments, 1).map(|text| phone::region(text, 1)).transpose()?;
    let number = phone::number(text(arguments, 0).unwrap_or_default(), region, 0)?;
    Ok(phone::e164(&number).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e164(number: &str, region: Option<&str>) -> Result<String, FunctionError> {
        let value = call(&[number.into(), region.map(Value::from).unwrap_or_default()])?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// The first rows are Twilio's examples of E.164; the others are numbers of libphonenumber's tests and example numbers.
    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (number, region, expected) in [
            ("(415) 555-2671", Some("US"), "+14155552671"),
            ("020 7183 8750", Some("GB"), "+442071838750"),
            ("(011) 5525-6325", Some("BR"), "+551155256325"),
            ("+1 (415) 555-0142", None, "+14155550142"),
            ("415.555.0142", Some("us"), "+14155550142"),
            ("+44 20 7183 8750", Some("US"), "+442071838750"),
            ("011 44 20 7183 8750", Some("US"), "+442071838750"),
            ("0049 30 123456", Some("FR"), "+4930123456"),
            ("030/123456", Some("DE"), "+4930123456"),
            ("06 6982", Some("IT"), "+39066982"),
            ("8 (800) 123-45-67", Some("RU"), "+78001234567"),
            ("1-800-FLOWERS", Some("US"), "+18003569377"),
            ("1-800-555-CARE", Some("US"), "+18005552273"),
            ("+800 1234 5678", None, "+80012345678"),
            ("+１４１５５５５０１４２", None, "+14155550142"),
            ("011 15-2345-6789", Some("AR"), "+5491123456789"),
            ("  +1 876 523 0123 ", None, "+18765230123"),
        ] {
            let found = e164(number, region).unwrap_or_else(|_| "ERR".to_owned());
            assert_eq!(found, expected, "{number}");
        }
    }

    #[test]
    fn what_is_no_number_of_its_country_is_refused_at_the_argument() {
        for (number, region, position, reason) in [
            ("", Some("US"), 0, "empty"),
            ("call me", Some("US"), 0, "letters"),
            ("415-555-0142", None, 0, "plus sign"),
            ("415-555-014", Some("US"), 0, "too few"),
            ("415-555-01422", Some("US"), 0, "too many"),
            ("+1 115 555 0142", None, 0, "numbering plan"),
            ("+999 123456", None, 0, ""),
            ("911", Some("US"), 0, "too few"),
            ("415-555-0142 ext. 7", Some("US"), 0, "xtension"),
            ("+49 30 123456 fax", None, 0, "letters"),
            ("030 123456 home", Some("DE"), 0, "letters"),
            ("415 555 0142 office", Some("US"), 0, "letters"),
            ("415-555-0142 x7", Some("US"), 0, "xtension"),
            ("415-555-0142;ext=7", Some("US"), 0, "xtension"),
            ("tel:+14155550142", None, 0, "Character 4"),
            ("415-555-0142, 415-555-0143", Some("US"), 0, "Character 13"),
            ("1234567890123456789012345", Some("US"), 0, "too many"),
            ("415-555-0142", Some("UK"), 1, "GB"),
            ("415-555-0142", Some("XX"), 1, "region"),
            ("415-555-0142", Some("USA"), 1, "region"),
            ("415-555-0142", Some("001"), 1, "region"),
            ("415-555-0142", Some(""), 1, "region"),
        ] {
            let error = e164(number, region).expect_err(number);
            assert_eq!(error.argument, Some(position), "{number} {region:?}: {}", error.text);
            assert!(error.text.contains(reason), "{number} {region:?}: {}", error.text);
        }
    }
}
