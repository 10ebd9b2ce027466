//! What is to be uploaded: a local file, or a text of the configuration.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::io::AsyncReadExt as _;

use crate::engine::facts::{Field, FileTypes, Object, Role, Upload};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{FilePart, Hashing, sha256};

/// The largest file that is read: what Twilio documents as the largest of an asset, and far more than it takes of code or of a
/// scan (<https://support.twilio.com/hc/en-us/articles/360019105433>). A wrong path may be that of a disk image.
const LARGEST: usize = 25 * 1024 * 1024;

/// How much of a file is read at a time to hash it.
const PIECE: usize = 64 * 1024;

/// Why more than that is not read.
const TOO_LARGE: &str = "it has more than 25 MiB, and Twilio takes no larger file.";

/// What a configuration has for an upload.
pub(crate) enum Configured<T> {
    /// Nothing.
    Nothing,
    /// Something that is not known yet.
    Unknown,
    /// This.
    File(T),
}

/// Where the content is.
enum Source<'c> {
    Text(&'c str),
    Path(PathBuf),
}

/// What is to be uploaded, not read yet.
struct Unread<'c> {
    name: String,
    content_type: String,
    source: Source<'c>,
}

/// Something to upload.
pub(crate) struct File {
    name: String,
    content_type: String,
    content: Arc<[u8]>,
}

impl File {
    /// SHA-256 of its content, in hexadecimal digits.
    pub(crate) fn sha256(&self) -> String {
        sha256(&self.content)
    }

    /// As a part of a request.
    pub(crate) fn into_part(self, upload: &Upload) -> FilePart {
        FilePart {
            name: upload.part.to_owned(),
            file_name: self.name,
            content_type: self.content_type,
            content: self.content,
        }
    }
}

/// The field of an object that plays this part in an upload.
pub(crate) fn field_of(object: &Object, role: Role) -> Option<&'static Field> {
    object.fields.iter().find(|field| field.role == role)
}

/// What `config` has for the upload. `outcome` says what was not done, for the diagnostics.
///
/// # Errors
/// A diagnostic at the field with the path, when there is no such file or it cannot be read. Nothing of the path or the content is
/// in it.
pub(crate) async fn configured(
    object: &Object,
    types: &FileTypes,
    config: &Value,
    outcome: &str,
) -> Result<Configured<File>, Diagnostic> {
    let unread = match unread(object, types, config, outcome)? {
        Configured::File(unread) => unread,
        Configured::Nothing => return Ok(Configured::Nothing),
        Configured::Unknown => return Ok(Configured::Unknown),
    };
    let content = match &unread.source {
        Source::Text(text) => Arc::from(text.as_bytes()),
        Source::Path(path) => {
            let content = read(path).await;
            content.map_err(|why| refused(object, Role::FilePath, &why, outcome))?
        }
    };
    Ok(Configured::File(File {
        name: unread.name,
        content_type: unread.content_type,
        content,
    }))
}

/// The SHA-256 of what `config` has for the upload, in hexadecimal digits. Of a file no more than a piece is in memory: a plan has
/// many at a time, and needs nothing else of them.
///
/// # Errors
/// As [`configured`].
pub(crate) async fn hashed(
    object: &Object,
    types: &FileTypes,
    config: &Value,
    outcome: &str,
) -> Result<Configured<String>, Diagnostic> {
    let unread = match unread(object, types, config, outcome)? {
        Configured::File(unread) => unread,
        Configured::Nothing => return Ok(Configured::Nothing),
        Configured::Unknown => return Ok(Configured::Unknown),
    };
    Ok(Configured::File(match &unread.source {
        Source::Text(text) => sha256(text.as_bytes()),
        Source::Path(path) => {
            let hash = hash(path).await;
            hash.map_err(|why| refused(object, Role::FilePath, &why, outcome))?
        }
    }))
}

