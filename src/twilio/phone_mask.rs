//! Phone numbers in records: whose number it is, is nobody's business who reads a log.

use std::borrow::Cow;

/// How few digits make a number: shorter ones are short codes, amounts and dates.
const FEWEST: usize = 7;

/// How many digits stay in front, which say the country and the area at most, and how many behind, by which two numbers are told apart.
const KEPT: (usize, usize) = (3, 2);

/// What a number begins with: a plus, also as it stands in an address.
const BEGINNINGS: &[&str] = &["+", "%2B", "%2b"];

/// The same text with stars in place of most digits of each number in E.164 form: `+141*****42`.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let mut clean = String::new();
    let mut rest = text;
    while let Some((before, digits)) = next_number(rest) {
        let (front, behind) = KEPT;
        let (shown, hidden) = (&rest[..before + front], digits - front - behind);
        clean.push_str(shown);
        clean.extend(std::iter::repeat_n('*', hidden));
        clean.push_str(&rest[before + digits - behind..before + digits]);
        rest = &rest[before + digits..];
    }
    match clean.is_empty() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(clean + rest),
    }
}

/// Where the digits of the first number begin, and how many there are.
fn next_number(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(at) = first_beginning(&text[from..]) {
        let start = from + at;
        let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        if digits >= FEWEST {
            return Some((start, digits));
        }
        from = start;
    }
    None
}

/// The place behind the first beginning of a number.
fn first_beginning(text: &str) -> Option<usize> {
    let ends = BEGINNINGS
        .iter()
        .filter_map(|beginning| Some(text.find(beginning)? + beginning.len()));
    ends.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lose_most_of_their_digits_wherever_they_stand() {
        for (text, expected) in [
            ("+14155550142", "+141******42"),
            ("whatsapp:+4915112345678", "whatsapp:+491********78"),
            (
                "To=%2B14155550142&From=%2b14155550143",
                "To=%2B141******42&From=%2b141******43",
            ),
            (
                "{\"to\":[\"+14155550142\",\"+441632960961\"]}",
                "{\"to\":[\"+141******42\",\"+441*******61\"]}",
            ),
            ("++14155550142 ü +14155550142", "++141******42 ü +141******42"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn what_is_no_number_stays() {
        for text in [
            "",
            "+",
            "1+1=2",
            "+123456",
            "PN0123456789abcdef0123456789abcdef",
            "2026-05-01T10:00:00+0200",
            "14155550142",
            "100%2Bmore",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
