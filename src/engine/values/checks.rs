//! Checks on single values, before any request. A reason never repeats the value: see [`crate::framework::reason`].

use url::ParseError;

use crate::engine::facts::Check;
use crate::engine::values::duration;
use crate::framework::check::EMPTY_TEXT;
use crate::framework::reason::Reason;
use crate::framework::schema::{CustomCheck, Validator};
use crate::framework::value::Value;
use crate::twilio::{Sid, SidError, kind, kind_with_letters, white_space_around};

/// The framework's form of a check.
pub fn validator(check: &'static Check) -> Validator {
    match check {
        Check::NonEmpty => Validator::NonEmpty,
        Check::OneOf(allowed) => Validator::OneOf(allowed),
        Check::Known(known) => Validator::Known(known),
        Check::Range(min, max) => Validator::Range { min: *min, max: *max },
        Check::Length(min, max) => Validator::Length { min: *min, max: *max },
        Check::Duration => on_text(duration::check),
        Check::Each(inner) => Validator::Each(Box::new(validator(inner))),
        Check::Sid(prefix) => sid_validator(prefix),
        Check::SidOf(prefixes) => on_text(move |text| sid_of(prefixes, text)),
        Check::AnySid => on_text(any_sid),
        Check::E164 => on_text(e164),
        Check::Country => on_text(country),
        Check::Url => on_text(url),
        Check::Json => on_text(json),
        Check::Custom(check) => on_text(check),
    }
}

/// Refuses a word that differs by capital letters alone from one that is known, where it is what an object goes by: it would be another
/// address of the same object, and two resources would have it.
pub fn spelt_as_known(check: &'static Check) -> Option<Validator> {
    let Check::Known(known) = check else {
        return None;
    };
    Some(on_text(|text| {
        let meant = known
            .iter()
            .find(|word| word.eq_ignore_ascii_case(text) && **word != text);
        meant.map_or(Ok(()), |meant| {
            Err(Reason::new("Its capital letters are not Twilio's. Write ")
                .and(meant)
                .and("."))
        })
    }))
}

/// A SID that starts with these letters.
pub fn sid_validator(prefix: &'static str) -> Validator {
    on_text(move |text| sid(prefix, text))
}

/// A check on a text.
pub fn on_text(check: impl Fn(&str) -> Result<(), Reason> + Send + Sync + 'static) -> Validator {
    Validator::Custom(CustomCheck::new(move |value: &Value| {
        value.as_str().map_or(Ok(()), &check)
    }))
}

/// Refuses white space around a text, which never belongs to it.
///
/// # Errors
/// A sentence that says where it is.
pub fn trimmed(text: &str) -> Result<(), Reason> {
    white_space_around(text).map_or(Ok(()), |place| {
        Err(Reason::new("There is white space ")
            .and(place)
            .and(". Take it out, for example with trimspace(…)."))
    })
}

/// A SID that starts with `prefix`. The empty text passes: it clears an attribute.
fn sid(prefix: &'static str, text: &str) -> Result<(), Reason> {
    if text.is_empty() {
        return Ok(());
    }
    trimmed(text)?;
    let wrong = |reason: Reason| {
        let expected = kind(prefix).unwrap_or("a SID");
        Err(reason
            .and(" Expected ")
            .and(expected)
            .and(": ")
            .and(prefix)
            .and(" followed by 32 hexadecimal digits."))
    };
    if text.contains('/') && text.split('/').all(|part| part.parse::<Sid>().is_ok()) {
        return wrong(Reason::new(
            "These are SIDs joined by a slash, as an import takes them; what belongs here is the last of them alone, which is \
             the attribute sid of the object.",
        ));
    }
    match Sid::with_prefix(text, prefix, "a SID") {
        Ok(sid) if sid.as_str().bytes().skip(2).any(|byte| byte.is_ascii_uppercase()) => wrong(Reason::new(
            "There are capital letters among its digits, and Twilio writes them small; its SIDs are compared letter by letter.",
        )),
        Ok(_) => Ok(()),
        Err(SidError::WrongKind { .. }) => {
            let found = text.get(..2).and_then(kind_with_letters);
            wrong(
                Reason::new("It is ")
                    .and(found.unwrap_or("the SID of something else"))
                    .and("."),
            )
        }
        Err(SidError::Length { found, .. }) => wrong(
            Reason::new("It has ")
                .number(found)
                .and(if found == 1 { " character" } else { " characters" })
                .and(", and a SID has 34."),
        ),
        Err(SidError::NotHex { position, .. }) => wrong(
            Reason::new("Character ")
                .number(position)
                .and(" is not a hexadecimal digit."),
        ),
        Err(_) if text.get(..2).is_some_and(|found| found.eq_ignore_ascii_case(prefix)) => {
            wrong(Reason::new("Its first two letters are small, and must be capitals."))
        }
        Err(_) => wrong(Reason::new(
            "It does not start with two capital letters, so it is no SID.",
        )),
    }
}

