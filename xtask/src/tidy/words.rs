//! Words in code: in names and in texts, wherever they stand, but not in comments; and where the comments are.

use std::ops::Range;

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use regex::Regex;

/// The words of these patterns that stand in the code of `text`, each with its line.
pub(super) fn found(text: &str, words: &[&str]) -> Result<Vec<(usize, String)>> {
    let pattern = Regex::new(&words.join("|"))?;
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

/// The text with its comments alone, and with its code alone, without what stands in quotes. All else is blank, so that lines and
/// columns stay.
pub(super) fn apart(text: &str) -> Result<(String, String)> {
    let tokens: TokenStream = text.parse().map_err(|error| anyhow!("no tokens of Rust: {error}"))?;
    let mut spans = Spans::default();
    spans.read(tokens, text);
    let mut comments = text.as_bytes().to_vec();
    let mut code = blank(text.as_bytes());
    for range in spans.code.iter().chain(&spans.texts) {
        comments[range.clone()].copy_from_slice(&blank(&text.as_bytes()[range.clone()]));
    }
    for range in spans.code {
        code[range.clone()].copy_from_slice(&text.as_bytes()[range]);
    }
    Ok((String::from_utf8(comments)?, String::from_utf8(code)?))
}

/// As many blanks, with the ends of lines where they are.
fn blank(text: &[u8]) -> Vec<u8> {
    text.iter()
        .map(|byte| if *byte == b'\n' { b'\n' } else { b' ' })
        .collect()
}

/// Which bytes are code, and which are texts in it. All that is neither is a comment, or blank.
#[derive(Default)]
struct Spans {
    code: Vec<Range<usize>>,
    texts: Vec<Range<usize>>,
}

impl Spans {
    fn read(&mut self, tokens: TokenStream, text: &str) {
        for token in tokens {
            let range = token.span().byte_range();
            // A comment that documents something is an attribute in tokens, all of which stand where the comment does.
            let source = text.get(range.clone()).unwrap_or_default();
            if source.starts_with("//") || source.starts_with("/*") {
                continue;
            }
            match token {
                TokenTree::Group(group) => {
                    self.code.push(group.span_open().byte_range());
                    self.read(group.stream(), text);
                    self.code.push(group.span_close().byte_range());
                }
                TokenTree::Literal(_) => self.texts.push(range),
                TokenTree::Ident(_) | TokenTree::Punct(_) => self.code.push(range),
            }
        }
    }
}

fn is_doc(attribute: TokenStream) -> bool {
    matches!(attribute.into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}
