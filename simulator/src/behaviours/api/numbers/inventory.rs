//! Numbers for sale: every number of the plan, in an order that only the seed decides.
//!
//! Nothing is stored. An area with n free digits is walked by a permutation of 0 to 10ⁿ - 1, so that neighbours in a search are
//! no neighbours on the dial, and the same seed finds the same numbers.

use super::pattern::Pattern;
use super::plan::{self, Area};

/// A number that can be bought.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// E.164.
    pub e164: String,
    /// What it is.
    pub area: &'static Area,
}

impl Number {
    /// The number as people write it: `(415) 555-0100` in North America, E.164 elsewhere.
    pub fn friendly_name(&self) -> String {
        let digits = &self.e164[1..];
        if self.area.is_north_american() && digits.len() == 11 {
            format!("({}) {}-{}", &digits[1..4], &digits[4..7], &digits[7..])
        } else {
            self.e164.clone()
        }
    }

    /// Telephone exchange, which Twilio names by the city in capitals.
    pub fn rate_center(&self) -> Option<String> {
        let place = self.area.place.as_ref()?;
        place.region?;
        Some(place.locality.to_uppercase())
    }
}

/// Whether a text is a telephone number in E.164 form, and one that North America could have if it begins with +1.
pub fn is_well_formed(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else {
        return false;
    };
    let plausible = (8..=15).contains(&digits.len())
        && digits.bytes().all(|digit| digit.is_ascii_digit())
        && !digits.starts_with('0');
    let Some(national) = digits.strip_prefix('1') else {
        return plausible;
    };
    plausible && national.len() == 10 && national.as_bytes()[0] >= b'2' && national.as_bytes()[3] >= b'2'
}

/// The number, if it is part of the plan.
pub fn find(e164: &str) -> Option<Number> {
    let digits = e164.strip_prefix('+')?;
    let area = plan::areas().iter().find(|area| {
        digits
            .strip_prefix(area.country.calling)
            .and_then(|national| national.strip_prefix(area.prefix))
            .is_some_and(|rest| area.takes(rest))
    })?;
    Some(Number {
        e164: e164.to_owned(),
        area,
    })
}

/// Numbers of an area that fit a pattern. Lazy: taking the first few costs little, whatever the size of the area.
pub fn walk(seed: u64, area: &'static Area, pattern: &Pattern) -> impl Iterator<Item = Number> + use<> {
    let head = area.head();
    let masks = pattern.masks(&head, area.free);
    let key = mixed(seed ^ fingerprint(&head));
    masks.into_iter().enumerate().flat_map(move |(nth, mask)| {
        let head = head.clone();
        Shuffled::new(
            mixed(key ^ nth as u64),
            mask.iter().filter(|digit| digit.is_none()).count(),
        )
        .filter_map(move |filling| {
            let rest = filled(&mask, filling);
            // 555-01xx is kept for films, and Twilio sells none of 555.
            let offered = area.takes(&rest) && !(area.is_north_american() && rest.starts_with("555"));
            offered.then(|| Number {
                e164: format!("+{head}{rest}"),
                area,
            })
        })
    })
}

/// Digits of a mask with its gaps filled by the digits of a number.
fn filled(mask: &[Option<u8>], mut filling: u64) -> String {
    let mut digits = vec![b'0'; mask.len()];
    for (digit, fixed) in digits.iter_mut().zip(mask).rev() {
        *digit = match fixed {
            Some(fixed) => *fixed,
            None => {
                let last = b'0' + (filling % 10) as u8;
                filling /= 10;
                last
            }
        };
    }
    String::from_utf8_lossy(&digits).into_owned()
}

/// All numbers below 10ⁿ, each once, in an order made from a key: x ↦ a·x + b modulo 10ⁿ with a prime to 10.
struct Shuffled {
    factor: u64,
    offset: u64,
    size: u64,
    next: u64,
}

impl Shuffled {
    fn new(key: u64, digits: usize) -> Self {
        let size = 10_u64.pow(u32::try_from(digits).unwrap_or(0).min(12));
        let half = size / 2;
        // Near the golden section consecutive values lie far apart; 1, 3, 7 and 9 are prime to 10.
        let golden = (size as f64 * 0.618) as u64 + key % (half / 5 + 1);
        let factor = golden - golden % 10 + [1, 3, 7, 9][(key >> 32) as usize % 4];
        Self {
            factor,
            offset: (key >> 7) % size,
            size,
            next: 0,
        }
    }
}

impl Iterator for Shuffled {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        if self.next >= self.size {
            return None;
        }
        let (factor, index) = (u128::from(self.factor), u128::from(self.next));
        self.next += 1;
        u64::try_from((factor * index + u128::from(self.offset)) % u128::from(self.size)).ok()
    }
}

/// Spreads a key over all bits (the finalizer of SplitMix64).
pub fn mixed(key: u64) -> u64 {
    let key = key.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}

/// FNV-1a: the same on every platform and in every run.
pub fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn area(head: &str) -> &'static Area {
        plan::areas().iter().find(|area| area.head() == head).expect("an area")
    }

    fn first(seed: u64, head: &str, count: usize) -> Vec<String> {
        walk(seed, area(head), &Pattern::default())
            .take(count)
            .map(|number| number.e164)
            .collect()
    }

    #[test]
    fn a_shuffle_meets_everything_once() {
        for digits in 0..5 {
            for key in [0, 7, u64::MAX, 0x1234_5678_9abc] {
                let met: HashSet<u64> = Shuffled::new(key, digits).collect();
                assert_eq!(met.len(), 10_usize.pow(digits as u32), "{digits} digits, key {key}");
            }
        }
    }

    #[test]
    fn the_seed_alone_decides_the_order() {
        assert_eq!(first(1, "1415", 20), first(1, "1415", 20));
        assert_ne!(first(1, "1415", 20), first(2, "1415", 20));
    }

    #[test]
    fn an_area_has_thousands_of_different_numbers_and_finds_each_again() {
        let numbers = first(3, "1907", 5000);
        assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), 5000);
        for number in &numbers {
            assert!(number.starts_with("+1907") && is_well_formed(number), "{number}");
            assert_eq!(find(number).map(|found| found.area.head()), Some("1907".to_owned()));
        }
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let written = |e164: &str| find(e164).map(|number| number.friendly_name());
        assert_eq!(written("+14155550100").as_deref(), Some("(415) 555-0100"));
        assert_eq!(written("+442071838750").as_deref(), Some("+442071838750"));
        assert_eq!(written("+12425550100"), None, "the Bahamas are not offered");
    }

    #[test]
    fn malformed_numbers_are_told_from_unknown_ones() {
        for (text, well_formed) in [
            ("+14155550100", true),
            ("+442071838750", true),
            ("+12425550100", true),
            ("14155550100", false),
            ("+1415555010", false),
            ("+11155550100", false),
            ("+14151550100", false),
            ("+0123456789", false),
            ("+1415555o100", false),
            ("", false),
        ] {
            assert_eq!(is_well_formed(text), well_formed, "{text}");
        }
    }
}
