//! How many segments a text message takes. <https://www.twilio.com/docs/glossary/what-sms-character-limit>
//!
//! The counting is that of Twilio's own message segment calculator: a message is GSM-7 if each of its characters is in that
//! alphabet, and otherwise UCS-2. A segment has 140 bytes, of which six go to a header as soon as there are several.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation as _;

use super::table::{Function, Parameter, Part, Shape, text};
use crate::framework::provider::FunctionError;
use crate::framework::value::Value;

/// `segments`.
pub const SEGMENTS: Function = Function {
    name: "segments",
    since: "0.1.0",
    doc: "Counts the segments that a text message is sent and billed in. A message whose characters are all in the GSM-7 alphabet \
          has 160 of them in one segment, or 153 in each of several. A single other character makes it UCS-2, with 70 or 67 \
          units. A precondition on the result keeps a template cheap.",
    quirks: &[
        "The characters `^{}\\[~]|€` and the form feed take two septets, which are never in different segments; an emoji takes two \
         units or more, likewise.",
        "The text is counted as it is. A messaging service with `smart_encoding` replaces characters such as curly quotes \
         before it sends, so a message may take fewer segments than this.",
        "An empty text counts as one segment.",
    ],
    api_page: "https://www.twilio.com/docs/glossary/what-sms-character-limit",
    parameters: &[Parameter::new("text", Shape::Text, "The body of the message.")],
    variadic: None,
    result: Shape::Object(&[
        Part {
            name: "count",
            shape: Shape::Number,
            doc: "How many segments there are.",
        },
        Part {
            name: "encoding",
            shape: Shape::Text,
            doc: "`GSM-7` or `UCS-2`.",
        },
        Part {
            name: "ucs2_characters",
            shape: Shape::List(&Shape::Text),
            doc: "The characters that are not in the GSM-7 alphabet, each once, in the order of the text. Empty with `GSM-7`.",
        },
        Part {
            name: "units",
            shape: Shape::Number,
            doc: "The length in the units of the encoding: septets with `GSM-7`, 16-bit units with `UCS-2`.",
        },
    ]),
    returns: "What the message takes.",
    call,
};

/// The GSM-7 basic alphabet (3GPP TS 23.038, table 6.2.1), without the escape to the extension table.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// The extension table (6.2.1.1): an escape and a septet each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// What a message takes.
#[derive(Debug, PartialEq, Eq)]
struct Segments<'a> {
    is_gsm7: bool,
    units: usize,
    count: usize,
    /// Each once.
    ucs2_characters: Vec<&'a str>,
}

fn call(arguments: &[Value]) -> Result<Value, FunctionError> {
    let segments = count(text(arguments, 0).unwrap_or_default());
    let number = |number: usize| Value::int(i64::try_from(number).unwrap_or(i64::MAX));
    let characters = segments.ucs2_characters.into_iter().map(Value::from);
    Ok(Value::object([
        ("count", number(segments.count)),
        (
            "encoding",
            Value::from(if segments.is_gsm7 { "GSM-7" } else { "UCS-2" }),
        ),
        ("ucs2_characters", Value::List(characters.collect())),
        ("units", number(segments.units)),
    ]))
}

fn count(text: &str) -> Segments<'_> {
    // Both are characters of their own in a message, though one grapheme.
    let graphemes = text.graphemes(true).flat_map(|grapheme| match grapheme {
        "\r\n" => vec!["\r", "\n"],
        grapheme => vec![grapheme],
    });
    let graphemes: Vec<&str> = graphemes.collect();
    let mut seen = HashSet::new();
    let others = graphemes.iter().copied().filter(|grapheme| septets(grapheme).is_none());
    let ucs2_characters: Vec<&str> = others.filter(|grapheme| seen.insert(*grapheme)).collect();
    let is_gsm7 = ucs2_characters.is_empty();
    let (alone, joined) = if is_gsm7 { (160, 153) } else { (70, 67) };
    let units = |text: &str| match is_gsm7 {
        true => septets(text).unwrap_or_default(),
        false => text.encode_utf16().count(),
    };
    // What is seen as one character stays whole, unless it alone is longer than a segment.
    let pieces = graphemes.into_iter().flat_map(|grapheme| match units(grapheme) {
        length if length <= joined => vec![length],
        _ => grapheme.chars().map(char::len_utf16).collect(),
    });
    let pieces: Vec<usize> = pieces.collect();
    let units = pieces.iter().sum();
    let count = if units <= alone { 1 } else { filled(&pieces, joined) };
    Segments {
        is_gsm7,
        units,
        count,
        ucs2_characters,
    }
}

