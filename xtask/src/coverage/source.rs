//! What a comment names as the source of a fact.

use std::sync::LazyLock;

use regex::Regex;

/// Where a fact is from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// A page.
    Page(String),
    /// Something without a page of its own: the contract, a recording, a question that is open.
    Word(&'static str),
}

/// How a comment says so without a page.
const WORDS: &[(&str, &str)] = &[
    ("contract", "the contract's text"),
    ("OPEN-QUESTIONS", "open question"),
    ("open question", "open question"),
    ("ecorded", "recorded answers"),
    ("recording of", "recorded answers"),
    ("behaviour beside", "the behaviour beside it"),
];

/// Who knows what Twilio does: Twilio itself, recordings and reports in public repositories, and the standards that it names.
const HOSTS: &[&str] = &[
    "www.twilio.com",
    "help.twilio.com",
    "github.com",
    "www.rfc-editor.org",
    "datatracker.ietf.org",
];

fn is_known(page: &str) -> bool {
    let host = page
        .trim_start_matches("https://")
        .split('/')
        .next()
        .unwrap_or_default();
    HOSTS.contains(&host)
}

/// The sources that a comment names; none if it only explains.
pub(super) fn sources(comment: &str) -> Vec<Source> {
    static PAGE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"https://[^\s<>`,;()]+|…/[a-z0-9-]+").expect("a pattern"));
    let mut found: Vec<Source> = Vec::new();
    let mut last = String::new();
    for page in PAGE.find_iter(comment) {
        let text = page.as_str().trim_end_matches(['.', ':', '\'', '"']);
        // `…/worker` stands beside the page before.
        let page = match (text.strip_prefix("…/"), last.rsplit_once('/')) {
            (Some(name), Some((folder, _))) => format!("{folder}/{name}"),
            (Some(_), None) => continue,
            (None, _) => text.to_owned(),
        };
        last.clone_from(&page);
        if !is_known(&page) {
            continue;
        }
        found.push(Source::Page(page));
    }
    for (word, named) in WORDS {
        if comment.contains(word) && !found.contains(&Source::Word(named)) {
            found.push(Source::Word(named));
        }
    }
    found
}

/// Whether a comment refers to the source that was named before it.
pub(super) fn is_the_same(comment: &str) -> bool {
    comment.contains("the same ")
}

impl Source {
    /// As Markdown.
    pub(super) fn link(&self) -> String {
        match self {
            Self::Word(word) => (*word).to_owned(),
            Self::Page(page) => format!("[{}]({page})", name(page)),
        }
    }
}

/// What a page is called where there is little room.
fn name(page: &str) -> String {
    let page = page.split(['#', '?']).next().unwrap_or(page).trim_end_matches('/');
    let parts: Vec<&str> = page.split('/').skip(2).collect();
    match parts.as_slice() {
        ["github.com", owner, repository, ..] => format!("{owner}/{repository}"),
        [.., "errors", code] => format!("error {code}"),
        [.., last] => (*last).to_owned(),
        [] => page.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_words_are_sources_and_explanations_are_none() {
        let page = |page: &str| Source::Page(page.to_owned());
        assert_eq!(
            sources("<https://www.twilio.com/docs/a/task>, …/worker: as it says."),
            [
                page("https://www.twilio.com/docs/a/task"),
                page("https://www.twilio.com/docs/a/worker")
            ]
        );
        assert_eq!(
            sources("The contract's own text."),
            [Source::Word("the contract's text")]
        );
        assert_eq!(sources("It is true, believe me: …/worker."), []);
        assert_eq!(sources("https://example.com/i-made-this-up"), []);
    }

    #[test]
    fn links_are_short() {
        let link = |page: &str| Source::Page(page.to_owned()).link();
        assert!(link("https://www.twilio.com/docs/api/errors/21422").starts_with("[error 21422]("));
        assert!(link("https://github.com/a/b/blob/main/c").starts_with("[a/b]("));
    }
}
