//! What may reach a terminal. Names, messages and ids come from outside, and some characters do more than be seen: they
//! move the cursor, change colours and titles, turn the direction of what follows, or cannot be seen at all, so that a
//! text reads as another than it is. Each of them is shown as its escape, as JSON writes it: in a JSON text it still
//! stands for itself.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Most lines of one text. Anything longer pushes all that was said before off the screen.
const MOST_LINES: usize = 1000;

/// A text of one line.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    escaped(text, &[])
}

/// A text that may have lines, of which no more than one at a time is empty.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    // Line ends of Windows are line ends.
    let text = match text.contains("\r\n") {
        true => Cow::Owned(text.replace("\r\n", "\n")),
        false => Cow::Borrowed(text),
    };
    if is_flood(&text) {
        return Cow::Owned(escaped(&dammed(&text), &['\n', '\t']).into_owned());
    }
    match text {
        Cow::Borrowed(text) => escaped(text, &['\n', '\t']),
        Cow::Owned(text) => Cow::Owned(escaped(&text, &['\n', '\t']).into_owned()),
    }
}

fn is_flood(text: &str) -> bool {
    text.lines().nth(MOST_LINES).is_some() || {
        let mut lines = text.lines().map(|line| line.trim().is_empty());
        let mut before = false;
        lines.any(|is_empty| std::mem::replace(&mut before, is_empty) && is_empty)
    }
}

fn dammed(text: &str) -> String {
    let mut kept = String::new();
    let (mut count, mut was_empty) = (0, false);
    for line in text.lines() {
        let is_empty = line.trim().is_empty();
        if is_empty && was_empty {
            continue;
        }
        if count == MOST_LINES {
            kept.push_str("…\n");
            break;
        }
        kept.push_str(line);
        kept.push('\n');
        (count, was_empty) = (count + 1, is_empty);
    }
    if !text.ends_with('\n') {
        kept.pop();
    }
    kept
}

fn escaped<'a>(text: &'a str, kept: &[char]) -> Cow<'a, str> {
    let is_harmless = |character: char| kept.contains(&character) || !is_active(character);
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            harmless if is_harmless(harmless) => shown.push(harmless),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            active => {
                for unit in active.encode_utf16(&mut [0; 2]) {
                    let _ = write!(shown, "\\u{unit:04x}");
                }
            }
        }
    }
    Cow::Owned(shown)
}

/// Whether a character does anything but be seen.
fn is_active(character: char) -> bool {
    matches!(character,
        // C0 with escape, delete, C1 with the one-byte control sequence introducer.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Seen by nobody: soft hyphen, joiners, fillers, Mongolian vowel separator, zero-width spaces, byte order mark.
        | '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        // Direction marks, embeddings, overrides and isolates.
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        // Line and paragraph separators.
        | '\u{2028}' | '\u{2029}'
        // Interlinear annotations, private musical and shorthand controls, tags, variation selectors that no font knows.
        | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_moves_hides_or_turns_is_shown_as_its_escape() {
        assert_eq!(line("a\u{1b}[31mred\u{7}"), "a\\u001b[31mred\\u0007");
        assert_eq!(line("\u{9b}2J\u{7f}"), "\\u009b2J\\u007f");
        assert_eq!(
            line("abc\u{202e}txt.exe\u{2066}\u{200b}"),
            "abc\\u202etxt.exe\\u2066\\u200b"
        );
        assert_eq!(line("one\r\ntwo\tthree"), "one\\r\\ntwo\\tthree");
        assert_eq!(line("\u{e0041}"), "\\udb40\\udc41");
    }

    #[test]
    fn what_is_seen_stays_as_it_is() {
        for seen in [
            "",
            "Müller & Söhne",
            "日本語 עברית العربية",
            "☎️ 👍🏽",
            "a\u{301}",
            "(redacted) …",
        ] {
            assert!(matches!(line(seen), Cow::Borrowed(same) if same == seen), "{seen}");
            assert_eq!(text(seen), seen);
        }
        assert_eq!(text("one\n\n  two\n\tthree\n"), "one\n\n  two\n\tthree\n");
    }

    #[test]
    fn a_flood_of_lines_is_dammed() {
        assert_eq!(text("a\n\n\n\n \n\t\nb"), "a\n\nb");
        assert_eq!(text("a\r\n\r\n\r\nb\r"), "a\n\nb\\r");
        let many = "x\n".repeat(100_000);
        let shown = text(&many);
        assert_eq!(shown.lines().count(), MOST_LINES + 1);
        assert!(shown.ends_with("…\n"));
    }

    #[test]
    fn an_escape_means_the_same_in_json() {
        let value = serde_json::Value::from("a\u{202e}\u{9b}\u{e0041}b");
        let shown = text(&value.to_string()).into_owned();
        assert!(!shown.chars().any(is_active));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).expect("JSON"), value);
    }

    proptest! {
        #[test]
        fn nothing_active_is_left(anything in ".{0,40}") {
            prop_assert!(!line(&anything).chars().any(is_active));
            let shown = text(&anything);
            prop_assert!(!shown.chars().any(|character| is_active(character) && !matches!(character, '\n' | '\t')));
            prop_assert!(!shown.contains("\n\n\n"));
        }
    }
}
