//! From values to elements, with everything that may be wrong with them.

use crate::framework::nearest::nearest;
use crate::framework::reason::Reason;
use crate::framework::value::Value;
use crate::functions::table::{bare, scalar};

use super::elements::{Element, FAX, Kind, MESSAGING, VOICE};

/// The key that has what stands in an element. No attribute of TwiML is called so.
pub(super) const CONTENT: &str = "content";

/// An element with what it has.
pub(super) struct Node {
    pub(super) element: &'static Element,
    pub(super) attributes: Vec<(&'static str, String)>,
    pub(super) content: Vec<Content>,
}

/// What stands in an element.
pub(super) enum Content {
    Text(String),
    Node(Node),
}

/// Where something stands within its argument, in words that the program has.
#[derive(Clone)]
pub(super) struct Place(Option<Reason>);

impl Place {
    /// The argument itself.
    pub(super) fn whole() -> Self {
        Self(None)
    }

    /// An item of the argument.
    pub(super) fn item(position: usize) -> Self {
        Self(Some(Reason::new("[").number(position).and("]")))
    }

    fn in_content(&self, position: usize) -> Self {
        self.step(CONTENT).bracket(position)
    }

    fn step(&self, name: &'static str) -> Self {
        Self(Some(match &self.0 {
            None => Reason::new(name),
            Some(path) => path.clone().and(".").and(name),
        }))
    }

    fn bracket(self, position: usize) -> Self {
        Self(self.0.map(|path| path.and("[").number(position).and("]")))
    }

