//! The field's words in what engineers read: comments, names in code, and the documents of the project. `tests/catalogue/words.rs` reads what users read.

use anyhow::Result;
use regex::Regex;

use super::words;

/// What comments do not say, and what they say in its place. Whole words, in any capitals, within one line.
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

/// What documents do not say beside that, where an engineer searches for the field's own word.
const IN_DOCUMENTS: &[(&str, &str)] = &[
    ("answer(s|ed|ing)?", "response, return, serve"),
    ("(tells?|told)", "say, pass, return, show"),
    ("looks?( at| for)?", "read, search"),
    ("asked( for)?", "requested"),
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
    documents: Vec<(Regex, &'static str)>,
    names: Vec<(Regex, &'static str)>,
}

impl Vocabulary {
    pub(super) fn new() -> Result<Self, regex::Error> {
        Ok(Self {
            comments: compiled(IN_COMMENTS, "(?i)")?,
            documents: compiled(IN_DOCUMENTS, "(?i)")?,
            names: compiled(NAMES, "")?,
        })
    }

    /// One line for each retired word in the comments of `text`, which is the file `place`.
    ///
    /// # Errors
    /// When it is no Rust.
    pub(super) fn in_comments(&self, place: &str, text: &str) -> Result<Vec<String>> {
        match is_any(&self.comments, text) {
            true => Ok(found(place, &words::apart(text)?.0, &self.comments)),
            false => Ok(Vec::new()),
        }
    }

    /// One line for each retired word in `text`, which is the document `place`. Code in it, quoted or in a block, is left alone.
    pub(super) fn in_document(&self, place: &str, text: &str) -> Vec<String> {
        let prose = prose(text);
        let mut findings = found(place, &prose, &self.documents);
        // One finding for a line is enough.
        let line = |finding: &str| finding.split(": `").next().map(str::to_owned);
        for finding in found(place, &prose, &self.comments) {
            if !findings.iter().any(|other| line(other) == line(&finding)) {
                findings.push(finding);
            }
        }
        findings
    }

    /// One line for each retired name in the code of `text`, which is the file `place`. Texts in quotes are no code.
    ///
    /// # Errors
    /// When it is no Rust.
    pub(super) fn in_names(&self, place: &str, text: &str) -> Result<Vec<String>> {
        match is_any(&self.names, text) {
            true => Ok(found(place, &words::apart(text)?.1, &self.names)),
            false => Ok(Vec::new()),
        }
    }
}

/// A document without its code, line for line.
fn prose(text: &str) -> String {
    let mut is_in_block = false;
    let lines = text.lines().map(|line| {
        if line.trim_start().starts_with("```") {
            is_in_block = !is_in_block;
            return String::new();
        }
        if is_in_block || line.starts_with("    ") {
            return String::new();
        }
        // Every second part stands between backticks.
        line.split('`').step_by(2).collect::<Vec<_>>().join("`")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether it is worth reading the syntax.
fn is_any(words: &[(Regex, &'static str)], text: &str) -> bool {
    words.iter().any(|(retired, _)| retired.is_match(text))
}

fn compiled(words: &[(&'static str, &'static str)], flags: &str) -> Result<Vec<(Regex, &'static str)>, regex::Error> {
    words
        .iter()
        .map(|(retired, better)| Ok((Regex::new(&format!(r"{flags}\b(?:{retired})\b"))?, *better)))
        .collect()
}

fn found(place: &str, text: &str, words: &[(Regex, &'static str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
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
            "/* The answer was lost. */",
            "const T: u8 = 1; // The answer was lost.",
            "const T: &str = \"//\"; // The answer was lost.",
            "fn f() { /* one\nthe answer */ }",
        ] {
            let found = vocabulary.in_comments("a.rs", comment).expect("Rust");
            assert_eq!(found.len(), 1, "{comment}: {found:?}");
        }
        for other in [
            "/// The response was lost.",
            "// Stops when told to.",
            "let text = \"the answer\";",
            "let text = r#\"// the answer\"#;",
            "let text = \"https://example.com/ the answer\";",
            "// Whatever answers first.",
        ] {
            let found = vocabulary.in_comments("a.rs", other).expect("Rust");
            assert_eq!(found, Vec::<String>::new(), "{other}");
        }
    }

    #[test]
    fn a_document_is_read_for_both_and_its_code_for_none() {
        let vocabulary = Vocabulary::new().expect("patterns");
        for said in [
            "The answer was lost.",
            "It is answered.",
            "Nobody told it.",
            "A look finds it.",
            "It is of use to nobody.",
        ] {
            let found = vocabulary.in_document("A.md", &format!("A title.\n\n{said}\n"));
            assert!(
                found.len() == 1 && found[0].starts_with("A.md:3: "),
                "{said}: {found:?}"
            );
        }
        for other in [
            "The response was lost.",
            "See `answers.rs` and `look_at`.",
            "```\nlet answer = 1;\n```",
            "    asked = urlsplit(url)",
            "It is looked up.",
        ] {
            assert_eq!(vocabulary.in_document("A.md", other), Vec::<String>::new(), "{other}");
        }
    }

    #[test]
    fn a_retired_name_is_found_in_code_and_not_in_texts() {
        let vocabulary = Vocabulary::new().expect("patterns");
        for code in ["struct World;", "let world = 1;", "const LIFE: Life = make();"] {
            let found = vocabulary.in_names("a.rs", code).expect("Rust");
            assert!(!found.is_empty(), "{code}");
        }
        for other in [
            "let hello = \"hello world\";",
            "// A world.",
            "struct Worldly;",
            "let x = r#\"world\"#;",
        ] {
            let found = vocabulary.in_names("a.rs", other).expect("Rust");
            assert_eq!(found, Vec::<String>::new(), "{other}");
        }
        let said = vocabulary.in_names("a.rs", "\nstruct Worth;").expect("Rust");
        assert_eq!(said, ["a.rs:2: `Worth` is not said here; say: AfterLoss"]);
    }
}
