//! A phone number as the older providers store it. With RJPearson94/twilio voice, fax and messaging are blocks, and so are the
//! search and its parts.

use serde_json::Value as Json;

use crate::engine::facts::Properties;
use crate::engine::facts::older::OlderState;

/// `twilio_phone_number`.
pub(super) const PHONE_NUMBER: &[OlderState] = &[
    OlderState::rjpearson94("twilio_phone_number")
        .renamed(IN_BLOCKS)
        .prepare(prepare),
    OlderState::vendor("twilio_api_accounts_incoming_phone_numbers"),
];

const IN_BLOCKS: &[(&str, &str)] = &[
    ("voice_url", "voice.url"),
    ("voice_method", "voice.method"),
    ("voice_fallback_url", "voice.fallback_url"),
    ("voice_fallback_method", "voice.fallback_method"),
    ("voice_application_sid", "voice.application_sid"),
    ("voice_caller_id_lookup", "voice.caller_id_lookup"),
    ("sms_url", "messaging.url"),
    ("sms_method", "messaging.method"),
    ("sms_fallback_url", "messaging.fallback_url"),
    ("sms_fallback_method", "messaging.fallback_method"),
    ("sms_application_sid", "messaging.application_sid"),
    ("status_callback", "status_callback_url"),
];

fn prepare(stored: &mut Properties) {
    // A number that takes faxes has the block of that name instead of the other.
    let takes_faxes = first(stored.get("fax")).is_some() && first(stored.get("voice")).is_none();
    if takes_faxes && let Some(fax) = stored.get("fax").cloned() {
        stored.insert("voice".to_owned(), fax);
    }
    let mode = if takes_faxes { "fax" } else { "voice" };
    stored.insert("voice_receive_mode".to_owned(), mode.into());
    if let Some(criteria) = first(stored.get("search_criteria")).map(search) {
        stored.insert("search".to_owned(), Json::Object(criteria));
    }
}

/// The filters in one object, as here. There, filters that nobody set are false, 0 or empty.
fn search(criteria: &Properties) -> Properties {
    let mut search = Properties::new();
    for (ours, theirs) in [
        ("type", "type"),
        ("iso_country", "iso_country"),
        ("area_code", "area_code"),
        ("contains", "contains_number_pattern"),
    ] {
        search.extend(criteria.get(theirs).map(|value| (ours.to_owned(), value.clone())));
    }
    // Twilio's default, and the default there.
    if criteria.get("allow_beta_numbers") == Some(&Json::Bool(false)) {
        search.insert("beta".to_owned(), false.into());
    }
    search.extend(first(criteria.get("location")).cloned().unwrap_or_default());
    let mut only = |block: &str, names: &[(&str, &str)]| {
        let Some(fields) = first(criteria.get(block)) else {
            return;
        };
        for (ours, theirs) in names {
            if fields.get(*theirs) == Some(&Json::Bool(true)) {
                search.insert((*ours).to_owned(), true.into());
            }
        }
    };
    only(
        "capabilities",
        &[
            ("fax_enabled", "fax_enabled"),
            ("mms_enabled", "mms_enabled"),
            ("sms_enabled", "sms_enabled"),
            ("voice_enabled", "voice_enabled"),
        ],
    );
    only(
        "exclude_address_requirements",
        &[
            ("exclude_all_address_required", "all"),
            ("exclude_foreign_address_required", "foreign"),
            ("exclude_local_address_required", "local"),
        ],
    );
    search
}

/// The block, where it stands.
fn first(blocks: Option<&Json>) -> Option<&Properties> {
    blocks?.as_array()?.first()?.as_object()
}

/// `twilio_address`.
pub(super) const ADDRESS: &[OlderState] = &[
    OlderState::rjpearson94("twilio_account_address"),
    OlderState::vendor("twilio_api_accounts_addresses"),
];

/// `twilio_phone_number_add_on`.
pub(super) const PHONE_NUMBER_ADD_ON: &[OlderState] =
    &[
        OlderState::vendor("twilio_api_accounts_incoming_phone_numbers_assigned_add_ons")
            .renamed(&[("phone_number_sid", "resource_sid")]),
    ];
