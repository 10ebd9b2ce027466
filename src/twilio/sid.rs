//! Validated identifiers. A value of these types has been checked once, at the edge, and needs no second look.

use std::fmt;
use std::str::FromStr;

/// Length of every Twilio identifier: two letters and 32 hexadecimal digits.
const LENGTH: usize = 34;

/// What a SID is of, by the two letters in front, for those that people meet; and the same with the letters.
const KINDS: &[(&str, &str, &str)] = &[
    ("AC", "an account SID", "an account SID (AC…)"),
    ("AD", "an address SID", "an address SID (AD…)"),
    ("AP", "a TwiML app SID", "a TwiML app SID (AP…)"),
    ("BN", "a brand registration SID", "a brand registration SID (BN…)"),
    ("BU", "a regulatory bundle SID", "a regulatory bundle SID (BU…)"),
    ("BY", "a BYOC trunk SID", "a BYOC trunk SID (BY…)"),
    ("CA", "a call SID", "a call SID (CA…)"),
    ("CR", "a credential SID", "a credential SID (CR…)"),
    ("DF", "an event subscription SID", "an event subscription SID (DF…)"),
    ("DG", "an event sink SID", "an event sink SID (DG…)"),
    ("FW", "a Studio flow SID", "a Studio flow SID (FW…)"),
    ("HJ", "a Verify template SID", "a Verify template SID (HJ…)"),
    ("HX", "a content template SID", "a content template SID (HX…)"),
    ("IS", "a Sync or Chat service SID", "a Sync or Chat service SID (IS…)"),
    ("KS", "a Proxy service SID", "a Proxy service SID (KS…)"),
    ("MG", "a messaging service SID", "a messaging service SID (MG…)"),
    ("MM", "a message SID", "a message SID (MM…)"),
    ("OQ", "an OAuth client id", "an OAuth client id (OQ…)"),
    ("OR", "an organization SID", "an organization SID (OR…)"),
    ("PN", "a phone number SID", "a phone number SID (PN…)"),
    ("RI", "an identity SID", "an identity SID (RI…)"),
    ("SK", "an API key SID", "an API key SID (SK…)"),
    ("SM", "a message SID", "a message SID (SM…)"),
    ("TK", "a SIP trunk SID", "a SIP trunk SID (TK…)"),
    ("US", "a user SID", "a user SID (US…)"),
    ("UT", "a usage trigger SID", "a usage trigger SID (UT…)"),
    ("VA", "a Verify service SID", "a Verify service SID (VA…)"),
    ("VE", "a verification SID", "a verification SID (VE…)"),
    ("WS", "a TaskRouter workspace SID", "a TaskRouter workspace SID (WS…)"),
    ("ZS", "a serverless service SID", "a serverless service SID (ZS…)"),
];

/// What a SID that starts with these two letters is of: "a phone number SID".
pub fn kind(prefix: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .find(|(known, ..)| *known == prefix)
        .map(|(_, kind, _)| *kind)
}

/// The same with the letters: "a phone number SID (PN…)".
pub fn kind_with_letters(prefix: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .find(|(known, ..)| *known == prefix)
        .map(|(_, _, shown)| *shown)
}

/// Where a text has white space around it, which never belongs there: a space copied along, or the line break that `echo`
/// and editors put at the end.
pub fn white_space_around(text: &str) -> Option<&'static str> {
    let invisible = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    let is_break = |character: char| matches!(character, '\n' | '\r');
    match (text.starts_with(invisible), text.ends_with(invisible)) {
        _ if text.is_empty() => None,
        (true, true) => Some("at the beginning and at the end"),
        (true, false) => Some("at the beginning"),
        (false, true) if text.ends_with(is_break) => Some("at the end: a line break"),
        (false, true) => Some("at the end"),
        (false, false) => None,
    }
}

/// Why a text is not the identifier that was expected. Contains nothing of the text, which may be a pasted secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SidError {
    /// Nothing was given.
    #[error("it is empty; {expected} is two letters followed by 32 hexadecimal digits")]
    Empty {
        /// What should have been there, for example "an account SID".
        expected: &'static str,
    },
    /// Something that cannot be seen stands before or behind it.
    #[error("there is white space {place}; take it out, for example with trimspace(…)")]
    WhiteSpace {
        /// Where.
        place: &'static str,
    },
    /// Two letters are there, but not the right ones.
    #[error("it is {what}; {expected} starts with {prefix}")]
    WrongKind {
        /// What the letters found stand for.
        what: &'static str,
        /// What should have been there.
        expected: &'static str,
        /// The letters it starts with.
        prefix: String,
    },
    /// The text does not start with two letters.
    #[error("it does not start with two capital letters, as {expected} does")]
    NoPrefix {
        /// What should have been there.
        expected: &'static str,
    },
    /// The letters are right and the length is not.
    #[error("it has {found} characters, and {expected} has 34: two letters and 32 hexadecimal digits")]
    Length {
        /// Number of characters found.
        found: usize,
        /// What should have been there.
        expected: &'static str,
    },
    /// Something after the letters is not a hexadecimal digit.
    #[error("character {position} is not a hexadecimal digit; {expected} is two letters and 32 hexadecimal digits")]
    NotHex {
        /// Position of the first wrong character, counted from one.
        position: usize,
        /// What should have been there.
        expected: &'static str,
    },
}