/// The SHA-256 of the file at a path; `None` where it cannot be read.
pub(crate) async fn hash_at(path: &str) -> Option<String> {
    hash(&expanded(path, std::env::home_dir()).ok()?).await.ok()
}

fn refused(object: &Object, role: Role, why: &str, outcome: &str) -> Diagnostic {
    let at = field_of(object, role).map_or("", |field| field.name);
    Diagnostic::error(
        format!("The file for {} cannot be uploaded", object.name),
        format!("{at}: {why} {outcome}"),
    )
    .at_attribute(at)
}

fn unread<'c>(
    object: &Object,
    types: &FileTypes,
    config: &'c Value,
    outcome: &str,
) -> Result<Configured<Unread<'c>>, Diagnostic> {
    let value = |role| field_of(object, role).map_or(&Value::Null, |field| config.attr(field.name));
    let (path, content) = (value(Role::FilePath), value(Role::FileContent));
    let chosen = value(Role::FileType).as_str().map(str::to_owned);
    let content_type = |path: &Path| chosen.or_else(|| content_type(types, path).map(str::to_owned));
    if let Some(text) = content.as_str() {
        if text.len() > LARGEST {
            return Err(refused(object, Role::FileContent, TOO_LARGE, outcome));
        }
        let name = types.inline_name;
        return Ok(match content_type(Path::new(name)) {
            Some(content_type) => Configured::File(Unread {
                name: name.to_owned(),
                content_type,
                source: Source::Text(text),
            }),
            None => Configured::Nothing,
        });
    }
    let Some(path) = path.as_str() else {
        return Ok(match path.is_unknown() || content.is_unknown() {
            true => Configured::Unknown,
            false => Configured::Nothing,
        });
    };
    let refused = |why: &str| refused(object, Role::FilePath, why, outcome);
    let path = expanded(path, std::env::home_dir()).map_err(refused)?;
    let content_type = content_type(&path).ok_or_else(|| {
        let known: Vec<_> = types.by_extension.iter().map(|(extension, _)| *extension).collect();
        refused(&format!(
            "the name of the file does not end in what Twilio takes: {}.",
            known.join(", ")
        ))
    })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Configured::File(Unread {
        name: name.unwrap_or_default(),
        content_type,
        source: Source::Path(path),
    }))
}

/// A path as Terraform's `file()` takes it: relative to the folder that Terraform works in, `~` for the home folder.
pub(super) fn expanded(path: &str, home: Option<PathBuf>) -> Result<PathBuf, &'static str> {
    let Some(rest) = path.strip_prefix('~') else {
        return Ok(PathBuf::from(path));
    };
    match (home, rest.strip_prefix(['/', std::path::MAIN_SEPARATOR])) {
        (None, _) => Err("there is no home folder that ~ could stand for."),
        (Some(home), Some(below)) => Ok(home.join(below)),
        (Some(home), None) if rest.is_empty() => Ok(home),
        (Some(_), None) => Err("~ stands for one's own home folder only, as in Terraform's file()."),
    }
}

/// Opens a file that is none too large, and says how long it is.
async fn open(path: &Path) -> Result<(tokio::fs::File, usize), String> {
    const RELATIVE: &str = "A path is relative to the folder in which Terraform runs, as in Terraform's file(): write \
                            \"${path.module}/…\" for a file beside the configuration.";
    let missing = |error: std::io::Error| format!("{} {RELATIVE}", unreadable(&error));
    let about = tokio::fs::metadata(path).await.map_err(missing)?;
    // What is no file may have no end, and may not even be opened.
    if !about.is_file() {
        return Err("it is the path of something else than a file.".to_owned());
    }
    let file = tokio::fs::File::open(path).await.map_err(|error| unreadable(&error))?;
    let length = file.metadata().await.map_err(|error| unreadable(&error))?.len();
    let length = usize::try_from(length).ok().filter(|length| *length <= LARGEST);
    Ok((file, length.ok_or(TOO_LARGE)?))
}