/// A SID that starts with one of several prefixes. The empty text passes, as in [`sid`].
fn sid_of(prefixes: &'static [&'static str], text: &str) -> Result<(), Reason> {
    any_sid(text)?;
    // What starts with one of them is wrong in its own way.
    if let Some(prefix) = prefixes.iter().find(|prefix| text.starts_with(**prefix)) {
        return sid(prefix, text);
    }
    if text.is_empty() {
        return Ok(());
    }
    let found = text.get(..2).and_then(kind_with_letters);
    let reason = Reason::new("It is ")
        .and(found.unwrap_or("the SID of something else"))
        .and(". Expected ");
    let last = prefixes.len().saturating_sub(1);
    let reason = prefixes.iter().enumerate().fold(reason, |reason, (index, prefix)| {
        let between = match index {
            0 => "",
            _ if index == last => " or ",
            _ => ", ",
        };
        let reason = reason
            .and(between)
            .and(kind(prefix).unwrap_or("a SID"))
            .and(": ")
            .and(prefix);
        reason.and("…")
    });
    Err(reason.and("."))
}

/// A SID of whatever. The empty text passes, as in [`sid`].
fn any_sid(text: &str) -> Result<(), Reason> {
    if text.is_empty() {
        return Ok(());
    }
    trimmed(text)?;
    if text.parse::<Sid>().is_ok() && !text.bytes().skip(2).any(|byte| byte.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(Reason::new(
        "It is no SID, which is two capital letters followed by 32 hexadecimal digits in small letters.",
    ))
}

/// An element of what is written as one text with commas.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn between_commas(text: &str) -> Result<(), Reason> {
    if text.is_empty() {
        return Err("There is an empty element. Leave it out.".into());
    }
    trimmed(text)?;
    match text.contains(',') {
        true => Err(
            "There is a comma in an element, and Twilio takes all of them as one text with commas between. Write \
                     several elements."
                .into(),
        ),
        false => Ok(()),
    }
}

/// A phone number in E.164 form: `+`, then 2 to 15 digits of which the first is not 0 (ITU-T E.164, section 6). Behind `+1`
/// are always ten (North American Numbering Plan).
///
/// # Errors
/// A sentence that says what the form is.
pub fn e164(text: &str) -> Result<(), Reason> {
    const FORM: &str = "A phone number is written in E.164 form: a plus sign, the country code and the number without spaces or \
                        punctuation, for example +14155550100.";
    if text.is_empty() {
        return Err(EMPTY_TEXT.into());
    }
    trimmed(text)?;
    let digits = text.strip_prefix('+').unwrap_or_default();
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !text.starts_with('+') {
        return Err(Reason::new("There is no plus sign in front. ").and(FORM));
    }
    if !all_digits {
        return Err(Reason::new("There is something else than digits behind the plus sign. ").and(FORM));
    }
    if digits.starts_with('0') {
        return Err(Reason::new("No country code starts with 0. ").and(FORM));
    }
    if digits.starts_with('1') && digits.len() != 11 {
        return Err(Reason::new(
            "Numbers that start with +1 (US, Canada and the Caribbean) have ten digits behind it, and this has ",
        )
        .number(digits.len() - 1)
        .and("."));
    }
    if (2..=15).contains(&digits.len()) {
        return Ok(());
    }
    Err(Reason::new("It has ")
        .number(digits.len())
        .and(" digits, and a phone number 2 to 15. ")
        .and(FORM))
}

