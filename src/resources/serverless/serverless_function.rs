//! A function and its code. <https://www.twilio.com/docs/serverless/api/resource/function>,
//! <https://www.twilio.com/docs/serverless/api/resource/function-version>
//!
//! # Quirks
//! - The function is a name; code, path and visibility belong to its versions, which are uploaded to another host and never change.

use super::codes::SERVERLESS;
use super::older;
use super::versions::{PATH_CHECKS, VISIBILITIES};
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{FileContent, FileHash, FilePath, Observed, PathPart, Setting, WithFile};
use crate::engine::facts::{
    Category, Check, ContentVersions, Field, FileTypes, Items, Key, List, Managed, Object, Place, Plural, Rule, Upload,
    sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_serverless_function`.
pub const SERVERLESS_FUNCTION: Managed = Managed {
    object: Object {
        name: "twilio_serverless_function",
        noun: "serverless function",
        plural: Some(Plural {
            name: "twilio_serverless_functions",
            noun: "serverless functions",
        }),
        category: Category::Serverless,
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
        codes: &[SERVERLESS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A Twilio Function with its code. Other code, another path or visibility makes another version of it, and nothing that answers \
          requests changes until a `twilio_serverless_build` has that version and a `twilio_serverless_deployment` has the build.",
    quirks: &[
        "The plan reads the file and shows the SHA-256 of its content, so that changed code is seen. A file that changes between the plan and its apply is refused. With `-refresh=false` no plan reads the file again, and a changed one may be held against what an earlier run has read, and so be refused, too: leave it out. Of what is new, and of a file at another path than before, the hash is known after the apply, which uploads the file as it is then.",
        "Twilio deletes a function without a version, and a version that is in no build and no deployment, after some days. The next plan makes the version again.",
    ],
    // https://github.com/twilio-labs/serverless-toolkit/issues/148
    stays_while: "Twilio keeps a function while one of its versions is in a build that an environment runs, and may while it is in \
                  any other. Take its version out of the build, with create_before_destroy = true in the build's lifecycle block, and apply.",
    upload: Some(Upload {
        host: Product::ServerlessUpload,
        part: "Content",
        types: FileTypes {
            by_extension: &[("js", JAVASCRIPT)],
            other: Some(JAVASCRIPT),
            inline_name: "function.js",
        },
    }),
    rules: &[Rule::ExactlyOneOf(&["source", "content"])],
    older_states: older::SERVERLESS_FUNCTION,
    ..Managed::NEW
};

const JAVASCRIPT: &str = "application/javascript";

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")])
        .doc("SID of the service (`ZS…`). A change replaces the function."),
    text("friendly_name", Setting(Required))
        .with_every_update()
        .checks(&[Check::Length(1, 255)])
        .doc("Name of the function, up to 255 characters. Changes in place."),
    text("path", WithFile(Required))
        .read_as("version.path")
        .checks(PATH_CHECKS)
        .doc("Path in the addresses of the service, such as `/tides`, up to 255 characters. A change makes another version."),
    text("visibility", WithFile(Required))
        .read_as("version.visibility")
        .checks(VISIBILITIES)
        .doc(
            "Who may call it: `public` for everybody, `protected` for requests that Twilio has signed, `private` for other functions of \
             the service. A change makes another version.",
        ),
    text("source", FilePath).doc("Path of the file with the code: `\"${path.module}/tides.js\"`. In place of `content`."),
    text("content", FileContent).doc("The code itself. In place of `source`."),
    text("content_sha256", FileHash).doc("SHA-256 of the code, in hexadecimal digits. A change makes another version."),
    sid("version_sid", Observed, &[Check::Sid("ZN")])
        .read_as("version.sid")
        .doc("SID of the version with this code (`ZN…`), for `function_version_sids` of a build."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