async fn read(path: &Path) -> Result<Arc<[u8]>, String> {
    let (mut file, length) = open(path).await?;
    // Read where it stays, so that there is one of it.
    let mut content: Arc<[u8]> = std::iter::repeat_n(0, length).collect();
    let room = Arc::get_mut(&mut content).unwrap_or_default();
    file.read_exact(room).await.map_err(|error| unreadable(&error))?;
    ends(&mut file).await.map(|()| content)
}

pub(super) async fn hash(path: &Path) -> Result<String, String> {
    let (mut file, mut left) = open(path).await?;
    let mut hashing = Hashing::new();
    let mut piece = vec![0; PIECE.min(left)];
    while left > 0 {
        let room = piece.get_mut(..PIECE.min(left)).unwrap_or_default();
        file.read_exact(room).await.map_err(|error| unreadable(&error))?;
        hashing.update(room);
        left -= room.len();
    }
    ends(&mut file).await.map(|()| hashing.finish())
}

/// Some files say that they are empty and are not, and some grow.
async fn ends(file: &mut tokio::fs::File) -> Result<(), String> {
    match file.read(&mut [0]).await {
        Ok(0) => Ok(()),
        Ok(_) => Err("it grew while it was read, or its length is not known.".to_owned()),
        Err(error) => Err(unreadable(&error)),
    }
}

/// Why there is nothing to read.
pub(super) fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "there is no such file.".to_owned(),
        ErrorKind::PermissionDenied => "the user that Terraform runs as may not read the file.".to_owned(),
        other => format!("the file cannot be read: {other}."),
    }
}

