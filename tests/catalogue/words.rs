//! What users read is in the field's words: a response is returned, an object has a name. This is the list of what is not said.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// What is not said to a user, and what is said in its place. Whole words, in any capitals.
const RETIRED: &[(&str, &str)] = &[
    ("told|tells|telling", "returned, shown, says"),
    ("(the|an|whose|no|lost) answers?", "response"),
    ("asked for", "requested"),
    ("go(es)? by", "has the name, has the SID"),
    (
        "nobody (can|knows|decides)",
        "it is not known, the provider cannot decide",
    ),
    ("of (no )?use to", "cannot be used"),
    ("surpris(e|es|ed|ing)", "a fact under Quirks"),
    ("in so many words", "explicitly"),
    ("(is|was|were) looked for", "the provider searched for"),
    ("puts what is new", "creates new objects"),
    ("the attempt was", "the provider tried"),
    ("what came of", "the result"),
];

#[test]
fn what_users_read_is_in_the_fields_words() {
    let mut found = Vec::new();
    let mut read = 0;
    let retired = Retired::new();
    for (place, text) in texts_for_users() {
        read += 1;
        found.extend(
            retired
                .found_in(&text)
                .into_iter()
                .map(|said| format!("{place}: {said}")),
        );
    }
    assert!(read > 1500, "only {read} texts were read");
    assert!(found.is_empty(), "say it in other words:\n  {}", found.join("\n  "));
}

#[test]
fn a_text_in_a_private_vocabulary_is_refused() {
    let retired = Retired::new();
    for text in [
        "The type is not told by Twilio.",
        "The answer was lost.",
        "It goes by the\n  same name.",
        "What was asked for is not there.",
        "Nobody knows whether it was made.",
    ] {
        assert_eq!(retired.found_in(text).len(), 1, "{text}");
    }
    for text in [
        "The phone does not answer.",
        "The response was lost.",
        "Twilio answered 404.",
    ] {
        assert!(retired.found_in(text).is_empty(), "{text}");
    }
}

#[test]
fn only_literals_with_words_are_read_and_no_comments_or_tests() {
    let source = r##"
        /// "not this one"
        const A: &str = "this \
                         one"; // "nor this"
        const B: char = '"';
        const C: &str = r#"and "this" one"#;
        const D: &str = "key";
#[cfg(test)]
mod tests {
        const E: &str = "not in tests";
}
    "##;
    assert_eq!(literals(source), ["this one", "and \"this\" one"]);
}

/// The phrases as patterns, and what a format string fills in later.
struct Retired {
    phrases: Vec<(Regex, &'static str)>,
    filled_in: Regex,
}

impl Retired {
    fn new() -> Self {
        let pattern = |text: &str| Regex::new(text).expect("a pattern");
        let phrases = RETIRED.iter();
        Self {
            phrases: phrases
                .map(|(phrase, instead)| (pattern(&format!(r"(?i)\b({phrase})\b")), *instead))
                .collect(),
            filled_in: pattern(r"\{\w*[^}]*\}"),
        }
    }

    /// Each of them in a text, with what to say instead.
    fn found_in(&self, text: &str) -> Vec<String> {
        let text = self.filled_in.replace_all(text, "{}");
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut found = Vec::new();
        for (phrase, instead) in &self.phrases {
            found.extend(phrase.find_iter(&line).map(|found| {
                let from = line.floor_char_boundary(found.start().saturating_sub(40));
                let to = line.floor_char_boundary(found.end() + 40);
                format!("{:?}, which is {instead}: …{}…", found.as_str(), &line[from..to])
            }));
        }
        found
    }
}

/// The pages, the guides and README, and every text in the provider's source that has words in it.
fn texts_for_users() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for file in files(&root.join("docs"), "md")
        .into_iter()
        .chain([root.join("README.md")])
    {
        texts.push((file.display().to_string(), fs::read_to_string(&file).expect("a page")));
    }
    for file in files(&root.join("src"), "rs") {
        let is_a_test = file.components().any(|part| part.as_os_str() == "tests")
            || file
                .file_stem()
                .is_some_and(|stem| stem.to_string_lossy().ends_with("tests"));
        if is_a_test {
            continue;
        }
        let source = fs::read_to_string(&file).expect("a source file");
        let place = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        texts.extend(literals(&source).into_iter().map(|text| (place.clone(), text)));
    }
    texts
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The string literals with a space in them, without those in comments and tests.
fn literals(source: &str) -> Vec<String> {
    static PATTERNS: LazyLock<(Regex, Regex)> = LazyLock::new(|| {
        let token = r##"(?sx)
            //[^\n]*                                # a comment
            | '(?:\\.|[^'\\])'                      # a character
            | r\#"(?P<fenced>.*?)"\#                # a raw literal
            | r"(?P<raw>[^"]*)"
            | "(?P<text>(?:\\.|[^"\\])*)"
        "##;
        (
            Regex::new(token).expect("a pattern"),
            Regex::new(r"\\\n\s*").expect("a pattern"),
        )
    });
    let (token, continued) = &*PATTERNS;
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    token
        .captures_iter(source)
        .filter_map(|found| {
            let text = found.name("text").or(found.name("raw")).or(found.name("fenced"))?;
            Some(continued.replace_all(text.as_str(), "").into_owned())
        })
        .filter(|text| text.contains(' '))
        .collect()
}
