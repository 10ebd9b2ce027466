//! Words in code: in names and in texts, wherever they stand, but not in comments.

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use regex::Regex;

/// The words of these that stand in the code of `text`, each with its line.
pub(super) fn found(text: &str, words: &[&str]) -> Result<Vec<(usize, String)>> {
    let pattern = Regex::new(&format!(r"\b(?:{})\b", words.join("|")))?;
    if !pattern.is_match(text) {
        return Ok(Vec::new());
    }
    let tokens: TokenStream = text.parse().map_err(|error| anyhow!("no tokens of Rust: {error}"))?;
    let mut found = Vec::new();
    walk(tokens, &pattern, &mut found);
    Ok(found)
}

fn walk(tokens: TokenStream, words: &Regex, found: &mut Vec<(usize, String)>) {
    let mut may_be_attribute = false;
    for token in tokens {
        let line = token.span().start().line;
        let opens = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '#')
            || may_be_attribute && matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '!');
        match token {
            // A comment that documents something is an attribute in tokens.
            TokenTree::Group(group)
                if may_be_attribute && group.delimiter() == Delimiter::Bracket && is_doc(group.stream()) => {}
            TokenTree::Group(group) => walk(group.stream(), words, found),
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                let text = token.to_string();
                found.extend(words.find_iter(&text).map(|word| (line, word.as_str().to_owned())));
            }
            TokenTree::Punct(_) => {}
        }
        may_be_attribute = opens;
    }
}

fn is_doc(attribute: TokenStream) -> bool {
    matches!(attribute.into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}
