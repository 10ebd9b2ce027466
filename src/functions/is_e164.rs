//! Whether a text is a phone number as Twilio takes it. <https://www.twilio.com/docs/glossary/what-e164>

use super::table::{Function, Parameter, Shape, text};
use crate::engine::values::checks;
use crate::framework::provider::FunctionError;
use crate::framework::value::Value;

/// `is_e164`.
pub const IS_E164: Function = Function {
    name: "is_e164",
    since: "0.1.0",
    doc: "Says whether a text has the form of E.164: a plus sign, and 2 to 15 digits of which the first is not 0. A number behind \
          `+1` must have ten digits. It is the check that the attributes of resources have, for the conditions of variables.",
    quirks: &[
        "It looks at the form alone. `e164(number, null)` and `phone_country(number)` also know the numbering plans, and refuse \
         a number that no country has.",
    ],
    api_page: "https://www.twilio.com/docs/glossary/what-e164",
    parameters: &[Parameter::new("text", Shape::Text, "The text.")],
    variadic: None,
    result: Shape::Bool,
    returns: "It is `true` for a text of this form and `false` for any other.",
    call,
};

fn call(arguments: &[Value]) -> Result<Value, FunctionError> {
    Ok(checks::e164(text(arguments, 0).unwrap_or_default()).is_ok().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of Twilio's page on E.164, and texts that are nearly such.
    #[test]
    fn only_a_plus_sign_and_digits_are_e164() {
        for (text, expected) in [
            ("+14155552671", true),
            ("+442071838750", true),
            ("+551155256325", true),
            ("4155552671", false),
            ("+1 415 555 2671", false),
            ("+1415555267", false),
            ("+014155552671", false),
            ("+4420718387501234", false),
            ("+", false),
            ("", false),
            ("+442071838750\n", false),
            ("+٤٤٢٠٧١٨٣٨٧٥٠", false),
            ("whatsapp:+14155552671", false),
        ] {
            assert_eq!(call(&[text.into()]), Ok(expected.into()), "{text:?}");
        }
    }
}
