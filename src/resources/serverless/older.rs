//! Functions and Assets as the older providers store it.

use serde_json::Value as Json;

use crate::engine::facts::Properties;
use crate::engine::facts::older::OlderState;
use crate::twilio::sha256;

/// `twilio_serverless_service`.
pub(super) const SERVERLESS_SERVICE: &[OlderState] = &[
    OlderState::rjpearson94("twilio_serverless_service"),
    OlderState::vendor("twilio_serverless_services_v1"),
];

/// `twilio_serverless_environment`.
pub(super) const SERVERLESS_ENVIRONMENT: &[OlderState] = &[
    OlderState::rjpearson94("twilio_serverless_environment"),
    OlderState::vendor("twilio_serverless_services_environments_v1"),
];

/// `twilio_serverless_variable`.
pub(super) const SERVERLESS_VARIABLE: &[OlderState] = &[
    OlderState::rjpearson94("twilio_serverless_variable"),
    OlderState::vendor("twilio_serverless_services_environments_variables_v1"),
];

/// `twilio_serverless_function`.
pub(super) const SERVERLESS_FUNCTION: &[OlderState] = &[OlderState::rjpearson94("twilio_serverless_function")
    .renamed(VERSION)
    .prepare(with_its_hash)];

/// `twilio_serverless_asset`.
pub(super) const SERVERLESS_ASSET: &[OlderState] = &[OlderState::rjpearson94("twilio_serverless_asset")
    .renamed(VERSION)
    .prepare(with_its_hash)];

/// `twilio_serverless_build`.
pub(super) const SERVERLESS_BUILD: &[OlderState] = &[
    OlderState::rjpearson94("twilio_serverless_build").prepare(with_sids_of_versions),
    OlderState::vendor("twilio_serverless_services_builds_v1")
        .renamed(&[
            ("function_version_sids", "function_versions"),
            ("asset_version_sids", "asset_versions"),
        ])
        .prepare(with_a_map_of_packages),
];

/// `twilio_serverless_deployment`.
pub(super) const SERVERLESS_DEPLOYMENT: &[OlderState] = &[OlderState::rjpearson94("twilio_serverless_deployment")];

const VERSION: &[(&str, &str)] = &[("version_sid", "latest_version_sid")];

/// A content in the state says its hash; what was read from a file does not.
fn with_its_hash(stored: &mut Properties) {
    if let Some(Json::String(content)) = stored.get("content").filter(|content| **content != "") {
        let hash = sha256(content.as_bytes());
        stored.insert("content_sha256".to_owned(), hash.into());
    }
}

/// Blocks of whole versions, of which here the SIDs are.
fn with_sids_of_versions(stored: &mut Properties) {
    for (theirs, ours) in [
        ("function_version", "function_version_sids"),
        ("asset_version", "asset_version_sids"),
    ] {
        if let Some(Json::Array(versions)) = stored.remove(theirs) {
            let sids: Vec<Json> = versions
                .iter()
                .filter_map(|version| version.get("sid").cloned())
                .collect();
            if !sids.is_empty() {
                stored.insert(ours.to_owned(), sids.into());
            }
        }
    }
}

/// A JSON list of names and versions, which is a map here.
fn with_a_map_of_packages(stored: &mut Properties) {
    let list = stored.get("dependencies").and_then(Json::as_str);
    let Some(list) = list.and_then(|text| serde_json::from_str::<Vec<Json>>(text).ok()) else {
        return;
    };
    let packages: Properties = list
        .iter()
        .filter_map(|package| {
            Some((
                package.get("name")?.as_str()?.to_owned(),
                package.get("version")?.clone(),
            ))
        })
        .collect();
    stored.insert("dependencies".to_owned(), Json::Object(packages));
}
