//! Where secrets stand in a text: known ones, and what its form gives away.
//!
//! A response repeats what was sent in any dress: percent-encoded in an address, escaped in JSON or HTML, as base64 in a
//! header, and one within the other. So a text is looked at as it is and with encodings taken off, and what is found then
//! is traced back to where it stands.

use std::ops::Range;

use super::secret::Secret;
use super::sensitive::{Names, is_name_of_pair, is_value_of_pair};

/// Up to how many bytes a text is looked at through so many encodings, one within the other. Longer texts are what this
/// program made itself, and have one.
const DEPTHS: &[(usize, usize)] = &[(16 << 10, 3), (128 << 10, 2), (usize::MAX, 1)];

/// Longest name before a `=` or a `:` that is looked at.
const LONGEST_NAME: usize = 64;

/// How far from the name of a pair its value is searched for, in members of the same object.
const NEIGHBOURS: usize = 8;

/// What is taken for a secret by its looks has at least so many characters.
const SHORTEST_BY_LOOKS: usize = 8;

/// The text with `mark` in place of each secret.
pub(super) fn hide(text: &str, known: &[Secret], names: Names<'_>, mark: &str) -> String {
    let mut found = Vec::new();
    let view = View::of(text);
    view.walk(depth(text), known, names, &mut |view, range| {
        found.push(view.origin(range))
    });
    if found.is_empty() {
        return text.to_owned();
    }
    found.sort_by_key(|range| (range.start, range.end));
    let mut clean = String::with_capacity(text.len());
    let mut done = 0;
    for range in found {
        if range.start >= done {
            clean.push_str(text.get(done..range.start).unwrap_or_default());
            clean.push_str(mark);
        }
        done = done.max(range.end);
    }
    clean.push_str(text.get(done..).unwrap_or_default());
    clean
}

/// What the form of a text gives away as secret, with encodings taken off.
pub(super) fn secrets_in(text: &str, names: Names<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let view = View::of(text);
    view.walk(depth(text).min(2), &[], names, &mut |view, range| {
        let secret = view.text.get(range).unwrap_or_default();
        found.push(secret.to_owned());
        // Of what signs in, the second half alone opens nothing, and is a secret nevertheless.
        found.extend(secret.split_once(':').map(|(_, password)| password.to_owned()));
    });
    found
}

/// What signs in by the value of an `Authorization` header: what follows the name of the scheme, and what that is in base64.
pub(super) fn behind_scheme(value: &str) -> Vec<String> {
    let schemes = ["basic", "bearer", "digest", "token", "apikey", "sso-key"];
    let parts = value.trim().split_once(' ');
    let Some((_, token)) = parts.filter(|(scheme, _)| schemes.contains(&scheme.to_ascii_lowercase().as_str())) else {
        return Vec::new();
    };
    let token = token.trim();
    let plain = String::from_utf8(decode_base64(token.trim_end_matches('=').as_bytes())).unwrap_or_default();
    let password = plain.split_once(':').map(|(_, password)| password.to_owned());
    [Some(token.to_owned()), password].into_iter().flatten().collect()
}

fn depth(text: &str) -> usize {
    let fits = DEPTHS.iter().find(|(longest, _)| text.len() <= *longest);
    fits.map_or(1, |(_, depth)| *depth)
}

/// A text, perhaps with an encoding taken off.
struct View<'a> {
    text: String,
    /// What the encoding was taken off from.
    encoded: Option<&'a View<'a>>,
    /// Where something was taken off, in order.
    steps: Vec<Step>,
}

/// Characters that stood for others.
struct Step {
    decoded: Range<usize>,
    encoded: Range<usize>,
}

/// An encoding: what the beginning of a text stands for, and how many bytes of it do.
type Decode = fn(&str) -> Option<(String, usize)>;

