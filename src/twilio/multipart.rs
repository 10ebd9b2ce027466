//! Bodies with a file in them: `multipart/form-data` (RFC 7578), as upload hosts take it.
//!
//! The library below has this too, with another boundary at each try and a body that is read once. Here a body is a value as
//! every other: compared, sent again byte for byte, and recorded by the hash of its file.

use std::sync::Arc;

use aws_lc_rs::digest::{Context, SHA256, digest};

/// Fields, and one file after them.
#[derive(Clone, PartialEq)]
pub struct Multipart {
    /// Names and texts, in this order.
    pub fields: Vec<(String, String)>,
    /// The file.
    pub file: FilePart,
}

/// A file in a body.
#[derive(Clone, PartialEq)]
pub struct FilePart {
    /// Name of the field.
    pub name: String,
    /// Name of the file in the upload.
    pub file_name: String,
    /// Content type, `application/javascript`.
    pub content_type: String,
    /// The bytes.
    pub content: Arc<[u8]>,
}

impl FilePart {
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub fn sha256(&self) -> String {
        sha256(&self.content)
    }

    /// The content as text, if it is some and not longer than `longest` bytes.
    pub(super) fn text(&self, longest: usize) -> Option<&str> {
        (self.content.len() <= longest)
            .then(|| std::str::from_utf8(&self.content).ok())
            .flatten()
    }
}

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(digest(&SHA256, bytes).as_ref())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of what comes piece by piece.
pub struct Hashing(Context);

impl Hashing {
    /// Of nothing yet.
    #[allow(clippy::new_without_default, reason = "an unfinished hash is no value")]
    pub fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    /// And these bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// In hexadecimal digits.
    pub fn finish(self) -> String {
        hexadecimal(self.0.finish().as_ref())
    }
}

impl Multipart {
    /// Content type and bytes, the same each time.
    pub(super) fn encoded(&self) -> (String, Vec<u8>) {
        let boundary = self.boundary();
        let mut body = Vec::with_capacity(self.file.content.len() + 512 * (self.fields.len() + 1));
        for (name, value) in &self.fields {
            let name = quoted(name);
            let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        let FilePart {
            name,
            file_name,
            content_type,
            content,
        } = &self.file;
        let (name, file_name) = (quoted(name), quoted(file_name));
        // A line break would end the header.
        let content_type: String = content_type.chars().filter(|letter| !letter.is_control()).collect();
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: \
             {content_type}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body)
    }

    /// What stands between the parts and in none of them. It follows from the file, so that it is the same each time.
    fn boundary(&self) -> String {
        let mut hash = self.file.sha256();
        loop {
            let boundary = format!("part-{}", hash.get(..40).unwrap_or(&hash));
            let is_in = |bytes: &[u8]| bytes.windows(boundary.len()).any(|part| part == boundary.as_bytes());
            let is_in_a_field = self.fields.iter().any(|(_, value)| is_in(value.as_bytes()));
            if !is_in_a_field && !is_in(&self.file.content) {
                return boundary;
            }
            hash = sha256(hash.as_bytes());
        }
    }
}

impl std::fmt::Debug for Multipart {
    /// Names without values, since a value may be a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Multipart")
            .field(&super::body::names(&self.fields))
            .field(&self.file.name)
            .finish()
    }
}

impl std::fmt::Debug for FilePart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("FilePart").field(&self.name).finish()
    }
}

