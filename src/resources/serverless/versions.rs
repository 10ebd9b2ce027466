//! What versions of functions and of assets have in common.

use crate::engine::facts::Check;
use crate::framework::reason::Reason;

/// What a path is.
pub(super) const PATH_CHECKS: &[Check] = &[Check::Length(1, 255), Check::Custom(begins_with_a_slash)];

/// Who may request it.
pub(super) const VISIBILITIES: &[Check] = &[Check::OneOf(&["public", "protected", "private"])];

/// Twilio puts the slash there, and returns another path than was sent.
fn begins_with_a_slash(path: &str) -> Result<(), Reason> {
    match path.starts_with('/') {
        true => Ok(()),
        false => Err("It does not begin with a slash. Write it as it stands in the address, as \"/tides\".".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_with_a_slash() {
        for (path, is_one) in [("/", true), ("/tides/now", true), ("tides", false), (" /tides", false)] {
            assert_eq!(begins_with_a_slash(path).is_ok(), is_one, "{path}");
        }
    }
}