impl<'a> View<'a> {
    fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            encoded: None,
            steps: Vec::new(),
        }
    }

    /// Tells of each secret, also behind so many encodings.
    fn walk(&'a self, depth: usize, known: &[Secret], names: Names<'_>, tell: &mut dyn FnMut(&View<'_>, Range<usize>)) {
        let mut found = by_form(&self.text, names);
        found.extend(by_value(&self.text, known));
        found.extend(in_base64(&self.text, known));
        found.extend(in_hex(&self.text, known));
        found.into_iter().for_each(|range| tell(self, range));
        if depth == 0 {
            return;
        }
        let encodings: [(&[u8], Decode); 4] = [(b"%", percent), (b"+", plus), (b"\\", escape), (b"&", entity)];
        for (signs, decode) in encodings {
            // A plus means a space in forms only, and matters only where a secret has one.
            let matters = signs != b"+" || known.iter().any(|secret| secret.expose().contains(' '));
            if matters
                && self.text.bytes().any(|byte| signs.contains(&byte))
                && let Some(view) = self.decoded(decode)
            {
                view.walk(depth - 1, known, names, tell);
            }
        }
    }

    /// `None` when nothing stands for anything else.
    fn decoded(&'a self, decode: Decode) -> Option<View<'a>> {
        let mut view = View {
            text: String::with_capacity(self.text.len()),
            encoded: Some(self),
            steps: Vec::new(),
        };
        let mut rest = self.text.as_str();
        while let Some(first) = rest.chars().next() {
            let at = self.text.len() - rest.len();
            let taken = match decode(rest) {
                Some((decoded, taken)) => {
                    let start = view.text.len();
                    view.text.push_str(&decoded);
                    view.steps.push(Step {
                        decoded: start..view.text.len(),
                        encoded: at..at + taken,
                    });
                    taken
                }
                None => {
                    view.text.push(first);
                    first.len_utf8()
                }
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        (!view.steps.is_empty()).then_some(view)
    }

    /// Where a part of this stands in the text that all began with.
    fn origin(&self, range: Range<usize>) -> Range<usize> {
        let Some(encoded) = self.encoded else { return range };
        let last_byte = range.end.saturating_sub(1).max(range.start);
        encoded.origin(self.step(range.start).start..self.step(last_byte).end)
    }

    /// What a byte of this stood as, one encoding further out.
    fn step(&self, byte: usize) -> Range<usize> {
        let before = self.steps.partition_point(|step| step.decoded.start <= byte);
        let Some(step) = before.checked_sub(1).and_then(|index| self.steps.get(index)) else {
            return byte..byte + 1;
        };
        match byte.checked_sub(step.decoded.end) {
            None => step.encoded.clone(),
            Some(behind) => step.encoded.end + behind..step.encoded.end + behind + 1,
        }
    }
}

/// `%2B`, also as `%2b`, and several for one character outside of ASCII.
fn percent(text: &str) -> Option<(String, usize)> {
    let byte = |at: usize| {
        let digits = text.get(at..at + 3)?.strip_prefix('%')?;
        digits
            .bytes()
            .all(|digit| digit.is_ascii_hexdigit())
            .then(|| u8::from_str_radix(digits, 16).ok())?
    };
    let first = byte(0)?;
    if first.is_ascii() {
        return Some((char::from(first).to_string(), 3));
    }
    let bytes: Vec<u8> = (0..4).map_while(|index| byte(index * 3)).collect();
    let whole = (2..=bytes.len()).find_map(|count| std::str::from_utf8(bytes.get(..count)?).ok());
    Some(match whole {
        Some(character) => (character.to_owned(), character.len() * 3),
        None => (char::REPLACEMENT_CHARACTER.to_string(), 3),
    })
}

/// As [`percent`], in a form.
fn plus(text: &str) -> Option<(String, usize)> {
    match text.starts_with('+') {
        true => Some((" ".to_owned(), 1)),
        false => percent(text),
    }
}

/// What follows a backslash in JSON and in most languages.
fn escape(text: &str) -> Option<(String, usize)> {
    let behind = text.strip_prefix('\\')?;
    let first = behind.chars().next()?;
    let plain = match first {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        '"' | '\\' | '/' | '\'' => first,
        'u' => return unicode_escape(text),
        _ => return None,
    };
    Some((plain.to_string(), 1 + first.len_utf8()))
}

fn unicode_escape(text: &str) -> Option<(String, usize)> {
    let unit = |at: usize| u16::from_str_radix(text.get(at..at + 6)?.strip_prefix("\\u")?, 16).ok();
    let first = unit(0)?;
    let units = [Some(first), unit(6)];
    let pair: Vec<u16> = units.into_iter().flatten().collect();
    match String::from_utf16(&[first]) {
        Ok(character) => Some((character, 6)),
        Err(_) => Some(match String::from_utf16(&pair) {
            Ok(character) => (character, 12),
            Err(_) => (char::REPLACEMENT_CHARACTER.to_string(), 6),
        }),
    }
}

/// `&amp;` and `&#x2F;` of HTML.
fn entity(text: &str) -> Option<(String, usize)> {
    let (name, _) = text
        .get(..text.floor_char_boundary(10))?
        .strip_prefix('&')?
        .split_once(';')?;
    let character = match (name, name.strip_prefix('#')) {
        ("amp", _) => '&',
        ("lt", _) => '<',
        ("gt", _) => '>',
        ("quot", _) => '"',
        ("apos", _) => '\'',
        (_, Some(number)) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)?
        }
        _ => return None,
    };
    Some((character.to_string(), name.len() + 2))
}

/// Where known secrets stand. A long one counts in letters of either case: a token is often shown in capitals.
fn by_value(text: &str, known: &[Secret]) -> Vec<Range<usize>> {
    let is_long = |secret: &&Secret| secret.expose().len() >= SHORTEST_BY_LOOKS;
    let lower = known
        .iter()
        .any(|secret| is_long(&secret))
        .then(|| text.to_ascii_lowercase());
    let mut found = Vec::new();
    for secret in known.iter().filter(|secret| !secret.expose().is_empty()) {
        let (text, wanted) = match lower.as_deref().filter(|_| is_long(&secret)) {
            Some(lower) => (lower, secret.expose().to_ascii_lowercase()),
            None => (text, secret.expose().to_owned()),
        };
        found.extend(text.match_indices(&wanted).map(|(at, found)| at..at + found.len()));
    }
    found
}

/// In what stands where secrets stand.
fn by_form(text: &str, names: Names<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    user_infos(text, &mut found);
    assignments(text, names, &mut found);
    members(text, names, &mut found);
    pairs_in_lists(text, names, &mut found);
    schemes(text, &mut found);
    sign_ins(text, &mut found);
    found.retain(|range| !range.is_empty());
    found
}

/// The `user:password` of `https://user:password@host`.
fn user_infos(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, mark) in text.match_indices("://") {
        let begin = at + mark.len();
        let behind = text.get(begin..).unwrap_or_default();
        let end = behind.find(['/', '?', '#', '"', '\'', ' ', '\\', '<', '>']);
        let authority = behind.get(..end.unwrap_or(behind.len())).unwrap_or_default();
        found.extend(authority.rfind('@').map(|at| begin..begin + at));
    }
}

