//! The field's words in what engineers read: comments, and names in code. `tests/catalogue/words.rs` reads what users read.

use regex::Regex;

/// What comments of the provider do not say, and what they say in its place. Whole words, in any capitals, within one line.
const IN_COMMENTS: &[(&str, &str)] = &[
    ("(the|an|whose|no|lost|first|last) answers?", "response"),
    ("of (no )?use to (nobody|no one)", "unusable"),
    ("(what|that) (is|was) asked( for)?", "what is requested"),
    ("(is|was|were|are) looked for", "is searched for"),
    ("(an?|each|last|first|between two) looks?( at| after)?", "a read"),
    (
        "(list|response|header|answer)s? (told|tells?) (it|of)",
        "returned, shows",
    ),
    ("not told", "not returned"),
];

/// What nothing is called, wherever it stands in the project, and what it is called in its place. Whole names.
const NAMES: &[(&str, &str)] = &[
    // Not `Region::World` of the numbering plans.
    ("(struct|impl|enum) World|world", "Sandbox, in the simulator Simulation"),
    ("Life|LIFE|life", "Lifecycle"),
    ("Worth", "AfterLoss"),
    ("Likeness|likeness", "Match"),
    ("Occasion|Phase|Verb", "Operation"),
    ("Standing", "AccountStatus, Remaining"),
];

/// The words of a vocabulary of one's own in the sources, and those to use.
pub(super) struct Vocabulary {
    comments: Vec<(Regex, &'static str)>,
    names: Vec<(Regex, &'static str)>,
}

impl Vocabulary {
    pub(super) fn new() -> Result<Self, regex::Error> {
        Ok(Self {
            comments: compiled(IN_COMMENTS, "(?i)")?,
            names: compiled(NAMES, "")?,
        })
    }

    /// One line for each retired word in the comments of `text`, which is the file `place`.
    pub(super) fn in_comments(&self, place: &str, text: &str) -> Vec<String> {
        let comments = text.lines().enumerate().filter(|(_, line)| is_comment(line));
        found(place, comments, &self.comments)
    }

    /// One line for each retired name in the code of `text`, which is the file `place`. Texts in quotes are no code.
    pub(super) fn in_names(&self, place: &str, text: &str) -> Vec<String> {
        let code: Vec<(usize, String)> = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !is_comment(line))
            .map(|(number, line)| (number, without_texts(line)))
            .collect();
        let code = code.iter().map(|(number, line)| (*number, line.as_str()));
        found(place, code, &self.names)
    }
}

fn compiled(words: &[(&'static str, &'static str)], flags: &str) -> Result<Vec<(Regex, &'static str)>, regex::Error> {
    words
        .iter()
        .map(|(retired, better)| Ok((Regex::new(&format!(r"{flags}\b(?:{retired})\b"))?, *better)))
        .collect()
}

fn found<'a>(
    place: &str,
    lines: impl Iterator<Item = (usize, &'a str)>,
    words: &[(Regex, &'static str)],
) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in lines {
        for (retired, better) in words {
            if let Some(said) = retired.find(line) {
                found.push(format!(
                    "{place}:{}: `{}` is not said here; say: {better}",
                    number + 1,
                    said.as_str()
                ));
            }
        }
    }
    found
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// A line of code without what stands in quotes on it.
fn without_texts(line: &str) -> String {
    line.replace("\\\"", "").split('"').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn a_comment_in_retired_words_is_found_and_code_is_not_read_for_them() {
        let vocabulary = Vocabulary::new().expect("patterns");
        for comment in [
            "/// An object of use to nobody.",
            "//! The answer was lost.",
            "    // What was asked for is not there.",
            "// It is looked for in the list.",
            "// What the list told of it.",
            "// The last look showed nothing.",
            "/// Not told.",
        ] {
            assert_eq!(vocabulary.in_comments("a.rs", comment).len(), 1, "{comment}");
        }
        for other in [
            "/// The response was lost.",
            "// Stops when told to.",
            "let text = \"the answer\";",
            "// Whatever answers first.",
        ] {
            assert_eq!(vocabulary.in_comments("a.rs", other), Vec::<String>::new(), "{other}");
        }
    }

    #[test]
    fn a_retired_name_is_found_in_code_and_not_in_texts() {
        let vocabulary = Vocabulary::new().expect("patterns");
        for code in ["struct World;", "let world = 1;", "const LIFE: Life = make();"] {
            assert!(!vocabulary.in_names("a.rs", code).is_empty(), "{code}");
        }
        for other in ["let hello = \"hello world\";", "// A world.", "struct Worldly;"] {
            assert_eq!(vocabulary.in_names("a.rs", other), Vec::<String>::new(), "{other}");
        }
        let said = vocabulary.in_names("a.rs", "\nstruct Worth;");
        assert_eq!(said, ["a.rs:2: `Worth` is not said here; say: AfterLoss"]);
    }
}