    /// A reason that begins with the place.
    fn wrong(&self, reason: &'static str) -> Reason {
        match &self.0 {
            None => Reason::new(reason),
            Some(path) => Reason::new("At ").then(path).and(": ").and(reason),
        }
    }
}

/// A verb in a parent, or at the top.
pub(super) fn verb(value: &Value, parent: Option<&'static Element>, place: &Place) -> Result<Node, Reason> {
    const FORM: &str = "A verb is an object with its name as the only key, for example { Say = \"Hello\" }.";
    let fields = bare(value).as_fields().ok_or_else(|| place.wrong(FORM))?;
    let mut entries = fields.iter();
    let (Some((name, body)), None) = (entries.next(), entries.next()) else {
        return Err(match fields.len() {
            0 => place.wrong(FORM),
            _ => place
                .wrong("There are several keys, whose order Terraform does not keep. ")
                .and(FORM),
        });
    };
    let element = allowed(parent).find(|element| element.name == name);
    let element = element.ok_or_else(|| unknown(name, parent, place))?;
    filled(element, bare(body), &place.step(element.name))
}

/// What may stand in a parent, or at the top.
fn allowed(parent: Option<&'static Element>) -> Box<dyn Iterator<Item = &'static Element>> {
    match parent {
        Some(parent) => Box::new(parent.children.iter().copied()),
        None => Box::new(VOICE.iter().chain(MESSAGING).chain(FAX).copied()),
    }
}

/// Why there is no such element here.
fn unknown(name: &str, parent: Option<&'static Element>, place: &Place) -> Reason {
    let mut names: Vec<_> = allowed(parent).map(|element| element.name).collect();
    names.sort_unstable();
    names.dedup();
    let what = |reason: Reason| match parent {
        Some(parent) => reason.and(parent.name),
        None => reason.and("the document itself"),
    };
    if let Some((element, within)) = find(name) {
        let reason = what(place.wrong(element.name).and(" does not stand in "));
        return reason.and(". It stands in ").list(&within).and(".");
    }
    let reason = what(place.wrong("There is no such verb in ")).and(".");
    match nearest(name, &names)[..] {
        [] if names.is_empty() => reason.and(" Nothing stands in it but its text."),
        [] => reason.and(" There are: ").list(&names).and("."),
        ref near => reason.and(" Did you mean ").list(near).and("?"),
    }
}

/// An element of this name anywhere, and the names of all that it may stand in.
fn find(name: &str) -> Option<(&'static Element, Vec<&'static str>)> {
    fn walk(
        parent: &'static Element,
        name: &str,
        met: &mut Vec<&'static Element>,
        found: &mut Vec<(&'static Element, &'static str)>,
    ) {
        if met.iter().any(|other| std::ptr::eq(*other, parent)) {
            return;
        }
        met.push(parent);
        for child in parent.children {
            if child.name == name {
                found.push((child, parent.name));
            }
            walk(child, name, met, found);
        }
    }
    let (mut met, mut found) = (Vec::new(), Vec::new());
    for element in allowed(None) {
        if element.name == name {
            found.push((element, "the document itself"));
        }
        walk(element, name, &mut met, &mut found);
    }
    let (element, _) = *found.first()?;
    let mut within: Vec<_> = found.into_iter().map(|(_, parent)| parent).collect();
    within.sort_unstable();
    within.dedup();
    Some((element, within))
}

/// An element by its value: a text, a list of what stands in it, or an object with attributes and content.
fn filled(element: &'static Element, body: &Value, place: &Place) -> Result<Node, Reason> {
    let mut node = Node {
        element,
        attributes: Vec::new(),
        content: Vec::new(),
    };
    let Some(fields) = body.as_fields() else {
        if body.is_null() {
            return Err(
                place.wrong("It is null. Write {} for a verb without text and attributes, or leave the verb out.")
            );
        }
        content(element, body, place, &mut node.content)?;
        return Ok(node);
    };
    for (name, value) in fields {
        let value = bare(value);
        if value.is_null() {
            continue;
        }
        if name == CONTENT {
            content(element, value, place, &mut node.content)?;
            continue;
        }
        let known = element.attributes.iter().find(|(known, _)| known == name);
        let (known, kind) = known.ok_or_else(|| no_attribute(element, name, place))?;
        let text = attribute(kind, value, &place.step(known))?;
        node.attributes.push((*known, text));
    }
    Ok(node)
}

/// Why there is no such attribute.
fn no_attribute(element: &'static Element, name: &str, place: &Place) -> Reason {
    let names: Vec<_> = element.attributes.iter().map(|(name, _)| *name).collect();
    let reason = place.wrong("There is no such attribute.");
    if let Some(child) = element.children.iter().find(|child| child.name == name) {
        return reason
            .and(" ")
            .and(child.name)
            .and(" is a verb: write content = [{ ")
            .and(child.name)
            .and(" = … }].");
    }
    match nearest(name, &names)[..] {
        [] if names.is_empty() => reason.and(" ").and(element.name).and(" has none."),
        [] => reason.and(" There are: ").list(&names).and("."),
        ref near => reason.and(" Did you mean ").list(near).and("?"),
    }
}

/// The text of an attribute.
fn attribute(kind: &Kind, value: &Value, place: &Place) -> Result<String, Reason> {
    let words = |value: &Value| -> Option<String> {
        let words: Option<Vec<_>> = value.as_elements()?.iter().map(scalar).collect();
        words.map(|words| words.join(" "))
    };
    let text = match kind {
        Kind::Words | Kind::WordsOf(_) => scalar(value).or_else(|| words(value)),
        _ => scalar(value),
    };
    let text = text.ok_or_else(|| match kind {
        Kind::Words | Kind::WordsOf(_) => place.wrong("It takes a text, or a list of words."),
        _ => place.wrong("It takes a text, a number or a boolean."),
    })?;
    written(&text, place)?;
    match kind {
        Kind::Number if text.parse::<u64>().is_err() => {
            Err(place.wrong("It takes a whole number that is not negative."))
        }
        Kind::Truth if !matches!(text.as_str(), "true" | "false") => Err(place.wrong("It takes true or false.")),
        Kind::WordsOf(allowed) if !text.split(' ').all(|word| allowed.contains(&word)) => {
            Err(place.wrong("It takes one or more of ").list(allowed).and("."))
        }
        Kind::OneOf(allowed) if !allowed.contains(&text.as_str()) => {
            Err(place.wrong("It takes one of ").list(allowed).and("."))
        }
        _ => Ok(text),
    }
}

/// What stands in an element: a text, a verb, or a list of both.
fn content(element: &'static Element, value: &Value, place: &Place, into: &mut Vec<Content>) -> Result<(), Reason> {
    let one = |value: &Value, place: &Place| -> Result<Content, Reason> {
        let Some(text) = scalar(value) else {
            return verb(value, Some(element), place).map(Content::Node);
        };
        if !element.text {
            return Err(place.wrong(element.name).and(" has no text in it."));
        }
        written(&text, place)?;
        Ok(Content::Text(text))
    };
    match value {
        Value::List(items) | Value::Tuple(items) => {
            let items = items.iter().enumerate().filter(|(_, item)| !bare(item).is_null());
            for (position, item) in items {
                into.push(one(bare(item), &place.in_content(position))?);
            }
        }
        Value::Set(_) => return Err(place.wrong("A set has no order. Write a list.")),
        value => into.push(one(value, place)?),
    }
    Ok(())
}

/// Refuses characters that no XML document can have.
fn written(text: &str, place: &Place) -> Result<(), Reason> {
    let is_allowed = |character: char| match character {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        character => character >= ' ',
    };
    match text.chars().position(|character| !is_allowed(character)) {
        None => Ok(()),
        Some(position) => Err(place
            .wrong("Character ")
            .number(position + 1)
            .and(" of the text is a control character, which no XML document can have.")),
    }
}