/// Values of `name=value`, in an address or a form, or by itself.
fn assignments(text: &str, names: Names<'_>, found: &mut Vec<Range<usize>>) {
    let mut done = 0;
    for (at, _) in text.match_indices('=') {
        // What is a part of a value is hidden with it.
        if at < done {
            continue;
        }
        let before = text.get(..at).unwrap_or_default();
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]$".contains(byte);
        let length = before.bytes().rev().take(LONGEST_NAME + 1).take_while(is_name).count();
        let (before, name) = before.split_at(at - length);
        let begins = before.chars().next_back();
        let is_secret = match begins {
            _ if name.is_empty() => false,
            Some('?' | '&' | ';' | '#') => names.hide_query(name),
            None | Some(' ' | '\n' | '\t' | '"' | '\'' | '(' | '{' | ',' | '`' | '>') => names.hide(name),
            Some(_) => false,
        };
        if is_secret {
            let begin = at + 1;
            let behind = text.get(begin..).unwrap_or_default();
            let quote = behind.chars().next().filter(|first| matches!(first, '"' | '\''));
            let (skipped, end) = match quote {
                Some(quote) => (
                    1,
                    behind.get(1..).and_then(|inside| inside.find(quote)).map(|end| end + 1),
                ),
                None => (0, behind.find(|c: char| c.is_whitespace() || "&;#\"'<>\\`".contains(c))),
            };
            done = begin + end.unwrap_or(behind.len());
            found.push(begin + skipped..done);
        }
    }
}

