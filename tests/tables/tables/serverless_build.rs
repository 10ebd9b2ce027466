//! Something that Twilio makes in its own time: an apply can wait until it is done, and a failure is told. Nothing of it ever
//! changes but its status.
//! <https://www.twilio.com/docs/serverless/api/resource/build>

use std::time::Duration;

use serde_json::Value as Json;
use terraform_provider_twilio::engine::facts::Absent::{Clears, DefaultsTo, Keeps, Required};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Local, Observed, PathPart};
use terraform_provider_twilio::engine::facts::hooks::{ReadHooks, WriteHooks};
use terraform_provider_twilio::engine::facts::{
    After, Check, Destroy, Field, Key, Kind, Lifecycle, Literal, Managed, Object, Place, Plural, Properties, Refusal,
    UpdateStyle, Wait, boolean, json, set, sid, text, timeout, timeouts, timestamp,
};
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_serverless_build`.
pub const SERVERLESS_BUILD: Managed = Managed {
    object: Object {
        name: "twilio_test_serverless_build",
        noun: "build",
        plural: Some(Plural {
            name: "twilio_test_serverless_builds",
            noun: "builds",
        }),
        api_page: "https://www.twilio.com/docs/serverless/api/resource/build",
        place: Place::at(
            Product::Serverless,
            "/v1/Services/{service_sid}/Builds",
            "/v1/Services/{service_sid}/Builds/{sid}",
        ),
        key: Key::Sid("ZB"),
        parents: &["service_sid"],
        fields: FIELDS,
        read: ReadHooks {
            decode: Some(versions_are_sids),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A build of functions and assets.",
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    waits: &[Wait {
        argument: "wait_for_completion",
        after: After::Create,
        field: "status",
        until: &["completed"],
        fails_on: Refusal {
            states: &["failed"],
            reason: &[],
            look: "",
        },
        goal: "completed",
        pause: Duration::from_secs(3),
        at_most: Duration::from_secs(600),
    }],
    write: WriteHooks {
        could_be: Some(runs_on_the_same),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")])
        .doc("SID of the service. A change takes the build of another service."),
    set("function_versions", Fixed(Required), &Kind::Text)
        .checks(&[Check::Each(&Check::Sid("ZN"))])
        .doc("SIDs of the versions of functions. A change replaces the build."),
    set("asset_versions", Fixed(Clears), &Kind::Text)
        .checks(&[Check::Each(&Check::Sid("ZN"))])
        .doc("SIDs of the versions of assets. A change replaces the build."),
    json("dependencies", Fixed(Keeps))
        .normalised_by_twilio()
        .doc("Packages as JSON. A change replaces the build. Removing it keeps what the build has."),
    text("runtime", Fixed(Keeps))
        .doc("What runs it, as `node22`. A change replaces the build. Removing it keeps what the build has."),
    text("status", Observed)
        .volatile()
        .doc("`building`, `completed` or `failed`."),
    boolean("wait_for_completion", Local(DefaultsTo(Literal::Bool(false))))
        .doc("Whether a create waits until the build is completed. Default: `false`."),
    timeouts(&[timeout("create").doc("How long a create waits; `10m` unless this says otherwise.")]),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// A build has no name that another could not have, but what runs it is never written in another way.
fn runs_on_the_same(planned: &Value, item: &Properties) -> bool {
    let runtime = planned.attr("runtime").as_str();
    runtime.is_none_or(|runtime| item.get("runtime").and_then(Json::as_str) == Some(runtime))
}

/// A build shows its versions whole.
fn versions_are_sids(response: &mut Properties, base: &Value) {
    for name in ["function_versions", "asset_versions"] {
        let Some(Json::Array(versions)) = response.get_mut(name) else {
            continue;
        };
        for version in versions.iter_mut() {
            if let Some(sid) = version.get("sid") {
                *version = sid.clone();
            }
        }
        // None at all are told as an empty list.
        if versions.is_empty() && base.attr(name).is_null() {
            response.insert(name.to_owned(), Json::Null);
        }
    }
}
