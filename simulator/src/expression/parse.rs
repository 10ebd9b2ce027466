//! Reading an expression: words, then what they say.

use std::iter::Peekable;
use std::vec::IntoIter;

use serde_json::Value;

use super::{Expression, Operand, Operator, Step};

/// More parentheses inside of each other than this are refused.
const DEEPEST: usize = 64;

/// A word of an expression.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A text in quotes.
    Text(String),
    /// A number.
    Number(Value),
    /// A key, or a word of the language.
    Word(String),
    /// `==`, `(` and the like.
    Sign(&'static str),
}

/// Two characters before one.
const SIGNS: [&str; 13] = ["==", "!=", ">=", "<=", "=", ">", "<", "(", ")", "[", "]", ",", "."];

/// A whole text.
pub(super) fn whole(text: &str) -> Result<Expression, String> {
    let mut parser = Parser {
        tokens: tokens(text)?.into_iter().peekable(),
    };
    let expression = parser.either(0)?;
    match parser.tokens.next() {
        None => Ok(expression),
        Some(token) => Err(format!("{} is too much", named(&token))),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '\'' | '"' => quoted(first, &rest[1..])?,
            '-' | '0'..='9' => number(rest)?,
            _ if first.is_alphabetic() || first == '_' => word(rest),
            _ => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
                let sign = sign.ok_or_else(|| format!("it has '{first}' in it"))?;
                (Token::Sign(sign), &rest[sign.len()..])
            }
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn quoted(quote: char, rest: &str) -> Result<(Token, &str), String> {
    let mut text = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, current)) = chars.next() {
        match current {
            '\\' => text.extend(chars.next().map(|(_, escaped)| escaped)),
            _ if current == quote => return Ok((Token::Text(text), &rest[at + 1..])),
            _ => text.push(current),
        }
    }
    Err(format!("a text that begins with {quote} does not end"))
}

fn number(rest: &str) -> Result<(Token, &str), String> {
    let end = rest[1..]
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(rest.len(), |end| end + 1);
    let number: f64 = rest[..end]
        .parse()
        .map_err(|_| format!("{} is no number", &rest[..end]))?;
    Ok((Token::Number(Value::from(number)), &rest[end..]))
}

fn word(rest: &str) -> (Token, &str) {
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    (Token::Word(rest[..end].to_owned()), &rest[end..])
}

fn named(token: &Token) -> String {
    match token {
        Token::Text(text) => format!("'{text}'"),
        Token::Number(number) => number.to_string(),
        Token::Word(word) => word.clone(),
        Token::Sign(sign) => (*sign).to_owned(),
    }
}

struct Parser {
    tokens: Peekable<IntoIter<Token>>,
}

impl Parser {
    fn either(&mut self, depth: usize) -> Result<Expression, String> {
        let mut parts = vec![self.both(depth)?];
        while self.takes_word("OR") {
            parts.push(self.both(depth)?);
        }
        Ok(joined(parts, Expression::Or))
    }

    fn both(&mut self, depth: usize) -> Result<Expression, String> {
        let mut parts = vec![self.single(depth)?];
        while self.takes_word("AND") {
            parts.push(self.single(depth)?);
        }
        Ok(joined(parts, Expression::And))
    }

    fn single(&mut self, depth: usize) -> Result<Expression, String> {
        if !self.takes("(") {
            let left = self.operand()?;
            let operator = self.operator()?;
            return Ok(Expression::Compare(left, operator, self.operand()?));
        }
        if depth >= DEEPEST {
            return Err("its parentheses are too deep".to_owned());
        }
        let inner = self.either(depth + 1)?;
        self.must_take(")")?;
        Ok(inner)
    }

