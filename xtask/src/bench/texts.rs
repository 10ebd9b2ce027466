//! The string literals in Rust source text.

/// The source with the inside of each string literal, as it is written there, as `change` has it. Comments, raw strings and byte
/// strings stay as they are.
pub fn with_each_text(source: &str, change: impl Fn(&str) -> Option<String>) -> String {
    let mut changed = String::with_capacity(source.len());
    let mut rest = source;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let starts_word = !(before.is_alphanumeric() || before == '_');
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => comment_length(rest),
            'r' | 'b' if starts_word => prefixed_length(rest).unwrap_or(1),
            '\'' => quoted_character_length(rest).unwrap_or(1),
            '"' => {
                let length = text_length(rest);
                let inside = rest.get(1..length.saturating_sub(1)).unwrap_or_default();
                changed.push('"');
                changed.push_str(&change(inside).unwrap_or_else(|| inside.to_owned()));
                changed.push('"');
                rest = &rest[length..];
                before = '"';
                continue;
            }
            other => other.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        changed.push_str(piece);
        before = piece.chars().next_back().unwrap_or(' ');
        rest = after;
    }
    changed
}

/// Of a literal in double quotes, both counted.
fn text_length(source: &str) -> usize {
    let mut escaped = false;
    for (position, character) in source.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return position + 1,
            _ => {}
        }
    }
    source.len()
}

/// Of a raw string, a byte string or both; `None` where only an identifier begins like one.
fn prefixed_length(source: &str) -> Option<usize> {
    let after_letters = source.strip_prefix("br").or_else(|| source.strip_prefix('r'));
    let Some(raw) = after_letters else {
        let plain = source.strip_prefix('b').filter(|rest| rest.starts_with('"'))?;
        return Some(1 + text_length(plain));
    };
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    let inside = raw[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = inside.find(&end).map_or(inside.len(), |position| position + end.len());
    Some(source.len() - inside.len() + length)
}

/// Of a character in single quotes; `None` for a lifetime.
fn quoted_character_length(source: &str) -> Option<usize> {
    let mut characters = source.char_indices().skip(1);
    let (_, first) = characters.next()?;
    if first == '\\' {
        let escaped = source.get(3..)?;
        return Some(3 + escaped.find('\'')? + 1);
    }
    characters
        .next()
        .filter(|(_, next)| *next == '\'')
        .map(|(position, _)| position + 1)
}

/// Of a comment that may have others in it.
fn comment_length(source: &str) -> usize {
    let (mut depth, mut position) = (0_usize, 0);
    while let Some(rest) = source.get(position..) {
        if rest.starts_with("/*") {
            depth += 1;
            position += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            position += 2;
            if depth == 0 {
                return position;
            }
        } else {
            let Some(character) = rest.chars().next() else { break };
            position += character.len_utf8();
        }
    }
    source.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loud(source: &str) -> String {
        with_each_text(source, |text| Some(text.to_uppercase()))
    }

    #[test]
    fn texts_change_and_nothing_else_does() {
        assert_eq!(loud(r#"f("a\"b", 'c', x)"#), r#"f("A\"B", 'c', x)"#);
        for stays in [
            "// a \"comment\"\nlet x = 1;",
            "/* one /* \"two\" */ \"three\" */",
            r##"let x = r#"raw "text""#;"##,
            "let x = b\"bytes\"; let y = br\"raw\";",
            r"let quote = '\''; let other = '\u{e9}'; let more = 'é';",
            "fn f<'a>(x: &'a str) -> &'a str { x }",
            "let bar = r; let for_r = b;",
        ] {
            assert_eq!(loud(stays), stays);
        }
        assert_eq!(loud("('\"', \"a\")"), "('\"', \"A\")");
        assert_eq!(loud("('\\\\', \"a\")"), "('\\\\', \"A\")");
        assert_eq!(loud("for_r\"a\""), "for_r\"A\"");
    }

    #[test]
    fn sources_of_this_workspace_are_the_same_when_nothing_changes() {
        for file in [
            "src/main.rs",
            "src/provider/mod.rs",
            "xtask/src/bench/texts.rs",
            "src/plugin/handshake.rs",
        ] {
            let source = std::fs::read_to_string(crate::process::root().join(file)).expect("a source");
            assert_eq!(with_each_text(&source, |_| None), source, "{file}");
        }
    }
}
