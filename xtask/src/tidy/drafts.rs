//! What `cargo xtask new` wrote and nobody has put into words of their own yet: it is in no release.

/// How a generated text, or a comment on a generated choice, begins.
pub const MARK: &str = "Draft: ";

/// One line for each text or comment in `text`, which is the file `place`, that still begins with the mark.
pub(super) fn found(place: &str, text: &str) -> Vec<String> {
    let is_draft = |line: &str| {
        let starts = line.match_indices(MARK);
        // At the beginning of a text in quotes or of a comment.
        starts.map(|(at, _)| line[..at].trim_end()).any(|before| {
            before.ends_with('"') || before.ends_with("//") || before.ends_with("///") || before.ends_with('#')
        })
    };
    let lines = text.lines().enumerate().filter(|(_, line)| is_draft(line));
    lines
        .map(|(number, line)| format!("{place}:{}: {}", number + 1, line.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn a_text_or_a_comment_that_begins_as_a_draft_is_named_with_its_line() {
        let text =
            "//! A thing.\n    doc: \"Draft: A thing.\",\n    // Draft: nothing removes it.\n# Draft: an example.\n";
        let found = found("a.rs", text);
        let places: Vec<_> = found.iter().filter_map(|line| line.split(": ").next()).collect();
        assert_eq!(places, ["a.rs:2", "a.rs:3", "a.rs:4"], "{found:?}");
    }

    #[test]
    fn what_speaks_of_a_draft_is_none() {
        for line in [
            "doc: \"State of it. Draft: not yet sent.\",",
            "\"draft\",",
            "// A Draft: it waits.",
        ] {
            assert_eq!(found("a.rs", line), Vec::<String>::new(), "{line}");
        }
    }
}
