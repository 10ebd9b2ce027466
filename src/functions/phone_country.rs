//! The country of a phone number. <https://www.twilio.com/docs/glossary/what-e164>

use super::phone;
use super::table::{Function, Parameter, Shape, text};
use crate::framework::provider::FunctionError;
use crate::framework::value::Value;

/// `phone_country`.
pub const PHONE_COUNTRY: Function = Function {
    name: "phone_country",
    since: "0.1.0",
    doc: "Says which country a phone number belongs to, by its digits. It distinguishes countries that share a country code: \
          `+1 876` is Jamaica and `+7 7` is Kazakhstan. Use it to pick what differs by country, such as an address or a sender.",
    quirks: &[
        "Numbering plans are those of the provider's version, see `e164`.",
        "A number does not say where its owner is, and a US toll-free number may be Canadian: such a number is `US`.",
    ],
    api_page: "https://www.twilio.com/docs/glossary/what-e164",
    parameters: &[Parameter::new(
        "number",
        Shape::Text,
        "The number, starting with a plus sign and the country code.",
    )],
    variadic: None,
    result: Shape::Text,
    returns: "It has the two letters (ISO 3166-1), for example `US`, as `iso_country` has them. Null for a number of no country, such as \
              an international toll-free number (`+800`).",
    call,
};

fn call(arguments: &[Value]) -> Result<Value, FunctionError> {
    let number = phone::number(text(arguments, 0).unwrap_or_default(), None, 0)?;
    Ok(phone::region_of(&number).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_with_one_country_code_are_distinguished() {
        for (number, expected) in [
            ("+14155552671", Some("US")),
            ("+1 604 555 0142", Some("CA")),
            ("+1 876 523 0123", Some("JM")),
            ("+1 800 555 0142", Some("US")),
            ("+442071838750", Some("GB")),
            ("+44 1481 712345", Some("GG")),
            ("+39 06 698 12345", Some("VA")),
            ("+39 02 1234 567", Some("IT")),
            ("+7 701 123 4567", Some("KZ")),
            ("+7 495 123 4567", Some("RU")),
            ("+358 18 12345", Some("AX")),
            ("+800 1234 5678", None),
            ("+883 5100 1234 5678", None),
        ] {
            assert_eq!(call(&[number.into()]), Ok(expected.into()), "{number}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_of_the_one_argument() {
        for (number, expected) in [
            ("4155550142", "does not start with a plus sign"),
            ("+999123", "no such country code"),
        ] {
            let said = call(&[number.into()]).expect_err(number).text;
            assert!(said.contains(expected) && !said.contains("region"), "{number}: {said}");
        }
    }

    #[test]
    fn a_number_of_no_plan_and_one_without_a_country_code_are_refused() {
        for number in ["4155552671", "+1 415 555 267", "+999 123 456", "", "help"] {
            assert_eq!(call(&[number.into()]).expect_err(number).argument, Some(0));
        }
    }
}