/// A `"name": "value"` of JSON, or of what looks like it.
struct Member<'a> {
    begin: usize,
    name: &'a str,
    value: Range<usize>,
}

/// The member that begins with the quote at this place.
fn member(text: &str, begin: usize) -> Option<Member<'_>> {
    let inside = text.get(begin + 1..)?;
    let quote = text.get(begin..)?.chars().next()?;
    let name = inside.get(..inside.floor_char_boundary(LONGEST_NAME + 1))?;
    let (name, _) = name.split_once(quote)?;
    let behind = inside.get(name.len() + 1..)?;
    let behind = behind.trim_start().strip_prefix(':')?.trim_start();
    let value = behind.strip_prefix(quote)?;
    let at = text.len() - value.len();
    let mut is_escaped = false;
    let end = value.find(|c: char| {
        let ends = c == quote && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    Some(Member {
        begin,
        name,
        value: at..at + end.unwrap_or(value.len()),
    })
}

/// Values of members with telling names, and those beside a member that tells their name.
fn members(text: &str, names: Names<'_>, found: &mut Vec<Range<usize>>) {
    // Without a colon there is no member, and most texts end here.
    if !text.contains(':') {
        return;
    }
    let mut members: Vec<Member<'_>> = Vec::new();
    for (at, _) in text.match_indices(['"', '\'']) {
        if members.last().is_none_or(|last| at >= last.value.end) {
            members.extend(member(text, at));
        }
    }
    let value = |member: &Member<'_>| text.get(member.value.clone()).unwrap_or_default();
    let is_together = |one: &Member<'_>, next: &Member<'_>| {
        let between = text.get(one.value.end..next.begin).unwrap_or_default();
        !between.contains(['{', '}'])
    };
    for (index, pair) in members.iter().enumerate() {
        if names.hide_pair(pair.name) {
            found.push(pair.value.clone());
        }
        let name = value(pair);
        if is_name_of_pair(pair.name) && name.len() <= LONGEST_NAME && names.hide_pair(name) {
            let behind = members.get(index..).unwrap_or_default().windows(2).take(NEIGHBOURS);
            let behind = behind
                .take_while(|pair| is_together(&pair[0], &pair[1]))
                .map(|pair| &pair[1]);
            let before = members
                .get(..=index)
                .unwrap_or_default()
                .windows(2)
                .rev()
                .take(NEIGHBOURS);
            let before = before
                .take_while(|pair| is_together(&pair[0], &pair[1]))
                .map(|pair| &pair[0]);
            let values = behind.chain(before).filter(|member| is_value_of_pair(member.name));
            found.extend(values.map(|member| member.value.clone()));
        }
    }
}

/// The value of `["name", "value"]`, as some write headers.
fn pairs_in_lists(text: &str, names: Names<'_>, found: &mut Vec<Range<usize>>) {
    for (at, _) in text.match_indices('[') {
        let inside = text.get(at + 1..).unwrap_or_default().trim_start();
        let begin = text.len() - inside.len();
        let Some(quote) = inside.chars().next().filter(|first| matches!(first, '"' | '\'')) else {
            continue;
        };
        let name = text
            .get(begin + 1..text.floor_char_boundary(begin + 2 + LONGEST_NAME))
            .unwrap_or_default();
        let Some((name, _)) = name.split_once(quote).filter(|(name, _)| names.hide_pair(name)) else {
            continue;
        };
        let behind = text.get(begin + name.len() + 2..).unwrap_or_default().trim_start();
        let value = behind
            .strip_prefix(',')
            .and_then(|behind| behind.trim_start().strip_prefix(quote));
        if let Some((value, _)) =
            value.and_then(|value| Some((value, value.split_once(quote)?.1.trim_start().strip_prefix(']')?)))
        {
            let at = text.len() - value.len();
            found.push(at..at + value.find(quote).unwrap_or_default());
        }
    }
}

/// What follows `Basic` and `Bearer`, unless it is a word of a sentence.
fn schemes(text: &str, found: &mut Vec<Range<usize>>) {
    let lower = text.to_ascii_lowercase();
    for scheme in ["basic", "bearer"] {
        for (at, _) in lower.match_indices(scheme) {
            let behind = text.get(at + scheme.len()..).unwrap_or_default();
            let token = behind.trim_start_matches([' ', '+', '\t', ':', '"']);
            let begin = text.len() - token.len();
            if token.len() == behind.len() {
                continue;
            }
            let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._~+/=-".contains(byte);
            let length = token.bytes().take_while(is_part).count();
            let token = token.get(..length).unwrap_or_default();
            let is_secret = match scheme {
                "basic" => {
                    let plain = decode_base64(token.trim_end_matches('=').as_bytes());
                    plain.iter().all(|byte| (b' '..=b'~').contains(byte))
                }
                _ => token.bytes().any(|byte| byte.is_ascii_digit()) || token.len() >= 20,
            };
            if is_secret && length >= SHORTEST_BY_LOOKS {
                found.push(begin..begin + length);
            }
        }
    }
}

/// What follows the SID of an account or of a key and a colon.
fn sign_ins(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, _) in text.match_indices(':') {
        let Some(sid) = at.checked_sub(34).and_then(|begin| text.get(begin..at)) else {
            continue;
        };
        if is_sign_in(sid.as_bytes()) {
            let behind = text.get(at + 1..).unwrap_or_default();
            let end = behind.find(|c: char| c.is_whitespace() || "\"'@,;&<>)\\".contains(c));
            let end = end.unwrap_or(behind.len());
            if end >= SHORTEST_BY_LOOKS {
                found.push(at + 1..at + 1 + end);
            }
        }
    }
}

