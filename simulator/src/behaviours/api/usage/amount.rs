//! Amounts of usage and money, exact and in Twilio's spelling.

use std::ops::{Add, AddAssign};

/// Money is counted in millionths.
pub(super) const MICROS: u64 = 1_000_000;

/// How much of one category was used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// Events.
    pub count: u64,
    /// What is billed, for example minutes.
    pub usage: u64,
    /// Price in millionths of the account's currency.
    pub price: u64,
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            usage: self.usage + other.usage,
            price: self.price + other.price,
        }
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// Millionths as a decimal text without trailing zeros: `2192.84855`, `0`.
pub(super) fn decimal(micros: u64) -> String {
    let (whole, part) = (micros / MICROS, micros % MICROS);
    if part == 0 {
        return whole.to_string();
    }
    let text = format!("{whole}.{part:06}");
    text.trim_end_matches('0').to_owned()
}

/// A positive decimal text in millionths; `None` if it is not one, or finer than that.
pub(super) fn micros(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 6 {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let part: u64 = format!("{part:0<6}").parse().ok()?;
    whole.checked_mul(MICROS)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_millionths_are_the_same_number() {
        for (text, number) in [
            ("0", 0),
            ("30", 30_000_000),
            ("2192.84855", 2_192_848_550),
            ("0.000001", 1),
        ] {
            assert_eq!(micros(text), Some(number), "{text}");
            assert_eq!(decimal(number), text);
        }
        for text in ["", "-1", "+1", ".5", "1.", "1e3", "0.0000001", "99999999999999999999"] {
            assert_eq!(micros(text), None, "{text}");
        }
    }
}
