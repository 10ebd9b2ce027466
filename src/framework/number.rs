//! Numbers of any precision, as Terraform has them.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use bigdecimal::{BigDecimal, RoundingMode, ToPrimitive, Zero};

/// A decimal number without a limit to its size or precision that a service would meet.
///
/// Terraform sends what does not fit 64 bits as decimal text, so a trip through `f64` would lose digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(BigDecimal);

/// A text is not a decimal number, or one of more digits than are kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a number")]
pub struct NotANumber {
    text: String,
}

/// The largest power of ten a number may be written with. A bound keeps `1e999999999` from filling the memory when it is
/// printed in full; Terraform's own numbers end near 1e646456993 but no service takes more than a few hundred digits.
const LARGEST_EXPONENT: i64 = 4096;

/// The longest text that is read as a number. Reading takes time that grows with the square of the digits.
const LONGEST_TEXT: usize = 2 * LARGEST_EXPONENT as usize;

impl Number {
    /// The number as a 64-bit integer, if it is one exactly.
    pub fn to_i64(&self) -> Option<i64> {
        if self.is_integer() { self.0.to_i64() } else { None }
    }

    /// Whether nothing but zeros stands behind the decimal point.
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// The nearest `f64`; none when that is infinite.
    pub fn to_f64(&self) -> Option<f64> {
        // The standard library rounds correctly at any length.
        let nearest: f64 = self.0.to_scientific_notation().parse().ok()?;
        nearest.is_finite().then_some(nearest)
    }

    /// The `f64` that is this number to the last digit, and is read back as this number.
    ///
    /// A few numbers of more than 15 digits, such as 2^-60 in full, are a float exactly but have a shorter decimal text
    /// that means the same float. Reading a float gives the shorter text, so those are not offered as one.
    pub fn to_exact_f64(&self) -> Option<f64> {
        let float = self.to_f64()?;
        let is_exact = BigDecimal::try_from(float).is_ok_and(|exact| exact == self.0);
        let reads_back = Number::try_from(float).is_ok_and(|read| read == *self);
        (is_exact && reads_back).then_some(float)
    }

    /// Nothing.
    pub fn zero() -> Self {
        Self(BigDecimal::zero())
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// The exact difference.
    pub fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// The exact product.
    pub fn times(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }

    /// The quotient to so many digits behind the decimal point, halves to the even digit; none where `divisor` is zero.
    pub fn over(&self, divisor: &Self, digits: u8) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        let quotient = &self.0 / &divisor.0;
        Some(Self(
            quotient.with_scale_round(i64::from(digits), RoundingMode::HalfEven),
        ))
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

    /// The number whose shortest decimal text is that of `number`: Terraform prints and compares floats by that text, so
    /// what another provider computed as 0.1 is 0.1 here too.
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
        if text.len() > LONGEST_TEXT || !is_decimal(text) {
            return Err(not_a_number());
        }
        let decimal = BigDecimal::from_str(text).map_err(|_| not_a_number())?;
        let scale = decimal.fractional_digit_count();
        if scale.unsigned_abs() > LARGEST_EXPONENT.unsigned_abs() || longest_print(&decimal) > LONGEST_TEXT as u64 {
            return Err(not_a_number());
        }
        Ok(Self(decimal))
    }
}

/// At least the length of a number with an exponent once that is written as zeros. Other numbers are printed about as long
/// as they were read.
fn longest_print(decimal: &BigDecimal) -> u64 {
    match decimal.fractional_digit_count() {
        scale if scale < 0 => decimal.digits() + scale.unsigned_abs() + "-".len() as u64,
        _ => 0,
    }
}

/// Whether `text` is digits with at most a sign, a point and an exponent. The library behind takes more: `1_000`.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let without_sign = |text| str::strip_prefix(text, ['+', '-']).unwrap_or(text);
    let text = without_sign(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = without_sign(exponent);
    let is_empty = whole.is_empty() && fraction.is_empty() || exponent.is_empty();
    !is_empty && digits(whole) && digits(fraction) && digits(exponent)
}