/// Two capital letters; which of them are a country is not ours to say. The empty text passes: it clears an attribute.
fn country(text: &str) -> Result<(), Reason> {
    if text.is_empty() {
        return Ok(());
    }
    trimmed(text)?;
    let is_of = |is_letter: fn(&u8) -> bool| text.len() == 2 && text.bytes().all(|letter| is_letter(&letter));
    if text == "UK" {
        return Err("ISO 3166-1 knows the United Kingdom as GB. Write GB.".into());
    }
    if is_of(u8::is_ascii_uppercase) {
        return Ok(());
    }
    Err(match is_of(u8::is_ascii_alphabetic) {
        true => {
            "Its letters are small, and Twilio knows a country by capitals. Write it with upper(…), for example GB."
        }
        false => "It is not a country code. Write the two capital letters of ISO 3166-1, for example US or GB.",
    }
    .into())
}

/// An absolute http or https URL. The empty text passes: it clears an attribute.
fn url(text: &str) -> Result<(), Reason> {
    // What stands before an @ may be a password, also where the rest is no URL.
    let is_with_user = text.split(['?', '#']).next().is_some_and(|before| before.contains('@'));
    url_without_fault(text).map_err(|reason| match is_with_user {
        true => reason
            .and(" Its line is not shown here, as a password may be in the URL.")
            .without_line(),
        false => reason,
    })
}

fn url_without_fault(text: &str) -> Result<(), Reason> {
    if text.is_empty() {
        return Ok(());
    }
    trimmed(text)?;
    // The parser overlooks these, and Twilio would be sent them.
    if text
        .chars()
        .any(|character| character.is_whitespace() || character.is_control())
    {
        return Err("There is white space within the URL. Write a space in it as %20.".into());
    }
    // Some take it for a slash and some for a part of the name, so that two of them see two hosts.
    if text
        .split(['?', '#'])
        .next()
        .is_some_and(|before| before.contains('\\'))
    {
        return Err("There is a backslash within the URL. Write it as %5C, or a slash if that is meant.".into());
    }
    let lower = text.to_ascii_lowercase();
    let is_http = lower.starts_with("http://") || lower.starts_with("https://");
    match url::Url::parse(text) {
        Ok(url) if is_http && matches!(url.host_str(), Some("http" | "https")) => {
            Err("Its scheme is there twice. Write it once, for example https://example.com/voice.".into())
        }
        // The parser takes what follows for the host, whichever was meant.
        Ok(_) if is_http && lower.split_once("://").is_some_and(|(_, rest)| rest.starts_with('/')) => Err(
            "There is a slash too many before its host. Write it with two, for example https://example.com/voice."
                .into(),
        ),
        Ok(url) if is_http && url.has_host() => Ok(()),
        Ok(_) if !is_http && lower.contains("://") => {
            Err("It is the URL of another scheme than http and https, which are those that Twilio requests.".into())
        }
        Err(ParseError::InvalidPort) => Err("Its port is no number from 0 to 65535.".into()),
        Err(ParseError::IdnaError | ParseError::InvalidDomainCharacter) if is_http => Err(
            "Its host is no name that the internet can have. Write it with letters, digits, dots and dashes alone."
                .into(),
        ),
        Err(ParseError::InvalidIpv4Address | ParseError::InvalidIpv6Address) if is_http => {
            Err("Its host looks like an address, and is none.".into())
        }
        _ => Err("It is not an absolute URL. Write it with its scheme, for example https://example.com/voice.".into()),
    }
}