/// As browsers write names between quotes (<https://html.spec.whatwg.org/#multipart-form-data>).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(content: &[u8]) -> FilePart {
        FilePart {
            name: "Content".to_owned(),
            file_name: "hello.js".to_owned(),
            content_type: "application/javascript".to_owned(),
            content: content.into(),
        }
    }

    /// Parts of a body by the rules of RFC 2046, section 5.1: head and content of each.
    fn read(content_type: &str, body: &[u8]) -> Vec<(String, Vec<u8>)> {
        let boundary = content_type
            .strip_prefix("multipart/form-data; boundary=")
            .expect("a boundary");
        assert!(
            boundary.len() <= 70
                && boundary
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        );
        let between = format!("\r\n--{boundary}");
        let mut rest = [b"\r\n", body].concat();
        let mut parts = Vec::new();
        while let Some(at) = rest.windows(between.len()).position(|part| part == between.as_bytes()) {
            parts.push(rest[..at].to_vec());
            rest = rest[at + between.len()..].to_vec();
        }
        assert_eq!(rest, b"--\r\n");
        let parts = parts.into_iter().skip(1).map(|part| {
            let head = part.windows(4).position(|end| end == b"\r\n\r\n").expect("a head");
            (
                String::from_utf8(part[2..head].to_vec()).expect("text"),
                part[head + 4..].to_vec(),
            )
        });
        parts.collect()
    }

    #[test]
    fn fields_come_before_the_file_and_each_says_what_it_is() {
        let body = Multipart {
            fields: vec![
                ("Path".to_owned(), "/hello".to_owned()),
                ("Visibility".to_owned(), "public".to_owned()),
            ],
            file: file(b"exports.handler = () => {};\r\n\x00\xff"),
        };
        let (content_type, bytes) = body.encoded();
        let parts = read(&content_type, &bytes);
        let field = |name: &str, value: &[u8]| {
            (
                format!("Content-Disposition: form-data; name=\"{name}\""),
                value.to_vec(),
            )
        };
        assert_eq!(parts[..2], [field("Path", b"/hello"), field("Visibility", b"public")]);
        assert_eq!(
            parts[2].0,
            "Content-Disposition: form-data; name=\"Content\"; filename=\"hello.js\"\r\nContent-Type: application/javascript"
        );
        assert_eq!(parts[2].1, b"exports.handler = () => {};\r\n\x00\xff");
    }

    #[test]
    fn no_name_and_no_type_ends_a_header() {
        let body = Multipart {
            fields: Vec::new(),
            file: FilePart {
                file_name: "a\"\r\nX: y".to_owned(),
                content_type: "text/plain\r\nX: y".to_owned(),
                ..file(b"x")
            },
        };
        let (content_type, bytes) = body.encoded();
        let head = read(&content_type, &bytes).remove(0).0;
        assert_eq!(head.lines().count(), 2, "{head}");
        assert!(head.contains("filename=\"a%22%0D%0AX: y\""), "{head}");
    }

    #[test]
    fn a_boundary_that_is_in_a_field_is_not_taken() {
        let plain = Multipart {
            fields: Vec::new(),
            file: file(b"x"),
        };
        let first = plain.boundary();
        let body = Multipart {
            fields: vec![("Note".to_owned(), format!("\r\n--{first}--\r\n"))],
            ..plain.clone()
        };
        assert_ne!(body.boundary(), first);
        let (content_type, bytes) = body.encoded();
        assert_eq!(read(&content_type, &bytes).len(), 2);
    }

    #[test]
    fn a_hash_is_that_of_the_content() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(file(b"abc").sha256(), known);
    }

    #[test]
    fn nothing_of_it_is_shown() {
        let body = Multipart {
            fields: vec![("Path".to_owned(), "/secret".to_owned())],
            file: file(b"secret"),
        };
        let shown = format!("{body:?} {:?}", body.file);
        assert!(!shown.contains("secret") && shown.contains("Path"), "{shown}");
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_put_in(
            fields in proptest::collection::vec(("[A-Za-z]{1,8}", "(?s).{0,40}"), 0..4),
            content in proptest::collection::vec(any::<u8>(), 0..400),
        ) {
            let body = Multipart { fields: fields.clone(), file: file(&content) };
            let (content_type, bytes) = body.encoded();
            prop_assert_eq!(&body.encoded().1, &bytes, "each time the same");
            let contents: Vec<Vec<u8>> = read(&content_type, &bytes).into_iter().map(|(_, content)| content).collect();
            let mut expected: Vec<Vec<u8>> = fields.into_iter().map(|(_, value)| value.into_bytes()).collect();
            expected.push(content);
            prop_assert_eq!(contents, expected);
        }
    }
}