fn check(text: &str, prefix: Option<&str>, expected: &'static str) -> Result<(), SidError> {
    if text.is_empty() {
        return Err(SidError::Empty { expected });
    }
    if let Some(place) = white_space_around(text) {
        return Err(SidError::WhiteSpace { place });
    }
    let found: String = text.chars().take(2).collect();
    if found.len() != 2 || !found.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(SidError::NoPrefix { expected });
    }
    if let Some(prefix) = prefix
        && found != prefix
    {
        return Err(SidError::WrongKind {
            what: kind_with_letters(&found).unwrap_or("another kind of SID"),
            expected,
            prefix: prefix.to_owned(),
        });
    }
    let length = text.chars().count();
    if length != LENGTH {
        return Err(SidError::Length {
            found: length,
            expected,
        });
    }
    match text
        .chars()
        .skip(2)
        .position(|character| !character.is_ascii_hexdigit())
    {
        Some(index) => Err(SidError::NotHex {
            position: index + 3,
            expected,
        }),
        None => Ok(()),
    }
}

/// The SID of any Twilio object: two capital letters and 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sid(String);

impl Sid {
    /// Checks a text that must start with the two letters of `prefix`. `expected` names the kind in errors, for example
    /// "an API key SID".
    ///
    /// # Errors
    /// When the text is anything but the prefix and 32 hexadecimal digits.
    pub fn with_prefix(text: &str, prefix: &str, expected: &'static str) -> Result<Self, SidError> {
        check(text, Some(prefix), expected)?;
        Ok(Self(text.to_owned()))
    }

    /// The two letters that say which kind of object this is.
    pub fn prefix(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }

    /// The whole identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Sid {
    type Err = SidError;

    fn from_str(text: &str) -> Result<Self, SidError> {
        check(text, None, "a SID")?;
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Sid {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// The SID of an account or subaccount: `AC` and 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountSid(String);

impl AccountSid {
    /// The whole identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountSid {
    type Err = SidError;

    fn from_str(text: &str) -> Result<Self, SidError> {
        check(text, Some("AC"), "an account SID")?;
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for AccountSid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for AccountSid {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<AccountSid> for Sid {
    fn from(account: AccountSid) -> Self {
        Self(account.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn account_error(text: &str) -> String {
        text.parse::<AccountSid>().expect_err("must be refused").to_string()
    }

    #[test]
    fn an_account_sid_is_ac_and_32_hexadecimal_digits() {
        let text = "AC0123456789abcdef0123456789ABCDEF";
        assert_eq!(
            text.parse::<AccountSid>().map(|sid| sid.to_string()),
            Ok(text.to_owned())
        );
    }

    #[test]
    fn a_key_in_place_of_an_account_is_called_by_its_name() {
        assert_eq!(
            account_error("SK0123456789abcdef0123456789abcdef"),
            "it is an API key SID (SK…); an account SID starts with AC"
        );
    }

    #[test]
    fn length_and_digits_are_reported_without_the_text() {
        assert!(account_error("AC0123").starts_with("it has 6 characters"));
        assert!(account_error("AC0123456789abcdef0123456789abcdeX").starts_with("character 34 is not"));
        assert!(account_error("0123456789abcdef0123456789abcdef").starts_with("it does not start with two capital"));
        assert!(account_error("").starts_with("it is empty"));
    }

    #[test]
    fn white_space_is_called_so_wherever_it_is() {
        let sid = "AC0123456789abcdef0123456789abcdef";
        for (text, place) in [
            (format!("{sid}\n"), "at the end: a line break"),
            (format!("{sid}\u{a0}"), "at the end"),
            (format!(" {sid}"), "at the beginning"),
            (format!("\u{feff}{sid}\r\n"), "at the beginning and at the end"),
        ] {
            assert_eq!(white_space_around(&text), Some(place), "{text:?}");
            assert!(account_error(&text).contains("white space"), "{text:?}");
        }
        assert_eq!(white_space_around(sid), None);
    }

    #[test]
    fn a_sid_knows_its_prefix() {
        let sid: Sid = "MG0123456789abcdef0123456789abcdef".parse().expect("valid");
        assert_eq!(sid.prefix(), "MG");
        assert!(Sid::with_prefix(sid.as_str(), "SK", "an API key SID").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_answered_and_none_panics(text in "\\PC{0,40}") {
            let _ = text.parse::<Sid>();
            let _ = text.parse::<AccountSid>();
        }
    }
}
