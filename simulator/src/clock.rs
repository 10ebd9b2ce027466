//! Points in time as Twilio writes them.
//!
//! The 2010 API and iam v1 keys write RFC 2822, everything else ISO 8601; the contract's format says which.

use jiff::Timestamp;

/// `Tue, 03 Mar 2026 09:08:07 +0000`.
pub fn rfc2822(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// `2026-03-03T09:08:07Z`, without fractions.
pub fn iso8601(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-03-03`.
pub fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_name_the_same_second() {
        let at: Timestamp = "2026-03-03T09:08:07.123Z".parse().expect("valid");
        assert_eq!(rfc2822(at), "Tue, 03 Mar 2026 09:08:07 +0000");
        assert_eq!(iso8601(at), "2026-03-03T09:08:07Z");
        assert_eq!(date(at), "2026-03-03");
    }
}
