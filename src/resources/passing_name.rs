//! The name of an object while it is being made: the one that it will have, and a nonce.
//!
//! Names prove nothing, because others use them too. Where it matters which create made an object, it is made under its name
//! with a text that no other create has, and gets its name by an update afterwards.

/// Most characters of a name. <https://www.twilio.com/docs/iam/api-keys/key-resource-v1>,
/// <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>
const LONGEST: usize = 64;

/// `App (being created: 0123456789abcdef)`, where `doing` is `being created`. `None` where the object keeps the name that it
/// has: none at all, or one that Twilio is to refuse.
pub(super) fn with_nonce(name: &str, doing: &str, nonce: &str) -> Option<String> {
    if name.trim().is_empty() || name.chars().count() > LONGEST {
        return None;
    }
    let end = format!(" ({doing}: {nonce})");
    // Counted in bytes, which are never fewer than characters of any kind.
    let mut kept = name.len().min(LONGEST.saturating_sub(end.len()));
    while !name.is_char_boundary(kept) {
        kept -= 1;
    }
    Some(format!("{}{end}", name[..kept].trim_end()))
}

/// The name that an object with a passing one was to have; long ones end early. `None` for a name of its own.
pub(super) fn meant_by<'n>(passing: &'n str, doing: &str) -> Option<&'n str> {
    let (name, nonce) = passing.strip_suffix(')')?.rsplit_once(&format!(" ({doing}: "))?;
    let is_nonce = nonce.len() == 16 && nonce.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_nonce.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCE: &str = "0123456789abcdef";

    #[test]
    fn a_name_has_the_nonce_and_keeps_to_the_limit() {
        assert_eq!(
            with_nonce("App", "being created", NONCE).as_deref(),
            Some("App (being created: 0123456789abcdef)")
        );
        for name in ["x".repeat(64), "ü".repeat(64), "🔑".repeat(64), "a b ".repeat(16)] {
            let made = with_nonce(&name, "being created", NONCE).expect("it has a name");
            assert!(made.len() <= 64 && made.ends_with(&format!("{NONCE})")), "{made}");
            assert!(made.chars().count() > 30, "{made}");
        }
    }

    #[test]
    fn no_name_and_a_name_that_is_too_long_stay_as_they_are() {
        for name in ["", "  ", &"x".repeat(65)] {
            assert_eq!(with_nonce(name, "being created", NONCE), None, "{name:?}");
        }
    }

    #[test]
    fn a_passing_name_says_which_name_is_meant_and_others_do_not() {
        let passing = with_nonce("(415) 555-0142", "being bought", NONCE).expect("it has a name");
        assert_eq!(meant_by(&passing, "being bought"), Some("(415) 555-0142"));
        for name in [
            "(415) 555-0142",
            "Desk (being bought: soon)",
            "Desk (being created: 0123456789abcdef)",
            "Desk (being bought: 0123456789abcdef) 2",
        ] {
            assert_eq!(meant_by(name, "being bought"), None, "{name}");
        }
    }
}
