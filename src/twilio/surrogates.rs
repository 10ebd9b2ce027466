//! Halves of characters. A name that was cut in the middle of an emoji ends in one, `\ud83d` without its other half, which
//! is no text in JSON as this program reads it. What is around it is worth reading.

/// The body with `\ufffd`, the sign for what cannot be shown, in place of each half that is alone; `None` if there is none.
pub(super) fn mended(body: &[u8]) -> Option<Vec<u8>> {
    let mut mended = None;
    let mut at = 0;
    while let Some(offset) = body
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| *byte == b'\\'))
    {
        at += offset;
        at += match (unit(body, at), unit(body, at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                let mended = mended.get_or_insert_with(|| body.to_vec());
                if let Some(place) = mended.get_mut(at..at + 6) {
                    place.copy_from_slice(b"\\ufffd");
                }
                6
            }
            (Some(_), _) => 6,
            // Any other escape has two bytes; of two backslashes the second begins nothing.
            (None, _) => 2,
        };
    }
    mended
}

/// The number of a `\uXXXX` at this place.
fn unit(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let is_number = digits.iter().all(u8::is_ascii_hexdigit);
    is_number.then(|| u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn read(body: &str) -> Option<Value> {
        serde_json::from_slice(&mended(body.as_bytes())?).ok()
    }

    #[test]
    fn a_half_that_is_alone_is_replaced_and_whole_ones_stay() {
        for (body, text) in [
            (r#""a\ud83d""#, "a\u{fffd}"),
            (r#""\ude00b""#, "\u{fffd}b"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\ud83dx\ude00\n""#, "\u{fffd}x\u{fffd}\n"),
            (r#""\\ud83d\ud83d""#, "\\ud83d\u{fffd}"),
        ] {
            assert_eq!(read(body), Some(Value::from(text)), "{body}");
        }
        for whole in [r#""\ud83d\ude00""#, r#""\\ud83d""#, "\"plain\"", "\"\\ud8", "\\"] {
            assert_eq!(mended(whole.as_bytes()), None, "{whole}");
        }
    }
}