/// What the parser complains about, as far as it is said without the text.
const JSON_FAULTS: &[&str] = &[
    "EOF while parsing a list",
    "EOF while parsing a string",
    "EOF while parsing a value",
    "EOF while parsing an object",
    "control character (\\u0000-\\u001F) found while parsing a string",
    "expected `,` or `]`",
    "expected `,` or `}`",
    "expected `:`",
    "expected ident",
    "expected value",
    "invalid escape",
    "invalid number",
    "invalid unicode code point",
    "key must be a string",
    "lone leading surrogate in hex escape",
    "number out of range",
    "recursion limit exceeded",
    "trailing characters",
    "trailing comma",
    "unexpected end of hex escape",
];

fn json(text: &str) -> Result<(), Reason> {
    if text.trim().is_empty() {
        return Err("It is set and empty, which is no JSON.".into());
    }
    serde_json::from_str::<serde::de::IgnoredAny>(text)
        .map(drop)
        .map_err(|error| {
            let message = error.to_string();
            let fault = JSON_FAULTS.iter().find(|fault| message.starts_with(**fault));
            Reason::new("The text is not JSON: ")
                .and(fault.copied().unwrap_or("there is a mistake"))
                .and(" at line ")
                .number(error.line())
                .and(", column ")
                .number(error.column())
                .and(". Write it with jsonencode({ … }) or read a file with file(\"…\").")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_object_goes_by_is_spelt_as_twilio_does() {
        const EXPORTS: Check = Check::Known(&["Messages", "Calls"]);
        let Some(Validator::Custom(spelling)) = spelt_as_known(&EXPORTS) else {
            panic!("a check of a known word has a spelling");
        };
        for good in ["Messages", "Faxes"] {
            assert_eq!(spelling.check(&good.into()), Ok(()));
        }
        let said = spelling
            .check(&"messages".into())
            .expect_err("small letters")
            .to_string();
        assert!(said.contains("Write Messages."), "{said}");
        assert!(spelt_as_known(&Check::NonEmpty).is_none());
    }

    #[test]
    fn sids_are_known_by_prefix_and_length() {
        assert_eq!(sid("AP", "AP0123456789abcdef0123456789abcdef"), Ok(()));
        assert_eq!(sid("AP", ""), Ok(()));
        for (wrong, why) in [
            ("AP123", "5 characters"),
            ("PN0123456789abcdef0123456789abcdef", "a phone number SID (PN…)"),
            ("ZZ0123456789abcdef0123456789abcdef", "something else"),
            ("hello", "capital letters"),
            ("ap0123456789abcdef0123456789abcdef", "must be capitals"),
            ("AP0123456789ABCDEF0123456789abcdef", "writes them small"),
            ("AP0123456789abcdef0123456789abcdeg", "Character 34"),
            (
                "AP0123456789abcdef0123456789abcdef\n",
                "white space at the end: a line break",
            ),
            (
                "AC0123456789abcdef0123456789abcdef/AP0123456789abcdef0123456789abcdef",
                "the attribute sid",
            ),
            ("ÄÖ0123456789abcdef0123456789abcdef", "capital letters"),
        ] {
            let said = sid("AP", wrong).expect_err("it is wrong").to_string();
            assert!(said.contains(why), "{wrong}: {said}");
            assert!(
                said.contains("white space") || said.contains("AP followed by 32"),
                "{said}"
            );
        }
    }

    #[test]
    fn a_sid_may_be_of_several_kinds_or_of_any() {
        const EITHER: &[&str] = &["PN", "MG"];
        let digits = "0123456789abcdef0123456789abcdef";
        for text in [&format!("PN{digits}"), &format!("MG{digits}"), ""] {
            assert_eq!(sid_of(EITHER, text), Ok(()));
            assert_eq!(any_sid(text), Ok(()));
        }
        assert_eq!(any_sid(&format!("QQ{digits}")), Ok(()));
        let said = sid_of(EITHER, &format!("AP{digits}"))
            .expect_err("another kind")
            .to_string();
        assert!(said.contains(": PN… or ") && said.contains(": MG…"), "{said}");
        for text in [
            "hush",
            "PN123",
            &format!("PN{}", digits.to_uppercase()),
            &format!("MG{digits}\n"),
        ] {
            for said in [sid_of(EITHER, text), any_sid(text)] {
                let said = said.expect_err("no SID").to_string();
                assert!(!said.contains("hush"), "{said}");
            }
        }
    }

    #[test]
    fn what_stands_between_commas_has_none() {
        assert_eq!(between_commas("login.example.com"), Ok(()));
        for wrong in ["", "a,b", " a", "a\n"] {
            assert!(between_commas(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn e164_is_a_plus_and_up_to_fifteen_digits() {
        assert_eq!(e164("+14155550100"), Ok(()));
        for wrong in [
            "14155550100",
            "+0415555",
            "+1 415 555 0100",
            "+",
            "+1",
            "+1234567890123456",
            "+1415555010",
            "+141555501000",
            " +14155550100",
            "",
        ] {
            assert!(e164(wrong).is_err(), "{wrong}");
        }
        let short = e164("+1415555").expect_err("digits are missing").to_string();
        assert!(short.contains("ten digits") && short.contains("has 6"), "{short}");
        assert_eq!(e164("+4930123456"), Ok(()));
    }

    #[test]
    fn a_country_is_two_capital_letters() {
        for good in ["US", "GB", ""] {
            assert_eq!(country(good), Ok(()));
        }
        for (wrong, why) in [
            ("gb", "capitals"),
            ("Gb", "capitals"),
            ("GBR", "not a country code"),
            ("UK", "Write GB"),
            ("4U", "not a country code"),
            ("Ä", "not a country code"),
            (" GB", "white space"),
        ] {
            let said = country(wrong).expect_err("no country").to_string();
            assert!(said.contains(why), "{wrong}: {said}");
        }
    }

    #[test]
    fn urls_are_absolute_and_http() {
        for right in [
            "https://example.com/a?b=c",
            "https://example.com/?a=\\d",
            "https://https.example.com/",
        ] {
            assert_eq!(url(right), Ok(()), "{right}");
        }
        for wrong in [
            "example.com",
            "ftp://example.com",
            "/voice",
            "https://",
            "https:example.com",
            "https:/example.com",
            "https:\\\\example.com",
            "https://example.com ",
            "https://example.com/a b",
            "https://exa\nmple.com",
            "https://hooks.example.com\\@evil.com/",
            "https://https://example.com/voice",
            "https:///voice",
            "https://example.com:99999/",
        ] {
            assert!(url(wrong).is_err(), "{wrong}");
        }
        for (wrong, why) in [
            ("https://example.com:99999/", "port"),
            ("https:///voice", "slash too many"),
            ("https://exa%00mple.com/", "no name"),
            ("https://1.2.3.999/", "looks like an address"),
        ] {
            let reason = url(wrong).expect_err("it is wrong");
            assert!(
                reason.to_string().contains(why) && !reason.is_without_line(),
                "{wrong}: {reason}"
            );
        }
        for with_password in [
            "https://user:hush@exa mple.com/",
            "https://user:hush@example.com:99999/",
            "ftp://user:hush@example.com",
            "user:hush@example.com",
        ] {
            let reason = url(with_password).expect_err("it is wrong");
            assert!(
                reason.is_without_line() && !reason.to_string().contains("hush"),
                "{reason}"
            );
        }
        assert!(url("user:hush@example.com").is_err_and(|why| !why.to_string().contains("hush")));
    }

    #[test]
    fn json_texts_are_parsed() {
        assert_eq!(json("{}"), Ok(()));
        let said = json("{ hush").expect_err("it is no JSON").to_string();
        assert!(said.contains("key must be a string at line 1, column 3"), "{said}");
        assert!(!said.contains("hush"), "{said}");
        assert!(json("{").is_err_and(|why| why.to_string().contains("jsonencode")));
    }
}
