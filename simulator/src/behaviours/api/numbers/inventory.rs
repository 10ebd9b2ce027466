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

/// The numbers of an area that fit a pattern: one walk for each place at which the pattern can stand, to be taken one after the
/// other. A number may be in more than one.
pub fn walks(seed: u64, area: &'static Area, pattern: &Pattern) -> Vec<Walk> {
    let head = area.head();
    let key = mixed(seed ^ fingerprint(&head));
    let masks = pattern.masks(&head, area.free).into_iter().enumerate();
    let walks = masks.map(|(nth, mask)| {
        let free = mask.iter().filter(|digit| digit.is_none()).count();
        Walk {
            area,
            order: Shuffled::new(mixed(key ^ nth as u64), free),
            head: head.clone(),
            mask,
        }
    });
    walks.collect()
}

/// Numbers that have some digits in common, each at its place. Nothing is stored: what is at a place, and at which place a number
/// is, is reckoned.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk {
    area: &'static Area,
    order: Shuffled,
    head: String,
    mask: Vec<Option<u8>>,
}

impl Walk {
    /// Digits that all of them begin with.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// How many places there are.
    pub fn places(&self) -> u64 {
        self.order.size
    }

    /// The number at a place; `None` where none is offered.
    pub fn at(&self, place: u64) -> Option<Number> {
        let rest = filled(&self.mask, self.order.at(place));
        // 555-01xx is kept for films, and Twilio sells none of 555.
        let offered = self.area.takes(&rest) && !(self.area.is_north_american() && rest.starts_with("555"));
        offered.then(|| Number {
            e164: format!("+{}{rest}", self.head),
            area: self.area,
        })
    }

    /// The place of a number, if it is in this walk.
    pub fn place_of(&self, e164: &str) -> Option<u64> {
        let rest = e164.strip_prefix('+')?.strip_prefix(&self.head)?.as_bytes();
        let fits = |(digit, fixed): (&u8, &Option<u8>)| fixed.is_none_or(|fixed| fixed == *digit);
        if rest.len() != self.mask.len() || !rest.iter().zip(&self.mask).all(fits) {
            return None;
        }
        let free = rest.iter().zip(&self.mask).filter(|(_, fixed)| fixed.is_none());
        let filling = free.fold(0, |filling, (digit, _)| {
            filling * 10 + u64::from(digit.wrapping_sub(b'0'))
        });
        (filling < self.order.size).then(|| self.order.place_of(filling))
    }
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
#[derive(Debug, Clone, PartialEq)]
struct Shuffled {
    factor: u64,
    offset: u64,
    size: u64,
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
        }
    }

    /// What is at a place.
    fn at(&self, place: u64) -> u64 {
        (self.times(self.factor, place) + self.offset) % self.size
    }

    /// The place of what is below 10ⁿ.
    fn place_of(&self, value: u64) -> u64 {
        self.times(self.inverse(), value + self.size - self.offset)
    }

    /// The number that undoes the factor. Each step of Newton's doubles the digits that are right, beginning with one.
    fn inverse(&self) -> u64 {
        let one_digit = [0, 1, 0, 7, 0, 0, 0, 3, 0, 9][(self.factor % 10) as usize];
        (0..4).fold(one_digit % self.size, |inverse, _| {
            let error = (self.size + 2 % self.size - self.times(self.factor, inverse)) % self.size;
            self.times(inverse, error)
        })
    }

    fn times(&self, left: u64, right: u64) -> u64 {
        let product = u128::from(left) * u128::from(right) % u128::from(self.size);
        u64::try_from(product).unwrap_or_default()
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
        let walks = walks(seed, area(head), &Pattern::default());
        let numbers = walks
            .iter()
            .flat_map(|walk| (0..walk.places()).filter_map(|place| walk.at(place)));
        numbers.take(count).map(|number| number.e164).collect()
    }

    #[test]
    fn a_shuffle_meets_everything_once_and_knows_where() {
        for digits in 0..5 {
            for key in [0, 7, u64::MAX, 0x1234_5678_9abc] {
                let order = Shuffled::new(key, digits);
                let met: Vec<u64> = (0..order.size).map(|place| order.at(place)).collect();
                let different: HashSet<&u64> = met.iter().collect();
                assert_eq!(
                    different.len(),
                    10_usize.pow(digits as u32),
                    "{digits} digits, key {key}"
                );
                for (place, value) in (0..).zip(met) {
                    assert_eq!(order.place_of(value), place, "{digits} digits, key {key}");
                }
            }
        }
    }

    #[test]
    fn a_number_is_found_at_its_place() {
        let pattern = Pattern::parse("415***0100").expect("a pattern");
        let all = walks(5, area("1415"), &Pattern::default());
        for walk in walks(5, area("1415"), &pattern).iter().chain(&all) {
            let places = [0, 1, 17, walk.places() - 1];
            for (place, number) in places.into_iter().filter_map(|place| Some((place, walk.at(place)?))) {
                assert_eq!(walk.place_of(&number.e164), Some(place), "{}", number.e164);
            }
            assert_eq!(walk.place_of("+14165550100"), None, "of another area");
        }
        let some = &walks(5, area("1415"), &pattern)[0];
        assert_eq!(some.place_of("+14152340101"), None, "it does not fit");
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
    fn malformed_numbers_are_distinguished_from_unknown_ones() {
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
