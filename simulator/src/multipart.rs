//! Bodies of several parts, `multipart/form-data`: how files are uploaded.

use std::convert::Infallible;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::stream;
use multer::{Constraints, Multipart, SizeLimit};
use serde_json::{Map, Value};

/// Largest body, so that one that does not end is refused. What Twilio takes at most is no public knowledge.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Most parts of one body; no upload has more than a handful.
const MOST_PARTS: usize = 100;

/// One part.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Name of the parameter.
    pub name: String,
    /// Name of the file, if it is declared as one.
    pub file_name: Option<String>,
    /// Content type, if one is declared.
    pub content_type: Option<String>,
    /// Content.
    pub content: Vec<u8>,
}

impl Part {
    /// Content as text, if it is one.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.content).ok()
    }

    /// Everything but the name: `file_name`, `content_type`, `size`, and `text`, or `base64` where it is no text.
    pub fn described(&self) -> Map<String, Value> {
        let mut members = Map::new();
        members.insert("file_name".into(), self.file_name.as_deref().into());
        members.insert("content_type".into(), self.content_type.as_deref().into());
        members.insert("size".into(), self.content.len().into());
        match self.text() {
            Some(text) => members.insert("text".into(), text.into()),
            None => members.insert("base64".into(), STANDARD.encode(&self.content).into()),
        };
        members
    }
}

/// The parts of a body, in order.
///
/// # Errors
/// A sentence that says why it is no such body.
pub async fn read(body: Vec<u8>, boundary: String) -> Result<Vec<Part>, String> {
    let limit = SizeLimit::new().whole_stream(MOST_BYTES as u64);
    let whole = stream::iter([Ok::<_, Infallible>(body)]);
    let mut multipart = Multipart::with_constraints(whole, boundary, Constraints::new().size_limit(limit));
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(|error| error.to_string())? {
        if parts.len() == MOST_PARTS {
            return Err(format!("there are more than {MOST_PARTS} parts"));
        }
        let Some(name) = field.name().map(str::to_owned) else {
            return Err("a part has no name".to_owned());
        };
        parts.push(Part {
            name,
            file_name: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(ToString::to_string),
            content: field.bytes().await.map_err(|error| error.to_string())?.to_vec(),
        });
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn parts_keep_names_types_and_bytes() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"Path\"\r\n\r\n/a b\r\n--x\r\n\
            Content-Disposition: form-data; name=\"Content\"; filename=\"a.bin\"\r\nContent-Type: image/png\r\n\r\n\xff\x00\r\n--x--\r\n";
        let parts = read(body.to_vec(), "x".into()).await.expect("two parts");
        assert_eq!((parts[0].name.as_str(), parts[0].text()), ("Path", Some("/a b")));
        assert_eq!(parts[0].file_name, None);
        let file = parts[1].described();
        assert_eq!(
            (&file["file_name"], &file["content_type"]),
            (&"a.bin".into(), &"image/png".into())
        );
        assert_eq!((&file["size"], &file["base64"]), (&2.into(), &"/wA=".into()));
        assert!(!file.contains_key("text"));
    }

    #[tokio::test]
    async fn what_breaks_off_or_has_no_name_is_refused() {
        for body in [
            "",
            "nothing",
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbroken off",
            "--x\r\nContent-Disposition: form-data\r\n\r\nnameless\r\n--x--\r\n",
        ] {
            assert!(read(body.as_bytes().to_vec(), "x".into()).await.is_err(), "{body}");
        }
    }
}
