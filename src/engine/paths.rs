//! From a path template of a table to the path of one object, and from import ids to its parts.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::framework::value::Value;
use crate::twilio::AccountSid;

/// What may stand in a path segment as it is: RFC 3986's unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Puts the account and the attributes of `object` into a template such as `/v1/Services/{service_sid}`.
///
/// # Errors
/// The name of an attribute that the template needs and the object has not.
pub fn expand(template: &str, account: &AccountSid, object: &Value) -> Result<String, MissingPart> {
    let mut path = String::with_capacity(template.len() + 68);
    for piece in pieces(template) {
        match piece {
            Piece::Literal(text) => path.push_str(text),
            Piece::Attribute("account_sid") => path.push_str(account.as_str()),
            Piece::Attribute(name) => match object.attr(name).as_str() {
                Some(text) if !text.is_empty() => path.extend(utf8_percent_encode(text, SEGMENT)),
                _ => return Err(MissingPart(name.to_owned())),
            },
        }
    }
    Ok(path)
}

/// An attribute that a path needs is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the attribute {0} that the path needs is not known")]
pub struct MissingPart(pub String);

/// Names of the attributes in a template, in order.
pub fn attributes(template: &str) -> Vec<&str> {
    let named = pieces(template).into_iter().filter_map(|piece| match piece {
        Piece::Attribute(name) => Some(name),
        Piece::Literal(_) => None,
    });
    named.collect()
}

enum Piece<'a> {
    Literal(&'a str),
    Attribute(&'a str),
}

fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        pieces.push(Piece::Literal(literal));
        pieces.push(Piece::Attribute(name));
        rest = after;
    }
    pieces.push(Piece::Literal(rest));
    pieces
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    #[test]
    fn templates_take_the_account_and_attributes() {
        let account = AccountSid::from_str("AC00000000000000000000000000000001").expect("a valid SID");
        let object = Value::object([("sid", "x y/z".into()), ("none", Value::Null)]);
        assert_eq!(
            expand("/A/{account_sid}/B/{sid}.json", &account, &object),
            Ok("/A/AC00000000000000000000000000000001/B/x%20y%2Fz.json".to_owned())
        );
        assert_eq!(
            expand("/{none}", &account, &object),
            Err(MissingPart("none".to_owned()))
        );
        assert_eq!(attributes("{a}/x/{b}"), ["a", "b"]);
    }
}
