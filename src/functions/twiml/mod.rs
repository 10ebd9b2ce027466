//! TwiML of verbs that are written as objects. <https://www.twilio.com/docs/glossary/what-is-twilio-markup-language-twiml>

mod elements;
mod read;
mod write;

use super::table::{Function, Parameter, Shape, bare, wrong};
use crate::framework::provider::FunctionError;
use crate::framework::reason::Reason;
use crate::framework::value::Value;

use elements::{FAX, MESSAGING, VOICE};
use read::{Node, Place, verb};

/// `twiml`.
pub const TWIML: Function = Function {
    name: "twiml",
    since: "0.1.0",
    doc: "Builds a TwiML document of its verbs: Voice, Messaging or Fax. Text is escaped, and what Twilio would refuse or ignore at \
          the first call is an error while validating: a verb or attribute that there is not, a verb where it does not belong, a \
          value that the attribute does not take. Verbs and attributes are named as in Twilio's documentation.",
    quirks: &[
        "A verb is an object with one key, because Terraform does not keep the order of keys. Its value is a text, or an object with \
         the attributes. What stands in a verb is its `content`: a text, a verb, or a list of both. `{ Hangup = {} }` is a verb \
         without anything.",
        "Attributes and verbs that are null are left out, so a conditional expression can leave out either.",
        "An attribute of several words, such as `input` or `statusCallbackEvent`, may be a list of them.",
        "Attributes are written in alphabetical order. The same arguments make the same document to the letter.",
        "Voices, languages and regions are not checked, because Twilio adds some all the time. Verbs that are newer than the provider \
         are refused: write such a document as a text.",
        "The parameter `twiml` of a call takes 4,000 characters, and a webhook's response 64 kB; a longer document is refused.",
    ],
    api_page: "https://www.twilio.com/docs/glossary/what-is-twilio-markup-language-twiml",
    parameters: &[],
    variadic: Some(
        Parameter::new(
            "verbs",
            Shape::Any,
            "The verbs in their order, each an argument: `{ Say = \"Hello\" }`. An argument may also be a list of verbs.",
        )
        .nullable(),
    ),
    result: Shape::Text,
    returns: "It is the document.",
    call,
};

/// What a response may have in bytes (error 11750).
const LARGEST: usize = 64 * 1024;

fn call(arguments: &[Value]) -> Result<Value, FunctionError> {
    let mut verbs: Vec<(usize, Node)> = Vec::new();
    for (argument, value) in arguments.iter().enumerate() {
        let read = |value: &Value, place: &Place| {
            let node = verb(value, None, place).map_err(|reason| wrong(argument, reason))?;
            Ok((argument, node))
        };
        match bare(value) {
            Value::Null => {}
            Value::List(items) | Value::Tuple(items) => {
                let items = items.iter().enumerate().filter(|(_, item)| !bare(item).is_null());
                for (position, item) in items {
                    verbs.push(read(item, &Place::item(position))?);
                }
            }
            value => verbs.push(read(value, &Place::whole())?),
        }
    }
    if let Some((argument, reason)) = mixed(&verbs) {
        return Err(wrong(argument, reason));
    }
    let nodes: Vec<Node> = verbs.into_iter().map(|(_, node)| node).collect();
    let document = write::document(&nodes).map_err(|_| FunctionError {
        text: "The document could not be written. This is a bug in the provider's own code.".to_owned(),
        argument: None,
    })?;
    match document.len() {
        length if length > LARGEST => Err(FunctionError {
            text: format!("The document has {length} bytes, and Twilio takes {LARGEST} (error 11750)."),
            argument: None,
        }),
        _ => Ok(document.into()),
    }
}

/// The first verb that is of another product than those before it.
fn mixed(verbs: &[(usize, Node)]) -> Option<(usize, Reason)> {
    let mut products = [("Voice", VOICE), ("Messaging", MESSAGING), ("Fax", FAX)].to_vec();
    for (argument, node) in verbs {
        let before = products.clone();
        products.retain(|(_, verbs)| verbs.iter().any(|verb| verb.name == node.element.name));
        if products.is_empty() {
            let products: Vec<_> = before.iter().map(|(product, _)| *product).collect();
            let reason = Reason::new(node.element.name)
                .and(" does not go with the verbs before it, which are of ")
                .list(&products)
                .and(". A document is for one of Voice, Messaging and Fax.");
            return Some((*argument, reason));
        }
    }
    None
}

#[cfg(test)]
mod tests;
