//! An upload that makes a version of an object, at another host. <https://www.twilio.com/docs/serverless/api/resource/function-version>

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::{
    FileContent, FileHash, FilePath, Observed, PathPart, Setting, WithFile,
};
use terraform_provider_twilio::engine::facts::{
    Check, ContentVersions, Field, FileTypes, Items, Key, List, Managed, Object, Place, Plural, Rule, Upload, sid,
    text, timestamp,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_serverless_function`.
pub const SERVERLESS_FUNCTION: Managed = Managed {
    object: Object {
        name: "twilio_test_serverless_function",
        noun: "function",
        plural: Some(Plural {
            name: "twilio_test_serverless_functions",
            noun: "functions",
        }),
        api_page: "https://www.twilio.com/docs/serverless/api/resource/function",
        place: Place::at(
            Product::Serverless,
            "/v1/Services/{service_sid}/Functions",
            "/v1/Services/{service_sid}/Functions/{sid}",
        ),
        parents: &["service_sid"],
        key: Key::Sid("ZH"),
        natural_key: &["friendly_name"],
        list: List {
            items: Items::Partial("versions are read by themselves"),
            ..List::WHOLE
        },
        content: Some(ContentVersions {
            collection: "/v1/Services/{service_sid}/Functions/{sid}/Versions",
            instance: "/v1/Services/{service_sid}/Functions/{sid}/Versions/{version_sid}",
            sid: "version_sid",
            prefix: "ZN",
            content: Some((
                "/v1/Services/{service_sid}/Functions/{sid}/Versions/{version_sid}/Content",
                "content",
            )),
        }),
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A function with its code.",
    upload: Some(Upload {
        host: Product::ServerlessUpload,
        part: "Content",
        types: FileTypes {
            by_extension: &[("js", "application/javascript")],
            other: Some("application/javascript"),
            inline_name: "function.js",
        },
    }),
    rules: &[Rule::ExactlyOneOf(&["source", "content"])],
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")]).doc("The service (`ZS…`). A change replaces the function."),
    text("friendly_name", Setting(Required))
        .with_every_update()
        .doc("Name of the function."),
    text("path", WithFile(Required))
        .read_as("version.path")
        .checks(&[Check::Length(1, 255)])
        .doc("Path in addresses, 1 to 255 characters. A change makes another version."),
    text("visibility", WithFile(Required))
        .read_as("version.visibility")
        .checks(&[Check::OneOf(&["public", "private", "protected"])])
        .doc("Who may call it: `public`, `private` or `protected`. A change makes another version."),
    text("source", FilePath).doc("Path of the file with the code."),
    text("content", FileContent).doc("The code."),
    text("content_sha256", FileHash).doc("SHA-256 of the code. A change makes another version."),
    text("version_sid", Observed)
        .read_as("version.sid")
        .doc("SID of the version with the code (`ZN…`)."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
