//! Which known words a mistyped one is nearest to.

/// Most words that are proposed.
const MOST: usize = 3;

/// Longest word that is compared; nobody mistypes a longer one into a known one.
const LONGEST: usize = 64;

/// The known words that `text` may have been meant as, the likeliest first: those that few changed letters lead to, and
/// those that begin with it or that it begins with. Small and capital letters, and `-` and `_`, count as the same.
pub(crate) fn nearest(text: &str, known: &[&'static str]) -> Vec<&'static str> {
    let text = plain(text);
    if text.is_empty() || text.len() > LONGEST {
        return Vec::new();
    }
    let allowed = (text.len() / 3).clamp(1, 4);
    let mut found: Vec<_> = known
        .iter()
        .filter_map(|word| {
            let other = plain(word);
            let distance = distance(&text, &other);
            let shares_beginning =
                text.len() >= 3 && other.len() >= 3 && (other.starts_with(&text[..]) || text.starts_with(&other[..]));
            (distance <= allowed || shares_beginning).then_some((distance, *word))
        })
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().map(|(_, word)| word).take(MOST).collect()
}

fn plain(text: &str) -> Vec<char> {
    let trimmed = text.trim().chars().take(LONGEST + 1);
    trimmed
        .map(|letter| {
            if letter == '_' {
                '-'
            } else {
                letter.to_ascii_lowercase()
            }
        })
        .collect()
}

/// Letters to change, add or take out to make one word of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let changed = diagonal + usize::from(letter != other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["calls", "calls-inbound", "mms", "sms", "sms-inbound", "totalprice"];

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        assert_eq!(nearest("smss", KNOWN)[0], "sms");
        assert_eq!(nearest("SMS_inbound", KNOWN)[0], "sms-inbound");
        assert_eq!(nearest("total-price", KNOWN), ["totalprice"]);
        assert_eq!(nearest("call", KNOWN)[0], "calls");
    }

    #[test]
    fn what_is_like_none_of_them_gets_no_proposal() {
        for text in ["", "verification", &"x".repeat(1000)] {
            assert!(nearest(text, KNOWN).is_empty(), "{text}");
        }
    }
}
