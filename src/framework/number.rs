//! Numbers of any precision, as Terraform has them.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use bigdecimal::{BigDecimal, ToPrimitive};

/// A decimal number without a limit to its size or precision.
///
/// Terraform sends what does not fit 64 bits as decimal text, so a trip through `f64` would lose digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(BigDecimal);

/// A text is not a decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a number")]
pub struct NotANumber {
    text: String,
}

/// The largest power of ten a number may be written with. A bound keeps `1e999999999` from filling the memory when it is
/// printed in full; Terraform's own numbers end near 1e646456993 but no service takes more than a few hundred digits.
const LARGEST_EXPONENT: i64 = 4096;

impl Number {
    /// The number as a 64-bit integer, if it is one exactly.
    pub fn to_i64(&self) -> Option<i64> {
        if self.0.is_integer() { self.0.to_i64() } else { None }
    }

    /// The nearest `f64`.
    pub fn to_f64(&self) -> Option<f64> {
        self.0.to_f64()
    }

    /// The number behind.
    pub fn as_decimal(&self) -> &BigDecimal {
        &self.0
    }
}

impl Sum for Number {
    /// The exact sum.
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        Self(numbers.map(|number| number.0).sum())
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(BigDecimal::from(number))
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self(BigDecimal::from(number))
    }
}

impl TryFrom<f64> for Number {
    type Error = NotANumber;

    /// The number whose shortest decimal text is that of `number`.
    fn try_from(number: f64) -> Result<Self, NotANumber> {
        if !number.is_finite() {
            return Err(NotANumber {
                text: number.to_string(),
            });
        }
        number.to_string().parse()
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let not_a_number = || NotANumber {
            text: text.chars().take(64).collect(),
        };
        let decimal = BigDecimal::from_str(text).map_err(|_| not_a_number())?;
        let (_, scale) = decimal.as_bigint_and_exponent();
        if scale.unsigned_abs() > LARGEST_EXPONENT.unsigned_abs() {
            return Err(not_a_number());
        }
        Ok(Self(decimal))
    }
}

impl fmt::Display for Number {
    /// Plain decimal digits, without an exponent and without trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalized().to_plain_string())
    }
}
