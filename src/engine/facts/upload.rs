//! Files that go to a host of their own.

use crate::twilio::Product;

/// How a file reaches Twilio: as a part of a `multipart/form-data` body.
///
/// Where the object has [`ContentVersions`], each upload makes one, with the fields of [`super::Role::WithFile`] beside the file. Elsewhere
/// the create is the upload, as soon as a file is configured, and another file is another object.
///
/// What is uploaded stands in fields of [`super::Role::FilePath`] or [`super::Role::FileContent`], and what decides about
/// uploading it again in the one of [`super::Role::FileHash`]. A field of [`super::Role::FileType`] has its content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// The host that takes it, at the path of what it makes.
    pub host: Product,
    /// Name of the part with the file.
    pub part: &'static str,
    /// What the upload says about the file.
    pub types: FileTypes,
}

/// Content types of files, by the extension of their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileTypes {
    /// Extensions in small letters without the dot, each with its content type.
    pub by_extension: &'static [(&'static str, &'static str)],
    /// That of any other; `None`: no other is taken.
    pub other: Option<&'static str>,
    /// Name of a file whose content stands in the configuration.
    pub inline_name: &'static str,
}

/// Versions of an object's content: each upload makes one, and none changes. The one that the object has is its property
/// [`ContentVersions::PROPERTY`], which the engine adds to responses: `version.path` is where a field reads its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentVersions {
    /// Path of the collection.
    pub collection: &'static str,
    /// Path of one, with the field that has its SID in braces.
    pub instance: &'static str,
    /// The field that has its SID.
    pub sid: &'static str,
    /// What its SID starts with.
    pub prefix: &'static str,
    /// Path and property of the content as a text, where Twilio gives it back.
    pub content: Option<(&'static str, &'static str)>,
}

impl ContentVersions {
    /// The property of an object that its version is.
    pub const PROPERTY: &str = "version";
}