/// The septets of a character; none where it is not in the alphabet.
fn septets(grapheme: &str) -> Option<usize> {
    let mut characters = grapheme.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return None;
    };
    match character {
        _ if BASIC.contains(character) => Some(1),
        _ if EXTENSION.contains(character) => Some(2),
        _ => None,
    }
}

/// How many segments of a size these pieces fill, in their order and each in one of them.
fn filled(pieces: &[usize], size: usize) -> usize {
    let (mut segments, mut free) = (1, size);
    for piece in pieces {
        if *piece > free {
            (segments, free) = (segments + 1, size);
        }
        free -= piece;
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (bool, usize, usize) {
        let segments = count(text);
        (segments.is_gsm7, segments.units, segments.count)
    }

    /// Results of Twilio's segment calculator 1.3 (`SegmentedMessage`) for these texts.
    #[test]
    fn segments_are_those_of_twilios_calculator() {
        for (text, units, segments) in [
            (String::new(), 0, 1),
            ("Hello".to_owned(), 5, 1),
            ("a".repeat(160), 160, 1),
            ("a".repeat(161), 161, 2),
            ("a".repeat(306), 306, 2),
            ("a".repeat(307), 307, 3),
            ("€".repeat(80), 160, 1),
            ("€".repeat(81), 162, 2),
            // The last septet of a segment of 153 cannot take half of a pair.
            (format!("{}€{}", "a".repeat(152), "a".repeat(152)), 306, 3),
            (format!("{}€{}", "a".repeat(151), "a".repeat(153)), 306, 2),
            ("a\r\nb".to_owned(), 4, 1),
        ] {
            assert_eq!(counted(&text), (true, units, segments), "{text}");
        }
        for (text, units, segments) in [
            ("‘quoted’".to_owned(), 8, 1),
            ("я".repeat(70), 70, 1),
            ("я".repeat(71), 71, 2),
            ("я".repeat(134), 134, 2),
            ("я".repeat(135), 135, 3),
            ("😀".repeat(35), 70, 1),
            ("😀".repeat(36), 72, 2),
            // 67 is odd: each segment has 33 pairs.
            ("😀".repeat(66), 132, 2),
            ("😀".repeat(67), 134, 3),
            // A family is one character of eleven units.
            ("👨‍👩‍👧‍👦".repeat(6), 66, 1),
            ("👨‍👩‍👧‍👦".repeat(13), 143, 3),
            ("ê".to_owned(), 1, 1),
            ("ç".to_owned(), 1, 1),
            ("a\tb".to_owned(), 3, 1),
            ("`".to_owned(), 1, 1),
        ] {
            assert_eq!(counted(&text), (false, units, segments), "{text}");
        }
    }

    #[test]
    fn the_alphabet_has_127_characters_and_ten_more_behind_the_escape() {
        let distinct = |text: &str| text.chars().collect::<std::collections::BTreeSet<_>>().len();
        assert_eq!((distinct(BASIC), BASIC.chars().count()), (127, 127));
        assert_eq!((distinct(EXTENSION), EXTENSION.chars().count()), (10, 10));
    }

    #[test]
    fn what_forces_ucs2_is_named_once_and_in_order() {
        assert_eq!(count("“Grüße” … “€” 👍🏽").ucs2_characters, ["“", "”", "…", "👍🏽"]);
        assert!(count("Grüße €[]").ucs2_characters.is_empty());
    }

    #[test]
    fn a_character_longer_than_a_segment_is_cut() {
        let tower = format!("a{}", "\u{301}".repeat(200));
        assert_eq!(counted(&tower), (false, 201, 3));
    }
}