    fn operand(&mut self) -> Result<Operand, String> {
        match self.tokens.next() {
            Some(Token::Text(text)) => Ok(Operand::Constant(text.into())),
            Some(Token::Number(number)) => Ok(Operand::Constant(number)),
            Some(Token::Sign("[")) => self.array(),
            Some(Token::Word(word)) => match constant(&word) {
                Some(value) => Ok(Operand::Constant(value)),
                None if is_reserved(&word) => Err(format!("{word} stands where a value should")),
                None => self.key(word),
            },
            Some(token) => Err(format!("{} stands where a value should", named(&token))),
            None => Err("a value is missing at its end".to_owned()),
        }
    }

    /// The rest of an array of constants.
    fn array(&mut self) -> Result<Operand, String> {
        let mut items = Vec::new();
        while !self.takes("]") {
            if !items.is_empty() {
                self.must_take(",")?;
            }
            // The page has arrays of constants alone, and one in another for each character would have no end.
            if self.tokens.peek() == Some(&Token::Sign("[")) {
                return Err("an array has an array in it".to_owned());
            }
            match self.operand()? {
                Operand::Constant(value) => items.push(value),
                Operand::Key(_) => return Err("an array has a key in it".to_owned()),
            }
        }
        Ok(Operand::Constant(items.into()))
    }

    /// The rest of a key.
    fn key(&mut self, first: String) -> Result<Operand, String> {
        let mut path = vec![Step::Name(first)];
        loop {
            if self.takes(".") {
                match self.tokens.next() {
                    Some(Token::Word(name)) => path.push(Step::Name(name)),
                    _ => return Err("a name is missing after a point".to_owned()),
                }
            } else if self.takes("[") {
                match self.tokens.next() {
                    Some(Token::Number(index)) => path.push(Step::Index(whole_number(&index)?)),
                    _ => return Err("an index is missing".to_owned()),
                }
                self.must_take("]")?;
            } else {
                return Ok(Operand::Key(path));
            }
        }
    }

    fn operator(&mut self) -> Result<Operator, String> {
        let token = self.tokens.next().ok_or("a comparison is missing at its end")?;
        match &token {
            Token::Sign("==" | "=") => Ok(Operator::Equal),
            Token::Sign("!=") => Ok(Operator::Unequal),
            Token::Sign(">") => Ok(Operator::Greater),
            Token::Sign(">=") => Ok(Operator::GreaterOrEqual),
            Token::Sign("<") => Ok(Operator::Less),
            Token::Sign("<=") => Ok(Operator::LessOrEqual),
            Token::Word(word) if word.eq_ignore_ascii_case("CONTAINS") => Ok(Operator::Contains),
            Token::Word(word) if word.eq_ignore_ascii_case("HAS") => Ok(Operator::Has),
            Token::Word(word) if word.eq_ignore_ascii_case("IN") => Ok(Operator::In),
            Token::Word(word) if word.eq_ignore_ascii_case("NOT") && self.takes_word("IN") => Ok(Operator::NotIn),
            token => Err(format!("{} is no comparison", named(token))),
        }
    }

    fn takes(&mut self, sign: &'static str) -> bool {
        self.tokens.next_if(|token| *token == Token::Sign(sign)).is_some()
    }

    fn must_take(&mut self, sign: &'static str) -> Result<(), String> {
        self.takes(sign)
            .then_some(())
            .ok_or_else(|| format!("{sign} is missing"))
    }

    fn takes_word(&mut self, wanted: &str) -> bool {
        let is_it = |token: &Token| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case(wanted));
        self.tokens.next_if(is_it).is_some()
    }
}

/// One part is itself. The parts stand beside each other, however many they are.
fn joined(mut parts: Vec<Expression>, with: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            with(parts)
        }
    }
}

fn constant(word: &str) -> Option<Value> {
    match word.to_ascii_lowercase().as_str() {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        "null" => Some(Value::Null),
        _ => None,
    }
}

fn is_reserved(word: &str) -> bool {
    let reserved = ["AND", "OR", "NOT", "IN", "HAS", "CONTAINS"];
    reserved.iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn whole_number(index: &Value) -> Result<usize, String> {
    index
        .to_string()
        .trim_end_matches(".0")
        .parse()
        .map_err(|_| format!("{index} is no index"))
}