fn is_sign_in(sid: &[u8]) -> bool {
    let (prefix, digits) = sid.split_at(2.min(sid.len()));
    matches!(prefix, b"AC" | b"SK") && digits.len() == 32 && digits.iter().all(u8::is_ascii_hexdigit)
}

/// Base64 of either alphabet, with padding or without, that has a known secret in it, or what signs in to Twilio.
fn in_base64(text: &str, known: &[Secret]) -> Vec<Range<usize>> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    // The SID of an account and a colon, as base64.
    let shortest_sign_in = 47;
    let shortest = known.iter().map(|secret| secret.expose().len() * 4 / 3).min();
    let shortest = shortest.unwrap_or(shortest_sign_in).min(shortest_sign_in);
    let mut found = Vec::new();
    each_run(text, is_part, b"\r\n", |run| {
        if run.len() < shortest.max(4) {
            return;
        }
        let letters: Vec<u8> = run.iter().map(|(_, letter)| *letter).collect();
        // What stands before it, as the `+` in `Basic+QUNh`, may look like a part of it.
        for skipped in 0..4 {
            let decoded = decode_base64(letters.get(skipped..).unwrap_or_default());
            for secret in secrets_in_bytes(&decoded, known) {
                let begin = skipped + secret.start * 4 / 3;
                let end = skipped + (secret.end * 4).div_ceil(3);
                found.extend(place(run, begin..end));
            }
        }
    });
    found
}