fn content_type(types: &FileTypes, path: &Path) -> Option<&'static str> {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    let known = types
        .by_extension
        .iter()
        .find(|(known, _)| Some(*known) == extension.as_deref());
    known.map(|(_, content_type)| *content_type).or(types.other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::text;

    const TYPES: FileTypes = FileTypes {
        by_extension: &[("pdf", "application/pdf"), ("png", "image/png")],
        other: None,
        inline_name: "text.pdf",
    };
    const OBJECT: Object = Object {
        name: "twilio_document",
        fields: &[
            text("source", Role::FilePath),
            text("content", Role::FileContent),
            text("content_type", Role::FileType),
        ],
        ..Object::NEW
    };

    fn config(source: impl Into<Value>, content: impl Into<Value>) -> Value {
        Value::object([("source", source.into()), ("content", content.into())])
    }

    /// What is read, and what is hashed piece by piece: the same, or both are refused in the same words.
    async fn found(config: Value) -> Result<Configured<File>, Diagnostic> {
        const OUTCOME: &str = "Nothing was changed.";
        let read = configured(&OBJECT, &TYPES, &config, OUTCOME).await;
        match (&read, hashed(&OBJECT, &TYPES, &config, OUTCOME).await) {
            (Ok(Configured::File(file)), Ok(Configured::File(hash))) => assert_eq!(file.sha256(), hash),
            (Ok(Configured::Nothing), Ok(Configured::Nothing)) | (Ok(Configured::Unknown), Ok(Configured::Unknown)) => {
            }
            (Err(read), Err(hashed)) => assert_eq!(*read, hashed),
            _ => unreachable!("one is refused and the other is not"),
        }
        read
    }

    #[tokio::test]
    async fn a_file_or_a_text_has_a_name_a_type_and_a_hash() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("Scan.PDF");
        std::fs::write(&path, [0, 159, 146, 150]).expect("written");
        let Ok(Configured::File(file)) = found(config(path.to_string_lossy().as_ref(), Value::Null)).await else {
            unreachable!("it is there");
        };
        assert_eq!(
            (file.name.as_str(), file.content_type.as_str()),
            ("Scan.PDF", "application/pdf")
        );
        assert_eq!(file.sha256(), sha256(&[0, 159, 146, 150]));
        let Ok(Configured::File(text)) = found(config(Value::Null, "hush")).await else {
            unreachable!("it is there");
        };
        assert_eq!((text.name.as_str(), text.sha256()), ("text.pdf", sha256(b"hush")));
    }

    #[tokio::test]
    async fn a_content_type_that_is_configured_counts() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tides.bin");
        std::fs::write(&path, "x").expect("written");
        let path = path.to_string_lossy();
        for (mut config, expected) in [
            (config(path.as_ref(), Value::Null), "text/plain; charset=utf-8"),
            (config(Value::Null, "hush"), "audio/wav"),
        ] {
            config.set_attr("content_type", expected.into());
            let Ok(Configured::File(file)) = found(config).await else {
                unreachable!("it is there");
            };
            assert_eq!(file.content_type, expected);
        }
    }

    #[tokio::test]
    async fn what_is_not_known_or_not_configured_is_distinguished() {
        for unknown in [config(Value::UNKNOWN, Value::Null), config(Value::Null, Value::UNKNOWN)] {
            assert!(matches!(found(unknown).await, Ok(Configured::Unknown)));
        }
        assert!(matches!(
            found(config(Value::Null, Value::Null)).await,
            Ok(Configured::Nothing)
        ));
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_refused_where_it_is_configured_without_its_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::create_dir(inside("folder.png")).expect("made");
        std::fs::write(inside("hush.exe"), "x").expect("written");
        // Of a disk image nothing is read.
        let image = std::fs::File::create(inside("hush.png")).expect("made");
        image.set_len(1 << 40).expect("no room is needed for holes");
        for (path, why) in [
            (inside("hush.pdf"), "relative to the folder"),
            (inside("hush.pdf"), "there is no such file."),
            (inside("hush.exe/hush.pdf"), "there is no such file."),
            (inside("folder.png"), "something else than a file"),
            (inside("hush.exe"), "pdf, png"),
            (inside("hush"), "pdf, png"),
            (inside("hush.png"), "more than 25 MiB"),
            ("~hush/x.pdf".to_owned(), "one's own home folder"),
        ] {
            let Err(refused) = found(config(path.as_str(), Value::Null)).await else {
                unreachable!("it cannot be read");
            };
            assert!(
                refused.detail.contains(why) && refused.detail.contains("Nothing was changed."),
                "{refused:?}"
            );
            assert!(!format!("{refused:?}").contains("hush"), "{refused:?}");
            assert_eq!(refused.path, crate::framework::path::AttributePath::attribute("source"));
        }
    }

    #[tokio::test]
    async fn the_largest_file_and_text_are_read_and_one_byte_more_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.pdf");
        for (length, is_read) in [(LARGEST, true), (LARGEST + 1, false)] {
            let text = "x".repeat(length);
            std::fs::write(&path, &text).expect("written");
            for (config, at) in [
                (config(path.to_string_lossy().as_ref(), Value::Null), "source"),
                (config(Value::Null, text.as_str()), "content"),
            ] {
                match found(config).await {
                    Ok(Configured::File(file)) => assert!(is_read && file.sha256() == sha256(text.as_bytes())),
                    Ok(_) => unreachable!("it is configured"),
                    Err(refused) => {
                        assert!(!is_read && refused.detail.contains("more than 25 MiB"), "{refused:?}");
                        assert_eq!(refused.path, crate::framework::path::AttributePath::attribute(at));
                    }
                }
            }
        }
    }

    #[test]
    fn paths_are_those_of_terraforms_file_function() {
        let home = || Some(PathBuf::from("/home/me"));
        for (path, expected) in [
            ("a/b.js", "a/b.js"),
            ("/a.js", "/a.js"),
            ("~/a.js", "/home/me/a.js"),
            ("~", "/home/me"),
            ("a~/b", "a~/b"),
        ] {
            assert_eq!(expanded(path, home()), Ok(PathBuf::from(expected)), "{path}");
        }
        assert!(expanded("~/a", None).is_err() && expanded("~you/a", home()).is_err());
    }
}
