//! The name of an API key while it is being created.
//!
//! The secret of a key is in the answer to its create and nowhere else, so a key whose answer was lost is of use to nobody
//! and goes. Which one that is neither its name nor its time tells: pipelines that run side by side make keys of the same
//! name at the same moment. So a key is created under its name with a nonce, by which it is known for sure, and gets its name
//! by an update, once the answer has come.

/// Most characters of a name. <https://www.twilio.com/docs/iam/api-keys/key-resource-v1>
const LONGEST: usize = 64;

/// The name of a key that is being created. `None` where it keeps the name that it has: none at all, or one that Twilio is to
/// refuse.
pub fn with_nonce(name: &str, nonce: &str) -> Option<String> {
    if name.trim().is_empty() || name.chars().count() > LONGEST {
        return None;
    }
    let end = format!(" (being created: {nonce})");
    // Counted in bytes, which are never fewer than characters of any kind.
    let mut kept = name.len().min(LONGEST.saturating_sub(end.len()));
    while !name.is_char_boundary(kept) {
        kept -= 1;
    }
    Some(format!("{}{end}", name[..kept].trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCE: &str = "0123456789abcdef";

    #[test]
    fn a_name_has_the_nonce_and_keeps_to_the_limit() {
        assert_eq!(
            with_nonce("App", NONCE).as_deref(),
            Some("App (being created: 0123456789abcdef)")
        );
        for name in ["x".repeat(64), "ü".repeat(64), "🔑".repeat(64), "a b ".repeat(16)] {
            let made = with_nonce(&name, NONCE).expect("it has a name");
            assert!(made.len() <= 64 && made.ends_with(&format!("{NONCE})")), "{made}");
            assert!(made.chars().count() > 30, "{made}");
        }
    }

    #[test]
    fn no_name_and_a_name_that_is_too_long_stay_as_they_are() {
        for name in ["", "  ", &"x".repeat(65)] {
            assert_eq!(with_nonce(name, NONCE), None, "{name:?}");
        }
    }
}
