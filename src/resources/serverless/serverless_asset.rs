//! An asset and its file. <https://www.twilio.com/docs/serverless/api/resource/asset>,
//! <https://www.twilio.com/docs/serverless/api/resource/asset-version>
//!
//! # Quirks
//! - The asset is a name; file, path and visibility belong to its versions, which are uploaded to another host and never change.
//! - No response has what is in a version, nor its content type.

use super::codes::SERVERLESS;
use super::older;
use super::versions::{PATH_CHECKS, VISIBILITIES};
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{FileContent, FileHash, FilePath, FileType, Observed, PathPart, Setting, WithFile};
use crate::engine::facts::{
    Category, Check, ContentVersions, Field, FileTypes, Items, Key, List, Managed, Object, Place, Plural, Rule, Upload,
    sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::reason::Reason;
use crate::twilio::Product;

/// `twilio_serverless_asset`.
pub const SERVERLESS_ASSET: Managed = Managed {
    object: Object {
        name: "twilio_serverless_asset",
        noun: "serverless asset",
        plural: Some(Plural {
            name: "twilio_serverless_assets",
            noun: "serverless assets",
        }),
        category: Category::Serverless,
        api_page: "https://www.twilio.com/docs/serverless/api/resource/asset",
        place: Place::at(
            Product::Serverless,
            "/v1/Services/{service_sid}/Assets",
            "/v1/Services/{service_sid}/Assets/{sid}",
        ),
        parents: &["service_sid"],
        key: Key::Sid("ZH"),
        natural_key: &["friendly_name"],
        list: List {
            items: Items::Partial("versions are read by themselves"),
            ..List::WHOLE
        },
        content: Some(ContentVersions {
            collection: "/v1/Services/{service_sid}/Assets/{sid}/Versions",
            instance: "/v1/Services/{service_sid}/Assets/{sid}/Versions/{version_sid}",
            sid: "version_sid",
            prefix: "ZN",
            content: None,
        }),
        fields: FIELDS,
        codes: &[SERVERLESS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A Twilio Asset with its file: a page, a sound, a picture, or a private file that functions read. Another file, path or \
          visibility makes another version of it, and nothing that answers requests changes until a `twilio_serverless_build` has that \
          version and a `twilio_serverless_deployment` has the build.",
    quirks: &[
        "The plan reads the file and shows the SHA-256 of its content, so that a changed file is seen. A file that changes between the plan and its apply is refused. With `-refresh=false` no plan reads the file again, and a changed one may be held against what an earlier run has read, and so be refused, too: leave it out. Of what is new, and of a file at another path than before, the hash is known after the apply, which uploads the file as it is then.",
        "Twilio does not show what is in an asset. After an import the configured file is taken for the one that it has: the plan warns of it, nothing is uploaded, and from then on a changed file is.",
        "Twilio deletes an asset without a version, and a version that is in no build and no deployment, after some days. The next plan makes the version again.",
        "Twilio takes files up to 25 MB.",
    ],
    // https://github.com/twilio-labs/serverless-toolkit/issues/148
    stays_while: "Twilio keeps an asset while one of its versions is in a build that an environment runs, and may while it is in any \
                  other. Take its version out of the build, with create_before_destroy = true in the build's lifecycle block, and apply.",
    upload: Some(Upload {
        host: Product::ServerlessUpload,
        part: "Content",
        types: TYPES,
    }),
    rules: &[Rule::ExactlyOneOf(&["source", "content"])],
    older_states: older::SERVERLESS_ASSET,
    ..Managed::NEW
};

/// The usual files of a site, and of what is heard on a call.
const TYPES: FileTypes = FileTypes {
    by_extension: &[
        ("css", "text/css"),
        ("csv", "text/csv"),
        ("gif", "image/gif"),
        ("htm", "text/html"),
        ("html", "text/html"),
        ("ico", "image/x-icon"),
        ("jpeg", "image/jpeg"),
        ("jpg", "image/jpeg"),
        ("js", "application/javascript"),
        ("json", "application/json"),
        ("map", "application/json"),
        ("md", "text/markdown"),
        ("mjs", "application/javascript"),
        ("mp3", "audio/mpeg"),
        ("mp4", "video/mp4"),
        ("ogg", "audio/ogg"),
        ("pdf", "application/pdf"),
        ("png", "image/png"),
        ("svg", "image/svg+xml"),
        ("ttf", "font/ttf"),
        ("txt", "text/plain"),
        ("wasm", "application/wasm"),
        ("wav", "audio/wav"),
        ("webm", "video/webm"),
        ("webp", "image/webp"),
        ("woff", "font/woff"),
        ("woff2", "font/woff2"),
        ("xml", "application/xml"),
    ],
    other: Some("application/octet-stream"),
    inline_name: "asset.txt",
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")])
        .doc("SID of the service (`ZS…`). A change replaces the asset."),
    text("friendly_name", Setting(Required))
        .with_every_update()
        .checks(&[Check::Length(1, 255)])
        .doc("Name of the asset, up to 255 characters. Changes in place."),
    text("path", WithFile(Required))
        .read_as("version.path")
        .checks(PATH_CHECKS)
        .doc("Path in the addresses of the service, such as `/index.html`, up to 255 characters. A change makes another version."),
    text("visibility", WithFile(Required))
        .read_as("version.visibility")
        .checks(VISIBILITIES)
        .doc(
            "Who may request it: `public` for everybody, `protected` for requests that Twilio has signed, `private` for functions of the \
             service alone. A change makes another version.",
        ),
    text("source", FilePath).doc("Path of the file: `\"${path.module}/index.html\"`. In place of `content`."),
    text("content", FileContent).doc("The content itself, where it is text. In place of `source`."),
    text("content_type", FileType)
        .checks(&[Check::Custom(is_a_content_type)])
        .doc(
            "Content type that the asset is served with, as `text/html`. Without it, the one that belongs to the ending of the file's \
             name, `text/plain` for `content`, and `application/octet-stream` for endings that say nothing. A change makes another version.",
        ),
    text("content_sha256", FileHash).doc("SHA-256 of the file, in hexadecimal digits. A change makes another version."),
    sid("version_sid", Observed, &[Check::Sid("ZN")])
        .read_as("version.sid")
        .doc("SID of the version with this file (`ZN…`), for `asset_version_sids` of a build."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// Two tokens and a slash; parameters may follow.
fn is_a_content_type(text: &str) -> Result<(), Reason> {
    let kind = text.split(';').next().unwrap_or_default();
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    let is_one = kind
        .trim_end()
        .split_once('/')
        .is_some_and(|(first, second)| is_token(first) && is_token(second));
    match is_one && !text.chars().any(char::is_control) {
        true => Ok(()),
        false => Err("It is no content type. Write it as \"text/html\" or \"text/html; charset=utf-8\".".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_type_has_two_parts() {
        for (text, is_one) in [
            ("text/html", true),
            ("image/svg+xml", true),
            ("text/html; charset=utf-8", true),
            ("html", false),
            ("text/", false),
            ("/html", false),
            ("", false),
            ("text/html\r\nX: y", false),
            ("a/b/c", false),
        ] {
            assert_eq!(is_a_content_type(text).is_ok(), is_one, "{text:?}");
        }
    }
}
