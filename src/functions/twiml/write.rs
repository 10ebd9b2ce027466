//! From elements to XML, as Twilio's own libraries write it.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::escape::{minimal_escape, partial_escape};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use super::read::{Content, Node};

const ROOT: &str = "Response";

/// The document with these verbs in it.
///
/// # Errors
/// None that a document in memory can have.
pub(super) fn document(verbs: &[Node]) -> io::Result<String> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    if verbs.is_empty() {
        writer.write_event(Event::Empty(BytesStart::new(ROOT)))?;
    } else {
        writer.write_event(Event::Start(BytesStart::new(ROOT)))?;
        for verb in verbs {
            element(&mut writer, verb)?;
        }
        writer.write_event(Event::End(BytesEnd::new(ROOT)))?;
    }
    String::from_utf8(writer.into_inner()).map_err(io::Error::other)
}

fn element(writer: &mut Writer<Vec<u8>>, node: &Node) -> io::Result<()> {
    let name = node.element.name;
    let mut start = BytesStart::new(name);
    for (key, value) in &node.attributes {
        start.push_attribute(Attribute {
            key: QName(key),
            value: Cow::Owned(attribute(value)),
        });
    }
    let is_empty = |content: &Content| matches!(content, Content::Text(text) if text.is_empty());
    if node.content.iter().all(is_empty) {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start))?;
    for content in &node.content {
        match content {
            Content::Text(text) => writer.write_event(Event::Text(BytesText::from_escaped(escaped(text))))?,
            Content::Node(node) => element(writer, node)?,
        }
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}

/// A text between elements. The line ends of Windows stay what they are, as in the libraries' spelling.
fn escaped(text: &str) -> String {
    partial_escape(text).replace("&#13;", "&#xD;")
}

/// The value of an attribute, in which a reader would take a line break or a tab for a space.
fn attribute(text: &str) -> String {
    let text = minimal_escape(text).replace("&#13;", "&#xD;").replace('"', "&quot;");
    text.replace('\t', "&#x9;").replace('\n', "&#xA;")
}
