//! The filter `Contains`: digits, letters as on a keypad, `*` for one digit, `%` for any, `+` for the beginning and `$` for the
//! end. <https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource>

/// Fewest and most characters.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=16;

/// Fewest characters that are no wildcards, if there are wildcards.
const LEAST_FIXED: usize = 2;

/// A parsed pattern. The default fits everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern {
    /// Digits that follow each other; `None` fits any.
    digits: Vec<Option<u8>>,
    at_start: bool,
    at_end: bool,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let length = text.chars().count();
        if !LENGTH.contains(&length) {
            return Err(format!("'{text}' has {length} characters, not 2 to 16"));
        }
        let (at_start, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
        let (at_end, rest) = rest.strip_suffix('$').map_or((false, rest), |rest| (true, rest));
        let loose_start = rest.starts_with('%');
        let loose_end = rest.ends_with('%');
        let core = rest.trim_matches('%');
        let digits = core
            .chars()
            .map(|c| match c {
                '*' => Ok(None),
                _ => keypad(c)
                    .map(Some)
                    .ok_or_else(|| format!("'{text}' has the character '{c}' where it cannot be")),
            })
            .collect::<Result<Vec<_>, _>>()?;
        let wild = rest.contains(['*', '%']);
        if wild && digits.iter().flatten().count() < LEAST_FIXED {
            return Err(format!(
                "'{text}' has fewer than {LEAST_FIXED} characters beside wildcards"
            ));
        }
        Ok(Self {
            digits,
            at_start: at_start && !loose_start,
            at_end: at_end && !loose_end,
        })
    }

    /// The digits after a head that make the whole fit: one mask for each place at which the pattern can stand, without a mask
    /// that another one covers.
    pub fn masks(&self, head: &str, free: usize) -> Vec<Vec<Option<u8>>> {
        let head = head.as_bytes();
        let length = head.len() + free;
        let Some(last) = length.checked_sub(self.digits.len()) else {
            return Vec::new();
        };
        let starts = match (self.at_start, self.at_end) {
            (true, true) if last > 0 => return Vec::new(),
            (true, _) => 0..=0,
            (false, true) => last..=last,
            (false, false) => 0..=last,
        };
        let mut masks: Vec<Vec<Option<u8>>> = Vec::new();
        for start in starts {
            let mut mask = vec![None; free];
            let fits = self.digits.iter().enumerate().all(|(index, digit)| {
                let (Some(digit), at) = (digit, start + index) else {
                    return true;
                };
                match at.checked_sub(head.len()) {
                    None => head[at] == *digit,
                    Some(at) => {
                        mask[at] = Some(*digit);
                        true
                    }
                }
            });
            if fits && !masks.iter().any(|other| covers(other, &mask)) {
                masks.retain(|other| !covers(&mask, other));
                masks.push(mask);
            }
        }
        masks
    }

    /// Whether a number contains the pattern. Without `+` and `$` it may stand anywhere.
    pub fn fits(&self, e164: &str) -> bool {
        !self.masks(e164.trim_start_matches('+'), 0).is_empty()
    }
}

fn covers(wide: &[Option<u8>], narrow: &[Option<u8>]) -> bool {
    wide.iter()
        .zip(narrow)
        .all(|(wide, narrow)| wide.is_none() || wide == narrow)
}

/// The digit that a letter shares a key with.
fn keypad(c: char) -> Option<u8> {
    Some(match c.to_ascii_uppercase() {
        digit @ '0'..='9' => digit as u8,
        'A'..='C' => b'2',
        'D'..='F' => b'3',
        'G'..='I' => b'4',
        'J'..='L' => b'5',
        'M'..='O' => b'6',
        'P'..='S' => b'7',
        'T'..='V' => b'8',
        'W'..='Z' => b'9',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, e164: &str) -> bool {
        Pattern::parse(pattern).expect("a pattern").fits(e164)
    }

    #[test]
    fn digits_letters_and_wildcards_fit_where_they_should() {
        for (pattern, number, expected) in [
            ("415", "+14155550100", true),
            ("0100", "+14155550100", true),
            ("0199", "+14155550100", false),
            ("TWILIO", "+14158945460", true),
            ("twilio", "+14158945460", true),
            ("415***0100", "+14155550100", true),
            ("415***0101", "+14155550100", false),
            ("+1415", "+14155550100", true),
            ("+415", "+14155550100", false),
            ("0100$", "+14155550100", true),
            ("010$", "+14155550100", false),
            ("%55501%", "+14155550100", true),
            ("+14155550100$", "+14155550100", true),
            ("5550100****", "+14155550100", false),
        ] {
            assert_eq!(fits(pattern, number), expected, "{pattern} {number}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in [
            "",
            "5",
            "12345678901234567",
            "41é",
            "4+15",
            "4$15",
            "4*",
            "**",
            "41%5",
            "41-5",
        ] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
        assert!(Pattern::parse("**55").is_ok());
    }

    #[test]
    fn masks_fix_what_the_head_leaves_open() {
        let masks = |pattern: &str| Pattern::parse(pattern).expect("a pattern").masks("1415", 3);
        assert_eq!(masks("+1415"), [[None; 3]]);
        assert_eq!(masks("41512$"), Vec::<Vec<Option<u8>>>::new());
        assert_eq!(masks("512$"), [[Some(b'5'), Some(b'1'), Some(b'2')]]);
        assert_eq!(masks("52*$"), [[Some(b'5'), Some(b'2'), None]]);
        assert_eq!(masks("+1415**7$"), [[None, None, Some(b'7')]]);
        assert_eq!(Pattern::default().masks("1415", 3), [[None; 3]]);
    }
}