/// Two digits for each byte of a known secret, with or without something between them: `5461`, `54 61`, `54:61`, `\x54\x61`.
fn in_hex(text: &str, known: &[Secret]) -> Vec<Range<usize>> {
    let known = known.iter().map(|secret| secret.expose().as_bytes());
    let known: Vec<_> = known.filter(|secret| secret.len() >= SHORTEST_BY_LOOKS).collect();
    let digit = |letter: u8| {
        char::from(letter)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let mut found = Vec::new();
    let Some(shortest) = known.iter().map(|secret| secret.len()).min() else {
        return found;
    };
    each_run(
        text,
        |byte| byte.is_ascii_hexdigit(),
        b" :-,\\x\r\n",
        |run| {
            if run.len() < shortest * 2 {
                return;
            }
            let digits: Vec<u8> = run.iter().filter_map(|(_, letter)| digit(*letter)).collect();
            for skipped in 0..2 {
                let pairs = digits.get(skipped..).unwrap_or_default().chunks_exact(2);
                let bytes: Vec<u8> = pairs.map(|pair| pair[0] << 4 | pair[1]).collect();
                for secret in &known {
                    let places = bytes.windows(secret.len()).enumerate();
                    let places = places.filter(|(_, window)| window.eq_ignore_ascii_case(secret));
                    found.extend(places.filter_map(|(at, _)| {
                        let begin = skipped + at * 2;
                        place(run, begin..begin + secret.len() * 2)
                    }));
                }
            }
        },
    );
    found
}

/// Tells of the letters of a text that stand together, each with its place, over what may stand between them.
fn each_run(text: &str, is_part: impl Fn(u8) -> bool, between: &[u8], mut tell: impl FnMut(&[(usize, u8)])) {
    let mut run = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        if is_part(byte) {
            run.push((at, byte));
        } else if !run.is_empty() && !between.contains(&byte) {
            tell(&run);
            run.clear();
        }
    }
    tell(&run);
}

/// Where the letters of a run, from one to another, stand in the text.
fn place(run: &[(usize, u8)], letters: Range<usize>) -> Option<Range<usize>> {
    let (begin, _) = run.get(letters.start)?;
    let (last, _) = run.get(letters.end.min(run.len()).checked_sub(1)?)?;
    Some(*begin..last + 1)
}

/// Known secrets with all that can be read around them, and what signs in.
fn secrets_in_bytes(bytes: &[u8], known: &[Secret]) -> Vec<Range<usize>> {
    let readable = |byte: &&u8| (b' '..=b'~').contains(*byte);
    let mut found = Vec::new();
    let mut take = |at: Range<usize>| {
        let before = bytes
            .get(..at.start)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(readable)
            .count();
        let behind = bytes
            .get(at.end..)
            .unwrap_or_default()
            .iter()
            .take_while(readable)
            .count();
        found.push(at.start - before..at.end + behind);
    };
    for secret in known
        .iter()
        .map(|secret| secret.expose().as_bytes())
        .filter(|secret| !secret.is_empty())
    {
        let places = bytes
            .windows(secret.len())
            .enumerate()
            .filter(|(_, window)| *window == secret);
        places.for_each(|(at, _)| take(at..at + secret.len()));
    }
    let sign_ins = bytes.windows(35).enumerate();
    let sign_ins = sign_ins.filter(|(_, window)| window.last() == Some(&b':') && is_sign_in(&window[..34]));
    sign_ins.for_each(|(at, _)| take(at..at + 35));
    found
}

/// As much as can be decoded of what has nothing but the letters of base64.
fn decode_base64(letters: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(letters.len() * 3 / 4 + 1);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in letters {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        bits = (bits << 6 | u32::from(six)) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).unwrap_or_default());
        }
    }
    bytes
}

#[cfg(test)]
mod tests;