impl fmt::Display for Number {
    /// Plain decimal digits, without an exponent and without trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalized().to_plain_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn numbers_print_all_their_digits_and_nothing_else() {
        for (text, printed) in [
            ("1e30", "1000000000000000000000000000000"),
            ("1.50", "1.5"),
            ("0.0", "0"),
            ("-0", "0"),
            ("+5", "5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("12E-3", "0.012"),
            ("-9223372036854775809", "-9223372036854775809"),
        ] {
            assert_eq!(number(text).to_string(), printed, "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for text in [
            "",
            ".",
            "-",
            "e5",
            ".e5",
            "1e",
            "1e+",
            "1_000",
            "1__",
            " 1",
            "1 ",
            "0x10",
            "Inf",
            "-inf",
            "NaN",
            "1.2.3",
            "--1",
            "+-1",
            "1e5.0",
            "1e5000",
            "1e-5000",
            "1e99999999999999999999",
            "\u{0663}",
        ] {
            assert!(text.parse::<Number>().is_err(), "{text:?}");
        }
        assert!(
            "1".repeat(LONGEST_TEXT + 1).parse::<Number>().is_err(),
            "too many digits"
        );
    }

    #[test]
    fn what_is_read_can_be_read_again_from_what_it_prints() {
        let digits = |count: usize| "7".repeat(count);
        for text in [
            "1e4096".to_owned(),
            "-1e-4096".to_owned(),
            digits(LONGEST_TEXT),
            format!("-.{}", digits(4096)),
            format!("{}e4090", digits(4100)),
        ] {
            assert_eq!(number(&number(&text).to_string()), number(&text), "{text}");
        }
        let too_long_in_full = format!("{}e4096", digits(LONGEST_TEXT - 5));
        assert!(too_long_in_full.parse::<Number>().is_err());
    }

    #[test]
    fn numbers_are_equal_whatever_their_scale() {
        assert_eq!(number("1.50"), number("1.5"));
        assert_eq!(number("3.0"), Number::from(3_i64));
        assert_eq!(number("3e2").to_i64(), Some(300));
        assert_eq!(number("1.5").to_i64(), None);
        assert_eq!(number("9223372036854775808").to_i64(), None);
        assert!(number("2") < number("10"));
    }

    #[test]
    fn sums_of_money_stay_exact_and_quotients_are_rounded() {
        assert_eq!(number("0.1").times(&number("3")), number("0.3"));
        assert_eq!(number("0.3").minus(&number("0.1")), number("0.2"));
        for (dividend, divisor, digits, quotient) in [
            ("1", "3", 4, Some("0.3333")),
            ("2", "3", 4, Some("0.6667")),
            ("0.125", "1", 2, Some("0.12")),
            ("0.135", "1", 2, Some("0.14")),
            ("-1", "3", 2, Some("-0.33")),
            ("10", "4", 6, Some("2.5")),
            ("0", "7", 6, Some("0")),
            ("7", "0.00", 6, None),
        ] {
            let divided = number(dividend).over(&number(divisor), digits);
            let shown = divided.map(|quotient| quotient.to_string());
            assert_eq!(shown.as_deref(), quotient, "{dividend} / {divisor}");
        }
        assert!(Number::zero().is_zero() && !number("0.01").is_zero());
    }

    #[test]
    fn floats_are_read_by_their_shortest_text() {
        assert_eq!(Number::try_from(0.1), Ok(number("0.1")));
        assert_eq!(Number::try_from(-0.0), Ok(number("0")));
        assert_eq!(Number::try_from(1e300), Ok(number("1e300")));
        assert_eq!(Number::try_from(5e-324), Ok(number("5e-324")));
        assert!(Number::try_from(f64::INFINITY).is_err());
        assert!(Number::try_from(f64::NAN).is_err());
    }

    #[test]
    fn only_numbers_that_survive_the_trip_become_floats() {
        for (text, float) in [
            ("1.5", Some(1.5)),
            ("-2.25", Some(-2.25)),
            ("0.1", None),
            ("1e-400", None),
            ("1e400", None),
            // 2^-60: a float exactly, but read back as 0.0000000000000000008673617379884035.
            ("8.67361737988403547205962240695953369140625e-19", None),
        ] {
            assert_eq!(number(text).to_exact_f64(), float, "{text}");
        }
        assert_eq!(number("0.1").to_f64(), Some(0.1));
        assert_eq!(number("1e400").to_f64(), None);
    }
}
